"""An approval of another case for the same member, service and days: it binds the plan, and a later refusal has to say why it leaves it."""

from dataclasses import dataclass
from datetime import date

from ur_desk.domain.ids import CaseId


@dataclass(frozen=True, slots=True)
class Binding:
    """An approval of which notice was given, and on whose days a line of this case falls.

    `line` is the line here, `of` the one there. `covers` says that the line asks for nothing beyond what was approved; `refuses` that no
    clinical refusal follows such an approval at all, but for a reopening (Medicare Advantage, rule for 2026). Of a case that is closed to
    whoever asks, no more than its number is told.
    """

    line: int
    case: CaseId
    number: str
    covers: bool
    refuses: bool
    of: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    authorization: str = ""


def binding_words(told: Binding) -> str:
    """The approval as one says it before somebody decides, and what a refusal takes beside it."""
    if told.of is None or told.first_day is None or told.last_day is None:
        what = f"{told.number}, which is closed to you, approved this service for the same member on days of line {told.line}."
    else:
        number = f", authorized as {told.authorization}" if told.authorization else ""
        one, days = told.first_day == told.last_day, f"from {told.first_day:%m/%d/%Y} to {told.last_day:%m/%d/%Y}"
        when = f"on {told.first_day:%m/%d/%Y}" if one else days
        what = f"{told.number} approved this service for the same member {when} (line {told.of} there, line {told.line} here{number})."
    if told.refuses:
        return f"{what} An approval binds: no clinical refusal follows it, unless that case is reopened for good cause, fraud or similar fault."
    return f"{what} An approval binds: a refusal says why it leaves it."
