"""Bytes under their own sha256, in pieces, written before the row that names them."""

import hashlib

from ur_desk.domain.policy import Sha256
from ur_desk.store.door import Door

PIECE = 1 << 20


class Blobs:
    """Letters, files as received, texts, readings, reports and rules, each kept once and for good."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def keep(self, data: bytes) -> Sha256:
        """Keeps the bytes inside the open transaction and gives their sha256; a second time changes nothing."""
        name = Sha256(hashlib.sha256(data).hexdigest())
        if self._db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", [name]).fetchone() is None:
            self._db.execute("INSERT INTO blobs (sha256, size) VALUES (?, ?)", [name, len(data)])
            for piece, start in enumerate(range(0, max(len(data), 1), PIECE)):
                self._db.execute(
                    "INSERT INTO blob_pieces (sha256, piece, data) VALUES (?, ?, ?)", [name, piece, data[start : start + PIECE]]
                )
        return name

    def holds(self, name: Sha256) -> bool:
        """Whether bytes are kept under the name."""
        return self._db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", [name]).fetchone() is not None

    def get(self, name: Sha256) -> bytes:
        """The bytes; KeyError where none are kept under the name, ValueError where they are not what the name says."""
        pieces = self._db.execute("SELECT data FROM blob_pieces WHERE sha256 = ? ORDER BY piece", [name]).fetchall()
        if not pieces:
            raise KeyError(name)
        data = b"".join(p[0] for p in pieces)
        if hashlib.sha256(data).hexdigest() != name:
            raise ValueError(f"the bytes kept under {name[:12]} were changed")
        return data

    def damaged(self) -> tuple[Sha256, ...]:
        """The names under which other bytes lie than were kept, or fewer, or pieces of nothing."""
        names = self._db.execute("SELECT sha256, size FROM blobs ORDER BY sha256").fetchall()
        strays = self._db.execute("SELECT DISTINCT sha256 FROM blob_pieces WHERE sha256 NOT IN (SELECT sha256 FROM blobs)").fetchall()
        return tuple(name for name, size in names if not self._whole(name, size)) + tuple(name for (name,) in strays)

    def names(self) -> frozenset[Sha256]:
        """Every name under which something is kept."""
        return frozenset(Sha256(name) for (name,) in self._db.execute("SELECT sha256 FROM blobs").fetchall())

    def _whole(self, name: str, size: int) -> bool:
        told, length, place = hashlib.sha256(), 0, -1
        pieces = self._db.execute("SELECT piece, data FROM blob_pieces WHERE sha256 = ? ORDER BY piece", [name])
        for place, (piece, data) in enumerate(pieces):
            if piece != place:
                return False
            told.update(data)
            length += len(data)
        return place >= 0 and length == size and told.hexdigest() == name
