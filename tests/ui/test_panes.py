"""The three panes: data down, intent up, one key from hit to hit, nothing nameless, nothing slow."""

from collections.abc import Iterator

import pytest
from accessible import spoken, unnamed
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from ui_content import (
    DESCRIPTIONS,
    KNEE,
    RECORD,
    WALK,
    crowded_request,
    knee_match,
    knee_policy,
    long_policy,
    number,
    report,
    request,
    shelved,
)

from ur_desk.domain.policy import Anchor, Confirmation, ProvenanceKind, Shelved
from ur_desk.ui import theme
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.widgets.findings_pane import FindingsPane
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.policy_pane import PolicyPane, ShownPolicy
from ur_desk.ui.widgets.request_pane import LineMark, RequestPane
from ur_desk.ui.widgets.rows import RowDelegate


@pytest.fixture
def policy(qtbot) -> PolicyPane:
    pane = PolicyPane()
    qtbot.addWidget(pane)
    pane.resize(560, 520)
    pane.show_policies([ShownPolicy(shelved(), knee_match()), ShownPolicy(Shelved(long_policy()))])
    pane.show()
    return pane


@pytest.fixture
def findings(qtbot) -> FindingsPane:
    pane = FindingsPane()
    qtbot.addWidget(pane)
    pane.resize(390, 520)
    pane.show_report(report(), request())
    pane.show()
    return pane


@pytest.fixture
def asked(qtbot) -> RequestPane:
    pane = RequestPane()
    qtbot.addWidget(pane)
    pane.resize(330, 520)
    pane.show_request(request(), DESCRIPTIONS, {2: LineMark("Approved")})
    pane.show()
    return pane


@pytest.fixture
def clipboard(qapp) -> Iterator[object]:
    board = QGuiApplication.clipboard()
    board.setText("before")
    yield board
    board.clear()


