"""The clock of a case: read by the rows, extended, sent back, answered, changed in what it rests on, and what is to be done because of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ur_desk.desk.clock_rows import Rulebook
from ur_desk.desk.post import Proof
from ur_desk.desk.reads import reads, shown, told
from ur_desk.desk.review import Findings
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Done, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import Audience, Basis, Told, basis_of, with_basis
from ur_desk.domain.clocks.facts import STRAIGHT, Bends, facts_of
from ur_desk.domain.clocks.reading import ClockRead, reading_of
from ur_desk.domain.clocks.tasks import Standing, Task, standing
from ur_desk.domain.clocks.what_if import Supposed, WhatIf, bent, supposed
from ur_desk.domain.deadline import due
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, sees
from ur_desk.domain.people import Role
from ur_desk.domain.request import Request

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

REVIEWERS = (Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR)
SOON = timedelta(days=3)
"""How far ahead tasks are told where nobody asks otherwise."""


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A task of a clock, with the case that it is to be done in."""

    case: CaseId
    number: str
    task: Task


class Clocks:
    """Reads clocks, and keeps what bends them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def read(self, request: Request, follows: ev.Following | None = None, bends: Bends = STRAIGHT) -> ClockRead:
        """When the answer is due by the rows that hold now, or what is missing to say so; an appeal or a reopening is no first request."""
        return _read(self.desk.clock_rows.book(), request, follows, bends)

    def reading(self, request: Request, follows: ev.Following | None = None) -> Steps[ClockRead]:
        """The same for a request that is no case yet, counted beside the store."""
        book = yield from store(self.desk.clock_rows.book, "Reading the clock rules")
        return (yield from work(lambda: _read(book, request, follows, STRAIGHT), "Counting"))

    def of_case(self, case: Case) -> ClockRead:
        """The clock of a case, read anew from its receipt with all that bends it; its rows are kept, inside the open transaction."""
        return self.kept(self.read(case.request, case.follows.kind if case.follows else None, case.clockwork.bends))

    def kept(self, clock: ClockRead) -> ClockRead:
        """The reading, its rows kept, inside the open transaction."""
        self.desk.store.blobs.keep(self.desk.clock_rows.book().data)
        return clock

    def after(self, act: Act, case: Case) -> Case:
        """The case after a step, its clock read anew where that ended what it waited for; else as it is."""
        waited = case.clock is not None and case.clock.pause_until is not None
        if not waited or case.clockwork.waiting:
            return case
        return act.on_case(case.id, case.revision, [self.of_case(case)])

    @verb("clock.extend", *REVIEWERS, writes=ev.ClockExtended | ClockRead)
    def extend(self, act: Act, case: CaseId, revision: int, body: ev.ClockExtended, proof: Proof) -> Done[Case]:
        """Extends the clock, once, on a condition that its rule names, by a written notice that was sent otherwise than from here.

        A notice that was written here extends it as its sending is recorded.
        """
        return self._read_after(act, case, revision, replace(body, notice=self._here(body.notice), proof=self.desk.post.keep(proof)))

    @verb("clock.return", *REVIEWERS, writes=ev.RequestReturned | ClockRead)
    def send_back(self, act: Act, case: CaseId, revision: int, items: tuple[str, ...], notice: Told, until: datetime) -> Done[Case]:
        """Records that the requester was told what an urgent request lacks, and until when it may be completed."""
        lacking = tuple(item.strip() for item in items if item.strip())
        return self._read_after(act, case, revision, ev.RequestReturned(lacking, self._here(notice), until.astimezone(self.desk.zone)))

    @verb("clock.answer", Role.INTAKE, *REVIEWERS, writes=ev.AnswerCame | ClockRead)
    def answer(self, act: Act, case: CaseId, revision: int, what: str, at: datetime) -> Done[Case]:
        """Records that what the clock waited for is here: what came, and when."""
        return self._read_after(act, case, revision, ev.AnswerCame(what.strip(), at.astimezone(self.desk.zone)), label="answer")

    def change(
        self, case: CaseId, revision: int, after: Basis, reason: str, said_by: str, *, physician: bool = False, no_physician: bool = False,
        notice: Told | None = None,
    ) -> Steps[Done[Case]]:  # fmt: skip
        """Changes facts that choose the clock, with the reason and who said so: matched again, and the clock read from the original receipt."""
        gate(self.desk.person, "clock.change")
        now = yield from store(lambda: self.desk.review.case(case), "Reading the case")
        before = basis_of(now.request, now.clockwork.particulars)
        body = ev.BasisChanged(
            before, after, reason.strip(), said_by.strip(), physician, no_physician, self._here(notice) if notice else None
        )
        findings = yield from self.desk.review.match(with_basis(now.current_request, after))
        return (yield from store(lambda: self._change(case, revision, body, findings), "Saving"))

    @verb("clock.change", Role.INTAKE, *REVIEWERS, writes=ev.BasisChanged | ev.Matched | ClockRead)
    def _change(self, act: Act, case: CaseId, revision: int, body: ev.BasisChanged, findings: Findings) -> Done[Case]:
        """Changes facts that choose the clock."""
        after = act.on_case(case, revision, [body, self.desk.review.pinned(findings)])
        return act.done(act.on_case(case, after.revision, [self.of_case(after)]))

    @verb("clock.target", *REVIEWERS, writes=ev.TargetSet)
    def target(self, act: Act, case: CaseId, revision: int, at: datetime | None, reason: str) -> Done[Case]:
        """Sets an earlier instant than the law does, as fast as the member's health requires; without one, lifts it."""
        return act.done(
            act.on_case(case, revision, [ev.TargetSet(at.astimezone(self.desk.zone) if at else None, reason.strip())]), label="target"
        )

    @verb("clock.notify", *REVIEWERS, writes=ev.Notified)
    def notify(
        self, act: Act, case: CaseId, revision: int, lines: tuple[int, ...], audience: Audience, notice: Told, said: str
    ) -> Done[Case]:
        """Records that the member heard of decided lines by word of mouth, or the provider in whatever way."""
        return act.done(act.on_case(case, revision, [ev.Notified(lines, audience, self._here(notice), said.strip())]))

    @verb("clock.done", Role.INTAKE, *REVIEWERS, writes=ev.DutyDone)
    def done(
        self, act: Act, case: CaseId, revision: int, duty: str, notice: Told, said: str = "", proof: Proof | None = None
    ) -> Done[Case]:
        """Records that what a row asks to be said beside the answer was said; a letter that was sent otherwise than from here takes its
        proof."""
        kept = self.desk.post.keep(proof) if proof else None
        return act.done(act.on_case(case, revision, [ev.DutyDone(duty, self._here(notice), said.strip(), kept)]))

    @verb("clock.reread", *REVIEWERS, writes=ClockRead)
    def read_again(self, act: Act, case: CaseId, revision: int) -> Done[Case]:
        """Reads the clock of a case anew by the rows that hold now, from the original receipt."""
        now = self.desk.review.case(case)
        return act.done(act.on_case(case, revision, [self.of_case(now)]))

    def _here(self, notice: Told) -> Told:
        """The same on the clocks of the workspace, on which its instant is told ever after."""
        return replace(notice, at=notice.at.astimezone(self.desk.zone))

    def _read_after(self, act: Act, case: CaseId, revision: int, body: ev.CaseBody, label: str = "") -> Done[Case]:
        """One step with the reading that follows from it; an undo takes back both."""
        after = act.on_case(case, revision, [body])
        return act.done(act.on_case(case, after.revision, [self.of_case(after)]), label=label)

    @reads(Read.CASE)
    def standing(self, case: CaseId, at: datetime | None = None) -> Standing:
        """Where the clock of a case stands now, or would at another instant, and what is to be done because of it."""
        found = shown(self.desk, case)
        return standing(found, self.desk.store.ledger.of_case(case), at or self.desk.clock.now())

    @reads(Read.CASE)
    def what_if(self, case: CaseId, told_: Supposed) -> WhatIf:
        """The clock of a case as it stands, and as it would if something were otherwise; saves nothing."""
        found = shown(self.desk, case)
        follows = found.follows.kind if found.follows else None
        request, bends = supposed(found.request, told_), found.clockwork.bends
        base = self.read(request, follows, bends)
        return WhatIf(self.read(found.request, follows, bends), self.read(request, follows, bent(bends, base, told_)))

    @reads(Read.LIST)
    def tasks(self, until: datetime | None = None) -> tuple[CaseTask, ...]:
        """What clocks ask for in all open cases, soonest first: what is due until then, by default within three days."""
        now = self.desk.clock.now()
        last, found = until or now + SOON, list[CaseTask]()
        for case in (told(self.desk, id_) for id_ in self.desk.store.cases.until(last)):
            if sees(case, self.desk.person.id, now):
                tasks = standing(case, self.desk.store.ledger.of_case(case.id), now).tasks
                found += [CaseTask(case.id, case.number, task) for task in tasks if task.due_at is None or task.due_at <= last]
        return tuple(sorted(found, key=lambda each: (each.task.due_at or last, each.number)))


def _read(book: Rulebook, request: Request, follows: ev.Following | None, bends: Bends) -> ClockRead:
    facts = facts_of(request, bends, follows)
    return reading_of(due(facts, book.rules), facts, book.rules, book.sha256)
