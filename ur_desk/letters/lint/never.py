"""What a letter never says: phrases that give a false reason, a false decider, or what does not belong to its reader."""

import re
from collections.abc import Iterable, Iterator

from ur_desk.domain.letter import LetterKind
from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.letters.lint.heard import Heard, as_heard
from ur_desk.letters.lint.said import Letter, Said

_SSN = re.compile(r"(?<!\d)(?<!\d-)\d{3}[ .-]\d{2}[ .-]\d{4}(?!-?\d)")
_ALWAYS = ("list_as_reason", "care_not_needed", "decider", "internal_words", "final")


def of_phrases(letter: Letter) -> Iterator[LetterFinding]:
    """Phrases that no letter holds, and those that only some letters may hold."""
    for said, told in letter.heard():
        for rule in _ALWAYS:
            yield from _found(letter, told, rule)
        yield from _by_family(letter, said, told)
        if said.lines & letter.refused:
            yield from _found(letter, told, "final", "no_way_left")
        if not _asked_for_records(letter):
            yield from _found(letter, told, "records_not_sent")
        for found in _SSN.finditer(told.text):
            yield from letter.at(told, found.span(), "ssn")


def _found(letter: Letter, told: Heard, rule: str, phrases: str = "", **values: str) -> Iterator[LetterFinding]:
    taken: list[range] = []
    for pattern in letter.rules.phrases[phrases or rule]:
        for found in pattern.finditer(told.text):
            if not any(found.start() in span for span in taken):
                taken.append(range(*found.span()))
                yield from letter.at(told, found.span(), rule, **values)


def _by_family(letter: Letter, said: Said, told: Heard) -> Iterator[LetterFinding]:
    """Benefit words for a clinical reason, or the reverse; the reason for the member alone is weighed, the rationale explains both. What
    care costs is no clinical reason either, and stands in no other letter; an amount of money may be what the contract limits."""
    refused = said.lines & letter.refused
    administrative = bool(refused) and refused <= letter.administrative
    if not administrative:
        yield from _found(letter, told, "cost")
    if said.technical or not refused:
        return
    if administrative:
        yield from _found(letter, told, "clinical_words")
    elif not refused & letter.administrative:
        yield from _found(letter, told, "benefit_words")


def _asked_for_records(letter: Letter) -> bool:
    case = letter.facts.case
    return bool(case.contacts) or any(state.asked or state.returned_from_pend for state in case.lines)


def of_status(letter: Letter) -> Iterator[LetterFinding]:
    """Words that say of a line what was not decided of it."""
    if letter.facts.kind is LetterKind.INFORMATION_REQUEST:
        return
    granting = {
        s.line for s in letter.facts.states if s.determination and not (s.determination.adverse and s.decision and not s.decision.granted)
    }
    for said, told in letter.heard():
        if not said.lines or said.technical:
            continue
        about = {"lines": _lines(said.lines)}
        if not said.lines & granting:
            yield from _found(letter, told, "status_word", "approved_words", **about)
        elif not said.lines & letter.refused:
            yield from _found(letter, told, "status_word", "denied_words", **about)


def _lines(lines: Iterable[int]) -> str:
    told = sorted(lines)
    return ("line " if len(told) == 1 else "lines ") + ", ".join(map(str, told))


def of_inside(letter: Letter) -> Iterator[LetterFinding]:
    """Runs of words that stand in an internal note, a referral or a contact of this case, and in the letter."""
    length = letter.rules.limits["same_words"]
    inside = {run for text in _inside(letter) for run in _runs([word for word, _, _ in _words(as_heard(text))], length)}
    if not inside:
        return
    for _, told in letter.heard():
        words = _words(told.text)
        at = 0
        while at + length <= len(words):
            if tuple(w for w, _, _ in words[at : at + length]) not in inside:
                at += 1
                continue
            end = at + length
            while end < len(words) and tuple(w for w, _, _ in words[end - length + 1 : end + 1]) in inside:
                end += 1
            yield from letter.at(told, (words[at][1], words[end - 1][2]), "internal")
            at = end


def _inside(letter: Letter) -> Iterator[str]:
    case = letter.facts.case
    yield from (note.text for note in case.notes)
    yield from (contact.said for contact in case.contacts)
    for state in case.lines:
        if state.referral:
            yield f"{state.referral.summary} {state.referral.question}"
        yield state.question


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _words(told: str) -> list[tuple[str, int, int]]:
    return [(m[0], m.start(), m.end()) for m in re.finditer(r"[^ .-]+", told)]
