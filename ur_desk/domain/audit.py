"""The trail: event heads that chain in the workspace and in their case, and their verification."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256

GENESIS = Sha256("0" * 64)


@dataclass(frozen=True, slots=True)
class Head:
    """What stays of an event for ever; it holds no patient data.

    `body` is the sha256 of the salted body; `previous` and `previous_in_case` are the seals of the heads before it in
    the workspace and in its case (`GENESIS` for the first); `number` counts from 1; `boot` and `monotonic` (nanoseconds)
    let a moved clock be seen. `signature` and `key` are empty until accounts have keys of their own.
    """

    id: EventId
    number: int
    at: datetime
    boot: str
    monotonic: int
    person: AccountId
    verb: str
    case: CaseId | None
    body: Sha256
    previous: Sha256
    previous_in_case: Sha256
    signature: str = ""
    key: str = ""

    @property
    def seal(self) -> Sha256:
        """The sha256 over every field, in order; what the next head names."""
        told = [
            self.id, self.number, self.at.isoformat(), self.boot, self.monotonic, self.person, self.verb, self.case or "",
            self.body, self.previous, self.previous_in_case, self.signature, self.key,
        ]  # fmt: skip
        return Sha256(hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest())


def body_hash(salt: bytes, body: bytes) -> Sha256:
    """The sha256 that a head keeps of its body; the salt keeps a short body from being guessed after a purge."""
    return Sha256(hashlib.sha256(salt + body).hexdigest())


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the trail does not hold, in plain words; `number` is the event's place in the workspace."""

    number: int
    event: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the trail found: how many events, the last seal, and every break."""

    events: int
    head: Sha256
    breaks: tuple[Break, ...]
    purged: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed or swapped."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Kept:
    """A head as stored, its stored seal, and the hash of the body as it lies there now; None where it was purged."""

    head: Head
    seal: Sha256
    body: Sha256 | None


def verify(kept: Iterable[Kept]) -> Verification:
    """Checks numbers, both chains, seals and bodies of all events in order; finds every single change or removal before the end.

    A cut-off tail cannot show here: it shows against a head that was kept elsewhere.
    """
    breaks: list[Break] = []
    last = GENESIS
    in_case: dict[CaseId, Sha256] = {}
    count = purged = 0
    for count, item in enumerate(kept, start=1):
        head = item.head
        breaks.extend(Break(head.number, head.id, message) for message in _wrong(item, count, last, in_case))
        purged += item.body is None
        last = head.seal
        if head.case:
            in_case[head.case] = last
    return Verification(count, last, tuple(breaks), purged)


def _wrong(item: Kept, place: int, last: Sha256, in_case: dict[CaseId, Sha256]) -> Iterable[str]:
    head = item.head
    if head.number != place:
        yield f"event {place} is missing: number {head.number} stands in its place"
    if head.previous != last:
        yield "the event before it is not the one that was there when it was written"
    if head.case and head.previous_in_case != in_case.get(head.case, GENESIS):
        yield "the event before it in the case is not the one that was there when it was written"
    if item.seal != head.seal:
        yield "its head was changed after it was written"
    if item.body is not None and item.body != head.body:
        yield "its content was changed after it was written"
