"""The post in the window: what waits, issued in one go with progress and a way to stop, printed, and recorded as sent."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from accessible import unnamed
from builders import NO_POLICY, UNCHECKED, line, opened
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from record_makers import PAGES
from ui_window import room

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.letter import LetterKind
from ur_desk.domain.request import LineOfBusiness, Member
from ur_desk.ui import dialogs
from ur_desk.ui.places import PageName
from ur_desk.ui.widgets.proof import ProofChooser

BAD = Member("Okafor", "李", "DEMO-009", address="3 Elm Street\nMuncie, IN 47302")


def three(desk: Desk) -> None:
    """Three approvals that wait for a letter; one of them can never be drawn."""
    for changes in ({}, {"reference": "R-2"}, {"member": BAD}):
        case = opened(desk, line(1, "97110", "Therapeutic exercise"), **changes)
        desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)


def told(page: Any) -> list[str]:
    return [str(page.model.data(page.model.index(i, 0), int(Qt.ItemDataRole.AccessibleTextRole))) for i in range(page.model.rowCount())]


def test_the_list_begins_at_a_letter_not_at_a_heading(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", three) as it:
        page = it.go(PageName.POST)
        page.list.setFocus()
        assert page.model.case_at(0) is None
        assert page.list.currentIndex().row() == 1
        assert page.model.case_at(1) is not None


def chosen(monkeypatch: Any, folder: Path) -> Path:
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    return folder


def test_what_is_decided_and_not_noticed_stands_there_and_nothing_leaves_by_itself(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", three) as it:
        QTest.keyClick(it.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        page = it.shown
        assert it.place is PageName.POST
        rows = told(page)
        assert rows[0] == "Decided, and no letter yet. 3"
        assert sorted(row[:34] for row in rows[1:]) == [f"UR-2017-00000{n}. to write. Approval" for n in (1, 2, 3)]
        assert page.said_so_far.text() == "3 to write, 0 to send"
        assert not page.stop_action.isVisible()
        assert not unnamed(page)


def test_all_leave_into_a_folder_and_the_one_that_cannot_stays_first_with_its_reason(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    with room(tmp_path / "w", three) as it:
        page, out = it.go(PageName.POST), chosen(monkeypatch, tmp_path / "out")
        page.save_action.trigger()
        rows = told(page)
        assert rows[0] == "Stayed. 1"
        assert rows[1].startswith("UR-2017-000003. stays.")
        assert "李" in rows[1]
        assert rows[2] == "Issued, and not sent. 4"
        assert page.said_so_far.text() == "3 of 3 cases: 4 letters issued, 1 cases stay"
        assert sorted(file.name for file in out.iterdir()) == [f"UR-2017-00000{case}-L{n}.pdf" for case in (1, 2) for n in (1, 2)]


def test_stopped_between_two_it_says_what_left_and_the_others_still_wait(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    with room(tmp_path / "w", three) as it:
        page = it.go(PageName.POST)
        chosen(monkeypatch, tmp_path / "out")
        real = page._say

        def stop_at_one() -> None:
            real()
            if page._going and page._told.done == 1:
                next(iter(it.window.jobs._wanted.values())).job.cancel()

        page._say = stop_at_one
        page.save_action.trigger()
        assert page.said_so_far.text().startswith("Stopped. 1 of 3 cases")
        stayed = len(page._told.stayed)
        assert f"Decided, and no letter yet. {2 + stayed}" in told(page)
        assert it.desk.supervision.verification().breaks == ()


def test_the_post_is_narrowed_by_kind_and_line_of_business(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", three) as it:
        page = it.go(PageName.POST)
        page.kind.retype(LetterKind.ADVERSE.value)
        assert told(page) == []
        assert page.empty.isVisible()
        assert not page.save_action.isEnabled()
        page.kind.retype("")
        page.business.retype(LineOfBusiness.ERISA_SELF_FUNDED.value)
        assert len(told(page)) == 4


def test_all_are_printed_and_each_is_noted_before_its_first_page(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    with room(tmp_path / "w", three) as it:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        monkeypatch.setattr(dialogs, "choose_printer", lambda *_a: printer)
        page = it.go(PageName.POST)
        page.print_action.trigger()
        assert (tmp_path / "printed.pdf").stat().st_size > 0
        it.sit("sol")
        assert sum(entry.what == "print" for entry in it.desk.exports.register()) == 4
        assert not list(tmp_path.glob("*L1.pdf"))


def test_todays_letters_are_recorded_as_sent_with_one_proof_and_late_ones_are_left(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    log = tmp_path / "mail log.pdf"
    log.write_bytes(PAGES)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(log)], ""))
    with room(tmp_path / "w", three) as it:
        page = it.go(PageName.POST)
        first, second = [each for each in page._waiting if each.row.number != "UR-2017-000003"]
        finish(it.desk.letters.issue(first.case, first.row.revision))
        it.desk.clock.at += timedelta(days=1)
        finish(it.desk.letters.issue(second.case, second.row.revision))
        page.read_again()
        assert page.said_so_far.text() == "1 to write, 2 to send, 2 whose day has passed"
        page.sent_action.trigger()
        page.form.findChild(ProofChooser).click()
        assert not unnamed(page.form)
        page.form.commit()
        assert page.form is None
        (sending,) = it.desk.review.case(second.case).sendings
        assert sending.proofs[0].name == "mail log.pdf"
        assert it.desk.review.case(first.case).sendings == ()


def test_a_row_opens_its_case_and_whoever_issues_nothing_sees_why(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w", three, user="sol") as it:
        page = it.go(PageName.POST)
        assert not page.save_action.isEnabled()
        page.list.go_to(1)
        page.list.setFocus()
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        assert it.place is PageName.REVIEW


def test_letters_leave_with_what_was_typed_for_them_in_their_drafts(tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    with room(tmp_path / "w", three) as it:
        desk = it.desk
        first, second = (desk.review.find(f"UR-2017-00000{n}") for n in (1, 2))
        names = it.go(PageName.REVIEW, first).letter.names
        names.name(first, 1, "Exercises for the back")
        page = it.go(PageName.POST)
        chosen(monkeypatch, tmp_path / "out")
        named = [row for row in told(page) if "services called as you named them" in row]
        assert [row[:14] for row in named] == ["UR-2017-000001"]
        page.save_action.trigger()
        contents = {case: [str(desk.letters.content(each.id, case)) for each in desk.review.case(case).letters] for case in (first, second)}
        assert len(contents[first]) == 2
        assert all("Exercises for the back" in content for content in contents[first])
        assert not any("Exercises for the back" in content for content in contents[second])
        assert names.of(first) == {}
