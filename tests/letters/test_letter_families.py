"""For which lines of business there is wording, and what is said where there is none."""

from dataclasses import replace

import pytest
from letter_cases import composed, facts, profile, request

from ur_desk.domain.letter import LetterKind
from ur_desk.domain.request import Coverage, LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.letters.family import Family, erisa_certain, family_of

INSURED, SELF_FUNDED = LineOfBusiness.COMMERCIAL_INSURED, LineOfBusiness.ERISA_SELF_FUNDED


@pytest.mark.parametrize(
    ("business", "coverage", "family"),
    [
        (INSURED, Coverage(erisa=False), Family.COMMERCIAL_INSURED),
        (INSURED, Coverage(erisa=True), Family.INSURED_EMPLOYER_GROUP),
        (INSURED, Coverage(erisa=None), Family.INSURED_EMPLOYER_GROUP),
        (INSURED, None, Family.INSURED_EMPLOYER_GROUP),
        (SELF_FUNDED, Coverage(erisa=True), Family.ERISA_SELF_FUNDED),
        (SELF_FUNDED, None, Family.ERISA_SELF_FUNDED),
    ],
)
def test_the_family_of_texts(business: LineOfBusiness, coverage: Coverage | None, family: Family) -> None:
    assert family_of(replace(request(), line_of_business=business, coverage=coverage)) is family


@pytest.mark.parametrize(
    ("business", "because"),
    [
        (LineOfBusiness.MEDICARE_ADVANTAGE, "CMS-10003"),
        (LineOfBusiness.DSNP_INTEGRATED, "coverage decision letter"),
        (LineOfBusiness.MEDICAID_MANAGED_CARE, "state's own template"),
        (LineOfBusiness.MEDICAID_FFS, "state's own template"),
        (LineOfBusiness.CHIP_MANAGED_CARE, "state's own template"),
        (LineOfBusiness.FEHB, "federal brochure"),
        (LineOfBusiness.QHP_FFE, "none is loaded"),
        (LineOfBusiness.GOVERNMENT_SELF_FUNDED, "outside ERISA"),
        (LineOfBusiness.OTHER, "no wording is loaded"),
        (None, "not known"),
    ],
)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_for_any_other_line_of_business_is_refused_with_the_reason(
    kind: LetterKind, business: LineOfBusiness | None, because: str
) -> None:
    told = facts(kind, change=lambda asked: replace(asked, line_of_business=business))
    with pytest.raises(UserError, match=because) as refused:
        composed(told)
    assert refused.value.hint


def test_every_line_of_business_is_either_worded_or_refused() -> None:
    for business in LineOfBusiness:
        try:
            family_of(replace(request(), line_of_business=business))
        except UserError:
            assert business not in (INSURED, SELF_FUNDED)


def test_a_profile_of_another_line_of_business_or_state_is_refused() -> None:
    with pytest.raises(UserError, match="another line of business"):
        composed(facts(profile=profile(INSURED)))
    with pytest.raises(UserError, match="for TX, and the law of IN"):
        composed(facts(family=Family.COMMERCIAL_INSURED, profile=profile(INSURED, "TX")))


def test_a_self_funded_plan_follows_no_state() -> None:
    assert composed(facts(profile=profile(SELF_FUNDED, "TX")))


def test_where_nobody_knows_of_erisa_the_right_is_told_with_an_if() -> None:
    unknown = facts(family=Family.INSURED_EMPLOYER_GROUP, change=lambda asked: replace(asked, coverage=None))
    known = facts(family=Family.INSURED_EMPLOYER_GROUP)
    assert not erisa_certain(unknown.case.request)
    said = {s.text for s in composed(unknown).sentences() if s.element == "erisa_civil_action"}
    sure = {s.text for s in composed(known).sentences() if s.element == "erisa_civil_action"}
    assert all(text.startswith("If this law covers your plan") for text in said)
    assert said != sure
