"""Searches of the library: by document number, by code, by words; narrowed by facets, each line found with what was found marked."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from ur_desk.domain.codes import System, has_shape, normal
from ur_desk.domain.library.catalogue import Answer, Card, Counts, Hit, Narrow, Standing, Why, admits, counted
from ur_desk.domain.library.versions import VersionStanding, standing_of, standings
from ur_desk.domain.policy import CodeEntry, Sha256

if TYPE_CHECKING:
    from ur_desk.matching.holding import Holding, Sought
    from ur_desk.matching.index import Places
    from ur_desk.store.finding import MarkedLine
    from ur_desk.store.shelf import Shelf

OF_ONE_SECTION = 3
"""So many lines at most are shown of one section in which words were found."""

STANDING_ORDER = (Standing.IN_FORCE, Standing.FUTURE, Standing.DRAFT, Standing.ABSTRACT, Standing.RETIRED)
"""In which order texts come that hold the same."""

AHEAD = 4
"""So many times as many sections as are shown are ranked by their words, before those in force come first."""

NUMBER_LEAST = 3
"""A document's number is sought from so many letters and digits on."""

CODE_LONGEST = 40
"""Text longer than any code or range is not read as one."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The cards of a library as they stand on a day, ready to be asked; made anew when the library changes or the day does."""

    day: date
    cards: dict[Sha256, Card]
    standing: dict[Sha256, Standing]
    stands: dict[Sha256, VersionStanding]
    heads: dict[int, Sha256]
    numbers: list[tuple[str, int, Sha256]]
    places: "Places"

    @classmethod
    def of(cls, cards: Iterable[Card], day: date, places: "Places") -> "Catalogue":
        """Every card by its text, by its rows in the search, and by its number, in the order in which they come; `places` are those of
        codes in their table."""
        from ur_desk.store.finding import head_of, rows_from

        by_text = {card.text: card for card in cards}
        heads = {head_of(rows_from(text)[0]): text for text in by_text}
        numbers = sorted((_bare(card.policy), place, text) for place, (text, card) in enumerate(by_text.items()))
        stands = standings(by_text.values(), day)
        standing = {text: standing_of(card, stands[text]) for text, card in by_text.items()}
        return cls(day, by_text, standing, stands, heads, numbers, places)

    def narrowed(self, narrow: Narrow, texts: Iterable[Sha256]) -> set[Sha256]:
        """Those of the texts that are among those to which it was narrowed."""
        if narrow == Narrow():
            return set(texts)
        return {text for text in texts if admits(narrow, self.cards[text], self.standing[text])}

    def counts(self, narrow: Narrow, texts: Iterable[Sha256]) -> Counts:
        """The facets of these texts."""
        return counted(narrow, ((self.cards[text], self.standing[text]) for text in texts))

    def precedence(self, text: Sha256) -> tuple[int, str, int]:
        """By what texts that hold the same are ordered: how they stand, what is in force first; their number; the newest version first."""
        card = self.cards[text]
        day = card.version.effective
        return STANDING_ORDER.index(self.standing[text]), card.policy, -day.toordinal() if day else 0

    def numbered(self, words: str) -> tuple[Sha256, ...]:
        """The texts of policies whose number begins so, however it is punctuated."""
        bare = _bare(words)
        if len(bare) < NUMBER_LEAST or not any(each.isdigit() for each in bare):
            return ()
        at = bisect_left(self.numbers, (bare, -1, Sha256("")))
        found = islice((text for number, _, text in self.numbers[at:] if number.startswith(bare)), 50)
        return tuple(found) if at < len(self.numbers) and self.numbers[at][0].startswith(bare) else ()


def sought_codes(words: str) -> tuple["Sought", ...]:
    """The codes, ranges or wildcards that the whole of a text could be, one for each system in which it could be one; mostly none."""
    from ur_desk.documents.code_scan import scan
    from ur_desk.matching.holding import Sought

    text = words.strip()
    if len(text) > CODE_LONGEST or not any(each.isdigit() for each in text):
        return ()
    found: dict[Sought, None] = {}
    for hint in (None, System.ICD10CM):
        pieces = scan(text, hint)
        if len(pieces) == 1 and pieces[0].read and pieces[0].start == 0 and pieces[0].end == len(text):
            piece = pieces[0]
            found[Sought(piece.system, piece.low, piece.high)] = None
    for system in System:
        code = normal(text, system)
        if " " not in text and re.fullmatch(r"[0-9A-Z.\-]+", code) and has_shape(code, system):
            found.setdefault(Sought(system, code), None)
    return tuple(found)


def search(shelf: "Shelf", known: Catalogue, words: str, narrow: Narrow, limit: int) -> Answer:
    """What a text finds, best first: the document of that number, codes by how closely they hold it, then words by rank."""
    from ur_desk.desk.search_numbers import numbered as federal_numbers
    from ur_desk.store.search import match_text

    query = match_text(words)
    numbered = [text for spelled in _spellings(words) for text in known.numbered(spelled)]
    labelled = federal_numbers(shelf, known, words)
    held = _held(shelf, sought_codes(words), known)
    worded = shelf.finding.texts_with(query, known.heads) if query else frozenset[Sha256]()
    texts = {*numbered, *labelled, *(each.place.text for each in held), *worded}
    wanted = known.narrowed(narrow, texts)
    hits = [
        *_by_label(known, labelled, wanted),
        *_by_number(shelf, known, numbered, wanted),
        *_by_code(shelf, known, held, wanted, limit, words),
    ]
    if query and wanted and len(hits) < limit:
        hits += _by_words(shelf, known, query, wanted, limit, len(texts) / max(len(wanted), 1))
    policies = len({known.cards[text].policy for text in wanted})
    return Answer(tuple(_once(hits))[:limit], len(wanted), known.counts(narrow, texts), policies)


