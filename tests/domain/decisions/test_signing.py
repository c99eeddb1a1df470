"""What states ask of whoever signs an adverse decision: which rows bind, what is met, what is refused at the save."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from builders import LINDQVIST, NO_POLICY, OSEI, TABLES, UNCHECKED
from signers import CITED, IN_BOTH, INSURED, PEER, SUMMARY, Waiting, asked_in, denial, offer, rule, signature

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.independence import Bar
from ur_desk.domain.decisions.grounds import Administrative, Family, Matter
from ur_desk.domain.decisions.signed import leaving, left, left_because
from ur_desk.domain.decisions.signing import (
    Demand,
    Lack,
    SigningRules,
    Standing,
    Whom,
    lack_words,
    ordered_by_physician,
    required,
    row_words,
    words,
)
from ur_desk.domain.determination import Decision, Determination, HeldElsewhere, Reason, Workflow
from ur_desk.domain.findings import Suggestion
from ur_desk.domain.people import Account, Credential, Licence
from ur_desk.domain.request import LineOfBusiness, Provider
from ur_desk.domain.states import STATES
from ur_desk.errors import Forbidden, UserError

TODAY = date(2017, 10, 9)


def standings(story: Waiting, by: Account = OSEI) -> dict[str, Standing]:
    told = required(story.case, (1,), by, TODAY, story.rules)
    return {row.rule.id: row.standing for row in told.rows}


# which rows bind -----------------------------------------------------------------------------------------------------


def test_texas_asks_for_an_offer_with_a_physician_licensed_there_and_of_the_same_specialty() -> None:
    story = Waiting(None, *PEER)
    assert standings(story) == {"TX-1": Standing.UNMET, "TX-2": Standing.UNMET, "TX-3": Standing.UNMET}
    story.tell(offer())
    assert standings(story) == {"TX-1": Standing.MET, "TX-2": Standing.UNMET, "TX-3": Standing.UNMET}
    story.tell(offer(physician=OSEI.id, licensed_in=("IN", "TX")))
    story.tell(offer(physician=OSEI.id, similar="Thirty years of spine imaging."))
    assert set(standings(story).values()) == {Standing.MET}


def test_an_offer_for_another_line_meets_nothing_for_this_one() -> None:
    story = Waiting(None, *PEER)
    story.tell(offer(lines=(2,), licensed_in=("TX",)))
    assert standings(story)["TX-1"] is Standing.UNMET


@pytest.mark.parametrize(
    ("credential", "asks"), [("MD", True), ("D.O., FACR", True), ("", True), (None, True), ("DC", False), ("PT, DPT", False)]
)
def test_a_row_for_what_a_physician_ordered_binds_unless_somebody_else_did(credential: str | None, asks: bool) -> None:
    told = asked_in(requesting_provider=Provider("Priya Natarajan", credential=credential))
    assert ("TX-3" in standings(Waiting(told, *PEER))) is asks
    assert ordered_by_physician(replace(told, requesting_provider=None)) is None


@pytest.mark.parametrize(
    ("state", "business", "received", "lack"),
    [
        ("TX", None, 5, Lack.LINE_OF_BUSINESS),
        (None, LineOfBusiness.COMMERCIAL_INSURED, 5, Lack.STATE),
        ("OH", LineOfBusiness.COMMERCIAL_INSURED, 5, Lack.NOT_LOADED),
        ("TX", LineOfBusiness.MEDICAID_MANAGED_CARE, 5, Lack.NOT_LOADED),
        ("TX", LineOfBusiness.ERISA_SELF_FUNDED, 5, Lack.NOT_BOUND),
        ("TX", LineOfBusiness.MEDICARE_ADVANTAGE, 5, Lack.NOT_BOUND),
        ("TX", LineOfBusiness.COMMERCIAL_INSURED, 1, Lack.NOT_IN_FORCE),
        ("TX", LineOfBusiness.COMMERCIAL_INSURED, 2, None),
        ("TX", LineOfBusiness.COMMERCIAL_INSURED, 5, None),
        ("TX", LineOfBusiness.COMMERCIAL_INSURED, 6, Lack.NOT_IN_FORCE),
    ],
)
def test_a_row_binds_by_state_line_of_business_and_day_of_receipt_and_what_lacks_is_said(
    state: str | None, business: LineOfBusiness | None, received: int, lack: Lack | None
) -> None:
    told = asked_in(state, business, received_at=datetime(2017, 10, received, 18, tzinfo=UTC))
    found = required(Waiting(told).case, (1,), OSEI, TODAY, SigningRules((rule(from_day=date(2017, 10, 2), to_day=date(2017, 10, 5)),)))
    assert found.lack is lack
    assert bool(lack_words(found)) is bool(lack) is not bool(found.rows)
    assert words(found)


def test_the_day_of_receipt_is_that_on_the_clocks_where_it_was_told() -> None:
    late = asked_in(received_at=datetime(2017, 10, 5, 3, 0, tzinfo=UTC))  # still the fourth in Indianapolis
    found = required(Waiting(late).case, (1,), OSEI, TODAY, SigningRules((rule(from_day=date(2017, 10, 5)),)))
    assert found.lack is Lack.NOT_IN_FORCE


def test_the_bundled_rows_are_those_of_texas_and_indiana_and_every_other_state_is_called_not_loaded() -> None:
    rules = TABLES.signing_rules
    assert rules.states == ("IN", "TX")
    assert {r.id for r in rules.rules if r.verified} == {"TX-P2P", "TX-P2P-LICENCE", "IN-ALT"}
    for state in set(STATES) - {"IN", "TX"}:
        told = required(Waiting(asked_in(state)).case, (1,), OSEI, TODAY, rules)
        assert told.lack is Lack.NOT_LOADED
        assert STATES[state] in lack_words(told)


def test_indiana_asks_for_alternatives_of_requests_from_july_2025_on() -> None:
    def told(day: date) -> set[str]:
        made = asked_in("IN", received_at=datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
        return {row.rule.id for row in required(Waiting(made).case, (1,), OSEI, TODAY, TABLES.signing_rules).rows}

    assert told(date(2025, 6, 30)) == set()
    assert told(date(2025, 7, 1)) == {"IN-ALT", "IN-PEER"}


def test_every_row_says_its_source_and_whether_somebody_compared_it() -> None:
    for each in TABLES.signing_rules.rules:
        told = row_words(next(row for row in required(_of(each), (1,), OSEI, TODAY, SigningRules((each,))).rows))
        assert each.source in told
        assert ("not compared with the official text" in told) is (each.verified is None)


def _of(each: Any) -> Any:
    (state,) = each.states
    return Waiting(asked_in(state, received_at=datetime(2026, 1, 5, 18, tzinfo=UTC))).case


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": frozenset()},
        {"states": frozenset()},
        {"whom": Whom.PEER},
    ],
)
def test_a_row_that_says_too_little_or_too_much_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        rule(Demand.OFFER, **wrong)
    with pytest.raises(ValueError, match="given twice: TX-1"):
        SigningRules((rule(), rule()))


# what is refused at the save --------------------------------------------------------------------------------------------


def test_a_denial_is_refused_while_a_demand_stands_unmet_and_says_which_and_where_it_is_written() -> None:
    story = Waiting(None, *PEER)
    with pytest.raises(UserError, match=r"Texas asks for peer_to_peer_offered: not met \(28 TAC 19.1710\)"):
        story.tell(denial())
    story.tell(offer(physician=OSEI.id, licensed_in=("TX",), similar="Spine imaging."))
    assert story.case.line(1).workflow is Workflow.PEER_TO_PEER
    assert story.tell(denial()).line(1).determination is Determination.DENIED


def test_an_approval_asks_for_none_of_it() -> None:
    story = Waiting(None, *PEER)
    decision = Decision(Determination.APPROVED, NO_POLICY, signature(), "An exception: the record shows instability.", unchecked=UNCHECKED)
    cited = replace(decision, reason=Reason("Yes.", CITED))
    assert story.tell(ev.Determined((1,), cited)).line(1).determination is Determination.APPROVED


def test_a_row_that_nobody_compared_is_shown_and_refuses_nothing() -> None:
    story = Waiting(None, rule(verified=None))
    assert standings(story) == {"TX-1": Standing.UNMET}
    assert story.tell(denial()).line(1).decision is not None


def test_a_signer_holds_a_licence_of_the_state_that_has_not_run_out() -> None:
    asks = rule(Demand.LICENCE)
    with pytest.raises(UserError, match="not met"):
        Waiting(None, asks).tell(denial())
    story = Waiting(None, asks)
    assert standings(story, IN_BOTH) == {"TX-1": Standing.MET}
    assert story.tell(denial(IN_BOTH), IN_BOTH).line(1).decision is not None
    old = replace(IN_BOTH, credential=replace(IN_BOTH.credential or Credential("MD"), further=(Licence("T-1", "TX", date(2017, 10, 8)),)))
    assert standings(story, old) == {"TX-1": Standing.UNMET}


@pytest.mark.parametrize(
    ("demand", "field", "what"),
    [(Demand.SPECIALTY, "similar", "training and experience"), (Demand.ALTERNATIVES, "alternatives", "which other services you suggest")],
)
def test_what_the_decision_itself_must_say_is_asked_for_with_its_source(demand: Demand, field: str, what: str) -> None:
    story = Waiting(None, rule(demand))
    assert standings(story) == {"TX-1": Standing.TO_SAY}
    with pytest.raises(UserError, match=rf"{what}.*28 TAC 19.1710"):
        story.tell(denial(**{field: "  "}))
    assert story.tell(denial(**{field: "Said in words."})).line(1).decision is not None


def test_every_adverse_decision_and_every_exception_is_signed_anew_and_attested() -> None:
    exception = Decision(Determination.APPROVED, Reason("Yes.", CITED), signature(), "An exception fits.", unchecked=UNCHECKED)
    for body, told in ((denial(), "adverse decision"), (ev.Determined((1,), exception), "exception")):
        unsigned = replace(body, decision=replace(body.decision, signature=signature(reauthenticated=False)))
        with pytest.raises(Forbidden, match=f"{told} is signed anew"):
            Waiting().tell(unsigned)
        for words_ in ("", "I am fine."):
            silent = replace(body, decision=replace(body.decision, signature=signature(no_conflict=words_)))
            with pytest.raises(UserError, match="no conflict of interest"):
                Waiting().tell(silent)
        assert Waiting().tell(body).line(1).decision is not None


def test_a_decision_of_before_these_rules_still_stands() -> None:
    old = replace(denial(), decision=replace(denial().decision, signature=signature(no_conflict="", rules=None)))
    assert Waiting(None, *PEER).tell(old, signing=None).line(1).determination is Determination.DENIED


# leaving a suggestion ---------------------------------------------------------------------------------------------------


def test_refusing_what_should_be_confirmed_first_takes_a_reason_that_stays() -> None:
    story = Waiting(None, suggestion=Suggestion.CONFIRM)
    with pytest.raises(UserError, match="Say why you leave that") as refused:
        story.tell(denial())
    assert "line 1" in refused.value.message
    decision = story.tell(denial(departure="The plan's booklet speaks of it.")).line(1).decision
    assert decision is not None
    assert left_because(decision) == "The plan's booklet speaks of it."


def test_a_nurse_who_approves_what_should_go_to_a_physician_or_be_confirmed_says_why() -> None:
    for suggestion in (Suggestion.REFER, Suggestion.CONFIRM):
        case = Waiting(None, suggestion=suggestion).case
        assert leaving(case, (1,), Determination.APPROVED, LINDQVIST) == ((1, suggestion),)
        assert leaving(case, (2,), Determination.APPROVED, LINDQVIST) == ()
    approved = Decision(Determination.APPROVED, NO_POLICY, signature(LINDQVIST), clarification="The words name the pharynx.")
    assert left_because(approved) == "The words name the pharynx."
    assert left_because(replace(approved, clarification="", departure="Looked.")) == "Looked."


def test_following_a_suggestion_takes_no_reason() -> None:
    assert leaving(Waiting().case, (1,), Determination.DENIED, OSEI) == ()
    assert leaving(Waiting(None, suggestion=Suggestion.NO_POLICY).case, (1,), Determination.DENIED, OSEI) == ()
    assert leaving(Waiting(None, suggestion=Suggestion.CHECK_CRITERIA).case, (1,), Determination.APPROVED, LINDQVIST) == ()
    assert leaving(Waiting(None, suggestion=Suggestion.NO_POLICY).case, (1,), Determination.WITHDRAWN, OSEI) == ()


def test_what_a_state_asks_of_a_clinical_decision_is_not_asked_of_an_administrative_one_but_it_is_attested_all_the_same() -> None:
    told = {"family": Family.ADMINISTRATIVE, "administrative": Administrative(Matter.NOT_ELIGIBLE, "Coverage ended in September.")}
    story, contract = (
        Waiting(None, *PEER, suggestion=Suggestion.CONFIRM),
        Reason("It ended.", (), (HeldElsewhere("The plan", "Contract", "2017", "7"),)),
    )

    story.tell(ev.CoverageChecked(ev.CoverageItem.ELIGIBLE, "Ended 09/30/2017.", "the portal", date(2017, 10, 6)))

    def refusal(**more: Any) -> ev.Determined:
        body = denial(rationale="", **told, **more)
        return replace(body, decision=replace(body.decision, reason=contract))

    with pytest.raises(UserError, match="no conflict of interest"):
        story.tell(refusal(no_conflict=""))
    assert story.tell(refusal()).line(1).determination is Determination.DENIED
    assert left(story.case.line(1)) is None


# one's own words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("copied", [SUMMARY, SUMMARY.upper().replace(";", ","), "the motion study would not change what is done next"])
def test_a_rationale_of_nothing_but_the_nurses_words_is_refused(copied: str) -> None:
    with pytest.raises(UserError, match="nurse's"):
        Waiting().tell(denial(rationale=copied))


# the bar of an appeal ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", list(Bar))
def test_whoever_is_barred_from_an_appeal_decides_it_neither_way(why: Bar) -> None:
    exception = Decision(Determination.APPROVED, Reason("Yes.", CITED), signature(), "An exception fits.", unchecked=UNCHECKED)
    for body in (denial(), ev.Determined((1,), exception)):
        with pytest.raises(Forbidden, match="this is an appeal"):
            Waiting(bar=why).tell(body)


def test_a_line_of_insured_business_is_not_confused_with_another() -> None:
    assert required(Waiting().case, (1,), OSEI, TODAY, SigningRules((rule(lines=INSURED),))).lack is None
