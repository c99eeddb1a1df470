"""Whether a purge went by its rule, as far as heads tell: the contents are gone by then, the heads of events stay for ever."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from ur_desk.domain.audit import Head
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.access import PREFIX
from ur_desk.domain.trail.keeping import HOLD_LIFT, HOLD_PREFIX, Keeping, Purged, kept_until

ENDS = frozenset({"case.close", "lines.withdraw", "letter.issue", "notice.record"})
"""The verbs of which at least one stands in every case that ended."""


class PurgeWatch:
    """What the heads up to a place tell of cases: whose events are theirs, when each last changed, which ended, which are held."""

    def __init__(self, day: Callable[[datetime], date]) -> None:
        self._day = day
        self._case_of: dict[EventId, CaseId] = {}
        self._changed: dict[CaseId, datetime] = {}
        self._ended: set[CaseId] = set()
        self._held: set[CaseId] = set()

    def happened(self, head: Head) -> None:
        """Takes the next head into account."""
        if head.case is None:
            return
        self._case_of[head.id] = head.case
        if head.verb == HOLD_LIFT:
            self._held.discard(head.case)
        elif head.verb.startswith(HOLD_PREFIX):
            self._held.add(head.case)
        elif not head.verb.startswith(PREFIX):
            self._changed[head.case] = head.at
            if head.verb in ENDS:
                self._ended.add(head.case)

    def wrong(self, head: Head, body: Purged, keeping: Keeping) -> Iterator[str]:
        """Why the purge of this certificate was none by right; `keeping` is what held before it."""
        waiting = keeping.proposal
        if waiting is None or waiting.event != body.proposal:
            yield "the proposal that it names did not wait there"
        else:
            if waiting.by == head.person:
                yield "a purge that no second person proposed"
            told = body.cases, body.numbers, body.proposed_by, body.proposed_at
            if told != (waiting.body.cases, waiting.body.numbers, waiting.by, waiting.at):
                yield "its certificate does not tell what was proposed, by whom and when"
        if body.approved_by != head.person:
            yield "its certificate names another person than the one who signed it"
        if any(self._case_of.get(event) not in body.cases for event in body.events):
            yield "it took contents that are of none of its cases"
        yield from self._early(head, body, keeping.years)

    def _early(self, head: Head, body: Purged, years: int) -> Iterator[str]:
        today = self._day(head.at)
        if any(case in self._held for case in body.cases):
            yield "a legal hold lay on a case that it took"
        if any(case not in self._changed or kept_until(self._day(self._changed[case]), years) > today for case in body.cases):
            yield "the years of a case that it took were not over"
        if any(case not in self._ended for case in body.cases):
            yield "a case that it took had not ended"
