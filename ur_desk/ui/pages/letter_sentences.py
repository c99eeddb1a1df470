"""The list of a letter's sentences, and below it where the one under the pointer, or the current one, comes from."""

from PySide6.QtCore import QEvent, QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ur_desk.domain.case import Case
from ur_desk.domain.letter import LetterContent
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.letter_sentences import LetterSentencesModel, People, SentenceKind, SentenceRow
from ur_desk.ui.privacy import mask
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.text import Text


class SentenceDelegate(RowDelegate):
    """Sets a sentence as words, a heading as a heading."""

    def compose(self, row: SentenceRow, sheet: Sheet) -> None:
        """The part for the provider is set apart by space and its name."""
        px = look().px
        part = row.kind is SentenceKind.PART
        style = {SentenceKind.PART: Type.SMALL_STRONG, SentenceKind.HEADING: Type.STRONG}.get(row.kind, Type.BODY)
        top = px(16 if part else 10 if row.kind is SentenceKind.HEADING else 4)
        sheet.height = top + sheet.text(row.text, (px(16), top), sheet.width - px(28), style, "soft" if part else "text") + px(4)


class Sentences(Restyled, QWidget):
    """Names the source of every sentence, by pointer and by key; Enter opens the policy line behind it."""

    line_wanted = Signal(str, int)
    """Open this line: the sha256 of a policy's text, and the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LetterSentencesModel(self)
        self._content: tuple[LetterContent | None, People, Case | None] = (None, {}, None)
        self.list = RowList(self.tr("Sentences of the letter"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(SentenceDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.viewport().installEventFilter(self)
        self.list.entered.connect(self._name)
        self.list.selectionModel().currentChanged.connect(self._name)
        self.list.activated.connect(self._open)
        self.source = Text("", Type.SMALL, "soft", wrap=True)
        self.foot = foot = QFrame()
        foot.setProperty("edge", "top")
        foot.setProperty("ground", "surface")
        self._foot, whole = QHBoxLayout(foot), QVBoxLayout(self)
        self._foot.addWidget(self.source)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list, 1)
        whole.addWidget(foot)
        self.setFocusProxy(self.list)
        mask().changed.connect(self._name_again)
        self.restyle()
        self.show_content(None, {})

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._foot, 16, 6, 12, 6)

    def show_content(self, content: LetterContent | None, people: People, case: Case | None = None) -> None:
        """Show the sentences of a letter about a case; None empties the list."""
        self._content = content, people, case
        self._model.show_content(content, people, case)
        self._name(QModelIndex())

    def _name_again(self) -> None:
        """The mask was put on or taken off: the same sentences, and the same one of them the current one."""
        place, scrolled = self.list.currentIndex().row(), self.list.verticalScrollBar().value()
        self.show_content(*self._content)
        if place >= 0:
            self.list.go_to(place)
        self.list.verticalScrollBar().setValue(scrolled)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The pointer has left: name the source of the current sentence again."""
        if event.type() == QEvent.Type.Leave:
            self._name(self.list.currentIndex())
        return False

    def _name(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None or not row.source:
            self.source.setText(self.tr("Move over a sentence to see where it comes from."))
            return
        more = self.tr(" · Enter opens the line") if row.target else ""
        self.source.setText(self.tr("Source: {0}").format(row.source) + more)

    def _open(self, index: QModelIndex) -> None:
        target = self._model.row(index.row()).target
        if target is not None:
            self.line_wanted.emit(target.text, target.line)
