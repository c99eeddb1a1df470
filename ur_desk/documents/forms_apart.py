"""Official forms that others made, looked at and filled in apart."""

from collections.abc import Mapping

import msgspec

from ur_desk.apart.room import Refusals, Room
from ur_desk.documents.read_form import LOOK, Filling, Told

_ROOM = Room(
    "form",
    Told,
    Refusals(
        late="takes longer to read than any form does.",
        large="needs more memory than any form does.",
        damaged="cannot be read: it is damaged, or made as no program makes it.",
        after="Nothing was changed.",
        choose="Take the form from its publisher again.",
        again="Take the form from its publisher again.",
    ),
    30.0,
)


def look(data: bytes, name: str) -> Told:
    """The fields of a form and what is printed on it; UserError where it is no fillable PDF, damaged or locked."""
    return _ROOM.read(data, name, LOOK)


def fill(data: bytes, name: str, values: Mapping[str, str], mark: str = "") -> bytes:
    """The form with these values in its fields; UserError where one is not there or would not show its value whole."""
    return _ROOM.read(data, name, msgspec.json.encode(Filling(dict(values), mark)).decode()).filled
