"""A supervisor, an administrator and a nurse who write past the program what two people, or the kept findings, should stand behind."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, FixedClock, desk_in, enrolled, open_desk, opened, sit_down
from insiders import Insider, denial

from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.determination import Decision, Determination, Signature
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.vault import CredentialConfirmed, Invited, KeyEnrolled, RecoveryUsed, enrolment
from ur_desk.domain.library import shelf as sh
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.domain.trail import keeping as kp
from ur_desk.paths import resources
from ur_desk.records.events import body_bytes, body_from
from ur_desk.store.crypto import Keys

Act = Callable[[Insider], object]
AGE = timedelta(days=365 * 11)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with another administrator (`bea`) and three cases: withdrawn eleven years ago, still open, and withdrawn lately."""
    made, clock = tmp_path_factory.mktemp("offices") / "w", FixedClock()
    with desk_in(made, clock=clock) as desk:
        enrolled(desk, "bea", "Bea Quill", frozenset({Role.ADMINISTRATOR}))
        old, waiting = opened(desk), opened(desk)
        desk.determinations.withdraw(old.id, old.revision, (1,), "the office", desk.clock.now(), "call")
        desk.determinations.refer(waiting.id, waiting.revision, (1,), "Neck pain.")
        clock.at = NOW + AGE
        late = opened(desk)
        desk.determinations.withdraw(late.id, late.revision, (1,), "the office", desk.clock.now(), "call")
        opened(desk)
        sit_down(desk, "ada")
        assert desk.supervision.verification().breaks == ()
    return made


@pytest.fixture
def seated(folder: Path, tmp_path: Path) -> Iterator[Callable[[str], Insider]]:
    shutil.copytree(folder, tmp_path / "w")
    made: list[Insider] = []

    def sit(name: str) -> Insider:
        made.append(Insider(tmp_path / "w", name))
        made[-1].since = AGE + timedelta(days=2)
        return made[-1]

    yield sit
    for each in made:
        each.store.close()


def cases(who: Insider) -> list[CaseId]:
    """The old case, the one that waits, the late one, the new one."""
    return [CaseId(case) for (case,) in who.rows("SELECT id FROM cases ORDER BY number")]


# a purge ---------------------------------------------------------------------------------------------------------------------


def propose(who: Insider, *which: CaseId, by: str = "ada") -> tuple[EventId, kp.PurgeProposed]:
    """What somebody else proposed, as they signed it."""
    body = kp.PurgeProposed(which, tuple(number_of(who, case) for case in which), kp.rule_in_words(10))
    return who.honest(by, body, "purge.propose"), body


def number_of(who: Insider, case: CaseId) -> str:
    return str(who.rows("SELECT number FROM cases WHERE id = ?", case)[0][0])


def take(who: Insider, proposal: tuple[EventId, kp.PurgeProposed], *more: tuple[EventId, str], **other: Any) -> EventId:
    """Destroys what the proposal names, and more, with a certificate in one's own name."""
    event, body = proposal
    told = next(e for h, e in who.store.ledger.every() if h.id == event)
    gone = [*(found for case in body.cases for found in who.store.purge.contents(case)), *more]
    certificate = kp.Purged(
        event, body.cases, body.numbers, tuple(e for e, _ in gone), tuple(h for _, h in gone), (), body.rule, told.by, told.at, who.me.id,
    )  # fmt: skip
    who.destroy(*certificate.events, cases=body.cases)
    return who.add(replace(certificate, **other), "purge.approve")


def head_of(who: Insider, verb: str) -> tuple[EventId, str]:
    return next((h.id, h.body) for h, _ in who.store.ledger.every() if h.verb == verb)


def dropped(who: Insider) -> None:
    proposal = propose(who, cases(who)[0])
    who.honest("ada", kp.PurgeDropped(proposal[0], "The auditor comes first."), "purge.drop")
    take(who, proposal)


def twice(who: Insider) -> None:
    old, _, late, _ = cases(who)
    proposal = propose(who, old)
    take(who, proposal)
    take(who, (proposal[0], kp.PurgeProposed((late,), (number_of(who, late),), "")))


