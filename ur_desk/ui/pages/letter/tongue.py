"""The language of a draft, and what people wrote for it as its translator puts it: typed once, kept until the letter is issued."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ur_desk.desk.paper import Tongue
from ur_desk.domain.events import CaseId
from ur_desk.ui.widgets.field_row import Setting
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, ProseEntry

_TEXT = "text:"


class LanguageChoice(ChoiceEntry):
    """The languages in which a letter can be written; hidden while there is English alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._offered: tuple[tuple[str, str], ...] = ()
        super().__init__([("", self.tr("The member's language"))], parent)
        self.setAccessibleName(self.tr("Language of the letter"))
        self.setToolTip(self.tr("The member's own where a text in it is kept, else English; or another that is kept"))

    def offer(self, languages: Sequence[tuple[str, str]]) -> None:
        """These, by code and English name, keeping the one that is chosen; another one is the member's again."""
        if tuple(languages) == self._offered:
            return
        self._offered, chosen = tuple(languages), self.typed()
        before = self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for code, name in languages:
            self.addItem(name, code)
        self.retype(chosen)
        self.blockSignals(before)

    def begin(self) -> None:
        """Another case: the member's language, and nothing is said of it."""
        before = self.blockSignals(True)
        self.retype("")
        self.blockSignals(before)

    @property
    def offers_more(self) -> bool:
        """Whether there is another language than English."""
        return len(self._offered) > 1


class TextsTyped:
    """Translations of what people wrote, by case: kept until the letter is issued, or another person sits down."""

    def __init__(self) -> None:
        self._typed: dict[CaseId, dict[str, str]] = {}

    def tongue(self, case: CaseId, language: str) -> Tongue:
        """The language, with what was typed for the case."""
        return Tongue(language or None, dict(self._typed.get(case, {})))

    def tell(self, case: CaseId, texts: Mapping[str, str]) -> None:
        """What stands in English, and its translation; an empty one is none."""
        kept = self._typed.setdefault(case, {}) | dict(texts)
        self._typed[case] = {english: words for english, words in kept.items() if words.strip()}

    def of(self, case: CaseId) -> Mapping[str, str]:
        """The translations of a case."""
        return dict(self._typed.get(case, {}))

    def drop(self, case: CaseId) -> None:
        """The letter is issued."""
        self._typed.pop(case, None)

    def forget(self) -> None:
        """Another person sits here now."""
        self._typed.clear()

    def left_as(self) -> Iterator[tuple[str, str]]:
        """All of them, to be laid aside while the desk is locked."""
        for case, texts in self._typed.items():
            yield from ((f"{_TEXT}{case}:{english}", words) for english, words in texts.items())

    def take_up(self, left: Mapping[str, str]) -> None:
        """Know again what was laid aside."""
        for key, words in left.items():
            case, _, english = key.removeprefix(_TEXT).partition(":")
            if key.startswith(_TEXT) and english:
                self.tell(CaseId(case), {english: words})


class TranslationForm(InlineForm):
    """Asks for each text that people wrote in English as the translator of the letter puts it."""

    def __init__(self, language: str, english: Sequence[str], typed: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Translations"), self.tr("Put into the letter"), parent=parent)
        self.say(self.tr("The letter is in {0}. These texts stand in English: a qualified translator puts them.").format(language))
        self._english = tuple(dict.fromkeys((*typed, *english)))
        for place, text in enumerate(self._english):
            self.add(str(place), text, ProseEntry(2), setting=Setting.STACKED)
            self.entry(str(place)).retype(typed.get(text, ""))
        self.finish()

    def texts(self) -> Mapping[str, str]:
        """Each text with what was typed for it; those left empty too."""
        return {text: self.text(str(place)) for place, text in enumerate(self._english)}
