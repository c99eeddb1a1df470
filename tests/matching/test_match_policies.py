"""No policy is special: criteria, drugs, conflicts, terms of a policy's own, and conditions in any words."""

from dataclasses import replace

import pytest
from match_builders import Line, diagnosis_row, moving_pictures, policy, request, shelved, statement

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import CautionCode, HitKind, HitResult, MatchReport, Relation, Scope, Suggestion
from ur_desk.domain.policy import CodeEntry, EntryState, Policy, Position
from ur_desk.domain.request import Request
from ur_desk.matching import Index, match


def cpt(code: str, condition: str | None = None, position: Position | None = None) -> CodeEntry:
    return CodeEntry(System.CPT, code, None, 3, code, condition=condition, position=position)


def find(asked: Request, codeset: CodeSet, *made: Policy) -> MatchReport:
    return match(asked, [shelved(each) for each in made], codeset)


DRUG = policy("DRG.1", [statement("Adalimumab is medically necessary when tried.", "adalimumab", criteria=True)], [cpt("96372")])
KNEE = policy(
    "SUR.1",
    [statement("Arthroscopy of the knee is not medically necessary.", "knee arthroscopy", position=Position.NOT_MEDICALLY_NECESSARY)],
    [cpt("29881"), diagnosis_row("M17.0-M17.9", 4)],
)


def test_a_position_with_criteria_suggests_checking_them(codeset: CodeSet) -> None:
    report = find(request(Line("96372"), dx="L40.50"), codeset, DRUG)
    assert (report.policies[0].relation, report.suggestion) == (Relation.APPLIES, Suggestion.CHECK_CRITERIA)
    assert report.policies[0].position is Position.MEDICALLY_NECESSARY


def test_a_drug_is_found_by_its_name_alone(codeset: CodeSet) -> None:
    report = find(request(Line("J0139", "Adalimumab 40 mg")), codeset, DRUG)
    assert (report.policies[0].relation, report.suggestion) == (Relation.BY_DESCRIPTION, Suggestion.CHECK_CRITERIA)
    (hit,) = report.policies[0].hits
    assert (hit.kind, hit.result, hit.line, hit.entry, hit.why) == (HitKind.TERM, HitResult.TERM, 2, "adalimumab", "words: adalimumab")
    assert find(request(Line("J0139", "Not adalimumab")), codeset, DRUG).policies == ()


def test_the_version_or_business_does_not_hold_up_the_check_of_criteria(codeset: CodeSet) -> None:
    assert find(request(Line("96372"), business=None), codeset, DRUG).suggestion is Suggestion.CHECK_CRITERIA


def test_an_adverse_position_with_criteria_beside_it_is_checked_and_without_is_referred(codeset: CodeSet) -> None:
    otherwise = statement("Adalimumab is not medically necessary otherwise.", "adalimumab", position=Position.NOT_MEDICALLY_NECESSARY)
    both = policy("DRG.2", [*DRUG.statements, otherwise], [cpt("96372")])
    alone = policy("DRG.3", [otherwise], [cpt("96372")])
    everywhere = policy("DRG.4", [*DRUG.statements, replace(otherwise, all_indications=True)], [cpt("96372")])
    asked = request(Line("96372", "Adalimumab"))
    assert find(asked, codeset, both).suggestion is Suggestion.CHECK_CRITERIA
    assert find(asked, codeset, alone).suggestion is Suggestion.REFER
    assert find(asked, codeset, everywhere).suggestion is Suggestion.REFER


def test_what_is_approved_under_criteria_claims_nothing_until_they_are_laid_beside_the_record(codeset: CodeSet) -> None:
    without = policy("DRG.5", [statement("Adalimumab is approved.", "adalimumab")], [cpt("96372")])
    for made in (DRUG, without):
        report = find(request(Line("96372", "Adalimumab")), codeset, made)
        assert (report.policies[0].position, report.suggestion) == (Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA)


@pytest.mark.parametrize("turned", [False, True])
def test_a_refusal_on_conditions_does_not_stand_against_what_is_approved_on_others(turned: bool, codeset: CodeSet) -> None:
    refused = statement("Adalimumab is refused to smokers.", "adalimumab", position=Position.NOT_MEDICALLY_NECESSARY, criteria=True)
    both = [*DRUG.statements, refused]
    report = find(request(Line("96372", "Adalimumab")), codeset, policy("DRG.6", both[::-1] if turned else both, [cpt("96372")]))
    assert (report.policies[0].position, report.suggestion) == (Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA)


