"""When an answer is due: what is missing where, what is said of it, and the laws of counting; worked examples are `clock_examples.csv`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from clock_table import BUNDLED as RULES
from clock_table import INDIANAPOLIS, facts

from ur_desk.domain.clocks.counting import Unit
from ur_desk.domain.clocks.facts import Bends, ClockFacts, Extended, Lack, Particulars, Returned, facts_of
from ur_desk.domain.clocks.holidays import Beside, FromEaster, Nth
from ur_desk.domain.clocks.rules import (
    LONGEST,
    About,
    Arithmetic,
    ClockRule,
    ClockRules,
    Condition,
    Extension,
    Incomplete,
    Law,
    Start,
    Tolling,
    Trait,
    Verified,
    joined,
)
from ur_desk.domain.clocks.words import explain, sentences
from ur_desk.domain.deadline import Due, Missing, Presumed, due
from ur_desk.domain.intake.messages import Following
from ur_desk.domain.request import Channel, Claim, Coverage, LineOfBusiness, Network, Provider, Request, ServiceLine, Timing, Urgency


def urgent(received: str, where: str = INDIANAPOLIS, **changes: object) -> ClockFacts:
    return facts(received, where, urgency=Urgency.EXPEDITED, **changes)


def claim(received: str, **changes: object) -> ClockFacts:
    return facts(received, timing=Timing.POSTSERVICE, **changes)


GROUP = {"line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "erisa": True, "state": "IN"}
INDIVIDUAL = {"line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "erisa": False, "state": "IN"}
STATE_ONLY = INDIVIDUAL | {"grandfathered": True}
GOVERNMENT = {"line_of_business": LineOfBusiness.GOVERNMENT_SELF_FUNDED, "state": "IN"}

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
        "State rule not loaded: none for insured business in OH"
        "; the federal outer limit is 11/17/2026, 15 calendar days from receipt (ERISA, pre-service)",
    ),
    (
        "a state with a row from memory",
        facts("2026-11-02 09:00", **GROUP | {"state": "TX"}),
        Lack.UNVERIFIED,
        "State rule not verified for insured business in TX; the row that nobody verified says 11/05/2026, "
        "3 calendar days from receipt (Texas, prior authorization), not verified against the official text"
        "; the federal outer limit is 11/17/2026, 15 calendar days from receipt (ERISA, pre-service)",
    ),
    (
        "an unknown state",
        facts("2026-11-02 09:00", **GROUP | {"state": None}),
        Lack.STATE,
        "No clock rule can be chosen for insured business: the state is not known"
        "; the federal outer limit is 11/17/2026, 15 calendar days from receipt (ERISA, pre-service)",
    ),
    (
        "a claim in Indiana today",
        claim("2026-11-02 09:00", **GROUP),
        Lack.RULE,
        "State rule not loaded: none for insured business in IN after the service; "
        "the federal outer limit is 12/02/2026, 30 calendar days from receipt (ERISA, post-service)",
    ),
    (
        "ongoing care",
        facts("2026-11-02 09:00", timing=Timing.CONCURRENT),
        Lack.RULE,
        "No clock rule is loaded for self-funded employer plans during ongoing care",
    ),
    (
        "a line without rows",
        facts("2026-11-02 09:00", line_of_business=LINE.FEHB),
        Lack.RULE,
        "No clock rule is loaded for the federal employees' program",
    ),
    (
        "Medicaid in a state without rows",
        facts("2026-11-02 09:00", line_of_business=LINE.MEDICAID_MANAGED_CARE, state="IN", rating_period=date(2026, 1, 1)),
        Lack.RULE,
        "State rule not loaded: none for Medicaid managed care in IN; "
        "the federal outer limit is 11/09/2026, 7 calendar days from receipt (Medicaid managed care, standard)",
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
    answer = told_due(facts("2026-11-16 09:00", **INDIVIDUAL | {"state": "AL"}))
    assert answer.presumed == (Presumed.COMPLETE,)
    assert explain(answer) == "2 business days from a complete request (Alabama, utilization review); taken as complete on receipt"
    read = replace(facts("2026-11-02 09:00"), timing_told=False)
    assert sentences(told_due(read))[1] == ("presumed.timing", {})
    told = told_due(facts("2026-11-16 09:00", line_of_business=LINE.MEDICARE_ADVANTAGE, traits={}))
    assert explain(told) == (
        "72 hours from receipt (Medicare Advantage, Part B drug, standard); taken as a drug; not verified against the official text"
    )


def test_a_completed_request_presumes_nothing() -> None:
    told = facts("2026-11-02 09:00", **INDIVIDUAL | {"state": "AL"}, complete_at=datetime(2026, 11, 11, 20, tzinfo=UTC))
    answer = told_due(told)
    assert answer.presumed == ()
    assert answer.start_at == datetime(2026, 11, 11, 20, tzinfo=UTC)


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
    told = facts_of(request(), follows=Following.APPEAL)
    assert (told.line_of_business, told.state, told.erisa, told.funding, told.about) == (
        LINE.COMMERCIAL_INSURED,
        "IN",
        True,
        "insured",
        About.APPEAL,
    )


@pytest.mark.parametrize(
    ("changes", "told", "trait", "value"),
    [
        pytest.param({"channel": Channel.X12}, {}, Trait.ELECTRONIC, True, id="a transaction is electronic"),
        pytest.param({"channel": Channel.FAX}, {}, Trait.ELECTRONIC, False, id="a fax is not"),
        pytest.param({"channel": Channel.FILE}, {}, Trait.ELECTRONIC, None, id="a file says nothing of how it came"),
        pytest.param({"services": (ServiceLine(1, "J0885"),)}, {}, Trait.DRUG, True, id="a J code is a drug"),
        pytest.param({"services": (ServiceLine(1, "J0885"),)}, {"drug": False}, Trait.DRUG, False, id="unless somebody says it is none"),
        pytest.param({}, {}, Trait.DRUG, False, id="another code is none"),
        pytest.param({}, {"under_authorization": False}, Trait.UNDER_AUTHORIZATION, False, id="not on the list"),
        pytest.param({}, {"clean_claim": True}, Trait.CLEAN_NONCONTRACT, True, id="a clean claim"),
        pytest.param({}, {"care_ends_at": datetime(2026, 11, 3, 14, tzinfo=UTC)}, Trait.BEFORE_END, True, id="a day before the end"),
        pytest.param({}, {"care_ends_at": datetime(2026, 11, 3, 13, tzinfo=UTC)}, Trait.BEFORE_END, False, id="less than a day before"),
        pytest.param({}, {}, Trait.BEFORE_END, None, id="nobody said when the care ends"),
    ],
)
def test_what_is_known_of_the_traits_is_told_and_nothing_else(
    changes: dict[str, object], told: dict[str, Any], trait: Trait, value: bool | None
) -> None:
    assert facts_of(request(**changes), Bends(Particulars(**told))).traits.get(trait) is value


def test_facts_carry_what_bends_the_clock() -> None:
    taken, back = Extended(NOON, Condition.REQUESTED), Returned(NOON, NOON + timedelta(hours=48))
    bends = Bends(Particulars(accredited=True, misfiled=True, reduces_on=date(2026, 12, 1)), taken, back, NOON)
    told = facts_of(request(requesting_provider=Provider(network=Network.OUT)), bends)
    assert (told.accredited, told.misfiled, told.outside, told.about, told.change_on) == (
        True,
        True,
        True,
        About.REDUCTION,
        date(2026, 12, 1),
    )
    assert (told.extended, told.returned, told.refused_at) == (taken, back, NOON)


NOON = datetime(2026, 11, 2, 17, tzinfo=UTC)
SEEN = Verified("somebody", date(2026, 11, 22))
ROW = ClockRule("X", "X", Law.ERISA, frozenset({LINE.ERISA_SELF_FUNDED}), Unit.HOURS, 72, Start.RECEIPT, "a source", SEEN)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"amount": 0}, id="nothing to count"),
        pytest.param({"amount": 10**9}, id="longer than any calendar"),
        pytest.param({"written_days": 10**9}, id="written notice in another age"),
        pytest.param({"lines": frozenset()}, id="binds nobody"),
        pytest.param({"law": Law.STATE}, id="state law without a state"),
        pytest.param({"states": frozenset({"IN"})}, id="federal law of a state"),
        pytest.param({"unit": Unit.BUSINESS_DAYS}, id="business days without a calendar"),
        pytest.param({"calendars": ("US",)}, id="a calendar for plain hours"),
        pytest.param({"start": Start.CHANGE}, id="counted from a change of care, about a request"),
        pytest.param({"about": About.REDUCTION, "start": Start.CHANGE}, id="hours before a change of care"),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"(a|no) (clock|rule)"):
        replace(ROW, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "made",
    [
        lambda: Tolling(LONGEST + 1, Arithmetic.FROM_ANSWER, 1),
        lambda: Tolling(45, Arithmetic.FROM_ANSWER, 10**9),
        lambda: Tolling(-1, Arithmetic.FROM_ANSWER, 1),
        lambda: Incomplete(1, LONGEST + 1),
        lambda: Incomplete(1, 1, tell=10**9),
        lambda: Extension(10**9, (Condition.BEYOND_CONTROL,)),
        lambda: FromEaster(10**9),
        lambda: Nth(11, 3, 4, plus=10**9),
        lambda: Beside(1, 1, (0, 0, 0, 0, 0, 10**9, 0)),
    ],
)
def test_no_step_of_a_clock_is_longer_than_a_calendar_bears(made: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"no clock counts more|a holiday lies|no days less"):
        made()


def test_rules_of_several_files_fit_together_or_are_refused() -> None:
    with pytest.raises(ValueError, match="given twice: X"):
        joined([ClockRules((ROW,), ()), ClockRules((ROW,), ())])
    lame = replace(ROW, unit=Unit.BUSINESS_DAYS, calendars=("MOON",))
    with pytest.raises(ValueError, match="MOON"):
        joined([ClockRules((lame,), ())])
    with pytest.raises(KeyError):
        RULES.calendar("MOON")
