"""Which version of a policy counts on which day, and how each stands today: in force, future, superseded, retired, without a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ur_desk.domain.library.catalogue import Card, Standing
from ur_desk.domain.policy import Dated, PolicyId, Retired, Sha256, Version


class VersionRule(StrEnum):
    """By which day the version is chosen: insurers differ, and say so in their own notices (domain section 4)."""

    SERVICE = "service"
    PROCESSING = "processing"


class VersionState(StrEnum):
    """How a version stands on a day."""

    IN_FORCE = "in_force"
    FUTURE = "future"
    SUPERSEDED = "superseded"
    RETIRED = "retired"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """How a version stands: its first and last day as far as they are known, and the first day of the version that follows.

    `by_draft` says that nobody has confirmed that following version yet.
    """

    state: VersionState
    first_day: date | None = None
    last_day: date | None = None
    next_from: date | None = None
    by_draft: bool = False


class Reach(StrEnum):
    """How the version that answers for a day stands to it."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Answering:
    """The text of a policy that a match of today looks at for a service of one day, and why.

    `chosen_by` is the day that chose it: that of the service, or that of the processing where `rule` says so; `reach` how the version
    stands to it. `next_from` is the first day of the version after it, where one is held.
    """

    card: Card
    day: date
    chosen_by: date
    rule: VersionRule
    reach: Reach
    next_from: date | None = None


def place_for(firsts: Sequence[date | None], day: date | None) -> int:
    """Which of a policy's versions answers for a day: its place among their first days, the earliest first, those unknown before them.

    The newest that has begun; else one without a first day, which might have; else the earliest. Without a day, the last.
    """
    dated = [place for place, first in enumerate(firsts) if first]
    if day is None or not dated:
        return len(firsts) - 1
    begun = [place for place, first in enumerate(firsts) if first and first <= day]
    undated = [place for place, first in enumerate(firsts) if not first]
    return (begun or undated or dated[:1])[-1]


def answering(versions: Iterable[Card], day: date, rule: VersionRule, today: date) -> Answering:
    """Which of a policy's texts in use answers for a service of a day, chosen as the rule says; there is at least one."""
    ordered = sorted(versions, key=lambda card: card.version.effective or date.min)
    chosen_by = today if rule is VersionRule.PROCESSING else day
    place = place_for([card.version.effective for card in ordered], chosen_by)
    version = ordered[place].version
    if version.effective is None:
        reach = Reach.UNDATED
    elif chosen_by < version.effective:
        reach = Reach.NOT_YET
    else:
        reach = Reach.ENDED if version.ends and chosen_by > version.ends else Reach.IN_FORCE
    following = next((first for card in ordered[place + 1 :] if (first := card.version.effective)), None)
    return Answering(ordered[place], day, chosen_by, rule, reach, following)


def days_that_count(version: Version, dated: Dated | None, retired: Retired | None) -> Version:
    """The version with the first day that somebody gave where the document prints none, and with its last day where one was recorded."""
    effective = version.effective or (dated.effective if dated else None)
    ends = min((day for day in (version.ends, retired.last_day if retired else None) if day), default=None)
    return replace(version, effective=effective, ends=ends)


def standings(cards: Iterable[Card], today: date) -> dict[Sha256, VersionStanding]:
    """How each text stands today, by the sha256 of its text; texts of one version stand alike."""
    families: dict[PolicyId, list[Card]] = {}
    for item in cards:
        families.setdefault(item.policy, []).append(item)
    return {item.text: _standing(item, family, today) for family in families.values() for item in family}


def standing_of(card: Card, stands: VersionStanding) -> Standing:
    """How a list tells that a text stands, by how its version does: a superseded one counts as retired."""
    if card.abstract:
        return Standing.ABSTRACT
    if card.confirmed is None or stands.state is VersionState.UNDATED:
        return Standing.DRAFT
    return {VersionState.FUTURE: Standing.FUTURE, VersionState.IN_FORCE: Standing.IN_FORCE}.get(stands.state, Standing.RETIRED)


def superseded(own: date | None, days: Iterable[date], others: Iterable[date]) -> bool:
    """Whether a version that began on `own` (None where nobody knows) is not the newest of them that had begun on the last of the days."""
    last = max(days, default=None)
    return last is not None and any((own is None or own < other) and other <= last for other in others)


def _standing(item: Card, family: Sequence[Card], today: date) -> VersionStanding:
    version = item.version
    first = version.effective
    if first is None:
        return VersionStanding(VersionState.UNDATED, None, version.ends)
    # an abstract takes the place of no document
    counting = [each for each in family if not each.abstract] or family
    following = min((day for each in counting if (day := each.version.effective) and day > first), default=None)
    ends = [day for day in (version.ends, following - timedelta(days=1) if following else None) if day]
    last = min(ends, default=None)
    if today < first:
        state = VersionState.FUTURE
    elif version.ends and today > version.ends and (following is None or version.ends < following):
        state = VersionState.RETIRED
    elif following and today >= following:
        state = VersionState.SUPERSEDED
    else:
        state = VersionState.IN_FORCE
    sure = any(each.confirmed for each in counting if each.version.effective == following)
    return VersionStanding(state, first, last, following, by_draft=following is not None and not sure)
