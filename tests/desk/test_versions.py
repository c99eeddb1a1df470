"""Versions in the library: days that a person gives, retirement, the rule that chooses, and how each version stands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, UNCHECKED, confirm, desk_in, line, opened, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.library.versions import VersionRule, VersionState
from ur_desk.domain.policy import Shelved
from ur_desk.errors import Forbidden, UserError

FIRST = "Current Effective Date: 09/27/2017"
POLICY = "RAD.00034"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def document(desk: Desk, **other: str) -> bytes:
    """A document of our own with the facts of the bundled abstract; `first` and `words` change it."""
    text = (desk.tables.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in text.splitlines() if not row.startswith("Kind of text"))
    assert FIRST in own
    return own.replace(FIRST, other.get("first", FIRST)).replace("used to find", other.get("words", "used to find")).encode()


def load(desk: Desk, who: str = "mara", **other: str) -> Shelved:
    sit_down(desk, who)
    item: Shelved = finish(desk.library.load(document(desk, **other), "own.txt")).value
    return item


def state(desk: Desk, item: Shelved) -> VersionState:
    return desk.versions.standings()[item.policy.text.sha256].state


@pytest.mark.parametrize("printed", ["Publish Date: 10/04/2017", "Last Review Date: 08/03/2017"])
def test_a_document_that_prints_only_a_publish_or_review_date_has_no_first_day(desk: Desk, printed: str) -> None:
    item = load(desk, first=printed)
    assert item.policy.version.effective is None
    assert state(desk, item) is VersionState.UNDATED
    case = opened(desk)
    report = desk.review.report(case)
    assert report is not None
    assert [found.effective for found in report.policies] == [None]
    assert any("does not say from when" in caution.message for caution in report.cautions)


def test_a_second_person_gives_the_first_day_with_its_source_and_it_counts_from_then_on(desk: Desk) -> None:
    item = load(desk, first="Publish Date: 10/04/2017")
    text = item.policy.text.sha256
    with pytest.raises(Forbidden, match="Whoever loaded"):
        desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice")
    before = opened(desk)
    sit_down(desk, "sol")
    dated = desk.versions.give_day(POLICY, date(2017, 10, 1), "  the notice of 09/15/2017 ").value
    assert (dated.policy.version.effective, dated.policy.text.sha256) == (date(2017, 10, 1), text)
    assert dated.dated is not None
    assert (dated.dated.where, dated.dated.by) == ("the notice of 09/15/2017", "Sol Reyes")
    assert desk.library.one(POLICY, date(2017, 10, 1)) == dated
    assert state(desk, dated) is VersionState.IN_FORCE
    after = opened(desk)
    assert after.matched is not None
    assert [pin.effective for pin in after.matched.pins if pin.policy == POLICY] == [date(2017, 10, 1)]
    assert desk.review.on_desk(after.id).policies[0].policy.version.effective == date(2017, 10, 1)
    assert desk.review.on_desk(before.id).policies[0].policy.version.effective is None
    assert desk.supervision.verification().holds


def test_a_first_day_is_corrected_by_a_later_event_and_both_stay_in_the_trail(desk: Desk) -> None:
    load(desk, first="Publish Date: 10/04/2017")
    sit_down(desk, "sol")
    desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice")
    assert desk.versions.give_day(POLICY, date(2017, 11, 1), "the corrected notice").value.policy.version.effective == date(2017, 11, 1)
    given = [each for each in desk.supervision.workspace_timeline() if each.head.verb == "policy.date"] if desk.person.roles else []
    assert len(given) == 2


def test_what_a_document_prints_itself_stands_and_a_day_needs_its_source(desk: Desk) -> None:
    load(desk)
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="says itself"):
        desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice")
    with pytest.raises(UserError, match="no policy of that number"):
        desk.versions.give_day("NONE.1", date(2017, 10, 1), "the notice")
    load(desk, first="Publish Date: 10/04/2017")
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="Say where"):
        desk.versions.give_day(POLICY, date(2017, 10, 1), "  ")
    load(desk, first="Publish Date: 10/05/2017")
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="2 texts of that policy"):
        desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice")
    with pytest.raises(UserError, match="no such text"):
        desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice", text="ffffffffff")


def test_one_person_alone_gives_the_day_of_what_they_loaded(tmp_path: Path) -> None:
    from builders import TABLES, FixedClock, open_desk

    desk = open_desk(tmp_path / "alone", "ada", clock=FixedClock(), tables=TABLES, zone="UTC")
    finish(desk.library.load(document(desk, first="Publish Date: 10/04/2017"), "own.txt"))
    assert desk.versions.give_day(POLICY, date(2017, 10, 1), "the notice").value.dated is not None
    desk.close()


def test_versions_stand_as_in_force_superseded_future_and_retired(desk: Desk) -> None:
    now = load(desk)
    later = load(desk, first="Current Effective Date: 01/01/2018", words="used to seek")
    old = load(desk, first="Current Effective Date: 01/01/2016", words="used to look for")
    assert [state(desk, item) for item in (now, later, old)] == [VersionState.IN_FORCE, VersionState.FUTURE, VersionState.SUPERSEDED]
    told = desk.versions.standings()
    assert told[now.policy.text.sha256].last_day == date(2017, 12, 31)
    assert told[old.policy.text.sha256].next_from == date(2017, 9, 27)
    assert told[old.policy.text.sha256].by_draft
    sit_down(desk, "sol")
    confirm(desk, POLICY, text=now.policy.text.sha256)
    assert not desk.versions.standings()[old.policy.text.sha256].by_draft
    retired = desk.versions.retire(POLICY, date(2017, 10, 1), "the notice", "RAD.00099", date(2017, 9, 27)).value
    assert state(desk, retired) is VersionState.RETIRED
    assert retired.policy.version.ends == date(2017, 10, 1)
    assert desk.supervision.verification().holds


def test_a_retired_version_is_told_in_a_match_and_reinstated_it_is_not(desk: Desk) -> None:
    load(desk)
    desk.versions.retire(POLICY, date(2017, 10, 1), "the notice")

    def cautions() -> list[str]:
        report = desk.review.report(opened(desk))
        return [c.message for c in report.cautions if c.code.value == "version_not_in_force"] if report else []

    (said,) = cautions()
    assert "ended on 10/01/2017" in said
    with pytest.raises(UserError, match="Say why"):
        desk.versions.reinstate(POLICY, " ")
    assert desk.versions.reinstate(POLICY, "The notice was about another policy.").value.retired is None
    assert cautions() == []
    with pytest.raises(UserError, match="Nobody recorded"):
        desk.versions.reinstate(POLICY, "again")


@pytest.mark.parametrize(
    ("last", "where", "successor", "said"),
    [
        (date(2017, 1, 1), "the notice", "", "before its first day"),
        (date(2018, 1, 1), "", "", "Say where"),
        (date(2018, 1, 1), "the notice", "rad.00034", "no successor"),
    ],
)
def test_a_retirement_that_makes_no_sense_is_refused_and_nothing_is_kept(
    desk: Desk, last: date, where: str, successor: str, said: str
) -> None:
    load(desk)
    events = desk.store.ledger.last()
    with pytest.raises(UserError, match=said):
        desk.versions.retire(POLICY, last, where, successor)
    assert desk.store.ledger.last() == events


def test_the_rule_is_an_event_and_matches_from_then_on_are_chosen_by_processing(desk: Desk) -> None:
    load(desk, first="Current Effective Date: 10/01/2016")
    load(desk)
    earlier: Any = line(day=date(2017, 8, 1))
    case = opened(desk, earlier)
    assert case.matched is not None
    assert (case.matched.rule, case.matched.processed) == (VersionRule.SERVICE, date(2017, 10, 9))
    assert [pin.effective for pin in case.matched.pins] == [date(2016, 10, 1)]
    with pytest.raises(Forbidden):
        desk.versions.set_rule(VersionRule.PROCESSING, "the notice of updates")
    sit_down(desk, "sol")
    with pytest.raises(UserError, match="Say where"):
        desk.versions.set_rule(VersionRule.PROCESSING, "")
    assert desk.versions.set_rule(VersionRule.PROCESSING, "the notice of updates").value is VersionRule.PROCESSING
    with pytest.raises(UserError, match="already"):
        desk.versions.set_rule(VersionRule.PROCESSING, "the notice of updates")
    again = opened(desk, earlier)
    assert again.matched is not None
    assert again.matched.rule is VersionRule.PROCESSING
    assert [pin.effective for pin in again.matched.pins] == [date(2017, 9, 27)]
    assert desk.review.case(case.id).matched == case.matched
    assert desk.supervision.verification().holds


def test_a_case_says_that_a_newer_version_is_here_for_its_days(desk: Desk) -> None:
    load(desk)
    case, earlier = opened(desk), opened(desk, line(day=date(2017, 9, 28)))
    assert desk.review.on_desk(case.id).superseded == frozenset()
    load(desk, first="Current Effective Date: 10/01/2017", words="used to seek")
    assert case.matched is not None
    assert desk.review.on_desk(case.id).superseded == {case.matched.pins[0].text}
    assert desk.review.on_desk(earlier.id).superseded == frozenset()
    sit_down(desk, "mara")
    again = finish(desk.review.rematch(case.id, case.revision)).value
    assert desk.review.on_desk(again.id).superseded == frozenset()


@pytest.mark.toy(7)
def test_a_decision_keeps_the_version_by_which_it_was_made(desk: Desk) -> None:
    load(desk)
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value
    desk.versions.retire(POLICY, date(2017, 10, 1), "the notice")
    assert desk.review.case(case.id).line(2).matched == case.line(2).matched
