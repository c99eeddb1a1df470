"""A backup: one file with the encrypted database, its keys and what it says of itself; it counts once it was opened and looked through."""

import hashlib
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from ur_desk.domain.guard.vault import KeyRing
from ur_desk.domain.trail.keeping import About, to_keep
from ur_desk.errors import Damaged, UserError
from ur_desk.records.keeping import about_bytes, about_from
from ur_desk.records.keys import keyring_from
from ur_desk.store import places, vault
from ur_desk.store.keyfile import KEYS, KeyFile
from ur_desk.store.whole import copy_whole, move_whole, replace_whole

FOLDER = "backups"
ABOUT = "about.json"
SUFFIX = ".urbackup"
CHECKING = ".checking-"
_NAME = re.compile(r"ur-desk-(?P<workspace>[0-9a-z]{8})-(?P<at>[0-9]{8}-[0-9]{6})\.urbackup")
_AT = "%Y%m%d-%H%M%S"
_PARTS = {ABOUT, KEYS, vault.DATABASE}
_MOST_ABOUT, _MOST_KEYS = 1 << 16, 1 << 24


@dataclass(frozen=True, slots=True)
class Found:
    """A backup file that the program made by itself: where it lies, and when it was made (to the second)."""

    path: Path
    at: datetime


def name_of(workspace: str, at: datetime) -> str:
    """The name of an automatic backup; it tells neither people nor cases."""
    return f"ur-desk-{_short(workspace)}-{at.astimezone(UTC).strftime(_AT)}{SUFFIX}"


def _short(workspace: str) -> str:
    return hashlib.sha256(workspace.encode()).hexdigest()[:8]


def write_backup(
    target: Path, copy: Callable[[Path], None], folder: Path, key: bytes, opens: Callable[[KeyRing], bool], now: datetime, program: str
) -> tuple[About, str]:
    """Makes a backup of the workspace in `folder` at a path where nothing lies yet; gives what it says of itself, and its sha256.

    `copy` writes the encrypted database to a path; `opens` says whether whoever makes the backup could open it with such keys. The file is written beside its place, opened with `key`, looked through page
    by page, and moved only then. UserError where it cannot be written or does not hold; nothing lies at the path then.
    """
    if target.exists():
        raise UserError(f"{target.name} exists already.", "Name another file: a backup never overwrites anything. Nothing was written.")
    # what is opened lies on this machine's disk; beside the target lies only what is moved to it
    near = folder if places.may_write(folder) else target.parent
    with _room_in(target.parent) as beside, _room_in(near) as room:
        whole = room / "whole"
        whole.mkdir()
        keys = _steady_copy(copy, whole, folder)
        if not opens(keyring_from(keys)):
            raise UserError(
                "The file of keys is not what it was when you signed in: a backup with it would open with no passphrase of yours.",
                "Tell your administrator, and keep the older backups. None was made.",
            )
        events, head, schema = looked_through(whole, key)
        about = About(schema, now, events, head, program, _sha256(whole / vault.DATABASE), hashlib.sha256(keys).hexdigest())
        packed = beside / "packed"
        _pack(packed, about, keys, whole / vault.DATABASE)
        (whole / vault.DATABASE).unlink()
        opened = room / "opened"
        opened.mkdir()
        if unpack(packed, opened) != about or looked_through(opened, key)[:2] != (events, head):
            raise UserError("The backup does not hold what the workspace holds.", "Check the disk it was written to. It was removed again.")
        told = _sha256(packed)
        move_whole(packed, target)
    return about, told


def _steady_copy(copy: Callable[[Path], None], whole: Path, folder: Path) -> bytes:
    """The database copied between two looks at the same keys; whoever changes keys meanwhile lets it be copied anew."""
    keys = KeyFile(folder)
    for _ in range(3):
        before = keys.path.read_bytes()
        (whole / vault.DATABASE).unlink(missing_ok=True)
        copy(whole / vault.DATABASE)
        if keys.path.read_bytes() == before:
            replace_whole(whole / KEYS, before)
            return before
    raise UserError("The keys changed while the backup was made.", "Make it again. Nothing was written.")


def looked_through(folder: Path, key: bytes) -> tuple[int, str, int]:
    """Number and seal of the last event of a copy, and its schema, after every page was read; Damaged where one does not hold."""
    db = vault.connect(folder, key, read_only=True)
    try:
        wrong = db.execute("PRAGMA cipher_integrity_check").fetchall()
        if wrong or db.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise Damaged("A page of the database does not hold.", "Nothing was changed.")
        last = db.execute("SELECT number, seal FROM events ORDER BY number DESC LIMIT 1").fetchone() or (0, "")
        return last[0], last[1], db.execute("PRAGMA user_version").fetchone()[0]
    except vault.errors() as wrong_page:
        raise Damaged("A page of the database does not hold.", "Nothing was changed.") from wrong_page
    finally:
        db.close()


def read_about(file: Path) -> About:
    """What a backup says of itself; UserError where the file is none."""
    with _opened(file) as whole:
        return _about(whole)


def read_inside(file: Path) -> tuple[About, KeyRing]:
    """What a backup says of itself, and its keys, which open nothing without a passphrase; UserError where the file is none."""
    with _opened(file) as whole:
        about = _about(whole)
        if whole.getinfo(KEYS).file_size > _MOST_KEYS:
            raise UserError("The file is no backup of this program.", "Name another one. Nothing was changed.")
        return about, keyring_from(whole.read(KEYS))


