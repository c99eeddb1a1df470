import gzip
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk import paths
from ur_desk.codesets import history, icd10cm
from ur_desk.codesets.icd10cm import Icd10cm
from ur_desk.domain.codes import System, Validity, normal
from ur_desk.errors import UserError

RESOURCES = paths.resources()
TABLE = icd10cm.load(RESOURCES)
ROWS = [row.split("\t") for row in gzip.decompress((RESOURCES / "codesets" / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()]
CODES = [normal(code, System.ICD10CM) for code, _, _ in ROWS]
PLACES = {code: at for at, code in enumerate(CODES)}

existing = st.sampled_from(CODES)
shaped = st.from_regex(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", fullmatch=True)


@pytest.mark.toy(22)
@pytest.mark.parametrize(
    ("low", "inside", "high"),
    [
        ("C43", "C4A", "C44"),
        ("M05", "M1A", "M14"),
        ("M05", "M1A.9XX1", "M14"),
        ("Z30", "Z3A", "Z39"),
        ("S43.4", "S43.4XXS", "S43.5"),
        ("Z99", "U07.1", "U09"),
        ("Q99", "QA0", "R00"),
        ("M54.4", "M54.5", "M54.6"),
        ("M54.50", "M54.59", "M54.6"),
        ("S30.19XS", "S30.1XXA", "S30.2"),
    ],
)
def test_codes_stand_in_tabular_order(low: str, inside: str, high: str) -> None:
    assert TABLE.place(low) < TABLE.place(inside) < TABLE.place(high)


def test_c7a_stands_outside_the_range_that_spelling_would_put_it_in() -> None:
    assert TABLE.place("C7A") < TABLE.place("C76") < TABLE.place("C80")


@pytest.mark.parametrize(
    ("missing", "after", "before"),
    [
        ("S43.4XXS", "S43.499S", "S43.5"),
        ("S43.4XXA", "S43.499S", "S43.4XXS"),
        ("M54.40X", "M54.40", "M54.41"),
        ("M54.0A", "M54.09", "M54.1"),
        ("M54.000", "M54.00", "M54.01"),
        ("C4B", "C4A.9", "C44"),
        ("U00", "Z99.89", "U07"),
        ("U08", "U07.1", "U09"),
        ("A00.00", "A00.0", "A00.1"),
        ("S13.4X", "S13.4", "S13.4XXA"),
    ],
)
def test_a_code_that_does_not_exist_stands_after_its_earlier_sibling_and_all_below_it(missing: str, after: str, before: str) -> None:
    assert not TABLE.exists(missing)
    assert TABLE.place(after) < TABLE.place(missing) < TABLE.place(before)
    assert TABLE.last_place(missing) == TABLE.place(missing)


@pytest.mark.parametrize("text", ["", "M", "M5", "M54.50000", "hello", "54.5", "M54.5-M54.6"])
def test_what_has_no_shape_stands_after_everything_and_is_nowhere(text: str) -> None:
    assert TABLE.place(text) == math.inf
    assert not TABLE.exists(text)
    assert TABLE.on(text, date(2026, 1, 1)) is Validity.UNKNOWN
    assert TABLE.billable(text, "M54.5") is None


@given(existing, existing)
def test_places_of_existing_codes_follow_the_table(one: str, other: str) -> None:
    assert (TABLE.place(one) < TABLE.place(other)) == (PLACES[one] < PLACES[other])


@given(shaped, shaped)
def test_two_codes_share_a_place_only_where_they_are_one(one: str, other: str) -> None:
    assert (TABLE.place(one) == TABLE.place(other)) == (one == other)


@given(shaped)
def test_every_code_stands_within_its_parent(code: str) -> None:
    above = TABLE.parent(code)
    if above is None:
        assert "." not in code or not TABLE.exists(code[:3])
    else:
        assert TABLE.exists(above)
        assert TABLE.place(above) < TABLE.place(code)
        assert TABLE.place(code) < TABLE.last_place(above) + 1


@given(existing)
def test_all_below_a_code_follows_it_without_a_break(code: str) -> None:
    first, last = int(TABLE.place(code)), int(TABLE.last_place(code))
    bare = code.replace(".", "")
    assert all(other.replace(".", "").startswith(bare) for other in CODES[first : last + 1])
    assert not any(other.replace(".", "").startswith(bare) for other in CODES[last + 1 : last + 3])


@given(existing, existing, st.data())
def test_a_range_counts_each_billable_code_once(one: str, other: str, data: st.DataObject) -> None:
    low, high = sorted((one, other), key=TABLE.place)
    middle = CODES[data.draw(st.integers(int(TABLE.place(low)), int(TABLE.last_place(high))))]
    counts = [TABLE.billable(low, high), TABLE.billable(low, middle), TABLE.billable(middle, high)]
    assert None not in counts
    assert counts[0] is not None
    assert counts[1] is not None
    assert 0 <= counts[1] <= counts[0] + (TABLE.billable(middle, middle) or 0)


@given(existing)
def test_a_billable_code_alone_counts_one_and_a_header_more(code: str) -> None:
    count = TABLE.billable(code, code)
    match TABLE.on(code, TABLE.vintage):
        case Validity.VALID:
            assert count == 1
        case Validity.HEADER:
            assert count is not None
            assert count >= 1
        case gone:
            assert gone is Validity.RETIRED
            assert count == 0


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [
        ("M54.5", "M54.5", 3),
        ("M54.50", "M54.5", 3),
        ("M54.5", "M54.4", 0),
        ("M40.00", "M40.57", 31),
        ("C43", "C44", 149),
        ("S13.4XXA", "S43.4XXS", None),
        ("S30.1XXA", "S30.1XXS", 0),
    ],
)
def test_billable_codes_of_a_range_are_counted_by_the_newest_release(low: str, high: str, count: int | None) -> None:
    assert TABLE.billable(low, high) == count


@pytest.mark.toy(22)
@pytest.mark.parametrize(
    ("code", "day", "known"),
    [
        ("M54.5", date(2017, 10, 12), Validity.VALID),
        ("M54.5", date(2021, 9, 30), Validity.VALID),
        ("M54.5", date(2021, 10, 1), Validity.HEADER),
        ("M54.5", date(2022, 1, 1), Validity.HEADER),
        ("M54.5", date(2017, 9, 30), Validity.UNKNOWN),
        ("M54.5", None, Validity.UNKNOWN),
        ("M54.50", date(2017, 10, 12), Validity.NOT_YET_VALID),
        ("M54.50", date(2021, 10, 1), Validity.VALID),
        ("M48.06", date(2017, 10, 12), Validity.HEADER),
        ("M48.061", date(2017, 10, 12), Validity.VALID),
        ("M50.12", date(2018, 1, 1), Validity.HEADER),
        ("M50.121", date(2018, 1, 1), Validity.VALID),
        ("M45.A0", date(2021, 9, 30), Validity.NOT_YET_VALID),
        ("M51.A", date(2022, 9, 30), Validity.NOT_YET_VALID),
        ("M51.A", date(2022, 10, 1), Validity.HEADER),
        ("M51.36", date(2024, 9, 30), Validity.VALID),
        ("M51.36", date(2025, 3, 1), Validity.HEADER),
        ("U07.1", date(2020, 3, 31), Validity.NOT_YET_VALID),
        ("U07.1", date(2020, 4, 1), Validity.VALID),
        ("G35", date(2025, 9, 30), Validity.VALID),
        ("G35", date(2025, 10, 1), Validity.HEADER),
        ("M40.00", date(2017, 10, 12), Validity.VALID),
        ("M40", date(2020, 1, 1), Validity.HEADER),
        ("M40.00", date(2040, 1, 1), Validity.VALID),
        ("S30.1XXA", date(2023, 12, 1), Validity.VALID),
        ("S30.1XXA", date(2025, 3, 1), Validity.UNKNOWN),
        ("S30.1XXA", date(2026, 1, 1), Validity.RETIRED),
        ("T40.4X1A", date(2018, 1, 1), Validity.UNKNOWN),
        ("T40.4X1A", date(2024, 1, 1), Validity.RETIRED),
        ("T40.4X", date(2024, 1, 1), Validity.RETIRED),
        ("E88.A", date(2018, 1, 1), Validity.NOT_YET_VALID),
        ("Q51.20", date(2018, 1, 1), Validity.UNKNOWN),
        ("Q51.20", date(2024, 1, 1), Validity.RETIRED),
        ("M51.07", date(2018, 1, 1), Validity.UNKNOWN),
        ("S43.4XXS", date(2018, 1, 1), Validity.UNKNOWN),
    ],
)
def test_a_code_is_judged_as_of_the_day(code: str, day: date | None, known: Validity) -> None:
    assert TABLE.on(code, day) is known


@pytest.mark.toy(22)
@pytest.mark.parametrize(("code", "there"), [("M54.5", True), ("S30.1XXA", True), ("M51.07", False), ("S13.4X", False), ("M54.5X", False)])
def test_a_code_exists_where_any_list_since_october_2015_has_it(code: str, there: bool) -> None:
    assert TABLE.exists(code) is there


@pytest.mark.parametrize(
    ("code", "above"), [("S13.4XXA", "S13.4"), ("S43.4XXS", "S43.4"), ("M54.50", "M54.5"), ("M54", None), ("C4B", None), ("C4B.1", None)]
)
def test_the_parent_is_the_nearest_code_above_that_exists(code: str, above: str | None) -> None:
    assert TABLE.parent(code) == above


def test_words_are_on_one_line_and_belong_to_retired_codes_too() -> None:
    assert TABLE.description("M54.5") == "Low back pain"
    assert TABLE.description("S30.1XXA") == "Contusion of abdominal wall, initial encounter"
    assert TABLE.description("T40.4X") is None
    assert TABLE.description("S43.4XXS") is None
    assert not any("  " in words or words != words.strip() for _, _, words in ROWS)


def told(text: str, day: date | None = None) -> list[tuple[str, str]]:
    return [(hit.code, hit.validity.value) for hit in TABLE.search(text, day)]


def test_search_finds_the_code_itself_before_those_that_begin_so() -> None:
    assert told("m545") == [("M54.5", "header"), ("M54.50", "valid"), ("M54.51", "valid"), ("M54.59", "valid")]
    assert [hit.words for hit in TABLE.search("M54.51")] == ["Vertebrogenic low back pain"]


def test_search_finds_words_in_any_order_and_by_their_beginnings() -> None:
    assert told("pain vertebrogenic") == told("verteb pai") == [("M54.51", "valid")]
    assert told("synthetic narcotics undetermined initial")[0][0] == "T40.494A"
    assert told("ack lo") == []  # a word is found by its beginning, not by its middle


def test_what_is_billable_on_the_day_comes_before_headers_and_these_before_all_else() -> None:
    assert told("low back pain", date(2017, 10, 12))[:2] == [("M54.5", "valid"), ("M54.50", "not_yet_valid")]
    order = [validity for _, validity in told("low back pain", date(2025, 10, 12))]
    kinds = ["valid", "header"]
    ranks = [kinds.index(each) if each in kinds else 2 for each in order]
    assert ranks == sorted(ranks)
    assert ("M54.5", "header") in told("low back pain", date(2025, 10, 12))


def test_other_names_of_the_field_come_after_the_words_that_are_printed() -> None:
    assert told("htn")[0] == ("I10", "valid")
    assert told("neck pain")[-1][0] == "M54.2"
    assert "I25.2" in dict(told("heart attack old"))


def test_a_search_gives_every_code_and_can_be_looked_at_in_pieces() -> None:
    hits = TABLE.search("spine")
    assert len(hits) > 200
    assert hits[3:5] == [hits[3], hits[4]]
    assert len({hit.code for hit in hits}) == len(hits)


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "\x00", "%_*(", "\u202e", "M" * 5000])
def test_search_for_nothing_finds_nothing(text: str) -> None:
    assert list(TABLE.search(text)) == []


