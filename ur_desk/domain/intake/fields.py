"""One field as typed to its value: text, days, choices and numbers, each with the problem that stands beside it."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TypeVar

from ur_desk.domain.codes import npi_problem
from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Severity
from ur_desk.domain.states import state_code
from ur_desk.domain.visible import broken, clip, visible

E = TypeVar("E", bound=StrEnum)

LINE_LIMIT = 300
"""Characters in a field of one line."""
PROSE_LIMIT = 20_000
"""Characters in a description or an address."""
NOTES_LIMIT = 2_000_000
"""Characters in the clinical notes."""

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_US_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,4})?")
_YEARS = range(1850, 2200)
_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


class Fields:
    """Reads the texts of one draft and keeps what is wrong with each, by its path.

    What `refuse` says is an error or a warning as `refusal` has it; what `fail` says is an error always, what `doubt` says
    never. Rows count from 1 in a path.
    """

    def __init__(self, refusal: Severity, path: str = "", problems: list[Problem] | None = None) -> None:
        self._refusal, self._path = refusal, path
        self._problems: list[Problem] = [] if problems is None else problems

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was said so far, in order, over all paths."""
        return tuple(self._problems)

    def at(self, *steps: str | int) -> "Fields":
        """The same reading, further down the path."""
        path = self._path
        for step in steps:
            if step != "":
                path = f"{path}.{step}" if path else str(step)
        return Fields(self._refusal, path, self._problems)

    def doubt(self, field: str, code: str, message: str) -> None:
        """Says a warning."""
        self._say(Severity.WARNING, field, code, message)

    def refuse(self, field: str, code: str, message: str) -> None:
        """Says what keeps a person from saving, and what is only a warning where a file is read."""
        self._say(self._refusal, field, code, message)

    def fail(self, field: str, code: str, message: str) -> None:
        """Says an error."""
        self._say(Severity.ERROR, field, code, message)

    def _say(self, severity: Severity, field: str, code: str, message: str) -> None:
        where = ".".join(part for part in (self._path, field) if part)
        self._problems.append(Problem(severity, code, where, message))

    def verbatim(self, field: str, text: str, limit: int = LINE_LIMIT) -> str:
        """Text as it stood, hidden characters aside; empty where it is too long, which is an error: nothing is ever cut off."""
        if len(text) > limit:
            message = f"This text has {len(text):,} characters; {limit:,} are taken. {_AFTER[limit]} Nothing was cut or saved."
            self.fail(field, "too-long", message)
            return ""
        if text.isprintable():  # nothing in it is hidden, no line is broken
            return text
        clean = visible(text)
        hidden = len(broken(text)) - len(clean)
        if hidden:
            self.doubt(
                field, "hidden-characters", f"Characters that do not show ({hidden}) were left out; check that the text reads as it should."
            )
        return clean

    def prose(self, field: str, text: str, limit: int = PROSE_LIMIT) -> str | None:
        """Text of several lines; None where nothing is left."""
        return self.verbatim(field, text, limit).strip() or None

    def line(self, field: str, text: str) -> str | None:
        """Text of one line, its blanks made single."""
        if not text:
            return None
        if text.isprintable() and len(text) <= LINE_LIMIT:  # nothing hidden in it, and no blank but the usual one
            return text if "  " not in text and text[0] != " " != text[-1] else " ".join(text.split()) or None
        return " ".join(self.verbatim(field, text).split()) or None

    def day(self, field: str, text: str) -> date | None:
        """A day typed as 10/12/2017 or 2017-10-12."""
        told = self.line(field, text)
        if told is None:
            return None
        day = day_of(told)
        if day is None:
            self.refuse(
                field, "bad-date", f"“{clip(told)}” is no day. Write month, day and a year of four digits: 10/12/2017, or 2017-10-12."
            )
        return day

    def choice(self, field: str, text: str, choices: Iterable[E]) -> E | None:
        """One of a closed set, by its value in any case."""
        told = self.line(field, text)
        if told is None:
            return None
        known = _by_value(tuple(choices))
        found = known.get(told.casefold()) or known.get(told.casefold().replace(" ", "_").replace("-", "_"))
        if found is None:
            self.refuse(field, "unknown-value", f"“{clip(told)}” is none of {', '.join(c.value for c in known.values())}.")
        return found

    def flag(self, field: str, text: str) -> bool | None:
        """Yes, no, or not known."""
        told = self.line(field, text)
        if told is None:
            return None
        if told.casefold() not in _FLAGS:
            self.refuse(field, "unknown-value", f"“{clip(told)}” is neither yes nor no.")
        return _FLAGS.get(told.casefold())

    def number(self, field: str, text: str, least: Decimal | None = None) -> Decimal | None:
        """A number above zero, or from `least` on; at most nine digits and four decimals."""
        told = self.line(field, text)
        if told is None:
            return None
        number = Decimal(told) if _NUMBER.fullmatch(told) else None
        if number is None or (number <= 0 if least is None else number < least):
            self.refuse(field, "bad-number", f"“{clip(told)}” is no number that fits here. Write digits, such as 1 or 2.5, without commas.")
            return None
        return number.normalize() if number != number.to_integral_value() else Decimal(int(number))

    def state(self, field: str, text: str) -> str | None:
        """A state or territory of the United States, as its two letters."""
        told = self.line(field, text)
        if told is None:
            return None
        code = state_code(told)
        if code is None:
            self.refuse(
                field, "unknown-state", f"“{clip(told)}” is no state or territory of the United States. Write its two letters, such as IN."
            )
        return code

    def npi(self, field: str, text: str) -> str | None:
        """A National Provider Identifier; a wrong one is doubted and kept as it came."""
        told = self.line(field, text)
        problem = npi_problem(told) if told else None
        if problem == "shape":
            self.doubt(field, "bad-npi", f"“{clip(told or '')}” is no NPI: it has ten digits and begins with 1 or 2.")
        elif problem:
            self.doubt(field, "bad-npi", f"“{clip(told or '')}” is no NPI: its check digit is wrong. One digit may be mistyped.")
        return told


_AFTER = {
    LINE_LIMIT: "Write the essential here and the rest into the clinical notes.",
    PROSE_LIMIT: "Write the essential here and the rest into the clinical notes, or attach it as a file.",
    NOTES_LIMIT: "Attach the record as a file.",
}


@cache
def _by_value(choices: tuple[E, ...]) -> dict[str, E]:
    return {choice.value.casefold(): choice for choice in choices}


def ids_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Ids as they show, each once; what is empty, or too long for an id, is none."""
    return tuple(dict.fromkeys(text for each in texts if (text := visible(each).strip()) and len(text) <= LINE_LIMIT))


def day_of(text: str) -> date | None:
    """The day that a text names, ISO or in the order of the United States; None where it names none from 1850 to 2199."""
    iso, us = _ISO_DAY.fullmatch(text), _US_DAY.fullmatch(text)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif us:
        year, month, day = int(us[4]), int(us[1]), int(us[3])
    else:
        return None
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
