"""Printed forms, in one column and in two: each value up to its neighbour, each label in the part of the form in which it stands."""

import pytest
import record_makers as make
from hypothesis import given
from hypothesis import strategies as st

from ur_desk.documents.record_pages import form
from ur_desk.domain.intake.sheets import Word
from ur_desk.importers.form_labels import labels
from ur_desk.importers.form_lines import answers
from ur_desk.importers.forms import proposals

LEFT, RIGHT = 50.0, 330.0
TITLE = [(180.0, "PRIOR AUTHORIZATION REQUEST FORM")]


def told(*rows: list[tuple[float, str]]) -> dict[str, str]:
    return {each.field: each.text for each in proposals(form(make.printed([TITLE, *rows]), "x"))}


def two_columns(colon: str) -> list[list[tuple[float, str]]]:
    return [
        [(LEFT, "Member Information"), (RIGHT, "Requesting Provider")],
        [(LEFT, f"Patient Name{colon} Rosa Alvarado"), (RIGHT, f"Provider Name{colon} Priya Natarajan, MD")],
        [(LEFT, f"DOB{colon} 02/11/1968"), (RIGHT, f"NPI{colon} 1558597798")],
        [(LEFT, f"Member ID{colon} DEMO-004417"), (RIGHT, f"Phone{colon} 317-555-0126")],
        [(LEFT, f"Address{colon} 12 Elm St, Gary, IN 46402"), (RIGHT, f"Fax{colon} 317-555-0127")],
        [(LEFT, "Service Information")],
        [(LEFT, f"CPT Code{colon} 76120 Cineradiography, lumbar spine"), (RIGHT, f"Date of Service{colon} 10/12/2017")],
        [(LEFT, f"ICD-10 Code{colon} M54.5 Low back pain"), (RIGHT, f"Units{colon} 1")],
    ]


@pytest.mark.parametrize("colon", [":", ""])
def test_a_form_in_two_columns_is_read_field_by_field_with_colons_and_without(colon: str) -> None:
    assert told(*two_columns(colon)) == {
        "member.family": "Alvarado",
        "member.given": "Rosa",
        "member.birth_date": "02/11/1968",
        "member.member_id": "DEMO-004417",
        "member.address": "12 Elm St, Gary, IN 46402",
        "requesting_provider.name": "Priya Natarajan, MD",
        "requesting_provider.npi": "1558597798",
        "requesting_provider.phone": "317-555-0126",
        "requesting_provider.fax": "317-555-0127",
        "services.1.code": "76120",
        "services.1.description": "Cineradiography, lumbar spine",
        "services.1.quantity": "1",
        "services.1.first_day": "10/12/2017",
        "diagnoses.1.code": "M54.5",
    }


def test_labels_close_behind_each_other_on_one_line_part_their_values() -> None:
    line = "Patient Name: Rosa Alvarado DOB 02/11/1968 Member ID: W4417 NPI # 1558597798 Fax 317-555-0127"
    assert told([(LEFT, line)]) == {
        "member.family": "Alvarado",
        "member.given": "Rosa",
        "member.birth_date": "02/11/1968",
        "member.member_id": "W4417",
        "requesting_provider.npi": "1558597798",
        "requesting_provider.fax": "317-555-0127",
    }


def test_a_label_that_nobody_declared_ends_the_value_before_it() -> None:
    found = told(
        [(LEFT, "Patient Name: Rosa Alvarado"), (RIGHT, "Preferred shoe: brown")],
        [(LEFT, "Member ID: W4417 Locker: 12"), (RIGHT, "Date of Birth: 02/11/1968")],
    )
    assert (found["member.given"], found["member.family"]) == ("Rosa", "Alvarado")
    assert (found["member.member_id"], found["member.birth_date"]) == ("W4417", "02/11/1968")
    assert len(found) == 4


