"""Where codes are filed: whatever may hold a code lies in a bucket that is looked into for it."""

from random import Random

import pytest
from builders import TABLES
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.codes import System
from ur_desk.domain.library.catalogue import CodePlace, Why
from ur_desk.domain.policy import Sha256
from ur_desk.matching.holding import Sought, holding
from ur_desk.matching.index import Places
from ur_desk.store.code_buckets import EVERYWHERE, MOST, asked_buckets, buckets_of

PLACES = Places(TABLES.codeset)
CODES = [hit.code for hit in TABLES.codeset.search("a")]


def looked_into(system: System, low: str, high: str | None, bucket: str) -> bool:
    names, starts = asked_buckets(system, low, high)
    return bucket in names or any(bucket.startswith(start) for start in starts)


def found(sought: Sought, system: System, low: str, high: str | None) -> Why | None:
    held = holding(sought, [CodePlace(Sha256("t"), system, low, high, 1)], PLACES)
    return held[0].why if held else None


@given(st.randoms(use_true_random=False))
def test_no_entry_of_diagnoses_that_holds_a_code_lies_in_a_bucket_that_is_not_looked_into(random: Random) -> None:
    ends = random.sample(CODES, 2)
    low, high = sorted(ends, key=PLACES.first)
    entry = random.choice([(low, None), (low, high), (low, low), (high, low)])
    code = random.choice([random.choice(CODES), low, high, low[:3]])
    sought = random.choice([Sought(System.ICD10CM, code), Sought(System.ICD10CM, code, high), Sought(System.ICD10CM, code[:3], code[:3])])
    if found(sought, System.ICD10CM, *entry):
        assert any(looked_into(System.ICD10CM, sought.low, sought.high, each) for each in buckets_of(System.ICD10CM, *entry))


PROCEDURES = st.one_of(
    st.integers(10000, 99999).map(str),
    st.builds(lambda letter, number: f"{letter}{number:04}", st.sampled_from("ABCEGJKLQSTV"), st.integers(0, 9999)),
    st.builds(lambda number, letter: f"{number:04}{letter}", st.integers(0, 9999), st.sampled_from("FTUM")),
)


@given(PROCEDURES, PROCEDURES, PROCEDURES, st.booleans())
def test_no_entry_of_procedures_that_holds_a_code_lies_in_a_bucket_that_is_not_looked_into(
    low: str, high: str, code: str, one: bool
) -> None:
    entry = (low, None if one else high)
    if found(Sought(System.CPT, code), System.HCPCS, *entry):
        assert any(looked_into(System.CPT, code, None, each) for each in buckets_of(System.HCPCS, *entry))


@pytest.mark.parametrize(
    ("low", "high", "where"),
    [
        ("M54.5", None, ["ICD-10-CM:M54"]),
        ("M54.5", "M54.59", ["ICD-10-CM:M54"]),
        ("M45", "M54", ["ICD-10-CM:M4", "ICD-10-CM:M5"]),
        ("A00", "Z99", [EVERYWHERE]),
    ],
)
def test_a_range_is_filed_in_its_category_or_in_all_groups_that_it_runs_over(low: str, high: str | None, where: list[str]) -> None:
    assert buckets_of(System.ICD10CM, low, high) == where
    assert len(where) < MOST


@pytest.mark.parametrize(
    ("sought", "entry", "why"),
    [
        (("M54.50", None), ("M54.50", None), Why.LISTED),
        (("M54.50", None), ("M54.5", "M54.9"), Why.RANGE),
        (("M23.201", None), ("M23.20", "M23.20"), Why.RANGE),
        (("M54.50", None), ("M54.4", None), None),
        (("M54", None), ("M54.50", None), Why.BELOW),
        (("C4A.0", None), ("C43", "C44"), Why.RANGE),
        (("U07.1", None), ("A00", "U09"), Why.RANGE),
    ],
)
def test_a_code_is_held_by_ranges_wildcards_and_itself(
    sought: tuple[str, str | None], entry: tuple[str, str | None], why: Why | None
) -> None:
    assert found(Sought(System.ICD10CM, *sought), System.ICD10CM, *entry) is why


@pytest.mark.parametrize(
    ("code", "entry", "held"),
    [
        ("97110", ("97", "97"), True),
        ("97110", ("97110", "97150"), True),
        ("97160", ("97110", "97150"), False),
        ("J1234", ("J1234", None), True),
    ],
)
def test_a_procedure_is_held_by_ranges_and_wildcards(code: str, entry: tuple[str, str | None], held: bool) -> None:
    assert (found(Sought(System.CPT, code), System.CPT, *entry) is not None) is held
