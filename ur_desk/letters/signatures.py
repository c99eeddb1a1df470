"""Who signed: name and credential as they stood at the signature, never looked up anew."""

from collections.abc import Iterator

from ur_desk.domain.determination import Signature
from ur_desk.domain.letter import Block, BlockKind, Sentence
from ur_desk.domain.people import Licence
from ur_desk.letters import plain
from ur_desk.letters.reasons import Acts
from ur_desk.letters.telling import Telling, decision, statement


def blocks(telling: Telling, decided: Acts) -> Iterator[Block]:
    """A block for each signature; who refuses is called the decider, who approves signs for the plan."""
    if not decided:
        return
    yield telling.heading("signed.heading", technical=True)
    made: dict[tuple[Signature, bool], list[int]] = {}
    for told, lines in decided:
        made.setdefault((told.signature, told.determination.adverse), []).extend(lines)
    for (signature, adverse), signed in made.items():
        yield Block(BlockKind.FACTS, tuple(_signature(telling, signature, adverse, tuple(signed))), technical=True)


def _signature(telling: Telling, signature: Signature, adverse: bool, lines: tuple[int, ...]) -> Iterator[tuple[Sentence, ...]]:
    sources = (statement(signature.account), *(decision(line, "signature") for line in lines))
    held = signature.credential
    kind = plain.line(held.kind) if held else ""
    name = ", ".join(part for part in (plain.line(signature.name), kind) if part)
    element = "reviewer" if kind and plain.line(signature.name) else None
    yield telling.say("signed.decided" if adverse else "signed.approved"), Sentence(name, sources, element)
    if held and plain.line(held.specialty):
        yield telling.say("signed.specialty"), Sentence(plain.line(held.specialty), sources)
    licence = signature.signed_under
    if licence and plain.line(licence.number):
        yield telling.say("signed.license"), _licence(telling, licence, signature, lines)
    yield telling.say("signed.on"), Sentence(telling.day(telling.local_day(signature.at)), sources)


def _licence(telling: Telling, licence: Licence, signature: Signature, lines: tuple[int, ...]) -> Sentence:
    sources = (statement(signature.account), *(decision(line, "signature") for line in lines))
    if plain.line(licence.state):
        return telling.say("signed.license.state", *sources, license=licence.number, state=licence.state)
    return Sentence(plain.line(licence.number), sources)
