"""Values of a JSON file to numbered lines: each line is a value of the file, named by its own key where the key tells what it is."""

from dataclasses import dataclass, field
from typing import Any

from ur_desk.documents.formats.source import MOST_LINES, Note, one_line
from ur_desk.domain.codes import System, has_shape, normal
from ur_desk.domain.policy import CodeEntry, Criterion, LineKind, Section, SectionKind, Statement, TextLine
from ur_desk.errors import UserError

INDENT = "   "
DEEPEST = 40
"""A criteria tree of more levels is no policy's."""

_OPS = {"all": "all", "and": "all", "any": "any", "or": "any", "one": "any", "none": "none", "not": "none"}


@dataclass(slots=True)
class Lines:
    """The lines so far, and what the file's own structure says of them."""

    name: str
    lines: list[TextLine] = field(default_factory=list)
    sections: list[tuple[SectionKind, str | None, int]] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    codes: list[CodeEntry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def next(self) -> int:
        """The number that the next line will have."""
        return len(self.lines) + 1

    def say(self, text: Any, kind: LineKind = LineKind.PARAGRAPH, level: int = 0) -> int:
        """Adds a line; gives its number."""
        if level > DEEPEST:
            raise UserError(
                f"{self.name} nests its criteria deeper than any policy does. Nothing was saved.", "Choose the policy's own file."
            )
        if self.next > MOST_LINES:
            raise UserError(f"{self.name} holds more text than any policy does. Nothing was saved.", "Choose the policy's own file.")
        told = one_line(words(text)).strip()
        indent = INDENT * (level - 1) if kind is LineKind.ITEM and level > 1 else ""
        self.lines.append(TextLine(self.next, indent + told, None, kind, level))
        return len(self.lines)

    def named(self, key: str, value: Any) -> int | None:
        """Adds a line of key and value as the file has them; nothing where there is no value."""
        told = words(value).strip()
        return self.say(f"{key}: {told}") if told else None

    def begin(self, kind: SectionKind, heading: Any = None, level: int = 1) -> None:
        """Begins a section; its heading, where it has one, is its first line."""
        told = words(heading).strip() or None
        self.sections.append((kind, told, self.next))
        if told:
            self.say(told, LineKind.HEADING, level)

    def list_codes(self, key: str, values: Any, group: str | None) -> None:
        """Adds a line of codes under their key, and an entry for each."""
        codes = [words(value).strip() for value in values] if isinstance(values, list) else []
        codes = [code for code in codes if code]
        if codes:
            line = self.say(f"{key}: {', '.join(codes)}", LineKind.ROW)
            self.codes += [entry(code, line, group) for code in codes]

    def closed(self) -> tuple[Section, ...]:
        """The sections, without gap from the first line to the last."""
        ends = [start - 1 for _, _, start in self.sections[1:]] + [len(self.lines)]
        told = zip(self.sections, ends, strict=True)
        return tuple(Section(kind, heading, start, end) for (kind, heading, start), end in told if end >= start)


def words(value: Any) -> str:
    """A value as words: lists with commas, nothing for null and for what holds more structure."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(words, value)))
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def entry(code: str, line: int, group: str | None) -> CodeEntry:
    """A code as listed, in the system whose shape it has; of no system where it has none."""
    dotted = (System.ICD10CM,) if "." in code else (System.CPT, System.HCPCS, System.ICD10CM)
    for system in dotted:
        if has_shape(code.upper(), system):
            return CodeEntry(system, normal(code, system), None, line, code, group=group)
    return CodeEntry(System.OTHER, code, None, line, code, group=group)


def joined(op: str | None, n: Any, text: str, items: list[Criterion], first: int, last: int) -> Criterion:
    """A node over its items by the file's own word for how they hang together; a leaf where it uses a word that is not known."""
    named = (op or "").strip().lower()
    if named in ("count_gte", "at_least", "n_of") and isinstance(n, int) and not isinstance(n, bool) and n > 0:
        return Criterion("at_least", text, first, last, n=n, items=tuple(items))
    known = _OPS.get(named)
    if known is None or not items:
        return Criterion("leaf", text, first, last)
    return Criterion(known, text, first, last, items=tuple(items))
