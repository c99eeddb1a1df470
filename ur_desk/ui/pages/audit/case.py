"""A saved case, read only: as it was decided, step by step, and its letters."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ur_desk.domain.events import CaseId
from ur_desk.errors import Forbidden, UserError
from ur_desk.ui.models.came_rows import came_rows
from ur_desk.ui.models.timeline import TimelineModel
from ur_desk.ui.pages.audit.letters import AuditLetters
from ur_desk.ui.pages.review.layout import Columns
from ur_desk.ui.pages.review.words import line_marks, notes, shown_policies, strip_content
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.findings_pane import FindingsPane
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import CheckEntry
from ur_desk.ui.widgets.parts import added_tab
from ur_desk.ui.widgets.policy_pane import PolicyPane
from ur_desk.ui.widgets.request_pane import RequestPane
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.strip import Strip, StripContent
from ur_desk.ui.widgets.timeline_rows import TimelineDelegate

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.review import OnDesk
    from ur_desk.desk.supervision import Told

VIEWS = ("decided", "timeline", "letters")


@dataclass(frozen=True, slots=True)
class _Read:
    """A case with its steps, in one reading."""

    shown: "OnDesk"
    steps: "tuple[Told, ...]"


class AuditCase(Restyled, QWidget):
    """Shows what was kept of a case; nothing on it can be changed here."""

    left = Signal()
    """Back to the list."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: CaseId | None = None
        self._asked = 0
        self._shown: _Read | None = None
        self.notice = Notice()
        self.strip = Strip()
        self.request, self.policy, self.findings = RequestPane(), PolicyPane(), FindingsPane()
        self.steps = TimelineModel(self)
        self.timeline = RowList(self.tr("Timeline"))
        self.timeline.setItemDelegate(TimelineDelegate(self.timeline))
        self.timeline.setModel(self.steps)
        self.letters = AuditLetters(session)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        names = (self.tr("Request"), self.tr("Policy"), self.tr("Findings"))
        self.columns = Columns((self.request, self.policy, self.findings), names)
        steps = Pane(self.tr("Timeline"))
        steps.head.addStretch()
        self.who_looked = CheckEntry(self.tr("Who looked"))
        self.who_looked.setAccessibleName(self.tr("Show who looked at the case among its steps"))
        self.who_looked.setToolTip(self.tr("Everybody who opened this case, read its timeline or looked at a letter before it left"))
        steps.head.addWidget(self.who_looked)
        steps.set_body(self.timeline)
        self.stack = Stack()
        for view in (self.columns, steps, self.letters):
            self.stack.addWidget(view)
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("edge", "bottom")
        self._row = QHBoxLayout(bar)
        self.back_button = QToolButton()
        self.back_button.setText(self.tr("‹ Saved cases"))
        self.back_button.setAccessibleName(self.tr("Back to the saved cases"))
        self.back_button.setProperty("kind", "quiet")
        self.back_button.setToolTip(self.tr("Back to the list (Ctrl+W)"))
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row.addWidget(self.back_button)
        self._group = QButtonGroup(self)
        self._tabs = [
            added_tab(words, self._group, self._row) for words in (self.tr("As decided"), self.tr("Timeline"), self.tr("Letters"))
        ]
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (bar, self.strip, self.notice):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        self.bar = bar
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 12, 5, 12, 5, 4)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.left)
        mask().changed.connect(self._name_again)
        self.who_looked.toggled.connect(self.steps.show_looks)
        for place, tab in enumerate(self._tabs):
            tab.clicked.connect(partial(self.show_view, VIEWS[place]))
        self.findings.line_wanted.connect(self._to_line)
        self.letters.line_wanted.connect(self._to_line)
        self.letters.said.connect(self.said)
        self.findings.service_line_chosen.connect(self.policy.show_service_line)
        self.request.service_line_chosen.connect(self._to_service_line)

    @property
    def panes(self) -> list[QWidget]:
        """What F6 goes round."""
        return [self.bar, self.request, self.policy, self.findings, self.timeline, self.letters]

    @property
    def case(self) -> CaseId | None:
        """The case that is shown."""
        return self._case

    def show_view(self, view: str) -> None:
        """Turn to one of the views."""
        place = VIEWS.index(view)
        self._tabs[place].setChecked(True)
        self.stack.setCurrentIndex(place)
        self.setFocusProxy((self.request, self.timeline, self.letters)[place])

    def open_case(self, case: CaseId) -> None:
        """Read a case and show it as decided."""
        if case != self._case:
            self.show_view("decided")
        self._case = case
        self._asked += 1
        self.notice.hide()
        self._session.read(partial(_read, case=case), self, partial(self._show, self._asked), self._refused)

    def read_again(self) -> None:
        """Read the case shown once more."""
        if self._case is not None:
            self.open_case(self._case)

    def _show(self, asked: int, read: _Read) -> None:
        if asked == self._asked:
            self._shown = read
            self.letters.show_case(read.shown.case, read.shown.people)
            self._name_again()

    def _name_again(self) -> None:
        """Show what was read, by names or without: to put on the mask is no look at the case."""
        if self._shown is None:
            return
        shown = self._shown.shown
        self.strip.show_content(strip_content(shown, self._session.now(), self._session.zone))
        self.request.show_request(
            shown.case.current_request, shown.words, line_marks(shown.case), came_rows(shown.case, self._session.zone)
        )
        self.policy.show_policies(shown_policies(shown))
        self.findings.show_report(shown.report, shown.case.current_request, notes(shown, self._session.person))
        place = self.timeline.currentIndex().row()
        self.steps.show_steps(self._shown.steps, self._session.zone, shown.people, shown.case.current_request.member)
        if place >= 0:
            self.timeline.go_to(place)

    def _refused(self, error: UserError) -> None:
        if isinstance(error, Forbidden):
            self._show_nothing()
        self.notice.show_error(error)

    def _show_nothing(self) -> None:
        """Nothing of the case before stays below what was refused."""
        self._shown = None
        self.strip.show_content(StripContent())
        for pane in (self.request, self.policy, self.findings):
            pane.forget()
        self.steps.show_steps((), self._session.zone)
        self.letters.forget()

    def _to_line(self, text: str, line: int) -> None:
        self.show_view("decided")
        self.columns.reveal(self.policy)
        self.policy.go_to(line, text)

    def _to_service_line(self, line: int) -> None:
        self.findings.show_service_line(line)
        self.policy.show_service_line(line)


def _read(desk: "Desk", case: CaseId) -> _Read:
    return _Read(desk.review.on_desk(case), desk.supervision.timeline(case, looks=True))
