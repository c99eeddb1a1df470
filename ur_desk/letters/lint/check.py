"""All that is amiss in a letter, in reading order, what stops it first where two things stand at one place."""

from ur_desk.domain.letters.lint import LetterFinding, Weight
from ur_desk.letters.lint import facts, member, never
from ur_desk.letters.lint.naming import of_names
from ur_desk.letters.lint.reading import of_reading
from ur_desk.letters.lint.said import Letter
from ur_desk.letters.lint.spelling import Known, of_spelling
from ur_desk.letters.lint.strangers import of_strangers
from ur_desk.letters.wording import Wording


def check(
    letter: Letter, wording: Wording, clinical: frozenset[str] = frozenset(), known: Known | None = None
) -> tuple[LetterFinding, ...]:
    """Every finding about a letter; the same letter gives the same findings, and the same one in one sentence is told once.

    Of a letter in another language than that of the rules only the sources are looked at: its words are its translator's.
    `clinical` are words of the field in small letters that count as spelled right; `known` stands in for the English dictionary.
    """
    clauses = frozenset(clause.ref for clause in wording.clauses.values())
    unsourced = tuple(facts.of_sources(letter, clauses))
    if wording.language.split("-")[0] != letter.rules.language.split("-")[0]:
        return unsourced
    found = [
        *unsourced,
        *never.of_phrases(letter),
        *never.of_status(letter),
        *never.of_inside(letter),
        *member.of_letters_and_codes(letter),
        *member.of_sensitive(letter),
        *member.of_reasons(letter),
        *facts.of_quotations(letter),
        *facts.of_days(letter),
        *of_strangers(letter),
        *of_names(letter),
        *of_reading(letter),
        *of_spelling(letter, clinical, known),
    ]
    once = {(f.rule, f.sentence, f.message): f for f in sorted(found, key=lambda f: f.first, reverse=True)}
    return tuple(sorted(once.values(), key=lambda f: (_place(f, len(letter.said)), f.first, f.weight is not Weight.STOPS, f.last, f.rule)))


def _place(finding: LetterFinding, whole: int) -> int:
    """What is about the whole letter comes last."""
    return whole if finding.sentence is None else finding.sentence
