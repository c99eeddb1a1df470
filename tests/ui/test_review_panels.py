"""Every panel on a real desk: what it asks, what it keeps, what it refuses, and that no typed word is lost."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import cites, line, passphrase, unclear
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui_desk import EXERCISE, Room, Told, panel, seated, sit, wrong

from ur_desk.domain.determination import Determination, HeldElsewhere, Workflow
from ur_desk.domain.events import ContactWay, CoverageItem
from ur_desk.ui.pages.review.words import notes
from ur_desk.ui.widgets.panels.form import MomentEntry
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.verbs import Verb

SWALLOW = line(1, "76120", "Videofluoroscopy of the swallow")


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def with_physician(room: Room, *lines: Any) -> Any:
    case = room.open(*lines)
    room.refer(case)
    return case


# what is kept --------------------------------------------------------------------------------------------------------


def test_a_referral_keeps_summary_and_question(room: Room) -> None:
    case = room.open()
    panel(room, Verb.REFER, 1, summary="Five months of pain.", question="Anything for an exception?").commit()
    state = room.now(case).line(1)
    assert (state.referral.summary, state.referral.question, state.workflow) == (
        "Five months of pain.",
        "Anything for an exception?",
        Workflow.WITH_PHYSICIAN,
    )


def test_asking_names_every_thing_and_begins_with_the_requesting_provider(room: Room) -> None:
    case = room.open(unclear())
    found = panel(
        room,
        Verb.ASK,
        1,
        items="Films of 08/2017\n\nNotes of the examination",
        why="It would show which service is meant.",
        answer_by="10/20/2017",
        chase_on="10/13/2017",
    )
    assert found.text("asked_of") == "Priya Natarajan"
    found.commit()
    asked = room.now(case).line(1).asked
    assert asked.items == ("Films of 08/2017", "Notes of the examination")
    assert (asked.why, asked.asked_of) == ("It would show which service is meant.", "Priya Natarajan")
    assert (asked.answer_by, asked.chase_on) == (date(2017, 10, 20), date(2017, 10, 13))


def test_what_the_findings_suggest_is_ticked_into_the_words_and_kept_with_its_line(room: Room) -> None:
    case = room.open(unclear())
    found = panel(room, Verb.ASK, 1, items="The films")
    (row,) = found.suggested.rows()
    row.setChecked(True)
    assert found.text("items").splitlines() == ["The films", row.text()]
    assert "a medical policy that may be about this service" in found.text("why")
    row.setChecked(False)
    assert (found.text("items"), found.text("why")) == ("The films", "")
    row.setChecked(True)
    found.commit()
    asked = room.now(case).line(1).asked
    assert asked.items == ("The films", row.text())
    assert [bool(cited) for cited in asked.cites] == [False, True]


def test_a_part_that_came_is_ticked_and_the_rest_stays_asked_for(room: Room) -> None:
    case = room.open(unclear())
    panel(room, Verb.ASK, 1, items="Films\nNotes", why="To see.").commit()
    room.page.request.pick((1,))
    found = panel(room, Verb.RECEIVED, 1, extent="part", what="Films on disc", received_at="10/09/2017 10:15")
    found.commit()
    assert wrong(found) == {"extent": "Tick what came."}
    found.tick("Films")
    found.tick("Notes")
    found.commit()
    assert wrong(found) == {"extent": "That is all of it."}
    found._came["Notes"].setChecked(False)
    found.commit()
    state = room.now(case).line(1)
    assert (state.workflow, state.asked.items) == (Workflow.PENDED, ("Notes",))


def test_nothing_useful_takes_the_line_back_unless_one_goes_on_waiting(room: Room) -> None:
    case = room.open(unclear())
    panel(room, Verb.ASK, 1, items="Films", why="To see.").commit()
    room.page.request.pick((1,))
    panel(room, Verb.RECEIVED, 1, extent="nothing_useful", what="A bill", received_at="10/09/2017 10:15", waits="yes").commit()
    assert room.now(case).line(1).workflow is Workflow.PENDED
    panel(room, Verb.RECEIVED, 1, extent="nothing_useful", what="Nothing", received_at="10/09/2017 10:16", waits="").commit()
    assert room.now(case).line(1).workflow is Workflow.REVIEW


def test_a_contact_where_a_line_waits_is_an_attempt_unless_it_is_about_another_matter(room: Room) -> None:
    case = room.open(unclear())
    panel(room, Verb.ASK, 1, items="Films", why="To see.").commit()
    room.page.request.pick((1,))
    found = panel(room, Verb.CONTACT, 1, reached="yes", said="Will fax it.", at="10/09/2017 10:15")
    assert found.text("with_whom") == "Priya Natarajan"
    found.commit()
    panel(room, Verb.CONTACT, 1, reached="no", said="Asked for the address.", ask="", at="10/09/2017 10:16").commit()
    first, second = room.now(case).contacts
    assert (first.ask, second.ask) == (room.now(case).line(1).ask, None)


def test_asking_where_no_record_helps_is_closed_to_a_nurse_and_says_why(room: Room) -> None:
    room.open()
    room.page.request.pick((1,))
    offer = room.page.bar.offers.offer(Verb.ASK)
    assert offer.why_not == "no record changes this position: asking only delays"
    room.page.request.pick((2,))
    assert room.page.bar.offers.may(Verb.ASK)


def test_a_nurse_asks_for_what_the_physician_asks_and_the_panel_quotes_it(room: Room) -> None:
    case = with_physician(room)
    panel(room, Verb.SEND_BACK, 1, question="Which view was asked for?").commit()
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    room.page.request.pick((1,))
    offer = room.page.bar.offers.offer(Verb.ASK)
    assert (offer.why_not, offer.note) == ("", "")
    found = panel(room, Verb.ASK, 1, items="The order", why="It names the view.", asked_of="the office")
    assert found._delays.text() == "The physician asks: Which view was asked for? This is kept with the request for information."
    found.commit()
    state = room.now(case).line(1)
    assert (state.workflow, state.asked.question) == (Workflow.PENDED, "Which view was asked for?")


def test_asking_where_no_record_helps_says_to_a_physician_that_it_only_delays(room: Room) -> None:
    with_physician(room)
    found = panel(room, Verb.ASK, 1)
    assert found._delays.isVisibleTo(found)
    assert found._delays.text() == "No record changes this position: asking only delays."
    room.page.request.pick((2,))
    assert not found._delays.isVisibleTo(found)


def test_what_came_takes_the_line_back_into_review_in_the_zone_of_the_workspace(room: Room) -> None:
    case = room.open(unclear())
    panel(room, Verb.ASK, 1, items="Films", why="To see.").commit()
    room.page.request.go_to_service_line(1)
    room.page.request.pick((1,))
    found = panel(room, Verb.RECEIVED, 1, what="Films on disc", received_at="10/09/2017 10:15")
    assert "Films" in found._asked.text()
    found.commit()
    events = room.desk.store.ledger.of_case(case.id)
    assert events[-2].body.received_at == datetime(2017, 10, 9, 14, 15, tzinfo=UTC)
    assert room.now(case).line(1).returned_from_pend


def test_a_withdrawal_keeps_who_when_and_how(room: Room) -> None:
    case = room.open()
    panel(room, Verb.WITHDRAW, 2, asked_by="Priya Natarajan", how="by telephone", asked_at="10/09/2017 9:00 am").commit()
    body = room.desk.store.ledger.of_case(case.id)[-1].body
    assert (body.lines, body.asked_by, body.how, body.asked_at) == (
        (2,),
        "Priya Natarajan",
        "by telephone",
        datetime(2017, 10, 9, 13, tzinfo=UTC),
    )


def test_an_amendment_shows_old_beside_new_and_matches_again(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.AMEND, 1, agreed_by="Priya Natarajan", how="by telephone", agreed_at="10/09/2017 09:30")
    entry = found.entry("change")
    assert "76120" in entry._captions["code"].words
    entry.field("code").retype("72100")
    entry.field("description").retype("Lumbar spine films, two views")
    entry.field("quantity").retype("2")
    entry.field("provider").retype("Elm Street Imaging")
    entry.field("npi").retype("")
    found.commit()
    now = room.now(case)
    service = now.line(1).service
    assert (service.code, service.description, service.quantity) == ("72100", "Lumbar spine films, two views", Decimal(2))
    assert now.servicing_provider.name == "Elm Street Imaging"
    assert now.amendments[0].before.code == "76120"
    assert now.matched.against == ()
    assert now.clock == case.clock
    assert room.page.bar.offers.may(Verb.APPROVE)


def test_a_line_that_was_not_touched_is_amended_in_nothing_else(room: Room) -> None:
    case = room.open()
    before = case.line(1).service
    found = panel(room, Verb.AMEND, 1, agreed_by="P", how="h", agreed_at="10/09/2017 09:30")
    found.entry("change").field("last_day").retype("10/13/2017")
    found.commit()
    after = room.now(case).line(1).service
    assert after.last_day == date(2017, 10, 13)
    assert (after.code, after.raw, after.system, after.unit, after.modifiers) == (
        before.code,
        before.raw,
        before.system,
        before.unit,
        before.modifiers,
    )
    assert room.now(case).servicing_provider == case.servicing_provider


def test_a_contact_is_logged_now_unless_another_time_is_said(room: Room) -> None:
    case = room.open()
    found = panel(
        room,
        Verb.CONTACT,
        reached="yes",
        with_whom="Priya Natarajan",
        number="555-0100",
        said="Will send films.",
        call_back="10/11/2017 14:00",
    )
    assert found.entry("at").typed() == "10/09/2017 10:31"
    found.commit()
    contact = room.now(case).contacts[0]
    assert (contact.way, contact.with_whom, contact.number, contact.said, contact.reached) == (
        ContactWay.CALL,
        "Priya Natarajan",
        "555-0100",
        "Will send films.",
        True,
    )
    assert contact.call_back == datetime(2017, 10, 11, 18, tzinfo=UTC)


def test_a_voicemail_reached_nobody_unless_one_says_so(room: Room) -> None:
    room.open()
    found = panel(room, Verb.CONTACT, way="voicemail")
    assert found.text("reached") == "no"


def test_a_note_is_added(room: Room) -> None:
    case = room.open()
    panel(room, Verb.NOTE, text="Ask for the films again on Monday.").commit()
    assert room.now(case).notes[0].text == "Ask for the films again on Monday."


def approve(room: Room, *lines: int, **typed: str) -> Panel:
    found = panel(room, Verb.APPROVE, *lines, **typed)
    room.page.panels.basis._no_policy.setChecked(True)
    found.entry("unchecked").retype("yes")
    return found


def test_an_approval_names_what_was_not_checked(room: Room) -> None:
    case = room.open()
    approve(room, 2).commit()
    decision = room.now(case).line(2).decision
    assert decision.determination is Determination.APPROVED
    assert decision.reason.words == "We approved this service as your provider asked for it."
    assert decision.reason.no_policy_found
    assert len(decision.unchecked) == 5


def test_an_approval_asks_once_about_what_was_not_checked(room: Room) -> None:
    room.open()
    found = approve(room, 2)
    found.entry("unchecked").retype("")
    assert "eligible on the date of service" in found.row("unchecked")._beside.text()
    found.commit()
    assert list(wrong(found)) == ["unchecked"]
    found.entry("unchecked").retype("yes")
    found.commit()
    assert room.page.panels.panel is None


def test_where_all_is_checked_nothing_is_asked_about_coverage(room: Room) -> None:
    case = room.open()
    for item in CoverageItem:
        room.desk.review.check_coverage(case.id, room.now(case).revision, item, "yes", "portal", date(2017, 10, 9))
    room.page.read_again()
    found = panel(room, Verb.APPROVE, 2)
    assert not found.row("unchecked").isVisibleTo(found)
    room.page.panels.basis._no_policy.setChecked(True)
    found.commit()
    assert room.now(case).line(2).decision.unchecked == ()


def test_where_the_policy_asks_an_approval_says_how_it_was_cleared(room: Room) -> None:
    case = room.open(SWALLOW, diagnoses=("R13.12",))
    found = panel(room, Verb.APPROVE)
    found.entry("unchecked").retype("yes")
    room.page.policy.go_to(17)
    room.page.cite()
    found.commit()
    assert list(wrong(found)) == ["clarification"]
    found.entry("clarification").retype("The office confirmed a swallow study.")
    found.commit()
    assert room.now(case).line(1).decision.clarification == "The office confirmed a swallow study."


def test_a_reason_may_rest_on_a_criterion_held_elsewhere(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.APPROVE, 2)
    found.entry("unchecked").retype("yes")
    basis = room.page.panels.basis
    basis._elsewhere_button.click()
    basis._elsewhere.retype(["MCG", "", "", ""])
    found.commit()
    assert wrong(found) == {"basis": "Name the owner and the title of the criterion held elsewhere."}
    basis._elsewhere.retype(["MCG", "Physical therapy", "27", "A-0400"])
    found.commit()
    assert room.now(case).line(2).decision.reason.held_elsewhere == (HeldElsewhere("MCG", "Physical therapy", "27", "A-0400"),)


def test_an_approval_of_less_than_was_asked_is_told_apart(room: Room) -> None:
    room.open(line(1, "97110", "Therapeutic exercise"))
    found = approve(room)
    found.entry("granted").field("quantity").retype("0.5")
    found.commit()
    assert "less or other" in wrong(found)["granted"]


def test_a_physicians_exception_needs_an_own_rationale(room: Room) -> None:
    case = with_physician(room)
    found = panel(room, Verb.APPROVE, words="We approved it as an exception.")
    found.entry("unchecked").retype("yes")
    room.page.policy.go_to(17)
    room.page.cite()
    found.commit()
    assert list(wrong(found)) == ["rationale", "attest", "sign"]
    found.entry("rationale").retype("Flexion films were not conclusive after two operations.")
    found.entry("attest").retype("yes")
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    decision = room.now(case).line(1).decision
    assert decision.determination is Determination.APPROVED
    assert decision.reason.policy_lines == cites(room.now(case), 17)


def decide(room: Room, verb: Verb, **typed: str) -> Panel:
    told = {
        "rationale": "Own reasoning on this member.",
        "words": "You have had back pain for five months. Moving x-ray pictures are not proven to help with it.",
        "sign": passphrase("osei"),
        "attest": "yes",
    } | typed
    found = panel(room, verb, **told)
    room.page.policy.go_to(17)
    room.page.cite()
    return found


def test_a_denial_is_signed_by_name_and_rests_on_cited_lines(room: Room) -> None:
    case = with_physician(room)
    found = decide(room, Verb.DENY, information="Nothing would change this.")
    assert "Kwame Osei, MD · licence MD-55120 (IN)" in found._foot.text()
    found.commit()
    decision = room.now(case).line(1).decision
    assert decision.determination is Determination.DENIED
    assert decision.reason.policy_lines == cites(room.now(case), 17)
    assert (decision.rationale, decision.information_needed) == ("Own reasoning on this member.", "Nothing would change this.")
    assert decision.signature.name == "Kwame Osei"


@pytest.mark.parametrize(
    ("verb", "field", "value", "determination"),
    [(Verb.PARTIAL, "quantity", "0.5", Determination.PARTIAL), (Verb.MODIFY, "place_of_service", "22", Determination.MODIFIED)],
)
def test_less_and_other_are_decided_with_what_is_approved(
    room: Room, verb: Verb, field: str, value: str, determination: Determination
) -> None:
    case = with_physician(room)
    found = decide(room, verb)
    found.commit()
    assert list(wrong(found)) == ["granted"]
    found.entry("granted").field(field).retype(value)
    found.commit()
    assert room.now(case).line(1).determination is determination


def test_words_that_no_letter_may_say_are_told_before_they_are_signed(room: Room) -> None:
    case = with_physician(room)
    found = decide(room, Verb.DENY, words="You had an MRI, and the nurse found no match for 76120.")
    found.commit()
    told = found.notice().accessibleName()
    assert "“MRI” is not explained." in told
    assert "“76120” is a code" in told
    assert room.now(case).line(1).decision is None
    assert found.text("sign") == ""
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    assert room.now(case).line(1).determination is Determination.DENIED


def test_what_no_letter_may_ask_for_is_told_before_it_is_asked(room: Room) -> None:
    case = room.open(line(1, "97140", "Manual therapy"))
    found = panel(room, Verb.ASK, 1, items="The MRI report", why="It shows your back.", asked_of="the office")
    found.commit()
    assert "“MRI” is not explained." in found.notice().accessibleName()
    assert room.now(case).line(1).asked is None
    found.entry("items").retype("The report on the pictures of your back")
    found.commit()
    asked = room.now(case).line(1).asked
    assert asked is not None
    assert asked.items == ("The report on the pictures of your back",)


def test_another_service_is_signed_with_its_name_for_the_member(room: Room) -> None:
    case = with_physician(room)
    found = decide(room, Verb.MODIFY)
    found.entry("granted").field("code").retype("72100")
    found.commit()
    assert "in plain words what that is called" in wrong(found)["granted"]
    found.entry("granted").field("service").retype("Regular x-rays of the lower back")
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    granted = room.now(case).line(1).decision.granted
    assert (granted.code, granted.service) == ("72100", "Regular x-rays of the lower back")


def test_a_question_sends_the_line_back(room: Room) -> None:
    case = with_physician(room)
    panel(room, Verb.SEND_BACK, question="Which films?").commit()
    assert room.now(case).line(1).question == "Which films?"
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    assert room.page.bar.offers.words == "The physician asks: Which films?"


def test_other_words_go_back_to_the_physician_and_stand_in_the_panel_that_signs_anew(room: Room) -> None:
    case = with_physician(room)
    decide(room, Verb.DENY).commit()
    was = room.now(case).line(1).decision
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    found = panel(room, Verb.REWORD, 1)
    assert found.text("words") == was.reason.words
    assert "signature of Kwame Osei" in found._foot.text()
    found.entry("words").retype("You have had pain for five months, and these pictures do not help with it.")
    found.commit()
    assert list(wrong(found)) == ["why"]
    found.entry("why").retype("It named no fact.")
    found.commit()
    assert room.now(case).line(1).workflow is Workflow.WITH_PHYSICIAN
    sit(room.desk, room.session, "osei")
    room.page.open_case(case.id)
    again = panel(room, Verb.DENY, 1)
    assert again.text("words").startswith("You have had pain for five months")
    assert again.text("rationale") == was.rationale
    assert again.basis.policy_lines == was.reason.policy_lines
    assert "Mara Lindqvist asks for other words: It named no fact." in again._foot.text()
    again.entry("sign").retype(passphrase("osei"))
    again.entry("attest").retype("yes")
    again.commit()
    assert room.now(case).line(1).decision.reason.words.startswith("You have had pain")


# what is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", passphrase("mara"), "Kwame Osei", "osei"])
def test_only_the_own_passphrase_signs(room: Room, typed: str) -> None:
    case = with_physician(room)
    found = decide(room, Verb.DENY, sign=typed)
    found.commit()
    assert list(wrong(found)) == ["sign"]
    assert room.now(case).line(1).decision is None
    assert found.entry("sign").typed() == ""
    assert found.text("rationale"), "every other word is kept"


def test_the_passphrase_is_kept_in_no_draft(room: Room) -> None:
    with_physician(room)
    found = decide(room, Verb.DENY)
    assert found.entry("sign").typed()
    room.page.panels.close_panel()
    again = panel(room, Verb.DENY)
    assert again.text("rationale")
    assert again.entry("sign").typed() == ""
    assert passphrase("osei") not in str(found.typed())


def test_the_panel_says_who_stands_behind_the_licence_and_the_findings_repeat_it(room: Room) -> None:
    case = with_physician(room)
    found = decide(room, Verb.DENY)
    behind = "entered by ada, confirmed by Sol Reyes at the state board's site on 10/09/2017"
    assert behind in found._foot.text()
    found.commit()
    shown = room.desk.review.on_desk(case.id)
    assert any(behind in note.detail for note in notes(shown, room.session.person))


def test_a_denial_is_no_main_button_and_has_no_key_of_its_own(room: Room) -> None:
    with_physician(room)
    found = panel(room, Verb.DENY)
    assert found.commit_button.property("kind") == "plain"
    assert found.commit_button.shortcut().isEmpty()


MISSING = {
    Verb.REFER: {"summary"},
    Verb.ASK: {"items", "why"},
    Verb.WITHDRAW: {"asked_by", "how", "asked_at"},
    Verb.AMEND: {"change", "agreed_by", "how", "agreed_at"},
    Verb.CONTACT: {"with_whom", "said", "reached"},
    Verb.NOTE: {"text"},
}


@pytest.mark.parametrize("verb", MISSING)
def test_what_is_missing_is_said_beside_its_field_and_the_first_gets_the_focus(room: Room, verb: Verb) -> None:
    case = room.open(unclear(), EXERCISE)
    before = room.now(case).revision
    found = panel(room, verb, 1)
    found.commit()
    assert set(wrong(found)) == MISSING[verb]
    assert room.now(case).revision == before
    first = found.entry(next(key for key in found._rows if key in MISSING[verb]))
    assert QApplication.focusWidget() in (first, first.focusProxy())


@pytest.mark.parametrize(
    ("verb", "missing"),
    [
        (Verb.DENY, {"rationale", "words", "basis", "attest", "sign"}),
        (Verb.PARTIAL, {"rationale", "words", "basis", "granted", "attest", "sign"}),
        (Verb.APPROVE, {"words", "basis", "unchecked", "rationale", "attest", "sign"}),
        (Verb.SEND_BACK, {"question"}),
    ],
)
def test_what_a_physician_left_out_is_said_beside_its_field(room: Room, verb: Verb, missing: set[str]) -> None:
    with_physician(room)
    found = panel(room, verb)
    found.commit()
    assert set(wrong(found)) == missing


def test_a_field_that_was_wrong_is_right_again_as_soon_as_it_is_mended(room: Room) -> None:
    room.open()
    found = panel(room, Verb.NOTE)
    found.commit()
    assert wrong(found)
    found.entry("text").retype("n")
    assert not wrong(found)


@pytest.mark.parametrize(
    ("verb", "key", "typed", "words"),
    [
        (Verb.WITHDRAW, "asked_at", "13/45/2017 10:00", "Write the day as 10/12/2017."),
        (Verb.WITHDRAW, "asked_at", "10/09/2017 25:00", "Write the time as 14:30, 2:30 pm or 230p."),
        (Verb.WITHDRAW, "asked_at", "10/09/2017", "Write the time as 14:30, 2:30 pm or 230p."),
        (Verb.WITHDRAW, "asked_at", "03/12/2017 02:30", "Clocks skipped that hour on that day."),
        (Verb.ASK, "answer_by", "soon", "This is no day. Write month, day and year: 10/12/2017."),
        (Verb.ASK, "answer_by", "10/01/2017", "This day has passed."),
        (Verb.CONTACT, "call_back", "10/01/2017 09:00", "This lies before the contact."),
    ],
)
def test_a_day_or_time_that_cannot_be_read_is_said_beside_it(room: Room, verb: Verb, key: str, typed: str, words: str) -> None:
    room.open(unclear())
    found = panel(room, verb, 1, **{key: typed})
    found.commit()
    assert wrong(found)[key] == words


def test_what_the_desk_refuses_is_said_in_the_panel_with_every_word_kept(room: Room) -> None:
    case = with_physician(room)
    found = decide(room, Verb.DENY, rationale="five  months of PAIN.")
    found.commit()
    assert room.page.panels.panel is found
    assert found.notice().isVisible()
    assert "word for word" in found.notice().accessibleName()
    assert found.text("rationale") == "five  months of PAIN."
    assert found.commit_button.isEnabled()
    found.entry("rationale").retype("Own reasoning.")
    found.commit()
    assert found.row("sign").problem, "each try is signed anew"
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    assert room.now(case).line(1).determination is Determination.DENIED


def test_a_time_in_the_future_is_refused_by_the_desk_and_said_in_the_panel(room: Room) -> None:
    room.open()
    found = panel(room, Verb.WITHDRAW, 1, asked_by="P", how="h", asked_at="10/20/2017 09:00")
    found.commit()
    assert "future" in found.notice().accessibleName()


def test_a_case_that_moved_on_is_shown_anew_and_the_words_go_through_the_second_time(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.REFER, 1, summary="Five months of pain.")
    room.desk.review.add_note(case.id, "Somebody else was faster.")
    found.commit()
    assert "was changed since you looked" in found.notice().accessibleName()
    assert found.notice().isVisible()
    assert found.text("summary") == "Five months of pain."
    found.commit()
    assert room.now(case).line(1).referral.summary == "Five months of pain."


# what stays ----------------------------------------------------------------------------------------------------------


def test_esc_closes_and_keeps_the_words_for_the_same_case_and_verb_alone(room: Room, qtbot: Any) -> None:
    case = room.open()
    found = panel(room, Verb.REFER, 1, summary="half a thought")
    qtbot.keyClick(found.entry("summary"), Qt.Key.Key_Escape)
    assert room.page.panels.panel is None
    assert panel(room, Verb.NOTE).text("text") == ""
    assert panel(room, Verb.REFER).text("summary") == "half a thought"
    room.open(line(1, "76120", "Cineradiography of the lumbar spine"))
    assert panel(room, Verb.REFER).text("summary") == ""
    room.page.open_case(case.id)
    assert panel(room, Verb.REFER).text("summary") == "half a thought"


def test_esc_in_a_pane_closes_the_panel_too(room: Room, qtbot: Any) -> None:
    room.open()
    panel(room, Verb.REFER, 1, summary="half a thought")
    qtbot.keyClick(room.page.policy.list, Qt.Key.Key_Escape)
    assert room.page.panels.panel is None
    assert panel(room, Verb.REFER).text("summary") == "half a thought"


def test_what_ends_after_one_went_on_touches_neither_the_next_panel_nor_the_next_case(room: Room) -> None:
    case = room.open()
    found = panel(room, Verb.REFER, 1, summary="Five months of pain.")
    done = room.desk.determinations.refer(case.id, room.now(case).revision, (1,), "Five months of pain.")
    other = panel(room, Verb.NOTE, text="something else")
    room.page._done(Verb.REFER, found, done)
    assert room.page.panels.panel is other
    second = room.open(line(1, "97110", "Therapeutic exercise"), EXERCISE)
    room.page.request.pick((2,))
    room.page._done(Verb.REFER, found, done)
    assert room.page.lines() == (2,)
    assert room.page._shown.case.id == second.id


def test_citations_are_kept_and_a_signature_is_not(room: Room) -> None:
    with_physician(room)
    decide(room, Verb.DENY)
    room.page.panels.close_panel()
    found = panel(room, Verb.DENY)
    assert found.text("rationale") == "Own reasoning on this member."
    assert [c.anchor.first_line for c in room.page.panels.basis.policy_lines] == [17]
    assert found.text("sign") == ""


def test_words_that_were_committed_are_not_offered_again(room: Room) -> None:
    room.open()
    panel(room, Verb.NOTE, text="once").commit()
    assert panel(room, Verb.NOTE).text("text") == ""


def test_a_step_can_be_taken_back_from_the_window(room: Room) -> None:
    case = room.open()
    offered = Told(room.session.undo_offered)
    panel(room, Verb.REFER, 1, summary="too early").commit()
    undo = offered.all[-1]
    assert undo.label == "referral"
    room.session.write(lambda desk: desk.determinations.undo(undo.case, undo.revision, undo.event), room.page)
    assert room.now(case).line(1).workflow is Workflow.REVIEW
    assert room.page.bar.offers.may(Verb.REFER)


def test_a_citation_can_be_taken_away(room: Room) -> None:
    with_physician(room)
    decide(room, Verb.DENY)
    basis = room.page.panels.basis
    basis.drop(basis._cited[0])
    assert basis.policy_lines == ()
    assert basis.typed() == ""


def test_enter_on_policy_lines_cites_them(room: Room) -> None:
    with_physician(room)
    panel(room, Verb.DENY)
    room.page.policy.go_to(15)
    room.page.policy._activate()
    assert [c.anchor.first_line for c in room.page.panels.basis.policy_lines] == [15]


def test_every_panel_keeps_and_puts_back_what_each_of_its_fields_holds(room: Room) -> None:
    case = room.open(unclear())
    told = {
        Verb.REFER: {"summary": "a", "question": "b"},
        Verb.ASK: {"items": "a\nb", "why": "c", "asked_of": "d", "answer_by": "10/20/2017", "chase_on": "10/13/2017"},
        Verb.WITHDRAW: {"asked_by": "a", "how": "b", "asked_at": "10/09/2017 09:00"},
        Verb.AMEND: {"agreed_by": "a", "how": "b", "agreed_at": " 09:00"},
        Verb.CONTACT: {"way": "fax", "with_whom": "a", "number": "b", "said": "c", "at": "10/09/2017 09:00", "call_back": "10/11/2017"},
        Verb.NOTE: {"text": "a"},
    }
    for verb, typed in told.items():
        before = dict(panel(room, verb, 1, **typed).typed())
        room.page.panels.close_panel()
        assert dict(panel(room, verb).typed()) == before, verb
        room.page.panels.close_panel()
    assert room.now(case).revision == case.revision


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("10/09/2017 09:30", datetime(2017, 10, 9, 13, 30, tzinfo=UTC)),
        ("10/09/2017 9:30 pm", datetime(2017, 10, 10, 1, 30, tzinfo=UTC)),
        ("2017-10-09 12 am", datetime(2017, 10, 9, 4, tzinfo=UTC)),
        ("10/09/2017 458p", datetime(2017, 10, 9, 20, 58, tzinfo=UTC)),
        ("10/09/2017 1658", datetime(2017, 10, 9, 20, 58, tzinfo=UTC)),
        ("10/09/2017 458", None),
        ("10/09/2017 9", None),
        ("10/09/2017 13 pm", None),
        ("11/05/2017 01:30", datetime(2017, 11, 5, 5, 30, tzinfo=UTC)),
        ("03/12/2017 02:30", None),
    ],
)
def test_an_instant_is_read_in_the_zone_of_the_workspace(qtbot: Any, typed: str, at: datetime | None) -> None:
    entry = MomentEntry("America/New_York")
    qtbot.addWidget(entry)
    entry.retype(typed)
    assert entry.moment() == at
    if at is not None:
        entry.show_moment(at)
        assert entry.moment() == at


def test_a_time_beside_a_day_says_how_it_was_understood(qtbot: Any) -> None:
    entry = MomentEntry("America/New_York")
    qtbot.addWidget(entry)
    assert entry.told == "New York"
    entry.time.setText("458p")
    assert entry.told == "New York · 16:58 = 4:58 pm"
    entry.time.setText("458")
    assert entry.told == "New York"


def test_a_second_commit_while_the_first_is_under_way_does_nothing(room: Room) -> None:
    room.open()
    found = panel(room, Verb.NOTE, text="once")
    told = Told(found.committed)
    found.set_busy(True)
    found.commit()
    assert told.all == []


def test_two_lines_at_once_cannot_be_amended_and_the_bar_says_so(room: Room) -> None:
    room.open(line(), EXERCISE)
    room.page.request.pick((1, 2))
    assert room.page.bar.offers.offer(Verb.AMEND).why_not == "one line at a time"


# later facts and other notices ---------------------------------------------------------------------------------------


def test_what_was_not_known_is_added_and_the_clock_is_read_from_the_receipt(room: Room) -> None:
    case = room.open(line_of_business=None, coverage=None, state=None)
    assert room.page.strip.content.left == ""
    found = panel(room, Verb.COMPLETE, told_by="the plan's enrollment desk", how="portal")
    assert "member.family" not in found.typed()
    assert "received_date" not in found.typed()
    found.entry("line_of_business").retype("erisa_self_funded")
    found.entry("coverage.funding").retype("self_funded")
    found.entry("coverage.erisa").retype("yes")
    found.entry("state").retype("in")
    found.commit()
    now = room.now(case)
    assert (now.request.line_of_business, now.request.state, now.request.coverage.erisa) == ("erisa_self_funded", "IN", True)
    assert now.request.member == case.request.member
    assert room.page.strip.content.due == "Due Fri 10/20/2017, end of day"
    assert now.matched.against == (1,)


@pytest.mark.parametrize(
    ("typed", "wrong_at"),
    [
        ({}, "told_by"),
        ({"state": "Elbonia"}, "state"),
        ({"member.phone": "x" * 400}, "member.phone"),
        ({"coverage.first_day": "1/2/2017", "coverage.last_day": "1/1/2017"}, "coverage.last_day"),
    ],
)
def test_a_later_fact_that_cannot_be_read_is_said_beside_its_field(room: Room, typed: dict[str, str], wrong_at: str) -> None:
    case = room.open(state=None, coverage=None)
    found = panel(room, Verb.COMPLETE, told_by="the office", how="by telephone")
    for key, words in typed.items():
        found.entry(key).retype(words)
    found.commit()
    assert list(wrong(found)) == [wrong_at]
    assert room.now(case).revision == case.revision


def test_notice_on_an_official_form_is_recorded_for_decided_lines_only(room: Room) -> None:
    case = room.open(line(1, "97110", "Therapeutic exercise"))
    assert not room.page.bar.action(Verb.NOTICE).isVisible()
    approve(room).commit()
    found = panel(room, Verb.NOTICE, to_whom="Rosalind Alvarado", form="CMS-10003", way="mail")
    found._when.show_moment(room.desk.clock.now() + timedelta(minutes=1))
    room.desk.clock.at += timedelta(minutes=2)
    found.commit()
    assert room.now(case).line(1).workflow is Workflow.NOTICED


# where the focus begins, and what is wrong ----------------------------------------------------------------------------


def test_a_panel_begins_at_what_is_still_to_be_said(room: Room) -> None:
    with_physician(room)
    found = panel(room, Verb.PEER_OFFER, 1)
    found.begin()
    assert found.text("with_whom") == "Priya Natarajan"
    assert not found.entry("with_whom").hasFocus()
    assert found.entry("way").hasFocus()


def test_both_halves_of_an_instant_show_that_it_is_wrong_and_the_first_one_speaks_it(room: Room) -> None:
    room.open()
    found = panel(room, Verb.WITHDRAW, 1, asked_by="Priya Natarajan", how="by telephone")
    found.commit()
    when = next(entry for entry in found._entries.values() if isinstance(entry, MomentEntry))
    assert [half.property("problem") for half in when.halves] == [True, True]
    assert when.day.accessibleDescription() == "Say when they asked."
    when.retype("10/06/2017 09:00")
    assert [half.property("problem") for half in when.halves] == [False, False]


def test_beside_an_open_panel_on_a_low_screen_whole_lines_of_the_nurses_words_are_in_sight(room: Room) -> None:
    room.page.resize(1280, 540)
    case = room.open()
    summary = " ".join(["Five months of pain, films and six weeks of exercise done, no neurological signs."] * 4)
    panel(room, Verb.REFER, 1, summary=summary, question="Anything for an exception?").commit()
    sit(room.desk, room.session, "osei")
    room.page.open_case(case.id)
    room.page.request.show_record()
    panel(room, Verb.DENY, 1)
    QApplication.processEvents()
    said = room.page.request.from_nurse
    line_height = said.words.fontMetrics().lineSpacing()
    seen = said.words.viewport().height() - 2 * int(said.words.document().documentMargin())
    assert seen // line_height >= 2
    assert seen % line_height == 0
    assert said.height() >= said.minimumSizeHint().height()
