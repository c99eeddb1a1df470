"""What changed from one version of a policy to another."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ur_desk.domain.policy import CodeEntry, HistoryRow, PolicyId, Sha256, Statement, TextLine, Version

T = TypeVar("T")


class ChangeKind(StrEnum):
    """What became of something between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


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


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of the header that differs; None where a version does not say."""

    fact: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """What changed from one version of a policy to another, in the order of the texts."""

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

    @property
    def empty(self) -> bool:
        """Whether the two say the same."""
        return not (self.facts or self.lines or self.statements or self.codes or self.history)
