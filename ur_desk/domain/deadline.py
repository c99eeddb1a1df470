"""When an answer is due: dated clock rules as data, counted from receipt, bent by what was told, with the rule that gave the instant.

The duty is to notify by the instant, not only to decide. Where a rule that binds is not loaded, or nobody has verified it, or a fact
that chooses it is not known, the answer is `Missing`: what else binds is its outer limit, and stands beside it as that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from ur_desk.domain.clocks.counting import Count, LeftOut, Unit, before, count, day_in, end_of, later
from ur_desk.domain.clocks.facts import ClockFacts, Extended, Lack, Returned, binding
from ur_desk.domain.clocks.rules import About, Arithmetic, ClockRule, ClockRules, Extension, Law, Start, Tolling, within
from ur_desk.domain.request import LineOfBusiness, Timing
from ur_desk.domain.zones import zone


class Presumed(StrEnum):
    """Something that nobody said and the count takes for granted; it can only make a date early."""

    COMPLETE = "complete"
    TIMING = "timing"
    RATING_PERIOD = "rating_period"
    ELECTRONIC = "electronic"
    UNDER_AUTHORIZATION = "under_authorization"
    DRUG = "drug"
    BEFORE_END = "a_day_before_the_end"
    CLEAN_NONCONTRACT = "clean_noncontract_claim"


@dataclass(frozen=True, slots=True)
class Due:
    """When the answer is due, in UTC, by the strictest rule that binds, and how that was counted.

    `start_at` is the instant from which `rule` counts, `zone` where days begin and end. `verified` is False where the rule, what bent
    it, or a holiday that was left out, was not compared with an official text. `base_at` is when it was due before `bent` moved it,
    None where nothing did; while an answer is waited for, `pause_until` is when the pause ends without one. `others` are the later
    ones that bind too, the strictest of each law.
    """

    at: datetime
    rule: ClockRule
    start_at: datetime
    zone: str
    left_out: tuple[LeftOut, ...]
    verified: bool
    presumed: tuple[Presumed, ...] = ()
    base_at: datetime | None = None
    bent: Extended | Returned | None = None
    pause_until: datetime | None = None
    others: tuple["Due", ...] = ()

    @property
    def local(self) -> datetime:
        """The due instant on the clocks of its zone."""
        return self.at.astimezone(zone(self.zone))


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no due instant, and for `Lack.RULE` the law, line of business, state and timing for which no row is loaded.

    `outer` is the strictest of what else binds, an outer limit and no answer; `unverified` is what a row of the state would say that
    nobody has compared with an official text.
    """

    lack: Lack
    line: LineOfBusiness | None = None
    law: Law | None = None
    state: str | None = None
    timing: Timing | None = None
    received: date | None = None
    about: About = About.REQUEST
    outer: Due | None = None
    unverified: Due | None = None


@dataclass(frozen=True, slots=True)
class _Bench:
    """What every step of a reading needs."""

    facts: ClockFacts
    rules: ClockRules
    received_at: datetime
    zone: str

    @property
    def where(self) -> tzinfo:
        return zone(self.zone)

    @property
    def received(self) -> date:
        return day_in(self.received_at, self.where)


def due(facts: ClockFacts, rules: ClockRules, plan_zone: str | None = None) -> Due | Missing:
    """When the answer is due by the strictest rule that binds, or what is missing to say so.

    Days begin and end in `plan_zone`, else in the zone in which receipt was told.
    """
    where = plan_zone or facts.zone
    if facts.received_at is None:
        return Missing(Lack.RECEIPT)
    if where is None:
        return Missing(Lack.ZONE)
    bench = _Bench(facts, rules, facts.received_at, where)
    laws = binding(facts)
    if isinstance(laws, Lack):
        return Missing(laws, line=facts.line_of_business)
    read = [_of_law(law, bench) for law in laws]
    found = sorted((each for each in read if isinstance(each, Due)), key=lambda each: each.at)
    missing = next((each for each in read if isinstance(each, Missing) and each.lack is not Lack.INCOMPLETE), None)
    if missing is not None:
        return replace(missing, outer=_first(found))
    return _first(found) or Missing(Lack.INCOMPLETE, line=facts.line_of_business)


def _first(found: Sequence[Due]) -> Due | None:
    """The strictest, with the others beside it; None where there is none."""
    return replace(found[0], others=tuple(found[1:])) if found else None


def _of_law(law: Law, bench: _Bench) -> Due | Missing | None:
    """The strictest clock of one law, or what is missing to tell; None for a state that is known to have none of its own."""
    bound = _bound(law, bench)
    if isinstance(bound, Missing):
        return None if law is Law.STATE and bound.lack is Lack.RULE and _silent(bench) else bound
    facts = bench.facts
    started = [rule for rule in bound if rule.start is not Start.COMPLETE_REQUEST or not facts.incomplete or facts.complete_at]
    if not started:
        return Missing(Lack.INCOMPLETE, line=facts.line_of_business)
    strictest = min((_bent(_counted(rule, bench), bench) for rule in started), key=lambda each: each.at)
    if law is Law.STATE and strictest.rule.verified is None:
        return Missing(Lack.UNVERIFIED, facts.line_of_business, law, facts.state, about=facts.about, unverified=strictest)
    return strictest


def _silent(bench: _Bench) -> bool:
    facts = bench.facts
    return any(
        row.verified is not None
        and (row.about, facts.line_of_business in row.lines, facts.state in row.states) == (facts.about, True, True)
        and within(bench.received, row.from_day, row.to_day)
        for row in bench.rules.silences
    )


