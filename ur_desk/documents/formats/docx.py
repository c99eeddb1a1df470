"""A Word document to pieces: paragraphs with the numbers that Word prints, rows, headings; heads, feet and contents are furniture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ur_desk.documents.formats.docx_numbers import Numbers, W, numbers_of
from ur_desk.documents.formats.docx_styles import Styles, listed, outlined, styles_of, switched
from ur_desk.documents.formats.docx_unseen import unseen, unshaded
from ur_desk.documents.formats.html import CELL, INDENT
from ur_desk.documents.formats.office import parts_of, tree_of
from ur_desk.documents.formats.source import Piece, Source, numbered, raised, symbol, unseen_notes
from ur_desk.domain.policy import Furniture, LineKind

READER = "docx/1"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLOCKS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"})
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{W}delText", f"{W}sdtPr", f"{W}sdtEndPr"})
_SPACE = re.compile(r"[ \u00a0]+")
_LONGEST_HEADING = 120


@dataclass(slots=True)
class _Words:
    """The words of a paragraph on their way: its lines, whether all of them are bold, the text boxes that hang on it."""

    bold_style: bool
    lines: list[str] = field(default_factory=lambda: [""])
    plain: bool = False
    unseen: set[int] = field(default_factory=set)
    boxes: list[Any] = field(default_factory=list)

    def say(self, text: str, bold: bool | None = None, *, unseen: bool = False) -> None:
        self.lines[-1] += text
        if unseen and text.strip():
            self.unseen.add(len(self.lines) - 1)
        self.plain = self.plain or bool(text.strip(" :.\t\u00a0") and not (self.bold_style if bold is None else bold))


def read_docx(data: bytes, name: str) -> Source:
    """The document's own words in order as numbered lines; what stands in heads and feet of its pages, and its contents, is furniture."""
    parts = parts_of(data, name)
    trees = {part: tree_of(told, name) for part, told in parts.items()}
    reader = _Reader(styles_of(trees.get("word/styles.xml")), numbers_of(trees.get("word/numbering.xml")))
    body = trees["word/document.xml"].find(f"{W}body")
    pieces = [] if body is None else list(reader.blocks(body))
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in trees:
            pieces += reader.notes(trees[part])
    around = [trees[part] for part in sorted(trees) if part.startswith(("word/header", "word/footer"))]
    furniture = [Furniture(piece.text.strip()) for tree in around for piece in reader.blocks(tree) if piece.text.strip()]
    furniture = [*dict.fromkeys(furniture), *reader.contents]
    return Source(numbered(pieces, name, furniture), READER, notes=unseen_notes(pieces))


