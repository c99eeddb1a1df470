"""Who signs, over a real workspace: what the data layer refuses, what a signature keeps, and who an appeal is closed to."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, OSEI, UNCHECKED, cites, confirmed, desk_in, enrolled, line, opened, passphrase, request, sit_down
from test_arrivals import do, looked, written

from ur_desk.desk.desk import Desk
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.appeals import Asker
from ur_desk.domain.arriving import Choice
from ur_desk.domain.attention import Attention, Seen
from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Determination, Granted, Reason, Workflow
from ur_desk.domain.events import PeerOutcome, Restriction
from ur_desk.domain.independence import Bar
from ur_desk.domain.letter import Audience
from ur_desk.domain.people import Credential, Licence, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.signing import NO_CONFLICT, Lack, Standing
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, UserError

ADVERSE = [kind for kind in Determination if kind.adverse]
WORDS = Reason("Research has not shown that the study helps.")
assert OSEI.credential is not None
PHYSICIAN = replace(OSEI.credential, entered_by=None, confirmed_by=None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A workspace that is no demo."""
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as made:
        yield made


def physician(desk: Desk, name: str, *further: Licence) -> None:
    sit_down(desk, "ada")
    enrolled(desk, name, name.title(), frozenset({Role.PHYSICIAN}), replace(PHYSICIAN, licence=f"MD-{name}", further=further))
    confirmed(desk, name)


def waiting(desk: Desk, **changes: Any) -> Case:
    case = opened(desk, line(1), **changes)
    return desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.", "Does an exception fit?").value


def decides(desk: Desk, case: Case, name: str = "osei", kind: Determination = Determination.DENIED, **more: Any) -> Case:
    sit_down(desk, name)
    now = desk.review.open_record(case.id).value
    fit = "Spine imaging for thirty years." if now.follows else ""
    told: dict[str, Any] = {"signing": Signing(True, fit), "proof": desk.vault.prove(passphrase(name)), **more}
    reason = replace(WORDS, policy_lines=cites(now, 15))
    return desk.determinations.decide(now.id, now.revision, (1,), kind, reason, "The study would not alter care.", **told).value


def excepts(desk: Desk, case: Case, name: str = "osei", **more: Any) -> Case:
    sit_down(desk, name)
    now = desk.review.open_record(case.id).value
    told: dict[str, Any] = {"signing": Signing(attested=True), "proof": desk.vault.prove(passphrase(name)), **more}
    reason = replace(WORDS, policy_lines=cites(now, 15))
    return desk.determinations.approve(
        now.id, now.revision, (1,), reason, rationale="The record shows instability.", unchecked=UNCHECKED, **told
    ).value


# 2: a nurse login can save a clinical denial, or a reduced approval that is legally one ----------------------------------


@pytest.mark.toy(2)
@pytest.mark.parametrize("kind", ADVERSE)
@pytest.mark.parametrize("forged", ["as a nurse", "in the physician's name"])
def test_no_nurse_saves_a_clinical_denial_or_a_reduced_approval_even_past_the_verbs(desk: Desk, kind: Determination, forged: str) -> None:
    """Not a greyed button: the gate through which every event passes refuses it, whatever the signature in it says."""
    case = waiting(desk)
    with pytest.raises(Forbidden):
        desk.determinations.decide(case.id, case.revision, (1,), kind, WORDS, "Own.", proof=desk.vault.prove(passphrase("mara")))
    from ur_desk.desk.verbs import VERBS, Act
    from ur_desk.domain.determination import Decision, Signature

    by = desk.person if forged == "as a nurse" else desk.accounts.named("osei")
    signature = Signature(by.id, by.display, by.credential, NOW, True, no_conflict=NO_CONFLICT)
    decision = Decision(
        kind, replace(WORDS, policy_lines=cites(case, 15)), signature, "Own.", Granted(code="72100", service="Regular x-rays of the neck")
    )
    before = desk.store.ledger.last()
    with pytest.raises(Forbidden), desk.store.atomic():
        Act(desk, VERBS["lines.decide"]).on_case(case.id, case.revision, [ev.Determined((1,), decision)])
    assert desk.store.ledger.last() == before


@pytest.mark.toy(2)
@pytest.mark.parametrize(
    "granted",
    [Granted(code="72100", service="Regular x-rays of the neck"), Granted(place_of_service="22"), Granted(provider="Another office")],
)
def test_a_nurse_saves_no_approval_of_something_else(desk: Desk, granted: Granted) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    with pytest.raises(UserError):
        desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED, granted=granted)
    assert desk.review.case(case.id).line(1).decision is None


