"""Searches of the library: numbers, codes, words and phrases, narrowed by facets, each line with what was found marked."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import TABLES, confirm, desk_in, open_desk, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.search_numbers import asked as federal_asked
from ur_desk.desk.steps import finish
from ur_desk.domain.library.catalogue import Narrow, Standing, Why
from ur_desk.domain.policy import EntryState, MentionRole, Position, Sha256
from ur_desk.errors import UserError
from ur_desk.store.finding import rows_from

GAIT = """Medical Policy
Subject: Pulsed Light Gait Mapping
Document #: XYZ.00012 Current Effective Date: 03/15/2016
Publisher: Plan of the Lakes
Status: Revised Last Review Date: 02/08/2017

Description
This document addresses lamps that picture the walking foot. It does not address M72.2.

Position Statement

Pulsed light gait mapping is considered medically necessary for walkers in the dark.

Coding
The following codes are given here for informational purposes.
97799 Walking study without a code of its own
ICD-10 Diagnosis
M20.10-M20.62 Deformities of the toes
M23.20x Derangement of the knee
G57.60 Lesion of plantar nerve

Document History
Reviewed 02/08/2017 Medical committee review of the lamps.
"""


def imported(desk: Desk, text: str, name: str = "gait.txt") -> None:
    sit_down(desk, "mara")
    finish(desk.library.load(text.encode(), name))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as it:
        imported(it, GAIT)
        yield it


def hits(desk: Desk, text: str, **more: Any) -> list[tuple[str, Why, int]]:
    return [(hit.card.policy, hit.why, hit.line) for hit in desk.library.search(text, **more).hits]


def line_of(text: str) -> int:
    return next(number for number, line in enumerate(GAIT.splitlines(), start=1) if text in line)


@pytest.mark.parametrize(
    ("code", "why", "line"),
    [
        ("G57.60", Why.LISTED, "G57.60"),
        ("g5760", Why.LISTED, "G57.60"),
        ("M20.40", Why.RANGE, "M20.10-"),
        ("M23.201", Why.RANGE, "M23.20x"),
        ("M23.20x", Why.LISTED, "M23.20x"),
        ("M20", Why.BELOW, "M20.10-"),
        ("M20.3-M20.5", Why.RANGE, "M20.10-"),
        ("97799", Why.LISTED, "97799"),
        ("M72.2", Why.MENTIONED, "M72.2"),
    ],
)
def test_a_code_finds_what_holds_it(desk: Desk, code: str, why: Why, line: str) -> None:
    assert ("XYZ.00012", why, line_of(line)) in hits(desk, code)


def test_a_code_that_is_only_named_says_as_what(desk: Desk) -> None:
    hit = next(hit for hit in desk.library.search("M72.2").hits if hit.card.policy == "XYZ.00012")
    assert hit.role is MentionRole.NOT_ADDRESSED


def test_a_doubtful_range_says_that_it_is(desk: Desk) -> None:
    (hit,) = desk.library.search("S13.9XXA").hits
    assert (hit.why, hit.state) == (Why.WIDER, EntryState.SUSPECT)
    assert hit.printed == "S13.4XXA–S43.4XXS"
    assert [hit.words[start : start + length] for start, length in hit.marks] == ["S13.4XXA", "S43.4XXS"]


@pytest.mark.parametrize("typed", ["XYZ.00012", "xyz 12", "xyz12", "XYZ-00012"])
def test_a_document_number_is_found_however_it_is_punctuated(desk: Desk, typed: str) -> None:
    assert hits(desk, typed)[0][:2] == ("XYZ.00012", Why.NUMBER)


def test_the_document_of_a_number_stands_before_its_abstract(desk: Desk) -> None:
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in told.splitlines() if "abstract" not in row.casefold())
    finish(desk.library.load(own.encode(), "own.txt"))
    assert [hit.card.abstract for hit in desk.library.search("rad 34").hits if hit.why is Why.NUMBER] == [False, True]


def test_words_are_found_in_all_their_forms_and_marked_where_they_stand(desk: Desk) -> None:
    (hit,) = [hit for hit in desk.library.search("lamp pictures foot").hits if hit.card.policy == "XYZ.00012"]
    assert [hit.words[start : start + length] for start, length in hit.marks] == ["lamps", "picture", "foot"]
    assert hit.line == line_of("This document addresses")


def test_a_phrase_stands_as_it_is_typed(desk: Desk) -> None:
    assert hits(desk, '"walking foot"')
    assert not hits(desk, '"foot walking"')


def test_a_search_finds_title_and_publisher(desk: Desk) -> None:
    assert ("XYZ.00012", Why.TITLE, 1) in hits(desk, "lakes mapping")


def test_what_is_best_comes_first_and_no_line_twice(desk: Desk) -> None:
    found = hits(desk, "97799")
    assert found[0][1] is Why.LISTED
    assert len({(policy, line) for policy, _, line in found}) == len(found)


@pytest.mark.parametrize("typed", ["", "   ", '"', "*", "zzzz", "A00.0", "a" * 5000, "M54.5-", "\x00", "NEAR(a b)", "\ufdd0", "(((("])
def test_what_finds_nothing_or_means_nothing_brings_nothing(desk: Desk, typed: str) -> None:
    answer = desk.library.search(typed)
    assert not [hit for hit in answer.hits if hit.card.policy == "XYZ.00012"]


def test_facets_narrow_what_is_found_and_count_the_others(desk: Desk) -> None:
    every = desk.library.search("document")
    assert every.texts == 2
    assert every.counts.standings == {Standing.DRAFT: 1, Standing.ABSTRACT: 1}
    necessary = Narrow(positions=frozenset({Position.MEDICALLY_NECESSARY}))
    told = desk.library.search("document", narrow=necessary)
    assert {hit.card.policy for hit in told.hits} == {"XYZ.00012"}
    assert told.counts.positions == every.counts.positions
    assert desk.library.search("document", narrow=Narrow(publishers=frozenset({"Nobody"}))).hits == ()


def test_the_list_is_narrowed_too_and_says_how_each_stands(desk: Desk) -> None:
    listing = desk.library.listed(Narrow(publishers=frozenset({"Plan of the Lakes"})))
    assert [(row.card.policy, row.standing, row.used) for row in listing.rows] == [("XYZ.00012", Standing.DRAFT, True)]
    assert listing.counts.publishers == {"Plan of the Lakes": 1, "": 1}


def test_a_confirmed_document_stands_in_force_in_the_next_search(desk: Desk) -> None:
    sit_down(desk, "sol")
    confirm(desk, "XYZ.00012")
    assert desk.library.search("97799").hits[0].standing is Standing.IN_FORCE


def test_another_reading_of_the_same_text_takes_the_place_of_the_former_in_the_search(desk: Desk) -> None:
    from dataclasses import replace

    item = desk.library.one("XYZ.00012")
    with desk.store.atomic():
        received = replace(item.policy.provenance, sha256=Sha256(hashlib.sha256(b"again").hexdigest()))
        desk.library._load(replace(item.policy, codes=item.policy.codes[:1], mentions=(), provenance=received), b"again")
    assert not [hit for hit in desk.library.search("G57.60").hits if hit.why is Why.LISTED]
    assert desk.supervision.verification().breaks == ()


def test_the_search_of_a_workspace_opened_anew_finds_the_same(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as it:
        imported(it, GAIT)
        before = it.library.search("M20.40").hits
    again = open_desk(tmp_path / "w", "mara", tables=TABLES)
    try:
        assert again.library.search("M20.40").hits == before
    finally:
        again.close()


def test_neither_list_nor_search_reads_a_reading(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_reading: str) -> None:
        raise AssertionError("a reading was read")

    monkeypatch.setattr(desk.store.shelf, "policy", refuse)
    assert desk.library.listed().rows
    assert hits(desk, "97799")


def test_a_match_reads_only_what_was_not_read_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.library.in_use()
    read: list[str] = []
    real = desk.store.shelf.policy
    monkeypatch.setattr(desk.store.shelf, "policy", lambda reading: (read.append(reading), real(reading))[1])
    assert desk.library.in_use() is first
    imported(desk, GAIT.replace("XYZ.00012", "XYZ.00013"), "other.txt")
    read.clear()
    assert len(desk.library.in_use()) == len(first) + 1
    assert len(read) == 1


def test_a_text_that_is_not_there_is_said_to_be_gone(desk: Desk) -> None:
    from ur_desk.domain.policy import Sha256

    with pytest.raises(UserError, match="no such text"):
        desk.library.text(Sha256("0" * 64))


def test_a_step_rests_on_all_events_also_on_those_that_were_given_up_and_those_of_others(desk: Desk, tmp_path: Path) -> None:
    changed = GAIT.replace("foot", "hand").encode()

    def given_up() -> None:
        with desk.store.atomic():
            desk.library._load(desk.library.read(changed, "h.txt"), changed)
            assert len(desk.store.standing().shelf) == 3
            raise RuntimeError

    with pytest.raises(RuntimeError):
        given_up()
    assert len(desk.store.standing().shelf) == 2
    other = open_desk(tmp_path / "w", "mara", tables=TABLES)
    try:
        finish(other.library.load(changed, "h.txt"))
    finally:
        other.close()
    assert desk.store.standing() == desk.store.workspace()
    assert len(desk.library.listed().rows) == 3


# numbers of federal documents ----------------------------------------------------------------------------------------


def federal(kind: str, ids: str, title: str, more: str = "") -> str:
    return f"""CMS {kind}
{ids} | {title}
Effective Date: 2016-03-15 00:00:00

