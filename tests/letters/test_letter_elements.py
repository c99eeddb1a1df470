"""Required elements: each present in a whole letter, each missed when it is absent, each with its rule and what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from letter_cases import (
    APPROVED,
    ASKED,
    COPIES,
    DENIED,
    ELEMENTS,
    MEMBER,
    PHYSICIAN,
    THERAPY,
    WRITTEN,
    case,
    composed,
    facts,
    facts_of_some,
    line,
    profile,
    request,
    signature,
)

from ur_desk import paths
from ur_desk.domain import events as ev
from ur_desk.domain.decisions.signing import Demand
from ur_desk.domain.decisions.signing import required as required_of_signers
from ur_desk.domain.determination import Decision, HeldElsewhere
from ur_desk.domain.letter import (
    Audience,
    LetterContent,
    LetterFacts,
    LetterKind,
    MissingElement,
    PlanProfile,
    Sentence,
    SentenceSource,
    SourceKind,
)
from ur_desk.domain.people import Account, Role
from ur_desk.domain.request import LineOfBusiness, Member, Request, Timing
from ur_desk.letters.elements import Per, Rule, lines_of, missing, required
from ur_desk.letters.family import Family
from ur_desk.records.signing import signing_rules

KINDS = COPIES
FRAME = {"recipient_address", "provider_copy", "governing_state", "approved_days", "service_day", "translator"}


def gaps(told: LetterFacts, audience: Audience = Audience.MEMBER) -> tuple[MissingElement, ...]:
    return missing(composed(told, audience), told, ELEMENTS)


def names(told: LetterFacts, *audiences: Audience) -> set[str]:
    """What the letters for these readers lack; for all readers where none is named."""
    return {gap.element for audience in audiences or Audience for gap in gaps(told, audience)}


def without(content: LetterContent, element: str) -> LetterContent:
    blocks = tuple(
        replace(block, rows=tuple(tuple(replace(s, element=None) if s.element == element else s for s in row) for row in block.rows))
        for block in content.blocks
    )
    return replace(content, blocks=blocks)


@pytest.mark.parametrize(("kind", "family", "audience"), KINDS)
def test_a_whole_letter_misses_nothing(kind: LetterKind, family: Family, audience: Audience) -> None:
    assert gaps(facts(kind, family), audience) == ()


@pytest.mark.parametrize(("kind", "family", "audience"), KINDS)
def test_every_element_is_missed_when_no_sentence_holds_it(kind: LetterKind, family: Family, audience: Audience) -> None:
    told = facts(kind, family)
    content, asked = composed(told, audience), required(told, ELEMENTS, audience)
    assert len(asked) >= (14 if audience is Audience.MEMBER else 8)
    for each in asked:
        found = missing(without(content, each.element.id), told, ELEMENTS)
        if each.element.id in FRAME:
            assert found == ()
        else:
            assert {gap.element for gap in found} == {each.element.id}
            assert all(gap.rule == each.rule and gap.message.endswith(each.element.when_empty) for gap in found)


@pytest.mark.parametrize(("kind", "family", "audience"), KINDS)
def test_every_empty_field_of_the_profile_that_the_letter_needs_blocks_it(kind: LetterKind, family: Family, audience: Audience) -> None:
    told = facts(kind, family)
    for element in (each.element for each in required(told, ELEMENTS, audience)):
        owner, _, field = element.fed_by.partition(".")
        if owner == "profile" and element.id != "send_to":
            empty: dict[str, Any] = {field: "  \n"}
            emptied = replace(told, profile=replace(told.profile, **empty))
            assert element.id in names(emptied, audience), field


@pytest.mark.parametrize(("kind", "family", "audience"), KINDS)
def test_an_empty_profile_gives_a_letter_that_says_all_it_misses_and_no_error(kind: LetterKind, family: Family, audience: Audience) -> None:
    told = facts(kind, family)
    empty = replace(told, profile=PlanProfile(told.profile.line_of_business, "IN"))
    fed = {each.element.id for each in required(told, ELEMENTS, audience) if each.element.fed_by.startswith("profile.")}
    assert names(empty, audience) == fed


def test_a_profile_asks_for_the_fields_that_its_letters_need_and_for_no_other() -> None:
    for business in LineOfBusiness:
        families = {family for _, family in WRITTEN if facts(LetterKind.APPROVAL, family).profile.line_of_business is business}
        fed = {
            each.element.fed_by.removeprefix("profile.")
            for kind, family in WRITTEN
            if family in families
            for audience in Audience
            for each in required(facts(kind, family), ELEMENTS, audience)
            if each.element.fed_by.startswith("profile.")
        }
        wanted = set(PlanProfile(business, "IN").wanted_fields)
        if families:
            assert fed <= wanted
            assert wanted - fed <= {"appeal_phone", "appeal_fax", "consumer_assistance_text", "plan_provision"}


def test_a_slot_for_a_language_that_nobody_has_filled_blocks_the_letter() -> None:
    told = facts()
    for slots in ("es: Ayuda.\nzh:", "zh:", "es Ayuda sin dos puntos"):
        open_slot = replace(told, profile=replace(told.profile, taglines=slots))
        assert names(open_slot, Audience.MEMBER) == {"taglines"}
    assert names(replace(told, profile=replace(told.profile, taglines="es: Ayuda.")), Audience.MEMBER) == set()


def test_a_rule_that_nobody_has_seen_is_shown_as_unverified() -> None:
    empty = replace(facts(), profile=replace(facts().profile, plan_provision="", taglines=""))
    told = {gap.element: gap.rule for gap in gaps(empty)}
    assert told["plan_provision"] == "29 CFR 2560.503-1(g)(1)(ii): the plan provision on which the decision is based [unverified]"
    assert "[unverified]" not in told["taglines"]


def test_every_rule_says_where_its_text_was_seen_or_stands_unverified() -> None:
    for rule in ELEMENTS.rules:
        assert rule.checked is None or rule.source, rule.words
        assert rule.words


def test_a_state_and_a_day_add_their_own_rules() -> None:
    def rules(told: LetterFacts, audience: Audience) -> set[str]:
        return {rule.words for each in required(told, ELEMENTS, audience) for rule in each.rules}

    here = facts(LetterKind.ADVERSE, Family.COMMERCIAL_INSURED)
    there = replace(here, case=replace(here.case, request=replace(here.case.request, state="wa")))
    assert any("WAC" in words for words in rules(there, Audience.MEMBER) - rules(here, Audience.MEMBER))
    now = facts(LetterKind.ADVERSE, Family.MEDICAID_MANAGED_CARE)
    earlier = replace(now, dated=date(2025, 12, 31))
    new = rules(now, Audience.PROVIDER) - rules(earlier, Audience.PROVIDER)
    assert new == {"CMS-0057-F: the specific reason to the provider, whatever the channel"}


def test_a_letter_in_another_language_names_its_translator() -> None:
    told = facts()
    spanish = replace(composed(told), language="es")
    assert {gap.element for gap in missing(spanish, told, ELEMENTS)} == {"translator", "translated_text"}
    translated = missing(replace(spanish, translator="Ines Robledo, October 2, 2026"), told, ELEMENTS)
    assert {gap.element for gap in translated} == {"translated_text"}
    assert f"Have this text translated: “{DENIED.reason.words}”" in {gap.message for gap in translated}
    assert "translator" not in {each.element.id for each in required(told, ELEMENTS)}


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
        return {e.element.id for e in required(facts(LetterKind.ADVERSE, family), ELEMENTS)}

    state, erisa, both = (ids(f) for f in (Family.COMMERCIAL_INSURED, Family.ERISA_SELF_FUNDED, Family.INSURED_EMPLOYER_GROUP))
    assert both == state | erisa
    assert "governing_state" in state - erisa
    assert {"erisa_civil_action", "erisa_text", "labor_department"} == erisa - state


def test_an_approval_carries_no_right_of_appeal_and_a_denial_no_promise() -> None:
    approval = {e.element.id for e in required(facts(LetterKind.APPROVAL), ELEMENTS)}
    adverse = {e.element.id for e in required(facts(LetterKind.ADVERSE), ELEMENTS)}
    partial = {e.element.id for e in required(facts(LetterKind.PARTIAL), ELEMENTS)}
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


@pytest.mark.parametrize("rule", ELEMENTS.rules, ids=lambda rule: rule.words[:40])
def test_every_rule_asks_for_what_the_program_can_give(rule: Rule) -> None:
    kind, family = min((k, f) for k, f in WRITTEN if k in rule.kinds and f in rule.families)
    for audience in rule.audiences:
        told = (facts_of_some if "rest_of_request" in rule.elements else facts)(kind, family)
        held = composed(told, audience).elements
        for element in (ELEMENTS.elements[each] for each in rule.elements):
            assert element.id in FRAME or element.id in held
            if element.per is Per.APPROVED_LINE:
                assert not rule.kinds & {LetterKind.ADVERSE, LetterKind.APPEAL_UPHELD}


SIGNING = signing_rules((paths.resources() / "signing" / "indiana.json").read_bytes())
INDIANA = ("commercial_insured", "insured_employer_group", "qhp_ffe", "government_self_funded")


@pytest.mark.parametrize("family", INDIANA)
@pytest.mark.parametrize("received", [datetime(2025, 6, 30, 16, tzinfo=UTC), datetime(2025, 7, 1, 16, tzinfo=UTC)])
def test_what_indiana_asks_of_a_letter_is_asked_of_whoever_signs_it(family: str, received: datetime) -> None:
    told = facts(LetterKind.ADVERSE, Family(family), change=lambda asked: replace(asked, received_at=received))
    asked = required(told, ELEMENTS)
    doctor = Account(PHYSICIAN, "osei", "Kwame Osei", frozenset({Role.PHYSICIAN}), signature().credential)
    asks = required_of_signers(told.case, (1,), doctor, told.dated, SIGNING).asks(Demand.ALTERNATIVES) is not None
    assert ("alternatives" in {each.element.id for each in asked}) is asks
    assert asks is (received >= datetime(2025, 7, 1, tzinfo=UTC))
