"""What the member cannot read, or need not read: letters without words, codes, sensitive conditions; and a reason that tells nothing of them."""

import re
from collections.abc import Iterator

from ur_desk.domain.letter import Sentence
from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.letters.lint.heard import as_heard
from ur_desk.letters.lint.said import WORD, Letter, Said, stem, words_of

_CAPITALS = re.compile(r"\b(?=[A-Z0-9&/\-]*[A-Z][A-Z0-9&/\-]*[A-Z])[A-Z][A-Z0-9&/\-]+s?\b")
_CODES = re.compile(
    r"(?<![\w\-$/#.])(?:[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}|U[0-9][0-9A-Z]\.[0-9A-Z]{1,4}|[A-Z][0-9]{4}|[0-9]{4}[A-Z]|[0-9]{5}(?:-[0-9A-Z]{2})?|[A-Z][0-9]{2}(?=[ ,;.)]|$))(?![\w\-/])"
)


def of_letters_and_codes(letter: Letter) -> Iterator[LetterFinding]:
    """Abbreviations that nothing in the letter explains, and codes, in what the member reads."""
    explained = _explained(letter)
    for said in letter.for_member:
        codes = [m.span() for m in _CODES.finditer(said.text)]
        for first, last in codes:
            yield letter.rules.rule("code").finding(said.number, first, last, said=said.text[first:last])
        for found in _CAPITALS.finditer(said.text):
            known = (
                found[0] in explained or found[0].casefold() in letter.rules.terms["acronyms_known"] | letter.rules.terms["capitals_known"]
            )
            if not known and not any(first <= found.start() < last for first, last in codes):
                yield letter.rules.rule("acronym").finding(said.number, found.start(), found.end(), said=found[0])


def _explained(letter: Letter) -> frozenset[str]:
    """Abbreviations that stand in brackets after the words whose first letters they are, anywhere in the part for the member."""
    told = set()
    for said in letter.said:
        if said.technical:
            continue
        for found in re.finditer(r"\(([A-Z][A-Za-z0-9&/\-]+?)s?\)", said.text):
            letters = [c.casefold() for c in found[1] if c.isalpha()]
            before = WORD.findall(said.text[: found.start()])[-2 * len(letters) :]
            if _abbreviates(letters, [part for word in before for part in word.split("-")]):
                told.add(found[1])
    return frozenset(told)


def _abbreviates(letters: list[str], words: list[str]) -> bool:
    """Whether the letters begin the words in their order, the last letter the last word but for small words between."""
    rest = list(letters)
    for word in words:
        if rest and word[0].casefold() == rest[0]:
            rest.pop(0)
    return not rest


def of_sensitive(letter: Letter) -> Iterator[LetterFinding]:
    """Conditions that a reason names without need: sensitive ones that neither the cited lines nor the service speak of, then those of
    a further diagnosis of the request that neither they nor the first diagnosis speak of."""
    needed = _stems(letter.cited_text(), *(s.service.description or "" for s in letter.facts.states))
    further = _stems(*letter.diagnoses[1:]) - _stems(*letter.diagnoses[:1]) - {stem(w) for w in letter.rules.terms["small"]}
    for said, told in letter.heard():
        for word, first, last in told.words() if not said.technical else ():
            if stem(word) in needed:
                continue
            if word in letter.rules.terms["sensitive"]:
                yield from letter.at(told, (first, last), "sensitive")
            elif stem(word) in further and len(word) > letter.rules.limits["short_word"]:
                yield from letter.at(told, (first, last), "diagnosis")


def _stems(*texts: str) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in words_of(text))


def of_reasons(letter: Letter) -> Iterator[LetterFinding]:
    """Refused lines whose reason tells nothing of the member, or for which the letter names no criterion."""
    for lines in _acts(letter):
        told = [said for said in letter.for_member if said.lines >= lines and _is_reason(said.sentence, letter)]
        if told and (rule := _tells_nothing(letter, told)):
            yield letter.rules.rule(rule).finding(told[0].number, 0, len(told[0].text), lines=_named(lines))
        if not any(said.sentence.element == "criterion" and said.lines >= lines for said in letter.said):
            yield letter.rules.rule("no_criterion").finding(lines=_named(lines))


def _tells_nothing(letter: Letter, told: list[Said]) -> str | None:
    """Which rule a reason breaks that is the same for everybody; None for one that speaks of the member."""
    sentences = [as_heard(words) for said in told for _, words in said.sentences()]
    personal = [words for words in sentences if any(each.search(words) for each in letter.rules.phrases["personal"])]
    least = letter.rules.limits["facts"]
    if _facts_in(letter, " ".join(sentences)) < least:
        return "no_fact"
    return None if _facts_in(letter, " ".join(personal)) >= least else "impersonal"


def _acts(letter: Letter) -> tuple[frozenset[int], ...]:
    acts: dict[object, set[int]] = {}
    for state in letter.facts.states:
        if state.line in letter.refused - letter.administrative:
            acts.setdefault(state.decision, set()).add(state.line)
    return tuple(frozenset(lines) for lines in acts.values())


def _is_reason(sentence: Sentence, letter: Letter) -> bool:
    reasons = {s.decision.reason.words for s in letter.facts.states if s.decision}
    return any(" ".join(sentence.text.split()) in " ".join(words.split()) for words in reasons)


def _facts_in(letter: Letter, text: str) -> int:
    """How many words are left to tell of this member once phrases that fit everybody, small words, the service and the
    policy are taken away."""
    for pattern in letter.rules.phrases["boilerplate"]:
        text = pattern.sub(" ", text)
    common = {stem(word) for word in letter.rules.terms["small"]}
    services = {stem(w) for s in letter.facts.states for w in words_of(s.service.description or "")}
    policy = {stem(w) for w in words_of(letter.cited_text())}
    return len({stem(w) for w in words_of(text)} - common - services - policy)


def _named(lines: frozenset[int]) -> str:
    told = sorted(lines)
    return ("line " if len(told) == 1 else "lines ") + ", ".join(map(str, told))
