"""When an answer is due: worked examples over the bundled rules, what is missing where, and the laws of counting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ur_desk import paths
from ur_desk.domain.clocks import ClockRule, ClockRules, Law, Start, Unit, count, joined
from ur_desk.domain.deadline import ClockFacts, Due, Lack, Missing, Presumed, due, explain, facts_of, sentences
from ur_desk.domain.request import Claim, Coverage, LineOfBusiness, Request, ServiceLine, Timing, Urgency
from ur_desk.records.clocks import clock_rules

RULES = joined(clock_rules(file.read_bytes(), file.name) for file in sorted((paths.resources() / "clocks").glob("*.json")))
INDIANAPOLIS = "America/Indiana/Indianapolis"


def facts(received: str, where: str = INDIANAPOLIS, **changes: object) -> ClockFacts:
    """A standard request before the service to a self-funded employer plan, received at a local time."""
    told = ClockFacts(
        received_at=datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(where)).astimezone(UTC),
        zone=where,
        line_of_business=LineOfBusiness.ERISA_SELF_FUNDED,
        urgency=Urgency.STANDARD,
        timing=Timing.PRESERVICE,
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def urgent(received: str, where: str = INDIANAPOLIS, **changes: object) -> ClockFacts:
    return facts(received, where, urgency=Urgency.EXPEDITED, **changes)


def claim(received: str, **changes: object) -> ClockFacts:
    return facts(received, timing=Timing.POSTSERVICE, **changes)


GROUP = {"line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "erisa": True, "state": "IN"}
INDIVIDUAL = {"line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "erisa": False, "state": "IN"}
STATE_ONLY = INDIVIDUAL | {"grandfathered": True}
GOVERNMENT = {"line_of_business": LineOfBusiness.GOVERNMENT_SELF_FUNDED, "state": "IN"}

WORKED = [
    # calendar days of ERISA: the day after receipt is day 1, weekends and holidays count
    ("a Monday", facts("2026-11-02 09:00"), "ERISA-PRE", "2026-11-17 23:59:59-05:00"),
    ("the last minute of the day", facts("2026-11-02 23:59"), "ERISA-PRE", "2026-11-17 23:59:59-05:00"),
    ("the first minute of the next", facts("2026-11-03 00:00"), "ERISA-PRE", "2026-11-18 23:59:59-05:00"),
    ("over a leap day", facts("2028-02-20 09:00"), "ERISA-PRE", "2028-03-06 23:59:59-05:00"),
    ("over no leap day", facts("2027-02-20 09:00"), "ERISA-PRE", "2027-03-07 23:59:59-05:00"),
    ("over the end of the year", facts("2026-12-20 09:00"), "ERISA-PRE", "2027-01-04 23:59:59-05:00"),
    ("due on a Sunday", facts("2026-11-14 09:00"), "ERISA-PRE", "2026-11-29 23:59:59-05:00"),
    ("due on Christmas", facts("2026-12-10 09:00"), "ERISA-PRE", "2026-12-25 23:59:59-05:00"),
    ("received on a holiday", facts("2026-07-04 09:00"), "ERISA-PRE", "2026-07-19 23:59:59-04:00"),
    ("while clocks go back", facts("2026-10-25 09:00"), "ERISA-PRE", "2026-11-09 23:59:59-05:00"),
    ("while clocks go forward", facts("2026-03-01 09:00"), "ERISA-PRE", "2026-03-16 23:59:59-04:00"),
    ("on the day that clocks go back", facts("2026-10-17 09:00"), "ERISA-PRE", "2026-11-01 23:59:59-05:00"),
    ("where clocks never change", facts("2026-03-01 09:00", "America/Phoenix"), "ERISA-PRE", "2026-03-16 23:59:59-07:00"),
    ("told in UTC, where the day has turned", facts("2026-11-03 02:00", "UTC"), "ERISA-PRE", "2026-11-18 23:59:59+00:00"),
    ("the same instant told at home", facts("2026-11-02 21:00"), "ERISA-PRE", "2026-11-17 23:59:59-05:00"),
    # hours of ERISA: through nights, weekends, holidays, and as they pass
    ("urgent on a Saturday", urgent("2026-11-21 10:00"), "ERISA-URG", "2026-11-24 10:00:00-05:00"),
    ("urgent while clocks go back", urgent("2026-10-30 10:00"), "ERISA-URG", "2026-11-02 09:00:00-05:00"),
    ("urgent while clocks go forward", urgent("2026-03-06 10:00"), "ERISA-URG", "2026-03-09 11:00:00-04:00"),
    ("urgent over New Year", urgent("2026-12-31 18:00"), "ERISA-URG", "2027-01-03 18:00:00-05:00"),
    ("urgent over a leap day", urgent("2028-02-27 08:00"), "ERISA-URG", "2028-03-01 08:00:00-05:00"),
    ("urgent over Thanksgiving", urgent("2026-11-25 12:00"), "ERISA-URG", "2026-11-28 12:00:00-05:00"),
    ("urgent to the second", urgent("2026-11-21 10:00:31"), "ERISA-URG", "2026-11-24 10:00:31-05:00"),
    # claims after the service
    ("a claim", claim("2026-11-02 09:00"), "ERISA-POST", "2026-12-02 23:59:59-05:00"),
    ("a claim called urgent", claim("2026-11-02 09:00", urgency=Urgency.EXPEDITED), "ERISA-POST", "2026-12-02 23:59:59-05:00"),
    ("a claim of unknown urgency", claim("2026-11-02 09:00", urgency=None), "ERISA-POST", "2026-12-02 23:59:59-05:00"),
    ("a claim over a leap day", claim("2028-01-31 09:00"), "ERISA-POST", "2028-03-01 23:59:59-05:00"),
    ("a claim in a leap year's winter", claim("2027-12-15 09:00"), "ERISA-POST", "2028-01-14 23:59:59-05:00"),
    # Indiana from July 2025: hours without weekends and holidays
    ("Indiana over a weekend", facts("2026-11-20 16:00", **GROUP), "IN-STD", "2026-11-24 16:00:00-05:00"),
    ("Indiana on a Saturday", facts("2026-11-21 10:00", **GROUP), "IN-STD", "2026-11-25 00:00:00-05:00"),
    ("Indiana at midnight", facts("2026-11-19 00:00", **GROUP), "IN-STD", "2026-11-21 00:00:00-05:00"),
    ("Indiana at midnight before a weekend", facts("2026-11-20 00:00", **GROUP), "IN-STD", "2026-11-24 00:00:00-05:00"),
    ("Indiana, Veterans Day", facts("2026-11-09 10:00", **GROUP), "IN-STD", "2026-11-12 10:00:00-05:00"),
    ("Indiana, July 4 on a Saturday", facts("2026-07-02 12:00", **GROUP), "IN-STD", "2026-07-07 12:00:00-04:00"),
    ("Indiana, July 4 on a Tuesday", facts("2028-07-03 12:00", **GROUP), "IN-STD", "2028-07-06 12:00:00-04:00"),
    ("Indiana, Juneteenth", facts("2026-06-18 10:00", **GROUP), "IN-STD", "2026-06-23 10:00:00-04:00"),
    ("Indiana, two days of Christmas", facts("2026-12-23 09:00", **GROUP), "IN-STD", "2026-12-29 09:00:00-05:00"),
    ("Indiana, New Year's Day kept in December", facts("2027-12-30 10:00", **GROUP), "IN-STD", "2028-01-04 10:00:00-05:00"),
    ("Indiana, Good Friday", facts("2026-04-02 10:00", **GROUP), "IN-STD", "2026-04-07 10:00:00-04:00"),
    ("Indiana, Martin Luther King Day", facts("2027-01-15 10:00", **GROUP), "IN-STD", "2027-01-20 10:00:00-05:00"),
    ("Indiana, election day", facts("2026-11-02 10:00", **GROUP), "IN-STD", "2026-11-05 10:00:00-05:00"),
    ("Indiana, a year without elections", facts("2025-11-03 10:00", **GROUP), "IN-STD", "2025-11-05 10:00:00-05:00"),
    ("Indiana while clocks go forward", facts("2026-03-06 16:00", **GROUP), "IN-STD", "2026-03-10 16:00:00-04:00"),
    ("Indiana, urgent on a Saturday", urgent("2026-11-21 10:00", **GROUP), "IN-URG", "2026-11-24 00:00:00-05:00"),
    ("Indiana, urgent on a Tuesday", urgent("2026-11-17 10:00", **GROUP), "IN-URG", "2026-11-18 10:00:00-05:00"),
    ("Indiana, urgent, state law alone", urgent("2026-11-25 10:00", **STATE_ONLY), "IN-URG", "2026-11-30 10:00:00-05:00"),
    ("Indiana, urgent, but ERISA is sooner", urgent("2026-11-25 10:00", **GROUP), "ERISA-URG", "2026-11-28 10:00:00-05:00"),
    ("Indiana, urgent, but the ACA is sooner", urgent("2026-11-25 10:00", **INDIVIDUAL), "ACA-URG", "2026-11-28 10:00:00-05:00"),
    ("Indiana, an individual policy", facts("2026-11-20 16:00", **INDIVIDUAL), "IN-STD", "2026-11-24 16:00:00-05:00"),
    ("Indiana, the state's own plan", facts("2026-11-20 16:00", **GOVERNMENT), "IN-STD", "2026-11-24 16:00:00-05:00"),
    # Indiana before: two business days after a complete request
    ("Indiana, the last day of the old rule", facts("2025-06-30 23:59:59", **GROUP), "IN-UR", "2025-07-02 23:59:59-04:00"),
    ("Indiana, the first instant of the new one", facts("2025-07-01 00:00", **GROUP), "IN-STD", "2025-07-03 00:00:00-04:00"),
    ("Indiana in 2017, Columbus Day", facts("2017-10-05 09:30", **GROUP), "IN-UR", "2017-10-10 23:59:59-04:00"),
    ("Indiana in 2017, Thanksgiving and its Friday", facts("2017-11-21 09:30", **GROUP), "IN-UR", "2017-11-27 23:59:59-05:00"),
    ("Indiana in 2017, a claim at Christmas", claim("2017-12-22 09:30", **GROUP), "IN-UR", "2017-12-28 23:59:59-05:00"),
    (
        "Indiana in 2017, completed later",
        facts("2017-10-05 09:30", **GROUP, complete_at=datetime(2017, 10, 11, 20, tzinfo=UTC)),
        "IN-UR",
        "2017-10-13 23:59:59-04:00",
    ),
    ("Indiana in 2017, never completed", facts("2017-10-05 09:30", **GROUP, incomplete=True), "ERISA-PRE", "2017-10-20 23:59:59-04:00"),
    ("Indiana in 2017, urgent: ERISA is sooner", urgent("2017-10-06 10:00", **GROUP), "ERISA-URG", "2017-10-09 10:00:00-04:00"),
]


@pytest.mark.parametrize(("told", "rule", "local"), [pytest.param(*rest, id=name) for name, *rest in WORKED])
def test_the_answer_is_due_when_the_strictest_rule_says(told: ClockFacts, rule: str, local: str) -> None:
    answer = due(told, RULES)
    assert isinstance(answer, Due)
    assert (answer.rule.id, str(answer.local)) == (rule, local)


LINE = LineOfBusiness
MISSING = [
    ("nobody said when", facts("2026-11-02 09:00", received_at=None), Lack.RECEIPT, "Nobody has said when the request was received"),
    (
        "nobody said in which zone",
        facts("2026-11-02 09:00", zone=None),
        Lack.ZONE,
        "Nobody has said in which time zone the request was received",
    ),
    (
        "no line of business",
        facts("2026-11-02 09:00", line_of_business=None),
        Lack.LINE_OF_BUSINESS,
        "No clock rule can be chosen for an unknown line of business",
    ),
    (
        "another line of business",
        facts("2026-11-02 09:00", line_of_business=LINE.OTHER),
        Lack.LINE_OF_BUSINESS,
        "No clock rule can be chosen for another line of business",
    ),
    (
        "a state without rows",
        facts("2026-11-02 09:00", **GROUP | {"state": "OH"}),
        Lack.RULE,
        "No clock rule is loaded for insured business in OH",
    ),
    (
        "an individual policy in a state without rows",
        facts("2026-11-02 09:00", **INDIVIDUAL | {"state": "TX"}),
        Lack.RULE,
        "No clock rule is loaded for insured business in TX",
    ),
    (
        "an unknown state",
        facts("2026-11-02 09:00", **GROUP | {"state": None}),
        Lack.STATE,
        "No clock rule can be chosen for insured business: the state is not known",
    ),
    (
        "a claim in Indiana today",
        claim("2026-11-02 09:00", **GROUP),
        Lack.RULE,
        "No clock rule is loaded for insured business in IN after the service",
    ),
    (
        "ongoing care",
        facts("2026-11-02 09:00", timing=Timing.CONCURRENT),
        Lack.RULE,
        "No clock rule is loaded for self-funded employer plans during ongoing care",
    ),
    (
        "a line without rows",
        facts("2026-11-02 09:00", line_of_business=LINE.MEDICARE_ADVANTAGE),
        Lack.RULE,
        "No clock rule is loaded for Medicare Advantage",
    ),
    (
        "Medicaid without rows",
        facts("2026-11-02 09:00", line_of_business=LINE.MEDICAID_MANAGED_CARE, state="IN"),
        Lack.RULE,
        "No clock rule is loaded for Medicaid managed care",
    ),
    (
        "before any rule",
        facts("1999-11-02 09:00"),
        Lack.RULE,
        "No clock rule is loaded for self-funded employer plans on a request received on 11/02/1999",
    ),
    (
        "an unknown timing",
        facts("2026-11-02 09:00", timing=None),
        Lack.TIMING,
        "No clock rule can be chosen for self-funded employer plans: nobody has said whether the care is ahead, ongoing or done",
    ),
    (
        "an unknown urgency",
        facts("2026-11-02 09:00", urgency=None),
        Lack.URGENCY,
        "No clock rule can be chosen for self-funded employer plans: nobody has said whether the request is standard or expedited",
    ),
    (
        "insured and self-funded at once",
        facts("2026-11-02 09:00", **GROUP, funding="self_funded"),
        Lack.FUNDING,
        "No clock rule can be chosen: the funding contradicts insured business",
    ),
    (
        "a self-funded employer plan that is not under ERISA",
        facts("2026-11-02 09:00", erisa=False),
        Lack.FUNDING,
        "No clock rule can be chosen: the funding contradicts self-funded employer plans",
    ),
    (
        "a grandfathered plan of unknown law",
        facts("2026-11-02 09:00", **GROUP | {"erisa": None, "grandfathered": True}),
        Lack.ERISA,
        "No clock rule can be chosen for insured business: nobody has said whether this grandfathered plan is under ERISA",
    ),
    (
        "a request that is not complete",
        facts("2017-10-05 09:30", **STATE_ONLY, incomplete=True),
        Lack.INCOMPLETE,
        "The clock for insured business starts when the request is complete",
    ),
]


@pytest.mark.parametrize(("told", "lack", "sentence"), [pytest.param(*rest, id=name) for name, *rest in MISSING])
def test_what_is_missing_is_said_and_no_date_stands_in_for_it(told: ClockFacts, lack: Lack, sentence: str) -> None:
    answer = due(told, RULES)
    assert isinstance(answer, Missing)
    assert (answer.lack, explain(answer)) == (lack, sentence)


def told_due(told: ClockFacts, plan_zone: str | None = None) -> Due:
    answer = due(told, RULES, plan_zone)
    assert isinstance(answer, Due)
    return answer


def test_the_sentence_names_amount_start_and_rule() -> None:
    assert explain(told_due(facts("2026-11-02 09:00"))) == "15 calendar days from receipt (ERISA, pre-service)"
    assert explain(told_due(urgent("2026-11-02 09:00"))) == "72 hours from receipt (ERISA, urgent)"
    assert (
        explain(told_due(facts("2026-11-16 09:00", **GROUP)))
        == "48 hours from receipt without weekends and holidays (Indiana, prior authorization)"
    )


def test_every_reserve_is_said() -> None:
    answer = told_due(facts("2017-10-05 09:30", **GROUP))
    assert answer.presumed == (Presumed.COMPLETE,)
    assert explain(answer) == (
        "2 business days from a complete request (Indiana, utilization review before July 2025); "
        "taken as complete on receipt; not verified against the official text"
    )
    read = replace(facts("2026-11-02 09:00"), timing_told=False)
    assert sentences(told_due(read))[1] == ("presumed.timing", {})


def test_a_completed_request_presumes_nothing() -> None:
    answer = told_due(facts("2017-10-05 09:30", **GROUP, complete_at=datetime(2017, 10, 11, 20, tzinfo=UTC)))
    assert answer.presumed == ()
    assert answer.start_at == datetime(2017, 10, 11, 20, tzinfo=UTC)


def test_the_days_left_out_are_named() -> None:
    answer = told_due(urgent("2026-11-25 10:00", **STATE_ONLY))
    named = [(out.day, out.holiday.name if out.holiday else None) for out in answer.left_out]
    assert named == [
        (date(2026, 11, 26), "Thanksgiving Day"),
        (date(2026, 11, 27), "Lincoln's Birthday, kept on the Friday after Thanksgiving"),
        (date(2026, 11, 28), None),
        (date(2026, 11, 29), None),
    ]


def test_an_unverified_holiday_makes_the_date_unverified_only_where_it_was_left_out() -> None:
    assert told_due(facts("2026-11-16 09:00", **GROUP)).verified
    assert not told_due(facts("2026-11-25 09:00", **GROUP)).verified


def test_the_later_rules_that_bind_too_are_kept_in_order() -> None:
    answer = told_due(facts("2026-11-16 09:00", **GROUP))
    assert [other.rule.id for other in answer.others] == ["ERISA-PRE"]
    assert all(answer.at <= other.at for other in answer.others)


def test_state_clocks_do_not_bind_a_self_funded_employer_plan() -> None:
    answer = told_due(facts("2026-11-16 09:00", state="IN"))
    assert (answer.rule.id, answer.others) == ("ERISA-PRE", ())


def test_the_plan_s_zone_comes_before_the_sender_s() -> None:
    told = facts("2026-11-03 02:00", "UTC")
    assert str(told_due(told, INDIANAPOLIS).local) == "2026-11-17 23:59:59-05:00"


def request(**changes: object) -> Request:
    told = Request(
        services=(ServiceLine(1, "76120", first_day=date(2026, 11, 20)),),
        received_at=datetime(2026, 11, 2, 14, tzinfo=UTC),
        received_zone=INDIANAPOLIS,
        line_of_business=LINE.COMMERCIAL_INSURED,
        state="IN",
        urgency=Urgency.STANDARD,
        coverage=Coverage(funding="insured", erisa=True),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "timing"),
    [
        pytest.param({}, Timing.PRESERVICE, id="the service lies ahead"),
        pytest.param({"services": (ServiceLine(1, "76120", first_day=date(2026, 11, 1)),)}, Timing.POSTSERVICE, id="the service is done"),
        pytest.param(
            {"services": (ServiceLine(1, "76120", first_day=date(2026, 11, 2)),)}, None, id="the service is on the day of receipt"
        ),
        pytest.param(
            {"services": (ServiceLine(1, "97110", first_day=date(2026, 10, 20), last_day=date(2026, 11, 20)),)},
            None,
            id="the service goes on",
        ),
        pytest.param({"services": (ServiceLine(1, "76120"),)}, None, id="no day was told"),
        pytest.param({"claim": Claim("C-1")}, Timing.POSTSERVICE, id="a claim asks"),
        pytest.param({"received_at": None}, None, id="nobody said when it was received"),
    ],
)
def test_an_untold_timing_is_read_from_the_days_of_service_where_they_leave_no_doubt(
    changes: dict[str, object], timing: Timing | None
) -> None:
    told = facts_of(request(**changes))
    assert (told.timing, told.timing_told) == (timing, False)


def test_a_told_timing_stands() -> None:
    told = facts_of(request(timing=Timing.CONCURRENT))
    assert (told.timing, told.timing_told) == (Timing.CONCURRENT, True)


def test_facts_carry_what_chooses_the_clock() -> None:
    told = facts_of(request(), incomplete=True)
    assert (told.line_of_business, told.state, told.erisa, told.funding, told.incomplete) == (
        LINE.COMMERCIAL_INSURED,
        "IN",
        True,
        "insured",
        True,
    )


ROW = ClockRule("X", "X", Law.ERISA, frozenset({LINE.ERISA_SELF_FUNDED}), Unit.HOURS, 72, Start.RECEIPT, "a source", True)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"amount": 0}, id="nothing to count"),
        pytest.param({"lines": frozenset()}, id="binds nobody"),
        pytest.param({"law": Law.STATE}, id="state law without a state"),
        pytest.param({"states": frozenset({"IN"})}, id="federal law of a state"),
        pytest.param({"unit": Unit.BUSINESS_DAYS}, id="business days without a calendar"),
        pytest.param({"calendars": ("US",)}, id="a calendar for plain hours"),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"a (clock|rule)"):
        replace(ROW, **changes)  # type: ignore[arg-type]


def test_rules_of_several_files_fit_together_or_are_refused() -> None:
    with pytest.raises(ValueError, match="given twice: X"):
        joined([ClockRules((ROW,), ()), ClockRules((ROW,), ())])
    lame = replace(ROW, unit=Unit.BUSINESS_DAYS, calendars=("MOON",))
    with pytest.raises(ValueError, match="MOON"):
        joined([ClockRules((lame,), ())])
    with pytest.raises(KeyError):
        RULES.calendar("MOON")


ZONES = st.sampled_from([INDIANAPOLIS, "America/New_York", "America/Phoenix", "Pacific/Honolulu", "UTC"])
INSTANTS = st.datetimes(datetime.fromisoformat("2003-06-01"), datetime.fromisoformat("2060-01-01")).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
UNITS = st.sampled_from(list(Unit))


@settings(deadline=None)
@given(INSTANTS, st.integers(0, 60 * 24 * 40), ZONES, UNITS, st.integers(1, 60))
def test_a_later_receipt_is_never_due_sooner(at: datetime, minutes: int, where: str, unit: Unit, amount: int) -> None:
    later = at + timedelta(minutes=minutes)
    assert count(unit, amount, at, ZoneInfo(where), RULES.calendars).at <= count(unit, amount, later, ZoneInfo(where), RULES.calendars).at


@settings(deadline=None)
@given(INSTANTS, ZONES, UNITS, st.integers(1, 60))
def test_a_count_ends_after_its_start_and_one_more_unit_ends_later(at: datetime, where: str, unit: Unit, amount: int) -> None:
    ended = count(unit, amount, at, ZoneInfo(where), RULES.calendars)
    assert at < ended.at < count(unit, amount + 1, at, ZoneInfo(where), RULES.calendars).at


@settings(deadline=None)
@given(INSTANTS, ZONES, st.integers(1, 80))
def test_working_hours_are_the_hours_that_pass_outside_weekends_and_holidays(at: datetime, where: str, hours: int) -> None:
    start = at.replace(minute=at.minute - at.minute % 15, second=0)
    ended = count(Unit.WORKING_HOURS, hours, start, ZoneInfo(where), RULES.calendars).at
    quarters, moment = 0, start
    while moment < ended:
        day = moment.astimezone(ZoneInfo(where)).date()
        quarters += 0 if day.weekday() >= 5 or any(c.holiday(day) for c in RULES.calendars) else 1
        moment += timedelta(minutes=15)
    assert quarters == hours * 4
