"""What is missing of cases: what is worth asking for, what waits for an answer, and when somebody asks again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ur_desk.desk.reads import reads, shown, told
from ur_desk.desk.review import pinned_policy
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, sees
from ur_desk.domain.information.asking import AskTask, Waiting, ask_tasks, question_of, settled, waiting
from ur_desk.domain.information.wanted import Missing, wanted

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

SOON = timedelta(days=3)
"""How far ahead tasks are told where nobody asks otherwise."""


@dataclass(frozen=True, slots=True)
class CaseAskTask:
    """Something to be done because information is missing, with the case that it is to be done in."""

    case: CaseId
    number: str
    task: AskTask


class Asking:
    """Reads what is missing; the steps themselves are verbs of the decision bar."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    @reads(Read.CASE)
    def missing(self, case: CaseId, lines: Sequence[int] = ()) -> tuple[Missing, ...]:
        """What would be worth asking for of these lines, or all, by the findings that are pinned to the case."""
        now = shown(self.desk, case)
        report, matched = self.desk.review.report(now), now.matched
        if report is None or matched is None:
            return ()
        policies = [pinned_policy(self.desk.store, pin) for pin in matched.pins]
        held = frozenset(settled(report))
        picked = lines or [state.line for state in now.lines]
        return tuple(Missing(line, line in held, wanted(report, policies, line), question_of(now, (line,))) for line in picked)

    @reads(Read.CASE)
    def waiting(self, case: CaseId) -> tuple[Waiting, ...]:
        """What the case waits for, with each attempt to get it."""
        return waiting(shown(self.desk, case))

    @reads(Read.CASE)
    def tasks(self, until: date | None = None) -> tuple[CaseAskTask, ...]:
        """Of all cases that are open to the person, when somebody asks again and the last days to answer, until that day: within three
        days by default. The soonest come first."""
        now = self.desk.clock.now()
        last = until or now.astimezone(self.desk.zone).date() + SOON
        found = [
            CaseAskTask(case.id, case.number, task)
            for case in self._open(last)
            for task in ask_tasks(case)
            if task.on <= last and sees(case, self.desk.person.id, now)
        ]
        return tuple(sorted(found, key=lambda each: (each.task.on, each.number, each.task.kind)))

    def _open(self, last: date) -> list[Case]:
        with self.desk.store.reading():
            return [told(self.desk, case) for case in self.desk.store.cases.to_chase(last)]
