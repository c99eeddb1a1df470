"""Files that were read at the door and wait for a person: no records, since nobody has decided about them yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.store.door import Door

_COLUMNS = "id, run, place, account, at, path, sha256, told"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that came in: which run, its place in it, who brought it, when, where it lay, the hash of its bytes, and what was read."""

    id: str
    run: str
    place: int
    account: AccountId
    at: datetime
    path: str
    sha256: Sha256
    told: bytes


class Arrivals:
    """Keeps files with what was read of them until they are put away."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def keep(self, file: Waiting, data: bytes) -> None:
        """Keeps a file with its bytes, inside the open transaction."""
        row = [file.id, file.run, file.place, file.account, file.at.isoformat(), file.path, file.sha256, file.told, data]
        self._db.execute(f"INSERT INTO arrivals ({_COLUMNS}, data) VALUES ({', '.join('?' * 9)})", row)

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
    file, run, place, account, at, path, sha256, told = row
    return Waiting(file, run, place, AccountId(account), datetime.fromisoformat(at), path, Sha256(sha256), bytes(told))
