"""A panel: a form for one verb that slides in above the decision bar, keeps what was typed, and shows every refusal in its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.attention import NOTHING_NOTED, Attention
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.esc import EscCloses
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.in_sight import bring_into_sight
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.panels.amend_entry import ChangeEntry
from ur_desk.ui.widgets.panels.basis import BasisEntry
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.granted import GrantedEntry
from ur_desk.ui.widgets.panels.verbs import OF_LINES, Picked, Verb, line_words
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.tab_order import set_tab_order
from ur_desk.ui.widgets.text import ElidedLabel, Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

Call = Callable[["Desk"], Any]
"""One use of a verb, with the desk still to come; it holds values only. A long verb gives steps."""

Entry = LineEntry | ProseEntry | ChoiceEntry | CheckEntry | MomentEntry | BasisEntry | GrantedEntry | ChangeEntry
"""Whatever a field is filled in with."""

Typed = Mapping[str, object]
"""What a panel holds, by field; kept while it is closed."""


@dataclass(frozen=True, slots=True)
class About:
    """What a panel is about: the picked lines of a case as read at an instant, in a workspace's zone."""

    picked: Picked
    now: datetime
    zone: str
    attention: Callable[[], Attention] = lambda: NOTHING_NOTED
    """What the person had before their eyes since the case was opened."""


SIDE_BY_SIDE = 860
"""Pixels at 100 % from which two columns of fields have room."""


