"""The library's rows: which policy versions stand on the shelf, in which text and reading, confirmed by whom."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Confirmation, Dated, Policy, PolicyId, Retired, Sha256, Shelved, StillCurrent
from ur_desk.domain.versions import days_that_count
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
        """Keeps a policy's text and reading and shelves it, inside the open transaction; gives the reading's sha256.

        A text that stands there in the same reading stays as it is, with all that is known of it; in another reading it begins anew.
        """
        text = "\n".join(line.text for line in policy.text.lines).encode()
        if self._blobs.keep(text) != policy.text.sha256:
            raise ValueError("a text is named by the sha256 of its lines")
        reading = self._blobs.keep(reading_bytes(policy))
        known = self._db.execute("SELECT reading FROM shelf WHERE text = ?", [policy.text.sha256]).fetchone()
        if known is None or known[0] != reading:
            version = policy.version
            self.write(OnShelf(policy.id, version.effective, policy.abstract, policy.text.sha256, reading, at, AccountId(by)), policy)
        return reading

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
            "SELECT reading, confirmed_by, confirmed_at, applies_to, still_where, still_day, still_by, dated, retired FROM shelf"
            " ORDER BY policy, effective DESC, abstract, loaded_at DESC"
        ).fetchall()
        return tuple(self._shelved(row) for row in rows)

    def first_days(self, policy: PolicyId) -> frozenset[date]:
        """The first days of the policy's versions, as far as they are known; an abstract's only where there is nothing else."""
        rows = self._db.execute("SELECT effective, abstract FROM shelf WHERE policy = ? AND effective IS NOT NULL", [policy]).fetchall()
        documents = [day for day, abstract in rows if not abstract]
        return frozenset(date.fromisoformat(day) for day in documents or [day for day, _ in rows])

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
        reading, by, at, applies, where, day, seen_by, dated, retired = row
        given, ended = _dated(dated), _retired(retired)
        policy = self.policy(Sha256(reading))
        return Shelved(
            replace(policy, version=days_that_count(policy.version, given, ended)) if given or ended else policy,
            Confirmation(by, datetime.fromisoformat(at)) if by else None,
            tuple(json.loads(applies)) if applies else None,
            StillCurrent(where, date.fromisoformat(day), seen_by) if where else None,
            Sha256(reading),
            given,
            ended,
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
        "applies_to": None if item.applies_to is None else json.dumps(sorted(item.applies_to)),
        "still_where": seen.where if seen else None,
        "still_day": seen.day.isoformat() if seen else None,
        "still_by": seen.by if seen else None,
        "loaded_at": item.loaded_at.isoformat(),
        "loaded_by": item.loaded_by,
        "dated": _json(item.dated),
        "retired": _json(item.retired),
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
