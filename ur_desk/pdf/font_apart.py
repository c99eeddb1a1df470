"""Fonts that a plan would install, looked at apart: they are foreign files like any other."""

from ur_desk.apart.room import Refusals, Room
from ur_desk.pdf.font_told import FontTold

_ROOM = Room(
    "font",
    FontTold,
    Refusals(
        late="takes longer to read than any font does.",
        large="needs more memory than any font does.",
        damaged="is damaged, or made as no program makes a font.",
        after="Nothing was changed.",
        choose="Take it from its maker again.",
        again="Take it from its maker again.",
    ),
    30.0,
)


def look(data: bytes, name: str, language: str, index: int = 0) -> FontTold:
    """The faces of a font, one of them checked for a language: TrueType outlines, letters of that language, and leave to embed it; else
    UserError."""
    return _ROOM.read(data, name, f"{language} {index}")
