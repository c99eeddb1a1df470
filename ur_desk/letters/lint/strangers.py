"""Whoever a letter is not about: names, birth dates and numbers of members of other cases, however they are written."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from ur_desk.domain.letters.lint import LetterFinding, OtherPeople
from ur_desk.letters.lint.facts import days_of
from ur_desk.letters.lint.heard import Heard, as_heard
from ur_desk.letters.lint.said import Letter

_PIECE = re.compile(r"[^ .-]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mister"})
_BETWEEN = 2
"""Names or first letters of names that may stand between the given and the family name."""
_PIECES = 5
"""Pieces in which a number may be written: `UR 2026 000417`."""
_LEAST, _LEAST_FIGURES = 5, 7
"""Characters of a number that says whose it is; one of figures alone needs more, so that no amount or year is taken for one."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>" + "|".join(_MONTHS) + r")[a-z]{0,6}"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_BORN = tuple(
    re.compile(rf"(?<![^ .-]){each}(?![^ .-])".replace("~", "[ .-]"))
    for each in (
        rf"{_MONTH}~{_DAY}~{_YEAR}",
        rf"{_DAY}~(?:of~)?{_MONTH}~{_YEAR}",
        rf"(?P<one>\d{{1,2}})~(?P<two>\d{{1,2}})~{_YEAR}",
        r"(?P<year>\d{4})~(?P<one>\d{1,2})~(?P<two>\d{1,2})",
    )
)
Piece = tuple[str, int, int]
Words = tuple[str, ...]


def others_of(told: Iterable[tuple[str, date | None, str, str]]) -> OtherPeople:
    """Members of other cases as a letter is searched for them; each is told by listed name, birth date, case number and member number."""
    families, born, numbers = dict[str, dict[tuple[Words, Words], None]](), set[date](), set[str]()
    for name, day, *known in told:
        family, given = (_words(part) for part in (*name.split(", ", 1), "")[:2])
        if family:
            families.setdefault(family[0], {})[family, given] = None
        if day:
            born.add(day)
        numbers |= {number for each in known if _tells_whose(number := "".join(_words(each)))}
    return OtherPeople({first: tuple(people) for first, people in families.items()}, frozenset(born), frozenset(numbers))


def _words(text: str) -> Words:
    return tuple(_PIECE.findall(as_heard(text)))


def _tells_whose(number: str) -> bool:
    return len(number) >= (_LEAST_FIGURES if number.isdigit() else _LEAST) and any(c.isdigit() for c in number)


def of_strangers(letter: Letter) -> Iterator[LetterFinding]:
    """Everything by which a member of another case can be known; what this case holds too, as a provider's name, say, is left alone."""
    own, days = _own_names(letter), frozenset(days_of(letter))
    for _, told in letter.heard():
        pieces = [(m[0], m.start(), m.end()) for m in _PIECE.finditer(told.text)]
        yield from _names(letter, told, pieces, own)
        yield from _numbers(letter, told, pieces)
        yield from _births(letter, told, days)


def _names(letter: Letter, told: Heard, pieces: list[Piece], own: str) -> Iterator[LetterFinding]:
    for at in range(len(pieces)):
        for family, given in letter.others.families.get(pieces[at][0], ()):
            last = at + len(family)
            if [word for word, _, _ in pieces[at:last]] != list(family) or not _one(told, pieces[at:last]):
                continue
            first = _from(letter, told, pieces, at, given)
            after = first is None and given and last < len(pieces) and pieces[last][0] == given[0] and _one(told, pieces[at : last + 1])
            span = pieces[at : last + 1] if after else pieces[first:last] if first is not None else []
            if span and not _of_this_case(span, own) and not _ordinary(letter, told, span):
                yield from letter.at(told, (span[0][1], span[-1][2]), "other_person")
                break


def _from(letter: Letter, told: Heard, pieces: list[Piece], at: int, given: tuple[str, ...]) -> int | None:
    """Where a name begins that ends with the family name at this piece: at a title, or at the given name; None where it is none."""
    if at and pieces[at - 1][0] in _TITLES:
        return at - 1
    for first in range(at - 1, max(-1, at - 2 - _BETWEEN), -1):
        if given and pieces[first][0] == given[0] and _one(told, pieces[first : at + 1]):
            return first
        if len(pieces[first][0]) > 1 and not _capital(letter, told, pieces[first]):
            return None
    return None


def _one(told: Heard, span: list[Piece]) -> bool:
    """Whether no sentence ends within; the full stop behind a first letter or a title ends none."""
    return all("." not in told.text[a[2] : b[1]] or len(a[0]) == 1 for a, b in pairwise(span))


def _capital(letter: Letter, told: Heard, piece: Piece) -> bool:
    number, at = told.places[piece[1]]
    return letter.said[number].text[at].isupper()


def _ordinary(letter: Letter, told: Heard, span: list[Piece]) -> bool:
    """Whether words in small letters are no name: "will long", say."""
    words = letter.rules.terms["also_names"] | letter.rules.terms["small"]
    return all(word in words and not _capital(letter, told, (word, first, last)) for word, first, last in span)


def _of_this_case(span: list[Piece], own: str) -> bool:
    words = [word for word, _, _ in span]
    return " ".join(words[1:] if words[0] in _TITLES else words) in own


def _own_names(letter: Letter) -> str:
    """Names that this case holds, each as one says it and as lists have it, a line each."""
    request = letter.facts.case.request
    member = request.member
    people = [member.full_name, member.listed_name, member.subscriber or "", member.family or ""]
    people += [provider.name or "" for provider in (request.requesting_provider, letter.facts.case.servicing_provider) if provider]
    if member.representative:
        people.append(member.representative.name or "")
    people += [state.decision.signature.name for state in letter.facts.case.lines if state.decision]
    return "\n".join(" ".join(_words(name)) for name in people)


def _numbers(letter: Letter, told: Heard, pieces: list[Piece]) -> Iterator[LetterFinding]:
    for at in range(len(pieces)):
        for last in range(min(len(pieces), at + _PIECES), at, -1):
            number = "".join(word for word, _, _ in pieces[at:last])
            if number in letter.others.numbers:
                yield from letter.at(told, (pieces[at][1], pieces[last - 1][2]), "other_number")
                break


def _births(letter: Letter, told: Heard, days: frozenset[date]) -> Iterator[LetterFinding]:
    own = letter.facts.case.request.member.birth_date
    for span, meant in days_in(told):
        if meant & letter.others.born and own not in meant and not meant & days:
            yield from letter.at(told, span, "other_birth_date")


def days_in(told: Heard) -> Iterator[tuple[tuple[int, int], frozenset[date]]]:
    """Every day that is written there, in whatever order and with whatever between: where, and which days it may mean."""
    for pattern in _BORN:
        for found in pattern.finditer(told.text):
            yield found.span(), frozenset(_meant(found))


def _meant(found: re.Match[str]) -> Iterator[date]:
    """Every day that figures may mean: the month before the day or behind it, a year of two figures in this century or the last."""
    part = found.groupdict()
    years = [int(part["year"])] if len(part["year"]) == 4 else [1900 + int(part["year"]), 2000 + int(part["year"])]
    if "name" in part:
        orders = [(_MONTHS.index(part["name"]) + 1, int(part["day"]))]
    else:
        orders = [(int(part["one"]), int(part["two"])), (int(part["two"]), int(part["one"]))]
    for year in years:
        for month, day in orders:
            if 1 <= month <= 12 and 1 <= day <= 31:
                try:
                    yield date(year, month, day)
                except ValueError:
                    continue
