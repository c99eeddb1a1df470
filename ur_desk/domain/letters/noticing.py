"""A notice of open lines from what a reviewer asks for and the clock tells: its days are never typed."""

from datetime import date, datetime

from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import is_lowered
from ur_desk.domain.clocks.facts import Bends, Extended
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.letters.notices import Extension, Lateness, NotExpedited, Notice, NoticeKind, NoticeWanted
from ur_desk.domain.zones import zone
from ur_desk.errors import UserError

NOTHING = "Nothing was issued."


def bends_with(wanted: NoticeWanted, case: Case, at: datetime) -> Bends:
    """What would bend the clock of the case once the notice had left at that instant; only an extension bends it more than it is."""
    bends, terms = case.clockwork.bends, wanted.terms
    if terms is None:
        return bends
    return Bends(bends.particulars, Extended(at, terms.condition, terms.answer_by), bends.returned, bends.refused_at)


def told(wanted: NoticeWanted, case: Case, after: ClockRead, now: datetime) -> Notice:
    """The notice with its days, `after` being the clock once it had left; UserError where the case has no such thing to tell."""
    limit = after.due_at or after.outer_at
    if wanted.kind is NoticeKind.EXTENSION:
        return _extension(wanted, case, after)
    if wanted.kind is NoticeKind.LATE:
        if limit is not None and now <= limit:
            raise UserError("The answer is not late yet: the instant at which it is due has not passed.", f"Decide in time. {NOTHING}")
        return Lateness(_day(limit, case), wanted.why.strip())
    if not any(is_lowered(change.body) for change in case.clockwork.changes):
        raise UserError(
            "Nobody has refused to expedite this request.", f"Change its urgency first, with the reason and who said so. {NOTHING}"
        )
    return NotExpedited(_day(limit, case), wanted.why.strip())


def _extension(wanted: NoticeWanted, case: Case, after: ClockRead) -> Extension:
    terms, stands = wanted.terms, case.clockwork.extension
    assert terms is not None
    if after.base_at is None and stands is None:
        raise UserError("The clock that binds this request is not extended on that condition.", f"Decide by the due time. {NOTHING}")
    items = tuple(item.strip() for item in terms.items if item.strip())
    return Extension(_day(after.due_at or after.outer_at, case), terms.reason.strip(), wanted.asked_by, items, terms.answer_by)


def _day(at: datetime | None, case: Case) -> date:
    if at is None:
        raise UserError("The clock of this case tells no day.", f"Add the facts that it lacks first. {NOTHING}")
    return at.astimezone(zone(case.request.received_zone or "UTC")).date()
