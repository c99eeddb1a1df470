"""An insider with a nurse's passphrase, the data key and this source code writes the chain anew: what is found, and what is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, TABLES, UNCHECKED, FixedClock, cites, desk_in, line, opened, recovery_of, sit_down
from insiders import Insider, denial

from ur_desk.desk.desk import Desk
from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.audit import Head
from ur_desk.domain.determination import Decision, Determination, Reason, Signature
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.guard.access import How, SignedIn
from ur_desk.domain.guard.vault import CredentialConfirmed, Invited, KeyEnrolled, RecoveryUsed, enrolment
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.paths import resources
from ur_desk.records.events import body_bytes, body_from
from ur_desk.store.crypto import Keys


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a recovery key, a denial by the physician, an approval and notes by the nurse, who wrote last."""
    made = tmp_path_factory.mktemp("insider") / "w"
    with desk_in(made) as desk:
        recovery_of(desk)
        desk.accounts.add("late", "Late Comer", frozenset({Role.INTAKE}))
        case = opened(desk)
        desk.review.add_note(case.id, "Called the office.")
        case = desk.determinations.refer(case.id, desk.review.case(case.id).revision, (1,), "Back pain for five months.").value
        sit_down(desk, "osei")
        case = desk.review.open_record(case.id).value
        position = TABLES.policies()[0].statements[0].first_line
        reason = Reason("Research has not shown that the study helps.", cites(case, position))
        desk.determinations.decide(case.id, case.revision, (1,), Determination.DENIED, reason, "Own reasoning.")
        other = opened(desk, line(1, "97110", "Therapeutic exercise"))
        desk.determinations.approve(other.id, other.revision, (1,), NO_POLICY, unchecked=UNCHECKED)
        waiting = opened(desk)
        desk.determinations.refer(waiting.id, waiting.revision, (1,), "Neck pain.")
        sit_down(desk, "osei")
        desk.review.open_record(waiting.id)
        sit_down(desk, "mara")
        desk.review.add_note(waiting.id, "It waits.")
        assert desk.supervision.verification().breaks == ()
    return made


@pytest.fixture
def insider(folder: Path, tmp_path: Path) -> Iterator[Insider]:
    import shutil

    shutil.copytree(folder, tmp_path / "w")
    made = Insider(tmp_path / "w")
    yield made
    made.store.close()


def own_note(told: list[tuple[Head, bytes, bytes]]) -> None:
    place = next(n for n, (head, _, _) in enumerate(told) if head.verb == "note.add")
    head, salt, _ = told[place]
    told[place] = head, salt, body_bytes(ev.NoteAdded("Nobody was called."))


def without(verb: str) -> Callable[[list[tuple[Head, bytes, bytes]]], None]:
    def change(told: list[tuple[Head, bytes, bytes]]) -> None:
        del told[next(n for n, (head, _, _) in enumerate(told) if head.verb == verb)]

    return change


def own_newest_note(told: list[tuple[Head, bytes, bytes]]) -> None:
    place = max(n for n, (head, _, _) in enumerate(told) if head.verb == "note.add")
    head, salt, _ = told[place]
    told[place] = head, salt, body_bytes(ev.NoteAdded("It waits for nobody."))


def signed_over(told: list[tuple[Head, bytes, bytes]], key: str) -> None:
    """The physician's decision bears the nurse's key and signature, under the physician's name."""
    place = next(n for n, (head, _, _) in enumerate(told) if head.verb == "lines.decide")
    head, salt, data = told[place]
    told[place] = replace(head, key=key), salt, data


def an_account_before_all(told: list[tuple[Head, bytes, bytes]]) -> None:
    first = told[0][0]
    eve = ws.AccountAdded(Account(AccountId("eve"), "eve", "Eve", frozenset({Role.ADMINISTRATOR})))
    told.insert(0, (replace(first, id=EventId("old"), verb="account.add", key="", signature=""), b"s", body_bytes(eve)))


def softer(told: list[tuple[Head, bytes, bytes]]) -> None:
    place = next(n for n, (head, _, _) in enumerate(told) if head.verb == "lines.decide")
    head, salt, data = told[place]
    body = body_from(data)
    told[place] = head, salt, body_bytes(replace(body, decision=replace(body.decision, rationale="Another reasoning.")))


