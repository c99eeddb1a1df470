"""The number under which a line is authorized, and its entry in the claims system."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.domain.determination import Workflow
from ur_desk.domain.ids import CaseId
from ur_desk.domain.people import AccountId
from ur_desk.errors import NOTHING_LOST, UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import CaseEvent

PREFIX = "UR"
"""How the numbers of this workspace begin where the plan's profile says nothing else."""
MOST_OF_A_CASE = 99
_LONGEST = 50

_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip
"""A quasigroup that finds every single wrong digit and every exchange of two neighbours (H. M. Damm, 2004)."""


@dataclass(frozen=True, slots=True)
class AuthorizationNumbered:
    """Approved lines go by a number: the plan's own as somebody typed it, or one of this workspace's series. `reason` says why another
    number is replaced."""

    lines: tuple[int, ...]
    number: str
    of_series: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnteredInClaims:
    """Somebody entered approved lines in a claims system: which one, and when."""

    lines: tuple[int, ...]
    where: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of numbers outside of a case: how those of the workspace's series ever began, and which cases ever had a number."""

    prefixes: frozenset[str] = frozenset({PREFIX})
    held_by: Callable[[str], frozenset[CaseId]] = lambda number: frozenset()


NO_NUMBERS = Numbers()
"""Nothing is known of other cases."""
AuthorizationBody = AuthorizationNumbered | EnteredInClaims
"""What can happen to the authorization of approved lines."""


@dataclass(frozen=True, slots=True)
class Authorization:
    """The number of an approved line: who gave it, and when."""

    number: str
    of_series: bool
    by: AccountId
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of an approved line in a claims system: where, when, and by whom."""

    where: str
    at: datetime
    by: AccountId


def check_digit(text: str) -> str:
    """The digit that is set behind digits and capital letters, A counting as 10 and Z as 35; every wrong digit, and two that changed
    places, give another one. ValueError for other characters."""
    row = 0
    for character in text:
        if not (character.isascii() and (character.isdigit() or character.isupper())):
            raise ValueError("a number of a series has digits and capital letters")
        for digit in str(int(character, 36)):
            row = int(_DAMM[row][int(digit)])
    return str(row)


def series_number(prefix: str, case_number: str, place: int) -> str:
    """The number of that place, from 1, in the series of a case: the prefix, the case's own year and place, the place, a check digit.

    No two cases of a workspace share a number, and no place is taken twice, so that none is ever given again; UserError once a case
    has used up its own. ValueError where the case has no number of this workspace's form.
    """
    _, series, case_place = case_number.split("-")
    if place > MOST_OF_A_CASE:
        raise UserError(f"{case_number} has used up its {MOST_OF_A_CASE} numbers.", "Type the plan's own number. Nothing was saved.")
    told = f"{prefix}{series}{case_place}{place:02d}"
    return told + check_digit(told)


def is_of_series(number: str, prefix: str) -> bool:
    """Whether a number has the form of this workspace's series, check digit included."""
    told = number.strip().upper()
    body = told[len(prefix) :]
    return told.startswith(prefix) and len(body) >= len("2017000001010") and body.isdigit() and check_digit(told[:-1]) == told[-1]


def next_place(events: "Sequence[CaseEvent]") -> int:
    """The first place in a case's series that was never given, also where the event that gave one was taken back."""
    return 1 + sum(isinstance(event.body, AuthorizationNumbered) and event.body.of_series for event in events)


def to_enter(case: "Case") -> tuple[int, ...]:
    """The approved lines that nobody has entered in a claims system yet."""
    return tuple(s.line for s in case.lines if s.grants and s.entered is None)


def with_authorization(body: AuthorizationBody, case: "Case", event: "CaseEvent") -> "Case":
    """The case once it has happened; what was entered under another number waits to be entered anew."""
    if isinstance(body, AuthorizationNumbered):
        given = Authorization(body.number, body.of_series, event.by, event.at)
        lines = (
            replace(s, authorization=given, entered=s.entered if s.authorization is None else None) if s.line in body.lines else s
            for s in case.lines
        )
    else:
        entry = Entry(body.where, body.at, event.by)
        lines = (replace(s, entered=entry) if s.line in body.lines else s for s in case.lines)
    return replace(case, lines=tuple(lines))


def check_authorization(
    body: AuthorizationBody, case: "Case", events: "Sequence[CaseEvent]", prefix: str, now: datetime, numbers: Numbers = NO_NUMBERS
) -> None:
    """Passes a number, or an entry, that approved lines can take; else UserError in plain words."""
    _check_lines(body.lines, case)
    if isinstance(body, EnteredInClaims):
        _said(body.where, "in which claims system it was entered")
        if body.at > now:
            raise UserError("It cannot have been entered in the future.", NOTHING_LOST)
        if done := [n for n in body.lines if case.line(n).entered]:
            raise UserError(f"Line {', '.join(map(str, done))}: entered already.", f"Pick the others. {NOTHING_LOST}")
        return
    if body.of_series:
        if body.number != series_number(prefix, case.number, next_place(events)):
            raise UserError("The number is not the next one of this workspace's series.", f"Ask for it again. {NOTHING_LOST}")
    elif body.number not in {state.authorization.number for state in case.lines if state.authorization}:
        _check_typed(body.number, {prefix, *numbers.prefixes})
    if numbers.held_by(body.number) - {case.id, *_related(case)}:
        raise UserError("Another case has this number, or had it.", f"One number is of one case: read it again. {NOTHING_LOST}")
    if any(case.line(n).authorization for n in body.lines):
        _said(body.reason, "why another number takes the place of the one that stands")


def _related(case: "Case") -> tuple[CaseId, ...]:
    """The case that it follows and those that follow it: an answer to an appeal may go by the number that stood before it."""
    before = (case.follows.case,) if case.follows else ()
    return (*before, *(each.case for each in case.followed))


def plain_number(number: str) -> str:
    """A number as it tells whether two are the same, however they were typed."""
    return number.strip().upper()


def _check_lines(lines: Sequence[int], case: "Case") -> None:
    states = {s.line: s for s in case.lines}
    if not lines or len(set(lines)) != len(lines) or not set(lines) <= states.keys():
        raise UserError("Pick service lines of the case, each once.", NOTHING_LOST)
    ends = (Workflow.DECIDED, Workflow.NOTICED)
    if wrong := [n for n in lines if not states[n].grants or states[n].workflow not in ends]:
        raise UserError(f"Line {', '.join(map(str, wrong))}: nothing of it is approved.", f"Pick approved lines. {NOTHING_LOST}")


def _check_typed(number: str, prefixes: Iterable[str]) -> None:
    _said(number, "the number")
    fits = number == number.strip() and len(number) <= _LONGEST and number.isascii() and number.isprintable()
    if not fits or not any(character.isalnum() for character in number):
        raise UserError(
            f"A number has at most {_LONGEST} letters, digits and marks.", f"Type it as the plan's system shows it. {NOTHING_LOST}"
        )
    if any(is_of_series(number, prefix) for prefix in prefixes):
        raise UserError("This is a number of this workspace's own series.", f"Such a number is given, never typed. {NOTHING_LOST}")


def _said(text: str, what: str) -> None:
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING_LOST)
