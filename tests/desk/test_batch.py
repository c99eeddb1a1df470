"""Many letters in one go: which cases wait, one bad letter stops no other, calling off loses nothing, and nothing is kept in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, cites, desk_in, line, opened, passphrase, profile, sit_down

from ur_desk.desk.batch import Batch, Waiting
from ur_desk.desk.desk import Desk
from ur_desk.desk.letters import Standing
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.events import Restriction
from ur_desk.domain.letter import LetterKind
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.request import LineOfBusiness, Member
from ur_desk.errors import Forbidden, UserError

MEMBER = Member("Okafor", "Chidi", "DEMO-009", date(1980, 5, 5), address="3 Elm Street\nMuncie, IN 47302")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def approved(desk: Desk, **changes: object) -> Case:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), **changes)
    return desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value


def denied(desk: Desk) -> Case:
    case = opened(desk)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    proof = desk.vault.prove(passphrase("osei"))
    done = desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof)
    sit_down(desk, "mara")
    return done.value


def waiting(desk: Desk, *kinds: LetterKind, **asked: object) -> tuple[Waiting, ...]:
    return finish(desk.batches.waiting(CaseFilter(**asked), kinds))  # type: ignore[arg-type]


def test_what_is_decided_and_not_noticed_waits_and_nothing_else(desk: Desk, tmp_path: Path) -> None:
    opened(desk)
    first, second = approved(desk), denied(desk)
    found = waiting(desk)
    assert {(each.case, each.kind, each.lines) for each in found} == {
        (first.id, LetterKind.APPROVAL, (1,)),
        (second.id, LetterKind.ADVERSE, (1,)),
    }
    finish(desk.batches.issue(found, Batch(2), None))
    assert waiting(desk) == ()


def test_a_line_that_no_letter_of_a_decision_tells_keeps_no_other_from_its_letter(desk: Desk) -> None:
    plain = approved(desk)
    case = opened(desk, line(1, "97112", "Neuromuscular reeducation"), line(2, "97110", "Therapeutic exercise"))
    case = desk.determinations.not_required(case.id, case.revision, (1,), "the list of January").value
    case = desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value
    told = {each.case: (each.kind, each.lines) for each in waiting(desk)}
    assert told == {plain.id: (LetterKind.APPROVAL, (1,)), case.id: (LetterKind.APPROVAL, (2,))}


def test_what_was_withdrawn_waits_for_a_letter_of_its_own_behind_that_of_the_decision(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.save_profile(profile(LineOfBusiness.MEDICARE_ADVANTAGE))
    sit_down(desk, "mara")
    lines = line(1, "97112", "Neuromuscular reeducation"), line(2, "97110", "Therapeutic exercise")
    case = opened(desk, *lines, line_of_business=LineOfBusiness.MEDICARE_ADVANTAGE)
    case = desk.determinations.withdraw(case.id, case.revision, (1,), "the office", NOW, "fax").value
    desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED)
    for kind, lines_told in ((LetterKind.APPROVAL, (2,)), (LetterKind.WITHDRAWN, (1,))):
        found, told = waiting(desk), Batch(1)
        assert [(each.kind, each.lines) for each in found] == [(kind, lines_told)]
        finish(desk.batches.issue(found, told))
        assert [(left.case, left.kind) for left in told.issued][:1] == [(case.id, kind)]
    assert waiting(desk) == ()


def test_the_batch_is_narrowed_by_kind_line_of_business_reviewer_and_day(desk: Desk) -> None:
    first, second = approved(desk), denied(desk)
    third = approved(desk, line_of_business=LineOfBusiness.COMMERCIAL_INSURED)
    approvals = {each.case for each in waiting(desk, LetterKind.APPROVAL)}
    assert approvals == {first.id, third.id}
    assert [each.case for each in waiting(desk, LetterKind.ADVERSE, LetterKind.PARTIAL)] == [second.id]
    assert [each.case for each in waiting(desk, lines_of_business=frozenset({LineOfBusiness.COMMERCIAL_INSURED}))] == [third.id]
    assert [each.case for each in waiting(desk, reviewer=second.reviewer)] == [second.id]
    assert waiting(desk, decided_to=date(2017, 10, 8)) == ()


def test_each_letter_is_written_under_its_number_and_recognised(desk: Desk, tmp_path: Path) -> None:
    cases = [approved(desk), denied(desk)]
    told = Batch(2)
    finish(desk.batches.issue(waiting(desk), told, tmp_path))
    assert sorted(each.path.name for each in told.issued if each.path) == sorted(
        f"{case.number}-L{n}.pdf" for case in cases for n in (1, 2)
    )
    for each in told.issued:
        assert each.path is not None
        assert desk.letters.recognise(each.path.read_bytes()).standing is Standing.ISSUED
        assert desk.review.case(each.case).lines_unsent
    assert {entry.path for entry in desk_register(desk)} == {str(each.path) for each in told.issued}


def desk_register(desk: Desk) -> list[object]:
    sit_down(desk, "sol")
    return [entry for entry in desk.exports.register() if entry.what == "letter"]


def test_one_bad_letter_stays_with_its_reason_and_stops_no_other(desk: Desk, tmp_path: Path) -> None:
    good = approved(desk)
    nowhere = approved(desk, member=replace(MEMBER, address=""))
    undrawable = approved(desk, member=replace(MEMBER, given="李"))
    no_profile = approved(desk, line_of_business=LineOfBusiness.FEHB)
    last = approved(desk)
    told = Batch(5)
    finish(desk.batches.issue(waiting(desk), told, tmp_path))
    assert {each.case for each in told.issued} == {good.id, last.id}
    assert {each.case for each in told.stayed} >= {undrawable.id, no_profile.id, nowhere.id}
    assert all(each.message for each in told.stayed)
    assert (told.done, told.left) == (5, 0)
    assert len(list(tmp_path.glob("*.pdf"))) == 4
    assert {each.case for each in waiting(desk)} == {nowhere.id, undrawable.id, no_profile.id}


def test_a_file_that_lies_there_is_never_written_over(desk: Desk, tmp_path: Path) -> None:
    case = approved(desk)
    there = tmp_path / f"{case.number}-L2.pdf"
    there.write_bytes(b"somebody's")
    told = Batch(1)
    finish(desk.batches.issue(waiting(desk), told, tmp_path))
    assert "lies in the folder already" in told.stayed[0].message
    assert there.read_bytes() == b"somebody's"
    assert desk.review.case(case.id).letters == ()


def test_a_case_that_moved_on_meanwhile_stays_as_it_is(desk: Desk) -> None:
    case = approved(desk)
    found = waiting(desk)
    finish(desk.letters.issue(case.id, case.revision))
    told = Batch(1)
    finish(desk.batches.issue(found, told))
    assert told.issued == []
    assert "any more" in told.stayed[0].message


def test_called_off_between_two_what_was_issued_stays_and_the_others_are_as_they_were(desk: Desk, tmp_path: Path) -> None:
    for _ in range(3):
        approved(desk)
    found, told = waiting(desk), Batch(3)
    steps = desk.batches.issue(found, told, tmp_path)
    step = next(steps)
    while True:
        value = step.run()
        if told.done == 2:
            steps.close()  # in the very step in which those of the second case left
            break
        step = steps.send(value)
    assert (told.done, told.left) == (2, 1)
    assert [each.case for each in waiting(desk)] == [found[2].case]
    assert len(list(tmp_path.glob("*.pdf"))) == 4


def test_without_a_folder_to_write_into_nothing_is_issued(desk: Desk, tmp_path: Path) -> None:
    case = approved(desk)
    with pytest.raises(UserError, match="is no folder"):
        finish(desk.batches.issue(waiting(desk), Batch(1), tmp_path / "nowhere"))
    assert desk.review.case(case.id).letters == ()


def test_a_letter_whose_file_fails_is_issued_all_the_same_and_says_so(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    approved(desk)

    def full(*_told: object, **_named: object) -> None:
        raise UserError("The disk is full.", "")

    monkeypatch.setattr(desk.exports, "write", full)
    told = Batch(1)
    finish(desk.batches.issue(waiting(desk), told, tmp_path))
    assert told.issued[0].unwritten == "The disk is full."
    assert told.issued[0].path is None


def test_print_is_large_where_the_member_asked_for_that(desk: Desk) -> None:
    approved(desk, member=replace(MEMBER, format="Large print"))
    approved(desk, member=MEMBER)
    told = Batch(2)
    finish(desk.batches.issue(waiting(desk), told))
    sizes = [len(desk.letters.pages(desk.letters.pdf(each.letter), 0.2)) for each in told.issued]
    assert max(sizes) > min(sizes)


def test_only_those_issue_letters_who_may_and_restricted_cases_stay_closed(desk: Desk) -> None:
    case = approved(desk)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.SENSITIVE, "A colleague.", ("sol",))
    found = waiting(desk)
    assert [each.case for each in found] == [case.id]
    with pytest.raises(Forbidden):
        finish(desk.batches.issue(found, Batch(1)))
    sit_down(desk, "mara")
    assert waiting(desk) == ()
    told = Batch(1)
    finish(desk.batches.issue(found, told))
    assert "restricted" in told.stayed[0].message
