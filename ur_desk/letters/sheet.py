"""The values for an official form, each with its sources; and the sheet on which they stand while they are typed into it."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ur_desk.domain.case import LineState
from ur_desk.domain.letter import REFUSING, Block, BlockKind, LetterKind, Sentence
from ur_desk.domain.letters.notices import Lateness
from ur_desk.letters import adverse, assistance, head, plain, services
from ur_desk.letters.forms import Form
from ur_desk.letters.reasons import acts
from ur_desk.letters.telling import Telling, decision, merged, of_case, paragraph, profile, request, signed, statement, written

Fact = Callable[[Telling], Sentence | None]


def blocks(telling: Telling, form: Form) -> Iterator[Block]:
    """The sheet: that it is no notice, every value under its label, and what goes with the form."""
    yield paragraph(telling.say("form.lead", form=form.name))
    told = values(telling, form)
    yield Block(BlockKind.FACTS, tuple((telling.say(f"form.label.{fact}"), value) for fact, value in told.items()))
    inserts = [*assistance.in_languages(telling)]
    fair = written(telling.facts.profile.nondiscrimination_text, profile("nondiscrimination_text"), element="nondiscrimination")
    if fair:
        inserts.append(Block(BlockKind.PARAGRAPH, fair))
    if inserts:
        yield telling.heading("form.inserts")
        yield from inserts


def values(telling: Telling, form: Form) -> Mapping[str, Sentence]:
    """The value of each fact of the form that is known, in the form's order."""
    told = ((fact, FACTS[fact](telling)) for fact in form.facts)
    return {fact: value for fact, value in told if value is not None and value.text.strip()}


def _from_head(element: str) -> Fact:
    """A value of the letter's head, by the element that it holds."""

    def tell(telling: Telling) -> Sentence | None:
        return next((value for _label, value in head.facts(telling).rows if value.element == element), None)

    return tell


def _of_profile(field: str, element: str | None) -> Fact:
    def tell(telling: Telling) -> Sentence | None:
        lines = plain.paragraphs(getattr(telling.facts.profile, field))
        return Sentence("\n".join(lines), (profile(field),), element) if lines else None

    return tell


def _recipient(telling: Telling) -> Sentence | None:
    lines = head.recipient(telling.facts)
    return Sentence("\n".join(lines), (request("member"),)) if lines else None


def _status(telling: Telling) -> Sentence:
    kind = telling.facts.kind
    if kind is LetterKind.LATE:
        return telling.say("form.status.late", of_case("notice"))
    clause = "form.status.denied" if kind is LetterKind.ADVERSE else "form.status.partly"
    return telling.say(clause, *(decision(s.line) for s in telling.facts.states), element="status")


def _services(telling: Telling) -> Sentence | None:
    """Each service with what was asked for, and what was decided of it; the cells of a letter's table, one under the other."""
    decided = telling.facts.kind in REFUSING
    told = [part for state in telling.facts.states for part in _service(telling, state, decided)]
    return telling.stack(*told, element="service") if told else None


def _service(telling: Telling, state: LineState, decided: bool) -> tuple[Sentence, ...]:
    name = services.name_cell(telling, state)
    if name.element is None:
        return ()
    asked = services.asked_cell(telling, state)
    return (name, asked, services.decision_cell(telling, state)) if decided else (name, asked)


def _reason(telling: Telling) -> Sentence | None:
    notice = telling.facts.notice
    if isinstance(notice, Lateness):
        return _late(telling, notice)
    rows = []
    for made, lines in acts(adverse.refused_of(telling.facts.states)):
        rows += [sentence for row in written(made.reason.words, *signed(made, lines, "reason"), element="reason") for sentence in row]
    return telling.stack(*rows, element="reason") if rows else None


def _late(telling: Telling, notice: Lateness) -> Sentence | None:
    if not plain.line(notice.why):
        return None
    by = statement(telling.facts.composed_by or telling.facts.case.opened_by)
    return telling.say("form.late", of_case("notice"), by, element="late_why", day=telling.day(notice.due), why=notice.why)


def _criterion(telling: Telling) -> Sentence | None:
    told = merged(adverse.criteria(telling, adverse.refused_of(telling.facts.states)))
    return telling.stack(*told, element="criterion") if told else None


def _window(telling: Telling) -> Sentence:
    return telling.say("form.window.65", element="appeal_window")


def _fast(telling: Telling) -> Sentence | None:
    phone = telling.facts.profile.expedited_phone
    return telling.say("form.fast", profile("expedited_phone"), element="expedited_phone", phone=phone) if plain.line(phone) else None


FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        "letter_date": _from_head("letter_date"),
        "member_name": _from_head("member_name"),
        "member_number": _from_head("member_number"),
        "recipient": _recipient,
        "case_number": _from_head("case_number"),
        "requester": _from_head("requester"),
        "plan_name": _of_profile("plan_name", "plan_name"),
        "plan_address": _of_profile("address", "plan_address"),
        "plan_phone": _of_profile("phone", "plan_phone"),
        "plan_tty": _of_profile("tty", "plan_tty"),
        "plan_hours": _of_profile("hours", "plan_hours"),
        "status": _status,
        "services": _services,
        "reason": _reason,
        "criterion": _criterion,
        "plan_provision": _of_profile("plan_provision", "plan_provision"),
        "appeal_window": _window,
        "appeal_address": _of_profile("appeal_address", "appeal_address"),
        "appeal_phone": _of_profile("appeal_phone", None),
        "appeal_fax": _of_profile("appeal_fax", None),
        "expedited_phone": _fast,
    }
)
"""Every fact that a form may hold."""
