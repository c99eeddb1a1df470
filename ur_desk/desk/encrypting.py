"""Encrypting a workspace from before the vault: a copy beside it, compared and checked, then put in its place."""

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.clock import Clock, SystemClock
from ur_desk.desk.desk import Desk
from ur_desk.desk.slots import slot_of
from ur_desk.desk.tables import Tables
from ur_desk.desk.vault import MAKE, drawn_vault
from ur_desk.desk.verbs import Act, own_verb
from ur_desk.domain.guard.passphrase import check_passphrase
from ur_desk.domain.guard.vault import Cost, Invited, KeyEnrolled, KeyRing
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.trail.keeping import Encrypted
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.store.before import Copied

_ENCRYPT = own_verb("vault.encrypt", "Encrypts a workspace from before the vault.", writes=Encrypted | KeyEnrolled | Invited)


@dataclass(frozen=True, slots=True)
class Done:
    """What was copied and compared, and the one-time code of every other account by sign-in name; the codes are kept nowhere."""

    copied: "Copied"
    codes: Mapping[str, str]


def encrypt_workspace(
    folder: Path, user: str, passphrase: str, *, clock: Clock | None = None, tables: Tables | None = None, cost: Cost | None = None
) -> Done:
    """Encrypts the plain workspace in a folder; its administrator `user` opens it with the passphrase from then on.

    Every row is copied and compared, the trail is checked in the copy, and only then the copy takes the plain file's place, which
    is overwritten and removed last. A kill at any moment leaves the whole workspace, plain or encrypted. UserError where
    something does not hold: the plain file is as it was then.
    """
    from ur_desk.store.before import copy_encrypted, put_in_place, room_for
    from ur_desk.store.crypto import KEY_BYTES

    check_passphrase(passphrase, (user,))
    room = room_for(folder)
    try:
        key = secrets.token_bytes(KEY_BYTES)
        account, copied = copy_encrypted(folder, room, key, user)
        codes = _keyed(room, key, account, passphrase, copied, clock or SystemClock(), tables or Tables(), cost)
        put_in_place(folder, room)
    except OSError as wrong:
        raise UserError(
            f"The workspace cannot be encrypted: {wrong.strerror or 'the system refuses it'}.", "Check the disk. Nothing was lost."
        ) from wrong
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return Done(copied, codes)


def _keyed(
    room: Path, key: bytes, administrator: AccountId, passphrase: str, copied: "Copied", clock: Clock, tables: Tables, cost: Cost | None
) -> Mapping[str, str]:
    """Gives the copy its keys: the administrator's own, and one-time codes for everybody else; then checks all of it."""
    from ur_desk.store.crypto import Keys
    from ur_desk.store.store import Store

    keys = Keys.new()
    with Store(room, "", key, begin=False) as store:
        people = store.accounts.all()
        me = next(a for a in people if a.id == administrator)
        desk = Desk(store, tables, me, clock, keys)
        vault = drawn_vault(key, cost)
        store.keys.write(KeyRing(vault.id, (slot_of(me, keys, passphrase, vault, key),)))
        with store.atomic():
            act = Act(desk, _ENCRYPT)
            act.on_workspace(Encrypted(copied.rows, copied.events, copied.head))
            act.on_workspace(KeyEnrolled(me.id, keys.public))
            Act(desk, MAKE).on_workspace(vault)
            _in_todays_form(desk)
            codes = {a.name: desk.vault.begin(act, a) for a in people if _waits(a, me)}
        _check_copy(desk)
        store.keys.change(lambda told: replace(told, complete=True))
    return codes


def _in_todays_form(desk: Desk) -> None:
    """Writes the rows of accounts anew that say what their events tell, in the form of an older version; any other is left for the check."""
    told = desk.store.workspace().accounts
    for account in desk.store.accounts.all():
        if account == told.get(account.id):
            desk.store.accounts.put(account)


def _waits(account: Account, me: Account) -> bool:
    return account.id != me.id and not account.retired


def _check_copy(desk: Desk) -> None:
    found = desk.supervision.verification()
    if not found.holds:
        raise UserError(
            f"The trail of this workspace does not hold ({len(found.breaks)} places, the first: {found.breaks[0].message}).",
            "Keep the workspace as it is, and tell your administrator. Nothing was changed.",
        )
