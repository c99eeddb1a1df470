"""Who looked: noted without holding a reader up, a typed search once, an opened case once."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.domain.access import AccessBody, CaseViewed, Look, Searched, TimelineRead, verb_of
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.vault import Signer
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

MOST = 500
"""So many looks wait to be noted; the next one is refused with what keeps them from being noted."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A look as it happened: what, at which case, when, and by whom, who signs it."""

    body: AccessBody
    case: CaseId | None
    at: datetime
    boot: str
    monotonic: int
    person: AccountId
    signer: Signer


class Looks:
    """Keeps what somebody looked at until it is an event; belongs to one desk."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._waiting: list[_Seen] = []
        self._typed: _Seen | None = None
        self._last: _Seen | None = None

    @property
    def waiting(self) -> int:
        """How many looks are no event yet."""
        return len(self._waiting) + (self._typed is not None)

    def note(self, body: Look, case: CaseId | None = None) -> None:
        """Notes a look, at once where nobody holds the workspace, else with the next event; drawn anew, it is the same look.

        A search is noted once its words are typed to their end: when something else is looked at, or the desk is left.
        UserError where more looks wait than can be kept.
        """
        if self.desk.store.read_only:
            return
        seen = self._seen(body, case)
        if isinstance(body, Searched):
            if self._typed is not None and not _same_search(self._typed, seen):
                self._put(self._typed)
            self._typed = seen
            return
        if self._again(seen):
            return
        if self._typed is not None:
            self._put(self._typed)
            self._typed = None
        self._put(seen)
        self._last = seen

    def _again(self, seen: _Seen) -> bool:
        """Whether it is the look before once more; a timeline beside its case is one look at each."""
        last = self._last
        if last is None or (last.person, last.case) != (seen.person, seen.case):
            return False
        return last.body == seen.body or (isinstance(last.body, TimelineRead) and isinstance(seen.body, CaseViewed))

    def _seen(self, body: Look, case: CaseId | None) -> _Seen:
        clock = self.desk.clock
        return _Seen(body, case, clock.now(), clock.boot(), clock.monotonic(), self.desk.person.id, self.desk.signer)

    def _put(self, seen: _Seen) -> None:
        if len(self._waiting) >= MOST:
            self._write(patiently=True)
        self._waiting.append(seen)
        with suppress(UserError):  # it waits; `settle` says what is wrong where it still is
            self._write(patiently=False)

    def settle(self) -> None:
        """Makes every look that waits an event; UserError where that cannot be done, and they wait on."""
        if self._typed is not None:
            self._waiting.append(self._typed)
            self._typed = None
        self._write(patiently=True)

    def _write(self, *, patiently: bool) -> None:
        store = self.desk.store
        if not self._waiting or store.read_only or not store.idle:
            return
        with store.atomic() if patiently else store.briefly():
            for seen in self._waiting:
                store.ledger.append(
                    EventId(self.desk.new_id()), seen.at, seen.boot, seen.monotonic, seen.person, verb_of(seen.body), seen.case, seen.body,
                    seen.signer,
                )  # fmt: skip
        self._waiting.clear()


def _same_search(before: _Seen, now: _Seen) -> bool:
    """Whether somebody only went on typing: the same person at the same place, one text the beginning of the other."""
    one, other = before.body, now.body
    if not isinstance(one, Searched) or not isinstance(other, Searched) or (before.person, one.where) != (now.person, other.where):
        return False
    return one.words.startswith(other.words) or other.words.startswith(one.words)
