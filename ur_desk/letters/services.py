"""Service lines as a letter tells them: what was asked for, what is approved, and what is refused of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ur_desk.domain.case import LineState
from ur_desk.domain.determination import Determination, Granted
from ur_desk.domain.letter import Sentence, SentenceSource
from ur_desk.domain.request import Provider
from ur_desk.letters import plain
from ur_desk.letters.telling import Telling, decision, of_service, statement

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Terms:
    """How much, when, where and by whom: of what was asked for, or of what is approved."""

    code: str | None
    quantity: Decimal | None
    unit: str | None
    first_day: date | None
    last_day: date | None
    place: str | None
    provider: str | None


def asked(telling: Telling, state: LineState) -> Terms:
    """The terms of a line as it was asked for."""
    service, provider = state.service, _name(telling.facts.case.servicing_provider)
    return Terms(service.code, service.quantity, service.unit, service.first_day, service.last_day, service.place_of_service, provider)


def approved(telling: Telling, state: LineState) -> Terms | None:
    """The terms on which a line is approved; None where nothing of it is."""
    if state.decision is None or not grants(state):
        return None
    was, given = asked(telling, state), state.decision.granted or Granted()
    return Terms(
        given.code or was.code,
        was.quantity if given.quantity is None else given.quantity,
        given.unit or was.unit,
        given.first_day or was.first_day,
        given.last_day or was.last_day,
        given.place_of_service or was.place,
        given.provider or was.provider,
    )


def grants(state: LineState) -> bool:
    """Whether anything of the line is approved."""
    return state.determination in (Determination.APPROVED, Determination.PARTIAL, Determination.MODIFIED)


def first_day(state: LineState) -> date | None:
    """The first day for which the line is approved, or was asked for."""
    granted = state.decision.granted if state.decision else None
    return (granted.first_day if granted else None) or state.service.first_day


def falls_short(telling: Telling, state: LineState) -> bool:
    """Whether what is approved is less than, or other than, what was asked for."""
    was, given = asked(telling, state), approved(telling, state)
    if given is None:
        return False
    less = was.quantity is not None and given.quantity is not None and given.quantity < was.quantity
    later = was.first_day is not None and given.first_day is not None and given.first_day > was.first_day
    last = was.last_day or was.first_day
    sooner = last is not None and given.last_day is not None and given.last_day < last
    other = any(
        a and b and _same(a) != _same(b) for a, b in ((was.code, given.code), (was.place, given.place), (was.provider, given.provider))
    )
    return less or later or sooner or other


def contradiction(telling: Telling, state: LineState) -> str | None:
    """In which way the terms on which a line is approved contradict its determination, in plain words, or None."""
    if state.determination is Determination.APPROVED and falls_short(telling, state):
        return f"Line {state.line} is called approved, yet less or other than what was asked for is approved."
    in_part = state.determination in (Determination.PARTIAL, Determination.MODIFIED)
    if in_part and approved(telling, state) == asked(telling, state):
        return f"Line {state.line} is not approved as asked, yet nothing says what is approved instead."
    return None


def name(telling: Telling, state: LineState) -> str:
    """What the service is, in plain words; empty where nobody said it, or where the words are too long to be a name."""
    told = plain.line(telling.facts.service_names.get(state.line) or state.service.description or "")
    return told if len(told) <= LONGEST_NAME else ""


def name_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell that names the service, with its number where the letter has several lines."""
    told, several = name(telling, state), len(telling.facts.lines) > 1
    sources = _name_sources(telling, state)
    if not told:
        return Sentence(f"{state.line}." if several else "–", sources)
    if several:
        return telling.say("service.numbered", *sources, element="service", line=str(state.line), name=told)
    return Sentence(told, sources, "service")


def _name_sources(telling: Telling, state: LineState) -> tuple[SentenceSource, ...]:
    if telling.facts.service_names.get(state.line):
        return statement(telling.facts.composed_by or telling.facts.case.opened_by), of_service(state.line)
    return (of_service(state.line, "description"),)


def asked_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell that tells what was asked for."""
    source = of_service(state.line)
    return telling.stack(*_details(telling, asked(telling, state), source))


def approved_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell that tells what is approved of a line that is approved as a whole."""
    terms, source = approved(telling, state), decision(state.line)
    if terms is None:
        raise ValueError(f"nothing of line {state.line} is approved")
    told = _details(telling, terms, source, of_service(state.line))
    return telling.stack(*told, element="status")


def decision_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell with the status word, what is approved, and what is denied; the word follows the decision and nothing else."""
    if state.determination is None:
        raise ValueError(f"line {state.line} is not decided")
    source = decision(state.line)
    word = telling.say(f"status.{state.determination}", source)
    terms = approved(telling, state)
    if terms is None:
        return telling.stack(word, element="status")
    parts = (word, *_changes(telling, state, source), *_details(telling, terms, source), *_denied(telling, state, source))
    return telling.stack(*parts, element="status")


def _changes(telling: Telling, state: LineState, source: SentenceSource) -> Iterator[Sentence]:
    if state.decision and state.decision.granted and state.decision.granted.code not in (None, state.service.code):
        yield telling.say("approved.other_service", source)


def _denied(telling: Telling, state: LineState, source: SentenceSource) -> Iterator[Sentence]:
    if state.determination is Determination.MODIFIED:
        yield telling.say("denied.as_asked", source)
    elif state.determination is Determination.PARTIAL:
        was, given = asked(telling, state), approved(telling, state)
        fewer_only = given is not None and replace(given, quantity=was.quantity) == was
        if given and fewer_only and was.quantity is not None and given.quantity is not None:
            yield telling.say("denied.amount", source, amount=telling.amount(was.quantity - given.quantity, was.unit))
        else:
            yield telling.say("denied.rest", source)


def _details(telling: Telling, terms: Terms, *sources: SentenceSource) -> Iterator[Sentence]:
    if terms.quantity is None:
        yield telling.say("detail.amount.unstated", *sources)
    else:
        yield telling.say("detail.amount", *sources, amount=telling.amount(terms.quantity, terms.unit))
    yield days(telling, terms, *sources)
    if terms.place and terms.place.strip():
        yield telling.say("detail.place", *sources, place=telling.place(terms.place))
    else:
        yield telling.say("detail.place.unstated", *sources)
    if terms.provider:
        yield telling.say("detail.provider", *sources, provider=terms.provider)
    else:
        yield telling.say("detail.provider.unstated", *sources)


def days(telling: Telling, terms: Terms, *sources: SentenceSource) -> Sentence:
    """From which day to which, or on which day."""
    if terms.first_day is None:
        return telling.say("detail.days.unstated", *sources)
    if terms.last_day in (None, terms.first_day):
        return telling.say("detail.day", *sources, day=telling.day(terms.first_day))
    last = terms.last_day or terms.first_day
    return telling.say("detail.days", *sources, first=telling.day(terms.first_day), last=telling.day(last))


def _name(provider: Provider | None) -> str | None:
    told = plain.line(provider.name or "") if provider else ""
    return told or None


def _same(text: str) -> str:
    return plain.line(text).casefold()
