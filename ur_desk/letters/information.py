"""What a letter says that asks for information: what is missing, why, where it goes, until when, and what comes after."""

from collections.abc import Iterator, Sequence

from ur_desk.domain.events import InformationRequested
from ur_desk.domain.letter import Audience, Block, BlockKind, Sentence, SentenceSource
from ur_desk.letters import notices, plain
from ur_desk.letters.reasons import for_lines
from ur_desk.letters.telling import Telling, decision, of_case, paragraph, profile, statement, written


def blocks(telling: Telling, opening: Sequence[Sentence], audience: Audience) -> Iterator[Block]:
    """What a letter says of lines that wait for information; it says nothing of clocks."""
    yield paragraph(*opening, telling.of_request("information.open", element="no_decision_yet"))
    yield from notices.table(telling)
    for asked, lines in _requests(telling):
        yield from _one(telling, asked, lines, audience)
    yield telling.heading("information.send")
    yield Block(BlockKind.BULLETS, tuple(_ways(telling)))
    yield telling.heading("information.next")
    last = (telling.say("information.letter"),) if audience is Audience.MEMBER else ()
    yield paragraph(telling.say("information.finish"), telling.say("information.otherwise", element="what_otherwise"), *last)


def _requests(telling: Telling) -> tuple[tuple[InformationRequested, tuple[int, ...]], ...]:
    made: dict[InformationRequested, list[int]] = {}
    for state in telling.facts.states:
        if state.asked:
            made.setdefault(state.asked, []).append(state.line)
    return tuple((asked, tuple(lines)) for asked, lines in made.items())


def _sources(telling: Telling, lines: Sequence[int]) -> tuple[SentenceSource, ...]:
    case = telling.facts.case
    return (statement(case.reviewer or case.opened_by), *(decision(line, "asked") for line in lines))


def _one(telling: Telling, asked: InformationRequested, lines: tuple[int, ...], audience: Audience) -> Iterator[Block]:
    sources = _sources(telling, lines)
    yield telling.heading("information.missing")
    if whom := plain.line(asked.asked_of):
        said = telling.say("information.asked", *sources, element="asked_of", whom=whom)
        yield Block(BlockKind.PARAGRAPH, for_lines(telling, lines, ((said,),)))
    items = tuple(row for item in asked.items for row in written(item, *sources, element="information_asked"))
    if items:
        yield Block(BlockKind.BULLETS, items)
    if asked.answer_by:
        told = telling.say("information.by", *sources, element="answer_by", day=telling.day(asked.answer_by))
        help_ = (telling.say("information.help"),) if audience is Audience.MEMBER else ()
        yield paragraph(told, *help_)
    if why := written(asked.why, *sources, element="information_why"):
        yield telling.heading("information.why")
        yield Block(BlockKind.PARAGRAPH, why)


def _ways(telling: Telling) -> Iterator[tuple[Sentence, ...]]:
    told = telling.facts.profile
    if plain.line(told.records_fax):
        yield (telling.say("information.fax", profile("records_fax"), element="send_to", fax=told.records_fax),)
    if lines := plain.address(told.address):
        yield (telling.say("information.mail", profile("address"), element="send_to", address=", ".join(lines)),)
    yield (telling.say("information.case", of_case("number"), case=telling.facts.case.number),)
