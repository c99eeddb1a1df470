"""Addresses of the web and of mail in a letter's words: live, each its own element of the structure tree, and only where the plan says them."""

import re
from collections.abc import Iterable, Iterator

from reportlab.pdfgen.textobject import PDFTextObject

from ur_desk.domain.letter import Sentence, SourceKind
from ur_desk.pdf.fonts import Typeface
from ur_desk.pdf.lines import Piece
from ur_desk.pdf.look import ACCENT
from ur_desk.pdf.structure import Element, Link, TaggedCanvas

OWN_WORDS = frozenset({SourceKind.WORDING, SourceKind.PROFILE})
"""Whose addresses are live: what came with a request, or what a person wrote about a case, is printed and leads nowhere."""
_ADDRESS = re.compile(
    r"(?P<web>(?:https?://|www\.)[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::\d+)?(?:/[^\s<>\"”’)\]]*)?)"
    r"|(?P<mail>\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
)
_AFTER = ".,;:!?"
"""What ends a sentence, not an address."""


def live(sentence: Sentence) -> bool:
    """Whether addresses in the sentence lead anywhere: all its words are the plan's or the wording's own."""
    return all(source.kind in OWN_WORDS for source in sentence.sources)


def addresses(text: str) -> Iterator[tuple[int, int, Link]]:
    """The addresses of a text, each with where it begins and ends."""
    for found in _ADDRESS.finditer(text):
        shown = found.group().rstrip(_AFTER)
        if found["mail"]:
            yield found.start(), found.start() + len(shown), Link(f"mailto:{shown}", f"E-mail address {shown}")
        else:
            target = shown if shown.startswith("http") else f"https://{shown}"
            yield found.start(), found.start() + len(shown), Link(target, f"Web address {shown}")


def pieces_of(rows: Iterable[tuple[Sentence, ...]], language: str) -> tuple[tuple[Piece, ...], tuple[Link, ...]]:
    """Sentences row below row, in a letter of a language, parted where an address begins or ends; and the addresses by their numbers."""
    made: list[Piece] = []
    links: list[Link] = []
    for row in rows:
        if made:
            made.append(Piece("\n", language))
        for number, sentence in enumerate(row):
            if number:
                made.append(Piece(" ", language))
            made += _parted(sentence, sentence.language or language, links)
    return tuple(made), tuple(links)


def _parted(sentence: Sentence, language: str, links: list[Link]) -> Iterator[Piece]:
    text, at = sentence.text, 0
    if live(sentence) and ("@" in text or "." in text):
        for start, end, link in addresses(text):
            yield Piece(text[at:start], language)
            yield Piece(text[start:end], language, len(links))
            links.append(link)
            at = end
    yield Piece(text[at:], language)


def marked_up(pieces: Iterable[Piece], face: Typeface) -> str:
    """Texts as reportlab's markup, their addresses by number."""
    return "".join(face.markup(each.text) if each.link < 0 else _address(each, face) for each in pieces)


def _address(piece: Piece, face: Typeface) -> str:
    return f'<a href="{piece.link}" color="{ACCENT}">{face.markup(piece.text)}</a>'


class LinkedText(PDFTextObject):  # type: ignore[misc]
    """The text of one paragraph with addresses: each run is marked as its link's content or as the paragraph's, within the text object."""

    _code: list[str]

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, paragraph: Element, links: tuple[Link, ...]) -> None:
        super().__init__(canvas, x, y)
        self._drawn_on = canvas
        self._paragraph = paragraph
        self._links = links
        self._owner = paragraph
        self._runs: dict[int, Element] = {}
        self._last = 0

    def whole(self, number: str) -> None:
        """The whole paragraph is the link of that number."""
        self._owner = self._element(number)

    def _textOut(self, text: str, next_line: int = 0) -> None:
        self._last = len(self._code)
        if text:  # where a line ends before an address, reportlab writes an empty run of it
            self._runs[self._last] = self._owner
        super()._textOut(text, next_line)

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:
        """reportlab says that a link began with the run that was just written, or that it ended before the next."""
        if what == "start":
            self._owner = self._element(link[1])
            if self._last in self._runs:
                self._runs[self._last] = self._owner
        else:
            self._owner = self._paragraph

    def _element(self, number: str) -> Element:
        link = self._links[int(number)]
        if link.element is None:
            link.element = Element("Link")
        return link.element

    def getCode(self) -> str:
        """The text's code, with the marks around its runs; what is between two runs of one element belongs to that."""
        code: list[str] = []
        open_for: Element | None = None
        for number, told in enumerate(self._code):
            owner = self._runs.get(number)
            if owner is not None and owner is not open_for:
                code += ["EMC"] * (open_for is not None)
                code.append(self._drawn_on.mark(self._placed(owner)))
                open_for = owner
            code.append(told)
        self._code = code + ["EMC"] * (open_for is not None)
        return str(super().getCode())

    def _placed(self, owner: Element) -> Element:
        """The element, hung into its paragraph where it is drawn for the first time."""
        if owner is not self._paragraph and not any(kid is owner for kid in self._paragraph.kids):
            self._paragraph.kids.append(owner)
        return owner
