"""Notices of open lines and the language of a letter in the window: the form, its live draft, its two dates, and its way out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, FixedClock, profile, sit_down, spanish
from ui_desk import Room, panel, seated

from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.letters.notices import NoticeKind
from ur_desk.domain.request import LineOfBusiness, Urgency
from ur_desk.ui.pages.letter.notice import NoticeForm
from ur_desk.ui.pages.letter.tongue import TranslationForm
from ur_desk.ui.pages.review.left import left_as, stand
from ur_desk.ui.widgets.panels.verbs import Verb


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW + timedelta(minutes=1))


@pytest.fixture
def room(tmp_path: Path, qtbot: Any, clock: FixedClock):
    with seated(tmp_path / "desk", clock=clock) as (desk, session):
        yield Room(desk, session, qtbot)


def filled(room: Room, business: LineOfBusiness = LineOfBusiness.ERISA_SELF_FUNDED) -> None:
    """The plan has said what letters need."""
    sit_down(room.desk, "ada")
    late = "A request that is not answered in time is not granted by that."
    room.desk.accounts.save_profile(replace(profile(business), late_text=late))
    sit_down(room.desk, "mara")


def form(room: Room, verb: Verb, **typed: str) -> NoticeForm:
    """The form of a notice, asked for in the bar, filled in, its draft written."""
    room.page.ask_for(verb)
    found = room.page.letter.noticing
    assert found is not None
    for key, words in typed.items():
        found.entry(key).retype(words)
    found.retyped.emit()
    return found


def say(room: Room) -> str:
    """What the draft says."""
    assert room.page.letter._shown is not None
    return " ".join(sentence.text for sentence in room.page.letter._shown.content.sentences())


def test_a_notice_of_more_time_is_typed_beside_its_draft_with_both_dates(room: Room) -> None:
    filled(room)
    case = room.open()
    found = form(room, Verb.MORE_TIME, why="We wait for the films.")
    assert "Due now: Fri 10/20/2017, end of day. Due once this was sent today: Sat 11/04/2017, end of day." in found.words.text()
    assert "We wait for the films." in say(room)
    assert "November 4, 2017" in say(room)
    assert room.page.letter.kind.words == "Notice of more time, draft"
    assert not room.page.letter.sentences.isVisibleTo(room.page.letter)
    found.entry("items").retype("the films")
    found.entry("answer_by").retype("11/30/2017")
    found.retyped.emit()
    assert "Due once this was sent today: Fri 12/15/2017" in found.words.text()
    assert "without an answer" in found.words.text()
    assert room.now(case).letters == ()


def test_it_is_issued_after_a_question_sent_and_the_clock_is_extended_by_itself(room: Room) -> None:
    filled(room)
    case = room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.").commit()
    page = room.page.letter
    assert "Rosalind Alvarado" in page.question.words.text()
    page.noticing.entry("why").retype("We wait for the films of August.")
    page.noticing.retyped.emit()
    assert page.question.isHidden()
    page.noticing.commit()
    assert room.now(case).letters == ()
    page.noticing.commit()
    now = room.now(case)
    assert [each.kind for each in now.letters] == ["extension", "extension"]
    assert page.noticing is None
    assert page.kind.words == "Notice of more time, issued"
    assert room.page.bar.offers.offer(Verb.MORE_TIME).why_not == "a notice of it is issued: record how it was sent"
    letter = now.letters[0]
    room.desk.post.send(case.id, now.revision, letter.id, Way.MAIL, Party.MEMBER, room.desk.clock.now())
    room.page.read_again()
    assert room.now(case).clockwork.extension is not None
    assert room.page.strip.content.due == "Due Sat 11/04/2017, end of day"


def test_what_is_wrong_is_said_in_the_form_and_what_keeps_it_above(room: Room) -> None:
    filled(room)
    case = room.open()
    found = form(room, Verb.MORE_TIME)
    found.commit()
    assert found.row("why").problem == "Say why more time is needed."
    for key, words in {"why": "We wait.", "items": "the films", "answer_by": "tomorrow"}.items():
        found.entry(key).retype(words)
    found.commit()
    assert "This is no day" in found.row("answer_by").problem
    found.entry("answer_by").retype("10/30/2017")
    found.retyped.emit()
    assert "at least 45 days" in room.page.letter.gaps.words
    found.commit()
    assert "This letter cannot leave yet" in found.notice.accessibleName()
    assert room.now(case).letters == ()


def test_a_late_notice_is_the_next_step_once_the_due_time_has_passed_and_not_before(room: Room, clock: FixedClock) -> None:
    filled(room)
    case = room.open()
    assert room.page.bar.offers.offer(Verb.LATE).why_not == "nothing asks for it"
    clock.at += timedelta(days=13)
    room.page.read_again()
    room.page.tell_time()
    room.page._lines_changed()
    assert room.page.bar.offers.suggested is Verb.LATE
    room.page.go_on()
    found = room.page.letter.noticing
    assert found is not None
    assert found.kind is NoticeKind.LATE
    found.entry("why").retype("A doctor could not look at it before today.")
    found.retyped.emit()
    assert "October 20, 2017" in say(room)
    assert room.page.letter.gaps.words == ""
    found.commit()
    room.page.letter.question.confirm_action.trigger()
    assert [each.kind for each in room.now(case).letters_to_members] == ["late"]


def test_a_refusal_to_expedite_leads_to_its_letter(room: Room) -> None:
    filled(room, LineOfBusiness.MEDICARE_ADVANTAGE)
    received = NOW - timedelta(hours=1)
    room.open(
        line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE, urgency=Urgency.EXPEDITED, urgency_said_by="the member", received_at=received
    )
    panel(room, Verb.CHANGE, urgency="standard", reason="Not urgent.", said_by="the reviewer", told="the member").commit()
    room.page.go_on()
    found = room.page.letter.noticing
    assert found is not None
    assert found.kind is NoticeKind.EXPEDITE_REFUSED
    found.entry("why").retype("Your records show no change.")
    found.retyped.emit()
    assert "Your records show no change." in say(room)


def test_the_form_is_closed_by_escape_and_laid_aside_with_the_desk(room: Room) -> None:
    filled(room)
    room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.")
    left = dict(left_as(room.page))
    assert left["letter"] == "extension"
    room.page.letter.noticing.dismiss()
    assert room.page.letter.noticing is None
    assert room.page.letter.empty.isVisibleTo(room.page.letter)
    room.page.show_review()
    stand(room.page, left)
    assert room.page.letter.noticing is not None
    assert room.page.letter.noticing.text("why") == "We wait for the films."


def test_a_notice_that_was_issued_is_corrected_in_the_form_that_it_was_typed_in(room: Room) -> None:
    filled(room)
    case = room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.").commit()
    room.page.letter.question.confirm_action.trigger()
    room.page.letter.post.commands["correct"].trigger()
    found = room.page.letter.noticing
    assert found is not None
    assert found.text("why") == "We wait for the films."
    found.commit()
    assert found.row("reason").problem == "Say why it is corrected."
    found.entry("why").retype("We wait for the films of August.")
    found.entry("reason").retype("The month was left out.")
    found.retyped.emit()
    found.commit()
    room.page.letter.question.confirm_action.trigger()
    first, second = room.now(case).letters_to_members
    assert (first.superseded_by, second.supersedes, second.reason) == (second.id, first.id, "The month was left out.")


# the language ----------------------------------------------------------------------------------------------------------------


def in_spanish(room: Room) -> None:
    """A text in Spanish is kept."""
    sit_down(room.desk, "ada")
    room.desk.stationery.translate(spanish(room.desk), "Ines Robledo", "certified court interpreter", NOW.date())
    sit_down(room.desk, "mara")


def test_with_english_alone_no_language_is_offered(room: Room) -> None:
    filled(room)
    room.open()
    form(room, Verb.MORE_TIME, why="We wait.")
    assert not room.page.letter.manner.language.isVisibleTo(room.page.letter)
    assert not room.page.letter.translate_action.isVisible()


def test_a_letter_is_written_in_a_language_that_is_kept_and_its_typed_texts_are_translated(room: Room) -> None:
    filled(room)
    in_spanish(room)
    case = room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.")
    page = room.page.letter
    assert page.manner.language.isVisibleTo(page)
    page.manner.language.retype("es")
    assert "es We have not made a decision yet." in say(room)
    assert page.translate_action.isVisible()
    page.translate_action.trigger()
    found = page.translating
    assert isinstance(found, TranslationForm)
    assert "Spanish" in found.words.text()
    texts = found.texts()
    assert "We wait for the films." in texts
    for place, english in enumerate(texts):
        found.entry(str(place)).retype(f"[es] {english}")
    found.commit()
    assert page.translating is None
    assert page.noticing is not None
    assert "[es] We wait for the films." in say(room)
    assert page._preview is not None
    assert page._preview.english == ()
    page.noticing.commit()
    page.question.confirm_action.trigger()
    content = room.desk.letters.content(room.now(case).letters[0].id, case.id)
    assert content.language == "es"
    assert page.texts.of(case.id) == {}


@pytest.mark.parametrize("language", ["", "en-US"])
def test_in_english_nothing_is_to_be_translated(room: Room, language: str) -> None:
    filled(room)
    in_spanish(room)
    room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.")
    room.page.letter.manner.language.retype(language)
    assert not room.page.letter.translate_action.isVisible()


def test_a_notice_that_is_issued_and_not_sent_is_the_next_step_and_stands_in_the_strip(room: Room) -> None:
    filled(room)
    room.open()
    form(room, Verb.MORE_TIME, why="We wait for the films.").commit()
    room.page.letter.question.confirm_action.trigger()
    assert "letter issued, not sent" in room.page.strip.content.warnings
    assert room.page.bar.offers.suggested is Verb.LETTER
    assert room.page.bar.offers.offer(Verb.EXTEND).why_not == "a notice of it is issued: record how it was sent"
