"""How the letter that is shown is made: for whom, in which print, with its sources or without; and what its services are called."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ur_desk.desk.paper import Manner
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.letter import Audience
from ur_desk.domain.letters.sending import wants_large_print
from ur_desk.ui.pages.letter.tongue import LanguageChoice
from ur_desk.ui.widgets.panels.form import CheckEntry
from ur_desk.ui.widgets.restyled import Restyled, inset

_NAME = "name:"


class MannerBar(Restyled, QWidget):
    """Three ticks and the language. A letter that has left can be seen for its other reader; all else about it stands as it left."""

    changed = Signal()
    """The letter is to be made otherwise."""
    turned = Signal()
    """The letter is to be shown for its other reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = CheckEntry(self.tr("Provider's copy"))
        self.large_print = CheckEntry(self.tr("Large print"))
        self.sources = CheckEntry(self.tr("With sources"))
        self.language = LanguageChoice()
        self.copy.setToolTip(self.tr("Show what goes to the provider: the same facts, with codes, criteria and rationale"))
        self.large_print.setToolTip(self.tr("18 point instead of 12, in the letter and its copy"))
        self.sources.setToolTip(self.tr("An appendix that tells where each sentence comes from; it leaves with the letter and its copy"))
        self._row = QHBoxLayout(self)
        for check in (self.copy, self.large_print, self.sources):
            check.setAccessibleName(check.text())
            self._row.addWidget(check)
        self._row.addWidget(self.language)
        self.language.hide()
        self.language.changed.connect(self.changed)
        self.copy.changed.connect(self.turned)
        self.large_print.changed.connect(self.changed)
        self.sources.changed.connect(self.changed)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 0, 0, 0, 0, 8)

    def begin(self, case: Case) -> None:
        """Another case: in large print where its member asked for that, without sources; nothing is said of it."""
        with QSignalBlocker(self):
            self.large_print.setChecked(wants_large_print(case.request.member))
            self.sources.setChecked(False)
            self.language.begin()

    def show_letter(self, shown: bool, left: bool) -> None:
        """A draft can still be made otherwise; of a letter that has left there is its copy alone to turn to."""
        for check in (self.large_print, self.sources):
            check.setEnabled(shown and not left)
            check.setVisible(not left)
        self.language.setEnabled(shown and not left)
        self.language.setVisible(not left and self.language.offers_more)

    def how(self) -> Manner:
        """How the letter is made."""
        return Manner(self.large_print.isChecked(), self.sources.isChecked())

    def audience(self) -> Audience:
        """For whom it is shown."""
        return Audience.PROVIDER if self.copy.isChecked() else Audience.MEMBER


class NamesTyped:
    """What services are called in drafts, by case and line: kept until the letter has left, or another person sits down."""

    def __init__(self) -> None:
        self._typed: dict[CaseId, dict[int, str]] = {}

    def of(self, case: CaseId) -> Mapping[int, str]:
        """The names in the draft of a case, by line."""
        return dict(self._typed.get(case, {}))

    def name(self, case: CaseId, line: int, words: str) -> None:
        """Call the service of a line so; without words, as the sender called it."""
        names = self._typed.setdefault(case, {})
        names.pop(line, None)
        if words.strip():
            names[line] = words.strip()

    def drop(self, case: CaseId) -> None:
        """The letter has left: the next one begins with the sender's words."""
        self._typed.pop(case, None)

    def forget(self) -> None:
        """Another person sits here now."""
        self._typed.clear()

    def left_as(self) -> Iterator[tuple[str, str]]:
        """All of them, to be laid aside while the desk is locked."""
        for case, names in self._typed.items():
            yield from ((f"{_NAME}{line}:{case}", words) for line, words in names.items())

    def take_up(self, left: Mapping[str, str]) -> None:
        """Know again what was laid aside."""
        for key, words in left.items():
            line, _, case = key.removeprefix(_NAME).partition(":")
            if key.startswith(_NAME) and line.isdecimal():
                self.name(CaseId(case), int(line), words)
