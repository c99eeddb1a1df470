"""Other words for a signed reason: the signature falls, the lines go back to whoever signs, and no letter says what nobody signed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, cites, desk_in, line, opened, passphrase, sit_down
from test_desk import denied

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.decisions.rewording import check_words, signed_words
from ur_desk.domain.determination import Determination, Granted, Workflow
from ur_desk.errors import Forbidden, UserError

WORDS = "You have had pain for five months. Research has not shown that these pictures help with it."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def test_the_signature_keeps_the_hash_of_the_words_that_it_covers(desk: Desk) -> None:
    state = denied(desk).line(1)
    assert state.decision is not None
    assert state.decision.signature.words == signed_words(state.decision)
    check_words((state,))


def test_words_that_were_not_signed_reach_no_letter(desk: Desk) -> None:
    state = denied(desk).line(1)
    decision = state.decision
    assert decision is not None
    for other in (
        replace(decision, reason=replace(decision.reason, words="Others.")),
        replace(decision, rationale="Others."),
        replace(decision, information_needed="Others."),
    ):
        with pytest.raises(UserError, match="not the one that Kwame Osei signed"):
            check_words((replace(state, decision=other),))
    of_before = replace(decision, signature=replace(decision.signature, words=None))
    check_words((replace(state, decision=of_before),))


def test_a_nurse_who_changes_the_words_sends_the_decision_back_to_the_physician(desk: Desk) -> None:
    case = denied(desk)
    sit_down(desk, "mara")
    case = desk.determinations.reword(case.id, case.revision, (1,), WORDS, "It named no fact.").value
    state = case.line(1)
    assert (state.workflow, state.determination) == (Workflow.WITH_PHYSICIAN, None)
    assert state.proposed is not None
    assert (state.proposed.body.words, state.proposed.by) == (WORDS, desk.person.id)
    assert case.decided_at is None
    with pytest.raises(UserError):
        finish(desk.letters.issue(case.id, case.revision, (1,)))
    sit_down(desk, "osei")
    desk.review.open_record(case.id)
    was = state.proposed.decision
    case = desk.determinations.decide(
        case.id, desk.review.case(case.id).revision, (1,), Determination.DENIED, replace(was.reason, words=WORDS), was.rationale,
        proof=desk.vault.prove(passphrase("osei")),
    ).value  # fmt: skip
    state = case.line(1)
    assert state.proposed is None
    assert state.decision is not None
    assert state.decision.signature.words == signed_words(state.decision)


def test_a_nurses_own_approval_goes_back_to_review(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = desk.determinations.reword(case.id, case.revision, (1,), "Your plan covers it.", "Too short.").value
    assert case.line(1).workflow is Workflow.REVIEW


def test_the_change_can_be_taken_back_and_the_old_signature_stands_again(desk: Desk) -> None:
    before = denied(desk)
    sit_down(desk, "mara")
    done = desk.determinations.reword(before.id, before.revision, (1,), WORDS, "It named no fact.")
    assert done.undo is not None
    back = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    assert back.line(1) == before.line(1)


@pytest.mark.parametrize(
    ("words", "why", "told"),
    [(" ", "why", "Say the reason"), (WORDS, " ", "Say why"), (None, "why", "words that stand there now")],
)
def test_what_is_missing_is_said_and_nothing_changes(desk: Desk, words: str | None, why: str, told: str) -> None:
    case = denied(desk)
    sit_down(desk, "mara")
    decision = case.line(1).decision
    assert decision is not None
    with pytest.raises(UserError, match=told):
        desk.determinations.reword(case.id, case.revision, (1,), decision.reason.words if words is None else words, why)
    assert desk.review.case(case.id) == case


def test_open_lines_withdrawn_lines_and_lines_of_several_acts_are_refused(desk: Desk) -> None:
    case = denied(desk)
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="cannot be taken this way now"):
        desk.determinations.reword(case.id, case.revision, (2,), WORDS, "why")
    case = desk.determinations.withdraw(case.id, case.revision, (2,), "the office", NOW, "by fax").value
    with pytest.raises(UserError, match="withdrawal"):
        desk.determinations.reword(case.id, case.revision, (2,), WORDS, "why")
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value
    other = replace(NO_POLICY, words="It is covered for you.")
    desk.determinations.refer(case.id, case.revision, (1,), "Summary.")
    sit_down(desk, "osei")
    desk.review.open_record(case.id)
    case = desk.determinations.approve(
        case.id,
        desk.review.case(case.id).revision,
        (1,),
        replace(other, no_policy_found=False, policy_lines=cites(case, 15)),
        unchecked=UNCHECKED,
        rationale="An exception.",
    ).value
    with pytest.raises(UserError, match="several acts"):
        desk.determinations.reword(case.id, case.revision, (1, 2), WORDS, "why")


def test_after_notice_a_correction_is_another_letter_and_an_auditor_changes_nothing(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    with pytest.raises(UserError, match="A letter that was issued says these words"):
        desk.determinations.reword(case.id, case.revision, (1,), WORDS, "why")
    sit_down(desk, "sol")
    with pytest.raises(Forbidden):
        desk.determinations.reword(case.id, case.revision, (1,), WORDS, "why")


def test_what_an_approved_service_is_called_is_among_the_signed_words(desk: Desk) -> None:
    decision = denied(desk).line(1).decision
    assert decision is not None
    films, scan = (
        replace(decision, granted=Granted(code="72100", service=name)) for name in ("Regular x-rays of the neck", "A scan of the neck")
    )
    assert len({signed_words(each) for each in (decision, films, scan)}) == 3
