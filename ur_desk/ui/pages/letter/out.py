"""A letter's way out of the window: the question before it is issued, and its file, of which the name tells the case and the kind alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ur_desk.desk.steps import Steps, store
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.events import CaseId
from ur_desk.domain.letter import LetterContent
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.letter_sentences import ShownLetter
from ur_desk.ui.pages.letter.state import file_name
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class IssueQuestion(Restyled, QFrame):
    """Asks once more before a letter leaves for good."""

    confirmed = Signal()
    """Issue it."""
    refrained = Signal()
    """Not yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "accent_soft")
        self.words = Text("", Type.MEDIUM, wrap=True)
        self.confirm_action = QAction(_tr("Issue now"), self)
        self.confirm_action.setToolTip(_tr("The letter leaves and never changes after that"))
        self.refrain_action = QAction(_tr("Not yet"), self)
        self.refrain_action.setToolTip(_tr("Issue nothing"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(CommandButton(self.confirm_action, "main"))
        self._row.addWidget(CommandButton(self.refrain_action))
        self.confirm_action.triggered.connect(self.confirmed)
        self.refrain_action.triggered.connect(self.refrained)
        self._to = ""
        mask().changed.connect(self._say)
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 8, 12, 8, 8)

    def ask(self, content: LetterContent) -> None:
        """Ask about this letter; whom it goes to is not named under the mask."""
        self._to = content.recipient[0] if content.recipient else ""
        self._say()

    def _say(self) -> None:
        to = self._to if self._to and not mask().on else _tr("the member")
        asked = _tr("Issue this letter to {0}? It is kept for good and never changes; a correction is a second letter.")
        self.words.setText(asked.format(to))


class LetterFiles:
    """What the letter's page does with files of the letter that is shown, or with a printer."""

    _session: Session
    _case: Case | None
    _shown: ShownLetter | None
    notice: Notice
    said: SignalInstance

    def _save(self) -> None:
        """Write the letter where the person wants it."""
        shown, case = self._shown, self._case
        if shown is not None and case is not None:
            save_letter(
                self._session, cast(QWidget, self), case, shown.content, shown.pdf, shown.issued, self.said.emit, self.notice.show_error
            )

    def _save_sources(self) -> None:
        """Write where the sentences of the issued letter that is shown come from."""
        shown, case = self._shown, self._case
        if shown is not None and case is not None and shown.issued is not None:
            save_sources(self._session, cast(QWidget, self), case, shown.content, shown.issued, self.said.emit, self.notice.show_error)

    def _print(self) -> None:
        """Print the letter that is shown, marks and all."""
        from ur_desk.ui.printing import print_letter

        shown, case = self._shown, self._case
        if shown is not None and case is not None:
            print_letter(self._session, cast(QWidget, self), shown.pdf, case.id, shown.issued, self.said.emit, self.notice.show_error)


def save_letter(
    session: Session,
    page: QWidget,
    case: Case,
    content: LetterContent,
    pdf: bytes,
    issued: Issued | None,
    said: Callable[[str], object],
    failed: Callable[[UserError], object],
) -> None:
    """Ask where, and write the issued letter there, or the marked draft where `issued` is None; says what was done, and a warning of the
    place."""
    path = dialogs.choose_target(page, _tr("Save the letter"), file_name(case, content, issued is not None), [_tr("PDF (*.pdf)")])
    if path is None:
        return
    told = _tr("Saved as {0}").format(path.name)

    def write(desk: "Desk") -> Any:
        if issued:
            desk.letters.save(issued.id, path)
        else:
            desk.letters.save_draft(case.id, pdf, path)
        return desk.exports.place_warning(path)

    session.read(write, page, done=lambda warning: said(f"{told}. {warning}" if warning else told), failed=failed)


def save_sources(
    session: Session,
    page: QWidget,
    case: Case,
    content: LetterContent,
    issued: Issued,
    said: Callable[[str], object],
    failed: Callable[[UserError], object],
) -> None:
    """Ask where, and write there the paper that tells where each sentence of an issued letter comes from."""
    name = file_name(case, content, True).replace(".pdf", "-sources.pdf")
    path = dialogs.choose_target(page, _tr("Save where its sentences come from"), name, [_tr("PDF (*.pdf)")])
    if path is None:
        return
    told = _tr("Saved as {0}").format(path.name)

    def start(desk: "Desk") -> Steps[str]:
        pdf = yield from desk.letters.sources(issued.id, case.id)
        yield from store(lambda: desk.letters.save_sources(issued.id, case.id, pdf, path))
        return (yield from store(lambda: desk.exports.place_warning(path)))

    session.steps(start, page, done=lambda warning: said(f"{told}. {warning}" if warning else told), failed=failed)


def issued_letter(desk: "Desk", case: CaseId, issued: Issued) -> ShownLetter:
    """An issued letter as it left, with what stood behind it then."""
    letters = desk.letters
    content, pdf = letters.content(issued.id, case), letters.pdf(issued.id)
    return ShownLetter(content, pdf, letters.behind(issued.id, case), issued=issued)


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterPage", words)
