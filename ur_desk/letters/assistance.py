"""The end of a letter: whom to ask, help in other languages and formats, fair treatment, and who gets a copy."""

from collections.abc import Iterator

from ur_desk.domain.letter import Block, BlockKind, Sentence
from ur_desk.letters import head, plain
from ur_desk.letters.telling import Telling, paragraph, profile, request, written


def blocks(telling: Telling) -> Iterator[Block]:
    """Questions, the close, inserts that the plan filled in, and copies; a heading stands only where something follows it."""
    told = telling.facts.profile
    questions = list(_questions(telling))
    if questions:
        yield telling.heading("help.heading")
        yield Block(BlockKind.BULLETS, tuple((said,) for said in questions))
    yield from head.closing(telling)
    yield telling.heading("help.language")
    yield Block(BlockKind.PARAGRAPH, written(told.language_help_text, profile("language_help_text"), element="language_help"))
    yield paragraph(telling.say("help.large"))
    fair = written(told.nondiscrimination_text, profile("nondiscrimination_text"), element="nondiscrimination")
    if fair:
        yield telling.heading("help.fair")
        yield Block(BlockKind.PARAGRAPH, fair)
    for copy in head.copies(telling):
        yield paragraph(telling.say("copies.to", request("requesting_provider"), name=", ".join(copy)))


def _questions(telling: Telling) -> Iterator[Sentence]:
    told = telling.facts.profile
    for field, element in (("phone", "plan_phone"), ("tty", "plan_tty"), ("hours", "plan_hours")):
        value = plain.line(getattr(told, field)).rstrip(".")
        if value:
            clause = "help.call" if field == "phone" else f"help.{field}"
            yield telling.say(clause, profile(field), element=element, **{field: value})
    if lines := plain.address(told.address):
        yield telling.say("help.write", profile("address"), element="plan_address", address=", ".join(lines))