def earlier(told: list[tuple[Head, bytes, bytes]]) -> None:
    place = next(n for n, (head, _, _) in enumerate(told) if head.verb == "lines.approve")
    head, salt, data = told[place]
    told[place] = replace(head, at=head.at - timedelta(days=3)), salt, data


def before_all(told: list[tuple[Head, bytes, bytes]]) -> None:
    first = told[0][0]
    told.insert(0, (replace(first, id=EventId("old"), verb="note.add", key="", signature=""), b"s", body_bytes(ev.NoteAdded("Old."))))


def unsigned(told: list[tuple[Head, bytes, bytes]]) -> None:
    told[:] = [(replace(head, key="", signature=""), salt, data) for head, salt, data in told]


def unsigned_before_an_own(told: list[tuple[Head, bytes, bytes]]) -> None:
    own = next(n for n, (head, _, _) in enumerate(told) if head.verb == "lines.refer")
    del told[own + 1 :]
    told[:own] = [(replace(head, key="", signature=""), salt, data) for head, salt, data in told[:own]]


def stolen_seat(who: Insider) -> None:
    """The physician's key is set anew, with a proof by the nurse's key."""
    keys, osei = Keys.new(), who.people["osei"].id
    waiting = who.rows("SELECT id FROM events WHERE verb = 'account.add' ORDER BY number DESC LIMIT 1")[0][0]
    proof = who.keys.sign(enrolment(osei, keys.public))
    who.add(KeyEnrolled(osei, keys.public, EventId(waiting), proof), "key.enrol", by="osei", keys=keys)
    who.add(denial(who, "osei"), "lines.decide", who.case("lines.refer"), by="osei", keys=keys)


def own_guest(who: Insider) -> None:
    """A code for the physician, given by the nurse, and used by her."""
    code, keys, osei = Keys.new(), Keys.new(), who.people["osei"].id
    given = who.add(Invited(osei, code.public, NOW + timedelta(days=9)), "account.invite")
    who.add(KeyEnrolled(osei, keys.public, given, code.sign(enrolment(osei, keys.public))), "key.enrol", by="osei", keys=keys)


def second_beginning(who: Insider) -> None:
    keys = Keys.new()
    eve = Account(AccountId("eve"), "eve", "Eve", frozenset({Role.ADMINISTRATOR}))
    who.people["eve"] = eve
    who.add(ws.AccountAdded(eve), "workspace.begin")
    who.add(KeyEnrolled(eve.id, keys.public), "workspace.begin", by="eve", keys=keys)


def approval(who: Insider) -> None:
    person = who.me
    signed = Signature(person.id, person.display, person.credential, NOW)
    who.add(ev.Determined((1,), Decision(Determination.APPROVED, NO_POLICY, signed)), "lines.approve", who.case("lines.refer"))


def borrowed(who: Insider) -> None:
    """An approval in the nurse's own name that shows the physician's signature."""
    person = who.people["osei"]
    signed = Signature(person.id, person.display, person.credential, NOW)
    decision = Decision(Determination.APPROVED, NO_POLICY, signed, "Mine.", clarification="As asked.", unchecked=tuple(ev.CoverageItem))
    who.add(ev.Determined((1,), decision), "lines.approve", who.case("lines.refer"))


def without_a_code(who: Insider) -> None:
    keys, osei = Keys.new(), who.people["osei"].id
    who.add(KeyEnrolled(osei, keys.public), "key.enrol", by="osei", keys=keys)


def recovered(who: Insider) -> None:
    """The recovery key is said to have been used, with a proof of another key."""
    made = EventId(who.rows("SELECT id FROM events WHERE verb = 'recovery.make'")[0][0])
    keys, ada = Keys.new(), who.people["ada"].id
    who.add(KeyEnrolled(ada, keys.public, made, Keys.new().sign(enrolment(ada, keys.public))), "key.enrol", by="ada", keys=keys)
    who.add(RecoveryUsed(ada), "recovery.use", by="ada", keys=keys)


def another(role: Role) -> ws.AccountAdded:
    return ws.AccountAdded(Account(AccountId("eve"), "eve", "Eve", frozenset({role})))


