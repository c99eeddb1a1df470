"""What a letter says of lines that nobody has decided: more time, a late answer, no fast answer, a withdrawal, a dismissal, no authorization needed."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.clocks.rules import Effect
from ur_desk.domain.letter import Audience, Block, BlockKind, LetterFacts, LetterKind, Sentence, SentenceSource
from ur_desk.domain.letters.notices import Asker, Extension, Lateness, NotExpedited
from ur_desk.domain.request import Timing
from ur_desk.letters import plain, services
from ur_desk.letters.family import MEDICARE, STATE_PROGRAMS, Family, family_of
from ur_desk.letters.reasons import acts
from ur_desk.letters.telling import Telling, decision, of_case, paragraph, profile, request, signed, statement, written

GRIEVANCE = MEDICARE | STATE_PROGRAMS
"""Families that give a grievance about the plan's time."""


def counts_as_denied(facts: LetterFacts) -> bool:
    """Whether the clock of the case says that what is not answered in time is a denial, by a row that somebody compared with its text, and
    the time of that row's own law, where it is known, has passed on the day of the letter."""
    rows = facts.case.clock.late if facts.case.clock else ()
    denying = (row for row in rows if row.effect is Effect.DENIED and row.verified)
    return any(row.due_at is None or row.due_at.date() < facts.dated for row in denying)


def blocks(telling: Telling, opening: Sequence[Sentence], audience: Audience) -> Iterator[Block]:
    """What there is to tell of open, withdrawn or dismissed lines, and of such as take no authorization; the provider's copy leaves out the member's own rights."""
    notice, member = telling.facts.notice, audience is Audience.MEMBER
    if isinstance(notice, Extension):
        yield from _extension(telling, opening, notice, member)
    elif isinstance(notice, Lateness):
        yield from _late(telling, opening, notice, member)
    elif isinstance(notice, NotExpedited):
        yield from _not_expedited(telling, opening, notice, member)
    elif telling.facts.kind is LetterKind.DISMISSED:
        yield from _dismissed(telling, opening, member)
    elif telling.facts.kind is LetterKind.APPEAL_DISMISSED:
        yield from _appeal_dismissed(telling, opening, member)
    elif telling.facts.kind is LetterKind.NOT_REQUIRED:
        yield from _not_required(telling, opening, member)
    elif telling.facts.kind is LetterKind.WITHDRAWN:
        yield from _withdrawn(telling, opening, member)


def table(telling: Telling) -> Iterator[Block]:
    """Each line, and what was asked for; then the rest of the request."""
    yield telling.heading("information.services")
    header = (telling.say("service.column"), telling.say("asked.column"))
    rows = ((services.name_cell(telling, s), services.asked_cell(telling, s)) for s in telling.facts.states)
    yield Block(BlockKind.TABLE, (header, *rows))
    yield from services.rest(telling)


def _extension(telling: Telling, opening: Sequence[Sentence], notice: Extension, member: bool) -> Iterator[Block]:
    until = telling.say("extension.until", of_case("notice"), element="extension_until", day=telling.day(notice.until))
    asked = () if notice.asked_by is Asker.PLAN or not member else (telling.say(f"extension.asked.{notice.asked_by}", of_case("notice")),)
    yield paragraph(*opening, telling.of_request("extension.open", element="no_decision_yet"), *asked, until)
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
    said = telling.of_request("late.open", of_case("notice"), element="late_due", day=telling.day(notice.due))
    denied = counts_as_denied(telling.facts)
    denial = (telling.of_request("late.denial", element="late_denial"),) if denied else ()
    yield paragraph(*opening, said, *denial)
    yield from table(telling)
    yield from _why(telling, "late.why", notice.why, "late_why")
    yield telling.heading("late.next")
    yield paragraph(telling.of_request("late.still"))
    if member and not denied:
        yield from from_profile(telling, "late_text", "late_text")


def _not_expedited(telling: Telling, opening: Sequence[Sentence], notice: NotExpedited, member: bool) -> Iterator[Block]:
    by = telling.say("fast_refused.by", of_case("notice"), element="fast_refused_by", day=telling.day(notice.answer_by))
    yield paragraph(*opening, telling.of_request("fast_refused.open", element="no_decision_yet"), by)
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
        said.append(telling.of_request("withdrawn.open", *sources, element="withdrawn_by", who=told.asked_by, day=day))
    yield paragraph(*said, telling.of_request("withdrawn.none", element="no_outcome"))
    yield from table(telling)
    yield telling.heading("late.next")
    more = (telling.of_request("withdrawn.mistake"),) if member else ()
    yield paragraph(telling.say("withdrawn.again"), *more)


