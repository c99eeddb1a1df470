"""What a service is called in a letter: one plain phrase, and no other service than the one that was signed for."""

from dataclasses import replace

import pytest
from letter_cases import NURSE, PHYSICIAN, facts
from test_letter_lint import of, words_at

from ur_desk.domain.letter import LetterFacts, LetterKind
from ur_desk.domain.letters.lint import LetterFinding, Weight


def named(name: str, kind: LetterKind = LetterKind.ADVERSE) -> LetterFacts:
    return replace(facts(kind), service_names={1: name}, composed_by=NURSE)


def amiss(told: LetterFacts) -> list[LetterFinding]:
    return [f for f in of(told) if f.rule in ("service_name", "name_unsigned")]


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("Removal of the appendix. We authorized it in full", "name_unsigned", "Removal"),
        ("X-ray of the back. Approved", "service_name", "Approved"),
        ("X-ray of the back, authorized", "service_name", "authorized"),
        ("X-ray of the back, auth\u043erized", "service_name", "auth\u043erized"),
        ("X-ray that you may have", "service_name", "you"),
        ("X-ray of the back in full", "service_name", "in full"),
        ("X-ray of the back! At no charge", "service_name", "At no charge"),
        ("X-ray of the chest", "name_unsigned", "chest"),
        ("Substance abuse counseling", "name_unsigned", "Substance"),
    ],
)
def test_a_name_that_says_more_or_something_else_stops_the_letter_of_a_refusal(name: str, rule: str, words: str) -> None:
    told = named(name)
    found = amiss(told)
    assert (rule, words) in {(f.rule, words_at(told, f)) for f in found}
    assert {f.weight for f in found} == {Weight.STOPS}


@pytest.mark.parametrize("name", ["A moving x-ray of the back", "Video x-ray of the spine", "Moving x-ray pictures, lower back"])
def test_a_name_in_words_of_the_request_of_the_reason_or_of_the_cited_lines_is_good(name: str) -> None:
    assert amiss(named(name)) == []


@pytest.mark.parametrize("name", ["US of the belly", "A cover for a mattress", "Visits to a clinic"])
def test_words_of_a_service_are_no_sentence(name: str) -> None:
    assert "service_name" not in {f.rule for f in amiss(named(name))}


def test_who_signed_the_refusal_names_the_service_as_they_will() -> None:
    assert amiss(replace(named("X-ray of the chest"), composed_by=PHYSICIAN)) == []


def test_the_name_in_an_approval_need_not_be_what_was_signed_and_still_is_one_phrase() -> None:
    assert amiss(named("X-ray of the chest", LetterKind.APPROVAL)) == []
    assert {f.rule for f in amiss(named("X-ray. You may have it", LetterKind.APPROVAL))} == {"service_name"}


def test_the_number_before_a_name_in_a_letter_of_several_lines_ends_no_sentence() -> None:
    assert amiss(named("X-ray of the back", LetterKind.PARTIAL)) == []
