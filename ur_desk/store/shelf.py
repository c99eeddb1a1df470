"""The library's rows: which policy versions stand on the shelf, in which text and reading, confirmed by whom."""

import json
from datetime import date, datetime
from typing import Any

from ur_desk.domain.policy import Confirmation, Policy, PolicyId, Sha256, Shelved, StillCurrent
from ur_desk.records.policy import reading_bytes, reading_from
from ur_desk.store.blobs import Blobs
from ur_desk.store.search import match_words


class Shelf:
    """Keeps texts and readings for good and says what stands on the shelf now."""

    def __init__(self, db: Any, blobs: Blobs) -> None:
        self._db = db
        self._blobs = blobs

    def put(self, policy: Policy, at: datetime, by: str) -> Sha256:
        """Keeps a policy's text and reading and shelves it, inside the open transaction; gives the reading's sha256.

        A text that stands there already gets the new reading and is unconfirmed again.
        """
        text = "\n".join(line.text for line in policy.text.lines).encode()
        if self._blobs.keep(text) != policy.text.sha256:
            raise ValueError("a text is named by the sha256 of its lines")
        reading = self._blobs.keep(reading_bytes(policy))
        values = [
            policy.text.sha256, policy.id, _day(policy.version.effective), policy.title, int(policy.abstract), reading, at.isoformat(), by,
        ]  # fmt: skip
        self._db.execute("DELETE FROM shelf WHERE text = ?", [policy.text.sha256])
        self._db.execute("DELETE FROM shelf_search WHERE text_sha = ?", [policy.text.sha256])
        self._db.execute(
            "INSERT INTO shelf (text, policy, effective, title, abstract, reading, loaded_at, loaded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        for section in policy.sections:
            words = policy.text.between(section.first_line, section.last_line)
            self._db.execute(
                "INSERT INTO shelf_search (text_sha, first_line, last_line, words) VALUES (?, ?, ?, ?)",
                [policy.text.sha256, section.first_line, section.last_line, words],
            )
        return reading

    def reading_of(self, text: Sha256) -> Sha256:
        """The sha256 of the reading that stands for a text now; KeyError where the text is not shelved."""
        row = self._db.execute("SELECT reading FROM shelf WHERE text = ?", [text]).fetchone()
        if row is None:
            raise KeyError(text)
        return Sha256(row[0])

    def policy(self, reading: Sha256) -> Policy:
        """The policy that a kept reading tells."""
        return reading_from(self._blobs.get(reading))

    def all(self) -> tuple[Shelved, ...]:
        """Everything ever shelved, by policy, newest version first, the payer's document before an abstract."""
        rows = self._db.execute(
            "SELECT reading, confirmed_by, confirmed_at, applies_to, still_where, still_day, still_by FROM shelf"
            " ORDER BY policy, effective DESC, abstract, loaded_at DESC"
        ).fetchall()
        return tuple(self._shelved(row) for row in rows)

    def confirm(self, text: Sha256, confirmation: Confirmation) -> None:
        """Marks the reading as confirmed."""
        self._db.execute(
            "UPDATE shelf SET confirmed_by = ?, confirmed_at = ? WHERE text = ?", [confirmation.by, confirmation.at.isoformat(), text]
        )

    def adopt(self, text: Sha256, applies_to: tuple[str, ...]) -> None:
        """Records for which lines of business the plan adopted the policy."""
        self._db.execute("UPDATE shelf SET applies_to = ? WHERE text = ?", [json.dumps(sorted(applies_to)), text])

    def still_current(self, text: Sha256, seen: StillCurrent) -> None:
        """Records where and when somebody saw that the version still stands."""
        self._db.execute(
            "UPDATE shelf SET still_where = ?, still_day = ?, still_by = ? WHERE text = ?",
            [seen.where, seen.day.isoformat(), seen.by, text],
        )

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
        reading, by, at, applies, where, day, seen_by = row
        return Shelved(
            self.policy(Sha256(reading)),
            Confirmation(by, datetime.fromisoformat(at)) if by else None,
            tuple(json.loads(applies)) if applies else None,
            StillCurrent(where, date.fromisoformat(day), seen_by) if where else None,
        )


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
