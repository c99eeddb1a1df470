"""An insider with a nurse's passphrase, the data key and this source code writes the chain anew: what is found, and what is not."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from builders import NO_POLICY, NOW, TABLES, UNCHECKED, FixedClock, NoShares, cites, desk_in, line, opened, passphrase, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.sign_in import opened_slots
from ur_desk.desk.verbs import VERBS, Act
from ur_desk.domain import events as ev
from ur_desk.domain import workspace as ws
from ur_desk.domain.access import How, SignedIn
from ur_desk.domain.audit import GENESIS, Head, body_hash
from ur_desk.domain.determination import Decision, Determination, Reason, Signature
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.keeping import HoldBody
from ur_desk.domain.people import Account, AccountId, Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.vault import CredentialConfirmed, Invited, KeyEnrolled, enrolment
from ur_desk.paths import resources
from ur_desk.records.events import body_bytes, body_from
from ur_desk.store.crypto import Keys
from ur_desk.store.store import Store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a denial by the physician, an approval and notes by the nurse."""
    made = tmp_path_factory.mktemp("insider") / "w"
    with desk_in(made) as desk:
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
        sit_down(desk, "ada")
        desk.accounts.add("late", "Late Comer", frozenset({Role.INTAKE}))
    return made


class EnoughError(Exception):
    """Takes a tampering back."""


class Insider:
    """Somebody at the workspace's file with SQL, a nurse's keys, and all that this program can do; every act is taken back."""

    def __init__(self, folder: Path) -> None:
        from ur_desk.store.keyfile import KeyFile

        (slot,) = opened_slots(folder, KeyFile(folder).read(), "mara", passphrase("mara"), NOW, NoShares())
        self.keys = slot.keys
        self.store = Store(folder, "mara", slot.data_keys[0])
        self.door = self.store._door
        for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.door.execute(f"DROP TRIGGER {name}")
        self.door.execute("PRAGMA foreign_keys = OFF")
        self.people: dict[str, Account] = {a.name: a for a in self.store.accounts.all()}
        self.mara = self.people["mara"]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        return self.door.execute(statement, values).fetchall()

    def case(self, verb: str) -> CaseId:
        """The newest case with an event of that verb."""
        return CaseId(self.rows("SELECT case_id FROM events WHERE verb = ? ORDER BY number DESC LIMIT 1", verb)[0][0])

    def add(self, body: Any, verb: str, case: CaseId | None = None, by: str = "mara", keys: Keys | None = None, at: Any = None) -> EventId:
        """An event at the end of the chain, with every seal as it ought to be, its rows mended."""
        number = self.store.ledger.last()[0] + 1
        event = EventId(f"forged-{number}")
        at = at or NOW + timedelta(days=2, seconds=number)
        self.store.ledger.append(event, at, "test-boot", number, self.people[by].id, verb, case, body, keys or self.keys)
        self.mend(case)
        return event

    def mend(self, case: CaseId | None) -> None:
        """Lets the row of a case say what its events tell, where they still tell one."""
        from ur_desk.domain.case import fold

        with suppress(ValueError, KeyError):
            if case and (told := self.store.ledger.of_case(case)):
                self.store.cases.put(fold(case, told))

    def chain_anew(self, change: Callable[[list[tuple[Head, bytes, bytes]]], None]) -> None:
        """Changes heads and contents, then numbers, chains and seals them all anew, and signs the nurse's own with her key."""
        told = [
            (head, salt, data)
            for head, _ in self.store.ledger.every()
            for salt, data in self.rows("SELECT salt, data FROM bodies WHERE event = ?", head.id)
        ]
        change(told)
        self.rows("DELETE FROM bodies")
        self.rows("DELETE FROM events")
        last, in_case = GENESIS, dict[str, Sha256]()
        for number, (head, salt, data) in enumerate(told, start=1):
            head = replace(head, number=number, body=body_hash(salt, data), previous=last)
            head = replace(head, previous_in_case=in_case.get(head.case, GENESIS) if head.case else GENESIS)
            if head.key == self.keys.key:
                head = replace(head, signature=self.keys.sign(head.statement))
            last = head.seal
            if head.case:
                in_case[head.case] = last
            self.rows(
                f"INSERT INTO events VALUES ({', '.join('?' * 14)})",
                head.number, head.id, head.at.isoformat(), head.boot, head.monotonic, head.person, head.verb, head.case, head.body,
                head.previous, head.previous_in_case, head.signature, head.key, head.seal,
            )  # fmt: skip
            self.rows("INSERT INTO bodies (event, salt, data) VALUES (?, ?, ?)", head.id, salt, data)

    def found(self, act: Callable[["Insider"], object]) -> tuple[str, ...]:
        """What the check says after an act."""
        from ur_desk.desk.verification import check

        told: tuple[str, ...] = ()
        with suppress(EnoughError), self.store.atomic():
            act(self)
            told = tuple(b.message for b in check(self.store).breaks)
            raise EnoughError
        return told


