"""Required elements: each present in a whole letter, each missed when it is absent, each with its rule and what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from letter_cases import APPROVED, ASKED, DENIED, ELEMENTS, MEMBER, THERAPY, case, composed, facts, line, profile, request, signature

from ur_desk.domain import events as ev
from ur_desk.domain.determination import Decision, HeldElsewhere
from ur_desk.domain.letter import LetterContent, LetterFacts, LetterKind, MissingElement, PlanProfile, Sentence, SentenceSource, SourceKind
from ur_desk.domain.request import Member, Request, Timing
from ur_desk.letters.elements import Element, Per, lines_of, missing, required
from ur_desk.letters.family import Family

KINDS = [(kind, family) for kind in LetterKind for family in Family]
FRAME = {"recipient_address", "provider_copy", "governing_state", "approved_days", "service_day"}


def gaps(told: LetterFacts) -> tuple[MissingElement, ...]:
    return missing(composed(told), told, ELEMENTS)


def names(told: LetterFacts) -> set[str]:
    return {gap.element for gap in gaps(told)}


def without(content: LetterContent, element: str) -> LetterContent:
    blocks = tuple(
        replace(block, rows=tuple(tuple(replace(s, element=None) if s.element == element else s for s in row) for row in block.rows))
        for block in content.blocks
    )
    return replace(content, blocks=blocks)


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_a_whole_letter_misses_nothing(kind: LetterKind, family: Family) -> None:
    assert gaps(facts(kind, family)) == ()


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_every_element_is_missed_when_no_sentence_holds_it(kind: LetterKind, family: Family) -> None:
    told = facts(kind, family)
    content, asked = composed(told), required(told, ELEMENTS)
    assert len(asked) >= 16
    for element in asked:
        found = missing(without(content, element.id), told, ELEMENTS)
        if element.id in FRAME:
            assert found == ()
        else:
            assert {gap.element for gap in found} == {element.id}
            assert all(gap.rule == element.rule and gap.message.endswith(element.when_empty) for gap in found)


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_every_empty_field_of_the_profile_that_the_letter_needs_blocks_it(kind: LetterKind, family: Family) -> None:
    told = facts(kind, family)
    for element in required(told, ELEMENTS):
        owner, _, field = element.fed_by.partition(".")
        if owner == "profile" and element.id != "send_to":
            emptied = replace(told, profile=replace(told.profile, **{field: "  \n"}))
            assert element.id in names(emptied), field


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_an_empty_profile_gives_a_letter_that_says_all_it_misses_and_no_error(kind: LetterKind, family: Family) -> None:
    told = facts(kind, family)
    empty = replace(told, profile=PlanProfile(told.profile.line_of_business, "IN"))
    fed = {e.id for e in required(told, ELEMENTS) if e.fed_by.startswith("profile.")}
    assert names(empty) == fed


def _asked(
    change: Callable[[Request], Request], kind: LetterKind = LetterKind.ADVERSE, family: Family = Family.COMMERCIAL_INSURED
) -> set[str]:
    return names(facts(kind, family, change=change))


@pytest.mark.parametrize(
    ("member", "element"),
    [
        (replace(MEMBER, address=None), "recipient_address"),
        (replace(MEMBER, address=" \n "), "recipient_address"),
        (replace(MEMBER, member_id=None), "member_number"),
        (replace(MEMBER, given=None, family=None), "member_name"),
    ],
)
def test_what_the_request_does_not_tell_of_the_member_blocks_the_letter(member: Member, element: str) -> None:
    assert _asked(lambda asked: replace(asked, member=member)) == {element}


def test_the_governing_state_is_asked_for_where_state_texts_go_into_the_letter() -> None:
    assert _asked(lambda asked: replace(asked, state=None)) == {"governing_state"}
    assert _asked(lambda asked: replace(asked, state=None), family=Family.ERISA_SELF_FUNDED) == set()


@pytest.mark.parametrize("words", [None, "", "  ", "\u200b", "x" * 301])
def test_a_service_without_plain_words_blocks_the_letter_until_somebody_gives_them(words: str | None) -> None:
    told = facts(change=lambda asked: replace(asked, services=(line(words=words),)))
    assert names(told) == {"service"}
    assert names(replace(told, service_names={1: "A moving x-ray of the back"})) == set()


def test_an_approval_without_days_is_missed_by_line() -> None:
    two = request(line(), replace(THERAPY, first_day=None, last_day=None))
    told = LetterFacts(LetterKind.APPROVAL, case(two, ev.Determined((1, 2), APPROVED)), (1, 2), profile(), date(2026, 11, 11))
    assert [gap.message for gap in gaps(told)] == [
        "Line 2: Record from when to when the approval holds, or the day of the service.",
    ]


def test_the_day_of_care_is_asked_for_only_where_the_care_is_done() -> None:
    def undated(timing: Timing) -> Callable[[Request], Request]:
        return lambda asked: replace(asked, timing=timing, services=(line(first_day=None, last_day=None),))

    assert _asked(undated(Timing.POSTSERVICE)) == {"service_day"}
    assert _asked(undated(Timing.PRESERVICE)) == set()


@pytest.mark.parametrize(
    ("decision", "elements"),
    [
        (replace(DENIED, rationale=" "), {"rationale"}),
        (replace(DENIED, reason=replace(DENIED.reason, words=" \n")), {"reason"}),
        (replace(DENIED, reason=replace(DENIED.reason, policy_lines=())), {"criterion", "cited_lines"}),
        (replace(DENIED, reason=replace(DENIED.reason, policy_lines=(), no_policy_found=True)), {"criterion", "cited_lines"}),
        (replace(DENIED, reason=replace(DENIED.reason, policy_lines=(), held_elsewhere=(HeldElsewhere("A", "B", "", ""),))), set()),
        (replace(DENIED, signature=replace(signature(), credential=None)), {"reviewer"}),
        (replace(DENIED, signature=replace(signature(), name=" ")), {"reviewer"}),
    ],
)
def test_what_a_decision_does_not_say_blocks_its_letter(decision: Decision, elements: set[str]) -> None:
    two = request(line(), line(2))
    told = case(two, ev.Determined((1,), DENIED), ev.Determined((2,), decision))
    found = gaps(replace(facts(), case=told, lines=(1, 2)))
    assert {gap.element for gap in found} <= elements
    assert all(gap.message.startswith("Line 2: ") for gap in found)
    alone = replace(facts(), case=case(request(), ev.Determined((1,), decision)))
    assert names(alone) == elements


@pytest.mark.parametrize(
    ("asked", "elements"),
    [
        (replace(ASKED, answer_by=None), {"answer_by"}),
        (replace(ASKED, items=(" ",)), {"information_asked"}),
        (replace(ASKED, why=""), {"information_why"}),
        (replace(ASKED, asked_of=""), {"asked_of"}),
    ],
)
def test_what_an_information_request_does_not_say_blocks_its_letter(asked: ev.InformationRequested, elements: set[str]) -> None:
    assert names(replace(facts(LetterKind.INFORMATION_REQUEST), case=case(request(), asked))) == elements


def test_information_may_go_by_fax_or_by_mail() -> None:
    told = facts(LetterKind.INFORMATION_REQUEST)
    assert names(replace(told, profile=replace(told.profile, records_fax=""))) == set()
    assert names(replace(told, profile=replace(told.profile, records_fax="", address=""))) == {"send_to", "plan_address"}


def test_an_insured_employer_group_takes_state_and_erisa_texts_together() -> None:
    def ids(family: Family) -> set[str]:
        return {e.id for e in required(facts(LetterKind.ADVERSE, family), ELEMENTS)}

    state, erisa, both = (ids(f) for f in (Family.COMMERCIAL_INSURED, Family.ERISA_SELF_FUNDED, Family.INSURED_EMPLOYER_GROUP))
    assert both == state | erisa
    assert "governing_state" in state - erisa
    assert {"erisa_civil_action", "erisa_text", "labor_department"} == erisa - state


def test_an_approval_carries_no_right_of_appeal_and_a_denial_no_promise() -> None:
    approval = {e.id for e in required(facts(LetterKind.APPROVAL), ELEMENTS)}
    adverse = {e.id for e in required(facts(LetterKind.ADVERSE), ELEMENTS)}
    partial = {e.id for e in required(facts(LetterKind.PARTIAL), ELEMENTS)}
    assert "appeal_window" not in approval
    assert "not_a_guarantee" not in adverse
    assert partial >= approval | adverse


def test_the_lines_that_a_sentence_is_about_follow_from_its_sources() -> None:
    sources = (
        SentenceSource(SourceKind.DECISION, "3"),
        SentenceSource(SourceKind.REQUEST, "services[2].description"),
        SentenceSource(SourceKind.REQUEST, "services[12]"),
        SentenceSource(SourceKind.REQUEST, "member.given"),
        SentenceSource(SourceKind.WORDING, "status.denied@1"),
    )
    assert lines_of(Sentence("words", sources)) == {2, 3, 12}


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda e: e.id)
def test_every_element_has_its_place_in_the_program_or_in_the_frame(element: Element) -> None:
    kind = min(element.kinds)
    family = min(element.families)
    told = facts(kind, family)
    assert element.id in FRAME or element.id in composed(told).elements
    if element.per is Per.APPROVED_LINE:
        assert element.kinds <= {LetterKind.APPROVAL, LetterKind.PARTIAL}
