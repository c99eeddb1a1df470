"""Text that has to be shaped, set in lines: each word in its direction, drawn glyph by glyph, and told in its own letters to whoever copies
it or has it read aloud.

Words are drawn in the order in which they are read, each at its place: what the page holds stays in logical order whatever it looks like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import fp_str
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfgen.textobject import PDFTextObject

from ur_desk.pdf import direction
from ur_desk.pdf.breaks import clusters, items
from ur_desk.pdf.look import ACCENT
from ur_desk.pdf.scripts import read_in, script_of
from ur_desk.pdf.structure import Element, Link, TaggedCanvas

if TYPE_CHECKING:
    from ur_desk.pdf.faces import Face, Glyph
    from ur_desk.pdf.fonts import Typeface

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag as RFC 3066 writes it; what is none is not told, since a wrong one is read aloud wrongly."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "he", "yi", "sd", "ug", "ckb", "dv"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in one language, and the number of the address that it leads to, or -1."""

    text: str
    language: str
    link: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """What of a word is of one font, direction, language and address; its width in points."""

    font: str
    glyphs: "tuple[Glyph, ...]"
    text: str
    level: int
    language: str
    link: int
    width: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or the blanks behind it: its runs in logical order, and where its characters stand in the text."""

    runs: tuple[Run, ...]
    start: int
    end: int
    blank: bool

    @property
    def width(self) -> float:
        """In points."""
        return sum(run.width for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn: its runs in logical order, each with its place from the line's left end; what of it reaches how far above
    and below the line that the letters stand on, and how wide it is, in points."""

    runs: tuple[tuple[float, Run], ...]
    above: float
    below: float
    width: float

    @property
    def height(self) -> float:
        """In points."""
        return self.above + self.below


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph that has to be shaped; `rest` are the lines behind a page's end, once it is known where that falls."""

    pieces: tuple[Piece, ...]
    style: ParagraphStyle
    face: "Typeface"
    language: str
    rest: tuple[Line, ...] | None = None

    @property
    def text(self) -> str:
        """What the paragraph says."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def right_to_left(self) -> bool:
        """Whether every line of it is read from right to left: it stands at the right then."""
        return all(self._base(line, self.language) for line in self.text.split("\n") if line.strip())

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines of a width, in points."""
        if self.rest is not None:
            return self.rest
        return tuple(line for row in self._rows() for line in self._filled(row, width - self.style.leftIndent))

    def natural(self) -> float:
        """The width that bears each row in one line, in points."""
        return max((line.width for row in self._rows() for line in self._filled(row, float("inf"))), default=0.0)

    def _base(self, text: str, language: str) -> int:
        turned = any(direction.base(character) for character in text)
        return 1 if turned and language.split("-")[0].lower() in RIGHT_TO_LEFT else direction.base(text)

    def _rows(self) -> Iterator[list[Piece]]:
        """The pieces of each row, a line feed being the end of one."""
        row: list[Piece] = []
        for piece in self.pieces:
            first, *others = piece.text.split("\n")
            row.append(Piece(first, piece.language, piece.link))
            for text in others:
                yield row
                row = [Piece(text, piece.language, piece.link)]
        yield row

    def _filled(self, row: Sequence[Piece], width: float) -> Iterator[Line]:
        """The lines of one row: as many words on each as it bears; a word that fits no line is parted between its letters."""
        setting = _Row(row, self)
        line: list[Word] = []
        used = 0.0
        for start, end, blank in items(setting.text):
            word = setting.word(start, end, blank)
            if blank or used + word.width <= width:
                line.append(word)
                used += word.width
                continue
            parts = (word,) if word.width <= width else tuple(setting.word(*part, False) for part in clusters(setting.text, start, end))
            for part in parts:
                if line and used + part.width > width:
                    yield setting.line(line)
                    line, used = [], 0.0
                line.append(part)
                used += part.width
        yield setting.line(line)

    def draw(
        self, canvas: TaggedCanvas, lines: Sequence[Line], size: tuple[float, float], element: Element | None, links: Sequence[Link]
    ) -> None:
        """Draws lines into a box of a width and height from the canvas's origin, as an element's content."""
        width, height = size
        owner = Owner(canvas, element, links, stretches_of(lines), self.language)
        text = canvas.beginText()
        base, turned = height, self.right_to_left
        for line in lines:
            base -= line.above
            left = width - self.style.leftIndent - line.width if turned else self.style.leftIndent
            for x, run in line.runs:
                owner.take(text, (left + x, base - 2, left + x + run.width, base + line.above - 2))
                self._draw_run(canvas, text, run, left + x, base)
            base -= line.below
        owner.end(text)
        canvas.drawText(text)

    def _draw_run(self, canvas: TaggedCanvas, text: PDFTextObject, run: Run, x: float, base: float) -> None:
        face, size = self.face.ready(run.font), self.style.fontSize
        face.tell(canvas._doc, run.glyphs, run.text)
        text.setFillColor(HexColor(ACCENT) if run.link >= 0 else self.style.textColor)
        for (left, up), codes in _strokes(run.glyphs):
            text.setTextOrigin(x + left * size / 1000, base + up * size / 1000)
            text._code += _shown(face, canvas, codes, size)


