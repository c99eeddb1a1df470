"""Rows of code tables: a code, a range or a run of codes, with its words and its condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ur_desk.documents.code_lists import CONDITION, Columns, labelled, labelled_end, lists_of, table_of
from ur_desk.documents.code_scan import wildcard_at
from ur_desk.documents.positions import group_position
from ur_desk.documents.wording import DASH, plain
from ur_desk.domain.codes import System, has_shape, normal
from ur_desk.domain.policy import CodeEntry, Position, Section, SectionKind, Text

LONGEST = 2000
"""Characters of a line that are read as a row."""

_EVIDENCE = frozenset(
    {SectionKind.RATIONALE, SectionKind.BACKGROUND, SectionKind.REFERENCES, SectionKind.WEBSITES, SectionKind.HISTORY, SectionKind.INDEX}
)
"""In these a labelled list of codes tells of the codes that others counted or that stood earlier."""

_SUPPORT = re.compile(r"\bcodes? that (?P<not>do(?:es)? not |don't )?support medical necessity\b", re.IGNORECASE)
_NUMBERED_GROUP = re.compile(r"(?P<group>group \d{1,3})(?: (?:codes?|paragraph))?", re.IGNORECASE)
_HEADED = re.compile(r"#{1,6}\s")

_LONGEST_GROUP = 160

_TOKEN = re.compile(
    r"\d{4,5}-\d{3,4}-\d{1,2}(?![\w-])|(?=[A-Za-z.]*\d)[A-Za-z0-9]{3,8}(?:\.[A-Za-z0-9]{1,5})?(?![A-Za-z0-9]|\.[A-Za-z0-9])"
)
_MARK = re.compile(r"\s*(?:#{1,6}\s+|-\s+|[•●▪*]\s*)?(?:\*\*|__)?")
_GLUED = re.compile(rf"{DASH}(?P<high>\.?[A-Za-z0-9][A-Za-z0-9.]*)(?![A-Za-z0-9])")
_SPACED = re.compile(rf"\s*(?:{DASH}|\b(?:to|through|thru)\b)\s*", re.IGNORECASE)
_NEXT = re.compile(r"[*†‡]*(?P<mark>\s*[,;/]\s*(?:and\s+)?|\s+(?:and\s+)?)", re.IGNORECASE)
_AFTER = re.compile(rf"[*†‡]*(?=$|[\s,;:|)]|{DASH}\s)")
_SEPARATOR = re.compile(rf"^[\s:|,;*†‡)]*(?:{DASH}\s+)?\s*")
_SENTENCE = re.compile(r"=|(?:is|are|was|were|may|must|should|will|can|cannot|has|have|does|do)\b")

# letters and digits mixed like a code, yet of no code's shape: 7612O, M80.M84
_ALMOST = re.compile(
    rf"\s*(?:[•●▪*]\s*)?(?P<low>(?=[\d.]*[A-Z])[A-Z]{{0,2}}\d[A-Zx0-9]+(?:\.[A-Zx0-9]*)?)(?:{DASH}(?P<high>[A-Zx0-9.]{{3,8}}))?[*†‡]*(?=\s+\S|\s*$)"
)

_BRACKETED = re.compile(rf"\s*[\[(]\s*(?P<condition>{CONDITION}[^\[\]]*?)\s*[\])]\s*$", re.IGNORECASE)
_TRAILING = re.compile(
    r"[,;]?\s+(?P<condition>(?:only )?when (?:specified|described|reported|billed|used|performed|documented)\b[^\[\]]*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Under:
    """The table and group of codes that a row stands in."""

    system: System | None = None
    group: str | None = None
    position: Position | None = None
    head: str | None = None
    """The heading over several numbered groups."""


@dataclass(frozen=True, slots=True)
class _Code:
    """A code or range as printed, and where it ends in the line."""

    system: System
    low: str
    high: str | None
    raw: str
    end: int


def entries_of(text: Text, sections: Sequence[Section]) -> tuple[CodeEntry, ...]:
    """Every code and range that the coding sections list, in order, with the group and the position it stands under."""
    found: list[CodeEntry] = []
    for section in sections:
        if section.kind is SectionKind.CODING:
            found += _in_section(text, section)
        elif section.kind not in _EVIDENCE:
            found += _beside(text, section)
    return tuple(found)


def _beside(text: Text, section: Section) -> Iterator[CodeEntry]:
    """The codes of labelled lists ("HCPCS codes: E0160-E0175") and of Markdown headings ("### E0705 - Transfer device") among other words."""
    for line in text.span(section.first_line, section.last_line):
        if (named := labelled(line.text) or labelled_end(line.text)) is not None and section.kind is not SectionKind.HEADER:
            yield from (entry for entry in named[1].entries(line.number) if entry.system is not System.OTHER)
        elif _HEADED.match(line.text):
            yield from (entry for entry in row(line.text, line.number) if entry.system is not System.ICD10CM or "." in entry.raw)


def row(line: str, number: int, under: Under = Under()) -> tuple[CodeEntry, ...]:
    """The entries of a line that begins with a code; none where it begins otherwise or tells of a code in a sentence."""
    line = line[:LONGEST]
    start = _MARK.match(line)
    codes = _run_of_codes(line, start.end() if start else 0, under)
    if not codes:
        return ()
    words = plain(_SEPARATOR.sub("", line[codes[-1].end :], count=1)).strip("*_ ")
    if _SENTENCE.match(words):
        return ()
    description, condition = _condition_apart(words)
    return tuple(
        CodeEntry(code.system, code.low, code.high, number, code.raw, description or None, condition, under.group, under.position)
        for code in codes
    )


def is_code_row(line: str) -> bool:
    """Whether the line begins with a code and is no sentence about it."""
    return bool(row(line, 1))


def _in_section(text: Text, section: Section) -> Iterator[CodeEntry]:
    under = Under()
    last: tuple[CodeEntry, ...] = ()
    columns = Columns()
    for line in text.span(section.first_line, section.last_line):
        if columns.head(line.text):
            yield from last
            last, under = (), _under(line.text, under)
            continue
        entries = _listed(line.text, line.number, under, columns) or row(line.text, line.number, under)
        if not entries and last:
            entries = _unreadable(line.text, line.number, under)
        if not entries and last and _continues(line.text):
            last = tuple(_continued(entry, line.text) for entry in last)
            continue
        yield from last
        last = entries
        under = under if entries else _under(line.text, under)
    yield from last


def _listed(line: str, number: int, under: Under, columns: Columns) -> tuple[CodeEntry, ...]:
    """The entries of the lists that a line holds; a row of one code with its words is none."""
    found = (entry for each in lists_of(line, columns, under.system) for entry in each.entries(number))
    return tuple(replace(entry, group=under.group, position=under.position) for entry in found)


def _unreadable(line: str, number: int, under: Under) -> tuple[CodeEntry, ...]:
    """A row among rows whose code has no code's shape: kept as printed, of no system."""
    found = _ALMOST.match(line[:LONGEST])
    if found is None or not 4 <= len(found["low"]) <= 9 or sum(c.isdigit() for c in found["low"]) < 2:
        return ()
    description, condition = _condition_apart(plain(_SEPARATOR.sub("", line[found.end() :], count=1)))
    raw = line[found.start("low") : found.end("high") if found["high"] else found.end("low")]
    return (CodeEntry(System.OTHER, found["low"], found["high"], number, raw, description or None, condition, under.group, under.position),)


