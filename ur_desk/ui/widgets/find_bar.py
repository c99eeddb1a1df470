"""Find in a pane: a field, how many there are, next and previous, Escape closes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.parts import ActionIcon
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class FindBar(Restyled, QFrame):
    """Asks for words and steps through what the pane finds; hidden until it is opened."""

    sought = Signal(str)
    """The words are others now; empty when the bar closes."""
    stepped = Signal(int)
    """+1 for the next place, -1 for the one before."""
    closed = Signal()
    """The bar is gone; the focus belongs to the pane again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self._words = QLineEdit()
        self._words.setAccessibleName(name)
        self._words.setPlaceholderText(name)
        self._words.setClearButtonEnabled(True)
        self._count = Text("", Type.SMALL, "soft")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._count)
        self.next_action = self._action(self.tr("Next place"), QKeySequence.StandardKey.FindNext, 1)
        self.previous_action = self._action(self.tr("Previous place"), QKeySequence.StandardKey.FindPrevious, -1)
        close = QAction(self.tr("Close the search"), self)
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        close.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.triggered.connect(self.dismiss)
        self.addAction(close)
        for action, icon in ((self.previous_action, "up"), (self.next_action, "down"), (close, "close")):
            self._row.addWidget(ActionIcon(action, icon))
        self._words.textChanged.connect(self.sought)
        self._words.returnPressed.connect(self.next_action.trigger)
        self.restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What is sought; empty while the bar is closed."""
        return "" if self.isHidden() else self._words.text()

    def open(self) -> None:
        """Show the bar with its words marked, ready to be replaced."""
        self.show()
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._words.selectAll()
        self.sought.emit(self._words.text())

    def dismiss(self) -> None:
        """Close the bar; nothing is marked any more."""
        if self.isHidden():
            return
        self.hide()
        self.sought.emit("")
        self.closed.emit()

    def show_count(self, place: int, total: int) -> None:
        """Say which of how many places is shown; place counts from 1, 0 for none of them."""
        if not self._words.text().strip():
            self._count.setText("")
        elif not total:
            self._count.setText(self.tr("not found"))
        else:
            self._count.setText(self.tr("{0} of {1}").format(place, total) if place else self.tr("{0} found").format(total))

    def restyle(self) -> None:
        """Keep the margins in step with the zoom."""
        inset(self._row, 16, 4, 12, 6, 6)

    def _action(self, words: str, key: QKeySequence.StandardKey, step: int) -> QAction:
        action = QAction(words, self)
        action.setShortcuts(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{words} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        self.addAction(action)
        action.triggered.connect(lambda: self.stepped.emit(step))
        return action
