"""Requests of a run laid beside what lies in cases and beside one another, by keys, so that not each is laid beside each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.desk.brought import Item
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.arriving import Likeness, Traits, likeness
from ur_desk.domain.listing import CaseRow

if TYPE_CHECKING:
    from ur_desk.store.papers import Paper

ORDER = {like: place for place, like in enumerate(Likeness)}
"""The strongest likeness first."""
Shelves = defaultdict[str, list["Paper"]]
"""What lies in cases, by each key under which it is looked for."""


@dataclass(frozen=True, slots=True)
class There:
    """The cases that requests resemble: rows of those that may be seen, and what of each opening request is compared."""

    rows: dict[CaseId, CaseRow]
    first: dict[CaseId, Traits]


class Seen:
    """The requests of a run that were looked at before, and may become cases."""

    def __init__(self) -> None:
        self._kept: defaultdict[str, list[tuple[Item, Traits]]] = defaultdict(list)

    def add(self, item: Item, traits: Traits) -> None:
        """From here on a later request may be like this one."""
        for key in keys_of(traits):
            self._kept[key].append((item, traits))

    def twin(self, traits: Traits) -> tuple[str, int, Likeness] | None:
        """The earlier request that it resembles most."""
        found = [
            (like, item) for key in keys_of(traits) for item, other in self._kept[key] if (like := likeness(traits, other)) is not None
        ]
        if not found:
            return None
        like, item = min(found, key=lambda pair: ORDER[pair[0]])
        return item.path.name, item.place, like


def became_of(item: Item, akin: Iterable["Paper"], since: datetime) -> "Paper | None":
    """What came into a case of this very request of this very file since it was brought; of equal ones in one file each has its own."""
    same = (p for p in akin if p.source == item.sha256 and p.traits.content == item.traits.content and p.at >= since)
    of_it = sorted(same, key=lambda paper: paper.at)
    return of_it[item.equals] if item.equals < len(of_it) else None


def keys_of(traits: Traits) -> frozenset[str]:
    """Under what a request lies and is looked for, so that not each is laid beside each."""
    told = {"c" + traits.content, "m" + traits.member_id, "p" + traits.person, *("r" + name for name in (*traits.ids, *traits.names))}
    return frozenset(key for key in told if len(key) > 1)


def shelves_of(papers: Iterable["Paper"]) -> Shelves:
    """What lies in cases, under each of its keys."""
    found: Shelves = defaultdict(list)
    for paper in papers:
        for key in keys_of(paper.traits) | {"r" + name for name in paper.known_as}:
            found[key].append(paper)
    return found