def _under(line: str, before: Under) -> Under:
    """The table and group after a line that is no row."""
    system = table_of(line)
    words = plain(line[: 4 * _LONGEST_GROUP])
    if (supported := _SUPPORT.search(words)) is not None and len(words) <= _LONGEST_GROUP:
        side = Position.NOT_MEDICALLY_NECESSARY if supported["not"] else Position.MEDICALLY_NECESSARY
        return Under(system, words.strip("*#: "), side, words.strip("*#: "))
    if (numbered := _NUMBERED_GROUP.fullmatch(words)) is not None and before.head:
        return replace(before, group=f"{before.head}: {numbered['group']}")
    if system is not None:
        return replace(before, system=system)
    position = group_position(words)
    if words and len(words) <= _LONGEST_GROUP and not words.endswith(".") and (words.endswith(":") or position):
        return Under(None, words.rstrip(":").strip(), position)
    return before


def _run_of_codes(line: str, at: int, under: Under) -> list[_Code]:
    codes: list[_Code] = []
    while True:
        code = _code_at(line, at, under)
        if code is None or (codes and code.system is not codes[0].system):
            return codes
        codes.append(code)
        following = _NEXT.match(line, code.end)
        if following is None:
            return codes
        at = following.end()
        # without a comma only another whole code goes on with the run, never a word such as L5
        if not following["mark"].strip() and len(token := _token_at(line, at)) < 5 and "." not in token:
            return codes