def test_a_heading_in_one_column_begins_no_part_of_the_other() -> None:
    found = told(
        [(LEFT, "Member Information"), (RIGHT, "Requesting Provider")],
        [(LEFT, "Name: Rosa Alvarado"), (RIGHT, "Name: Priya Natarajan")],
        [(LEFT, "Servicing Facility"), (RIGHT, "NPI: 1558597798")],
        [(LEFT, "Name: Orchard Row Imaging"), (RIGHT, "Phone: 317-555-0126")],
    )
    assert found["requesting_provider.phone"] == "317-555-0126"
    assert found["servicing_provider.name"] == "Orchard Row Imaging"
    assert "servicing_provider.phone" not in found


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("CPT Code: 76120 Cineradiography, lumbar spine", "76120", "Cineradiography, lumbar spine"),
        ("CPT Code: Cineradiography of the spine (76120)", "76120", "Cineradiography of the spine"),
        ("CPT Code: 76120 x 2 Cineradiography", "76120", "Cineradiography"),
        ("Service Requested: 76120 - Cineradiography, lumbar", "76120", "Cineradiography, lumbar"),
        ("Service Requested: Cineradiography, lumbar (CPT 76120)", "76120", "Cineradiography, lumbar"),
        ("Service Requested: Cineradiography, lumbar CPT: 76120", "76120", "Cineradiography, lumbar"),
        ("CPT Code: 76120", "76120", None),
        ("Service Requested: Cineradiography at 46402 Elm St", None, "Cineradiography at 46402 Elm St"),
    ],
)
def test_a_code_and_the_words_beside_it_go_into_fields_of_their_own(line: str, code: str | None, words: str | None) -> None:
    found = told([(LEFT, "Patient Name: Rosa Alvarado")], [(LEFT, line)], [(LEFT, "DOB: 02/11/1968")])
    assert (found.get("services.1.code"), found.get("services.1.description")) == (code, words)


def test_several_codes_keep_their_own_words() -> None:
    found = told(*two_columns(":")[:4], [(LEFT, "CPT Codes: 76120 cineradiography, 97110 therapeutic exercise")])
    rows = [(found[f"services.{n}.code"], found[f"services.{n}.description"]) for n in (1, 2)]
    assert rows == [("76120", "cineradiography"), ("97110", "therapeutic exercise")]


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Date of Service: 10/12/2017", ("10/12/2017", None)),
        ("Date(s) of Service: 10/12/17 - 10/14/17", ("10/12/2017", "10/14/2017")),
        ("DOS 10/12/2017", ("10/12/2017", None)),
        ("Dates of Service: 10/12/2017 to 10/14/2017 (three visits)", ("10/12/2017", "10/14/2017")),
        ("Date of Service: as soon as possible", (None, None)),
    ],
)
def test_days_of_service_are_read_as_forms_write_them(line: str, days: tuple[str | None, str | None]) -> None:
    found = told(*two_columns(":")[:4], [(LEFT, line)])
    assert (found.get("services.1.first_day"), found.get("services.1.last_day")) == days


def test_a_number_is_taken_without_what_stands_behind_it_and_what_is_none_is_not() -> None:
    found = told(
        [(LEFT, "Patient Name: Rosa Alvarado"), (RIGHT, "Provider NPI: 1558597798 (individual)")],
        [(LEFT, "DOB: 02/11/1968"), (RIGHT, "Provider Phone: (317) 555-0126 ext. 12 ask for Jo")],
        [(LEFT, "Member ID: W4417"), (RIGHT, "Provider Fax: see above")],
    )
    assert found["requesting_provider.npi"] == "1558597798"
    assert found["requesting_provider.phone"] == "(317) 555-0126 ext. 12"
    assert "requesting_provider.fax" not in found


boxes = st.tuples(*[st.floats(0, 1)] * 4)


@given(st.lists(st.tuples(st.sampled_from(["Patient", "Name:", "DOB", "NPI", "02/11/1968", "1558597798", "Fax:", "of", "x"]), st.integers(0, 3), boxes), max_size=30))  # fmt: skip
def test_every_word_of_a_value_stands_on_the_page_once(words: list[tuple[str, int, tuple[float, ...]]]) -> None:
    page = [Word(text, line, *box) for text, line, box in words]
    values = [part for _, value in answers(page, labels()) for part in value.split()]
    assert all(values.count(each) <= [word.text for word in page].count(each) for each in values)
