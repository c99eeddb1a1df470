"""Restoring a workspace from a backup: opened and looked through first, put in place at once, and never over anything."""

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.keeping import sha256_of
from ur_desk.desk.sign_in import data_keys_in, opened_slots, seated
from ur_desk.desk.tables import Tables
from ur_desk.desk.verbs import Act, own_verb
from ur_desk.desk.workspace import open_desk
from ur_desk.domain.guard.access import How
from ur_desk.domain.guard.vault import Way
from ur_desk.domain.people import Role
from ur_desk.domain.trail.keeping import About, BackupRestored
from ur_desk.errors import Forbidden, UserError
from ur_desk.store.share import SystemShares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ur_desk.desk.sign_in import Opened
    from ur_desk.store.seen import Seen
    from ur_desk.store.share import Shares

Told = Callable[[int | None], object]
"""Hears how far something is, in percent; None once that is behind."""

_RESTORED = own_verb("backup.restored", "Notes that the workspace was put back from a backup.", writes=BackupRestored)


@dataclass(frozen=True, slots=True)
class Restored:
    """The open desk of a restored workspace, what the backup said of itself, and where what lay there before is kept."""

    desk: Desk
    about: About
    kept_as: Path | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that may be restored: where it lies, when it was made, and whose passphrase of then opens it, by sign-in name."""

    path: Path
    at: datetime
    names: tuple[str, ...]


def offer(file: Path) -> Offer:
    """What a backup file says without a passphrase; UserError where it is none, or nobody's passphrase opens it."""
    from ur_desk.store.backup import read_inside

    about, ring = read_inside(file)
    names = sorted((slot.name for slot in ring.slots if slot.way is Way.PASSPHRASE), key=str.casefold)
    if not names:
        raise UserError("No passphrase opens that backup.", "Take another one. Nothing was changed.")
    return Offer(file, about.created, tuple(names))


def offers(folder: Path) -> tuple[Offer, ...]:
    """The backups beside a workspace, from the newest that is still whole on to older ones; those look whole until they are restored."""
    from ur_desk.store.backup import FOLDER, found_in, newest_good

    newest = newest_good(folder)
    told = []
    for found in found_in(folder / FOLDER) if newest else ():
        if newest and found.at <= newest.at:
            with suppress(UserError):
                told.append(offer(found.path))
    return tuple(told)


def restore_desk(
    file: Path,
    folder: Path,
    user: str,
    passphrase: str,
    *,
    replace: bool = False,
    how: How = How.PASSPHRASE,
    clock: Clock | None = None,
    tables: Tables | None = None,
    shares: "Shares | None" = None,
    seen: "Seen | None" = None,
    told: Told = lambda _percent: None,
) -> Restored:
    """Opens a backup with the passphrase that one of its accounts had then, and lays it into a folder that is missing or empty.

    With `replace` what lies in the folder is kept beside it under another name; that takes an administrator of the backup.
    UserError where the backup does not hold, the passphrase is wrong, or somebody has the workspace open: nothing was changed then.
    `told` hears how much is unpacked, and at the end, before anything is put in its place, None: what it raises up to then stops it.
    """
    from ur_desk.store.places import refuse_unfit
    from ur_desk.store.vault import RESTORING

    clock, shares = clock or SystemClock(), shares or SystemShares()
    refuse_unfit(folder, new=True)
    _check_target(folder, replace)
    sha256 = _hash(file)
    room = folder.parent / f"{folder.name}{RESTORING}{secrets.token_hex(4)}"
    try:
        room.mkdir(mode=0o700)
        about = _opened(file, room, (user, passphrase, clock.now(), shares), replace=replace, told=told)
        told(None)
        kept = _put_in_place(room, folder, clock.now())
        _sweep(folder)
    except OSError as wrong:
        raise UserError(
            f"The backup cannot be laid there: {wrong.strerror or 'the system refuses it'}.",
            "Check the disk and your rights. Nothing was changed.",
        ) from wrong
    finally:
        shutil.rmtree(room, ignore_errors=True)
    desk = open_desk(folder, user, passphrase, how=how, clock=clock, tables=tables, shares=shares, seen=seen)
    _note(desk, BackupRestored(sha256, about.events, about.head, about.created, kept.name if kept else ""))
    return Restored(desk, about, kept)


