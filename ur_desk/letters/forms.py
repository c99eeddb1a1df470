"""Official forms that take the place of a free letter: for which letters, from when on, and which facts they hold, as data."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ur_desk.domain.letter import LetterKind
from ur_desk.errors import UserError
from ur_desk.letters.family import Family

SCHEMA = "ur-desk-letter-forms/1"
HINT = "Put back the file that came with the program. No letter was issued and nothing was lost."


@dataclass(frozen=True, slots=True)
class Form:
    """A form that may not be reworded. `facts` are what it holds, in its order, and `needed` those without which it is
    not filled; `since` is the first day of notices on it, `checked`
    what was seen at its source, None where nobody has looked."""

    id: str
    name: str
    families: frozenset[Family]
    kinds: frozenset[LetterKind]
    facts: tuple[str, ...]
    needed: frozenset[str]
    since: date | None
    source: str
    checked: str | None


def load(resources: Path) -> tuple[Form, ...]:
    """Reads the forms from `resources/letters`; UserError where the file is missing or holds something else."""
    try:
        told = json.loads((resources / "letters" / "forms.json").read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise ValueError(told["schema"])
        return tuple(map(_form, told["forms"]))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UserError("The list of official forms cannot be read.", HINT) from wrong


def _form(row: Mapping[str, Any]) -> Form:
    return Form(
        row["id"],
        row["name"],
        frozenset(map(Family, row["lines"])),
        frozenset(map(LetterKind, row["kinds"])),
        tuple(row["facts"]),
        frozenset(row["needed"]),
        date.fromisoformat(row["since"]) if row["since"] else None,
        row["source"],
        row["checked"],
    )


def form_for(family: Family, kind: LetterKind, forms: Iterable[Form]) -> Form | None:
    """The form on which notice is given to a member of the family; None where a free letter may be written."""
    return next((form for form in forms if family in form.families and kind in form.kinds), None)
