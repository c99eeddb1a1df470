"""Fields as typed: what they tell, what is said beside them, and the way back from a saved request."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.drafts import (
    ClaimDraft,
    CoverageDraft,
    DiagnosisDraft,
    Draft,
    MemberDraft,
    ProviderDraft,
    Purpose,
    Reading,
    RepresentativeDraft,
    ServiceDraft,
    draft_of,
    read,
)
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import (
    Attachment,
    Channel,
    Claim,
    Coverage,
    Diagnosis,
    Funding,
    Kind,
    LineOfBusiness,
    Member,
    Network,
    Provider,
    Representative,
    Request,
    ServiceLine,
    Sex,
    Source,
    Timing,
    Urgency,
)

NOW = datetime(2017, 10, 9, 14, 30, tzinfo=UTC)
SERVICE = ServiceDraft(code="76120", first_day="10/12/2017", quantity="1")
GOOD = Draft(
    member=MemberDraft(family="Okafor", given="Lena", member_id="DEMO-1", birth_date="02/14/1971"),
    services=(SERVICE,),
    diagnoses=(DiagnosisDraft(code="m545"),),
    received_date="10/05/2017",
    received_time="9:30 am",
    received_zone="Eastern",
)


def typed(codeset: CodeSet | None = None, purpose: Purpose = Purpose.SAVE, **changes: Any) -> Reading:
    return read(replace(GOOD, **changes), codeset, NOW, purpose)


def said(reading: Reading) -> set[tuple[str, str, str]]:
    return {(p.where, p.code, p.severity.value) for p in reading.problems}


def member(**changes: str) -> dict[str, Any]:
    return {"member": replace(GOOD.member, **changes)}


def service(**changes: str) -> dict[str, Any]:
    return {"services": (replace(SERVICE, **changes),)}


def diagnosis(code: str, system: str = "") -> dict[str, Any]:
    return {"diagnoses": (DiagnosisDraft(code=code, system=system),)}


def test_a_good_draft_is_a_request_without_problems() -> None:
    reading = typed()
    assert reading.problems == ()
    assert reading.request == Request(
        services=(ServiceLine(1, "76120", system=System.CPT, raw="76120", quantity=Decimal(1), first_day=date(2017, 10, 12)),),
        member=Member("Okafor", "Lena", "DEMO-1", date(1971, 2, 14)),
        diagnoses=(Diagnosis("M54.5", raw="m545"),),
        received_at=datetime(2017, 10, 5, 13, 30, tzinfo=UTC),
        received_zone="America/New_York",
    )


REFUSED = [
    (member(family="", given=""), "member.family", "missing-member"),
    (member(family=" ", given="\n"), "member.family", "missing-member"),
    (member(member_id=""), "member.member_id", "missing-member"),
    (member(birth_date="02/30/1971"), "member.birth_date", "bad-date"),
    (member(birth_date="2/14/71"), "member.birth_date", "bad-date"),
    (member(birth_date="02/14-1971"), "member.birth_date", "bad-date"),
    (member(birth_date="19710214"), "member.birth_date", "bad-date"),
    (member(birth_date="0071-02-14"), "member.birth_date", "bad-date"),
    (member(birth_date="14 Feb 1971"), "member.birth_date", "bad-date"),
    (member(birth_date="１０/12/1971"), "member.birth_date", "bad-date"),
    (member(birth_date="10/11/2017"), "member.birth_date", "birth-in-future"),
    (member(sex="lady"), "member.sex", "unknown-value"),
    (member(birth_date="10/09/2017") | service(first_day="10/08/2017"), "member.birth_date", "birth-after-service"),
    ({"member": replace(GOOD.member, representative=RepresentativeDraft(relation="mother"))}, "member.representative.name", "missing-name"),
    ({"received_date": "", "received_time": ""}, "received_date", "missing-receipt"),
    ({"received_date": ""}, "received_date", "missing-receipt"),
    ({"received_date": "10/32/2017"}, "received_date", "bad-date"),
    ({"received_date": "10/09/2017", "received_time": "10:31"}, "received_date", "received-in-future"),
    ({"received_time": ""}, "received_time", "missing-time"),
    ({"received_time": "25:00"}, "received_time", "bad-time"),
    ({"received_time": "13:30 pm"}, "received_time", "bad-time"),
    ({"received_time": "noon"}, "received_time", "bad-time"),
    ({"received_time": "458"}, "received_time", "bad-time"),
    ({"received_time": "0.35"}, "received_time", "bad-time"),
    ({"received_time": "9:30 +99:00"}, "received_time", "bad-time"),
    ({"received_zone": ""}, "received_zone", "missing-zone"),
    ({"received_zone": "EST"}, "received_zone", "unknown-zone"),
    ({"received_date": "03/12/2017", "received_time": "2:30"}, "received_time", "skipped-hour"),
    (service(code="", description=""), "services.1.code", "missing-service"),
    (service(first_day="13/01/2017"), "services.1.first_day", "bad-date"),
    (service(last_day="10/11/2017"), "services.1.last_day", "last-before-first"),
    (service(quantity="0"), "services.1.quantity", "bad-number"),
    (service(quantity="-1"), "services.1.quantity", "bad-number"),
    (service(quantity="1,5"), "services.1.quantity", "bad-number"),
    (service(quantity="1e3"), "services.1.quantity", "bad-number"),
    (service(quantity="NaN"), "services.1.quantity", "bad-number"),
    (service(quantity="9" * 10), "services.1.quantity", "bad-number"),
    (service(system="ICD-10-CM"), "services.1.system", "unknown-value"),
    (service(place_of_service="1"), "services.1.place_of_service", "place-of-service"),
    (service(place_of_service="¹¹"), "services.1.place_of_service", "place-of-service"),
    (diagnosis("M54.5", "CPT"), "diagnoses.1.system", "unknown-value"),
    ({"state": "Ontario"}, "state", "unknown-state"),
    ({"channel": "pigeon"}, "channel", "unknown-value"),
    ({"urgency": "very"}, "urgency", "unknown-value"),
    ({"line_of_business": "gold"}, "line_of_business", "unknown-value"),
    ({"coverage": CoverageDraft(erisa="perhaps")}, "coverage.erisa", "unknown-value"),
    ({"coverage": CoverageDraft(funding="lottery")}, "coverage.funding", "unknown-value"),
    ({"coverage": CoverageDraft(first_day="1/2/2017", last_day="1/1/2017")}, "coverage.last_day", "last-before-first"),
    ({"claim": ClaimDraft(billed="-3")}, "claim.billed", "bad-number"),
    ({"servicing_provider": ProviderDraft(network="maybe")}, "servicing_provider.network", "unknown-value"),
]


@pytest.mark.parametrize(("changes", "where", "code"), REFUSED)
def test_what_is_wrong_is_said_at_its_field_and_keeps_a_person_from_saving(changes: dict[str, Any], where: str, code: str) -> None:
    reading = typed(**changes)
    assert reading.request is None
    assert [(p.code, p.severity) for p in reading.at(where)] == [(code, Severity.ERROR)]
    assert said(reading) == {(where, code, "error")}


@pytest.mark.parametrize(("changes", "where", "code"), REFUSED)
def test_the_same_in_a_file_is_a_warning_and_the_request_is_taken(changes: dict[str, Any], where: str, code: str) -> None:
    reading = typed(purpose=Purpose.IMPORT, **changes)
    assert reading.request is not None
    assert said(reading) == {(where, code, "warning")}


DOUBTED = [
    ({"requesting_provider": ProviderDraft(name="Ines Vogel", npi="1234567890")}, "requesting_provider.npi", "bad-npi"),
    ({"requesting_provider": ProviderDraft(npi="3234567893")}, "requesting_provider.npi", "bad-npi"),
    ({"servicing_provider": ProviderDraft(npi="123")}, "servicing_provider.npi", "bad-npi"),
    (diagnosis("724.2"), "diagnoses.1.code", "icd9-code"),
    (diagnosis("724.2", "ICD-9-CM"), "diagnoses.1.code", "icd9-code"),
    (diagnosis("low back pain"), "diagnoses.1.code", "unknown-diagnosis"),
    ({"diagnoses": ()}, "diagnoses", "no-diagnosis"),
    ({"diagnoses": (DiagnosisDraft("M54.5", primary="yes"), DiagnosisDraft("M54.2", primary="yes"))}, "diagnoses", "several-primary"),
    (service(code="7612"), "services.1.code", "procedure-shape"),
    (service(code="76120-26"), "services.1.code", "procedure-shape"),
    (service(code="J3490", system="CPT"), "services.1.code", "procedure-shape"),
    (service(code_to="7612"), "services.1.code_to", "procedure-shape"),
    (service(modifiers="26, LEFT"), "services.1.modifiers", "modifier-shape"),
    (service(line="0"), "services", "line-numbers"),
    (member(family="Oka\u202efor"), "member.family", "hidden-characters"),
    (member(family="Oka\x00for"), "member.family", "hidden-characters"),
    (member(family="Oka\ud800for"), "member.family", "hidden-characters"),
    ({"received_date": "11/06/2016", "received_time": "1:30"}, "received_time", "repeated-hour"),
    ({"received_time": "9:30-05:00"}, "received_zone", "zone-mismatch"),
    (
        {"line_of_business": "commercial_insured", "coverage": CoverageDraft(funding="self_funded")},
        "coverage.funding",
        "funding-contradiction",
    ),
    ({"line_of_business": "erisa_self_funded", "coverage": CoverageDraft(erisa="no")}, "coverage.funding", "funding-contradiction"),
]


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(("changes", "where", "code"), DOUBTED)
def test_what_is_doubtful_is_said_and_kept(changes: dict[str, Any], where: str, code: str, purpose: Purpose) -> None:
    reading = typed(purpose=purpose, **changes)
    assert reading.request is not None
    assert said(reading) == {(where, code, "warning")}


@pytest.mark.parametrize(
    ("code", "day", "found"),
    [
        ("M54.5", "10/12/2017", None),
        ("M54", "10/12/2017", "header-code"),
        ("M54.5", "10/12/2026", "header-code"),
        ("M54.50", "10/12/2026", None),
        ("M99.999", "10/12/2017", "unknown-diagnosis"),
        ("u07.1", "10/12/2026", None),
        ("c4a.0", "10/12/2017", None),
        ("S13.4XXA", "10/12/2017", None),
        ("M54.5", "", None),
    ],
)
def test_a_diagnosis_is_looked_up_on_the_day_of_service(codeset: CodeSet, code: str, day: str, found: str | None) -> None:
    reading = typed(codeset, **diagnosis(code), **service(first_day=day))
    assert [p.code for p in reading.problems] == ([] if found is None else [found])
    assert reading.request is not None
    assert reading.request.diagnoses[0].raw == code


def test_a_code_of_either_set_that_does_not_exist_is_doubted_twice(codeset: CodeSet) -> None:
    assert {p.code for p in typed(codeset, **diagnosis("V76.12")).problems} == {"unknown-diagnosis", "icd9-code"}


def test_an_icd9_code_of_its_time_is_not_doubted() -> None:
    assert typed(**diagnosis("724.2", "ICD-9-CM"), **service(first_day="09/30/2015")).problems == ()


def test_codes_of_other_systems_are_kept_without_a_look_up() -> None:
    reading = typed(**diagnosis("279039007", "SNOMED-CT"), **service(code="98", system="X12-service-type"))
    assert reading.problems == ()
    assert reading.request is not None
    assert (reading.request.diagnoses[0].system, reading.request.services[0].system) == (System.SNOMED, System.SERVICE_TYPE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10/12/2017", date(2017, 10, 12)),
        ("1-2-2017", date(2017, 1, 2)),
        ("10.12.2017", date(2017, 10, 12)),
        (" 2017-10-12 ", date(2017, 10, 12)),
        ("02/29/2016", date(2016, 2, 29)),
    ],
)
def test_days_are_read_in_the_order_of_the_united_states_or_iso(text: str, day: date) -> None:
    reading = typed(**service(first_day=text))
    assert reading.request is not None
    assert reading.request.services[0].first_day == day


@pytest.mark.parametrize(
    ("time", "zone", "instant"),
    [
        ("09:30", "America/New_York", "2017-10-05 13:30"),
        ("9:30 PM", "Eastern", "2017-10-06 01:30"),
        ("12:05 am", "Central", "2017-10-05 05:05"),
        ("12:05 p.m.", "Pacific", "2017-10-05 19:05"),
        ("09:30Z", "", "2017-10-05 09:30"),
        ("09:30-0400", "", "2017-10-05 13:30"),
        ("09:30 -04:00", "Eastern", "2017-10-05 13:30"),
        ("09:30", "-05:00", "2017-10-05 14:30"),
    ],
)
def test_receipt_is_one_instant(time: str, zone: str, instant: str) -> None:
    reading = typed(received_time=time, received_zone=zone)
    assert reading.request is not None
    assert f"{reading.request.received_at:%Y-%m-%d %H:%M}" == instant


def test_an_offset_decides_in_the_hour_that_comes_twice() -> None:
    first, second = (typed(received_date="11/06/2016", received_time=f"1:30{offset}").request for offset in ("-04:00", "-05:00"))
    assert first is not None
    assert second is not None
    assert first.received_at is not None
    assert second.received_at == first.received_at + timedelta(hours=1)
    assert first.received_zone == "America/New_York"


@pytest.mark.parametrize("hour", [5, 6])
def test_either_pass_of_the_repeated_hour_survives_the_form(hour: int) -> None:
    request = typed().request
    assert request is not None
    saved = replace(request, received_at=datetime(2016, 11, 6, hour, 30, 15, tzinfo=UTC))
    assert read(draft_of(saved), None, NOW) == Reading(saved, ())


def test_a_newborn_is_not_in_the_future_where_the_day_has_begun_somewhere() -> None:
    assert read(replace(GOOD, **member(birth_date="10/10/2017")), None, datetime(2017, 10, 9, 11, tzinfo=UTC)).problems == ()


def test_no_service_is_an_error_even_in_a_file() -> None:
    for services in ((), (ServiceDraft(), ServiceDraft(line="2"))):
        reading = typed(purpose=Purpose.IMPORT, services=services)
        assert reading.request is None
        assert said(reading) == {("services", "no-service", "error")}


def test_empty_rows_are_passed_over_and_still_counted() -> None:
    reading = typed(
        services=(SERVICE, ServiceDraft(), replace(SERVICE, quantity="x")), diagnoses=(DiagnosisDraft(), DiagnosisDraft("M54.5"))
    )
    assert said(reading) == {("services.3.quantity", "bad-number", "error")}


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        (("", ""), (1, 2)),
        (("3", ""), (3, 4)),
        (("", "1"), (2, 1)),
        (("2", "2"), (1, 2)),
        (("x", "7"), (1, 2)),
    ],
)
def test_lines_keep_their_numbers_and_new_ones_count_on(numbers: tuple[str, str], lines: tuple[int, int]) -> None:
    reading = typed(services=tuple(replace(SERVICE, line=number) for number in numbers))
    assert reading.request is not None
    assert tuple(s.line for s in reading.request.services) == lines


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    ("changes", "where"),
    [
        pytest.param(service(description="x" * 5_000_000), "services.1.description", id="5 MB of description"),
        pytest.param(member(family="x" * 301), "member.family", id="a name of 301 characters"),
        pytest.param({"clinical_notes": "x" * 2_000_001}, "clinical_notes", id="notes beyond two million"),
    ],
)
def test_a_text_that_is_too_long_is_refused_whole_and_never_cut(changes: dict[str, Any], where: str, purpose: Purpose) -> None:
    reading = typed(purpose=purpose, **changes)
    assert reading.request is None
    assert said(reading) == {(where, "too-long", "error")}
    assert "Nothing was cut or saved." in reading.problems[0].message


def test_long_texts_within_the_limits_are_kept_whole() -> None:
    reading = typed(clinical_notes="n" * 2_000_000, **service(description="d" * 20_000))
    assert reading.request is not None
    assert len(reading.request.clinical_notes or "") == 2_000_000
    assert len(reading.request.services[0].description or "") == 20_000


def test_markup_is_plain_text() -> None:
    reading = typed(**member(family='<b onclick="x">Okafor</b> &amp;'))
    assert reading.problems == ()
    assert reading.request is not None
    assert reading.request.member.family == '<b onclick="x">Okafor</b> &amp;'


def test_hidden_characters_are_left_out_and_lines_are_kept() -> None:
    reading = typed(clinical_notes="one\r\ntwo\u2028three\x07")
    assert reading.request is not None
    assert reading.request.clinical_notes == "one\ntwo\nthree"


def test_what_stood_in_the_input_is_kept_until_the_code_is_typed_anew() -> None:
    row = DiagnosisDraft(code="M54.50", raw="ABK:m5450")
    kept, typed_anew = (typed(diagnoses=(r,)).request for r in (row, replace(row, code="M54.51")))
    assert kept is not None
    assert typed_anew is not None
    assert (kept.diagnoses[0].raw, typed_anew.diagnoses[0].raw) == ("ABK:m5450", "M54.51")


@pytest.mark.parametrize(("text", "code"), [("in", "IN"), ("Indiana", "IN"), ("DISTRICT OF COLUMBIA", "DC"), ("pr", "PR"), ("", None)])
def test_a_state_is_read_from_letters_or_name(text: str, code: str | None) -> None:
    reading = typed(state=text)
    assert reading.request is not None
    assert reading.request.state == code


def test_closed_sets_are_read_in_any_case() -> None:
    reading = typed(urgency="Expedited", line_of_business="Medicare Advantage", kind="NEW", coverage=CoverageDraft(funding="self-funded"))
    assert reading.request is not None
    told = reading.request
    assert (told.urgency, told.line_of_business, told.kind) == (Urgency.EXPEDITED, LineOfBusiness.MEDICARE_ADVANTAGE, Kind.NEW)
    assert told.coverage == Coverage(funding=Funding.SELF_FUNDED)


def test_a_word_is_no_decision_and_is_never_read_as_one() -> None:
    with pytest.raises(TypeError, match="is a Decision or None"):
        read(replace(Draft(), decision="approved"), None, NOW)  # type: ignore[arg-type]


def test_now_is_an_instant() -> None:
    with pytest.raises(ValueError, match="zone"):
        read(GOOD, None, datetime(2017, 10, 9, 14, 30))  # noqa: DTZ001


# what the readers leave as it is: no hidden characters, no doubled blanks, no blanks at the ends
WORDS = st.text("ABCxyzÀÿ09<>&'.-", min_size=1, max_size=6)
LINES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PROSE = st.lists(WORDS, min_size=1, max_size=3).map("\n ".join)
DAYS = st.dates(date(1900, 1, 1), date(2017, 1, 1))
NUMBERS = st.decimals(Decimal("0.0001"), Decimal(999999), places=4)
ZONES = st.sampled_from(["America/New_York", "America/Indiana/Indianapolis", "America/Phoenix", "UTC", "-05:00", "+05:30"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def said_once(value: Any) -> Any:
    """An object of which nothing is known is the same as none."""
    return None if value in (Provider(), Coverage(), Claim()) else value


PROVIDERS = st.builds(
    Provider, name=maybe(LINES), npi=st.none(), phone=maybe(LINES), network=maybe(st.sampled_from(Network)), address=maybe(PROSE)
).map(said_once)


@st.composite
def services(draw: st.DrawFn) -> tuple[ServiceLine, ...]:
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True))
    return tuple(
        ServiceLine(
            number,
            code=(code := draw(st.sampled_from(["76120", "76496", "J3490", "0123T"]))),
            system=System.HCPCS if code[0] == "J" else System.CPT,
            raw=code,
            modifiers=draw(st.sampled_from([(), ("26",), ("RT", "59")])),
            quantity=draw(maybe(NUMBERS)),
            unit=draw(maybe(LINES)),
            description=draw(maybe(PROSE)),
            first_day=(first := draw(maybe(DAYS))),
            last_day=first and first + timedelta(days=draw(st.integers(0, 40))),
            place_of_service=draw(maybe(st.sampled_from(["11", "22"]))),
        )
        for number in numbers
    )


REQUESTS = st.builds(
    lambda zone, **told: Request(received_zone=zone if told["received_at"] else None, **told),
    zone=ZONES,
    services=services(),
    member=st.builds(
        Member,
        family=LINES,
        given=maybe(LINES),
        member_id=LINES,
        birth_date=st.dates(date(1880, 1, 1), date(1899, 12, 31)),
        sex=maybe(st.sampled_from(Sex)),
        address=maybe(PROSE),
        representative=maybe(st.builds(Representative, LINES, maybe(LINES), maybe(PROSE), st.booleans())),
        subscriber=maybe(LINES),
    ),
    diagnoses=st.lists(st.sampled_from([Diagnosis("M54.5", raw="m545"), Diagnosis("M54.2", raw="M54.2", primary=True)]), max_size=2).map(
        tuple
    ),
    reference=maybe(LINES),
    received_at=maybe(st.datetimes(datetime.fromisoformat("1975-01-01"), datetime.fromisoformat("2017-10-01"), timezones=st.just(UTC))),
    channel=maybe(st.sampled_from(Channel)),
    kind=maybe(st.sampled_from(Kind)),
    urgency=maybe(st.sampled_from(Urgency)),
    urgency_said_by=maybe(LINES),
    timing=maybe(st.sampled_from(Timing)),
    line_of_business=maybe(st.sampled_from(LineOfBusiness)),
    coverage=maybe(
        st.builds(Coverage, plan=maybe(LINES), funding=maybe(st.sampled_from(Funding)), erisa=maybe(st.booleans()), first_day=maybe(DAYS))
    ).map(said_once),
    claim=maybe(st.builds(Claim, maybe(LINES), maybe(NUMBERS))).map(said_once),
    state=maybe(st.sampled_from(["IN", "OH", "PR"])),
    requesting_provider=PROVIDERS,
    servicing_provider=PROVIDERS,
    clinical_notes=maybe(PROSE),
    attachments=st.just((Attachment("scan.pdf", "application/pdf", "ab" * 32),)),
    source=maybe(st.just(Source("a.json", "ur-desk-request/1", "cd" * 32))),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REQUESTS)
def test_a_saved_request_opened_in_the_form_is_the_same_request_again(request: Request) -> None:
    assert read(draft_of(request), None, NOW, Purpose.IMPORT).request == request


TEXTS = st.text(max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Draft,
        member=st.builds(MemberDraft, *[TEXTS] * 9, representative=st.builds(RepresentativeDraft, *[TEXTS] * 4)),
        services=st.lists(st.builds(ServiceDraft, *[TEXTS] * 13), max_size=3).map(tuple),
        diagnoses=st.lists(st.builds(DiagnosisDraft, *[TEXTS] * 4), max_size=3).map(tuple),
        received_date=TEXTS,
        received_time=TEXTS,
        received_zone=TEXTS,
        received_evidence=TEXTS,
        received_evidence_where=TEXTS,
        state=TEXTS,
        coverage=st.builds(CoverageDraft, *[TEXTS] * 9),
        claim=st.builds(ClaimDraft, TEXTS, TEXTS),
        requesting_provider=st.builds(ProviderDraft, *[TEXTS] * 9),
    ),
    st.sampled_from(Purpose),
)
def test_nothing_that_one_can_type_breaks_the_reading(draft: Draft, purpose: Purpose) -> None:
    reading = read(draft, None, NOW, purpose)
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    assert (reading.request is None) == bool(errors)
    for problem in reading.problems:
        assert problem.where
        problem.message.encode()