Indications and Limitations of Coverage
The lamp study of the foot is covered for walkers in the dark. See NCD 240.2 and LCD 35099. {more}
"""


LCD = federal("LOCAL COVERAGE DETERMINATION (LCD)", "LCD ID: 35022", "Lamp Study of the Foot")
NCD = federal("NATIONAL COVERAGE DETERMINATION (NCD)", "NCD ID: 57 | Manual Section: 100.1", "Lamp Therapy of the Ankle")
FAR_NCD = federal("NATIONAL COVERAGE DETERMINATION (NCD)", "NCD ID: 169 | Manual Section: 100.15", "Home Use of Lamps")
ARTICLE = federal("ARTICLE", "Article ID: 56422", "Billing of Lamp Studies")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("L35022", ["35022"]),
        ("l35022", ["35022"]),
        ("LCD L35022", ["35022"]),
        ("LCD 35022", ["35022"]),
        ("35022", ["35022"]),
        ("A56422", ["56422"]),
        ("article 56422", ["56422"]),
        ("100.1", ["57"]),
        ("NCD 100.1", ["57"]),
        ("100.15", ["169"]),
        ("NCD 57", ["57"]),
        ("240.2", []),
        ("L35099", []),
        ("A35022", []),
        ("L56422", []),
        ("LCD 57", []),
    ],
)
def test_a_federal_number_finds_its_document_as_people_type_it(desk: Desk, typed: str, found: list[str]) -> None:
    for name, text in (("lcd.txt", LCD), ("ncd.txt", NCD), ("far.txt", FAR_NCD), ("article.txt", ARTICLE)):
        imported(desk, text, name)
    told = desk.library.search(typed).hits
    assert [hit.card.policy for hit in told if hit.why is Why.NUMBER] == found
    assert [hit.card.policy for hit in told][: len(found)] == found


@pytest.mark.parametrize(("typed", "number"), [("L35022", "L35022"), ("35022", "L35022")])
def test_a_number_that_is_printed_with_its_letter_is_found_without_it(desk: Desk, typed: str, number: str) -> None:
    imported(desk, LCD.replace("LCD ID: 35022", "LCD ID: L35022"))
    assert hits(desk, typed)[0][:2] == (number, Why.NUMBER)


@pytest.mark.parametrize("typed", ["L3502", "100", "ncd", "article", "1.1", "L350221", "100.1.2.3.4"])
def test_what_is_no_federal_number_is_none(typed: str) -> None:
    assert federal_asked(typed) is None


@pytest.mark.samples
@pytest.mark.parametrize(("typed", "policy"), [("L35022", "35022"), ("100.1", "57"), ("240.2", "169")])
def test_the_federal_documents_of_the_samples_are_found_by_the_numbers_that_nurses_type(
    desk: Desk, samples: Path, typed: str, policy: str
) -> None:
    for file in sorted((samples / "policies" / "cms").glob("*.txt")):
        finish(desk.library.load(file.read_bytes(), file.name))
    first = desk.library.search(typed).hits[0]
    assert (first.card.policy, first.why) == (policy, Why.NUMBER)


# in which order ------------------------------------------------------------------------------------------------------


@pytest.fixture
def versions(desk: Desk) -> Desk:
    """Three confirmed versions of a policy, the second in force, and an altered draft of that one."""
    for day, words in (("03/15/2016", "old"), ("03/15/2017", "present"), ("03/15/2019", "coming")):
        imported(desk, GAIT.replace("03/15/2016", day).replace("committee", f"committee of the {words}"), f"{words}.txt")
        text = next(c.text for c in desk.library.cards() if c.policy == "XYZ.00012" and c.file == f"{words}.txt")
        sit_down(desk, "sol")
        confirm(desk, "XYZ.00012", text=text)
    imported(desk, GAIT.replace("03/15/2016", "03/15/2017").replace("walking foot", "walking foot again"), "draft.txt")
    return desk


@pytest.mark.parametrize("typed", ["XYZ.00012", "M20.40", "lamps", "walkers dark"])
def test_what_is_in_force_comes_first_then_what_will_be_and_last_what_is_retired(versions: Desk, typed: str) -> None:
    told = versions.library.search(typed, 100).hits
    standings = list(dict.fromkeys(hit.standing for hit in told if hit.card.policy == "XYZ.00012"))
    assert standings == [Standing.IN_FORCE, Standing.FUTURE, Standing.DRAFT, Standing.RETIRED]


def test_what_is_in_force_comes_first_also_where_few_lines_are_shown(versions: Desk) -> None:
    assert {hit.standing for hit in versions.library.search("lamps", 1).hits} == {Standing.IN_FORCE}


def test_texts_and_policies_are_counted_apart(versions: Desk) -> None:
    told = versions.library.search("walkers dark")
    assert (told.texts, told.policies) == (5, 1)


def test_no_found_place_lies_inside_another(desk: Desk) -> None:
    for typed in ("M20.10-M20.62", "M20.10", "M20.1-M20.62", "M23.20x"):
        for hit in desk.library.search(typed).hits:
            ends = [place for start, length in sorted(hit.marks) for place in (start, start + length)]
            assert ends == sorted(ends), (typed, hit.marks)


BLUE = """Document Number: MED.00901
Title: Blue widgets for the spine
Current Effective Date: 01/01/2020
Position Statement
Not Medically Necessary:
Blue widgets are considered not medically necessary for all indications.
Ref n1024901"""
GREEN = """Document Number: MED.00902
Title: Green gadgets for the knee
Current Effective Date: 01/01/2020
Position Statement
Medically Necessary:
Green gadgets are considered medically necessary for all indications.
Ref n4088416"""
"""Two texts made so that their sha256 begin alike, found by trying fourteen million endings."""


def test_a_text_made_to_lie_over_another_one_in_the_search_is_refused_and_hides_nothing(desk: Desk) -> None:
    first, other = (hashlib.sha256(text.encode()).hexdigest() for text in (BLUE, GREEN))
    assert rows_from(Sha256(first)) == rows_from(Sha256(other))
    imported(desk, BLUE, "blue.txt")
    before, last = hits(desk, "widgets"), desk.store.ledger.last()[0]
    assert before
    with pytest.raises(UserError, match="cannot tell this document from another one"):
        imported(desk, GREEN, "green.txt")
    assert hits(desk, "widgets") == before
    assert hits(desk, "gadgets") == []
    assert all(card.text != other for card in desk.library.cards())
    assert desk.supervision.verification().breaks == ()
    assert desk.store.ledger.last()[0] >= last
