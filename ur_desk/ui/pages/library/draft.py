"""A document as it was understood: its lines at the left, the reading at the right, each part mended by a key and taken back by one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.policy import Shelved, Statement
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.look import look
from ur_desk.ui.models.understood import Part, PartKind, UnderstoodModel
from ur_desk.ui.pages.library.draft_mending import Mending
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.policy_pane import PolicyPane, ShownPolicy
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.readings import Draft


ROOMY = 440
"""Pixels at 100 % from which lines and a form have room above one another."""
MENDED = frozenset(PartKind) - {PartKind.GROUP, PartKind.MENDED}
TAKEN_OUT = {PartKind.STATEMENT, PartKind.CRITERION, PartKind.CODE, PartKind.HISTORY}
"""Kinds of parts that can be mended, and that can be none."""


class DraftView(Restyled, QWidget):
    """Shows a reading beside its lines, and mends the draft; its commands stand on the page and work while it is seen."""

    said = Signal(str)
    """Something was done, in words."""
    closed = Signal()
    """Back to the library."""
    filled = Signal()
    """Another reading is shown."""

    def __init__(self, page: QWidget, session: Session) -> None:
        super().__init__(page)
        self._session = session
        self._draft: Draft | None = None
        self._ref: tuple[str, str] | None = None
        self._aim: tuple[int, str] | None = None
        self._doubting = False
        self.model = UnderstoodModel(self)
        self.hide()
        self._build()
        self._make_commands(page)
        self._connect()
        self._follow()

    # shape -------------------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.notice = Notice()
        self.policy = PolicyPane()
        for action in (self.policy.next_hit_action, self.policy.previous_hit_action):
            action.setShortcuts([])  # no request is laid beside a draft
        self.parts = RowList(self.tr("What was understood"))
        self.parts.setItemDelegate(FindingDelegate(self.parts))
        self.parts.setModel(self.model)
        self._pane = Pane(self.tr("What was understood"))
        self._pane.head.addStretch()
        self._pane.set_body(self.parts)
        self.panes = TwoPanes(self.policy, self._pane, (self.tr("Lines"), self.tr("What was understood")), halves=True)
        self.mending = Mending(self, self._session)
        self.bar = CommandBar(self.tr("What can be mended in this reading"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.panes, 1)
        for form in self.forms:
            form.hide()
            column.addWidget(form)
        column.addWidget(self.bar)
        self.setFocusProxy(self.parts)
        self.cycled: list[QWidget] = [self.policy, self._pane, *self.forms, self.bar]
        self.restyle()

    @property
    def forms(self) -> tuple[InlineForm, ...]:
        """Every form of the view."""
        return self.mending.forms

    def restyle(self) -> None:
        """The grid at the present zoom."""
        for form in self.forms:
            form.setMaximumHeight(look().px(330))

    def _make_commands(self, page: QWidget) -> None:
        add = partial(page_command, page, Menu.POLICY)
        self.mend_action = add(self.tr("&Mend…"), ["Ctrl+M"], self.tr("Set what the chosen part is, asks or lists"), self.mending.mend)
        self.line_action = add(
            self.tr("This &line is…"),
            ["Ctrl+B"],
            self.tr("A section, a position, the title, the number, a row of the history, or none of these"),
            self.mending.classify,
        )
        self.code_action = add(
            self.tr("Add a co&de…"), ["Ctrl+Shift+B"], self.tr("A code that the chosen line lists"), self.mending.add_code
        )
        self.item_action = add(
            self.tr("Add c&riterion"),
            ["Ctrl+Shift+K"],
            self.tr("The chosen line is one more item of the chosen part"),
            self.mending.add_item,
        )
        self.split_action = add(
            self.tr("&Split"),
            ["Ctrl+T"],
            self.tr("The chosen part ends before the chosen line; a criterion ends inside its words"),
            self.mending.split,
        )
        self.join_action = add(self.tr("&Join"), ["Ctrl+J"], self.tr("The chosen part belongs to the one before it"), self.mending.join)
        self.drop_action = add(
            self.tr("&Take out"),
            ["Alt+Delete"],
            self.tr("The chosen position, criterion, code or row is none; the waiver of a finding is taken back"),
            self.mending.drop,
        )
        self.unsure_action = add(
            self.tr("Next &unsure"), ["F8"], self.tr("Where the reader was not sure what stands there"), self._go_unsure
        )
        self.back_action = add(
            self.tr("Take &back"), ["Ctrl+Shift+Z"], self.tr("The reading before it stands again"), self.mending.take_back
        )
        self.discard_action = add(
            self.tr("D&iscard the draft"),
            ["Ctrl+Shift+X"],
            self.tr("The confirmed reading stays as it is; Take back brings the draft back"),
            self.mending.discard,
        )
        self.close_action = add(self.tr("Librar&y"), [], self.tr("Show the list of policies again (Esc)"), self.close_view)
        buttons = {
            action: self.bar.add(action, "plain" if action in (self.mend_action, self.line_action) else "quiet")
            for action in self.actions_here
        }
        self._discard_button = buttons[self.discard_action]
        for holder in (self.notice, self.panes, self.bar):  # not over the forms: each closes itself
            escape = QShortcut(QKeySequence("Esc"), holder, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            escape.activated.connect(self._escape)

    @property
    def actions_here(self) -> tuple[QAction, ...]:
        """Every command of the view."""
        return (self.mend_action, self.line_action, self.split_action, self.join_action, self.drop_action, self.code_action,
                self.item_action, self.unsure_action, self.back_action, self.discard_action, self.close_action)  # fmt: skip

    def add_command(self, action: QAction) -> None:
        """Put a command of the page on the bar, and close the bar."""
        self.bar.add(action, "main")
        self.bar.finish()

    def _connect(self) -> None:
        self.parts.selectionModel().currentChanged.connect(lambda index, _was: self._chosen(index))
        self.parts.activated.connect(lambda _index: self.mending.mend())
        self.policy.lines_activated.connect(lambda anchor: self._to_part(anchor.first_line))
        for each in self.forms:
            each.closed.connect(self._form_closed)

    # what is shown -----------------------------------------------------------------------------------------------------------

    def open(self, shelved: Shelved) -> None:
        """Show the reading of a text, the draft where one waits."""
        self._ref = shelved.policy.id, shelved.policy.text.sha256
        self.show()
        self.read_again()

    def _escape(self) -> None:
        """Close the form that is open, or else the view."""
        opened = next((form for form in self.forms if not form.isHidden()), None)
        (opened.dismiss if opened else self.close_view)()

    def close_view(self) -> None:
        """Back to the library."""
        for form in self.forms:
            form.hide()
        self.make_room()
        self._draft = None
        self.model.show_draft(None)
        self.hide()
        self._follow()
        self.closed.emit()

    def read_again(self) -> None:
        """Read the reading once more, where one is shown."""
        if self._ref is not None and not self.isHidden():
            policy, text = self._ref
            self._session.read(lambda desk: desk.readings.draft(policy, text=text), self, self._fill, self.notice.show_error)

    @property
    def draft(self) -> "Draft | None":
        """The reading that is shown."""
        return self._draft

    def _fill(self, draft: "Draft") -> None:
        was, first = self.part, self._draft is None
        self._draft = draft
        self.policy.show_policies([ShownPolicy(draft.shelved)])
        self.model.show_draft(draft, self._session.zone)
        place = self.model.same(was) if was is not None else None
        self.parts.go_to(place if place is not None else (self.model.place_of(was.line) if was else None) or 1)
        if self._aim is not None and (aimed := self.model.code_at(*self._aim)) is not None:
            self._aim = None
            self.parts.go_to(aimed)
        self._follow()
        self.filled.emit()
        if first:
            self.parts.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._doubting:
            self.to_doubt()

    def aim(self, line: int, low: str) -> None:
        """Choose the entry of that line and code as soon as it stands there."""
        self._aim = line, low

    def to_doubt(self) -> None:
        """Choose the first part that is unsure, or the first finding, as soon as the reading is shown."""
        self._doubting = self._draft is None
        place = self.model.first_doubt()
        if place is not None:
            self.parts.go_to(place)
            self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def part(self) -> Part | None:
        """The part that is chosen; None where none is."""
        index = self.parts.currentIndex()
        if not index.isValid() or index.row() >= self.model.rowCount():
            return None
        part = self.model.part(index.row())
        return None if part.kind is PartKind.GROUP else part

    @property
    def line(self) -> int:
        """The line that is chosen at the left."""
        return self.policy.line or (self.part.line if self.part else 1)

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            part = self.model.part(index.row())
            if part.line:
                self.policy.go_to(part.line)
        self._follow()

    def _to_part(self, line: int) -> None:
        place = self.model.place_of(line)
        if place is not None:
            self.parts.go_to(place)
            self.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_unsure(self) -> None:
        place = self.model.next_unsure(self.parts.currentIndex().row())
        if place is not None:
            self.parts.go_to(place)

    def _follow(self) -> None:
        """Open the commands that fit the chosen part of a draft, and say why the others are closed."""
        from ur_desk.desk.verbs import VERBS

        draft, part = self._draft, self.part
        may = bool(self._session.person.roles & VERBS["policy.correct"].roles)
        closed = "" if draft is not None and draft.waits and may else self._why_closed()
        kind = part.kind if part else PartKind.GROUP
        waives = kind is PartKind.FINDING and bool(self._session.person.roles & VERBS["policy.waive"].roles)
        for action, kinds in (
            (self.mend_action, MENDED),
            (self.split_action, {PartKind.SECTION, PartKind.STATEMENT, PartKind.CRITERION}),
            (self.join_action, {PartKind.SECTION, PartKind.STATEMENT, PartKind.CRITERION}),
            (self.drop_action, TAKEN_OUT | ({PartKind.FINDING} if part and part.waiver else set())),
            (self.item_action, {PartKind.STATEMENT, PartKind.CRITERION}),
        ):
            # findings are waived of confirmed readings too
            shut = "" if waives else closed
            self.bar.allow(action, not shut and kind in kinds, shut or self.tr("Not for the part that is chosen."))
        for action in (self.line_action, self.code_action):
            self.bar.allow(action, not closed, closed)
        back = bool(draft and (draft.mended if draft.waits else draft.discarded and may))
        self.bar.allow(self.back_action, back, closed or self.tr("Nothing was mended by hand."))
        beside = draft is not None and draft.beside
        self.bar.allow(self.discard_action, beside and not closed, closed or self.tr("No confirmed reading stands beside it."))
        self.bar.offer(self.discard_action, beside)
        self.bar.allow(self.unsure_action, draft is not None and self.model.next_unsure(-1) is not None, self.tr("Nothing is unsure."))
        self.bar.allow(self.close_action, draft is not None)
        self.bar.say(self._standing())

    def _why_closed(self) -> str:
        draft = self._draft
        if draft is not None and draft.shelved.policy.abstract:
            return self.tr("An abstract is not mended: import the payer's own document.")
        if draft is not None and not draft.waits:
            return self.tr("A confirmed reading is never changed: import the document again to begin a draft.")
        return self.tr("Your account may not do this.")

    def _standing(self) -> str:
        draft = self._draft
        if draft is None:
            return ""
        if not draft.waits:
            return self.tr("Abstract") if draft.shelved.policy.abstract else self.tr("Confirmed: never changed")
        words = self.tr("Draft beside a confirmed reading") if draft.beside else self.tr("Draft")
        if draft.why_not:  # first, so that a narrow window does not cut it: the tip of Confirm says all
            return self.tr("Needs a second person. {0}, loaded by {1}").format(words, draft.loaded_by)
        return self.tr("{0}, loaded by {1}").format(words, draft.loaded_by)

    # what is mended ----------------------------------------------------------------------------------------------------------

    def statement_line(self, part: Part) -> int:
        """The first line of the statement to whose tree a part belongs: the last one shown before it."""
        for place in range(self.parts.currentIndex().row(), -1, -1):
            about = self.model.part(place).about
            if isinstance(about, Statement):
                return about.first_line
        return part.line

    def open_form(self, form: InlineForm, ask: Callable[[], None]) -> None:
        """Open a form in the place of the bar, and of any other form."""
        for each in self.forms:
            if each is not form:
                each.hide()
        ask()
        self.make_room()

    def _keep_in_sight(self) -> None:
        """The chosen part at the right, and its line at the left."""
        if self._draft is not None:
            self.parts.scrollTo(self.parts.currentIndex())
            self.policy.go_to(self.line)

    def make_room(self, *, asked: bool = False) -> None:
        """A form, of the view or (`asked`) of the page, stands in the place of the bar, and of the lines too where the window is too low
        for both."""
        form, page = asked or any(not each.isHidden() for each in self.forms), self.parentWidget()
        self.bar.setVisible(not form)
        self.panes.setVisible(not form or page is None or page.height() >= look().px(ROOMY))
        if form:
            QTimer.singleShot(0, self, self._keep_in_sight)  # once the form has taken its room

    def _form_closed(self) -> None:
        self.make_room()
        self.parts.setFocus(Qt.FocusReason.OtherFocusReason)
