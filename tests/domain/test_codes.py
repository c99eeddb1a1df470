from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.domain.codes import (
    CodeSet,
    System,
    Validity,
    ends,
    has_shape,
    normal,
    npi_problem,
    procedure_system,
    range_ends,
)

MAY_2026 = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("raw", "system", "printed"),
    [
        ("m54.5", System.ICD10CM, "M54.5"),
        ("M545", System.ICD10CM, "M54.5"),
        (" s13.4xxa ", System.ICD10CM, "S13.4XXA"),
        ("S134XXA", System.ICD10CM, "S13.4XXA"),
        ("u071", System.ICD10CM, "U07.1"),
        ("c4a", System.ICD10CM, "C4A"),
        ("m1a00x0", System.ICD10CM, "M1A.00X0"),
        ("qa0.0101", System.ICD10CM, "QA0.0101"),
        ("M54..5", System.ICD10CM, "M54..5"),
        ("not a code", System.ICD10CM, "NOTACODE"),
        ("M545", System.OTHER, "M545"),
        ("e0100", System.HCPCS, "E0100"),
        (" 76120 ", System.CPT, "76120"),
    ],
)
def test_a_code_is_printed_in_one_form(raw: str, system: System, printed: str) -> None:
    assert normal(raw, system) == printed


@given(st.text(max_size=12), st.sampled_from(System))
def test_the_printed_form_is_its_own_printed_form(raw: str, system: System) -> None:
    assert normal(normal(raw, system), system) == normal(raw, system)


@pytest.mark.toy(22)
@pytest.mark.parametrize(
    ("code", "system", "fits"),
    [
        ("M54.5", System.ICD10CM, True),
        ("U07.1", System.ICD10CM, True),
        ("M1A.00X0", System.ICD10CM, True),
        ("QA0.8", System.ICD10CM, True),
        ("M5", System.ICD10CM, False),
        ("MM4.5", System.ICD10CM, False),
        ("M54.", System.ICD10CM, False),
        ("M54.50000", System.ICD10CM, False),
        ("", System.ICD10CM, False),
        ("724.2", System.ICD9CM, True),
        ("V70.0", System.ICD9CM, True),
        ("E885.9", System.ICD9CM, True),
        ("76120", System.CPT, True),
        ("0001F", System.CPT, True),
        ("7612", System.CPT, False),
        ("E0100", System.HCPCS, True),
        ("W0100", System.HCPCS, False),
        ("0SG00A0", System.ICD10PCS, True),
        ("0SG00O0", System.ICD10PCS, False),
        ("anything", System.SNOMED, True),
        ("", System.SNOMED, False),
    ],
)
def test_a_shape_says_what_a_code_could_be(code: str, system: System, fits: bool) -> None:
    assert has_shape(code, system) is fits


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("76120", System.CPT),
        ("0042T", System.CPT),
        ("G0008", System.HCPCS),
        ("M54.5", System.OTHER),
        ("", System.OTHER),
        ("7612O", System.OTHER),
    ],
)
def test_a_procedure_code_belongs_to_a_system_by_its_shape(code: str, system: System) -> None:
    assert procedure_system(code) is system


@pytest.mark.parametrize(
    ("npi", "problem"),
    [
        ("1234567893", None),
        ("1558597799", None),
        ("1558597798", "check-digit"),
        ("1000000004", None),
        ("1234567890", "check-digit"),
        ("1234567839", "check-digit"),
        ("3234567893", "shape"),
        ("123456789", "shape"),
        ("12345678933", "shape"),
        ("12345 7893", "shape"),
        ("", "shape"),
        ("١234567893", "shape"),
    ],
)
def test_the_check_digit_of_an_npi_is_checked(npi: str, problem: str | None) -> None:
    assert npi_problem(npi) == problem


@given(st.from_regex(r"[12][0-9]{8}", fullmatch=True))
def test_every_npi_has_one_right_check_digit(nine: str) -> None:
    assert sum(npi_problem(f"{nine}{digit}") is None for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("raw", "both"),
    [
        ("M40.00-M40.57", ("M40.00", "M40.57")),
        ("M40.00 - M40.57", ("M40.00", "M40.57")),
        ("M40.00–M40.57", ("M40.00", "M40.57")),
        ("M40.00 — M40.57", ("M40.00", "M40.57")),
        ("M40.00−M40.57", ("M40.00", "M40.57")),
        ("M40.00 to M40.57", ("M40.00", "M40.57")),
        ("M40.00 THRU M40.57", ("M40.00", "M40.57")),
        ("M40.00  through\tM40.57", ("M40.00", "M40.57")),
        (" M54.5 ", ("M54.5", None)),
        ("M54.5-", ("M54.5-", None)),
        ("M54.50 M54.59", ("M54.50 M54.59", None)),
        ("A00-B00-C00", ("A00-B00-C00", None)),
        ("", ("", None)),
    ],
)
def test_a_range_is_told_from_a_code(raw: str, both: tuple[str, str | None]) -> None:
    assert range_ends(raw) == both


