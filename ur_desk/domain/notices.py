"""What a notice tells that is no decision: more time, an answer that is late, no fast answer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asker(StrEnum):
    """Who asked for more time."""

    MEMBER = "member"
    PROVIDER = "provider"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to decide: until which day, why in words for the member, and who asked for it."""

    until: date
    why: str
    asked_by: Asker = Asker.PLAN


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
