"""On which day notice of a decided line was dated: the day from which whoever does not agree has time to ask."""

from collections.abc import Iterable
from datetime import date
from typing import get_args

from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.outcomes import OutcomeBody
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import CaseEvent
from ur_desk.domain.letter import UNDECIDED
from ur_desk.domain.undoing import undone_ids
from ur_desk.domain.zones import zone

_DECIDES = (ev.Determined, ev.Withdrawn, *get_args(OutcomeBody))


def noticed_on(case: Case, events: Iterable[CaseEvent], line: int) -> date | None:
    """The date on the last letter that told the member of the line as it is decided now, or the day of a notice given otherwise; a
    corrected letter has a date of its own. None where nobody has notice."""
    if case.line(line).workflow is not Workflow.NOTICED:
        return None
    told, where = list(events), zone(case.request.received_zone or "UTC")
    undone, found = undone_ids(told), list[date]()
    for event in told:
        body = event.body
        if event.id in undone or line not in getattr(body, "lines", ()):
            continue
        if isinstance(body, _DECIDES):
            found.clear()
        elif isinstance(body, ev.LetterIssued) and body.kind not in UNDECIDED and body.copy_of is None:
            found.append(body.dated)
        elif isinstance(body, ev.NoticeGiven):
            found.append(body.at.astimezone(where).date())
    return max(found, default=None)
