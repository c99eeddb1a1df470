"""The worklist: the cases as a quiet table, what is due soonest first, with quick filters and a search."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ur_desk.domain import zones
from ur_desk.domain.asked import FOR_PHYSICIAN
from ur_desk.domain.determination import OPEN, Workflow
from ur_desk.domain.events import CaseId
from ur_desk.domain.listing import CaseFilter, Order
from ur_desk.domain.people import Account, Role
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.caret import put_words
from ur_desk.ui.look import look
from ur_desk.ui.models.cases import CasesModel
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.worklist_queue import PhysiciansQueue
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.alerts import AlertBox
from ur_desk.ui.widgets.case_rows import CaseList, ColumnHead
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.handed_drafts import HandedDrafts
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

MINUTE = 60_000
"""Milliseconds after which what is left is told anew."""

TO_REVIEW = frozenset({Workflow.INTAKE, Workflow.REVIEW, Workflow.RETURNED, Workflow.PEER_TO_PEER, Workflow.REOPENED})

QUICK: Mapping[str, CaseFilter] = {
    "mine": CaseFilter(workflow=OPEN | {Workflow.DECIDED}),
    "review": CaseFilter(workflow=TO_REVIEW),
    "physician": CaseFilter(workflow=FOR_PHYSICIAN),
    "pended": CaseFilter(workflow=frozenset({Workflow.PENDED})),
    "notice": CaseFilter(to_notice=True),
    "all": CaseFilter(),
    "came": CaseFilter(news=True),
    "enter": CaseFilter(to_enter=True),
    "queue": CaseFilter(),
    "chase": CaseFilter(),
}
"""What each quick filter lists; `mine` is narrowed to the person, `chase` to what is to be asked again by today, and the physician's queue
is a list of its own."""
QUEUE = "queue"
USUAL_TABS = 7
"""Filters beside which the search has its full width at 1280 pixels."""
ROOMY = 1440
"""Pixels at 100 % from which the search has its full width beside all of them."""
NOW_AND_THEN = frozenset({"came", "enter", "chase"})
"""Filters that are not shown while they list nothing."""


class WorklistPage(Restyled, Page):
    """Lists cases and says which one the person wants to work on."""

    name = PageName.WORKLIST

    def __init__(self, session: Session, new_request: QAction, import_files: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import = import_files
        self._new = new_request
        self.cases = CasesModel(session, self)
        self.list = CaseList(self.tr("Cases"), self.cases)
        self.queue = PhysiciansQueue(session, self)
        self.empty = EmptyState(icon="tray")
        self.notice = Notice()
        self.alerts = AlertBox(session, self)
        self.handed = HandedDrafts(session, self)
        self.search = QLineEdit()
        self.order = QComboBox()
        self.filters = QButtonGroup(self)
        self._tabs: dict[str, QToolButton] = {}
        self._any = False
        self._total = -1
        """Cases on the list that is shown; -1 before it was read."""
        self._build()
        self._make_commands()
        self._connect()
        self._begin_for(session.person)

    # shape -----------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        bar = QFrame()
        bar.setProperty("ground", "surface")
        self._row = Flow(bar)
        for key, words in self._names().items():
            tab = self._tabs[key] = self._tab(words)
            self._row.addWidget(tab)
        self._row.push()
        self.search.setAccessibleName(self.tr("Find in the worklist by member, number or code"))
        self.search.setClearButtonEnabled(True)
        self.order.addItem(self.tr("Due first"), Order.DUE)
        self.order.addItem(self.tr("Newest first"), Order.NEWEST)
        self.order.setAccessibleName(self.tr("Order of the cases"))
        self.order.view().setAccessibleName(self.tr("Order of the cases"))
        for part in (self.search, self.order, CommandButton(self._new, "main")):
            self._row.addWidget(part)
        self._stack = Stack()
        table = QWidget()
        rows = QVBoxLayout(table)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(ColumnHead(self.list))
        rows.addWidget(self.list, 1)
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.queue)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (bar, self.alerts, self.handed, self.notice):
            column.addWidget(each)
        column.addWidget(self._stack, 1)
        self._face: QWidget = self.list
        self.setFocusProxy(self._face)
        PaneCycle(self, [bar, self.alerts, self.handed, self._stack])
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 12, 8, 16, 8, 4)
        self._fit_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another search."""
        super().resizeEvent(event)
        self._fit_search()

    def _fit_search(self) -> None:
        """Beside many filters the search gives way, so that all stands in one row."""
        many = sum(not tab.isHidden() for tab in self._tabs.values()) > USUAL_TABS and self.width() < look().px(ROOMY)
        self.search.setFixedWidth(look().px(104 if many else 220))
        self.search.setPlaceholderText(self.tr("Find") if many else self.tr("Member, number or code"))

    def _names(self) -> dict[str, str]:
        return {
            "mine": self.tr("Mine"),
            "review": self.tr("To review"),
            "physician": self.tr("With physician"),
            "pended": self.tr("Pended"),
            "notice": self.tr("To notice"),
            "all": self.tr("All"),
            "came": self.tr("Came in"),
            "enter": self.tr("To enter"),
            QUEUE: self.tr("Waits for me"),
            "chase": self.tr("To chase"),
        }

    def _tab(self, words: str) -> QToolButton:
        tab = QToolButton()
        tab.setProperty("kind", "tab")
        tab.setCheckable(True)
        tab.setText(words)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.filters.addButton(tab)
        return tab

    def _make_commands(self) -> None:
        self.open_action = page_command(
            self,
            Menu.CASE,
            self.tr("&Open the case"),
            ["Ctrl+O"],
            self.tr("Put the chosen case on the desk; Enter does the same"),
            self._open_chosen,
        )
        self.find_action = page_command(
            self, Menu.EDIT, self.tr("&Find in the worklist"), ["Ctrl+F"], self.tr("By member, number or code"), self.search.setFocus
        )
        names = self._names()
        for number, key in enumerate(self._tabs, start=1):
            tip = self.tr("List only these cases")
            page_command(self, Menu.CASE, self.tr("List: {0}").format(names[key]), [f"Alt+{number % 10}"], tip, partial(self.choose, key))

    def _connect(self) -> None:
        for key, tab in self._tabs.items():
            tab.clicked.connect(partial(self.choose, key))
        self.search.textChanged.connect(lambda _text: self._ask())
        self.search.returnPressed.connect(self.list.setFocus)
        self.order.currentIndexChanged.connect(lambda _place: self._ask())
        self.list.opened.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, case)))
        self.queue.opened.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, case)))
        self.queue.counted.connect(self._show_queue)
        self.queue.refused.connect(self._refused)
        self.alerts.wanted.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, CaseId(case))))
        self.list.moved.connect(lambda case: self.open_action.setEnabled(case is not None))
        self.cases.counted.connect(self._say_if_empty)
        self._new.changed.connect(self._offer_new)
        self.cases.refused.connect(self._refused)
        self.handed.refused.connect(self._refused)
        self._session.changed.connect(self._changed)
        self._session.person_changed.connect(self._begin_for)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._tick)
        self._minute.start()

    # what is listed --------------------------------------------------------------------------------------------------

    @property
    def chosen_filter(self) -> str:
        """The quick filter that is on."""
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def choose(self, key: str) -> None:
        """Turn a quick filter on."""
        if key == QUEUE and not self.queue.offered:
            return
        self._tabs[key].setChecked(True)
        self._tabs[key].show()
        self._ask()

    def _open_chosen(self) -> None:
        (self.queue if self.chosen_filter == QUEUE else self.list).open_chosen()

    def read_again(self) -> None:
        """Read the list once more, and what colleagues handed over; it stays where it is."""
        self.cases.read_again()
        self.handed.read_again()
        self.queue.read_again()
        self._count()

    def case_in_hand(self, last: CaseId | None) -> CaseId | None:
        """The case on which the list stands; never another one."""
        return self.queue.chosen() if self.chosen_filter == QUEUE else self.list.chosen()

    def left_as(self) -> Mapping[str, str]:
        """Which cases are listed, how, and on which the list stands."""
        told = {"filter": self.chosen_filter, "order": str(self.order.currentData()), "case": self.list.chosen() or ""}
        return {**super().left_as(), **told}

    def take_up(self, left: Mapping[str, str], then: Callable[[], object]) -> None:
        """List the same cases, and stand on the same one once they are read."""

        def listed(_total: int) -> None:
            then()
            place = self.cases.place_of(CaseId(left.get("case", "")))
            if place is not None:
                self.list.go_to(place)

        put_words(self, left)
        if left.get("filter") in self._tabs:
            self._tabs[left["filter"]].setChecked(True)
        self.order.setCurrentIndex(max(self.order.findData(left.get("order")), 0))
        self.cases.counted.connect(listed, Qt.ConnectionType.SingleShotConnection)
        self._ask()

    def arrive(self, ref: str) -> None:
        """Coming back finds the list as it is now."""
        self.read_again()

    def _begin_for(self, person: Account) -> None:
        """The filter with which a person's day begins."""
        if person.has(Role.PHYSICIAN):
            first = QUEUE
        elif person.has(Role.NURSE, Role.INTAKE):
            first = "review"
        else:
            first = "all"
        self._tabs[QUEUE].setVisible(self.queue.offered)
        self._tabs[first].setChecked(True)
        self.queue.read_again()
        self._ask()
        self._count()

    def _ask(self) -> None:
        self.notice.hide()
        for part in (self.search, self.order):
            part.setEnabled(self.chosen_filter != QUEUE)
            show_if(part, part.isEnabled())
        if self.chosen_filter == QUEUE:
            self._stack.setCurrentWidget(self.queue)
            self._stand()
        self.cases.ask(self._narrowed(self.chosen_filter, self.search.text()))

    def _narrowed(self, key: str, text: str = "") -> CaseFilter:
        mine = self._session.person.id if key == "mine" else None
        today = self._session.now().astimezone(zones.zone(self._session.zone)).date()
        chase = today if key == "chase" else None
        return replace(QUICK[key], text=text, reviewer=mine, to_chase=chase, order=Order(self.order.currentData()))

    def _count(self) -> None:
        """Say beside each filter how many cases it lists."""
        asked = {key: self._narrowed(key) for key in self._tabs if key != QUEUE}
        self._session.read(partial(_totals, asked=asked), self, self._show_totals, lambda _error: None)

    def _show_totals(self, totals: Mapping[str, int]) -> None:
        self._any = bool(totals["all"])
        self._say_if_empty(self.cases.total)
        for key, count in totals.items():
            self._show_count(key, count)

    def _show_count(self, key: str, count: int) -> None:
        name = self._names()[key]
        self._tabs[key].setText(f"{name}  {count}")
        self._tabs[key].setAccessibleName(self.tr("{0}: {1} cases").format(name, count))
        if key in NOW_AND_THEN:  # a row of tabs has room for what there is to do; its key leads there all the same
            self._tabs[key].setVisible(count > 0 or self._tabs[key].isChecked())
            self._fit_search()

    def _show_queue(self, count: int) -> None:
        self._show_count(QUEUE, count)
        if self.chosen_filter == QUEUE:
            self._stand()

    def _stand(self) -> None:
        """The focus is for what is listed, or for what is said where nothing is; it moves there where it stood in what is gone."""
        queue = self.chosen_filter == QUEUE
        shown, empty = (self.queue.list, self.queue.empty) if queue else (self.list, self.empty)
        before, self._face = self._face, shown if shown.model().rowCount() else empty
        self.setFocusProxy(self._face)
        focus = self.window().focusWidget()
        if self._face is not before and (focus is before or focus is None or (self.isAncestorOf(focus) and not focus.isVisible())):
            self._face.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        if self.isVisible():
            self.cases.tick(self._session.now())

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if changes & {Changed.CASES, Changed.ACCOUNTS}:
            self.read_again()

    def _say_if_empty(self, total: int) -> None:
        self._total = total
        if self.chosen_filter == QUEUE:
            return
        self._stack.setCurrentIndex(0 if total else 1)
        self._stand()
        if total:
            return
        if self.search.text().strip():
            self.empty.say(
                self.tr("No case matches"),
                self.tr("Nothing on this list holds these words. All finds cases in any state; Audit finds by days and outcome."),
            )
        elif not self._any:
            self.empty.say(
                self.tr("No cases yet"),
                self.tr("Key a request that came by telephone, fax or mail, or drop request files on this window."),
                self._new if self._new.isEnabled() else None,
            )
        else:
            self.empty.say(
                self.tr("Nothing here now"),
                self.tr("No case is in this state. All lists every case; new requests begin with Ctrl+N or a dropped file."),
            )

    def _offer_new(self) -> None:
        """The command is open now, or shut: an empty list begins with it, or does not."""
        if self._total == 0 and not self._any and self._new.isEnabled() is not self.empty.begins:
            self._say_if_empty(0)

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)


def _totals(desk: "Desk", asked: Mapping[str, CaseFilter]) -> dict[str, int]:
    return {key: desk.supervision.cases(each, size=1).total for key, each in asked.items()}