def press(qtbot, widget: QWidget, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(widget, key, how)


# policy ---------------------------------------------------------------------------------------------------------------


def test_a_policy_opens_at_its_first_hit(policy: PolicyPane) -> None:
    assert policy.line == number("A treadmill")


def test_f7_goes_from_hit_to_hit_and_round(policy: PolicyPane) -> None:
    seen = []
    for _ in range(5):
        policy.next_hit_action.trigger()
        seen.append(policy.line)
    assert seen == [number(s) for s in ("99X01", "99X09", "M25", "S83.401A", "A treadmill")]
    policy.previous_hit_action.trigger()
    assert policy.line == number("S83.401A")


def test_the_hit_actions_have_their_keys(policy: PolicyPane) -> None:
    assert policy.next_hit_action.shortcut().toString() == "F7"
    assert policy.previous_hit_action.shortcut().toString() == "Shift+F7"


def test_without_hits_there_is_no_way_to_the_next(policy: PolicyPane) -> None:
    policy.show_policies([ShownPolicy(shelved())])
    assert not policy.next_hit_action.isEnabled()


def test_a_line_of_another_policy_is_shown_by_its_text(policy: PolicyPane, qtbot) -> None:
    with qtbot.waitSignal(policy.policy_shown) as told:
        assert policy.go_to(123, WALK)
    assert told.args == [WALK]
    assert (policy.shown_text, policy.line) == (WALK, 123)


def test_a_line_of_a_policy_that_is_not_shown_moves_nothing(policy: PolicyPane) -> None:
    assert not policy.go_to(1, "f" * 64)
    assert policy.shown_text == KNEE


def test_the_current_line_comes_into_sight(policy: PolicyPane) -> None:
    policy.go_to(399, WALK)
    seen = policy.list.visualRect(policy.list.currentIndex())
    assert policy.list.viewport().rect().contains(seen.center())


def test_new_findings_keep_the_policy_and_the_line(policy: PolicyPane) -> None:
    policy.go_to(200, WALK)
    policy.show_policies([ShownPolicy(shelved(), knee_match()), ShownPolicy(Shelved(long_policy()), None)])
    assert (policy.shown_text, policy.line) == (WALK, 200)


def test_enter_gives_the_chosen_lines_as_an_anchor(policy: PolicyPane, qtbot) -> None:
    policy.go_to(number("99X01"))
    press(qtbot, policy.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(policy.lines_activated) as told:
        press(qtbot, policy.list, Qt.Key.Key_Return)
    assert told.args == [Anchor(KNEE, number("99X01"), number("99X02"))]


def test_copying_takes_the_citation_along(policy: PolicyPane, clipboard) -> None:
    policy.go_to(number("99X01"))
    policy.list.copy_action.trigger()
    assert clipboard.text().startswith("99X01 Gait film")
    assert clipboard.text().endswith(f"line {number('99X01')}]")


def test_copying_nothing_leaves_the_clipboard_alone(policy: PolicyPane, clipboard) -> None:
    policy.list.clearSelection()
    policy.list.copy_action.trigger()
    assert clipboard.text() == "before"


def test_finding_goes_from_place_to_place_and_says_which(policy: PolicyPane, qtbot) -> None:
    policy.find_action.trigger()
    qtbot.keyClicks(policy.find_bar._words, "gait film")
    assert policy.find_bar._count.text().endswith(" of 7")
    seen = []
    for _ in range(7):
        seen.append(policy.line)
        policy.find_bar.next_action.trigger()
    assert len(set(seen)) == 7
    assert policy.line == seen[0]
    policy.find_bar.previous_action.trigger()
    assert policy.line == seen[-1]


def test_finding_nothing_says_so_and_moves_nothing(policy: PolicyPane, qtbot) -> None:
    line = policy.line
    policy.find_action.trigger()
    qtbot.keyClicks(policy.find_bar._words, "zebra (")
    assert policy.find_bar._count.text() == "not found"
    assert policy.line == line


def test_escape_closes_the_search_and_gives_the_focus_back(policy: PolicyPane, qtbot) -> None:
    policy.activateWindow()
    policy.find_action.trigger()
    qtbot.keyClicks(policy.find_bar._words, "knee")
    policy.find_bar.dismiss()
    assert policy.find_bar.isHidden()
    assert policy.find_bar.words == ""
    assert policy.list.hasFocus()


def test_the_head_says_what_a_letter_cannot_rest_on(policy: PolicyPane) -> None:
    def states(shown: ShownPolicy) -> list[str]:
        policy.show_policies([shown])
        return [chip.words for chip in policy._chips if not chip.isHidden()]

    document = knee_policy(ProvenanceKind.DOCUMENT)
    confirmed = Confirmation("Bramble", request().received_at)
    noted = type(knee_match())(**{f: getattr(knee_match(), f) for f in knee_match().__slots__} | {"version_note": "Not yet in force."})
    assert states(ShownPolicy(shelved())) == ["abstract"]
    assert states(ShownPolicy(Shelved(document))) == ["not confirmed"]
    assert states(ShownPolicy(Shelved(document, confirmed))) == []
    assert states(ShownPolicy(Shelved(document, confirmed), noted)) == ["check the version"]


def test_one_policy_is_named_and_several_can_be_chosen(policy: PolicyPane) -> None:
    assert not policy._chooser.isHidden()
    assert policy._chooser.count() == 2
    policy._chooser.activated.emit(1)
    assert policy.shown_text == WALK
    policy.show_policies([ShownPolicy(shelved(), knee_match())])
    assert policy._chooser.isHidden()
    assert policy._name.words == "SYN.00210 · in force from 03/01/2024 · Gait films of the knee"


def test_no_policy_says_what_to_do(policy: PolicyPane) -> None:
    policy.show_policies([])
    assert not policy.empty.isHidden()
    assert policy.list.isHidden()
    assert (policy.shown_text, policy.line, policy.anchor()) == (None, None, None)
    policy.show_policies([], ("Locked", "Unlock to go on."))
    assert policy.empty.accessibleName() == "Locked. Unlock to go on."


def test_one_service_line_leaves_its_own_hits(policy: PolicyPane) -> None:
    policy.show_service_line(3)
    assert "of 3" in policy._hits.text() or "3 hits" in policy._hits.text()


def test_every_policy_row_is_spoken_with_line_and_reason(policy: PolicyPane) -> None:
    items = spoken(policy, "ListItem")
    assert any(item.startswith(f"Line {number('99X01')}. ") and "Hit: 99X01 on line 1" in item for item in items)
    assert all(items)


def test_a_long_policy_lays_out_each_line_once_and_scrolling_lays_out_none_again(policy: PolicyPane, monkeypatch, qapp) -> None:
    laid = []
    policy.go_to(1, WALK)
    policy.grab()
    plain = QTextLayout.beginLayout
    monkeypatch.setattr(QTextLayout, "beginLayout", lambda self: (laid.append(1), plain(self))[1])
    bar = policy.list.verticalScrollBar()
    for value in range(0, bar.maximum(), max(bar.maximum() // 20, 1)):
        bar.setValue(value)
        policy.list.viewport().grab()
    assert laid == []


def test_rows_grow_when_the_pane_gets_narrower_and_with_the_zoom(policy: PolicyPane, qapp) -> None:
    def height() -> int:
        policy.grab()
        return policy.list.sizeHintForRow(policy.list.model().place_of(number("Two small")))

    policy.resize(900, 500)
    wide = height()
    policy.resize(360, 500)
    narrow = height()
    theme.apply(qapp, "light", 200)
    assert wide < narrow < height()


# findings -------------------------------------------------------------------------------------------------------------


def place(pane: FindingsPane, title: str) -> int:
    model = pane.list.model()
    return next(i for i in range(model.rowCount()) if model.index(i, 0).data(ROW).title.startswith(title))


def test_a_finding_opens_its_line_by_enter_and_by_click(findings: FindingsPane, qtbot) -> None:
    findings.list.go_to(place(findings, "99X01"))
    with qtbot.waitSignal(findings.line_wanted) as told:
        press(qtbot, findings.list, Qt.Key.Key_Return)
    assert told.args == [KNEE, number("99X01")]
    index = findings.list.model().index(place(findings, "SYN.00210"), 0)
    with qtbot.waitSignal(findings.line_wanted) as told:
        qtbot.mouseClick(findings.list.viewport(), Qt.MouseButton.LeftButton, pos=findings.list.visualRect(index).center())
    assert told.args == [KNEE, number("Position")]


def test_a_finding_without_a_place_opens_nothing(findings: FindingsPane, qtbot) -> None:
    findings.list.go_to(place(findings, "97110"))
    with qtbot.assertNotEmitted(findings.line_wanted):
        press(qtbot, findings.list, Qt.Key.Key_Return)


def test_choosing_a_service_line_is_told_and_shown(findings: FindingsPane, qtbot) -> None:
    with qtbot.waitSignal(findings.service_line_chosen) as told:
        findings._lines.activated.emit(2)
    assert told.args == [2]
    assert findings.service_line == 2


def test_being_told_a_service_line_is_not_an_intent(findings: FindingsPane, qtbot) -> None:
    with qtbot.assertNotEmitted(findings.service_line_chosen):
        findings.show_service_line(3)
    assert findings._lines.currentData() == 3
    findings.show_service_line(None)
    assert findings._lines.currentText() == "All lines"


def test_a_new_report_forgets_a_service_line_that_it_does_not_have(findings: FindingsPane) -> None:
    findings.show_service_line(3)
    one = report()
    findings.show_report(type(one)(one.policies, one.codes, one.services[:1], one.suggestion, one.cautions), request())
    assert findings.service_line is None


def test_without_a_report_the_pane_says_when_there_will_be_one(findings: FindingsPane) -> None:
    findings.show_report(None, None)
    assert not findings.empty.isHidden()
    assert findings.list.isHidden()
    findings.show_report(report(), request())
    assert findings.empty.isHidden()


# request --------------------------------------------------------------------------------------------------------------


def test_going_to_a_service_line_is_told(asked: RequestPane, qtbot) -> None:
    with qtbot.waitSignal(asked.service_line_chosen) as told:
        asked.go_to_service_line(2)
    assert told.args == [2]


def test_space_and_a_click_on_the_box_pick_lines(asked: RequestPane, qtbot) -> None:
    asked.go_to_service_line(3)
    with qtbot.waitSignal(asked.lines_picked) as told:
        press(qtbot, asked.list, Qt.Key.Key_Space)
    assert told.args == [(3,)]
    asked.go_to_service_line(1)
    index = asked.list.currentIndex()
    delegate = asked.list.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    box = delegate.sheet(index).boxes[0][0].center().toPoint()
    with qtbot.waitSignal(asked.lines_picked) as told:
        qtbot.mouseClick(asked.list.viewport(), Qt.MouseButton.LeftButton, pos=asked.list.visualRect(index).topLeft() + box)
    assert told.args == [(1, 3)]
    with qtbot.assertNotEmitted(asked.lines_picked):
        beside = asked.list.visualRect(index).center() + QPoint(40, 0)
        qtbot.mouseClick(asked.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)


def test_the_record_is_told_to_be_open_once_per_request(asked: RequestPane, qtbot) -> None:
    told: list[bool] = []
    asked.record_opened.connect(lambda: told.append(True))
    assert not asked._record_seen
    asked.record_action.trigger()
    asked.show_record(False)
    asked.show_record()
    assert told == [True]
    assert asked.record.toPlainText() == RECORD
    asked.show_request(request(), DESCRIPTIONS)
    assert asked._record_seen
    asked.show_request(crowded_request())
    assert not asked._record_seen


def test_a_request_without_a_record_says_so_and_that_counts_as_seen(asked: RequestPane) -> None:
    bare = crowded_request()
    asked.show_request(type(bare)(bare.services))
    asked.show_record()
    assert asked._record_seen
    assert asked._stack.currentWidget().accessibleName().startswith("No record was sent with the request.")


def test_an_attachment_is_asked_for_by_its_hash(asked: RequestPane, qtbot) -> None:
    model = asked.list.model()
    at = next(i for i in range(model.rowCount()) if model.index(i, 0).data(ROW).sha256)
    asked.list.go_to(at)
    with qtbot.waitSignal(asked.attachment_wanted) as told:
        press(qtbot, asked.list, Qt.Key.Key_Return)
    assert told.args == ["c" * 64]


def test_a_field_is_copied_by_its_value_alone(asked: RequestPane, clipboard) -> None:
    asked.list.go_to(1)
    asked.list.copy_action.trigger()
    assert clipboard.text() == "SYN-000318-01"


def test_new_states_keep_the_row_and_the_picked_lines(asked: RequestPane) -> None:
    asked.go_to_service_line(3)
    asked.pick((1, 3))
    asked.show_request(request(), DESCRIPTIONS, {1: LineMark("With the physician", pickable=False)})
    assert asked.list.currentIndex().data(ROW).line == 3
    assert asked.picked() == (3,)


def test_five_megabytes_of_record_are_broken_into_pieces_without_losing_a_word(asked: RequestPane) -> None:
    asked.show_request(crowded_request())
    document = asked.record.document()
    assert document.blockCount() > 1000
    assert len(asked.record.toPlainText().split()) == 1_000_000
    assert all(len(block) <= 2000 for block in asked.record.toPlainText().split("\n"))


def test_the_next_case_finds_nothing_of_the_one_before(policy: PolicyPane, findings: FindingsPane, asked: RequestPane) -> None:
    asked.show_record()
    asked.pick((1,))
    findings.show_service_line(3)
    policy.show_service_line(3)
    policy.go_to(5)
    for pane in (policy, findings, asked):
        pane.forget()
    policy.show_policies([ShownPolicy(shelved(), knee_match())])
    findings.show_report(report(), request())
    asked.show_request(request(), DESCRIPTIONS)
    assert (asked._record_seen, asked.picked(), findings.service_line, policy.line) == (False, (), None, number("A treadmill"))


def test_locking_empties_every_pane(policy: PolicyPane, findings: FindingsPane, asked: RequestPane) -> None:
    for pane in (policy, findings, asked):
        pane.forget()
    assert [pane.list.model().rowCount() for pane in (policy, findings, asked)] == [0, 0, 0]
    assert asked.record.toPlainText() == ""


# together -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot, policy: PolicyPane, findings: FindingsPane, asked: RequestPane) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    for part in (asked, policy, findings, QPushButton("Beside")):
        row.addWidget(part)
    qtbot.addWidget(made)
    made.resize(1280, 600)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def test_nothing_that_takes_the_focus_is_nameless(window: QWidget, policy: PolicyPane, asked: RequestPane) -> None:
    policy.find_action.trigger()
    asked.show_record()
    assert unnamed(window) == []
    asked.show_record(False)
    assert unnamed(window) == []


def test_f6_goes_round_the_panes_and_back_to_where_the_focus_was(
    window: QWidget, policy: PolicyPane, findings: FindingsPane, asked: RequestPane
) -> None:
    window.findChild(QPushButton).setFocus()
    cycle = PaneCycle(window, [asked, policy, findings])
    entered: list[object] = []
    cycle.pane_entered.connect(entered.append)
    for action in (cycle.next_action, cycle.next_action, cycle.next_action, cycle.next_action, cycle.previous_action):
        action.trigger()
    assert entered == [asked, policy, findings, asked, findings]
    policy.find_action.trigger()
    cycle.go_to(0)
    cycle.go_to(1)
    assert policy.find_bar._words.hasFocus()


def test_f6_passes_over_panes_that_are_not_in_sight(
    window: QWidget, policy: PolicyPane, findings: FindingsPane, asked: RequestPane
) -> None:
    cycle = PaneCycle(window, [asked, policy, findings])
    policy.hide()
    cycle.go_to(0)
    cycle.go_next()
    assert cycle.current() == 2


def test_all_panes_bear_a_crowded_request_at_every_zoom(window: QWidget, asked: RequestPane, qapp) -> None:
    asked.show_request(crowded_request(), {}, {i: LineMark("Zurückgestellt wegen Rückfrage") for i in range(1, 41)})
    for scheme, zoom in (("light", 80), ("dark", 200), ("contrast", 150)):
        theme.apply(qapp, scheme, zoom)
        assert not window.grab().isNull()
        delegate = asked.list.itemDelegate()
        assert isinstance(delegate, RowDelegate)
        sheet = delegate.sheet(asked.list.model().index(asked.list.model().place_of(40), 0))
        assert all(laid.boundingRect().width() <= sheet.width for laid, _, _ in sheet.texts)


def test_what_the_nurse_wrote_takes_the_room_that_it_needs_up_to_a_few_lines(asked: RequestPane) -> None:
    asked.show_record()
    heights = []
    for words in ("Line 1: short.", "Line 1: " + "five months of pain " * 20, "Line 1: " + "five months of pain " * 200):
        asked.say_from_nurse(words)
        assert asked.from_nurse.isVisible()
        heights.append(asked.from_nurse.words.height())
    assert heights[0] < heights[1] == heights[2]
    asked.show_record(False)
    assert not asked.from_nurse.isVisible()
