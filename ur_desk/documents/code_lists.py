"""Lists of codes: behind a label, in the cells of a table's row, or a line that holds nothing else; read whole, so that nothing is lost."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ur_desk.documents.code_cells import Cell, cell
from ur_desk.documents.code_scan import LONGEST, Piece
from ur_desk.documents.wording import plain
from ur_desk.domain.codes import System
from ur_desk.domain.policy import Section, Text

_TABLES = (
    (System.ICD10PCS, r"icd-?10-?(?:pcs\b.*|(?:cm)?\s*procedures?.*)"),
    (System.ICD9CM, r"icd-?9\b.*"),
    (System.ICD10CM, r"icd-?10\b.*|diagnos[ie]s(?: codes?)?"),
    (System.HCPCS, r"hcpcs(?: level ii)?(?: codes?)?"),
    (System.CPT, r"cpt\W{0,3}(?:/\s*hcpcs\W{0,3})?(?: codes?)?(?: numbers?)?|procedures?(?: codes?)?"),
    (System.NDC, r"ndc(?: codes?| numbers?)?"),
    (System.REVENUE, r"revenue codes?"),
)
_TABLE_NAMES = tuple((system, re.compile(wording, re.IGNORECASE)) for system, wording in _TABLES)
_LONGEST_NAME = 60
_LABEL_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-•●▪]\s+)?")
_REPORT = re.compile(
    r"\W*(?:(?:report|bill|use) (?:the |these |with )?(?:following )?|the following |these )(?:cpt |hcpcs |procedure |icd-10(?:-cm)? |diagnosis )?codes?\b"
    r"[^:.]{0,90}",
    re.IGNORECASE,
)
_LAST_LABEL = re.compile(r"[.;)\]]\s+(?=(?:ICD|CPT|HCPCS|NDC)\b[^:.;]{0,60}:)")
_CELL_END = re.compile(r"\||\t")

CONDITION = r"(?:only |except )?(?:when|if|unless|only|used (?:for|to|with))\b"
"""How a condition begins under which a code is meant."""

_CONDITIONAL = re.compile(CONDITION, re.IGNORECASE)


def table_of(line: str) -> System | None:
    """The code system that a line names as the head of a table ("ICD-10 Diagnosis"), or None."""
    if len(line) > 4 * _LONGEST_NAME:
        return None
    words = plain(line).strip(" *_#").rstrip(":").strip(" *_")
    if not words or len(words) > _LONGEST_NAME:
        return None
    return next((system for system, wording in _TABLE_NAMES if wording.fullmatch(words)), None)


def labelled(line: str) -> tuple[int, Cell] | None:
    """The list of codes after a label and its colon ("ICD-10 codes: N39.3, R15.0-R15.9"), and where it begins; None for any other line."""
    label, colon, rest = line[:LONGEST].partition(":")
    if not colon:
        return None
    system = table_of(_LABEL_MARK.sub("", label, count=1))
    if system is not None:
        read = cell(rest, system)
        told = read.pieces or (read.words and system is System.ICD10CM)
        return (len(label) + 1, read) if told else None
    return _only_codes(label, rest, System.CPT) if _REPORT.fullmatch(label) else None


def labelled_end(line: str) -> tuple[int, Cell] | None:
    """The list with which a paragraph ends, behind its sentences and a label ("... for transfers. ICD-10: G35, G80.x"); None where it has none."""
    if ":" not in line:
        return None
    for found in reversed(list(_LAST_LABEL.finditer(line, 0, LONGEST))):
        read = labelled(line[found.end() :])
        if read is not None and table_of(line[found.end() : line.find(":", found.end())]) is not None:
            return found.end() + read[0], read[1]
    return None


def _only_codes(label: str, rest: str, system: System) -> tuple[int, Cell] | None:
    """The codes after a label where nothing else stands there."""
    read = cell(rest, system)
    whole = read.pieces and not read.words and all(piece.read for piece in read.pieces)
    return (len(label) + 1, read) if whole else None


@dataclass(slots=True)
class Columns:
    """The columns of a table that its head names as lists of codes, for the rows below it."""

    systems: Mapping[int, System] = field(default_factory=dict)

    def head(self, line: str) -> bool:
        """Whether the line is the head of a table with such a column beside others; it is remembered until the next head."""
        parts = _CELL_END.split(line[:LONGEST])
        named = {at: system for at, part in enumerate(parts) if (system := table_of(part)) is not None}
        if len(parts) < 2 or not named:
            return False
        self.systems = named if any(named) else {}
        return True

    def cells(self, line: str) -> list[Cell]:
        """The cells of those columns in a row; each word of them is read or a finding."""
        parts = _CELL_END.split(line[:LONGEST])
        if len(parts) < 2:
            return []
        return [cell(parts[at], system) for at, system in self.systems.items() if at < len(parts) and plain(parts[at])]


def lists_of(line: str, columns: Columns, system: System | None) -> list[Cell]:
    """The lists of codes that a line holds: those of its table's columns, of a label, of a line of codes alone, or of cells of codes alone."""
    line = _readable(line)
    if columns.systems and (told := columns.cells(line)):
        return told
    if named := labelled(line) or _named_list(line, system):
        return [named[1]]
    whole = cell(line[:LONGEST], system or System.ICD10CM)
    if len(whole.pieces) > 1 and _certain(whole.pieces, system) and _only_an_aside(whole):
        return [whole]
    cells = [cell(each, system or System.ICD10CM) for each in _CELL_END.split(line[:LONGEST])[1:]]
    return [
        each
        for each in cells
        if each.pieces and not each.words and all(piece.read for piece in each.pieces) and _certain(each.pieces, system)
    ]


def _readable(line: str) -> str:
    """The line up to the last word that is read; a longer one is cut between words, and a finding tells of it."""
    return line if len(line) <= LONGEST else line[: max(line.rfind(" ", 0, LONGEST), line.rfind(",", 0, LONGEST), 0) or LONGEST]


def lists_in(text: Text, section: Section) -> Iterator[tuple[int, Cell]]:
    """Every list of a coding section with the number of its line."""
    columns = Columns()
    for line in text.span(section.first_line, section.last_line):
        if not columns.head(line.text):
            for each in lists_of(line.text, columns, None):
                yield line.number, each


def _only_an_aside(read: Cell) -> bool:
    """Whether a list of codes holds no words but one remark in brackets at its end, which is no condition."""
    last = read.pieces[-1]
    return all(each.start > last.start and each.aside and not _CONDITIONAL.match(each.raw) for each in read.words)


def _named_list(line: str, system: System | None) -> tuple[int, Cell] | None:
    """A list of codes behind words of the row's own and a colon, and nothing else: "- Canes: E0100, E0105"."""
    label, colon, rest = line[:LONGEST].partition(":")
    return _only_codes(label, rest, system or System.CPT) if colon and not any(c.isdigit() for c in label) else None


def _certain(pieces: tuple[Piece, ...], system: System | None) -> bool:
    """Whether these are codes: the table says so, or a dot in one of them does."""
    return system is not None or any("." in piece.raw for piece in pieces)
