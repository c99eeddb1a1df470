"""Files that were read at the door and wait for a person: no records, since nobody has decided about them yet."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.store.door import Door

_COLUMNS = "id, run, place, account, at, path, sha256, told, saved, receipt, seen"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that came in: which run, its place in it, who brought it, when, where it lay, the hash of its bytes, what was read, and when
    it was saved where it lay.

    `receipt` is what somebody said of when it was received; `seen` are the places of the requests in it that are here already, which
    somebody looked at.
    """

    id: str
    run: str
    place: int
    account: AccountId
    at: datetime
    path: str
    sha256: Sha256
    told: bytes
    saved: datetime | None = None
    receipt: bytes | None = None
    seen: frozenset[int] = frozenset()


class Arrivals:
    """Keeps files with what was read of them until they are put away."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def keep(self, file: Waiting, data: bytes) -> None:
        """Keeps a file with its bytes, inside the open transaction."""
        saved = file.saved.isoformat() if file.saved else None
        row = [
            file.id, file.run, file.place, file.account, file.at.isoformat(), file.path, file.sha256, file.told, saved, file.receipt,
            json.dumps(sorted(file.seen)), data,
        ]  # fmt: skip
        self._db.execute(f"INSERT INTO arrivals ({_COLUMNS}, data) VALUES ({', '.join('?' * 12)})", row)

    def read_anew(self, file: str, told: bytes) -> None:
        """Keeps what was read of a file in the place of what had been, inside the open transaction."""
        self._db.execute("UPDATE arrivals SET told = ?, seen = '[]' WHERE id = ?", [told, file])

    def receive(self, file: str, receipt: bytes) -> None:
        """Keeps what somebody says of when a file was received, inside the open transaction."""
        self._db.execute("UPDATE arrivals SET receipt = ? WHERE id = ?", [receipt, file])

    def look_at(self, file: str, place: int) -> None:
        """Keeps that somebody looked at a request of a file that is here already, inside the open transaction."""
        seen = self.file(file)
        if seen is not None:
            self._db.execute("UPDATE arrivals SET seen = ? WHERE id = ?", [json.dumps(sorted({*seen.seen, place})), file])

    def file(self, file: str) -> Waiting | None:
        """A file with what is kept of it; None where it was put away."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM arrivals WHERE id = ?", [file]).fetchone()
        return _waiting(row) if row else None

    def said(self) -> dict[str, tuple[bytes | None, frozenset[int]]]:
        """What was said of each file since it was read: its receipt, and which of its requests were looked at."""
        rows = self._db.execute("SELECT id, receipt, seen FROM arrivals").fetchall()
        return {file: (_bytes(receipt), frozenset(json.loads(seen))) for file, receipt, seen in rows}

    def runs(self) -> tuple[str, ...]:
        """Every run of which files are kept, the newest first."""
        rows = self._db.execute("SELECT run FROM arrivals GROUP BY run ORDER BY max(at) DESC, run").fetchall()
        return tuple(run for (run,) in rows)

    def of(self, run: str) -> Iterator[Waiting]:
        """The files of a run in order."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM arrivals WHERE run = ? ORDER BY place", [run])
        return (_waiting(row) for row in rows)

    def data(self, file: str) -> bytes | None:
        """The bytes of a file as received; None where it was put away."""
        row = self._db.execute("SELECT data FROM arrivals WHERE id = ?", [file]).fetchone()
        return bytes(row[0]) if row else None

    def holds(self, sha256: Sha256) -> bool:
        """Whether a file with these bytes is kept."""
        return self._db.execute("SELECT 1 FROM arrivals WHERE sha256 = ?", [sha256]).fetchone() is not None

    def drop_file(self, file: str) -> None:
        """Takes one file out of its run, inside the open transaction."""
        self._db.execute("DELETE FROM arrivals WHERE id = ?", [file])

    def drop(self, run: str) -> None:
        """Puts a run away, inside the open transaction."""
        self._db.execute("DELETE FROM arrivals WHERE run = ?", [run])


def _waiting(row: Any) -> Waiting:
    file, run, place, account, at, path, sha256, told, saved, receipt, seen = row
    return Waiting(
        file, run, place, AccountId(account), datetime.fromisoformat(at), path, Sha256(sha256), bytes(told),
        datetime.fromisoformat(saved) if saved else None, _bytes(receipt), frozenset(json.loads(seen)),
    )  # fmt: skip


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
