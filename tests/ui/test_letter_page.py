"""The letter beside the review: sentences with their sources, what keeps it from leaving, and the way out."""

from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import UNCHECKED, cites, line, passphrase, profile, unclear
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from ui_desk import EXERCISE, Room, Told, seated, sit

from ur_desk.desk.signing import Signing
from ur_desk.domain.determination import Determination, Granted, Reason
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.ui import dialogs, theme
from ur_desk.ui.models.letter_sentences import SentenceKind
from ur_desk.ui.widgets.panels.verbs import Verb

SENTENCE = SentenceKind.SENTENCE


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def approved(room: Room, *lines: Any, **changes: Any) -> Any:
    case = room.open(*lines, **changes)
    reason = Reason("We approved it because it meets what your plan asks for.", no_policy_found=True)
    room.desk.determinations.approve(case.id, case.revision, (2,), reason, unchecked=UNCHECKED)
    return case


def denied(room: Room, *also: tuple[int, Determination, Granted | None], **changes: Any) -> Any:
    case = room.open(line(), EXERCISE, **changes)
    d, lines = room.desk.determinations, (1, *(n for n, _, _ in also))
    d.refer(case.id, case.revision, lines, "Five months of pain.")
    sit(room.desk, room.session, "osei")
    room.desk.review.open_record(case.id)
    for number, kind, granted in ((1, Determination.DENIED, None), *also):
        words = "Moving x-ray pictures of the spine are not proven to help people with back pain."
        d.decide(
            case.id,
            room.now(case).revision,
            (number,),
            kind,
            Reason(words, cites(case, 15)),
            "Own reasoning on this member.",
            granted=granted,
            proof=room.desk.vault.prove(passphrase("osei")),
            signing=Signing(attested=True),
        )
    sit(room.desk, room.session, "mara")
    return case


def letter(room: Room, case: Any, *, provider: bool = False) -> Any:
    room.page.open_case(case.id)
    room.page.show_letter()
    room.page.letter.manner.copy.setChecked(provider)
    return room.page.letter


def texts(found: Any) -> list[str]:
    model = found.sentences._model
    return [model.row(i).text for i in range(model.rowCount())]


def place(found: Any, words: str) -> int:
    return next(i for i, text in enumerate(texts(found)) if words in text)


def test_a_draft_shows_its_kind_its_lines_its_sentences_and_its_pages(room: Room) -> None:
    found = letter(room, approved(room))
    assert found.kind.words == "Approval, draft"
    assert found.lines.lines() == (2,)
    assert "We approved it because it meets what your plan asks for." in " ".join(texts(found))
    assert found.pages.many >= 1
    assert found.issue_action.isEnabled()


