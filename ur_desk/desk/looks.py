"""Who looked: noted without holding a reader up, a typed search once, an opened case once."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.access import AccessBody, CaseViewed, FileCameIn, Look, Searched, TimelineRead, Where, verb_of
from ur_desk.domain.guard.vault import Signer
from ur_desk.domain.people import AccountId
from ur_desk.errors import HalfCharacter, UserError

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
    signer: Signer | None
    """None once the desk was locked, which keeps no key: the person signs when they are back."""


class Looks:
    """Keeps what somebody looked at until it is an event; belongs to one desk."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._waiting: list[_Seen] = []
        self._typed: _Seen | None = None
        self._erasing = False
        self._searched: _Seen | None = None
        self._there: tuple[AccountId, CaseId | None] | None = None
        self._looked: frozenset[AccessBody] = frozenset()

    @property
    def waiting(self) -> int:
        """How many looks are no event yet."""
        return len(self._waiting) + (self._typed is not None)

    def note(self, body: Look, case: CaseId | None = None) -> None:
        """Notes a look, at once where nobody holds the workspace, else with the next event; drawn anew, it is the same look.

        A search is noted once its words are typed to their end: when they are erased or others are typed, something else is looked
        at or done, or the desk is left. No words end the search. UserError where more looks wait than can be kept.
        """
        if self.desk.store.read_only:
            return
        seen = self._seen(body, case)
        if isinstance(body, Searched):
            self._search(seen, body)
            return
        if not self._again(seen):
            self.keep(body, case)
            before = self._looked if case is not None and self._there == (seen.person, case) else frozenset()
            self._there, self._looked = (seen.person, case), before | {body}

    def keep(self, body: Look | FileCameIn, case: CaseId | None = None) -> None:
        """Notes what is an event each time, at once where nobody holds the workspace, else with the next event.

        UserError where more wait than can be kept.
        """
        if self.desk.store.read_only:
            return
        seen = self._seen(body, case)
        self._end_search()
        self._put(seen)

    def _search(self, seen: _Seen, search: Searched) -> None:
        """Words that grow are one search; those from which somebody began to erase are one of their own, since they were seen."""
        if not search.words:
            self._end_search()
            self._searched = None
            return
        before = self._typed_in(search.where, seen.person)
        grown = before is not None and search.words.startswith(before)
        erased = before is not None and not grown and before.startswith(search.words)
        if not grown and not (erased and self._erasing):
            self._end_search()
        if not grown and not erased and self._same_as_noted(seen):
            return
        self._typed, self._erasing = seen, erased

    def _typed_in(self, where: Where, person: AccountId) -> str | None:
        """What this person has typed there so far; None where they typed nothing, or somewhere else."""
        typed = self._typed
        if typed is None or typed.person != person or not isinstance(typed.body, Searched) or typed.body.where is not where:
            return None
        return typed.body.words

    def _same_as_noted(self, seen: _Seen) -> bool:
        """Whether the list was only drawn anew with the words that stand there still."""
        noted = self._searched
        if noted is None or noted.person != seen.person:
            return False
        return isinstance(noted.body, Searched) and isinstance(seen.body, Searched) and _words(noted.body) == _words(seen.body)

    def _end_search(self) -> None:
        if self._typed is not None:
            typed, self._typed, self._searched = self._typed, None, self._typed
            self._put(typed)

    def _again(self, seen: _Seen) -> bool:
        """Whether it was looked at since its case was opened, or is the look before once more where it is of no case; a timeline
        beside its case is one look at each."""
        if self._there != (seen.person, seen.case):
            return False
        return seen.body in self._looked or (isinstance(seen.body, CaseViewed) and TimelineRead() in self._looked)

    def _seen(self, body: Look | FileCameIn, case: CaseId | None) -> _Seen:
        clock = self.desk.clock
        return _Seen(body, case, clock.now(), clock.boot(), clock.monotonic(), self.desk.person.id, self.desk.signer)

    def _put(self, seen: _Seen) -> None:
        if len(self._waiting) >= MOST:
            self._write(patiently=True)
        self._waiting.append(seen)
        with suppress(UserError):  # it waits; `settle` says what is wrong where it still is
            self._write(patiently=False)

    def settle(self, *, patiently: bool = True) -> None:
        """Makes every look that waits an event; UserError where that cannot be done, and they wait on.

        `patiently` waits for another program's turn as long as a step would.
        """
        self._lay_typed()
        self._write(patiently=patiently)

    def _lay_typed(self) -> None:
        if self._typed is not None:
            self._waiting.append(self._typed)
            self._typed, self._searched = None, self._typed

    def let_go(self) -> None:
        """Keeps no key of anybody: what waits on is signed by whoever looked, once they have unlocked the desk."""
        self._lay_typed()
        self._searched = self._there = None
        self._waiting = [replace(seen, signer=None) for seen in self._waiting]

    def _write(self, *, patiently: bool) -> None:
        """One by one: a look that cannot be told at all rises as the bug that it is, and keeps no other one back."""
        store = self.desk.store
        while self._waiting and not store.read_only and store.idle:
            seen = self._waiting.pop(0)
            try:
                with store.atomic() if patiently else store.briefly():
                    self._append(seen)
            except HalfCharacter as wrong:
                raise RuntimeError("what somebody typed is noted without half characters") from wrong
            except UserError:
                self._waiting.insert(0, seen)
                raise

    def _append(self, seen: _Seen) -> None:
        self.desk.store.ledger.append(
            EventId(self.desk.new_id()), seen.at, seen.boot, seen.monotonic, seen.person, verb_of(seen.body), seen.case, seen.body,
            seen.signer or self.desk.signer,
        )  # fmt: skip


def _words(search: Searched) -> tuple[Where, str]:
    return search.where, search.words
