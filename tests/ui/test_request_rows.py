"""A request as rows: what was told, what was not, which lines are picked."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from ui_content import DESCRIPTIONS, crowded_request, request

from ur_desk.domain.request import Member, Provider, Request, ServiceLine
from ur_desk.ui import phrases
from ur_desk.ui.models.request_rows import PREVIEW, LineMark, RequestKind, RequestModel, RequestRow, rows_of


def rows(made: Request | None = None, marks: dict[int, LineMark] | None = None) -> list[RequestRow]:
    return list(rows_of(made or request(), DESCRIPTIONS, marks or {}))


def field(key: str, made: Request | None = None) -> RequestRow:
    return next(r for r in rows(made) if r.key == key)


@pytest.fixture
def model(qapp: object) -> RequestModel:
    made = RequestModel()
    made.show_request(request(), DESCRIPTIONS, {})
    return made


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Member", "Quillfeather, Odette · F · 11/02/1968"),
        ("Member ID", "SYN-000318-01"),
        ("Plan", "Employer group, self-funded (ERISA) · IN · Harbor Mills employees"),
        ("Requested by", "Tamsin Okonjo, DC · NPI 1234567893 ✓"),
        ("Received", "06/03/2024 09:30 EDT by fax"),
        ("Urgency", "Standard, pre-service"),
    ],
)
def test_a_field_says_what_was_told(key: str, value: str) -> None:
    assert field(key).value == value


@pytest.mark.parametrize("key", ["Member", "Member ID", "Plan", "Requested by", "Received", "Urgency"])
def test_what_was_not_told_is_said_softly(key: str) -> None:
    bare = Request((ServiceLine(1),), Member())
    assert (field(key, bare).value, field(key, bare).given) == ("not given", False)


def test_a_wrong_check_digit_is_said_in_words() -> None:
    wrong = Request((ServiceLine(1),), requesting_provider=Provider("Okonjo", "1234567890"))
    assert "not a valid number" in field("Requested by", wrong).value


def test_services_say_number_code_amount_and_days() -> None:
    services = [r for r in rows() if r.kind is RequestKind.SERVICE]
    assert [(r.line, r.key, r.aside) for r in services] == [
        (1, "99X01", "×1 · 06/12/2024"),
        (2, "97110", "×6 · 06/12–07/31/2024"),
        (3, "99X09 RT", "×1 · 06/12/2024"),
    ]


def test_diagnoses_say_their_words_or_that_none_are_known() -> None:
    diagnoses = [(r.key, r.value, r.given) for r in rows() if r.kind is RequestKind.DIAGNOSIS]
    assert diagnoses[0] == ("M25.561", "Pain in right knee", True)
    assert diagnoses[-1] == ("Z99.ZZ", "no description known", False)


def test_a_request_without_diagnoses_says_so() -> None:
    assert [r.value for r in rows(Request((ServiceLine(1),))) if r.kind is RequestKind.DIAGNOSIS] == ["none given"]


def test_a_single_service_line_has_no_box() -> None:
    assert all(r.picked is None for r in rows(Request((ServiceLine(1),))))


def test_a_line_that_may_not_be_decided_now_has_no_box() -> None:
    marks = {2: LineMark("With the physician", pickable=False)}
    assert [r.picked for r in rows(marks=marks) if r.line] == [False, None, False]


def test_lines_are_picked_and_unpicked_and_told_in_order(model: RequestModel) -> None:
    told: list[tuple[int, ...]] = []
    model.picked_changed.connect(told.append)
    for line in (3, 1, 3):
        model.toggle(model.place_of(line) or 0)
    model.pick((1,))
    assert told == [(3,), (1, 3), (1,)]
    assert model.picked() == (1,)


def test_a_row_that_is_no_line_cannot_be_picked(model: RequestModel) -> None:
    model.toggle(0)
    assert model.picked() == ()
    assert not model.setData(model.index(0), None, Qt.ItemDataRole.CheckStateRole)


def test_picked_lines_stay_picked_while_they_may(model: RequestModel) -> None:
    told: list[tuple[int, ...]] = []
    model.pick((1, 2))
    model.picked_changed.connect(told.append)
    model.show_request(request(), DESCRIPTIONS, {2: LineMark("Approved", pickable=False)})
    assert model.picked() == (1,)
    assert told == [(1,)]


def test_every_row_is_spoken(model: RequestModel) -> None:
    model.show_request(request(), DESCRIPTIONS, {1: LineMark("Approved")})
    spoken = [str(model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole)) for i in range(model.rowCount())]
    assert all(spoken)
    assert "Member ID: SYN-000318-01" in spoken
    assert "Service line 1: 99X01 Kneeography of the right knee on a treadmill ×1 · 06/12/2024 State: Approved." in spoken


def test_only_the_beginning_of_a_long_record_stands_beside_the_request() -> None:
    record = [r.value for r in rows(crowded_request()) if r.kind is RequestKind.RECORD]
    assert sum(map(len, record)) < PREVIEW + 100
    assert record[-1] == "Open the record to read on."


def test_a_short_record_stands_there_whole() -> None:
    record = [r.value for r in rows() if r.kind is RequestKind.RECORD]
    assert len(record) == 3
    assert record[-1].endswith("while walking.")


def test_the_model_keeps_qts_rules(qtmodeltester: object, model: RequestModel) -> None:
    qtmodeltester.check(model)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Chicago", "06/03/2024 08:30 CDT"),
        ("-05:00", "06/03/2024 08:30 UTC-05:00"),
        ("UTC", "06/03/2024 13:30 UTC"),
        (None, "06/03/2024 13:30 UTC"),
        ("Nowhere/At_All", "06/03/2024 13:30 UTC"),
        ("", "06/03/2024 13:30 UTC"),
    ],
)
def test_an_instant_is_written_in_the_zone_in_which_it_was_told(zone: str | None, said: str) -> None:
    assert phrases.moment(datetime(2024, 6, 3, 13, 30, tzinfo=UTC), zone) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([7, 1, 2, 3, 9, 10, 7], "1–3, 7, 9, 10")],
)
def test_runs_of_numbers_are_drawn_together(numbers: list[int], said: str) -> None:
    assert phrases.runs(numbers) == said


@pytest.mark.parametrize(
    ("amount", "unit", "said"), [("1", None, "×1"), ("6.00", "UN", "×6"), ("0.5", "MJ", "×0.5 MJ"), ("100", "DA", "×100 DA")]
)
def test_an_amount_is_written_without_idle_zeros(amount: str, unit: str | None, said: str) -> None:
    assert phrases.quantity(Decimal(amount), unit) == said
