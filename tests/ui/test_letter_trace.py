"""Where each sentence of a letter comes from: shown beside it for the current one and the one under the pointer, and as a paper."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from builders import profile, request
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from test_letter_page import approved, denied, letter, place
from ui_desk import Room, Told, seated, sit

from ur_desk.domain.letter import SentenceSource, SourceKind
from ur_desk.domain.letters.trace import value_at
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui.models.letter_trace import TraceKind, TraceRow, trace_rows, value_words
from ur_desk.ui.privacy import mask


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def rows(found: Any) -> list[TraceRow]:
    model = found.sentences.trace._model
    return [model.row(n) for n in range(model.rowCount())]


def at(found: Any, words: str) -> list[str]:
    """What stands beside the sentence with these words."""
    found.sentences.list.go_to(place(found, words))
    return found.sentences.trace.texts


def words_of(pdf: bytes) -> str:
    with pdfplumber.open(BytesIO(pdf)) as told:
        return " ".join(" ".join(page.extract_text() for page in told.pages).split())


def test_a_policy_line_is_marked_among_the_lines_around_it(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    told = at(found, "Abstract, line 15")
    assert told[0] == "Policy RAD.00034, line 15"
    assert "in force from 09/27/2017 · abstract" in told[1]
    lines = [row for row in rows(found) if row.kind is TraceKind.LINE]
    assert [row.number for row in lines if row.cited] == [15]
    assert {13, 17} <= {row.number for row in lines}
    spoken = found.sentences.trace._model.index(found.sentences.trace._model.first_cited, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Line 15, cited: Dynamic spinal visualization")


def test_every_kind_of_source_shows_what_stands_there(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    told = at(found, "Moving x-ray pictures")
    assert told[:3] == [
        "Decision on line 1: reason",
        told[1],
        "Moving x-ray pictures of the spine are not proven to help people with back pain.",
    ]
    assert told[1].startswith("Denied, signed by Kwame Osei, ")
    assert told[3:] == ["Words of Kwame Osei", "MD, as they signed"]
    assert at(found, "Own reasoning on this member.")[0] == "Decision on line 1: rationale"
    assert at(found, "Member number")[:2] == ["Request, member id", "DEMO-004417"]
    assert at(found, "Case number")[:2] == ["Case, its number", room.page.letter._case.number]
    found = letter(room, room.page.letter._case)
    told = at(found, "Or fax it to 1-800-555-0144.")
    assert told == ["Plan profile, Appeals: fax", "1-800-555-0144", "Wording, clause appeal.fax, version 1", "Or fax it to ‹fax›."]


def test_what_the_pointer_is_over_goes_before_the_current_sentence(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    at(found, "Moving x-ray pictures")
    before = found.sentences.trace.texts
    found.sentences.list.entered.emit(found.sentences._model.index(place(found, "Abstract, line 15"), 0))
    assert found.sentences.trace.texts[0] == "Policy RAD.00034, line 15"
    found.sentences.eventFilter(found.sentences.list.viewport(), QEvent(QEvent.Type.Leave))
    assert found.sentences.trace.texts == before


def test_no_sentence_of_a_letter_leads_nowhere_on_the_screen(room: Room) -> None:
    for provider in (False, True):
        found = letter(room, denied(room), provider=provider)
        for number in range(found.sentences._model.rowCount()):
            row = found.sentences._model.row(number)
            if row.sources:
                found.sentences.list.go_to(number)
                heads = [each.text for each in rows(found) if each.kind is TraceKind.SOURCE]
                assert len(heads) == len(set(row.sources))
                assert "holds no such clause" not in " ".join(found.sentences.trace.texts)
                assert "does not hold that text" not in " ".join(found.sentences.trace.texts)


def test_the_key_leads_to_the_trace_and_back(room: Room) -> None:
    found = letter(room, denied(room), provider=True)
    found.sentences.list.setFocus()
    at(found, "Abstract, line 15")
    QTest.keyClick(found.sentences.list, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert found.sentences.trace.hasFocus()
    assert rows(found)[found.sentences.trace.currentIndex().row()].number == 15
    QTest.keyClick(found.sentences.trace, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert found.sentences.list.hasFocus()


def test_the_trace_stands_beside_on_a_wide_screen_and_below_on_a_narrow_one(room: Room) -> None:
    found = letter(room, denied(room))
    QApplication.processEvents()
    assert not found.sentences.beside
    assert found.sentences.foot.isVisible()
    room.page.resize(1920, 900)
    QApplication.processEvents()
    assert found.sentences.beside
    assert found.sentences.foot.width() > 300
    room.page.resize(1280, 586)
    QApplication.processEvents()
    assert not found.sentences.beside


def test_on_a_low_screen_the_key_brings_the_trace_and_takes_it_away(room: Room) -> None:
    found = letter(room, denied(room))
    room.page.resize(1280, 300)
    QApplication.processEvents()
    assert not found.sentences.foot.isVisible()
    at(found, "Moving x-ray pictures")
    found.sentences.trace_action.trigger()
    assert found.sentences.trace.isVisible()
    assert found.sentences.trace.hasFocus()
    found.sentences.trace_action.trigger()
    assert not found.sentences.foot.isVisible()


def test_under_the_mask_the_trace_names_nobody(room: Room) -> None:
    found = letter(room, denied(room))
    assert "Rosalind" in " ".join(at(found, "Member · "))
    mask().set(True)
    assert "Rosalind" not in " ".join(found.sentences.trace.texts)
    assert found.sentences.trace.texts[0] == "Request, member"


def test_an_issued_letter_shows_what_stood_behind_it_when_it_left(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    told = at(found, "Therapeutic exercise")
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    sit(room.desk, room.session, "ada")
    room.desk.accounts.save_profile(replace(profile(LineOfBusiness.ERISA_SELF_FUNDED), phone="1-800-555-0199"))
    sit(room.desk, room.session, "mara")
    found = letter(room, case)
    assert at(found, "Therapeutic exercise") == told
    assert at(found, "1-800-555-0142")[:2] == ["Plan profile, Member telephone", "As the plan told it when the letter left."]


# what there is not ---------------------------------------------------------------------------------------------------


def test_a_source_that_leads_nowhere_says_so_and_an_unknown_account_is_not_told_by_its_id(room: Room) -> None:
    case = approved(room)
    behind = letter(room, case).sentences._letter.behind
    far = Anchor(Sha256("f" * 64), 4, 4)
    told = {
        SentenceSource(SourceKind.WORDING, "no.such@2"): ["Wording, clause no.such, version 2", "The wording holds no such clause."],
        SentenceSource(SourceKind.POLICY, "P.1", far): ["Policy P.1, line 4", "This workspace does not hold that text."],
        SentenceSource(SourceKind.REQUEST, "member.horoscope"): ["Request, member, horoscope", "The request does not tell it."],
        SentenceSource(SourceKind.DECISION, "9"): ["Decision on line 9"],
        SentenceSource(SourceKind.STATEMENT, "an-account-id"): ["Words of somebody who worked on the case"],
    }
    for source, words in told.items():
        assert [row.text for row in trace_rows([source], behind, {})] == words
    assert [row.kind for row in trace_rows(told, None, {})] == [TraceKind.SOURCE] * len(told)


def test_values_of_a_request_are_told_in_words() -> None:
    asked = request()
    told = {
        path: value_words(value_at(asked, path))
        for path in ("timing", "received_at", "services[1]", "requesting_provider", "member", "reference")
    }
    assert told["timing"] == "pre-service"
    assert told["services[1]"].startswith("76120 · Cineradiography of the lumbar spine")
    assert "NPI 1558597799" in told["requesting_provider"]
    assert told["member"].startswith("Rosalind Alvarado · DEMO-004417")
    assert value_words(value_at(asked, "member.representative")) == ""
    assert value_words(True) == "yes"
    for nowhere in ("horoscope", "services[9]", "services[1].mood", "member.horoscope"):
        with pytest.raises(LookupError):
            value_at(asked, nowhere)


# on paper ------------------------------------------------------------------------------------------------------------


def test_the_sources_go_with_the_letter_where_that_is_ticked(room: Room) -> None:
    case = denied(room)
    found = letter(room, case)
    many, told = found.pages.many, found.sentences._model.rowCount()
    found.manner.sources.setChecked(True)
    assert found.pages.many > many
    assert found.sentences._model.rowCount() == told  # each of them tells its source already
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert "Where each sentence of this letter comes from" in words_of(found._shown.pdf)
    assert not found.manner.sources.isVisible()
    assert not found.manner.large_print.isVisible()
    assert found.manner.copy.isVisible()


def test_another_case_begins_without_its_sources(room: Room) -> None:
    letter(room, approved(room)).manner.sources.setChecked(True)
    assert not letter(room, approved(room)).manner.sources.isChecked()


def test_the_sources_of_a_letter_that_has_left_are_saved_as_a_paper_of_their_own(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = approved(room)
    found = letter(room, case)
    assert not found.sources_button.isVisible()
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert found.sources_button.isVisible()
    names: list[str] = []
    target = tmp_path / "sources.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _parent, _title, name, kinds: (names.append(name) or str(target), kinds))
    said = Told(room.page.said)
    found.sources_action.trigger()
    assert names == [f"{case.number}-approval-sources.pdf"]
    assert f"This paper belongs to the letter {case.number}-L1" in words_of(target.read_bytes())
    assert said.all == ["Saved as sources.pdf"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: ("", ""))
    found.sources_action.trigger()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "none" / "x.pdf"), ""))
    found.sources_action.trigger()
    assert "cannot be written" in found.notice.accessibleName()
