"""What a letter says of lines that nobody has decided: more time, a late answer, no fast answer, a withdrawal, a dismissal."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.clocks import Effect
from ur_desk.domain.letter import Audience, Block, BlockKind, LetterFacts, LetterKind, Sentence
from ur_desk.domain.notices import Asker, Extension, Lateness, NotExpedited
from ur_desk.letters import plain, services
from ur_desk.letters.family import MEDICARE, STATE_PROGRAMS, Family, family_of
from ur_desk.letters.reasons import acts
from ur_desk.letters.telling import Telling, decision, of_case, paragraph, profile, signed, statement, written

GRIEVANCE = MEDICARE | STATE_PROGRAMS
"""Families that give a grievance about the plan's time."""


def counts_as_denied(facts: LetterFacts) -> bool:
    """Whether the clock of the case says that what is not answered in time is a denial, by a row that somebody compared with its text."""
    clock = facts.case.clock
    return clock is not None and any(row.effect is Effect.DENIED and row.verified for row in clock.late)


def blocks(telling: Telling, opening: Sequence[Sentence], audience: Audience) -> Iterator[Block]:
    """What there is to tell of open, withdrawn or dismissed lines; the provider's copy leaves out the member's own rights."""
    notice, member = telling.facts.notice, audience is Audience.MEMBER
    if isinstance(notice, Extension):
        yield from _extension(telling, opening, notice, member)
    elif isinstance(notice, Lateness):
        yield from _late(telling, opening, notice, member)
    elif isinstance(notice, NotExpedited):
        yield from _not_expedited(telling, opening, notice, member)
    elif telling.facts.kind is LetterKind.DISMISSED:
        yield from _dismissed(telling, opening, member)
    elif telling.facts.kind is LetterKind.WITHDRAWN:
        yield from _withdrawn(telling, opening, member)


def table(telling: Telling) -> Iterator[Block]:
    """Each line, and what was asked for."""
    yield telling.heading("information.services")
    header = (telling.say("service.column"), telling.say("asked.column"))
    rows = ((services.name_cell(telling, s), services.asked_cell(telling, s)) for s in telling.facts.states)
    yield Block(BlockKind.TABLE, (header, *rows))


def _extension(telling: Telling, opening: Sequence[Sentence], notice: Extension, member: bool) -> Iterator[Block]:
    until = telling.say("extension.until", of_case("notice"), element="extension_until", day=telling.day(notice.until))
    asked = () if notice.asked_by is Asker.PLAN or not member else (telling.say(f"extension.asked.{notice.asked_by}", of_case("notice")),)
    yield paragraph(*opening, telling.say("extension.open", element="no_decision_yet"), *asked, until)
    yield from table(telling)
    yield from _why(telling, "extension.why", notice.why, "extension_why")
    yield from _waited_for(telling, notice, member)
    if member:
        yield from _grievance(telling, "extension.grievance")


def _waited_for(telling: Telling, notice: Extension, member: bool) -> Iterator[Block]:
    """What is to come before the time that is left begins again, and until when."""
    by = telling.facts.composed_by or telling.facts.case.opened_by
    items = tuple(row for item in notice.items for row in written(item, statement(by), of_case("notice"), element="extension_items"))
    if items:
        yield telling.heading("information.missing")
        yield Block(BlockKind.BULLETS, items)
    if notice.answer_by is not None:
        told = telling.say("information.by", of_case("notice"), element="extension_answer_by", day=telling.day(notice.answer_by))
        help_ = (telling.say("information.help"),) if member else ()
        yield paragraph(told, *help_)


def _late(telling: Telling, opening: Sequence[Sentence], notice: Lateness, member: bool) -> Iterator[Block]:
    said = telling.say("late.open", of_case("notice"), element="late_due", day=telling.day(notice.due))
    denied = counts_as_denied(telling.facts)
    denial = (telling.say("late.denial", element="late_denial"),) if denied else ()
    yield paragraph(*opening, said, *denial)
    yield from table(telling)
    yield from _why(telling, "late.why", notice.why, "late_why")
    yield telling.heading("late.next")
    yield paragraph(telling.say("late.still"))
    if member and not denied:
        yield from from_profile(telling, "late_text", "late_text")


