"""Letters: previewed from what is recorded, checked against their required elements, issued once, told apart for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, LetterId
from ur_desk.domain.letter import LetterContent, LetterKind, MissingElement
from ur_desk.domain.people import Role

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class Standing(StrEnum):
    """What a letter file is."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would leave now: its content, its pages, what it lacks, and why it may not leave."""

    kind: LetterKind
    lines: tuple[int, ...]
    content: LetterContent
    pdf: bytes
    missing: tuple[MissingElement, ...]
    obstacles: tuple[str, ...]

    @property
    def may_issue(self) -> bool:
        """Whether nothing stands in the way of issuing it."""
        return not (self.missing or self.obstacles)


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter file turned out to be; `case` and `letter` where this workspace issued it."""

    standing: Standing
    letter: LetterId | None = None
    case: str | None = None


class Letters:
    """Previews, issues, saves and recognises letters."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
