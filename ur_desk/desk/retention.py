"""Retention: how long cases stay, holds that keep them longer, and the purge that two people agree on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain.audit import Gone, named
from ur_desk.domain.case import fold
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, sees
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.trail import keeping as kp
from ur_desk.errors import Forbidden, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.vault import Proof

KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
CHANGED = frozenset({Changed.CASES})


class Standing(StrEnum):
    """Why a case stays, or that it may go."""

    DUE = "due"
    HELD = "held"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Aged:
    """A case whose years are over: its number, the day of its last event, since when it may go, and why it stays all the same.

    `hold` is empty too where the case is closed to whoever asks: a reason may tell of the person whose case it is.
    """

    case: CaseId
    number: str
    last: date
    since: date
    standing: Standing
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that a keeper sees at once: the years, what is over them or held, the proposal that waits, who made it, and the certificates."""

    years: int
    rows: tuple[Aged, ...]
    proposal: kp.Proposal | None
    proposer: str
    certificates: tuple[kp.Certificate, ...]


class Retention:
    """Says which cases are over their years, holds them, and lets them go when two people agree."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.RETENTION)
    def state(self) -> kp.Keeping:
        """The years, the proposal that waits, and the certificates so far."""
        return self._state()

    @reads(Read.RETENTION)
    def due(self) -> tuple[Aged, ...]:
        """Every case whose years are over, the oldest first; those that are held or still open say so."""
        return self._due()

    def _state(self) -> kp.Keeping:
        with self.desk.store.reading():
            return self.desk.store.workspace().keeping

    def _due(self) -> tuple[Aged, ...]:
        store = self.desk.store
        with store.reading():
            years, today = store.workspace().keeping.years, self._day(self.desk.clock.now())
            holds, last = store.ledger.holds(), store.ledger.last_of_cases()
            aged = [
                self._aged(case, self._day(last[case]), years, holds.get(case))
                for case in store.cases.ids()
                if case in last and kp.kept_until(self._day(last[case]), years) <= today
            ]
        return tuple(sorted(aged, key=lambda each: (each.last, each.number)))

    @reads(Read.RETENTION)
    def overview(self) -> Overview:
        """What is over its years, then what is held though it is younger, and what was proposed and done."""
        due, state = self._due(), self._state()
        seen = {each.case for each in due}
        with self.desk.store.reading():
            holds, last = self.desk.store.ledger.holds(), self.desk.store.ledger.last_of_cases()
            young = [
                self._aged(case, self._day(last[case]), state.years, hold)
                for case, hold in holds.items()
                if case in last and case not in seen
            ]
        by = state.proposal.by if state.proposal else None
        proposer = next((a.signature for a in self.desk.accounts.all() if a.id == by), "")
        rows = (*due, *sorted(young, key=lambda each: each.number))
        return Overview(state.years, rows, state.proposal, proposer, state.certificates)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.desk.zone).date()

    def _aged(self, case: CaseId, last: date, years: int, hold: kp.HoldPlaced | None) -> Aged:
        told = fold(case, self.desk.store.ledger.of_case(case))
        ended = told.closed or not told.lines_in_the_way
        standing = Standing.HELD if hold else Standing.DUE if ended else Standing.OPEN
        reason = hold.reason if hold and sees(told, self.desk.person.id, self.desk.clock.now()) else ""
        return Aged(case, told.number, last, kp.kept_until(last, years), standing, reason)

    @verb("retention.set", Role.ADMINISTRATOR, writes=kp.RetentionSet)
    def set_years(self, act: Act, years: int) -> Done[int]:
        """Changes how many years a case stays after its last event."""
        if not kp.LEAST_YEARS <= years <= kp.MOST_YEARS:
            raise UserError(
                f"Cases stay at least {kp.LEAST_YEARS} years, and {kp.MOST_YEARS} at most.", "Choose between them. Nothing was changed."
            )
        act.on_workspace(kp.RetentionSet(years))
        return Done(years, CHANGED)

    @verb(kp.HOLD_PLACE, *KEEPERS, writes=kp.HoldPlaced)
    def hold(self, act: Act, case: CaseId, reason: str) -> Done[None]:
        """Holds a case, whatever its age, until somebody lifts the hold."""
        self._check_hold(case, reason)
        if case in self.desk.store.ledger.holds():
            raise UserError("The case is held already.", "Nothing was changed.")
        act.beside_case(case, kp.HoldPlaced(reason.strip()))
        return Done(None, CHANGED)

    @verb(kp.HOLD_LIFT, *KEEPERS, writes=kp.HoldLifted)
    def release(self, act: Act, case: CaseId, reason: str) -> Done[None]:
        """Lifts the hold on a case; its years count again."""
        self._check_hold(case, reason)
        if case not in self.desk.store.ledger.holds():
            raise UserError("No hold lies on the case.", "Nothing was changed.")
        act.beside_case(case, kp.HoldLifted(reason.strip()))
        return Done(None, CHANGED)

    def _check_hold(self, case: CaseId, reason: str) -> None:
        if self.desk.store.cases.find(case) != case:
            raise UserError("There is no such case.", "Look it up in the worklist. Nothing was changed.")
        if not reason.strip():
            raise UserError("A hold, and its end, need a reason.", "For example the lawsuit or audit by its number. Nothing was changed.")

    @verb("purge.propose", *KEEPERS, writes=kp.PurgeProposed)
    def propose(self, act: Act, cases: Sequence[CaseId] = ()) -> Done[kp.Proposal]:
        """Proposes that cases go that are due; all of them where none is named. A second person approves."""
        keeping = self._state()
        if keeping.proposal is not None:
            raise UserError("A proposal waits already.", "Approve or drop it first. Nothing was changed.")
        due = {each.case: each for each in self._due() if each.standing is Standing.DUE}
        picked = tuple(dict.fromkeys(cases)) or tuple(due)
        if not picked:
            raise UserError("No case is due.", f"{kp.rule_in_words(keeping.years)} Nothing was changed.")
        if early := [case for case in picked if case not in due]:
            raise UserError(f"{len(early)} of these cases may not go yet.", f"{kp.rule_in_words(keeping.years)} Nothing was changed.")
        body = kp.PurgeProposed(picked, tuple(due[case].number for case in picked), kp.rule_in_words(keeping.years))
        act.on_workspace(body)
        proposal = self._state().proposal
        assert proposal is not None
        return Done(proposal, CHANGED)

    @verb("purge.drop", *KEEPERS, writes=kp.PurgeDropped)
    def drop(self, act: Act, why: str) -> Done[None]:
        """Drops the proposal that waits; its cases stay."""
        if not why.strip():
            raise UserError("Say why the proposal is dropped.", "Nothing was changed.")
        act.on_workspace(kp.PurgeDropped(self._waiting().event, why.strip()))
        return Done(None, CHANGED)

    def approve(self, proof: "Proof | None") -> Done[kp.Certificate]:
        """Lets the proposed cases go: the second person's verb, with the proof that it is them. The certificate stays in the trail.

        Nothing brings the contents back but a backup from before, and those go by their own rule. The freed space is written
        over at once, or, where another program has the workspace open, when pages are used anew.
        """
        done = self._approve(proof)
        self.desk.store.vacuum()
        return done

    @verb("purge.approve", *KEEPERS, writes=kp.Purged)
    def _approve(self, act: Act, proof: "Proof | None") -> Done[kp.Certificate]:
        """Lets the proposed cases go."""
        proposal = self._waiting()
        if proposal.by == act.by.id:
            raise Forbidden("Whoever proposed the purge does not approve it.", "Ask a second person. Nothing was changed.")
        if not self.desk.vault.spend(proof):
            raise Forbidden("A purge is approved with your passphrase.", "Type it once more. Nothing was changed.")
        due = {each.case for each in self._due() if each.standing is Standing.DUE}
        if kept := [n for case, n in zip(proposal.body.cases, proposal.body.numbers, strict=True) if case not in due]:
            raise UserError(
                f"{', '.join(kept)} may not go any more: a hold lies on it, or something happened to it since.",
                "Drop the proposal and make a new one. Nothing was changed.",
            )
        store, cases = self.desk.store, proposal.body.cases
        contents = [found for case in cases for found in store.purge.contents(case)]
        files = self._files_of(cases)
        body = kp.Purged(
            proposal.event, cases, proposal.body.numbers, tuple(e for e, _ in contents), tuple(b for _, b in contents),
            tuple(sorted(files)), proposal.body.rule, proposal.by, proposal.at, act.by.id, self._backups(),
        )  # fmt: skip
        store.purge.remove(cases, body.events, files)
        act.on_workspace(body)
        return Done(self._state().certificates[-1], CHANGED)

    def _waiting(self) -> kp.Proposal:
        proposal = self._state().proposal
        if proposal is None:
            raise UserError("No proposal waits.", "Make one first: it names the cases that are due. Nothing was changed.")
        return proposal

    def _files_of(self, cases: Sequence[CaseId]) -> frozenset[Sha256]:
        """The kept files that only these cases name; UserError where a content cannot be read, since it may name one of them."""
        ledger = self.desk.store.ledger
        theirs: set[Sha256] = set()
        others: set[Sha256] = set()
        for case in (None, *ledger.cases()):
            found = theirs if case in cases else others
            for _, event in ledger.steps(case):
                if isinstance(event.body, Gone) and not event.body.readable:
                    raise UserError(
                        "The content of an event cannot be read by this version, and it may name what would go.",
                        "Purge with the newest version of the program. Nothing was changed.",
                    )
                found.update(named(event.body))
        return frozenset((theirs - others) & self.desk.store.blobs.names())

    def _backups(self) -> tuple[str, ...]:
        """Where backups lie, as far as the workspace knows, that still hold what goes."""
        beside = [f"{self.desk.keeping.folder.name}/{found.path.name}" for found in self.desk.keeping.found()]
        return (*beside, *self._state().by_hand)

    @reads(Read.RETENTION)
    def certificate(self, number: str = "") -> kp.Certificate:
        """The certificate of the purge in which the case of that number went; the newest where none is named."""
        every = self._state().certificates
        found = [c for c in every if number in c.body.numbers or number in c.body.cases] if number else list(every)
        if not found:
            raise UserError("There is no certificate of that.", "No such purge was done. Nothing was changed.")
        return found[-1]

    @reads(Read.RETENTION)
    def certificate_text(self, certificate: kp.Certificate) -> str:
        """The certificate as a page to print."""
        body = certificate.body
        people = {a.id: a.signature for a in self.desk.accounts.all()}
        lines = [
            "Certificate of destruction",
            "",
            f"On {self._moment(certificate.at)} the contents of {len(body.cases)} case{'' if len(body.cases) == 1 else 's'} were destroyed in this workspace.",
            f"Rule: {body.rule}",
            f"Proposed by: {people.get(body.proposed_by, body.proposed_by)}, {self._moment(body.proposed_at)}",
            f"Approved by: {people.get(body.approved_by, body.approved_by)}, with a passphrase",
            f"Event of the trail: {certificate.event}",
            "",
            "Cases:",
            *(f"  {number}  {case}" for number, case in zip(body.numbers, body.cases, strict=True)),
            "",
            f"Contents of events: {len(body.events)} (the sha256 that the trail keeps of each, salted):",
            *(f"  {event}  {told}" for event, told in zip(body.events, body.bodies, strict=True)),
            f"Kept files: {len(body.files)}",
            *(f"  {name}" for name in body.files),
            "",
            "The heads of the events stay in the trail: identifiers, instants, accounts and hashes, no content.",
            *self._left(body),
        ]
        return "\n".join(lines)

    def _left(self, body: kp.Purged) -> list[str]:
        if not body.backups:
            return ["No backup was known then."]
        return [
            "Backups known then that may still hold the contents until they are rotated out or destroyed:",
            *(f"  {b}" for b in body.backups),
        ]

    def _moment(self, at: datetime) -> str:
        return f"{at.astimezone(self.desk.zone):%m/%d/%Y %H:%M %Z}"
