"""Outcomes over a real workspace: who may save which, also past every button; numbers, entries, and what lists say of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import BOOKLET, LATE, NO_POLICY, NOW, UNCHECKED, confirmed, desk_in, line, open_desk, opened, passphrase, profile, sit_down
from outcome_story import administrative, approval, denial, not_required
from test_composing import words_of

from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.decisions.authorization import series_number
from ur_desk.domain.decisions.grounds import Administrative, Family, Given, Matter
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.determination import Decision, Determination, Granted, HeldElsewhere, Reason
from ur_desk.domain.events import CoverageItem, Determined, Voided
from ur_desk.domain.letter import Audience
from ur_desk.domain.letters.lint import Weight
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.sentences import sentence
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, Stale, UserError
from ur_desk.records.case import case_data

THERAPY = line(2, "97110", "Therapeutic exercise")
MA = LineOfBusiness.MEDICARE_ADVANTAGE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def given(desk: Desk, *matters: Given) -> None:
    """The plan lets other roles sign these; whoever sat at the desk sits there again."""
    before = desk.person, desk.signer
    sit_down(desk, "ada")
    desk.accounts.save_profile(replace(profile(), signers=matters))
    desk.person, desk.signer = before


def deny(desk: Desk, case: Case, *lines: int, who: str = "mara", reason: Reason = BOOKLET) -> Case:
    proof = desk.vault.prove(passphrase(who))
    return desk.determinations.deny_administratively(case.id, case.revision, lines, LATE, reason, proof=proof).value


def approved(desk: Desk) -> Case:
    case = opened(desk, line(1), THERAPY)
    return desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value


def test_a_nurse_denies_administratively_once_the_plan_gave_it_and_not_any_more_once_it_took_it_back(desk: Desk) -> None:
    confirmed(desk, "mara")
    early = date(2017, 10, 2)
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise", early), line(3, "97140", "Manual therapy", early))
    with pytest.raises(Forbidden, match="has not given this to your role"):
        deny(desk, case, 2)
    given(desk, Given(Matter.NOT_TIMELY, Role.NURSE))
    case = deny(desk, case, 2)
    assert case.line(2).determination is Determination.DENIED
    given(desk)
    with pytest.raises(Forbidden, match="has not given this to your role"):
        deny(desk, case, 3)
    told = desk.supervision.verification()
    assert told.holds, told.breaks


def test_a_request_that_came_before_the_service_is_not_refused_as_late(desk: Desk) -> None:
    confirmed(desk, "mara")
    given(desk, Given(Matter.NOT_TIMELY, Role.NURSE))
    case = opened(desk, line(1), THERAPY)
    with pytest.raises(UserError, match="received on 10/05/2017, before the service of 10/12/2017: it was not late"):
        deny(desk, case, 2)
    unknown = opened(desk, line(1), THERAPY, received_at=None, received_zone=None)
    with pytest.raises(UserError, match="Nobody knows when"):
        deny(desk, unknown, 2)


CLINICAL_WORDS = (
    "The study is investigational and not medically necessary.",
    "It is not medic\u0430lly\nnecessary for you.",
    "Studies have not helped; research has shown it.",
)
CLINICAL_CRITERIA = ("InterQual | Spine imaging criteria", "MCG | Low back", "The plan | Clinical guideline 7")


@pytest.mark.parametrize("words", CLINICAL_WORDS)
def test_a_refusal_without_clinical_judgment_is_not_saved_in_clinical_words(desk: Desk, words: str) -> None:
    confirmed(desk, "mara")
    given(desk, Given(Matter.NOT_TIMELY, Role.NURSE))
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise", date(2017, 10, 2)))
    with pytest.raises(UserError, match="gives a clinical judgment"):
        deny(desk, case, 2, reason=replace(BOOKLET, words=words))
    referred = desk.determinations.refer(case.id, case.revision, (2,), "It came late.").value
    sit_down(desk, "osei")
    now = desk.review.open_record(referred.id).value
    key, proof = (now.id, now.revision, (2,)), desk.vault.prove(passphrase("osei"))
    with pytest.raises(UserError, match="gives a clinical judgment"):
        desk.determinations.decide(
            *key,
            Determination.DENIED,
            replace(BOOKLET, words=words),
            "Own.",
            family=Family.ADMINISTRATIVE,
            administrative=LATE,
            proof=proof,
        )


@pytest.mark.parametrize("named", CLINICAL_CRITERIA)
def test_a_refusal_without_clinical_judgment_rests_on_no_clinical_criterion(desk: Desk, named: str) -> None:
    confirmed(desk, "mara")
    given(desk, Given(Matter.NOT_TIMELY, Role.NURSE))
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise", date(2017, 10, 2)))
    owner, title = named.split(" | ")
    with pytest.raises(UserError, match="is a clinical criterion"):
        deny(desk, case, 2, reason=replace(BOOKLET, held_elsewhere=(HeldElsewhere(owner, title, "2017", "1"),)))


VISITS = "Your plan has a benefit limit of 20 visits a year. You had used all of your visits in May, as your doctor's bills show."


def used_up(desk: Desk) -> Case:
    """A nurse, named by the plan, denies the second service because its visits are used up; somebody looked the count up."""
    case = opened(desk, line(1), THERAPY)
    case = desk.review.check_coverage(
        case.id, case.revision, CoverageItem.BENEFIT, "20 visits a year, all used", "the claims system", NOW.date()
    ).value
    reason, ground = replace(BOOKLET, words=VISITS), Administrative(Matter.USED_UP, "The count of visits decides it.")
    proof = desk.vault.prove(passphrase("mara"))
    return desk.determinations.deny_administratively(
        case.id, case.revision, (2,), ground, reason, proof=proof, signing=Signing(attested=True)
    ).value


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Desk]:
    """A workspace for real cases, in which the plan lets a nurse sign that visits are used up."""
    with desk_in(tmp_path / "real", WorkspaceKind.REAL) as made:
        confirmed(made, "mara")
        given(made, Given(Matter.USED_UP, Role.NURSE))
        yield made


def test_the_letter_of_an_administrative_denial_that_a_nurse_signed_leaves_in_both_copies(real: Desk) -> None:
    case = used_up(real)
    preview = finish(real.letters.preview(case.id, (2,)))
    assert (preview.missing, preview.obstacles) == ((), ())
    assert [f for f in preview.findings if f.weight is Weight.STOPS] == []
    done = finish(real.letters.issue(case.id, case.revision, (2,))).value
    assert {letter.audience for letter in done.letters} == set(Audience)
    told = {letter.audience: words_of(real.letters.pdf(letter.id)) for letter in done.letters}
    assert "No medical judgment went into it" in told[Audience.MEMBER]
    assert not any("A physician reviewed" in each for each in told.values())


def test_what_a_plan_gave_is_a_step_of_the_trail_in_words(desk: Desk) -> None:
    given(desk, Given(Matter.USED_UP, Role.SUPERVISOR))
    sit_down(desk, "sol")
    said = [sentence(step.event.body, {}) for step in desk.supervision.workspace_timeline()]
    assert any("Other roles than the physician's sign: limit used up (supervisor)." in words for words in said)


@pytest.mark.parametrize(
    "body",
    [
        denial(2),
        denial(2, kind=Determination.PARTIAL, granted=Granted(unit="visits")),
        denial(2, kind=Determination.MODIFIED, granted=Granted(code="72100", service="Regular x-rays of the neck")),
        denial(2, family=Family.INFORMATION),
        administrative(2),
        approval(1),
    ],
    ids=["denied", "in part", "modified", "for lack of information", "administratively", "against the position"],
)
def test_the_store_keeps_no_decision_of_a_nurse_that_her_role_does_not_make(desk: Desk, body: Determined) -> None:
    case = opened(desk, line(1), THERAPY)
    before = desk.store.ledger.last()
    for verb in ("lines.decide", "lines.approve", "note.add"):
        with pytest.raises(Forbidden), desk.store.atomic():
            desk.append(verb, case.id, body)
    assert desk.store.ledger.last() == before


def test_the_store_asks_the_trail_who_holds_which_role_and_not_a_row(desk: Desk) -> None:
    case = opened(desk, line(1), THERAPY)
    with desk.store.atomic():
        desk.store.accounts.put(replace(desk.person, roles=frozenset({Role.PHYSICIAN, Role.SUPERVISOR})))
    voided = Voided((1,), Decision(Determination.VOIDED, Reason("x"), approval(1).decision.signature))
    for body in (denial(2), voided):
        with pytest.raises(Forbidden), desk.store.atomic():
            desk.append("lines.decide", case.id, body)


def test_a_case_goes_through_number_entry_letter_reopening_and_void_and_its_trail_holds(desk: Desk) -> None:
    case = approved(desk)
    case = desk.determinations.not_required(case.id, case.revision, (1,), "the list of January").value
    case = desk.authorizations.number(case.id, case.revision, (2,)).value
    first = case.line(2).authorization
    assert first is not None
    assert first.number.startswith("UR201700000101")
    case = desk.authorizations.enter(case.id, case.revision, (2,), "Claims One", NOW).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    assert case.letters[0].lines == (2,)
    sit_down(desk, "sol")
    case = desk.determinations.reopen(case.id, case.revision, (2,), Cause.GOOD_CAUSE, "A new report came.").value
    case = desk.determinations.void(case.id, case.revision, (1, 2), "Another member's.").value
    assert case.closed
    assert desk.supervision.verification().holds


def test_a_number_that_was_taken_back_is_never_given_again(desk: Desk) -> None:
    case = approved(desk)
    done = desk.authorizations.number(case.id, case.revision, (2,))
    first = done.value.line(2).authorization
    assert done.undo is not None
    case = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    second = desk.authorizations.number(case.id, case.revision, (2,)).value.line(2).authorization
    assert first is not None
    assert second is not None
    assert first.number != second.number


def test_two_programs_never_give_the_same_number(desk: Desk, tmp_path: Path) -> None:
    case = approved(desk)
    other = open_desk(tmp_path / "w", "mara", clock=desk.clock, tables=desk.tables)
    first = desk.authorizations.number(case.id, case.revision, (2,)).value
    with pytest.raises(Stale):
        other.authorizations.number(case.id, case.revision, (2,))
    again = other.authorizations.number(case.id, first.revision, (2,), reason="The first was read out wrongly.").value
    other.close()
    assert first.line(2).authorization != again.line(2).authorization


def test_one_number_is_of_one_case_however_it_is_typed_and_also_once_it_was_taken_back(desk: Desk) -> None:
    first, other = approved(desk), approved(desk)
    done = desk.authorizations.number(first.id, first.revision, (2,), "PLAN-777")
    for typed in ("PLAN-777", " plan-777 "):
        with pytest.raises(UserError, match="Another case has this number"):
            desk.authorizations.number(other.id, other.revision, (2,), typed)
    assert done.undo is not None
    desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event)
    with pytest.raises(UserError, match="Another case has this number"):
        desk.authorizations.number(other.id, other.revision, (2,), "PLAN-777")
    assert desk.authorizations.number(other.id, other.revision, (2,), "PLAN-778").value.line(2).authorization is not None
    assert desk.authorizations.number(first.id, desk.review.case(first.id).revision, (2,), "PLAN-777").value.line(2).authorization


def test_no_number_of_a_series_is_typed_whatever_it_began_with_then(desk: Desk) -> None:
    first = approved(desk)
    given = desk.authorizations.number(first.id, first.revision, (2,)).value.line(2).authorization
    assert given is not None
    sit_down(desk, "ada")
    for prefix in ("LW", "ZZ"):
        desk.accounts.save_profile(replace(profile(), authorization_prefix=prefix))
    other = approved(desk)
    for number in (given.number, given.number.lower(), series_number("LW", other.number, 7)):
        with pytest.raises(UserError, match="own series"):
            desk.authorizations.number(other.id, other.revision, (2,), number)


def test_a_number_that_another_tool_gave_to_a_second_case_is_a_break_of_the_trail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = approved(desk), approved(desk)
    desk.authorizations.number(first.id, first.revision, (2,), "PLAN-777")
    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.store.ledger.Ledger.numbered", lambda *asked: frozenset())
        desk.authorizations.number(other.id, other.revision, (2,), "PLAN-777")
    sit_down(desk, "sol")
    assert any("Another case has this number" in each.message for each in desk.supervision.verification().breaks)


def test_the_numbers_of_a_plan_begin_as_its_profile_says(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.save_profile(replace(profile(), authorization_prefix="LW"))
    case = approved(desk)
    numbered = desk.authorizations.number(case.id, case.revision, (2,)).value.line(2).authorization
    assert numbered is not None
    assert numbered.number.startswith("LW2017")
    assert desk.supervision.verification().holds
    for wrong in ("", "lw", "TOOLONG", "A1"):
        with pytest.raises(UserError, match="one to four capital letters"):
            replace(profile(), authorization_prefix=wrong)


def test_approved_and_not_entered_is_a_task_that_lists_find(desk: Desk) -> None:
    asked = CaseFilter(to_enter=True)
    assert not desk.supervision.cases(asked).rows
    case = approved(desk)
    (row,) = desk.supervision.cases(asked).rows
    assert row.to_enter == 1
    desk.authorizations.enter(case.id, case.revision, (2,), "Claims One", NOW)
    assert not desk.supervision.cases(asked).rows


def test_a_list_of_approvals_holds_neither_what_takes_none_nor_what_was_voided_withdrawn_or_dismissed(desk: Desk) -> None:
    """Item 25 of the field's list: such counts can be told again from the trail alone."""
    approval_only = desk.determinations.approve
    one = opened(desk, line(1, "97110", "Therapeutic exercise"))
    approval_only(one.id, one.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    two = opened(desk, THERAPY_ALONE, reference="R-2")
    desk.determinations.not_required(two.id, two.revision, (1,), "the list of January")
    three = opened(desk, THERAPY_ALONE, reference="R-3")
    desk.determinations.withdraw(three.id, three.revision, (1,), "office", NOW, "by fax")
    four = opened(desk, THERAPY_ALONE, reference="R-4", line_of_business=MA)
    sit_down(desk, "osei")
    desk.determinations.dismiss(four.id, four.revision, (1,), Dismissal.NOT_VALID, "It names no service.")
    five = opened(desk, THERAPY_ALONE, reference="R-5")
    sit_down(desk, "sol")
    desk.determinations.void(five.id, five.revision, (1,), "Another member's.")
    told = {made: {row.number for row in desk.supervision.cases(CaseFilter(outcome=frozenset({made}))).rows} for made in Determination}
    assert told[Determination.APPROVED] == {one.number}
    assert told[Determination.NOT_REQUIRED] == {two.number}
    assert told[Determination.WITHDRAWN] == {three.number}
    assert told[Determination.DISMISSED] == {four.number}
    assert told[Determination.VOIDED] == {five.number}
    assert desk.supervision.verification().holds


def test_the_data_of_a_case_tells_words_of_the_exchange_spans_number_and_entry(desk: Desk) -> None:
    case = approved(desk)
    case = desk.authorizations.number(case.id, case.revision, (2,), "PLAN-4711").value
    case = desk.authorizations.enter(case.id, case.revision, (2,), "Claims One", NOW).value
    told = case_data(case)
    assert (told["exchange_word"], [each["exchange_word"] for each in told["lines"]]) == ("A4", ["A4", "A1"])
    second = told["lines"][1]
    assert second["authorization"]["number"] == "PLAN-4711"
    assert second["entered_in_claims"]["where"] == "Claims One"
    (span,) = second["spans"]
    assert (span["first_day"], span["quantity"], span["place"], span["provider"]) == ("2017-10-12", "1", "11", "Orchard Row Imaging")
    assert told["lines"][0]["spans"] == []


def test_a_clerk_saves_that_no_authorization_is_needed_and_the_store_keeps_it(desk: Desk) -> None:
    case = opened(desk, line(1), THERAPY)
    body: Any = not_required(1)
    signature = replace(body.decision.signature, account=desk.person.id)
    with desk.store.atomic():
        desk.append("lines.not-required", case.id, replace(body, decision=replace(body.decision, signature=signature)))
    assert desk.review.case(case.id).line(1).determination is Determination.NOT_REQUIRED


THERAPY_ALONE = line(1, "97110", "Therapeutic exercise")
