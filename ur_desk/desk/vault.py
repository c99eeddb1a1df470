"""The vault: passphrases, one-time codes, the recovery key, the proof of presence for a signature, and the change of the data key."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from ur_desk.desk.reads import reads
from ur_desk.desk.slots import known, recovery_slot, sealed_to, slot_of, tidied
from ur_desk.desk.verbs import VERBS, Act, Changed, Done, allow, own_verb, verb
from ur_desk.domain.guard.by_hand import read, written
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.guard.passphrase import check_passphrase
from ur_desk.domain.guard.vault import (
    Bound,
    Cost,
    DiskAnswer,
    DiskAnswered,
    Invited,
    KeyEnrolled,
    KeyRing,
    PassphraseChanged,
    RecoveryMade,
    Rekeyed,
    Slot,
    VaultMade,
    Way,
    digest,
    enrolment,
)
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.workspace import WorkspaceState
from ur_desk.errors import Damaged, UserError, WrongPassphrase

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.crypto import Keys

T = TypeVar("T")

CODE_HOLDS = timedelta(days=14)
PROOF_HOLDS = timedelta(minutes=2)
ENROL = own_verb("key.enrol", "Sets the account's own passphrase and signing key.", writes=KeyEnrolled)
MAKE = own_verb("vault.make", "Makes the vault of a workspace: its own secret, the cost of a guess, its first data key.", writes=VaultMade)
REKEY = own_verb("vault.rekey", "Gives the workspace another data key.", writes=Rekeyed)


@dataclass(frozen=True, slots=True)
class Proof:
    """Shows that whoever sits here proved presence with their passphrase; good for one signature, and for two minutes."""

    account: AccountId
    at: datetime
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryParts:
    """The recovery key as two people keep it, one part each; it is shown once and kept nowhere."""

    first: str = field(repr=False)
    second: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an administrator is reminded of: whether there is a recovery key, what was said of the system disk and whether that is
    asked again now, and whether the data key must still be changed, since the workspace was open elsewhere when it had to."""

    recovery: bool
    disk: DiskAnswer | None
    disk_due: bool
    rekey_due: bool


