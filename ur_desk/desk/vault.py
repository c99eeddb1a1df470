"""The vault: passphrases, one-time codes, the recovery key, the proof of presence for a signature, and the change of the data key."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads
from ur_desk.desk.verbs import VERBS, Act, Changed, Done, allow, own_verb, verb
from ur_desk.domain import workspace as ws
from ur_desk.domain.by_hand import read, written
from ur_desk.domain.fence import Read
from ur_desk.domain.passphrase import check_passphrase
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.vault import (
    Bound,
    Cost,
    DiskAnswer,
    DiskAnswered,
    Invited,
    KeyRing,
    PassphraseChanged,
    PublicKeys,
    RecoveryMade,
    RecoverySlot,
    Rekeyed,
    Slot,
    Way,
)
from ur_desk.errors import Busy, UserError, WrongPassphrase

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.store.crypto import Keys

CODE_HOLDS = timedelta(days=14)
PROOF_HOLDS = timedelta(minutes=2)
REKEY = own_verb("vault.rekey", "Gives the workspace another data key.")
WRONG = WrongPassphrase("The passphrase is wrong.", "Try again. Nothing was changed.")


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
    asked again now, and whether the data key must still be changed."""

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

    # passphrases ---------------------------------------------------------------------------------------------------------

    def prove(self, passphrase: str) -> Proof:
        """Proves presence anew; UserError where the passphrase is wrong, and after too many wrong ones for a while."""
        self._own_keys(passphrase)
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
        """Gives the person's slot another passphrase; their keys stay. UserError where the old one is wrong or the new one too weak."""
        person = self.desk.person
        check_passphrase(new, (person.name, person.display))
        if old == new:
            raise UserError("That is the passphrase as it was.", "Choose another one. Nothing was changed.")
        return self._change(self._own_keys(old), new, self._bound())

    @verb("passphrase.change", *Role)
    def _change(self, act: Act, keys: "Keys", new: str, bound: bool) -> Done[None]:
        """Changes the person's own passphrase."""
        act.on_workspace(PassphraseChanged(act.by.id))
        self._rewrap(act, keys, new, bound)
        return Done(None, frozenset({Changed.ACCOUNTS}))

    def bind(self, passphrase: str, bound: bool) -> Done[None]:
        """Lets the person's passphrase open on this computer only, or on any again; UserError where the passphrase is wrong, or the
        computer has no credential store for the share that is mixed in."""
        return self._bind(self._own_keys(passphrase), passphrase, bound)

    @verb("passphrase.bind", *Role)
    def _bind(self, act: Act, keys: "Keys", passphrase: str, bound: bool) -> Done[None]:
        """Binds the person's own passphrase to this computer, or frees it."""
        act.on_workspace(Bound(act.by.id, bound))
        self._rewrap(act, keys, passphrase, bound)
        return Done(None, frozenset({Changed.ACCOUNTS}))

    def _bound(self) -> bool:
        return any(s.bound for s in self.ring().slots if s.account == self.desk.person.id)

    def _rewrap(self, act: Act, keys: "Keys", passphrase: str, bound: bool) -> None:
        ring = self.ring()
        share = self.desk.shares.make(ring.workspace) if bound else b""
        slot = slot_of(act.by, keys, passphrase, ring.cost, self.desk.store.key, share)
        self.desk.store.keys.write(_with(ring, slot))

    def _own_keys(self, passphrase: str) -> "Keys":
        from ur_desk.desk.sign_in import opened_slot

        slot, keys, _ = opened_slot(
            self.desk.store.folder, self.ring(), self.desk.person.name, passphrase, self.desk.clock.now(), self.desk.shares
        )
        if slot.way is not Way.PASSPHRASE or slot.account != self.desk.person.id:
            raise WrongPassphrase(WRONG.message, WRONG.hint)
        return keys

    def slot(self, ring: KeyRing, account: Account, keys: "Keys", passphrase: str) -> Slot:
        """A slot for the account that opens with the passphrase and holds the workspace's data key, sealed to its keys."""
        return slot_of(account, keys, passphrase, ring.cost, self.desk.store.key)

    # one-time codes ------------------------------------------------------------------------------------------------------

    def invite(self, name: str) -> Done[str]:
        """Gives an account a new one-time code, in place of its passphrase: for somebody who forgot it. What it signed stays signed."""
        done = self._invite(name)
        self.tidy()
        return done

    @verb("account.invite", Role.ADMINISTRATOR)
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
        from ur_desk.store.crypto import CODE_BYTES, Keys, new_salt, seal, stretched

        code, keys, salt = written(secrets.token_bytes(CODE_BYTES)), Keys.new(), new_salt()
        ring = self.ring()
        until = self.desk.clock.now() + CODE_HOLDS
        wrapped = keys.wrapped(stretched(code, salt, ring.cost))
        sealed = (seal(self.desk.store.key, keys.public.seal),)
        slot = Slot(account.id, account.name, Way.CODE, salt, ring.cost, wrapped, keys.public, sealed, until=until)
        act.on_workspace(Invited(account.id, keys.public, until))
        # what opened until now stays until this is kept: were it cut off, nobody would have lost their way in
        self.desk.store.keys.write(replace(ring, slots=(*ring.slots, slot)))
        return code

    def due(self) -> None:
        """Notes inside the open transaction that the data key must change."""
        self.desk.store.keys.change(lambda ring: replace(ring, rekey_due=True))

    def tidy(self) -> tuple[str, ...]:
        """Takes away the slots of a step that is kept now, or was cut off before it was, which the trail does not know; gives the
        sign-in names of those slots, a recovery key's without one. Nobody who may open the workspace loses their only slot by it.

        Where that cannot be done just now the next opening does it: such a slot seats nobody.
        """
        store = self.desk.store
        ring = self.ring()
        if _tidied(ring, store.workspace()) == ring:
            return ()
        with suppress(UserError), store.atomic():
            state, before = store.workspace(), self.ring()
            known = store.keys.change(lambda now: _tidied(now, state))
            gone = [slot.name for slot in before.slots if slot not in known.slots]
            return (*gone, *("" for slot in before.recovery if slot not in known.recovery))
        return ()

    # the recovery key ----------------------------------------------------------------------------------------------------

    def draw_recovery(self) -> RecoveryParts:
        """Two parts of a recovery key that opens nothing before `make_recovery` is given them: until both were written down, an
        earlier one stays good."""
        from ur_desk.store.crypto import KEY_BYTES

        allow(self.desk.person, VERBS["recovery.make"])
        return RecoveryParts(written(secrets.token_bytes(KEY_BYTES)), written(secrets.token_bytes(KEY_BYTES)))

    def make_recovery(self, drawn: RecoveryParts | None = None) -> Done[RecoveryParts]:
        """Makes a recovery key in two parts for two people, those drawn before or new ones; an earlier one opens nothing any more.
        The parts are kept nowhere."""
        done = self._make_recovery(drawn)
        self.tidy()
        return done

    @verb("recovery.make", Role.ADMINISTRATOR)
    def _make_recovery(self, act: Act, drawn: RecoveryParts | None) -> Done[RecoveryParts]:
        """Makes a recovery key in two parts for two people."""
        from ur_desk.store.crypto import Keys, seal

        parts = drawn or self.draw_recovery()
        keys = Keys(seed_of(parts.first, parts.second))
        act.on_workspace(RecoveryMade(keys.public))
        slot = RecoverySlot(keys.public, (seal(self.desk.store.key, keys.public.seal),))
        self.desk.store.keys.change(lambda ring: replace(ring, recovery=(*ring.recovery, slot)))
        return Done(parts, frozenset({Changed.ACCOUNTS}))

    # what is asked of an administrator -----------------------------------------------------------------------------------

    @reads(Read.VAULT)
    def standing(self) -> Standing:
        """What there is of recovery key, disk and data key to be reminded of."""
        state = self.desk.store.workspace()
        due = state.disk is None or state.disk.due(self.desk.clock.now())
        return Standing(state.recovery is not None, state.disk, due, self.ring().rekey_due)

    @verb("disk.answer", Role.ADMINISTRATOR)
    def answer_disk(self, act: Act, encrypted: bool | None) -> Done[None]:
        """Keeps what the administrator says of the system disk; None where they do not know. Without a yes it is asked weekly."""
        act.on_workspace(DiskAnswered(encrypted))
        return Done(None, frozenset({Changed.ACCOUNTS}))

    # the data key --------------------------------------------------------------------------------------------------------

    def rekey(self, why: str) -> bool:
        """Gives the workspace another data key, sealed only to those whose keys the trail names; False where it is open elsewhere too:
        it is then done when somebody opens it alone. At no moment is there no key that opens it."""
        from ur_desk.store.crypto import KEY_BYTES, seal

        key = secrets.token_bytes(KEY_BYTES)
        if not self.desk.store.alone():
            with self.desk.store.atomic():
                self.due()
            return False
        state = self.desk.store.workspace()
        with self.desk.store.atomic():
            act = Act(self.desk, REKEY)
            act.on_workspace(Rekeyed(why))
            self.desk.store.keys.change(lambda ring: _sealed_to(ring, state, lambda to: seal(key, to.seal)))
        return self.settle(key)

    def settle_begun(self, keys: "Keys") -> bool:
        """Ends a change of the data key that was cut off; `keys` are those of whoever sits here."""
        slot = next(s for s in self.ring().slots if s.account == self.desk.person.id and s.way is Way.PASSPHRASE)
        return self.settle(keys.opened(slot.data_keys)[-1])

    def settle(self, key: bytes) -> bool:
        """Goes on with a change of the data key that was begun: the database first, then the slots."""
        if self.desk.store.key != key:
            try:
                self.desk.store.rekey(key)
            except Busy:
                return False
        with self.desk.store.atomic():
            self.desk.store.keys.change(_newest_only)
        return True


