"""An insider with somebody's passphrase, the data key and this source code, who writes past the program; for tests of what the check finds."""

import json
import runpy
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import NOW, TABLES, NoShares, passphrase

from ur_desk.desk.sign_in import Opened, opened_slots
from ur_desk.domain import events as ev
from ur_desk.domain.audit import GENESIS, Head, body_hash
from ur_desk.domain.determination import Decision, Determination, PolicyCitation, Reason, Signature
from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import Account
from ur_desk.domain.policy import Anchor, Sha256
from ur_desk.paths import resources
from ur_desk.store.crypto import Keys
from ur_desk.store.keyfile import KeyFile
from ur_desk.store.store import Store


class EnoughError(Exception):
    """Takes a tampering back."""


def seat(folder: Path, name: str) -> Opened:
    """What somebody's passphrase opens."""
    (slot,) = opened_slots(folder, KeyFile(folder).read(), name, passphrase(name), NOW, NoShares())
    return slot


class Insider:
    """Somebody at the workspace's file with SQL, the keys of an account, and all that this program can do; every act is taken back."""

    def __init__(self, folder: Path, name: str = "mara") -> None:
        slot = seat(folder, name)
        self.folder, self.name, self.keys, self.since = folder, name, slot.keys, timedelta(days=2)
        self.store = Store(folder, name, slot.data_keys[0])
        self.door = self.store._door
        for (guard,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self.door.execute(f"DROP TRIGGER {guard}")
        self.door.execute("PRAGMA foreign_keys = OFF")
        self.store.ledger._guard = lambda *told: None  # other tools do not ask who may decide
        self.people: dict[str, Account] = {a.name: a for a in self.store.accounts.all()}
        self.me = self.people[name]

    def rows(self, statement: str, *values: Any) -> list[Any]:
        return self.door.execute(statement, values).fetchall()

    def case(self, verb: str) -> CaseId:
        """The newest case with an event of that verb."""
        return CaseId(self.rows("SELECT case_id FROM events WHERE verb = ? ORDER BY number DESC LIMIT 1", verb)[0][0])

    def add(self, body: Any, verb: str, case: CaseId | None = None, by: str = "", keys: Keys | None = None, at: Any = None) -> EventId:
        """An event at the end of the chain, with every seal as it ought to be, its rows mended."""
        number = self.store.ledger.last()[0] + 1
        event = EventId(f"forged-{number}")
        at = at or NOW + self.since + timedelta(seconds=number)
        self.store.ledger.append(event, at, "test-boot", number, self.people[by or self.name].id, verb, case, body, keys or self.keys)
        self.mend(case)
        return event

    def honest(self, name: str, body: Any, verb: str, case: CaseId | None = None) -> EventId:
        """An event that somebody else wrote themselves."""
        return self.add(body, verb, case, name, seat(self.folder, name).keys)

    def destroy(self, *events: EventId, cases: Collection[CaseId] = ()) -> None:
        """Takes contents away, and the rows of cases."""
        for event in events:
            self.rows("DELETE FROM bodies WHERE event = ?", event)
        for case in cases:
            for table in ("case_codes", "case_search", "letters", "paper_names", "papers", "drafts"):
                self.rows(f"DELETE FROM {table} WHERE case_id = ?", case)
            self.rows("DELETE FROM cases WHERE id = ?", case)

    def mend(self, case: CaseId | None) -> None:
        """Lets the row of a case say what its events tell, where they still tell one."""
        from ur_desk.domain.case import fold

        with suppress(ValueError, KeyError):
            if case and (told := self.store.ledger.of_case(case)):
                self.store.cases.put(fold(case, told))

    def chain_anew(self, change: Callable[[list[tuple[Head, bytes, bytes]]], None]) -> None:
        """Changes heads and contents, then numbers, chains and seals them all anew, and signs anew what bears the insider's key."""
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

        return self._told(act, lambda: tuple(b.message for b in check(self.store).breaks))

    def found_outside(self, act: Callable[["Insider"], object]) -> tuple[str, ...]:
        """What the one-file verifier says after an act, of the trail as it is exported."""
        from ur_desk.desk.trail import OPEN_VERBS
        from ur_desk.records.trail import trail_bytes

        verifier = runpy.run_path(str(resources() / "verifier" / "verify_trail.py"))

        def verified() -> tuple[str, ...]:
            opened = (each for each in self.store.ledger.contents() if each.verb.startswith(OPEN_VERBS))
            told = json.loads(trail_bytes(self.store.ledger.exported(), opened))
            found = verifier["verify"](told["heads"], {each["event"]: each for each in told["disclosed"]})
            return tuple(message for _, _, message in found)

        return self._told(act, verified)

    def _told(self, act: Callable[["Insider"], object], ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        told: tuple[str, ...] = ()
        with suppress(EnoughError), self.store.atomic():
            act(self)
            told = ask()
            raise EnoughError
        return told


def denial(who: Insider, by: str, case: CaseId | None = None) -> ev.Determined:
    """A denial in somebody's name, of the newest case that was referred."""
    person, case = who.people[by], case or who.case("lines.refer")
    pin = next(b.pins[0] for b in (e.body for e in who.store.ledger.of_case(case)) if isinstance(b, ev.Matched))
    position = TABLES.policies()[0].statements[0].first_line
    reason = Reason("It does not help.", (PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, position, position)),))
    signed = Signature(person.id, person.display, person.credential, NOW, True)
    return ev.Determined((1,), Decision(Determination.DENIED, reason, signed, "Mine."))
