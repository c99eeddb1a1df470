"""What the labels of forms mean, as `resources/mappings/forms.json` declares beside the headers of tables."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ur_desk.domain.mapping import plain_header
from ur_desk.importers.headers import declared
from ur_desk.paths import resources

_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|[*:_•]+")


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
        first, bare = self._person(said)
        owner = first or whose
        if owner and bare in self.parts:
            return Meant(owner, self.parts[bare])
        if owner and bare in self.under and not (owner == "member" and self.under[bare] in ("fax", "npi", "credential", "contact")):
            return Meant(f"{owner}.{self.under[bare]}")
        told = declared().meaning(said)
        return None if told is None or told.doubtful or told.field == "state" else Meant(told.field)

    def _person(self, said: str) -> tuple[str, str]:
        """Whose field a label names by its first words, and what is left of it."""
        for words in sorted(self.whose, key=len, reverse=True):
            if said.startswith(f"{words} "):
                return self.whose[words], said[len(words) + 1 :]
        return "", said

    def value(self, field: str, text: str) -> str:
        """A text as the field takes it: for a choice the value that its words mean."""
        words = dict(declared().values.get(field, ()))
        return words.get(text.casefold().strip(), text)


@cache
def labels() -> Labels:
    """The labels that the program brings along."""
    told = json.loads((resources() / "mappings" / "forms.json").read_text(encoding="utf-8"))
    spelled = {name: _by_spelling(told[name]) for name in ("headings", "fields", "parts", "under", "whose")}
    return Labels(titles=tuple(told["titles"]), apart=frozenset(told["apart"]), **spelled)


def _by_spelling(told: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: meant for meant, spellings in told.items() for spelling in spellings}


def _plain(label: str) -> str:
    return plain_header(_ASIDE.sub(" ", label))
