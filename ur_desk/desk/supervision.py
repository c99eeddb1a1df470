"""Supervision: saved cases found again, read as they were decided, their timeline, and the check of the trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ur_desk.desk.reads import check_case_open, reads
from ur_desk.desk.verbs import Act, gate, verb
from ur_desk.desk.verification import check
from ur_desk.desk.witness import CODE, DOUBTED
from ur_desk.domain.audit import Event, Gone, Head, Verification
from ur_desk.domain.events import CaseBody, CaseId
from ur_desk.domain.guard.access import LOOKED, FileCameIn, FileLeft, FileRemoved, Searched, TimelineRead, TrailBundled, Where, asked_for
from ur_desk.domain.guard.fence import Read, may_read, viewer
from ur_desk.domain.guard.vault import VaultMade
from ur_desk.domain.listing import CaseFilter, Page
from ur_desk.domain.people import Account, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.trail.checkpoint import Checkpoint, Left, Outside
from ur_desk.domain.trail.computer_clock import Attesting
from ur_desk.domain.workspace import TrailChecked

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

PAGE = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a case as its timeline shows it: the head, the event (`Gone` where its content is missing), and who it was."""

    head: Head
    event: Event[CaseBody | Gone]
    person: Account | None
    attested: bool = True
    """Whether something beside the clock itself stands behind its time."""


class Supervision:
    """Finds cases and tells what happened to them; changes none."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._walk, self._walked = Attesting(), (0, "")

    @reads(Read.LIST)
    def cases(self, asked: CaseFilter, after: tuple[str, ...] | None = None, size: int = PAGE) -> Page:
        """A page of the cases that the filter asks for; each row with no more than the person's work on it needs."""
        with self.desk.store.reading():
            page = self.desk.store.cases.page(asked, after, size, viewer(self.desk.person, self.desk.clock.now()), self.desk.zone)
        if after is None:
            self.desk.looks.note(Searched(Where.CASES, asked_for(asked.text), page.total))
        return page

    @reads(Read.TIMELINE)
    def timeline(self, case: CaseId, *, looks: bool = False) -> tuple[Told, ...]:
        """Every step of a case in order; with `looks` also who only looked; refused where it is closed to the person."""
        with self.desk.store.reading():
            check_case_open(self.desk, case)
            told = self._told(case, looks=looks)
        self.desk.looks.note(TimelineRead(), case)
        return told

    @reads(Read.WORKSPACE)
    def workspace_timeline(self, *, looks: bool = False) -> tuple[Told, ...]:
        """Every step outside of cases in order: accounts, keys, library, backups, who signed in; with `looks` who searched and read."""
        with self.desk.store.reading():
            told = self._told(None, looks=looks)
        self.desk.looks.note(TimelineRead())
        # what somebody searched for may be a member's name, and so may the name of a file or a reason
        hidden = _SECRET if may_read(self.desk.person, Read.CASE) else _SECRET | _TYPED
        return tuple(replace(t, event=replace(t.event, body=_without(hidden, t.event.body))) for t in told)

    def _told(self, case: CaseId | None, *, looks: bool) -> tuple[Told, ...]:
        people = {account.id: account for account in self.desk.store.accounts.all()}
        unattested = self._unattested()
        return tuple(
            Told(head, event, people.get(event.by), head.number not in unattested)
            for head, event in self.desk.store.ledger.steps(case)
            if looks or head.verb not in LOOKED
        )

    def _unattested(self) -> set[int]:
        """The numbers of all events of which nothing attests the time; goes on from where it was the last time."""
        ledger, (number, seal) = self.desk.store.ledger, self._walked
        if number and ledger.seal_of(number) != seal:
            self._walk, number = Attesting(), 0
        for place, moment, name in ledger.moments(number):
            self._walk.add(place, moment, doubts=name == DOUBTED.name)
        self._walked = ledger.last()
        return self._walk.unattested

    @reads(Read.HEADS)
    def newest_outside(self) -> Left | None:
        """When a code of the trail last left the machine, and how; None where none has.

        An issued letter counts as leaving; a backup where it, or its copy in the second folder, lies outside of the workspace's own.
        """
        ways = ((Outside.LETTER, "letter.issue"), (Outside.CODE, CODE))
        with self.desk.store.reading():
            found = [Left(at, how) for how, name in ways if (at := self.desk.store.ledger.newest_of(name))]
            backup = self.desk.store.workspace().keeping.left
        found += [Left(backup, Outside.BACKUP)] if backup else []
        return max(found, key=lambda left: left.at, default=None)

    def check_trail(self, codes: Sequence[Checkpoint] = ()) -> Verification:
        """Checks both chains, every content, every kept file and every row, and that the trail holds what `codes` say that left it
        earlier; the check itself is an event.

        Nobody is held up while it checks: only its event is written, at the end.
        """
        gate(self.desk.person, "audit.verify")
        found = self.verification(codes)
        self._note_check(found)
        return found

    @verb("audit.verify", *Role, writes=TrailChecked)
    def _note_check(self, act: Act, found: Verification) -> None:
        """Notes that the trail was checked, and what was found."""
        act.on_workspace(TrailChecked(found.events, len(found.breaks)))

    def verification(self, codes: Sequence[Checkpoint] = ()) -> Verification:
        """What a check of the trail finds now; leaves no event."""
        return check(self.desk.store, codes)

    @reads(Read.HEADS)
    def heads(self) -> Iterator[tuple[Head, Sha256]]:
        """Every head with its stored seal, for an export without patient data."""
        return self.desk.store.ledger.exported()


_TYPED: dict[type, tuple[str, ...]] = {
    Searched: ("words",),
    FileLeft: ("path", "why"),
    FileCameIn: ("path",),
    FileRemoved: ("path",),
    TrailBundled: ("path", "reason"),
}
"""What somebody typed, by event: it may name a member."""


_SECRET: dict[type, tuple[str, ...]] = {VaultMade: ("secret",)}
"""What is disclosed to nobody."""


def _without(parts: dict[type, tuple[str, ...]], body: Any) -> Any:
    """An event outside of cases without these parts of it; any other as it is."""
    hidden = {part: "..." for part in parts.get(type(body), ()) if getattr(body, part)}
    return replace(body, **hidden) if hidden else body
