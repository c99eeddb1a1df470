"""What the books of law rows have in common: which rows somebody compared with the law, by the newest word of a supervisor."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from ur_desk.desk.verbs import Act
from ur_desk.domain.clocks.rules import ClockRule, Consequence, Duty, Silence, Window
from ur_desk.domain.decisions.signing import SigningRule
from ur_desk.domain.law_rows import Book, RowDoubted, RowVerified, Verified
from ur_desk.errors import UserError

R = TypeVar("R", ClockRule, Silence, Duty, Consequence, Window, SigningRule)
LawRow = ClockRule | Silence | Duty | Consequence | Window | SigningRule
"""A row of either book."""
NOTHING = "Nothing was changed."

if TYPE_CHECKING:
    Words = Mapping[str, RowVerified | RowDoubted]


def judged(row: R, words: "Words") -> R:
    """The row with the newest word on it; one that was said of other content of this row is void."""
    from ur_desk.records.law_rows import row_digest

    word = words.get(row.id)
    if word is None or word.digest != row_digest(row):
        return row
    return replace(row, verified=Verified(f"{word.by} ({word.where})", word.on) if isinstance(word, RowVerified) else None)


def verify(act: Act, book: Book, row: LawRow, where: str, on: date) -> None:
    """Writes that whoever acts compared the row with an official text on that day; UserError for a day to come."""
    from ur_desk.records.law_rows import row_digest

    desk = act.desk
    if on > desk.today:
        raise UserError("The row cannot have been compared in the future.", NOTHING)
    act.on_workspace(RowVerified(row.id, row_digest(row), said(where, "with which text"), on, act.by.display, book))


def doubt(act: Act, book: Book, row: LawRow, reason: str) -> None:
    """Writes that the row no longer counts as verified; UserError for one that does not."""
    from ur_desk.records.law_rows import row_digest

    if row.verified is None:
        raise UserError(f"{row.id} is not verified.", NOTHING)
    act.on_workspace(RowDoubted(row.id, row_digest(row), said(reason, "why"), book))


def said(text: str, what: str) -> str:
    """What was typed; UserError where that is nothing."""
    if not text.strip():
        raise UserError(f"Say {what}.", NOTHING)
    return text.strip()
