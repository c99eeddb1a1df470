"""Sheets that go with letters, as tagged pages: facts, a bar code with its words, and notes under headings."""

from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, TableStyle
from reportlab.platypus.flowables import Flowable

from ur_desk.domain.letters.sending import SheetContent
from ur_desk.errors import UserError
from ur_desk.pdf.flow import Heading, Words, style, table, words
from ur_desk.pdf.fonts import BODY, STRONG, InstalledFont, Typeface, lack, mend, typeface
from ur_desk.pdf.lines import Piece
from ur_desk.pdf.look import ACCENT, COLUMN, HEIGHT, NORMAL, SIDE, SOFT, TEXT, WIDTH
from ur_desk.pdf.story import cells, styles
from ur_desk.pdf.structure import CREATOR, Element, TaggedCanvas

BAR_HEIGHT = 64.0
BAR_WIDTH = 1.5
"""Points of the thinnest bar: 0.53 mm, which survives a fax of 100 by 200 dots an inch."""
QUIET = 20 * BAR_WIDTH
"""White beside the bars, twice what Code 128 asks for."""
LEFT = COLUMN * 0.34


class Bars(Flowable):  # type: ignore[misc]
    """A Code 128 bar code, a figure with its words."""

    def __init__(self, text: str, told: str, root: Element) -> None:
        super().__init__()
        self.code = Code128(text, barHeight=BAR_HEIGHT, barWidth=BAR_WIDTH, quiet=False, humanReadable=False)
        self.element = root.add("Figure", Alt=PDFString(told))
        self.spaceBefore, self.spaceAfter = 18, 6

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As wide as its bars and the white beside them."""
        self.width, self.height = self.code.width + 2 * QUIET, BAR_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draws the bars and says where on the page they stand."""
        left, bottom = self.canv.absolutePosition(QUIET, 0)
        place = PDFArray([left, bottom, left + self.code.width, bottom + BAR_HEIGHT])
        self.element.attributes["A"] = PDFDictionary({"O": PDFName("Layout"), "BBox": place, "Placement": PDFName("Block")})
        with self.canv.content(self.element):
            self.code.drawOn(self.canv, QUIET, 0)


def render_sheet(content: SheetContent, *, fonts_dir: Path, installed: tuple[InstalledFont, ...] = ()) -> bytes:
    """The sheet as a tagged PDF of one page; the same content gives the same bytes. UserError where a character cannot be drawn."""
    face = typeface(fonts_dir, installed)
    _check(content, face)
    face.register()
    root, out = Element("Document"), BytesIO()
    producer = {"creator": CREATOR, "producer": CREATOR, "author": CREATOR, "subject": content.title, "title": content.title}
    document = BaseDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), leftMargin=0, rightMargin=0, topMargin=0, bottomMargin=0, lang=content.language,
        invariant=1, pageCompression=1, initialFontName=BODY, **producer,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate("sheet", [Frame(SIDE, SIDE, COLUMN, HEIGHT - 1.7 * SIDE, 0, 0, 0, 0)])])
    document.build(
        _pieces(content, root, face),
        canvasmaker=lambda *args, **kwargs: TaggedCanvas(
            *args, root=root, dated=content.dated, finish_page=lambda _canvas, _number, _total: None, **kwargs
        ),
    )
    return out.getvalue()


def _pieces(content: SheetContent, root: Element, face: Typeface) -> list[Flowable]:
    look = styles(NORMAL)
    letterhead = style("plan", fontName=STRONG, fontSize=NORMAL.letterhead, leading=20, textColor=HexColor(ACCENT))
    address = style("address", fontName=BODY, fontSize=NORMAL.furniture, leading=12, textColor=HexColor(SOFT), spaceAfter=28)
    numbers = style("number", fontName=STRONG, fontSize=NORMAL.letterhead, leading=22, textColor=HexColor(TEXT), leftIndent=QUIET)
    name, *rest = content.sender

    def told(text: str, look: ParagraphStyle) -> Words:
        return words(Words, (Piece(text, content.language),), (), look, face, content.language)

    made: list[Flowable] = [told(name, letterhead).of(root.add("P"))]
    if rest:
        made.append(told(", ".join(rest), address).of(root.add("P")))
    made.append(_heading("H1", content.title, look.title, root, face, 0, content.language))
    rows = [[told(label, look.label), told(value, look.cell)] for label, value in content.facts]
    facts = table(root.add("Table"), rows, [LEFT, COLUMN - LEFT], header=0, first_column=True, look=TableStyle(cells(2)))
    facts.spaceAfter = 10
    made.append(facts)
    if content.bars:
        made += [Bars(content.bars, content.bars_told, root), told(content.bars, numbers).of(root.add("P"))]
    for number, (heading, note) in enumerate(content.notes, start=1):
        made.append(_heading("H2", heading, look.heading, root, face, number, content.language))
        made.append(told(note, look.body).of(root.add("P")))
    return made


def _heading(tag: str, text: str, look: Any, root: Element, face: Typeface, number: int, language: str) -> Heading:
    made = words(Heading, (Piece(text, language),), (), look, face, language)
    made.element, made.key, made.level = root.add(tag), f"h{number}", min(number, 1)
    return made


def _check(content: SheetContent, face: Typeface) -> None:
    texts = (*content.sender, *(text for fact in content.facts for text in fact))
    for text in texts:
        if (character := face.undrawable(text, content.language)) is not None:
            raise UserError(f"The sheet cannot be drawn: it holds {lack(character)}", f"{mend(character)} Nothing was written.")