def slot_of(account: Account, keys: "Keys", passphrase: str, cost: Cost, data_key: bytes, share: bytes = b"") -> Slot:
    """A slot for the account that opens with the passphrase, and the share where there is one, and holds the sealed data key."""
    from ur_desk.store.crypto import new_salt, seal, stretched

    salt = new_salt()
    wrapped = keys.wrapped(stretched(passphrase, salt, cost, share))
    sealed = (seal(data_key, keys.public.seal),)
    return Slot(account.id, account.name, Way.PASSPHRASE, salt, cost, wrapped, keys.public, sealed, bound=bool(share))


def _with(ring: KeyRing, slot: Slot) -> KeyRing:
    """The ring with the slot in place of every other of its account."""
    return replace(ring, slots=(*(s for s in ring.slots if s.account != slot.account), slot))


def _sealed_to(ring: KeyRing, state: ws.WorkspaceState, sealed: Callable[[PublicKeys], bytes]) -> KeyRing:
    """The ring in which another data key lies beside the present one, in the slots of those whose keys the trail names; no other stays."""
    known = _known(ring, state)
    slots = tuple(replace(slot, data_keys=(slot.data_keys[-1], sealed(slot.keys))) for slot in known.slots)
    recovery = tuple(replace(slot, data_keys=(slot.data_keys[-1], sealed(slot.keys))) for slot in known.recovery)
    return replace(known, slots=slots, recovery=recovery, rekey_due=False)