FOUND: dict[str, tuple[Callable[[Insider], object], str]] = {
    "a note of another day is written anew, and all behind it chained": (lambda w: w.chain_anew(own_note), "signature"),
    "the physician's decision is left out": (lambda w: w.chain_anew(without("lines.decide")), "signature"),
    "the physician's reasoning is changed": (lambda w: w.chain_anew(softer), "signature"),
    "an own approval is dated back": (lambda w: w.chain_anew(earlier), "signature"),
    "all signatures are taken away": (lambda w: w.chain_anew(unsigned), "no event is signed"),
    "all signatures before an own event are taken away": (
        lambda w: w.chain_anew(unsigned_before_an_own),
        "events without a signature stand before it",
    ),
    "an unsigned event is laid before all others": (lambda w: w.chain_anew(before_all), "signature"),
    "a denial in the physician's name, with the nurse's key": (
        lambda w: w.add(denial(w, "osei"), "lines.decide", w.case("lines.refer"), by="osei"),
        "a key that was not in force for its person",
    ),
    "a denial in the nurse's own name": (
        lambda w: w.add(denial(w, "mara"), "lines.decide", w.case("lines.refer")),
        "no role there to which lines.decide is open",
    ),
    "a denial by the nurse's verb": (
        lambda w: w.add(denial(w, "mara"), "lines.approve", w.case("lines.refer")),
        "the rules did not let",
    ),
    "a denial as a note": (lambda w: w.add(denial(w, "mara"), "note.add", w.case("lines.refer")), "not one that its verb writes"),
    "a denial as a look": (
        lambda w: w.add(denial(w, "mara"), "access.signed-in", w.case("lines.refer")),
        "not one that its verb writes",
    ),
    "an approval where the line lies with the physician": (approval, "the rules did not let its person take this step"),
    "a verb that nobody declared": (
        lambda w: w.add(denial(w, "mara"), "lines.wish", w.case("lines.refer")),
        "none that this version",
    ),
    "a key for the physician, with a proof of one's own": (stolen_seat, "who had no code and no recovery key"),
    "a code for the physician, given by the nurse": (own_guest, "no role there to which account.invite is open"),
    "a code for oneself": (
        lambda w: w.add(Invited(w.me.id, Keys.new().public, NOW), "account.invite"),
        "nobody gives themselves a code",
    ),
    "a role for oneself": (
        lambda w: w.add(ws.RolesChanged(w.me.id, frozenset({Role.NURSE, Role.ADMINISTRATOR})), "account.role"),
        "no role there to which account.role is open",
    ),
    "a role that nobody may hold beside theirs": (
        lambda w: w.add(ws.RolesChanged(w.me.id, frozenset({Role.NURSE, Role.PHYSICIAN})), "account.role"),
        "cannot be physician and nurse at once",
    ),
    "a second beginning": (second_beginning, "a workspace begins once"),
    "a licence confirmed by its holder": (
        lambda w: w.add(CredentialConfirmed(w.me.id, "home", date(2017, 10, 2)), "account.confirm-credential"),
        "confirmed by whoever entered or holds it",
    ),
    "the opening of the record by the physician is left out": (
        lambda w: w.chain_anew(without("record.open")),
        "its signature is not one of its person's key",
    ),
    "the physician's decision is signed over with the nurse's key": (
        lambda w: w.chain_anew(lambda told: signed_over(told, w.keys.key)),
        "a key that was not in force for its person",
    ),
    "the physician's signature on a decision of the nurse's": (borrowed, "the rules did not let its person take this step"),
    "a note as a sign-out": (
        lambda w: w.add(ev.NoteAdded("Hidden."), "access.signed-out", w.case("lines.refer")),
        "not one that its verb writes",
    ),
    "a key for the physician, without a code": (without_a_code, "a key was set that nobody had invited"),
    "a code for the physician, in the administrator's name": (
        lambda w: w.add(Invited(w.people["osei"].id, Keys.new().public, NOW + timedelta(days=9)), "account.invite", by="ada"),
        "a key that was not in force for its person",
    ),
    "a use of the recovery key that nobody made": (recovered, "who had no code and no recovery key"),
    "the physician's role for oneself": (
        lambda w: w.add(ws.RolesChanged(w.me.id, frozenset({Role.PHYSICIAN})), "account.role"),
        "no role there to which account.role is open",
    ),
    "another administrator": (
        lambda w: w.add(another(Role.ADMINISTRATOR), "account.add"),
        "no role there to which account.add is open",
    ),
    "another kind of workspace": (
        lambda w: w.add(ws.WorkspaceCreated(ws.WorkspaceKind.REAL, "1", "UTC"), "workspace.begin"),
        "a workspace is created once",
    ),
    "a licence for oneself": (
        lambda w: w.add(ws.CredentialEntered(w.me.id, Credential("MD", "1", "IN", entered_by=w.me.id)), "account.credential"),
        "no role there to which account.credential is open",
    ),
    "an unsigned account is laid before all events": (lambda w: w.chain_anew(an_account_before_all), "signature"),
    "somebody who is not there": (
        lambda w: (
            w.people.update(eve=Account(AccountId("eve"), "eve", "Eve", frozenset({Role.NURSE})))
            or (w.add(ev.NoteAdded("Hello."), "note.add", w.case("lines.refer"), by="eve") and None)
        ),
        "its person had no account there",
    ),
}


