"""The one place where a workspace's database is opened; keys and passwords come in here."""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ur_desk.errors import Busy, UserError

DATABASE = "desk.db"
APPLICATION_ID = 0x55524445  # "URDE"
WAIT_SECONDS = 10


def driver() -> Any:
    """The database driver, known to sqlite-utils under the name that it looks for; called before sqlite-utils is imported."""
    import sqlcipher3

    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
    return sqlcipher3.dbapi2


def errors() -> tuple[type[Exception], ...]:
    """Every error class that the database may raise; the driver's are not those of the standard library."""
    return (driver().Error, sqlite3.Error)


def connect(folder: Path) -> Any:
    """A sqlite-utils database over a connection with foreign keys on, write-ahead log and full durability.

    UserError where the file is damaged, is no workspace, or cannot be opened.
    """
    dbapi = driver()
    from sqlite_utils import Database

    path = folder / DATABASE
    try:
        connection = dbapi.connect(str(path), isolation_level=None, timeout=WAIT_SECONDS)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        known = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except errors() as wrong:
        raise damaged(path) from wrong
    if tables and known != APPLICATION_ID:
        connection.close()
        raise UserError("The folder holds a database that is no workspace of this program.", "Choose another folder. Nothing was changed.")
    return Database(connection, strict=True, execute_plugins=False)


def damaged(path: Path) -> UserError:
    """What to say of a file that does not read as a workspace."""
    return UserError(
        "The workspace's file is damaged, or is no workspace.",
        f"Nothing was changed in {path.parent.name}. Restore a backup into another folder, or choose another folder.",
    )


def check_folder(folder: Path) -> bool:
    """Whether the folder holds a workspace; False where it is empty or missing beside an existing parent, so that one may begin.

    UserError for a folder with other things in it, and for one that cannot be reached.
    """
    if not folder.exists():
        if not folder.parent.is_dir():
            raise UserError(
                "The workspace's folder does not exist, and neither does the one around it.", "Check the path. Nothing was made."
            )
        return False
    if not folder.is_dir():
        raise UserError("The workspace's path is a file.", "Name a folder. Nothing was changed.")
    if (folder / DATABASE).is_file():
        return True
    if any(folder.iterdir()):
        raise UserError("The folder holds other things and no workspace.", "Choose an empty folder. Nothing was changed.")
    return False


class Presence:
    """Tells other programs who has the workspace open, so that a writer who waits too long can say whom it waits for."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "in-use" / f"{os.getpid()}"

    def say(self, who: str) -> None:
        """Leaves a note with this process's number; `who` is a sign-in name, no patient data."""
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            self._file.write_text(who, encoding="utf-8")

    def leave(self) -> None:
        """Takes the note away."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def others(self) -> Iterator[str]:
        """Who else has it open: name and process number, living processes only."""
        with contextlib.suppress(OSError):
            for note in sorted(self._file.parent.iterdir()):
                if note != self._file and note.name.isdigit() and _lives(int(note.name)):
                    yield f"{note.read_text(encoding='utf-8')} (process {note.name})"

    def busy(self) -> Busy:
        """What to say after waiting in vain."""
        holders = ", ".join(self.others()) or "another program"
        return Busy(f"The workspace is held by {holders}.", f"It was waited for {WAIT_SECONDS} seconds. Nothing was saved; try again.")


def _lives(pid: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
