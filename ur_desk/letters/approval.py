"""What a letter says of approved lines: how much, when, where and by whom, and what an approval is not."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.case import LineState
from ur_desk.domain.letter import Block, BlockKind, Sentence, SentenceSource
from ur_desk.domain.request import Timing
from ur_desk.letters import services
from ur_desk.letters.reasons import reasons
from ur_desk.letters.telling import Telling, decision, paragraph


def blocks(telling: Telling, opening: Sequence[Sentence]) -> Iterator[Block]:
    """The part for the member of a letter about approved lines only."""
    states = telling.facts.states
    yield paragraph(*opening, telling.say("approval.decision", *_decisions(states)))
    yield telling.heading("approval.services")
    header = (telling.say("service.column"), telling.say("approved.column"))
    rows = ((services.name_cell(telling, s), services.approved_cell(telling, s)) for s in states)
    yield Block(BlockKind.TABLE, (header, *rows))
    yield from reasons(telling, states, "approval.why")
    yield telling.heading("approval.know")
    yield know(telling, states)


def know(telling: Telling, states: Sequence[LineState]) -> Block:
    """From when to when the approval holds, and that it promises no payment; says nothing of coverage that nobody checked."""
    done = telling.facts.case.request.timing is Timing.POSTSERVICE
    tense = ".done" if done else ""
    rows = [*_span(telling, states), (telling.say("approval.limits"),)]
    if not done:
        rows.append((telling.say("approval.changes"),))
    rows.append((telling.say("approval.not_guarantee", element="not_a_guarantee"),))
    rows.append((telling.say(f"approval.eligible{tense}", element="eligibility"),))
    rows.append((telling.say("approval.cost"),))
    if points := _unchecked(telling, states):
        rows.append((telling.say("approval.unchecked", *_decisions(states), points=points), telling.say(f"approval.unchecked.call{tense}")))
    return Block(BlockKind.BULLETS, tuple(rows))


def _span(telling: Telling, states: Sequence[LineState]) -> Iterator[tuple[Sentence, ...]]:
    spans = {(t.first_day, t.last_day) for s in states for t in services.stretches(telling, s)}
    first, last = next(iter(spans)) if len(spans) == 1 else (None, None)
    if first and last and first != last:
        yield (telling.say("approval.span", *_decisions(states), first=telling.day(first), last=telling.day(last)),)


def _unchecked(telling: Telling, states: Sequence[LineState]) -> str:
    open_points = dict.fromkeys(point for s in states if s.decision for point in s.decision.unchecked)
    return "; ".join(words for point in open_points if (words := telling.wording.term("coverage", point)))


def _decisions(states: Sequence[LineState]) -> tuple[SentenceSource, ...]:
    return tuple(decision(s.line) for s in states)
