"""Blocks of a letter as flowing pieces with their elements: headings, paragraphs, lists, tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.platypus import CondPageBreak, PageBreak, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from ur_desk.domain.letter import Block, BlockKind, LetterContent, Sentence
from ur_desk.pdf.flow import Heading, Item, Rule, W, Words, style, table, words
from ur_desk.pdf.fonts import BODY, STRONG, Typeface
from ur_desk.pdf.lines import LANGUAGE, Piece
from ur_desk.pdf.links import pieces_of
from ur_desk.pdf.look import COLUMN, HEIGHT, LINE, SOFT, TEXT, Look
from ur_desk.pdf.structure import Element, attribute

TALLEST_ROW = HEIGHT / 2
TOGETHER = HEIGHT / 6
BULLET = "•"
GUTTER = 10.0
SHORT = 90.0
SHARE = 40
Rows = tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one look."""

    title: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    apart: ParagraphStyle
    item: ParagraphStyle
    last_item: ParagraphStyle
    cell: ParagraphStyle
    cell_head: ParagraphStyle
    label: ParagraphStyle
    strong: ParagraphStyle


def styles(look: Look) -> Styles:
    """The styles of a look; 12 point body in normal print, 18 in large print."""
    size, leading = look.body, look.leading
    body = {"fontName": BODY, "fontSize": size, "leading": leading, "textColor": HexColor(TEXT)}
    strong = body | {"fontName": STRONG}
    heading = {"fontSize": look.heading, "leading": look.heading * 1.3}
    return Styles(
        title=style("title", **strong | {"fontSize": look.title, "leading": look.title * 1.3}, spaceAfter=size * 0.6),
        heading=style("heading", **strong | heading, spaceBefore=size * 0.75, spaceAfter=size * 0.35),
        body=style("body", **body, spaceAfter=size * 0.55),
        apart=style("apart", **body, spaceBefore=size * 0.9, spaceAfter=size * 0.55),
        item=style("item", **body, leftIndent=look.indent, bulletIndent=2, spaceAfter=size * 0.25),
        last_item=style("last_item", **body, leftIndent=look.indent, bulletIndent=2, spaceAfter=size * 0.6),
        cell=style("cell", **body),
        cell_head=style("cell_head", **strong),
        label=style("label", **body | {"textColor": HexColor(SOFT)}),
        strong=style("strong", **strong, spaceBefore=size * 0.4),
    )


class Story:
    """The pieces of one letter in reading order, each added to the tree as it is made."""

    def __init__(self, content: LetterContent, root: Element, face: Typeface, look: Look) -> None:
        self.content, self.root, self.face, self.look = content, root, face, look
        self.styles = styles(look)
        self.headings = 0

    def pieces(self) -> list[Flowable]:
        """The title and every block; the appendix begins on a page of its own."""
        made: list[Flowable] = [self._heading("H1", self.content.title, self.styles.title, level=0)]
        lead: list[Flowable] = []
        before = False
        blocks = (*self.content.blocks, *self.content.appendix)
        for number, (block, after) in enumerate(zip_longest(blocks, blocks[1:])):
            if number == len(self.content.blocks):
                made += [*lead, PageBreak()]
                lead, before = [], block.technical
            if block.technical != before:
                lead.append(Rule(LINE, self.look.body, self.look.body * 0.3))
                before = block.technical
            pieces = list(self._block(block))
            if _leads(block, after):
                lead += pieces
            elif pieces:
                together = min(sum(map(_least, [*lead, pieces[0]])), HEIGHT / 2) if lead else 0
                made += [CondPageBreak(together), *lead, *pieces]
                lead = []
        return made + lead

    def _block(self, block: Block) -> Iterator[Flowable]:
        if block.kind is BlockKind.HEADING:
            yield self._heading("H2", _text(block.rows[0]), self.styles.heading, level=1)
        elif block.kind is BlockKind.PARAGRAPH:
            yield from (self._words((row,), self.styles.body, self.root.add("P", **_language(row))) for row in block.rows)
        elif block.kind is BlockKind.ADDRESS:
            yield self._words(block.rows, self.styles.apart, self.root.add("P"))
        elif block.kind in (BlockKind.BULLETS, BlockKind.STEPS):
            yield from self._list(block)
        elif block.kind is BlockKind.FACTS:
            yield from self._facts(block)
        elif self.look.stacked:
            yield from self._stacked(block)
        else:
            yield from self._table(block)

    def _words(self, rows: Rows, look: ParagraphStyle, element: Element) -> Words:
        return self._made(Words, rows, look).of(element)

    def _made(self, kind: type[W], rows: Rows, look: ParagraphStyle) -> W:
        pieces, links = pieces_of(rows, self.content.language)
        return words(kind, pieces, links, look, self.face, self.content.language)

    def _heading(self, tag: str, text: str, look: ParagraphStyle, level: int) -> Heading:
        language = self.content.language
        made = words(Heading, (Piece(text, language),), (), look, self.face, language)
        made.element = self.root.add(tag)
        self.headings += 1
        made.key, made.level = f"h{self.headings}", level
        return made

    def _list(self, block: Block) -> Iterator[Flowable]:
        steps = block.kind is BlockKind.STEPS
        listed = self.root.add("L", A=attribute("List", ListNumbering="Decimal" if steps else "Disc"))
        for number, row in enumerate(block.rows, start=1):
            look = self.styles.last_item if number == len(block.rows) else self.styles.item
            yield self._item(listed, f"{number}." if steps else BULLET, row, look)

    def _item(self, listed: Element, mark: str, row: tuple[Sentence, ...], look: ParagraphStyle) -> Item:
        entry = listed.add("LI")
        made = self._made(Item, (row,), look)
        made.label, made.mark = entry.add("Lbl"), mark
        made.element = entry.add("LBody")
        return made

    def _facts(self, block: Block) -> Iterator[Flowable]:
        """Label and value side by side; the label is the row's header."""
        rows = [[self._cell(label, self.styles.label), self._cell(value, self.styles.cell)] for label, value in block.rows]
        left = min(max(COLUMN * 0.34, *(_width(row[0]) for row in rows)), COLUMN * 0.48)
        look = TableStyle(cells(1.2))
        made = table(self.root.add("Table"), rows, [left, COLUMN - left], header=0, first_column=True, look=look)
        made.spaceAfter = self.look.body * 0.7
        yield from self._if_it_fits(made, block)

    def _table(self, block: Block) -> Iterator[Flowable]:
        head = [self._cell(sentence, self.styles.cell_head) for sentence in block.rows[0]]
        rows = [[self._cell(sentence, self.styles.cell) for sentence in row] for row in block.rows[1:]]
        look = TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(SOFT)),
                ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(LINE)),
                *cells(4),
            ]
        )
        made = table(self.root.add("Table"), [head, *rows], _widths(block, head, rows), header=1, first_column=False, look=look)
        made.spaceAfter = self.look.body * 0.7
        yield from self._if_it_fits(made, block)

    def _cell(self, sentence: Sentence, look: ParagraphStyle) -> Words:
        return self._made(Words, ((sentence,),), look)

    def _if_it_fits(self, made: Table, block: Block) -> Iterator[Flowable]:
        """The table, or, where one of its rows is taller than a page bears, its rows one under the other: nothing is cut off."""
        made.wrap(COLUMN, HEIGHT)
        if max(made._rowHeights) <= TALLEST_ROW:
            made.splitByRow = int(sum(made._rowHeights) > TOGETHER)
            yield made
            return
        self.root.kids.pop()
        yield from self._stacked(block)

    def _stacked(self, block: Block) -> Iterator[Flowable]:
        """Each row as an item: its first cell, then the others under their headers; reads well in large print and breaks anywhere."""
        labels = [] if block.kind is BlockKind.FACTS else [sentence.text for sentence in block.rows[0]]
        for row in block.rows if block.kind is BlockKind.FACTS else block.rows[1:]:
            yield CondPageBreak(5 * self.look.leading)
            name = f"{labels[0]} {row[0].text}" if labels and row[0].text.isdecimal() else row[0].text
            yield self._words(((replace(row[0], text=name),),), self.styles.strong, self.root.add("P"))
            for column, sentence in enumerate(row[1:], start=1):
                gap = "\n" if "\n" in sentence.text else " "
                told = f"{labels[column]}:{gap}{sentence.text}" if labels else sentence.text
                yield self._words(((replace(sentence, text=told),),), self.styles.body, self.root.add("P"))