def _bound(law: Law, bench: _Bench) -> tuple[ClockRule, ...] | Missing:
    """The rows of one law that bind, or which fact or row is missing to tell."""
    facts, of_state = bench.facts, law is Law.STATE
    line, about = facts.line_of_business, facts.about
    if of_state and facts.state is None:
        return Missing(Lack.STATE, line=line)
    state = facts.state if of_state else None
    rows = [r for r in bench.rules.rules if r.law is law and r.about is about and line in r.lines and (not of_state or state in r.states)]
    if not rows:
        return Missing(Lack.RULE, line, law, state, received=bench.received if about in _LATER else None, about=about)
    rows = [r for r in rows if r.in_force(bench.received, facts.rating_period)]
    if not rows:
        return Missing(Lack.RULE, line, law, state, received=bench.received, about=about)
    if facts.timing is None and any(r.timing for r in rows):
        return Missing(Lack.TIMING, line)
    rows = [r for r in rows if not r.timing or facts.timing in r.timing]
    if not rows:
        return Missing(Lack.RULE, line, law, state, facts.timing, about=about)
    if facts.urgency is None and any(r.urgency for r in rows):
        return Missing(Lack.URGENCY, line)
    rows = [r for r in rows if (not r.urgency or facts.urgency in r.urgency) and _fits(r, facts)]
    return tuple(rows) or Missing(Lack.RULE, line, law, state, facts.timing, about=about)


_LATER = (About.APPEAL, About.REOPENING)


def _fits(rule: ClockRule, facts: ClockFacts) -> bool:
    """Whether what is known of the request's traits speaks against the rule in nothing."""
    told = facts.traits
    return all(told.get(t, True) for t in rule.only) and not any(told.get(t, False) for t in rule.unless)


def _counted(rule: ClockRule, bench: _Bench) -> Due:
    facts, start_at = bench.facts, bench.received_at
    if rule.start is Start.CHANGE and facts.change_on is not None:
        counted = Count(before(rule.amount, facts.change_on, bench.where))
        start_at = before(1, facts.change_on, bench.where) + timedelta(seconds=1)
    else:
        start_at = (facts.complete_at or start_at) if rule.start is Start.COMPLETE_REQUEST else start_at
        counted = count(rule.unit, rule.amount, start_at, bench.where, [bench.rules.calendar(id_) for id_ in rule.calendars])
    verified = rule.verified is not None and all(out.holiday is None or out.holiday.verified for out in counted.left_out)
    presumed = tuple(_presumed(rule, bench))
    return Due(counted.at, rule, start_at.astimezone(UTC), bench.zone, counted.left_out, verified, presumed)


def _presumed(rule: ClockRule, bench: _Bench) -> Iterable[Presumed]:
    facts = bench.facts
    if rule.start is Start.COMPLETE_REQUEST and facts.complete_at is None:
        yield Presumed.COMPLETE
    if rule.timing and not facts.timing_told:
        yield Presumed.TIMING
    # a row that is in force whenever the period began takes nothing for granted
    if rule.dated_by.value == Presumed.RATING_PERIOD and facts.rating_period is None and rule.from_day is not None:
        yield Presumed.RATING_PERIOD
    for trait in sorted(rule.only | rule.unless):
        if trait not in facts.traits:
            yield Presumed(trait.value)


def _bent(told: Due, bench: _Bench) -> Due:
    """The same, moved by an extension or by the return of an incomplete request, where the rule knows such a thing."""
    facts, rule = bench.facts, told.rule
    if facts.returned is not None and rule.incomplete is not None:
        asked, hours = facts.returned, timedelta(hours=rule.incomplete.decide)
        end = min(asked.until, asked.answered_at or asked.until)
        waiting = asked.until if asked.answered_at is None else None
        verified = told.verified and rule.incomplete.verified is not None
        return replace(told, at=(end + hours).astimezone(UTC), base_at=told.at, bent=asked, pause_until=waiting, verified=verified)
    taken, allowed = facts.extended, rule.extension
    if taken is None or allowed is None or taken.condition not in allowed.conditions:
        return told
    verified = told.verified and allowed.verified is not None
    moved = replace(told, base_at=told.at, bent=taken, verified=verified)
    if taken.answer_by is None or allowed.tolling is None:
        return replace(moved, at=_extended(told, allowed, bench.where))
    return _paused(moved, taken, allowed, allowed.tolling, end_of(taken.answer_by, bench.where), bench.where)


def _extended(told: Due, allowed: Extension, where: tzinfo) -> datetime:
    # what ends with a day ends with one again; an hour keeps its time on the clocks
    if told.rule.unit in (Unit.HOURS, Unit.WORKING_HOURS):
        return later(told.at, allowed.days, where)
    return end_of(day_in(told.at, where) + timedelta(days=allowed.days), where)


def _paused(moved: Due, taken: Extended, allowed: Extension, pause: Tolling, last: datetime, where: tzinfo) -> Due:
    end = min(last, taken.answered_at or last)
    days = pause.days
    if pause.arithmetic is Arithmetic.REST:
        days = (day_in(moved.at, where) - day_in(taken.noticed_at, where)).days + allowed.days
    at = end_of(day_in(end, where) + timedelta(days=days), where)
    verified = moved.verified and pause.verified is not None
    return replace(moved, at=at, verified=verified, pause_until=last if taken.answered_at is None else None)
