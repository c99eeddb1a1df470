"""Who sat down, looked, searched and took along: the bodies of events that change no case and nothing of the workspace."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "access."
"""The verb of every such event begins with it."""


class How(StrEnum):
    """How somebody showed who they are."""

    PASSPHRASE = "passphrase"
    FILE = "passphrase_file"
    CODE = "one_time_code"
    PIN = "pin"
    RECOVERY = "recovery_key"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody sat down at the workspace."""

    how: How


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Somebody got up, or closed the program."""


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """Somebody tried a name with a wrong passphrase, while the workspace was closed: how often, and when last by this machine's clock."""

    name: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Locked:
    """The desk was locked at `at`; `shut` where nothing that opens it stayed in memory. The event may be kept only once it is open
    again, where the disk took nothing at the time."""

    shut: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Whoever sat at the locked desk opened it again: how, and how many wrong PINs came before."""

    how: How
    wrong_pins: int = 0


@dataclass(frozen=True, slots=True)
class KeysRemoved:
    """The file of keys held slots that the trail does not know, and they were taken out: of which sign-in names, one each. A step that
    was cut off leaves such a slot; so does whoever wrote one into the file by hand."""

    names: tuple[str, ...]


AccessBody = SignedIn | SignedOut | SignInFailed | Locked | Unlocked | KeysRemoved


def verb_of(body: AccessBody) -> str:
    """The verb of such an event: `access.signed-in`."""
    name = type(body).__name__
    return PREFIX + "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")