def test_a_refusal_on_conditions_alone_stays_with_the_physician(codeset: CodeSet) -> None:
    refused = statement("Adalimumab is refused to smokers.", "adalimumab", position=Position.INVESTIGATIONAL, criteria=True)
    report = find(request(Line("96372", "Adalimumab")), codeset, policy("DRG.7", [refused], [cpt("96372")]))
    assert (report.policies[0].position, report.suggestion) == (Position.INVESTIGATIONAL, Suggestion.CHECK_CRITERIA)


@pytest.mark.toy(6)
def test_a_position_for_all_indications_stands_whatever_is_approved_beside_it(codeset: CodeSet) -> None:
    refused = statement("Adalimumab is unproven.", "adalimumab", position=Position.INVESTIGATIONAL, everywhere=True)
    report = find(request(Line("96372", "Adalimumab")), codeset, policy("DRG.8", [*DRUG.statements, refused], [cpt("96372")]))
    assert (report.policies[0].position, report.suggestion) == (Position.INVESTIGATIONAL, Suggestion.REFER)


def test_a_group_of_codes_that_names_no_class_gives_no_position(codeset: CodeSet) -> None:
    aside = statement("Lamps are paid for otherwise.", "lamps", position=Position.OTHER)
    needed = statement("Repair is weighed.", "repair of a thing", criteria=True)
    made = policy("SUR.8", [aside, needed], [cpt("11111", position=Position.OTHER)])
    report = find(request(Line("11111")), codeset, made)
    assert (report.policies[0].position, report.suggestion) == (Position.MEDICALLY_NECESSARY, Suggestion.CHECK_CRITERIA)


def test_the_group_of_a_code_says_which_position_it_falls_under(codeset: CodeSet) -> None:
    kinds = (Position.MEDICALLY_NECESSARY, Position.COSMETIC)
    both = [
        statement("Repair is weighed.", "repair of a thing", position=kinds[0], criteria=True),
        statement("Looks.", "looks", position=kinds[1]),
    ]
    made = policy("SUR.9", both, [cpt("11111", position=kinds[0]), cpt("22222", position=kinds[1])])
    assert find(request(Line("11111")), codeset, made).suggestion is Suggestion.CHECK_CRITERIA
    assert find(request(Line("22222")), codeset, made).suggestion is Suggestion.REFER


@pytest.mark.toy(4)
def test_a_policy_that_is_not_for_all_indications_needs_a_listed_diagnosis(codeset: CodeSet) -> None:
    words = "Knee arthroscopy"
    listed = find(request(Line("29881", words), dx="M17.11"), codeset, KNEE)
    unlisted = find(request(Line("29881", words), dx="M23.51"), codeset, KNEE)
    assert (listed.policies[0].relation, listed.suggestion) == (Relation.APPLIES, Suggestion.REFER)
    assert (unlisted.policies[0].relation, unlisted.suggestion) == (Relation.CONFIRM_SCOPE, Suggestion.CONFIRM)
    assert {CautionCode.DIAGNOSIS_NOT_LISTED, CautionCode.SCOPE_UNCONFIRMED} <= {caution.code for caution in unlisted.cautions}


def test_the_part_of_the_body_is_the_policy_s_own_subject(codeset: CodeSet) -> None:
    report = find(request(Line("29881", "Arthroscopy of the shoulder"), dx="M17.11"), codeset, KNEE)
    assert (report.policies[0].relation, report.services[0].scope) == (Relation.CONFIRM_SCOPE, Scope.NAMES_OTHER)
    assert any("about the knee" in caution.message for caution in report.cautions)


def test_a_policy_without_diagnoses_applies_by_its_procedure(codeset: CodeSet) -> None:
    made = policy("LAB.1", [statement("Testing is weighed.", "testing of a gene", criteria=True)], [cpt("81400")])
    report = find(request(Line("81400"), dx="Z00.00"), codeset, made)
    assert (report.policies[0].relation, report.services[0].scope) == (Relation.APPLIES, None)
    assert CautionCode.DIAGNOSIS_NOT_LISTED not in {caution.code for caution in report.cautions}