def _strokes(glyphs: "Sequence[Glyph]") -> Iterator[tuple[tuple[float, float], list[tuple[str, float]]]]:
    """Glyphs of one height together, since every jump is a word of its own to whoever copies the page: where the first stands, and each with
    how much further than the face says the next one stands; in thousandths of the size."""
    pen, placed = 0.0, []
    for glyph in glyphs:
        placed.append((pen + glyph.dx, glyph))
        pen += glyph.advance
    for up, group in groupby(placed, key=lambda each: each[1].dy):
        told = list(group)
        after = [place for place, _ in told[1:]]
        gaps = [next_ - place - glyph.width for (place, glyph), next_ in zip(told, after, strict=False)]
        yield (told[0][0], up), [(glyph.code, gap) for (_, glyph), gap in zip(told, [*gaps, 0.0], strict=True)]


def _shown(face: "Face", canvas: TaggedCanvas, codes: list[tuple[str, float]], size: float) -> Iterator[str]:
    """The operators that show glyphs, each followed by its gap."""
    document = canvas._doc
    split = ((face.splitString(code, document)[0], gap) for code, gap in codes)
    for subset, shown in groupby(split, key=lambda each: each[0][0]):
        yield f"{face.getSubsetInternalName(subset, document)} {fp_str(size)} Tf"
        parts = [f"({canvas._escape(told)})" + (f" {fp_str(-gap)} " if abs(gap) > 0.01 else "") for (_, told), gap in shown]
        yield f"[{''.join(parts).replace(')(', '')}] TJ"


