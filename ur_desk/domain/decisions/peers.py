"""The peer-to-peer log: a discussion offered to whoever asked for the service, whether they were reached, and what came of it.

It never stops the clock, and nothing of it ever reaches a letter. A voicemail, a fax or a message counts for the offer only
(NCQA, UM 7: who left it, date and time).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import OPEN, Workflow
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import NOTHING_LOST, Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent, EventId


class PeerOutcome(StrEnum):
    """What came of a peer-to-peer that was offered."""

    UPHELD = "upheld"
    """They talked, and the physician sees no reason to decide otherwise."""
    CHANGED = "changed"
    """They talked, and the physician will decide otherwise."""
    INFORMATION = "information_to_come"
    """They talked, and more is to be sent."""
    WITHDRAWN = "withdrawn"
    """The requester takes the request back; the withdrawal itself is recorded apart."""
    DECLINED = "declined"
    """The requester does not wish to talk."""
    NOT_TAKEN_UP = "not_taken_up"
    """Nobody called back."""

    @property
    def talked(self) -> bool:
        """Whether they talked with each other."""
        return self not in (PeerOutcome.DECLINED, PeerOutcome.NOT_TAKEN_UP)


@dataclass(frozen=True, slots=True)
class PeerOffered:
    """A discussion was offered: how, to whom, when, at which number they reach the reviewer, and with which physician.

    `licensed_in` are the states in which that physician could practice on that day, `similar` says in words why their training and
    experience are of the same or a similar specialty; empty where nobody said it.
    """

    lines: tuple[int, ...]
    way: ContactWay
    with_whom: str
    at: datetime
    number: str
    physician: AccountId | None = None
    licensed_in: tuple[str, ...] = ()
    similar: str = ""


@dataclass(frozen=True, slots=True)
class PeerReached:
    """Whoever asked for the service was reached in person: who, when, what was agreed, and for when."""

    lines: tuple[int, ...]
    way: ContactWay
    with_whom: str
    at: datetime
    said: str
    arranged: datetime | None = None


@dataclass(frozen=True, slots=True)
class PeerEnded:
    """The peer-to-peer is over: what came of it, who talked, when, and what was said."""

    lines: tuple[int, ...]
    outcome: PeerOutcome
    with_whom: str
    at: datetime
    said: str


PeerBody = PeerOffered | PeerReached | PeerEnded
"""What can happen to a case by a peer-to-peer."""


@dataclass(frozen=True, slots=True)
class PeerStep:
    """A step of the log: the event, who took it, and what it says."""

    event: "EventId"
    by: AccountId
    body: PeerBody


def with_peer(body: PeerBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened: an offer opens the peer-to-peer of lines that are with the physician, its end gives them back."""
    before, then = {
        PeerOffered: (Workflow.WITH_PHYSICIAN, Workflow.PEER_TO_PEER),
        PeerEnded: (Workflow.PEER_TO_PEER, Workflow.WITH_PHYSICIAN),
    }.get(type(body), (None, None))
    lines = tuple(replace(s, workflow=then) if then and s.line in body.lines and s.workflow is before else s for s in case.lines)
    return replace(case, lines=lines, peers=(*case.peers, PeerStep(event.id, event.by, body)))


def offers(case: "Case", line: int) -> tuple[PeerOffered, ...]:
    """Every offer that was made for a line, the first one first."""
    return tuple(step.body for step in case.peers if isinstance(step.body, PeerOffered) and line in step.body.lines)


def check_peer(body: PeerBody, case: "Case", by: Account, now: datetime) -> None:
    """Passes a step of the log that can be kept; else UserError or Forbidden in plain words."""
    _lines(body.lines, case)
    if not body.with_whom.strip():
        raise UserError("Say with whom, by name or office.", NOTHING_LOST)
    if body.at > now:
        raise UserError("This cannot have happened in the future.", NOTHING_LOST)
    if isinstance(body, PeerOffered):
        _may_offer(body, case)
        return
    if not all(offers(case, line) for line in body.lines):
        raise UserError("No peer-to-peer was offered for these lines yet.", f"Record the offer first. {NOTHING_LOST}")
    if not body.said.strip():
        raise UserError("Say what was said, or what was tried.", NOTHING_LOST)
    if isinstance(body, PeerReached):
        _may_reach(body)
    elif body.outcome.talked and not by.has(Role.PHYSICIAN):
        raise Forbidden("The physician who talked records what came of it.", f"Record that it was declined or not taken up. {NOTHING_LOST}")


def _lines(numbers: tuple[int, ...], case: "Case") -> None:
    known = {state.line: state.workflow for state in case.lines}
    if not numbers or len(set(numbers)) != len(numbers) or any(n not in known for n in numbers):
        raise UserError("Pick lines of this case, each once.", NOTHING_LOST)
    if any(known[n] not in OPEN | {Workflow.DECIDED, Workflow.NOTICED} for n in numbers):
        raise UserError("Nothing is left to talk about on these lines.", NOTHING_LOST)


def _may_offer(body: PeerOffered, case: "Case") -> None:
    if not body.number.strip():
        raise UserError("Say at which number the reviewer is reached.", f"Without it an offer cannot be taken up. {NOTHING_LOST}")
    received = case.request.received_at
    if received is not None and body.at < received:
        raise UserError("A peer-to-peer cannot have been offered before the request was received.", NOTHING_LOST)


def _may_reach(body: PeerReached) -> None:
    if body.way is not ContactWay.CALL:
        raise UserError(
            "A voicemail, fax or message counts for the offer only: nobody was reached by it.", f"Record it as an offer. {NOTHING_LOST}"
        )
    if body.arranged is not None and body.arranged < body.at:
        raise UserError("The talk is arranged for a time that has passed.", NOTHING_LOST)
