"""The library's rows: which policy versions stand on the shelf, in which text and reading, confirmed by whom."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from ur_desk.domain.library.catalogue import Card
from ur_desk.domain.library.shelf import OnShelf
from ur_desk.domain.library.versions import days_that_count
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Confirmation, Dated, Policy, PolicyId, Position, Retired, Sha256, Shelved, StillCurrent, Version
from ur_desk.errors import UserError
from ur_desk.records.policy import reading_bytes, reading_from
from ur_desk.store.blobs import Blobs
from ur_desk.store.code_buckets import buckets_of
from ur_desk.store.door import Door
from ur_desk.store.finding import Finding, rows_from
from ur_desk.store.projection import Row, Told

_CARD = (
    "text, policy, title, effective, last_review, ends, status, abstract, reading, loaded_at, publisher, file, positions,"
    " confirmed_by, confirmed_at, applies_to, still_where, still_day, still_by, dated, retired, confirmed_alone"
)
_ORDER = "ORDER BY policy, effective DESC, abstract, loaded_at DESC"


class Shelf:
    """Keeps texts and readings for good and says what stands on the shelf now."""

    def __init__(self, db: Door, blobs: Blobs) -> None:
        self._db = db
        self._blobs = blobs
        self.finding = Finding(db)

    def put(self, policy: Policy, at: datetime, by: str) -> Sha256:
        """Keeps a policy's text and reading, inside the open transaction, and shelves what stands nowhere yet; gives the reading's sha256.

        A text that stands there already stays as it is until an event tells of its new reading. UserError where its rows in the search
        are those of another text.
        """
        reading = self.keep(policy)
        if self._reading_of(policy.text.sha256) is None:
            version = policy.version
            self.write(OnShelf(policy.id, version.effective, policy.abstract, policy.text.sha256, reading, at, AccountId(by)), policy)
        return reading

    def keep(self, policy: Policy) -> Sha256:
        """Keeps a policy's text and reading for good, inside the open transaction; gives the reading's sha256."""
        text = "\n".join(line.text for line in policy.text.lines).encode()
        if self._blobs.keep(text) != policy.text.sha256:
            raise ValueError("a text is named by the sha256 of its lines")
        return self._blobs.keep(reading_bytes(policy))

    def write(self, item: OnShelf, policy: Policy) -> None:
        """Writes the rows of a text as they are told, inside the open transaction; `policy` is what its reading tells.

        UserError where its rows in the search are those of another text.
        """
        same = self._reading_of(item.text) == item.reading
        self._db.execute("DELETE FROM shelf WHERE text = ?", [item.text])
        if same:
            self._insert("shelf", shelf_row(item, policy))
            return
        first, behind = rows_from(item.text)
        self._check_rows(item.text, first, behind)
        self._db.execute("DELETE FROM shelf_search WHERE rowid >= ? AND rowid < ?", [first, behind])
        self._db.execute("DELETE FROM shelf_codes WHERE text = ?", [item.text])
        for table, row in shelf_rows(item, policy):
            self._insert(table, row)

    def _check_rows(self, text: Sha256, first: int, behind: int) -> None:
        """The first letters of a sha256 give a text its rows; two texts made to have them alike would hide one another."""
        asked = "SELECT 1 FROM shelf_search WHERE rowid >= ? AND rowid < ? AND text_sha <> ? LIMIT 1"
        if self._db.execute(asked, [first, behind, text]).fetchone() is not None:
            raise UserError(
                "The search of the library cannot tell this document from another one that it holds.",
                "That does not happen by chance: ask where the document comes from. Nothing of it was saved.",
            )

    def _insert(self, table: str, row: Row) -> None:
        self._db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    def _reading_of(self, text: Sha256) -> str | None:
        row = self._db.execute("SELECT reading FROM shelf WHERE text = ?", [text]).fetchone()
        return row[0] if row else None

    def tells(self, reading: Sha256, policy: Policy) -> bool:
        """Whether a kept reading tells just what this policy does, whatever file either came from."""
        kept = self.readable(reading)
        return kept is not None and replace(kept, provenance=policy.provenance) == policy

    @property
    def of_before(self) -> bool:
        """Whether rows lie there that an older version of this program wrote: they do not tell what a search needs."""
        return self._db.execute("SELECT 1 FROM shelf WHERE positions IS NULL LIMIT 1").fetchone() is not None

    def write_anew(self, items: Iterable[OnShelf]) -> None:
        """Writes every row anew, inside the open transaction; a text of which the reading is gone has none."""
        for table in ("shelf_search", "shelf_codes", "shelf"):
            self._db.execute(f"DELETE FROM {table}")
        for item in items:
            if policy := self.readable(item.reading):
                self.write(item, policy)

    def policy(self, reading: Sha256) -> Policy:
        """The policy that a kept reading tells."""
        return reading_from(self._blobs.get(reading))

    def readable(self, reading: Sha256) -> Policy | None:
        """The policy that a kept reading tells; None where it is gone or damaged."""
        try:
            return self.policy(reading)
        except (KeyError, ValueError, UserError):
            return None

    def cards(self) -> tuple[Card, ...]:
        """Everything ever shelved, without its lines: by policy, newest version first, the payer's document before an abstract."""
        return tuple(_card(row) for row in self._db.execute(f"SELECT {_CARD} FROM shelf {_ORDER}").fetchall())

    def card(self, text: Sha256) -> Card | None:
        """The card of one text; None where the shelf holds no such text."""
        row = self._db.execute(f"SELECT {_CARD} FROM shelf WHERE text = ?", [text]).fetchone()
        return _card(row) if row else None

    def shelved(self, card: Card) -> Shelved:
        """A text with its lines, as its kept reading tells it."""
        return told_by(card, self.policy(card.reading))

    def all(self) -> tuple[Shelved, ...]:
        """Everything ever shelved with its lines, in the order of `cards`; reads every reading."""
        return tuple(self.shelved(card) for card in self.cards())

    def first_days(self, policy: PolicyId) -> frozenset[date]:
        """The first days of the policy's versions, as far as they are known; an abstract's only where there is nothing else."""
        rows = self._db.execute("SELECT effective, abstract FROM shelf WHERE policy = ? AND effective IS NOT NULL", [policy]).fetchall()
        documents = [day for day, abstract in rows if not abstract]
        return frozenset(date.fromisoformat(day) for day in documents or [day for day, _ in rows])


