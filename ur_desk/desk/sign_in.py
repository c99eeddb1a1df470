"""Signing in: a name and a passphrase (or a one-time code, or the recovery key) become the keys of whoever sits down."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ur_desk.desk.slots import check_vault, slot_of
from ur_desk.desk.vault import ENROL, seed_of, wrong
from ur_desk.desk.verbs import Act, own_verb
from ur_desk.domain.guard.access import How, SignedIn, SignedOut
from ur_desk.domain.guard.by_hand import read
from ur_desk.domain.guard.passphrase import check_passphrase
from ur_desk.domain.guard.vault import KeyEnrolled, KeyRing, PublicKeys, RecoverySlot, RecoveryUsed, Signer, Slot, Way, enrolment
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.workspace import WorkspaceState
from ur_desk.errors import Damaged, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.crypto import Keys
    from ur_desk.store.keyfile import KeyFile
    from ur_desk.store.share import Shares
    from ur_desk.store.store import Store

T = TypeVar("T")
RECOVER = own_verb(
    "recovery.use", "Opens the workspace with the recovery key for an administrator who has no passphrase any more.", writes=RecoveryUsed
)


class FirstSignIn(UserError):
    """The one-time code is right; a passphrase must be chosen with it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A slot that a passphrase, or a one-time code, opened, and the keys that lay in it."""

    slot: Slot
    keys: "Keys"

    @property
    def data_keys(self) -> tuple[bytes, ...]:
        """The data keys, the newest first."""
        return tuple(reversed(self.keys.opened(self.slot.data_keys)))


def opened_slots(folder: Path, ring: KeyRing, name: str, passphrase: str, now: datetime, shares: "Shares") -> tuple[Opened, ...]:
    """What a name and passphrase (or code) open: one slot, or two where a step that replaces one was cut off; the trail then tells
    which counts (`seated`).

    UserError where there is no such account or its share lies on another computer; WrongPassphrase, which is counted; TooSoon
    while too many were.
    """
    from ur_desk.store.attempts import Attempts
    from ur_desk.store.crypto import WrongKeyError, stretched, unwrapped

    slots, attempts = ring.of(name), Attempts(folder)
    if not slots:
        raise UserError(
            f"This workspace has no account named {name} that may open it.",
            "Ask its administrator for one, or name yours with --user. Nothing was changed.",
        )
    attempts.check(name, now)
    found, elsewhere = [], []
    for slot in slots:
        share = shares.get(ring.workspace) if slot.bound else b""
        if share is None:
            elsewhere.append(slot)
            continue
        with suppress(WrongKeyError, UserError):
            said = passphrase if slot.way is Way.PASSPHRASE else _code(passphrase)
            keys = unwrapped(slot.seed, stretched(said, slot.salt, slot.cost, share))
            keys.opened(slot.data_keys)
            found.append(Opened(slot, keys))
    if found:
        return tuple(found)
    if len(elsewhere) == len(slots):
        raise UserError(
            f"The account {slots[0].name} is bound to another computer, or to another sign-in of this one.",
            "Open it there, or ask the administrator for a one-time code. Nothing was changed.",
        )
    attempts.note(name, now)
    raise wrong()


def with_keys(file: "KeyFile", act: Callable[[KeyRing], T]) -> T:
    """What is done with the keys as they lie there; once more where the database is none to them, since both were changed meanwhile."""
    ring = file.read()
    try:
        return act(ring)
    except Damaged:
        if (anew := file.read()) == ring:
            raise
        return act(anew)


def data_keys_in(found: Sequence[Opened]) -> tuple[bytes, ...]:
    """Every data key that lies in them, the likeliest first, each once."""
    return tuple(dict.fromkeys(key for one in found for key in one.data_keys))


def seated(found: Sequence[Opened], state: WorkspaceState) -> Opened:
    """The one of them whose keys the trail names, or the first: the database they open is that of their vault. UserError where it
    is another one."""
    told = next((one for one in found if state.keys.get(one.slot.account) == one.keys.public), found[0])
    check_vault(state, told.keys, told.slot)
    return told


def _code(text: str) -> str:
    """A one-time code in the one form in which it was given out; UserError where it is none."""
    from ur_desk.domain.guard.by_hand import written
    from ur_desk.store.crypto import CODE_BYTES

    return written(read(text, CODE_BYTES))


def open_store(folder: Path, user: str, data_keys: Sequence[bytes], *, read_only: bool = False) -> "Store":
    """The store, with the first of the keys that opens it: there are two while the data key is being changed."""
    from ur_desk.store.store import Store

    for key in data_keys[:-1]:
        with suppress(UserError):
            return Store(folder, user, key, begin=False, read_only=read_only)
    return Store(folder, user, data_keys[-1], begin=False, read_only=read_only)


def take_seat(desk: "Desk", found: Sequence[Opened], how: How, new_passphrase: str) -> "Keys":
    """The account of an opened slot sits down: enrolled now where it came with a one-time code, else with the key that the trail
    knows; gives the keys that it signs with. UserError where the account is gone or retired, its key is not one that the trail
    names, or the database is not of the slot's vault; whoever sat there still does."""
    with _or_as_before(desk):
        return _take_seat(desk, found, how, new_passphrase)


@contextmanager
def _or_as_before(desk: "Desk") -> Iterator[None]:
    """Gives the seat back to whoever had it, where somebody else could not take it."""
    before = desk.person, desk.signer
    try:
        yield
    except BaseException:
        desk.person, desk.signer = before
        raise


