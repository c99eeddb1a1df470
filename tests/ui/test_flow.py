"""Parts that go on below where a row is too narrow, and forms that say what is wrong beside each field."""

from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.two_panes import TwoPanes


def laid_out(qtbot: Any, width: int, pushed: int | None = None, growing: int | None = None) -> tuple[QWidget, list[QPushButton]]:
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow()
    flow.setContentsMargins(0, 0, 0, 0)
    buttons = []
    for number in range(5):
        button = QPushButton(f"Button number {number}")
        if number == pushed:
            flow.push()
        if number == growing:
            flow.add_growing(button)
        else:
            flow.addWidget(button)
        buttons.append(button)
    inner = QWidget()
    inner.setLayout(flow)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(inner)
    column.addStretch(1)
    host.resize(width, 400)
    host.show()
    QApplication.processEvents()
    return host, buttons


@pytest.mark.parametrize(("width", "rows"), [(1200, 1), (420, 2), (150, 5)])
def test_parts_go_on_below_and_never_overlap(qtbot: Any, width: int, rows: int) -> None:
    _host, buttons = laid_out(qtbot, width)
    areas = [button.geometry() for button in buttons]
    tops = sorted({area.top() for area in areas})
    assert len(tops) >= rows if width == 420 else len(tops) == rows
    assert all(not one.intersects(other) for i, one in enumerate(areas) for other in areas[i + 1 :])
    assert all(area.right() < width for area in areas)


def test_what_is_pushed_stands_at_the_right_end(qtbot: Any) -> None:
    _host, buttons = laid_out(qtbot, 1200, pushed=3)
    assert buttons[4].geometry().right() >= 1195
    assert buttons[3].geometry().left() - buttons[2].geometry().right() > 100


def test_what_grows_takes_the_spare_width(qtbot: Any) -> None:
    _host, buttons = laid_out(qtbot, 1200, growing=2)
    assert buttons[2].width() > 500
    assert buttons[4].geometry().right() >= 1195


def test_a_form_says_what_is_wrong_beside_each_field_and_commits_only_what_is_right(qtbot: Any) -> None:
    form = InlineForm("Try", "Do it")
    qtbot.addWidget(form)
    form.add("who", "Who", LineEntry(), required="Say who.")
    form.add("day", "Day", DayEntry())
    form.finish()
    form.begin()
    heard = []
    form.committed.connect(lambda: heard.append(True))
    form.entry("day").retype("yesterday")
    form.commit()
    assert form.row("who").problem == "Say who."
    assert "no day" in form.row("day").problem
    form.entry("who").retype("me")
    assert not form.row("who").problem
    form.entry("day").retype("10/12/2017")
    form.commit()
    assert heard == [True]
    form.refuse(UserError("No.", "Because."))
    assert form.notice.accessibleName() == "No. Because."
    assert form.text("who") == "me"


@pytest.mark.parametrize(("width", "beside"), [(1200, True), (600, False)])
def test_two_panes_stand_side_by_side_or_one_at_a_time(qtbot: Any, width: int, beside: bool) -> None:
    panes = TwoPanes(QWidget(), QWidget(), ("List", "Form"))
    qtbot.addWidget(panes)
    panes.resize(width, 500)
    panes.show()
    QApplication.processEvents()
    assert panes.beside is beside
    seen = [pane.isVisible() for pane in panes.both]
    assert seen == ([True, True] if beside else [True, False])
    assert panes.reveal(panes.both[1])
    assert panes.both[1].isVisible()
    assert panes.both[0].isVisible() is beside


@pytest.mark.parametrize(("width", "height", "rows"), [(900, 600, 2), (900, 300, 1), (2400, 300, 1)])
def test_commands_that_a_bar_has_no_room_for_stand_in_its_menu(qtbot: Any, width: int, height: int, rows: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    bar = CommandBar("What can be done")
    actions = [QAction(f"Quite a long command {number}", page) for number in range(12)]
    for number, action in enumerate(actions):
        bar.add(action, "main" if number == 11 else "quiet")
    bar.finish()
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addWidget(bar)
    page.resize(width, height)
    page.show()
    QApplication.processEvents()
    buttons = [button for button in bar.findChildren(CommandButton) if button.isVisible()]
    assert len({button.geometry().top() for button in buttons}) <= rows
    shown = [button.text() for button in buttons]
    assert shown[0] == actions[0].text()
    assert actions[11].text() in shown
    menu = bar.more.menu()
    assert menu is not None
    behind = [action.text() for action in menu.actions()]
    assert sorted(shown + behind) == sorted(action.text() for action in actions)
    assert bar.more.isVisible() is bool(behind)
    bar.offer(actions[0], False)
    assert actions[0].text() not in [button.text() for button in bar.findChildren(CommandButton) if not button.isHidden()]