# 19: reviewer stored as a name string; no license, specialty, expiry, signature or conflict check -------------------------


@pytest.mark.toy(19)
def test_a_decision_keeps_the_reviewer_as_they_were_then(desk: Desk) -> None:
    physician(desk, "wen", Licence("T-7", "TX", date(2029, 1, 31)))
    case = waiting(desk)
    text = case.matched.pins[0].text if case.matched else Sha256("")
    seen = Attention(NOW, (Seen(text, ((1, 20),), 41),))
    decision = decides(desk, case, "wen", signing=Signing(True, "Spine imaging for thirty years.", seen)).line(1).decision
    assert decision is not None
    signed, held = decision.signature, decision.signature.credential
    assert held is not None
    assert (held.kind, held.licence, held.state, held.specialty) == ("MD", "MD-wen", "IN", "Radiology")
    assert held.confirmed_where == "the state board's site"
    assert signed.licence == Licence("MD-wen", "IN", date(2030, 6, 30)), "under the licence of the case's state"
    assert (signed.reauthenticated, signed.no_conflict, signed.similar) == (True, NO_CONFLICT, "Spine imaging for thirty years.")
    assert signed.attention == seen
    assert signed.rules in desk.store.blobs.names(), "what states asked for then is kept"
    sit_down(desk, "ada")
    desk.accounts.enter_credential("wen", Credential("DO", "NEW-1", "OH"))
    sit_down(desk, "sol")
    assert desk.review.case(case.id).line(1).decision == decision
    assert desk.supervision.verification().holds


@pytest.mark.toy(19)
@pytest.mark.parametrize("act", [decides, excepts])
def test_without_presence_or_attestation_nothing_is_signed(desk: Desk, act: Any) -> None:
    case = waiting(desk)
    with pytest.raises(Forbidden, match="signed anew"):
        act(desk, case, proof=None)
    with pytest.raises(UserError, match="conflict of interest"):
        act(desk, case, signing=Signing(attested=False))
    assert act(desk, case).line(1).decision is not None


@pytest.mark.toy(19)
def test_a_licence_that_ran_out_signs_nothing_and_one_of_another_state_does(desk: Desk) -> None:
    sit_down(desk, "ada")
    old = replace(PHYSICIAN, expires=date(2017, 10, 8))
    desk.accounts.enter_credential("osei", old)
    confirmed(desk, "osei")
    case = waiting(desk)
    for act in (decides, excepts):
        with pytest.raises(Forbidden, match="run out"):
            act(desk, case)
    sit_down(desk, "ada")
    desk.accounts.enter_credential("osei", replace(old, further=(Licence("O-1", "OH", date(2030, 1, 1)),)))
    confirmed(desk, "osei")
    decision = decides(desk, case).line(1).decision
    assert decision is not None
    assert decision.signature.licence == Licence("O-1", "OH", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"npi": "1234567890"}, "check digit"),
        ({"npi": "123"}, "ten digits"),
        ({"state": "XX"}, "no state XX"),
        ({"further": (Licence("1", "IN"),)}, "twice"),
        ({"further": (Licence(" ", "OH"),)}, "number and a state"),
        ({"further": (Licence("1", ""),)}, "number and a state"),
        ({"further": (Licence("1", "QQ"),)}, "no state QQ"),
    ],
)
def test_a_profile_that_cannot_stand_behind_a_signature_is_not_entered(desk: Desk, wrong: dict[str, Any], says: str) -> None:
    sit_down(desk, "ada")
    for enter in (
        lambda told: desk.accounts.enter_credential("osei", told),
        lambda told: desk.accounts.add("new", "", frozenset({Role.PHYSICIAN}), told),
    ):
        with pytest.raises(UserError, match=says):
            enter(replace(PHYSICIAN, **wrong))
    desk.accounts.enter_credential("osei", replace(PHYSICIAN, npi="1234567893", board="American Board of Radiology"))
    assert (desk.accounts.named("osei").credential or PHYSICIAN).board == "American Board of Radiology"


# 20: the original reviewer can decide the appeal --------------------------------------------------------------------------


