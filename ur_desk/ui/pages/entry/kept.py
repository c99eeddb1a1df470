"""What can be gone on with when the form opens: drafts that were kept, or the requests of a file that holds several."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.handing import KeptDraft
from ur_desk.domain.policy import Severity
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.handed import draft_words
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text


class OffersBox(Restyled, QFrame):
    """A title and rows of words, each with what can be done with it; hidden while there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ground", "accent_soft")
        self.title = Text("", Type.SMALL_STRONG, wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.title)
        inside = QFrame()
        inside.setProperty("ground", "accent_soft")
        self._list = QVBoxLayout(inside)
        self._fitted = Fitted(name, inside)
        self._whole.addWidget(self._fitted)
        self._rows: list[QWidget] = []
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 8, 12, 8, 4)
        inset(self._list, 0, 0, 0, 0, 2)

    def clear(self) -> None:
        """Show nothing."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self.hide()

    def add(self, words: str, *buttons: QPushButton) -> None:
        """Add a row."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(words, Type.SMALL), 1)
        for button in buttons:
            line.addWidget(button)
        self._rows.append(row)
        self._list.addWidget(row)
        self._fitted.updateGeometry()
        show_if(self, True)


class KeptDrafts(OffersBox):
    """Drafts of new requests that this person began, or got from a colleague, and did not open yet."""

    wanted = Signal(str)
    """Go on with the draft of this name."""
    dropped = Signal(str)
    """Forget the draft of this name."""
    returned = Signal(str, str)
    """Hand the draft of this name back to the account of this id."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Kept drafts"))

    def show_drafts(self, drafts: Iterable[KeptDraft], but: str | None) -> None:
        """Show all drafts but the one that is in the form, each with who handed it over and their word."""
        self.clear()
        told = [kept for kept in drafts if kept.name != but]
        one = self.tr("One draft was kept")
        self.title.setText(one if len(told) == 1 else self.tr("{0} drafts were kept").format(len(told)))
        for kept in told:
            words = draft_words(kept.draft) or self.tr("without a name or a service yet")
            buttons = [
                quiet_button(self.tr("Go on"), self.tr("Go on with the draft: {0}").format(words), partial(self.wanted.emit, kept.name)),
                quiet_button(self.tr("Discard"), self.tr("Discard the draft: {0}").format(words), partial(self.dropped.emit, kept.name)),
            ]
            if kept.handed_by:
                back = self.tr("Hand the draft back to {0}: {1}").format(kept.handed_by_name, words)
                buttons.insert(1, quiet_button(self.tr("Hand back"), back, partial(self.returned.emit, kept.name, kept.handed_by)))
            self.add(self._with_hand(words, kept), *buttons)

    def _with_hand(self, words: str, kept: KeptDraft) -> str:
        if not kept.handed_by:
            return words
        from_whom = self.tr("from {0}").format(kept.handed_by_name)
        return " · ".join((words, f"{from_whom}: “{kept.note}”" if kept.note else from_whom))


class FileRemarks(OffersBox):
    """What is doubtful about the request of a file, with its places."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Remarks on the file"))

    def show_remarks(self, file: str, problems: Sequence[Problem]) -> None:
        """Show what is doubtful about the request of this file."""
        self.clear()
        remarks = self.tr("one remark") if len(problems) == 1 else self.tr("{0} remarks").format(len(problems))
        self.title.setText(self.tr("{0}: {1}").format(file, remarks))
        for problem in problems:
            sign = "⚠ " if problem.severity is not Severity.INFO else ""
            self.add(f"{sign}{problem.where}: {problem.message}")


def quiet_button(words: str, name: str, pressed: object) -> QPushButton:
    """A button of a row, with a name for whoever does not see the row."""
    button = QPushButton(words)
    button.setProperty("kind", "quiet")
    button.setAutoDefault(False)
    button.setAccessibleName(name)
    button.clicked.connect(pressed)
    return button