def _not_expedited(telling: Telling, opening: Sequence[Sentence], notice: NotExpedited, member: bool) -> Iterator[Block]:
    by = telling.say("fast_refused.by", of_case("notice"), element="fast_refused_by", day=telling.day(notice.answer_by))
    yield paragraph(*opening, telling.say("fast_refused.open", element="no_decision_yet"), by)
    yield from table(telling)
    yield from _why(telling, "fast_refused.why", notice.why, "fast_refused_why")
    phone = telling.facts.profile.phone
    if member:
        yield telling.heading("fast_refused.doctor.heading")
        call = (telling.say("fast_refused.phone", profile("phone"), phone=phone),) if plain.line(phone) else ()
        yield paragraph(telling.say("fast_refused.doctor", element="physician_urgent"), *call)
        yield from _grievance(telling, "fast_refused.grievance")
    elif plain.line(phone):
        yield paragraph(telling.say("provider.urgent", profile("phone"), phone=phone))


def _withdrawn(telling: Telling, opening: Sequence[Sentence], member: bool) -> Iterator[Block]:
    said = list(opening)
    for told in dict.fromkeys(state.withdrawal for state in telling.facts.states if state.withdrawal):
        sources = tuple(decision(line, "withdrawal") for line in told.lines)
        day = telling.day(telling.local_day(told.asked_at))
        said.append(telling.say("withdrawn.open", *sources, element="withdrawn_by", who=told.asked_by, day=day))
    yield paragraph(*said, telling.say("withdrawn.none", element="no_outcome"))
    yield from table(telling)
    yield telling.heading("late.next")
    more = (telling.say("withdrawn.mistake"),) if member else ()
    yield paragraph(telling.say("withdrawn.again"), *more)


def _dismissed(telling: Telling, opening: Sequence[Sentence], member: bool) -> Iterator[Block]:
    yield paragraph(*opening, telling.say("dismissed.open", element="no_outcome"))
    yield from table(telling)
    for made, numbers in acts(telling.facts.states):
        if rows := written(made.reason.words, *signed(made, numbers, "reason"), element="dismissed_why"):
            yield telling.heading("dismissed.why")
            yield Block(BlockKind.PARAGRAPH, rows)
    if not member:
        return
    yield telling.heading("dismissed.review.heading")
    said = [telling.say("dismissed.review", element="dismissal_review")]
    if lines := plain.address(telling.facts.profile.appeal_address):
        said.append(telling.say("dismissed.mail", profile("appeal_address"), element="appeal_address", address=", ".join(lines)))
    yield paragraph(*said, telling.say("dismissed.vacate", element="dismissal_vacated"))


def _why(telling: Telling, heading: str, words: str, element: str) -> Iterator[Block]:
    """The reason as whoever gives the notice put it."""
    by = telling.facts.composed_by or telling.facts.case.opened_by
    if rows := written(words, statement(by), of_case("notice"), element=element):
        yield telling.heading(heading)
        yield Block(BlockKind.PARAGRAPH, rows)


def _grievance(telling: Telling, heading: str) -> Iterator[Block]:
    family = _family(telling)
    if family not in GRIEVANCE:
        return
    yield telling.heading(heading)
    fast = (telling.say("grievance.fast"),) if family in MEDICARE else ()
    yield paragraph(telling.say("grievance.right", element="grievance"), *fast)
    yield from from_profile(telling, "grievance_text", "grievance_text")


def from_profile(telling: Telling, field: str, element: str) -> Iterator[Block]:
    """A text that the plan filled in, or nothing where it is empty."""
    if rows := written(getattr(telling.facts.profile, field), profile(field), element=element):
        yield Block(BlockKind.PARAGRAPH, rows)


def _family(telling: Telling) -> Family:
    return family_of(telling.facts.case.request)