def _dismissed(telling: Telling, opening: Sequence[Sentence], member: bool) -> Iterator[Block]:
    yield paragraph(*opening, telling.of_request("dismissed.open", element="no_outcome"))
    yield from table(telling)
    yield from _why_dismissed(telling)
    if member:
        yield telling.heading("dismissed.review.heading")
        window = telling.say("dismissed.window", element="appeal_window")
        said = (telling.say("dismissed.review", element="dismissal_review"), window, *_where_to_write(telling))
        yield paragraph(*said, telling.say("dismissed.vacate", element="dismissal_vacated"))


def _why_dismissed(telling: Telling) -> Iterator[Block]:
    for made, numbers in acts(telling.facts.states):
        if rows := written(made.reason.words, *signed(made, numbers, "reason"), element="dismissed_why"):
            yield telling.heading("dismissed.why")
            yield Block(BlockKind.PARAGRAPH, rows)


def _where_to_write(telling: Telling) -> Iterator[Sentence]:
    if lines := plain.address(telling.facts.profile.appeal_address):
        yield telling.say("dismissed.mail", profile("appeal_address"), element="appeal_address", address=", ".join(lines))
    if plain.line(telling.facts.profile.appeal_fax):
        yield telling.say("dismissed.fax", profile("appeal_fax"), fax=telling.facts.profile.appeal_fax)
    if plain.line(telling.facts.profile.appeal_phone):
        yield telling.say("dismissed.phone", profile("appeal_phone"), element="appeal_phone", phone=telling.facts.profile.appeal_phone)


def _appeal_dismissed(telling: Telling, opening: Sequence[Sentence], member: bool) -> Iterator[Block]:
    """That an appeal was not taken up, why, and what whoever has a good reason may do; Medicare says within which time that counts."""
    yield paragraph(*opening, telling.of_request("appeal_dismissed.open", element="no_outcome"), *_last_day(telling))
    yield from table(telling)
    yield from _why_dismissed(telling)
    if member:
        yield telling.heading("dismissed.review.heading")
        clause = "dismissed.vacate" if _family(telling) in MEDICARE else "appeal_dismissed.reason"
        yield paragraph(
            telling.say("appeal_dismissed.tell", element="good_reason"),
            *_where_to_write(telling),
            telling.say(clause, element="dismissal_vacated"),
        )


def _last_day(telling: Telling) -> Iterator[Sentence]:
    """The last day to appeal where the appeal came behind it."""
    told, at = telling.facts.case.appeal, telling.facts.case.request.received_at
    days = [day for each in (told.late if told else ()) if each.window and (day := each.window.last_day)]
    if at is not None and days:
        came = telling.day(telling.local_day(at))
        yield telling.say("appeal_dismissed.late", of_case("appeal"), request("received_at"), last=telling.day(max(days)), came=came)


def _not_required(telling: Telling, opening: Sequence[Sentence], member: bool) -> Iterator[Block]:
    """That lines take no authorization: no approval and no denial, and no promise of payment. The provider's copy names the list."""
    tense = ".done" if telling.facts.case.request.timing is Timing.POSTSERVICE else ""
    said = telling.of_request(f"not_required.open{tense}", *_recorded(telling), element="no_authorization")
    yield paragraph(*opening, said, telling.of_request("not_required.none", element="no_outcome"))
    yield from table(telling)
    if not member:
        lists = dict.fromkeys(state.not_required for state in telling.facts.states if state.not_required)
        where = (telling.say("not_required.list", *_recorded(telling, each.lines), element="list_seen", where=each.where) for each in lists)
        yield from (paragraph(sentence) for sentence in where)
        return
    yield telling.heading("not_required.know")
    rows = [(telling.say("not_required.limits"),)] + ([] if tense else [(telling.say("not_required.changes"),)])
    rows.append((telling.say("not_required.no_promise", element="not_an_approval"),))
    medicare = ".member" if _family(telling) in MEDICARE else ""
    rows += [(telling.say(f"approval.eligible{medicare}{tense}", element="eligibility"),), (telling.say("approval.cost"),)]
    yield Block(BlockKind.BULLETS, tuple(rows))


def _recorded(telling: Telling, lines: Sequence[int] = ()) -> tuple[SentenceSource, ...]:
    return tuple(decision(s.line, "not_required") for s in telling.facts.states if not lines or s.line in lines)


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
