"""Who signs, in the window: what stands unmet before, attestation and passphrase, words of one's own, the peer-to-peer, what was seen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from accessible import unnamed
from builders import NOW, FixedClock, line, passphrase
from outcome_story import denial
from PySide6.QtCore import Qt
from ui_desk import EXERCISE, Room, Told, panel, seated, sit, wrong

from ur_desk.domain.attention import Attention
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import PeerOutcome
from ur_desk.domain.people import Credential, Licence
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness, Provider
from ur_desk.domain.signing import NO_CONFLICT
from ur_desk.ui.models.attention_words import attention_words
from ur_desk.ui.models.timeline import rows_of
from ur_desk.ui.pages.administration_accounts import AccountsView
from ur_desk.ui.pages.review_words import notes
from ur_desk.ui.pages.worklist_queue import PhysiciansQueue
from ur_desk.ui.widgets.panels.panel import Panel
from ur_desk.ui.widgets.panels.verbs import Verb

DC = Provider("Priya Natarajan", "1558597799", credential="DC")
SUMMARY = "Low back pain for five months without a red flag, and physical therapy was tried."


@pytest.fixture
def room(tmp_path: Path, qtbot: Any):
    with seated(tmp_path / "desk") as (desk, session):
        yield Room(desk, session, qtbot)


def waiting(room: Room, state: str = "TX", **changes: Any) -> Any:
    told = {"state": state, "line_of_business": LineOfBusiness.COMMERCIAL_INSURED, "coverage": None, "requesting_provider": DC, **changes}
    case = room.open(line(), EXERCISE, **told)
    room.desk.determinations.refer(case.id, room.now(case).revision, (1,), SUMMARY, "Anything for an exception?")
    sit(room.desk, room.session, "osei")
    room.page.open_case(case.id)
    return case


def signed(room: Room, verb: Verb = Verb.DENY, **typed: str) -> Panel:
    told = {"rationale": "It would not alter treatment.", "words": "It is not proven to help.", "attest": "yes", "sign": passphrase("osei")}
    found = panel(room, verb, 1, **{**told, **typed})
    room.page.policy.go_to(17)
    room.page.cite()
    return found


def licensed_in_texas(room: Room) -> None:
    held = room.desk.accounts.named("osei").credential
    assert isinstance(held, Credential)
    sit(room.desk, room.session, "ada")
    room.desk.accounts.enter_credential("osei", replace(held, licence="T-1", state="TX", entered_by=None))
    sit(room.desk, room.session, "sol")
    room.desk.accounts.confirm_credential("osei", "the Texas board's site", date(2017, 10, 9))


def test_what_the_state_asks_for_keeps_the_denial_closed_and_says_its_source_until_it_is_met(room: Room) -> None:
    licensed_in_texas(room)
    case = waiting(room)
    offer = room.page.bar.offers.offer(Verb.DENY)
    assert offer is not None
    assert "Texas: the provider of record is offered a discussion" in offer.why_not
    told = [note for note in notes(room.page._shown, room.session.person) if note.chip == "not met"]
    assert {"28 TAC 19.1710" in note.detail for note in told} == {True}
    found = panel(room, Verb.PEER_OFFER, 1, way="voicemail", number="1-800-555-0146")
    assert found.text("with_whom") == "Priya Natarajan"
    assert found.text("physician") == "osei"
    assert unnamed(found) == []
    found.commit()
    assert room.now(case).line(1).workflow is Workflow.PEER_TO_PEER
    assert room.page.bar.offers.may(Verb.DENY)
    signed(room).commit()
    decision = room.now(case).line(1).decision
    assert decision.signature.no_conflict == NO_CONFLICT
    assert decision.signature.licence.state == "TX"


def test_a_state_that_is_not_loaded_is_called_so_among_the_findings_and_below_the_fields(room: Room) -> None:
    waiting(room, "OH")
    assert any("Ohio" in note.detail and note.chip == "not loaded" for note in notes(room.page._shown, room.session.person))
    assert "rules of Ohio" in signed(room)._foot.text()


def test_indiana_asks_for_alternatives_and_they_are_kept(tmp_path: Path, qtbot: Any) -> None:
    clock = FixedClock(datetime(2025, 10, 9, 14, 30, tzinfo=UTC))
    with seated(tmp_path / "desk", clock=clock) as (desk, session):
        room = Room(desk, session, qtbot)
        case = waiting(room, "IN", received_at=datetime(2025, 10, 8, 14, 30, tzinfo=UTC))
        found = signed(room, departure="The newest text says the same.")
        assert found.row("alternatives").isVisible()
        assert found.row("similar").isVisible(), "shown, though nobody compared that row"
        found.commit()
        assert "Indiana" in found.row("alternatives").problem
        found.entry("alternatives").retype("Exercise with a therapist, or still films.")
        found.entry("sign").retype(passphrase("osei"))
        found.commit()
        assert room.now(case).line(1).decision.alternatives == "Exercise with a therapist, or still films."


def test_words_of_the_nurse_are_pointed_out_as_they_are_typed(room: Room) -> None:
    waiting(room, "OH")
    found = panel(room, Verb.DENY, 1, rationale="I see low back pain for five months without a red flag here.")
    assert found.row("rationale").hint == "In the nurse's text too: “low back pain for five months without a red flag”"
    found.entry("rationale").retype("My own words.")
    assert "In the nurse's text" not in found.row("rationale").hint


def test_without_the_attestation_nothing_is_signed_and_the_tick_is_kept_in_no_draft(room: Room) -> None:
    case = waiting(room, "OH")
    found = signed(room, attest="")
    found.commit()
    assert "Attest it" in found.row("attest").problem
    assert found.row("attest").hint == NO_CONFLICT
    found.entry("attest").retype("yes")
    assert found.typed()["attest"] == ""
    found.commit()
    assert room.now(case).line(1).determination is Determination.DENIED


def test_the_log_goes_from_offer_to_outcome_and_a_nurse_tells_of_no_talk(room: Room) -> None:
    case = waiting(room, "OH")
    panel(room, Verb.PEER_OFFER, 1, way="call", number="1-800-555-0146").commit()
    panel(room, Verb.PEER_REACHED, 1, said="At three.", arranged="10/10/2017 15:00").commit()
    found = panel(room, Verb.PEER_END, 1, said="No new fact.")
    assert found.entry("outcome").count() == 1 + len(PeerOutcome)
    found.commit()
    assert wrong(found) == {"outcome": "Say what came of it."}
    found.entry("outcome").retype("upheld")
    found.commit()
    assert [type(step.body).__name__ for step in room.now(case).peers] == ["PeerOffered", "PeerReached", "PeerEnded"]
    assert room.now(case).line(1).workflow is Workflow.WITH_PHYSICIAN
    assert sum("Peer-to-peer" in note.title for note in notes(room.page._shown, room.session.person)) == 3
    sit(room.desk, room.session, "mara")
    room.page.open_case(case.id)
    found = panel(room, Verb.PEER_END, 1)
    assert found.entry("outcome").count() == 1 + sum(not outcome.talked for outcome in PeerOutcome)


def test_a_signature_keeps_what_stood_on_the_screen_and_the_audit_tells_it_without_a_score(room: Room) -> None:
    case = waiting(room, "OH")
    room.desk.clock.at += timedelta(seconds=50)
    room.page.policy.go_to(60)
    room.desk.clock.at += timedelta(seconds=20)
    signed(room).commit()
    attention: Attention = room.now(case).line(1).decision.signature.attention
    assert attention.opened_at is not None
    (seen,) = [each for each in attention.seen if each.text == room.now(case).matched.pins[0].text]
    assert seen.runs[0][0] <= 17 <= seen.runs[-1][1]
    assert seen.seconds >= 70
    sit(room.desk, room.session, "sol")
    rows = list(rows_of(room.desk.supervision.timeline(case.id), "UTC"))
    told = next(row.detail for row in rows if "denied" in row.sentence)
    assert "On the screen: RAD.00034, lines " in told
    assert "Opened to be decided" in told
    assert "%" not in told


@pytest.mark.parametrize(
    ("attention", "says"),
    [
        (Attention(), "Nothing was noted of what was on the screen when it was signed."),
        (Attention(NOW), "No line of a policy and no page of a record was noted on the screen."),
    ],
    ids=["nothing at all", "opened, and no page"],
)
def test_an_adverse_decision_that_was_signed_with_no_page_seen_says_so_to_the_auditor(attention: Attention, says: str) -> None:
    made = denial(2)
    signature = replace(made.decision.signature, attention=attention, rules=Sha256("5" * 64))
    body = replace(made, decision=replace(made.decision, signature=signature))
    assert says in attention_words(body, {}, "UTC")
    approved = replace(body, decision=replace(body.decision, determination=Determination.APPROVED))
    assert says not in attention_words(approved, {}, "UTC")
    old = replace(body, decision=replace(body.decision, signature=replace(signature, rules=None, attention=Attention())))
    assert attention_words(old, {}, "UTC") == "", "an older version kept nothing"


def test_leaving_what_the_findings_suggest_stays_visible_where_the_decision_is_shown(room: Room) -> None:
    case = waiting(room, "OH", line_of_business=LineOfBusiness.FEHB)
    found = signed(room)
    found.commit()
    assert found.row("departure").problem
    found.entry("departure").retype("The brochure says the same.")
    found.entry("sign").retype(passphrase("osei"))
    found.commit()
    assert room.now(case).line(1).decision.departure == "The brochure says the same."
    assert any("Leaves the suggestion" in note.detail for note in notes(room.page._shown, room.session.person))


# the queue on the worklist, and the reviewer's profile ----------------------------------------------------------------


def test_the_queue_says_what_waits_with_the_nurses_words_and_enter_opens_the_case(room: Room, qtbot: Any) -> None:
    case = waiting(room, "OH")
    queue = PhysiciansQueue(room.session)
    qtbot.addWidget(queue)
    queue.resize(900, 400)
    queue.show()
    wanted = Told(queue.opened)
    queue.read_again()
    row = queue.model.row(0)
    assert case.number in row.head
    assert row.summary == SUMMARY
    assert row.question == "Mara Lindqvist asks: Anything for an exception?"
    assert SUMMARY in str(queue.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    queue.list.go_to(0)
    queue.open_chosen()
    assert wanted.all == [case.id]
    assert unnamed(queue) == []
    queue.grab()
    sit(room.desk, room.session, "mara")
    queue.read_again()
    assert (queue.offered, queue.model.rowCount()) == (False, 0)


def test_a_profile_is_typed_with_its_further_licences_board_and_line_of_reporting(room: Room, qtbot: Any) -> None:
    sit(room.desk, room.session, "ada")
    page = AccountsView(room.session)
    qtbot.addWidget(page)
    page.read_again()
    page.list.go_to(page.model.place_of("osei"))
    form = page.form
    form.entry("further").retype("TX T-2201 01/31/2027\nnonsense")
    form.commit()
    assert "“nonsense” is no licence" in form.row("further").problem
    form.entry("further").retype("TX T-2201 01/31/2027\nohio O-1")
    form.entry("board").retype("American Board of Radiology")
    form.entry("reports").retype("sol")
    form.commit()
    held = room.desk.accounts.named("osei").credential
    assert held.further == (Licence("T-2201", "TX", date(2027, 1, 31)), Licence("O-1", "OH"))
    assert (held.board, held.confirmed_by) == ("American Board of Radiology", None)
    assert room.desk.accounts.reporting() == {room.desk.accounts.named("osei").id: room.desk.accounts.named("sol").id}
    page.read_again()
    page.list.go_to(page.model.place_of("ada"))
    page.list.go_to(page.model.place_of("osei"))
    assert form.text("further") == "TX T-2201 01/31/2027\nOH O-1"
    assert form.text("reports") == "sol"
