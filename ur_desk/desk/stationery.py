"""Stationery: what the plan approves of its letters' wording, texts in other languages, and the official forms and fonts that it installs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ur_desk.desk.paper import Paper
from ur_desk.desk.reads import reads
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Act, Changed, Done, gate, verb
from ur_desk.domain.guard.fence import Read
from ur_desk.domain.letter import LetterFacts
from ur_desk.domain.letters.stationery import (
    FontInstalled,
    FormInstalled,
    Recorded,
    WordingApproved,
    WordingTranslated,
    form_obstacle,
    wording_obstacle,
)
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.letters.forms import Form
    from ur_desk.letters.wording import Wording
    from ur_desk.pdf.fonts import InstalledFont

CHANGED = frozenset({Changed.PROFILES})
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
MOST_BYTES = 20 * 1024 * 1024
"""Bytes of an official form, or of a file of slots."""
MOST_FONT_BYTES = 40 * 1024 * 1024
"""Bytes of a font; the collections of Chinese that come with systems have some 20 million."""
NEED_FONT = (("zh", "Chinese"), ("ja", "Japanese"), ("ko", "Korean"))
"""Languages that no font of the program draws."""


@dataclass(frozen=True, slots=True)
class WordingStanding:
    """A wording as it stands: its language, its hash, who translated it from which English, and who approved it for the plan."""

    language: str
    name: str
    wording: Sha256
    translated: WordingTranslated | None
    outdated: bool
    """Whether the English that it was made from has changed since; such a text writes no letter."""
    approved: tuple[WordingApproved, Recorded] | None


@dataclass(frozen=True, slots=True)
class FormStanding:
    """An official form as it stands: what it is called, what it may hold and must, what is installed, and why it cannot be filled today."""

    id: str
    name: str
    facts: tuple[str, ...]
    needed: frozenset[str]
    installed: tuple[FormInstalled, Recorded] | None
    obstacle: str


@dataclass(frozen=True, slots=True)
class FontStanding:
    """A language for which letters need a font of the plan's, or have one: its code, its name, and what is installed."""

    language: str
    name: str
    installed: tuple[FontInstalled, Recorded] | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A form that was looked at: the names of its fields, and which fact each seems to take by its name."""

    fields: tuple[str, ...]
    proposed: tuple[tuple[str, str], ...]


class Stationery:
    """Keeps what the plan records for its letters, and says what stands."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._font_files: dict[Sha256, bytes] = {}

    @reads(Read.PROFILES)
    def wordings(self) -> tuple[WordingStanding, ...]:
        """The program's own English, then every text that a translator made of it."""
        english, stands = self.desk.tables.wording, self.desk.store.standing().stationery
        told = [WordingStanding(english.language, "English", english.sha256, None, False, stands.approved.get(english.sha256))]
        for each, _ in sorted(stands.translated.values(), key=lambda pair: pair[0].name):
            outdated = each.of != english.sha256
            told.append(WordingStanding(each.language, each.name, each.wording, each, outdated, stands.approved.get(each.wording)))
        return tuple(told)

    @reads(Read.PROFILES)
    def forms(self) -> tuple[FormStanding, ...]:
        """Every official form that the program knows of, installed or not."""
        return tuple(self._standing(form) for form in self.desk.tables.forms)

    @reads(Read.PROFILES)
    def text(self, language: str) -> bytes:
        """A wording to be read by whoever approves it: every clause under its name, one a line."""
        wording = self._wording(language)
        lines = [f"{id_}: {told.text}" for id_, told in sorted(wording.clauses.items())]
        return ("\n".join([f"Letter wording {wording.language} {wording.sha256}", "", *lines]) + "\n").encode()

    @reads(Read.PROFILES)
    def slots(self, language: str, name: str) -> bytes:
        """The file of slots for a language, with what an earlier text of it still says; UserError where it is no other language."""
        from ur_desk.letters.translation import slots

        known = self.desk.store.standing().stationery.translated.get(language)
        return slots(self.desk.tables.wording, language, name, self._translated(known[0]) if known else None)

    @reads(Read.PROFILES)
    def fonts(self) -> tuple[FontStanding, ...]:
        """Every language that letters can draw only with a font of the plan's, and every other for which one is installed."""
        stands = self.desk.store.standing().stationery.fonts
        told = {**dict(NEED_FONT), **{code: font.name for code, (font, _) in stands.items()}}
        return tuple(FontStanding(code, name, stands.get(code)) for code, name in sorted(told.items(), key=lambda each: each[1]))

    def look(self, data: bytes, name: str) -> Looked:
        """The fields of a form that somebody would install; touches no store. UserError where it is no fillable PDF."""
        from ur_desk.documents.forms_apart import look

        fields = look(_small(data, name), name).fields
        known = {fact for form in self.desk.tables.forms for fact in form.facts}
        by_name = {_bare(field): field for field in reversed(fields)}
        return Looked(fields, tuple((fact, by_name[_bare(fact)]) for fact in sorted(known) if _bare(fact) in by_name))

    @verb("wording.approve", *KEEPERS, writes=WordingApproved)
    def approve(self, act: Act, language: str, by_whom: str, on: date) -> Done[WordingApproved]:
        """Records that the plan approves a wording as it now stands; until then no letter in it leaves outside of a demo."""
        wording = self._wording(language)
        self._check_past(on)
        body = WordingApproved(wording.sha256, wording.language, by_whom.strip(), on)
        self.desk.store.blobs.keep(wording.data)
        act.on_workspace(body)
        return Done(body, CHANGED)

    @verb("wording.translate", *KEEPERS, writes=WordingTranslated)
    def translate(self, act: Act, data: bytes, translator: str, qualified: str, on: date) -> Done[WordingTranslated]:
        """Keeps a qualified translator's text of the wording, checked slot by slot; the plan approves it as it does the English."""
        from ur_desk.letters.translation import filled

        self._check_past(on)
        english = self.desk.tables.wording
        wording, name = filled(_small(data, "The file"), english, translator)
        body = WordingTranslated(
            wording.sha256, english.sha256, wording.language, name, translator.strip(), qualified.strip(), on
        )  # fmt: skip
        self.desk.store.blobs.keep(wording.data)
        act.on_workspace(body)
        return Done(body, CHANGED)

    def install(self, form: str, data: bytes, name: str, omb: str, expires: date, fields: Mapping[str, str]) -> Steps[Done[FormInstalled]]:
        """Installs an official form: its file, its number and last day as it shows them, and which field takes which fact.

        UserError where it is no fillable PDF, does not print the number, has expired, or lacks a field that is named.
        """
        from ur_desk.documents.forms_apart import look

        gate(self.desk.person, "form.install")
        known = self._form(form)
        told = yield from work(lambda: look(_small(data, name), name), "Looking at the form")
        if _bare(omb) not in _bare(told.printed):
            raise UserError(f"{name} does not print the OMB number {omb}.", "Write it as the form shows it. Nothing was changed.")
        for fact, field in fields.items():
            if fact not in known.facts:
                raise UserError(f"The form {known.id} holds no {fact}.", f"It holds: {', '.join(known.facts)}. Nothing was changed.")
            if field not in told.fields:
                raise UserError(f"{name} has no field “{field}”.", f"It has: {', '.join(told.fields)}. Nothing was changed.")
        chosen = tuple(sorted((fact, field) for fact, field in fields.items()))
        return (yield from store(lambda: self._install(known.id, data, omb.strip(), expires, chosen), "Installing"))

    @verb("form.install", Role.ADMINISTRATOR, writes=FormInstalled)
    def _install(
        self, act: Act, form: str, data: bytes, omb: str, expires: date, fields: tuple[tuple[str, str], ...]
    ) -> Done[FormInstalled]:
        """Installs an official form; the former file of it is kept, and used no more."""
        if expires < self.desk.today:
            raise UserError(f"That form expired on {expires:%m/%d/%Y}.", "Install the one in force. Nothing was changed.")
        body = FormInstalled(form, self.desk.store.blobs.keep(data), omb, expires, fields)
        act.on_workspace(body)
        return Done(body, CHANGED)

    def install_font(self, language: str, name: str, data: bytes, file: str, face: int = 0) -> Steps[Done[FontInstalled]]:
        """Installs a font with which letters draw a language; `name` is what the language is called, `face` which one of a collection, from 0.

        UserError where the font has no TrueType outlines or too few letters of the language, or its maker does not let it be embedded.
        """
        from ur_desk.pdf.font_apart import look

        gate(self.desk.person, "font.install")
        body = FontInstalled(language.strip(), name.strip(), file, Sha256(""), face)
        told = yield from work(lambda: look(_small(data, file, MOST_FONT_BYTES), file, body.language, face), "Looking at the font")
        return (yield from store(lambda: self._install_font(replace(body, font=told.faces[face]), data), "Installing"))

    @verb("font.install", Role.ADMINISTRATOR, writes=FontInstalled)
    def _install_font(self, act: Act, font: FontInstalled, data: bytes) -> Done[FontInstalled]:
        """Installs a font for a language; the former one is kept, and used no more."""
        body = replace(font, file=self.desk.store.blobs.keep(data))
        act.on_workspace(body)
        return Done(body, CHANGED)

    # what letters are written with ------------------------------------------------------------------------------------

    def wording_for(self, asked: str | None) -> "Wording":
        """The wording in the language that a member asked for, where a text of the English in use is kept; else the English."""
        english, stands = self.desk.tables.wording, self.desk.store.standing().stationery
        told = stands.translation_for(asked)
        return self._translated(told) if told and told.of == english.sha256 else english

    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages in which a letter can be written today, by code and English name: the program's English first."""
        english, stands = self.desk.tables.wording, self.desk.store.standing().stationery
        kept = sorted(each.name for each, _ in stands.translated.values() if each.of == english.sha256)
        codes = {each.name: each.language for each, _ in stands.translated.values()}
        return ((english.language, "English"), *((codes[name], name) for name in kept))

    def letter_fonts(self) -> "tuple[InstalledFont, ...]":
        """The fonts that the plan installed, to draw with; each file is read from the store once."""
        stands = self.desk.store.standing().stationery.fonts
        if not stands:
            return ()
        from ur_desk.pdf.fonts import InstalledFont

        for font, _ in stands.values():
            if font.file not in self._font_files:
                self._font_files[font.file] = self.desk.store.blobs.get(font.file)
        told = sorted((font for font, _ in stands.values()), key=lambda font: font.language)
        return tuple(InstalledFont(font.language, font.file, font.face, self._font_files[font.file]) for font in told)

    def obstacles(self, wording: "Wording", paper: Paper | None) -> tuple[str, ...]:
        """Why a letter in a wording, or on an official form, may not leave today; in a demo every wording may be used."""
        told = None if self.desk.demo else wording_obstacle(self.desk.store.standing().stationery, wording.sha256, wording.language)
        return tuple(each for each in (told, paper.obstacle if paper else None) if each)

    def paper_for(self, facts: LetterFacts) -> Paper | None:
        """The official form on which the member is told, as it stands today; None where a letter is written."""
        from ur_desk.letters.family import family_of
        from ur_desk.letters.forms import form_for

        form = form_for(family_of(facts.case.request), facts.kind, self.desk.tables.forms)
        if form is None:
            return None
        standing = self._standing(form)
        if standing.installed is None:
            return Paper(form, (), b"", standing.obstacle)
        installed = standing.installed[0]
        return Paper(form, installed.fields, self.desk.store.blobs.get(installed.file), standing.obstacle)

    def _standing(self, form: "Form") -> FormStanding:
        installed = self.desk.store.standing().stationery.forms.get(form.id)
        told = form_obstacle(installed[0] if installed else None, form.name, form.needed, form.since, self.desk.today)
        return FormStanding(form.id, form.name, form.facts, form.needed, installed, told or "")

    def _form(self, form: str) -> "Form":
        known = {each.id.casefold(): each for each in self.desk.tables.forms}
        if form.strip().casefold() not in known:
            raise UserError(
                f"There is no official form {form}.", f"There are: {', '.join(e.id for e in known.values())}. Nothing was changed."
            )
        return known[form.strip().casefold()]

    def _wording(self, language: str) -> "Wording":
        english = self.desk.tables.wording
        if language.strip() in ("", "en", english.language):
            return english
        known = self.desk.store.standing().stationery.translated.get(language.strip())
        if known is None:
            raise UserError(f"There is no letter wording in {language}.", "Export its slots first. Nothing was changed.")
        if known[0].of != english.sha256:
            raise UserError(
                f"The text in {language} was made for an earlier English wording.", "Have it brought up to date. Nothing was changed."
            )
        return self._translated(known[0])

    def _translated(self, told: WordingTranslated) -> "Wording":
        from ur_desk.letters.wording import kept

        return kept(self.desk.store.blobs.get(told.wording), f"{told.translator}, {told.on:%m/%d/%Y}")

    def _check_past(self, on: date) -> None:
        if on > self.desk.today:
            raise UserError("That day lies in the future.", "Nothing was changed.")


def _bare(text: str) -> str:
    """Letters and digits alone, in small: `Enrollee Name`, `enrollee_name` and `EnrolleeName` are one."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _small(data: bytes, name: str, most: int = MOST_BYTES) -> bytes:
    if len(data) > most:
        raise UserError(f"{name} is larger than {most // (1024 * 1024)} MB.", "Take the smaller original. Nothing was changed.")
    return data
