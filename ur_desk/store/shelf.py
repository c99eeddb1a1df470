"""The library's rows: which policy versions stand on the shelf, in which text and reading, confirmed by whom."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Confirmation, Policy, PolicyId, Sha256, Shelved, StillCurrent
from ur_desk.domain.workspace import OnShelf
from ur_desk.errors import UserError
from ur_desk.records.policy import reading_bytes, reading_from
from ur_desk.store.blobs import Blobs
from ur_desk.store.door import Door
from ur_desk.store.projection import Row, Told
from ur_desk.store.search import match_words


class Shelf:
    """Keeps texts and readings for good and says what stands on the shelf now."""

    def __init__(self, db: Door, blobs: Blobs) -> None:
        self._db = db
        self._blobs = blobs

    def put(self, policy: Policy, at: datetime, by: str) -> Sha256:
        """Keeps a policy's text and reading, inside the open transaction, and shelves what stands nowhere yet; gives the reading's sha256.

        A text that stands there already stays as it is until an event tells of its new reading.
        """
        reading = self.keep(policy)
        if self._db.execute("SELECT 1 FROM shelf WHERE text = ?", [policy.text.sha256]).fetchone() is None:
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
        """Writes the rows of a text as they are told, inside the open transaction; `policy` is what its reading tells."""
        self._db.execute("DELETE FROM shelf WHERE text = ?", [item.text])
        self._db.execute("DELETE FROM shelf_search WHERE text_sha = ?", [item.text])
        for table, row in shelf_rows(item, policy):
            self._db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    def policy(self, reading: Sha256) -> Policy:
        """The policy that a kept reading tells."""
        return reading_from(self._blobs.get(reading))

    def readable(self, reading: Sha256) -> Policy | None:
        """The policy that a kept reading tells; None where it is gone or damaged."""
        try:
            return self.policy(reading)
        except (KeyError, ValueError, UserError):
            return None

    def all(self) -> tuple[Shelved, ...]:
        """Everything ever shelved, by policy, newest version first, the payer's document before an abstract."""
        rows = self._db.execute(
            "SELECT reading, confirmed_by, confirmed_at, applies_to, still_where, still_day, still_by, confirmed_alone FROM shelf"
            " ORDER BY policy, effective DESC, abstract, loaded_at DESC"
        ).fetchall()
        return tuple(self._shelved(row) for row in rows)

    def search(self, text: str, limit: int) -> tuple[tuple[Sha256, int, int], ...]:
        """Sections that hold every word, best first: text, first line, last line."""
        words = match_words(text)
        if not words:
            return ()
        rows = self._db.execute(
            "SELECT text_sha, first_line, last_line FROM shelf_search WHERE shelf_search MATCH ? ORDER BY rank, text_sha, first_line LIMIT ?",
            [words, limit],
        ).fetchall()
        return tuple((Sha256(sha), first, last) for sha, first, last in rows)

    def _shelved(self, row: Any) -> Shelved:
        reading, by, at, applies, where, day, seen_by, alone = row
        return Shelved(
            self.policy(Sha256(reading)),
            Confirmation(by, datetime.fromisoformat(at), bool(alone)) if by else None,
            tuple(json.loads(applies)) if applies else None,
            StillCurrent(where, date.fromisoformat(day), seen_by) if where else None,
            Sha256(reading),
        )


def shelf_rows(item: OnShelf, policy: Policy) -> Iterator[Told]:
    """The rows of a text in the library and in its search."""
    confirmed, seen = item.confirmed, item.still_current
    row: Row = {
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
    }
    yield "shelf", row
    for section in policy.sections:
        first, last = section.first_line, section.last_line
        yield "shelf_search", {"text_sha": item.text, "first_line": first, "last_line": last, "words": policy.text.between(first, last)}


def in_use(shelved: tuple[Shelved, ...]) -> tuple[Shelved, ...]:
    """What a match looks at: one text a version, and no abstract of a policy whose own document is there."""
    documents = {s.policy.id for s in shelved if not s.policy.abstract}
    chosen: dict[tuple[PolicyId, date | None], Shelved] = {}
    for item in shelved:
        if item.policy.abstract and item.policy.id in documents:
            continue
        key = (item.policy.id, item.policy.version.effective)
        if key not in chosen or (item.confirmed and not chosen[key].confirmed):
            chosen[key] = item
    return tuple(chosen.values())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
