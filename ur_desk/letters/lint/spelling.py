"""Words that no dictionary knows: English, the clinical words of the code tables, and the words of this case."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.letters.lint.said import WORD, Letter

Known = Callable[[Iterable[str]], frozenset[str]]
"""Of these words, in small letters, those that a dictionary knows."""

_PARTS = re.compile(r"[-'’]")


def of_spelling(letter: Letter, clinical: frozenset[str], known: Known | None = None) -> Iterator[LetterFinding]:
    """Words of the letter that nobody knows; names of this case and words in capitals are left alone."""
    own = _own_words(letter)
    placed = [(said.number, m) for said in letter.written for m in WORD.finditer(said.text) if not m[0].isupper() and len(m[0]) > 2]
    asked = {part for _, m in placed for part in _parts(m[0])} - own - clinical
    unknown = asked - (known or english)(asked)
    for number, found in placed:
        if any(part in unknown for part in _parts(found[0])):
            yield letter.rules.rule("spelling").finding(number, found.start(), found.end(), said=found[0])


def _parts(word: str) -> tuple[str, ...]:
    return tuple(part for part in _PARTS.split(word.casefold()) if len(part) > 2)


def _own_words(letter: Letter) -> frozenset[str]:
    request = letter.facts.case.request
    profile = letter.facts.profile
    people = (request.requesting_provider, letter.facts.case.servicing_provider)
    texts = [
        request.member.full_name,
        profile.plan_name,
        letter.cited_text(),
        *(f"{p.name} {p.address or ''}" for p in people if p),
        *((policy.text.lines and "\n".join(row.text for row in policy.text.lines)) or "" for policy in letter.facts.policies.values()),
        *(s.decision.signature.name for s in letter.facts.case.lines if s.decision),
    ]
    return frozenset(part for text in texts for m in WORD.finditer(text) for part in _parts(m[0]))


def english(words: Iterable[str]) -> frozenset[str]:
    """Of these words, those that the English dictionary knows."""
    return frozenset(_dictionary().known(words))


@cache
def _dictionary() -> Any:
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)