def test_the_newest_release_is_named_by_its_first_day() -> None:
    assert TABLE.vintage == date(2026, 4, 1)


def test_a_small_table_places_what_lies_before_and_between_its_codes() -> None:
    small = Icd10cm(["B00", "B001", "B009", "D10", "A50"], ["bebb"] * 5, [""] * 5, history.read(RESOURCES / "codesets" / "history.json"))
    order = ["B00", "B00.0", "B00.1", "B00.2", "B00.9", "B01", "D00", "D10", "A40", "A50"]
    assert sorted(order, key=small.place) == order
    assert small.place("C00") > small.place("B00.9")


def _damaged(folder: Path, name: str, content: bytes | None) -> Path:
    kept = folder / "codesets"
    kept.mkdir()
    for source in (RESOURCES / "codesets").glob("*.[tj]s*"):
        (kept / source.name).write_bytes(source.read_bytes())
    if content is None:
        (kept / name).unlink()
    else:
        (kept / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("icd10cm.tsv.gz", None),
        ("icd10cm.tsv.gz", b""),
        ("icd10cm.tsv.gz", b"no gzip at all"),
        ("icd10cm.tsv.gz", (RESOURCES / "codesets" / "icd10cm.tsv.gz").read_bytes()[:9000]),
        ("icd10cm.tsv.gz", gzip.compress(b"A00\tbebb\n", mtime=0)),
        ("icd10cm.tsv.gz", gzip.compress(b"A00\tb\tCholera\n", mtime=0)),
        ("icd10cm.tsv.gz", gzip.compress(b"A00\tbxbb\tCholera\n", mtime=0)),
        ("icd10cm.tsv.gz", gzip.compress(b"\xff\xfe", mtime=0)),
        ("history.json", None),
        ("history.json", b""),
        ("history.json", b"[]"),
        ("history.json", b'{"answers_from": "soon", "lists": [], "changes": []}'),
        ("history.json", b'{"answers_from": "2017-10-01", "lists": [], "changes": []}'),
    ],
)
def test_a_missing_or_damaged_table_says_what_to_do(tmp_path: Path, name: str, content: bytes | None) -> None:
    with pytest.raises(UserError, match="Install the program again") as refused:
        icd10cm.load(_damaged(tmp_path, name, content))
    assert "not affected" in refused.value.hint
