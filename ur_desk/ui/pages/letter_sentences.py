"""The list of a letter's sentences, and with it where the one under the pointer, or the current one, comes from; marked fields can be
changed here."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFrame, QVBoxLayout, QWidget

from ur_desk.domain.letter_fields import LONGEST_NAME
from ur_desk.domain.letter_lint import Weight
from ur_desk.ui.actions import MENU, Menu
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.letter_fields import why_not
from ur_desk.ui.models.letter_sentences import LetterSentencesModel, SentenceKind, SentenceRow, ShownLetter
from ur_desk.ui.models.letter_trace import People, trace_rows
from ur_desk.ui.models.rows import Index
from ur_desk.ui.pages.letter_trace import TraceView
from ur_desk.ui.privacy import mask
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, polish_again, show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet, Sign
from ur_desk.ui.widgets.text import Text

SENTENCE = SentenceKind.SENTENCE
BESIDE = 680
"""Pixels at 100 % from which the trace has room beside the sentences; on a narrower place it is their foot."""
LOW = 180
"""Pixels of height at 100 % below which the sentences have no foot."""
FOOT, LEAST_FOOT = 176, 72
"""Pixels at 100 % that the trace takes as a foot at most, and below which it is not worth its room."""
ROOMY = 360
"""Pixels of height at 100 % below which the trace waits for its key."""
UNBOUND = 16_777_215
"""Qt's own number for no bound of a size."""


