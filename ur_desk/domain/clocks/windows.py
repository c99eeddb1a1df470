"""Until when one may ask that a decision be looked at anew, read from the rows: the last day, the row that gives it, and whether it has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ur_desk.domain.clocks.counting import months_on
from ur_desk.domain.clocks.rules import About, Opens, Window, WindowUnit, within
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.request import Request


@dataclass(frozen=True, slots=True)
class WindowRead:
    """Until when one could ask, by which row, for who asked on a day.

    Without `noticed_on` nobody has notice of the decision, and no window runs; without `row` none is loaded that binds. `presumed` says
    that the row counts from the day on which the notice came, which nobody told, so that it was counted from the notice's own date.
    """

    about: About
    asked_on: date
    noticed_on: date | None = None
    row: str = ""
    name: str = ""
    source: str = ""
    verified: bool = False
    last_day: date | None = None
    presumed: bool = False

    def __post_init__(self) -> None:
        if self.about not in (About.APPEAL, About.REOPENING):
            raise ValueError("a window is about an appeal or a reopening")

    @property
    def late(self) -> bool:
        """Whether who asked came behind the last day."""
        return self.last_day is not None and self.asked_on > self.last_day

    @property
    def bars(self) -> bool:
        """Whether it is late for sure: by a row that somebody compared with the law, counted from a day that is known."""
        return self.late and self.verified and not self.presumed


@dataclass(frozen=True, slots=True)
class LineWindow:
    """Until when one may ask that a decided line be looked at anew."""

    line: int
    window: WindowRead


def window(
    request: Request, about: About, noticed_on: date | None, asked_on: date, rules: Iterable[Window], came_on: date | None = None,
    cause: Cause | None = None,
) -> WindowRead:  # fmt: skip
    """The window of a decision of which notice was dated that day, and came on another where somebody said so, for who asked on a day.

    Of several rows that bind the longest stands: nobody loses by one law what another one gives.
    """
    if noticed_on is None:
        return WindowRead(about, asked_on)
    rows = [(last_day(row, noticed_on, came_on), row) for row in _bound(request, about, noticed_on, rules, cause)]
    if not rows:
        return WindowRead(about, asked_on, noticed_on)
    last, row = max(rows, key=lambda pair: (pair[0], pair[1].verified is not None))
    presumed = row.start is Opens.CAME and came_on is None
    return WindowRead(about, asked_on, noticed_on, row.id, row.name, row.source, row.verified is not None, last, presumed)


def last_day(row: Window, noticed_on: date, came_on: date | None = None) -> date:
    """The last day of a window; where nobody said when the notice came, it is counted from its date, which can only make it early."""
    first = (came_on or noticed_on) if row.start is Opens.CAME else noticed_on
    if row.unit is WindowUnit.DAYS:
        return first + timedelta(days=row.amount)
    return months_on(first, row.amount * (12 if row.unit is WindowUnit.YEARS else 1))


def _bound(request: Request, about: About, noticed_on: date, rules: Iterable[Window], cause: Cause | None) -> Iterable[Window]:
    return (
        row
        for row in rules
        if row.about is about
        and request.line_of_business in row.lines
        and (not row.states or request.state in row.states)
        and (not row.causes or cause in row.causes)
        and within(noticed_on, row.from_day, row.to_day)
    )


# in words ----------------------------------------------------------------------------------------------------------------------

_WHAT = {About.APPEAL: "an appeal", About.REOPENING: "a reopening"}


def window_words(told: WindowRead) -> str:
    """The window as one says it before anything is opened: the last day, whether it has passed, by which row, and what is not sure."""
    what = _WHAT[told.about]
    if told.noticed_on is None:
        return f"Nobody has notice of the decision yet: no time for {what} runs."
    if told.last_day is None:
        return f"No row loaded says until when {what} may be asked for here."
    parts = [f"The last day for {what}: {told.last_day:%m/%d/%Y} ({told.name}; {told.source})."]
    if told.late:
        parts.append(f"It was asked for on {told.asked_on:%m/%d/%Y}: late.")
    if not told.verified:
        parts.append("Nobody has compared this row with an official text: it takes nobody's right.")
    if told.presumed:
        parts.append("It was counted from the date of the notice: when the notice came nobody said.")
    return " ".join(parts)
