"""A web page to pieces: its tree is walked, list labels are rebuilt, table rows stay rows; nothing is fetched."""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ur_desk.documents.formats.html_lists import OpenList, opened, sheet_of
from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.documents.formats.source import Piece, Source, numbered, raised, unseen_notes
from ur_desk.domain.policy import Furniture, LineKind
from ur_desk.errors import UserError

READER = "html/1"
INDENT = "   "
"""Stands before an item once for each list that its list lies in."""

CELL = " | "
"""Stands between the cells of a row."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe", "select", "option", "datalist"})
_FURNITURE = frozenset({"nav", "footer"})
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
    }
    | {"samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "o:p", "nobr", "input"}
)
_CELLS = frozenset({"td", "th"})
_BLOCK_IN_CELL = frozenset({"table", "ol", "ul", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_ENCODINGS = {"utf-8": "utf-8", "utf8": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "cp1252"}
_ESCAPED = re.compile(r"\s*&(?:amp;)?lt;")


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: the words of the open block, the open lists, the open row."""

    sheet: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    label: str | None = None
    in_item: int = 0
    heading: int = 0
    cells: list[str] | None = None
    apart: int = 0
    emphasis: int = 0
    plain: bool = False
    unseen: int = 0

    def say(self, text: str | None) -> None:
        if text:
            self.words.append(text)
            self.plain = self.plain or bool(not self.emphasis and text.strip(" \t\r\n\u00a0:.*"))

    def close(self) -> None:
        """Ends the open block: what it holds becomes a piece, or a cell of the open row."""
        told = _SPACE.sub(" ", "".join(self.words)).strip()
        bold = not self.plain
        self.words, self.plain = [], False
        if not told:
            return
        if self.apart:
            self.furniture.append(Furniture(told))
        elif self.cells is not None:
            self.cells[-1:] = [f"{self.cells[-1]} {told}".strip()] if self.cells else [told]
        else:
            self.pieces.append(replace(self._piece(told, bold), unseen=self.unseen > 0))

    def _piece(self, told: str, bold: bool) -> Piece:
        if self.heading:
            return Piece(told, LineKind.HEADING, self.heading)
        if self.label is not None:
            label, self.label = self.label, None
            return Piece(f"{INDENT * (len(self.lists) - 1)}{label} {told}".rstrip(), LineKind.ITEM, len(self.lists))
        if bold and not self.lists and len(told) <= 120 and not told.endswith((".", ";", ",")):
            return Piece(told, LineKind.HEADING, 6)
        return Piece(told, LineKind.PARAGRAPH, len(self.lists))


