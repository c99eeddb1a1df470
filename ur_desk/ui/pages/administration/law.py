"""A book of law rows as a supervisor keeps it: each row with where it is written, what is still to compare, and who verified it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ur_desk.desk.law_rows import LawRow
from ur_desk.domain.people import Role
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.law_rows import LawRowsModel, Shown, law_of
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.form_place import OneForm
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.clock_rows import ClockRows
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.signing_rows import SigningRows


class LawDelegate(RowDelegate):
    """A row in two lines, with its mark."""

    def __init__(self, parent: RowList, model: LawRowsModel) -> None:
        super().__init__(parent)
        self._model = model

    def compose(self, row: Shown, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        words, tone = self._model.mark(row)
        taken = sheet.chip(words, tone, right, px(7)) + px(8)
        sheet.line(self._model.title(row), (left, px(6)), right - left - taken, Type.MEDIUM)
        sheet.line(self._model.words(row), (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class Facts(Restyled, QFrame):
    """Where the chosen row comes from, in full; as high as three lines, so that the list above stands still."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("edge", "top")
        self._column = QVBoxLayout(self)
        self.words = Text("", Type.SMALL, "soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(self.words)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 6, 16, 6, 0)
        self.words.setMinimumHeight(look().px(66))

    def show_facts(self, facts: Sequence[str]) -> None:
        """Show these, or nothing."""
        self.words.setText("\n".join(facts))
        self.setVisible(bool(facts))


class LawView(OneForm, QWidget):
    """The rows, what is known of the chosen one, the commands, and the form that is open; a kind of it says which book it shows."""

    said = Signal(str)
    """Something done, in words."""
    wanted = Signal(object)
    """The `Place` of a case that the person wants to see."""

    def __init__(self, title: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.form: InlineForm | None = None
        self.model = LawRowsModel(self)
        self.model.zone = session.zone
        self.list = RowList(title)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(LawDelegate(self.list, self.model))
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._allow())
        self.told, self.notice, self.empty = Text("", Type.SMALL, "soft", wrap=True), Notice(), EmptyState(icon="tray")
        self.facts = Facts()
        self.bar = CommandBar(self.tr("What can be done about {0}").format(title))
        tr = self.tr
        self.verify_action = self._judging(tr("Verify…"), tr("Record that you compared the row with an official text"), self._ask_verify)
        self.doubt_action = self._judging(tr("Take back…"), tr("The row no longer counts as verified"), self._ask_doubt)
        self._add_commands()
        self.bar.finish()
        self._lay_out(title)
        self.setFocusProxy(self.list)

    def _command(self, words: str, tip: str, run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setToolTip(tip)
        action.triggered.connect(lambda: run())
        return action

    def _judging(self, words: str, tip: str, run: Callable[[], object]) -> QAction:
        """A command of supervisors alone."""
        action = self._command(words, tip, run)
        self.bar.add(action)
        action.setVisible(self._session.person.has(Role.SUPERVISOR))
        return action

    def _lay_out(self, title: str) -> None:
        self._rows = Stack()
        self._rows.addWidget(self.list)
        self._rows.addWidget(self.empty)
        self.pane = Pane(title)
        self.pane.head.addWidget(self.told, 1)
        self.pane.set_body(self._rows, self.notice)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.pane, 1)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.bar)

    # what a kind of book says ----------------------------------------------------------------------------------------

    def _book(self, desk: "Desk") -> "ClockRows | SigningRows":
        """Which rows it shows, and where they are verified."""
        raise NotImplementedError

    def _add_commands(self) -> None:
        """Add what else can be done."""

    # what is known ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are read only while somebody looks."""
        super().showEvent(event)
        self.read_again()

    def read_again(self) -> None:
        """Read once more what is shown, where somebody looks."""
        if self.isVisible():
            self._session.read(self._asked, self, self._fill, self.notice.show_error)

    def _asked(self, desk: "Desk") -> Any:
        return self._book(desk).all()

    def _fill(self, rows: tuple[Shown, ...]) -> None:
        place = self.list.currentIndex().row()
        self.model.show_rows(rows)
        if rows:
            self.list.go_to(min(max(place, 0), len(rows) - 1))
        self._rows.setCurrentIndex(0 if rows else 1)
        unverified = sum((law := law_of(row)) is not None and law.verified is None for row in rows)
        self.told.setText(self.tr("{0} rows, {1} of them not verified against an official text").format(len(rows), unverified))
        self._allow()

    def _allow(self) -> None:
        row = self._row
        listed = law_of(row) if row is not None else None
        verified = listed is not None and listed.verified is not None
        self.bar.allow(self.verify_action, listed is not None, self.tr("Choose a row."))
        self.bar.allow(self.doubt_action, verified, self.tr("The row is not verified."))
        self.facts.show_facts(self.model.facts(row) if row is not None and self.form is None else ())

    @property
    def _row(self) -> Shown | None:
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    @property
    def _law(self) -> LawRow:
        row = self._row
        law = law_of(row) if row is not None else None
        assert law is not None
        return law

    # what is asked ---------------------------------------------------------------------------------------------------

    def _open(self, form: InlineForm, commit: Callable[[InlineForm], None]) -> None:
        super()._open(form, commit)
        self.facts.hide()  # the form says of the row what is to be weighed, and has the room

    def dismiss(self) -> None:
        """Close the form; what is known of the chosen row stands again."""
        super().dismiss()
        self._allow()

    def _ask_verify(self) -> None:
        row = self._row
        assert row is not None
        form = InlineForm(self.tr("Verify {0}").format(self._law.id), self.tr("I compared it"))
        form.say("\n".join(self.model.facts(row)))
        form.add("where", self.tr("With which text"), LineEntry(), required=self.tr("Say with which text."))
        form.add("on", self.tr("On which day"), DayEntry(), required=self.tr("Say on which day."))
        self._open(form, self._verify)

    def _verify(self, form: InlineForm) -> None:
        id_, where, entry = self._law.id, form.text("where"), form.entry("on")
        on = entry.day() if isinstance(entry, DayEntry) else None
        assert on is not None
        self._write(form, lambda desk: self._book(desk).verify(id_, where, on), self.tr("{0} is verified").format(id_))

    def _ask_doubt(self) -> None:
        form = InlineForm(self.tr("Take back that {0} is verified").format(self._law.id), self.tr("Take it back"))
        form.add("reason", self.tr("Why"), LineEntry(), required=self.tr("Say why."))
        self._open(form, self._doubt)

    def _doubt(self, form: InlineForm) -> None:
        id_, reason = self._law.id, form.text("reason")
        self._write(form, lambda desk: self._book(desk).doubt(id_, reason), self.tr("{0} is no longer verified").format(id_))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form from anywhere on the page."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None:
            self.dismiss()
            return
        super().keyPressEvent(event)
