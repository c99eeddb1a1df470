"""The fence of single cases: restricted to named people, opened in need, and what a supervisor looks into after that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, told
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, EventId, Restriction
from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.guard.glass import Glass
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

CHANGED = frozenset({Changed.CASES})


@dataclass(frozen=True, slots=True)
class Marked:
    """A case whose fence was changed, for somebody to whom it may be closed: which, no more."""

    id: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A broken glass that no supervisor has looked into: in which case, by whom, when, until when, and why."""

    case: CaseId
    number: str
    glass: Glass
    person: Account | None


class Fence:
    """Restricts a case, lifts that, opens it in need, and tells who did."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @verb("case.restrict", Role.NURSE, Role.SUPERVISOR, Role.ADMINISTRATOR, writes=ev.Restricted)
    def restrict(self, act: Act, case: CaseId, kind: Restriction, reason: str, names: Sequence[str]) -> Done[Marked]:
        """Opens a case to the named accounts only. A nurse does so for a case that she opened, of an employee or a relative."""
        body = ev.Restricted(kind, reason.strip(), tuple(dict.fromkeys(self._reader(name) for name in names)))
        return _marked(act.on_case(case, None, [body]))

    @verb("case.unrestrict", Role.SUPERVISOR, Role.ADMINISTRATOR, writes=ev.Unrestricted)
    def unrestrict(self, act: Act, case: CaseId, reason: str) -> Done[Marked]:
        """Opens a case again to everybody whose role reads cases; only somebody to whom it is open does so."""
        return _marked(act.on_case(case, None, [ev.Unrestricted(reason.strip())]))

    @verb("case.break-glass", Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, writes=ev.GlassBroken)
    def break_glass(self, act: Act, case: CaseId, reason: str) -> Done[Marked]:
        """Opens a restricted case to the person for eight hours, in need; a supervisor is told of it."""
        return _marked(act.on_case(case, None, [ev.GlassBroken(reason.strip())]))

    @verb("alert.acknowledge", Role.SUPERVISOR, writes=ev.GlassSeen)
    def acknowledge(self, act: Act, case: CaseId, event: EventId) -> Done[Marked]:
        """Notes that a supervisor looked into a broken glass; never the one who broke it."""
        return _marked(act.on_case(case, None, [ev.GlassSeen(event)]))

    @reads(Read.ALERTS)
    def alerts(self) -> tuple[Alert, ...]:
        """The broken glasses that nobody has looked into, oldest first."""
        with self.desk.store.reading():
            people = {account.id: account for account in self.desk.store.accounts.all()}
            cases = [told(self.desk, case) for case in self.desk.store.cases.with_alerts()]
        found = [Alert(c.id, c.number, g, people.get(g.by)) for c in cases for g in c.glasses if g.seen_by is None]
        return tuple(sorted(found, key=lambda alert: alert.glass.at))

    def _reader(self, name: str) -> AccountId:
        account = self.desk.accounts.named(name.strip())
        if account.retired or not may_read(account, Read.CASE):
            raise UserError(f"{account.name} reads no cases.", "Name people whose role works or supervises cases. Nothing was changed.")
        return account.id


def _marked(case: Case) -> Done[Marked]:
    return Done(Marked(case.id, case.number), CHANGED)
