"""Workspaces from before the vault: read without a key, copied row by row into an encrypted file, compared, and overwritten."""

import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ur_desk.domain.people import AccountId, Role
from ur_desk.errors import UserError
from ur_desk.store import vault
from ur_desk.store.keyfile import KEYS

SCHEMA = 1
"""The only schema that was ever released without encryption."""
ROOM = ".encrypting"
OLD = f"{vault.DATABASE}.plain"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied and compared: tables, rows, and the last event with its seal."""

    tables: int
    rows: int
    events: int
    head: str


def room_for(folder: Path) -> Path:
    """An empty room in the folder for the encrypted copy; what an earlier try left there goes."""
    if not (folder / vault.DATABASE).is_file() or not vault.plain(folder):
        raise UserError(
            "There is no workspace from before the vault in that folder.", "It is encrypted already, or another folder is meant."
        )
    if others := list(vault.Presence(folder).others()):
        raise UserError(f"The workspace is open: {', '.join(others)}.", "Close it everywhere first. Nothing was changed.")
    room = folder / ROOM
    try:
        shutil.rmtree(room, ignore_errors=True)
        for left in (folder / KEYS, folder / OLD):
            left.unlink(missing_ok=True)
        room.mkdir(mode=0o700)
    except OSError as wrong:
        raise UserError(
            f"No copy can be made in that folder: {wrong.strerror or 'the system refuses it'}.", "Check the disk. Nothing was changed."
        ) from wrong
    return room


def copy_encrypted(folder: Path, room: Path, key: bytes, name: str) -> tuple[AccountId, Copied]:
    """Copies every row of the plain workspace into an encrypted database in the room, and compares them one by one.

    UserError where `name` is no administrator of it, or somebody has it open; the plain file is as it was then.
    """
    with _plainly(folder):
        connection = vault.driver().connect(str(folder / vault.DATABASE), isolation_level=None, timeout=vault.WAIT_SECONDS)
    try:
        with _plainly(folder):
            connection.execute("PRAGMA temp_store=MEMORY").fetchall()
            _check(connection)
            account = _administrator(connection, name)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                raise vault.Presence(folder).busy()
            connection.execute(f"ATTACH DATABASE ? AS vault KEY \"x'{key.hex()}'\"", [str(room / vault.DATABASE)])
            connection.execute("SELECT sqlcipher_export('vault')").fetchall()
            connection.execute(f"PRAGMA vault.user_version = {SCHEMA}")
            connection.execute(f"PRAGMA vault.application_id = {vault.APPLICATION_ID}")
            copied = _compared(connection)
            connection.execute("DETACH DATABASE vault")
        return account, copied
    finally:
        connection.close()


@contextmanager
def _plainly(folder: Path) -> Iterator[None]:
    """Turns the database's own errors into words."""
    try:
        yield
    except vault.errors() as wrong:
        if refused := vault.refusal(wrong, folder):
            raise refused from wrong
        raise


def _check(connection: Any) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != vault.APPLICATION_ID:
        raise UserError("The folder holds a database that is no workspace of this program.", "Nothing was changed.")
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
        raise UserError("The workspace is of a version that was never released without encryption.", "Nothing was changed.")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise UserError("The workspace's file is damaged.", "Restore a copy of it first. Nothing was changed.")


def _administrator(connection: Any, name: str) -> AccountId:
    for account, known, roles, retired in connection.execute("SELECT id, name, roles, retired FROM accounts").fetchall():
        if known.casefold() == name.strip().casefold() and not retired and Role.ADMINISTRATOR in json.loads(roles):
            return AccountId(account)
    raise UserError(
        f"{name} is no administrator of this workspace.",
        "Only its administrator encrypts it, under the name to sign in with. Nothing was changed.",
    )


def _compared(connection: Any) -> Copied:
    """Counts and compares every row of every table on both sides; what the searches are made of is among them."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        ).fetchall()
    ]
    rows = 0
    for name in names:
        before, after = (_digest(connection, side, name) for side in ("main", "vault"))
        if before != after:
            raise UserError(f"The encrypted copy is not what the workspace holds ({name}).", "Check the disk. Nothing was changed.")
        rows += before[0]
    number, seal = connection.execute("SELECT number, seal FROM vault.events ORDER BY number DESC LIMIT 1").fetchone() or (0, "")
    return Copied(len(names), rows, number, seal)


def _digest(connection: Any, side: str, table: str) -> tuple[int, str]:
    columns = [column for _, column, *_ in connection.execute(f"PRAGMA {side}.table_info({table})").fetchall()]
    listed = ", ".join(f'"{column}"' for column in columns)
    told, count = hashlib.sha256(), 0
    for row in connection.execute(f'SELECT {listed} FROM {side}."{table}" ORDER BY {listed}'):
        told.update(repr(row).encode())
        count += 1
    return count, told.hexdigest()


def put_in_place(folder: Path, room: Path) -> None:
    """Puts keys and encrypted database where the plain one lies, which is overwritten and removed last.

    At every moment the folder holds the whole workspace: as it was, or encrypted.
    """
    os.replace(room / KEYS, folder / KEYS)
    try:
        os.link(folder / vault.DATABASE, folder / OLD)
    except OSError:  # a file system without second names
        with (folder / vault.DATABASE).open("r+b") as old:
            os.replace(room / vault.DATABASE, folder / vault.DATABASE)
            _overwrite(old)
    else:
        os.replace(room / vault.DATABASE, folder / vault.DATABASE)
    shutil.rmtree(room, ignore_errors=True)
    remove_plain(folder)


def remove_plain(folder: Path) -> None:
    """Overwrites and removes what is left of the plain database. Nobody can promise that a disk which moves its blocks about (an SSD)
    keeps no older copy of one."""
    old = folder / OLD
    with suppress(OSError):
        if not stat.S_ISREG(old.lstat().st_mode) or not vault.is_plain(old) or vault.plain(folder):
            return  # nothing of what encrypting leaves: whoever may write to the folder laid it there
        with open(os.open(old, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)), "r+b") as file:
            if os.fstat(file.fileno()).st_nlink == 1:
                _overwrite(file)
        old.unlink()


def _overwrite(file: BinaryIO) -> None:
    left = file.seek(0, os.SEEK_END)
    file.seek(0)
    while left > 0:
        left -= file.write(secrets.token_bytes(min(left, _PIECE)))
    file.flush()
    os.fsync(file.fileno())
