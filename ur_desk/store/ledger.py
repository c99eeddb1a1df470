"""The events: heads that are never changed, bodies beside them, both chains."""

import json
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ur_desk.domain.audit import GENESIS, Disclosed, Event, Gone, Head, Kept, body_hash
from ur_desk.domain.decisions.authorization import plain_number
from ur_desk.domain.events import CASE_BODIES, CaseEvent, CaseId, EventId
from ur_desk.domain.guard.access import PREFIX
from ur_desk.domain.guard.vault import Signer
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.domain.trail.computer_clock import Moment
from ur_desk.domain.trail.keeping import HOLD_LIFT, HOLD_PREFIX, HoldPlaced
from ur_desk.domain.workspace import WORKSPACE_BODIES
from ur_desk.records.events import body_bytes, body_from
from ur_desk.store.door import Door

_COLUMNS = "number, id, at, boot, monotonic, person, verb, case_id, body, previous, previous_in_case, signature, key"

_NO_ACCESS = f"verb NOT LIKE '{PREFIX}%'"
_CHANGES = f"{_NO_ACCESS} AND verb NOT LIKE '{HOLD_PREFIX}%'"
_HOLDS = f"SELECT e.case_id, e.verb, b.data FROM events e LEFT JOIN bodies b ON b.event = e.id WHERE e.verb LIKE '{HOLD_PREFIX}%'"

_UNREADABLE = datetime(1900, 1, 1, tzinfo=UTC)
"""Stands for an instant that cannot be read any more; the seal of its head does not fit it."""


