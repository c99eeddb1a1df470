"""Impact: cases sorted by what a new version changes for them, re-run on the facts that they hold; nothing changes by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, UNCHECKED, cites, desk_in, enrolled, line, opened, passphrase, sit_down
from test_versions import POLICY, document

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.determination import Determination, Reason
from ur_desk.domain.events import Restriction
from ur_desk.domain.library.impact import FindingChange, Impact, ImpactKind
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.listing import Shown
from ur_desk.domain.people import Role
from ur_desk.errors import Forbidden, UserError

NEW = "Current Effective Date: 10/01/2017"
CITED = 14
"""A line of a position."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def arrive(desk: Desk, *changes: tuple[str, str]) -> None:
    """A new version comes in."""
    text = document(desk, first=NEW).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    sit_down(desk, "mara")
    finish(desk.library.load(text.encode(), "new.txt"))


def impact(desk: Desk, who: str = "sol") -> Impact:
    sit_down(desk, who)
    return finish(desk.impact.of(POLICY))


def begin(desk: Desk) -> None:
    sit_down(desk, "mara")
    finish(desk.library.load(document(desk), "old.txt"))


def line_text(desk: Desk, number: int) -> str:
    return desk.library.one(POLICY).policy.text.line(number).text


def test_other_words_far_from_the_case_are_text_only(desk: Desk) -> None:
    begin(desk)
    case = opened(desk)
    arrive(desk, ("used to find", "used to seek"))
    (found,) = impact(desk).cases
    assert (found.row.number, found.kind, found.cited, found.changes) == (case.number, ImpactKind.TEXT, (), ())
    assert found.falls_under is True
    assert found.decided is False


SPINE = """Document Number: RAD.00777
Title: Lumbar spine MRI
Current Effective Date: {day}

Position Statement

Magnetic resonance imaging of the lumbar spine is considered medically necessary when all of the following criteria are met:

1. Low back pain has lasted {weeks} weeks or longer
2. Red flags are present

Coding

CPT
72148 Magnetic resonance imaging of the lumbar spine
"""


@pytest.mark.parametrize(("weeks", "kind", "cited"), [("6", ImpactKind.TEXT, ()), ("12", ImpactKind.CITED, (9,))])
def test_a_criterion_that_asks_for_more_is_no_mere_change_of_text(desk: Desk, weeks: str, kind: ImpactKind, cited: tuple[int, ...]) -> None:
    sit_down(desk, "mara")
    finish(desk.library.load(SPINE.format(day="01/01/2017", weeks="6").encode(), "old.txt"))
    opened(desk, line(1, "72148", "MRI of the lumbar spine"))
    finish(desk.library.load(SPINE.format(day="10/01/2017", weeks=weeks).encode(), "new.txt"))
    sit_down(desk, "sol")
    (found,) = finish(desk.impact.of("RAD.00777")).cases
    assert (found.kind, found.cited) == (kind, cited)


def denied(desk: Desk) -> Any:
    case = opened(desk)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, CITED))
    proof = desk.vault.prove(passphrase("osei"))
    return desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own.", proof=proof).value


def test_a_cited_line_with_other_words_is_told_though_the_findings_are_the_same(desk: Desk) -> None:
    begin(desk)
    case = denied(desk)
    words = line_text(desk, CITED)
    arrive(desk, (words, f"{words} This was looked at again."))
    (found,) = impact(desk).cases
    assert (found.kind, found.cited, found.changes, found.decided) == (ImpactKind.CITED, (CITED,), (), True)
    assert found.row.number == case.number


def test_a_renumbered_citation_is_no_changed_line(desk: Desk) -> None:
    begin(desk)
    denied(desk)
    arrive(desk, ("Scope\n", "A note\n\nThe plan prints this note before everything else.\n\nScope\n"))
    (found,) = impact(desk).cases
    assert found.kind is ImpactKind.TEXT


def test_a_code_that_went_changes_the_findings_and_comes_first(desk: Desk) -> None:
    begin(desk)
    text_only = opened(desk, line(1, "76125", "Cineradiography of the lumbar spine"))
    differs = opened(desk, line(1, "76120", ""))
    rows = [row for row in document(desk).decode().splitlines() if row.startswith("76120")]
    arrive(desk, (rows[0] + "\n", ""))
    found = impact(desk).cases
    by_case = {each.row.number: each for each in found}
    assert by_case[differs.number].kind is ImpactKind.FINDINGS
    assert FindingChange.CODES in by_case[differs.number].changes
    assert FindingChange.RELATION in by_case[differs.number].changes
    assert by_case[text_only.number].kind is not ImpactKind.FINDINGS
    assert found[0].row.number == differs.number


def test_nothing_changes_by_itself_and_the_look_is_noted_once(desk: Desk) -> None:
    begin(desk)
    case = denied(desk)
    arrive(desk, ("used to find", "used to seek"))
    sit_down(desk, "sol")
    desk.looks.settle()
    before = desk.store.ledger.last()[0]
    impact(desk)
    verbs = [head.verb for head, _ in desk.store.ledger.every() if head.number > before]
    assert verbs == ["access.listed"] or [v for v in verbs if not v.startswith("access.")] == []
    assert desk.review.case(case.id) == case
    assert desk.supervision.verification().holds


