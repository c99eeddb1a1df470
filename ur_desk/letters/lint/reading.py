"""How hard a sentence reads: syllables, the grade of Flesch and Kincaid, and sentences that are too long or too short in a row."""

import re
from collections.abc import Iterator

from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.letters.lint.said import WORD, Letter, Said

_VOWELS = re.compile(r"[aeiouy]+")
_PARTS = re.compile(r"-|['’]s?\b|[^a-z'’]+")
# two vowels that are two syllables, and the endings and words in which the same two are one
_APART = re.compile(r"ia|io(?!u)|eo|ua|uo|iu")
_TOGETHER = re.compile(r"[tscg]io|[ct]ia|[qg]ua|quo|peop")
_LEAST_WORDS = 5
"""A grade of fewer words says nothing: one long name alone would be college reading."""
_COLLEGE = 16
"""Beyond the last year of college the formula tells no more than that."""


def syllables(word: str) -> int:
    """The syllables of an English word as one hears them, by its groups of vowels; at least one for each part that a hyphen sets apart."""
    return sum(_heard(part) for part in _PARTS.split(word.casefold()) if part) or 1


def _heard(part: str) -> int:
    count = len(_VOWELS.findall(part))
    silent = part.endswith("e") and not part.endswith(("le", "ee", "ye", "oe")) and count > 1
    past = part.endswith("ed") and not part.endswith(("ted", "ded")) and count > 1
    apart = len(_APART.findall(part)) - len(_TOGETHER.findall(part)) + (part.endswith("ea") and count > 1)
    return max(1, count - silent - past + max(0, apart))


def grade(text: str) -> float:
    """The school grade at which one sentence reads (Kincaid 1975): 0.39 times its words, 11.8 times syllables a word, less 15.59."""
    words = WORD.findall(text)
    if not words:
        return 0.0
    return max(0.0, 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59)


def of_reading(letter: Letter) -> Iterator[LetterFinding]:
    """Sentences for the member that people wrote and that read hard, are long, or are cut too short."""
    for said in letter.for_member:
        if said.in_own_words:
            yield from _hard(letter, said)
            yield from _choppy(letter, said)


def _hard(letter: Letter, said: Said) -> Iterator[LetterFinding]:
    aim, most = letter.rules.limits["grade"], letter.rules.limits["words"]
    for begin, text in said.sentences():
        place = (said.number, begin, begin + len(text))
        count, reads = len(WORD.findall(text)), grade(text)
        if count > most:
            yield letter.rules.rule("long").finding(*place, words=str(count), most=str(most))
        elif count >= _LEAST_WORDS and reads >= aim + 1:
            yield letter.rules.rule("grade").finding(
                *place, grade=f"{reads:.0f}" if reads < _COLLEGE else f"{_COLLEGE} or above", aim=str(aim)
            )


def _choppy(letter: Letter, said: Said) -> Iterator[LetterFinding]:
    short, least = letter.rules.limits["short"], letter.rules.limits["short_in_a_row"]
    run: list[tuple[int, str]] = []
    for begin, text in (*said.sentences(), (len(said.text), "")):
        if text and len(WORD.findall(text)) <= short:
            run.append((begin, text))
            continue
        if len(run) >= least:
            last, words = run[-1]
            yield letter.rules.rule("choppy").finding(said.number, run[0][0], last + len(words), count=str(len(run)))
        run = []