def following(desk: Desk, folder: Path, choice: Choice) -> Case:
    """A case that follows what osei denied, referred to a physician."""
    first = decides(desk, waiting(desk))
    sit_down(desk, "mara")
    run = looked(desk, written(folder, "a.json", request(reference="R-9", received_at=NOW)))
    case: Case = do(desk, run, choice, first.id)
    asks = Asker.MEMBER if choice is Choice.APPEAL else Asker.PROVIDER
    case = desk.appeals.record(case.id, case.revision, asks, "Rosalind Alvarado").value
    return desk.determinations.refer(case.id, case.revision, (1,), "What came back.").value


@pytest.mark.toy(20)
@pytest.mark.parametrize("act", [decides, excepts])
def test_the_first_reviewer_and_those_who_report_to_them_decide_no_appeal(desk: Desk, tmp_path: Path, act: Any) -> None:
    physician(desk, "wen")
    case = following(desk, tmp_path, Choice.APPEAL)
    sit_down(desk, "osei")
    assert desk.signers.before(case.id).bar is Bar.DECIDED
    with pytest.raises(Forbidden, match="You decided the case"):
        act(desk, case)
    sit_down(desk, "ada")
    desk.accounts.set_reporting("wen", "osei")
    assert desk.accounts.reporting() == {desk.accounts.named("wen").id: desk.accounts.named("osei").id}
    with pytest.raises(Forbidden, match="You report to somebody who decided"):
        act(desk, case, "wen")
    sit_down(desk, "ada")
    desk.accounts.set_reporting("wen", None)
    assert act(desk, case, "wen").line(1).decision is not None
    sit_down(desk, "sol")
    assert desk.supervision.verification().holds