def test_a_policy_without_positions_is_still_shown(codeset: CodeSet) -> None:
    report = find(request(Line("81400")), codeset, policy("ART.1", [], [cpt("81400")]))
    assert (report.policies[0].relation, report.policies[0].position, report.suggestion) == (
        Relation.APPLIES,
        None,
        Suggestion.CHECK_CRITERIA,
    )


def test_a_misprinted_procedure_row_asks(codeset: CodeSet) -> None:
    made = policy("ART.2", [], [replace(cpt("81400"), high="81300", state=EntryState.SUSPECT, raw="81400-81300")])
    report = find(request(Line("81350")), codeset, made)
    assert (report.policies[0].relation, report.suggestion) == (Relation.CONFIRM_SCOPE, Suggestion.CONFIRM)
    assert report.policies[0].hits[0].result is HitResult.SUSPECT
    assert {CautionCode.SUSPECT_RANGE, CautionCode.SCOPE_UNCONFIRMED} <= {caution.code for caution in report.cautions}


CONDITIONS = [
    ("when specified as lumbar artificial disc", "Lumbar artificial disc", True),
    ("when specified as lumbar artificial disc", "Artificial disc, cervical", False),
    ("when specified as lumbar artificial disc", "Not a lumbar artificial disc", False),
    ("when specified as lumbar artificial disc", None, False),
    ("only when used for MRI of the knee", "MRI of the knee", True),
    ("only when used for MRI of the knee", "MRI of the hip", False),
    ("only when used for MRI of the knee", "Knee, no MRI", False),
    ("when specified", "Anything at all", False),
]


@pytest.mark.parametrize(("condition", "words", "shown"), CONDITIONS)
def test_a_condition_in_any_words_is_shown_only_by_those_words(condition: str, words: str | None, shown: bool, codeset: CodeSet) -> None:
    about = statement("The knee and the lumbar spine are weighed.", "a thing", criteria=True)
    report = find(request(Line("99999", words)), codeset, policy("X.1", [about], [cpt("99999", condition)]))
    (hit,) = (each for each in report.policies[0].hits if each.kind is HitKind.PROCEDURE)
    assert (hit.condition, hit.condition_shown) == (condition, shown)
    assert (report.policies[0].relation is Relation.CONFIRM_CONDITION) == (not shown)
    assert not any("only only" in said for said in (*(row.note or "" for row in report.codes), *(each.message for each in report.cautions)))


def test_cineradiography_shows_videofluoroscopy_only_where_the_policy_prints_them_as_one(codeset: CodeSet) -> None:
    words = "Cineradiography of the spine"
    apart = statement("Videofluoroscopy of the spine is weighed.", "videofluoroscopy", position=Position.INVESTIGATIONAL, everywhere=True)
    made = policy("X.1", [apart], [cpt("76496", "when specified as videofluoroscopy")])
    assert find(request(Line("76496", words)), codeset, made).policies[0].relation is Relation.CONFIRM_CONDITION
    assert find(request(Line("76496", words), dx="M54.5"), codeset, moving_pictures()).policies[0].relation is Relation.APPLIES


def test_what_one_policy_prints_is_our_synonym_in_another(codeset: CodeSet) -> None:
    against = Position.INVESTIGATIONAL
    made = policy(
        "X.1", [statement("Vertebral motion analysis of the spine.", "vertebral motion analysis", position=against, everywhere=True)]
    )
    report = match(request(Line("76499", "Vertebral motion analysis")), [shelved(made), shelved(moving_pictures())], codeset)
    assert {found.id: found.relation for found in report.policies} == {"X.1": Relation.BY_DESCRIPTION, "IMG.00100": Relation.CONFIRM_SCOPE}
    (hit,) = (hit for found in report.policies if found.id == "IMG.00100" for hit in found.hits if hit.line == 6)
    assert hit.why == "our synonym: Vertebral motion analysis for dynamic spinal visualization; the position does not print it"
    assert hit.entry is None
    assert report.suggestion is Suggestion.REFER


