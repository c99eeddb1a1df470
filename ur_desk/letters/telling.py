"""How facts are told in the words of one language: clauses, days, amounts, places, and what people wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal

from ur_desk.domain.determination import Decision
from ur_desk.domain.letter import Block, BlockKind, LetterFacts, Sentence, SentenceSource, SourceKind
from ur_desk.domain.zones import zone, zone_name
from ur_desk.letters import plain
from ur_desk.letters.wording import Wording

NOTHING_VISIBLE = "–"

Rows = tuple[tuple[Sentence, ...], ...]


def request(path: str) -> SentenceSource:
    """The request's field as a source."""
    return SentenceSource(SourceKind.REQUEST, path)


def of_case(field: str) -> SentenceSource:
    """A field of the case itself, or of the letter, as a source."""
    return SentenceSource(SourceKind.CASE, field)


def profile(field: str) -> SentenceSource:
    """A field of the plan profile as a source."""
    return SentenceSource(SourceKind.PROFILE, field)


def decision(line: int, field: str = "") -> SentenceSource:
    """The decision of a service line, or one of its fields, as a source."""
    return SentenceSource(SourceKind.DECISION, f"{line}{'.' if field else ''}{field}")


def signed(made: Decision, lines: Iterable[int], field: str) -> tuple[SentenceSource, ...]:
    """What whoever signed said in one field of a decision of these lines, as sources."""
    return (statement(made.signature.account), *(decision(line, field) for line in lines))


def statement(account: str) -> SentenceSource:
    """What a person said, under their account, as a source."""
    return SentenceSource(SourceKind.STATEMENT, account)


def of_service(line: int, field: str = "") -> SentenceSource:
    """A service line of the request, or one of its fields, as a source."""
    return SentenceSource(SourceKind.REQUEST, f"services[{line}]{'.' if field else ''}{field}")


@dataclass(frozen=True, slots=True)
class Telling:
    """The facts of one letter and the wording they are told in."""

    facts: LetterFacts
    wording: Wording

    def say(self, clause: str, *sources: SentenceSource, element: str | None = None, **values: str) -> Sentence:
        """The clause with its blanks filled by name; what fills them is made plain here. ValueError for an empty blank."""
        told = self.wording.clauses[clause]
        values = {name: self.facts.texts.get(value, value) for name, value in values.items()}
        text = told.filled({name: plain.line(value) or (NOTHING_VISIBLE if value.strip() else "") for name, value in values.items()})
        return Sentence(text, (SentenceSource(SourceKind.WORDING, told.ref), *sources), element)

    def of_request(self, clause: str, *sources: SentenceSource, element: str | None = None, **values: str) -> Sentence:
        """The clause that speaks of the whole request, or its variant for a letter that is about some of its lines alone."""
        return self.say(self.some(clause), *sources, element=element, **values)

    def some(self, clause: str) -> str:
        """The name of a clause, or of its variant, by whether the letter leaves lines of the request out."""
        return f"{clause}.some" if self.facts.rest else clause

    def stack(self, *sentences: Sentence, element: str | None = None) -> Sentence:
        """Sentences one under the other as a single one, as a table's cell holds them."""
        sources = tuple(dict.fromkeys(source for sentence in sentences for source in sentence.sources))
        return Sentence("\n".join(sentence.text for sentence in sentences), sources, element)

    def heading(self, clause: str, technical: bool = False) -> Block:
        """A heading; the program's own words only, since bookmarks show it outside of the page."""
        return Block(BlockKind.HEADING, ((self.say(clause),),), technical)

    def day(self, told: date) -> str:
        """A day as a letter says it."""
        return self.wording.day(told)

    def local_day(self, at: datetime) -> date:
        """The day that an instant was, where the request was received."""
        return at.astimezone(self._zone(at)).date()

    def _zone(self, at: datetime) -> tzinfo | None:
        told = zone_name(self.facts.case.request.received_zone or "")
        return zone(told) if told else at.tzinfo

    def amount(self, quantity: Decimal, unit: str | None) -> str:
        """A quantity with its unit; a unit code that nobody knows stays as it was told."""
        number = f"{quantity.normalize():f}"
        if not (unit and unit.strip()):
            return number
        words = self.wording.term("units", unit.strip().upper())
        if words is None:
            return f"{number} {plain.line(unit)}"
        one, _, many = words.partition("|")
        return f"{number} {one if quantity == 1 else many}"

    def numbers(self, lines: tuple[int, ...]) -> str:
        """Line numbers as one reads them out, runs of three or more joined: `1, 3 to 6`."""
        runs: list[list[int]] = []
        for line in sorted(lines):
            if runs and line == runs[-1][-1] + 1:
                runs[-1].append(line)
            else:
                runs.append([line])
        run_of = self.wording.clauses["numbers"]
        parts = [run_of.filled({"first": str(run[0]), "last": str(run[-1])}) if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
        return ", ".join(parts)

    def place(self, told: str) -> str:
        """A place of service in words where its code is known."""
        return self.wording.term("places", told.strip().zfill(2)) or told


def written(text: str, *sources: SentenceSource, element: str | None = None) -> Rows:
    """What a person wrote, a row for each of its paragraphs, made plain; the element stands on the first."""
    rows = [(Sentence(told, sources, element),) for told in plain.paragraphs(text)]
    return tuple(rows[:1] + [(replace(row[0], element=None),) for row in rows[1:]])


def paragraph(*sentences: Sentence, technical: bool = False) -> Block:
    """One paragraph of sentences."""
    return Block(BlockKind.PARAGRAPH, (sentences,), technical)


def merged(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The same words once, with the sources of all."""
    told: dict[tuple[str, str | None], dict[SentenceSource, None]] = {}
    for sentence in sentences:
        told.setdefault((sentence.text, sentence.element), {}).update(dict.fromkeys(sentence.sources))
    return tuple(Sentence(text, tuple(sources), element) for (text, element), sources in told.items())