def own(who: Insider) -> None:
    take(who, propose(who, cases(who)[0], by="sol"))


def with_a_profile(who: Insider) -> None:
    """A content of the workspace goes too; then somebody denies care in the physician's name with a key of their own."""
    take(who, propose(who, cases(who)[0]), head_of(who, "profile.save"))
    who.rows("DELETE FROM profiles")
    who.add(denial(who, "osei"), "lines.decide", who.case("lines.refer"), by="osei", keys=Keys.new())


def with_a_referral(who: Insider) -> None:
    take(who, propose(who, cases(who)[0]), head_of(who, "lines.refer"))
    who.mend(who.case("lines.refer"))


def held(who: Insider) -> None:
    proposal = propose(who, cases(who)[0])
    who.honest("ada", kp.HoldPlaced("Lawsuit 18-1"), kp.HOLD_PLACE, cases(who)[0])
    take(who, proposal)


def let_go_by_a_nurse(who: Insider) -> None:
    """The hold was lifted by an account that lifts none; the content that would show it goes with the case."""
    proposal = propose(who, cases(who)[0])
    who.honest("ada", kp.HoldPlaced("Lawsuit 18-1"), kp.HOLD_PLACE, cases(who)[0])
    who.honest("mara", kp.HoldLifted("Over."), kp.HOLD_LIFT, cases(who)[0])
    take(who, proposal)


def changed(who: Insider) -> None:
    proposal = propose(who, cases(who)[0])
    who.honest("mara", ev.NoteAdded("The member called again."), "note.add", cases(who)[0])
    take(who, proposal)


def longer(who: Insider) -> None:
    old, _, late, _ = cases(who)
    event, body = propose(who, old)
    take(who, (event, replace(body, cases=(old, late), numbers=(*body.numbers, number_of(who, late)))))


PURGES: dict[str, tuple[Act, str]] = {
    "on a proposal that was dropped": (dropped, "the proposal that it names did not wait there"),
    "on a proposal that was used": (twice, "the proposal that it names did not wait there"),
    "on a proposal of one's own": (own, "a purge that no second person proposed"),
    "of a content of the workspace": (with_a_profile, "it took contents that are of none of its cases"),
    "of a content of the workspace, to use another key behind it": (with_a_profile, "a key that was not in force for its person"),
    "of a referral of another case": (with_a_referral, "it took contents that are of none of its cases"),
    "of a case on which a hold lies since": (held, "a legal hold lay on a case that it took"),
    "of a case of which a nurse lifted the hold": (let_go_by_a_nurse, "no role there to which hold.lift is open"),
    "of a case that changed since": (changed, "the years of a case that it took were not over"),
    "of a case of which the years are not over": (
        lambda w: take(w, propose(w, cases(w)[2])),
        "the years of a case that it took were not over",
    ),
    "of a case that is open": (lambda w: take(w, propose(w, cases(w)[1])), "a case that it took had not ended"),
    "of more cases than were proposed": (longer, "its certificate does not tell what was proposed"),
    "in somebody else's name": (
        lambda w: take(w, propose(w, cases(w)[0]), approved_by=w.people["bea"].id),
        "its certificate names another person than the one who signed it",
    ),
    "said to be proposed by somebody else": (
        lambda w: take(w, propose(w, cases(w)[0]), proposed_by=w.people["bea"].id),
        "its certificate does not tell what was proposed, by whom and when",
    ),
    "proposed while another waits": (
        lambda w: (propose(w, cases(w)[0]), propose(w, cases(w)[0])),
        "a purge was proposed where a proposal waited already",
    ),
    "drop of a proposal that does not wait": (
        lambda w: w.add(kp.PurgeDropped(EventId("none"), "No."), "purge.drop"),
        "the proposal that it names did not wait there",
    ),
}


@pytest.mark.parametrize("act", PURGES)
def test_a_purge_that_went_by_no_right_is_found(seated: Callable[[str], Insider], act: str) -> None:
    done, words = PURGES[act]
    told = seated("sol").found(done)
    assert any(words in message for message in told), told


