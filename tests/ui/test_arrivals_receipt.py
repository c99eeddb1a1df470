"""The receipt is asked for at the door, once a file; what is chosen first is what lies nearest, and no key does what nobody meant."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, FixedClock, line, opened, request
from messages import sent
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from test_arrivals_choices import cases, first_case, press, said, spoken, type_in
from ui_window import Room, member, room

from ur_desk.domain.events import Use
from ur_desk.domain.listing import News
from ur_desk.domain.request import Evidence, Kind, ReceiptEvidence, Request
from ur_desk.records.request import request_data
from ur_desk.ui.actions import plain_text
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.widgets.panels.verbs import Verb

SAVED = datetime(2017, 9, 29, 12, 15, tzinfo=UTC)


def bare(number: int, **changes: Any) -> Request:
    """A request of which its file does not say when it came."""
    told = {"reference": f"N-{number}", "member": member(number, f"New{number}"), "received_at": None, "received_zone": None}
    return request(**(told | changes))


def written(folder: Path, name: str, *requests: Request, saved: datetime = SAVED) -> Path:
    path = folder / name
    path.write_text(json.dumps([request_data(each) for each in requests]), encoding="utf-8")
    os.utime(path, (saved.timestamp(), saved.timestamp()))
    return path


def receipts(it: Room) -> list[Any]:
    return [it.desk.review.case(case).request.received_at for case in it.desk.store.cases.ids()]


def main_buttons(it: Room) -> list[str]:
    """The words of what the page takes for the next step."""
    return [button.text() for _, button in it.shown.bar._buttons if button.property("kind") == "main" and button.isVisible()]


def in_order(it: Room) -> list[str]:
    """The buttons from the left."""
    it.shown.bar.layout().activate()
    shown = [button for _, button in it.shown.bar._buttons if button.isVisible()]
    return [button.text() for button in sorted(shown, key=lambda button: (button.y(), button.x()))]


def test_many_cases_of_a_file_are_opened_with_one_receipt_that_is_one_key_away(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2), bare(3))])
        assert sum("receipt unknown" in row for row in spoken(it.shown.model)) == 3
        assert len(spoken(it.shown.model)) == 4, "it is said once of each request"
        press(it, "Ctrl+Return")
        form = it.shown.receiving.form
        assert form.isVisible()
        assert cases(it) == []
        assert "clocks of 3 requests" in form.words.text()
        assert QApplication.focusWidget() is form.offers.buttons[0]
        assert "When the file was saved: 09/29/2017" in form.offers.buttons[0].text()
        press(it, "1")
        assert receipts(it) == [SAVED] * 3
        assert first_case(it).request.received_evidence == ReceiptEvidence(Evidence.FILE_TIME, "a.json")
        assert not form.isVisible()
        assert QApplication.focusWidget() is it.shown.list


def test_one_case_asks_for_the_receipt_of_its_file_and_the_next_of_that_file_does_not(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2))])
        press(it, "N")
        press(it, "2")
        assert len(cases(it)) == 1
        assert it.shown.run.files[0].receipt.evidence.where == "came in just when it was brought here"
        press(it, "N")
        assert len(cases(it)) == 2
        assert len(set(receipts(it))) == 1


def test_what_is_typed_says_when_and_what_shows_it(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2))])
        press(it, "N")
        form = it.shown.receiving.form
        press(it, "Ctrl+Return")
        assert form.row("at").problem
        form.when.day.setFocus()
        type_in("09/28/2017")
        assert cases(it) == [], "a digit that is typed takes no suggestion"
        form.when.time.retype("8:05 am")
        press(it, "Ctrl+Return")
        assert form.row("shown_by").problem
        form.entry("shown_by").retype("fax_header")
        form.entry("where").retype("page 3")
        form.when.day.retype("09/28/2031")
        press(it, "Ctrl+Return")
        assert "in the future" in said(form.notice)
        form.when.day.retype("09/28/2017")
        press(it, "Ctrl+Return")
        (case,) = it.desk.store.cases.ids()
        told = it.desk.review.case(case).request
        assert told.received_at == datetime(2017, 9, 28, 12, 5, tzinfo=UTC)
        assert told.received_evidence == ReceiptEvidence(Evidence.FAX_HEADER, "page 3")


def test_who_opens_without_it_leaves_a_task_in_the_worklist_that_leads_to_the_receipt(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2))])
        press(it, "N")
        it.shown.receiving.form.without.click()
        (row,) = cases(it)
        assert row.news is News.RECEIPT
        worklist = it.go(PageName.WORKLIST)
        assert "Say when it came" in spoken(worklist.cases)[0]
        it.window.go(Place(PageName.REVIEW, row.id))
        review = it.shown
        assert review.bar.offers.suggested is Verb.COMPLETE
        button = review.bar._buttons[Verb.COMPLETE]
        assert button.isVisible()
        assert button.text() == "Complete request…"
        assert button.width() >= button.sizeHint().width()
        assert "no clock runs" in review.bar.words.words
        assert not review.bar._actions[Verb.DOUBT].isVisible()
        assert "receipt" not in review.bar.why_not.words
        review.bar.asked.emit(Verb.COMPLETE)
        panel = review.panels.panel
        assert list(panel._entries)[2:5] == ["received_date", "received_time", "received_zone"]


def test_esc_opens_nothing_and_asks_again_the_next_time(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2))])
        for _ in range(2):
            press(it, "Ctrl+Return")
            assert it.shown.receiving.form.isVisible()
            press(it, "Esc")
            assert not it.shown.receiving.form.isVisible()
            assert QApplication.focusWidget() is it.shown.list
        assert cases(it) == []


def test_several_files_are_asked_about_one_by_one_or_all_in_the_same_way(tmp_path: Path, qtbot: Any) -> None:
    later = SAVED + timedelta(hours=2)
    files = [("a.json", SAVED), ("b.json", later), ("c.json", later)]
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, name, bare(n), bare(n + 5), saved=at) for n, (name, at) in enumerate(files)])
        press(it, "Ctrl+Return")
        form = it.shown.receiving.form
        press(it, "2")
        assert form.title.text() == "When was b.json received?"
        assert form.others.text() == "Answer the same way for 1 more file"
        form.others.setChecked(True)
        press(it, "1")
        assert len(cases(it)) == 6
        assert receipts(it)[2:] == [later] * 4


def test_r_says_a_receipt_otherwise_while_its_cases_are_not_open(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", bare(1), bare(2))])
        press(it, "R")
        press(it, "2")
        assert sum("good" in row for row in spoken(it.shown.model)) == 2
        press(it, "R")
        assert it.shown.receiving.form.when.moment() is not None
        press(it, "1")
        assert cases(it) == []
        press(it, "N")
        assert receipts(it) == [SAVED]


def test_the_senders_clock_is_offered_for_an_appeal_whose_receipt_starts_its_clock(tmp_path: Path, qtbot: Any) -> None:
    from test_arrivals_choices import one_denied

    with room(tmp_path / "w", one_denied) as it:
        appeal = bare(1, reference="REF-1", member=request().member, kind=Kind.APPEAL, clinical_notes="We appeal.")
        it.window.take_files([written(tmp_path, "a.json", appeal)])
        assert main_buttons(it) == ["Appeal…  P"]
        press(it, "P")
        press(it, "1")
        assert it.shown.deciding.follow_form.isVisible()
        assert "The receipt of this paper, 09/29/2017" in it.shown.deciding.follow_form.words.text()


# what lies nearest stands first ------------------------------------------------------------------------------------------


def known(desk: Any) -> None:
    opened(desk, reference="REF-1")


MORE = {"reference": "REF-1", "clinical_notes": "The order is attached."}


@pytest.mark.parametrize("kind", [Kind.CANCELLATION, Kind.INQUIRY, Kind.NOTIFICATION, Kind.RESPONSE])
def test_for_a_message_attaching_stands_first_and_enter_does_it(tmp_path: Path, qtbot: Any, kind: Kind) -> None:
    with room(tmp_path / "w", known) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE, kind=kind))])
        assert in_order(it)[0] == "Attach the message  I"
        assert main_buttons(it) == ["Attach the message  I"]
        assert not any("Same again" in words for words in in_order(it))
        press(it, "Return")
        assert len(first_case(it).messages) == 1
        press(it, "Return")
        assert it.place is PageName.REVIEW


def test_there_is_one_main_button_whatever_else_can_be_opened(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        new = bare(1, received_at=NOW - timedelta(hours=1), received_zone="UTC")
        it.window.take_files([written(tmp_path, "a.json", request(**MORE, kind=Kind.CANCELLATION), new)])
        assert main_buttons(it) == ["Attach the message  I"]
        assert in_order(it)[0] == "Attach the message  I"
        it.shown.list.go_to(2)
        assert main_buttons(it) == ["Open 1 case"]
        assert in_order(it)[:2] == ["Open 1 case", "New case  N"]


def test_enter_held_down_decides_one_request(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE), request(**(MORE | {"clinical_notes": "More."})))])
        for repeated in (False, True, True):
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", repeated)
            QApplication.sendEvent(it.shown.list, key)
        assert len(first_case(it).messages) == 1


def test_a_message_of_which_no_case_is_known_leads_to_naming_one(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        it.window.take_files([sent(tmp_path, "cancellation.x12")])
        row = next(row for row in spoken(it.shown.model) if "no case known" in row)
        assert "It is about the earlier request AUTH-7, and no case here is known by that number." in row
        assert "unknown" not in row
        assert main_buttons(it) == ["Name the case…  C"]
        press(it, "Return")
        assert it.shown.deciding.name_form.isVisible()


def test_a_cancellation_that_names_the_case_of_another_member_says_so_and_nothing_is_preselected(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        stranger = replace(request().member, family="Other", given="Uma", member_id="DEMO-9", birth_date=None)
        told = request(reference="UR-2017-000001", kind=Kind.CANCELLATION, member=stranger, services=(line(1, "97110"),))
        it.window.take_files([written(tmp_path, "a.json", told)])
        assert it.shown.shown.alike.words.startswith("It names UR-2017-000001, and that case is another member's")
        assert "another member" in spoken(it.shown.model)[1]
        assert main_buttons(it) == []
        press(it, "Return")
        assert first_case(it).messages == ()


def test_a_case_that_a_person_names_says_so_where_it_is_another_members(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        it.window.take_files([sent(tmp_path, "cancellation.x12")])
        press(it, "C")
        type_in("UR-2017-000001")
        press(it, "Ctrl+Return")
        assert "another member's" in it.shown.shown.alike.words
        assert main_buttons(it) == []


@pytest.mark.parametrize("name", ["cancellation.x12", "response.x12", "update.json", "answer.json"])
def test_a_message_is_not_told_to_lack_what_only_a_request_needs(tmp_path: Path, qtbot: Any, name: str) -> None:
    with room(tmp_path / "w", known) as it:
        it.window.take_files([sent(tmp_path, name)])
        codes = {problem.code for file in it.shown.run.files for problem in file.problems}
        assert codes & {"missing-receipt", "no-diagnosis"} == ({"missing-receipt"} if name == "update.json" else set())


# the same once more ------------------------------------------------------------------------------------------------------


def test_the_cursor_stops_once_at_a_request_that_came_again(tmp_path: Path, qtbot: Any) -> None:
    first = request(reference="REF-1")
    new = bare(2, received_at=NOW - timedelta(hours=1), received_zone="UTC")
    with room(tmp_path / "w", known) as it:
        it.window.take_files([written(tmp_path, "a.json", new, first, bare(3))])
        page = it.shown
        press(it, "N")
        assert page.item.place == 2
        assert "already here" in spoken(page.model)[2]
        assert "There is nothing to do." in spoken(page.model)[2]
        assert in_order(it)[:3] == ["Already here, nothing to do  H", "Same again  S", "More information  I"]
        press(it, "Return")
        assert page.item.place == 3
        page.list.go_to(2)
        assert [plain_text(a) for a in page.bar.choices.values() if a.isVisible()] == ["Same again  S", "More information  I"]
        assert first_case(it).messages == ()
        assert it.window.status.words == "Nothing was saved: it is here already"


def test_the_same_file_brought_again_is_stopped_at_and_may_be_noted_in_its_case(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", clock=FixedClock()) as it:
        path = written(tmp_path, "a.json", request(reference=None), request(reference="R-2", member=member(2, "Two")))
        it.window.take_files([path])
        press(it, "Ctrl+Return")
        it.window.take_files([path])
        page = it.shown
        assert [item.asks for item in page.run.items] == [True, True]
        assert not page.bar.open.isVisible()
        press(it, "S")
        assert [came.body.use for came in first_case(it).messages] == [Use.AGAIN]
        press(it, "H")
        assert [item.asks for item in page.run.items] == [False, False]
        page.bar.forget.trigger()
        assert len(it.desk.arrivals.runs()) == 1


# keys --------------------------------------------------------------------------------------------------------------------


def test_a_letter_that_is_not_on_offer_moves_nothing_and_says_what_is(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", known) as it:
        names = [request(reference=f"R-{n}", member=member(n, name)) for n, name in enumerate(("Xavier", "Young", "Zeb", "Quill"))]
        it.window.take_files([written(tmp_path, "a.json", *names, request(**MORE, kind=Kind.INQUIRY))])
        page = it.shown
        page.list.go_to(5)
        for key in "ZQXN":
            press(it, key)
            assert page.list.currentIndex().row() == 5
        assert it.window.status.words.startswith("N does nothing here. On offer: I attach the message")
        assert len(cases(it)) == 1


def test_one_request_whose_columns_were_guessed_comes_through_the_door(tmp_path: Path, qtbot: Any) -> None:
    table = tmp_path / "list.csv"
    table.write_text(
        "Member ID,Last Name,DOB,CPT,DOS,Received Date\nDEMO-42,Quill,1970-03-04,76120,2017-10-12,2017-09-29 09:30-04:00\n", "utf-8"
    )
    with room(tmp_path / "w") as it:
        it.window.take_files([table])
        assert it.place is PageName.ARRIVALS
        assert len(list(it.shown.run.items)) == 1
        assert it.shown.bar.columns.isVisible()
