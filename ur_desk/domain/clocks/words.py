"""What to say of a due instant, or of its lack, in one sentence: keys and values, and their English."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from ur_desk.domain.clocks.counting import day_in
from ur_desk.domain.clocks.facts import Extended, Lack, Returned
from ur_desk.domain.clocks.rules import About, Arithmetic, Law
from ur_desk.domain.deadline import Due, Missing
from ur_desk.domain.request import LineOfBusiness, Timing
from ur_desk.domain.zones import zone

Line = LineOfBusiness
Sentence = tuple[str, Mapping[str, str]]
"""A key of the wording and the values that it needs."""


def sentences(answer: Due | Missing) -> tuple[Sentence, ...]:
    """What to say of a due instant or of its lack, as keys and values: first the rule or what is missing, then what bent it, then every
    reserve; of a lack also the outer limit, and what a row that nobody verified would say."""
    return tuple(_of_due(answer) if isinstance(answer, Due) else _of_missing(answer))


def explain(answer: Due | Missing) -> str:
    """The default English of `sentences`, such as "15 calendar days from receipt (ERISA, pre-service)"."""
    return "; ".join(_english(answer))


def _english(answer: Due | Missing) -> list[str]:
    return [ENGLISH[key].format_map(values) for key, values in sentences(answer)]


def _of_due(answer: Due) -> Iterator[Sentence]:
    rule = answer.rule
    yield (
        f"due.{rule.unit.name.lower()}.{rule.start}" + (".one" if rule.amount == 1 else ""),
        {"amount": str(rule.amount), "name": rule.name},
    )
    if answer.bent is not None:
        yield _bent(answer, answer.bent)
    yield from ((f"presumed.{each}", {}) for each in answer.presumed)
    if not answer.verified:
        yield "unverified", {}


def _bent(answer: Due, bent: Extended | Returned) -> Sentence:
    rule = answer.rule
    if isinstance(bent, Returned) and rule.incomplete is not None:
        values = {"told": _at(answer, bent.told_at), "until": _at(answer, bent.until), "hours": str(rule.incomplete.decide)}
        if bent.answered_at is None:
            return "returned", values
        return "returned.answered", values | {"answered": _at(answer, bent.answered_at)}
    allowed = rule.extension
    if not isinstance(bent, Extended) or allowed is None:
        raise ValueError("a clock is bent by what its rule allows")
    values = {"days": str(allowed.days), "noticed": _day(answer, bent.noticed_at)}
    if bent.answer_by is None or allowed.tolling is None:
        return "extended", values
    if allowed.tolling.arithmetic is Arithmetic.FROM_ANSWER:
        values |= {"days": str(allowed.tolling.days)}
    else:
        end = min(filter(None, (answer.pause_until, bent.answered_at)))
        rest = day_in(answer.at, zone(answer.zone)) - day_in(end, zone(answer.zone))
        values |= {"days": str(rest.days)}
    if bent.answered_at is None:
        return "paused", values | {"until": f"{bent.answer_by:%m/%d/%Y}"}
    return "paused.answered", values | {"answered": _day(answer, bent.answered_at)}


def _of_missing(answer: Missing) -> Iterator[Sentence]:
    yield _lack(answer)
    if answer.unverified is not None:
        yield "would_be", {"at": _at(answer.unverified, answer.unverified.at), "why": ", ".join(_english(answer.unverified))}
    if answer.outer is not None:
        key = "outer.federal" if answer.law is Law.STATE or answer.lack is Lack.STATE else "outer"
        yield key, {"at": _at(answer.outer, answer.outer.at), "why": ", ".join(_english(answer.outer))}


def _lack(answer: Missing) -> Sentence:
    values = {"line": LINES[answer.line], "state": answer.state or ""}
    if answer.lack is not Lack.RULE:
        return f"missing.{answer.lack}", values
    key = "missing.rule" + (".state" if answer.state else "")
    if answer.about is not About.REQUEST:
        return f"{key}.{answer.about}", values
    if answer.timing is not None:
        return f"{key}.timing", values | {"timing": _TIMINGS[answer.timing]}
    if answer.received is not None:
        return f"{key}.received", values | {"received": f"{answer.received:%m/%d/%Y}"}
    return key, values


def _day(answer: Due, at: datetime) -> str:
    return f"{at.astimezone(zone(answer.zone)):%m/%d/%Y}"


def _at(answer: Due, at: datetime) -> str:
    """An instant on the clocks of the answer's zone; the last second of a day is its day alone."""
    local = at.astimezone(zone(answer.zone))
    return f"{local:%m/%d/%Y}" if (local.hour, local.minute, local.second) == (23, 59, 59) else f"{local:%m/%d/%Y %H:%M}"