class Vault:
    """Changes who can open the workspace, and with what."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._proofs: set[str] = set()

    def ring(self) -> KeyRing:
        """The slots as they are now."""
        return self.desk.store.keys.read()

    @property
    def made(self) -> VaultMade:
        """How the vault began, as its trail tells it; the file of keys is not asked."""
        made = self.desk.store.workspace().vault
        if made is None:
            raise UserError("The trail does not tell how this workspace began.", "Restore it from a backup. Nothing was changed.")
        return made

    # passphrases ---------------------------------------------------------------------------------------------------------

    def prove(self, passphrase: str) -> Proof:
        """Proves presence anew; UserError where the passphrase is wrong, and after too many wrong ones for a while."""
        self.own(passphrase)
        proof = Proof(self.desk.person.id, self.desk.clock.now(), secrets.token_hex(8))
        self._proofs.add(proof.token)
        return proof

    def forget_proofs(self) -> None:
        """No proof given so far is good for anything any more."""
        self._proofs.clear()

    def spend(self, proof: Proof | None) -> bool:
        """Whether the proof is this person's, fresh, and was not used before; it is used up now."""
        if proof is None or proof.token not in self._proofs:
            return False
        self._proofs.discard(proof.token)
        return proof.account == self.desk.person.id and self.desk.clock.now() - proof.at <= PROOF_HOLDS

    def change_passphrase(self, old: str, new: str) -> Done[None]:
        """Gives the person another passphrase, and new keys with it: with the old one opens nothing but older backups and copies.
        UserError where the old one is wrong or the new one too weak."""
        person = self.desk.person
        check_passphrase(new, (person.name, person.display))
        if old == new:
            raise UserError("That is the passphrase as it was.", "Choose another one. Nothing was changed.")
        with self._new_keys():
            done = self._change(self.own(old)[1], new, self._bound())
        return self.after(done)

    @verb("passphrase.change", *Role, writes=PassphraseChanged)
    def _change(self, act: Act, keys: "Keys", new: str, bound: bool) -> Done[None]:
        """Changes the person's own passphrase."""
        act.on_workspace(PassphraseChanged(act.by.id))
        self._enrol(keys, new, bound)
        return Done(None, frozenset({Changed.ACCOUNTS}))

    def bind(self, passphrase: str, bound: bool) -> Done[None]:
        """Lets the person's passphrase open on this computer only, or on any again, with new keys; UserError where the passphrase is
        wrong, or the computer has no credential store for the share that is mixed in."""
        with self._new_keys():
            done = self._bind(self.own(passphrase)[1], passphrase, bound)
        return self.after(done)

    @verb("passphrase.bind", *Role, writes=Bound)
    def _bind(self, act: Act, keys: "Keys", passphrase: str, bound: bool) -> Done[None]:
        """Binds the person's own passphrase to this computer, or frees it."""
        act.on_workspace(Bound(act.by.id, bound))
        self._enrol(keys, passphrase, bound)
        return Done(None, frozenset({Changed.ACCOUNTS}))

    def _bound(self) -> bool:
        return any(s.bound for s in self.ring().slots if s.account == self.desk.person.id)

    @contextmanager
    def _new_keys(self) -> Iterator[None]:
        """Whoever sits here gets new keys inside; where that was not kept, they sign with those that they had."""
        before = self.desk.signer
        try:
            yield
        except BaseException:
            self.desk.signer = before
            raise
        self.desk.lock.forget_pin()

    def _enrol(self, former: "Keys", passphrase: str, bound: bool) -> None:
        """New keys for whoever sits here, let in by their former ones, inside the open transaction."""
        from ur_desk.store.crypto import Keys

        store, person, keys, made = self.desk.store, self.desk.person, Keys.new(), self.made
        share = self.desk.shares.make(made.id) if bound else b""
        slot = slot_of(person, keys, passphrase, made, store.key, share)
        self.desk.signer = keys
        proof = former.sign(enrolment(person.id, keys.public))
        Act(self.desk, ENROL).on_workspace(KeyEnrolled(person.id, keys.public, proof=proof))
        # the former slot stays until this is kept: whatever happens meanwhile, one of the two opens
        store.keys.change(lambda ring: replace(ring, slots=(*ring.slots, slot)))

    def after(self, done: Done[T]) -> Done[T]:
        """What was replaced is taken away, and where it could still open something, the data key changes."""
        self.tidy()
        self.rekey_where_due()
        return done

    def own(self, passphrase: str) -> tuple[Slot, "Keys"]:
        """The slot of whoever sits here and its keys; WrongPassphrase where the passphrase is another one."""
        from ur_desk.desk.sign_in import opened_slots

        desk = self.desk
        for found in opened_slots(desk.folder, self.ring(), desk.person.name, passphrase, desk.clock.now(), desk.shares):
            if found.slot.way is Way.PASSPHRASE and (found.slot.account, found.keys.key) == (desk.person.id, desk.signer.key):
                return found.slot, found.keys
        raise wrong()

    # one-time codes ------------------------------------------------------------------------------------------------------

    def invite(self, name: str) -> Done[str]:
        """Gives an account a new one-time code, in place of its passphrase: for somebody who forgot it. What it signed stays signed."""
        return self.after(self._invite(name))

    @verb("account.invite", Role.ADMINISTRATOR, writes=Invited)
    def _invite(self, act: Act, name: str) -> Done[str]:
        """Gives an account a new one-time code, in place of its passphrase."""
        account = self.desk.accounts.named(name)
        if account.retired:
            raise UserError(f"The account {account.name} is retired.", "Add a new one. Nothing was changed.")
        if account.id == act.by.id:
            raise UserError("You cannot give yourself a code.", "Change your passphrase instead. Nothing was changed.")
        return Done(self.begin(act, account), frozenset({Changed.ACCOUNTS}))

    def begin(self, act: Act, account: Account) -> str:
        """The one-time code with which the account signs in the first time and sets its own passphrase, inside the open transaction."""
        from ur_desk.store.crypto import CODE_BYTES, Keys

        code, keys, until = written(secrets.token_bytes(CODE_BYTES)), Keys.new(), self.desk.clock.now() + CODE_HOLDS
        slot = slot_of(account, keys, code, self.made, self.desk.store.key, until=until)
        act.on_workspace(Invited(account.id, keys.public, until))
        # what opened until now stays until this is kept: were it cut off, nobody would have lost their way in
        self.desk.store.keys.change(lambda ring: replace(ring, slots=(*ring.slots, slot)))
        return code

    def tidy(self) -> tuple[str, ...]:
        """Takes away the slots of a step that is kept now, or was cut off before it was, which the trail does not know; gives the
        sign-in names of those slots, a recovery key's without one. Nobody who may open the workspace loses their only slot by it.

        Where that cannot be done just now the next opening does it: such a slot seats nobody.
        """
        store = self.desk.store
        ring = self.ring()
        if tidied(ring, store.workspace(), None) == ring:
            return ()
        with suppress(UserError), store.atomic():
            state, before = self._lawful(), self.ring()
            stay = store.keys.change(lambda now: tidied(now, state, None))
            gone = [slot.name for slot in before.slots if slot not in stay.slots]
            return (*gone, *("" for slot in before.recovery if slot not in stay.recovery))
        return ()

    # the recovery key ----------------------------------------------------------------------------------------------------

    def draw_recovery(self) -> RecoveryParts:
        """Two parts of a recovery key that opens nothing before `make_recovery` is given them: until both were written down, an
        earlier one stays good."""
        from ur_desk.store.crypto import KEY_BYTES

        allow(self.desk.person, VERBS["recovery.make"])
        return RecoveryParts(written(secrets.token_bytes(KEY_BYTES)), written(secrets.token_bytes(KEY_BYTES)))

    def make_recovery(self, drawn: RecoveryParts) -> Done[None]:
        """Makes a recovery key of the two parts that two people have written down; an earlier one opens nothing any more. The parts
        are kept nowhere."""
        return self.after(self._make_recovery(drawn))

    @verb("recovery.make", Role.ADMINISTRATOR, writes=RecoveryMade)
    def _make_recovery(self, act: Act, drawn: RecoveryParts) -> Done[None]:
        """Makes a recovery key in two parts for two people."""
        from ur_desk.store.crypto import Keys

        keys = Keys(seed_of(drawn.first, drawn.second))
        act.on_workspace(RecoveryMade(keys.public))
        slot = recovery_slot(keys, self.made, self.desk.store.key)
        self.desk.store.keys.change(lambda ring: replace(ring, recovery=(*ring.recovery, slot)))
        return Done(None, frozenset({Changed.ACCOUNTS}))

    # what is asked of an administrator -----------------------------------------------------------------------------------

    @reads(Read.VAULT)
    def standing(self) -> Standing:
        """What there is of recovery key, disk and data key to be reminded of."""
        state = self.desk.store.workspace()
        due = state.disk is None or state.disk.due(self.desk.clock.now())
        return Standing(state.recovery is not None, state.disk, due, bool(state.rekey_due) or not self._newest())

    @verb("disk.answer", Role.ADMINISTRATOR, writes=DiskAnswered)
    def answer_disk(self, act: Act, encrypted: bool | None) -> Done[None]:
        """Keeps what the administrator says of the system disk; None where they do not know. Without a yes it is asked weekly."""
        act.on_workspace(DiskAnswered(encrypted))
        return Done(None, frozenset({Changed.ACCOUNTS}))

    # the data key --------------------------------------------------------------------------------------------------------

    def _newest(self) -> bool:
        """Whether the database has the data key that the trail named last."""
        return digest(self.desk.store.key) == self.desk.store.workspace().data_key

    def rekey_where_due(self) -> None:
        """Gives the workspace another data key where the trail tells that it must have one: nothing beside the trail can call it off."""
        if why := self.desk.store.workspace().rekey_due or self._ran_out():
            self.rekey(why)

    def _ran_out(self) -> str:
        """Why another data key is due though no event says so: a one-time code that nobody used would open this one for ever."""
        ring, state = self.ring(), self.desk.store.workspace()
        late = known(ring, state, None) != known(ring, state, self.desk.clock.now())
        return "a one-time code ran out" if late else ""

    def _lawful(self) -> WorkspaceState:
        from ur_desk.desk.replay import lawful
        from ur_desk.store.crypto import verify

        return lawful(self.desk.store, verify)

    def rekey(self, why: str) -> bool:
        """Gives the workspace another data key, sealed only to those whose keys the trail names by right; False where it is open
        elsewhere too, or cannot be written anew just now: the change then ends when somebody opens it alone. At no moment is there no
        key that opens it."""
        from ur_desk.store.crypto import KEY_BYTES

        key, store, now = secrets.token_bytes(KEY_BYTES), self.desk.store, self.desk.clock.now()
        with store.atomic():
            state = self._lawful()
            own = state.keys.get(self.desk.person.id)
            if own is None or own.sign != self.desk.signer.key:
                return False
            Act(self.desk, REKEY).on_workspace(Rekeyed(why, digest(key)))
            store.keys.change(lambda ring: sealed_to(ring, state, now, store.key, key))
        return self._settle(key)

    def settle_begun(self, keys: "Keys") -> None:
        """Ends a change of the data key that was cut off, and takes away whatever lies beside the right key in the slots; `keys` are
        those of whoever sits here. Only the key that the trail named last is ever taken for the new one."""
        store, person = self.desk.store, self.desk.person
        if self._newest() and not self.ring().changing:
            return
        told = store.workspace().data_key
        mine = (slot.data_keys for slot in self.ring().slots if (slot.account, slot.keys) == (person.id, keys.public))
        held = (store.key, *(key for sealed in mine for key in keys.opened(sealed)))
        newest = next((key for key in held if digest(key) == told), None)
        if newest is None:
            self.rekey("the key that was to come is gone")
        else:
            self._settle(newest)

    def _settle(self, key: bytes) -> bool:
        """Goes on with a change of the data key that was begun: the database first, then the slots."""
        store = self.desk.store
        if store.key != key:
            try:
                store.rekey(key)
            except Damaged:
                raise
            except UserError:
                return False
        with store.atomic():
            state, now = self._lawful(), self.desk.clock.now()
            store.keys.change(lambda ring: sealed_to(ring, state, now, key))
        return True


def drawn_vault(data_key: bytes, cost: Cost | None = None) -> VaultMade:
    """A vault with a secret that nobody had before; the cost of a guess is measured on this machine where it is None."""
    from ur_desk.store.crypto import KEY_BYTES, measured

    return VaultMade(secrets.token_hex(KEY_BYTES), cost or measured(), digest(data_key))


def wrong() -> WrongPassphrase:
    """What to say of a passphrase that opens nothing."""
    return WrongPassphrase("The passphrase is wrong.", "Try again. Nothing was changed.")


def joined(first: bytes, second: bytes) -> bytes:
    """The recovery seed of two parts: each alone tells nothing of it."""
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


def seed_of(first: str, second: str) -> bytes:
    """The recovery seed of two parts as somebody typed them, in either order; UserError where one was copied wrong."""
    from ur_desk.store.crypto import KEY_BYTES

    return joined(read(first, KEY_BYTES), read(second, KEY_BYTES))