def _note(desk: Desk, body: BackupRestored) -> None:
    try:
        with desk.store.atomic():
            Act(desk, _RESTORED).on_workspace(body)
    except BaseException:
        desk.close()
        raise


def _check_target(folder: Path, replace: bool) -> None:
    from ur_desk.store.vault import Presence

    if not folder.exists():
        if not folder.parent.is_dir():
            raise UserError("The folder around the one to restore into does not exist.", "Check the path. Nothing was made.")
        return
    if not folder.is_dir():
        raise UserError("The path to restore into is a file.", "Name a folder. Nothing was changed.")
    if any(folder.iterdir()) and not replace:
        raise UserError(
            "The folder to restore into is not empty.",
            "Name an empty one; or let it be replaced (--replace): what lies there is then kept beside it. Nothing was changed.",
        )
    if others := list(Presence(folder).others()):
        raise UserError(f"The workspace there is open: {', '.join(others)}.", "Close it first. Nothing was changed.")


def _hash(file: Path) -> str:
    try:
        return sha256_of(file)
    except OSError as wrong:
        raise UserError(
            f"The backup {file.name} cannot be read: {wrong.strerror or 'the system refuses it'}.", "Check the path. Nothing was changed."
        ) from wrong


def _opened(file: Path, room: Path, who: tuple[str, str, datetime, "Shares"], *, replace: bool, told: Told) -> About:
    """Lays the backup into a room of its own, and opens it there as its user will."""
    from ur_desk.store import backup
    from ur_desk.store.backup import read_about
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.store import SCHEMA

    unpack = partial(backup.unpack, told_of=told)
    if read_about(file).schema > SCHEMA:
        raise UserError("The backup was made by a newer version of this program.", "Install that version. Nothing was changed.")
    about = unpack(file, room)
    found = [one for one in opened_slots(room, KeyFile(room).read(), *who) if one.slot.way is Way.PASSPHRASE]
    if not found:
        raise UserError("A one-time code restores nothing.", "Restore with the passphrase of another account. Nothing was changed.")
    _look_through(room, found, about, must_administer=replace)
    return about


def _look_through(room: Path, found: "Sequence[Opened]", about: About, *, must_administer: bool) -> None:
    """Reads every page with the key that opens it: the newest, or the one before while keys were being changed."""
    from ur_desk.store.backup import looked_through
    from ur_desk.store.store import Store

    data_keys = data_keys_in(found)
    key = data_keys[-1]
    for each in data_keys[:-1]:
        with suppress(UserError):
            looked_through(room, each)
            key = each
            break
    if looked_through(room, key)[:2] != (about.events, about.head):
        raise UserError("The backup does not end with the event that it names.", "Take another one. Nothing was changed.")
    with Store(room, found[0].slot.name, key, begin=False) as store:
        slot = seated(found, store.workspace()).slot
        account = next((a for a in store.accounts.all() if a.id == slot.account), None)
    if not must_administer:
        return
    if account is None or account.retired or not account.has(Role.ADMINISTRATOR):
        raise Forbidden(
            "Only an administrator puts a backup in the place of a workspace.",
            "Take an administrator's account, or restore into another folder. Nothing was changed.",
        )


def _put_in_place(room: Path, folder: Path, now: datetime) -> Path | None:
    """Gives the room the folder's name; whatever lay there gets another name first, and its backups come along."""
    from ur_desk.store.backup import FOLDER

    shutil.rmtree(room / "in-use", ignore_errors=True)
    if not folder.exists():
        os.rename(room, folder)
        return None
    if not any(folder.iterdir()):
        folder.rmdir()
        os.rename(room, folder)
        return None
    kept = folder.with_name(f"{folder.name}-before-restore-{now.astimezone(UTC):%Y%m%d-%H%M%S}")
    if kept.exists():
        raise UserError(f"{kept.name} exists already.", "Try again in a moment. Nothing was changed.")
    os.rename(folder, kept)
    try:
        os.rename(room, folder)
    except OSError:
        os.rename(kept, folder)
        raise
    with suppress(OSError):  # they stay with what was kept
        os.rename(kept / FOLDER, folder / FOLDER)
    return kept


def _sweep(folder: Path) -> None:
    """Takes away what a restore that was cut off had unpacked: it lies in its backup still."""
    from ur_desk.store.vault import RESTORING

    for left in folder.parent.iterdir():
        if left.name.startswith(f"{folder.name}{RESTORING}"):
            shutil.rmtree(left, ignore_errors=True)
