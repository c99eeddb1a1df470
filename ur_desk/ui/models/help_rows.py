"""A help page as rows: headings, paragraphs, points and tables, read from the little Markdown that help is written in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt

from ur_desk.ui.models.policy_lines import Span
from ur_desk.ui.models.rows import ROW, Index, RowsModel

_MARKED = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<said>[^*]+)\*|`(?P<code>[^`]+)`|\[(?P<link>[^\]]+)\]\((?P<to>[^)]+)\)")
_POINT = re.compile(r"(?:-|(?P<number>[0-9]+)\.) (?P<words>.*)")


class HelpKind(Enum):
    """How a row is set."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A row: its words without marks, what of them is strong, and where its links lead; `label` is a number, a dot, or keys."""

    kind: HelpKind
    text: str
    label: str = ""
    strong: tuple[Span, ...] = ()
    links: tuple[tuple[Span, str], ...] = ()


class HelpModel(RowsModel[HelpRow]):
    """The rows of one page."""

    def show_text(self, markdown: str) -> None:
        """Show a page."""
        self.show_rows(rows_of(markdown))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the spoken words, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            label = f"{row.label}: " if row.kind is HelpKind.KEYS else ""
            heading = self.tr("Heading: ") if row.kind in (HelpKind.TITLE, HelpKind.HEADING) and role != Qt.ItemDataRole.DisplayRole else ""
            return f"{heading}{label}{row.text}"
        return row if role == ROW else None


def rows_of(markdown: str) -> Iterator[HelpRow]:
    """The rows of a page; lines of one paragraph are joined, a table gives a row for each of its lines but the head."""
    for part in re.split(r"\n\s*\n", markdown.strip()):
        lines = part.splitlines()
        if lines[0].startswith("#"):
            kind = HelpKind.TITLE if lines[0].startswith("# ") else HelpKind.HEADING
            yield HelpRow(kind, lines[0].lstrip("# "))
        elif lines[0].startswith("|"):
            yield from (HelpRow(HelpKind.KEYS, cells[1], cells[0]) for cells in map(_cells, lines[2:]))
        elif _POINT.fullmatch(lines[0]):
            yield from (_point(line) for line in lines)
        else:
            yield _marked(HelpKind.PARAGRAPH, " ".join(lines))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _point(line: str) -> HelpRow:
    found = _POINT.fullmatch(line)
    if found is None:
        raise ValueError(f"a list in a help page holds points only, not {line!r}")
    return _marked(HelpKind.POINT, found["words"], f"{found['number']}." if found["number"] else "•")


def _marked(kind: HelpKind, text: str, label: str = "") -> HelpRow:
    """The words without their marks, and what was marked."""
    words, strong, links, done = "", list[Span](), list[tuple[Span, str]](), 0
    for found in _MARKED.finditer(text):
        words += text[done : found.start()]
        inner = found["bold"] or found["said"] or found["code"] or found["link"]
        span = (len(words), len(inner))
        if found["link"]:
            links.append((span, found["to"].removesuffix(".md")))
        else:
            strong.append(span)
        words += inner
        done = found.end()
    return HelpRow(kind, words + text[done:], label, tuple(strong), tuple(links))
