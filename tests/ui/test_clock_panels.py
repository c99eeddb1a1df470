"""The clock on the review page and in the worklist: running, paused, extended, missing and missed, and every form that bends it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, FixedClock, extension, heard
from record_makers import PAGES, PROOF
from ui_desk import Room, panel, seated, sit, wrong

from ur_desk.domain.clocks.events import Told
from ur_desk.domain.clocks.reading import ClockState
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.request import Coverage, LineOfBusiness, Timing, Urgency
from ur_desk.ui.models.cases import CasesModel
from ur_desk.ui.pages.review.words import notes
from ur_desk.ui.widgets.panels.verbs import CLOCK_VERBS, Verb

MA: dict[str, Any] = {"line_of_business": LineOfBusiness.MEDICARE_ADVANTAGE}
INSURED: dict[str, Any] = {"line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "coverage": Coverage(funding="insured", erisa=True)}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW + timedelta(minutes=1))


@pytest.fixture
def room(tmp_path: Path, qtbot: Any, clock: FixedClock):
    with seated(tmp_path / "desk", clock=clock) as (desk, session):
        yield Room(desk, session, qtbot)


def strip(room: Room) -> Any:
    return room.page.strip.content


def told(room: Room) -> list[str]:
    return [note.detail for note in notes(room.page._shown, room.session.person)]


# the forms -------------------------------------------------------------------------------------------------------------------


def log(tmp_path: Path) -> Path:
    file = tmp_path / "mail log.pdf"
    file.write_bytes(PAGES)
    return file


def test_a_clock_is_extended_with_what_its_rule_asks_for_and_the_strip_says_that_it_pauses(room: Room, tmp_path: Path) -> None:
    case = room.open()
    found = panel(room, Verb.EXTEND, reason="The films lie elsewhere.", to_whom="Orchard Row", items="the films\n\nthe report")
    assert "by a notice that left by Fri 10/20/2017, end of day" in found._foot.text()
    found.commit()
    assert wrong(found) == {"answer_by": "A pause names what is asked for and the last day to answer."}
    found.entry("answer_by").retype("11/30/2017")
    found.commit()
    assert wrong(found) == {"at": "Attach what shows that it was sent."}
    found.proof.path = log(tmp_path)
    found.commit()
    assert room.now(case).clockwork.extension.proof.name == "mail log.pdf"
    kept = room.now(case).clockwork.extension
    assert (kept.condition, kept.items, kept.answer_by) == (Condition.BEYOND_CONTROL, ("the films", "the report"), date(2017, 11, 30))
    assert strip(room).due == "Paused for an answer; due Fri 12/15/2017, end of day without one"
    assert strip(room).left == "52 days left to answer"
    assert "paused from the notice of 10/09/2017 until the answer or 11/30/2017" in strip(room).why
    assert not strip(room).pressing
    assert any("The films lie elsewhere." in words for words in told(room))
    assert room.page.bar.offers.offer(Verb.EXTEND).why_not == "it was extended already"


def test_a_refused_extension_says_why_in_the_form_and_keeps_what_was_typed(room: Room, clock: FixedClock, tmp_path: Path) -> None:
    case = room.open()
    found = panel(room, Verb.EXTEND, reason="The films lie elsewhere.", to_whom="Orchard Row", items="the films", answer_by="11/10/2017")
    found.proof.path = log(tmp_path)
    found.commit()
    assert "at least 45 days" in found.notice().accessibleName()
    assert found.text("reason") == "The films lie elsewhere."
    found.entry("at").retype("10/21/2017 09:00")
    found.commit()
    assert wrong(found) == {"at": "That lies in the future."}
    clock.at += timedelta(days=13)
    room.page.read_again()
    found.commit()
    assert wrong(found) == {"at": "The notice leaves by Fri 10/20/2017, end of day."}
    assert room.now(case).clockwork.extension is None


def test_medicare_advantage_asks_for_the_grievance_and_whose_evidence_and_for_no_pause(room: Room, tmp_path: Path) -> None:
    case = room.open(**MA)
    found = panel(room, Verb.EXTEND, condition="noncontract_evidence", reason="Its films may change a no.", to_whom="the member")
    assert not {"items", "answer_by", "interest"} & found.typed().keys()
    found.commit()
    assert wrong(found) == {"right_told": "The notice must name it."}
    found.entry("right_told").retype("yes")
    found.entry("provider").retype("Mill Race Radiology")
    found.proof.path = log(tmp_path)
    found.commit()
    assert room.now(case).clock.state is ClockState.EXTENDED
    assert strip(room).due == "Due Thu 11/02/2017, end of day"
    assert "extended by 14 days, notice of 10/09/2017" in strip(room).why


def test_the_answer_ends_the_pause(room: Room, clock: FixedClock) -> None:
    case = room.open()
    now = room.desk.clocks.extend(case.id, case.revision, extension(), PROOF).value
    clock.at += timedelta(days=20)
    room.page.read_again()
    panel(room, Verb.ANSWER, what="The films came.").commit()
    assert room.now(case).clock.state is ClockState.EXTENDED
    assert room.now(case).clock.due_at < now.clock.due_at
    assert room.page.bar.offers.offer(Verb.ANSWER).why_not == "the clock waits for no answer"


def test_an_incomplete_urgent_request_is_sent_back(room: Room) -> None:
    case = room.open(urgency=Urgency.EXPEDITED, received_at=NOW - timedelta(hours=1))
    found = panel(room, Verb.RETURN, items="the order", until="10/12/2017 09:30", to_whom="the office", way="call")
    assert "at least 48 hours" in found._foot.text()
    found.commit()
    assert room.now(case).clock.state is ClockState.RETURNED
    assert strip(room).left.endswith("to answer")


def test_urgency_rises_on_a_physicians_word_and_both_dates_are_shown(room: Room) -> None:
    case = room.open(received_at=NOW - timedelta(hours=1))
    found = panel(room, Verb.CHANGE, reason="The pain cannot be managed.", said_by="Dr. Lee")
    found.commit()
    assert wrong(found) == {"urgency": "Nothing is changed yet."}
    found.entry("urgency").retype("expedited")
    found.entry("physician").retype("yes")
    found.commit()
    now = room.now(case)
    assert (now.request.urgency, now.request.urgency_said_by, now.clock.rule) == (Urgency.EXPEDITED, "Dr. Lee", "ERISA-URG")
    (said,) = [words for words in told(room) if "Due before" in words]
    assert "Due before: Tue 10/24/2017, end of day; due after: Thu 10/12/2017, 09:30." in said
    assert "as Dr. Lee (a physician) said: The pain cannot be managed." in said
    found = panel(room, Verb.CHANGE, urgency="standard", reason="Not urgent.", said_by="the plan")
    found.commit()
    assert "A physician said that this is urgent" in found.notice().accessibleName()


def test_medicare_advantage_that_does_not_expedite_owes_a_written_word_and_leads_to_its_letter(room: Room, tmp_path: Path) -> None:
    case = room.open(**MA, urgency=Urgency.EXPEDITED, urgency_said_by="the member", received_at=NOW - timedelta(hours=1))
    panel(room, Verb.CHANGE, urgency="standard", reason="Not urgent.", said_by="the reviewer", told="the member").commit()
    assert room.now(case).clockwork.changes[0].body.told.to_whom == "the member"
    assert any("tell in writing that the request is not expedited" in words for words in told(room))
    assert room.page.bar.offers.suggested is Verb.NOT_FAST
    assert "A fast answer was refused" in room.page.bar.offers.words
    found = panel(room, Verb.OWED, to_whom="the member", way="mail")
    assert found.text("duty") == "MA-EXPDENY"
    found.commit()
    assert "Write that letter here" in wrong(found)["duty"]
    found.proof.path = log(tmp_path)
    found.commit()
    assert room.page.bar.offers.suggested is not Verb.NOT_FAST
    assert room.now(case).clockwork.done[0].notice.way is ContactWay.MAIL
    assert not room.page.bar.action(Verb.OWED).isVisible()


def test_plan_and_particulars_change_the_rule(room: Room) -> None:
    case = room.open(line_of_business=LineOfBusiness.MEDICAID_MANAGED_CARE)
    panel(room, Verb.CHANGE, rating_period="07/01/2017", accredited="no", reason="Looked up.", said_by="the contract").commit()
    assert room.now(case).clockwork.particulars.rating_period == date(2017, 7, 1)
    case = room.open()
    panel(
        room, Verb.CHANGE, line_of_business="commercial_insured", funding="insured", erisa="yes", misfiled="yes", reason="x", said_by="y"
    ).commit()
    now = room.now(case)
    assert (now.request.coverage.funding, now.request.coverage.erisa, now.clockwork.particulars.misfiled) == ("insured", True, True)
    assert now.matched.subject == now.current_request.subject


def test_ongoing_care_and_claims_say_what_their_clocks_turn_on(room: Room) -> None:
    case = room.open(timing=Timing.CONCURRENT)
    panel(room, Verb.CHANGE, care_ends_at="10/12/2017 09:00", reduces_on="10/30/2017", reason="Looked up.", said_by="the plan").commit()
    told = room.now(case).clockwork.particulars
    assert (told.care_ends_at, told.reduces_on) == (datetime(2017, 10, 12, 13, tzinfo=UTC), date(2017, 10, 30))
    assert room.now(case).clock.rule == "ERISA-RED"
    again = panel(room, Verb.CHANGE)
    assert (again.text("care_ends_at"), again.text("reduces_on")) == ("10/12/2017 09:00", "10/30/2017")
    claim = room.open(**MA, timing=Timing.POSTSERVICE)
    panel(room, Verb.CHANGE, clean_claim="no", reason="Looked up.", said_by="the claims office").commit()
    assert room.now(claim).clock.rule == "MA-PAY"
    insured = room.open(**INSURED, state="IN")
    panel(room, Verb.CHANGE, grandfathered="yes", reason="Looked up.", said_by="the contract").commit()
    assert room.now(insured).request.coverage.grandfathered


def test_a_target_is_set_shown_and_lifted(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.TARGET, reason="The pain grows.")
    found.commit()
    assert wrong(found) == {"at": "Say when."}
    found.entry("at").retype("10/11/2017 12:00")
    found.commit()
    assert room.now(case).clockwork.target.reason == "The pain grows."
    assert "target Wed 10/11/2017, 12:00" in strip(room).warnings
    panel(room, Verb.TARGET, reason="Better.").commit()
    assert room.now(case).clockwork.target is None


def test_word_of_mouth_and_word_to_the_provider_are_recorded(room: Room) -> None:
    from builders import NO_POLICY, UNCHECKED

    case = room.open()
    room.desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED)
    room.page.read_again()
    room.page.request.pick((2,))
    found = panel(room, Verb.NOTIFY, whom="member", way="fax", to_whom="the member", said="Approved.")
    found.commit()
    assert wrong(found) == {"way": "A written notice is recorded as a notice, or is a letter."}
    found.entry("way").retype("call")
    found.commit()
    assert room.now(case).clockwork.notified[0].lines == (2,)


def test_what_if_shows_the_effect_in_the_form_and_saves_nothing(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.WHAT_IF)
    found.commit()
    assert wrong(found) == {"received": "Suppose something first."}
    assert not found.found.isVisible()
    found.entry("urgency").retype("expedited")
    found.commit()
    assert found.found.isVisible()
    assert found.found.text() == "It would be due Sun 10/08/2017, 09:30: 72 hours from receipt (ERISA, urgent). That is 12 days sooner."
    assert room.page.panels.panel is found
    assert found.commit_button.isEnabled()
    found.entry("line").retype("fehb")
    found.commit()
    assert found.found.text().startswith("There would be no due date.")
    found.entry("line").retype("")
    found.entry("answered").retype("10/12/2017 09:00")
    found.commit()
    assert "wait for no answer" in found.notice().accessibleName()
    assert room.now(case) == case


def test_what_was_typed_into_a_closed_form_is_there_again(room: Room) -> None:
    room.open()
    panel(room, Verb.CHANGE, urgency="expedited", reason="The pain grows.")
    room.page.panels.close_panel()
    again = panel(room, Verb.CHANGE)
    assert (again.text("urgency"), again.text("reason")) == ("expedited", "The pain grows.")


# the strip -------------------------------------------------------------------------------------------------------------------


def test_a_missing_state_rule_is_amber_and_its_limit_is_never_called_due(room: Room) -> None:
    case = room.open(**INSURED, state="OH")
    said = strip(room)
    assert said.due == "No due date; outer limit Fri 10/20/2017, end of day"
    assert said.warnings[0] == "State rule not loaded: none for insured business in OH"
    assert "the federal outer limit is 10/20/2017" in said.why
    assert any("A supervisor loads the row" in words for words in told(room))
    offer = room.page.bar.offers.offer(Verb.REREAD)
    assert offer.why_not == ""
    sit(room.desk, room.session, "sol")
    from builders import clock_file

    room.desk.clock_rows.load(clock_file("OH"), "ohio.json")
    room.desk.clock_rows.verify("OH-NONE", "the code of Ohio", date(2017, 10, 6))
    room.page.open_case(case.id)
    room.page.ask_for(Verb.REREAD)
    assert strip(room).due == "Due Fri 10/20/2017, end of day"
    assert room.now(case).clock.lack == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(MA, "late: notice is itself adverse", id="Medicare Advantage"),
        pytest.param({}, "late: ask compliance what that means", id="ERISA"),
    ],
)
def test_a_missed_deadline_says_what_it_is_in_law(room: Room, clock: FixedClock, changes: dict[str, Any], words: str) -> None:
    room.open(**changes)
    clock.at = datetime(2017, 10, 21, 12, tzinfo=UTC)
    room.page.read_again()
    assert strip(room).warnings[0] == words
    assert strip(room).pressing
    assert [note.title for note in notes(room.page._shown, room.session.person)].count("Missed") == 1


# the worklist ----------------------------------------------------------------------------------------------------------------


def test_the_worklist_says_what_each_clock_does(room: Room, qtbot: Any) -> None:
    waits, runs, limit = room.open(), room.open(), room.open(**INSURED, state="OH")
    unsure, aimed = room.open(**INSURED), room.open()
    room.desk.clocks.target(aimed.id, aimed.revision, datetime(2017, 10, 13, 16, tzinfo=UTC), "The member travels.")
    room.desk.clocks.extend(waits.id, waits.revision, extension(), PROOF)
    longer = room.open(**MA)
    room.desk.clocks.extend(
        longer.id,
        longer.revision,
        extension(condition=Condition.ENROLLEE_ASKS, items=(), answer_by=None, right_told=True, notice=heard()),
        PROOF,
    )
    model = CasesModel(room.session)
    model.ask(CaseFilter())
    lines = {model.line(row).row.id: model.line(row) for row in range(model.rowCount())}
    assert (lines[limit.id].due, lines[limit.id].left.words) == ("Limit Fri 10/20/2017", "outer limit, rule missing")
    assert lines[unsure.id].left.words.startswith("rule missing, act by")
    assert lines[aimed.id].left.words == "11 days left, act by 10/13/2017"
    assert [line.row.asks_at for line in lines.values()] == sorted(line.row.asks_at for line in lines.values())
    assert lines[waits.id].left.words == "paused, 52 days left to answer"
    assert lines[longer.id].left.words.endswith("left, extended")
    assert lines[runs.id].left.words == "11 days left"
    model.tick(datetime(2017, 10, 14, 16, tzinfo=UTC))
    late = {model.line(row).row.id: model.line(row).left.words for row in range(model.rowCount())}
    assert late[aimed.id].endswith("left, act now")
    assert late[unsure.id] == "rule missing, act now"


def test_every_form_of_the_clock_has_names_and_opens_by_itself(room: Room) -> None:
    assert {Verb.EXTEND, Verb.CHANGE} <= CLOCK_VERBS
    case = room.open(urgency=Urgency.EXPEDITED, received_at=NOW - timedelta(hours=1))
    for verb in (Verb.RETURN, Verb.CHANGE, Verb.TARGET, Verb.WHAT_IF):
        found = panel(room, verb)
        assert found.accessibleName()
        assert all(found.entry(key).accessibleName() for key in found.typed())
        room.page.panels.close_panel()
    assert room.now(case).clockwork.target is None
    assert isinstance(heard(), Told)


# the rating period -----------------------------------------------------------------------------------------------------------


def test_what_if_asks_for_the_rating_period_where_the_rules_turn_on_it(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.WHAT_IF, received="01/10/2026 09:00", state="OH")
    assert found.row("rating_period").isHidden()
    found.entry("line").retype("medicaid_managed_care")
    assert not found.row("rating_period").isHidden()
    found.entry("rating_period").retype("07/01/2025")
    found.commit()
    before = found.found.text()
    found.entry("rating_period").retype("01/01/2026")
    found.commit()
    after = found.found.text()
    assert "14 calendar days from receipt" in before
    assert "7 calendar days from receipt" in after
    found.entry("line").retype("chip_managed_care")
    assert found.row("rating_period").isHidden()
    assert found.text("rating_period") == ""
    assert room.now(case).clockwork.changes == ()
