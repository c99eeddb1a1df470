"""Flowing pieces of a tagged page: paragraphs, list items and tables that tell the canvas which element they are."""

from contextlib import nullcontext
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from ur_desk.pdf.links import LinkedText
from ur_desk.pdf.structure import Element, Link, TaggedCanvas, attribute


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph of one element; its pieces on several pages stay that one element, and so do those of an address in it."""

    element: Element | None = None
    links: tuple[Link, ...] = ()

    def of(self, element: Element) -> "Words":
        """The paragraph, as the element's content."""
        self.element = element
        return self

    def split(self, width: float, height: float) -> list["Words"]:
        """Pieces for this page and the next, of the same element."""
        pieces: list[Words] = super().split(width, height)
        for piece in pieces:
            piece.element, piece.links = self.element, self.links
        return pieces

    def draw(self) -> None:
        """Draws the words as the element's content; with addresses in them, the text itself says which run is whose."""
        if self.element is None:
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
                self.canv.drawString(self.style.bulletIndent, self.height - self.style.fontSize, self.mark)
        super().draw()


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
        if words.links:  # these say by themselves which run is whose
            words.element = cell
        self._enter(nullcontext() if words.links else canvas.content(cell))

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
