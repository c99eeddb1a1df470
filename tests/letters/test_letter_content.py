"""What letters say: golden texts, agreement with the decisions, recipients, sources, and what never gets into one.

`UR_DESK_GOLDEN=write` writes the golden texts anew; the change is then read, line by line, before it is kept.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import (
    ABSTRACT,
    APPROVED,
    ASKED,
    BODIES,
    COPIES,
    DATED,
    DENIED,
    ELEMENTS,
    LINES,
    MEMBER,
    NURSE,
    PARTIAL,
    POLICIES,
    SIGNED,
    THERAPY,
    WITHDRAWN,
    WORDING,
    WRITTEN,
    case,
    cites,
    composed,
    facts,
    facts_of_some,
    line,
    noted,
    profile,
    request,
    signature,
    whispered,
    words,
)

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import Against, Asker
from ur_desk.domain.determination import Decision, Determination, Granted, HeldElsewhere, Reason
from ur_desk.domain.letter import Audience, BlockKind, LetterContent, LetterFacts, LetterKind, SourceKind, kind_for
from ur_desk.domain.letters.fields import ServiceName, marked
from ur_desk.domain.letters.trace import leads_somewhere
from ur_desk.domain.people import AccountId, Credential
from ur_desk.domain.request import Claim, Member, Provider, Representative, Request, Timing
from ur_desk.errors import UserError
from ur_desk.letters.elements import missing
from ur_desk.letters.family import Family, family_of

GOLDEN = Path(__file__).parent.parent / "golden" / "letters"
MODIFIED = replace(
    PARTIAL,
    determination=Determination.MODIFIED,
    granted=Granted(code="72110", place_of_service="11", service="Regular x-rays of the neck"),
)


def of(decision: Decision, *lines: int) -> ev.Determined:
    return ev.Determined(lines or (1,), decision)


def letter(kind: LetterKind, asked: Request, *bodies: ev.CaseBody, **changes: object) -> LetterFacts:
    told = case(asked, *bodies)
    return replace(LetterFacts(kind, told, tuple(s.line for s in told.lines), profile(), DATED, POLICIES), **changes)  # type: ignore[arg-type]


def text(content: LetterContent) -> str:
    return "\n".join(s.text for s in content.sentences())


def copy_of(told: LetterFacts) -> str:
    """What the provider's copy says."""
    return text(composed(told, Audience.PROVIDER))


