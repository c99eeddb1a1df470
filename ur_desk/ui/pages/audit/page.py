"""The audit: saved cases found again and read as they were decided, and the check of the trail."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.audit import Verification
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import Account
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.models.cases import CasesModel
from ur_desk.ui.pages.audit.case import VIEWS, AuditCase
from ur_desk.ui.pages.audit.filter import AuditFilter
from ur_desk.ui.pages.audit.receipts import ReceiptsReport
from ur_desk.ui.pages.audit.trail import TrailBox
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.alerts import AlertBox
from ur_desk.ui.widgets.case_rows import SAVED, CaseList, ColumnHead
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.gone_back import GoneBackBox
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.stack import Stack


class AuditPage(Page):
    """Finds cases, shows one read only, and checks the trail; it changes no case."""

    name = PageName.AUDIT

    trail_checked = Signal(str, str, str)
    """How the trail stands: in words, in which ink, and in more words."""

    def __init__(self, session: Session, verify: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.cases = CasesModel(session, self)
        self.list = CaseList(self.tr("Saved cases"), self.cases, SAVED)
        self.search = AuditFilter()
        self.trail = TrailBox(session, verify)
        self.notice = Notice()
        self.alerts = AlertBox(session, self)
        self.gone_back = GoneBackBox(session, self)
        self.empty = EmptyState(icon="search")
        self.case = AuditCase(session)
        self.receipts = ReceiptsReport(session)
        self._build()
        self._make_commands()
        self._connect()
        self.read_again()

    def _build(self) -> None:
        self._rows = Stack()
        table = QWidget()
        rows = QVBoxLayout(table)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(ColumnHead(self.list))
        rows.addWidget(self.list, 1)
        self._rows.addWidget(table)
        self._rows.addWidget(self.empty)
        find = QWidget()
        column = QVBoxLayout(find)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.gone_back, self.alerts, self.trail, self.search, self.notice):
            column.addWidget(part)
        column.addWidget(self._rows, 1)
        self.stack = Stack()
        self.stack.addWidget(find)
        self.stack.addWidget(self.case)
        self.stack.addWidget(self.receipts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.setFocusProxy(self.list)
        PaneCycle(
            self,
            [self.gone_back, self.alerts, self.trail, self.search, self._rows, self.receipts, *self.case.panes],
            self.case.columns.reveal,
        )

    def _make_commands(self) -> None:
        names = {"decided": self.tr("As &decided"), "timeline": self.tr("&Timeline"), "letters": self.tr("&Letters of the case")}
        tips = {
            "decided": self.tr("Request, policy lines and findings as they were kept"),
            "timeline": self.tr("Every step: when, who, what"),
            "letters": self.tr("The letters as they left"),
        }
        keys = dict(zip(VIEWS, ("Alt+1", "Alt+2", "Alt+3"), strict=True))
        self.view_actions = {
            view: page_command(self, Menu.AUDIT, names[view], [keys[view]], tips[view], partial(self.case.show_view, view))
            for view in VIEWS
        }
        self.back_action = page_command(
            self, Menu.AUDIT, self.tr("&Back to the saved cases"), ["Ctrl+W"], self.tr("Leave the case that is shown"), self._to_list
        )
        self.find_action = page_command(
            self,
            Menu.AUDIT,
            self.tr("&Find a saved case"),
            ["Ctrl+Shift+F"],
            self.tr("By member, number, code, reviewer, outcome or days"),
            self._to_search,
        )
        self.receipts_action = page_command(
            self,
            Menu.AUDIT,
            self.tr("Corrections of &receipts"),
            [],
            self.tr("Every correction of a receipt, month by month"),
            self.show_receipts,
        )
        for action in (self.trail.csv_action, self.trail.json_action):
            action.setProperty("menu", Menu.AUDIT.value)
            self.addAction(action)
        self._follow()

    def _connect(self) -> None:
        self.search.changed.connect(lambda: self.cases.ask(self.search.filter()))
        self.search.words.returnPressed.connect(self.list.setFocus)
        self.search.code.returnPressed.connect(self.list.setFocus)
        self.list.opened.connect(self._open)
        self.cases.counted.connect(self._say_if_empty)
        self.cases.refused.connect(self.notice.show_error)
        self.case.left.connect(self._to_list)
        self.receipts.left.connect(self._to_list)
        self.receipts.opened.connect(lambda case: self._open(CaseId(case)))
        self.alerts.wanted.connect(lambda case: self._open(CaseId(case)))
        self.case.said.connect(self.said)
        self.trail.said.connect(self.said)
        self.trail.checked.connect(self._trail_checked)
        self._session.changed.connect(self._changed)
        self._session.person_changed.connect(lambda _person: self._another_person())

    def arrive(self, ref: str) -> None:
        """Show a case read only, or (empty) the saved cases."""
        if ref:
            self._show_case(CaseId(ref))
        else:
            self._show_list()
            self.read_again()

    def case_in_hand(self, last: CaseId | None) -> CaseId | None:
        """The case that is shown, else the one on which the list stands; never another one."""
        return self.case.case if self.stack.currentWidget() is self.case else self.list.chosen()

    def read_again(self) -> None:
        """Read the list, or the case shown, once more."""
        if self.stack.currentWidget() is self.case:
            self.case.read_again()
        elif self.stack.currentWidget() is self.receipts:
            self.receipts.read_again()
        else:
            self.cases.ask(self.search.filter()) if not self.cases.rowCount() else self.cases.read_again()
        self._session.read(lambda desk: desk.accounts.all(), self, self._offer_reviewers, lambda _error: None)

    def verify_trail(self) -> None:
        """Check the trail and show what was found above the list."""
        self._to_list()
        self.trail.verify()

    def _open(self, case: CaseId) -> None:
        self._show_case(case)
        self.settled.emit(Place(PageName.AUDIT, case))
        self.case.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_case(self, case: CaseId) -> None:
        self.stack.setCurrentWidget(self.case)
        self.case.open_case(case)
        self.setFocusProxy(self.case)
        self._follow()

    def _to_list(self) -> None:
        if self.stack.currentIndex():
            self._show_list()
            self.settled.emit(Place(PageName.AUDIT))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_receipts(self) -> None:
        """Show the corrections of receipts, month by month."""
        self.stack.setCurrentWidget(self.receipts)
        self.receipts.begin()
        self.setFocusProxy(self.receipts)
        self._follow()
        self.receipts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        self.receipts.forget()
        self.stack.setCurrentIndex(0)
        self.setFocusProxy(self.list)
        self._follow()

    def _to_search(self) -> None:
        self._to_list()
        self.search.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.words.selectAll()

    def _follow(self) -> None:
        """Views are there while a case is shown."""
        shown = self.stack.currentWidget() is self.case
        for action in self.view_actions.values():
            action.setEnabled(shown)
        self.back_action.setEnabled(bool(self.stack.currentIndex()))
        self.receipts_action.setEnabled(may_read(self._session.person, Read.ALERTS))

    def _say_if_empty(self, total: int) -> None:
        self._rows.setCurrentIndex(0 if total else 1)
        if self.search.is_empty:
            self.empty.say(self.tr("No case is saved yet"), self.tr("Every request that becomes a case can be found here from then on."))
        else:
            self.empty.say(
                self.tr("No saved case matches"), self.tr("Widen the search: fewer fields, or other days. Clear empties every field.")
            )

    def _offer_reviewers(self, accounts: tuple[Account, ...]) -> None:
        self.search.offer_reviewers(accounts)

    def _trail_checked(self, found: Verification, when: str) -> None:
        tip = self.trail.words.words
        if found.holds:
            self.trail_checked.emit(self.tr("Trail holds · {0}").format(when), "good", tip)
        else:
            self.trail_checked.emit(self.tr("Trail broken · {0}").format(when), "bad", tip)

    def _another_person(self) -> None:
        """Another person begins with the list, and finds nothing of what was read."""
        if self.stack.currentWidget() is self.receipts:
            self._show_list()
        self._follow()

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if changes & {Changed.CASES, Changed.ACCOUNTS}:
            self.read_again()
