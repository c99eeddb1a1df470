"""Where a person is in the program, and the way back: places by page and id, never by a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

KEPT = 100


class PageName(StrEnum):
    """The pages of the main window."""

    WORKLIST = "worklist"
    REVIEW = "review"
    LIBRARY = "library"
    AUDIT = "audit"
    ADMINISTRATION = "administration"
    ENTRY = "entry"
    ARRIVALS = "arrivals"
    MANY = "many"
    HELP = "help"
    CHANGES = "changes"
    IMPACT = "impact"
    RECEIVED = "received"
    COLUMNS = "columns"
    SENDERS = "senders"
    POST = "post"


NOT_KEPT = frozenset(
    {
        PageName.ENTRY,
        PageName.ARRIVALS,
        PageName.MANY,
        PageName.HELP,
        PageName.CHANGES,
        PageName.IMPACT,
        PageName.RECEIVED,
        PageName.COLUMNS,
        PageName.SENDERS,
        PageName.POST,
    }
)
"""Pages that a new start does not come back to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what is shown on it: an id of a case, policy, draft or topic; empty where the page alone says it."""

    page: PageName
    ref: str = ""

    def __str__(self) -> str:
        return f"{self.page.value}:{self.ref}" if self.ref else self.page.value


START = Place(PageName.WORKLIST)


def read_place(text: str) -> Place:
    """The place that `str` of one told; the worklist where it tells none."""
    page, _, ref = text.partition(":")
    try:
        return Place(PageName(page), ref)
    except ValueError:
        return START


class Places:
    """The places visited, in order, with one of them the present one."""

    def __init__(self) -> None:
        self._visited: list[Place] = []
        self._at = -1

    @property
    def now(self) -> Place | None:
        """The present place; None before the first."""
        return self._visited[self._at] if self._visited else None

    @property
    def can_go_back(self) -> bool:
        """Whether a place lies before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back from a place."""
        return self._at + 1 < len(self._visited)

    def visit(self, place: Place) -> None:
        """Come to a place; those that one went back from are forgotten, and the same place twice is one visit."""
        if place == self.now:
            return
        self._visited = [*self._visited[: self._at + 1], place][-KEPT:]
        self._at = len(self._visited) - 1

    def back(self) -> Place:
        """The place before; the present one where there is none."""
        self._at = max(self._at - 1, 0)
        return self._visited[self._at]

    def forward(self) -> Place:
        """The place that one went back from last; the present one where there is none."""
        self._at = min(self._at + 1, len(self._visited) - 1)
        return self._visited[self._at]

    def last_of(self, page: PageName) -> Place | None:
        """The place on that page visited last, up to now."""
        return next((p for p in reversed(self._visited[: self._at + 1]) if p.page is page), None)

    def told(self) -> tuple[tuple[Place, ...], int]:
        """The places visited, in order, and which of them is the present one."""
        return tuple(self._visited), max(self._at, 0)

    def take(self, visited: Sequence[Place], now: Place) -> None:
        """Know these places, the present one among them; START where it is not."""
        self._visited = list(visited[-KEPT:]) or [START]
        self._at = max((i for i, place in enumerate(self._visited) if place == now), default=-1)
        if self._at < 0:
            self.visit(START)

    def forget(self, gone: frozenset[PageName]) -> None:
        """Drop every place on these pages, where another person may not go there."""
        now = self.now
        self._visited = [p for p in self._visited if p.page not in gone]
        self._at = max((i for i, p in enumerate(self._visited) if p == now), default=len(self._visited) - 1)
