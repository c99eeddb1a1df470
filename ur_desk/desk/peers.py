"""The peer-to-peer log: offered, reached, and what came of it; it stops no clock, and nothing of it reaches a letter."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.events import CaseId, PeerEnded, PeerOffered, PeerOutcome, PeerReached
from ur_desk.domain.people import Account, Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Lines = Sequence[int]


class Peers:
    """Keeps what became of each peer-to-peer; each verb bears the revision that the screen saw."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @verb("peer.offer", Role.NURSE, Role.PHYSICIAN, writes=PeerOffered)
    def offer(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        way: ContactWay,
        with_whom: str,
        at: datetime,
        number: str,
        *,
        physician: str = "",
        similar: str = "",
    ) -> Done[Case]:
        """Records that a discussion was offered: how, to whom, when, and at which number the reviewer is reached; `physician` names the
        account with whom it is offered, `similar` why their training is of the same or a similar specialty."""
        peer = self._physician(act, physician)
        day = at.astimezone(self.desk.zone).date()
        licensed = peer.credential.states_on(day) if peer and peer.credential else ()
        name = peer.id if peer else None
        body = PeerOffered(tuple(lines), way, with_whom.strip(), at, number.strip(), name, licensed, similar.strip())
        return act.done(act.on_case(case, revision, [body]), label="peer-to-peer offer")

    def _physician(self, act: Act, name: str) -> Account | None:
        """The physician of that account name; whoever offers, where they are one and name nobody; None where nobody is told."""
        if not name.strip():
            return act.by if act.by.has(Role.PHYSICIAN) else None
        found = self.desk.accounts.named(name.strip())
        if found.retired or not found.has(Role.PHYSICIAN):
            raise UserError(f"{found.display} is no physician reviewer.", "Name the physician who would talk. Nothing was saved.")
        return found

    @verb("peer.reach", Role.NURSE, Role.PHYSICIAN, writes=PeerReached)
    def reach(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        lines: Lines,
        with_whom: str,
        at: datetime,
        said: str,
        *,
        way: ContactWay = ContactWay.CALL,
        arranged: datetime | None = None,
    ) -> Done[Case]:
        """Records that whoever asked for the service was reached in person: what was agreed, and for when."""
        body = PeerReached(tuple(lines), way, with_whom.strip(), at, said.strip(), arranged)
        return act.done(act.on_case(case, revision, [body]), label="peer-to-peer call")

    @verb("peer.end", Role.NURSE, Role.PHYSICIAN, writes=PeerEnded)
    def end(
        self, act: Act, case: CaseId, revision: int, lines: Lines, outcome: PeerOutcome, with_whom: str, at: datetime, said: str
    ) -> Done[Case]:
        """Records what came of a peer-to-peer; what came of a talk is told by the physician who talked."""
        body = PeerEnded(tuple(lines), outcome, with_whom.strip(), at, said.strip())
        return act.done(act.on_case(case, revision, [body]), label="end of the peer-to-peer")
