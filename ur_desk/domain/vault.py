"""The vault: who holds which keys, as values, and what can happen to keys, as the bodies of events."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from ur_desk.domain.events import EventId
from ur_desk.domain.people import AccountId

PublicKey = NewType("PublicKey", str)
"""A public key in hexadecimal digits: Ed25519 for signing, X25519 for sealing."""


class Signer(Protocol):
    """Signs an event's head with the key of whoever sits at the desk."""

    @property
    def key(self) -> PublicKey:
        """The public half."""

    def sign(self, message: bytes) -> str:
        """The signature, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: Argon2id passes and bytes of memory."""

    passes: int
    memory: int


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
    sealed to it. `data_keys` are one sealed key, or two while the workspace is being re-keyed, the newer last. `bound` where a
    share from this computer's credential store is mixed in; `until` is the last instant of a one-time code."""

    account: AccountId
    name: str
    way: Way
    salt: bytes
    cost: Cost
    seed: bytes
    keys: PublicKeys
    data_keys: tuple[bytes, ...]
    bound: bool = False
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The data key, sealed to the recovery key, of which two people hold one part each."""

    keys: PublicKeys
    data_keys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every slot of a workspace; nothing in it opens anything without a passphrase. `rekey_due` where somebody was retired and
    the data key could not be changed yet, since the workspace was open elsewhere; `complete` once the workspace's first events
    are kept: before that nothing of value lies in the folder. While a step is on its way what it takes away lies here beside
    what it brings: the trail tells which of both counts."""

    workspace: str
    cost: Cost
    slots: tuple[Slot, ...]
    recovery: tuple[RecoverySlot, ...] = ()
    rekey_due: bool = False
    complete: bool = False

    def of(self, name: str) -> tuple[Slot, ...]:
        """The slots of the account that signs in with the name, whatever its case; the passphrase before a code."""
        told = name.strip().casefold()
        return tuple(sorted((s for s in self.slots if s.name.casefold() == told), key=lambda s: s.way is Way.CODE))


@dataclass(frozen=True, slots=True)
class Invited:
    """An account was given a one-time code; `keys` are made from it, and whoever sets a passphrase shows that they had it."""

    account: AccountId
    keys: PublicKeys
    until: datetime


@dataclass(frozen=True, slots=True)
class KeyEnrolled:
    """An account set its passphrase, and signs with its own key from here on; an earlier key of it signs no more.

    `proof` signs `enrolment(account, keys)` with the key of the one-time code, or of the recovery; it is empty for the
    workspace's first account. `invitation` is the event that brought the code or the recovery key into being.
    """

    account: AccountId
    keys: PublicKeys
    invitation: EventId | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class PassphraseChanged:
    """An account changed its passphrase; its keys stay."""

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
    """The workspace got another data key, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class CredentialConfirmed:
    """A second person looked a credential up at its source and found it as entered: where, on which day."""

    account: AccountId
    where: str
    on: date


@dataclass(frozen=True, slots=True)
class DiskAnswered:
    """An administrator said whether the system disk of the computer is encrypted; None where they do not know."""

    encrypted: bool | None


def enrolment(account: AccountId, keys: PublicKeys) -> bytes:
    """What the key of a one-time code signs to show that whoever enrols these keys for the account had the code."""
    return f"ur-desk-enrolment/1\n{account}\n{keys.sign}\n{keys.seal}".encode()
