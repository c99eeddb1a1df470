"""The lock: the workspace is closed while its person is away, and opened again for nobody else, with nothing that was typed lost."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ur_desk.desk.vault import wrong
from ur_desk.desk.verbs import Act, Changed, Done, verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.guard.access import How, Locked, Unlocked
from ur_desk.domain.guard.laid_aside import LaidAside
from ur_desk.domain.guard.lock import IDLE_USUAL, PIN_TRIES, check_idle, check_pin
from ur_desk.domain.guard.vault import Cost, KeyRing, PublicKey, Way
from ur_desk.domain.people import AccountId, Role
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.sign_in import Opened
    from ur_desk.store.crypto import Keys

PURPOSE = "laid_aside"
"""The purpose of the draft that holds what was left on the desk; a person has one at most."""


class PinGone(UserError):
    """No PIN opens the desk any more; the passphrase does."""


@dataclass(frozen=True, slots=True)
class _Pinned:
    """A person's secret seed under a key made from their PIN; it never leaves this memory. The seed opens the data key that lies
    sealed in the file of keys, so that an account that was shut out meanwhile opens nothing with its PIN either."""

    account: AccountId
    seed: bytes
    salt: bytes
    cost: Cost


class _NoHand:
    """Signs for nobody: the desk is locked."""

    key = PublicKey("")

    def sign(self, message: bytes) -> str:
        """Refuses."""
        raise UserError("The workspace is locked.", "Unlock it and try again. Nothing of this step was saved.")


class Lock:
    """Locks the desk, and unlocks it for the one person who sat there."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.locked = False
        """Whether the workspace is closed, to be opened again by whoever sits here."""
        self._pinned: _Pinned | None = None
        self._wrong = 0
        self._untold: Locked | None = None
        self._sealed = b""

    # how it is set -------------------------------------------------------------------------------------------------------

    @property
    def minutes(self) -> int:
        """After how many minutes without a key or a click the desk locks itself."""
        return int(self.desk.store.setting("idle_minutes") or IDLE_USUAL)

    @verb("lock.set", Role.ADMINISTRATOR, writes=ws.IdleLockSet)
    def set_minutes(self, act: Act, minutes: int) -> Done[int]:
        """Chooses after how many minutes the desk locks itself, for everybody in this workspace."""
        check_idle(minutes)
        act.on_workspace(ws.IdleLockSet(minutes))
        return Done(minutes, frozenset({Changed.LOCK}))

    @property
    def has_pin(self) -> bool:
        """Whether whoever sits here chose a PIN since they signed in, and it still opens."""
        return self._pinned is not None and self._pinned.account == self.desk.person.id

    def set_pin(self, pin: str) -> None:
        """Lets a PIN open the desk after an idle lock, until the program ends or five were wrong; UserError where it is a weak one.

        Nothing of it is kept on the disk.
        """
        from ur_desk.store.crypto import new_salt, stretched

        check_pin(pin)
        salt, cost = new_salt(), self.desk.vault.made.cost
        self._pinned = _Pinned(self.desk.person.id, self._keys().wrapped(stretched(pin, salt, cost)), salt, cost)
        self._wrong = 0

    def forget_pin(self) -> None:
        """Only the passphrase opens the desk from here on."""
        self._pinned = None

    # locking -------------------------------------------------------------------------------------------------------------

    def lock(self, aside: LaidAside | None = None, *, shut: bool = False) -> None:
        """Keeps what was left on the desk, writes the event, and closes the workspace, whatever comes in the way of the first two.

        What the disk does not take stays sealed in memory until the desk is open again. `shut` leaves nothing there that opens
        it: the passphrase is asked for. A locked desk can still be shut.
        """
        if shut:
            self._pinned = None
        if self.locked:
            return
        locked = Locked(shut or not self.has_pin, self.desk.clock.now())
        try:
            self._keep(locked, aside)
        finally:
            self._close()

    def _keep(self, locked: Locked, aside: LaidAside | None) -> None:
        from ur_desk.records.laid_aside import aside_bytes
        from ur_desk.store.crypto import seal

        data = aside_bytes(aside) if aside else b""
        try:
            self.desk.looks.settle()
            with self.desk.store.atomic():
                self._drop()
                if data:
                    self.desk.store.drafts.keep(self.desk.new_id(), self.desk.person.id, PURPOSE, None, data, locked.at)
                self.desk.note(locked)
        except UserError:
            self._untold = locked
            self._sealed = seal(data, self._keys().public.seal) if data else b""

    def _close(self) -> None:
        self.locked = True
        if not self.has_pin:
            self._pinned = None
        self.desk.signer = _NoHand()
        self.desk.looks.let_go()
        self.desk.vault.forget_proofs()
        self.desk.witness.keep()
        self.desk.store.close()

    def _keys(self) -> "Keys":
        from ur_desk.store.crypto import Keys

        keys = self.desk.signer
        assert isinstance(keys, Keys)
        return keys

    # unlocking -----------------------------------------------------------------------------------------------------------

    def unlock_by_pin(self, pin: str) -> None:
        """Opens the workspace again; UserError where the PIN is wrong, `PinGone` where no PIN opens it (any more)."""
        from ur_desk.desk.sign_in import Opened, with_keys
        from ur_desk.store.crypto import WrongKeyError, stretched, unwrapped

        pinned = self._pinned
        if pinned is None:
            raise PinGone("No PIN opens the workspace now.", "Type your passphrase. What you typed before is kept.")
        try:
            keys = unwrapped(pinned.seed, stretched(pin, pinned.salt, pinned.cost))
        except WrongKeyError:
            self._wrong += 1
            raise self._wrong_pin() from None

        def opened(ring: KeyRing) -> None:
            mine = (s for s in ring.slots if (s.account, s.way, s.keys) == (pinned.account, Way.PASSPHRASE, keys.public))
            found = tuple(Opened(slot, keys) for slot in mine if keys.opens(slot.data_keys))
            if not found:
                self._pinned = None
                raise PinGone("Your account has another passphrase now, or is closed.", "Type your passphrase, or ask the administrator.")
            self._open(found, How.PIN)

        with_keys(self.desk.store.keys, opened)

    def unlock(self, passphrase: str) -> None:
        """Opens the workspace again; UserError where the passphrase is wrong, and after too many wrong ones for a while."""
        from ur_desk.desk.sign_in import opened_slots, with_keys

        desk = self.desk

        def opened(ring: KeyRing) -> None:
            found = opened_slots(desk.folder, ring, desk.person.name, passphrase, desk.clock.now(), desk.shares)
            own = tuple(one for one in found if one.slot.way is Way.PASSPHRASE and one.slot.account == desk.person.id)
            if not own:
                raise wrong()
            self._open(own, How.PASSPHRASE)

        with_keys(desk.store.keys, opened)

    def _wrong_pin(self) -> UserError:
        left = PIN_TRIES - self._wrong
        if left <= 0:
            self._pinned = None
            return PinGone(f"The PIN was wrong {PIN_TRIES} times.", "Type your passphrase. What you typed before is kept.")
        tries = "1 try is left" if left == 1 else f"{left} tries are left"
        return UserError("The PIN is wrong.", f"{tries}; after that the passphrase is asked for.")

    def _open(self, found: Sequence["Opened"], how: How) -> None:
        from ur_desk.desk.sign_in import seated
        from ur_desk.desk.workspace import settled, store_of

        desk = self.desk
        before = desk.store
        desk.store = store_of(desk.folder, found)
        try:
            keys = seated(found, desk.store.workspace()).keys
            self._check(keys)
            desk.signer = keys
            if self._untold is not None:
                desk.note(self._untold)
            desk.witness.look()
            desk.note(Unlocked(how, self._wrong))
            settled(desk, keys)
            desk.witness.keep()
        except BaseException:
            desk.store.close()
            desk.store, desk.signer = before, _NoHand()
            raise
        self.locked, self._untold, self._wrong = False, None, 0

    def _check(self, keys: "Keys") -> None:
        """UserError where the account is not what it was when the desk was locked."""
        desk = self.desk
        desk.look_again()
        if desk.person.retired or desk.store.workspace().keys.get(desk.person.id) != keys.public:
            raise UserError("Your account may not open this workspace any more.", "Ask the administrator. What you typed is kept.")

    # what was left -------------------------------------------------------------------------------------------------------

    def keep_typed(self, person: AccountId, aside: LaidAside | None) -> None:
        """Keeps what somebody is typing in the stead of what was kept before, so that it is there after a crash; None drops that.

        Does nothing where that person does not sit here (any more).
        """
        from ur_desk.records.laid_aside import aside_bytes

        desk = self.desk
        if self.locked or person != desk.person.id or desk.store.read_only:
            return
        with desk.store.atomic():
            self._drop()
            if aside is not None:
                desk.store.drafts.keep(desk.new_id(), person, PURPOSE, None, aside_bytes(aside), desk.clock.now())

    def take_up(self) -> LaidAside | None:
        """What this person left on the desk when it was locked, or when the program ended; None where nothing lies there.

        It is given once; but with words in panels it stays kept until `keep_typed` says otherwise, so that a crash takes none of them.
        """
        from ur_desk.records.laid_aside import aside_bytes, aside_from

        sealed, self._sealed = self._sealed, b""
        kept = self.desk.store.drafts.of(self.desk.person.id, PURPOSE)
        if not sealed and not kept:
            return None
        data = self._keys().opened((sealed,))[0] if sealed else kept[0][2]
        aside = aside_from(data)
        typed = replace(aside, form=None) if aside is not None and aside.panels else None
        with suppress(UserError), self.desk.store.atomic():
            self._drop()
            if typed is not None:
                self.desk.store.drafts.keep(
                    self.desk.new_id(), self.desk.person.id, PURPOSE, None, aside_bytes(typed), self.desk.clock.now()
                )
        return aside

    def _drop(self) -> None:
        for draft, *_ in self.desk.store.drafts.of(self.desk.person.id, PURPOSE):
            self.desk.store.drafts.drop(draft, self.desk.person.id)
