"""Opening a workspace: the folder, its first account, and who sits down at it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk.desk.beginning import NOBODY, Founding, begin
from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.sign_in import Opened, data_keys_in, open_store, opened_slots, recover, recovery_keys, take_seat, with_keys
from ur_desk.desk.tables import Tables
from ur_desk.domain import workspace as ws
from ur_desk.domain.guard.access import How, KeysRemoved
from ur_desk.domain.guard.vault import Cost, KeyRing, RecoverySlot
from ur_desk.errors import Damaged, UserError
from ur_desk.store.share import SystemShares

if TYPE_CHECKING:
    from ur_desk.store.crypto import Keys
    from ur_desk.store.seen import Seen
    from ur_desk.store.share import Shares
    from ur_desk.store.store import Store


def open_desk(
    folder: Path,
    user: str,
    passphrase: str,
    *,
    new_passphrase: str = "",
    how: How = How.PASSPHRASE,
    kind: ws.WorkspaceKind = ws.WorkspaceKind.REAL,
    clock: Clock | None = None,
    tables: Tables | None = None,
    zone: str | None = None,
    display: str = "",
    cost: Cost | None = None,
    shares: "Shares | None" = None,
    seen: "Seen | None" = None,
) -> Desk:
    """Opens the workspace in a folder as `user`, or begins one there, whose first account then has this passphrase.

    A new workspace's first account is `user`, shown as `display`, administrator and nurse at once. `kind`, `zone`, `display`
    and `cost` (of a guess at a passphrase; measured where it is left out) count for a new one only. At an account's first
    sign-in `passphrase` is its one-time code, and `new_passphrase` the one that it takes from then on.
    UserError where the folder holds other things, the file is damaged, the workspace has no such account, or the passphrase
    is wrong; `FirstSignIn` where a code is right and no new passphrase came with it. The desk belongs to the thread that opens it.
    """
    tables, clock, shares = tables or Tables(), clock or SystemClock(), shares or SystemShares()
    if not holds_workspace(folder) and not _whole_after_all(folder, (user, passphrase), clock, shares):
        return begin(folder, Founding(user, passphrase, kind, zone or system_zone(), display, cost, how), clock, tables, shares, seen)
    desk, found = _unlocked(folder, (user, passphrase), clock, tables, shares, seen)
    try:
        try:
            keys = take_seat(desk, found, how, new_passphrase)
        except Damaged:
            # what can be read is shown; nothing is written into a file that does not hold
            keys = take_seat(desk, found, how, new_passphrase)
        return settled(desk, keys)
    except BaseException:
        desk.store.close()
        raise


def holds_workspace(folder: Path) -> bool:
    """Whether the folder holds a workspace; False where one may begin there. UserError where neither is so."""
    from ur_desk.store.places import refuse_unfit
    from ur_desk.store.vault import check_folder

    found = check_folder(folder)
    refuse_unfit(folder, new=not found)
    return found


def _whole_after_all(folder: Path, who: tuple[str, str], clock: Clock, shares: "Shares") -> bool:
    """Whether a folder of which the file of keys says that it was never complete holds a workspace that opens, with events in it; the
    file then says so from here on."""
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.vault import DATABASE

    file = KeyFile(folder)
    if not file.exists or not (folder / DATABASE).is_file():
        return False
    with suppress(UserError):
        found = opened_slots(folder, file.read(), *who, clock.now(), shares)
        with open_store(folder, found[0].slot.name, data_keys_in(found)) as store:
            if store.ledger.last()[0]:
                with store.atomic():
                    file.change(lambda ring: replace(ring, complete=True))
                return True
    return False


def sit_down(desk: Desk, user: str, passphrase: str, new_passphrase: str = "") -> None:
    """Another person takes the open desk; UserError where there is no such account or the passphrase is wrong."""
    found = opened_slots(desk.store.folder, desk.store.keys.read(), user, passphrase, desk.clock.now(), desk.shares)
    take_seat(desk, found, How.PASSPHRASE, new_passphrase)


def recover_desk(
    folder: Path,
    user: str,
    parts: tuple[str, str],
    new_passphrase: str,
    *,
    clock: Clock | None = None,
    tables: Tables | None = None,
    seen: "Seen | None" = None,
) -> Desk:
    """Opens a workspace with both parts of its recovery key and gives the administrator `user` a new passphrase.

    The parts are used up and the workspace gets another data key; make a new recovery key at once.
    """
    from ur_desk.store.keyfile import KeyFile

    holds_workspace(folder)

    def opened(ring: KeyRing) -> "tuple[Store, RecoverySlot, Keys]":
        slot, keys, data_keys = recovery_keys(ring, *parts)
        return open_store(folder, user, data_keys), slot, keys

    store, slot, keys = with_keys(KeyFile(folder), opened)
    desk = Desk(store, tables or Tables(), NOBODY, clock or SystemClock(), keys, seen=seen)
    try:
        recover(desk, slot, keys, user, new_passphrase)
        return desk
    except BaseException:
        desk.store.close()
        raise


def _unlocked(
    folder: Path, who: tuple[str, str], clock: Clock, tables: Tables, shares: "Shares", seen: "Seen | None"
) -> tuple[Desk, tuple[Opened, ...]]:
    from ur_desk.store.keyfile import KeyFile

    def opened(ring: KeyRing) -> "tuple[Store, tuple[Opened, ...]]":
        found = opened_slots(folder, ring, *who, clock.now(), shares)
        return store_of(folder, found), found

    store, found = with_keys(KeyFile(folder), opened)
    return Desk(store, tables, NOBODY, clock, found[0].keys, shares, seen), found


def store_of(folder: Path, found: "Sequence[Opened]") -> "Store":
    """The store behind the keys; for reading only where nothing may be written."""
    from ur_desk.store.places import may_write
    from ur_desk.store.vault import DATABASE

    read_only = not (may_write(folder) and may_write(folder / DATABASE))
    return open_store(folder, found[0].slot.name, data_keys_in(found), read_only=read_only)


def settled(desk: Desk, keys: "Keys") -> Desk:
    """Ends what was left open: wrong passphrases become events, and a change of the data key goes on."""
    from ur_desk.store.attempts import Attempts
    from ur_desk.store.before import remove_plain

    if desk.store.read_only:
        return desk
    remove_plain(desk.folder)
    attempts = Attempts(desk.store.folder)
    told = attempts.told({slot.name for slot in desk.vault.ring().slots})
    for failed in told:
        desk.note(failed)
    attempts.forget()
    if removed := desk.vault.tidy():
        desk.note(KeysRemoved(removed))
    desk.vault.settle_begun(keys)
    desk.vault.rekey_where_due()
    return desk


def system_zone() -> str:
    """The machine's time zone by name; UTC where it cannot be told."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "UTC"
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, LookupError, ValueError):
        return "UTC"
    return name