def cut_off(who: Insider) -> None:
    """An own note, whole, is taken away again with the row that it left."""
    case = who.case("lines.refer")
    event = who.add(ev.NoteAdded("Not to be seen."), "note.add", case)
    who.rows("DELETE FROM bodies WHERE event = ?", event)
    who.rows("DELETE FROM events WHERE id = ?", event)
    who.mend(case)


def last_of_the_physician(who: Insider) -> None:
    """What the physician did last, behind which nobody but the nurse wrote."""

    def change(told: list[tuple[Head, bytes, bytes]]) -> None:
        begin = max(n for n, (head, _, _) in enumerate(told) if head.verb == "record.open")
        told[begin:] = [each for each in told[begin:] if each[0].key == who.keys.key]

    who.chain_anew(change)
    who.mend(who.case("lines.refer"))


def long_ago(who: Insider) -> EventId:
    return who.add(ev.NoteAdded("Called last year."), "note.add", who.case("lines.refer"), at=NOW - timedelta(days=400))


# what the check alone does not find, and where the help page on security says so
NOT_FOUND: dict[str, tuple[Callable[[Insider], object], str]] = {
    "a step that the role allows, written past the program": (
        lambda w: w.add(ev.NoteAdded("Written by hand."), "note.add", w.case("lines.refer")),
        "**An event of one's own.**",
    ),
    "a sign-in that did not happen": (lambda w: w.add(SignedIn(How.PASSPHRASE), "access.signed-in"), "**An event of one's own.**"),
    "the newest own note is written anew": (lambda w: w.chain_anew(own_newest_note), "**An event of one's own.**"),
    "an event behind which only the nurse wrote is left out": (last_of_the_physician, "**The end of the trail.**"),
    "a note of one's own from long ago": (long_ago, "**A clock that nobody else saw.**"),
    "the newest event is cut off with all that it left": (cut_off, "**The end of the trail.**"),
}


@pytest.mark.parametrize("act", FOUND)
def test_what_an_insider_writes_is_found(insider: Insider, act: str) -> None:
    done, words = FOUND[act]
    told = insider.found(done)
    assert any(words in message for message in told), told


@pytest.mark.parametrize("act", NOT_FOUND)
def test_what_an_insider_may_write_anyway_is_named(insider: Insider, act: str) -> None:
    done, named = NOT_FOUND[act]
    assert named in (resources() / "help" / "security.md").read_text(encoding="utf-8")
    assert insider.found(done) == ()


def test_somebody_who_was_given_a_code_signs_nothing_with_the_former_key(tmp_path: Path) -> None:
    from builders import open_desk

    from ur_desk.errors import Forbidden

    with desk_in(tmp_path / "w") as desk, open_desk_of(tmp_path / "w", "mara", open_desk) as at_another:
        case = opened_by(at_another)
        desk.vault.invite("mara")
        with pytest.raises(Forbidden, match="one-time code was given in its place"):
            at_another.review.add_note(case, "Still here.")
        with pytest.raises(Forbidden, match="one-time code"):
            at_another.review.on_desk(case)
        at_another.leave()
        assert desk.supervision.verification().breaks == ()


def open_desk_of(folder: Path, name: str, opener: Callable[..., Desk]) -> Any:
    from contextlib import closing

    return closing(opener(folder, name, clock=FixedClock(NOW + timedelta(hours=1)), tables=TABLES))


def opened_by(desk: Desk) -> CaseId:
    from builders import request

    from ur_desk.desk.steps import finish

    return CaseId(finish(desk.intake.open(request())).value.id)