def test_a_purge_that_two_people_agreed_on_by_the_rule_holds(seated: Callable[[str], Insider]) -> None:
    assert seated("sol").found(lambda w: take(w, propose(w, cases(w)[0]))) == ()


def test_a_certificate_with_other_hashes_than_events_is_none(seated: Callable[[str], Insider]) -> None:
    body = kp.Purged(
        EventId("p"), (CaseId("c"),), ("UR-2017-000001",), (EventId("e"),), ("h",), (), "", AccountId("a"), NOW, AccountId("b")
    )
    assert body_from(body_bytes(body)) == body
    for part in (b'"bodies":["h"]', b'"numbers":["UR-2017-000001"]'):
        with pytest.raises(ValueError, match="not an event body"):
            body_from(body_bytes(body).replace(part, part.split(b"[")[0] + b"[]"))


# licences, codes and accounts ------------------------------------------------------------------------------------------------

LICENCE = Credential("MD", "MD-99999", "IN", date(2031, 1, 1), "Radiology")


def licence(who: Insider, by: str | None) -> ws.CredentialEntered:
    entered = replace(LICENCE, entered_by=who.people[by].id if by else None)
    return ws.CredentialEntered(who.people["osei"].id, entered)


def confirm(who: Insider) -> EventId:
    return who.add(CredentialConfirmed(who.people["osei"].id, "nowhere", date(2017, 10, 2)), "account.confirm-credential")


def seat_of_the_physician(who: Insider) -> None:
    """Gives a code in the physician's name, uses it, and confirms the licence that somebody else entered."""
    code, keys, osei = Keys.new(), Keys.new(), who.people["osei"].id
    given = who.add(Invited(osei, code.public, NOW + AGE + timedelta(days=9)), "account.invite")
    who.add(KeyEnrolled(osei, keys.public, given, code.sign(enrolment(osei, keys.public))), "key.enrol", by="osei", keys=keys)
    confirm(who)


def new(who: Insider, **changes: Any) -> EventId:
    return who.add(ws.AccountAdded(replace(Account(AccountId("eve"), "eve", "Eve", frozenset({Role.PHYSICIAN})), **changes)), "account.add")


def last_of_all(who: Insider) -> None:
    who.add(ws.AccountRetired(who.people["bea"].id), "account.retire")
    who.add(ws.RolesChanged(who.me.id, frozenset({Role.NURSE})), "account.role")


OFFICES: dict[str, tuple[str, Act, str]] = {
    "enters a licence in somebody else's name": (
        "ada",
        lambda w: w.add(licence(w, "sol"), "account.credential"),
        "it says that somebody else entered the licence",
    ),
    "adds an account with a licence in somebody else's name": (
        "ada",
        lambda w: new(w, credential=replace(LICENCE, entered_by=w.people["sol"].id)),
        "it says that somebody else entered the licence",
    ),
    "adds an account with a licence that nobody entered": (
        "ada",
        lambda w: new(w, credential=LICENCE),
        "it says that somebody else entered the licence",
    ),
    "enters a licence in nobody's name, and confirms it": (
        "ada",
        lambda w: (w.add(licence(w, None), "account.credential"), confirm(w)),
        "confirmed by whoever entered or holds it",
    ),
    "confirms the licence of an account that they added": (
        "ada",
        lambda w: (w.honest("bea", licence(w, "bea"), "account.credential"), confirm(w)),
        "confirmed by whoever added its account or gave it its code",
    ),
    "confirms the licence of an account to which they gave a code": (
        "bea",
        seat_of_the_physician,
        "confirmed by whoever added its account or gave it its code",
    ),
    "confirms what is no licence": (
        "ada",
        lambda w: w.add(CredentialConfirmed(w.people["sol"].id, "nowhere", date(2017, 10, 2)), "account.confirm-credential"),
        "there was no licence to confirm",
    ),
    "confirms a licence on a day that is to come": (
        "sol",
        lambda w: w.add(CredentialConfirmed(w.people["osei"].id, "nowhere", date(2099, 1, 1)), "account.confirm-credential"),
        "the day on which somebody looked lies behind it",
    ),
    "adds an account that is there": ("ada", lambda w: new(w, id=w.people["mara"].id), "the account was there already"),
    "adds an account that is retired": ("ada", lambda w: new(w, retired=True), "an account does not begin retired"),
    "gives a code to nobody": (
        "ada",
        lambda w: w.add(Invited(AccountId("nobody"), Keys.new().public, NOW), "account.invite"),
        "a code was given to somebody who had no account there",
    ),
    "leaves no administrator": ("ada", last_of_all, "no administrator would have been left"),
    "lets cases go at once": ("ada", lambda w: w.add(kp.RetentionSet(0), "retention.set"), "no rule lets cases stay for so many years"),
    "uses a recovery key that is not there": (
        "ada",
        lambda w: w.add(RecoveryUsed(w.me.id), "recovery.use"),
        "no recovery key was there for its person to use",
    ),
}


