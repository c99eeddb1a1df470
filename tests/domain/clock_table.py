"""The table of worked clock examples as facts: `clock_examples.csv`, written for whoever answers for compliance."""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ur_desk import paths
from ur_desk.domain.clocks.facts import ClockFacts, Extended, Returned
from ur_desk.domain.clocks.rules import About, ClockRules, Condition, Silence, Trait, Verified, joined
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency
from ur_desk.records.clocks import clock_rules

BUNDLED = joined(clock_rules(file.read_bytes(), file.name) for file in sorted((paths.resources() / "clocks").glob("*.json")))
VERMONT = tuple(
    Silence(
        f"VT-{about}",
        frozenset(LineOfBusiness),
        frozenset({"VT"}),
        "an invented record",
        Verified("a supervisor", date(2003, 1, 1)),
        about=about,
    )
    for about in (About.REQUEST, About.REDUCTION)
)
RULES: ClockRules = replace(BUNDLED, silences=VERMONT)
"""The bundled rows, and a record that Vermont has no clock of its own, so that the federal rows can be seen alone."""


INDIANAPOLIS = "America/Indiana/Indianapolis"


def facts(received: str, where: str = INDIANAPOLIS, **changes: object) -> ClockFacts:
    """A standard request before the service to a self-funded employer plan, received at a local time."""
    told = ClockFacts(
        received_at=datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(where)).astimezone(UTC),
        zone=where,
        line_of_business=LineOfBusiness.ERISA_SELF_FUNDED,
        urgency=Urgency.STANDARD,
        timing=Timing.PRESERVICE,
    )
    return replace(told, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Example:
    """A row of the table: its facts, and what should come of them as the table words it."""

    name: str
    facts: ClockFacts
    rule: str
    due: str
    why: str


def examples() -> list[Example]:
    """All rows of the table."""
    with (Path(__file__).parent / "clock_examples.csv").open(encoding="utf-8", newline="") as file:
        return [Example(row["example"], _facts(row), row["rule"], row["due"], row["why"]) for row in csv.DictReader(file)]


def _facts(row: Mapping[str, str]) -> ClockFacts:
    where, plan = ZoneInfo(row["zone"]), row["plan"]
    facts = ClockFacts(
        received_at=_at(row["received"], where),
        zone=row["zone"],
        line_of_business=LineOfBusiness(row["line_of_business"]),
        state=row["state"] or None,
        urgency=Urgency(row["urgency"]) if row["urgency"] else None,
        timing=Timing(row["timing"]),
        erisa=None if not plan else not plan.startswith("not erisa"),
        grandfathered="grandfathered" in plan or None,
    )
    for told in filter(None, row["known"].split(", ")):
        facts = _known(facts, told, where)
    return _happened(facts, row["happened"], where) if row["happened"] else facts


def _at(text: str, where: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=where).astimezone(UTC)


_TRAITS = {
    "electronic": (Trait.ELECTRONIC, True), "not electronic": (Trait.ELECTRONIC, False),
    "under authorization": (Trait.UNDER_AUTHORIZATION, True), "not under authorization": (Trait.UNDER_AUTHORIZATION, False),
    "drug": (Trait.DRUG, True), "clean claim": (Trait.CLEAN_NONCONTRACT, True), "no clean claim": (Trait.CLEAN_NONCONTRACT, False),
}  # fmt: skip
_KNOWN: dict[str, Callable[[str, ZoneInfo], dict[str, Any]]] = {
    "rating period": lambda text, where: {"rating_period": date.fromisoformat(text)},
    "plan reduces": lambda text, where: {"about": About.REDUCTION, "change_on": date.fromisoformat(text)},
    "complete": lambda text, where: {"complete_at": _at(text, where)},
    "incomplete": lambda text, where: {"incomplete": True},
    "accredited": lambda text, where: {"accredited": True},
    "appeal": lambda text, where: {"about": About.APPEAL},
    "reopening": lambda text, where: {"about": About.REOPENING},
}


def _known(facts: ClockFacts, told: str, where: ZoneInfo) -> ClockFacts:
    if told in _TRAITS:
        trait, value = _TRAITS[told]
        return replace(facts, traits={**facts.traits, trait: value})
    if told.startswith("care ends ") and facts.received_at is not None:
        early = (_at(told.removeprefix("care ends "), where) - facts.received_at).total_seconds() >= 24 * 3600
        return replace(facts, traits={**facts.traits, Trait.BEFORE_END: early})
    name = next(name for name in sorted(_KNOWN, key=len, reverse=True) if told == name or told.startswith(f"{name} "))
    return replace(facts, **_KNOWN[name](told.removeprefix(name).strip(), where))


_EXTENDED = re.compile(r"extended (\w+) noticed (\S+ \S+)(?: answer by (\S+))?(?: answered (\S+ \S+))?")
_RETURNED = re.compile(r"returned (\S+ \S+) until (\S+ \S+)(?: answered (\S+ \S+))?")


def _happened(facts: ClockFacts, told: str, where: ZoneInfo) -> ClockFacts:
    if match := _EXTENDED.fullmatch(told):
        condition, noticed, by, answered = match.groups()
        last, came = date.fromisoformat(by) if by else None, _at(answered, where) if answered else None
        return replace(facts, extended=Extended(_at(noticed, where), Condition(condition), last, came))
    match = _RETURNED.fullmatch(told)
    assert match is not None, f"the table says something that nobody understands: {told}"
    began, until, answered = match.groups()
    return replace(facts, returned=Returned(_at(began, where), _at(until, where), _at(answered, where) if answered else None))
