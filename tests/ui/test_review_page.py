"""The review page on a real desk: what it shows, what it keeps, and where its keys lead."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, UNCHECKED, FixedClock, cites, line, posted
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from ui_desk import Room, Told, seated, sit

from ur_desk.desk.verbs import Changed
from ur_desk.domain.clocks import words as clock_words
from ur_desk.domain.determination import Determination, Reason, Workflow
from ur_desk.domain.events import ContactLogged, ContactWay
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui import theme
from ur_desk.ui.pages.review.clock import SHORT_RESERVES
from ur_desk.ui.pages.review.page import ReviewPage
from ur_desk.ui.pages.review.words import strip_content
from ur_desk.ui.phrases import phrase
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.widgets.panels.verbs import Verb


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW + timedelta(minutes=1))


@pytest.fixture
def room(tmp_path: Path, qtbot: Any, clock: FixedClock):
    with seated(tmp_path / "desk", clock=clock) as (desk, session):
        yield Room(desk, session, qtbot)


def keys(page: ReviewPage) -> dict[str, list[str]]:
    return {
        key.toString(): [a.text() for a in page.actions() if key in a.shortcuts()]
        for action in page.actions()
        for key in action.shortcuts()
    }


# what it shows -------------------------------------------------------------------------------------------------------


def test_the_strip_says_who_what_how_fast_and_on_what_ground(room: Room) -> None:
    case = room.open()
    said = room.page.strip.content
    assert (said.case_number, said.name, said.birth_date, said.member_id) == (
        case.number,
        "Alvarado, Rosalind",
        "02/14/1971",
        "DEMO-004417",
    )
    assert (said.services, said.diagnoses, said.urgency) == ("76120, 97110", "M54.5", "Standard, pre-service")
    assert said.coverage == "Employer group, self-funded (ERISA) · IN"
    assert said.due == "Due Fri 10/20/2017, end of day"
    assert said.left == "11 days left"
    assert said.why == "15 calendar days from receipt (ERISA, pre-service)"
    assert (said.policy, said.policy_marks) == ("RAD.00034 of 09/27/2017", ("abstract",))
    assert said.status == "In nurse review"


def test_without_a_clock_rule_the_strip_says_which_one_is_missing_and_no_date(room: Room) -> None:
    room.open(line_of_business=LineOfBusiness.FEHB)
    assert room.page.strip.content.due == room.page._shown.case.clock.words
    assert "No clock rule" in room.page.strip.content.due
    assert room.page.strip.content.left == ""


def test_what_the_policy_may_not_bear_yet_is_warned_of_in_the_strip(room: Room) -> None:
    room.open(line_of_business=LineOfBusiness.FEHB)
    assert room.page.strip.content.warnings == ("Line of business not confirmed",)


def test_what_the_clock_was_read_with_reserve_is_warned_of_and_never_cut_away(room: Room) -> None:
    room.open()
    shown = room.page._shown
    words = f"{shown.case.clock.words}; {'; '.join(SHORT_RESERVES)}; read from its days"
    told = replace(shown, case=replace(shown.case, clock=replace(shown.case.clock, words=words)))
    said = strip_content(told, room.session.now(), room.session.zone)
    assert said.why == "15 calendar days from receipt (ERISA, pre-service); read from its days"
    assert said.warnings == ("rule not verified", "taken as complete")
    assert set(SHORT_RESERVES) <= set(clock_words.ENGLISH.values())
    lines = tuple(replace(state, workflow=Workflow.NOTICED) for state in told.case.lines)
    past = strip_content(replace(told, case=replace(told.case, lines=lines)), room.session.now(), room.session.zone)
    assert (past.why, past.warnings) == (words, ())


def test_what_is_left_is_told_anew_as_time_goes_on(room: Room, clock: FixedClock) -> None:
    room.open()
    clock.at += timedelta(days=10)
    room.page._minute.timeout.emit()
    assert room.page.strip.content.left == "1 day 13 h left"
    clock.at += timedelta(days=2)
    room.page.tell_time()
    assert room.page.strip.content.left.startswith("overdue by")
    assert room.page.strip.content.pressing


def test_policy_lines_findings_and_request_stand_side_by_side(room: Room) -> None:
    room.open()
    assert room.page.policy.list.model().rowCount() > 20
    assert room.page.findings.list.model().rowCount() > 5
    assert room.page.request.list.model().rowCount() > 5
    assert room.page.columns.fit_count() == 3


def test_a_finding_leads_to_the_policy_line(room: Room) -> None:
    room.open()
    text = room.page.policy.shown_text
    room.page.findings.line_wanted.emit(text, 42)
    assert room.page.policy.line == 42


def test_what_the_library_mends_is_opened_there(room: Room) -> None:
    room.open(line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)
    told = Told(room.page.wanted)
    room.page.go_on()
    assert told.all == [Place(PageName.LIBRARY, room.page.policy.shown_text)]


def test_a_case_that_is_gone_says_so_and_keeps_the_page(room: Room) -> None:
    room.page.open_case("no-such-case")
    assert room.page.notice.isVisible()
    assert "no such case" in room.page.notice.accessibleName()


def test_coverage_rows_say_not_checked_until_somebody_looked(room: Room) -> None:
    room.open()
    rows = [room.page.coverage.row(item) for item in room.page._shown.case.unchecked]
    assert len(rows) == 5
    assert {row.chip.words for row in rows} == {"not checked"}


# physician -----------------------------------------------------------------------------------------------------------


def test_the_record_opens_for_the_physician_and_the_case_remembers(room: Room) -> None:
    case = room.open()
    room.refer(case)
    assert room.page.request.record.isVisible()
    assert room.now(case).record_opened_by == {room.session.person.id}


def test_a_record_without_notes_counts_as_opened_with_the_request(room: Room) -> None:
    case = room.open(clinical_notes=None)
    room.refer(case)
    assert room.page.request._stack.currentWidget().accessibleName().startswith("No record was sent with the request.")
    assert room.now(case).record_opened_by == {room.session.person.id}


def test_a_record_out_of_sight_is_not_opened_until_it_is_seen(room: Room) -> None:
    case = room.open()
    room.page.hide()
    room.refer(case)
    assert room.now(case).record_opened_by == frozenset()
    room.page.show()
    assert room.now(case).record_opened_by == {room.session.person.id}


def test_a_nurse_opening_a_case_leaves_no_such_mark(room: Room) -> None:
    case = room.open()
    assert room.now(case).record_opened_by == frozenset()


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.PARTIAL, Verb.MODIFY, Verb.DENY, Verb.ASK, Verb.SEND_BACK])
def test_nothing_is_filled_in_for_a_physician(room: Room, verb: Verb) -> None:
    case = room.open()
    room.refer(case)
    room.page.ask_for(verb)
    panel = room.page.panels.panel
    assert panel is not None
    assert {key: said for key, said in panel.typed().items() if said and key != "kept_basis"} == {}


def test_the_physician_finds_the_nurses_summary_and_question(room: Room) -> None:
    case = room.open()
    room.refer(case)
    rows = [room.page.findings.list.model().row(i) for i in range(room.page.findings.list.model().rowCount())]
    summary = next(row for row in rows if "summary" in row.title)
    assert summary.detail == "Five months of pain.\nQuestion: Anything for an exception?"
    assert (rows[0].title, rows[1]) == ("From the nurse, for you only", summary)
    told = room.page.request.from_nurse
    assert told.isVisible()
    assert told.words.toPlainText() == f"Line 1: {summary.detail}"


def test_a_nurse_finds_the_summary_among_the_notes_and_none_above_the_record(room: Room) -> None:
    case = room.open()
    room.desk.determinations.refer(case.id, room.now(case).revision, (1,), "Five months of pain.")
    room.page.read_again()
    room.page.request.show_record()
    rows = [room.page.findings.list.model().row(i) for i in range(room.page.findings.list.model().rowCount())]
    assert "summary" not in rows[1].title
    assert not room.page.request.from_nurse.isVisible()


# lines ---------------------------------------------------------------------------------------------------------------


def test_one_begins_at_the_line_that_waits(room: Room) -> None:
    case = room.open()
    assert room.page.lines() == (1,)
    room.desk.determinations.refer(case.id, room.now(case).revision, (1,), "summary")
    room.page.open_case(case.id)
    other = room.open(line(1, "97110", "Therapeutic exercise"))
    assert room.page.lines() == (1,)
    room.page.open_case(case.id)
    assert room.page.lines() == (2,), other


def test_several_picked_lines_are_decided_by_one_act(room: Room) -> None:
    case = room.open(line(1, "97110", "Therapeutic exercise"), line(2, "97140", "Manual therapy"))
    room.page.request.pick((1, 2))
    room.page.ask_for(Verb.WITHDRAW)
    panel = room.page.panels.panel
    panel.entry("asked_by").retype("Priya Natarajan")
    panel.entry("how").retype("by telephone")
    panel.entry("asked_at").retype("10/09/2017 09:00")
    panel.commit()
    assert {s.determination for s in room.now(case).lines} == {Determination.WITHDRAWN}


def test_an_open_panel_follows_the_picked_lines_and_closes_its_way_where_they_do_not_fit(room: Room) -> None:
    room.open()
    room.page.request.pick((2,))
    room.page.ask_for(Verb.APPROVE)
    panel = room.page.panels.panel
    assert panel.commit_button.isEnabled()
    room.page.request.pick((1,))
    assert not panel.commit_button.isEnabled()
    assert "against the position" in panel.notice().accessibleName()
    room.page.request.pick((2,))
    assert panel.commit_button.isEnabled()


# what stays ----------------------------------------------------------------------------------------------------------


def test_a_change_elsewhere_is_shown_and_selection_and_words_stay(room: Room) -> None:
    case = room.open()
    room.page.policy.go_to(25)
    room.page.ask_for(Verb.REFER)
    room.page.panels.panel.entry("summary").retype("Long thought")
    room.desk.review.add_note(case.id, "Called the office.")
    room.session.changed.emit(frozenset({Changed.CASES}))
    assert room.page._shown.case.notes[0].text == "Called the office."
    assert room.page.policy.line == 25
    assert room.page.panels.panel.text("summary") == "Long thought"
    assert room.page.lines() == (1,)


def test_news_of_something_else_changes_nothing(room: Room) -> None:
    room.open()
    shown = room.page._shown
    room.session.changed.emit(frozenset({Changed.DRAFTS}))
    assert room.page._shown is shown


def test_a_late_answer_about_another_case_is_not_shown(room: Room) -> None:
    first = room.open()
    old = room.page._shown
    second = room.open(line(1, "97110", "Therapeutic exercise"))
    room.page._show(old)
    assert room.page._shown.case.id == second.id != first.id


def test_another_person_finds_neither_case_nor_words(room: Room) -> None:
    room.open()
    room.page.ask_for(Verb.NOTE)
    room.page.panels.panel.entry("text").retype("for me only")
    sit(room.desk, room.session, "osei")
    assert room.page.panels.panel is None
    assert room.page.strip.content.name == ""
    assert room.page.request.list.model().rowCount() == 0
    assert room.page.policy.list.model().rowCount() == 0
    assert room.page.findings.list.model().rowCount() == 0


def test_a_decision_stays_in_sight_with_who_and_what_was_not_checked(room: Room) -> None:
    case = room.open()
    sit(room.desk, room.session, "mara")
    reason = Reason("We approved it.", no_policy_found=True)
    room.desk.determinations.approve(case.id, room.now(case).revision, (2,), reason, unchecked=UNCHECKED)
    room.desk.review.log_contact(
        case.id, ContactLogged(ContactWay.CALL, "Priya Natarajan", "555-0100", "Will send films.", room.session.now())
    )
    room.page.open_case(case.id)
    rows = [room.page.findings.list.model().row(i) for i in range(room.page.findings.list.model().rowCount())]
    told = {row.title: row.detail for row in rows}
    assert told["Line 2: approved by Mara Lindqvist"] == ("We approved it.\nLicence RN-10482: entered by ada, confirmed by nobody yet.")
    assert "network" in told["Line 2: approved with coverage not checked"]
    assert "Will send films." in told["Call: Priya Natarajan · 555-0100"]
    assert room.page.request._model.row(room.page.request._model.place_of(2)).mark.words == "Approved"


# keys ----------------------------------------------------------------------------------------------------------------


def test_every_key_of_the_page_means_one_thing(room: Room) -> None:
    assert {key: names for key, names in keys(room.page).items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("key", "verb"),
    [("Ctrl+Shift+A", Verb.APPROVE), ("Ctrl+Shift+I", Verb.ASK), ("Ctrl+Shift+M", Verb.REFER), ("Ctrl+Shift+N", Verb.CONTACT)],
)
def test_the_keys_of_the_map_lead_to_their_panels(room: Room, key: str, verb: Verb) -> None:
    room.open()
    room.page.request.pick((2,))
    action = next(a for a in room.page.actions() if QKeySequence(key) in a.shortcuts())
    action.trigger()
    assert room.page.panels.verb is verb


def test_the_next_step_opens_the_suggested_panel_and_then_does_it(room: Room) -> None:
    case = room.open()
    room.page.go_on()
    assert room.page.panels.verb is Verb.REFER
    room.page.panels.panel.entry("summary").retype("Five months of pain.")
    room.page.go_on()
    assert room.now(case).line(1).referral.summary == "Five months of pain."
    assert room.page.panels.panel is None


def test_where_nothing_is_suggested_the_next_step_leads_to_the_bar_and_does_nothing(room: Room) -> None:
    case = room.open()
    room.page.request.pick((2,))
    before = room.now(case).revision
    room.page.go_on()
    assert room.page.panels.panel is None
    assert room.now(case).revision == before
    assert room.page.bar.isAncestorOf(QApplication.focusWidget())


def test_f7_goes_from_hit_to_hit(room: Room) -> None:
    room.open()
    first = room.page.policy.line
    room.page.policy.next_hit_action.trigger()
    second = room.page.policy.line
    room.page.policy.previous_hit_action.trigger()
    assert (second, room.page.policy.line) == (42, first)


def test_f6_goes_round_every_pane_and_back(room: Room) -> None:
    room.open()
    room.page.policy.setFocus()
    seen = []
    for _ in range(5):
        room.page.cycle.next_action.trigger()
        seen.append(room.page.cycle.current())
    assert seen == [3, 6, 0, 1, 2]


def test_the_letter_opens_in_the_page_and_esc_leads_back(room: Room, qtbot: Any) -> None:
    room.open()
    room.page.ask_for(Verb.LETTER)
    assert room.page.letter.isVisible()
    assert not room.page.columns.isVisible()
    assert room.page.bar.isVisible()
    qtbot.keyClick(room.page.letter, Qt.Key.Key_Escape)
    assert room.page.columns.isVisible()


def test_leaving_says_so(room: Room) -> None:
    room.open()
    told = Told(room.page.left)
    next(a for a in room.page.actions() if QKeySequence("Ctrl+W") in a.shortcuts()).trigger()
    assert len(told.all) == 1


# room ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zoom", "columns"), [(100, 3), (125, 3), (150, 2), (200, 1)])
def test_the_decision_bar_stays_in_sight_at_every_zoom_with_a_panel_open(room: Room, zoom: int, columns: int) -> None:
    room.open()
    theme.apply(QApplication.instance(), "light", zoom)
    room.page.resize(1280, 586)
    room.page.ask_for(Verb.ASK)
    QApplication.processEvents()
    page, bar = room.page, room.page.bar
    assert (page.width(), page.height()) == (1280, 586)
    assert page.columns.fit_count() == columns
    assert page.rect().contains(bar.geometry())
    assert bar.height() >= bar.sizeHint().height()
    assert not bar.button(Verb.REFER).isHidden()
    assert page.rect().contains(page.panels.geometry())


def test_where_one_pane_has_room_f6_brings_the_next_into_sight(room: Room) -> None:
    room.open()
    theme.apply(QApplication.instance(), "light", 200)
    room.page.resize(1280, 586)
    room.page.policy.setFocus()
    assert not room.page.findings.isVisible()
    room.page.cycle.next_action.trigger()
    assert room.page.findings.isVisible()
    assert not room.page.policy.isVisible()


def test_a_finding_brings_the_policy_back_into_sight(room: Room) -> None:
    room.open()
    theme.apply(QApplication.instance(), "light", 200)
    room.page.resize(1280, 586)
    room.page.columns.show_column(2)
    room.page.go_to_line(room.page.policy.shown_text, 42)
    assert room.page.policy.isVisible()


def test_everything_that_takes_the_focus_has_a_name(room: Room) -> None:
    case = room.open()
    assert unnamed(room.page) == []
    for verb in (Verb.REFER, Verb.ASK, Verb.AMEND, Verb.WITHDRAW, Verb.CONTACT, Verb.NOTE):
        room.page.ask_for(verb)
        assert unnamed(room.page) == [], verb
    room.page.request.pick((2,))
    room.page.ask_for(Verb.APPROVE)
    assert unnamed(room.page) == []
    room.refer(case)
    for verb in (Verb.DENY, Verb.PARTIAL, Verb.MODIFY, Verb.SEND_BACK):
        room.page.ask_for(verb)
        assert unnamed(room.page) == [], verb


def test_a_long_request_stays_within_the_window(room: Room) -> None:
    lines = tuple(replace(line(n, "97110", "Sprechstundenbedarfsverordnungsberatung " * 6), line=n) for n in range(1, 41))
    room.open(*lines)
    QApplication.processEvents()
    assert room.page.width() == 1280
    assert room.page.rect().contains(room.page.bar.geometry())
    assert room.page.strip.content.services == "97110"


def test_every_coverage_question_and_way_of_contact_has_words() -> None:
    from ur_desk.domain.events import CoverageItem

    assert all(phrase(each) for each in (*CoverageItem, *ContactWay))


def test_match_again_pins_what_the_library_says_now(room: Room) -> None:
    case = room.open()
    room.page.ask_for(Verb.MATCH)
    assert room.now(case).revision == case.revision + 1


def test_a_noticed_case_is_closed_from_the_bar(room: Room) -> None:
    from ur_desk.desk.steps import finish

    case = room.open(line(1, "97110", "Therapeutic exercise"))
    reason = Reason("We approved it.", no_policy_found=True)
    room.desk.determinations.approve(case.id, room.now(case).revision, (1,), reason, unchecked=UNCHECKED)
    finish(room.desk.letters.issue(case.id, room.now(case).revision))
    room.page.open_case(case.id)
    assert room.page.bar.offers.suggested is Verb.LETTER
    assert not room.page.bar.offers.may(Verb.CLOSE)
    posted(room.desk, room.now(case))
    room.page.open_case(case.id)
    assert room.page.bar.offers.suggested is Verb.CLAIMS
    room.desk.authorizations.enter(case.id, room.now(case).revision, (1,), "Claims One", room.now(case).opened_at)
    room.page.open_case(case.id)
    assert room.page.bar.offers.suggested is Verb.CLOSE
    room.page.go_on()
    assert room.now(case).closed
    assert room.page.strip.content.status == "Closed: Approved"
    assert room.page.strip.content.left == "notice given"


def test_a_cited_line_comes_from_the_chosen_rows(room: Room) -> None:
    case = room.open()
    room.page.request.pick((2,))
    room.page.ask_for(Verb.APPROVE)
    room.page.policy.go_to(15)
    room.page.cite_action.trigger()
    room.page.cite_action.trigger()
    assert room.page.panels.basis.policy_lines == cites(case, 15)


def test_without_a_panel_that_cites_there_is_nothing_to_cite_for(room: Room) -> None:
    room.open()
    assert not room.page.cite_action.isEnabled()
    room.page.ask_for(Verb.NOTE)
    assert not room.page.cite_action.isEnabled()


def test_no_part_of_the_page_stands_alone_where_a_change_of_theme_could_meet_its_end(room: Room) -> None:
    case = room.open()
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    for verb in (Verb.REFER, Verb.ASK, Verb.AMEND, Verb.WITHDRAW, Verb.CONTACT, Verb.NOTE, Verb.LETTER):
        room.page.ask_for(verb)
    room.refer(case)
    for verb in (Verb.DENY, Verb.PARTIAL, Verb.MODIFY, Verb.APPROVE, Verb.SEND_BACK):
        room.page.ask_for(verb)
    alone = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before and widget.parent() is None]
    assert alone == []
