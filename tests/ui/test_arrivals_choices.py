"""The door by keyboard alone: each request beside the case that it resembles, and one key for each thing to do with it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, FixedClock, cites, line, open_desk, opened, passphrase, request, sit_down, unclear
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from ui_window import Room, member, room

from ur_desk.desk.desk import Desk
from ur_desk.domain.arriving import Choice
from ur_desk.domain.determination import Determination, Reason, Workflow
from ur_desk.domain.events import Following, Restriction, Use
from ur_desk.domain.listing import CaseFilter, News
from ur_desk.domain.people import Role
from ur_desk.domain.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.request import Kind, Request
from ur_desk.records.request import request_data
from ur_desk.ui.actions import plain_text
from ur_desk.ui.pages.arrivals_bar import KEYS
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.privacy import mask

RESPONSE = Decision(
    ("REF-1",), Action("CT", "AUTH-1"), (LineAction(1, Action("A3", reasons=("0B",))),), (Rejection("72", "C", "loop 2010C"),)
)


def written(folder: Path, name: str, *requests: Request) -> Path:
    path = folder / name
    path.write_text(json.dumps([request_data(each) for each in requests]), encoding="utf-8")
    return path


def one_open(desk: Desk) -> None:
    """A case in review that the files resemble."""
    opened(desk, reference="REF-1")


def one_pended(desk: Desk) -> None:
    case = opened(desk, unclear(), reference="REF-1")
    desk.determinations.ask_for_information(case.id, case.revision, (1,), ["the order"], "It says which study.", "the office")


def one_denied(desk: Desk) -> None:
    case = opened(desk, reference="REF-1")
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    proof = desk.vault.prove(passphrase("osei"))
    desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own.", proof=proof)
    sit_down(desk, "mara")


def press(it: Room, key: str) -> None:
    """A key, pressed wherever the focus is."""
    widget = QApplication.focusWidget() or it.window
    modifier = Qt.KeyboardModifier.ControlModifier if key.startswith("Ctrl+") else Qt.KeyboardModifier.NoModifier
    named = {"Return": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, ".": Qt.Key.Key_Period, "Down": Qt.Key.Key_Down, "Up": Qt.Key.Key_Up}
    code = named.get(key.removeprefix("Ctrl+")) or Qt.Key(ord(key.removeprefix("Ctrl+")))
    QTest.keyClick(widget, code, modifier)


def type_in(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def cases(it: Room) -> list[Any]:
    return list(reversed(it.desk.supervision.cases(CaseFilter()).rows))


def first_case(it: Room) -> Any:
    return it.desk.review.case(it.desk.store.cases.ids()[0])


def spoken(model: Any) -> list[str]:
    return [str(model.data(model.index(i, 0), int(Qt.ItemDataRole.AccessibleTextRole))) for i in range(model.rowCount())]


def said(notice: Any) -> str:
    """What a notice says; nothing where it is not there."""
    return " ".join(label.text() for label in notice.findChildren(QLabel)) if notice.isVisible() else ""


MORE = {"reference": "REF-1", "clinical_notes": "The order is attached."}


def test_what_differs_stands_beside_the_case_and_is_marked_and_spoken(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE), request(**MORE))])
        page = it.shown
        assert it.place is PageName.ARRIVALS
        assert QApplication.focusWidget() is page.list
        assert page.shown.alike.words == "The same sender's id as UR-2017-000001, other content (In nurse review)"
        assert page.shown.model.differences() == 1
        assert "Differs. . This: The order is attached.. There: Low back pain for five months." in spoken(page.shown.model)
        assert [plain_text(a) for a in page.bar.choices.values() if a.isVisible()] == [
            "New case  N", "Same again  S", "More information  I", "Leave out…  L",
        ]  # fmt: skip


@pytest.mark.parametrize("choice", list(Choice))
def test_each_choice_has_one_key_and_its_button_shows_it(choice: Choice) -> None:
    assert len(KEYS[choice]) == 1
    assert len(set(KEYS.values())) == len(Choice)


def test_n_opens_a_case_of_its_own(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        press(it, "N")
        assert len(cases(it)) == 2
        assert it.shown.run.waiting == ()
        assert "UR-2017-000002" in spoken(it.shown.model)[1]


def test_s_notes_that_it_came_again(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        press(it, "S")
        assert [came.body.use for came in first_case(it).messages] == [Use.AGAIN]
        assert "again, UR-2017-000001" in spoken(it.shown.model)[1]
        assert cases(it)[0].news is None


def test_i_attaches_information_and_pended_lines_come_back(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_pended) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        press(it, "I")
        assert first_case(it).line(1).workflow is Workflow.REVIEW
        assert cases(it)[0].news is News.INFORMATION
        worklist = it.go(PageName.WORKLIST)
        assert "Information came" in spoken(worklist.cases)[0]
        press(it, "Return")
        assert it.place is PageName.REVIEW
        assert any("Information" in words and "a.json" in words for words in spoken(it.shown.request.list.model()))
        assert cases(it)[0].news is None


@pytest.mark.parametrize(("key", "kind", "words"), [("P", Following.APPEAL, "appeal"), ("O", Following.REOPENING, "reopening")])
def test_an_appeal_and_a_reopening_are_asked_about_first(tmp_path: Path, qtbot: Any, key: str, kind: Following, words: str) -> None:
    with room(tmp_path / "w", one_denied) as it:
        came = MORE | {"received_at": NOW}
        it.window.take_files([written(tmp_path, "a.json", request(**came), request(**(came | {"reference": "REF-2"})))])
        form = it.shown.deciding.follow_form
        press(it, key)
        assert form.isVisible()
        assert len(cases(it)) == 1
        assert "starts its clock" in form.words.text()
        press(it, "Esc")
        assert not form.isVisible()
        assert QApplication.focusWidget() is it.shown.list
        press(it, key)
        press(it, "Ctrl+Return")
        made = it.desk.review.case(it.desk.store.cases.ids()[1])
        assert made.follows.kind is kind
        assert words in made.clock.words
        assert QApplication.focusWidget() is it.shown.list


def test_whoever_opens_a_case_in_which_something_came_sees_that_first(tmp_path: Path, qtbot: Any) -> None:
    def two_lines(desk: Desk) -> None:
        case = opened(desk, unclear(), *(line(n, f"9711{n}", "Exercise " * 30) for n in range(2, 9)), reference="REF-1")
        desk.determinations.ask_for_information(case.id, case.revision, (1, 2, 3, 4, 5, 6, 7), ["the order"], "Why.", "the office")

    with room(tmp_path / "w", two_lines) as it:
        it.window.take_files([written(tmp_path, "a.json", request(reference="REF-1", kind=Kind.CANCELLATION))])
        press(it, "I")
        it.window.go(Place(PageName.REVIEW, first_case(it).id))
        asked = it.shown.request.list
        assert spoken(asked.model())[1].startswith("Cancellation: ")
        assert asked.verticalScrollBar().value() == 0
        assert cases(it)[0].news is None


def test_l_asks_why_and_the_sender_is_told_from_the_worklist(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        press(it, "L")
        press(it, "Ctrl+Return")
        assert len(cases(it)) == 1
        assert it.shown.deciding.leave_form.row("reason").problem == "Say why it is left out."
        type_in("Nil. Another plan is meant.")
        press(it, "Ctrl+Return")
        left = next(row for row in cases(it) if row.news)
        assert left.news is News.TELL_SENDER
        it.window.go(Place(PageName.REVIEW, left.id))
        review = it.shown
        assert "somebody must tell the sender" in review.bar.words.words
        review.bar.asked.emit(review.bar.offers.suggested)
        panel = review.panels.panel
        panel._entries["with_whom"].retype("the office")
        panel._entries["said"].retype("Send it to the other plan.")
        panel.commit()
        assert it.desk.review.case(left.id).workflow is Workflow.CLOSED


def test_a_letter_typed_in_a_form_is_no_command(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        press(it, "L")
        type_in("nsipolcug")
        assert it.shown.deciding.leave_form.text("reason") == "nsipolcug"
        assert len(cases(it)) == 1


def test_a_response_is_attached_as_what_a_payer_said_and_is_no_determination(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(reference="X-1", kind=Kind.RESPONSE, decision=RESPONSE))])
        page = it.shown
        rows = spoken(page.shown.model)
        assert "Whole request: CT: contact payer; nothing is decided · number AUTH-1" in rows
        assert "Line 1: A3: not approved · reason 0B" in rows
        assert any(row.startswith("Payer could not process: ") and "no denial" in row for row in rows)
        assert plain_text(page.bar.choices[Choice.INFORMATION]) == "Attach the message  I"
        assert not page.bar.choices[Choice.NEW].isVisible()
        press(it, "I")
        assert first_case(it).determination is None
        it.window.go(Place(PageName.REVIEW, first_case(it).id))
        assert "Whole request: CT: contact payer; nothing is decided · number AUTH-1" in spoken(it.shown.request.list.model())


def test_a_response_for_no_known_case_waits_until_somebody_names_the_case(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        lost = replace(RESPONSE, answers=("REF-9",))
        it.window.take_files(
            [written(tmp_path, "a.json", request(reference="X-1", kind=Kind.RESPONSE, decision=lost, services=(line(1, "1"),)))]
        )
        page = it.shown
        assert "no case known" in spoken(page.model)[1]
        press(it, "C")
        type_in("UR-1999-1")
        press(it, "Ctrl+Return")
        assert "no case of that number" in said(page.deciding.name_form.notice)
        page.deciding.name_form.fill({"number": "UR-2017-000001"})
        press(it, "Ctrl+Return")
        assert QApplication.focusWidget() is page.list
        press(it, "I")
        assert [came.body.use for came in first_case(it).messages] == [Use.RESPONSE]


def test_u_takes_back_while_nothing_else_was_done(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        for key in ("N", "S", "I"):
            press(it, key)
            assert it.shown.run.waiting == ()
            press(it, "U")
            assert len(it.shown.run.waiting) == 1
        press(it, "N")
        made = it.desk.store.cases.ids()[-1]
        it.desk.review.add_note(made, "Called.")
        press(it, "U")
        assert "Something else was done" in said(it.shown.notice)
        assert it.shown.run.waiting == ()


def test_the_next_case_is_one_key_away(tmp_path: Path, qtbot: Any) -> None:
    def two(desk: Desk) -> None:
        opened(desk, reference="REF-1")
        opened(desk, line(1, "97110", "Exercise"), line(2), reference="REF-2")

    with room(tmp_path / "w", two) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        assert it.shown.shown.alike.words.endswith("1 of 2")
        press(it, ".")
        assert "UR-2017-000002" in it.shown.shown.alike.words
        press(it, "S")
        assert len(it.desk.review.case(it.desk.store.cases.ids()[1]).messages) == 1


def test_all_that_resemble_nothing_open_by_one_key_and_the_others_stay(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        new = [request(reference=f"N-{n}", member=member(n, f"New{n}")) for n in range(1, 4)]
        it.window.take_files([written(tmp_path, "a.json", *new, request(**MORE), new[0])])
        assert plain_text(it.shown.bar.open) == "Open 3 cases"
        press(it, "Ctrl+Return")
        assert len(cases(it)) == 4
        assert [item.place for item in it.shown.run.waiting] == [4]
        assert not it.shown.bar.open.isVisible()


def test_a_case_that_came_up_meanwhile_is_shown_instead_of_doubled(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "a.json", request(reference="REF-2"), request(reference="X", member=member(9, "Zeb")))])
        other = open_desk(tmp_path / "w", "mara", clock=FixedClock())
        opened(other, reference="REF-1")
        other.close()
        press(it, "N")
        page = it.shown
        assert len(cases(it)) == 1
        assert "It resembles UR-2017-000001" in said(page.notice)
        assert page.shown.alike.words.startswith("The same member, code and days as UR-2017-000001")


def test_a_restricted_case_is_not_named(tmp_path: Path, qtbot: Any) -> None:
    def walled(desk: Desk) -> None:
        case = opened(desk, reference="REF-1")
        sit_down(desk, "sol")
        desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works in the mail room.", ["sol"])

    with room(tmp_path / "w", walled) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        page = it.shown
        words = " ".join([*spoken(page.model), *spoken(page.shown.model), page.shown.alike.words])
        assert "a case open to named people only" in words
        assert "UR-2017-000001" not in words
        assert not page.bar.choices[Choice.INFORMATION].isVisible()
        assert not page.bar.go.isVisible()


def test_under_the_mask_no_name_stands_at_the_door(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        mask().set(True)
        it.shown.read_again()
        assert "Alvarado" not in " ".join([*spoken(it.shown.model), *spoken(it.shown.shown.model)])


def test_a_report_is_there_again_after_a_restart(tmp_path: Path, qtbot: Any) -> None:
    file = written(tmp_path, "a.json", request(**MORE), request(reference="N-1", member=member(1, "New")))
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([file])
        press(it, "Ctrl+Return")
    file.unlink()
    desk = open_desk(tmp_path / "w", "mara", clock=FixedClock())
    (row,) = desk.arrivals.runs()
    assert row.waiting == 1
    desk.close()


def test_earlier_reports_are_listed_and_one_is_opened_by_enter(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        it.window.take_files([written(tmp_path, "b.json", request(reference="REF-7"))])
        page = it.shown
        page.bar.earlier.trigger()
        rows = spoken(page.model)
        assert rows[0] == "What came in earlier. 2"
        assert all("1 waits" in row for row in rows[1:])
        page.list.go_to(2)
        press(it, "Return")
        assert page.run is not None
        assert page.run.files[0].path.name == "a.json"
        page.bar.forget.trigger()
        assert "still wait" in said(page.notice)
        press(it, "S")
        page.bar.forget.trigger()
        assert len(it.desk.arrivals.runs()) == 1


def test_a_thousand_requests_are_rows_and_no_widgets(tmp_path: Path, qtbot: Any) -> None:
    many = [request(reference=f"N-{n}", member=member(n, f"New{n}")) for n in range(1000)]
    with room(tmp_path / "w") as it:
        it.go(PageName.ARRIVALS)
        before = len(it.shown.findChildren(QWidget))
        it.window.take_files([written(tmp_path, "a.json", *many)])
        page = it.shown
        assert page.model.rowCount() == 1001
        assert plain_text(page.bar.open) == "Open 1000 cases"
        assert len(page.findChildren(QWidget)) == before
        page.list.go_to(900)
        press(it, "N")
        assert len(cases(it)) == 1


def test_reading_stops_between_two_files_and_what_was_read_is_judged(tmp_path: Path, qtbot: Any) -> None:
    files = [written(tmp_path, f"{n}.json", request(**MORE)) for n in range(4)]
    with room(tmp_path / "w", one_open) as it:
        session = it.window.session
        assert session is not None

        def stop(job: Any, step: Any) -> None:
            page = it.page(PageName.ARRIVALS)
            if page.run is not None and page.run.done == 2:
                for wanted in session.jobs._wanted.values():
                    wanted.job.cancel()

        session.stepped.connect(stop)
        it.window.take_files(files)
        page = it.page(PageName.ARRIVALS)
        assert len(page.run.files) == 2
        assert not page.busy
        assert all(item.resembles for item in page.run.items)


def drop(widget: Any, *files: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(10, 10), copy, data, button, none)
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, QDropEvent(QPointF(10, 10), copy, data, button, none))
    return enter.isAccepted()


def test_files_dropped_on_a_field_come_in_and_the_field_stays_empty(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", one_open) as it:
        page = it.page(PageName.WORKLIST)
        assert drop(it.window.windowHandle(), written(tmp_path, "a.json", request(**MORE), request(**MORE)))
        assert it.place is PageName.ARRIVALS
        assert page.search.text() == ""


def test_a_folder_of_requests_and_policies_is_told_apart_by_content(tmp_path: Path, qtbot: Any) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written(folder, "policy.txt", request(**MORE))
    (folder / "request.json").write_text("Medical Policy\nSubject: Lamp Study\nDocument #: XYZ.00001\n", encoding="utf-8")
    with room(tmp_path / "w", one_open) as it:
        it.window.take_files([folder])
        files = {file.path.name: file for file in it.shown.run.files}
        assert len(files["policy.txt"].items) == 1
        assert not files["request.json"].items if "request.json" in files else it.shown.run.refused


def test_all_bad_says_what_each_is_and_offers_nothing(tmp_path: Path, qtbot: Any) -> None:
    bad = {"a.json": b"{", "b.json": b"", "c.bin": bytes(range(256)) * 20, "d.json": b'{"requests": []}'}
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    with room(tmp_path / "w") as it:
        it.window.take_files([tmp_path / name for name in bad])
        page = it.shown
        assert not any(action.isVisible() for action in (page.bar.open, page.bar.load, page.bar.form, *page.bar.choices.values()))
        assert sum("problem" in row for row in spoken(page.model)) == 4
        page.list.go_to(1)
        assert any(row.startswith("Where: ") for row in spoken(page.shown.model))


def test_somebody_who_opens_no_cases_hears_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", user="osei") as it:
        it.window.take_files([written(tmp_path, "a.json", request(**MORE))])
        assert "may not do this" in said(it.shown.notice)
        assert it.desk.person.has(Role.PHYSICIAN)
