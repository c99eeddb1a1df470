"""Small parts: chips with words, labels that keep the whole, fields with what is wrong beside them."""

import pytest
from accessible import unnamed
from PySide6.QtCore import QEvent, QObject, QStringListModel
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui import theme
from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import icon, pixmap
from ur_desk.ui.look import look
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.field_row import FieldRow
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.parts import Banner, Chip, CommandButton
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel, Text

LONG = "Donaudampfschifffahrtsgesellschaftskapitän, Maximiliana Theodora"


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def put(page: QWidget, widget: QWidget) -> QWidget:
    page.layout().addWidget(widget)
    return widget


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_chip_says_its_state_and_stands_on_its_tones_ground(page: QWidget) -> None:
    chip = put(page, Chip("Approved", Tone.GOOD))
    page.grab()
    assert look().tokens.good_soft in colours(chip)
    assert chip.accessibleName() == "Approved"


def test_a_chip_without_words_is_not_there(page: QWidget) -> None:
    chip = put(page, Chip("Approved"))
    chip.set_state("", Tone.QUIET)
    assert chip.isHidden()
    chip.set_state("Denied", Tone.BAD, "by the physician")
    assert not chip.isHidden()
    assert chip.toolTip() == chip.accessibleDescription() == "by the physician"


def test_a_chip_grows_with_the_zoom(page: QWidget, qapp) -> None:
    chip = put(page, Chip("Approved"))
    small = chip.sizeHint()
    theme.apply(qapp, "light", 200)
    assert chip.sizeHint().height() == 2 * small.height()
    assert chip.sizeHint().width() > 1.8 * small.width()


def test_under_high_contrast_a_chip_has_an_edge_instead_of_a_ground(page: QWidget, qapp) -> None:
    theme.apply(qapp, "contrast")
    chip = put(page, Chip("Approved", Tone.GOOD))
    page.grab()
    assert look().tokens.good in colours(chip)


def test_a_part_without_a_page_never_opens_as_a_window(qtbot) -> None:
    lone = QLabel("words")
    qtbot.addWidget(lone)
    show_if(lone, True)
    assert not lone.isVisible()


def test_a_label_that_fits_has_no_tip_and_one_that_does_not_keeps_the_whole(page: QWidget) -> None:
    label = put(page, ElidedLabel(LONG))
    label.setFixedWidth(label.full_width() + 4)
    page.grab()
    assert (label.elided, label.toolTip()) == (False, "")
    label.setFixedWidth(100)
    page.grab()
    assert (label.elided, label.toolTip(), label.accessibleName()) == (True, LONG, LONG)


def test_a_label_puts_words_on_one_line_and_takes_no_markup(page: QWidget) -> None:
    label = put(page, ElidedLabel("<b>Rosa</b>\nAlvarez"))
    assert label.words == "<b>Rosa</b> Alvarez"
    plain = put(page, Text("<img src=x>", Type.BODY))
    assert plain.text() == "<img src=x>"
    assert plain.textFormat() == plain.textFormat().PlainText


def test_a_button_is_what_its_command_is(page: QWidget) -> None:
    done: list[bool] = []
    action = QAction("&Refer…", page)
    action.triggered.connect(lambda: done.append(True))
    button = put(page, CommandButton(action, "main"))
    button.click()
    action.setEnabled(False)
    action.setToolTip("Choose a service line first")
    assert done == [True]
    assert not button.isEnabled()
    assert (button.toolTip(), button.accessibleName()) == ("Choose a service line first", "Refer…")
    action.setVisible(False)
    assert button.isHidden()
    action.setVisible(True)
    assert not button.isHidden()


def test_the_main_button_wears_the_accent(page: QWidget) -> None:
    button = put(page, CommandButton(QAction("Refer…", page)))
    page.grab()
    assert look().tokens.accent not in colours(button)
    button.set_kind("main")
    page.setFocus()
    page.grab()
    assert look().tokens.accent in colours(button)