def _leads(block: Block, after: Block | None) -> bool:
    """Whether a block may not stand alone at the foot of a page: a heading, or a paragraph that opens a list or table."""
    opens = after is not None and after.kind in (BlockKind.TABLE, BlockKind.BULLETS, BlockKind.STEPS)
    return block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and len(block.rows) == 1 and opens)


def _least(piece: Flowable) -> float:
    """The height without which a piece does not begin on a page: a paragraph's first lines, a table's header and first row."""
    if isinstance(piece, Table):
        return float(sum(piece._rowHeights[: 2 if piece.splitByRow else None]))
    if isinstance(piece, Words):
        lines = 1 if isinstance(piece, Heading) else 3
        return float(lines * piece.style.leading + piece.style.spaceBefore + piece.style.spaceAfter)
    return float(piece.wrap(COLUMN, HEIGHT)[1])


def _language(row: tuple[Sentence, ...]) -> dict[str, Any]:
    """The language of a paragraph that is all in one other than the letter's, as its element says it."""
    languages = {sentence.language for sentence in row}
    only = languages.pop() if len(languages) == 1 else ""
    return {"Lang": PDFString(only)} if LANGUAGE.fullmatch(only) else {}


def _text(row: tuple[Sentence, ...]) -> str:
    return " ".join(sentence.text for sentence in row)


def _width(cell: Words) -> float:
    """The width of a cell that bears its text in one line."""
    return cell.natural() + GUTTER + 1


def cells(vertical: float) -> list[tuple[Any, ...]]:
    """What all tables share; the font too, else the table names one of reportlab's that is not embedded."""
    every = (0, 0), (-1, -1)
    return [
        ("FONTNAME", *every, BODY),
        ("VALIGN", *every, "TOP"),
        ("LEFTPADDING", *every, 0),
        ("RIGHTPADDING", *every, GUTTER),
        ("TOPPADDING", *every, vertical),
        ("BOTTOMPADDING", *every, vertical + 1),
    ]


def _widths(block: Block, head: list[Words], rows: list[list[Words]]) -> list[float]:
    """Column widths: each bears its header, and a text up to `SHORT`, in one line; the rest is shared by the longest text of each."""
    least = [max(_width(row[c]) for row in (head, *rows) if row is head or _width(row[c]) <= SHORT) for c in range(len(head))]
    longest = [max(min(max(map(len, row[c].text.split("\n"))), SHARE) for row in block.rows[1:]) for c in range(len(head))]
    spare = COLUMN - sum(least)
    if spare <= 0:
        return [COLUMN * width / sum(least) for width in least]
    return [width + spare * share / sum(longest) for width, share in zip(least, longest, strict=True)]
