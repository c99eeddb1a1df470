"""The vault: who holds which keys, as values, and what can happen to keys, as the bodies of events."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType, Protocol

from ur_desk.domain.events import EventId
from ur_desk.domain.people import AccountId

DISK_ASKED_AGAIN = timedelta(days=7)

PublicKey = NewType("PublicKey", str)
"""A public key in hexadecimal digits: Ed25519 for signing, X25519 for sealing."""


class Signer(Protocol):
    """Signs an event's head with the key of whoever sits at the desk."""

    @property
    def key(self) -> PublicKey:
        """The public half."""

    def sign(self, message: bytes) -> str:
        """The signature, in hexadecimal digits."""


SALT_BYTES = 16
"""What Argon2id takes (RFC 9106, section 3.1, recommends as much)."""
LEAST_COST, MOST_COST = (1, 8 * 1024), (64, 4 * 1024**3)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id passes and bytes of memory; ValueError where no machine could pay it."""

    passes: int
    memory: int

    def __post_init__(self) -> None:
        if not (LEAST_COST[0] <= self.passes <= MOST_COST[0] and LEAST_COST[1] <= self.memory <= MOST_COST[1]):
            raise ValueError("no cost of a guess")


class Way(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves of one holder's keys: what they sign with, and what is sealed to them."""

    sign: PublicKey
    seal: PublicKey


@dataclass(frozen=True, slots=True)
class Slot:
    """How one account opens the workspace: its own secret seed, wrapped by its passphrase or one-time code, and the data key,
    sealed to it. `vault` is the workspace's own secret, under a key that only the seed gives. `data_keys` are one sealed key, or two
    while the workspace is being re-keyed, the newer last. `bound` where a share from this computer's credential store is mixed in;
    `until` is the last instant of a one-time code."""

    account: AccountId
    name: str
    way: Way
    salt: bytes
    cost: Cost
    seed: bytes
    vault: bytes
    keys: PublicKeys
    data_keys: tuple[bytes, ...]
    bound: bool = False
    until: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES or not self.data_keys:
            raise ValueError("no slot")


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The data key, sealed to the recovery key, of which two people hold one part each; `vault` as in a `Slot`."""

    vault: bytes
    keys: PublicKeys
    data_keys: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if not self.data_keys:
            raise ValueError("no slot")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every slot of a workspace; nothing in it opens anything without a passphrase, and nothing in it is believed that the
    encrypted trail does not tell too. `complete` once the workspace's first events are kept: before that nothing of value lies
    in the folder. While a step is on its way what it takes away lies here beside what it brings: the trail tells which counts."""

    workspace: str
    slots: tuple[Slot, ...]
    recovery: tuple[RecoverySlot, ...] = ()
    complete: bool = False

    @property
    def changing(self) -> bool:
        """Whether the data key is being changed: a second one lies in a slot."""
        return any(len(keys) > 1 for keys in (*(s.data_keys for s in self.slots), *(s.data_keys for s in self.recovery)))

    def of(self, name: str) -> tuple[Slot, ...]:
        """The slots of the account that signs in with the name, whatever its case; the passphrase before a code."""
        told = name.strip().casefold()
        return tuple(sorted((s for s in self.slots if s.name.casefold() == told), key=lambda s: s.way is Way.CODE))


@dataclass(frozen=True, slots=True)
class VaultMade:
    """The vault began: the workspace's own secret, which every slot holds too, so that no other database passes for this one; what
    a guess at a passphrase costs in it; and the digest of its first data key. It is never disclosed."""

    secret: str = field(repr=False)
    cost: Cost
    key: str

    @property
    def id(self) -> str:
        """How the workspace is told from others where its secret must not stand."""
        return hashlib.sha256(f"ur-desk-workspace/1 {self.secret}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Invited:
    """An account was given a one-time code; `keys` are made from it, and whoever sets a passphrase shows that they had it."""

    account: AccountId
    keys: PublicKeys
    until: datetime


@dataclass(frozen=True, slots=True)
class KeyEnrolled:
    """An account set its passphrase, and signs with its own key from here on; an earlier key of it signs no more.

    `proof` signs `enrolment(account, keys)` with the key of the one-time code, or of the recovery, and `invitation` is the event
    that brought that into being. Where the account's own earlier key signs it, there is no invitation; for the workspace's first
    account there is neither.
    """

    account: AccountId
    keys: PublicKeys
    invitation: EventId | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class PassphraseChanged:
    """An account changed its passphrase; new keys of its own come with it."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class Bound:
    """An account's passphrase opens only on one computer from here on, since a share of its credential store is mixed in; or again
    on any."""

    account: AccountId
    bound: bool


@dataclass(frozen=True, slots=True)
class RecoveryMade:
    """A recovery key was made, in two parts for two people; an earlier one opens nothing any more."""

    keys: PublicKeys


@dataclass(frozen=True, slots=True)
class RecoveryUsed:
    """Two people put the recovery key together and opened the workspace with it, for the account named."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The workspace gets another data key: why, and the digest of it. No other key is ever taken for the new one."""

    why: str
    key: str


@dataclass(frozen=True, slots=True)
class CredentialConfirmed:
    """A second person looked a credential up at its source and found it as entered: where, on which day."""

    account: AccountId
    where: str
    on: date


@dataclass(frozen=True, slots=True)
class DiskAnswer:
    """What an administrator said last of the system disk, and when."""

    encrypted: bool | None
    at: datetime

    def due(self, now: datetime) -> bool:
        """Whether the question is asked again: a week later, until the answer is yes."""
        return self.encrypted is not True and now - self.at >= DISK_ASKED_AGAIN


@dataclass(frozen=True, slots=True)
class DiskAnswered:
    """An administrator said whether the system disk of the computer is encrypted; None where they do not know."""

    encrypted: bool | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code that nobody has used yet: the event that brought it, and the keys that are made from it."""

    event: EventId
    keys: PublicKeys
    until: datetime


def enrolment(account: AccountId, keys: PublicKeys) -> bytes:
    """What the key of a one-time code signs to show that whoever enrols these keys for the account had the code."""
    return f"ur-desk-enrolment/1\n{account}\n{keys.sign}\n{keys.seal}".encode()


def digest(data_key: bytes) -> str:
    """How the trail names a data key: in hexadecimal digits, from which nobody gets the key."""
    return hashlib.sha256(b"ur-desk-data-key/1 " + data_key).hexdigest()
