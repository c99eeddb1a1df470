"""Opening a workspace: the folder, its first account, and who sits down at it."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ur_desk import __version__
from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.sign_in import open_store, opened_slot, recover, recovery_keys, take_seat
from ur_desk.desk.tables import Tables
from ur_desk.desk.verbs import Act, own_verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import How, SignedIn
from ur_desk.domain.passphrase import check_passphrase
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.vault import Cost, KeyEnrolled, KeyRing
from ur_desk.errors import Damaged, UserError

_BEGIN = own_verb("workspace.begin", "Begins a workspace with its first account and the bundled policies.")
FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.NURSE})
NOBODY = Account(AccountId(""), "", "", frozenset())


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
) -> Desk:
    """Opens the workspace in a folder as `user`, or begins one there, whose first account then has this passphrase.

    A new workspace's first account is `user`, shown as `display`, administrator and nurse at once. `kind`, `zone`, `display`
    and `cost` (of a guess at a passphrase; measured where it is left out) count for a new one only. At an account's first
    sign-in `passphrase` is its one-time code, and `new_passphrase` the one that it takes from then on.
    UserError where the folder holds other things, the file is damaged, the workspace has no such account, or the passphrase
    is wrong; `FirstSignIn` where a code is right and no new passphrase came with it. The desk belongs to the thread that opens it.
    """
    tables, clock = tables or Tables(), clock or SystemClock()
    if not holds_workspace(folder):
        return _begin(folder, user, passphrase, kind, clock, tables, zone or system_zone(), display, cost, how)
    desk, slot, keys = _unlocked(folder, user, passphrase, clock, tables)
    try:
        try:
            take_seat(desk, slot, keys, how, new_passphrase)
        except Damaged:
            # what can be read is shown; nothing is written into a file that does not hold
            take_seat(desk, slot, keys, how, new_passphrase)
        return _settled(desk)
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
    slot, keys, _ = opened_slot(desk.store.folder, desk.store.keys.read(), user, passphrase, desk.clock.now())
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


def _unlocked(folder: Path, user: str, passphrase: str, clock: Clock, tables: Tables):  # type: ignore[no-untyped-def]
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.places import may_write
    from ur_desk.store.vault import DATABASE

    slot, keys, data_keys = opened_slot(folder, KeyFile(folder).read(), user, passphrase, clock.now())
    store = open_store(folder, slot.name, data_keys, read_only=not (may_write(folder) and may_write(folder / DATABASE)))
    return Desk(store, tables, NOBODY, clock, keys), slot, keys


def _settled(desk: Desk) -> Desk:
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
    ring = desk.store.keys.read()
    if len(ring.slots[0].data_keys) > 1:
        desk.vault.settle_begun(desk.signer)
    elif ring.rekey_due:
        desk.vault.rekey("an account was retired")
    return desk


def _begin(
    folder: Path,
    user: str,
    passphrase: str,
    kind: ws.WorkspaceKind,
    clock: Clock,
    tables: Tables,
    zone: str,
    display: str,
    cost: Cost | None,
    how: How,
) -> Desk:
    import secrets

    from ur_desk.store.crypto import KEY_BYTES, Keys, measured
    from ur_desk.store.store import Store

    name = user.strip()
    if not name:
        raise UserError("The first account needs a name.", "Say who you are with --user. Nothing was made.")
    check_passphrase(passphrase, (name, display))
    folder.mkdir(exist_ok=True, mode=0o700)
    _clear(folder)
    keys = Keys.new()
    store = Store(folder, name, secrets.token_bytes(KEY_BYTES))
    try:
        desk = Desk(store, tables, NOBODY, clock, keys)
        first = Account(AccountId(desk.new_id()), name, display.strip() or name, FIRST_ROLES)
        desk.person = first
        ring = KeyRing(desk.new_id(), cost or measured(), ())
        ring = replace(ring, slots=(desk.vault.slot(ring, first, keys, passphrase),))
        with store.atomic():
            act = Act(desk, _BEGIN)
            act.on_workspace(ws.WorkspaceCreated(kind, __version__, zone))
            act.on_workspace(ws.AccountAdded(first))
            act.on_workspace(KeyEnrolled(first.id, keys.public))
            for policy in tables.policies():
                reading = store.shelf.put(policy, clock.now(), first.id)
                act.on_workspace(ws.PolicyLoaded(policy.id, policy.version.effective, policy.abstract, policy.text.sha256, reading, None))
            store.keys.write(ring)
        store.keys.write(replace(ring, complete=True))
        desk.note(SignedIn(how))
        return desk
    except BaseException:
        store.close()
        raise


def _clear(folder: Path) -> None:
    """Takes away what a set-up that was cut off left: it was never more than empty."""
    from ur_desk.store.vault import UNFINISHED

    for file in folder.iterdir():
        if file.name in UNFINISHED and file.is_file():
            file.unlink()


def system_zone() -> str:
    """The machine's time zone by name; UTC where it cannot be told."""
    from tzlocal import get_localzone_name

    try:
        name = get_localzone_name() or "UTC"
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, LookupError, ValueError):
        return "UTC"
    return name
