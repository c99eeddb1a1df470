"""What can be changed in a letter, and how: names of services in their row, signed words by asking; all else says why it cannot."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import line
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_letter_page import approved, denied, letter, place, texts
from ui_desk import EXERCISE, Room, seated, sit

from ur_desk.domain.determination import Workflow
from ur_desk.domain.letter import Sentence, SentenceSource, SourceKind
from ur_desk.domain.letters.fields import AskedWords, ServiceName, SignedWords, marked
from ur_desk.ui.pages.review.left import left_as, stand
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.panels.verbs import Verb

NAME = "Exercises with a therapist"


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def stand_on(found: Any, words: str) -> None:
    found.sentences.list.setFocus()
    found.sentences.list.go_to(place(found, words))


def press_f2(found: Any, words: str) -> None:
    stand_on(found, words)
    QTest.keyClick(found.sentences.list, Qt.Key.Key_F2)


def editor(found: Any) -> LineEntry:
    (entry,) = [each for each in found.sentences.list.viewport().findChildren(LineEntry) if each.isVisible()]
    return entry


def call(found: Any, now: str, name: str, key: Qt.Key = Qt.Key.Key_F2) -> None:
    stand_on(found, now)
    QTest.keyClick(found.sentences.list, key)
    entry = editor(found)
    entry.selectAll()
    QTest.keyClicks(entry, name) if name else entry.clear()
    QTest.keyClick(entry, Qt.Key.Key_Return)
    QApplication.processEvents()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_the_name_of_a_service_is_typed_over_in_its_row(room: Room, key: Qt.Key) -> None:
    case = approved(room)
    found = letter(room, case)
    call(found, "Therapeutic exercise", NAME, key)
    at = place(found, NAME)
    assert "Therapeutic exercise" not in " ".join(texts(found))
    assert found.sentences.list.currentIndex().row() == at
    told = found.sentences.trace.texts
    assert told[told.index("Words of Mara Lindqvist") + 1] == "RN, as they signed"
    assert "Therapeutic exercise" in told  # what the sender called it stands beside
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert NAME in " ".join(texts(found))
    assert any(NAME in each.text for each in room.desk.letters.content(room.now(case).letters[1].id, case.id).sentences())


def test_an_empty_name_gives_the_senders_words_back(room: Room) -> None:
    found = letter(room, approved(room))
    call(found, "Therapeutic exercise", NAME)
    call(found, NAME, "")
    assert "Therapeutic exercise" in " ".join(texts(found))


def test_escape_and_the_same_words_change_nothing(room: Room) -> None:
    found = letter(room, approved(room))
    press_f2(found, "Therapeutic exercise")
    QTest.keyClicks(editor(found), "Something else")
    QTest.keyClick(editor(found), Qt.Key.Key_Escape)
    assert found.isVisible()
    asked = found._asked
    call(found, "Therapeutic exercise", "Therapeutic exercise")
    assert found._asked == asked


def test_a_name_is_kept_while_the_draft_is_open_and_until_the_letter_has_left(room: Room) -> None:
    case = approved(room)
    call(letter(room, case), "Therapeutic exercise", NAME)
    other = approved(room)
    assert NAME not in " ".join(texts(letter(room, other)))
    found = letter(room, case)
    assert NAME in " ".join(texts(found))
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    assert found.names.of(case.id) == {}


def test_a_name_comes_back_with_the_page_and_goes_with_the_person(room: Room, qtbot: Any) -> None:
    case = approved(room)
    call(letter(room, case), "Therapeutic exercise", NAME)
    left = left_as(room.page)
    again = Room(room.desk, room.session, qtbot)
    again.page.open_case(case.id)
    stand(again.page, left)
    assert NAME in " ".join(texts(again.page.letter))
    assert again.page.letter.names.of(case.id) == {2: NAME}
    sit(room.desk, room.session, "sol")
    assert room.page.letter.names.of(case.id) == {}


def test_a_correction_may_call_the_service_otherwise(room: Room) -> None:
    case = approved(room)
    found = letter(room, case)
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    found.post.commands["correct"].trigger()
    found.names.name(case.id, 2, NAME)
    found.post.form.entry("reason").setText("It was called by a word that nobody knows.")
    found.post.form.commit()
    _first, _copy, second, _second_copy = room.now(case).letters
    assert any(NAME in each.text for each in room.desk.letters.content(second.id, case.id).sentences())


# signed words ----------------------------------------------------------------------------------------------------------


def test_a_reason_is_sent_back_to_be_signed_in_other_words(room: Room) -> None:
    case = denied(room)
    found = letter(room, case)
    press_f2(found, "Moving x-ray pictures")
    panel = room.page.panels.panel
    assert room.page.panels.verb is Verb.REWORD
    entry = panel.entry("words")
    assert entry.hasFocus()
    assert entry.textCursor().selectedText() == "Moving x-ray pictures of the spine are not proven to help people with back pain."
    entry.setPlainText("You have had pain for five months. Moving pictures are not proven to help.")
    panel.entry("why").setPlainText("It told nothing of the member.")
    panel.commit()
    assert room.now(case).line(1).workflow is Workflow.WITH_PHYSICIAN
    assert room.now(case).line(1).proposed is not None


def test_what_would_help_begins_in_its_own_field(room: Room) -> None:
    found = letter(room, denied(room))
    press_f2(found, "did not ask for other information")
    assert room.page.panels.panel.entry("information").hasFocus()


def test_the_panel_is_about_the_lines_of_that_decision(room: Room) -> None:
    case = denied(room)
    found = letter(room, case)
    room.page.request.pick((2,))
    press_f2(found, "Moving x-ray pictures")
    assert room.page.panels.panel.about.picked.lines == (1,)


def test_whoever_may_not_ask_for_other_words_is_told_so(room: Room) -> None:
    case = denied(room)
    sit(room.desk, room.session, "sol")
    found = letter(room, case)
    press_f2(found, "Moving x-ray pictures")
    assert room.page.panels.panel is None
    assert "a nurse or a physician" in found.sentences.why_not.text()


# all else --------------------------------------------------------------------------------------------------------------

WHY = {
    "We reviewed part of the request and denied that part": "It follows the decision on line 1",
    "Or fax it to 1-800-555-0144.": "The plan says so of itself (Appeals: fax): Administration, Plan profiles.",
    "Member number": "It stands in the request, member id. Correct it there",
    "Case number": "The case tells it by itself.",
    "You can get a free copy": "(clause basis.offer): no single letter changes it.",
    "We used the medical policy": "The policy's own words and name",
    "Own reasoning on this member.": "These are the words of Kwame Osei alone",
    "Decided by": "The signature of Kwame Osei",
}


@pytest.mark.parametrize("words", WHY)
def test_every_other_sentence_says_whose_words_it_is_and_where_they_change(room: Room, words: str) -> None:
    found = letter(room, denied(room), provider=words in ("Own reasoning on this member.", "Decided by"))
    press_f2(found, words)
    assert WHY[words] in found.sentences.why_not.text()
    assert found.sentences.why_not.isVisible()
    assert found.sentences.list.viewport().findChildren(LineEntry) == []
    found.sentences.list.go_to(0)
    assert not found.sentences.why_not.isVisible()


def test_nothing_of_a_letter_that_has_left_is_changed(room: Room) -> None:
    found = letter(room, approved(room))
    found.issue_action.trigger()
    found.question.confirm_action.trigger()
    for words in ("Therapeutic exercise", "We approved it because"):
        press_f2(found, words)
        assert "has left and never changes" in found.sentences.why_not.text()
        assert not found.sentences._model.row(place(found, words)).changes
    assert room.page.panels.panel is None


def test_every_marked_field_says_so_and_no_other_row_does(room: Room) -> None:
    case = room.open(line(1, "97140", "Manual therapy"), EXERCISE)
    room.desk.determinations.ask_for_information(case.id, case.revision, (1, 2), ["Films"], "They would show it.", "Priya Natarajan")
    found = letter(room, case)
    model = found.sentences._model
    changing = [model.row(n) for n in range(model.rowCount()) if model.row(n).changes]
    named = [row.name_of for row in changing]
    assert named == [1, 2, *[None] * (len(changing) - 2)]
    assert all(row.signed == AskedWords((1, 2)) for row in changing[2:])
    found.sentences.list.go_to(place(found, changing[1].text))
    assert "F2 changes it" in found.sentences.keys.text()


def test_a_row_of_several_services_leads_to_the_copy_where_each_has_its_own() -> None:
    def named(number: int) -> Sentence:
        return Sentence("A service", (SentenceSource(SourceKind.REQUEST, f"services[{number}].description"),))

    signed = tuple(SentenceSource(SourceKind.DECISION, f"{n}.reason") for n in (2, 1))
    assert marked([named(1), named(2)]) == (ServiceName(1), ServiceName(2))
    assert marked([Sentence("Why", signed)]) == (SignedWords((1, 2), "reason"),)
    assert marked([Sentence("Own", (SentenceSource(SourceKind.DECISION, "1.rationale"),))]) == ()
    assert marked([Sentence("Denied", (SentenceSource(SourceKind.DECISION, "1"),))]) == ()


# what is asked for ---------------------------------------------------------------------------------------------------


def asked_for(room: Room) -> Any:
    case = room.open(line(1, "97140", "Manual therapy"), EXERCISE)
    ask = room.desk.determinations.ask_for_information
    day = date(2099, 12, 1)
    return ask(case.id, case.revision, (1,), ["Films", "The CBX notes"], "They would show it.", "Priya Natarajan", day).value


def test_what_is_asked_for_is_said_otherwise_by_asking_anew(room: Room) -> None:
    case = asked_for(room)
    found = letter(room, case)
    press_f2(found, "The CBX notes")
    panel = room.page.panels.panel
    assert panel is not None
    assert panel.verb is Verb.ASK
    told = {key: panel.text(key) for key in ("items", "why", "asked_of", "answer_by")}
    assert told == {
        "items": "Films\nThe CBX notes",
        "why": "They would show it.",
        "asked_of": "Priya Natarajan",
        "answer_by": "12/01/2099",
    }
    assert room.page.lines() == (1,)
    panel.entry("items").retype("Films")
    panel.commit()
    (state,) = (s for s in room.desk.review.case(case.id).lines if s.asked)
    assert state.asked is not None
    assert state.asked.items == ("Films",)


def test_what_is_asked_for_stays_once_something_else_was_done(room: Room) -> None:
    case = asked_for(room)
    room.desk.review.add_note(case.id, "They are away this week.")
    found = letter(room, room.desk.review.case(case.id))
    press_f2(found, "The CBX notes")
    assert room.page.panels.panel is None
    assert "Only the last step of a case can be undone." in found.sentences.why_not.text()
    assert room.desk.review.case(case.id).line(1).workflow is Workflow.PENDED
