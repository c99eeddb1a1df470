"""Flowing pieces of a tagged page: paragraphs, list items and tables that tell the canvas which element they are."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, TypeVar

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from ur_desk.pdf.fonts import Typeface
from ur_desk.pdf.lines import Line, Piece, Shaped
from ur_desk.pdf.links import LinkedText, marked_up
from ur_desk.pdf.structure import Element, Link, TaggedCanvas, attribute


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph of one element; its pieces on several pages stay that one element, and so do those of an address in it."""

    element: Element | None = None
    links: tuple[Link, ...] = ()
    shaped: Shaped | None = None
    """Where the words are to be shaped: they are set and drawn by this, not by reportlab."""
    lines: tuple[Line, ...] = ()

    def of(self, element: Element) -> "Words":
        """The paragraph, as the element's content."""
        self.element = element
        return self

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The place that the words take of a width."""
        if self.shaped is None:
            told: tuple[float, float] = super().wrap(width, height)
            return told
        self.lines = self.shaped.lines(width)
        self.width, self.height = width, sum(line.height for line in self.lines)
        return self.width, self.height

    def split(self, width: float, height: float) -> list["Words"]:
        """Pieces for this page and the next, of the same element."""
        pieces: list[Words] = super().split(width, height) if self.shaped is None else self._split_lines(self.shaped, width, height)
        for piece in pieces:
            piece.element, piece.links = self.element, self.links
        return pieces

    def _split_lines(self, shaped: Shaped, width: float, height: float) -> list["Words"]:
        """The lines that fit and the others, no single one on either side; nothing where they do not come apart."""
        lines, fit, used = shaped.lines(width), 0, 0.0
        while fit < len(lines) and used + lines[fit].height <= height:
            used += lines[fit].height
            fit += 1
        if fit == len(lines):
            return [self]
        fit -= len(lines) - fit == 1
        if fit < 2:
            return []
        first, rest = self.__class__("", self.style), Words("", self.style)
        first.shaped, rest.shaped = replace(shaped, rest=lines[:fit]), replace(shaped, rest=lines[fit:])
        return [first, rest]

    def natural(self) -> float:
        """The width that bears the words in one line, in points."""
        if self.shaped is not None:
            return self.shaped.natural()
        return float(stringWidth(super().getPlainText(), self.style.fontName, self.style.fontSize))

    def getPlainText(self, identify: bool | None = None) -> str:
        """What the words say."""
        return self.shaped.text if self.shaped is not None else str(super().getPlainText(identify))

    def draw(self) -> None:
        """Draws the words as the element's content; with addresses in them, the text itself says which run is whose."""
        if self.shaped is not None:
            self.shaped.draw(self.canv, self.lines, (self.width, self.height), self.element, self.links)
        elif self.element is None:
            super().draw()
        elif self.links and not self.canv.marking:
            with self.canv.leading(self.links):
                super().draw()
        else:
            with self.canv.content(self.element):
                super().draw()

    def beginText(self, x: float, y: float) -> PDFTextObject:
        """The text that reportlab fills."""
        if not (self.links and self.element is not None) or self.canv.marking:
            return super().beginText(x, y)
        text = LinkedText(self.canv, x, y, self.element, self.links)
        if self.blPara.kind == 0 and self.blPara.link:
            text.whole(self.blPara.link[0][1])
        return text


W = TypeVar("W", bound=Words)


def words(kind: type[W], pieces: Iterable[Piece], links: tuple[Link, ...], look: ParagraphStyle, face: Typeface, language: str) -> W:
    """A paragraph of texts in a document of a language: set by reportlab, or, where something in it has to be shaped, by `Shaped`."""
    told = tuple(pieces)
    if all(face.simple(piece.text) for piece in told):
        made = kind(marked_up(told, face), look)
    else:
        made = kind("", look)
        made.shaped = Shaped(told, look, face, language)
    made.links = links
    return made


class Heading(Words):
    """A heading, to which a bookmark leads."""

    key = ""
    level = 0

    def draw(self) -> None:
        """Draws the heading and sets its bookmark."""
        self.canv.bookmarkHorizontal(self.key, 0, self.height)
        self.canv.addOutlineEntry(self.getPlainText(), self.key, self.level)
        super().draw()


