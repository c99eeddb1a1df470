"""A short form that opens in the page: fields, one button, and every refusal in its place."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.in_sight import bring_into_sight
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.own_key import COMMIT, OwnKey
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, DayEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.tab_order import set_tab_order
from ur_desk.ui.widgets.text import Text

Entry = LineEntry | DayEntry | MomentEntry | ChoiceEntry | ProseEntry | CheckEntry


class InlineForm(Restyled, QFrame):
    """Says `committed` once every field is right by itself; `refuse` shows what the desk had against it."""

    committed = Signal()
    """The fields are right; the page makes the call."""
    closed = Signal()
    """The person thought better of it."""

    def __init__(self, title: str, commit: str, *, closes: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top" if closes else "")
        self.setAccessibleName(title)
        self._entries: dict[str, Entry] = {}
        self._rows: dict[str, FieldRow] = {}
        self._required: dict[str, str] = {}
        self._inside: list[QWidget] = []
        self.title = Text(title, Type.STRONG)
        self.words = Text("", Type.SMALL, "soft", wrap=True)
        self.words.hide()
        self.notice = Notice()
        self.commit_button = QPushButton(commit)
        self.commit_button.setProperty("kind", "main")
        self.commit_button.setAutoDefault(False)
        self.commit_button.setToolTip(self.tr("Ctrl+Return"))
        self.commit_button.clicked.connect(self.commit)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("kind", "quiet")
        self.close_button.setAccessibleName(self.tr("Close: {0}").format(title))
        self.close_button.setToolTip(self.tr("Nothing is done (Esc)"))
        self.close_button.clicked.connect(self.dismiss)
        if not closes:
            self.close_button.hide()  # shown, without a parent yet, it would be a window for a moment
        self._lay_out()
        for key in COMMIT:
            QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(self.commit)
        OwnKey(self)
        if closes:
            escape = QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            escape.activated.connect(self.dismiss)
        self.restyle()

    def _lay_out(self) -> None:
        self._head, self._tail, self._whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._head.addWidget(self.close_button)
        inside = QFrame()
        inside.setProperty("ground", "surface")
        self._fields = QVBoxLayout(inside)
        self._scroll = _Scroll(self.tr("Fields"), inside)
        self._tail.addStretch(1)
        self._tail.addWidget(self.commit_button)
        self._whole.addLayout(self._head)
        self._whole.addWidget(self.words)
        self._whole.addWidget(self._scroll, 1)
        self._whole.addWidget(self.notice)
        self._whole.addLayout(self._tail)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 10, 16, 10, 8)
        inset(self._head, 0, 0, 0, 0, 8)
        inset(self._tail, 0, 0, 0, 0, 8)
        inset(self._fields, 0, 0, 4, 0, 8)
        self._scroll.updateGeometry()

    def add(self, key: str, name: str, entry: Entry, hint: str = "", required: str = "", setting: Setting = Setting.BESIDE) -> FieldRow:
        """Add a field; `required` is what is said beside it where it is empty."""
        row = FieldRow(name, entry, hint, required=bool(required), name_width=150, setting=setting)
        self._entries[key], self._rows[key], self._required[key] = entry, row, required
        entry.changed.connect(lambda: self._mended(key))
        if isinstance(entry, LineEntry):
            entry.returnPressed.connect(self.commit)
        self._inside.append(entry)
        self._fields.addWidget(row)
        return row

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._inside.append(widget)
        self._fields.addWidget(widget)

    def add_beside(self, widget: QWidget) -> None:
        """Add another way, at the left of the button that commits."""
        self._inside.append(widget)
        self._tail.insertWidget(0, widget)

    def finish(self) -> None:
        """All fields are there: they keep to the top."""
        self._fields.addStretch(1)

    def say(self, words: str) -> None:
        """Say below the title what the form is for."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def text(self, key: str) -> str:
        """What a field holds."""
        return self._entries[key].typed()

    def entry(self, key: str) -> Entry:
        """A field."""
        return self._entries[key]

    def row(self, key: str) -> FieldRow:
        """A field with its name and what is wrong with it."""
        return self._rows[key]

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into fields; the others become empty."""
        self.notice.hide()
        for key, entry in self._entries.items():
            entry.retype(values.get(key, ""))
            self._rows[key].set_problem("")

    def begin(self) -> None:
        """Show the form, with the focus in its first field."""
        self.notice.hide()
        self.show()
        self.fit()
        self._set_tab_order()
        first = next(iter(self._entries.values()), None)
        (first or self.commit_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_tab_order(self) -> None:
        """From field to field, then to the buttons, which are older than the fields."""
        set_tab_order((*self._inside, self.commit_button, self.close_button))

    def fit(self) -> None:
        """Take the room for the fields that are shown now: others than before may be."""
        self._scroll.updateGeometry()

    def go(self) -> None:
        """Away for good."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def dismiss(self) -> None:
        """Close it; nothing is done."""
        self.hide()
        self.closed.emit()

    def commit(self) -> None:
        """Ask for it where every field is right, else say what is wrong and go there."""
        if not self.commit_button.isEnabled():
            return
        self.notice.hide()
        for key, entry in self._entries.items():
            self._rows[key].set_problem(self._wrong(key, entry))
        wrong = next((key for key, row in self._rows.items() if row.problem), None)
        if wrong is not None:
            self._entries[wrong].setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(self._scroll, self._rows[wrong])
            return
        self.committed.emit()

    def refuse(self, error: UserError) -> None:
        """Show what the desk refused, and why."""
        self.notice.show_error(error)

    def _wrong(self, key: str, entry: Entry) -> str:
        return entry.problem() or (self._required[key] if not entry.typed() else "")

    def _mended(self, key: str) -> None:
        if self._rows[key].problem:
            self._rows[key].set_problem(self._wrong(key, self._entries[key]))


class _Scroll(QScrollArea):
    """As high as the fields need, where there is room; scrolled where there is not."""

    def __init__(self, name: str, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._inside = inside
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """The height of the fields."""
        layout = self._inside.layout()
        assert layout is not None
        layout.activate()
        return QSize(look().px(320), self._inside.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One field at least."""
        return QSize(look().px(200), look().px(44))
