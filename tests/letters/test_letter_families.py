"""The texts of each line of business: which rights it gives, what only an official form may tell, and what is said where there are none."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from letter_cases import DATED, ELEMENTS, WORDING, composed, facts, profile, request, words

from ur_desk.domain.clocks.reading import LateRead
from ur_desk.domain.clocks.rules import Effect
from ur_desk.domain.determination import Finding
from ur_desk.domain.letter import Audience, LetterFacts, LetterKind, kind_for
from ur_desk.domain.letters.notices import Asker, Extension, Lateness, NotExpedited, Notice
from ur_desk.domain.request import Coverage, LineOfBusiness
from ur_desk.errors import UserError
from ur_desk.letters import content
from ur_desk.letters.elements import missing
from ur_desk.letters.family import MEDICARE, STATE_PROGRAMS, Family, erisa_certain, family_of

DAY = timedelta(days=1)
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


@pytest.mark.parametrize(("business", "because"), [(LineOfBusiness.OTHER, "no wording is loaded"), (None, "not known")])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_without_a_line_of_business_that_is_known_no_letter_is_written(
    kind: LetterKind, business: LineOfBusiness | None, because: str
) -> None:
    told = facts(kind, change=lambda asked: replace(asked, line_of_business=business))
    with pytest.raises(UserError, match=because) as refused:
        composed(told)
    assert refused.value.hint


def test_every_line_of_business_but_other_has_its_texts() -> None:
    named = {
        family_of(replace(request(), line_of_business=business)) for business in LineOfBusiness if business is not LineOfBusiness.OTHER
    }
    assert named | {Family.COMMERCIAL_INSURED} == set(Family)


@pytest.mark.toy(15)
@pytest.mark.parametrize("family", sorted(MEDICARE))
@pytest.mark.parametrize("kind", [LetterKind.ADVERSE, LetterKind.PARTIAL, LetterKind.LATE])
def test_a_medicare_advantage_denial_is_never_a_home_made_letter(kind: LetterKind, family: Family) -> None:
    """What a toy gets wrong, number 15: a home-made letter in place of CMS-10003, with 60 days in place of 65."""
    told = facts(kind, family)
    with pytest.raises(UserError, match="never as a free letter"):
        content.compose(told, WORDING)
    sheet = composed(told)
    assert sheet.form
    said = "\n".join(s.text for s in sheet.sentences())
    assert "65 days, counted from the date of the notice" in said
    assert "Dear " not in said
    assert "is not a notice" in said
    provider = composed(told, Audience.PROVIDER)
    assert not provider.form


@pytest.mark.toy(15)
@pytest.mark.parametrize("family", sorted(set(Family) - MEDICARE))
def test_no_other_family_takes_the_official_form(family: Family) -> None:
    assert not composed(facts(LetterKind.ADVERSE, family)).form


@pytest.mark.toy(17)
@pytest.mark.parametrize(
    ("family", "told", "never"),
    [
        (Family.ERISA_SELF_FUNDED, ("180 days", "section 502(a)", "independent reviewers"), ("fair hearing", "Department of Insurance")),
        (Family.COMMERCIAL_INSURED, ("180 days", "independent reviewers", "Department of Insurance"), ("ERISA", "fair hearing")),
        (Family.INSURED_EMPLOYER_GROUP, ("180 days", "section 502(a)", "Department of Insurance"), ("fair hearing",)),
        (Family.GOVERNMENT_SELF_FUNDED, ("180 days", "independent reviewers"), ("ERISA", "fair hearing")),
        (Family.QHP_FFE, ("180 days", "independent reviewers"), ("ERISA", "fair hearing")),
        (Family.FEHB, ("Office of Personnel Management",), ("180 days", "ERISA", "fair hearing", "independent reviewers")),
        (
            Family.MEDICAID_MANAGED_CARE,
            ("60 days", "fair hearing", "120 days", "keep getting it", "may have to pay"),
            ("180 days", "ERISA"),
        ),
        (
            Family.MEDICAID_FFS,
            ("fair hearing", "keep getting it", "may have to pay"),
            ("60 days", "180 days", "ERISA", "An appeal asks us"),
        ),
        (Family.CHIP_MANAGED_CARE, ("60 days", "ask the state to review"), ("180 days", "ERISA", "fair hearing", "keep getting it")),
    ],
)
def test_each_family_has_its_own_rights_and_no_other(family: Family, told: tuple[str, ...], never: tuple[str, ...]) -> None:
    """What a toy gets wrong, number 17: one template for all, without taglines, external review, fair hearing, continued benefits."""
    said = words(composed(facts(LetterKind.ADVERSE, family)))
    for each in (*told, "Puede recibir ayuda en español"):
        assert each in said, each
    for each in never:
        assert each not in said, each


def late(family: Family, *rows: LateRead) -> LetterFacts:
    """The facts of a letter about a late answer, where the clock of the case says this of lateness."""
    told = facts(LetterKind.LATE, family)
    assert told.case.clock is not None
    return replace(told, case=replace(told.case, clock=replace(told.case.clock, late=rows)))


def test_a_late_answer_counts_as_a_denial_where_the_clock_of_the_case_says_so_and_has_all_its_rights() -> None:
    said = words(composed(facts(LetterKind.LATE, Family.MEDICAID_MANAGED_CARE)))
    assert "the request now counts as denied" in said
    assert "fair hearing" in said


@pytest.mark.parametrize("family", [Family.MEDICAID_FFS, Family.CHIP_MANAGED_CARE])
def test_where_no_row_says_what_lateness_is_the_letter_says_what_the_plan_has_to_say_and_all_rights(family: Family) -> None:
    told = facts(LetterKind.LATE, family)
    assert told.case.clock is not None
    assert told.case.clock.late == ()
    said = words(composed(told))
    assert "counts as denied" not in said
    assert "The law of your state says what a late answer means." in said
    assert "fair hearing" in said or "ask the state to review" in said


@pytest.mark.parametrize("family", sorted(set(Family) - MEDICARE))
def test_the_letter_about_a_late_answer_and_the_clock_tell_one_truth(family: Family) -> None:
    row = LateRead("OWN", "Late is denied.", Effect.DENIED, "the code of the state", verified=True)
    approved = replace(row, effect=Effect.APPROVED)
    passed, ahead = (replace(row, due_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) for day in (DATED - DAY, DATED))
    cases = (
        ((row,), True),
        ((passed,), True),
        ((ahead,), False),
        ((), False),
        ((replace(row, verified=False),), False),
        ((approved,), False),
    )
    for rows, denied in cases:
        told = late(family, *rows)
        content = composed(told)
        assert ("counts as denied" in words(content)) is denied
        assert ("appeal" in words(content) or "fair hearing" in words(content)) is (denied or family in STATE_PROGRAMS)
        assert missing(content, told, ELEMENTS) == ()


def test_a_late_answer_elsewhere_is_no_denial_and_promises_none() -> None:
    said = words(composed(facts(LetterKind.LATE, Family.COMMERCIAL_INSURED)))
    assert "counts as denied" not in said
    assert "What happens next" in said


@pytest.mark.parametrize("family", sorted(MEDICARE))
def test_an_approval_in_medicare_advantage_says_nothing_against_its_binding_force(family: Family) -> None:
    said = words(composed(facts(LetterKind.APPROVAL, family)))
    assert "only for good cause" in said
    assert "guarantee" not in said


def test_only_medicare_advantage_dismisses() -> None:
    with pytest.raises(UserError, match="Only Medicare Advantage dismisses"):
        composed(facts(LetterKind.DISMISSED, Family.FEHB))


@pytest.mark.parametrize(
    ("kind", "notice", "because"),
    [
        (LetterKind.LATE, Lateness(DATED + timedelta(days=1), "A reason."), "not late yet"),
        (LetterKind.EXTENSION, Extension(date(2026, 11, 10), "A reason."), "lies before"),
        (LetterKind.EXPEDITE_REFUSED, NotExpedited(date(2026, 11, 10), "A reason."), "lies before"),
    ],
)
def test_a_notice_whose_days_do_not_agree_is_refused(kind: LetterKind, notice: Notice, because: str) -> None:
    with pytest.raises(UserError, match=because):
        composed(facts(kind, notice=notice))


def test_who_asked_for_more_time_is_told() -> None:
    for asker, said in ((Asker.MEMBER, "You asked us"), (Asker.PROVIDER, "Your provider asked us")):
        notice = Extension(date(2026, 11, 25), "A reason.", asker)
        assert f"{said} to take more time." in words(composed(facts(LetterKind.EXTENSION, notice=notice)))
    assert "asked us to take more time" not in words(composed(facts(LetterKind.EXTENSION)))


def test_a_decided_line_takes_no_notice_of_an_open_one() -> None:
    with pytest.raises(UserError, match="only its decision is told"):
        composed(facts(LetterKind.ADVERSE, notice=Extension(date(2026, 11, 25), "A reason.")))


def test_a_decision_on_appeal_is_told_as_one_and_against_which_case() -> None:
    told = facts(LetterKind.APPEAL_UPHELD)
    assert "our decision in case UR-2026-000311" in words(composed(told))
    with pytest.raises(UserError, match="contradict the decisions"):
        composed(replace(told, kind=LetterKind.ADVERSE))


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


def test_a_partial_decision_that_is_upheld_on_appeal_is_not_called_changed() -> None:
    told = facts(LetterKind.APPEAL_PARTLY_OVERTURNED)
    states = tuple(
        replace(state, decision=replace(state.decision, finding=Finding.UPHELD)) for state in told.case.lines if state.decision is not None
    )
    upheld = replace(told, kind=LetterKind.APPEAL_UPHELD, case=replace(told.case, lines=states))
    assert kind_for(upheld.states, appeal=True) is LetterKind.APPEAL_UPHELD
    content = composed(upheld)
    assert content.title == "We did not change our decision"
    said = " ".join(sentence.text for sentence in content.sentences())
    assert "stays the same: we approve part of the request and deny the rest" in said
    assert "changed part of our decision" not in said
    first, *others = states
    assert first.decision is not None
    mixed = (replace(first, decision=replace(first.decision, finding=Finding.IN_PART)), *others)
    assert kind_for(mixed, appeal=True) is LetterKind.APPEAL_PARTLY_OVERTURNED