class SentenceDelegate(RowDelegate):
    """Sets a sentence as words, a heading as a heading; the name of a service is typed over in its row."""

    named = Signal(int, str)
    """The service of a line is called so from here on; empty for what the sender called it."""

    def compose(self, row: SentenceRow, sheet: Sheet) -> None:
        """The part for the provider is set apart by space and its name; what is amiss stands under its sentence, and what can be changed
        is marked as such."""
        px = look().px
        part = row.kind is SentenceKind.PART
        style = {SentenceKind.PART: Type.SMALL_STRONG, SentenceKind.HEADING: Type.STRONG}.get(row.kind, Type.BODY)
        top = px(16 if part else 10 if row.kind is SentenceKind.HEADING else 4)
        key = px(26) if row.changes else 0
        left, width = px(16), sheet.width - px(28) - key
        marked = [Emphasis(f.first, f.last - f.first, underlined=True) for f in row.findings if row.whole] if row.kind is SENTENCE else []
        if key:
            sheet.line(self.tr("F2"), (sheet.width - px(12) - key, top), key, Type.MARK_STRONG, "accent", right=True)
        sheet.height = top + sheet.text(row.text, (left, top), width, style, "soft" if part else "text", marked) + px(4)
        for found in row.findings:
            ink = "ask" if found.weight is Weight.STOPS else "soft"
            aside = sheet.sign(Sign.DOUBT, (left, sheet.height), ink)
            words = f"{found.message} {found.hint}"
            sheet.height += sheet.text(words, (left + aside, sheet.height), width - aside, Type.SMALL, ink) + px(4)
        if any(found.weight is Weight.STOPS for found in row.findings):
            sheet.bar = "ask"

    def createEditor(self, parent: QWidget, _option: object, index: Index) -> QWidget:
        """One line, over the row."""
        entry = LineEntry(parent=parent)
        entry.setMaxLength(LONGEST_NAME)
        entry.setAccessibleName(self.tr("What the service is called, in plain words"))
        entry.setPlaceholderText(self.tr("As the sender called it"))
        return entry

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """It begins with what the service is called now."""
        assert isinstance(editor, LineEntry)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Say what was typed, where it is something else."""
        assert isinstance(editor, LineEntry)
        assert isinstance(model, LetterSentencesModel)
        line = model.row(index.row()).name_of
        if line is not None and editor.typed() != index.data(Qt.ItemDataRole.EditRole):
            self.named.emit(line, editor.typed())

    def updateEditorGeometry(self, editor: QWidget, option: object, _index: Index) -> None:
        """As wide as the row, and high enough for one line."""
        area = option.rect  # type: ignore[attr-defined]
        height = editor.sizeHint().height()
        editor.setGeometry(area.x() + look().px(8), area.y(), area.width() - look().px(16), height)


class Sentences(Restyled, QWidget):
    """Names the source of every sentence, by pointer and by key, and shows what stands there; Enter opens the policy line behind it."""

    line_wanted = Signal(str, int)
    """Open this line: the sha256 of a policy's text, and the line."""
    named = Signal(int, str)
    """The service of a line is called so from here on."""
    reword_wanted = Signal(object, str)
    """Ask for other words of these `SignedWords` or `AskedWords`, in which this sentence stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = LetterSentencesModel(self)
        self._letter: ShownLetter | None = None
        self._people: People = {}
        self._known = self._called = False
        """Whether something stands behind the current sentence, and whether the person called for it on a low screen."""
        self.list = RowList(self.tr("Sentences of the letter"))
        self.list.setModel(self._model)
        delegate = SentenceDelegate(self.list)
        self.list.setItemDelegate(delegate)
        self.list.setMouseTracking(True)
        self.list.viewport().installEventFilter(self)
        self.list.entered.connect(self._name)
        self.list.selectionModel().currentChanged.connect(self._name)
        self.list.activated.connect(self._open)
        delegate.named.connect(self.named)
        self.finding_actions = [
            self._make("F8", self.tr("Next finding"), lambda: self.go_to_finding(1)),
            self._make("Shift+F8", self.tr("Finding before"), lambda: self.go_to_finding(-1)),
        ]
        self._lay_out()
        mask().changed.connect(self._name_again)
        self.restyle()
        self.show_letter(None, {})

    def _lay_out(self) -> None:
        self.keys = Text("", Type.SMALL, "soft", wrap=True)
        self.why_not = Text("", Type.SMALL_STRONG, "ask", wrap=True)
        self.trace = TraceView()
        self.edit_action = self._make("F2", self.tr("Change what stands here"), self.edit)
        self.trace_action = self._make("Ctrl+T", self.tr("Where the sentence comes from"), self.turn_to_trace)
        self.addActions([self.edit_action, self.trace_action])
        self.foot = QFrame()
        self.foot.setProperty("ground", "surface")
        self._foot, self._head = QVBoxLayout(self.foot), QVBoxLayout()
        for words in (self.keys, self.why_not):
            self._head.addWidget(words)
        self._foot.addLayout(self._head)
        self._foot.addWidget(self.trace)
        self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.list, 1)
        self._whole.addWidget(self.foot)
        self.setFocusProxy(self.list)

    def _make(self, key: str, words: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setProperty(MENU, Menu.LETTER.value)
        action.triggered.connect(lambda: run())
        return action

    @property
    def commands(self) -> list[QAction]:
        """What can be done with the sentence that is chosen, and the ways to those that say what no letter may."""
        return [self.edit_action, self.trace_action, *self.finding_actions]

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._head, 16, 6, 12, 4, 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The trace beside the sentences, or as their foot; on a low screen the sentences have the room, and Ctrl+T brings the trace."""
        super().resizeEvent(event)
        self._fit()

    @property
    def beside(self) -> bool:
        """Whether the trace stands beside the sentences."""
        return self._whole.direction() is QBoxLayout.Direction.LeftToRight

    def _fit(self) -> None:
        beside = self.width() >= look().px(BESIDE)
        self._whole.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._whole.setStretch(1, 1 if beside else 0)
        self.foot.setProperty("edge", "left" if beside else "top")
        polish_again(self.foot)
        self._foot.setContentsMargins(int(beside), int(not beside), 0, 0)  # the line at its edge
        room = min(look().px(FOOT), self.height() * 2 // 5)
        self.trace.setMinimumHeight(0 if beside else min(room, look().px(LEAST_FOOT)))
        self.trace.setMaximumHeight(UNBOUND if beside else max(room, look().px(LEAST_FOOT)))
        show_if(self.foot, beside or self.height() >= look().px(LOW) or self.trace.hasFocus())
        self._show_trace()

    def _show_trace(self) -> None:
        """Where the trace would leave the sentences no room it waits for Ctrl+T."""
        roomy = self.beside or self.height() >= look().px(ROOMY)
        show_if(self.trace, self._known and (roomy or self._called or self.trace.hasFocus()))

    # what is shown ---------------------------------------------------------------------------------------------------

    def show_letter(self, letter: ShownLetter | None, people: People) -> None:
        """Show the sentences of a letter; None empties the list. The same place in the next writing of a draft stays the current one."""
        place, scrolled = self._place(letter), self.list.verticalScrollBar().value()
        self._letter, self._people = letter, people
        self._model.show_letter(letter, people)
        self._name(QModelIndex())
        if place >= 0:
            self.list.go_to(min(place, self._model.rowCount() - 1))
            self.list.verticalScrollBar().setValue(scrolled)
        elif self.list.hasFocus():  # it came here before the sentences did, and shows where it stands
            self.list.go_to(0)

    def _place(self, letter: ShownLetter | None) -> int:
        """Where the person is, where the letter is the same one as before; -1 in any other."""
        before = self._letter
        if letter is None or before is None or (before.issued, before.case.id) != (letter.issued, letter.case.id):
            return -1
        same = (before.content.kind, before.content.audience, before.content.lines)
        return self.list.currentIndex().row() if same == (letter.content.kind, letter.content.audience, letter.content.lines) else -1

    def _name_again(self) -> None:
        """The mask was put on or taken off: the same sentences, and the same one of them the current one."""
        self.show_letter(self._letter, self._people)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The pointer has left: name the source of the current sentence again."""
        if event.type() == QEvent.Type.Leave:
            self._name(self.list.currentIndex())
        return False

    def _row(self, index: QModelIndex) -> SentenceRow | None:
        return self._model.row(index.row()) if index.isValid() else None

    def _name(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """Say where a sentence comes from, and show what stands there."""
        row = self._row(index)
        self.why_not.hide()
        known = self._known = row is not None and bool(row.source)
        self._called = False
        self.trace.show_trace(trace_rows(row.sources, self._letter.behind, self._people) if known and row and self._letter else ())
        self._show_trace()
        if row is None or not known:
            self.keys.setText(self.tr("Move over a sentence to see where it comes from."))
            return
        keys = [self.tr("Enter opens the line")] if row.target else []
        keys += [self.tr("F2 changes it")] if row.changes else [self.tr("F2 says why it stays so")]
        self.keys.setText(" · ".join([*keys, self.tr("Ctrl+T reads on below") if not self.beside else self.tr("Ctrl+T reads on here")]))

    def _open(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None and row.name_of is not None:
            self.edit()
        elif row is not None and row.target is not None:
            self.line_wanted.emit(row.target.text, row.target.line)

    # what can be changed ---------------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Change the current sentence where it is a marked field, else say why it is not."""
        index = self.list.currentIndex()
        row = self._row(index)
        if row is None or self._letter is None:
            return
        if row.name_of is not None:
            self.list.edit(index)
        elif row.signed is not None:
            self.reword_wanted.emit(row.signed, row.text)
        else:
            self.say_why_not(why_not(row, self._letter.issued is not None, self._people))

    def say_why_not(self, words: str) -> None:
        """Say why the current sentence is not changed, until the person goes on."""
        self.why_not.setText(words)
        show_if(self.why_not, bool(words))
        self.foot.setVisible(True)

    # ways ------------------------------------------------------------------------------------------------------------

    def turn_to_trace(self) -> None:
        """Go to what stands behind the current sentence, where its policy lines are; from there, back."""
        if self.trace.hasFocus():
            self._called = False
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._fit()
        elif self._known:
            self._called = True
            self.foot.setVisible(True)
            self._show_trace()
            self.trace.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.trace.show_cited()

    def go_to_finding(self, step: int) -> bool:
        """Go to the next sentence in which something is amiss, or with -1 to the one before; whether there is one."""
        place = self._model.next_finding(self.list.currentIndex().row(), step)
        if place is not None:
            self.list.go_to(place)
            self.list.scrollTo(self._model.index(place, 0), QAbstractItemView.ScrollHint.PositionAtTop)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return place is not None