@dataclass(slots=True)
class _Reader:
    """Walks the blocks of a document with its styles and the count of its lists."""

    styles: Styles
    numbers: Numbers
    contents: list[Furniture] = field(default_factory=list)

    def blocks(self, parent: Any) -> Iterator[Piece]:
        """The pieces of all blocks in an element, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _BLOCKS:
                yield from self.blocks(child)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self.blocks(_chosen(child))

    def notes(self, tree: Any) -> Iterator[Piece]:
        """Foot- or endnotes, each with its mark before it."""
        for note in tree:
            if note.get(f"{W}type", "normal") == "normal":
                mark = raised(note.get(f"{W}id", ""))
                for at, piece in enumerate(self.blocks(note)):
                    yield Piece(piece.text if at else f"{mark} {piece.text.lstrip()}", piece.kind, piece.level)

    def _table(self, table: Any) -> Iterator[Piece]:
        rows = [row for row in table.iter(f"{W}tr") if _nearest(row, f"{W}tbl") is table]
        for row in rows:
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]
            told = [list(self.blocks(cell)) for cell in cells]
            if len([each for each in told if each]) < 2 or any(
                p.kind is not LineKind.PARAGRAPH for each in told for p in each if not _short(p)
            ):
                for each in told:
                    yield from each
                continue
            joined = [" ".join(piece.text.strip() for piece in each) for each in told]
            while joined and not joined[-1]:
                joined.pop()
            yield Piece(CELL.join(joined).strip(), LineKind.ROW, unseen=any(piece.unseen for each in told for piece in each))

    def _paragraph(self, paragraph: Any) -> Iterator[Piece]:
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.of(properties, "pStyle")
        words = _Words(bool(style.bold))
        self._runs(paragraph, words)
        label, depth = self._label(properties)
        hidden = unshaded(paragraph) and words.unseen
        told = [(line, at in hidden if hidden else False) for at, each in enumerate(words.lines) if (line := _SPACE.sub(" ", each).strip())]
        lines = [line for line, _ in told]
        if style.contents:
            self.contents += [Furniture(line.replace("\t", " ")) for line in lines]
            lines = []
        elif lines:
            own = outlined(properties)
            heading = style.outline if own is None else own
            pieces = list(_pieces(lines, label, depth, heading if heading and heading < 10 else None, bold=not words.plain))
            unseen = [each for _, each in told] if len(pieces) == len(told) else [any(each for _, each in told)] * len(pieces)
            yield from (replace(piece, unseen=each) for piece, each in zip(pieces, unseen, strict=True))
        for box in words.boxes:
            yield from self.blocks(box)

    def _label(self, properties: Any) -> tuple[str | None, int]:
        """The number that Word prints before the paragraph, and how deep its list lies; every numbered paragraph counts, also an empty one."""
        style = self.styles.of(properties, "pStyle")
        number, depth = listed(properties)
        named = number if number is not None else style.list
        if named is None or named == "0":
            return None, 0
        told = (depth, style.depth, self.numbers.styled.get(style.id))
        at = next((one for one in told if one is not None), 0)
        return self.numbers.label(named, at), at

    def _runs(self, parent: Any, words: _Words) -> None:
        for child in parent:
            if child.tag == f"{W}r":
                self._run(child, words)
            elif child.tag == f"{_MC}AlternateContent":
                self._runs(_chosen(child), words)
            elif child.tag not in _GONE:
                self._runs(child, words)

    def _run(self, run: Any, words: _Words) -> None:
        properties = run.find(f"{W}rPr")
        if switched(properties, "vanish"):
            return
        bold = switched(properties, "b")
        bold = self.styles.of(properties, "rStyle").bold if bold is None else bold
        place = None if properties is None else properties.find(f"{W}vertAlign")
        faint = unseen(properties)
        above = place is not None and place.get(f"{W}val") == "superscript"
        for child in _seen(run):
            told = _told(child)
            if told is not None:
                words.say(raised(told) if above else told, bold, unseen=faint)
            elif child.tag in (f"{W}br", f"{W}cr") and child.get(f"{W}type", "textWrapping") == "textWrapping":
                words.lines.append("")
            elif child.tag == f"{W}txbxContent":
                words.boxes.append(child)


def _seen(parent: Any) -> Iterator[Any]:
    """Everything in a run that is printed, in order; a text box is given whole, one wording of several only."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            yield from _seen(_chosen(child))
        elif child.tag not in _GONE:
            yield child
            if child.tag != f"{W}txbxContent":
                yield from _seen(child)


def _told(element: Any) -> str | None:
    """The characters that an element of a run prints; None for all that prints none."""
    tag = element.tag
    if tag == f"{W}t":
        return element.text or ""
    if tag == f"{W}tab":
        return "\t"
    if tag == f"{W}noBreakHyphen":
        return "-"
    if tag == f"{W}sym":
        code = element.get(f"{W}char", "")
        return symbol(chr(int(code, 16))) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else None
    if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
        return raised(element.get(f"{W}id", ""))
    return None


def _nearest(element: Any, *tags: str) -> Any:
    return next((up for up in element.iterancestors() if up.tag in tags), None)


def _chosen(alternatives: Any) -> Any:
    """The first choice of an element that comes in several wordings for older and newer programs, else the last resort."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return choice if choice is not None else (fallback if fallback is not None else ())


def _short(piece: Piece) -> bool:
    """A bold cell reads as a heading only outside a table."""
    return piece.kind is LineKind.HEADING and piece.level == 6


def _pieces(lines: list[str], label: str | None, depth: int, heading: int | None, *, bold: bool) -> Iterator[Piece]:
    first = f"{label} {lines[0]}" if label else lines[0]
    if heading:
        yield Piece(" ".join([first, *lines[1:]]), LineKind.HEADING, heading)
        return
    if label:
        yield Piece(f"{INDENT * depth}{first}", LineKind.ITEM, depth + 1)
    elif bold and len(first) <= _LONGEST_HEADING and not first.endswith((".", ";", ",")):
        yield Piece(first, LineKind.HEADING, 6)
    else:
        yield Piece(first, LineKind.PARAGRAPH)
    for line in lines[1:]:
        yield Piece(line, LineKind.PARAGRAPH, depth + 1 if label else 0)
