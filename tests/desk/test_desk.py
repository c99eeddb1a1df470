"""Every verb over a real workspace: who may, what is kept, what is refused, and that nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import (
    BOOKLET,
    LATE,
    NO_POLICY,
    NOW,
    UNCHECKED,
    FixedClock,
    arrival,
    cites,
    clock_file,
    data_key,
    desk_in,
    earlier_receipt,
    extension,
    heard,
    line,
    open_desk,
    opened,
    passphrase,
    posted,
    profile,
    request,
    sender,
    sit_down,
)
from record_makers import PAGES, PROOF, record

from ur_desk.desk.appeals import Filed
from ur_desk.desk.desk import Desk
from ur_desk.desk.letters import Standing
from ur_desk.desk.reads import told
from ur_desk.desk.signing import Signing
from ur_desk.desk.steps import finish
from ur_desk.desk.vault import RecoveryParts
from ur_desk.desk.verbs import VERBS
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.clocks.events import Audience, Basis
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.determination import Determination, Granted, Reason, Workflow
from ur_desk.domain.events import ContactLogged, ContactWay, CoverageItem, EventId, Following, LetterId, PeerOutcome, Restriction
from ur_desk.domain.findings import Suggestion
from ur_desk.domain.guard.by_hand import written
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.letters.delivery import Party, Way
from ur_desk.domain.letters.lint import Weight
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.shelf import FindingKey
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.listing import CaseFilter, Order
from ur_desk.domain.people import Role
from ur_desk.domain.request import Kind, LineOfBusiness, Member, Provider
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import Forbidden, Stale, UserError
from ur_desk.store import vault


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def referred(desk: Desk) -> Any:
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    return desk.determinations.refer(case.id, case.revision, (1,), "Back pain for five months.").value


def denied(desk: Desk) -> Any:
    case = referred(desk)
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Research has not shown that the study helps.", cites(case, 15))
    proof, signing = desk.vault.prove(passphrase("osei")), Signing(attested=True)
    return desk.determinations.decide(
        case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.", proof=proof, signing=signing
    ).value


def test_a_request_becomes_a_case_with_its_findings_pinned_and_its_clock_read(desk: Desk) -> None:
    case = opened(desk)
    assert case.number == "UR-2017-000001"
    assert case.workflow is Workflow.REVIEW
    assert case.matched is not None
    assert case.matched.services[0].suggestion is Suggestion.REFER
    assert case.matched.against == (1,)
    assert case.clock is not None
    assert case.clock.rule == "ERISA-PRE"
    on_desk = desk.review.on_desk(case.id)
    assert on_desk.report is not None
    assert on_desk.report.policies[0].id == "RAD.00034"
    assert on_desk.policies[0].policy.abstract
    assert on_desk.words["M54.5"]


@pytest.mark.toy(7)
def test_a_case_is_shown_from_what_was_kept_though_the_library_has_moved_on(desk: Desk) -> None:
    case = opened(desk)
    before = desk.review.on_desk(case.id)
    item = desk.library.one("RAD.00034")
    with desk.store.atomic():
        changed = replace(item.policy, codes=item.policy.codes[:5])
        desk.store.shelf.put(changed, NOW, "x")
    after = desk.review.on_desk(case.id)
    assert replace(after, read_at=before.read_at) == before  # all but when it was looked at


def test_every_row_can_be_rebuilt_from_its_events(desk: Desk) -> None:
    case = denied(desk)
    sit_down(desk, "mara")
    desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED)
    assert desk.supervision.verification().holds


def test_a_stale_screen_saves_nothing(desk: Desk) -> None:
    case = opened(desk)
    desk.review.add_note(case.id, "Called.")
    events = desk.store.ledger.last()
    with pytest.raises(Stale, match="changed since you looked"):
        desk.determinations.refer(case.id, case.revision, (1,), "Summary.")
    assert desk.store.ledger.last() == events


def test_undo_takes_back_a_step_until_notice_and_both_stay_in_the_trail(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    done = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    assert done.undo is not None
    events = desk.store.ledger.last()[0]
    back = desk.determinations.undo(done.undo.case, done.undo.revision, done.undo.event).value
    assert back.line(1).workflow is Workflow.REVIEW
    assert desk.store.ledger.last()[0] == events + 1
    case = desk.determinations.approve(back.id, back.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = finish(desk.letters.issue(case.id, case.revision)).value
    with pytest.raises(UserError):
        desk.determinations.undo(case.id, case.revision, desk.determinations.last_step(case.id))


PARTS = RecoveryParts(written(bytes(32)), written(bytes(31) + b"1"))
CALLS: dict[str, Any] = {
    "case.open": lambda d, c: finish(d.intake.open(request())),
    "case.attach": lambda d, c: d.choosing.attach(arrival(d), c.id),
    "case.follow": lambda d, c: finish(d.choosing.follow(arrival(d), c.id, Following.APPEAL)),
    "appeal.open": lambda d, c: finish(d.appeals.open(c.id, c.revision, Filed(Following.APPEAL, (1,), Asker.MEMBER, "R. Alvarado", NOW))),
    "appeal.record": lambda d, c: d.appeals.record(c.id, c.revision, Asker.MEMBER, "R. Alvarado"),
    "appeal.acknowledge": lambda d, c: d.appeals.acknowledge(c.id, c.revision, ContactWay.MAIL, "R. Alvarado", NOW, "It is here."),
    "case.leave-out": lambda d, c: finish(d.choosing.leave_out(arrival(d), "Not a plan of ours.")),
    "sender.tell": lambda d, c: d.choosing.tell_sender(c.id, c.revision, ContactWay.FAX, "the office", "It is not ours.", NOW),
    "case.take-back": lambda d, c: d.choosing.take_back(c.id),
    "case.match": lambda d, c: finish(d.review.rematch(c.id, c.revision)),
    "record.open": lambda d, c: d.review.open_record(c.id),
    "coverage.check": lambda d, c: d.review.check_coverage(c.id, c.revision, CoverageItem.BENEFIT, "yes", "portal", date(2017, 10, 6)),
    "record.attach": lambda d, c: d.records.attach(c.id, record(), PAGES),
    "contact.log": lambda d, c: d.review.log_contact(c.id, ContactLogged(ContactWay.CALL, "office", "1", "hello", NOW)),
    "note.add": lambda d, c: d.review.add_note(c.id, "A note."),
    "lines.approve": lambda d, c: d.determinations.approve(c.id, c.revision, (2,), NO_POLICY, unchecked=UNCHECKED),
    "lines.decide": lambda d, c: d.determinations.decide(c.id, c.revision, (1,), Determination.DENIED, Reason("x", cites(c, 15)), "Own."),
    "lines.deny-administratively": lambda d, c: d.determinations.deny_administratively(c.id, c.revision, (1,), LATE, BOOKLET),
    "lines.not-required": lambda d, c: d.determinations.not_required(c.id, c.revision, (1,), "the list of January"),
    "lines.dismiss": lambda d, c: d.determinations.dismiss(c.id, c.revision, (1,), Dismissal.NOT_PARTY, "A neighbour asked."),
    "lines.vacate": lambda d, c: d.determinations.vacate(c.id, c.revision, (1,), "The form of representation came."),
    "lines.void": lambda d, c: d.determinations.void(c.id, c.revision, (1,), "Another member's."),
    "lines.reopen": lambda d, c: d.determinations.reopen(c.id, c.revision, (1,), Cause.GOOD_CAUSE, "A new report came."),
    "authorization.number": lambda d, c: d.authorizations.number(c.id, c.revision, (2,)),
    "claims.enter": lambda d, c: d.authorizations.enter(c.id, c.revision, (2,), "Claims One", NOW),
    "lines.ask": lambda d, c: d.determinations.ask_for_information(c.id, c.revision, (2,), ["order"], "why", "office"),
    "lines.received": lambda d, c: finish(d.determinations.information_received(c.id, c.revision, (1,), "order", NOW)),
    "lines.refer": lambda d, c: d.determinations.refer(c.id, c.revision, (1,), "Summary."),
    "lines.reword": lambda d, c: d.determinations.reword(c.id, c.revision, (2,), "Your plan covers it.", "Too short."),
    "lines.send-back": lambda d, c: d.determinations.send_back(c.id, c.revision, (1,), "Which?"),
    "lines.withdraw": lambda d, c: d.determinations.withdraw(c.id, c.revision, (1,), "office", NOW, "by fax"),
    "lines.amend": lambda d, c: finish(d.determinations.amend(c.id, c.revision, line(1, "72100"), None, "office", NOW, "by fax")),
    "peer.offer": lambda d, c: d.peers.offer(c.id, c.revision, (1,), ContactWay.VOICEMAIL, "Dr. Natarajan", NOW, "1-800-555-0146"),
    "peer.reach": lambda d, c: d.peers.reach(c.id, c.revision, (1,), "Dr. Natarajan", NOW, "Talks at three."),
    "peer.end": lambda d, c: d.peers.end(c.id, c.revision, (1,), PeerOutcome.NOT_TAKEN_UP, "the office", NOW, "Nobody called back."),
    "case.close": lambda d, c: d.determinations.close(c.id, c.revision),
    "case.undo": lambda d, c: d.determinations.undo(c.id, c.revision, EventId("e")),
    "case.complete": lambda d, c: finish(d.intake.complete(c.id, c.revision, replace(c.request, reference="R-1"), "office", "by fax")),
    "notice.record": lambda d, c: d.letters.record_notice(c.id, c.revision, (2,), ContactWay.MAIL, "member", NOW, "the state's form"),
    "letter.issue": lambda d, c: finish(d.letters.issue(c.id, c.revision, (2,))),
    "letter.send": lambda d, c: d.post.send(c.id, c.revision, LetterId("l"), Way.MAIL, Party.MEMBER, NOW),
    "letter.proof": lambda d, c: d.post.keep_proof(c.id, c.revision, EventId("e"), (record(), PAGES)),
    "letter.returned": lambda d, c: d.post.record_return(c.id, c.revision, EventId("e"), NOW, "Moved."),
    "letter.misdirected": lambda d, c: d.post.record_misdirected(c.id, c.revision, EventId("e"), NOW, "a garage", "They called.", "Asked."),
    "incident.review": lambda d, c: d.post.review_incident(c.id, EventId("e"), "Low risk."),
    "case.reenter": lambda d, c: finish(d.reentry.enter_anew(c.id, c.revision, replace(c.request.member, member_id="DEMO-2"), "Wrong.")),
    "policy.load": lambda d, c: finish(d.library.load((d.tables.folder / "policies" / "RAD.00034.abstract.txt").read_bytes(), "a.txt")),
    "policy.confirm": lambda d, c: d.library.confirm("RAD.00034", ""),
    "policy.adopt": lambda d, c: d.library.adopt("RAD.00034", ["fehb"]),
    "policy.still-current": lambda d, c: d.library.record_still_current("RAD.00034", "site", date(2017, 10, 6)),
    "policy.date": lambda d, c: d.versions.give_day("RAD.00034", date(2018, 1, 1), "the notice"),
    "policy.retire": lambda d, c: d.versions.retire("RAD.00034", date(2018, 1, 1), "the notice"),
    "policy.reinstate": lambda d, c: d.versions.reinstate("RAD.00034", "It was another policy."),
    "policy.version-rule": lambda d, c: d.versions.set_rule(VersionRule.PROCESSING, "the notice of updates"),
    "policy.correct": lambda d, c: d.readings.correct("RAD.00034", Correction(What.SECTION_JOIN, 9)),
    "policy.uncorrect": lambda d, c: d.readings.take_back("RAD.00034"),
    "policy.discard": lambda d, c: d.readings.discard("RAD.00034"),
    "policy.undiscard": lambda d, c: d.readings.bring_back("RAD.00034"),
    "policy.waive": lambda d, c: d.library.waive("RAD.00034", FindingKey("date-gap", 1), "Looked."),
    "policy.unwaive": lambda d, c: d.library.unwaive("RAD.00034", FindingKey("date-gap", 1)),
    "account.add": lambda d, c: d.accounts.add("new", "", frozenset({Role.AUDITOR})),
    "account.role": lambda d, c: d.accounts.set_roles("sol", frozenset({Role.AUDITOR})),
    "account.credential": lambda d, c: d.accounts.enter_credential("sol", profile_credential()),
    "account.reports-to": lambda d, c: d.accounts.set_reporting("mara", "sol"),
    "account.retire": lambda d, c: d.accounts.retire("sol"),
    "account.invite": lambda d, c: d.vault.invite("sol"),
    "account.confirm-credential": lambda d, c: d.accounts.confirm_credential("mara", "the board's site", date(2017, 10, 6)),
    "passphrase.change": lambda d, c: d.vault.change_passphrase(passphrase(d.person.name), "quite another phrase of seven words"),
    "passphrase.bind": lambda d, c: d.vault.bind(passphrase(d.person.name), True),
    "lock.set": lambda d, c: d.lock.set_minutes(20),
    "recovery.make": lambda d, c: d.vault.make_recovery(PARTS),
    "disk.answer": lambda d, c: d.vault.answer_disk(True),
    "profile.save": lambda d, c: d.accounts.save_profile(profile()),
    "wording.approve": lambda d, c: d.stationery.approve("en", "The compliance committee", date(2017, 10, 6)),
    "wording.translate": lambda d, c: d.stationery.translate(b"{}", "Ines Robledo", "certified", date(2017, 10, 6)),
    "form.install": lambda d, c: finish(d.stationery.install("CMS-10003", b"%PDF", "f.pdf", "0938-9999", date(2030, 1, 1), {})),
    "font.install": lambda d, c: finish(d.stationery.install_font("zh", "Chinese", b"no font", "f.ttf")),
    "draft.hand": lambda d, c: d.intake.hand_draft("d1", "ike"),
    "provider.correct": lambda d, c: d.addresses.correct("1234567893", Provider("Orchard Row Imaging", "1234567893")),
    "provider.forget": lambda d, c: d.addresses.forget("1234567893"),
    "sender.keep": lambda d, c: d.senders.keep(sender()),
    "sender.rename": lambda d, c: d.senders.rename("Lindenfield Ortho", "Ortho"),
    "sender.drop": lambda d, c: d.senders.drop("Lindenfield Ortho"),
    "audit.verify": lambda d, c: d.supervision.check_trail(),
    "backup.make": lambda d, c: d.keeping.back_up(d.folder / "nowhere" / "backup"),
    "backup.place": lambda d, c: d.keeping.choose_second(None),
    "retention.set": lambda d, c: d.retention.set_years(10),
    "hold.place": lambda d, c: d.retention.hold(c.id, "Audit"),
    "hold.lift": lambda d, c: d.retention.release(c.id, "Over"),
    "purge.propose": lambda d, c: d.retention.propose(),
    "purge.drop": lambda d, c: d.retention.drop("Not now"),
    "purge.approve": lambda d, c: d.retention.approve(None),
    "receipt.doubt": lambda d, c: d.receipts.doubt(c.id, c.revision, earlier_receipt(c), "The fax was stamped a day late."),
    "receipt.settle": lambda d, c: d.receipts.settle(c.id, c.revision, EventId("e"), True, "Looked at the fax."),
    "clock.extend": lambda d, c: d.clocks.extend(c.id, c.revision, extension(), PROOF),
    "clock.return": lambda d, c: d.clocks.send_back(c.id, c.revision, ("the order",), heard(), NOW + timedelta(days=3)),
    "clock.answer": lambda d, c: d.clocks.answer(c.id, c.revision, "The films came.", NOW),
    "clock.change": lambda d, c: finish(d.clocks.change(c.id, c.revision, Basis(), "Misread.", "the office")),
    "clock.target": lambda d, c: d.clocks.target(c.id, c.revision, NOW + timedelta(days=1), "Pain grows."),
    "clock.notify": lambda d, c: d.clocks.notify(c.id, c.revision, (1,), Audience.PROVIDER, heard(), "Approved."),
    "clock.done": lambda d, c: d.clocks.done(c.id, c.revision, "MA-EXPDENY", heard(), proof=PROOF),
    "clock.reread": lambda d, c: d.clocks.read_again(c.id, c.revision),
    "clock.load": lambda d, c: d.clock_rows.load(clock_file("VT"), "vermont.json"),
    "clock.drop": lambda d, c: d.clock_rows.drop("vermont.json", "Another law."),
    "clock.verify": lambda d, c: d.clock_rows.verify("IN-UR", "IC 27-8-17-11", date(2017, 10, 6)),
    "clock.doubt": lambda d, c: d.clock_rows.doubt("ERISA-PRE", "Counsel reads it otherwise."),
    "signing.verify": lambda d, c: d.signing_rows.verify("IN-PEER", "IC 27-1-37.5-20", date(2017, 10, 6)),
    "signing.doubt": lambda d, c: d.signing_rows.doubt("TX-P2P", "Counsel reads it otherwise."),
    "case.restrict": lambda d, c: d.fence.restrict(c.id, Restriction.EMPLOYEE, "Works here.", ["mara"]),
    "case.unrestrict": lambda d, c: d.fence.unrestrict(c.id, "Left."),
    "case.break-glass": lambda d, c: d.fence.break_glass(c.id, "The member waits in the emergency room."),
    "alert.acknowledge": lambda d, c: d.fence.acknowledge(c.id, EventId("e")),
    "audit.checkpoint": lambda d, c: d.witness.checkpoint(),
    "trail.explain": lambda d, c: d.witness.explain(EventId("e"), "It was put back from a backup."),
}


def profile_credential() -> Any:
    from ur_desk.domain.people import Credential

    return Credential("RN", "1")


K, N, P, S, A, R = Role.INTAKE, Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR
MATRIX = {
    "case.open": {K, N},
    "case.match": {K, N, P},
    "case.attach": {K, N},
    "case.follow": {K, N},
    "appeal.open": {K, N},
    "appeal.record": {K, N},
    "appeal.acknowledge": {K, N, S},
    "case.leave-out": {K, N},
    "sender.tell": {K, N, S},
    "case.take-back": {K, N},
    "case.complete": {K, N},
    "record.open": {N, P},
    "coverage.check": {K, N, P},
    "record.attach": {K, N, P, S},
    "contact.log": {K, N, P, S},
    "note.add": {K, N, P, S},
    "lines.approve": {N, P},
    "lines.decide": {P},
    "lines.deny-administratively": {N, P, S},
    "lines.not-required": {K, N, P},
    "lines.dismiss": {N, P, S},
    "lines.vacate": {P, S},
    "lines.void": {S},
    "lines.reopen": {P, S},
    "authorization.number": {K, N, P},
    "claims.enter": {K, N, S},
    "lines.ask": {N, P},
    "lines.received": {K, N},
    "lines.refer": {N},
    "lines.send-back": {P},
    "lines.reword": {N, P},
    "lines.withdraw": {N, P},
    "lines.amend": {N},
    "peer.offer": {N, P},
    "peer.reach": {N, P},
    "peer.end": {N, P},
    "case.close": {N, S},
    "case.undo": {K, N, P, S},
    "letter.issue": {N, P},
    "notice.record": {N, P},
    "letter.send": {N, P, S},
    "letter.proof": {N, P, S},
    "letter.returned": {N, P, S},
    "letter.misdirected": {N, P, S},
    "incident.review": {S},
    "case.reenter": {S},
    "policy.load": {N, S, A},
    "policy.confirm": {N, P, S, A},
    "policy.correct": {N, S, A},
    "policy.uncorrect": {N, S, A},
    "policy.discard": {N, S, A},
    "policy.undiscard": {N, S, A},
    "policy.adopt": {S, A},
    "policy.still-current": {N, S, A},
    "policy.date": {N, S, A},
    "policy.retire": {N, S, A},
    "policy.reinstate": {N, S, A},
    "policy.version-rule": {S, A},
    "policy.waive": {N, S, A},
    "policy.unwaive": {N, S, A},
    "account.add": {A},
    "account.role": {A},
    "account.credential": {A},
    "account.reports-to": {A},
    "account.retire": {A},
    "account.invite": {A},
    "account.confirm-credential": {S, A},
    "passphrase.change": {K, N, P, S, A, R},
    "passphrase.bind": {K, N, P, S, A, R},
    "lock.set": {A},
    "recovery.make": {A},
    "disk.answer": {A},
    "profile.save": {A},
    "wording.approve": {S, A},
    "wording.translate": {S, A},
    "form.install": {A},
    "font.install": {A},
    "draft.hand": {K, N},
    "provider.correct": {K, N},
    "provider.forget": {K, N},
    "sender.keep": {K, N, S},
    "sender.rename": {K, N, S},
    "sender.drop": {K, N, S},
    "audit.verify": {K, N, P, S, A, R},
    "backup.make": {K, N, P, S, A, R},
    "backup.place": {A},
    "retention.set": {A},
    "hold.place": {S, A},
    "hold.lift": {S, A},
    "purge.propose": {S, A},
    "purge.drop": {S, A},
    "purge.approve": {S, A},
    "receipt.doubt": {K, N, P, S},
    "receipt.settle": {S},
    "clock.extend": {N, P, S},
    "clock.return": {N, P, S},
    "clock.answer": {K, N, P, S},
    "clock.change": {K, N, P, S},
    "clock.target": {N, P, S},
    "clock.notify": {N, P, S},
    "clock.done": {K, N, P, S},
    "clock.reread": {N, P, S},
    "clock.load": {S},
    "clock.drop": {S},
    "clock.verify": {S},
    "clock.doubt": {S},
    "signing.verify": {S},
    "signing.doubt": {S},
    "case.restrict": {N, S, A},
    "case.unrestrict": {S, A},
    "case.break-glass": {N, P, S},
    "alert.acknowledge": {S},
    "audit.checkpoint": {K, N, P, S, A, R},
    "trail.explain": {S},
}


OWN = {
    "workspace.begin", "vault.make", "key.enrol", "recovery.use", "vault.rekey", "backup.restored", "vault.encrypt", "trail.went-back", "clock.moved",
    "clock.doubted",
}  # fmt: skip
"""What nobody chooses: the program does it by itself, or as part of sitting down."""


def test_every_verb_is_in_the_role_table() -> None:
    assert set(MATRIX) == set(VERBS) - OWN == set(CALLS)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(CALLS))
def test_the_role_matrix_holds_cell_by_cell(shared_desk: Desk, name: str, role: Role) -> None:
    """A role that the matrix does not give the verb is refused before anything is read or kept; one that it gives it gets past the gate."""
    desk = shared_desk
    case = told(desk, desk.store.cases.ids()[0])
    desk.person = replace(desk.person, roles=frozenset({role}))
    with desk.store.atomic():
        desk.store.accounts.put(desk.person)
    before = desk.store.ledger.last()
    stopped_at_the_gate = "may not do this" in refusal(desk, name, case)
    assert stopped_at_the_gate == (role not in MATRIX[name])
    assert desk.store.ledger.last() == before


def test_an_open_desk_learns_that_its_account_was_retired_or_turned(desk: Desk, tmp_path: Path) -> None:
    case = referred(desk)
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    other = open_desk(tmp_path / "w", "ada", clock=FixedClock())
    other.accounts.retire("osei")
    other.close()
    with pytest.raises(Forbidden, match="may not do this"):
        desk.determinations.send_back(case.id, case.revision, (1,), "Which?")
    with pytest.raises(Forbidden):
        desk.review.add_note(case.id, "x")


class EnoughError(Exception):
    """Takes back what a permitted verb did."""


def refusal(desk: Desk, name: str, case: Any) -> str:
    try:
        with desk.store.atomic():
            CALLS[name](desk, case)
            raise EnoughError
    except UserError as refused:
        return refused.message
    except EnoughError:
        return ""


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("matrix") / "w") as made:
        opened(made, line(1), line(2, "97110", "Therapeutic exercise"))
        yield made


def test_a_physician_may_not_also_be_nurse_or_administrator(desk: Desk) -> None:
    for other in (Role.NURSE, Role.ADMINISTRATOR):
        with pytest.raises(UserError, match="at once"):
            desk.accounts.add("both", "", frozenset({Role.PHYSICIAN, other}))
    with pytest.raises(UserError, match="already"):
        desk.accounts.add("MARA", "", frozenset({Role.NURSE}))
    with pytest.raises(UserError, match="no administrator left"):
        desk.accounts.set_roles("ada", frozenset({Role.NURSE}))
    with pytest.raises(UserError, match="own account"):
        desk.accounts.retire("ada")
    with pytest.raises(UserError, match="at least one role"):
        desk.accounts.add("none", "", frozenset())


def test_a_retired_account_cannot_sit_down(desk: Desk) -> None:
    desk.accounts.retire("sol")
    with pytest.raises(UserError, match="no account named sol"):
        sit_down(desk, "sol")
    with pytest.raises(UserError, match="no account"):
        sit_down(desk, "nobody")


def test_the_demo_takes_its_own_member_ids_only(desk: Desk) -> None:
    sit_down(desk, "mara")
    for member_id in ("W123", None, ""):
        with pytest.raises(UserError, match="DEMO-"):
            finish(desk.intake.open(request(member=replace(request().member, member_id=member_id))))
    assert desk.store.cases.ids() == ()


def test_a_message_that_opens_no_case_is_refused(desk: Desk) -> None:
    sit_down(desk, "mara")
    with pytest.raises(UserError, match="opens no case"):
        finish(desk.intake.open(request(kind=Kind.APPEAL)))


def test_the_first_account_is_administrator_and_nurse_and_the_workspace_reopens(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "w", "ada", clock=FixedClock())
    assert desk.person.roles == {Role.ADMINISTRATOR, Role.NURSE}
    assert desk.kind is WorkspaceKind.REAL
    desk.close()
    with pytest.raises(UserError, match="no account named bo"):
        open_desk(tmp_path / "w", "bo")
    again = open_desk(tmp_path / "w", "ADA", kind=WorkspaceKind.DEMO)
    assert again.kind is WorkspaceKind.REAL
    again.close()


def test_an_amendment_is_matched_again_and_keeps_the_clock(desk: Desk) -> None:
    case = opened(desk)
    after = replace(line(1, "72100", "Lumbar spine films, two views"))
    amended = finish(
        desk.determinations.amend(case.id, case.revision, after, case.servicing_provider, "the office", NOW, "by telephone")
    ).value
    assert amended.matched is not None
    assert amended.matched.services[0].suggestion is Suggestion.NO_POLICY
    assert amended.clock == case.clock
    assert amended.request == case.request


def test_what_a_list_asks_for_is_found(desk: Desk) -> None:
    first = opened(desk)
    second = opened(
        desk,
        line(1, "97110", "Exercise"),
        received_at=NOW - timedelta(days=1),
        member=replace(request().member, family="Brandt", member_id="DEMO-2"),
    )
    desk.determinations.approve(second.id, second.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
    mara = desk.person.id
    asked = {
        CaseFilter(): {first.number, second.number},
        CaseFilter(text="alvar"): {first.number},
        CaseFilter(text=second.number): {second.number},
        CaseFilter(text="M54.5 brandt"): {second.number},
        CaseFilter(code="9711"): {second.number},
        CaseFilter(code="m54.5"): {first.number, second.number},
        CaseFilter(outcome=frozenset({Determination.APPROVED})): {second.number},
        CaseFilter(workflow=frozenset({Workflow.REVIEW})): {first.number},
        CaseFilter(reviewer=mara): {second.number},
        CaseFilter(decided_from=date(2017, 10, 9), decided_to=date(2017, 10, 9)): {second.number},
        CaseFilter(decided_from=date(2017, 10, 10)): set(),
        CaseFilter(received_to=date(2017, 10, 5)): {first.number},
        CaseFilter(lines_of_business=frozenset({LineOfBusiness.FEHB})): set(),
        CaseFilter(to_notice=True): {second.number},
        CaseFilter(text="nobody"): set(),
        CaseFilter(text="%"): set(),
    }
    for question, numbers in asked.items():
        assert {row.number for row in desk.supervision.cases(question).rows} == numbers, question


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_without_gap_or_overlap(desk: Desk, order: Order) -> None:
    for n in range(7):
        opened(desk, received_at=NOW - timedelta(days=n % 3))
    seen: list[str] = []
    after: tuple[str, ...] | None = None
    while True:
        page = desk.supervision.cases(CaseFilter(order=order), after, size=3)
        assert page.total == 7
        seen += [row.number for row in page.rows]
        after = page.next_key
        if after is None:
            break
    assert len(seen) == 7
    assert len(set(seen)) == 7


def test_the_trail_holds_and_every_tampering_of_the_file_shows(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        case = denied(desk)
        finish(desk.letters.issue(case.id, case.revision))
        assert desk.supervision.check_trail().holds
    tamperings = [
        "UPDATE cases SET determination = 'approved'",
        "UPDATE cases SET due_at = NULL, due_sort = '0'",
        "DELETE FROM case_codes; DELETE FROM letters; DELETE FROM cases",
        "UPDATE blob_pieces SET data = x'00' WHERE piece = 0",
        "DELETE FROM blob_pieces",
        "UPDATE bodies SET data = CAST(replace(CAST(data AS TEXT), 'denied', 'approved') AS BLOB)",
    ]
    for n, tampering in enumerate(tamperings):
        copy = tmp_path / f"copy{n}"
        copy.mkdir()
        for name in (vault.DATABASE, vault.KEYS):
            (copy / name).write_bytes((tmp_path / "w" / name).read_bytes())
        db = vault.connect(copy, data_key(copy, "ada"))
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys = OFF")
        for statement in tampering.split(";"):
            db.execute(statement)
        db.close()
        again = open_desk(copy, "ada", clock=FixedClock())
        assert not again.supervision.verification().holds, tampering
        again.close()


def test_an_approval_letter_is_issued_once_and_told_apart_for_ever(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    preview = finish(desk.letters.preview(case.id))
    assert preview.may_issue, (preview.missing, preview.obstacles)
    case = finish(desk.letters.issue(case.id, case.revision)).value
    assert (case.workflow, case.lines_unsent) == (Workflow.DECIDED, (1,))
    assert posted(desk, case).workflow is Workflow.NOTICED
    case = desk.review.case(case.id)
    pdf = desk.letters.pdf(case.letters[0].id)
    assert desk.letters.recognise(pdf).standing is Standing.ISSUED
    assert desk.letters.recognise(pdf + b" ").standing is Standing.UNKNOWN
    assert desk.letters.recognise(preview.pdf + b"x").standing is Standing.UNKNOWN
    assert desk.letters.recognise(preview.pdf).standing is Standing.UNKNOWN
    corrected = finish(desk.letters.issue(case.id, case.revision, (1,), supersedes=case.letters[0].id, reason="Misspelt.")).value
    first, first_copy, second, second_copy = corrected.letters
    assert (second.audience, second_copy.audience, second_copy.copy_of) == ("member", "provider", second.id)
    assert (first.superseded_by, first_copy.superseded_by) == (second.id, second_copy.id)
    for each in (first, first_copy):
        assert desk.letters.recognise(desk.letters.pdf(each.id)).standing is Standing.SUPERSEDED
    for each in (second, second_copy):
        assert desk.letters.recognise(desk.letters.pdf(each.id)).standing is Standing.ISSUED
    saved = desk.letters.save(second.id, tmp_path / "letter.pdf")
    assert saved.read_bytes() == desk.letters.pdf(second.id)
    assert list(tmp_path.rglob(".*.part")) == []


def test_a_letter_that_says_what_none_may_is_not_issued_and_the_decision_is_kept(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    reason = Reason("Your plan covers it. Our software found that it helps.", no_policy_found=True)
    case = desk.determinations.approve(case.id, case.revision, (1,), reason, unchecked=UNCHECKED).value
    assert [f.rule for f in finish(desk.letters.preview(case.id)).findings] == ["decider"]
    with pytest.raises(UserError, match=r"names somebody or something that did not decide.*Nothing was issued"):
        finish(desk.letters.issue(case.id, case.revision))
    assert desk.review.case(case.id).line(1).determination is Determination.APPROVED


def test_a_name_of_another_cases_member_keeps_a_letter_and_the_own_members_does_not(desk: Desk) -> None:
    finish(desk.intake.open(request(line(1, "97110", "Exercise"), member=Member("Fenwick", "Orla", "DEMO-9", date(1950, 5, 5)))))
    own = opened(desk, line(1, "97110", "Therapeutic exercise"))
    name = own.request.member.full_name
    reason = Reason(f"{name} meets what the plan asks for. Orla Fenwick, born on 05/05/1950, does too.", no_policy_found=True)
    own = desk.determinations.approve(own.id, own.revision, (1,), reason, unchecked=UNCHECKED).value
    found = [f.rule for f in finish(desk.letters.preview(own.id)).findings if f.weight is Weight.STOPS]
    assert found == ["other_person", "other_birth_date"]


def test_an_empty_plan_profile_stops_a_letter_and_says_what_is_missing(desk: Desk) -> None:
    sit_down(desk, "ada")
    desk.accounts.save_profile(PlanProfile(LineOfBusiness.ERISA_SELF_FUNDED, "IN", plan_name="Lindenfield Works Health Plan"))
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    preview = finish(desk.letters.preview(case.id))
    assert preview.missing
    with pytest.raises(UserError, match="Nothing was issued"):
        finish(desk.letters.issue(case.id, case.revision))
    assert desk.review.case(case.id).letters == ()


def test_outside_a_demo_no_adverse_letter_leaves_on_an_abstract(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w", WorkspaceKind.REAL) as desk:
        case = denied(desk)
        preview = finish(desk.letters.preview(case.id))
        assert any("abstract" in obstacle for obstacle in preview.obstacles)
        with pytest.raises(UserError, match="abstract"):
            finish(desk.letters.issue(case.id, case.revision))


def test_the_way_around_by_amending_matching_and_undoing_is_closed(desk: Desk) -> None:
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    after = line(1, "97112", "Exercise")
    case = finish(desk.determinations.amend(case.id, case.revision, after, case.servicing_provider, "x", NOW, "fax")).value
    case = finish(desk.review.rematch(case.id, case.revision)).value
    case = desk.determinations.undo(case.id, case.revision, desk.determinations.last_step(case.id)).value
    assert case.matched is not None
    assert case.matched.against == (1,)
    with pytest.raises(Forbidden):
        desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED)


def test_facts_that_were_missing_are_added_and_start_the_clock(desk: Desk) -> None:
    case = opened(desk, received_at=None, received_zone=None, state=None)
    assert case.clock is not None
    assert case.clock.due_at is None
    told = replace(case.request, received_at=request().received_at, received_zone="America/Indiana/Indianapolis", state="IN")
    done = finish(desk.intake.complete(case.id, case.revision, told, "the office", "by telephone")).value
    assert done.clock is not None
    assert done.clock.rule == "ERISA-PRE"
    assert done.matched is not None
    assert done.matched.subject == done.current_request.subject
    desk.determinations.refer(done.id, done.revision, (1,), "Summary.")


def test_where_no_letter_is_written_notice_by_other_means_lets_the_case_close(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), line_of_business=LineOfBusiness.FEHB)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    case = desk.letters.record_notice(
        case.id, case.revision, (1,), ContactWay.MAIL, "the member", desk.clock.now(), "the brochure's own notice"
    ).value
    assert case.workflow is Workflow.NOTICED
    assert desk.determinations.close(case.id, case.revision).value.workflow is Workflow.CLOSED


def test_in_the_demo_an_adverse_letter_leaves_as_a_specimen(desk: Desk) -> None:
    case = denied(desk)
    case = finish(desk.letters.issue(case.id, case.revision)).value
    assert case.letters[0].kind == "adverse"
    assert posted(desk, case).line(1).workflow is Workflow.NOTICED


@pytest.mark.parametrize("business", [LineOfBusiness.OTHER])
def test_a_line_of_business_that_is_only_known_as_other_gets_no_letter_and_the_reason(desk: Desk, business: LineOfBusiness) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), line_of_business=business)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    with pytest.raises(UserError, match="No letter is written"):
        finish(desk.letters.preview(case.id))


@pytest.mark.parametrize("business", [b for b in LineOfBusiness if b not in (LineOfBusiness.OTHER, LineOfBusiness.ERISA_SELF_FUNDED)])
def test_any_other_line_of_business_is_written_and_says_which_rule_asks_for_what_is_empty(desk: Desk, business: LineOfBusiness) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"), line_of_business=business)
    case = desk.determinations.approve(case.id, case.revision, (1,), NO_POLICY, unchecked=UNCHECKED).value
    preview = finish(desk.letters.preview(case.id))
    assert {"plan_name", "plan_phone"} <= {gap.element for gap in preview.missing}
    with pytest.raises(UserError, match=r"Fill in the plan's name in the plan profile. \(Letter checklist: the plan's legal name"):
        finish(desk.letters.issue(case.id, case.revision))


def test_a_date_or_a_history_row_is_no_criterion(desk: Desk) -> None:
    case = referred(desk)
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    with pytest.raises(UserError, match="None of the cited lines states a position"):
        desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, Reason("No.", cites(case, 6)), "Own.")


def test_a_partial_approval_names_what_is_granted(desk: Desk) -> None:
    case = referred(desk)
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    reason = Reason("Half of it.", cites(case, 15))
    done = desk.determinations.decide(case.id, case.revision, (1,), Determination.PARTIAL, reason, "Own.", granted=Granted(unit="visits"))
    assert done.value.line(1).determination is Determination.PARTIAL


def test_words_that_no_letter_could_draw_are_refused_before_they_are_signed(desk: Desk) -> None:
    case = opened(desk, line(1, "97110", "Therapeutic exercise"))
    for words in ("漢字", "བོད་ཡིག"):
        with pytest.raises(UserError, match="No letter can draw"):
            desk.determinations.approve(case.id, case.revision, (1,), replace(NO_POLICY, words=words), unchecked=UNCHECKED)
    done = desk.determinations.approve(
        case.id, case.revision, (1,), replace(NO_POLICY, words="Zażółć ≥ “3” — naïve\ttab\nline שלום हिन्दी"), unchecked=UNCHECKED
    )
    assert done.value.line(1).determination is Determination.APPROVED


def test_drafts_are_kept_for_their_person_and_are_no_events(desk: Desk) -> None:
    from ur_desk.domain.drafts import draft_of

    sit_down(desk, "mara")
    desk.intake.keep_draft("d1", draft_of(request()))
    assert [name for name, _ in desk.intake.drafts()] == ["d1"]
    sit_down(desk, "osei")
    assert desk.intake.drafts() == ()
    sit_down(desk, "mara")
    desk.intake.drop_draft("d1")
    before = desk.store.ledger.last()
    desk.intake.keep_draft("d2", draft_of(request()))
    desk.intake.drop_draft("d2")
    assert desk.intake.drafts() == ()
    assert desk.store.ledger.last() == before


def test_people_are_the_same_after_a_restart(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        before = desk.accounts.all()
    again = open_desk(tmp_path / "w", "mara", clock=FixedClock(datetime(2018, 1, 1, tzinfo=NOW.tzinfo)))
    assert again.accounts.all() == before
    again.close()