def _token_at(line: str, at: int) -> str:
    found = _TOKEN.match(line, at)
    return found[0] if found else ""


def _code_at(line: str, at: int, under: Under) -> _Code | None:
    found = _TOKEN.match(line, at)
    system = _system_of(found[0], under) if found else None
    if found is None or system is None:
        return None
    wild = wildcard_at(line, at, found.end(), system) if system is System.ICD10CM else None
    if wild is not None and _AFTER.match(line, wild.end):
        return _Code(system, wild.low, wild.high, wild.raw, wild.end)
    end, high = found.end(), None
    glued = _GLUED.match(line, end)
    spaced = _SPACED.match(line, end)
    other = _TOKEN.match(line, spaced.end()) if spaced else None
    if other and _system_of(other[0], Under(system)) is system:
        end, high = other.end(), other[0]
    elif glued and system in (System.CPT, System.HCPCS) and len(glued["high"]) == 2:
        end = glued.end()  # a modifier: 76120-26
    elif glued and any(c.isdigit() for c in glued["high"]):
        end, high = glued.end(), glued["high"]
    if not _AFTER.match(line, end):
        return None
    return _Code(system, normal(found[0], system), normal(high, system) if high else None, line[at:end], end)


def _system_of(token: str, under: Under) -> System | None:
    """The system whose shape a token has; the table's own system first where shapes overlap."""
    code = token.upper()
    if under.system in (System.ICD9CM, System.ICD10PCS) and has_shape(code, under.system):
        return under.system
    if "-" in code:
        return System.NDC
    if under.system is System.REVENUE and re.fullmatch(r"0?\d{3}", code):
        return System.REVENUE
    if has_shape(code, System.CPT):
        return System.CPT
    if has_shape(code, System.ICD10CM) and ("." in code or under.system is System.ICD10CM):
        return System.ICD10CM
    if has_shape(code, System.HCPCS):
        return System.HCPCS
    return System.ICD10CM if has_shape(code, System.ICD10CM) and len(code) >= 4 and under.system is None else None


def _condition_apart(words: str) -> tuple[str, str | None]:
    """A row's description, and the condition under which its code is meant; product names in brackets stay words."""
    found = _BRACKETED.search(words) or _TRAILING.search(f" {words}")
    if found is None:
        return words, None
    return plain(found.string[: found.start()]), plain(found["condition"])


def _continues(line: str) -> bool:
    """Whether a line goes on with the words of the row above: it is indented, or opens with a condition in brackets."""
    return bool(plain(line)) and (line.startswith(("   ", "\t")) or plain(line).startswith("[")) and table_of(line) is None


def _continued(entry: CodeEntry, line: str) -> CodeEntry:
    words = plain(f"{entry.description or ''} {plain(line)}")
    description, condition = _condition_apart(words)
    return replace(entry, description=description or None, condition=condition or entry.condition)
