"""A notice of more time, written here: it extends the clock as it is sent, once, on terms that its rule knows, and no more than that."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import LINDQVIST
from clock_story import Story, asks, at, extended, notice
from record_makers import record

from ur_desk.domain import events as ev
from ur_desk.domain.clocks.events import ExtensionTerms
from ur_desk.domain.clocks.gate import extension_by
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.clocks.tasks import Stand, TaskKind
from ur_desk.domain.ids import EventId, LetterId
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.policy import Sha256
from ur_desk.domain.telling import tell
from ur_desk.domain.undoing import last_step
from ur_desk.errors import UserError
from ur_desk.records.events import body_bytes, body_from

NONE = Sha256("0" * 64)
TERMS = ExtensionTerms(Condition.BEYOND_CONTROL, "The films lie with another office.")


def letter(name: str = "l1", terms: ExtensionTerms | None = TERMS, day: date = date(2026, 11, 10), **more: Any) -> ev.LetterIssued:
    return ev.LetterIssued(LetterId(name), "extension", (1, 2), NONE, NONE, NONE, day, "the member", extends=terms, **more)


def send(story: Story, when: str, told: str, way: Way = Way.MAIL, party: Party = Party.MEMBER, proof: Any = None) -> EventId:
    """The sending of the letter that was issued last, at a local time, recorded at another, with what the desk adds to it."""
    story.now = at(told)
    issued = story.case.letters_to_members[-1]
    body = ev.LetterSent(issued.id, way, party, "the member", "4 Linden Row", at(when), proof)
    extends = extension_by(body, story.case)
    story.tell(body, told)
    sending = story.events[-2].id
    if extends is not None:
        story.events.pop()  # the desk reads the clock once, after both
        story.tell(extends, told)
    return sending


def issued(terms: ExtensionTerms = TERMS, when: str = "2026-11-10 10:00", **changes: Any) -> Story:
    story = Story(asks(**changes))
    story.tell(letter(terms=terms, day=at(when).date()), when)
    return story


def test_a_notice_of_more_time_extends_the_clock_as_it_is_sent_and_not_before() -> None:
    story = issued()
    assert (story.due, story.case.clockwork.extension) == ("2026-11-17 23:59:59-05:00", None)
    (task,) = story.standing().tasks
    assert (task.kind, task.due_at) == (TaskKind.SEND, story.clock.due_at)
    send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    taken = story.case.clockwork.extension
    assert taken is not None
    assert (taken.letter, taken.notice.at, taken.reason) == ("l1", at("2026-11-10 15:00"), TERMS.reason)
    assert (story.due, story.standing().stand, story.standing().tasks) == ("2026-12-02 23:59:59-05:00", Stand.EXTENDED, ())


def test_the_days_of_a_pause_run_from_the_sending() -> None:
    story = issued(replace(TERMS, items=("the films of August",), answer_by=date(2026, 12, 28)))
    send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    assert (story.due, story.standing().stand) == ("2027-01-12 23:59:59-05:00", Stand.PAUSED)


@pytest.mark.parametrize(("way", "party"), [(Way.PORTAL, Party.MEMBER), (Way.PHONE, Party.MEMBER)])
def test_what_gives_a_member_no_written_notice_extends_nothing(way: Way, party: Party) -> None:
    story = issued()
    send(story, "2026-11-10 15:00", "2026-11-10 15:05", way, party)
    assert story.case.clockwork.extension is None


def test_item_12_a_notice_that_left_too_late_extends_nothing_and_one_that_left_in_time_is_told_later_with_its_proof() -> None:
    late = issued(when="2026-11-17 22:00")
    body = ev.LetterSent(LetterId("l1"), Way.MAIL, Party.MEMBER, "the member", "4 Linden Row", at("2026-11-18 00:10"))
    assert extension_by(body, late.case) is None
    story = issued(when="2026-11-17 22:00")
    with pytest.raises(UserError, match="Attach what shows when it left"):
        send(story, "2026-11-17 23:00", "2026-11-18 09:00")
    story = issued(when="2026-11-17 22:00")
    send(story, "2026-11-17 23:00", "2026-11-18 09:00", proof=record(name="fax ok.pdf"))
    assert story.due == "2026-12-02 23:59:59-05:00"


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        pytest.param(replace(TERMS, condition=Condition.REQUESTED), "On this condition", id="a condition of Medicaid"),
        pytest.param(replace(TERMS, reason=" "), "why the clock is extended", id="no reason"),
        pytest.param(replace(TERMS, items=("the films",)), "the last day to answer", id="asks without a last day"),
        pytest.param(replace(TERMS, items=("the films",), answer_by=date(2026, 12, 24)), "at least 45 days", id="44 days"),
        pytest.param(None, "says on what condition", id="no terms"),
    ],
)
def test_item_12_a_letter_on_terms_that_the_rule_does_not_know_is_not_issued(terms: ExtensionTerms | None, words: str) -> None:
    story = Story(asks())
    with pytest.raises(UserError, match=words):
        story.tell(letter(terms=terms), "2026-11-10 10:00")
    assert story.case.letters == ()


def test_item_12_no_second_notice_of_more_time_and_none_by_hand_beside_one_that_waits() -> None:
    story = issued()
    for second in (letter("l2"), extended("2026-11-10 11:00")):
        with pytest.raises(UserError, match="A notice of more time was issued on 11/10/2026"):
            story.tell(second, "2026-11-10 11:30")
    send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    for second in (letter("l2"), extended("2026-11-10 11:00")):
        with pytest.raises(UserError, match="no clock is extended twice"):
            story.tell(second, "2026-11-10 16:00")


def test_a_notice_of_more_time_that_was_not_sent_on_its_day_is_corrected_and_its_correction_extends_the_clock() -> None:
    story = issued()
    second = letter("l2", day=date(2026, 11, 12), supersedes=LetterId("l1"), reason="It did not leave.")
    story.tell(second, "2026-11-12 09:00")
    send(story, "2026-11-12 10:00", "2026-11-12 10:05")
    taken = story.case.clockwork.extension
    assert taken is not None
    assert taken.letter == "l2"
    third = letter("l3", day=date(2026, 11, 13), supersedes=LetterId("l2"), reason="A word was misspelt.")
    story.tell(third, "2026-11-13 09:00")
    assert story.due == "2026-12-02 23:59:59-05:00"


def test_a_notice_of_more_time_that_came_back_extends_nothing_until_it_is_sent_again() -> None:
    story = issued()
    sending = send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    story.tell(ev.LetterReturned(sending, at("2026-11-10 16:00"), "no such street"), "2026-11-10 16:05")
    assert (story.case.clockwork.extension, story.due) == (None, "2026-11-17 23:59:59-05:00")
    send(story, "2026-11-10 17:00", "2026-11-10 17:05", Way.FAX)
    assert story.due == "2026-12-02 23:59:59-05:00"


def test_a_sending_that_is_taken_back_takes_the_extension_with_it() -> None:
    story = issued()
    before = story.due
    sending = send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    step = last_step(story.events)
    assert step is not None
    assert step.id == sending
    story.now = at("2026-11-10 15:10")
    story.tell(ev.Undone(sending), by=LINDQVIST)
    assert (story.case.clockwork.extension, story.due, story.case.sendings) == (None, before, ())


def test_the_extension_is_told_in_the_trail_and_read_back_as_it_was() -> None:
    story = issued()
    send(story, "2026-11-10 15:00", "2026-11-10 15:05")
    for event in story.events:
        assert body_from(body_bytes(event.body)) == event.body
    assert any("extended the clock" in tell(event.body) for event in story.events)
    old = ev.ClockExtended(Condition.BEYOND_CONTROL, "Films.", notice("2026-11-10 10:00"))
    data = body_bytes(old).replace(b'"letter":null,', b"").replace(b',"proof":null', b"")
    assert b"proof" not in data
    assert body_from(data) == old