class Item(Words):
    """The first paragraph of a list item; its label is an element of its own and goes with the first piece only."""

    label: Element | None = None
    mark = ""

    def split(self, width: float, height: float) -> list[Words]:
        """Pieces for this page and the next; the label stays with the first."""
        pieces = super().split(width, height)
        first = pieces[0] if pieces else None
        if isinstance(first, Item):
            first.label, first.mark = self.label, self.mark
        return pieces

    def draw(self) -> None:
        """Draws the label, then the words beside it."""
        if self.label is not None:
            with self.canv.content(self.label):
                self.canv.setFont(self.style.fontName, self.style.fontSize)
                self.canv.setFillColor(self.style.textColor)
                self.canv.drawString(*self._label_place(), self.mark)
        super().draw()

    def _label_place(self) -> tuple[float, float]:
        """Left of the words on the line of the first; right of them where they are read from right to left."""
        if self.shaped is None:
            return self.style.bulletIndent, self.height - self.style.fontSize
        base = self.height - self.lines[0].above
        if not self.shaped.right_to_left:
            return self.style.bulletIndent, base
        return self.width - self.style.bulletIndent - stringWidth(self.mark, self.style.fontName, self.style.fontSize), base


class Rule(Flowable):  # type: ignore[misc]
    """A thin line across the frame; an artifact."""

    def __init__(self, color: str, above: float, below: float) -> None:
        super().__init__()
        self.color, self.above, self.below = color, above, below
        self.drawn = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The whole width, and the space above and below; nothing at the head of a page, where a rule stands already."""
        frame = getattr(self, "_frame", None)
        self.drawn = not (frame and frame._atTop)
        self.width = width
        return width, (self.above + self.below) * self.drawn

    def draw(self) -> None:
        """Draws the line, unless it would stand at the head of a page."""
        if not self.drawn:
            return
        with self.canv.artifact():
            self.canv.setStrokeColor(HexColor(self.color))
            self.canv.setLineWidth(0.6)
            self.canv.line(0, self.below, self.width, self.below)


class Cells:
    """Tells the canvas which element each cell is, through the hooks of a table that is drawn, over all its pages.

    `header` is the number of header rows, repeated on each page as artifacts; `first_column` makes the first cell of a row its header.
    """

    def __init__(self, table: Element, header: int, first_column: bool) -> None:
        self.table, self.header, self.first_column = table, header, first_column
        self.header_drawn = False
        self.open: Any = None
        self.row: Element | None = None
        self.row_number = 0

    def __call__(self, table: Table, event: str, *told: Any) -> None:
        """One event of the table's drawing."""
        if event in ("startBG", "startLines"):
            self._enter(table.canv.artifact())
        elif event == "startRow":
            self._start_row(told[0])
        elif event == "startCell":
            self._start_cell(table.canv, told[1], *told[2])
        elif event in ("endBG", "endLines", "endCell"):
            self.open.__exit__(None, None, None)
        elif event == "endTable":
            self.header_drawn = True

    def _start_row(self, number: int) -> None:
        self.row_number = number
        repeated = number < self.header and self.header_drawn
        self.row = None if repeated else self.table.add("TR")

    def _start_cell(self, canvas: TaggedCanvas, column: int, words: Words) -> None:
        if self.row is None:
            self._enter(canvas.artifact("Pagination"))
            return
        if self.row_number < self.header:
            cell = self.row.add("TH", A=attribute("Table", Scope="Column"))
        elif self.first_column and column == 0:
            cell = self.row.add("TH", A=attribute("Table", Scope="Row"))
        else:
            cell = self.row.add("TD")
        own = bool(words.links) or words.shaped is not None  # these say by themselves which run is whose
        if own:
            words.element = cell
        self._enter(nullcontext() if own else canvas.content(cell))

    def _enter(self, marked: Any) -> None:
        self.open = marked
        marked.__enter__()


def table(element: Element, rows: list[list[Words]], widths: list[float], *, header: int, first_column: bool, look: TableStyle) -> Table:
    """A table whose rows and cells are elements; header rows come again on each page."""
    hooks = Cells(element, header, first_column)
    return Table(rows, colWidths=widths, repeatRows=header, renderCB=hooks, style=look, hAlign="LEFT")


def style(name: str, **values: Any) -> ParagraphStyle:
    """A paragraph style; no line of a paragraph stands alone at the end or the head of a page."""
    return ParagraphStyle(name, allowOrphans=0, allowWidows=0, **values)
