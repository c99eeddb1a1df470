"""A due instant that passed before a line was decided, where a row says that the request then counts as authorized."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ur_desk.domain.clocks.rules import Effect

if TYPE_CHECKING:
    from ur_desk.domain.case import Case
    from ur_desk.domain.line_state import LineState


@dataclass(frozen=True, slots=True)
class Overdue:
    """A row by which lines count as authorized since an instant: which row, what it says and where, and whether that is sure, since both
    the row and the clock that it speaks of were compared with the law and are in force."""

    row: str
    name: str
    source: str
    due_at: datetime
    sure: bool
    lines: tuple[int, ...]


def overdue(case: "Case", lines: Iterable[int], at: datetime) -> tuple[Overdue, ...]:
    """The rows by which some of these lines counted as authorized at an instant. A line that was decided in time before, and is decided
    anew since that does not hold any more, is none of them."""
    if case.clock is None:
        return ()
    states, found = [case.line(line) for line in sorted(set(lines))], list[Overdue]()
    for row in case.clock.late:
        due = row.due_at
        if row.effect is not Effect.APPROVED or due is None or at <= due:
            continue
        if late := tuple(state.line for state in states if not _in_time(state, due)):
            found.append(Overdue(row.id, row.name, row.source, due, row.verified and row.due_verified, late))
    return tuple(found)


def _in_time(state: "LineState", due: datetime) -> bool:
    return any(decision.signature.at <= due for decision in state.earlier)


def overdue_words(told: Overdue) -> str:
    """What lateness is in law here, as one says it before somebody decides, and with the decision ever after."""
    named = ("Line " if len(told.lines) == 1 else "Lines ") + ", ".join(map(str, told.lines))
    since = f"{named} counted as authorized since {told.due_at:%m/%d/%Y %H:%M}: {told.name} ({told.source})."
    return (
        since
        if told.sure
        else f"{since} Nobody has compared this with the official text, so it refuses nothing: ask your compliance officer."
    )
