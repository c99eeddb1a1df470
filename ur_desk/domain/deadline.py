"""When an answer is due: dated clock rules as data, counted from receipt, with the rule that gave the instant.

The duty is to notify by the instant, not only to decide. Where a rule that binds is not loaded, or a fact that
chooses it is not known, the answer is `Missing`: there is no date to fall back on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from ur_desk.domain.clocks import ClockRule, ClockRules, Law, LeftOut, Start, count
from ur_desk.domain.events import Following
from ur_desk.domain.request import LineOfBusiness, Request, Timing, Urgency
from ur_desk.domain.zones import zone

Line = LineOfBusiness
Sentence = tuple[str, Mapping[str, str]]
"""A key of the wording and the values that it needs."""


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What chooses a clock and starts it.

    `complete_at` is when the request was complete; `incomplete` says that it still is not. Where neither is said the
    request counts as complete on receipt, which can only make a date early. `timing_told` is False where the timing was
    read from the days of service. `follows` says that it is no first request, which other rules bind.
    """

    received_at: datetime | None = None
    zone: str | None = None
    line_of_business: Line | None = None
    state: str | None = None
    urgency: Urgency | None = None
    timing: Timing | None = None
    timing_told: bool = True
    funding: str | None = None
    erisa: bool | None = None
    grandfathered: bool | None = None
    complete_at: datetime | None = None
    incomplete: bool = False
    follows: Following | None = None


class Presumed(StrEnum):
    """Something that nobody said and the count takes for granted."""

    COMPLETE = "complete"
    TIMING = "timing"


@dataclass(frozen=True, slots=True)
class Due:
    """When the answer is due, in UTC, by the strictest rule that binds, and how that was counted.

    `start_at` is the instant from which `rule` counts, `zone` where days begin and end. `verified` is False where the
    rule, or a holiday that was left out, was not compared with an official text. `others` are the later ones that bind too.
    """

    at: datetime
    rule: ClockRule
    start_at: datetime
    zone: str
    left_out: tuple[LeftOut, ...]
    verified: bool
    presumed: tuple[Presumed, ...] = ()
    others: tuple["Due", ...] = ()

    @property
    def local(self) -> datetime:
        """The due instant on the clocks of its zone."""
        return self.at.astimezone(zone(self.zone))


