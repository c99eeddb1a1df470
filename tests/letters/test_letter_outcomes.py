"""What letters say of outcomes beside approval and clinical denial, and of what is approved in several spans."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from letter_cases import DENIED, ELEMENTS, PARTIAL, THERAPY, composed, facts, line, request, signature, words
from letter_cases import case as told_case

from ur_desk.domain import events as ev
from ur_desk.domain.decisions.grounds import Administrative, Family, Matter
from ur_desk.domain.determination import ASIDE, Decision, Determination, Granted, HeldElsewhere, Reason, Span, in_spans
from ur_desk.domain.letter import Audience, LetterFacts, LetterKind, kind_for
from ur_desk.errors import UserError
from ur_desk.letters.elements import missing
from ur_desk.letters.family import MEDICARE
from ur_desk.letters.family import Family as Plans

BOOKLET = HeldElsewhere("Fernhill Health Plan", "Benefit booklet", "2026", "Section 7.2")
ADMINISTRATIVE = Decision(
    Determination.DENIED,
    Reason("Your plan pays for 20 visits a year. You have used all of them.", held_elsewhere=(BOOKLET,)),
    signature(),
    family=Family.ADMINISTRATIVE,
    administrative=Administrative(Matter.USED_UP, "The count of visits decides it."),
)
SPANS = (Span(date(2026, 11, 16), date(2026, 11, 22), Decimal(2)), Span(date(2026, 12, 1), date(2026, 12, 31), Decimal(4)))


def about(*bodies: ev.CaseBody, kind: LetterKind, lines: tuple[int, ...] = (1,)) -> LetterFacts:
    asked = request(line(), THERAPY)
    return replace(facts(kind), case=told_case(asked, *bodies), lines=lines)


def test_an_administrative_denial_claims_no_medical_judgment_and_lacks_no_rationale() -> None:
    told = about(ev.Determined((1,), ADMINISTRATIVE), kind=LetterKind.ADVERSE)
    content = composed(told)
    text = words(content)
    assert "No medical judgment went into it." in text
    assert "We used “Benefit booklet” from Fernhill Health Plan." in text
    for clinical in ("A physician reviewed the request", "health professional reviewed", "guideline “Benefit"):
        assert clinical not in text
    assert "rationale" not in {gap.element for gap in missing(composed(told, Audience.PROVIDER), told, ELEMENTS)}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("family", [each for each in Plans if each not in MEDICARE])
def test_an_administrative_denial_lacks_nothing_once_its_reason_and_its_contract_are_told(family: Plans, audience: Audience) -> None:
    whole = replace(ADMINISTRATIVE, alternatives="No other service takes the place of visits.")
    told = facts(LetterKind.ADVERSE, family)
    states = tuple(replace(state, decision=whole) for state in told.case.lines)
    told = replace(told, case=replace(told.case, lines=states))
    assert missing(composed(told, audience), told, ELEMENTS) == ()


def test_a_clinical_denial_still_lacks_its_rationale_and_says_who_reviewed_it() -> None:
    told = about(ev.Determined((1,), replace(DENIED, rationale="")), kind=LetterKind.ADVERSE)
    content = composed(told, Audience.PROVIDER)
    assert "rationale" in {gap.element for gap in missing(content, told, ELEMENTS)}
    assert "No medical judgment" not in words(content)


def test_every_span_of_an_approval_stands_with_its_days_and_amount_and_no_day_between() -> None:
    spans = replace(PARTIAL, granted=in_spans(Granted(), SPANS))
    text = words(composed(about(ev.Determined((2,), spans), kind=LetterKind.PARTIAL, lines=(2,))))
    (row,) = [told for told in text.splitlines() if told.startswith("Physical therapy")]
    decided = row.split(" | ")[2]
    for each in (
        "Amount: 2 visits / Dates: November 16, 2026 to November 22, 2026",
        "Amount: 4 visits / Dates: December 1, 2026 to December 31, 2026",
    ):
        assert each in decided
    assert "November 16, 2026 to December 31, 2026" not in decided
    assert "other 6 visits" not in decided


@pytest.mark.parametrize("made", ASIDE)
def test_no_letter_of_a_decision_tells_of_what_is_none(made: Determination) -> None:
    decision = replace(ADMINISTRATIVE, determination=made, family=None, administrative=None)
    case = told_case(request(line(), THERAPY), ev.Determined((1,), decision), ev.Determined((2,), PARTIAL))
    with pytest.raises(UserError, match="Line 1"):
        kind_for(case.lines)
