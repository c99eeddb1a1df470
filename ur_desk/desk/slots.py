"""The slots of the file of keys: how each is made, and which of them count beside what the encrypted trail tells."""

import hmac
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from ur_desk.domain import workspace as ws
from ur_desk.domain.guard.vault import KeyRing, PublicKeys, RecoverySlot, Slot, VaultMade, Way
from ur_desk.domain.people import Account
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.store.crypto import Keys


S = TypeVar("S", Slot, RecoverySlot)


def slot_of(
    account: Account, keys: "Keys", passphrase: str, vault: VaultMade, data_key: bytes, share: bytes = b"", *, until: datetime | None = None
) -> Slot:
    """A slot for the account that opens with the passphrase, and the share where there is one, and holds the sealed data key; with
    `until` the passphrase is a one-time code."""
    from ur_desk.store.crypto import new_salt, seal, stretched

    salt, way = new_salt(), Way.CODE if until else Way.PASSPHRASE
    wrapped = keys.wrapped(stretched(passphrase, salt, vault.cost, share))
    secret, sealed = keys.keeps(bytes.fromhex(vault.secret)), (seal(data_key, keys.public.seal),)
    return Slot(account.id, account.name, way, salt, vault.cost, wrapped, secret, keys.public, sealed, bound=bool(share), until=until)


def recovery_slot(keys: "Keys", vault: VaultMade, data_key: bytes) -> RecoverySlot:
    """A slot that opens with the recovery key, and holds the sealed data key."""
    from ur_desk.store.crypto import seal

    return RecoverySlot(keys.keeps(bytes.fromhex(vault.secret)), keys.public, (seal(data_key, keys.public.seal),))


def check_vault(state: ws.WorkspaceState, keys: "Keys", slot: Slot | RecoverySlot) -> None:
    """UserError where the database does not hold the secret that the slot does: whoever knows no passphrase could have laid it there."""
    from ur_desk.store.crypto import WrongKeyError

    try:
        secret = keys.kept(slot.vault).hex()
    except WrongKeyError:
        secret = ""
    if state.vault is None or not hmac.compare_digest(secret, state.vault.secret):
        raise UserError(
            "The database in this folder is not the one that your passphrase belongs to.",
            "Somebody may have laid another one there: type nothing into it, tell your administrator, and restore a backup. "
            "Nothing was changed.",
        )


def sealed_to(ring: KeyRing, state: ws.WorkspaceState, now: datetime | None, *data_keys: bytes) -> KeyRing:
    """The tidied ring in which exactly these data keys lie, the newest last, sealed to the keys that the trail names and to no others."""
    from ur_desk.store.crypto import seal

    def sealed(slot: S, to: PublicKeys) -> S:
        return replace(slot, keys=to, data_keys=tuple(seal(key, to.seal) for key in data_keys))

    stay = tidied(ring, state, now)
    slots = ((slot, _told(state, slot, now)) for slot in stay.slots)
    recovery = stay.recovery if state.recovery else ()
    return replace(
        stay,
        slots=tuple(sealed(slot, to) for slot, to in slots if to),
        recovery=tuple(sealed(slot, state.recovery[1]) for slot in recovery if state.recovery),
    )


def known(ring: KeyRing, state: ws.WorkspaceState, now: datetime | None) -> KeyRing:
    """The ring without the slots that no event tells of, whose code has run out by `now`, or that are of nobody who may still open it."""
    slots = tuple(slot for slot in ring.slots if slot.keys == _told(state, slot, now))
    return replace(ring, slots=slots, recovery=tuple(s for s in ring.recovery if state.recovery and s.keys == state.recovery[1]))


def tidied(ring: KeyRing, state: ws.WorkspaceState, now: datetime | None) -> KeyRing:
    """The ring without what a slot that the trail knows has replaced, and without slots of nobody who may open the workspace.

    The only slot of somebody who may stays, though its keys were spoilt in the file: it may open still.
    """
    sure = known(ring, state, now)
    have = {(slot.account, slot.way) for slot in sure.slots}
    slots = tuple(slot for slot in ring.slots if slot in sure.slots or ((slot.account, slot.way) not in have and _told(state, slot, now)))
    return replace(ring, slots=slots, recovery=sure.recovery or (ring.recovery if state.recovery else ()))


def _told(state: ws.WorkspaceState, slot: Slot, now: datetime | None) -> PublicKeys | None:
    """The keys with which the trail lets the slot's account in, the slot's way; None where it does not, or not any more."""
    person, invitation = state.accounts.get(slot.account), state.invitations.get(slot.account)
    if person is None or person.retired:
        return None
    if slot.way is Way.PASSPHRASE:
        return state.keys.get(slot.account)
    return invitation.keys if invitation and (now is None or now <= invitation.until) else None
