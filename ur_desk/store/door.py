"""The door of the store: every statement goes through it, and no error of the database passes it."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ur_desk.errors import Damaged, HalfCharacter, UserError
from ur_desk.store import vault


class Rows:
    """The answer to a statement, read row by row."""

    def __init__(self, cursor: Any, door: "Door") -> None:
        self._cursor = cursor
        self._door = door

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column[0] for column in self._cursor.description)

    def fetchone(self) -> Any:
        """The next row; None behind the last."""
        with self._door.plainly():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        with self._door.plainly():
            return list(self._cursor.fetchall())

    def __iter__(self) -> Iterator[Any]:
        """The rows that are left, one at a time."""
        while (row := self.fetchone()) is not None:
            yield row


class Door:
    """Puts statements to the database in a folder; what goes wrong there comes back in plain words, or as a bug of ours.

    A connection that met a page which does not hold answers nothing any more: `anew` gives one for reading only in its place.
    """

    def __init__(self, db: Any, folder: Path, anew: Callable[[], Any]) -> None:
        self._db = db
        self._folder = folder
        self._anew = anew
        self._stuck = self._closed = False
        self.damaged = False
        """Whether the database said that a page of it does not hold."""

    def execute(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Rows:
        """Runs a statement; Busy where another program holds the workspace, UserError where its file fails or it is closed."""
        if self._closed:
            raise UserError("The workspace is locked.", "Unlock it and try again. Nothing of this step was saved.")
        with self.plainly():
            if self._stuck:
                self._db, self._stuck = self._anew(), False
            return Rows(self._db.execute(statement, dict(values) if isinstance(values, Mapping) else list(values)), self)

    def close(self) -> None:
        """Closes the connection: nothing goes through any more."""
        self._closed = True
        self._db.close()

    def waits(self) -> None:
        """Its connection was closed: whoever asks before there is another one reads only."""
        self._stuck = True

    def goes_on_with(self, db: Any) -> None:
        """Another connection takes the place of the one before, which is closed."""
        self._db, self._stuck = db, False

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return not self._stuck and bool(self._db.conn.in_transaction)

    @contextlib.contextmanager
    def plainly(self) -> Iterator[None]:
        """Turns the database's own errors into words; RuntimeError where a statement of ours was wrong."""
        try:
            yield
        except UnicodeEncodeError:
            raise HalfCharacter from None
        except vault.errors() as wrong:
            refused = vault.refusal(wrong, self._folder)
            if isinstance(refused, Damaged):
                self.damaged = self._stuck = True
                self._db.close()
            raise refused or RuntimeError("the workspace's file refused a statement of this program") from wrong