def read_html(data: bytes, name: str) -> Source:
    """The page's own words in order as numbered lines; its menus and footers are furniture. UserError where it holds no text."""
    from lxml import etree

    told, cut = _characters(data)
    if _ESCAPED.match(told):
        told = _unescaped(told)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(told.replace("\0", "").encode("utf-8", "ignore"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        raise UserError(f"{name} is a web page that cannot be read. {NOTHING_SAVED}", "Save the page again, or save its text.")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise UserError(
            f"{name} is nested deeper or holds longer pieces of text than any policy does. {NOTHING_SAVED}",
            "Save the page again, or save its text.",
        )
    walk = _Walk(sheet_of("\n".join(element.text or "" for element in root.iter("style"))))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            _step(walk, event, element)
    walk.close()
    return Source(numbered(walk.pieces, name, walk.furniture), READER, cut, unseen_notes(walk.pieces))


def _step(walk: _Walk, event: str, element: Any) -> None:
    """Takes one step of the walk; what lies in an element that nobody sees is passed over."""
    if event == "start":
        if element.tag in _UNSEEN:
            for child in list(element):
                element.remove(child)
            return
        if _hides(element):
            walk.close()
            walk.unseen += 1
        _begin(walk, element)
        walk.say(raised(element.text or "") if element.tag == "sup" else element.text)
        return
    if element.tag not in _UNSEEN:
        _end(walk, element)
        if _hides(element):
            walk.close()
            walk.unseen -= 1
    walk.say(element.tail)


def _hides(element: Any) -> bool:
    """Whether the page shows the element to nobody, by its own words; style sheets are not asked."""
    return element.get("hidden") is not None or _HIDING.search(element.get("style") or "") is not None


def _begin(walk: _Walk, element: Any) -> None:
    tag = element.tag
    if tag in ("b", "strong") or tag == "th":
        walk.emphasis += 1
    if tag in _INLINE:
        return
    if tag == "br":
        _break(walk)
        return
    if tag in _CELLS and walk.cells is not None:
        walk.close()
        walk.cells.append("")
        return
    walk.close()
    if tag in _HEADINGS:
        walk.heading = _HEADINGS[tag]
    elif tag in _FURNITURE:
        walk.apart += 1
    elif tag in _LISTS:
        walk.lists.append(opened(element, walk.sheet))
    elif tag == "li":
        walk.label = walk.lists[-1].label(element, walk.sheet) if walk.lists else "•"
    elif tag == "tr" and walk.cells is None and _is_row(element):
        walk.cells = []


def _end(walk: _Walk, element: Any) -> None:
    tag = element.tag
    if tag not in _INLINE and tag != "br" and not (tag in _CELLS and walk.cells is None):
        walk.close()
    if tag in ("b", "strong", "th"):
        walk.emphasis -= 1
    if tag in _HEADINGS:
        walk.heading = 0
    elif tag in _FURNITURE:
        walk.apart -= 1
    elif tag in _LISTS and walk.lists:
        walk.lists.pop()
        walk.label = None
    elif tag == "li":
        walk.label = None
    elif tag == "tr" and walk.cells is not None and _is_row(element):
        _close_row(walk)
    elif tag in _CELLS:
        walk.close()


def _close_row(walk: _Walk) -> None:
    cells, walk.cells = walk.cells or [], None
    while cells and not cells[-1]:
        cells.pop()
    if cells:
        kind = LineKind.ROW if len(cells) > 1 else LineKind.PARAGRAPH
        walk.pieces.append(Piece(CELL.join(cells).strip(), kind, len(walk.lists), unseen=walk.unseen > 0))


def _break(walk: _Walk) -> None:
    """A line break sets lines apart, save within a cell or a heading, where it only wraps."""
    if walk.cells is not None or walk.heading:
        walk.words.append(" ")
    else:
        walk.close()


def _is_row(row: Any) -> bool:
    """Whether a row holds plain cells: one with lists, headings or tables in it only arranges the page."""
    return not any(element.tag in _BLOCK_IN_CELL for element in row.iterdescendants())


def _characters(data: bytes) -> tuple[str, bool]:
    """The characters, by mark, by the page's own word or as UTF-8; and whether the last one is incomplete."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), False
    named = _CHARSET.search(data[:4096])
    encoding = _ENCODINGS.get(named[1].decode().lower(), "utf-8") if named else "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        if encoding == "utf-8":
            return decoder.decode(data), bool(decoder.getstate()[0])
    except UnicodeDecodeError:
        pass
    return data.decode("cp1252", "replace"), False


def _unescaped(told: str) -> str:
    """Markup that arrived as text, once or twice escaped, as the Medicare coverage database gives it."""
    for _ in range(3):
        if not _ESCAPED.match(told):
            break
        told = html.unescape(told)
    return html.unescape(told) if "&sol;" in told or "&#" in told else told


def pieces_of_html(told: str) -> Iterator[str]:
    """The lines of a snippet of HTML, for sources that hold HTML in their fields; once more unescaped where it came doubly escaped."""
    source = read_html(_unescaped(told).encode("utf-8", "replace"), "The text")
    return (line.text for line in source.text.lines)
