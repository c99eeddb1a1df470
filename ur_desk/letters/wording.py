"""The wording of letters: clauses with their versions, read from data, their blanks filled by name."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError
from ur_desk.records.canonical import canonical_bytes

SCHEMA = "ur-desk-wording/1"
HINT = "Put back the letter wording that came with the program. No letter was written and nothing was lost."


@dataclass(frozen=True, slots=True)
class Clause:
    """One text of this project's own wording; its blanks are `$name`."""

    id: str
    version: int
    text: str

    @property
    def ref(self) -> str:
        """How a sentence names it as its source: id and version."""
        return f"{self.id}@{self.version}"

    @property
    def blanks(self) -> frozenset[str]:
        """The names of its blanks."""
        return frozenset(Template(self.text).get_identifiers())

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with every blank filled; ValueError for a blank without a value, and for a value without a blank."""
        empty = sorted(name for name in self.blanks if not values.get(name, "").strip())
        spare = sorted(set(values) - self.blanks)
        if empty or spare:
            raise ValueError(f"clause {self.id}: nothing fills {empty}, nothing asks for {spare}")
        return Template(self.text).substitute(values)


@dataclass(frozen=True, slots=True)
class Wording:
    """All clauses and terms of one language; `data` are their canonical bytes, which an issued letter pins by `sha256`.

    `translator` says who put it into the language, and when; empty for the program's own English.
    """

    language: str
    clauses: Mapping[str, Clause]
    terms: Mapping[str, Mapping[str, str]]
    data: bytes = field(repr=False)
    translator: str = ""

    @property
    def sha256(self) -> Sha256:
        """The hash of clauses and terms together."""
        return Sha256(hashlib.sha256(self.data).hexdigest())

    def day(self, told: date) -> str:
        """A day as a letter says it."""
        month = self.terms["months"][str(told.month)]
        return self.clauses["day"].filled({"month": month, "day": str(told.day), "year": str(told.year)})

    def term(self, family: str, key: str) -> str | None:
        """The word for a code of a family (month, unit, place, coverage), or None where there is none."""
        return self.terms.get(family, {}).get(key)


def load(resources: Path, language: str = "en") -> Wording:
    """Reads the wording of a language from `resources/letters`; UserError where a file is missing or no wording."""
    folder = resources / "letters" / language
    parts = [_read(path) for path in sorted(folder.glob("*.json"))]
    if not parts:
        raise UserError(f"There is no letter wording for the language {language}.", HINT)
    return of_parts(parts)


def kept(data: bytes, translator: str) -> Wording:
    """A wording from the bytes under which it is kept, as somebody put it into its language; ValueError where they are none."""
    try:
        told = json.loads(data)
        if told["schema"] != SCHEMA:
            raise KeyError(SCHEMA)
        return of_parts(told["parts"], translator)
    except (KeyError, TypeError) as wrong:
        raise ValueError("no letter wording") from wrong


def of_parts(parts: Sequence[dict[str, Any]], translator: str = "") -> Wording:
    """The wording that parts make together; UserError where a clause stands in two of them."""
    clauses: dict[str, Clause] = {}
    terms: dict[str, Mapping[str, str]] = {}
    for part in parts:
        for name, told in part.get("clauses", {}).items():
            if name in clauses:
                raise UserError(f"The letter wording holds the clause {name} twice.", HINT)
            clauses[name] = Clause(name, told["version"], told["text"])
        terms |= part.get("terms", {})
    data = canonical_bytes({"schema": SCHEMA, "parts": parts})
    return Wording(parts[0]["language"], clauses, terms, data, translator)


def _read(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise KeyError("schema")
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UserError(f"The letter wording {path.name} cannot be read.", HINT) from wrong
    return told