def told_by(card: Card, policy: Policy) -> Shelved:
    """A policy with what its card knows of it."""
    if card.dated or card.retired:
        policy = replace(policy, version=days_that_count(policy.version, card.dated, card.retired))
    return Shelved(policy, card.confirmed, card.applies_to, card.still_current, card.reading, card.dated, card.retired)


def _card(row: Sequence[Any]) -> Card:
    (text, policy, title, effective, review, ends, status, abstract, reading, loaded, publisher, file, positions,
     by, at, applies, where, day, seen_by, dated, retired, alone) = row  # fmt: skip
    given, ended = _dated(dated), _retired(retired)
    return Card(
        text=Sha256(text),
        policy=PolicyId(policy),
        title=title,
        version=days_that_count(Version(_date(effective), _date(review), _date(ends), status), given, ended),
        abstract=bool(abstract),
        reading=Sha256(reading),
        loaded_at=datetime.fromisoformat(loaded),
        publisher=publisher,
        file=file,
        positions=frozenset(Position(each) for each in json.loads(positions or "[]")),
        confirmed=Confirmation(by, datetime.fromisoformat(at), bool(alone)) if by else None,
        applies_to=tuple(json.loads(applies)) if applies else None,
        still_current=StillCurrent(where, date.fromisoformat(day), seen_by) if where else None,
        dated=given,
        retired=ended,
    )


