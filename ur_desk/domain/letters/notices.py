"""A notice that is no decision: more time, an answer that is late, no fast answer; as a reviewer asks for it, and as a letter tells it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.clocks.events import ExtensionTerms


class Asker(StrEnum):
    """Who asked for more time."""

    MEMBER = "member"
    PROVIDER = "provider"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to decide: until which day, why in words for the member, and who asked for it; `items` is what is waited for, where the
    clock pauses for that, and `answer_by` the last day to send it."""

    until: date
    why: str
    asked_by: Asker = Asker.PLAN
    items: tuple[str, ...] = ()
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """An answer that did not come in time: on which day it was due, and why it is late, in words for the member."""

    due: date
    why: str


@dataclass(frozen=True, slots=True)
class NotExpedited:
    """A fast answer was asked for and refused: why, in words for the member, and by when the answer comes now."""

    answer_by: date
    why: str


Notice = Extension | Lateness | NotExpedited


def days_in(notice: Notice | None) -> tuple[date, ...]:
    """The days that a notice tells of."""
    match notice:
        case Extension():
            return (notice.until, notice.answer_by) if notice.answer_by else (notice.until,)
        case Lateness():
            return (notice.due,)
        case NotExpedited():
            return (notice.answer_by,)
    return ()


class NoticeKind(StrEnum):
    """Which notice of lines that nobody has decided; the kind of its letter has the same value."""

    EXTENSION = "extension"
    LATE = "late"
    EXPEDITE_REFUSED = "expedite_refused"


@dataclass(frozen=True, slots=True)
class NoticeWanted:
    """A notice as a reviewer asks for it: its days are the clock's. `terms` are those of an extension, whose reason is what it says why."""

    kind: NoticeKind
    why: str = ""
    asked_by: Asker = Asker.PLAN
    terms: ExtensionTerms | None = None

    def __post_init__(self) -> None:
        if (self.terms is not None) is not (self.kind is NoticeKind.EXTENSION):
            raise ValueError("an extension has terms, and no other notice does")
