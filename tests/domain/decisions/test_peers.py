"""The peer-to-peer log: what counts as an offer, what as a talk, and what the log does to lines and clock."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import LINDQVIST, NOW, OSEI
from signers import Waiting, denial, offer

from ur_desk.domain import events as ev
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import PeerEnded, PeerOutcome, PeerReached
from ur_desk.domain.telling import tell
from ur_desk.errors import Forbidden, UserError


def reached(**more: Any) -> PeerReached:
    told: dict[str, Any] = {"lines": (1,), "way": ContactWay.CALL, "with_whom": "Dr. Natarajan", "at": NOW, "said": "Talks at three."}
    return PeerReached(**{**told, **more})


def ended(outcome: PeerOutcome = PeerOutcome.UPHELD, **more: Any) -> PeerEnded:
    told: dict[str, Any] = {"lines": (1,), "with_whom": "Dr. Natarajan", "at": NOW, "said": "No new fact."}
    return PeerEnded(outcome=outcome, **{**told, **more})


def offered() -> Waiting:
    story = Waiting()
    story.tell(offer(), LINDQVIST)
    return story


def test_an_offer_opens_the_peer_to_peer_and_its_end_gives_the_line_back_to_the_physician() -> None:
    story = offered()
    assert story.case.line(1).workflow is Workflow.PEER_TO_PEER
    assert story.case.workflow is Workflow.PEER_TO_PEER
    story.tell(reached(), LINDQVIST)
    assert story.case.line(1).workflow is Workflow.PEER_TO_PEER
    case = story.tell(ended())
    assert case.line(1).workflow is Workflow.WITH_PHYSICIAN
    assert [type(step.body).__name__ for step in case.peers] == ["PeerOffered", "PeerReached", "PeerEnded"]
    assert [step.by for step in case.peers] == [LINDQVIST.id, LINDQVIST.id, OSEI.id]


def test_an_open_peer_to_peer_stops_neither_the_clock_nor_the_physician() -> None:
    story = Waiting()
    before = story.case.clock
    case = story.tell(offer())
    assert case.clock == before
    assert story.tell(denial()).line(1).workflow is Workflow.DECIDED


def test_an_offer_on_lines_that_are_not_with_the_physician_moves_none_of_them() -> None:
    story = Waiting()
    case = story.tell(offer(lines=(1, 2)))
    assert (case.line(1).workflow, case.line(2).workflow) == (Workflow.PEER_TO_PEER, Workflow.REVIEW)


@pytest.mark.parametrize("way", [way for way in ContactWay if way is not ContactWay.CALL])
def test_a_voicemail_or_a_message_counts_for_the_offer_only(way: ContactWay) -> None:
    story = Waiting()
    story.tell(offer(way=way))
    with pytest.raises(UserError, match="counts for the offer only"):
        story.tell(reached(way=way))


@pytest.mark.parametrize("outcome", list(PeerOutcome))
def test_what_came_of_a_talk_is_told_by_the_physician_and_that_there_was_none_by_anybody(outcome: PeerOutcome) -> None:
    story = offered()
    if outcome.talked:
        with pytest.raises(Forbidden, match="physician who talked"):
            story.tell(ended(outcome), LINDQVIST)
        story.tell(ended(outcome), OSEI)
    else:
        story.tell(ended(outcome), LINDQVIST)
    assert story.case.line(1).workflow is Workflow.WITH_PHYSICIAN


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (offer(number=" "), "at which number"),
        (offer(with_whom=""), "with whom"),
        (offer(at=NOW + timedelta(days=1)), "future"),
        (offer(at=NOW - timedelta(days=30)), "before the request was received"),
        (offer(lines=()), "Pick lines"),
        (offer(lines=(1, 1)), "Pick lines"),
        (offer(lines=(7,)), "Pick lines"),
        (reached(), "offered for these lines yet"),
        (ended(), "offered for these lines yet"),
    ],
)
def test_a_step_that_cannot_be_is_refused(body: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        Waiting().tell(body)


@pytest.mark.parametrize(("body", "says"), [(reached(said=""), "what was said"), (ended(said=" "), "what was said")])
def test_what_was_said_is_told(body: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        offered().tell(body)


def test_a_talk_is_not_arranged_for_a_time_that_has_passed() -> None:
    with pytest.raises(UserError, match="has passed"):
        offered().tell(reached(arranged=NOW - timedelta(hours=1)))


def test_each_step_is_one_sentence_and_can_be_taken_back_by_whoever_took_it() -> None:
    story = offered()
    assert tell(offer()) == "offered a peer-to-peer for line 1 to Dr. Natarajan's office by voicemail, to be reached at 1-800-555-0146."
    assert "reached Dr. Natarajan" in tell(reached())
    assert "information to come" in tell(ended(PeerOutcome.INFORMATION))
    case = story.tell(ev.Undone(story.events[-1].id), LINDQVIST)
    assert (case.line(1).workflow, case.peers) == (Workflow.WITH_PHYSICIAN, ())


def test_the_log_goes_on_after_the_decision_and_changes_nothing_of_it() -> None:
    story = offered()
    before = story.tell(denial())
    after = story.tell(ended(PeerOutcome.CHANGED))
    assert replace(after, peers=(), revision=0) == replace(before, peers=(), revision=0)
