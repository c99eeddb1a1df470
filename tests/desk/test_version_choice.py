"""Which version answers for a day, which text a new one is laid beside, and what stands beside a text that came in."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import confirm, desk_in, line, opened, sit_down
from test_versions import POLICY, document, load

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.desk.versions import Arrived, PrintedDay
from ur_desk.domain.library.shelf import key_of
from ur_desk.domain.library.versions import Reach, VersionRule
from ur_desk.domain.policy import Shelved
from ur_desk.errors import UserError

LATER = "Current Effective Date: 10/05/2018"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def confirmed(desk: Desk, item: Shelved) -> Shelved:
    sit_down(desk, "sol")
    item = confirm(desk, POLICY, text=item.policy.text.sha256).value
    sit_down(desk, "mara")
    return item


def before(desk: Desk, item: Shelved) -> str:
    return finish(desk.versions.comparing(item.policy.text.sha256)).old.policy.text.sha256


def test_a_version_is_laid_beside_the_text_that_was_used_before_it_and_never_beside_an_altered_draft(desk: Desk) -> None:
    used = confirmed(desk, load(desk))
    altered = load(desk, words="used to seek")
    new = load(desk, first=LATER, words="used to look for")
    assert before(desk, new) == used.policy.text.sha256
    assert before(desk, altered) == used.policy.text.sha256
    assert before(desk, used) == desk.versions.text(before(desk, used)).policy.text.sha256 != altered.policy.text.sha256


def test_texts_side_by_side_say_how_each_stands(desk: Desk) -> None:
    used = confirmed(desk, load(desk))
    altered = load(desk, words="used to seek")
    told = {each.card.text: each for each in finish(desk.versions.comparing(altered.policy.text.sha256)).beside}
    assert (told[used.policy.text.sha256].used, told[altered.policy.text.sha256].used) == (True, False)
    assert told[used.policy.text.sha256].card.confirmed is not None
    assert told[altered.policy.text.sha256].card.confirmed is None


@pytest.mark.parametrize(
    ("day", "answers", "reach"),
    [
        (date(2017, 9, 27), date(2017, 9, 27), Reach.IN_FORCE),
        (date(2018, 10, 4), date(2017, 9, 27), Reach.IN_FORCE),
        (date(2018, 10, 5), date(2018, 10, 5), Reach.IN_FORCE),
        (date(2017, 9, 26), date(2017, 9, 27), Reach.NOT_YET),
    ],
)
def test_the_version_for_a_day_is_the_one_that_a_match_looks_at(desk: Desk, day: date, answers: date, reach: Reach) -> None:
    load(desk)
    load(desk, first=LATER, words="used to seek")
    told = desk.versions.on(POLICY, day)
    assert (told.card.version.effective, told.reach, told.chosen_by) == (answers, reach, day)
    case = opened(desk, line(day=day))
    assert case.matched is not None
    assert case.matched.pins[0].text == told.card.text


def test_the_version_for_a_day_says_its_end_what_follows_and_by_which_day_it_was_chosen(desk: Desk) -> None:
    load(desk)
    assert desk.versions.on(POLICY, date(2018, 1, 1)).next_from is None
    load(desk, first=LATER, words="used to seek")
    assert desk.versions.on(POLICY, date(2018, 1, 1)).next_from == date(2018, 10, 5)
    desk.versions.retire(POLICY, date(2017, 12, 31), "the notice", effective=date(2017, 9, 27))
    assert desk.versions.on(POLICY, date(2018, 1, 1)).reach is Reach.ENDED
    sit_down(desk, "sol")
    desk.versions.set_rule(VersionRule.PROCESSING, "the notice of updates")
    told = desk.versions.on(POLICY, date(2018, 11, 1))
    assert (told.rule, told.chosen_by, told.card.version.effective) == (VersionRule.PROCESSING, desk.today, date(2017, 9, 27))


def test_a_text_without_a_first_day_answers_for_none_and_a_number_that_is_not_there_is_refused(desk: Desk) -> None:
    load(desk, first="Publish Date: 10/04/2017")
    assert desk.versions.on(POLICY, date(2018, 1, 1)).reach is Reach.UNDATED
    with pytest.raises(UserError, match="no policy of that number"):
        desk.versions.on("NONE.1", date(2018, 1, 1))


def test_a_day_that_no_version_begins_on_is_refused_with_the_days_that_are_held(desk: Desk) -> None:
    load(desk)
    load(desk, first=LATER, words="used to seek")
    with pytest.raises(UserError, match="no version of that policy with 10/12/2017") as refused:
        desk.versions.retire(POLICY, date(2019, 1, 1), "the notice", effective=date(2017, 10, 12))
    assert refused.value.hint == "It holds those in force from 09/27/2017, 10/05/2018."


@pytest.mark.parametrize(
    ("first", "day", "said"),
    [
        ("Last Review Date: 08/03/2017", date(2017, 8, 3), "is the day of the last review"),
        ("Publish Date: 10/04/2017", date(2017, 10, 4), "The document prints 10/04/2017"),
        ("Published October 4, 2017; sent out 10/09/2017", date(2017, 10, 9), "The document prints 10/09/2017"),
    ],
)
def test_a_day_that_the_document_prints_as_something_else_is_asked_once_more(desk: Desk, first: str, day: date, said: str) -> None:
    load(desk, first=first)
    sit_down(desk, "sol")
    events = desk.store.ledger.last()
    with pytest.raises(PrintedDay, match=said) as refused:
        desk.versions.give_day(POLICY, day, "the notice")
    assert "Line " in refused.value.message
    assert desk.store.ledger.last() == events
    assert desk.versions.give_day(POLICY, day, "the notice of that very day", even_so=True).value.policy.version.effective == day


def test_another_text_of_the_same_day_is_told_with_how_many_lines_differ(desk: Desk) -> None:
    used = confirmed(desk, load(desk))
    altered, later = load(desk, words="used to seek"), load(desk, first=LATER)
    texts = [item.policy.text.sha256 for item in (altered, later)]
    told = finish(desk.versions.arrived(texts))
    twin = told[texts[0]].twin
    assert twin is not None
    assert (twin.text, twin.confirmed is not None, told[texts[0]].differ, told[texts[0]].another) == (
        used.policy.text.sha256, True, 1, True,
    )  # fmt: skip
    assert told[texts[1]] == Arrived(None, 0, another=True)


def test_what_only_today_and_the_library_find_is_all_that_the_lint_finds_beside_the_text_s_own(desk: Desk) -> None:
    own = document(desk, words="used, as Policy SURG.00099 tells, to find")
    sit_down(desk, "mara")
    item = finish(desk.library.load(own, "own.txt")).value
    load(desk, first="Current Effective Date: 10/05/2018 Termination Date: 10/01/2018")
    desk.clock.at += timedelta(days=1000)  # type: ignore[attr-defined]
    found = finish(desk.versions.beyond(item.policy.text.sha256))
    assert {each.rule for each in found} >= {"reference-not-held", "review-overdue"}
    listed = desk.library.lint(POLICY, text=item.policy.text.sha256)
    assert {key_of(each) for each in found} == {key_of(each.finding) for each in listed} - {key_of(each) for each in item.policy.findings}


def test_a_text_that_stands_alone_or_beside_an_abstract_has_nothing_to_tell(desk: Desk) -> None:
    alone = load(desk)
    assert finish(desk.versions.arrived([alone.policy.text.sha256])) == {}
    assert document(desk)
