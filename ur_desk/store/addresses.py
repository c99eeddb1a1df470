"""Rows of the address book: providers only, kept for the next request; no record, and no event tells of a row."""

import re
from datetime import datetime

from ur_desk.domain.intake.addresses import KEPT, Entry, EntryId
from ur_desk.domain.request import Provider
from ur_desk.store.door import Door

_WORD = re.compile(r"[^\W_]+")
_COLUMNS = f"id, {', '.join(KEPT)}, corrected, at"


class Addresses:
    """Keeps and finds providers."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def put(self, entry: Entry) -> None:
        """Writes an entry as it now is, inside the open transaction."""
        texts = [getattr(entry.provider, name) or "" for name in KEPT]
        values = [entry.id, *texts, int(entry.corrected), entry.at.isoformat(), _key(entry.provider), _words(entry.provider)]
        marks = ", ".join("?" * len(values))
        self._db.execute(f"INSERT OR REPLACE INTO providers ({_COLUMNS}, spelled, words) VALUES ({marks})", values)

    def drop(self, entry: EntryId) -> None:
        """Takes an entry out, inside the open transaction."""
        self._db.execute("DELETE FROM providers WHERE id = ?", [entry])

    def one(self, name: str) -> Entry | None:
        """The entry of that id or NPI; None where there is none."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM providers WHERE id = ? OR (npi = ? AND npi <> '')", [name, name]).fetchone()
        return _entry(row) if row else None

    def same(self, provider: Provider) -> Entry | None:
        """The entry of the same provider: the same NPI, else the same name where not both have one."""
        if provider.npi and (found := self.one(provider.npi)):
            return found
        known = [
            _entry(row) for row in self._db.execute(f"SELECT {_COLUMNS} FROM providers WHERE spelled = ?", [_key(provider)]).fetchall()
        ]
        return next((entry for entry in known if not (entry.provider.npi and provider.npi)), None)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Entries with words or an NPI that begin with each term of the text, in any order, by name; all of them for an empty text."""
        terms = _WORD.findall(text.casefold())
        where = " AND ".join("words LIKE ? ESCAPE '!'" for _ in terms) or ("1" if not text.strip() else "0")
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM providers WHERE {where} ORDER BY spelled, npi, id", [f"% {term}%" for term in terms]
        ).fetchall()
        return tuple(_entry(row) for row in rows)


def _key(provider: Provider) -> str:
    return " ".join(_WORD.findall((provider.name or "").casefold()))


def _words(provider: Provider) -> str:
    return f" {_key(provider)} {provider.npi or ''}"


def _entry(row: tuple[str, ...]) -> Entry:
    entry, *texts, corrected, at = row
    told = {name: text or None for name, text in zip(KEPT, texts, strict=True)}
    return Entry(EntryId(entry), Provider(**told), bool(corrected), datetime.fromisoformat(at))  # type: ignore[arg-type]