@pytest.mark.parametrize("act", OFFICES)
def test_what_an_administrator_does_alone_that_takes_two_is_found(seated: Callable[[str], Insider], act: str) -> None:
    name, done, words = OFFICES[act]
    told = seated(name).found(done)
    assert any(words in message for message in told), told


OUTSIDE = {
    "enters a licence in somebody else's name",
    "adds an account with a licence in somebody else's name",
    "adds an account with a licence that nobody entered",
    "enters a licence in nobody's name, and confirms it",
    "confirms the licence of an account that they added",
    "confirms the licence of an account to which they gave a code",
}


@pytest.mark.parametrize("act", sorted(OUTSIDE))
def test_what_an_administrator_does_alone_with_a_licence_is_found_outside_too(seated: Callable[[str], Insider], act: str) -> None:
    name, done, words = OFFICES[act]
    told = seated(name).found_outside(done)
    assert any(words.removeprefix("confirmed by ") in message for message in told), told


@pytest.mark.parametrize("done", [dropped, twice, own])
def test_a_purge_that_nobody_else_proposed_is_found_outside_too(seated: Callable[[str], Insider], done: Act) -> None:
    assert "a purge that no second person proposed" in seated("sol").found_outside(done)


def test_a_change_of_accounts_that_stands_in_a_case_is_found_outside_too(seated: Callable[[str], Insider]) -> None:
    told = seated("ada").found_outside(lambda w: w.add(ws.RolesChanged(w.me.id, frozenset({Role.NURSE})), "account.role", cases(w)[3]))
    assert told == ("its content is one of the workspace, and stands in a case",)


def test_what_two_people_did_by_the_rules_holds_outside(seated: Callable[[str], Insider]) -> None:
    def agreed(who: Insider) -> None:
        take(who, propose(who, cases(who)[0]))
        who.honest("bea", licence(who, "bea"), "account.credential")
        confirm(who)

    assert seated("sol").found_outside(agreed) == ()


def test_a_licence_that_others_added_entered_and_confirmed_holds(seated: Callable[[str], Insider]) -> None:
    assert seated("sol").found(lambda w: (w.honest("bea", licence(w, "bea"), "account.credential"), confirm(w))) == ()


# contents where they do not belong, and matches that nobody made -----------------------------------------------------------------


def loaded(who: Insider) -> sh.PolicyLoaded:
    return next(e.body for _, e in who.store.ledger.every() if isinstance(e.body, sh.PolicyLoaded))


def matched(who: Insider) -> ev.Matched:
    """The match of the newest case."""
    return next(e.body for e in who.store.ledger.of_case(cases(who)[3]) if isinstance(e.body, ev.Matched))


def rematch(who: Insider, verb: str = "case.match", **other: Any) -> None:
    who.add(replace(matched(who), **other), verb, cases(who)[3])


