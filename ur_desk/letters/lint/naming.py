"""What a letter calls a service: one plain phrase, and of what is refused no other service than the one that was signed for."""

import re
from collections.abc import Iterator

from ur_desk.domain.case import LineState
from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.letters.lint.heard import Heard, as_heard, heard
from ur_desk.letters.lint.said import Letter

_PIECE = re.compile(r"[^ .-]+")
_ALIKE = 4
"""Letters with which two words of one root begin: spine and spinal, pictures and picture."""


def of_names(letter: Letter) -> Iterator[LetterFinding]:
    """Names of services that whoever wrote the letter gave them: those that are sentences, or say what was decided; and of a refused line
    those that speak of something of which neither its signed words nor what they rest on do, since nobody signed for that."""
    for state in letter.facts.states:
        if not letter.facts.service_names.get(state.line):
            continue
        for said in letter.said:
            if said.sentence.element == "service" and said.lines == {state.line}:
                told = heard((said.number, said.text))
                yield from _no_name(letter, told)
                yield from _unsigned(letter, state, told)


def _no_name(letter: Letter, told: Heard) -> Iterator[LetterFinding]:
    for pattern in letter.rules.phrases["name_words"]:
        for found in pattern.finditer(told.text):
            yield from letter.at(told, found.span(), "service_name")
    for end in re.finditer(r"(?<!^[0-9])(?<!^[0-9][0-9])\.", told.text):
        yield from letter.at(told, (end.start(), len(told.text)), "service_name")


def _unsigned(letter: Letter, state: LineState, told: Heard) -> Iterator[LetterFinding]:
    decision = state.decision
    if state.line not in letter.refused or decision is None or decision.signature.account == letter.facts.composed_by:
        return
    signed = [decision.reason.words, decision.information_needed, decision.alternatives, decision.rationale]
    signed += [decision.granted.service] if decision.granted and decision.granted.service else []
    known = {
        word
        for text in (*signed, state.service.description or "", letter.cited_text(), *letter.diagnoses)
        for word in _PIECE.findall(as_heard(text))
    } | letter.rules.terms["small"] | letter.rules.terms["service_words"]  # fmt: skip
    roots = {word[:_ALIKE] for word in known if len(word) >= _ALIKE}
    for found in _PIECE.finditer(told.text):
        word = found[0]
        if not (word in known or word.isdigit() or (len(word) >= _ALIKE and word[:_ALIKE] in roots)):
            yield from letter.at(told, found.span(), "name_unsigned", by=decision.signature.name)
