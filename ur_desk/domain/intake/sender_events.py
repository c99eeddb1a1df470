"""What happens to what is kept of senders, as events: kept, renamed, dropped; and what this version of the program refuses of it."""

from collections import abc
from dataclasses import dataclass, field, replace

from ur_desk.domain.intake.mapping import Sender


@dataclass(frozen=True, slots=True)
class SenderKept:
    """A sender's mapping was kept, or another took its place."""

    sender: Sender


@dataclass(frozen=True, slots=True)
class SenderRenamed:
    """A sender has another name."""

    name: str
    new_name: str


@dataclass(frozen=True, slots=True)
class SenderDropped:
    """A sender's mapping is used no more."""

    name: str


@dataclass(frozen=True, slots=True)
class SenderUnread:
    """What was kept of a sender by another version of the program, and is refused by this one: it needs a look, and reads no file.

    It is never written; it stands in place of the event that cannot be read. `kept` are its plain data as they were kept.
    """

    name: str
    why: str
    kept: bytes = field(repr=False)


SenderBody = SenderKept | SenderRenamed | SenderDropped
Senders = abc.Mapping[str, Sender | SenderUnread]
"""The senders by their names in small letters."""


def senders_after(known: Senders, body: SenderBody | SenderUnread) -> Senders:
    """The senders after such an event; what it tells of a sender who is not known changes nothing."""
    told = dict(known)
    if isinstance(body, SenderKept):
        told[body.sender.name.casefold()] = body.sender
    elif isinstance(body, SenderUnread):
        told[body.name.casefold()] = body
    elif isinstance(body, SenderDropped):
        told.pop(body.name.casefold(), None)
    elif sender := told.pop(body.name.casefold(), None):
        told[body.new_name.casefold()] = replace(sender, name=body.new_name)
    return told