def test_every_sentence_names_its_source_under_the_pointer_and_by_key(room: Room) -> None:
    found = letter(room, approved(room))
    at = place(found, "We approved it because")
    index = found.sentences._model.index(at, 0)
    found.sentences.list.entered.emit(index)
    assert "Decision on line 2: reason" in found.sentences.trace.texts
    found.sentences.eventFilter(found.sentences.list.viewport(), QEvent(QEvent.Type.Leave))
    found.sentences.list.setCurrentIndex(index)
    assert "Decision on line 2: reason" in found.sentences.trace.texts
    assert "Source: words of Mara Lindqvist; decision on line 2: reason" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_signature_names_who_entered_its_licence_and_who_confirmed_it(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    model = found.sentences._model
    (signed,) = [model.row(i) for i in range(model.rowCount()) if "Kwame Osei, MD" in model.row(i).text and model.row(i).kind is SENTENCE]
    held = room.desk.accounts.named("osei").credential
    people = {account.id: account.display for account in room.desk.accounts.all()}
    behind = f"entered by {people[held.entered_by]}, confirmed by {people[held.confirmed_by]} at {held.confirmed_where}"
    assert f"licence {behind}" in signed.source
    assert "words of Kwame Osei" in signed.source
    assert behind not in " ".join(texts(found))  # the letter itself prints none of it
    rationale = model.row(place(found, "Own reasoning on this member."))
    assert "entered by" not in rationale.source


def test_no_sentence_is_without_a_source(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    model = found.sentences._model
    rows = [model.row(i) for i in range(model.rowCount())]
    assert [row.text for row in rows if row.kind is SentenceKind.SENTENCE and not row.source] == []
    assert any(row.kind is SentenceKind.PART for row in rows)


def test_enter_on_a_sentence_from_the_policy_opens_its_line_in_the_review(room: Room) -> None:
    case = denied(room)
    found = letter(room, case, provider=True)
    model = found.sentences._model
    at = next(i for i in range(model.rowCount()) if model.row(i).target)
    found.sentences.list.activated.emit(model.index(at, 0))
    assert room.page.columns.isVisible()
    assert room.page.policy.line == model.row(at).target.line


def with_reason(room: Room, words: str) -> Any:
    case = room.open()
    room.desk.determinations.approve(case.id, case.revision, (2,), Reason(words, no_policy_found=True), unchecked=UNCHECKED)
    return letter(room, case)


def test_what_no_letter_may_say_stands_under_its_sentence_and_keeps_the_letter(room: Room) -> None:
    found = with_reason(room, "Your plan covers it. The MRI was cheaper.")
    assert not found.issue_action.isEnabled()
    assert "One sentence says what no letter may" in found.gaps.words
    for action in found.sentences.finding_actions:
        action.trigger()
        row = found.sentences._model.row(found.sentences.list.currentIndex().row())
        assert {f.rule for f in row.findings} == {"acronym", "cost"}
    assert "“MRI” is not explained." in found.sentences.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_only_to_be_looked_at_keeps_no_letter(room: Room) -> None:
    found = with_reason(room, "Your plan covers it. It was due on March 3, 2011.")
    assert found.issue_action.isEnabled()
    assert not found.gaps.isVisibleTo(found)
    assert found.sentences.go_to_finding(1)


def test_a_letter_in_which_nothing_is_amiss_has_nothing_to_go_to(room: Room) -> None:
    assert not letter(room, approved(room)).sentences.go_to_finding(1)


def test_an_adverse_letter_is_named_so_and_never_sounds_like_an_approval(room: Room) -> None:
    assert letter(room, denied(room)).kind.words == "Adverse determination, draft"


def test_lines_decided_differently_go_into_one_letter_unless_one_is_left_out(room: Room) -> None:
    case = denied(room)
    reason = Reason("We approved it.", no_policy_found=True)
    room.desk.determinations.approve(case.id, room.now(case).revision, (2,), reason, unchecked=UNCHECKED)
    found = letter(room, case)
    assert found.lines.lines() == (1, 2)
    assert found.kind.words == "Partly adverse determination, draft"
    found.lines.check(1).setChecked(False)
    assert found.kind.words == "Approval, draft"
    found.lines.check(2).setChecked(False)
    assert found.empty.isVisible()
    assert not found.issue_action.isEnabled()


def test_a_request_for_information_is_a_letter_too(room: Room) -> None:
    case = room.open(unclear())
    room.desk.determinations.ask_for_information(
        case.id, case.revision, (1,), ["Films"], "They would show which service is meant.", "Priya Natarajan"
    )
    found = letter(room, case)
    assert found.kind.words == "Request for information, draft"
    assert any("Films" in text for text in texts(found))
    assert room.page.bar._buttons[Verb.LETTER].text() == "Letter: draft"


def test_sentences_that_come_after_the_focus_show_where_it_stands(room: Room) -> None:
    found = letter(room, approved(room, line(), EXERCISE))
    found.setFocus()
    found.sentences.show_letter(found.sentences._letter, {})
    assert found.sentences.list.hasFocus()
    assert found.sentences.list.currentIndex().row() == 0


def test_where_there_is_nothing_to_say_the_page_says_how_a_letter_begins(room: Room) -> None:
    found = letter(room, room.open())
    assert found.empty.isVisible()
    assert not found.pages.isVisible()
    assert not found.issue_action.isEnabled()
    assert not found.save_action.isEnabled()


@pytest.mark.parametrize("lacking", [{"line_of_business": None}, {"state": None, "line_of_business": LineOfBusiness.COMMERCIAL_INSURED}])
def test_where_the_request_lacks_what_the_letter_needs_the_verb_that_takes_it_is_named(room: Room, lacking: dict[str, Any]) -> None:
    found = letter(room, approved(room, **lacking))
    said = f"{found.notice.accessibleName() if found.notice.isVisible() else ''} {found.gaps.words if found.gaps.isVisible() else ''}"
    assert "Complete request… in the Case menu" in said


def test_a_withdrawn_case_says_that_no_letter_is_due(room: Room) -> None:
    case = room.open(line())
    room.desk.determinations.withdraw(case.id, case.revision, (1,), "Priya Natarajan", room.session.now(), "by telephone")
    found = letter(room, case)
    assert found.empty.accessibleName().startswith("A withdrawal takes no letter")
    assert room.page.bar.action(Verb.LETTER).text() == "Letter: none needed"


def test_beside_the_letter_closed_verbs_tell_why_in_their_tips_only(room: Room) -> None:
    letter(room, approved(room))
    assert not room.page.bar.why_not.isVisible()
    room.page.show_review()
    assert room.page.bar.why_not.isVisible()


def test_issuing_asks_first_and_then_notices_the_lines(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    found.issue_action.trigger()
    assert "Rosalind Alvarado" in found.question.words.text()
    assert room.now(case).letters == ()
    found.question.refrain_action.trigger()
    assert not found.question.isVisible()
    room.page.go_on()
    room.page.go_on()
    now = room.now(case)
    assert [(issued.kind, issued.audience) for issued in now.letters] == [("approval", "member"), ("approval", "provider")]
    assert now.lines_unsent == (2,)
    assert found.kind.words == "Approval, issued"
    assert not found.issue_action.isVisible()
    assert room.page.bar.action(Verb.LETTER).text() == "Letter: to send"


def test_an_issued_letter_is_shown_as_it_left(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    before = texts(found)
    sit(room.desk, room.session, "ada")
    room.desk.accounts.save_profile(profile(LineOfBusiness.ERISA_SELF_FUNDED))
    sit(room.desk, room.session, "mara")
    found = letter(room, case)
    assert texts(found) == before
    assert found.issued.buttons()[0].accessibleName().startswith("Show: Approval · line 2")


def test_what_keeps_a_letter_is_said_with_what_to_do(tmp_path: Path, qtbot: Any) -> None:
    with seated(tmp_path / "real", kind=WorkspaceKind.REAL) as (desk, session):
        room = Room(desk, session, qtbot)
        found = letter(room, denied(room))
        assert "abstract" in found.gaps.words
        assert found.gaps.isVisible()
        assert not found.issue_action.isEnabled()
        assert found.save_action.isEnabled()


def test_an_empty_plan_profile_names_every_missing_element(room: Room) -> None:
    from ur_desk.domain.letter import PlanProfile

    case = approved(room)
    sit(room.desk, room.session, "ada")
    room.desk.accounts.save_profile(PlanProfile(LineOfBusiness.ERISA_SELF_FUNDED, "IN"))
    sit(room.desk, room.session, "mara")
    found = letter(room, case)
    assert found.gaps.isVisible()
    assert found.gaps.words.count("•") >= 1
    assert not found.issue_action.isEnabled()


def test_a_line_of_business_without_letters_is_refused_with_the_reason(room: Room) -> None:
    found = letter(room, approved(room, line(1, "97140", "Manual therapy"), EXERCISE, line_of_business=LineOfBusiness.OTHER))
    assert found.notice.isVisible()
    assert "only known as other" in found.notice.accessibleName()
    assert not found.issue_action.isEnabled()


def test_the_providers_copy_is_shown_beside_the_members_letter_before_and_after_it_has_left(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    assert "97110" not in " ".join(texts(found))
    found.manner.copy.setChecked(True)
    assert found.kind.words == "Approval, provider's copy, draft"
    assert "CPT 97110" in " ".join(texts(found))
    found.manner.copy.setChecked(False)
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert found.kind.words == "Approval, issued"
    found.manner.copy.setChecked(True)
    assert found.kind.words == "Approval, provider's copy, issued"
    assert "CPT 97110" in " ".join(texts(found))
    assert len(found.issued.buttons()) == 1


@pytest.mark.parametrize("issue", [True, False])
def test_a_saved_file_is_named_by_case_and_kind_alone(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issue: bool) -> None:
    case = approved(room)
    found = letter(room, case)
    if issue:
        found.issue_action.trigger()
        found.question.confirm_action.trigger()
    names: list[str] = []
    target = tmp_path / "letter.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _parent, _title, name, kinds: (names.append(name) or str(target), kinds))
    said = Told(room.page.said)
    found.save_action.trigger()
    assert names == [f"{case.number}-approval.pdf" if issue else f"{case.number}-approval-draft.pdf"]
    assert target.read_bytes().startswith(b"%PDF")
    assert said.all == ["Saved as letter.pdf"]


def test_a_letter_that_goes_to_a_synced_folder_is_said_so(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, target = letter(room, approved(room)), tmp_path / "OneDrive - Lindenfield Works" / "letter.pdf"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _parent, _title, _name, kinds: (str(target), kinds))
    said = Told(room.page.said)
    found.save_action.trigger()
    assert len(said.all) == 1
    assert said.all[0].startswith("Saved as letter.pdf. That folder is copied elsewhere")
    (left,) = room.desk.store.ledger.of_verbs(["access.file-left"])
    assert (left.body.what, left.body.place) == ("draft of a letter", "synced")


def test_thinking_better_of_saving_writes_nothing(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = letter(room, approved(room))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    found.save_action.trigger()
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_place_that_cannot_be_written_is_said_in_the_page(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = letter(room, approved(room))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "no such folder" / "letter.pdf"), ""))
    found.save_action.trigger()
    assert "cannot be written" in found.notice.accessibleName()


def test_large_print_is_ticked_where_the_member_asked_for_it(room: Room) -> None:
    from dataclasses import replace

    from builders import request

    member = replace(request().member, format="large print")
    found = letter(room, approved(room, member=member))
    assert found.manner.large_print.isChecked()
    many = found.pages.many
    found.manner.large_print.setChecked(False)
    assert found.pages.many <= many


def test_a_supervisor_reads_the_letter_and_cannot_issue_it(room: Room) -> None:
    case = approved(room)
    sit(room.desk, room.session, "sol")
    found = letter(room, case)
    assert found.kind.words == "Approval, draft"
    assert not found.issue_action.isEnabled()


def test_another_case_shows_nothing_of_the_letter_before(room: Room) -> None:
    found = letter(room, approved(room))
    room.open(line())
    assert texts(found) == []
    assert found.pages.many == 0
    assert not found.isVisible()


def test_a_change_of_the_case_writes_the_letter_anew(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    found.issue_action.trigger()
    room.desk.review.add_note(case.id, "Somebody noted something.")
    room.page.read_again()
    assert not found.question.isVisible()
    assert found.issue_action.isEnabled()


def test_everything_that_takes_the_focus_has_a_name(room: Room) -> None:
    found = letter(room, denied(room))
    QApplication.processEvents()
    assert unnamed(found) == []


# on paper ------------------------------------------------------------------------------------------------------------


def printer_of(file: Path) -> QPrinter:
    """A printer that prints to a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(file))
    return made


def test_a_letter_is_printed_from_memory_page_by_page(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    page = letter(room, approved(room))
    printed = tmp_path / "printed.pdf"
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: printer_of(printed))
    told = Told(page.said)
    page.print_action.trigger()
    assert told.all == ["The letter went to the printer."]
    paper = PdfReader(printed)
    assert len(paper.pages) == page.pages.many
    assert all(list(each.images) for each in paper.pages)
    assert "Alvarado" not in str(paper.metadata)


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_takes_nothing_is_told_and_the_letter_stays(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = letter(room, approved(room))
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: printer_of(tmp_path / "no" / "such" / "folder.pdf"))
    page.print_action.trigger()
    assert "The printer does not take the letter." in page.notice.accessibleName()
    assert page.pages.many > 0


def test_thinking_better_of_it_prints_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = letter(room, approved(room))
    told = Told(page.said)
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: None)
    page.print_action.trigger()
    assert told.all == []


def test_where_there_is_no_room_for_both_sentences_and_pages_lead_to_each_other(room: Room) -> None:
    case = denied(room)
    room.page.resize(1280, 560)
    found = letter(room, case)
    assert found.panes.beside
    assert not found.pages_action.isVisible()
    room.page.resize(700, 560)
    QApplication.processEvents()
    assert found.sentences.isVisible()
    assert not found.pages.isVisible()
    found.pages_action.trigger()
    assert found.pages.isVisible()
    assert not found.sentences.isVisible()
    found.sentences_action.trigger()
    assert found.sentences.isVisible()


def test_the_question_before_a_letter_leaves_is_in_sight_where_there_is_room_for_one_pane_only(room: Room) -> None:
    room.page.resize(700, 560)
    found = letter(room, approved(room))
    QApplication.processEvents()
    found.issue_action.trigger()
    assert found.question.isVisible()


def test_on_a_low_screen_the_sentences_have_the_room(room: Room, qapp: QApplication) -> None:
    found = letter(room, denied(room))
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert found.issued.isVisible()
    assert found.sentences.foot.isVisible()
    room.page.resize(1280, 480)
    theme.apply(qapp, "light", 200)
    QApplication.processEvents()
    assert not found.issued.isVisible()
    assert not found.sentences.foot.isVisible()
    assert found.sentences.list.height() >= 40
