"""Faces of fonts that are shaped: letters joined, conjuncts formed and marks placed by HarfBuzz, and every glyph with the text that it stands for.

reportlab draws characters, not glyphs. So each glyph of a shaped text has a code of its own in a plane that no text uses (U+F0000 and its
number in the face): the same text gives the same codes whatever was drawn before. What a reader copies is told by the map of the document
and, word for word, by the text that stands with each word (`ur_desk.pdf.lines`).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_PLANE = 0xF0000
_TOGETHER = 2000
"""Glyphs that are read in one go where all are."""
_NOTHING = "\u200b"
"""What a glyph stands for whose text another glyph tells."""
_FORMS = ((0xFB1D, 0xFDFF), (0xFE70, 0xFEFE))
"""Presentation forms: letters as they look at one place of a word."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its code, the place in the text where its cluster begins, and thousandths of the font's size: how far the pen goes on,
    how far from the pen it stands, how wide the face says it is, and how far it reaches above and below the line."""

    code: str
    cluster: int
    advance: float
    dx: float
    dy: float
    width: float
    top: float
    bottom: float


class Face(TTFont):  # type: ignore[misc]
    """A font of reportlab that can be shaped; `index` is the face within a collection, `alias` what a document calls it, if not by its name."""

    def __init__(self, name: str, data: bytes, index: int = 0, readable: bool = False, alias: str = "") -> None:
        super().__init__(name, BytesIO(data), subfontIndex=index, asciiReadable=readable)
        if alias:  # two faces of one name would be one object of the document
            self.face.name, self.face.subfontNameX = alias.encode(), b""
        self._data, self._index = data, index
        self._hb: Any = None

    def has(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return 0 < ord(character) < _PLANE and self.face.charToGlyph.get(ord(character), 0) > 0

    @lru_cache(maxsize=4096)  # noqa: B019 -- faces are few and kept for good
    def shaped(self, text: str, right_to_left: bool, language: str) -> tuple[Glyph, ...]:
        """The glyphs of a text of one script and direction, from left to right."""
        import uharfbuzz as hb

        font = self._font()
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_str(text)
        buffer.language = language or "und"  # else it is taken from the machine
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        hb.shape(font, buffer)
        scale = 1000 / font.face.upem
        return tuple(self._glyph(font, scale, info, place) for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))

    def _glyph(self, font: Any, scale: float, info: Any, place: Any) -> Glyph:
        number = info.codepoint
        code, width = _PLANE + number, font.get_glyph_h_advance(number) * scale
        self.face.charToGlyph[code] = number
        self.face.charWidths[code] = width
        told = font.get_glyph_extents(number)
        top = (told.y_bearing + place.y_offset) * scale if told else 0
        bottom = top + told.height * scale if told else 0
        dx, dy = place.x_offset * scale, place.y_offset * scale
        return Glyph(chr(code), info.cluster, place.x_advance * scale, dx, dy, width, top, bottom)

    def _font(self) -> Any:
        if self._hb is None:
            import uharfbuzz as hb

            self._hb = hb.Font(hb.Face(hb.Blob(self._data), self._index))
        return self._hb

    def every_glyph(self) -> None:
        """Reads every glyph once, and shapes a text: ValueError, reportlab's and HarfBuzz's errors where the face is damaged."""
        count, places = self.face.numGlyphs, self.face.glyphPos
        if list(places) != sorted(places) or places[-1] > self.face.get_table_pos("glyf")[1]:
            raise ValueError("glyphs lie outside of their table")
        codes = [_PLANE + number for number in range(count)]
        self.face.charToGlyph.update((code, code - _PLANE) for code in codes)
        for start in range(0, count, _TOGETHER):
            self.face.makeSubset(codes[start : start + _TOGETHER])
        self.shaped("".join(map(chr, sorted(code for code in self.face.charToGlyph if code < _PLANE)[:100])), False, "")

    def tell(self, document: Any, glyphs: tuple[Glyph, ...], text: str) -> None:
        """Notes in a document what each glyph of a shaped text stands for, where no earlier one of it has told."""
        state = self._assignState(document)
        told = state.__dict__.setdefault("told", {})
        for glyph, of in zip(glyphs, _texts(glyphs, text), strict=True):
            told.setdefault(ord(glyph.code), self._own(ord(glyph.code) - _PLANE) or of)

    def _own(self, number: int) -> str:
        """The characters that a glyph stands for wherever it is drawn; empty for those that only a shaped text has."""
        codes = sorted(code for code in self.face.glyphToChar.get(number, ()) if unicodedata.category(chr(code))[0] != "C")
        if not codes:
            return ""
        form = any(first <= codes[0] <= last for first, last in _FORMS)
        return unicodedata.normalize("NFKC", chr(codes[0])) if form else chr(codes[0])

    def addObjects(self, doc: Any) -> None:
        """reportlab's own objects of the font, their map told in the characters of the text."""
        state = self._assignState(doc)
        told, subsets = state.__dict__.get("told", {}), [list(subset) for subset in state.subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = doc.idToObject[f"toUnicodeCMap:{base}"]
            lines = [f"<{place:02X}> <{told.get(code, chr(code)).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(subset)]
            head, _, rest = stream.content.partition("beginbfchar\n")
            stream.content = f"{head}beginbfchar\n" + "\n".join(lines) + "\nendbfchar" + rest.partition("endbfchar")[2]


def _texts(glyphs: tuple[Glyph, ...], text: str) -> Iterator[str]:
    """What each glyph stands for: the first of a cluster for all its text, the others for nothing."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    for glyph in glyphs:
        yield _NOTHING if glyph.cluster in seen else text[glyph.cluster : ends[glyph.cluster]]
        seen.add(glyph.cluster)
