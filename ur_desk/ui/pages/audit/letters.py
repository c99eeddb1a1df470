"""The letters of a saved case as they left: what each says, sentence by sentence with its source, and its pages."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.case import Case, Issued
from ur_desk.ui.dialogs import choose_target
from ur_desk.ui.models.letter_sentences import ShownLetter
from ur_desk.ui.models.letter_trace import People
from ur_desk.ui.pages.letter.out import issued_letter
from ur_desk.ui.pages.letter.pages import LetterPages, PageImage, drawn
from ur_desk.ui.pages.letter.sentences import Sentences
from ur_desk.ui.pages.letter.state import issued_words
from ur_desk.ui.phrases import moment, runs
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.two_panes import TwoPanes


class AuditLetters(QWidget):
    """Shows one letter of a case at a time; it writes none."""

    line_wanted = Signal(str, int)
    """Open this line: the sha256 of a policy's text, and the line."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: Case | None = None
        self._people: People = {}
        self._asked = 0
        self._unread = False
        self.chooser = ChoiceEntry(())
        self.chooser.setAccessibleName(self.tr("Letters of this case"))
        self.save_action = QAction(self.tr("Save PDF…"), self)
        self.save_action.setToolTip(self.tr("Write the very bytes of this letter to a file that you choose"))
        self.notice = Notice()
        self.sentences = Sentences()
        self.pages = LetterPages()
        self.empty = EmptyState(
            self.tr("No letter has left yet"), self.tr("What is issued for this case stands here for good."), icon="tray"
        )
        self._lay_out()
        self.chooser.changed.connect(self._show_chosen)
        self.sentences.line_wanted.connect(self.line_wanted)
        self.save_action.triggered.connect(self._save)

    def _lay_out(self) -> None:
        words = Pane(self.tr("Letter"))
        words.head.addWidget(self.chooser, 1)
        words.head.addWidget(CommandButton(self.save_action))
        words.set_body(self.sentences, self.notice)
        pages = Pane(self.tr("Pages"))
        pages.head.addStretch()
        pages.set_body(self.pages)
        self._both = TwoPanes(words, pages, (self.tr("Sentences"), self.tr("Pages")), first_width=520)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._both, 1)
        column.addWidget(self.empty, 1)
        self.setFocusProxy(self.sentences)

    def show_case(self, case: Case, people: People) -> None:
        """Show the letters of a case, the last one first."""
        self._case, self._people = case, people
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for issued in (each for whole in reversed(case.letters_to_members) for each in (whole, *case.copies_of(whole.id))):
            self.chooser.addItem(self._named(issued), issued.id)
        self.chooser.blockSignals(False)
        self._both.setVisible(bool(case.letters))
        show_if(self.empty, not case.letters)
        self._show_chosen()

    def forget(self) -> None:
        """Show no letter, and none of a case."""
        self._case, self._people = None, {}
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.blockSignals(False)
        self._both.hide()
        self._show_chosen()

    def _named(self, issued: Issued) -> str:
        lines = self.tr("line {0}") if len(issued.lines) == 1 else self.tr("lines {0}")
        words = f"{issued_words(issued)}, {lines.format(runs(issued.lines))}, {moment(issued.at, self._session.zone)}"
        return self.tr("{0}, superseded").format(words) if issued.superseded_by else words

    def _chosen(self) -> Issued | None:
        letter = self.chooser.currentData()
        return next((issued for issued in self._case.letters if issued.id == letter), None) if self._case else None

    def showEvent(self, event: QShowEvent) -> None:
        """A letter is read, and the trail tells of it, once this view is turned to."""
        super().showEvent(event)
        if self._unread:
            self._show_chosen()

    def _show_chosen(self) -> None:
        self._asked += 1
        self._unread = not self.isVisible()
        self.sentences.show_letter(None, {})
        self.pages.show_pages(())
        issued, case = self._chosen(), self._case
        if issued is None or case is None or self._unread:
            return
        read = partial(issued_letter, case=case.id, issued=issued)
        self._session.read(read, self, partial(self._show, self._asked), self.notice.show_error)

    def _show(self, asked: int, letter: ShownLetter) -> None:
        if asked != self._asked:
            return
        self.sentences.show_letter(letter, self._people)
        self._session.steps(partial(drawn, pdf=letter.pdf), self, partial(self._show_pages, asked), self.notice.show_error)

    def _show_pages(self, asked: int, pages: Sequence[PageImage]) -> None:
        if asked == self._asked:
            self.pages.show_pages(pages)

    def _save(self) -> None:
        issued = self._chosen()
        if issued is None or self._case is None:
            return
        path = choose_target(self, self.tr("Save the letter"), f"{self._case.number}-{issued.id[:8]}.pdf", [self.tr("PDF (*.pdf)")])
        if path is not None:
            told = self.tr("Saved as {0}").format(path.name)
            call = lambda desk: desk.letters.save(issued.id, path) and desk.exports.place_warning(path)  # noqa: E731
            self._session.read(call, self, partial(self._saved, told), self.notice.show_error)

    def _saved(self, told: str, warning: str) -> None:
        self.said.emit(f"{told}. {warning}" if warning else told)
