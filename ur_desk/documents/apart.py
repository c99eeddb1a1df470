"""Policy documents that others made, read apart."""

from ur_desk.apart.room import SECONDS, Refusals, Room
from ur_desk.documents.formats.kinds import NOTHING_SAVED, Format
from ur_desk.documents.formats.source import Source

_REFUSALS = Refusals(
    late="takes longer to read than any policy does.",
    large="needs more memory than any policy does.",
    damaged="cannot be read: it is damaged, or made as no program makes it.",
    after=NOTHING_SAVED,
    choose="Choose the policy's own document.",
    again="Fetch the file again from the payer.",
)


def room(seconds: float = SECONDS) -> Room[Source]:
    """A process of its own for policy documents."""
    return Room("policy", Source, _REFUSALS, seconds)


def source_of(data: bytes, name: str, format_: Format) -> Source:
    """The file's lines, read in the program's one process for policy documents; UserError as for `Room.read`."""
    return _ROOM.read(data, name, format_)


_ROOM = room()
