"""The list of a letter's sentences, and below it where the one under the pointer, or the current one, comes from."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ur_desk.domain.case import Case
from ur_desk.domain.letter import LetterContent
from ur_desk.domain.letter_lint import LetterFinding, Weight
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.letter_sentences import LetterSentencesModel, People, SentenceKind, SentenceRow
from ur_desk.ui.privacy import mask
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet, Sign
from ur_desk.ui.widgets.text import Text

SENTENCE = SentenceKind.SENTENCE


class SentenceDelegate(RowDelegate):
    """Sets a sentence as words, a heading as a heading."""

    def compose(self, row: SentenceRow, sheet: Sheet) -> None:
        """The part for the provider is set apart by space and its name; what is amiss stands under its sentence."""
        px = look().px
        part = row.kind is SentenceKind.PART
        style = {SentenceKind.PART: Type.SMALL_STRONG, SentenceKind.HEADING: Type.STRONG}.get(row.kind, Type.BODY)
        top = px(16 if part else 10 if row.kind is SentenceKind.HEADING else 4)
        left, width = px(16), sheet.width - px(28)
        marked = [Emphasis(f.first, f.last - f.first, underlined=True) for f in row.findings if row.whole] if row.kind is SENTENCE else []
        sheet.height = top + sheet.text(row.text, (left, top), width, style, "soft" if part else "text", marked) + px(4)
        for found in row.findings:
            ink = "ask" if found.weight is Weight.STOPS else "soft"
            aside = sheet.sign(Sign.DOUBT, (left, sheet.height), ink)
            words = f"{found.message} {found.hint}"
            sheet.height += sheet.text(words, (left + aside, sheet.height), width - aside, Type.SMALL, ink) + px(4)
        if any(found.weight is Weight.STOPS for found in row.findings):
            sheet.bar = "ask"


class Sentences(Restyled, QWidget):
    """Names the source of every sentence, by pointer and by key; Enter opens the policy line behind it."""

    line_wanted = Signal(str, int)
    """Open this line: the sha256 of a policy's text, and the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LetterSentencesModel(self)
        self._content: tuple[LetterContent | None, People, Case | None, Sequence[LetterFinding]] = (None, {}, None, ())
        self.list = RowList(self.tr("Sentences of the letter"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(SentenceDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.viewport().installEventFilter(self)
        self.list.entered.connect(self._name)
        self.list.selectionModel().currentChanged.connect(self._name)
        self.list.activated.connect(self._open)
        self.finding_actions = [
            self._to_finding(*told) for told in (("F8", self.tr("Next finding"), 1), ("Shift+F8", self.tr("Finding before"), -1))
        ]
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

    def _to_finding(self, key: str, words: str, step: int) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self.go_to_finding(step))
        return action

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._foot, 16, 6, 12, 6)

    def show_content(
        self, content: LetterContent | None, people: People, case: Case | None = None, findings: Sequence[LetterFinding] = ()
    ) -> None:
        """Show the sentences of a letter about a case, and what is amiss in them; None empties the list."""
        self._content = content, people, case, findings
        self._model.show_content(content, people, case, findings)
        self._name(QModelIndex())

    def go_to_finding(self, step: int) -> bool:
        """Go to the next sentence in which something is amiss, or with -1 to the one before; whether there is one."""
        place = self._model.next_finding(self.list.currentIndex().row(), step)
        if place is not None:
            self.list.go_to(place)
            self.list.scrollTo(self._model.index(place, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return place is not None

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
