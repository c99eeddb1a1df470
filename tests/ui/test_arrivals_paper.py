"""Paper that comes in: one answer wherever it is dropped, a row of its own on the report, and the form beside its pages."""

from pathlib import Path
from typing import Any

import pytest
from builders import opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from record_makers import PAGES, fax, letter_of_necessity, pdf, picture, policy_of_a_payer, printed
from test_arrivals_page import told, written
from test_arrivals_receipt import bare, main_buttons
from test_arrivals_receipt import written as without_receipt
from test_many_page import folder_in
from ui_window import room

from ur_desk.desk.steps import finish
from ur_desk.ui import dialogs
from ur_desk.ui.actions import plain_text
from ur_desk.ui.places import PageName
from ur_desk.ui.privacy import mask


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def beside(it: Any) -> list[str]:
    """The names of the records beside the form that is shown."""
    assert it.place is PageName.ENTRY
    return [record.name for record in it.shown.form.draft().records]


def press(it: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(it.shown.list, key, modifier)


def buttons(page: Any) -> list[str]:
    return [plain_text(action) for action, button in page.bar._buttons if button.isVisible()]


# one answer everywhere ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [PageName.WORKLIST, PageName.LIBRARY, PageName.AUDIT, PageName.ARRIVALS, PageName.HELP])
def test_a_faxed_pdf_that_is_dropped_on_any_page_leads_to_the_form_with_the_paper_at_its_left(
    tmp_path: Path, qtbot: Any, name: PageName
) -> None:
    with room(tmp_path / "w") as it:
        it.go(name)
        it.window.take_files([put(tmp_path, "fax.pdf", PAGES)])
        assert beside(it) == ["fax.pdf"]
        assert it.shown.records.view.x() < it.shown.form.x()
        assert it.shown.form.path_of(QApplication.focusWidget()) == "received_date"
        assert it.shown.form.verticalScrollBar().value() == 0


@pytest.mark.parametrize("data", [PAGES, pdf(""), fax(1), picture()], ids=["text", "scan", "tiff", "png"])
def test_all_kinds_of_paper_go_the_same_way_alone_and_in_a_folder(tmp_path: Path, qtbot: Any, data: bytes) -> None:
    with room(tmp_path / "w") as it:
        folder = tmp_path / "faxes"
        folder.mkdir()
        put(folder, "one.bin", data)
        it.window.take_files([folder])
        assert beside(it) == ["one.bin"]
        it.shown.discard()
        it.go(PageName.WORKLIST)
        it.window.take_files([folder / "one.bin"])
        assert beside(it) == ["one.bin"]
        assert it.desk.arrivals.runs() == ()


def test_the_draft_keeps_the_paper_at_once(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([put(tmp_path, "fax.tif", fax(3))])
        ((name, draft),) = it.desk.intake.drafts()
        assert [(record.name, record.pages) for record in draft.records] == [("fax.tif", 3)]
        assert it.desk.records.beside(name, draft.records[0].sha256)


def test_a_policy_is_offered_to_the_library_and_one_chosen_as_such_is_no_record_of_the_case_on_the_desk(
    tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room(tmp_path / "w") as it:
        file, case = put(tmp_path, "policy.pdf", policy_of_a_payer()), opened(it.desk)
        it.go(PageName.REVIEW, case.id)
        monkeypatch.setattr(dialogs, "choose_files", lambda *_told: [file])
        it.window.commands.import_policy.trigger()
        assert it.place is PageName.ARRIVALS
        assert plain_text(it.shown.bar.load) == "Read 1 policy into the library"
        assert "Key it" not in buttons(it.shown)
        assert it.desk.review.case(case.id).records == ()


def test_a_folder_of_faxes_is_no_folder_of_policies(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        folder = tmp_path / "faxes"
        folder.mkdir()
        put(folder, "a.pdf", PAGES)
        put(folder, "b.tif", fax(2))
        put(folder, "c.pdf", pdf(""))
        it.window.take_files([folder])
        assert it.place is PageName.ARRIVALS
        assert it.shown.bar._words.words == "3 papers to key"


def test_what_many_documents_were_refused_for_is_looked_at_at_the_door(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        folder = folder_in(tmp_path, 21)
        note = put(folder, "note.pdf", PAGES)
        it.window.take_files([folder])
        page = it.shown
        assert it.place is PageName.MANY
        assert not page.paper_action.isVisible()
        page.load()
        assert plain_text(page.paper_action) == "Look at 1 refused PDF at the door"
        page.paper_action.trigger()
        assert beside(it) == [note.name]


# on the report -----------------------------------------------------------------------------------------------------------


def test_paper_among_other_files_has_a_row_with_its_name_its_pages_and_a_key_to_the_form(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([written(tmp_path, "two.json", "Quill", "Raven"), put(tmp_path, "fax.tif", fax(3))])
        page = it.shown
        (row,) = [words for words in told(page.model) if "to key" in words]
        assert row.startswith("fax.tif · 3 pages. to key. ")
        assert page.bar._words.words == "2 good requests, 1 paper to key"
        page.list.go_to(next(n for n, words in enumerate(told(page.model)) if words == row))
        assert main_buttons(it) == ["Key it  K"]
        assert buttons(page)[:4] == ["Key it  K", "Records of a case…  R", "Not to be keyed  Del", "Open 2 cases"]
        (tmp_path / "fax.tif").unlink()  # the report has its bytes
        press(it, Qt.Key.Key_Return)  # what the first button says
        assert beside(it) == ["fax.tif"]
        it.shown.leave()
        page = it.go(PageName.ARRIVALS)
        (row,) = [words for words in told(page.model) if "fax.tif ·" in words]
        assert row == "fax.tif · 3 pages. taken up. It lies beside a draft of yours; K goes on with it."
        page.list.go_to(next(n for n, words in enumerate(told(page.model)) if words == row))
        assert buttons(page)[0] == "Go on with the draft  K"
        press(it, Qt.Key.Key_K)
        assert beside(it) == ["fax.tif"]
        assert len(it.desk.intake.drafts()) == 1


def test_several_papers_are_keyed_as_one_request_by_one_key(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([put(tmp_path, "p1.png", picture()), put(tmp_path, "p2.png", picture(size=(350, 440)))])
        assert "Key all as one  Shift+K" in buttons(it.shown)
        press(it, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
        assert beside(it) == ["p1.png", "p2.png"]
        ((_, draft),) = it.desk.intake.drafts()
        assert len(draft.records) == 2


def test_what_may_be_a_policy_is_asked_about_with_one_key_for_each_answer(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        case, before = opened(it.desk), len(it.desk.library.all())
        letter = put(tmp_path, "letter.pdf", letter_of_necessity())
        it.window.take_files([letter])
        page = it.shown
        assert it.place is PageName.ARRIVALS
        assert buttons(page)[:3] == ["A fax or form to key  K", "A medical policy  M", "Records of an open case…  R"]
        assert not page.bar.load.isVisible()
        press(it, Qt.Key.Key_R)
        page.files.form.entry("number").setText("UR-1999-000001")
        page.files.form.commit_button.click()
        assert page.files.form.isVisible()
        page.files.form.entry("number").setText(case.number)
        page.files.form.commit_button.click()
        assert [kept.record.name for kept in it.desk.review.case(case.id).records] == ["letter.pdf"]
        assert f"It is in {case.number}." in " ".join(told(page.model))
        assert not page.bar.key.isVisible()
        it.window.take_files([put(tmp_path, "other.pdf", letter_of_necessity() + b"\n%")])
        press(it, Qt.Key.Key_M)
        assert len(it.desk.library.all()) == before + 1
        assert "new draft" in " ".join(told(page.model))
        assert not it.shown.bar.key.isVisible()
        assert it.desk.intake.drafts() == ()


def test_r_asks_for_the_receipt_of_a_file_and_on_paper_for_its_case_one_form_at_a_time(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        untold = without_receipt(tmp_path, "bare.json", bare(1), bare(2))
        it.window.take_files([untold, put(tmp_path, "fax.tif", fax(1)), put(tmp_path, "letter.pdf", letter_of_necessity())])
        page = it.shown
        request, paper, unsure = (
            next(n for n, words in enumerate(told(page.model)) if chip in words)
            for chip in ("receipt unknown", "to key", "paper or policy")
        )
        page.list.go_to(request)
        press(it, Qt.Key.Key_R)
        assert page.receiving.form.isVisible()
        page.list.go_to(paper)
        press(it, Qt.Key.Key_R)
        assert (page.receiving.form.isVisible(), page.files.form.isVisible()) == (False, True)
        assert not page.bar.open.isEnabled()
        page.list.go_to(request)
        assert not page.files.form.isVisible()
        assert page.bar.open.isEnabled()
        page.list.go_to(unsure)
        assert main_buttons(it) == []
        press(it, Qt.Key.Key_Return)  # which of the two only a person can tell
        assert it.shown is page


def test_paper_that_is_not_to_be_keyed_goes_and_the_report_is_put_away_only_then(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([put(tmp_path, "junk.tif", fax(1)), put(tmp_path, "more.tif", fax(2))])
        page = it.shown
        page.forget()
        assert "2 requests or papers still wait" in page.notice.accessibleName()
        for left in (1, 0):
            press(it, Qt.Key.Key_Delete)
            assert len(page.run.to_key) == left
        assert it.desk.arrivals.runs() == ()


# drafts ------------------------------------------------------------------------------------------------------------------


def test_a_draft_of_paper_is_offered_by_its_file_and_its_pages_and_masked(tmp_path: Path, qtbot: Any) -> None:
    with room(tmp_path / "w") as it:
        it.window.take_files([put(tmp_path, "fax-0412.tif", fax(3))])
        it.shown.leave()
        it.window.host.begin_request()
        shown = [label.words for label in it.shown.kept._rows[0].findChildren(type(it.shown._state))]
        assert shown == ["fax-0412.tif · 3 pages"]
        mask().set(True)
        try:
            shown = [label.words for label in it.shown.kept._rows[0].findChildren(type(it.shown._state))]
            assert shown == ["hidden · 3 pages"]
        finally:
            mask().set(False)


def test_a_draft_of_paper_that_a_colleague_handed_over_is_named_so_on_the_worklist(tmp_path: Path, qtbot: Any) -> None:
    def handed(desk: Any) -> None:
        run, files = desk.arrivals.begin([put(tmp_path, "fax-0412.tif", fax(3))])
        file = finish(desk.arrivals.look(run, files)).value.files[0]
        desk.intake.hand_draft(finish(desk.paper.draft(file)).value, "mara")

    with room(tmp_path / "w", handed) as it:
        rows = it.page(PageName.WORKLIST).handed.rows
        assert rows.data(rows.index(0, 0)) == "fax-0412.tif · 3 pages"


def test_what_a_fax_proposes_is_looked_at_from_the_first_field_on_in_the_order_of_the_form(tmp_path: Path, qtbot: Any) -> None:
    data = printed(
        [
            [(180, "PRIOR AUTHORIZATION REQUEST FORM")],
            [(50, "Patient Name: Rosa Alvarado"), (330, "Provider NPI: 1558597798")],
            [(50, "DOB: 02/11/1968"), (330, "CPT Code: 76120")],
        ],
        "10/05/2017 09:14 AM  FROM: Natarajan Spine  TO: 317-555-0100  PAGE 1 OF 1",
    )
    with room(tmp_path / "w") as it:
        it.window.take_files([put(tmp_path, "fax.pdf", data)])
        walked = []
        while it.shown.records.waiting():
            walked.append(it.shown.form.path_of(QApplication.focusWidget()))
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert walked == [
            "received_date", "received_time", "channel", "received_evidence", "received_evidence_where",
            "member.family", "member.given", "member.birth_date", "services.1.code", "requesting_provider.npi",
        ]  # fmt: skip