@pytest.fixture
def insider(folder: Path, tmp_path: Path) -> Iterator[Insider]:
    import shutil

    shutil.copytree(folder, tmp_path / "w")
    made = Insider(tmp_path / "w")
    yield made
    made.store.close()


def denial(who: Insider, by: str, *, decides: Determination = Determination.DENIED) -> ev.Determined:
    person = who.people[by]
    case = who.case("lines.refer")
    pin = next(b.pins[0] for b in (e.body for e in who.store.ledger.of_case(case)) if isinstance(b, ev.Matched))
    from ur_desk.domain.determination import PolicyCitation
    from ur_desk.domain.policy import Anchor

    position = TABLES.policies()[0].statements[0].first_line
    reason = Reason("It does not help.", (PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, position, position)),))
    return ev.Determined((1,), Decision(decides, reason, Signature(person.id, person.display, person.credential, NOW, True), "Mine."))


def own_note(told: list[tuple[Head, bytes, bytes]]) -> None:
    place = next(n for n, (head, _, _) in enumerate(told) if head.verb == "note.add")
    head, salt, _ = told[place]
    told[place] = head, salt, body_bytes(ev.NoteAdded("Nobody was called."))


def without(verb: str) -> Callable[[list[tuple[Head, bytes, bytes]]], None]:
    def change(told: list[tuple[Head, bytes, bytes]]) -> None:
        del told[next(n for n, (head, _, _) in enumerate(told) if head.verb == verb)]

    return change


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
    person = who.mara
    signed = Signature(person.id, person.display, person.credential, NOW)
    who.add(ev.Determined((1,), Decision(Determination.APPROVED, NO_POLICY, signed)), "lines.approve", who.case("lines.refer"))


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
        lambda w: w.add(Invited(w.mara.id, Keys.new().public, NOW), "account.invite"),
        "nobody gives themselves a code",
    ),
    "a role for oneself": (
        lambda w: w.add(ws.RolesChanged(w.mara.id, frozenset({Role.NURSE, Role.ADMINISTRATOR})), "account.role"),
        "no role there to which account.role is open",
    ),
    "a role that nobody may hold beside theirs": (
        lambda w: w.add(ws.RolesChanged(w.mara.id, frozenset({Role.NURSE, Role.PHYSICIAN})), "account.role"),
        "cannot be physician and nurse at once",
    ),
    "a second beginning": (second_beginning, "a workspace begins once"),
    "a licence confirmed by its holder": (
        lambda w: w.add(CredentialConfirmed(w.mara.id, "home", date(2017, 10, 2)), "account.confirm-credential"),
        "confirmed by whoever entered or holds it",
    ),
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


# what the check alone does not find, and where the help page on security says so
NOT_FOUND: dict[str, tuple[Callable[[Insider], object], str]] = {
    "a step that the role allows, written past the program": (
        lambda w: w.add(ev.NoteAdded("Written by hand."), "note.add", w.case("lines.refer")),
        "**An event of one's own.**",
    ),
    "a sign-in that did not happen": (lambda w: w.add(SignedIn(How.PASSPHRASE), "access.signed-in"), "**An event of one's own.**"),
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


def test_every_content_is_one_that_some_verb_is_declared_to_write() -> None:
    import ur_desk.desk.encrypting
    import ur_desk.desk.restoring  # noqa: F401 (their verbs)

    kinds = {*get_args(ev.CaseBody), *get_args(HoldBody), *ws.WORKSPACE_BODIES}
    declared = {kind for each in VERBS.values() for kind in get_args(each.writes) or (each.writes,)}
    assert declared == kinds


def test_a_verb_writes_no_content_that_it_does_not_declare(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        before = desk.store.ledger.last()
        with pytest.raises(TypeError, match=r"profile\.save is not declared to write AccountRetired"), desk.store.atomic():
            Act(desk, VERBS["profile.save"]).on_workspace(ws.AccountRetired(desk.accounts.named("sol").id))
        assert desk.store.ledger.last() == before


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