def _spellings(words: str) -> tuple[str, ...]:
    """How a number that is typed may be printed: five digits also with the letter of a local determination or an article before them."""
    bare = words.strip()
    return (words, f"L{bare}", f"A{bare}") if re.fullmatch(r"\d{5}", bare) else (words,)


def _held(shelf: "Shelf", sought: Sequence["Sought"], known: Catalogue) -> list["Holding"]:
    from ur_desk.matching.holding import holding

    found: list[Holding] = []
    for each in sought:
        found += holding(each, shelf.finding.places(each.system, each.low, each.high), known.places)
    return [each for each in found if each.place.text in known.cards]


def _by_label(known: Catalogue, found: Mapping[Sha256, "MarkedLine"], wanted: set[Sha256]) -> Iterator[Hit]:
    for text in sorted(found.keys() & wanted, key=known.precedence):
        line = found[text]
        yield Hit(known.cards[text], known.standing[text], Why.NUMBER, line.number, line.number, line.words, line.marks)


def _by_number(shelf: "Shelf", known: Catalogue, texts: Sequence[Sha256], wanted: set[Sha256]) -> Iterator[Hit]:
    for text in sorted(texts, key=lambda text: (_bare(known.cards[text].policy), *known.precedence(text))):
        if text in wanted:
            card = known.cards[text]
            yield Hit(card, known.standing[text], Why.NUMBER, 1, 1, shelf.finding.line(text, 1))


def _by_code(shelf: "Shelf", known: Catalogue, held: Sequence["Holding"], wanted: set[Sha256], limit: int, words: str) -> Iterator[Hit]:
    order = list(Why)
    ranked = sorted(
        (each for each in held if each.place.text in wanted),
        key=lambda each: (order.index(each.why), each.width, *known.precedence(each.place.text), each.place.line),
    )
    for each in ranked[: 2 * limit]:
        place = each.place
        line = shelf.finding.line(place.text, place.line)
        printed = CodeEntry(place.system, place.low, place.high, place.line, "").printed
        marks = tuple(_printed_in(line, (words.strip(), place.low, *filter(None, [place.high]))))
        yield Hit(
            known.cards[place.text], known.standing[place.text], each.why, place.line, place.line, line, marks, printed, place.state, place.role
        )  # fmt: skip


def _printed_in(line: str, codes: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the ends of a printed range stand in its line, each once and none inside another, as far as they are spelled there so."""
    upper, taken = line.upper(), list[range]()
    for code in dict.fromkeys(code.upper() for code in codes if code):
        at = upper.find(code)
        place = range(at, at + len(code))
        if at >= 0 and len(upper) == len(line) and all(place.stop <= other.start or other.stop <= at for other in taken):
            taken.append(place)
            yield at, len(code)


def _by_words(shelf: "Shelf", known: Catalogue, query: str, wanted: set[Sha256], limit: int, narrowed: float) -> Iterator[Hit]:
    found = shelf.finding
    if narrowed == 1 and len({known.standing[text] for text in wanted}) == 1:
        sections = found.best_marked(query, limit)
    else:
        ranked = _best(shelf, known, query, wanted, AHEAD * limit, int(2 * AHEAD * limit * narrowed))
        ranked.sort(key=lambda row: STANDING_ORDER.index(known.standing[known.heads[_head(row)]]))
        sections = found.marked(query, ranked[:limit])
    for row, lines in sections.items():
        if (text := known.heads.get(_head(row))) is None:
            continue  # another program's, since the cards were read
        card = known.cards[text]
        for line in _shown(lines):
            why = Why.WORDS if line.number else Why.TITLE
            yield Hit(card, known.standing[card.text], why, max(line.number, 1), max(line.last_line, 1), line.words, line.marks)


def _head(row: int) -> int:
    from ur_desk.store.finding import head_of

    return head_of(row)


def _best(shelf: "Shelf", known: Catalogue, query: str, wanted: set[Sha256], limit: int, asked: int) -> list[int]:
    """The rows of the best sections in what is wanted, from so many asked for at first; asks for more until there are enough."""
    while True:
        rows = shelf.finding.best(query, asked)
        fitting = [row for row in rows if known.heads.get(_head(row)) in wanted]
        if len(fitting) >= limit or len(rows) < asked:
            return fitting[:limit]
        asked *= 10


def _shown(lines: Sequence["MarkedLine"]) -> list["MarkedLine"]:
    """The few lines of a section that hold most of what was sought, in their order."""
    best = sorted(lines, key=lambda line: -len({line.words[start : start + length].casefold() for start, length in line.marks}))
    return sorted(best[:OF_ONE_SECTION], key=lambda line: line.number)


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Each line of a text once, as it was found first; a code that is printed twice in a line is one finding."""
    seen: dict[tuple[Sha256, int], None] = {}
    for hit in hits:
        key = (hit.card.text, 0 if hit.why is Why.TITLE else hit.line)
        if key not in seen:
            seen[key] = None
            yield hit


def _bare(words: str) -> str:
    """Letters and digits alone, in capitals, numbers without the zeros before them: RAD.00034 as RAD34."""
    return "".join(run.lstrip("0") if run.isdigit() else run for run in re.findall(r"[0-9]+|[^\W\d_]+", words.upper()))
