"""What a letter is written on and in: an official form that takes its place, and a language other than English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ur_desk.domain.letter import LetterFacts

if TYPE_CHECKING:
    from ur_desk.letters.forms import Form
    from ur_desk.letters.wording import Wording


class Mark(StrEnum):
    """What stands across every page: nothing on an issued letter, except in a demo workspace."""

    NONE = "none"
    DRAFT = "draft"
    SPECIMEN = "specimen"


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a letter, by its code or English name, and what people wrote for it as its translator puts it; None for the
    language that the member asked for."""

    language: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


MEMBERS_OWN = Tongue()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a letter is made, whatever it tells: in large print, and with the sources of its sentences behind it."""

    large_print: bool = False
    sources: bool = False


PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class Paper:
    """An official form as it stands today: which field takes which fact, its file, and why it cannot be filled (empty where it can)."""

    form: "Form"
    fields: tuple[tuple[str, str], ...]
    data: bytes = field(repr=False)
    obstacle: str

    def filled(self, facts: LetterFacts, wording: "Wording", mark: str) -> bytes:
        """The form with the facts in its fields, and the mark across each page; touches no store. UserError where a field is too small."""
        from ur_desk.documents.forms_apart import fill
        from ur_desk.letters.sheet import values
        from ur_desk.letters.telling import Telling

        told = values(Telling(facts, wording), self.form)
        return fill(self.data, "The installed form", {name: told[fact].text for fact, name in self.fields if fact in told}, mark)