class _Row:
    """One row of a text with what holds for each of its characters."""

    def __init__(self, pieces: Sequence[Piece], of: Shaped) -> None:
        self.of = of
        self.text = "".join(piece.text for piece in pieces)
        self.base = of._base(self.text, pieces[0].language if pieces else of.language)
        self.levels = direction.levels(self.text, self.base)
        self.fonts: list[str | None] = []
        self.languages: list[str] = []
        self.links: list[int] = []
        for piece in pieces:
            self.fonts += of.face.fonts(piece.text, piece.language, of.style.fontName)
            self.languages += [piece.language] * len(piece.text)
            self.links += [piece.link] * len(piece.text)

    def word(self, start: int, end: int, blank: bool) -> Word:
        """The characters from one place to before another, shaped."""
        runs = []
        for (font, level, language, link), places in groupby(range(start, end), key=self._kind):
            text = "".join(self.text[place] for place in places)
            told = next((script for each in text if (script := script_of(each))), None)
            spoken = read_in(told, language)
            face = self.of.face.face(font or self.of.style.fontName)
            glyphs = face.shaped(text, bool(level % 2), spoken)
            width = sum(glyph.advance for glyph in glyphs) * self.of.style.fontSize / 1000
            runs.append(Run(face.fontName, glyphs, text, level, spoken, link, width))
        return Word(tuple(runs), start, end, blank)

    def _kind(self, place: int) -> tuple[str | None, int, str, int]:
        return self.fonts[place], self.levels[place], self.languages[place], self.links[place]

    def line(self, words: list[Word]) -> Line:
        """Words as one line: without its last blanks, in the order in which it is seen."""
        while words and words[-1].blank:
            words = words[:-1]
        runs = [run for word in words for run in word.runs]
        places, x = [0.0] * len(runs), 0.0
        for place in direction.order([run.level for run in runs]):
            places[place] = x
            x += runs[place].width
        style = self.of.style
        scale = style.fontSize / 1000
        glyphs = [glyph for run in runs for glyph in run.glyphs]
        above = max([style.fontSize, *(glyph.top * scale for glyph in glyphs)])
        below = max([style.leading - style.fontSize, *(1 - glyph.bottom * scale for glyph in glyphs)])
        return Line(tuple(zip(places, runs, strict=True)), above, below, x)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Neighbouring runs of one address and language: whether any runs from right to left, and what they say, over all their lines."""

    link: int
    language: str
    turned: bool
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """What of a part stands on one line."""

    part: Part
    text: str


def stretches_of(lines: Sequence[Line]) -> Iterator[Stretch]:
    """The stretch that each run of the lines belongs to, in the order in which they are drawn."""
    runs = [(run, number) for number, line in enumerate(lines) for _, run in line.runs]
    for (link, language), group in groupby(runs, key=lambda each: (each[0].link, each[0].language)):
        told = list(group)
        rows = [[run.text for run, _ in row] for _, row in groupby(told, key=lambda each: each[1])]
        part = Part(link, language, any(run.level % 2 for run, _ in told), " ".join("".join(row) for row in rows))
        for row in rows:
            yield from [Stretch(part, "".join(row))] * len(row)


class Owner:
    """Which element each run belongs to while a paragraph is drawn; within content that is marked already, none is told.

    What is in another language than the paragraph is an element of its own, which says so. What runs from right to left also says its text
    there: on the page its glyphs stand as they are seen, the way that readers of such pages expect them. All else says its text on the page,
    line by line.
    """

    def __init__(
        self, canvas: TaggedCanvas, element: Element | None, links: Sequence[Link], stretches: Iterator[Stretch], language: str
    ) -> None:
        self._canvas, self._element, self._links, self._stretches = canvas, element, links, stretches
        self._language = element.attributes["Lang"].s if element is not None and "Lang" in element.attributes else language
        self._made: tuple[Part | None, Element | None] = (None, None)
        self._open: Stretch | None = None
        self._silent = element is None or canvas.marking

    def take(self, text: PDFTextObject, place: tuple[float, float, float, float]) -> None:
        """The next run is drawn at a place."""
        if self._silent:
            return
        stretch = next(self._stretches)
        if stretch.part is not self._made[0]:
            self._made = (stretch.part, self._of(stretch.part))
        owner = self._made[1]
        assert owner is not None
        if stretch is not self._open:
            self.end(text)
            text._code.append(self._canvas.mark(owner, "" if stretch.part.turned else stretch.text))
            self._open = stretch
        if stretch.part.link >= 0:
            with self._canvas.leading(self._links):
                self._canvas.linkURL(str(stretch.part.link), place, relative=1)

    def _of(self, part: Part) -> Element:
        assert self._element is not None
        owner = self._element
        if part.link >= 0:
            link = self._links[part.link]
            owner = link.element = link.element or Element("Link")
            if not any(kid is owner for kid in self._element.kids):
                self._element.kids.append(owner)
        told = {"Lang": PDFString(part.language)} if part.language != self._language and LANGUAGE.fullmatch(part.language) else {}
        if part.turned:
            told["ActualText"] = PDFString(part.text)
        return owner.add("Span", **told) if told else owner

    def end(self, text: PDFTextObject) -> None:
        """Nothing more is drawn."""
        if self._open is not None:
            text._code.append("EMC")
            self._open = None
