"""Opening a workspace: the folder, its first account, and who sits down at it."""

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk.desk.beginning import NOBODY, Founding, begin
from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.sign_in import open_store, opened_slot, recover, recovery_keys, take_seat
from ur_desk.desk.tables import Tables
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import How, KeysRemoved
from ur_desk.domain.vault import Cost, Slot
from ur_desk.errors import Damaged
from ur_desk.store.share import SystemShares

if TYPE_CHECKING:
    from ur_desk.store.crypto import Keys
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
) -> Desk:
    """Opens the workspace in a folder as `user`, or begins one there, whose first account then has this passphrase.

    A new workspace's first account is `user`, shown as `display`, administrator and nurse at once. `kind`, `zone`, `display`
    and `cost` (of a guess at a passphrase; measured where it is left out) count for a new one only. At an account's first
    sign-in `passphrase` is its one-time code, and `new_passphrase` the one that it takes from then on.
    UserError where the folder holds other things, the file is damaged, the workspace has no such account, or the passphrase
    is wrong; `FirstSignIn` where a code is right and no new passphrase came with it. The desk belongs to the thread that opens it.
    """
    tables, clock, shares = tables or Tables(), clock or SystemClock(), shares or SystemShares()
    if not holds_workspace(folder):
        return begin(folder, Founding(user, passphrase, kind, zone or system_zone(), display, cost, how), clock, tables, shares)
    desk, slot, keys = _unlocked(folder, user, passphrase, clock, tables, shares)
    try:
        try:
            take_seat(desk, slot, keys, how, new_passphrase)
        except Damaged:
            # what can be read is shown; nothing is written into a file that does not hold
            take_seat(desk, slot, keys, how, new_passphrase)
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


def sit_down(desk: Desk, user: str, passphrase: str, new_passphrase: str = "") -> None:
    """Another person takes the open desk; UserError where there is no such account or the passphrase is wrong."""
    slot, keys, _ = opened_slot(desk.store.folder, desk.store.keys.read(), user, passphrase, desk.clock.now(), desk.shares)
    take_seat(desk, slot, keys, How.PASSPHRASE, new_passphrase)


def recover_desk(
    folder: Path, user: str, parts: tuple[str, str], new_passphrase: str, *, clock: Clock | None = None, tables: Tables | None = None
) -> Desk:
    """Opens a workspace with both parts of its recovery key and gives the administrator `user` a new passphrase.

    The parts are used up and the workspace gets another data key; make a new recovery key at once.
    """
    from ur_desk.store.keyfile import KeyFile

    holds_workspace(folder)
    keys, data_keys = recovery_keys(KeyFile(folder).read(), *parts)
    desk = Desk(open_store(folder, user, data_keys), tables or Tables(), NOBODY, clock or SystemClock(), keys)
    try:
        recover(desk, keys, user, new_passphrase)
        return desk
    except BaseException:
        desk.store.close()
        raise


def _unlocked(folder: Path, user: str, passphrase: str, clock: Clock, tables: Tables, shares: "Shares") -> tuple[Desk, Slot, "Keys"]:
    from ur_desk.store.keyfile import KeyFile

    slot, keys, data_keys = opened_slot(folder, KeyFile(folder).read(), user, passphrase, clock.now(), shares)
    return Desk(store_of(folder, slot.name, data_keys), tables, NOBODY, clock, keys, shares), slot, keys


def store_of(folder: Path, user: str, data_keys: tuple[bytes, ...]) -> "Store":
    """The store behind the keys; for reading only where nothing may be written."""
    from ur_desk.store.places import may_write
    from ur_desk.store.vault import DATABASE

    return open_store(folder, user, data_keys, read_only=not (may_write(folder) and may_write(folder / DATABASE)))


def settled(desk: Desk, keys: "Keys") -> Desk:
    """Ends what was left open: wrong passphrases become events, and a change of the data key goes on."""
    from ur_desk.store.attempts import Attempts
    from ur_desk.store.before import remove_plain

    if desk.store.read_only:
        return desk
    remove_plain(desk.folder)
    attempts = Attempts(desk.store.folder)
    told = attempts.told()
    for failed in told:
        desk.note(failed)
    if told:
        attempts.forget()
    if removed := desk.vault.tidy():
        desk.note(KeysRemoved(removed))
    ring = desk.store.keys.read()
    if len(ring.slots[0].data_keys) > 1:
        desk.vault.settle_begun(keys)
    elif ring.rekey_due:
        desk.vault.rekey("an account was retired")
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
