"""The one place where a workspace's database is opened, with its data key; it is never opened without one."""

import contextlib
import os
import re
import secrets
import sqlite3
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from ur_desk.errors import BeforeVault, Busy, Damaged, UserError
from ur_desk.store import places
from ur_desk.store.keyfile import KEYS, KeyFile
from ur_desk.store.whole import is_left, replace_whole

DATABASE = "desk.db"
UNFINISHED = frozenset({DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS, f"{KEYS}.new", "in-use"})
"""What a set-up that was cut off leaves."""
APPLICATION_ID = 0x55524445  # "URDE"
LEAST_BYTES = 4096
"""A database that holds anything has one page at least."""
RESTORING = ".restoring-"
_PLAIN = b"SQLite format 3\0"
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


def connect(folder: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A sqlite-utils database over a connection with foreign keys on, write-ahead log and full durability.

    `key` is the raw data key of 32 bytes (SQLCipher 4: AES-256-CBC with HMAC-SHA512 for every page). `read_only` opens a file that
    may not be written to, with whatever its log holds where that can be read.
    UserError where the file is damaged, is no workspace, has another key, or cannot be opened.
    """
    dbapi = driver()
    from sqlite_utils import Database

    with contextlib.ExitStack() as opening:
        try:
            connection = dbapi.connect(_address(folder, read_only), isolation_level=None, timeout=WAIT_SECONDS, uri=read_only)
            opening.callback(connection.close)
            connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"").fetchall()
            for pragma in (*(_READING if read_only else _WRITING), "foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            known = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        except errors() as wrong:
            if refused := refusal(wrong, folder):
                raise refused from wrong
            raise
        if tables and known != APPLICATION_ID:
            raise UserError(
                "The folder holds a database that is no workspace of this program.", "Choose another folder. Nothing was changed."
            )
        opening.pop_all()
    return Database(connection, strict=True, execute_plugins=False)


_WRITING = ("journal_mode=WAL", "synchronous=FULL")
_READING = ("query_only=ON",)


def _address(folder: Path, read_only: bool) -> str:
    """The database by path, or by an address that asks for reading only; a file without a log is then read without leaving a mark."""
    if not read_only:
        return str(folder / DATABASE)
    log = folder / f"{DATABASE}-wal"
    bare = not log.exists() or log.stat().st_size == 0
    return f"{(folder / DATABASE).resolve().as_uri()}?mode=ro{'&immutable=1' if bare else ''}"


class _Trouble(StrEnum):
    """What can befall a workspace's file through no fault of the program."""

    BUSY = "busy"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    CLOSED = "closed"
    FULL = "full"
    DISK = "disk"


# the primary result codes of SQLite that a person or the world can mend (sqlite.org/rescode.html)
_TROUBLES = {
    3: _Trouble.CLOSED,
    5: _Trouble.BUSY,
    6: _Trouble.BUSY,
    8: _Trouble.READ_ONLY,
    10: _Trouble.DISK,
    11: _Trouble.DAMAGED,
    13: _Trouble.FULL,
    14: _Trouble.CLOSED,
    23: _Trouble.CLOSED,
    26: _Trouble.DAMAGED,
}
_KEPT = "Nothing of this step was saved, and nothing before it was lost."


def refusal(wrong: BaseException, folder: Path) -> UserError | None:
    """An error of the database in plain words; None where it is no trouble of the file, but a bug of this program.

    `Busy` where somebody else holds the workspace; only what SQLite itself calls damaged is called so.
    """
    code = getattr(wrong, "sqlite_errorcode", None)
    trouble = None if code is None else _TROUBLES.get(code & 0xFF)
    if trouble is _Trouble.CLOSED and not os.access(folder, os.W_OK):
        trouble = _Trouble.READ_ONLY
    match trouble:
        case None:
            return None
        case _Trouble.BUSY:
            return Presence(folder).busy()
        case _Trouble.DAMAGED:
            return damaged(folder / DATABASE)
        case _Trouble.READ_ONLY:
            return UserError(
                f"The workspace in {folder.name} is read-only: you may not write to its folder or its file.",
                f"Ask for the right to write there; until then it opens for reading only. {_KEPT}",
            )
        case _Trouble.CLOSED:
            return UserError("The workspace's file cannot be opened.", f"Check the rights to {folder.name} and what lies in it. {_KEPT}")
        case _Trouble.FULL:
            return UserError("The workspace cannot be written to: the disk is full.", f"Free some space. {_KEPT}")
        case _Trouble.DISK:
            return UserError(
                "The disk or network drive of the workspace does not answer as it should.", f"Check it, and try again. {_KEPT}"
            )


def damaged(path: Path) -> Damaged:
    """What to say of a file that does not read as a workspace."""
    from ur_desk.store.rescue import damage

    return damage("The workspace's file is damaged, or is no workspace.", path.parent)


def check_folder(folder: Path) -> bool:
    """Whether the folder holds a workspace; False where it is empty or missing beside an existing parent, so that one may begin.

    UserError for a folder with other things in it, and for one that cannot be reached or made.
    """
    try:
        return _holds_workspace(folder)
    except OSError as wrong:
        raise UserError(
            f"The workspace's folder cannot be reached: {wrong.strerror or 'the system refuses it'}.",
            "Check the path and your rights to it. Nothing was made.",
        ) from wrong


def _holds_workspace(folder: Path) -> bool:
    if not folder.exists():
        _cut_off(folder)
        if not folder.parent.is_dir():
            raise UserError(
                "The workspace's folder does not exist, and neither does the one around it.", "Check the path. Nothing was made."
            )
        if not os.access(folder.parent, os.W_OK | os.X_OK):
            raise UserError(
                "You may not make a folder for the workspace there.", "Name another place, or ask for the right. Nothing was made."
            )
        return False
    if not folder.is_dir():
        raise UserError("The workspace's path is a file.", "Name a folder. Nothing was changed.")
    if _both_there(folder):
        return True
    if any(file.name not in UNFINISHED and not is_left(file, folder / KEYS) for file in folder.iterdir()):
        raise UserError("The folder holds other things and no workspace.", "Choose an empty folder. Nothing was changed.")
    return False


def _both_there(folder: Path) -> bool:
    """Whether database and keys lie there; False where neither does, or only what a set-up left that was cut off. Damaged for one alone."""
    from ur_desk.store.rescue import damage

    keys, database = KeyFile(folder), folder / DATABASE
    if keys.exists:
        try:
            complete = keys.read().complete
        except Damaged as wrong:
            raise damage(wrong.message, folder) from wrong
        if complete and not database.is_file():
            raise damage("The workspace's database is missing; its keys are there.", folder)
        if complete and database.stat().st_size < LEAST_BYTES:
            raise damage("The workspace's database is empty; its keys are there.", folder)
        if complete and plain(folder):
            raise from_before("Encrypting this workspace was cut off; what it held is all there, not encrypted.")
        return complete
    if not database.is_file():
        return False
    if plain(folder):
        raise from_before("This workspace is from before the vault: it is not encrypted.")
    raise damage(f"The workspace's file of keys, {KEYS}, is missing; its database is there, and opens with nothing else.", folder)


def from_before(message: str) -> BeforeVault:
    """A refusal of a workspace that is not encrypted, with the way out."""
    return BeforeVault(message, "Its administrator encrypts it: ur-desk --user NAME encrypt. Nothing was changed.")


def plain(folder: Path) -> bool:
    """Whether the folder holds a database that is not encrypted, as every workspace was before the vault."""
    return is_plain(folder / DATABASE)


def is_plain(path: Path) -> bool:
    """Whether a file begins as a database that is not encrypted does."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN


def _cut_off(folder: Path) -> None:
    """Damaged where a restore was cut off between taking the old folder away and putting the new one there."""
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    if found := sorted(path for path in beside if path.name.startswith(f"{folder.name}{RESTORING}")):
        raise Damaged(
            "A restore into this folder was cut off. What was restored, and what was there before, both lie beside it.",
            f"Run the restore again, or give {found[0].name} the name {folder.name}. Nothing was changed.",
        )


def set_unfinished_aside(folder: Path, who: str) -> None:
    """Lays what a set-up that was cut off left into a folder beside, and destroys none of it: the file of keys, which says that nothing
    was complete, can be written by anybody. Busy where another set-up is at it just now."""
    presence = Presence(folder)
    presence.say(who)
    if any(presence.others()):
        presence.leave()
        raise presence.busy()
    left = [file for file in folder.iterdir() if file.name in UNFINISHED and file.is_file()]
    if not left:
        return
    aside = folder.with_name(f"{folder.name}-unfinished-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(2)}")
    aside.mkdir(mode=0o700)
    for file in left:
        os.replace(file, aside / file.name)


_NUMBER = re.compile("[0-9]{1,20}")


class Presence:
    """Tells other programs who has the workspace open, so that a writer who waits too long can say whom it waits for."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "in-use" / f"{os.getpid()}"

    def say(self, who: str) -> None:
        """Leaves a note with this process's number; `who` is a sign-in name, no patient data."""
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            replace_whole(self._file, f"{who}\n{places.began(os.getpid())}".encode())

    def leave(self) -> None:
        """Takes the note away."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def others(self) -> Iterator[str]:
        """Who else has it open: name and process number, living processes only."""
        with contextlib.suppress(OSError):
            for note in sorted(self._file.parent.iterdir()):
                if note == self._file or not _NUMBER.fullmatch(note.name) or not places.lives(int(note.name)):
                    continue
                who, _, began = note.read_text(encoding="utf-8", errors="replace").partition("\n")
                # a note that does not tell what the system can is none of this program's
                if began == places.began(int(note.name)):
                    yield f"{who} (process {note.name})"

    def busy(self) -> Busy:
        """What to say after waiting in vain."""
        holders = ", ".join(self.others()) or "another program"
        return Busy(f"The workspace is held by {holders}.", f"It was waited for {WAIT_SECONDS} seconds. Nothing was saved; try again.")
