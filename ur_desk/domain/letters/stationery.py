"""What the plan has recorded for its letters: that it approves a wording, texts in other languages, official forms, and fonts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ur_desk.domain.ids import EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
NOTHING_CHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class WordingApproved:
    """The plan approves a wording, by its hash: who did, and on which day. Another word makes it another wording."""

    wording: Sha256
    language: str
    by_whom: str
    on: date

    def __post_init__(self) -> None:
        if not self.by_whom.strip():
            raise UserError("Say who approved the wording for the plan.", f"For example the compliance committee. {NOTHING_CHANGED}")


@dataclass(frozen=True, slots=True)
class WordingTranslated:
    """A qualified translator put the wording of the hash `of` into a language: who, how qualified, and on which day.

    `wording` is the hash of the translated text; `name` is what the language is called in English.
    """

    wording: Sha256
    of: Sha256
    language: str
    name: str
    translator: str
    qualified: str
    on: date

    def __post_init__(self) -> None:
        for told, what in ((self.translator, "who translated it"), (self.qualified, "how the translator is qualified")):
            if not told.strip():
                raise UserError(f"Say {what}.", f"45 CFR 92 asks for a qualified translator. {NOTHING_CHANGED}")


@dataclass(frozen=True, slots=True)
class FormInstalled:
    """The plan installed an official form: its file, the number and the last day that it shows, and which field takes which fact."""

    form: str
    file: Sha256
    omb: str
    expires: date
    fields: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not self.omb.strip():
            raise UserError("Say which OMB number the form shows.", f"It stands at the form's foot or head. {NOTHING_CHANGED}")


@dataclass(frozen=True, slots=True)
class FontInstalled:
    """The plan installed a font with which letters draw a language: its code, what the language is called in English, the font's own name,
    its file, and which face of the file from 0."""

    language: str
    name: str
    font: str
    file: Sha256
    face: int

    def __post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise UserError(f"“{self.language}” is no code of a language.", f"Write it as zh, zh-Hant or ko. {NOTHING_CHANGED}")
        if not self.name.strip():
            raise UserError("Say what the language is called in English.", f"For example Chinese. {NOTHING_CHANGED}")


StationeryBody = WordingApproved | WordingTranslated | FormInstalled | FontInstalled


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who recorded something of the plan's, and when."""

    event: EventId
    by: AccountId
    at: datetime


@dataclass(frozen=True, slots=True)
class Stationery:
    """All that stands: approvals by the hash of the wording, the newest text of each language, the newest file of each form and of each
    language's font."""

    approved: Mapping[Sha256, tuple[WordingApproved, Recorded]] = field(default_factory=dict)
    translated: Mapping[str, tuple[WordingTranslated, Recorded]] = field(default_factory=dict)
    forms: Mapping[str, tuple[FormInstalled, Recorded]] = field(default_factory=dict)
    fonts: Mapping[str, tuple[FontInstalled, Recorded]] = field(default_factory=dict)

    def translation_for(self, asked: str | None) -> WordingTranslated | None:
        """The text in the language that a member asked for, by its code or its English name; None where there is none."""
        sought = (asked or "").strip().casefold()
        told = (each for each, _ in self.translated.values())
        return next((each for each in told if sought and sought in (each.language.casefold(), each.name.casefold())), None)


def after(state: Stationery, recorded: Recorded, body: StationeryBody) -> Stationery:
    """What stands when the event has happened too; a newer text of a language, file of a form, or font takes the place of the former."""
    if isinstance(body, WordingApproved):
        return replace(state, approved={**state.approved, body.wording: (body, recorded)})
    if isinstance(body, WordingTranslated):
        return replace(state, translated={**state.translated, body.language: (body, recorded)})
    if isinstance(body, FontInstalled):
        return replace(state, fonts={**state.fonts, body.language: (body, recorded)})
    return replace(state, forms={**state.forms, body.form: (body, recorded)})


def wording_obstacle(stationery: Stationery, wording: Sha256, language: str) -> str | None:
    """Why a wording may not be used yet, in plain words, or None."""
    if wording in stationery.approved:
        return None
    return (
        f"Nobody has recorded that the plan approves this letter wording ({language}, {wording[:12]}). A supervisor or administrator "
        "records it under Administration, Letters, once the plan has read it."
    )


def form_obstacle(installed: FormInstalled | None, name: str, needed: frozenset[str], since: date | None, today: date) -> str | None:
    """Why an official form cannot be filled on a day, in plain words, or None."""
    if installed is None:
        return f"The official form “{name}” is not installed. Type its data sheet into the form by hand, or let an administrator install the form."
    if today > installed.expires:
        return f"The official form “{name}” expired on {installed.expires:%m/%d/%Y}. Install the one in force."
    if since is not None and today < since:
        return f"The official form “{name}” is in use from {since:%m/%d/%Y} on only."
    if unplaced := sorted(needed - {fact for fact, _ in installed.fields}):
        return f"The official form “{name}” has no field yet for: {', '.join(unplaced).replace('_', ' ')}."
    return None