@pytest.mark.toy(20)
def test_a_step_that_other_tools_wrote_past_the_bar_is_a_break_of_the_trail(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = following(desk, tmp_path, Choice.APPEAL)
    with monkeypatch.context() as patched:
        patched.setattr("ur_desk.domain.deciding.check_signed", lambda body, asked: None)
        decides(desk, case)
    sit_down(desk, "sol")
    found = desk.supervision.verification()
    assert any("You decided the case" in each.message for each in found.breaks)


def test_a_reopening_may_be_worked_by_whoever_decided_first(desk: Desk, tmp_path: Path) -> None:
    case = following(desk, tmp_path, Choice.REOPENING)
    assert decides(desk, case).line(1).decision is not None


def test_nobody_can_tell_who_decided_first_means_nobody_decides(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    physician(desk, "wen")
    case = following(desk, tmp_path, Choice.APPEAL)

    def gone(_desk: Desk, _case: object) -> Case:
        raise UserError("A part of this case's trail is gone.", "")

    monkeypatch.setattr("ur_desk.desk.signing.told", gone)
    with pytest.raises(Forbidden, match="Nobody can tell any more"):
        decides(desk, case, "wen")


# what the state asks for --------------------------------------------------------------------------------------------------


def test_in_texas_a_denial_waits_for_an_offer_with_a_physician_licensed_there(desk: Desk) -> None:
    physician(desk, "wen", Licence("T-7", "TX", date(2029, 1, 31)))
    case = waiting(desk, state="TX", line_of_business=LineOfBusiness.COMMERCIAL_INSURED)
    told = desk.signers.before(case.id, (1,)).required
    assert {row.rule.id: row.standing for row in told.rows} == {"TX-P2P": Standing.UNMET, "TX-P2P-LICENCE": Standing.UNMET}
    with pytest.raises(UserError, match=r"28 TAC 19.1710"):
        decides(desk, case)
    sit_down(desk, "mara")
    now = desk.review.case(case.id)
    key = now.id, now.revision
    with pytest.raises(UserError, match="no physician reviewer"):
        desk.peers.offer(*key, (1,), ContactWay.VOICEMAIL, "the office", NOW, "1-800-555-0146", physician="mara")
    offered = desk.peers.offer(*key, (1,), ContactWay.VOICEMAIL, "the office", NOW, "1-800-555-0146", physician="osei")
    assert {row.standing for row in desk.signers.before(case.id).required.rows} == {Standing.MET, Standing.UNMET}
    back = desk.determinations.undo(case.id, offered.value.revision, offered.undo.event).value if offered.undo else case
    desk.peers.offer(back.id, back.revision, (1,), ContactWay.VOICEMAIL, "the office", NOW, "1-800-555-0146", physician="wen")
    assert not desk.signers.before(case.id).required.refusing
    assert decides(desk, case).line(1).decision is not None


def test_a_state_whose_rows_are_not_loaded_is_called_so_and_refuses_nothing(desk: Desk) -> None:
    case = waiting(desk, state="OH", line_of_business=LineOfBusiness.COMMERCIAL_INSURED)
    assert desk.signers.before(case.id).required.lack is Lack.NOT_LOADED
    assert decides(desk, case).line(1).decision is not None


# nothing of a peer-to-peer reaches a letter --------------------------------------------------------------------------------


def printed(pdf: bytes) -> str:
    """The words on the pages, one behind the other."""
    from pypdfium2 import PdfDocument

    with contextlib.closing(PdfDocument(pdf)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_nothing_of_a_peer_to_peer_reaches_a_letter(desk: Desk) -> None:
    case = waiting(desk)
    at = NOW - timedelta(days=1)
    case = desk.peers.offer(case.id, case.revision, (1,), ContactWay.CALL, "Zebediah Quill", at, "1-800-555-9911").value
    case = desk.peers.reach(case.id, case.revision, (1,), "Zebediah Quill", at, "Marzipan at three.").value
    sit_down(desk, "osei")
    case = desk.peers.end(case.id, case.revision, (1,), PeerOutcome.UPHELD, "Zebediah Quill", at, "Marzipan changes nothing.").value
    decides(desk, case)
    for audience in Audience:
        preview = finish(desk.letters.preview(case.id, (1,), audience=audience))
        for text in (repr(preview.content), printed(preview.pdf)):
            assert "Research has not shown" in text
            assert not [word for word in ("Zebediah", "Quill", "Marzipan", "555-9911") if word in text]


# the physician's queue -----------------------------------------------------------------------------------------------------


def test_the_queue_holds_what_waits_for_a_physician_due_soonest_first_with_the_nurses_words(desk: Desk) -> None:
    received = NOW - timedelta(days=9)
    later = waiting(desk)
    hidden = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"), received_at=received)
    sooner = desk.determinations.refer(hidden.id, hidden.revision, (2,), "Exercise for a year.", "Is a year too much?").value
    opened(desk)
    assert sooner.workflow is Workflow.REVIEW, "another line still waits for the nurse"
    sit_down(desk, "osei")
    first, second = desk.signers.queue()
    assert (first.row.id, first.lines, first.summary, first.question) == (sooner.id, (2,), "Exercise for a year.", "Is a year too much?")
    assert (second.row.id, second.peer_to_peer, second.bar, second.prepared) == (later.id, False, None, False)
    decides(desk, later)
    assert [each.row.id for each in desk.signers.queue()] == [sooner.id]


def test_the_queue_says_of_which_appeals_the_physician_is_barred(desk: Desk, tmp_path: Path) -> None:
    case = following(desk, tmp_path, Choice.APPEAL)
    sit_down(desk, "osei")
    assert [(each.row.id, each.bar) for each in desk.signers.queue()] == [(case.id, Bar.DECIDED)]


def test_a_restricted_case_that_is_closed_to_the_physician_is_not_in_their_queue(desk: Desk) -> None:
    case = waiting(desk)
    sit_down(desk, "sol")
    desk.fence.restrict(case.id, Restriction.EMPLOYEE, "She works in the mail room.", ["mara", "sol"])
    assert len(desk.signers.queue()) == 1
    sit_down(desk, "osei")
    assert desk.signers.queue() == ()


# no bulk signing -------------------------------------------------------------------------------------------------------------


def test_one_act_signs_lines_of_one_case_with_one_reason_and_a_proof_signs_once(desk: Desk) -> None:
    case = opened(desk, line(1), line(2, "76125", "Cineradiography of the lumbar spine, add-on"))
    case = desk.determinations.refer(case.id, case.revision, (1, 2), "Back pain for five months.").value
    other = waiting(desk)
    sit_down(desk, "osei")
    now, there = desk.review.open_record(case.id).value, desk.review.open_record(other.id).value
    proof, signing = desk.vault.prove(passphrase("osei")), Signing(attested=True)
    reason = replace(WORDS, policy_lines=cites(now, 15))
    told = desk.determinations.decide(
        now.id, now.revision, (1, 2), Determination.DENIED, reason, "Own.", proof=proof, signing=signing
    ).value
    assert told.line(1).decision == told.line(2).decision
    with pytest.raises(Forbidden, match="signed anew"):
        desk.determinations.decide(
            there.id, there.revision, (1,), Determination.DENIED, replace(WORDS, policy_lines=cites(there, 15)), "Own.",
            proof=proof, signing=signing,
        )  # fmt: skip