class Ledger:
    """Appends events and reads them back; nothing here changes or removes one.

    `then` hears of every event that belongs to no case, `guard` of every one that belongs to a case and may refuse it, both inside its
    transaction and before it is written.
    """

    def __init__(self, db: Door, then: Callable[[Event[Any]], None], guard: Callable[[AccountId, CaseId, Any], None]) -> None:
        self._db = db
        self._then = then
        self._guard = guard

    def append(
        self,
        event: EventId,
        at: datetime,
        boot: str,
        monotonic: int,
        person: AccountId,
        verb: str,
        case: CaseId | None,
        body: Any,
        signer: Signer,
    ) -> Head:
        """Seals the event onto both chains inside the open transaction, signed with the person's own key."""
        if case is None and isinstance(body, WORKSPACE_BODIES):
            self._then(Event(event, at, person, body))
        if case is not None:
            self._guard(person, case, body)
        data, salt = body_bytes(body), secrets.token_bytes(16)
        last = self._db.execute("SELECT number, seal FROM events ORDER BY number DESC LIMIT 1").fetchone() or (0, GENESIS)
        in_case = (
            self._db.execute("SELECT seal FROM events WHERE case_id = ? ORDER BY number DESC LIMIT 1", [case]).fetchone() if case else None
        )
        head = Head(
            id=event, number=last[0] + 1, at=at, boot=boot, monotonic=monotonic, person=person, verb=verb, case=case,
            body=body_hash(salt, data), previous=Sha256(last[1]), previous_in_case=Sha256(in_case[0]) if in_case else GENESIS, key=signer.key,
        )  # fmt: skip
        head = replace(head, signature=signer.sign(head.statement))
        row = [
            head.number, event, at.isoformat(), boot, monotonic, person, verb, case, head.body, head.previous, head.previous_in_case,
            head.signature, head.key,
        ]  # fmt: skip
        self._db.execute(f"INSERT INTO events ({_COLUMNS}, seal) VALUES ({', '.join('?' * 14)})", [*row, head.seal])
        self._db.execute("INSERT INTO bodies (event, salt, data) VALUES (?, ?, ?)", [event, salt, data])
        return head

    def of_case(self, case: CaseId) -> tuple[CaseEvent, ...]:
        """The case's events in order, those whose content is there; ValueError where a content cannot be read.

        Who looked at the case, and who put a hold on it, is none of them: that changes nothing of it. Nor is what somebody laid into
        it that no case tells; the check names that.
        """
        rows = self._db.execute(
            "SELECT e.id, e.at, e.person, b.data FROM events e JOIN bodies b ON b.event = e.id"
            f" WHERE e.case_id = ? AND {_CHANGES} ORDER BY e.number",
            [case],
        ).fetchall()
        told = ((EventId(event), datetime.fromisoformat(at), AccountId(by), body_from(data)) for event, at, by, data in rows)
        return tuple(CaseEvent(*each) for each in told if isinstance(each[3], CASE_BODIES))

    def outside_cases(self, behind: int) -> Iterator[tuple[Head, Event[Any]]]:
        """Every event that changed something outside of cases behind the event of that number, in order, as `steps` tells them."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, b.data FROM events LEFT JOIN bodies b ON b.event = id"
            f" WHERE case_id IS NULL AND {_NO_ACCESS} AND number > ? ORDER BY number",
            [behind],
        )
        for row in rows:
            head = _head(row[:13])
            yield head, Event(head.id, head.at, head.person, _body(row[13]))

    def steps(self, case: CaseId | None, *, access: bool = True) -> Iterator[tuple[Head, Event[Any]]]:
        """Every event of a case, or of none, in order; `Gone` where its content is missing or cannot be read.

        `access` says whether those who only looked, sat down or took something along are told too.
        """
        only = "" if access else f" AND {_NO_ACCESS}"
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, b.data FROM events LEFT JOIN bodies b ON b.event = id WHERE case_id IS ?{only} ORDER BY number", [case]
        )
        for row in rows:
            head = _head(row[:13])
            yield head, Event(head.id, head.at, head.person, _body(row[13]))

    def every(self) -> Iterator[tuple[Head, Event[Any]]]:
        """Every event of the workspace in the order of numbers; `Gone` where its content is missing or cannot be read."""
        for row in self._db.execute(f"SELECT {_COLUMNS}, b.data FROM events LEFT JOIN bodies b ON b.event = id ORDER BY number"):
            head = _head(row[:13])
            yield head, Event(head.id, head.at, head.person, _body(row[13]))

    def of_verbs(self, verbs: Collection[str]) -> Iterator[Event[Any]]:
        """Every event with one of these verbs, in order, those whose content is there and can be read."""
        rows = self._db.execute(
            f"SELECT e.id, e.at, e.person, b.data FROM events e JOIN bodies b ON b.event = e.id WHERE e.verb IN ({', '.join('?' * len(verbs))})"
            " ORDER BY e.number",
            list(verbs),
        )
        for event, at, by, data in rows:
            body = _body(data)
            if not isinstance(body, Gone):
                yield Event(EventId(event), _instant(at), AccountId(by), body)

    def naming(self, name: str) -> tuple[CaseId, ...]:
        """The cases of which some content names a policy by its number, or a file by its hash, those begun first first."""
        named = json.dumps(name, ensure_ascii=False).encode()
        rows = self._db.execute(
            "SELECT e.case_id FROM events e JOIN bodies b ON b.event = e.id"
            f" WHERE e.case_id IS NOT NULL AND {_CHANGES} AND instr(b.data, ?) > 0 GROUP BY e.case_id ORDER BY min(e.number)",
            [named],
        ).fetchall()
        return tuple(CaseId(case) for (case,) in rows)

    def numbered(self, number: str) -> frozenset[CaseId]:
        """The cases that were ever given an authorization number, also where that was taken back, however it was typed."""
        named = json.dumps(plain_number(number), ensure_ascii=False)
        rows = self._db.execute(
            "SELECT DISTINCT e.case_id FROM events e JOIN bodies b ON b.event = e.id"
            " WHERE e.verb = 'authorization.number' AND instr(upper(CAST(b.data AS TEXT)), ?) > 0",
            [named],
        ).fetchall()
        return frozenset(CaseId(case) for (case,) in rows)

    def strays(self) -> tuple[EventId, ...]:
        """The events that contents name though there is no such event."""
        rows = self._db.execute("SELECT event FROM bodies WHERE event NOT IN (SELECT id FROM events) ORDER BY event").fetchall()
        return tuple(EventId(event) for (event,) in rows)

    def kept(self) -> Iterator[Kept]:
        """Every event in the order of numbers, with its stored seal and the hash of the body that lies there now."""
        place = -1
        while True:
            rows = self._db.execute(
                f"SELECT {_COLUMNS}, seal, b.salt, b.data FROM events LEFT JOIN bodies b ON b.event = id WHERE number > ? ORDER BY number LIMIT 1000",
                [place],
            ).fetchall()
            if not rows:
                return
            for row in rows:
                body = None if row[15] is None else body_hash(row[14], row[15])
                yield Kept(_head(row[:13]), Sha256(row[13]), body)
            place = rows[-1][0]

    def exported(self) -> Iterator[tuple[Head, Sha256]]:
        """Every head with its stored seal; no bodies."""
        for item in self.kept():
            yield item.head, item.seal

    def contents(self) -> Iterator[Disclosed]:
        """Every content that lies there, as it was hashed, in the order of its events."""
        rows = self._db.execute(
            "SELECT e.id, e.verb, e.case_id, b.salt, b.data FROM events e JOIN bodies b ON b.event = e.id ORDER BY e.number"
        )
        for event, verb, case, salt, data in rows:
            yield Disclosed(EventId(event), verb, None if case is None else CaseId(case), salt, data)

    def last(self) -> tuple[int, Sha256]:
        """Number and seal of the newest event; zero and the genesis seal in an empty ledger."""
        row = self._db.execute("SELECT number, seal FROM events ORDER BY number DESC LIMIT 1").fetchone()
        return (row[0], Sha256(row[1])) if row else (0, GENESIS)

    def seal_of(self, number: int) -> Sha256 | None:
        """The stored seal of the event of that number; None where there is none."""
        row = self._db.execute("SELECT seal FROM events WHERE number = ?", [number]).fetchone()
        return Sha256(row[0]) if row else None

    def last_moment(self) -> Moment | None:
        """The moment of the newest event; None in an empty ledger."""
        row = self._db.execute("SELECT at, boot, monotonic FROM events ORDER BY number DESC LIMIT 1").fetchone()
        return Moment(_instant(row[0]), row[1], row[2]) if row else None

    def newest_of(self, verb: str) -> datetime | None:
        """When the newest event of a verb was; None where there is none."""
        row = self._db.execute("SELECT at FROM events WHERE verb = ? ORDER BY number DESC LIMIT 1", [verb]).fetchone()
        return _instant(row[0]) if row else None

    def moments(self, behind: int) -> Iterator[tuple[int, Moment, str]]:
        """Number, moment and verb of every event behind that number, in order."""
        asked = "SELECT number, at, boot, monotonic, verb FROM events WHERE number > ? ORDER BY number"
        for number, at, boot, monotonic, verb in self._db.execute(asked, [behind]):
            yield number, Moment(_instant(at), boot, monotonic), verb

    def changed_since(self, number: int, seal: str) -> bool:
        """Whether anything but looking, signing in and backing up happened behind the event of that number; also where another event,
        or none, has that number now."""
        there = self._db.execute("SELECT seal FROM events WHERE number = ?", [number]).fetchone()
        if there is None or there[0] != seal:
            return True
        row = self._db.execute(
            f"SELECT 1 FROM events WHERE number > ? AND {_NO_ACCESS} AND verb NOT LIKE 'backup.%' LIMIT 1", [number]
        ).fetchone()
        return row is not None

    def last_of_cases(self) -> dict[CaseId, datetime]:
        """When each case last changed; who only looked at it, or put a hold on it, changed nothing."""
        rows = self._db.execute(
            f"SELECT case_id, at FROM events WHERE number IN (SELECT max(number) FROM events WHERE case_id IS NOT NULL AND {_CHANGES} GROUP BY case_id)"
        ).fetchall()
        return {CaseId(case): _instant(at) for case, at in rows}

    def holds(self) -> dict[CaseId, HoldPlaced]:
        """Every case on which a legal hold lies, with its reason; a hold of which the content cannot be read lies too."""
        rows = self._db.execute(f"{_HOLDS} ORDER BY e.number").fetchall()
        return _held(rows)

    def hold_on(self, case: CaseId) -> HoldPlaced | None:
        """The legal hold that lies on a case, as `holds` tells it; None where there is none."""
        rows = self._db.execute(f"{_HOLDS} AND e.case_id = ? ORDER BY e.number", [case]).fetchall()
        return _held(rows).get(case)

    def newest_outside_cases(self) -> int:
        """The number of the newest event that changed something outside of cases; what is not of cases changed when it has grown."""
        row = self._db.execute(f"SELECT number FROM events WHERE case_id IS NULL AND {_NO_ACCESS} ORDER BY number DESC LIMIT 1").fetchone()
        return row[0] if row else 0

    def standing(self) -> Sha256:
        """The seal of the newest event that changed something outside of cases: what holds there changed when it is another."""
        row = self._db.execute(f"SELECT seal FROM events WHERE case_id IS NULL AND {_NO_ACCESS} ORDER BY number DESC LIMIT 1").fetchone()
        return Sha256(row[0]) if row else GENESIS

    def cases(self) -> tuple[CaseId, ...]:
        """Every case that some event tells of; that somebody looked tells of none."""
        return tuple(
            CaseId(r[0])
            for r in self._db.execute(
                f"SELECT DISTINCT case_id FROM events WHERE case_id IS NOT NULL AND {_NO_ACCESS} ORDER BY 1"
            ).fetchall()
        )

    def with_doubted_receipt(self) -> tuple[CaseId, ...]:
        """The cases of which somebody ever asked that the receipt be corrected, by id."""
        rows = self._db.execute("SELECT DISTINCT case_id FROM events WHERE verb = 'receipt.doubt' ORDER BY 1")
        return tuple(CaseId(row[0]) for row in rows.fetchall())


def _head(row: Any) -> Head:
    number, event, at, boot, monotonic, person, verb, case, body, previous, in_case, signature, key = row
    return Head(EventId(event), number, _instant(at), boot, monotonic, AccountId(person), verb, None if case is None else CaseId(case),
                Sha256(body), Sha256(previous), Sha256(in_case), signature, key)  # fmt: skip


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _UNREADABLE
    return at if at.tzinfo is not None and at.isoformat() == text else _UNREADABLE


def _body(data: bytes | None) -> Any:
    if data is None:
        return Gone()
    try:
        return body_from(data)
    except ValueError:
        return Gone(readable=False)


def _held(rows: list[tuple[str, str, bytes | None]]) -> dict[CaseId, HoldPlaced]:
    """What still lies of holds that were placed and lifted in this order."""
    held: dict[CaseId, HoldPlaced] = {}
    for case, verb, data in rows:
        told = _body(data)
        if verb != HOLD_LIFT:
            held[CaseId(case)] = told if isinstance(told, HoldPlaced) else HoldPlaced("its reason cannot be read")
        else:
            held.pop(CaseId(case), None)
    return held
