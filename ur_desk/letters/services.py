"""Service lines as a letter tells them: what was asked for, what is approved, and what is refused of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ur_desk.domain import terms
from ur_desk.domain.case import LineState
from ur_desk.domain.determination import Determination
from ur_desk.domain.letter import Block, BlockKind, Sentence, SentenceSource
from ur_desk.domain.letters.fields import LONGEST_NAME
from ur_desk.domain.terms import Terms
from ur_desk.letters import plain
from ur_desk.letters.telling import Telling, decision, of_service, signed, statement


def asked(telling: Telling, state: LineState) -> Terms:
    """The terms of a line as it was asked for."""
    return terms.asked(state.service, telling.facts.case.servicing_provider)


def approved(telling: Telling, state: LineState) -> Terms | None:
    """The terms on which a line is approved; None where nothing of it is."""
    return terms.approved(asked(telling, state), state.decision) if state.decision else None


def stretches(telling: Telling, state: LineState) -> tuple[Terms, ...]:
    """The terms of each span for which a line is approved; one where nothing is divided, none where nothing is approved."""
    return terms.spans(asked(telling, state), state.decision) if state.decision else ()


def first_day(state: LineState) -> date | None:
    """The first day for which the line is approved, or was asked for."""
    granted = state.decision.granted if state.decision else None
    return (granted.first_day if granted else None) or state.service.first_day


def contradiction(telling: Telling, state: LineState) -> str | None:
    """In which way the terms on which a line is approved contradict its determination, in plain words, or None."""
    if state.decision is None or first_day(state) is None:
        return None
    return terms.misfit(state.service, telling.facts.case.servicing_provider, state.decision)


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
        return statement(telling.facts.composed_by or telling.facts.case.opened_by), of_service(state.line, "description")
    return (of_service(state.line, "description"),)


def rest(telling: Telling) -> Iterator[Block]:
    """What becomes of the lines of the request that the letter is not about, a row a line; nothing where it is about all of them."""
    if telling.facts.rest:
        yield telling.heading("rest.heading")
        yield Block(BlockKind.BULLETS, tuple((_apart(telling, state),) for state in telling.facts.rest))


def _apart(telling: Telling, state: LineState) -> Sentence:
    told, sources = name(telling, state), (*_name_sources(telling, state), of_service(state.line))
    words = told or telling.say("rest.unnamed", *sources, line=str(state.line)).text
    if state.determination is None:
        return telling.say("rest.open", *sources, element="rest_of_request", service=words)
    silent = not state.takes_notice(telling.facts.case.request.line_of_business)
    clause = "rest.withdrawn" if silent else "rest.told"
    return telling.say(clause, *sources, decision(state.line), element="rest_of_request", service=words)


def asked_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell that tells what was asked for."""
    source = of_service(state.line)
    return telling.stack(*_details(telling, asked(telling, state), source))


def approved_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell that tells what is approved of a line that is approved as a whole."""
    given, source = stretches(telling, state), decision(state.line)
    if not given:
        raise ValueError(f"nothing of line {state.line} is approved")
    told = (sentence for span in given for sentence in _details(telling, span, source, of_service(state.line)))
    return telling.stack(*told, *_number(telling, state), element="status")


def decision_cell(telling: Telling, state: LineState) -> Sentence:
    """The cell with the status word, what is approved, and what is denied; the word follows the decision and nothing else."""
    if state.determination is None:
        raise ValueError(f"line {state.line} is not decided")
    source = decision(state.line)
    word = telling.say(f"status.{state.determination}", source)
    given = stretches(telling, state)
    if not given:
        return telling.stack(word, element="status")
    details = (sentence for span in given for sentence in _details(telling, span, source))
    parts = (word, *_changes(telling, state, source), *details, *_number(telling, state), *_denied(telling, state, source))
    return telling.stack(*parts, element="status")


def _number(telling: Telling, state: LineState) -> Iterator[Sentence]:
    """The number under which the line is authorized, where it has one."""
    if state.authorization is not None:
        yield telling.say("detail.authorization", decision(state.line, "authorization"), number=state.authorization.number)


def _changes(telling: Telling, state: LineState, source: SentenceSource) -> Iterator[Sentence]:
    granted = state.decision.granted if state.decision else None
    if state.decision and granted and granted.service and terms.other_service(state.service, granted):
        sources = (source, *signed(state.decision, (state.line,), "granted"))
        yield telling.say("approved.other_service", *sources, service=granted.service)


def _denied(telling: Telling, state: LineState, source: SentenceSource) -> Iterator[Sentence]:
    if state.determination is Determination.MODIFIED:
        yield telling.say("denied.as_asked", source)
    elif state.determination is Determination.PARTIAL:
        was, given = asked(telling, state), approved(telling, state)
        whole = len(stretches(telling, state)) == 1
        fewer_only = whole and given is not None and replace(given, quantity=was.quantity) == was
        if given and fewer_only and was.quantity is not None and given.quantity is not None:
            yield telling.say("denied.amount", source, amount=telling.amount(was.quantity - given.quantity, was.unit))
        else:
            yield telling.say("denied.rest", source)


def _details(telling: Telling, told: Terms, *sources: SentenceSource) -> Iterator[Sentence]:
    if told.quantity is None:
        yield telling.say("detail.amount.unstated", *sources)
    else:
        yield telling.say("detail.amount", *sources, amount=telling.amount(told.quantity, told.unit))
    yield days(telling, told, *sources)
    if told.place and told.place.strip():
        yield telling.say("detail.place", *sources, place=telling.place(told.place))
    else:
        yield telling.say("detail.place.unstated", *sources)
    if told.provider:
        yield telling.say("detail.provider", *sources, provider=told.provider)
    else:
        yield telling.say("detail.provider.unstated", *sources)


def days(telling: Telling, told: Terms, *sources: SentenceSource) -> Sentence:
    """From which day to which, or on which day."""
    if told.first_day is None:
        return telling.say("detail.days.unstated", *sources)
    if told.last_day in (None, told.first_day):
        return telling.say("detail.day", *sources, day=telling.day(told.first_day))
    last = told.last_day or told.first_day
    return telling.say("detail.days", *sources, first=telling.day(told.first_day), last=telling.day(last))
