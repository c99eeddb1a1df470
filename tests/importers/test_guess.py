"""What columns seem to hold, by their headers and by what stands in them; what is doubtful is offered and not taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import HEAD, ROWS, grid

from ur_desk.domain.intake.mapping import CHOICES, FIELDS, DateOrder, Guess, Holds, Sureness
from ur_desk.importers.guess import guess
from ur_desk.importers.headers import declared
from ur_desk.importers.layout import laid_out
from ur_desk.importers.no_requests import declared_others

HEADERS = {
    "DOB": "member.birth_date", "Birth Date": "member.birth_date", "PatientDOB": "member.birth_date", "Mbr ID": "member.member_id",
    "Subscriber #": "member.member_id", "memberId": "member.member_id", "Member's ID": "member.member_id", "Pt Last Name": "member.family",
    "Patient Name": "member.name", "CPT": "services.code", "Proc Code": "services.code", "CPT/HCPCS": "services.code",
    "Procedure Code 1": "services.code", "Dx1": "diagnoses.code", "Dx 12": "diagnoses.code", "ICD10": "diagnoses.code",
    "ICD-10-CM Code 2": "diagnoses.code", "Diagnosis Code(s)": "diagnoses.code", "Primary ICD-10": "diagnoses.primary_code",
    "DOS": "services.first_day", "From": "services.first_day", "Thru": "services.last_day", "Units": "services.quantity",
    "Qty": "services.quantity", "POS": "services.place_of_service", "NPI": "requesting_provider.npi",
    "Ordering Provider": "requesting_provider.name", "Rendering NPI": "servicing_provider.npi", "Facility Name": "servicing_provider.name",
    "Prior Auth #": "reference", "Date/Time Received": "received_at", "LOB": "line_of_business", "Mod 2": "services.modifiers",
    "Fax #": "requesting_provider.fax", "Status": "decision",
}  # fmt: skip


def guessed(*rows: object) -> Guess:
    return guess(laid_out(grid(*rows))[0])  # type: ignore[arg-type]


def fields_of(told: Guess) -> dict[str, str]:
    return {} if told.mapping is None else {column.source: column.field for column in told.mapping.columns}


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_is_known_in_many_spellings(header: str) -> None:
    meaning = declared().meaning(header)
    assert meaning is not None
    assert (meaning.field, meaning.doubtful) == (HEADERS[header], False)


def test_no_spelling_is_declared_for_two_fields_and_every_field_is_one() -> None:
    told = declared()
    assert not set(told.fields) & set(told.doubtful)
    assert {*told.fields.values(), *told.doubtful.values(), *told.values} <= set(FIELDS)


def test_every_declared_spelling_is_found_by_itself() -> None:
    lost = {
        spelling: field for spelling, field in declared().fields.items() if (m := declared().meaning(spelling)) is None or m.field != field
    }
    assert not lost


def test_a_usual_table_is_known_whole_and_ready() -> None:
    told = guessed(HEAD, *ROWS)
    assert told.ready
    assert not told.refused
    assert {each.sureness for each in told.columns} == {Sureness.SURE}
    assert fields_of(told)["Dx2"] == "diagnoses.code"
    assert "3 of 3 values are National Provider Identifiers with a right check digit." in told.columns[-1].reasons


def test_values_that_contradict_the_header_make_it_unsure_and_it_is_not_taken() -> None:
    told = guessed(["Member ID", "CPT", "DOB", "NPI"], ["DEMO-1", "72148", "see chart", "12"], ["DEMO-2", "27447", "see chart", "13"])
    assert {each.header: each.sureness for each in told.columns}["DOB"] is Sureness.UNSURE
    assert set(fields_of(told)) == {"Member ID", "CPT"}


def test_words_that_nobody_declared_for_a_choice_make_its_column_unsure() -> None:
    told = guessed(
        ["Member ID", "CPT", "Priority", "Request Type"], ["DEMO-1", "72148", "STAT", "Outpatient"], ["DEMO-2", "97110", "Routine", "Home"]
    )
    assert set(fields_of(told)) == {"Member ID", "CPT", "Priority"}


def test_every_word_for_a_value_means_one_that_there_is() -> None:
    for field, words in declared().values.items():
        assert {value for _, value in words} <= {choice.value for choice in CHOICES[field]}, field
    assert set(CHOICES) == {field for field, holds in FIELDS.items() if holds is Holds.CHOICE}


def test_a_number_of_the_senders_own_is_not_taken_for_the_members_id() -> None:
    told = guessed(["MRN", "Patient ID", "Patient Name", "CPT"], ["7", "8", "Otto Brandt", "72148"])
    assert "member.member_id" not in fields_of(told).values()
    unsure = [each for each in told.columns if each.sureness is Sureness.UNSURE]
    assert [each.header for each in unsure] == ["MRN", "Patient ID"]
    assert "sender's own" in unsure[0].reasons[0]


def test_the_day_of_a_request_is_not_taken_for_its_receipt() -> None:
    told = guessed(["Member ID", "CPT", "Request Date"], ["DEMO-1", "72148", "10/12/2017"])
    assert "received_at" not in fields_of(told).values()


def test_words_under_a_code_header_are_taken_as_words() -> None:
    assert fields_of(guessed(["Member ID", "Procedure"], ["DEMO-1", "MRI of the lumbar spine"]))["Procedure"] == "services.description"


NURSE = (
    ["Req No", "Subscriber", "Last", "First", "DOB", "Prio", "CPT", "Dx", "DOS"],
    ["R-1", "DEMO-0012", "Alvarado", "Rosalind", "04/13/1968", "U", "72148", "M54.5", "10/12/2017"],
    ["R-2", "DEMO-0013", "Brandt", "Otto", "12/01/1959", "R", "97110", "M17.11", "10/16/2017"],
)


def test_short_headers_of_an_office_are_known_and_values_that_speak_against_a_header_are_heard() -> None:
    told = guessed(*NURSE)
    sure = {each.header: (each.field, each.sureness) for each in told.columns}
    assert sure["Req No"] == ("reference", Sureness.SURE)
    assert (sure["Last"], sure["First"]) == (("member.family", Sureness.SURE), ("member.given", Sureness.SURE))
    assert sure["Subscriber"] == ("member.member_id", Sureness.LIKELY)
    assert "identifiers, not names" in told.columns[1].reasons[1]
    assert sure["Prio"] == ("urgency", Sureness.UNSURE)
    assert "Not known: “R”, “U”." in told.columns[5].reasons
    assert told.ready


@pytest.mark.parametrize(
    ("header", "value", "field"),
    [
        ("Member", "DEMO-7", "member.member_id"),
        ("Member", "Otto Brandt", "member.name"),
        ("Subscriber", "Otto Brandt", "member.subscriber"),
        ("Provider", "1003000126", "requesting_provider.npi"),
        ("Facility", "1003000126", "servicing_provider.npi"),
        ("Facility", "Orchard Row Imaging", "servicing_provider.name"),
    ],
)
def test_a_name_is_told_from_a_number_by_its_values(header: str, value: str, field: str) -> None:
    told = guessed([header, "CPT"], [value, "72148"])
    assert told.columns[0].field == field


def test_the_beginning_of_a_known_header_is_a_question_and_one_of_several_is_none() -> None:
    told = guessed(["Member ID", "CPT", "Diagn", "Urgen", "Serv"], ["DEMO-1", "72148", "see chart", "hot", "x"])
    assert [(each.field, each.sureness) for each in told.columns[2:4]] == [
        ("diagnoses.code", Sureness.UNSURE),
        ("urgency", Sureness.UNSURE),
    ]
    assert told.columns[4].field is None


def test_names_with_digits_under_a_name_are_a_question() -> None:
    told = guessed(["Member ID", "Last", "CPT"], ["DEMO-1", "10/12/2017", "72148"])
    assert (told.columns[1].field, told.columns[1].sureness) == ("member.family", Sureness.UNSURE)


def test_words_that_are_many_or_long_are_not_repeated_as_words_for_a_choice() -> None:
    long = guessed(["Member ID", "CPT", "Priority"], ["DEMO-1", "72148", "The member Otto Brandt says it hurts"])
    assert not any("Brandt" in reason for reason in long.columns[2].reasons)
    many = guessed(["Member ID", "CPT", "Priority"], *(["DEMO-1", "72148", f"w{n}"] for n in range(13)))
    assert not any("w3" in reason for reason in many.columns[2].reasons)


def test_a_column_without_a_header_can_be_named_in_a_mapping() -> None:
    told = guessed(["Member ID", "", "CPT"], ["DEMO-1", "M54.5", "72148"], ["DEMO-2", "M17.11", "97110"])
    assert fields_of(told)["Column 2"] == "diagnoses.code"


def test_codes_speak_for_themselves_and_numbers_alone_do_not() -> None:
    told = guessed(["Member ID", "Col A", "Col B", "Col C"], ["DEMO-1", "M54.5", "J1745", "46204"], ["DEMO-2", "M17.11", "E0601", "46205"])
    assert fields_of(told) == {"Member ID": "member.member_id", "Col A": "diagnoses.code", "Col B": "services.code"}
    assert told.columns[3].sureness is Sureness.UNSURE


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("M54.5; M47.816", ";"), ("M54.5, M47.816", ","), ("M54.5: Low back pain, chronic | M17.11: Knee", "|"), ("M54.5", "")],
)
def test_the_separator_of_several_values_is_the_one_at_which_codes_fall_apart(cell: str, mark: str) -> None:
    told = guessed(["Member ID", "CPT", "Dx"], ["DEMO-1", "72148", cell], ["DEMO-2", "72148", "M17.11"])
    assert told.mapping is not None
    assert told.mapping.columns[2].separators == mark


@pytest.mark.parametrize(
    ("days", "order", "why"),
    [
        (("04/13/1968", "10/12/2017"), DateOrder.MDY, "the month comes first"),
        (("13/04/1968", "25/10/2017"), DateOrder.DMY, "the day comes first"),
        (("31/11/1968", "10/12/2017"), DateOrder.MDY, "both ways"),
        (("04/05/1968", "10/12/2017"), DateOrder.MDY, "both ways"),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_whole_file(days: tuple[str, str], order: DateOrder, why: str) -> None:
    told = guessed(["Member ID", "CPT", "DOB", "DOS"], ["DEMO-1", "72148", *days])
    assert told.mapping is not None
    assert {column.dates for column in told.mapping.columns if column.field.endswith(("date", "day"))} == {order}
    assert any(why in reason for each in told.columns for reason in each.reasons)


@pytest.mark.parametrize(
    ("born", "days", "open_headers", "orders"),
    [
        ("04/13/1968", ("03/02/2017", "04/02/2017"), (), (DateOrder.MDY, DateOrder.MDY)),
        ("13/04/1968", ("03/02/2017", "04/02/2017"), ("DOS",), (DateOrder.DMY, DateOrder.MDY)),
        ("1968-04-13", ("25/03/2017", "04/02/2017"), ("DOS",), (DateOrder.MDY, DateOrder.DMY)),
        ("1968-04-13", ("25/03/2017", "26/03/2017"), (), (DateOrder.DMY, DateOrder.DMY)),
        ("1968-04-13", ("25/03/2017", "03/26/2017"), (), (DateOrder.MDY, DateOrder.MDY)),
        ("1968-04-13", ("03/02/2017", "04/02/2017"), ("DOS",), (DateOrder.MDY, DateOrder.MDY)),
        ("1968-04-13", ("02/02/2017", "2017-04-02"), (), (DateOrder.MDY, DateOrder.MDY)),
    ],
)
def test_one_day_that_begins_with_the_day_turns_no_other_around_and_is_asked_about(
    born: str, days: tuple[str, str], open_headers: tuple[str, ...], orders: tuple[DateOrder, DateOrder]
) -> None:
    told = guessed(["Member ID", "CPT", "DOB", "DOS"], *(["DEMO-1", "72148", born, day] for day in days))
    assert told.mapping is not None
    assert told.order_open == open_headers
    assert tuple(column.dates for column in told.mapping.columns if column.field.endswith(("date", "day"))) == orders


def test_a_column_whose_days_say_their_order_is_read_in_it_whatever_other_columns_say() -> None:
    told = guessed(["Member ID", "CPT", "DOB", "DOS"], ["DEMO-1", "72148", "13/04/1968", "10/13/2017"])
    assert told.mapping is not None
    assert [column.dates for column in told.mapping.columns[2:]] == [DateOrder.DMY, DateOrder.MDY]


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (("CPT 1", "CPT 2", "Modifier 2"), "services.2.modifiers"),
        (("CPT", "Modifier 1", "Modifier 2"), "services.modifiers"),
    ],
)
def test_a_second_modifier_is_of_the_second_service_where_services_are_numbered(heads: tuple[str, ...], fields: str) -> None:
    told = guessed(["Member ID", *heads], ["DEMO-1", "72148", "97110" if heads[1] == "CPT 2" else "26", "RT"])
    assert fields_of(told)["Modifier 2"] == fields


def test_rows_that_repeat_a_reference_are_lines_of_one_request() -> None:
    head = ["Auth #", "Member ID", "CPT"]
    assert guessed(head, ["R-1", "DEMO-1", "72148"], ["R-1", "DEMO-1", "97110"]).mapping.group == ("reference",)  # type: ignore[union-attr]
    assert guessed(head, ["R-1", "DEMO-1", "72148"], ["R-2", "DEMO-1", "97110"]).mapping.group == ()  # type: ignore[union-attr]
    head = ["Received", "Member ID", "CPT"]
    rows = (["10/12/2017 09:30", "DEMO-1", "72148"], ["10/12/2017 09:30", "DEMO-1", "97110"])
    assert guessed(head, *rows).mapping.group == ("member.member_id", "received_at")  # type: ignore[union-attr]


def test_what_a_member_asks_for_on_one_day_is_not_one_request_where_the_file_numbers_requests() -> None:
    rows = (["R-1", "10/12/2017", "DEMO-1", "72148"], ["R-2", "10/12/2017", "DEMO-1", "97110"])
    assert guessed(["Auth #", "Received Date", "Member ID", "CPT"], *rows).mapping.group == ()  # type: ignore[union-attr]
    empty = [["", *row[1:]] for row in rows]
    told = guessed(["Auth #", "Received Date", "Member ID", "CPT"], *empty)
    assert told.mapping.group == ("member.member_id", "received_at")  # type: ignore[union-attr]


def test_of_two_columns_for_one_field_the_surer_is_taken_and_the_other_is_said() -> None:
    told = guessed(
        ["DOS", "Start Date", "Member ID", "CPT"], ["see chart", "10/12/2017", "DEMO-1", "72148"], ["", "10/13/2017", "DEMO-2", "97110"]
    )
    assert fields_of(told)["Start Date"] == "services.first_day"
    assert "“Start Date” was taken for that." in told.columns[0].reasons


@pytest.mark.parametrize(
    ("head", "row", "lacks"),
    [
        (["Member ID", "Last Name", "DOB"], ["DEMO-1", "Brandt", "12/01/1959"], "no column with the service asked for"),
        (["CPT", "Units", "DOS"], ["72148", "1", "10/12/2017"], "no column that says whose request it is"),
        (["Alpha", "Beta", "Gamma"], ["a", "b", "c"], "no column with the service asked for"),
    ],
)
def test_what_is_no_table_of_requests_is_refused_with_what_it_lacks(head: list[str], row: list[str], lacks: str) -> None:
    told = guessed(head, row)
    assert told.mapping is None
    assert lacks in told.refused


def test_lists_that_are_known_are_called_by_their_name() -> None:
    for what, keys in declared_others():
        told = guessed(list(keys), ["x"] * len(keys))
        assert told.refused.startswith(f"This is {what}, not a list of requests")


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=8))
def test_whatever_stands_in_a_table_a_guess_is_made(rows: list[list[str]]) -> None:
    told = guessed(*rows)
    assert told.mapping is None or told.mapping.columns
    assert (told.mapping is None) or not told.refused