class Panel(EscCloses, Restyled, QFrame):
    """The form of one verb. A kind of panel adds its fields, and says in `call` which verb of the desk they fill."""

    committed = Signal(object)
    """The `Call` that the person wants made."""
    closed = Signal()
    """The person closed the panel; what was typed stays typed."""
    asks = False
    """Whether its call only asks the desk; the panel stays open and shows the answer."""

    def __init__(self, verb: Verb, title: str, commit: str, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verb = verb
        self.about = about
        self._entries: dict[str, Entry] = {}
        self._rows: dict[str, FieldRow] = {}
        self._required: dict[str, str] = {}
        self._busy = self._blocked = False
        self._title = title
        self.setProperty("edge", "top")
        self.setProperty("ground", "surface")
        self.setAccessibleName(title)
        self._lines = ElidedLabel("", Type.SMALL, "soft")
        self._notice = Notice()
        self._columns = (_Column(), _Column())
        self._body = _Body(*self._columns)
        self.commit_button = QPushButton(commit)
        self.commit_button.setProperty("kind", "plain" if verb.adverse else "main")
        self.commit_button.setToolTip(self.tr("{0} (Ctrl+Enter)").format(commit))
        self.commit_button.setAutoDefault(False)
        self.commit_button.clicked.connect(self.commit)
        self._foot = Text("", Type.SMALL, "soft", wrap=True)
        self._lay_out()
        self._tell_lines()
        self.restyle()

    def _lay_out(self) -> None:
        self._head, self._tail, self._whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._name = Text(self._title, Type.TITLE)
        self._head.addWidget(self._name)
        self._head.addWidget(self._lines, 1)
        close = self._close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "quiet")
        close.setAutoDefault(False)
        close.setToolTip(self.tr("Close the panel (Esc); what you typed is kept until you use it"))
        close.setAccessibleName(self.tr("Close the panel"))
        close.clicked.connect(self.closed.emit)
        self._head.addWidget(close)
        self._tail.addWidget(self._foot, 1)
        self._tail.addStretch()
        self._tail.addWidget(self.commit_button)
        self._whole.addLayout(self._head)
        self._whole.addWidget(self._body, 1)
        self._whole.addWidget(self._notice)
        self._whole.addLayout(self._tail)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._head, 0, 0, 0, 0, 12)
        inset(self._tail, 0, 0, 0, 0, 12)
        inset(self._whole, 16, 8, 16, 8, 8)
        self._body.updateGeometry()

    # what kinds of panels use --------------------------------------------------------------------------------------

    def add(self, key: str, name: str, entry: Entry, hint: str = "", *, required: str = "", right: bool = False) -> FieldRow:
        """Add a field to the left column or the right one; `required` is what is said beside it where it is empty."""
        row = FieldRow(name, entry, hint, required=bool(required), name_width=112, setting=Setting.BELOW)
        self._entries[key], self._rows[key], self._required[key] = entry, row, required
        entry.changed.connect(lambda: self._mended(key))
        if isinstance(entry, BasisEntry):  # each citation comes with a button of its own
            entry.changed.connect(self._order_tabs)
        self.place(row, right=right)
        return row

    def place(self, widget: QWidget, *, right: bool = False) -> None:
        """Put something that is no field into a column."""
        self._columns[right].add(widget)

    def say_below(self, words: str) -> None:
        """Say something beside the button that commits, such as who signs."""
        self._foot.setText(words)

    def text(self, key: str) -> str:
        """What a field holds."""
        return self._entries[key].typed()

    def entry(self, key: str) -> Entry:
        """A field."""
        return self._entries[key]

    def call(self) -> Call:
        """The use of a verb that the fields make, once they are right."""
        raise NotImplementedError

    def answer(self, found: Any) -> None:
        """Show what the desk answered to a call that only asks."""
        raise NotImplementedError

    def problems(self) -> Mapping[str, str]:
        """What is wrong beyond single fields, by field; those of the first row that fits."""
        return {}

    def follow(self) -> None:
        """The case or the picked lines are others; typed words stay."""

    def set_tight(self, tight: bool) -> None:
        """On a low screen only the fields and the buttons are in sight; the title is that of the button that commits."""
        for part in (self._name, self._lines, self._foot):
            part.setVisible(not tight)
        (self._tail if tight else self._head).insertWidget(2, self._close)

    # what the page uses --------------------------------------------------------------------------------------------

    def take(self, about: About) -> None:
        """Be about the case as it was read again, or about other lines of it."""
        self.about = about
        self._tell_lines()
        self.follow()
        self._order_tabs()

    def typed(self) -> Typed:
        """Everything that was typed, to be put back later."""
        return {key: entry.typed() for key, entry in self._entries.items()}

    def retype(self, typed: Typed) -> None:
        """Put back what was typed before."""
        for key, entry in self._entries.items():
            if key in typed:
                entry.retype(str(typed[key]))

    def begin(self) -> None:
        """Put the focus into the first field in sight that is to be chosen or filled in: one with words in it needs nobody."""
        self._order_tabs()
        seen = [entry for key, entry in self._entries.items() if not self._rows[key].isHidden()]
        first = next((entry for entry in seen if isinstance(entry, ChoiceEntry | CheckEntry) or not entry.typed()), None)
        for entry in [first] if first is not None else seen[:1]:
            entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Ask for the verb where every field is right; else say beside each what is wrong and go to the first."""
        if not self.commit_button.isEnabled():
            return
        self._notice.hide()
        wrong = self._check()
        if wrong:
            self.point_to(wrong[0])
            return
        self.committed.emit(self.call())

    def point_to(self, key: str) -> None:
        """Go to a field, and have in sight what is said about it."""
        self._entries[key].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(self._body, self._rows[key])

    def set_busy(self, busy: bool) -> None:
        """While the verb is under way it cannot be asked for again."""
        self._busy = busy
        self.commit_button.setEnabled(not (self._busy or self._blocked))

    def block(self, why_not: str) -> None:
        """Close the way to the verb, with the reason; empty opens it again, and leaves a refusal as it stands."""
        if why_not:
            self._notice.show_message(self.tr("Not now: {0}.").format(why_not), "", Tone.ASK)
        elif self._blocked:
            self._notice.hide()
        self._blocked = bool(why_not)
        self.commit_button.setEnabled(not (self._busy or self._blocked))

    def refuse(self, error: UserError) -> None:
        """Show what the desk refused and why, beside the button that asked for it."""
        self._notice.show_error(error)

    def notice(self) -> Notice:
        """Where a refusal is said."""
        return self._notice

    def row(self, key: str) -> FieldRow:
        """The row of a field, with what is wrong beside it."""
        return self._rows[key]

    # by itself -----------------------------------------------------------------------------------------------------

    def _order_tabs(self) -> None:
        """From field to field, column by column, then to the buttons."""
        set_tab_order((*self._columns, self.commit_button, self._close))

    def _check(self) -> list[str]:
        """Say beside each field what is wrong with it; gives the fields that are."""
        beyond = self.problems()
        for key, entry in self._entries.items():
            missing = self._required[key] if not entry.typed() else ""
            self._rows[key].set_problem(entry.problem() or missing or beyond.get(key, ""))
        return [key for key, row in self._rows.items() if row.problem]

    def _mended(self, key: str) -> None:
        """A field that was wrong is read again at every change; one that was not is left alone."""
        row, entry = self._rows[key], self._entries[key]
        if row.problem:
            missing = self._required[key] if not entry.typed() else ""
            row.set_problem(entry.problem() or missing)

    def _tell_lines(self) -> None:
        picked = self.about.picked
        services = [f"{s.service.code or ''} {s.service.description or ''}".strip() for s in picked.states]
        self._lines.set_words(f"{line_words(picked.lines)} · {' · '.join(services)}" if self._concerns_lines else picked.case.number)

    @property
    def _concerns_lines(self) -> bool:
        return self.verb in OF_LINES


class _Column(Restyled, QWidget):
    """Fields one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(1)
        self.hide()
        self.restyle()

    def add(self, widget: QWidget) -> None:
        """Add a field below the others."""
        stretch = 0
        if isinstance(widget, FieldRow) and isinstance(widget.field, ProseEntry):
            stretch = 1
        self._rows.insertWidget(self._rows.count() - 1, widget, stretch)
        show_if(self, True)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._rows, 0, 0, 0, 0, 8)


class _Body(Restyled, Fitted):
    """Two columns side by side where there is room, else one below the other."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        content = QFrame()
        content.setProperty("ground", "surface")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right, 1)
        self._right = right
        super().__init__(QCoreApplication.translate("Panel", "Form"), content)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._columns, 0, 0, 0, 0, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the columns side by side or one below the other."""
        wide = event.size().width() >= look().px(SIDE_BY_SIDE) and self._right.isVisibleTo(self.content)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)
