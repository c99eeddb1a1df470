"""What the labels of forms mean, as `resources/mappings/forms.json` declares beside the headers of tables."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ur_desk.domain.intake.mapping import plain_header
from ur_desk.importers.headers import declared
from ur_desk.paths import resources

_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|[*:_•]+")


_TOLD_IN_DIGITS = frozenset(
    {"birth_date", "npi", "phone", "fax", "first_day", "last_day", "days", "member_id", "code", "primary_code", "quantity"}
)
"""Fields whose values hold a digit in their first word."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a label means: a field of a request, or the part of an address of the person whose field it is."""

    field: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The declared labels; `whose` are the words for a person of the request, `under` what a bare label means in their part of a form."""

    titles: tuple[str, ...]
    headings: Mapping[str, str]
    fields: Mapping[str, str]
    parts: Mapping[str, str]
    under: Mapping[str, str]
    whose: Mapping[str, str]
    apart: frozenset[str]
    """Labels of tables about something else, such as drugs that were tried before."""
    either: frozenset[str]
    """Words for a person of the request who is the one whose part of the form it is, where that is a provider's."""

    def heading(self, text: str) -> str:
        """Whose part of a form such a heading begins; empty where it is none."""
        return self.headings.get(_plain(text), "")

    def is_label(self, text: str) -> bool:
        """Whether a text names something, declared or not; what stands in brackets alone explains a label."""
        return bool(_plain(text))

    def meant(self, label: str, whose: str) -> Meant | None:
        """What a label means in the part of a form that is about `whose`; None where that is not declared, or might be something else."""
        said = _plain(label)
        if not said or said in self.apart:
            return None
        if said in self.fields:
            return Meant(self.fields[said])
        words, bare = self._person(said)
        first = self.whose.get(words, "")
        owner = whose if not first or (words in self.either and whose.endswith("provider")) else first
        if owner and bare in self.parts:
            return Meant(owner, self.parts[bare])
        if owner and bare in self.under and not (owner == "member" and self.under[bare] in ("fax", "npi", "credential", "contact")):
            return Meant(f"{owner}.{self.under[bare]}")
        told = declared().meaning(said)
        return None if told is None or told.doubtful or told.field == "state" else Meant(told.field)

    def _person(self, said: str) -> tuple[str, str]:
        """The first words of a label, where they say whose field it is, and what is left of it."""
        for words in sorted(self.whose, key=len, reverse=True):
            if said.startswith(f"{words} "):
                return words, said[len(words) + 1 :]
        return "", said

    def stands_bare(self, meant: Meant, label: str, follows: str, *, first: bool) -> bool:
        """Whether a label without a colon is one: what follows looks like its value, and, where that may be any words, the label has two
        words at least and stands `first` in its column."""
        if meant.part in ("street", "zip") or meant.field.rpartition(".")[2] in _TOLD_IN_DIGITS:
            return any(sign.isdigit() for sign in follows)
        return first and bool(follows) and len(_plain(label).split()) > 1

    def value(self, field: str, text: str) -> str:
        """A text as the field takes it: for a choice the value that its words mean."""
        words = dict(declared().values.get(field, ()))
        return words.get(text.casefold().strip(), text)


@cache
def labels() -> Labels:
    """The labels that the program brings along."""
    told = json.loads((resources() / "mappings" / "forms.json").read_text(encoding="utf-8"))
    spelled = {name: _by_spelling(told[name]) for name in ("headings", "fields", "parts", "under", "whose")}
    return Labels(titles=tuple(told["titles"]), apart=frozenset(told["apart"]), either=frozenset(told["either"]), **spelled)


def _by_spelling(told: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: meant for meant, spellings in told.items() for spelling in spellings}


def _plain(label: str) -> str:
    return plain_header(_ASIDE.sub(" ", label))