def _known(ring: KeyRing, state: ws.WorkspaceState) -> KeyRing:
    """The ring without the slots that no event tells of, or that are of nobody who may still open the workspace."""
    slots = tuple(
        slot
        for slot in ring.slots
        if slot.keys == (state.keys.get(slot.account) if slot.way is Way.PASSPHRASE else _waiting(state, slot.account))
        and not state.accounts[slot.account].retired
    )
    return replace(ring, slots=slots, recovery=tuple(s for s in ring.recovery if state.recovery and s.keys == state.recovery[1]))


def _tidied(ring: KeyRing, state: ws.WorkspaceState) -> KeyRing:
    """The ring without what a slot that the trail knows has replaced, and without slots of nobody who may open the workspace.

    The only slot of somebody who may stays, though its keys were spoilt in the file: it may open still.
    """
    known = _known(ring, state)
    sure = {slot.account for slot in known.slots}
    stay = {a for a in (*state.keys, *state.invitations) if a not in sure and not state.accounts[a].retired}
    slots = tuple(slot for slot in ring.slots if slot in known.slots or slot.account in stay)
    recovery = known.recovery or (ring.recovery if state.recovery else ())
    return replace(ring, slots=slots, recovery=recovery)


def _waiting(state: ws.WorkspaceState, account: AccountId) -> PublicKeys | None:
    invitation = state.invitations.get(account)
    return invitation.keys if invitation else None


def _newest_only(ring: KeyRing) -> KeyRing:
    """The ring once the newer data key is the one that opens."""
    recovery = tuple(replace(slot, data_keys=slot.data_keys[-1:]) for slot in ring.recovery)
    return replace(ring, slots=tuple(replace(s, data_keys=s.data_keys[-1:]) for s in ring.slots), recovery=recovery)


def joined(first: bytes, second: bytes) -> bytes:
    """The recovery seed of two parts: each alone tells nothing of it."""
    return bytes(a ^ b for a, b in zip(first, second, strict=True))


def seed_of(first: str, second: str) -> bytes:
    """The recovery seed of two parts as somebody typed them, in either order; UserError where one was copied wrong."""
    from ur_desk.store.crypto import KEY_BYTES

    return joined(read(first, KEY_BYTES), read(second, KEY_BYTES))