LINES = {
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
"""Lines of business in the midst of a sentence."""

_TIMINGS = {Timing.PRESERVICE: "before the service", Timing.CONCURRENT: "during ongoing care", Timing.POSTSERVICE: "after the service"}

_COUNTED = {
    "hours": ("{amount} hours {start} ({name})", "{amount} hour {start} ({name})"),
    "working_hours": (
        "{amount} hours {start} without weekends and holidays ({name})", "{amount} hour {start} without weekends and holidays ({name})",
    ),
    "calendar_days": ("{amount} calendar days {start} ({name})", "{amount} calendar day {start} ({name})"),
    "days_without_holidays": ("{amount} days {start} without holidays ({name})", "{amount} day {start} without holidays ({name})"),
    "business_days": ("{amount} business days {start} ({name})", "{amount} business day {start} ({name})"),
}  # fmt: skip
_STARTS = {"receipt": "from receipt", "complete_request": "from a complete request", "change_of_care": "before the care ends or is reduced"}

ENGLISH = {
    f"due.{unit}.{start}{end}": text.replace("{start}", words)
    for unit, texts in _COUNTED.items()
    for start, words in _STARTS.items()
    for end, text in zip(("", ".one"), texts, strict=True)
} | {
    "extended": "extended by {days} days, notice of {noticed}",
    "paused": "paused from the notice of {noticed} until the answer or {until}, then {days} days",
    "paused.answered": "paused from the notice of {noticed} until the answer of {answered}, then {days} days",
    "returned": "sent back as incomplete on {told} to be completed by {until}, then {hours} hours",
    "returned.answered": "sent back as incomplete on {told}, answered on {answered}, then {hours} hours",
    "presumed.complete": "taken as complete on receipt",
    "presumed.timing": "before or after the service read from its days",
    "presumed.rating_period": "the plan's rating period taken as one since January 2026",
    "presumed.electronic": "taken as asked electronically",
    "presumed.under_authorization": "taken as under prior authorization",
    "presumed.drug": "taken as a drug",
    "presumed.a_day_before_the_end": "taken as asked a day before the care ends",
    "presumed.clean_noncontract_claim": "taken as a clean claim without a contract",
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
    "missing.unverified": "State rule not verified for {line} in {state}",
    "missing.rule": "No clock rule is loaded for {line}",
    "missing.rule.timing": "No clock rule is loaded for {line} {timing}",
    "missing.rule.received": "No clock rule is loaded for {line} on a request received on {received}",
    "missing.rule.reduction": "No clock rule is loaded for {line} where the plan ends or reduces care",
    "missing.rule.appeal": "No clock rule for appeals is loaded for {line}",
    "missing.rule.reopening": "No clock rule for reopening is loaded for {line}",
    "missing.rule.state": "State rule not loaded: none for {line} in {state}",
    "missing.rule.state.timing": "State rule not loaded: none for {line} in {state} {timing}",
    "missing.rule.state.received": "State rule not loaded: none for {line} in {state} on a request received on {received}",
    "missing.rule.state.reduction": "State rule not loaded: none for {line} in {state} where the plan ends or reduces care",
    "missing.rule.state.appeal": "State rule not loaded: none for appeals of {line} in {state}",
    "missing.rule.state.reopening": "State rule not loaded: none for reopening of {line} in {state}",
    "would_be": "the row that nobody verified says {at}, {why}",
    "outer": "what else binds says {at} at the latest, {why}",
    "outer.federal": "the federal outer limit is {at}, {why}",
}
"""The wording of every key."""