def unpack(file: Path, folder: Path, told_of: Callable[[int], object] = lambda _percent: None) -> About:
    """Lays the database and the keys of a backup into an empty folder; UserError where what lies in it is not what it says.

    `told_of` hears, in percent, how much of it is laid there; what it raises ends it.
    """
    with _opened(file) as whole:
        about = _about(whole)
        size, laid = sum(whole.getinfo(name).file_size for name in (vault.DATABASE, KEYS)), 0

        def piece_laid(length: int) -> None:
            nonlocal laid
            laid += length
            told_of(laid * 100 // size)

        for name, expected in ((vault.DATABASE, about.database), (KEYS, about.keys)):
            with whole.open(name) as source, open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
                told = _copied(source, to, piece_laid)  # type: ignore[arg-type]
            if told != expected:
                raise UserError("The backup is damaged: what lies in it is not what it says.", "Take another one. Nothing was changed.")
    return about


def whole(file: Path) -> bool:
    """Whether a backup is, byte for byte, what it was when it was opened and looked through."""
    try:
        with _opened(file) as parts:
            about = _about(parts)
            told = []
            for name in (vault.DATABASE, KEYS):
                with parts.open(name) as source:
                    told.append(hashlib.file_digest(source, "sha256").hexdigest())  # type: ignore[arg-type]
            return told == [about.database, about.keys]
    except UserError:
        return False


def found_in(folder: Path, workspace: str | None = None) -> tuple[Found, ...]:
    """The automatic backups in a folder, the newest first; those of one workspace only where it is named."""
    seen = []
    with suppress(OSError):
        for path in folder.iterdir():
            told = _NAME.fullmatch(path.name)
            if told and (workspace is None or told["workspace"] == _short(workspace)):
                with suppress(ValueError):
                    seen.append(Found(path, datetime.strptime(told["at"], _AT).replace(tzinfo=UTC)))
    return tuple(sorted(seen, key=lambda each: each.at, reverse=True))


def newest_good(folder: Path) -> Found | None:
    """The newest automatic backup of the workspace in a folder that is still whole; None where there is none."""
    return next((each for each in found_in(folder / FOLDER) if whole(each.path)), None)


def rotate(folder: Path, workspace: str, newest: str) -> None:
    """Removes the automatic backups of a workspace that the rule of days, weeks and months does not keep.

    The one that was just made, by its name, stays whatever the clock says.
    """
    every = found_in(folder, workspace)
    kept = to_keep(each.at for each in every)
    for each in every:
        if each.at not in kept and each.path.name != newest:
            with suppress(OSError):
                each.path.unlink()


def copy_to(file: Path, folder: Path) -> None:
    """Copies a backup to another folder; the copy is compared after it was written. UserError where that cannot be done."""
    if not folder.is_dir():
        raise UserError(f"The second folder for backups, {folder.name}, is not there.", "Is its drive connected? The first copy was made.")
    try:
        copy_whole(file, folder / file.name)
    except OSError as wrong:
        raise UserError(f"The second copy of the backup cannot be written: {wrong.strerror}.", "The first copy was made.") from wrong
    except ValueError as wrong:
        raise UserError("The second copy of the backup is not what was written.", "Check that drive. The first copy was made.") from wrong


def sweep(folder: Path) -> None:
    """Takes away what a backup that was cut off left beside its place: all of it is encrypted, and none of it counts."""
    with suppress(OSError):
        for path in folder.glob(f"{CHECKING}*"):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _room_in(folder: Path) -> Iterator[Path]:
    """A folder of its own that goes again; UserError where the disk takes nothing."""
    try:
        room = Path(tempfile.mkdtemp(prefix=CHECKING, dir=folder))
    except OSError as wrong:
        raise _unwritten(wrong) from wrong
    try:
        yield room
    except OSError as wrong:
        raise _unwritten(wrong) from wrong
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _unwritten(wrong: OSError) -> UserError:
    return UserError(
        f"The backup cannot be written: {wrong.strerror or 'the system refuses it'}.",
        "Check the disk and your rights to that folder. The workspace is as it was.",
    )


def _pack(path: Path, about: About, keys: bytes, database: Path) -> None:
    with (
        open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole,
    ):
        whole.writestr(ABOUT, about_bytes(about))
        whole.writestr(KEYS, keys)
        whole.write(database, vault.DATABASE)
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """The parts of a backup; UserError where it is none. Nothing but the three names that belong there is ever unpacked."""
    try:
        with zipfile.ZipFile(file) as whole:
            parts = whole.infolist()
            if sorted(part.filename for part in parts) != sorted(_PARTS) or any(part.compress_type != zipfile.ZIP_STORED for part in parts):
                raise UserError("The file is no backup of this program.", "Name another one. Nothing was changed.")
            yield whole
    except FileNotFoundError as wrong:
        raise UserError(f"{file.name} is not there.", "Check the path. Nothing was changed.") from wrong
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, RuntimeError) as wrong:
        raise UserError("The file is no backup of this program, or is damaged.", "Take another one. Nothing was changed.") from wrong
    except OSError as wrong:
        raise UserError(
            f"The backup cannot be read, or not be unpacked: {wrong.strerror or 'the system refuses it'}.",
            "Check the path and the disk. Nothing was changed.",
        ) from wrong


def _about(whole: zipfile.ZipFile) -> About:
    if whole.getinfo(ABOUT).file_size > _MOST_ABOUT:
        raise UserError("The file is no backup of this program.", "Name another one. Nothing was changed.")
    return about_from(whole.read(ABOUT))


def _copied(source: BinaryIO, to: BinaryIO, laid: Callable[[int], object]) -> str:
    told = hashlib.sha256()
    while piece := source.read(1 << 20):
        told.update(piece)
        to.write(piece)
        laid(len(piece))
    to.flush()
    os.fsync(to.fileno())
    return told.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