def check_golden(told: str, path: Path) -> None:
    if os.environ.get("UR_DESK_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "family", "audience"), COPIES)
def test_the_whole_text_of_a_letter(kind: LetterKind, family: Family, audience: Audience) -> None:
    path = GOLDEN / family / f"{kind}{'-provider' if audience is Audience.PROVIDER else ''}.txt"
    check_golden(words(composed(facts(kind, family), audience)), path)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", LetterKind)
def test_the_whole_text_of_a_letter_about_some_lines(kind: LetterKind, audience: Audience) -> None:
    told = facts_of_some(kind)
    path = f"{family_of(told.case.request)}/{kind}-some{'-provider' if audience is Audience.PROVIDER else ''}.txt"
    check_golden(words(composed(told, audience)), GOLDEN / path)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(("kind", "family"), WRITTEN)
def test_a_letter_about_some_lines_never_speaks_for_the_whole_request(kind: LetterKind, family: Family, audience: Audience) -> None:
    told = facts_of_some(kind, family)
    content = composed(told, audience)
    assert not missing(content, told, ELEMENTS)
    if content.form:
        return
    said = text(content)
    assert "A brace for the lower back: We have not decided about this yet. We will write to you about it." in said
    whole = composed(facts(kind, family), audience)
    assert content.title != whole.title or kind in TITLES_OF_ANY_PART
    for clause in WORDING.clauses:
        if clause.endswith(".some") and not clause.startswith("title."):
            assert WORDING.clauses[clause.removesuffix(".some")].text not in said, clause


TITLES_OF_ANY_PART = {
    LetterKind.PARTIAL,
    LetterKind.INFORMATION_REQUEST,
    LetterKind.EXTENSION,
    LetterKind.EXPEDITE_REFUSED,
    LetterKind.APPEAL_PARTLY_OVERTURNED,
}
"""Kinds whose title is as true of some services as of all."""

DENIED_TOO = of(DENIED, 3)
LEFT_OUT = {
    "denied": (DENIED_TOO, "A brace for the lower back: We write to you about this in another notice."),
    "withdrawn": (
        replace(WITHDRAWN, lines=(3,)),
        "A brace for the lower back: This was withdrawn, so we made no decision about it.",
    ),
}


@pytest.mark.parametrize(("body", "says"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_became_of_the_other_lines_is_told_as_it_stands(body: ev.CaseBody, says: str) -> None:
    told = facts_of_some(LetterKind.APPROVAL, None, body)
    content = composed(told)
    assert says in text(content)
    clauses = frozenset(clause.ref for clause in WORDING.clauses.values())
    assert all(leads_somewhere(source, told, clauses) for s in content.sentences() for source in s.sources)


def test_a_line_entered_in_error_is_no_rest_of_the_request() -> None:
    voided = replace(DENIED, determination=Determination.VOIDED)
    told = facts_of_some(LetterKind.APPROVAL, None, ev.Voided((3,), voided))
    assert words(composed(told)) == words(composed(facts(LetterKind.APPROVAL)))


def test_another_line_without_a_name_is_told_by_its_number() -> None:
    unnamed = request(line(), line(2, None))
    said = text(composed(letter(LetterKind.APPROVAL, unnamed, of(APPROVED, 1), lines=(1,))))
    assert "Service 2 of the request: We have not decided about this yet." in said


def test_what_another_line_is_called_is_typed_over_like_any_name() -> None:
    told = replace(facts_of_some(LetterKind.APPROVAL), service_names={3: "A soft belt for the back"})
    content = composed(told)
    assert "A soft belt for the back: We have not decided" in text(content)
    assert marked(s for s in content.sentences() if "soft belt" in s.text) == (ServiceName(3),)


def test_the_same_facts_give_the_same_content() -> None:
    assert composed(facts()) == composed(facts())


@pytest.mark.parametrize(
    ("decisions", "kind"),
    [
        ((APPROVED,), LetterKind.APPROVAL),
        ((DENIED,), LetterKind.ADVERSE),
        ((PARTIAL,), LetterKind.PARTIAL),
        ((MODIFIED,), LetterKind.PARTIAL),
        ((APPROVED, APPROVED), LetterKind.APPROVAL),
        ((DENIED, DENIED), LetterKind.ADVERSE),
        ((APPROVED, DENIED), LetterKind.PARTIAL),
        ((DENIED, PARTIAL), LetterKind.PARTIAL),
        ((APPROVED, MODIFIED), LetterKind.PARTIAL),
    ],
)
@pytest.mark.parametrize("written", list(LetterKind))
def test_a_letter_agrees_with_the_decisions_or_is_refused(decisions: tuple[Decision, ...], kind: LetterKind, written: LetterKind) -> None:
    asked = request(*(replace(THERAPY, line=n) for n in range(1, len(decisions) + 1)))
    told = letter(written, asked, *(of(decision, n) for n, decision in enumerate(decisions, start=1)))
    if written is not kind:
        with pytest.raises(UserError, match="contradict the decisions"):
            composed(told)
        return
    content = composed(told)
    states = {"approved": "Approved", "partially_approved": "Approved in part", "modified": "Approved with changes", "denied": "Denied"}
    if kind is not LetterKind.APPROVAL:
        table = next(b for b in content.blocks if b.kind is BlockKind.TABLE)
        assert [row[-1].text.split("\n")[0] for row in table.rows[1:]] == [states[d.determination] for d in decisions]
    assert content.kind is kind


@pytest.mark.parametrize(
    ("bodies", "because"),
    [
        ((), "not decided"),
        ((ev.Withdrawn((1,), "the clinic", SIGNED, "by fax", replace(APPROVED, determination=Determination.WITHDRAWN)),), "withdrawn"),
        ((ev.Referred((1,), "summary"),), "not decided"),
        ((ASKED, ev.InformationReceived((1,), "notes", SIGNED)), "not decided"),
    ],
)
def test_what_is_not_decided_has_no_notice(bodies: tuple[ev.CaseBody, ...], because: str) -> None:
    with pytest.raises(UserError, match=because):
        composed(letter(LetterKind.ADVERSE, request(), *bodies))


def test_no_lines_make_no_letter() -> None:
    with pytest.raises(UserError, match="No line is picked"):
        kind_for(())


def test_lines_are_noticed_each_in_its_own_time() -> None:
    both = request(line(), THERAPY)
    content = composed(letter(LetterKind.APPROVAL, both, of(APPROVED, 2), ev.Referred((1,), "summary"), lines=(2,)))
    assert content.lines == (2,)
    assert next(b for b in content.blocks if b.kind is BlockKind.TABLE).rows[1][0].text == "Physical therapy for the lower back"
    assert text(content).count("Moving x-ray pictures") == 1, "only among the rest of the request"


@pytest.mark.parametrize(
    ("decision", "because"),
    [
        (replace(APPROVED, granted=Granted(quantity=Decimal(3))), "called approved"),
        (replace(APPROVED, granted=Granted(code="97140")), "called approved"),
        (replace(APPROVED, granted=Granted(last_day=date(2026, 11, 20))), "called approved"),
        (replace(APPROVED, granted=Granted(first_day=date(2026, 11, 20))), "called approved"),
        (replace(APPROVED, granted=Granted(place_of_service="12")), "called approved"),
        (replace(APPROVED, granted=Granted(provider="Another Clinic")), "called approved"),
        (replace(PARTIAL, granted=Granted()), "nothing says what is approved instead"),
        (replace(MODIFIED, granted=None), "nothing says what is approved instead"),
    ],
)
def test_terms_that_contradict_the_determination_are_refused(decision: Decision, because: str) -> None:
    kind = LetterKind.APPROVAL if decision.determination is Determination.APPROVED else LetterKind.PARTIAL
    with pytest.raises(UserError, match=because):
        composed(letter(kind, request(replace(THERAPY, line=1)), of(decision)))


def test_another_service_that_is_approved_is_named_to_both_readers() -> None:
    told = letter(LetterKind.PARTIAL, request(line()), of(MODIFIED))
    for audience in Audience:
        said = text(composed(told, audience))
        assert "Approved with changes\nApproved: Regular x-rays of the neck" in said
        assert "named in the letter" not in said
        assert not missing(composed(told, audience), told, ELEMENTS)


def test_no_letter_leaves_while_nobody_named_the_other_service() -> None:
    assert MODIFIED.granted is not None
    unnamed = replace(MODIFIED, granted=replace(MODIFIED.granted, service=None))
    with pytest.raises(UserError, match="what that is called"):
        composed(letter(LetterKind.PARTIAL, request(line()), of(unnamed)))


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        (Granted(quantity=Decimal(6)), "Denied: the other 6 visits"),
        (Granted(quantity=Decimal(11)), "Denied: the other 1 visit"),
        (Granted(quantity=Decimal(6), last_day=date(2026, 11, 30)), "Denied: the rest of what was asked for"),
        (Granted(last_day=date(2026, 11, 30)), "Denied: the rest of what was asked for"),
    ],
)
def test_what_is_denied_of_a_line_stands_beside_what_is_approved(granted: Granted, told: str) -> None:
    content = composed(letter(LetterKind.PARTIAL, request(replace(THERAPY, line=1)), of(replace(PARTIAL, granted=granted))))
    assert told in text(content).split("\n")


def test_an_approval_may_fill_in_what_the_request_left_open() -> None:
    open_line = line(quantity=None, unit=None, first_day=None, last_day=None, place_of_service=None)
    granted = Granted(quantity=Decimal(2), unit="VS", first_day=date(2026, 12, 1), last_day=date(2026, 12, 31), place_of_service="11")
    told = text(composed(letter(LetterKind.APPROVAL, request(open_line), of(replace(APPROVED, granted=granted)))))
    assert "Amount: 2 visits\nDates: December 1, 2026 to December 31, 2026\nPlace: Office\nProvider: Orchard Row Imaging" in told
    assert "The approval starts on December 1, 2026 and ends on December 31, 2026." in told


def test_what_the_request_left_open_is_said_so_and_not_guessed() -> None:
    told = text(
        composed(letter(LetterKind.ADVERSE, request(line(quantity=None, first_day=None, last_day=None, place_of_service=None)), of(DENIED)))
    )
    assert "Amount: not stated in the request\nDates: not stated in the request\nPlace: not stated in the request" in told


@pytest.mark.parametrize(
    ("unit", "place", "told"),
    [
        ("UN", "22", ("1 unit", "Outpatient hospital")),
        ("visits", "11", ("1 visit", "Office")),
        ("cycles", "Mobile van", ("1 cycles", "Mobile van")),
        (None, "2", ("1", "Telehealth, not at the patient’s home")),
        (" ", "99", ("1", "99")),
    ],
)
def test_units_and_places_are_told_in_words_where_they_are_known(unit: str | None, place: str, told: tuple[str, str]) -> None:
    said = text(composed(letter(LetterKind.APPROVAL, request(line(unit=unit, place_of_service=place)), of(APPROVED))))
    assert f"Amount: {told[0]}\n" in said
    assert f"Place: {told[1]}\n" in said


def _member(**changes: object) -> Callable[[Request], Request]:
    return lambda asked: replace(asked, member=replace(MEMBER, **changes))  # type: ignore[arg-type]


MOTHER = Representative("Orla Brannigan", "mother", "3 Elm Road\nGary, IN 46402", authority_on_file=True)


@pytest.mark.parametrize(
    ("change", "recipient"),
    [
        (_member(), ("Thea Brannigan", "27 Alder Street, Apartment 4", "Muncie, IN 47302")),
        (_member(confidential_address="P.O. Box 77\nMuncie, IN 47305"), ("Thea Brannigan", "P.O. Box 77", "Muncie, IN 47305")),
        (_member(representative=MOTHER), ("Orla Brannigan", "3 Elm Road", "Gary, IN 46402")),
        (_member(representative=replace(MOTHER, address=None)), ("Orla Brannigan", "27 Alder Street, Apartment 4", "Muncie, IN 47302")),
        (_member(representative=replace(MOTHER, authority_on_file=False)), ("Thea Brannigan", "27 Alder Street, Apartment 4", "Muncie, IN 47302")),
        (
            _member(representative=MOTHER, confidential_address="P.O. Box 77, Muncie, IN 47305"),
            ("Orla Brannigan", "P.O. Box 77", "Muncie, IN 47305"),
        ),
        (_member(address=None), ("Thea Brannigan",)),
    ],
)  # fmt: skip
def test_the_recipient(change: Callable[[Request], Request], recipient: tuple[str, ...]) -> None:
    assert composed(facts(change=change)).recipient == recipient


def test_a_confidential_address_keeps_every_other_out_of_the_letter() -> None:
    content = composed(facts(change=_member(confidential_address="P.O. Box 77\nMuncie, IN 47305")))
    assert "Alder Street" not in words(content)


def test_a_representative_is_told_whom_the_letter_means() -> None:
    told = text(composed(facts(change=_member(representative=MOTHER))))
    assert "Dear Orla Brannigan," in told
    assert "you act for Thea Brannigan" in told


def test_the_provider_who_asked_gets_a_copy_by_role_where_no_name_is_known() -> None:
    assert composed(facts()).copies == (("Dr. Imogen Castellanos", "9 Mill Lane", "Muncie, IN 47303"),)
    unnamed = composed(facts(change=lambda asked: replace(asked, requesting_provider=None)))
    assert unnamed.copies == (("the provider who asked for this care",),)


def test_care_that_is_done_is_told_as_done() -> None:
    def done(asked: Request) -> Request:
        return replace(asked, timing=Timing.POSTSERVICE, claim=Claim("CL-88", Decimal("1240.5")))

    told = words(composed(facts(change=done)))
    assert "asked us to cover care that you have had" in told
    assert "Claim number | CL-88" in told
    assert "Amount billed | $1,240.50" in told
    approval = words(composed(facts(LetterKind.APPROVAL, change=done)))
    assert "You must have been covered by the plan on the day you had the care." in approval
    assert "before you get the care" not in approval


def test_an_approval_says_nothing_of_coverage_that_nobody_checked() -> None:
    everything = tuple(item.value for item in ev.CoverageItem)
    told = text(composed(letter(LetterKind.APPROVAL, request(), of(replace(APPROVED, unchecked=everything)))))
    assert "We have not checked these points: whether you are covered on the day of the care; " in told
    for never in ("you are eligible", "we will pay", "is covered", "in network"):
        assert never not in told.lower()
    checked = text(composed(letter(LetterKind.APPROVAL, request(), of(replace(APPROVED, unchecked=())))))
    assert "not checked" not in checked


def test_a_document_is_quoted_and_an_abstract_never() -> None:
    quoted = copy_of(facts())
    assert f"Line 4: “{LINES[3]}”" in quoted
    resting = replace(DENIED, reason=replace(DENIED.reason, policy_lines=(cites(4, 5, ABSTRACT),)))
    restated = copy_of(letter(LetterKind.ADVERSE, request(), of(resting)))
    assert f"Abstract, line 4: {LINES[3]}" in restated
    assert "not the policy’s own words" in restated
    assert f"“{LINES[3]}" not in restated


def test_a_quotation_may_be_part_of_a_line() -> None:
    part = replace(cites(4), anchor=replace(cites(4).anchor, start=0, end=26))
    told = copy_of(letter(LetterKind.ADVERSE, request(), of(replace(DENIED, reason=replace(DENIED.reason, policy_lines=(part,))))))
    assert "Line 4: “Moving pictures of the spi”" in told
    assert "investigational" not in told


def test_cited_lines_that_are_not_at_hand_are_refused() -> None:
    with pytest.raises(UserError, match="not in this workspace"):
        composed(facts(policies={}))
    beyond = replace(DENIED, reason=replace(DENIED.reason, policy_lines=(cites(4, 99),)))
    with pytest.raises(UserError, match="not in this workspace"):
        composed(letter(LetterKind.ADVERSE, request(), of(beyond)), Audience.PROVIDER)


def test_a_policy_without_publisher_is_the_plans() -> None:
    unsigned = {text: replace(policy, publisher=None) for text, policy in POLICIES.items()}
    assert "from Fernhill Health Plan." in text(composed(facts(policies=unsigned)))


def test_a_criterion_held_elsewhere_is_named_and_not_quoted() -> None:
    held = HeldElsewhere("Example Criteria Group", "Spine Imaging", "2026", "Cine studies")
    made = replace(
        DENIED, reason=replace(DENIED.reason, policy_lines=(), held_elsewhere=(held, HeldElsewhere("The plan", "Booklet", "", "")))
    )
    told = copy_of(letter(LetterKind.ADVERSE, request(), of(made)))
    assert "We used the guideline “Spine Imaging” from Example Criteria Group." in told
    assert "Example Criteria Group, “Spine Imaging”, version 2026, section Cine studies." in told
    assert "The plan, “Booklet”." in told


@pytest.mark.parametrize(
    ("kind", "told"),
    [("MD", "A physician reviewed"), ("D.O.", "A physician reviewed"), ("PharmD", "A licensed health professional reviewed")],
)
def test_only_a_physician_is_called_one(kind: str, told: str) -> None:
    made = replace(DENIED, signature=replace(signature(), credential=Credential(kind, "1", "IN")))
    assert told in text(composed(letter(LetterKind.ADVERSE, request(), of(made))))


def test_who_approves_signs_for_the_plan_and_who_denies_decides() -> None:
    both = composed(letter(LetterKind.PARTIAL, request(line(), THERAPY), of(DENIED), of(APPROVED, 2)), Audience.PROVIDER)
    told = words(both)
    assert "Decided by | Kwame Osei, MD" in told
    assert "Signed for the plan by | Mara Lindqvist, RN" in told


def test_one_reason_for_several_lines_stands_once_and_names_them() -> None:
    lines = [replace(THERAPY, line=n) for n in range(1, 6)]
    told = text(composed(letter(LetterKind.PARTIAL, request(*lines), of(DENIED, 1, 2, 3, 5), of(PARTIAL, 4))))
    assert told.count(DENIED.reason.words) == 1
    assert "For numbers 1 to 3, 5 of the services above:" in told
    assert told.count("We used the medical policy") == 1


def test_information_that_would_help_is_told_where_the_decider_named_it() -> None:
    made = replace(DENIED, information_needed="An x-ray report from this year.")
    told = text(composed(letter(LetterKind.ADVERSE, request(), of(made))))
    assert "To look at this request again, we would need: An x-ray report from this year." in told
    assert "did not ask for other information" not in told


def test_a_plain_name_stands_for_the_senders_words() -> None:
    named = facts(service_names={1: "A moving x-ray of the back"}, composed_by=NURSE)
    content = composed(named)
    said = next(s for s in content.sentences() if s.element == "service")
    assert said.text == "A moving x-ray of the back"
    assert (SourceKind.STATEMENT, NURSE) in {(s.kind, s.ref) for s in said.sources}


def test_days_are_told_as_they_were_where_the_request_came_in() -> None:
    late = datetime(2026, 11, 4, 3, 30, tzinfo=UTC)
    assert "Request received | November 3, 2026" in words(composed(facts(change=lambda asked: replace(asked, received_at=late))))
    nowhere = composed(facts(change=lambda asked: replace(asked, received_at=late, received_zone="Not/AZone")))
    assert "Request received | November 4, 2026" in words(nowhere)


@pytest.mark.parametrize(("kind", "family", "audience"), COPIES)
def test_every_sentence_names_sources_that_are_there(kind: LetterKind, family: Family, audience: Audience) -> None:
    told, clauses = facts(kind, family), frozenset(clause.ref for clause in WORDING.clauses.values())
    sources = {source for sentence in composed(told, audience).sentences() for source in sentence.sources}
    assert [source for source in sources if not leads_somewhere(source, told, clauses)] == []


@pytest.mark.parametrize(("kind", "family"), WRITTEN)
def test_a_letter_to_the_member_holds_no_codes(kind: LetterKind, family: Family) -> None:
    content = composed(facts(kind, family))
    plain = text(content)
    for code in ("76496", "97110", "CPT", "NPI", "FHP.0042", "1558597799"):
        assert code not in plain
    assert not any(block.technical for block in content.blocks)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_provider_gets_the_medical_part_apart_and_no_rights_of_the_member(kind: LetterKind) -> None:
    blocks = composed(facts(kind), Audience.PROVIDER).blocks
    technical = [block.technical for block in blocks]
    first, last = technical.index(True), len(technical) - technical[::-1].index(True)
    assert all(technical[first:last])
    headings = [b.rows[0][0].text for b in blocks if b.kind is BlockKind.HEADING]
    assert headings.index("Medical and coding details") < headings.index("Questions?")
    assert not {"Your right to appeal", "If you need a fast answer", "Free copies for you"} & set(headings)
    said = "\n".join(s.text for block in blocks for s in block.sentences)
    assert "76496" in said


@pytest.mark.parametrize(("kind", "family"), WRITTEN)
def test_member_and_provider_are_told_the_same_facts(kind: LetterKind, family: Family) -> None:
    told = facts(kind, family)
    member, provider = composed(told), composed(told, Audience.PROVIDER)
    assert (member.kind, member.lines, member.dated, member.case_number) == (
        provider.kind,
        provider.lines,
        provider.dated,
        provider.case_number,
    )
    for state in told.states:
        if state.decision and state.determination not in (Determination.WITHDRAWN, Determination.NOT_REQUIRED):
            for said in (text(member), text(provider)):
                assert state.decision.reason.words in said


SECRET = "Zebra-Quartz-9917"


@pytest.mark.parametrize("kind", list(LetterKind))
@given(secret=st.text(alphabet="QXZ789", min_size=8, max_size=30))
@settings(max_examples=15, deadline=None)
def test_notes_summaries_contacts_and_questions_never_reach_a_letter(kind: LetterKind, secret: str) -> None:
    told = facts(kind, None, *whispered(secret), change=noted(secret))
    for audience in Audience:
        content = composed(told, audience)
        everything = words(content) + str(content.copies) + str(content.sender) + content.title
        assert secret not in everything
        assert secret not in str([source for s in content.sentences() for source in s.sources])


def test_a_clarification_of_the_nurse_stays_in_the_case() -> None:
    told = letter(LetterKind.APPROVAL, request(), of(replace(APPROVED, clarification=SECRET)))
    assert SECRET not in words(composed(told))


def test_control_and_direction_characters_of_people_do_not_get_in() -> None:
    odd = replace(DENIED, reason=replace(DENIED.reason, words="One\x00\u202e two\nThree\u200b"), rationale="Four\x1b five")
    asked = request(line(words="Six\u2066 seven"), member=replace(MEMBER, given="Th\u202eea"))
    told = words(composed(letter(LetterKind.ADVERSE, asked, of(odd))))
    assert not set(told) & set("\x00\x1b\u200b\u202e\u2066")
    assert "One two\nThree" in told


def test_what_shows_nothing_does_not_break_a_letter() -> None:
    unseen = "\u200b\u202e"
    held = HeldElsewhere(unseen, unseen, unseen, unseen)
    made = replace(DENIED, reason=replace(DENIED.reason, held_elsewhere=(held,)))
    asked = request(line(words=unseen), member=Member(unseen, unseen, unseen, address=unseen), requesting_provider=Provider(unseen, "1"))
    assert composed(letter(LetterKind.ADVERSE, asked, of(made)))


@pytest.mark.parametrize("lines", [(), (7,), (1, 7)])
def test_a_letter_is_about_lines_of_its_case(lines: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="lines of its case"):
        facts(lines=lines)


def test_a_reason_without_policy_is_told_as_such_to_the_provider() -> None:
    made = Decision(Determination.DENIED, Reason("Words.", no_policy_found=True), signature(), rationale="Why.")
    assert "We found no medical policy about this service." in copy_of(letter(LetterKind.ADVERSE, request(), of(made)))


def test_an_information_request_groups_what_was_asked_together() -> None:
    other = replace(ASKED, lines=(2,), items=("The plan of care",), asked_of="The therapy office")
    told = letter(LetterKind.INFORMATION_REQUEST, request(line(), THERAPY), ASKED, other)
    said = text(composed(told))
    assert "For number 2 of the services above:" in said
    assert "We asked The therapy office to send us:" in said


def test_an_account_may_be_any_text() -> None:
    made = replace(DENIED, signature=replace(signature(), account=AccountId("a.b/c d")))
    assert composed(letter(LetterKind.ADVERSE, request(), of(made)))


def test_the_provider_hears_what_an_approval_is_not_and_what_nobody_checked() -> None:
    said = copy_of(facts(LetterKind.APPROVAL))
    assert "This approval is not a guarantee of payment." in said
    assert "We have not checked these points: whether the provider is in the plan’s network; whether the member has other" in said
    assert "you are covered" not in said
    medicare = copy_of(facts(LetterKind.APPROVAL, Family.MEDICARE_ADVANTAGE))
    assert "guarantee" not in medicare
    assert "only for good cause" in medicare


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("kind", [LetterKind.APPROVAL, LetterKind.PARTIAL])
def test_the_number_of_an_approval_stands_with_it(kind: LetterKind, audience: Audience) -> None:
    told = facts(kind)
    assert "Authorization number" not in text(composed(told, audience))
    numbered = case(request(line(), THERAPY), *BODIES[kind][1], ev.AuthorizationNumbered((2,), "FH00017", True))
    said = text(composed(replace(told, case=numbered), audience))
    assert said.count("Authorization number: FH00017") == 1


@pytest.mark.parametrize("audience", Audience)
def test_an_appeal_names_who_asked_for_it_and_the_provider_as_no_more_than_that(audience: Audience) -> None:
    asked = ev.AppealTold(Asker.MEMBER, "Thea Brannigan", (Against(1, 1, Determination.DENIED),))
    said = words(composed(facts(LetterKind.APPEAL_UPHELD, None, asked), audience))
    head = said.partition("Dear ")[0]
    assert "Appeal asked for by | Thea Brannigan" in head
    assert "Provider | Dr. Imogen Castellanos" in head
    assert "Requested by" not in head
    assert "Appeal received | November 3, 2026" in head
    unknown = words(composed(facts(LetterKind.APPEAL_UPHELD), audience)).partition("Dear ")[0]
    assert "Appeal asked for by" not in unknown


def test_a_dismissal_says_until_when_and_at_which_number_one_may_ask() -> None:
    said = text(composed(facts(LetterKind.DISMISSED)))
    assert "You have 65 days to ask. The 65 days start on the date of this letter." in said
    assert "Or call 1-800-555-0101." in said