def _take_seat(desk: "Desk", found: Sequence[Opened], how: How, new_passphrase: str) -> "Keys":
    before, state = (desk.person, desk.signer), desk.store.workspace()
    told = seated(found, state)
    slot, keys = told.slot, told.keys
    account = next((a for a in desk.store.accounts.all() if a.id == slot.account), None)
    if account is None:
        raise UserError("The account of this passphrase is not in the workspace.", "Tell your administrator. Nothing was changed.")
    if account.retired:
        raise UserError(f"The account {account.name} is retired.", "Ask the administrator. Nothing was changed.")
    if slot.way is Way.CODE:
        keys, how = enrol(desk, account, slot, keys, state, new_passphrase), How.CODE
    elif state.keys.get(account.id) != keys.public:
        raise UserError(
            "The trail does not know the key of this passphrase.",
            "Sign in with your one-time code once more, or ask the administrator for a new one. Nothing was changed.",
        )
    else:
        desk.person, desk.signer = account, keys
    desk.witness.look()
    _tell(desk, before, how)
    return keys


def _tell(desk: "Desk", before: tuple[Account, "Signer"], how: How) -> None:
    """Whoever sat there got up, signed with their own key, and the next sat down."""
    now = desk.person, desk.signer
    if before[0].id and before[0].id != now[0].id:
        desk.person, desk.signer = before
        desk.note(SignedOut())
        desk.person, desk.signer = now
    desk.note(SignedIn(how))
    desk.witness.keep()


def enrol(desk: "Desk", account: Account, slot: Slot, code: "Keys", state: WorkspaceState, passphrase: str) -> "Keys":
    """Sets passphrase and keys of an account that came with its one-time code, which is used up by it; gives those keys."""
    waiting = state.invitations.get(account.id)
    now = desk.clock.now()
    if waiting is None or waiting.keys != code.public:
        with desk.store.atomic():
            desk.store.keys.change(lambda ring: replace(ring, slots=tuple(s for s in ring.slots if s != slot)))
        raise UserError("The one-time code was used already.", "Sign in with your passphrase, or ask for a new code. Nothing was changed.")
    if now > waiting.until:
        raise UserError("The one-time code is too old.", "Ask the administrator for a new one. Nothing was changed.")
    if not passphrase:
        raise FirstSignIn("The one-time code is right.", "Choose a passphrase of your own now; from then on you sign in with that.")
    keys = _enrolled(desk, account, passphrase, waiting.event, code)
    with desk.store.atomic():
        desk.store.keys.change(lambda ring: _only(ring, account.id, keys.public))
    return keys


def recover(desk: "Desk", slot: RecoverySlot, seed: "Keys", name: str, passphrase: str) -> None:
    """Gives an administrator a new passphrase by the recovery key, which is used up; the workspace then gets a new data key."""
    state = desk.store.workspace()
    check_vault(state, seed, slot)
    account = desk.store.accounts.named(name)
    if account is None:
        raise UserError("There is no account of that name.", "Name an administrator. Nothing was changed.")
    if account.retired or not account.has(Role.ADMINISTRATOR):
        raise UserError(
            "The recovery key gives an administrator back their seat, nobody else.",
            "Name an administrator; they give others a one-time code. Nothing was changed.",
        )
    if state.recovery is None or state.recovery[1] != seed.public:
        raise UserError("This recovery key was used or replaced.", "Take the newest one. Nothing was changed.")
    keys = _enrolled(desk, account, passphrase, state.recovery[0], seed)
    with desk.store.atomic():
        Act(desk, RECOVER).on_workspace(RecoveryUsed(account.id))
        desk.store.keys.change(lambda ring: replace(_only(ring, account.id, keys.public), recovery=()))
    desk.witness.look()
    desk.note(SignedIn(How.RECOVERY))
    desk.vault.rekey_where_due()


def recovery_keys(ring: KeyRing, first: str, second: str) -> tuple[RecoverySlot, "Keys", tuple[bytes, ...]]:
    """The slot and the keys of a recovery key in two parts, and the data keys in it, the newest first; UserError where they open nothing."""
    from ur_desk.store.crypto import Keys, WrongKeyError

    keys = Keys(seed_of(first, second))
    try:
        slot = next((slot for slot in ring.recovery if slot.keys == keys.public), None)
        if slot is None:
            raise WrongKeyError
        return slot, keys, tuple(reversed(keys.opened(slot.data_keys)))
    except WrongKeyError:
        raise UserError(
            "These two parts do not open this workspace.", "Take the parts of one recovery key, the newest. Nothing was changed."
        ) from None


def _enrolled(desk: "Desk", account: Account, passphrase: str, invitation: str, proving: "Keys") -> "Keys":
    """New keys for the account, in the trail and in a slot of its own; the person sits at the desk with them."""
    from ur_desk.domain.events import EventId
    from ur_desk.store.crypto import Keys

    check_passphrase(passphrase, (account.name, account.display))
    keys = Keys.new()
    desk.person, desk.signer = account, keys
    with desk.store.atomic():
        proof = proving.sign(enrolment(account.id, keys.public))
        Act(desk, ENROL).on_workspace(KeyEnrolled(account.id, keys.public, EventId(invitation), proof))
        slot = slot_of(account, keys, passphrase, desk.vault.made, desk.store.key)
        # the code stays until this is kept: whatever happens meanwhile, one of the two opens
        desk.store.keys.change(lambda ring: replace(ring, slots=(*ring.slots, slot)))
    return keys


def _only(ring: KeyRing, account: AccountId, keys: PublicKeys) -> KeyRing:
    """The ring in which the account has no slot but that of these keys."""
    return replace(ring, slots=tuple(s for s in ring.slots if s.account != account or s.keys == keys))
