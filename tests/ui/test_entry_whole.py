"""What lacks, receipt and entry apart, urgency, resembling cases, drafts that go to a colleague or survive a crash, and a whole request by
keyboard alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import TABLES, enrolled, open_desk, opened, sit_down
from entry_room import EntryRoom, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from ui_desk import Told, seated, sit

from ur_desk.domain.events import Restriction
from ur_desk.domain.people import Role
from ur_desk.domain.request import Channel, Evidence, LineOfBusiness, Urgency
from ur_desk.errors import Resembles
from ur_desk.ui.pages.entry.alike import Alike
from ur_desk.ui.places import PageName, Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
SURE = {
    "received_date": "10/09/2017",
    "received_time": "9:30 am",
    "member__family": "Alvarado",
    "member__member_id": "DEMO-004417",
    "services__1__code": "76120",
    "services__1__first_day": "10/12/2017",
}


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield EntryRoom(desk, session, qtbot)


# what lacks ----------------------------------------------------------------------------------------------------------


def test_what_would_be_asked_for_is_listed_and_counted_in_the_bar(room: EntryRoom) -> None:
    room.put(**SURE)
    assert "A diagnosis" in room.lacking
    assert "Line of business: no clock can start" in room.lacking
    assert "Units, service 1" in room.lacking
    assert room.page.bar._words.words == f"{len(room.lacking)} things would be asked for later"
    before = len(room.lacking)
    room.put(diagnoses__1__code="M54.5", services__1__quantity="1")
    assert len(room.lacking) == before - 2


def test_why_no_clock_can_start_gives_way_to_the_instant_that_is_due(room: EntryRoom) -> None:
    room.put(**SURE, line_of_business="erisa_self_funded", state="IN", timing="preservice")
    assert "Urgency: no clock can start" in room.lacking
    room.put(urgency="standard", coverage__funding="self_funded", coverage__erisa="yes")
    assert not [words for words in room.lacking if "no clock can start" in words]
    assert room.page.wanting._due.text().startswith("Due 10/24/2017 23:59")


def test_a_code_that_says_no_service_asks_for_words_and_care_that_is_done_for_its_claim(room: EntryRoom) -> None:
    room.put(**SURE | {"services__1__code": "76496"}, timing="postservice")
    assert "Words for service 1: its code says no service by itself" in room.lacking
    assert "Number of the claim, since care is done" in room.lacking
    room.put(services__1__description="Videofluoroscopy of the spine", claim__number="C-1")
    assert not [words for words in room.lacking if "Words for" in words or "claim" in words]


def test_f8_goes_from_one_thing_that_lacks_to_the_next_and_round(room: EntryRoom) -> None:
    room.put(**SURE)
    paths = [room.page.wanting.rows.row(place).path for place in range(len(room.lacking))]
    walked = []
    for _ in range(len(paths) + 1):
        room.page.lacking_action.trigger()
        walked.append(room.focus)
    assert walked == [*paths, paths[0]]


def test_enter_on_a_row_goes_to_its_field(room: EntryRoom) -> None:
    room.put(**SURE)
    place = room.lacking.index("A diagnosis")
    room.page.wanting.list.go_to(place)
    room.page.wanting.list.setFocus()
    QTest.keyClick(room.page.wanting.list, Qt.Key.Key_Return)
    assert room.focus == "diagnoses.1.code"


@pytest.mark.parametrize(("width", "at_side"), [(1280, True), (1000, False), (640, False)])
def test_what_lacks_stands_beside_the_form_where_there_is_room_and_above_it_elsewhere(room: EntryRoom, width: int, at_side: bool) -> None:
    room.put(**SURE)
    room.page.resize(width, 586)
    QApplication.processEvents()
    assert room.page.width() == width
    beside = room.page.wanting.mapTo(room.page, room.page.wanting.rect().topLeft())
    assert (beside.x() > 0) == at_side
    assert room.page.form.horizontalScrollBar().maximum() == 0


# receipt and urgency -------------------------------------------------------------------------------------------------


def test_one_key_fills_in_this_instant_in_the_zone_of_the_form(room: EntryRoom) -> None:
    room.put(received_zone="America/Chicago")
    room.page.now_action.trigger()
    draft = room.page.form.draft()
    assert (draft.received_date, draft.received_time, draft.received_zone) == ("10/09/2017", "09:31", "America/Chicago")
    assert room.focus == "received_evidence"
    room.put(received_zone="Middle/Earth")
    room.page.now_action.trigger()
    assert room.page.form.draft().received_zone == "America/Indiana/Indianapolis"


def test_entry_is_told_apart_from_receipt_and_a_receipt_long_before_it_is_pointed_at(room: EntryRoom) -> None:
    room.put(**SURE)
    assert room.page.form.row("received_zone")._beside.text().startswith("Entered by Mara Lindqvist now, 10/09/2017 10:3")
    assert room.page.form.row("received_date").problem == ""
    room.put(received_date="10/05/2017")
    assert room.page.form.row("received_date").problem.startswith("Received 4 days before it is entered")
    assert not room.entry("received_date").property("problem")


def test_the_zone_that_was_used_last_stands_in_the_next_form(room: EntryRoom) -> None:
    room.put(**SURE, received_zone="America/Chicago")
    opened_cases = Told(room.page.opened)
    room.page.open_case()
    assert len(opened_cases.all) == 1
    room.page.begin()
    assert room.page.form.draft().received_zone == "America/Chicago"
    sit(room.desk, room.session, "ada")
    room.page.begin()
    assert room.page.form.draft().received_zone == "America/Indiana/Indianapolis"


def test_what_expedited_means_stands_beside_the_field_for_the_line_of_business(room: EntryRoom) -> None:
    assert not room.page.form.urgency_words.isVisible()
    room.put(line_of_business="medicare_advantage")
    assert "42 CFR 422.570" in room.page.form.urgency_words.text()
    room.put(line_of_business="medicaid_managed_care")
    assert "42 CFR 438.210(d)" in room.page.form.urgency_words.text()
    room.put(line_of_business="other")
    assert not room.page.form.urgency_words.isVisible()


def test_urgency_without_who_said_so_is_a_doubt_and_no_block(room: EntryRoom) -> None:
    room.put(**SURE, urgency="expedited")
    assert "Say who asked for it" in room.page.form.row("urgency").problem
    opened_cases = Told(room.page.opened)
    room.page.open_case()
    assert len(opened_cases.all) == 1


# cases that it resembles ---------------------------------------------------------------------------------------------


def test_a_request_that_resembles_a_case_says_so_before_it_is_saved(room: EntryRoom) -> None:
    case = opened(room.desk)
    room.put(**SURE)
    box = room.page.alike
    assert box.isVisible()
    assert box.undecided == (Alike(case.id, case.number, "In nurse review", "the same member, a code and days that overlap", case.id),)
    opened_cases, wanted = Told(room.page.opened), Told(room.page.wanted)
    room.page.open_case()
    assert opened_cases.all == []
    assert QApplication.focusWidget() is box.new_button
    next(button for button in box.findChildren(QPushButton) if button.text() == "Attach there").click()
    assert wanted.all == [Place(PageName.REVIEW, case.id)]
    box.new_button.click()
    assert not box.isVisible()
    room.page.open_case()
    assert len(opened_cases.all) == 1


def test_another_case_that_turns_up_asks_again_and_another_form_forgets(room: EntryRoom) -> None:
    first = opened(room.desk)
    room.put(**SURE)
    room.page.alike.go_on()
    room.page.check()
    assert not room.page.alike.isVisible()
    second = opened(room.desk, reference="R-2")
    room.page.check()
    assert [each.case for each in room.page.alike.undecided] == [second.id] != [first.id]
    room.page.discard()
    assert not room.page.alike.isVisible()


def test_a_case_that_somebody_else_saves_while_this_one_is_being_saved_is_shown_before_anything_is_kept(
    room: EntryRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened(room.desk)
    room.put(**SURE)
    room.page.alike.go_on()
    check, others = room.desk.intake.check_may_open, []

    def checked(request: Any) -> None:  # the lane is free between two steps: somebody else saves theirs then
        monkeypatch.undo()
        others.append(opened(room.desk, reference="R-2"))
        check(request)

    monkeypatch.setattr(room.desk.intake, "check_may_open", checked)
    opened_cases = Told(room.page.opened)
    room.page.open_case()
    assert opened_cases.all == []
    assert "It resembles" in room.page.notice.accessibleName()
    assert [each.case for each in room.page.alike.undecided] == [others[0].id] != [first.id]
    room.page.alike.go_on()
    room.page.open_case()
    assert len(opened_cases.all) == 1


def test_a_closed_case_that_was_seen_keeps_nobody_from_opening_and_one_that_was_not_does(room: EntryRoom) -> None:
    def closed(reference: str) -> None:
        case = opened(room.desk, reference=reference)
        sit_down(room.desk, "sol")
        room.desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Works here.", ["sol"])
        sit_down(room.desk, "mara")

    closed("R-1")
    room.put(**SURE)
    room.page.alike.go_on()
    seen = room.page.alike.seen
    assert len(seen) == 1
    opened_cases = Told(room.page.opened)
    room.page.open_case()
    assert len(opened_cases.all) == 1
    closed("R-2")
    (request,) = [room.desk.review.case(opened_cases.all[0]).request]
    own = frozenset({opened_cases.all[0]})
    with pytest.raises(Resembles, match="named people only"):
        room.desk.arrivals.check_not_here(request, seen | own)


def test_a_case_that_is_closed_to_whoever_keys_is_told_without_its_number(room: EntryRoom) -> None:
    case = opened(room.desk)
    sit_down(room.desk, "sol")
    room.desk.fence.restrict(case.id, Restriction.EMPLOYEE, "Works here.", ["sol"])
    sit_down(room.desk, "mara")
    room.put(**SURE)
    assert [(each.case, each.number) for each in room.page.alike.undecided] == [("", "")]
    assert not [b for b in room.page.alike.findChildren(QPushButton) if b.text() == "Attach there"]


def test_while_nothing_can_be_read_nothing_is_looked_for(room: EntryRoom) -> None:
    opened(room.desk)
    room.put(member__member_id="DEMO-004417")
    assert not room.page.alike.isVisible()


@pytest.mark.parametrize(("typed", "understood"), [("458p", "16:58 = 4:58 pm"), ("0458", "04:58 = 4:58 am"), ("458", "")])
def test_a_receipt_time_says_below_it_how_it_was_understood(room: EntryRoom, typed: str, understood: str) -> None:
    room.put(**(SURE | {"received_time": typed}))
    assert room.page.form.row("received_time").hint == understood
    room.page.form.show_all()
    room.page.check()
    assert bool(room.page.form.row("received_time").problem) is not bool(understood)


def test_at_the_smallest_window_the_zone_and_the_code_set_stand_there_whole(room: EntryRoom) -> None:
    room.put(**(SURE | {"received_zone": "America/Indiana/Indianapolis", "diagnoses__1__code": "M54.5"}))
    QApplication.processEvents()
    zone = room.entry("received_zone")
    edges = zone.textMargins().left() + zone.textMargins().right()
    assert zone.fontMetrics().horizontalAdvance(zone.text()) < zone.width() - edges - 20
    standing = room.page.form.diagnoses.rows[0].standing  # type: ignore[attr-defined]
    assert standing.words == "billable on 10/12/2017 · ICD-10-CM April 2026"
    assert not standing.elided


# drafts --------------------------------------------------------------------------------------------------------------


def test_the_draft_in_the_form_goes_to_a_colleague_and_comes_back(room: EntryRoom) -> None:
    sit(room.desk, room.session, "ada")
    enrolled(room.desk, "nia", "Nia Abara", frozenset({Role.NURSE}))
    sit(room.desk, room.session, "mara")
    room.put(**SURE)
    said = Told(room.page.said)
    room.page.hand_action.trigger()
    assert QApplication.focusWidget() is room.page.hand.colleague
    room.page.hand.colleague.retype("nia")
    room.page.hand.note.setText("The fax number is missing.")
    QTest.keyClick(room.page.hand.note, Qt.Key.Key_Return)
    assert said.all == ["Nia Abara finds the draft among their own"]
    assert room.entry("member.family").typed() == ""
    assert room.desk.intake.kept_drafts() == ()
    sit(room.desk, room.session, "nia")
    room.page.begin()
    words = room.page.kept._rows[0].findChild(QWidget).accessibleName()
    assert words.endswith("from Mara Lindqvist: “The fax number is missing.”")
    next(button for button in room.page.kept.findChildren(QPushButton) if button.text() == "Hand back").click()
    assert not room.page.kept.isVisible()
    sit(room.desk, room.session, "mara")
    (back,) = room.desk.intake.kept_drafts()
    assert (back.handed_by_name, back.draft.member.family) == ("Nia Abara", "Alvarado")


def test_nobody_is_chosen_first_and_nothing_goes_to_anybody_by_one_return(room: EntryRoom) -> None:
    room.put(**SURE)
    said = Told(room.page.said)
    hand = room.page.hand
    room.page.hand_action.trigger()
    assert (hand.colleague.typed(), hand.colleague.currentText()) == ("", "–")
    for press_it in (lambda: QTest.keyClick(hand.note, Qt.Key.Key_Return), hand.button.click):
        press_it()
        assert said.all == []
        assert hand.missing.text() == "⚠ Choose to whom. Nothing was handed over."
        assert QApplication.focusWidget() is hand.colleague
    assert room.entry("member.family").typed() == "Alvarado"
    hand.colleague.retype("ada")
    assert not hand.missing.isVisible()
    hand.button.click()
    assert len(said.all) == 1
    room.page.hand_action.trigger()
    assert hand.colleague.typed() == ""


def test_an_empty_form_cannot_be_handed_over_and_escape_closes(room: EntryRoom) -> None:
    room.page.hand_action.trigger()
    room.page._hand_form("ada", "")
    assert "nothing to hand over" in room.page.notice.accessibleName()
    QTest.keyClick(room.page.hand.note, Qt.Key.Key_Escape)
    assert not room.page.hand.isVisible()
    assert room.focus == "received_date"


def test_a_colleague_who_is_gone_meanwhile_is_refused_and_nothing_typed_is_lost(room: EntryRoom) -> None:
    room.put(**SURE)
    room.page._hand_form("nobody", "")
    assert "no such colleague" in room.page.notice.accessibleName()
    assert room.entry("member.family").typed() == "Alvarado"


KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from builders import TABLES, open_desk
from ur_desk.ui.jobs import InlineJobs
from ur_desk.ui.pages.entry.page import EntryPage
from ur_desk.ui.session import Session
app = QApplication([])
desk = open_desk(Path(sys.argv[1]), "mara", tables=TABLES)
page = EntryPage(Session(desk, InlineJobs(), desk.person, desk.kind, str(desk.zone)))
page.begin()
page.form.entry("member.family").retype("Alvarado")
page.form.entry("services.1.code").retype("76120")
page.keep_timer.timeout.emit()
page.form.entry("member.given").retype("never kept")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_draft_survives_a_process_that_is_killed_while_one_types(tmp_path: Path) -> None:
    with seated(tmp_path / "desk"):
        pass
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "desk")],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    desk = open_desk(tmp_path / "desk", "mara", tables=TABLES)
    (kept,) = desk.intake.kept_drafts()
    desk.close()
    assert (kept.draft.member.family, kept.draft.member.given, kept.draft.services[0].code) == ("Alvarado", "", "76120")


# by keyboard ---------------------------------------------------------------------------------------------------------


def test_tab_goes_through_the_form_as_it_stands_also_after_a_row_came(room: EntryRoom) -> None:
    room.put(services__1__code="76120", diagnoses__1__code="M54.5")
    parts = {"received_date": 0, "member": 1, "line_of_business": 2, "services": 3, "diagnoses": 4, "clinical_notes": 5}
    parts |= {"requesting_provider": 6, "servicing_provider": 7}
    QApplication.processEvents()  # the new rows come into sight
    room.entry("received_date").setFocus()
    seen = []
    for _ in range(120):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(room.focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if not room.focus and not isinstance(QApplication.focusWidget(), QToolButton):
            break
    paths = [path for path in seen if path]
    assert paths == list(room.page.form.paths())
    order = [parts[head] for path in paths if (head := path.partition(".")[0]) in parts]
    assert order == sorted(order)
    assert [path for path in paths if path.startswith("services.2")][:1] == ["services.2.code"]


def walk_to(room: EntryRoom, path: str) -> Any:
    """Press Tab until the field of this path has the focus."""
    for _ in range(140):
        if room.focus == path:
            return room.entry(path)
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    pytest.fail(f"Tab never came to {path}; it stands at {room.focus}")


def key_in(room: EntryRoom, path: str, text: str) -> Any:
    entry = walk_to(room, path)
    QTest.keyClicks(entry, text)
    return entry


def test_a_whole_request_is_keyed_without_a_mouse(room: EntryRoom) -> None:
    opened(room.desk)
    assert room.focus == "received_date"
    QTest.keyClick(room.entry("received_date"), Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert room.focus == "received_evidence"
    QTest.keyClicks(QApplication.focusWidget(), "h")
    channel = key_in(room, "channel", "b")
    for _ in range(3):
        QTest.keyClick(channel, Qt.Key.Key_Down)
    key_in(room, "urgency", "s")
    key_in(room, "member.family", "Osgood")
    key_in(room, "member.member_id", "DEMO-2")
    key_in(room, "member.birth_date", "02/14/1971")
    key_in(room, "line_of_business", "m")
    key_in(room, "state", "IN")
    code = key_in(room, "services.1.code", "cineradio")
    press(code, Qt.Key.Key_Tab)
    key_in(room, "services.1.quantity", "1")
    key_in(room, "services.1.first_day", "10/12/2017")
    place = key_in(room, "services.1.place_of_service", "office")
    press(place, Qt.Key.Key_Return)
    key_in(room, "services.1.description", "Cineradiography of the lumbar spine")
    diagnosis = key_in(room, "diagnoses.1.code", "low back pain")
    press(diagnosis, Qt.Key.Key_Return)
    key_in(room, "clinical_notes", "Low back pain for five months.")
    name = key_in(room, "requesting_provider.name", "orchard")
    press(name, Qt.Key.Key_Return)
    told = Told(room.page.opened)
    QTest.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (case_id,) = told.all
    request = room.desk.review.case(case_id).request
    assert (request.member.family, request.services[0].code, request.diagnoses[0].code) == ("Osgood", "76120", "M54.5")
    assert (request.services[0].place_of_service, request.requesting_provider.npi) == ("11", "1234567893")
    assert request.received_evidence.kind is Evidence.FAX_HEADER
    assert (request.channel, request.urgency, request.line_of_business) == (Channel.FAX, Urgency.STANDARD, LineOfBusiness.QHP_FFE)
    assert request.received_at.date().isoformat() == "2017-10-09"


def test_f6_goes_from_the_form_to_what_lacks_and_to_the_commands(room: EntryRoom) -> None:
    room.put(**SURE)
    QTest.keyClick(room.page, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is room.page.wanting.list
    QTest.keyClick(room.page.wanting.list, Qt.Key.Key_F6)
    assert room.page.bar.isAncestorOf(QApplication.focusWidget())


def test_every_part_that_takes_the_focus_has_a_name(room: EntryRoom) -> None:
    sit_down(room.desk, "mara")
    opened(room.desk)
    room.put(**SURE)
    room.page.hand_action.trigger()
    assert unnamed(room.page) == []