def test_a_banner_marks_the_demo_in_words(page: QWidget) -> None:
    made = put(page, Banner.demo())
    assert made.words.startswith("Demo workspace")
    assert made.accessibleName() == made.words


def test_an_empty_place_says_how_to_begin(page: QWidget) -> None:
    done: list[bool] = []
    action = QAction("New request…", page)
    action.triggered.connect(lambda: done.append(True))
    empty = put(page, EmptyState("No cases yet", "Key a request, or drop a file here.", action, "tray"))
    button = empty.findChild(CommandButton)
    button.click()
    assert done == [True]
    empty.say("Locked", "Unlock to go on.")
    assert empty.accessibleName() == "Locked. Unlock to go on."
    assert empty._button is None


def test_an_empty_place_that_says_another_thing_shows_one_button(page: QWidget) -> None:
    action = QAction("Begin", page)
    empty = put(page, EmptyState("Nothing yet", "Begin here.", action))
    empty.say("Nothing here", "Begin there.", action)
    assert len([button for button in empty.findChildren(CommandButton) if button.isVisibleTo(empty)]) == 1


class Windows(QObject):
    """Hears of every window that is shown, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_a_form_that_has_no_page_yet_opens_no_window(qtbot, qapp) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    made = [InlineForm("A form", "Do it", closes=closes) for closes in (True, False)]
    qapp.removeEventFilter(windows)
    for form in made:
        qtbot.addWidget(form)
    assert windows.shown == []
    assert [form.close_button.isVisibleTo(form) for form in made] == [True, False]


def test_the_current_row_stays_in_sight_where_a_list_becomes_lower(page: QWidget) -> None:
    rows = RowList("Rows", page)
    rows.setModel(QStringListModel([f"Row {number}" for number in range(40)], rows))
    rows.resize(300, 300)
    rows.show()
    rows.setFocus()
    seen = [place for place in range(40) if rows.visualRect(rows.model().index(place, 0)).bottom() < rows.viewport().height()]
    rows.go_to(seen[-1])
    rows.resize(300, 200)
    shown = rows.visualRect(rows.currentIndex())
    assert shown.top() >= 0
    assert shown.bottom() < rows.viewport().height()


def test_a_notice_says_what_happened_and_what_to_do_until_it_is_closed(page: QWidget, qtbot) -> None:
    notice = put(page, Notice())
    assert notice.isHidden()
    notice.show_error(UserError("The file is empty.", "Choose another; nothing was changed."))
    assert notice.isVisible()
    assert notice.accessibleName() == "The file is empty. Choose another; nothing was changed."
    with qtbot.waitSignal(notice.closed):
        notice._close.click()
    assert notice.isHidden()


def test_a_field_says_beside_it_what_is_wrong(page: QWidget) -> None:
    edit = QLineEdit()
    row = put(page, FieldRow("&Date of birth", edit, "MM/DD/YYYY", required=True))
    page.grab()
    assert (edit.accessibleName(), edit.accessibleDescription()) == ("Date of birth, required", "MM/DD/YYYY")
    row.set_problem("There is no 13th month.")
    page.grab()
    assert row.problem == edit.accessibleDescription() == "There is no 13th month."
    assert row._beside.text() == "⚠ There is no 13th month."
    assert look().tokens.bad in colours(edit)
    row.set_problem("")
    page.grab()
    assert look().tokens.bad not in colours(edit)


def test_every_part_that_takes_the_focus_has_a_name(page: QWidget) -> None:
    put(page, Notice()).show_message("Saved.")
    put(page, FieldRow("Code", QLineEdit()))
    put(page, CommandButton(QAction("Save", page)))
    assert unnamed(page) == []


@pytest.mark.parametrize("name", ["book", "close", "down", "info", "search", "tray", "up", "warning"])
def test_every_icon_is_drawn_in_the_ink_of_the_theme(name: str, qapp) -> None:
    for scheme in ("light", "dark"):
        theme.apply(qapp, scheme)
        image = pixmap(name, 16, "accent").toImage()
        seen = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert look().tokens.accent in seen
    assert not icon(name).isNull()