def against_nothing(who: Insider) -> None:
    """A line against which a policy stands is approved on a match of one's own that found nothing."""
    assert matched(who).against == (1,)
    rematch(who, against=())
    signed = Signature(who.me.id, who.me.display, who.me.credential, NOW + AGE)
    decision = Decision(Determination.APPROVED, NO_POLICY, signed, clarification="Another service.", unchecked=tuple(ev.CoverageItem))
    who.add(ev.Determined((1,), decision), "lines.approve", cases(who)[3])


def of_another_file(who: Insider) -> None:
    rules = next(e.body.rules for e in who.store.ledger.of_case(cases(who)[3]) if isinstance(e.body, ev.ClockRead))
    rematch(who, report=rules)


MATCHES: dict[str, tuple[Act, str]] = {
    "of which nothing stands against a line": (against_nothing, "what the findings that it names do not say"),
    "of which nothing was settled for all indications": (
        lambda w: rematch(w, settled=()),
        "what the findings that it names do not say",
    ),
    "of another suggestion": (
        lambda w: rematch(w, services=tuple(replace(row, policies=()) for row in matched(w).services)),
        "what the findings that it names do not say",
    ),
    "without the policies that it found": (lambda w: rematch(w, pins=()), "what the findings that it names do not say"),
    "of findings that are another file": (of_another_file, "the findings that it names are none that can be read"),
    "of readings that somebody is said to have confirmed": (
        lambda w: rematch(w, pins=tuple(replace(pin, confirmed=True) for pin in matched(w).pins)),
        "a reading as confirmed that nobody had confirmed",
    ),
    "as if the case were just opened, of another request": (
        lambda w: rematch(w, "case.open", subject="another"),
        "the rules did not let its person take this step",
    ),
    "of a policy that is loaded into a case": (lambda w: w.add(loaded(w), "policy.load", cases(w)[3]), "its content does not belong there"),
    "noted in a case that nobody opened": (
        lambda w: w.add(ev.NoteAdded("Before all."), "note.add", CaseId("never")),
        "what stands there fits nothing of its case",
    ),
    "noted outside of all cases": (lambda w: w.add(ev.NoteAdded("Nowhere."), "note.add"), "its content does not belong there"),
    "held outside of all cases": (lambda w: w.honest("ada", kp.HoldPlaced("x"), kp.HOLD_PLACE), "its content does not belong there"),
}


@pytest.mark.parametrize("act", MATCHES)
def test_a_match_or_a_content_that_does_not_belong_where_it_stands_is_found(seated: Callable[[str], Insider], act: str) -> None:
    done, words = MATCHES[act]
    told = seated("mara").found(done)
    assert any(words in message for message in told), told


def test_a_policy_that_was_laid_into_a_case_changes_nothing_and_the_case_opens(seated: Callable[[str], Insider]) -> None:
    who = seated("mara")
    with who.store.atomic():
        who.add(replace(loaded(who), abstract=True), "policy.load", cases(who)[3])
    with open_at(who.folder, "mara", NOW + AGE + timedelta(days=3)) as desk:
        assert desk.review.on_desk(cases(who)[3]).case.number
        desk.review.add_note(cases(who)[3], "It opens.")
        told = {b.message for b in desk.supervision.verification().breaks}
    assert len(told) == 1
    assert "does not belong there" in told.pop()


def test_findings_that_somebody_made_up_altogether_are_named_as_not_found(seated: Callable[[str], Insider]) -> None:
    from ur_desk.records.match import report_bytes, report_from

    who = seated("mara")

    def made_up(who: Insider) -> None:
        report = report_from(who.store.blobs.get(matched(who).report))
        nothing = replace(report, policies=(), services=tuple(replace(row, policies=(), relation=None) for row in report.services))
        rematch(who, report=who.store.blobs.keep(report_bytes(nothing)), services=nothing.services, pins=(), against=(), settled=())

    assert "**What a match found.**" in (resources() / "help" / "security.md").read_text(encoding="utf-8")
    assert who.found(made_up) == ()


def open_at(folder: Path, name: str, at: datetime) -> Any:
    from contextlib import closing

    from builders import TABLES

    return closing(open_desk(folder, name, clock=FixedClock(at), tables=TABLES))
