"""What a letter says of approved lines: how much, when, where and by whom, and what an approval is not."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.case import LineState
from ur_desk.domain.letter import Block, BlockKind, LetterKind, Sentence, SentenceSource
from ur_desk.domain.request import Timing
from ur_desk.letters import appeal, services
from ur_desk.letters.family import MEDICARE, family_of
from ur_desk.letters.reasons import reasons
from ur_desk.letters.telling import Telling, decision, paragraph


def blocks(telling: Telling, opening: Sequence[Sentence]) -> Iterator[Block]:
    """What a letter to the member says of lines that are all approved."""
    states, overturned = telling.facts.states, telling.facts.kind is LetterKind.APPEAL_OVERTURNED
    more = (appeal.another_reviewer(telling),) if overturned else ()
    yield paragraph(*opening, decided(telling), *more)
    yield from table(telling)
    yield from reasons(telling, states, "overturned.why" if overturned else "approval.why")
    yield telling.heading("approval.know")
    yield know(telling, states)


def decided(telling: Telling) -> Sentence:
    """That all lines of the letter are approved."""
    clause = "overturned.decision" if telling.facts.kind is LetterKind.APPEAL_OVERTURNED else "approval.decision"
    return telling.of_request(clause, *_decisions(telling.facts.states))


def table(telling: Telling) -> Iterator[Block]:
    """Each line, and what is approved of it; then the rest of the request."""
    yield telling.heading("approval.services")
    header = (telling.say("service.column"), telling.say("approved.column"))
    rows = ((services.name_cell(telling, s), services.approved_cell(telling, s)) for s in telling.facts.states)
    yield Block(BlockKind.TABLE, (header, *rows))
    yield from services.rest(telling)


def know(telling: Telling, states: Sequence[LineState]) -> Block:
    """From when to when the approval holds, and that it promises no payment; says nothing of coverage that nobody checked."""
    done = telling.facts.case.request.timing is Timing.POSTSERVICE
    tense = ".done" if done else ""
    rows = [*_span(telling, states), (telling.say("approval.limits"),)]
    if not done:
        rows.append((telling.say("approval.changes"),))
    rows += _promise(telling, tense)
    rows.append((telling.say("approval.cost"),))
    if points := _unchecked(telling, states):
        rows.append((telling.say("approval.unchecked", *_decisions(states), points=points), telling.say(f"approval.unchecked.call{tense}")))
    return Block(BlockKind.BULLETS, tuple(rows))


def know_provider(telling: Telling, states: Sequence[LineState]) -> Block:
    """The same for the provider: what the approval promises, and what nobody checked."""
    rows = [*_span(telling, states), (telling.say("approval.limits"),)]
    if telling.facts.case.request.timing is not Timing.POSTSERVICE:
        rows.append((telling.say("provider.changes"),))
    medicare = family_of(telling.facts.case.request) in MEDICARE
    if medicare:
        rows.append((telling.say("approval.binding", element="binding_approval"),))
    else:
        rows.append((telling.say("approval.not_guarantee", element="not_a_guarantee"),))
    rows.append((telling.say(f"provider.eligible{'.member' if medicare else ''}", element="eligibility"),))
    if points := _unchecked(telling, states, "coverage_of_member"):
        rows.append((telling.say("approval.unchecked", *_decisions(states), points=points),))
    return Block(BlockKind.BULLETS, tuple(rows))


def _promise(telling: Telling, tense: str) -> Iterator[tuple[Sentence, ...]]:
    """What the approval promises: no payment; in Medicare Advantage it binds the plan, and nothing said beside that may undo it."""
    if family_of(telling.facts.case.request) in MEDICARE:
        yield (telling.say("approval.binding", element="binding_approval"),)
        yield (telling.say(f"approval.eligible.member{tense}", element="eligibility"),)
        return
    yield (telling.say("approval.not_guarantee", element="not_a_guarantee"),)
    yield (telling.say(f"approval.eligible{tense}", element="eligibility"),)


def _span(telling: Telling, states: Sequence[LineState]) -> Iterator[tuple[Sentence, ...]]:
    spans = {(t.first_day, t.last_day) for s in states for t in services.stretches(telling, s)}
    first, last = next(iter(spans)) if len(spans) == 1 else (None, None)
    if first and last and first != last:
        yield (telling.say("approval.span", *_decisions(states), first=telling.day(first), last=telling.day(last)),)


def _unchecked(telling: Telling, states: Sequence[LineState], terms: str = "coverage") -> str:
    open_points = dict.fromkeys(point for s in states if s.decision for point in s.decision.unchecked)
    return "; ".join(words for point in open_points if (words := telling.wording.term(terms, point)))


def _decisions(states: Sequence[LineState]) -> tuple[SentenceSource, ...]:
    return tuple(decision(s.line) for s in states)
