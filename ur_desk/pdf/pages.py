"""The pages of a letter: letterhead, address in the window, running head, page numbers, the mark across, and the story between."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate

from ur_desk.domain.letter import LetterContent, LetterKind
from ur_desk.errors import UserError
from ur_desk.pdf.flow import Words, style, words
from ur_desk.pdf.fonts import BODY, STRONG, Typeface
from ur_desk.pdf.lines import Piece
from ur_desk.pdf.look import (
    ACCENT,
    ADDRESS_SIZE,
    COLUMN,
    HEIGHT,
    LARGE,
    LINE,
    MARK,
    NORMAL,
    SIDE,
    SOFT,
    TEXT,
    WIDTH,
    WINDOW_BOTTOM,
    WINDOW_TOP,
    WINDOW_WIDTH,
    Look,
)
from ur_desk.pdf.story import Story
from ur_desk.pdf.structure import CREATOR, Element, TaggedCanvas

TITLES = {LetterKind.INFORMATION_REQUEST: "Request for information"}
TITLE = "Determination letter"
BOTTOM = 66.0


def draw(content: LetterContent, face: Typeface, mark: str, large_print: bool) -> bytes:
    """All pages as the bytes of one file; `mark` is the word across every page, or empty."""
    face.register()
    pages = Pages(content, face, LARGE if large_print else NORMAL, mark)
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), leftMargin=0, rightMargin=0, topMargin=0, bottomMargin=0, lang=content.language, **pages.metadata
    )
    document.addPageTemplates([pages.first(), pages.later()])
    story = Story(content, pages.root, face, pages.look)
    document.build([NextPageTemplate("later"), *story.pieces()], canvasmaker=pages.canvas)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Placed:
    """Words at a fixed place: the distance of their top from the top of the page, and how far down they reach."""

    words: Words
    top: float
    bottom: float


class Pages:
    """What stands around the story of one letter."""

    def __init__(self, content: LetterContent, face: Typeface, look: Look, mark: str) -> None:
        self.content, self.face, self.look, self.mark = content, face, look, mark
        self.root = Element("Document")
        self.letterhead = self._letterhead()
        self.address = self._address()

    @property
    def metadata(self) -> dict[str, Any]:
        """Title and producer of the file; no person, no case."""
        title = TITLES.get(self.content.kind, TITLE)
        title = f"{self.mark.capitalize()}: {title}" if self.mark else title
        producer = {"creator": CREATOR, "producer": CREATOR, "author": CREATOR, "subject": TITLE}
        return {"title": title, **producer, "invariant": 1, "pageCompression": 1, "initialFontName": BODY}

    def canvas(self, *args: Any, **kwargs: Any) -> TaggedCanvas:
        """The canvas that the document is drawn on."""
        return TaggedCanvas(*args, root=self.root, dated=self.content.dated, finish_page=self._footer, **kwargs)

    def first(self) -> PageTemplate:
        """The first page: letterhead and address, then the story."""
        top = max(WINDOW_BOTTOM, self.address[-1].bottom if self.address else 0) + 12
        return PageTemplate("first", [_frame(top)], onPage=self._first_page)

    def later(self) -> PageTemplate:
        """Every other page: the plan's name above a rule, then the story."""
        return PageTemplate("later", [_frame(62 + self.look.furniture)], onPage=self._later_page)

    def _letterhead(self) -> list[Placed]:
        name, *rest = self.content.sender or ("",)
        placed = [self._place(name, STRONG, self.look.letterhead, ACCENT, 38, COLUMN)]
        if rest:
            placed.append(self._place(", ".join(rest), BODY, self.look.furniture, SOFT, placed[0].bottom + 2, COLUMN))
        return placed

    def _address(self) -> list[Placed]:
        if not self.content.recipient:
            return []
        top = max(WINDOW_TOP, self.letterhead[-1].bottom + 24)
        placed = self._place("\n".join(self.content.recipient), BODY, ADDRESS_SIZE, TEXT, top, WINDOW_WIDTH)
        if placed.bottom > HEIGHT / 2:
            raise UserError(
                "The name and address do not fit on the first page.", "Shorten them. The decision is kept; no letter was written."
            )
        return [placed]

    def _place(self, text: str, font: str, size: float, color: str, top: float, width: float) -> Placed:
        look = style("placed", fontName=font, fontSize=size, leading=size * 1.25, textColor=HexColor(color))
        told = self._words(text, look).of(self.root.add("P"))
        _, height = told.wrap(width, HEIGHT)
        return Placed(told, top, top + height)

    def _words(self, text: str, look: ParagraphStyle) -> Words:
        language = self.content.language
        return words(Words, (Piece(text, language),), (), look, self.face, language)

    def _first_page(self, canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        self._across(canvas)
        for placed in (*self.letterhead, *self.address):
            placed.words.drawOn(canvas, SIDE, HEIGHT - placed.bottom)
        self._rule(canvas, self.letterhead[-1].bottom + 7, ACCENT, 1.6)

    def _later_page(self, canvas: TaggedCanvas, document: BaseDocTemplate) -> None:
        self._across(canvas)
        with canvas.artifact("Pagination", "Header"):
            self._line(canvas, (self.content.sender or ("",))[0], 40 + self.look.furniture)
        self._rule(canvas, 48 + self.look.furniture, ACCENT, 0.8)

    def _footer(self, canvas: TaggedCanvas, number: int, total: int) -> None:
        """Drawn when the number of pages is known."""
        with canvas.artifact("Pagination", "Footer"):
            canvas.setStrokeColor(HexColor(LINE))
            canvas.setLineWidth(0.6)
            canvas.line(SIDE, 52, WIDTH - SIDE, 52)
            down = HEIGHT - 38
            case = f"Letter {self.content.number}" if self.content.number else f"Case {self.content.case_number}"
            self._line(canvas, case, down)
            if self.content.record:
                self._line(canvas, f"Record {self.content.record}", down + self.look.furniture * 1.1)
            canvas.setFont(BODY, self.look.furniture)
            canvas.setFillColor(HexColor(SOFT))
            canvas.drawRightString(WIDTH - SIDE, HEIGHT - down, f"Page {number} of {total}")

    def _line(self, canvas: TaggedCanvas, text: str, down: float) -> None:
        """One line of furniture at the left, its letters standing so far below the top of the page."""
        size = self.look.furniture
        line = self._words(text, style("furniture", fontName=BODY, fontSize=size, leading=size * 1.25, textColor=HexColor(SOFT)))
        line.wrap(COLUMN, HEIGHT)
        line.drawOn(canvas, SIDE, HEIGHT - down + size - line.height)

    def _rule(self, canvas: TaggedCanvas, down: float, color: str, width: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColor(HexColor(color))
            canvas.setLineWidth(width)
            canvas.line(SIDE, HEIGHT - down, WIDTH - SIDE, HEIGHT - down)

    def _across(self, canvas: TaggedCanvas) -> None:
        """The word across the page, under the text, pale enough to read over and too large to miss."""
        if not self.mark:
            return
        with canvas.artifact("Pagination", "Watermark"):
            canvas.saveState()
            canvas.translate(WIDTH / 2, HEIGHT / 2)
            canvas.rotate(52)
            canvas.setFont(STRONG, 128 if len(self.mark) < 6 else 118)
            canvas.setFillColor(HexColor(MARK))
            canvas.drawCentredString(0, -40, self.mark)
            canvas.restoreState()


def _frame(top: float) -> Frame:
    return Frame(SIDE, BOTTOM, COLUMN, HEIGHT - BOTTOM - top, 0, 0, 0, 0)
