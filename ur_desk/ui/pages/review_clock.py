"""What the review screen says of the clock: the strip's part of it, and what bent it, what is to be done and what it is in law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.case import Case
from ur_desk.domain.clock_events import BasisChange
from ur_desk.domain.clock_read import ClockRead
from ur_desk.domain.clock_tasks import Stand, Standing, Task, TaskKind
from ur_desk.domain.clock_telling import tell_clock
from ur_desk.domain.clock_words import ENGLISH
from ur_desk.domain.clocks import Effect
from ur_desk.domain.delivery import Party, owed
from ur_desk.domain.determination import Workflow
from ur_desk.domain.people import Account, AccountId
from ur_desk.ui.due import due_moment, left
from ur_desk.ui.models.findings import Note
from ur_desk.ui.phrases import moment
from ur_desk.ui.tokens import Tone

translate = QCoreApplication.translate

_BETWEEN = "; "
"""What stands between the rule of a clock, what bent it, and each reserve with which it was told."""
RESERVES = {words for key, words in ENGLISH.items() if key == "unverified" or key.startswith("presumed.")}
"""What a clock was told with, beside its rule: never cut away as the rule's own words may be."""
SHORT_RESERVES = {"not verified against the official text": "rule not verified", "taken as complete on receipt": "taken as complete"}
"""Reserves that have a shorter form in the strip; the timeline tells them in full."""


@dataclass(frozen=True, slots=True)
class DueWords:
    """The clock in the strip: the due instant or what stands in its place, what is left, the rule, whether it presses, and warnings."""

    due: str
    left: str = ""
    why: str = ""
    pressing: bool = False
    warnings: tuple[str, ...] = ()


def due_words(case: Case, now: datetime, zone: str) -> DueWords:
    """What the strip says; a noticed case has nothing left to run."""
    clock = case.clock
    if clock is None:
        return DueWords(translate("review", "The clock has not been read yet"))
    if case.workflow in (Workflow.NOTICED, Workflow.CLOSED):
        told = translate("review", "Due {0}").format(due_moment(clock.due_at, zone)) if clock.due_at else clock.words
        return DueWords(told, translate("review", "notice given"), clock.words) if clock.due_at else DueWords(told)
    if clock.due_at is None:
        missing = _missing(clock, now, zone)
        return replace(missing, warnings=(*missing.warnings, *_unsent(case)))
    parts = clock.words.split(_BETWEEN)
    why = _BETWEEN.join(part for part in parts if part not in RESERVES)
    reserves = [translate("review", SHORT_RESERVES.get(part, part)) for part in parts if part in RESERVES]
    remaining, told = left(clock.due_at, now), translate("review", "Due {0}").format(due_moment(clock.due_at, zone))
    warnings = (*_late(clock, now), *_unsent(case), *reserves, *_target(case, zone))
    if clock.pause_until is not None and now <= clock.pause_until:
        return DueWords(
            _waiting(clock, zone), translate("review", "{0} to answer").format(left(clock.pause_until, now).words), why, False, warnings
        )
    return DueWords(told, remaining.words, why, remaining.tone is not Tone.QUIET, warnings)


def _waiting(clock: ClockRead, zone: str) -> str:
    """A pause with its end, and when the answer would be due without an answer."""
    assert clock.due_at is not None
    return translate("review", "Paused for an answer; due {0} without one").format(due_moment(clock.due_at, zone))


def _missing(clock: ClockRead, now: datetime, zone: str) -> DueWords:
    """No due instant: what is missing, and the outer limit called by its name."""
    head, *rest = clock.words.split(_BETWEEN)
    if clock.outer_at is None:
        return DueWords(clock.words)
    outer = translate("review", "No due date; outer limit {0}").format(due_moment(clock.outer_at, zone))
    remaining = left(clock.outer_at, now)
    return DueWords(
        outer, remaining.words, _BETWEEN.join(rest), remaining.tone is not Tone.QUIET, (head, *_late_by(clock.outer_at, clock, now))
    )


def _unsent(case: Case) -> Iterator[str]:
    """That a letter is issued which the member does not have: the clock runs until it was sent."""
    if any(each.party is Party.MEMBER for each in owed(case)):
        yield translate("review", "letter issued, not sent")


def _late(clock: ClockRead, now: datetime) -> Iterator[str]:
    if clock.due_at is not None:
        yield from _late_by(clock.due_at, clock, now)


def _late_by(limit: datetime, clock: ClockRead, now: datetime) -> Iterator[str]:
    """What lateness is in law, once the limit has passed."""
    if now <= limit:
        return
    words = {
        Effect.DENIED: translate("review", "late: counts as denied, notice today"),
        Effect.ADVERSE: translate("review", "late: notice is itself adverse"),
        Effect.APPROVED: translate("review", "late: counts as authorized"),
    }
    yield from (words[row.effect] for row in clock.late)
    if not clock.late:
        yield translate("review", "late: ask compliance what that means")


def _target(case: Case, zone: str) -> Iterator[str]:
    target = case.clockwork.target
    if target is not None and target.at is not None:
        yield translate("review", "target {0}").format(due_moment(target.at, zone))


def clock_notes(case: Case, standing: Standing, people: Mapping[AccountId, Account], zone: str) -> Iterator[Note]:
    """What is to be done because of the clock, what bent it, and each change of what it rests on with both dates."""
    yield from (_task(task, zone) for task in standing.tasks)
    work = case.clockwork
    bent = (work.extension, work.returned, work.target)
    yield from (
        Note(translate("review", "The clock"), _sentence(tell_clock(body)), translate("review", "clock"), Tone.ACCENT)
        for body in bent
        if body
    )
    yield from (_changed(change, case, people, zone) for change in reversed(work.changes))
    if standing.stand is Stand.LATE and standing.stopped_at is not None:
        told = translate("review", "Notice was given {0}, after the due time.").format(moment(standing.stopped_at, zone))
        yield Note(translate("review", "Notice was late"), told, translate("review", "clock"), Tone.BAD)


def _task(task: Task, zone: str) -> Note:
    by = translate("review", "By {0}.").format(due_moment(task.due_at, zone)) if task.due_at else ""
    if task.kind is TaskKind.LATE and task.due_at:
        by = translate("review", "It was due {0}.").format(due_moment(task.due_at, zone))
    row = translate("review", "Row {0}.").format(task.row) if task.row else ""
    doubt = "" if task.verified else translate("review", "Not verified against an official text.")
    title = translate("review", "Missed") if task.kind is TaskKind.LATE else translate("review", "To do")
    tone = Tone.BAD if task.kind is TaskKind.LATE else Tone.ASK
    return Note(title, " ".join(part for part in (_sentence(task.words), by, row, doubt) if part), translate("review", "task"), tone)


def _changed(change: BasisChange, case: Case, people: Mapping[AccountId, Account], zone: str) -> Note:
    who = people[change.by].display if change.by in people else translate("review", "Somebody unknown")
    before = change.due_before.due_at if change.due_before else None
    was = due_moment(before, zone) if before else translate("review", "no due date")
    later = [each for each in case.clockwork.changes if each.at > change.at]
    after = (later[0].due_before if later else case.clock) if case.clock else None
    became = due_moment(after.due_at, zone) if after and after.due_at else translate("review", "no due date")
    told = translate("review", "{0} {1} Due before: {2}; due after: {3}.").format(who, tell_clock(change.body), was, became)
    return Note(translate("review", "What the clock rests on was changed"), told, translate("review", "clock"), Tone.ACCENT)


def _sentence(words: str) -> str:
    told = words[:1].upper() + words[1:]
    return told if told.endswith(".") else f"{told}."
