"""The panels of outcomes beside approval and clinical denial, on a real desk, by their fields alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import confirmed, line, passphrase, profile
from ui_desk import Room, panel, seated, sit

from ur_desk.domain.decisions.grounds import Family, Given, Matter
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.spans import SpansEntry
from ur_desk.ui.widgets.panels.verbs import Verb

EXERCISE = line(2, "97110", "Therapeutic exercise")
MA = LineOfBusiness.MEDICARE_ADVANTAGE


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def problems(found: Panel) -> set[str]:
    return {key for key, row in found._rows.items() if row.problem}


def given(room: Room, *matters: Given) -> None:
    sit(room.desk, room.session, "ada")
    room.desk.accounts.save_profile(replace(profile(), signers=matters))
    sit(room.desk, room.session, "mara")


def approved(room: Room) -> Any:
    from builders import NO_POLICY, UNCHECKED

    case = room.open()
    room.desk.determinations.approve(case.id, room.now(case).revision, (2,), NO_POLICY, unchecked=UNCHECKED)
    room.page.open_case(case.id)
    return case


def test_that_no_authorization_is_needed_says_where_it_was_seen(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.NOT_REQUIRED, 2)
    found.commit()
    assert problems(found) == {"where"}
    found.entry("where").retype("the list of January 2017")
    found.commit()
    assert room.now(case).line(2).determination is Determination.NOT_REQUIRED
    room.page.request.pick((2,))
    assert room.page.bar.offers.suggested is Verb.LETTER


def test_a_nurse_signs_an_administrative_denial_that_the_plan_gave(room: Room) -> None:
    confirmed(room.desk, "mara")
    given(room, Given(Matter.NOT_TIMELY, Role.NURSE))
    case = room.open(line(), replace(EXERCISE, first_day=date(2017, 10, 2), last_day=date(2017, 10, 2)))
    found = panel(room, Verb.DENY_PLAIN, 2)
    assert {key: said for key, said in found.typed().items() if said} == {}
    found.commit()
    assert problems(found) == {"ground", "not_clinical", "words", "contract", "attest", "sign"}
    filled = {"ground": "not_timely", "not_clinical": "The day decides it.", "words": "It came late.", "attest": "yes"}
    for key, words in (filled | {"contract": "Booklet", "sign": passphrase("osei")}).items():
        found.entry(key).retype(words)
    found.commit()
    assert problems(found) == {"contract"}
    found.entry("contract").retype("Lindenfield | Booklet | 2017 | 7.2")
    found.commit()
    assert problems(found) == {"sign"}
    assert found.text("sign") == ""
    found.entry("sign").retype(passphrase("mara"))
    found.commit()
    decision = room.now(case).line(2).decision
    assert decision is not None
    assert (decision.determination, decision.family) == (Determination.DENIED, Family.ADMINISTRATIVE)
    assert decision.signature.reauthenticated


def test_a_medicare_request_is_dismissed_and_vacated(room: Room) -> None:
    case = room.open(line_of_business=MA)
    assert room.page.bar.offers.offer(Verb.DISMISS) is None
    sit(room.desk, room.session, "osei")
    room.page.open_case(case.id)
    panel(room, Verb.DISMISS, 1, 2, why="not_a_proper_party", explained="A neighbour asked.").commit()
    assert room.now(case).determination is Determination.DISMISSED
    found = panel(room, Verb.VACATE, 1, 2)
    found.commit()
    assert problems(found) == {"cause"}
    found.entry("cause").retype("The form of representation came.")
    found.commit()
    assert {s.workflow for s in room.now(case).lines} == {Workflow.REVIEW}


def test_a_supervisor_reopens_and_voids_and_what_is_voided_is_picked_no_more(room: Room) -> None:
    case = approved(room)
    sit(room.desk, room.session, "sol")
    room.page.open_case(case.id)
    panel(room, Verb.REOPEN, 2, cause="fraud_or_similar_fault", explained="The order was forged.").commit()
    assert room.now(case).line(2).workflow is Workflow.REOPENED
    panel(room, Verb.VOID, 2, reason="Another member's.").commit()
    assert room.now(case).line(2).determination is Determination.VOIDED
    assert 2 not in room.page.lines()


def test_an_approved_line_is_numbered_and_entered_in_claims(room: Room) -> None:
    case = approved(room)
    panel(room, Verb.NUMBER, 2).commit()
    first = room.now(case).line(2).authorization
    assert first is not None
    assert first.of_series
    found = panel(room, Verb.NUMBER, 2, number="PLAN-4711")
    found.commit()
    assert found.notice().isVisibleTo(found)
    found.entry("reason").retype("The plan gave its own.")
    found.commit()
    panel(room, Verb.CLAIMS, 2, where="Claims One").commit()
    state = room.now(case).line(2)
    assert (state.authorization.number, state.entered.where) == ("PLAN-4711", "Claims One")
    room.page.request.pick((2,))
    assert room.page.bar.offers.offer(Verb.CLAIMS).why_not == "entered already"


def test_spans_are_typed_a_line_each_and_read_or_refused(room: Room) -> None:
    entry = SpansEntry()
    entry.retype("10/12/2017 10/18/2017 6\n2017-10-20 2017-10-31 4.5 22")
    first, second = entry.spans()
    assert (first.first_day, first.quantity, first.place_of_service) == (date(2017, 10, 12), Decimal(6), None)
    assert (second.last_day, second.quantity, second.place_of_service) == (date(2017, 10, 31), Decimal("4.5"), "22")
    assert entry.problem() == ""
    for wrong in ("10/12/2017", "x y", "10/18/2017 10/12/2017", "10/12/2017 10/18/2017 six", "10/12/2017 10/18/2017 6 11 x"):
        entry.retype(wrong)
        assert "Write each as" in entry.problem()
        assert entry.spans() == ()
    entry.retype("10/12/2017 10/18/2017 6\n10/18/2017 10/20/2017 6")
    assert "overlap" in entry.problem()


def test_a_physicians_panels_ask_for_agreement_spans_and_lack_of_information(room: Room) -> None:
    case = room.open()
    room.refer(case)
    denial = panel(room, Verb.DENY, 1)
    assert denial.entry("lack").typed() == ""
    room.page.panels.close()
    modify = panel(room, Verb.MODIFY, 1, agreed_by="Dr. Natarajan", rationale="Own.", words="Less is enough.")
    modify.commit()
    assert {"agreed_how", "agreed_at", "granted"} <= problems(modify)
    modify.entry("spans").retype("10/12/2017")
    modify.commit()
    assert "spans" in problems(modify)