def test_a_case_of_another_policy_or_of_the_new_version_alone_is_none_of_them(desk: Desk) -> None:
    begin(desk)
    opened(desk, line(1, "97110", "Therapeutic exercise"), diagnoses=("I10",))
    arrive(desk, ("used to find", "used to seek"))
    opened(desk)
    assert impact(desk).cases == ()


def test_a_case_of_a_newer_version_is_none_of_an_older_ones(desk: Desk) -> None:
    begin(desk)
    opened(desk)
    arrive(desk, ("used to find", "used to seek"))
    sit_down(desk, "sol")
    assert finish(desk.impact.of(POLICY, date(2017, 9, 27))).cases == ()
    opened(desk)
    sit_down(desk, "sol")
    assert finish(desk.impact.of(POLICY, date(2017, 9, 27))).cases == ()


def test_days_before_the_new_version_are_told_by_service_and_by_processing(desk: Desk) -> None:
    begin(desk)
    opened(desk, line(day=date(2017, 9, 28)))
    opened(desk, replace(line(), first_day=None, last_day=None))
    arrive(desk, ("used to find", "used to seek"))
    assert {each.falls_under for each in impact(desk).cases} == {False, None}
    desk.versions.set_rule(VersionRule.PROCESSING, "the notice of updates")
    assert {each.falls_under for each in impact(desk).cases} == {True}


def test_a_case_that_the_version_cannot_reach_stands_last_in_a_group_of_its_own(desk: Desk) -> None:
    begin(desk)
    early = opened(desk, line(1, "76120", "", day=date(2017, 9, 28)))
    differs = opened(desk, line(1, "76120", ""))
    same = opened(desk, line(1, "76125", "Cineradiography of the lumbar spine"))
    rows = [row for row in document(desk).decode().splitlines() if row.startswith("76120")]
    arrive(desk, (rows[0] + "\n", ""))
    found = impact(desk)
    assert [each.row.number for each in found.out_of_reach] == [early.number]
    assert [each.row.number for each in found.of(ImpactKind.FINDINGS)] == [differs.number]
    assert [each.row.number for each in found.cases][-1] == early.number
    assert same.number in {each.row.number for each in found.cases}


def test_a_restricted_case_is_hidden_from_whoever_may_not_open_it(desk: Desk) -> None:
    begin(desk)
    hidden, shown = opened(desk), opened(desk)
    arrive(desk, ("used to find", "used to seek"))
    sit_down(desk, "mara")
    desk.fence.restrict(hidden.id, Restriction.EMPLOYEE, "Works here.", ["mara"])
    assert {each.row.number for each in impact(desk).cases} == {shown.number}
    assert {each.row.number for each in impact(desk, "mara").cases} == {hidden.number, shown.number}


def test_names_stand_only_where_the_persons_work_needs_them(desk: Desk) -> None:
    begin(desk)
    opened(desk)
    arrive(desk, ("used to find", "used to seek"))
    (found,) = impact(desk, "osei").cases
    assert (found.row.shown, found.row.member, found.row.member_id) == (Shown.INITIALS, "", "")
    assert impact(desk, "mara").cases[0].row.member


@pytest.mark.parametrize("role", [Role.INTAKE, Role.ADMINISTRATOR])
def test_a_role_that_reads_no_decisions_reads_no_impact(desk: Desk, role: Role) -> None:
    begin(desk)
    opened(desk)
    sit_down(desk, "ada")
    enrolled(desk, "new", "New", frozenset({role}))
    sit_down(desk, "new")
    with pytest.raises(Forbidden, match="may not look at this"):
        finish(desk.impact.of(POLICY))


def test_a_policy_or_version_that_is_not_there_is_refused(desk: Desk) -> None:
    sit_down(desk, "sol")
    for words in (("NONE.1", None), (POLICY, date(1999, 1, 1))):
        with pytest.raises(UserError, match="holds no"):
            finish(desk.impact.of(*words))


def test_a_case_that_can_no_longer_be_told_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(desk)
    broken, whole = opened(desk), opened(desk)
    arrive(desk, ("used to find", "used to seek"))
    of_case = desk.store.ledger.of_case
    monkeypatch.setattr(desk.store.ledger, "of_case", lambda case: of_case(case)[1:] if case == broken.id else of_case(case))
    assert [each.row.number for each in impact(desk).cases] == [whole.number]


def test_more_cases_than_one_step_reads_are_all_there(desk: Desk) -> None:
    begin(desk)
    numbers = {opened(desk).number for _ in range(23)}
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), line(2))
    desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    arrive(desk, ("used to find", "used to seek"))
    assert {each.row.number for each in impact(desk).cases} == numbers | {case.number}
