"""The trail: events and their heads, which chain in the workspace and in their case, and the verification of both chains."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256

B_co = TypeVar("B_co", covariant=True)

GENESIS = Sha256("0" * 64)


@dataclass(frozen=True, slots=True)
class Event(Generic[B_co]):
    """One event as it is told: which, when, by whom, and what."""

    id: EventId
    at: datetime
    by: AccountId
    body: B_co


@dataclass(frozen=True, slots=True)
class Gone:
    """Stands for the content of an event that is not there any more, or that nobody can read; its head stays."""

    readable: bool = True
    """False where something lies there that this version of the program cannot read."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stays of an event for ever; it holds no patient data.

    `body` is the sha256 of the salted body; `previous` and `previous_in_case` are the seals of the heads before it in
    the workspace and in its case (`GENESIS` for the first); `number` counts from 1; `boot` and `monotonic` (nanoseconds)
    let a moved clock be seen. `key` is the public key of the person who acted and `signature` theirs over `statement`; both
    are empty in events from before the vault.
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
    def statement(self) -> bytes:
        """What the person signs: every field but the signature, in order, as JSON."""
        told = [
            "ur-desk-head/1", self.id, self.number, self.at.isoformat(), self.boot, self.monotonic, self.person, self.verb, self.case or "",
            self.body, self.previous, self.previous_in_case, self.key,
        ]  # fmt: skip
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

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
class Disclosed:
    """The content of an event as it was hashed, with its salt; whoever has its head can tell that it is the one that was written."""

    event: EventId
    verb: str
    case: CaseId | None
    salt: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the trail does not hold, in plain words; `number` is the event's place in the workspace."""

    number: int
    event: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the trail found: how many events, the last seal, and every break.

    `remarks` are places that hold and are told all the same: the workspace went back, and no supervisor has looked into it.
    `unattested` counts the events of which nothing attests the time.
    """

    events: int
    head: Sha256
    breaks: tuple[Break, ...]
    purged: int = 0
    unattested: int = 0
    remarks: tuple[Break, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed or swapped."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Kept:
    """A head as stored, its stored seal, and the hash of the body as it lies there now; None where none lies there."""

    head: Head
    seal: Sha256
    body: Sha256 | None


Signed = Callable[[str, bytes, str], bool]
"""Whether a signature is of a message by a key: `signed(key, message, signature)`."""


def verify(kept: Iterable[Kept], signed: Signed, purged: Collection[EventId] = ()) -> Verification:
    """Checks numbers, both chains, seals, signatures and bodies of all events in order; finds every single change or removal
    before the end.

    Events without a signature are from before the vault: none stands behind the first signed one. `purged` are the events of whose purge another event tells: their bodies are missing by right. A cut-off tail cannot
    show here: it shows in the rows that it told, and against a head that was kept elsewhere.
    """
    breaks: list[Break] = []
    last = GENESIS
    in_case: dict[CaseId, Sha256] = {}
    count = gone = 0
    signing = False
    for count, item in enumerate(kept, start=1):
        head = item.head
        breaks.extend(Break(head.number, head.id, message) for message in _wrong(item, count, last, in_case))
        signing = signing or bool(head.key or head.signature)
        if signing and not signed(head.key, head.statement, head.signature):
            breaks.append(Break(head.number, head.id, "its signature is not one of its person's key over what stands there"))
        if item.body is None and head.id in purged:
            gone += 1
        elif item.body is None:
            breaks.append(Break(head.number, head.id, "its content is missing, and no event says that it was purged"))
        last = head.seal
        if head.case:
            in_case[head.case] = last
    return Verification(count, last, tuple(breaks), gone)


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


def named(value: object) -> Iterator[Sha256]:
    """Every sha256 that a value names in a field of that type, however deep in it."""
    if is_dataclass(value) and not isinstance(value, type):
        for name, kind in _fields(type(value)):
            yield from _named(getattr(value, name), kind)


def _named(value: object, kind: Any) -> Iterator[Sha256]:
    if value is None:
        return
    if kind is Sha256:
        yield Sha256(str(value))
    elif isinstance(value, Mapping):
        keys, values = get_args(kind)
        yield from (
            found for pair in value.items() for item, part in zip(pair, (keys, values), strict=True) for found in _named(item, part)
        )
    elif isinstance(value, tuple | frozenset):
        parts = [_present(part) for part in get_args(kind) if part is not Ellipsis]
        parts = parts * len(value) if len(parts) == 1 else parts
        yield from (found for item, part in zip(value, parts, strict=True) for found in _named(item, part))
    else:
        yield from named(value)


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a class, and of what type each is where it is not None."""
    return tuple((name, _present(told)) for name, told in get_type_hints(kind).items())


def _present(kind: Any) -> Any:
    """What remains of `X | None`; any other type as it is."""
    others = [part for part in get_args(kind) if part is not NoneType]
    return others[0] if len(others) == 1 and NoneType in get_args(kind) else kind