@pytest.mark.parametrize(
    ("raw", "low", "high", "exist", "backwards", "crosses", "billable", "validity"),
    [
        ("m54.5", "M54.5", None, (True, None), False, False, 3, Validity.HEADER),
        ("M5450", "M54.50", None, (True, None), False, False, 1, Validity.VALID),
        ("M40.00–m40.57", "M40.00", "M40.57", (True, True), False, False, 31, Validity.VALID),
        ("M54.50-M54.5", "M54.50", "M54.5", (True, True), True, False, 3, Validity.HEADER),
        ("M54.6 to M54.50", "M54.6", "M54.50", (True, True), True, False, 0, Validity.VALID),
        ("C00-D49", "C00", "D49", (True, True), False, True, 1727, Validity.HEADER),
        ("S13.4XXA-S43.4XXS", "S13.4XXA", "S43.4XXS", (True, False), False, False, None, Validity.UNKNOWN),
        ("S43.4XXS-S13.4XXA", "S43.4XXS", "S13.4XXA", (False, True), False, False, None, Validity.UNKNOWN),
        ("S30.1XXA", "S30.1XXA", None, (False, None), False, False, None, Validity.RETIRED),
        ("76120", "76120", None, (False, None), False, False, None, Validity.NOT_CHECKED),
        ("76120-76125", "76120", "76125", (False, False), False, False, None, Validity.NOT_CHECKED),
        ("e0100", "E0100", None, (False, None), False, False, None, Validity.NOT_CHECKED),
        ("J1100", "J11.00", None, (True, None), False, False, 1, Validity.VALID),
        ("M51.07", "M51.07", None, (False, None), False, False, None, Validity.UNKNOWN),
        ("hello", "HELLO", None, (False, None), False, False, None, Validity.UNKNOWN),
        ("M54.5-", "M54.5-", None, (False, None), False, False, None, Validity.UNKNOWN),
        ("", "", None, (False, None), False, False, None, Validity.UNKNOWN),
    ],
)
def test_the_ends_of_a_code_or_range_are_told(
    codeset: CodeSet,
    raw: str,
    low: str,
    high: str | None,
    exist: tuple[bool, bool | None],
    backwards: bool,
    crosses: bool,
    billable: int | None,
    validity: Validity,
) -> None:
    found = ends(raw, MAY_2026, codeset)
    assert (found.raw, found.low, found.high) == (raw, low, high)
    assert (found.low_exists, found.high_exists) == exist
    assert (found.reversed, found.crosses_category) == (backwards, crosses)
    assert (found.billable, found.validity) == (billable, validity)


@pytest.mark.parametrize(
    ("raw", "day", "low_exists", "validity"),
    [
        ("M54.5", date(2017, 10, 12), True, Validity.VALID),
        ("M54.50", date(2017, 10, 12), True, Validity.NOT_YET_VALID),
        ("M54.5-M54.50", date(2017, 10, 12), True, Validity.NOT_YET_VALID),
        ("M54.5", None, True, Validity.UNKNOWN),
        ("S30.1XXA", date(2023, 12, 1), True, Validity.VALID),
        ("S30.1XXA", date(2025, 3, 1), False, Validity.UNKNOWN),
    ],
)
def test_the_ends_are_told_as_of_a_day(codeset: CodeSet, raw: str, day: date | None, low_exists: bool, validity: Validity) -> None:
    found = ends(raw, day, codeset)
    assert (found.low_exists, found.validity) == (low_exists, validity)


@given(raw=st.text(max_size=30))
def test_nothing_that_can_be_typed_is_refused(codeset: CodeSet, raw: str) -> None:
    found = ends(raw, MAY_2026, codeset)
    assert found.raw == raw
    assert (found.high is None) == (found.high_exists is None)
    assert (found.billable is None) == (not found.low_exists or found.high_exists is False)