class Lack(StrEnum):
    """Why there is no due instant."""

    RECEIPT = "receipt"
    ZONE = "zone"
    LINE_OF_BUSINESS = "line_of_business"
    FUNDING = "funding"
    ERISA = "erisa"
    STATE = "state"
    TIMING = "timing"
    URGENCY = "urgency"
    RULE = "rule"
    INCOMPLETE = "incomplete"
    APPEAL = "appeal"
    REOPENING = "reopening"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no due instant; for `Lack.RULE` the law, line of business, state and timing for which no row is loaded."""

    lack: Lack
    line: Line | None = None
    law: Law | None = None
    state: str | None = None
    timing: Timing | None = None
    received: date | None = None


def facts_of(
    request: Request, complete_at: datetime | None = None, incomplete: bool = False, follows: Following | None = None
) -> ClockFacts:
    """The facts of a request that choose its clock; an untold timing is read from a claim and the days of service."""
    coverage = request.coverage
    timing = request.timing or _timing(request)
    return ClockFacts(
        received_at=request.received_at,
        zone=request.received_zone,
        line_of_business=request.line_of_business,
        state=request.state,
        urgency=request.urgency,
        timing=timing,
        timing_told=request.timing is not None,
        funding=coverage.funding if coverage else None,
        erisa=coverage.erisa if coverage else None,
        grandfathered=coverage.grandfathered if coverage else None,
        complete_at=complete_at,
        incomplete=incomplete,
        follows=follows,
    )


def _timing(request: Request) -> Timing | None:
    if request.claim is not None:
        return Timing.POSTSERVICE
    first = [s.first_day for s in request.services if s.first_day is not None]
    if request.received_at is None or request.received_zone is None or len(first) < len(request.services):
        return None
    received = request.received_at.astimezone(zone(request.received_zone)).date()
    if min(first) > received:
        return Timing.PRESERVICE
    last = [s.last_day or s.first_day for s in request.services]
    return Timing.POSTSERVICE if all(day is not None and day < received for day in last) else None


def binding(facts: ClockFacts) -> tuple[Law, ...] | Missing:
    """The families of law whose clock binds, by line of business, funding and grandfathering (domain notes 3.2)."""
    line = facts.line_of_business
    if line is None or line is Line.OTHER:
        return Missing(Lack.LINE_OF_BUSINESS, line=line)
    if line is Line.COMMERCIAL_INSURED:
        return _binding_insured(facts)
    if line is Line.ERISA_SELF_FUNDED:
        against = facts.erisa is False or facts.funding == "insured"
        return Missing(Lack.FUNDING, line=line) if against else (Law.ERISA,)
    if line is Line.GOVERNMENT_SELF_FUNDED:
        return (Law.STATE,) if facts.grandfathered else (Law.ACA, Law.STATE)
    return _BINDING[line]


_BINDING: dict[Line, tuple[Law, ...]] = {
    Line.QHP_FFE: (Law.EXCHANGE, Law.STATE),
    Line.MEDICARE_ADVANTAGE: (Law.MEDICARE,),
    Line.MEDICAID_MANAGED_CARE: (Law.MEDICAID, Law.STATE),
    Line.CHIP_MANAGED_CARE: (Law.CHIP, Law.STATE),
    Line.MEDICAID_FFS: (Law.MEDICAID, Law.STATE),
    Line.FEHB: (Law.FEHB,),
    Line.DSNP_INTEGRATED: (Law.MEDICARE, Law.MEDICAID),
}


def _binding_insured(facts: ClockFacts) -> tuple[Law, ...] | Missing:
    # an insured employer group is under ERISA and its state; individual and non-ERISA group cover under the ACA and its state
    if facts.funding == "self_funded":
        return Missing(Lack.FUNDING, line=facts.line_of_business)
    if facts.erisa:
        return (Law.ERISA, Law.STATE)
    if not facts.grandfathered:
        return (Law.ACA, Law.STATE)
    return Missing(Lack.ERISA, line=facts.line_of_business) if facts.erisa is None else (Law.STATE,)


def due(facts: ClockFacts, rules: ClockRules, plan_zone: str | None = None) -> Due | Missing:
    """When the answer is due by the strictest rule that binds, or what is missing to say so.

    Days begin and end in `plan_zone`, else in the zone in which receipt was told.
    """
    where = plan_zone or facts.zone
    if facts.received_at is None:
        return Missing(Lack.RECEIPT)
    if where is None:
        return Missing(Lack.ZONE)
    received = facts.received_at.astimezone(zone(where)).date()
    if facts.follows is not None:
        return Missing(Lack(facts.follows.value), facts.line_of_business, received=received)
    laws = binding(facts)
    if isinstance(laws, Missing):
        return laws
    found: list[ClockRule] = []
    for law in laws:
        bound = _bound(law, facts, rules.rules, received)
        if isinstance(bound, Missing):
            return bound
        found.extend(bound)
    started = [rule for rule in found if rule.start is Start.RECEIPT or not facts.incomplete or facts.complete_at]
    if not started:
        return Missing(Lack.INCOMPLETE, line=facts.line_of_business)
    first, *others = sorted((_counted(rule, facts, facts.received_at, rules, where) for rule in started), key=lambda d: d.at)
    return replace(first, others=tuple(others))


def _bound(law: Law, facts: ClockFacts, rules: Iterable[ClockRule], received: date) -> tuple[ClockRule, ...] | Missing:
    """The rows of one law that bind, or which fact or row is missing to tell."""
    line, of_state = facts.line_of_business, law is Law.STATE
    if of_state and facts.state is None:
        return Missing(Lack.STATE, line=line)
    state = facts.state if of_state else None
    rows = [r for r in rules if r.law is law and line in r.lines and (not of_state or state in r.states)]
    if not rows:
        return Missing(Lack.RULE, line, law, state)
    rows = [r for r in rows if r.in_force(received)]
    if not rows:
        return Missing(Lack.RULE, line, law, state, received=received)
    if facts.timing is None and any(r.timing for r in rows):
        return Missing(Lack.TIMING, line)
    rows = [r for r in rows if not r.timing or facts.timing in r.timing]
    if not rows:
        return Missing(Lack.RULE, line, law, state, facts.timing)
    if facts.urgency is None and any(r.urgency for r in rows):
        return Missing(Lack.URGENCY, line)
    rows = [r for r in rows if not r.urgency or facts.urgency in r.urgency]
    return tuple(rows) or Missing(Lack.RULE, line, law, state, facts.timing)


def _counted(rule: ClockRule, facts: ClockFacts, received_at: datetime, rules: ClockRules, where: str) -> Due:
    start_at, presumed = received_at, list[Presumed]()
    if rule.start is Start.COMPLETE_REQUEST:
        start_at = facts.complete_at or start_at
        presumed += [] if facts.complete_at else [Presumed.COMPLETE]
    if rule.timing and not facts.timing_told:
        presumed.append(Presumed.TIMING)
    calendars = [rules.calendar(id_) for id_ in rule.calendars]
    counted = count(rule.unit, rule.amount, start_at, zone(where), calendars)
    verified = rule.verified and all(out.holiday is None or out.holiday.verified for out in counted.left_out)
    return Due(counted.at, rule, start_at.astimezone(UTC), where, counted.left_out, verified, tuple(presumed))


def sentences(answer: Due | Missing) -> tuple[Sentence, ...]:
    """What to say of a due instant or of its lack, as keys and values: first the rule or what is missing, then every reserve."""
    return _due_sentences(answer) if isinstance(answer, Due) else (_missing_sentence(answer),)


def explain(answer: Due | Missing) -> str:
    """The default English of `sentences`, such as "15 calendar days from receipt (ERISA, pre-service)"."""
    return "; ".join(_ENGLISH[key].format_map(values) for key, values in sentences(answer))


def _due_sentences(answer: Due) -> tuple[Sentence, ...]:
    rule = answer.rule
    key = f"due.{rule.unit.name.lower()}.{rule.start}" + (".one" if rule.amount == 1 else "")
    said: list[Sentence] = [(key, {"amount": str(rule.amount), "name": rule.name})]
    said += [(f"presumed.{p}", {}) for p in answer.presumed]
    return tuple(said if answer.verified else [*said, ("unverified", {})])


def _missing_sentence(answer: Missing) -> Sentence:
    if answer.lack in (Lack.APPEAL, Lack.REOPENING):
        return f"missing.{answer.lack}", {"line": _LINES[answer.line], "received": f"{answer.received:%m/%d/%Y}"}
    if answer.lack is not Lack.RULE:
        return f"missing.{answer.lack}", {"line": _LINES[answer.line]}
    values = {"line": _LINES[answer.line], "state": answer.state or ""}
    key = "missing.rule" + (".state" if answer.state else "")
    if answer.timing is not None:
        return f"{key}.timing", values | {"timing": _TIMINGS[answer.timing]}
    if answer.received is not None:
        return f"{key}.received", values | {"received": f"{answer.received:%m/%d/%Y}"}
    return key, values


_LINES = {
    None: "an unknown line of business",
    Line.COMMERCIAL_INSURED: "insured business",
    Line.ERISA_SELF_FUNDED: "self-funded employer plans",
    Line.QHP_FFE: "plans on the federal exchange",
    Line.MEDICARE_ADVANTAGE: "Medicare Advantage",
    Line.MEDICAID_MANAGED_CARE: "Medicaid managed care",
    Line.CHIP_MANAGED_CARE: "CHIP managed care",
    Line.MEDICAID_FFS: "Medicaid fee for service",
    Line.FEHB: "the federal employees' program",
    Line.DSNP_INTEGRATED: "integrated dual-eligible plans",
    Line.GOVERNMENT_SELF_FUNDED: "self-funded government plans",
    Line.OTHER: "another line of business",
}

_TIMINGS = {Timing.PRESERVICE: "before the service", Timing.CONCURRENT: "during ongoing care", Timing.POSTSERVICE: "after the service"}

_ENGLISH = {
    "due.hours.receipt": "{amount} hours from receipt ({name})",
    "due.hours.receipt.one": "{amount} hour from receipt ({name})",
    "due.hours.complete_request": "{amount} hours from a complete request ({name})",
    "due.hours.complete_request.one": "{amount} hour from a complete request ({name})",
    "due.working_hours.receipt": "{amount} hours from receipt without weekends and holidays ({name})",
    "due.working_hours.receipt.one": "{amount} hour from receipt without weekends and holidays ({name})",
    "due.working_hours.complete_request": "{amount} hours from a complete request without weekends and holidays ({name})",
    "due.working_hours.complete_request.one": "{amount} hour from a complete request without weekends and holidays ({name})",
    "due.calendar_days.receipt": "{amount} calendar days from receipt ({name})",
    "due.calendar_days.receipt.one": "{amount} calendar day from receipt ({name})",
    "due.calendar_days.complete_request": "{amount} calendar days from a complete request ({name})",
    "due.calendar_days.complete_request.one": "{amount} calendar day from a complete request ({name})",
    "due.business_days.receipt": "{amount} business days from receipt ({name})",
    "due.business_days.receipt.one": "{amount} business day from receipt ({name})",
    "due.business_days.complete_request": "{amount} business days from a complete request ({name})",
    "due.business_days.complete_request.one": "{amount} business day from a complete request ({name})",
    "presumed.complete": "taken as complete on receipt",
    "presumed.timing": "before or after the service read from its days",
    "unverified": "not verified against the official text",
    "missing.receipt": "Nobody has said when the request was received",
    "missing.zone": "Nobody has said in which time zone the request was received",
    "missing.line_of_business": "No clock rule can be chosen for {line}",
    "missing.funding": "No clock rule can be chosen: the funding contradicts {line}",
    "missing.erisa": "No clock rule can be chosen for {line}: nobody has said whether this grandfathered plan is under ERISA",
    "missing.state": "No clock rule can be chosen for {line}: the state is not known",
    "missing.timing": "No clock rule can be chosen for {line}: nobody has said whether the care is ahead, ongoing or done",
    "missing.urgency": "No clock rule can be chosen for {line}: nobody has said whether the request is standard or expedited",
    "missing.incomplete": "The clock for {line} starts when the request is complete",
    "missing.appeal": "No clock rule for appeals is loaded; this one was received on {received}",
    "missing.reopening": "No clock rule for reopening is loaded; this was received on {received}",
    "missing.rule": "No clock rule is loaded for {line}",
    "missing.rule.timing": "No clock rule is loaded for {line} {timing}",
    "missing.rule.received": "No clock rule is loaded for {line} on a request received on {received}",
    "missing.rule.state": "No clock rule is loaded for {line} in {state}",
    "missing.rule.state.timing": "No clock rule is loaded for {line} in {state} {timing}",
    "missing.rule.state.received": "No clock rule is loaded for {line} in {state} on a request received on {received}",
}
