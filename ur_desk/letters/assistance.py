"""The end of a letter: whom to ask, help in other languages and formats, fair treatment, and who else was written to."""

from collections.abc import Iterator
from dataclasses import dataclass

from ur_desk.domain.letter import Block, BlockKind, Sentence
from ur_desk.letters import head, plain
from ur_desk.letters.telling import Telling, paragraph, profile, request, written


def blocks(telling: Telling) -> Iterator[Block]:
    """Questions, the close, inserts that the plan filled in, and copies; a heading stands only where something follows it."""
    yield from questions(telling)
    yield from head.closing(telling)
    yield telling.heading("help.language")
    yield from in_languages(telling)
    yield paragraph(telling.say("help.large"))
    fair = written(telling.facts.profile.nondiscrimination_text, profile("nondiscrimination_text"), element="nondiscrimination")
    if fair:
        yield telling.heading("help.fair")
        yield Block(BlockKind.PARAGRAPH, fair)
    for copy in head.copies(telling):
        yield paragraph(telling.say("copies.to", request("requesting_provider"), name=", ".join(copy)))


def questions(telling: Telling) -> Iterator[Block]:
    """Whom to call or write to, under a heading; nothing where the plan has told none of it."""
    if told := tuple((said,) for said in _questions(telling)):
        yield telling.heading("help.heading")
        yield Block(BlockKind.BULLETS, told)


def in_languages(telling: Telling) -> Iterator[Block]:
    """The plan's notice of help in other languages, and its line of help in each of them."""
    told = telling.facts.profile
    rows = written(told.language_help_text, profile("language_help_text"), element="language_help")
    slots = taglines(told.taglines)
    whole = bool(slots) and all(slot.text for slot in slots)
    element = "taglines" if whole else None
    lines = [Sentence(slot.text, (profile("taglines"),), element, slot.language) for slot in slots if slot.text]
    if rows or lines:
        yield Block(BlockKind.PARAGRAPH, (*rows, *((line,) for line in lines)))


@dataclass(frozen=True, slots=True)
class Tagline:
    """A slot for the line of help in one language; empty while no translator has filled it."""

    language: str
    text: str


def taglines(told: str) -> tuple[Tagline, ...]:
    """The slots of a profile: on each line the code of a language, a colon, and the text."""
    found = []
    for line in plain.paragraphs(told):
        language, _, text = line.partition(":")
        found.append(Tagline(language.strip().lower(), text.strip()))
    return tuple(found)


def _questions(telling: Telling) -> Iterator[Sentence]:
    told = telling.facts.profile
    for field, element in (("phone", "plan_phone"), ("tty", "plan_tty"), ("hours", "plan_hours")):
        value = plain.line(getattr(told, field)).rstrip(".")
        if value:
            clause = "help.call" if field == "phone" else f"help.{field}"
            yield telling.say(clause, profile(field), element=element, **{field: value})
    if lines := plain.address(told.address):
        yield telling.say("help.write", profile("address"), element="plan_address", address=", ".join(lines))
