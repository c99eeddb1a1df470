"""What changed from one version of a policy to another."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ur_desk.domain.codes import System
from ur_desk.domain.policy import CodeEntry, HistoryRow, PolicyId, Sha256, Statement, TextLine, Version

T = TypeVar("T")
Span = tuple[int, int]
"""A run of characters: where it begins, how long it is."""


class ChangeKind(StrEnum):
    """What became of something between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One thing that two versions do not share; `old` is None where it was added, `new` where it was removed."""

    kind: ChangeKind
    old: T | None
    new: T | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """Lines that stand in one text only, or in other words in both; line numbers count in each text of its own."""

    kind: ChangeKind
    old: tuple[TextLine, ...]
    new: tuple[TextLine, ...]


class RowKind(StrEnum):
    """How a line of one text stands to its counterpart; `unimportant` differs in its number, its marks, its case or its breaks alone."""

    SAME = "same"
    UNIMPORTANT = "unimportant"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"

    @property
    def important(self) -> bool:
        """Whether a reader must look at it."""
        return self not in (RowKind.SAME, RowKind.UNIMPORTANT)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A line of the old text beside its counterpart in the new one; None on the side where there is none.

    A moved line stands once on each side, and `elsewhere` is its number on the other.
    `old_marks` and `new_marks` are the characters of a changed line that the other text does not have there. A changed line that
    was also broken elsewhere may stand alone in its row.
    """

    kind: RowKind
    old: TextLine | None
    new: TextLine | None
    elsewhere: int | None = None
    old_marks: tuple[Span, ...] = ()
    new_marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeSetChange:
    """Codes that one version lists and the other does not, or lists otherwise: from `low` to `high` in order, so many of them.

    `old_lines` and `new_lines` are where the entries stand that hold them.
    """

    kind: ChangeKind
    system: System
    low: str
    high: str | None
    count: int
    old_lines: tuple[int, ...] = ()
    new_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of the header that differs; None where a version does not say."""

    fact: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What changed from one version of a policy to another, in the order of the texts.

    `unimportant` are lines that differ in number, marks, case or breaks alone. `code_sets` are the codes that came, went or stand
    otherwise, whatever entries hold them; `codes` the entries that account for them, or whose words changed.
    """

    policy: PolicyId
    old: Version
    new: Version
    old_text: Sha256
    new_text: Sha256
    facts: tuple[FactChange, ...]
    lines: tuple[LineChange, ...]
    statements: tuple[Change[Statement], ...]
    codes: tuple[Change[CodeEntry], ...]
    history: tuple[Change[HistoryRow], ...]
    unimportant: tuple[LineChange, ...] = ()
    code_sets: tuple[CodeSetChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the two say the same, unimportant differences aside."""
        return not (self.facts or self.lines or self.statements or self.codes or self.history)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, and both texts side by side."""

    diff: PolicyDiff
    rows: tuple[Aligned, ...]
