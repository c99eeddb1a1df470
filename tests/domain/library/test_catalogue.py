"""How texts stand on a day, and how facets are counted."""

from datetime import UTC, date, datetime

import pytest

from ur_desk.domain.library.catalogue import Card, Narrow, Standing, admits, counted
from ur_desk.domain.library.versions import VersionState, standing_of, standings
from ur_desk.domain.policy import Confirmation, PolicyId, Position, Sha256, Version

AT = datetime(2017, 1, 1, tzinfo=UTC)
TODAY = date(2017, 10, 9)


def card(
    text: str, effective: date | None = date(2017, 1, 1), *, confirmed: bool = True, abstract: bool = False, ends: date | None = None,
    policy: str = "A.1", publisher: str | None = "P", positions: frozenset[Position] = frozenset(),
) -> Card:  # fmt: skip
    return Card(
        Sha256(text), PolicyId(policy), "Title", Version(effective, ends=ends), abstract, Sha256(text), AT, publisher, None, positions,
        Confirmation("Sol", AT) if confirmed else None,
    )  # fmt: skip


def told_of(*cards: Card) -> dict[str, Standing]:
    stands = standings(cards, TODAY)
    return {each.text: standing_of(each, stands[each.text]) for each in cards}


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (card("a"), Standing.IN_FORCE),
        (card("a", confirmed=False), Standing.DRAFT),
        (card("a", None), Standing.DRAFT),
        (card("a", confirmed=False, abstract=True), Standing.ABSTRACT),
        (card("a", date(2018, 1, 1)), Standing.FUTURE),
        (card("a", ends=date(2017, 10, 8)), Standing.RETIRED),
        (card("a", ends=TODAY), Standing.IN_FORCE),
        (card("a", TODAY), Standing.IN_FORCE),
    ],
)
def test_a_text_stands_on_a_day_as_its_days_and_its_confirmation_say(one: Card, told: Standing) -> None:
    assert told_of(one) == {"a": told}


def test_a_version_is_retired_once_a_later_one_is_in_force_which_a_match_then_takes_and_no_sooner() -> None:
    old, coming = card("old"), card("coming", date(2017, 11, 1))
    assert told_of(old, coming) == {"old": Standing.IN_FORCE, "coming": Standing.FUTURE}
    assert told_of(old, card("newer", date(2017, 6, 1))) == {"old": Standing.RETIRED, "newer": Standing.IN_FORCE}
    assert told_of(old, card("draft", date(2017, 6, 1), confirmed=False)) == {"old": Standing.RETIRED, "draft": Standing.DRAFT}
    assert told_of(old, card("newer", date(2017, 6, 1), policy="B.2"))["old"] is Standing.IN_FORCE


def test_an_abstract_takes_the_place_of_no_document_and_the_list_and_the_line_below_say_the_same() -> None:
    old, abstract = card("old"), card("abstract", date(2017, 6, 1), confirmed=False, abstract=True)
    assert told_of(old, abstract) == {"old": Standing.IN_FORCE, "abstract": Standing.ABSTRACT}
    assert standings((old, abstract), TODAY)[old.text].state is VersionState.IN_FORCE


def test_each_facet_is_counted_as_if_it_alone_were_not_narrowed() -> None:
    one = card("1", publisher="P", positions=frozenset({Position.INVESTIGATIONAL}))
    two = card("2", publisher=None, positions=frozenset({Position.INVESTIGATIONAL, Position.MEDICALLY_NECESSARY}))
    found = [(one, Standing.DRAFT), (two, Standing.IN_FORCE)]
    narrow = Narrow(publishers=frozenset({"P"}))
    counts = counted(narrow, found)
    assert counts.publishers == {"P": 1, "": 1}
    assert counts.standings == {Standing.DRAFT: 1}
    assert counts.positions == {Position.INVESTIGATIONAL: 1}
    assert counted(Narrow(), found).positions == {Position.INVESTIGATIONAL: 2, Position.MEDICALLY_NECESSARY: 1}
    assert not admits(narrow, two, Standing.IN_FORCE)
    assert admits(Narrow(publishers=frozenset({""})), two, Standing.IN_FORCE)
