"""The one place where contents are removed: what two people agreed on, in one transaction, with the guards put back before it ends."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.policy import Sha256
from ur_desk.store.door import Door

_GUARDS = ("bodies_no_delete", "blobs_no_delete", "blob_pieces_no_delete")
_OF_CASE = ("case_codes", "case_search", "letters", "paper_names", "papers", "drafts")


class Purge:
    """Removes the contents of cases; the heads of their events stay for ever."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def contents(self, case: CaseId) -> tuple[tuple[EventId, str], ...]:
        """Every event of the case of which the content lies there, with the hash that its head keeps of it."""
        rows = self._door.execute(
            "SELECT e.id, e.body FROM events e JOIN bodies b ON b.event = e.id WHERE e.case_id = ? ORDER BY e.number", [case]
        ).fetchall()
        return tuple((EventId(event), body) for event, body in rows)

    def remove(self, cases: Sequence[CaseId], events: Sequence[EventId], files: Collection[Sha256]) -> None:
        """Removes rows, searches, drafts, contents and kept files inside the open transaction."""
        for case in cases:
            for table in _OF_CASE:
                self._door.execute(f"DELETE FROM {table} WHERE case_id = ?", [case])
            self._door.execute("DELETE FROM cases WHERE id = ?", [case])
        with self._unguarded():
            for event in events:
                self._door.execute("DELETE FROM bodies WHERE event = ?", [event])
            for name in sorted(files):
                self._door.execute("DELETE FROM arrivals WHERE sha256 = ?", [name])
                self._door.execute("DELETE FROM blob_pieces WHERE sha256 = ?", [name])
                self._door.execute("DELETE FROM blobs WHERE sha256 = ?", [name])
        # words of what is gone stay in the index until it is written anew
        self._door.execute("INSERT INTO case_search (case_search) VALUES ('rebuild')")

    @contextmanager
    def _unguarded(self) -> Iterator[None]:
        """Takes the guards of the three tables away and puts the very same ones back; the transaction ends with them or not at all."""
        guards = [
            self._door.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name]).fetchone()[0]
            for name in _GUARDS
        ]
        for name in _GUARDS:
            self._door.execute(f"DROP TRIGGER {name}")
        yield
        for guard in guards:
            self._door.execute(guard)
