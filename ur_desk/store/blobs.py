"""Bytes under their own sha256, in pieces, written before the row that names them."""

import hashlib
from typing import Any

from ur_desk.domain.policy import Sha256

PIECE = 1 << 20


class Blobs:
    """Letters, files as received, texts, readings, reports and rules, each kept once and for good."""

    def __init__(self, db: Any) -> None:
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
        """The names under which other bytes lie than were kept, or fewer."""
        names = [r[0] for r in self._db.execute("SELECT sha256 FROM blobs ORDER BY sha256").fetchall()]
        return tuple(name for name in names if not self._whole(name))

    def _whole(self, name: Sha256) -> bool:
        try:
            self.get(name)
        except (KeyError, ValueError):
            return False
        return True