def test_policies_that_speak_against_each_other_are_both_shown_and_said_so(codeset: CodeSet) -> None:
    favours = policy("PRO.1", [statement("Pictures of the spine are medically necessary.", "pictures")], [cpt("76120")])
    report = find(request(Line(), dx="M54.5"), codeset, favours, moving_pictures())
    assert [found.id for found in report.policies] == ["IMG.00100", "PRO.1"]
    (caution,) = (each for each in report.cautions if each.code is CautionCode.CONFLICTING_POSITIONS)
    assert "IMG.00100 speaks against" in caution.message
    assert report.services[0].policies == ("IMG.00100", "PRO.1")


def test_two_policies_with_one_term_are_both_found(codeset: CodeSet) -> None:
    terms = ("Cold Laser Therapy", "cold laser therapy")
    made = [policy(f"P.{n}", [statement("Light is weighed.", term, position=Position.INVESTIGATIONAL)]) for n, term in enumerate(terms)]
    report = find(request(Line("97039", "Cold-laser therapy of the knee")), codeset, *made)
    assert [(found.id, found.relation) for found in report.policies] == [("P.0", Relation.BY_DESCRIPTION), ("P.1", Relation.BY_DESCRIPTION)]


def test_a_technique_with_other_words_is_a_name_of_its_own(codeset: CodeSet) -> None:
    made = policy("X.1", [statement("Virtual CT colonography is weighed.", "virtual ct colonography", criteria=True)])
    assert find(request(Line("74150", "CT of the colon")), codeset, made).policies == ()
    assert find(request(Line("74263", "Virtual CT colonography")), codeset, made).policies[0].relation is Relation.BY_DESCRIPTION


def test_several_lines_each_have_their_own_row_and_the_first_suggestion_stands(codeset: CodeSet) -> None:
    asked = request(Line("97110", "Therapeutic exercise"), Line("76496"), Line("76120", "Cineradiography of the lumbar spine"), dx="M54.5")
    report = find(asked, codeset, moving_pictures())
    assert [(row.line, row.suggestion, row.policies) for row in report.services] == [
        (1, Suggestion.NO_POLICY, ()),
        (2, Suggestion.CONFIRM, ("IMG.00100",)),
        (3, Suggestion.REFER, ("IMG.00100",)),
    ]
    assert report.suggestion is Suggestion.REFER
    assert report.policies[0].relation is Relation.APPLIES
    assert {hit.service_line for hit in report.policies[0].hits} == {2, 3, None}
    service = report.service(2)
    assert service is not None
    assert (service.relation, service.scope) == (Relation.CONFIRM_CONDITION, Scope.SHOWN)


def test_the_hits_read_well_beside_the_policy_s_lines(codeset: CodeSet) -> None:
    report = find(request(Line("76120", "Cineradiography of lumbar spine, motion study"), dx="M54.5"), codeset, moving_pictures())
    assert {hit.line: hit.why for hit in report.policies[0].hits} == {
        10: "76120 on line 1",
        7: "words: cineradiography, lumbar spine",
        25: "M54.5 in range",
    }
    assert [(section.kind, section.first_line) for section in report.policies[0].sections] == [
        ("scope", 3),
        ("position_statement", 4),
        ("coding", 9),
    ]


def test_a_description_of_megabytes_is_read_in_part_and_says_so(codeset: CodeSet) -> None:
    report = find(request(Line("76120", "Cineradiography of the lumbar spine " + "x" * 5_000_000), dx="M54.5"), codeset, moving_pictures())
    assert report.suggestion is Suggestion.REFER
    assert any("very long" in caution.message for caution in report.cautions)


def test_markup_in_words_is_kept_as_words(codeset: CodeSet) -> None:
    report = find(request(Line("76120", "<b>Cineradiography</b> of <i>lumbar spine</i>"), dx="Z00.00"), codeset, moving_pictures())
    assert report.policies[0].relation is Relation.APPLIES
    assert "words: cineradiography, lumbar spine" in {hit.why for hit in report.policies[0].hits}


@pytest.mark.toy(4)
def test_an_empty_library_finds_nothing_and_says_so(codeset: CodeSet) -> None:
    report = match(request(Line(), dx="M54.5"), Index([], codeset), codeset)
    assert (report.policies, report.suggestion) == ((), Suggestion.NO_POLICY)
    assert [row.result.value for row in report.codes] == ["not_listed", "not_listed"]
    assert report.cautions == ()
