"""Which version of a policy a service falls under, and what stands in the way of relying on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.library.versions import VersionRule, place_for
from ur_desk.domain.policy import Shelved
from ur_desk.domain.request import LineOfBusiness, ServiceLine
from ur_desk.matching.shelf import Shelf


class Standing(StrEnum):
    """How a version stands to a day of service."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet_in_force"
    NO_LONGER = "no_longer_in_force"
    UNKNOWN = "force_unknown"


ASKS_ADOPTION: dict[LineOfBusiness, str] = {
    LineOfBusiness.MEDICARE_ADVANTAGE: "lob_medicare",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "lob_medicaid",
    LineOfBusiness.MEDICAID_FFS: "lob_medicaid",
    LineOfBusiness.CHIP_MANAGED_CARE: "lob_chip",
    LineOfBusiness.FEHB: "lob_fehb",
    LineOfBusiness.DSNP_INTEGRATED: "lob_dsnp",
    LineOfBusiness.OTHER: "lob_other",
}
"""Lines of business whose own rules come before a commercial medical policy, with the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """By which day versions are chosen: that of the service, or, where the library says so, that of the processing.

    `today` is the day of the match; None where nobody says, so that a request without days is judged by the newest version.
    """

    rule: VersionRule = VersionRule.SERVICE
    today: date | None = None

    @property
    def processed(self) -> date | None:
        """The day of processing, where that is what counts."""
        return self.today if self.rule is VersionRule.PROCESSING else None

    def day_for(self, service: date | None) -> date | None:
        """The day by which the version for a service is chosen."""
        return self.processed or service


BY_SERVICE = Choosing()


@dataclass(frozen=True, slots=True)
class Judged:
    """A version beside one day of service: how it stands, and the last review if that is more than a year before."""

    standing: Standing
    reviewed: date | None = None

    @property
    def sure(self) -> bool:
        """Whether the version can be relied on for that day."""
        return self.standing is Standing.IN_FORCE and self.reviewed is None


class Days:
    """Which versions of each policy the days of one request fall under."""

    def __init__(
        self, services: Sequence[ServiceLine], shelves: Sequence[Shelf], versions: Sequence[Sequence[int]], choosing: Choosing
    ) -> None:
        """`versions`: for each policy version, all versions of its policy, earliest first."""
        self._choosing = choosing
        self._services = {service.line: service for service in services}
        self._shelves = shelves
        self._versions = versions
        self._known: dict[tuple[int, int], tuple[int, ...]] = {}

    def of_line(self, number: int, line: int) -> tuple[int, ...]:
        """Of the policy that a version belongs to: the version that judges the line, then those that only its later days fall under."""
        versions = self._versions[number]
        if len(versions) == 1:
            return (number,)
        key = (versions[0], line)
        if key not in self._known:
            service = self._services[line]
            first = self._on(versions, self._choosing.day_for(service.first_day))
            later = [each for each in versions if each != first and self._begins_between(each, service)]
            self._known[key] = (first, *later)
        return self._known[key]

    def by_service(self, number: int, line: int) -> int:
        """Of the policy that a version belongs to: the version that the line's own first day falls under, whatever day counts here."""
        return self._on(self._versions[number], self._services[line].first_day)

    def among(self, numbers: Iterable[int]) -> set[int]:
        """Those of the versions that count for some line."""
        return {number for number in numbers if len(self._versions[number]) == 1 or self._counts(number)}

    def _counts(self, number: int) -> bool:
        return any(number in self.of_line(number, line) for line in self._services)

    def _on(self, versions: Sequence[int], day: date | None) -> int:
        """The version in force on a day; else the one that comes nearest: one without a first day, which might be, before one that is not
        in force yet. Without a day, the newest that has begun."""
        return versions[place_for([self._shelves[number].effective for number in versions], day or self._choosing.today)]

    def _begins_between(self, number: int, service: ServiceLine) -> bool:
        """Whether a version comes into force after the line's first day, up to its last."""
        if service.first_day is None or service.last_day is None or self._choosing.processed:
            return False
        return service.first_day < self._start(number) <= service.last_day

    def _start(self, number: int) -> date:
        return self._shelves[number].effective or date.min


def judge(shelved: Shelved, day: date | None) -> Judged:
    """How a version stands to a day.

    That somebody found it still current counts as a review on that day; it does not reach back before the version's first day.
    """
    version = shelved.policy.version
    if day is None:
        return Judged(Standing.IN_FORCE)
    reviews = [each for each in (version.last_review, shelved.still_current and shelved.still_current.day) if each]
    reviewed = max(reviews) if reviews and day > _year_after(max(reviews)) else None
    if version.effective is None:
        return Judged(Standing.UNKNOWN, reviewed)
    if day < version.effective:
        return Judged(Standing.NOT_YET, reviewed)
    if version.ends and day > version.ends:
        return Judged(Standing.NO_LONGER, reviewed)
    return Judged(Standing.IN_FORCE, reviewed)


def adoption_question(shelved: Shelved, business: LineOfBusiness | None, state: str | None) -> str | None:
    """The key of the question whether the plan adopted the policy for this line of business; None where that is settled.

    Where the library records lines of business, it records all of them: any other one asks.
    """
    if shelved.applies_to is not None:
        covered = business is not None and (business.value in shelved.applies_to or f"{business.value}:{state}" in shelved.applies_to)
        return None if covered else "lob_unknown" if business is None else "lob_not_adopted"
    return "lob_unknown" if business is None else ASKS_ADOPTION.get(business)


def _year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
