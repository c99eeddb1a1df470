"""How a verb is declared: its name, who may use it, and that it is one transaction with its events inside."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import wraps
from types import UnionType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from ur_desk.desk.reads import told
from ur_desk.domain import events as ev
from ur_desk.domain.asked import Asked
from ur_desk.domain.authorization import Numbers
from ur_desk.domain.case import Case, fold
from ur_desk.domain.events import CaseEvent, CaseId, EventId
from ur_desk.domain.keeping import HoldBody
from ur_desk.domain.people import Account, Role
from ur_desk.domain.rules import admit
from ur_desk.domain.sender_events import SenderKept, SenderUnread
from ur_desk.domain.undoing import is_step
from ur_desk.domain.workspace import WorkspaceBody
from ur_desk.errors import Forbidden, Stale, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")


class Changed(StrEnum):
    """What a verb changed; screens that show it refresh."""

    CASES = "cases"
    LIBRARY = "library"
    ACCOUNTS = "accounts"
    PROFILES = "profiles"
    SENDERS = "senders"
    DRAFTS = "drafts"
    LOCK = "lock"
    TRAIL = "trail"
    PROVIDERS = "providers"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back: `desk.determinations.undo(case, revision, event)`; `label` says what it takes back."""

    case: CaseId
    revision: int
    event: EventId
    label: str


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a writing verb gives back: its value, what changed, and how to take it back, where it can be."""

    value: T
    changes: frozenset[Changed]
    undo: Undo | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as declared; `writes` are the contents that its events have, and no others."""

    name: str
    roles: frozenset[Role]
    promise: str
    writes: type | UnionType

    def fits(self, body: object) -> bool:
        """Whether the verb writes such a content; one that this version refuses stands for a kept sender."""
        return isinstance(body, self.writes) or (isinstance(body, SenderUnread) and self.writes is SenderKept)


VERBS: dict[str, Verb] = {}


@dataclass(slots=True)
class Act:
    """One use of a verb, inside its transaction: who, when, and the only way to write events; `last` is its last step that a person
    takes, which an undo would take back."""

    desk: "Desk"
    verb: Verb
    last: EventId | None = field(default=None)

    @property
    def by(self) -> Account:
        """Who acts."""
        return self.desk.person

    def on_case(self, case: CaseId, revision: int | None, bodies: Iterable[ev.CaseBody]) -> Case:
        """Adds events to a case through the gate, and brings its row up to date.

        `revision` is what the screen saw; Stale where the case has moved on. None only where nothing was looked at.
        """
        store, now = self.desk.store, self.desk.clock.now()
        events = list(store.ledger.of_case(case))
        if not events:
            raise UserError("There is no such case.", "Look it up in the worklist.")
        current = fold(case, events)
        if revision is not None and current.revision != revision:
            raise Stale(
                f"{current.number} was changed since you looked.",
                "It is shown anew; what you typed is still there. Nothing of this step was saved.",
            )
        check_owner(current, self.desk)
        for body in bodies:
            admit(body, self._asked(body, current, events, now))
            events.append(self._append(body, case))
            current = fold(case, events)
        store.cases.put(current)
        return current

    def _asked(self, body: ev.CaseBody, case: Case, events: list[CaseEvent], now: datetime) -> Asked:
        desk = self.desk
        adverse = isinstance(body, ev.Determined) and body.decision.determination.adverse
        approvals = desk.signers.approvals(case) if adverse else None
        bar, stands = desk.signers.bar(case, self.by), desk.store.standing()
        today, numbers = now.astimezone(desk.zone).date(), Numbers(stands.prefixes, desk.store.ledger.numbered)
        rules, plan = desk.signing_rows.book().rules, stands.plan_of(case.request)
        return Asked(case, events, self.by, now, today, desk.demo, rules, bar, plan, approvals, numbers, self._taken_back)

    def _taken_back(self, case: CaseId) -> bool:
        return told(self.desk, case).taken_back

    def open_case(self, case: CaseId, body: ev.Opened, then: Iterable[ev.CaseBody]) -> Case:
        """Begins a case with the event that opens it."""
        events = [self._append(replace(body, owner=body.owner or workspace_id(self.desk)), case)]
        events.extend(self._append(more, case) for more in then)
        current = fold(case, events)
        self.desk.store.cases.put(current)
        return current

    def beside_case(self, case: CaseId, body: HoldBody) -> None:
        """Adds an event that stands in a case and changes nothing of it."""
        check_owner(told(self.desk, case), self.desk)
        self._append(body, case)

    def on_workspace(self, body: WorkspaceBody) -> None:
        """Adds an event that belongs to no case."""
        self._append(body, None)

    def _append(self, body: Any, case: CaseId | None) -> CaseEvent:
        """Adds an event; TypeError for a content that the verb is not declared to write, which the check would find."""
        if not self.verb.fits(body):
            raise TypeError(f"the verb {self.verb.name} is not declared to write {type(body).__name__}")
        event, at = self.desk.append(self.verb.name, case, body)
        if is_step(body):
            self.last = event
        return CaseEvent(event, at, self.by.id, body)

    def done(self, case: Case, *also: Changed, label: str = "") -> Done[Case]:
        """What the verb gives back after it changed a case."""
        undo = Undo(case.id, case.revision, self.last, label) if label and self.last else None
        return Done(case, frozenset({Changed.CASES, *also}), undo)


def verb(
    name: str, *roles: Role, writes: type | UnionType
) -> Callable[[Callable[Concatenate[Any, Act, P], T]], Callable[Concatenate[Any, P], T]]:
    """Declares a writing verb: refused for accounts without one of the roles, one transaction, its events inside, with contents of
    the kinds that it `writes` alone."""

    def declare(method: Callable[Concatenate[Any, Act, P], T]) -> Callable[Concatenate[Any, P], T]:
        declared = Verb(name, frozenset(roles), (method.__doc__ or "").strip(), writes)
        if name in VERBS:
            raise ValueError(f"the verb {name} is declared twice")
        VERBS[name] = declared

        @wraps(method)
        def run(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
            allow(self.desk.person, declared)
            self.desk.looks.settle()  # who looked before this step stands before it
            with self.desk.store.atomic():
                self.desk.look_again()
                allow(self.desk.person, declared)
                return method(self, Act(self.desk, declared), *args, **kwargs)

        return run

    return declare


def workspace_id(desk: "Desk") -> str:
    """Which workspace this is, by its vault; empty in one of before the vault."""
    vault = desk.store.workspace().vault
    return vault.id if vault else ""


def check_owner(case: Case, desk: "Desk") -> None:
    """Forbidden where another workspace's people work the case: here it is read, and nothing of it is written."""
    if case.owner and case.owner != workspace_id(desk):
        raise Forbidden(
            f"{case.number} is worked in another workspace.",
            "Here it can be read. Whoever has it there goes on with it. Nothing was saved.",
        )


def own_verb(name: str, promise: str, *, writes: type | UnionType) -> Verb:
    """Declares a verb that anybody may use about themselves, or that the program uses by itself, and the contents that it writes."""
    declared = VERBS[name] = Verb(name, frozenset(Role), promise, writes)
    return declared


def allow(person: Account, wanted: Verb) -> None:
    """Refuses a person whose roles do not include the verb."""
    if person.retired or not person.roles & wanted.roles:
        who = " or ".join(sorted(role.value for role in wanted.roles))
        raise Forbidden(f"{person.display} may not do this ({wanted.name}).", f"It takes the role {who}. Nothing was saved.")


def gate(person: Account, name: str) -> None:
    """Refuses, before a long verb begins, a person who could not end it."""
    allow(person, VERBS[name])