def shelf_rows(item: OnShelf, policy: Policy) -> Iterator[Told]:
    """The rows of a text in the library, in its search and among its codes."""
    yield "shelf", shelf_row(item, policy)
    named = " ".join(part for part in (policy.id, policy.title, policy.publisher or "") if part)
    spans = [(0, 0, named), *((s.first_line, s.last_line, policy.text.between(s.first_line, s.last_line)) for s in policy.sections)]
    (start, behind), taken = rows_from(item.text), set[int]()
    for first, last, words in spans:
        number = next(n for n in range(start + first, behind) if n not in taken)
        taken.add(number)
        yield "shelf_search", {"rowid": number, "text_sha": item.text, "first_line": first, "last_line": last, "words": words}
    for bucket, places in _code_places(policy).items():
        yield "shelf_codes", {"text": item.text, "bucket": bucket, "places": json.dumps(places, separators=(",", ":"))}


def shelf_row(item: OnShelf, policy: Policy) -> Row:
    """The row of a text in the library."""
    confirmed, seen, version = item.confirmed, item.still_current, policy.version
    return {
        "text": item.text,
        "policy": item.policy,
        "effective": _day(item.effective),
        "title": policy.title,
        "abstract": int(item.abstract),
        "reading": item.reading,
        "confirmed_by": confirmed.by if confirmed else None,
        "confirmed_at": confirmed.at.isoformat() if confirmed else None,
        "confirmed_alone": int(bool(confirmed and confirmed.alone)),
        "applies_to": None if item.applies_to is None else json.dumps(sorted(item.applies_to)),
        "still_where": seen.where if seen else None,
        "still_day": seen.day.isoformat() if seen else None,
        "still_by": seen.by if seen else None,
        "loaded_at": item.loaded_at.isoformat(),
        "loaded_by": item.loaded_by,
        "dated": _json(item.dated),
        "retired": _json(item.retired),
        "publisher": policy.publisher,
        "last_review": _day(version.last_review),
        "ends": _day(version.ends),
        "status": version.status,
        "file": policy.provenance.file,
        "positions": json.dumps(sorted({statement.position.value for statement in policy.statements})),
    }


def _code_places(policy: Policy) -> dict[str, list[list[object]]]:
    """Each code, range or wildcard that the policy lists or names, in the buckets where it is looked for."""
    filed: dict[str, list[list[object]]] = defaultdict(list)
    told = [(e.system, e.low, e.high, e.line, e.state.value, None) for e in policy.codes]
    told += [(m.system, m.low, m.high, m.line, "ok", m.role.value) for m in policy.mentions]  # type: ignore[misc]
    for system, low, high, *rest in told:
        for bucket in buckets_of(system, low, high):
            filed[bucket].append([system.value, low, high, *rest])
    return filed


def in_use(cards: Iterable[Card]) -> tuple[Card, ...]:
    """What a match looks at: one text a version, and no abstract of a policy whose own document is there."""
    every = tuple(cards)
    documents = {card.policy for card in every if not card.abstract}
    chosen: dict[tuple[PolicyId, date | None], Card] = {}
    for card in every:
        if card.abstract and card.policy in documents:
            continue
        key = (card.policy, card.version.effective)
        if key not in chosen or (card.confirmed and not chosen[key].confirmed):
            chosen[key] = card
    return tuple(chosen.values())


def _json(told: Dated | Retired | None) -> str | None:
    return json.dumps(asdict(told), default=str, sort_keys=True) if told else None


def _dated(told: str | None) -> Dated | None:
    read = json.loads(told) if told else None
    return Dated(date.fromisoformat(read["effective"]), read["where"], read["by"]) if read else None


def _retired(told: str | None) -> Retired | None:
    read = json.loads(told) if told else None
    return Retired(date.fromisoformat(read["last_day"]), read["where"], read["by"], read["successor"]) if read else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
