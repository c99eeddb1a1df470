"""Rows as a mapping declares them to requests: values, places, rows of one request, and what keeps what out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from table_files import HEAD, NOW, ROWS, text_of

from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.mapping import Column, DateOrder, Mapping, Sender
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Channel, LineOfBusiness, Sex, Urgency
from ur_desk.importers import extract

BASE = (Column("Id", "member.member_id"), Column("Code", "services.code"))


def read(rows: list[list[str]], mapping: Mapping | None = None, senders: tuple[Sender, ...] = ()) -> Extracted:
    return extract(text_of(rows).encode(), "f.csv", None, NOW, mapping, senders)


def one(columns: list[Column], *values: str, **more: object) -> Extracted:
    """A table of one row with these columns, beside a member and a service."""
    mapping = Mapping((*BASE, *columns), **more)  # type: ignore[arg-type]
    return read([["Id", "Code", *(column.source for column in columns)], ["DEMO-1", "72148", *values]], mapping)


def doubts(told: Extracted) -> set[tuple[str, str]]:
    return {(p.code, p.where.removeprefix("f.csv: ")) for p in told.problems}


def test_a_usual_table_gives_its_requests_with_nothing_lost() -> None:
    told = read([list(HEAD), *map(list, ROWS)])
    first = told.requests[0]
    assert (first.reference, first.member.listed_name, first.member.birth_date) == ("R-1", "Alvarado, Rosalind", date(1968, 4, 13))
    assert [(s.code, s.quantity, s.first_day) for s in first.services] == [("72148", Decimal(1), date(2017, 10, 12))]
    assert [(d.code, d.primary) for d in first.diagnoses] == [("M54.5", False), ("M47.816", False)]
    assert first.requesting_provider is not None
    assert first.requesting_provider.npi == "1003000126"
    assert first.source is not None
    assert (first.source.file, first.source.format, len(first.source.sha256 or "")) == ("f.csv", "csv", 64)
    assert len(told.requests) == 3
    assert doubts(told) == {("columns-guessed", "f.csv"), ("missing-receipt", "f.csv")}


def test_what_is_missing_everywhere_is_said_once_and_what_is_missing_here_at_its_row() -> None:
    told = read([["Member ID", "CPT", "Dx"], ["DEMO-1", "72148", "M54.5"], ["DEMO-2", "97110", ""], ["DEMO-3", "97110", "M54.5"]])
    said = [p for p in told.problems if p.code in ("missing-receipt", "no-diagnosis")]
    assert [(p.code, p.where) for p in said] == [("missing-receipt", "f.csv"), ("no-diagnosis", "f.csv: row 3")]
    assert said[0].message.endswith("So it is with all 3 requests of the file.")


def test_what_only_requests_need_is_said_once_also_beside_messages_about_earlier_ones() -> None:
    mapping = Mapping((*BASE, Column("Kind", "kind"), Column("Dx", "diagnoses.code")))
    rows = [["DEMO-1", "72148", "new", ""], ["DEMO-2", "", "inquiry", ""], ["DEMO-3", "97110", "new", ""]]
    said = [p for p in read([["Id", "Code", "Kind", "Dx"], *rows], mapping).problems if p.code in ("missing-receipt", "no-diagnosis")]
    assert sorted(p.code for p in said) == ["missing-receipt", "no-diagnosis"]
    assert all(p.message.endswith("So it is with all 2 requests of the file.") for p in said)


def test_a_doubt_of_a_column_that_is_the_same_in_every_row_is_said_once_with_the_column() -> None:
    told = read([["Member ID", "CPT", "Received"], ["DEMO-1", "72148", "10/12/2017 09:30"], ["DEMO-2", "97110", "10/13/2017 10:00"]])
    assert ("missing-zone", "column “Received”") in doubts(told)
    fixed = Mapping(BASE, fixed=(("channel", "pigeon"),))
    told = read([["Id", "Code"], ["DEMO-1", "72148"], ["DEMO-2", "97110"]], fixed)
    assert [(p.code, p.where) for p in told.problems if p.code == "unknown-value"] == [("unknown-value", "f.csv")]


def test_a_problem_names_its_row_and_its_column() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][4], rows[2][10] = "Dec 99", "1003000127"
    told = read([list(HEAD), *rows])
    assert {("bad-date", "row 3, column “DOB”"), ("bad-npi", "row 4, column “NPI”")} <= doubts(told)


def test_a_bad_row_keeps_no_other_out() -> None:
    rows = [list(HEAD), list(ROWS[0]), ["R-9", "DEMO-9"] + [""] * 9, list(ROWS[1])]
    told = read(rows)
    assert [r.reference for r in told.requests] == ["R-1", "R-2"]
    assert [(p.code, p.where) for p in told.problems if p.severity is Severity.ERROR] == [("no-service", "f.csv: row 3")]


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("10/12/2017", DateOrder.MDY, date(2017, 10, 12)),
        ("10/12/2017", DateOrder.DMY, date(2017, 12, 10)),
        ("2017-10-12", DateOrder.DMY, date(2017, 10, 12)),
        ("2017/10/12", DateOrder.MDY, date(2017, 10, 12)),
        ("17.10.12", DateOrder.YMD, date(2017, 10, 12)),
        ("10-12-17", DateOrder.MDY, date(2017, 10, 12)),
        ("20171012", DateOrder.MDY, date(2017, 10, 12)),
        ("10122017", DateOrder.MDY, date(2017, 10, 12)),
        ("12-Oct-2017", DateOrder.MDY, date(2017, 10, 12)),
        ("October 12, 2017", DateOrder.MDY, date(2017, 10, 12)),
        ("2017-10-12T00:00:00", DateOrder.MDY, date(2017, 10, 12)),
        ("10/12/2017 12:00:00 AM", DateOrder.MDY, date(2017, 10, 12)),
        ("43020", DateOrder.MDY, date(2017, 10, 12)),
        ("02/30/2017", DateOrder.MDY, None),
        ("soon", DateOrder.MDY, None),
    ],
)
def test_days_are_read_in_every_way_that_files_write_them(text: str, order: DateOrder, day: date | None) -> None:
    told = one([Column("Day", "services.first_day", dates=order)], text)
    assert told.requests[0].services[0].first_day == day
    assert (("bad-date", "row 2, column “Day”") in doubts(told)) == (day is None)
    assert (("serial-day", "row 2, column “Day”") in doubts(told)) == (text == "43020")


def test_a_birth_with_two_digits_for_its_year_is_not_guessed() -> None:
    told = one([Column("Born", "member.birth_date")], "04/13/15")
    assert told.requests[0].member.birth_date is None
    assert ("bad-date", "row 2, column “Born”") in doubts(told)


@pytest.mark.parametrize("text", ["10/12/2017 - 10/14/2017", "10/12/2017-10/14/2017", "2017-10-12 to 2017-10-14", "10/12/17 thru 10/14/17"])
def test_a_span_of_days_in_one_cell_is_two_days(text: str) -> None:
    service = one([Column("Days", "services.days")], text).requests[0].services[0]
    assert (service.first_day, service.last_day) == (date(2017, 10, 12), date(2017, 10, 14))


def test_days_that_can_be_read_both_ways_are_doubted_where_the_file_writes_both() -> None:
    head = ["Member ID", "CPT", "DOS"]
    told = read([head, ["DEMO-1", "72148", "13/04/2026"], ["DEMO-2", "72148", "04/23/2026"], ["DEMO-3", "72148", "05/04/2026"]])
    assert [p.where for p in told.problems if p.code == "day-order"] == ["f.csv", "f.csv: row 4, column “DOS”"]
    told = read([head, ["DEMO-1", "72148", "25/03/2026"], ["DEMO-2", "72148", "04/02/2026"]])
    assert [p.where for p in told.problems if p.code == "day-order"] == ["f.csv", "f.csv: row 3, column “DOS”"]
    assert "day-first" not in {p.code for p in told.problems}
    assert [r.services[0].first_day for r in told.requests] == [date(2026, 3, 25), date(2026, 2, 4)]
    columns = (*BASE, Column("Day", "services.first_day"))
    told = read([["Id", "Code", "Day"], ["DEMO-1", "72148", "13/04/2026"], ["DEMO-2", "72148", "05/04/2026"]], Mapping(columns))
    assert ("day-order", "row 3, column “Day”") in doubts(told)
    told = read([head, ["DEMO-1", "72148", "04/23/2026"], ["DEMO-2", "72148", "05/04/2026"], ["DEMO-3", "72148", "05/05/2026"]])
    assert "day-order" not in {p.code for p in told.problems}


def test_a_service_that_lies_far_ahead_is_doubted() -> None:
    told = one([Column("From", "services.first_day")], "1/2/95")
    assert told.requests[0].services[0].first_day == date(2095, 1, 2)
    assert ("far-day", "row 2, column “From”") in doubts(told)
    assert "far-day" not in {p.code for p in one([Column("From", "services.first_day")], "1/2/28").problems}


def test_what_stands_beside_a_service_that_is_not_named_is_left_out_and_said() -> None:
    head = ["Member ID", "CPT 1", "Units 1", "CPT 2", "Units 2", "Modifier 2"]
    told = read([head, ["DEMO-1", "", "5", "97110", "3", "26"], ["DEMO-2", "72148", "1", "", "3", "26"]])
    lines = [[(s.line, s.code, s.quantity, s.modifiers) for s in r.services] for r in told.requests]
    assert lines == [[(1, "97110", Decimal(3), ("26",))], [(1, "72148", Decimal(1), ())]]
    assert {("unnamed-service", "row 2, column “Units 1”"), ("unnamed-service", "row 3, column “Units 2”")} <= doubts(told)


def test_receipt_with_day_time_and_zone_is_an_instant() -> None:
    told = one([Column("Received", "received_at")], "10/12/2017 9:30 AM", fixed=(("received_zone", "Eastern"),))
    assert told.requests[0].received_at is not None
    assert told.requests[0].received_at.isoformat() == "2017-10-12T13:30:00+00:00"
    assert one([Column("Received", "received_at")], "2017-10-12T09:30:00-04:00").requests[0].received_zone == "-04:00"


@pytest.mark.parametrize(
    ("text", "code", "modifiers", "raw"),
    [
        ("72148-26", "72148", ("26",), "72148-26"),
        ("72148 TC", "72148", ("TC",), "72148 TC"),
        ("27447.0", "27447", (), "27447.0"),
        ("j1745", "J1745", (), "j1745"),
    ],
)
def test_a_code_with_its_modifier_is_parted_and_what_stood_there_is_kept(
    text: str, code: str, modifiers: tuple[str, ...], raw: str
) -> None:
    told = read([["Id", "Code"], ["DEMO-1", text]], Mapping(BASE))
    service = told.requests[0].services[0]
    assert (service.code, service.modifiers, service.raw) == (code, modifiers, raw)


def test_several_codes_of_a_cell_are_lines_of_one_request() -> None:
    mapping = Mapping(
        (BASE[0], Column("Code", "services.code", separators=",;"), Column("Day", "services.first_day"), Column("Qty", "services.quantity"))
    )
    told = read([["Id", "Code", "Day", "Qty"], ["DEMO-1", "72148, 97110;27447", "10/12/2017", "2"]], mapping)
    assert [(s.line, s.code, s.first_day, s.quantity) for s in told.requests[0].services] == [
        (1, "72148", date(2017, 10, 12), Decimal(2)),
        (2, "97110", date(2017, 10, 12), Decimal(2)),
        (3, "27447", date(2017, 10, 12), Decimal(2)),
    ]
    assert ("shared-amount", "row 2, column “Qty”") in doubts(told)


def test_numbered_columns_are_further_services_of_the_row() -> None:
    rows = [
        ["Member ID", "CPT 1", "Units 1", "CPT 2", "Units 2", "CPT 3", "DOS"],
        ["DEMO-1", "72148", "1", "97110", "12", "", "10/12/2017"],
    ]
    told = read(rows)
    assert [(s.code, s.quantity, s.first_day) for s in told.requests[0].services] == [
        ("72148", Decimal(1), date(2017, 10, 12)),
        ("97110", Decimal(12), date(2017, 10, 12)),
    ]


def test_diagnoses_with_their_words_keep_them_as_they_stood() -> None:
    told = one(
        [Column("Dx", "diagnoses.code", separators="|"), Column("Main", "diagnoses.primary_code")],
        "G43.909: Migraine, unspecified | M54.5",
        "M17.11",
    )
    assert [(d.code, d.raw, d.primary) for d in told.requests[0].diagnoses] == [
        ("G43.909", "G43.909: Migraine, unspecified", False),
        ("M54.5", "M54.5", False),
        ("M17.11", "M17.11", True),
    ]


@pytest.mark.parametrize(
    ("name", "family", "given", "doubted"),
    [
        ("Brandt, Otto", "Brandt", "Otto", False),
        ("Otto Brandt", "Brandt", "Otto", False),
        ("Ada Mary Okafor", "Okafor", "Ada Mary", True),
        ("Cher", "Cher", None, False),
    ],
)
def test_a_whole_name_is_parted_at_its_comma_or_before_its_last_word(name: str, family: str, given: str | None, doubted: bool) -> None:
    told = one([Column("Name", "member.name")], name)
    member = told.requests[0].member
    assert (member.family, member.given) == (family, given)
    assert (("name-parted", "row 2, column “Name”") in doubts(told)) == doubted


@pytest.mark.parametrize("columns", [("Name", "Last"), ("Last", "Name")])
def test_a_column_for_the_family_name_goes_before_a_whole_name_and_what_differs_is_said(columns: tuple[str, str]) -> None:
    fields, values = {"Name": "member.name", "Last": "member.family"}, {"Name": "Ada de Groot", "Last": "de Groot"}
    told = one([Column(name, fields[name]) for name in columns], *(values[name] for name in columns))
    assert (told.requests[0].member.family, told.requests[0].member.given) == ("de Groot", "Ada de")
    assert "columns-differ" in {p.code for p in told.problems}


def test_words_of_the_sender_are_translated_as_declared_and_others_are_doubted() -> None:
    urgency = Column("Prio", "urgency", values=(("stat", "expedited"), ("routine", "standard")))
    assert one([urgency], "STAT").requests[0].urgency is Urgency.EXPEDITED
    told = one([urgency], "whenever")
    assert told.requests[0].urgency is None
    assert ("unknown-value", "row 2, column “Prio”") in doubts(told)


def test_words_for_nothing_are_nothing() -> None:
    told = one([Column("NPI", "requesting_provider.npi")], "N/A", empty=("n/a",))
    assert told.requests[0].requesting_provider is None


def test_fixed_values_fill_what_no_column_tells() -> None:
    fixed = (("channel", "fax"), ("line_of_business", "fehb"), ("services.place_of_service", "22"), ("diagnoses.system", "ICD-9-CM"))
    told = one([Column("Dx", "diagnoses.code")], "724.2", fixed=fixed).requests[0]
    assert (told.channel, told.line_of_business, told.services[0].place_of_service) == (Channel.FAX, LineOfBusiness.FEHB, "22")
    assert told.diagnoses[0].system.value == "ICD-9-CM"


@pytest.mark.parametrize("text", ["1.23457E+11", "4417.0"])
def test_an_identifier_that_a_spreadsheet_spoiled_is_doubted_and_kept(text: str) -> None:
    told = read([["Id", "Code"], [text, "72148"]], Mapping(BASE))
    assert told.requests[0].member.member_id == text
    assert ("spoiled-id", "row 2, column “Id”") in doubts(told)


def test_what_a_spreadsheet_marks_as_text_is_read_with_its_zeros_and_said() -> None:
    told = extract(b'Member ID,CPT,Auth #\n="00123",="72148",\'0077\n', "f.csv", None, NOW)
    (request,) = told.requests
    assert (request.member.member_id, request.services[0].code, request.reference) == ("00123", "72148", "0077")
    assert {("text-formula", "row 2"), ("text-apostrophe", "row 2, column “Auth #”")} <= doubts(told)


def test_a_request_that_begins_like_a_total_is_a_request() -> None:
    told = read([["Procedure", "Member ID", "Notes"], ["Total knee arthroplasty", "DEMO-1", ""], ["Knee brace", "DEMO-2", "left"]])
    assert [r.member.member_id for r in told.requests] == ["DEMO-1", "DEMO-2"]
    told = read([["Patient Name", "CPT", "Notes"], ["Sum, Lee", "72148", ""], ["Sum", "97110", ""], ["Total: 2", "", ""]])
    assert [r.member.family for r in told.requests] == ["Sum", "Sum"]
    assert [p.where for p in told.problems if p.code == "totals-row"] == ["f.csv: row 4"]


def test_rows_of_one_reference_are_lines_of_one_request_wherever_they_stand() -> None:
    rows = [list(HEAD), list(ROWS[0]), list(ROWS[1]), [*ROWS[0][:5], "97110", "12", "10/13/2017", "M54.5", "G43.909", ROWS[0][10]]]
    told = read(rows)
    assert [r.reference for r in told.requests] == ["R-1", "R-2"]
    assert [(s.line, s.code) for s in told.requests[0].services] == [(1, "72148"), (2, "97110")]
    assert [d.code for d in told.requests[0].diagnoses] == ["M54.5", "M47.816", "G43.909"]


def test_rows_of_one_member_received_at_another_time_are_another_request() -> None:
    head = ["Received", "Member ID", "CPT"]
    told = read(
        [head, *([f"10/12/2017 {time}", "DEMO-1", code] for time, code in (("09:30", "72148"), ("09:30", "97110"), ("14:00", "27447")))]
    )
    assert [[s.code for s in r.services] for r in told.requests] == [["72148", "97110"], ["27447"]]


def test_a_problem_of_a_later_line_stands_at_its_own_row() -> None:
    rows = [list(HEAD), list(ROWS[0]), [*ROWS[0][:5], "97110", "a few", *ROWS[0][7:]]]
    assert ("bad-number", "row 3, column “Units”") in doubts(read(rows))


def test_rows_of_one_reference_for_two_people_are_requests_of_their_own() -> None:
    other, more = [*ROWS[0]], [*ROWS[0]]
    other[1], other[5], more[5] = "DEMO-7", "27447", "97110"
    told = read([list(HEAD), list(ROWS[0]), other, more, list(ROWS[1])])
    assert [(r.member.member_id, [s.code for s in r.services]) for r in told.requests] == [
        ("DEMO-1", ["72148", "97110"]),
        ("DEMO-7", ["27447"]),
        ("DEMO-2", ["27447"]),
    ]
    assert ("rows-apart", "row 3") in doubts(told)


@pytest.mark.parametrize("n", [2, 3, 4], ids=["family", "given", "birth"])
def test_two_people_who_share_a_member_id_are_never_one_request(n: int) -> None:
    head = ["Received Date", *HEAD[1:]]
    other = ["10/01/2017", *ROWS[0][1:]]
    other[n], other[5] = ROWS[1][n], "27447"
    told = read([head, ["10/01/2017", *ROWS[0][1:]], other])
    assert [[s.code for s in r.services] for r in told.requests] == [["72148"], ["27447"]]


def test_rows_of_two_references_are_two_requests_whatever_the_mapping_groups_by() -> None:
    columns = (*BASE, Column("Ref", "reference"), Column("Day", "received_date"))
    rows = [["Id", "Code", "Ref", "Day"], ["DEMO-1", "72148", "R-1", "10/12/2017"], ["DEMO-1", "97110", "R-2", "10/12/2017"]]
    told = read(rows, Mapping(columns, group=("member.member_id", "received_date")))
    assert [r.reference for r in told.requests] == ["R-1", "R-2"]


def test_a_further_row_that_leaves_the_person_out_belongs_to_the_only_one_or_is_an_error() -> None:
    further = ["R-1", "", "", "", "", "97110", *ROWS[0][6:]]
    told = read([list(HEAD), further, list(ROWS[0])])
    assert [[s.code for s in r.services] for r in told.requests] == [["97110", "72148"]]
    assert told.requests[0].member.member_id == "DEMO-1"
    other = ["R-1", *ROWS[1][1:]]
    told = read([list(HEAD), list(ROWS[0]), further, other])
    assert [[s.code for s in r.services] for r in told.requests] == [["72148"], ["27447"]]
    assert [(p.code, p.where) for p in told.problems if p.severity is Severity.ERROR] == [("rows-differ", "f.csv: row 3")]


def test_very_many_people_of_one_group_are_parted_too() -> None:
    columns = (*BASE, Column("Ref", "reference"))
    rows = [["R-1", *row] for row in ([f"DEMO-{n}", "72148"] for n in range(3_000))]
    told = read([["Ref", "Id", "Code"], *rows], Mapping(columns, group=("reference",)))
    assert len({r.member.member_id for r in told.requests}) == 3_000


def test_rows_that_differ_in_less_keep_the_first_and_say_so() -> None:
    other = [*ROWS[0]]
    other[5], other[10] = "97110", "1003000134"
    told = read([list(HEAD), list(ROWS[0]), other])
    assert told.requests[0].requesting_provider is not None
    assert told.requests[0].requesting_provider.npi == ROWS[0][10]
    assert ("rows-differ", "row 3, column “NPI”") in doubts(told)


def test_a_row_that_stands_twice_is_said() -> None:
    told = read([["Member ID", "CPT"], ["DEMO-1", "72148"], ["DEMO-1", "72148"]])
    assert len(told.requests) == 2
    assert ("row-twice", "row 3") in doubts(told)


def test_more_lines_than_a_request_may_have_are_refused() -> None:
    mapping = Mapping((BASE[0], Column("Code", "services.code", separators=";")))
    told = read([["Id", "Code"], ["DEMO-1", ";".join(["97110"] * 1200)], ["DEMO-2", "72148"]], mapping)
    assert [r.member.member_id for r in told.requests] == ["DEMO-2"]
    assert ("too-many-services", "row 2") in doubts(told)


def test_columns_of_which_nothing_was_taken_and_decisions_are_said() -> None:
    told = read([["Member ID", "CPT", "Shoe size", "Status", "Empty"], ["DEMO-1", "72148", "43", "Approved", ""]])
    assert ("decision-not-kept", "row 2, column “Status”") in doubts(told)
    (left,) = [p for p in told.problems if p.code == "columns-left-out"]
    assert left.message == "Nothing was taken from “Shoe size”."


def test_columns_of_one_header_are_told_apart_by_their_order() -> None:
    mapping = Mapping((*BASE, Column("Dx", "diagnoses.code", 2)))
    told = read([["Id", "Code", "Dx", "Dx"], ["DEMO-1", "72148", "M54.5", "M17.11"]], mapping)
    assert [d.code for d in told.requests[0].diagnoses] == ["M17.11"]


def test_a_mapping_for_another_file_reads_nothing_and_says_which_columns_it_lacks() -> None:
    told = read([["Id", "Proc"], ["DEMO-1", "72148"]], Mapping((*BASE, Column("Day", "services.first_day"))))
    assert told.requests == ()
    (problem,) = told.problems
    assert (problem.code, "“Code”, “Day”" in problem.message) == ("column-missing", True)


def test_headers_that_say_too_little_ask_for_a_person() -> None:
    told = read([["Patient ID", "CPT"], ["77", "72148"]])
    assert told.requests == ()
    assert [p.code for p in told.problems] == ["columns-unsure"]


def test_the_file_of_a_known_sender_is_read_by_its_mapping_and_says_so() -> None:
    mapping = Mapping((Column("A", "member.member_id"), Column("B", "services.code"), Column("C", "member.sex", values=(("w", "F"),))))
    sender = Sender("Lindenfield Ortho", frozenset({"a", "b", "c"}), mapping)
    rows = [["A", "B", "C"], ["DEMO-1", "72148", "W"]]
    told = read(rows, senders=(sender,))
    assert told.requests[0].member.sex is Sex.F
    assert [p.message for p in told.problems if p.code == "sender-taken"] == ["The columns were read as those of “Lindenfield Ortho”."]
    again = read(rows, senders=(sender, replace(sender, name="Another")))
    assert again.requests == ()
    assert "several-senders" in {p.code for p in again.problems}


def test_a_table_without_headers_is_read_by_a_mapping_that_counts_columns() -> None:
    mapping = Mapping((Column("Column 2", "member.member_id"), Column("Column 6", "services.code")))
    told = read([list(row) for row in ROWS], mapping)
    assert [(r.member.member_id, r.services[0].code) for r in told.requests] == [
        ("DEMO-1", "72148"),
        ("DEMO-2", "27447"),
        ("DEMO-3", "97110"),
    ]


def test_what_intake_prints_of_a_table_comes_in_again_as_the_same_request() -> None:
    import json

    from ur_desk.records.request import request_data

    told = read([list(HEAD), *map(list, ROWS)])
    printed = json.dumps([request_data(request) for request in told.requests], default=str).encode()
    again = extract(printed, "again.json", None, NOW)
    assert [replace(r, source=None) for r in again.requests] == [replace(r, source=None) for r in told.requests]
