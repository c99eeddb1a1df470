"""What the clock said when it was read: the due instant with all that may still bend it, as a case keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ur_desk.domain.clocks.counting import count, day_in
from ur_desk.domain.clocks.facts import ClockFacts, Returned, binding
from ur_desk.domain.clocks.rules import ClockRules, Consequence, Duty, Effect, Extension, Incomplete, Law, Trigger, within
from ur_desk.domain.clocks.words import explain
from ur_desk.domain.deadline import Due, Missing
from ur_desk.domain.policy import Sha256
from ur_desk.domain.zones import zone


class ClockState(StrEnum):
    """What a clock does."""

    RUNNING = "running"
    EXTENDED = "extended"
    PAUSED = "paused"
    """From the notice of an extension until the answer, or the last day to answer."""
    RETURNED = "returned"
    """An incomplete request was sent back, and the answer is not here yet."""
    MISSING = "missing"
    """A rule or a fact is missing: there is no due instant."""


@dataclass(frozen=True, slots=True)
class DutyRead:
    """Something that is to be said beside the answer, by when, and by which row."""

    id: str
    name: str
    due_at: datetime
    verified: bool
    trigger: Trigger | None = None


@dataclass(frozen=True, slots=True)
class LateRead:
    """What it would be in law to miss the due instant, by which row; `due_at` is the instant of the row's own law, None where no clock of
    that law counts, and `due_verified` says whether that clock was compared with the law. A reading of before tells neither."""

    id: str
    name: str
    effect: Effect
    source: str
    verified: bool
    due_at: datetime | None = None
    due_verified: bool = False


@dataclass(frozen=True, slots=True)
class ClockRead:
    """When the answer is due, on the clocks where it was received, by which rule; or, without an instant, which rule is missing.

    `rules` is the hash of the rules read. `outer_at` is the outer limit where there is no due instant, and `unverified_at` what a row
    of the state says that nobody has verified: neither is an answer. `base_at` is when it was due before it was extended or sent back,
    `pause_until` when a pause ends without an answer. `extension`, `incomplete` (until `tell_until`) and `written_days` are what the
    rule allows, `duties` what is to be said beside the answer, `late` what lateness is in law. A reading of before has the first four.
    """

    due_at: datetime | None
    rule: str | None
    words: str
    rules: Sha256
    state: ClockState | None = None
    lack: str = ""
    law: Law | None = None
    verified: bool = True
    start_at: datetime | None = None
    outer_at: datetime | None = None
    unverified_at: datetime | None = None
    base_at: datetime | None = None
    pause_until: datetime | None = None
    extension: Extension | None = None
    incomplete: Incomplete | None = None
    tell_until: datetime | None = None
    written_days: int | None = None
    duties: tuple[DutyRead, ...] = ()
    late: tuple[LateRead, ...] = ()

    @property
    def limit_at(self) -> datetime | None:
        """The due instant, else the earliest of what stands in its place: what a list sorts by, never what a screen calls due."""
        return self.due_at or min(filter(None, (self.outer_at, self.unverified_at)), default=None)


def reading_of(answer: Due | Missing, facts: ClockFacts, rules: ClockRules, sha: Sha256) -> ClockRead:
    """The answer as a case keeps it, its instants on the clocks of its zone; of a lack with an outer limit also what bends that."""
    words = explain(answer)
    if isinstance(answer, Due):
        return _bendable(
            ClockRead(answer.local, answer.rule.id, words, sha, _state(answer), verified=answer.verified), answer, facts, rules
        )
    row = answer.unverified
    read = ClockRead(
        None, None, words, sha, ClockState.MISSING, answer.lack.value, verified=False, unverified_at=row.local if row else None
    )
    if answer.outer is None:
        return read
    return _bendable(replace(read, outer_at=answer.outer.local), answer.outer, facts, rules, row)


def _bendable(read: ClockRead, by: Due, facts: ClockFacts, rules: ClockRules, unverified: Due | None = None) -> ClockRead:
    """The reading with what its rule allows, and with the duties and the consequences of what is to be answered in its line of business."""
    rule, where = by.rule, zone(by.zone)

    def here(at: datetime | None) -> datetime | None:
        return at.astimezone(where) if at else None

    tell = None
    if rule.incomplete is not None:
        hours = rule.incomplete.tell
        tell = (by.base_at or by.at) if hours is None else by.start_at + timedelta(hours=hours)
    laws, received = binding(facts), day_in(by.start_at if facts.received_at is None else facts.received_at, where)

    def holds(row: Duty | Consequence) -> bool:
        binds = row.law in laws and facts.line_of_business in row.lines and row.about is facts.about
        return binds and within(received, row.from_day, row.to_day)

    return replace(
        read,
        law=rule.law,
        start_at=here(by.start_at),
        base_at=here(by.base_at),
        pause_until=here(by.pause_until),
        extension=rule.extension,
        incomplete=rule.incomplete,
        tell_until=here(tell),
        written_days=rule.written_days,
        duties=tuple(owed for row in rules.duties if holds(row) and (owed := _owed(row, by, facts))),
        late=tuple(
            _late(row, (by, *by.others, *((unverified,) if unverified else ())))
            for row in rules.consequences
            if holds(row) and (not row.states or facts.state in row.states)
        ),
    )


def _late(row: Consequence, clocks: Iterable[Due]) -> LateRead:
    """What lateness is by a row, with the instant of its own law's clock, of which it speaks."""
    own = next((each for each in clocks if each.rule.law is row.law), None)
    due, sure = (own.local, own.verified) if own else (None, False)
    return LateRead(row.id, row.name, row.effect, row.source, row.verified is not None, due, sure)


def _owed(row: Duty, by: Due, facts: ClockFacts) -> DutyRead | None:
    """The duty with its due instant; None where nothing brings it about."""
    if row.urgency and facts.urgency not in row.urgency:
        return None
    begun = {
        Trigger.MISFILED: facts.received_at if facts.misfiled else None,
        Trigger.NONCONTRACT_RECORDS: facts.received_at if facts.outside else None,
        Trigger.EXPEDITE_REFUSED: facts.refused_at,
    }[row.trigger]
    if begun is None:
        return None
    where = zone(by.zone)
    return DutyRead(
        row.id, row.name, count(row.unit, row.amount, begun, where, ()).at.astimezone(where), row.verified is not None, row.trigger
    )


def _state(answer: Due) -> ClockState:
    if answer.bent is None:
        return ClockState.RUNNING
    if answer.pause_until is None:
        return ClockState.EXTENDED
    return ClockState.RETURNED if isinstance(answer.bent, Returned) else ClockState.PAUSED
