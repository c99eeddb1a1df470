"""Administration: the accounts, what the plan says of itself in its letters, the backups, and the lock."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.pages.administration_accounts import AccountsView
from ur_desk.ui.pages.administration_backups import BackupsView
from ur_desk.ui.pages.administration_lock import LockView
from ur_desk.ui.pages.administration_profiles import ProfilesView
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.stack import Stack

VIEWS = ("accounts", "profiles", "backups", "lock")


class AdministrationPage(Restyled, Page):
    """Four views, each behind its tab; only an administrator comes here."""

    name = PageName.ADMINISTRATION

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.accounts, self.profiles, self.backups = AccountsView(session), ProfilesView(session), BackupsView(session)
        self.lock = LockView(session)
        self.stack = Stack()
        self._views: dict[str, AccountsView | ProfilesView | BackupsView | LockView] = {
            "accounts": self.accounts,
            "profiles": self.profiles,
            "backups": self.backups,
            "lock": self.lock,
        }
        for shown in self._views.values():
            self.stack.addWidget(shown)
            shown.said.connect(self.said)
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("edge", "bottom")
        self._row = QHBoxLayout(bar)
        self._group = QButtonGroup(self)
        self._tabs = {
            view: self._tab(words)
            for view, words in zip(VIEWS, (self.tr("Accounts"), self.tr("Plan profiles"), self.tr("Backups"), self.tr("Lock")), strict=True)
        }
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)
        for view, tab in self._tabs.items():
            tab.clicked.connect(partial(self._turn, view))
        self._make_commands()
        PaneCycle(self, [bar, *self.accounts.panes.both, *self.profiles.panes.both, self.backups.pane, self.lock], self._reveal)
        session.changed.connect(self._changed)
        self.restyle()
        self.show_view("accounts")

    def _tab(self, words: str) -> QToolButton:
        tab = QToolButton()
        tab.setProperty("kind", "tab")
        tab.setCheckable(True)
        tab.setText(words)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.addButton(tab)
        self._row.addWidget(tab)
        return tab

    def _make_commands(self) -> None:
        for number, (view, words) in enumerate(
            zip(VIEWS, (self.tr("Acco&unts"), self.tr("&Plan profiles"), self.tr("&Backups"), self.tr("&Lock")), strict=True), start=1
        ):
            page_command(
                self, Menu.VIEW, words, [f"Alt+{number}"], self.tr("Turn to this part of the administration"), partial(self._turn, view)
            )

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 12, 5, 12, 5, 4)

    def arrive(self, ref: str) -> None:
        """Show one of the views, or the one that was shown."""
        if ref in VIEWS:
            self.show_view(ref)
        self.read_again()

    def read_again(self) -> None:
        """Read everything once more."""
        for view in self._views.values():
            view.read_again()

    def show_view(self, view: str) -> None:
        """Turn to one of the views."""
        self._tabs[view].setChecked(True)
        self.stack.setCurrentIndex(VIEWS.index(view))
        self.setFocusProxy(self._views[view])

    def _reveal(self, pane: QWidget) -> bool:
        return any(view.panes.reveal(pane) for view in (self.accounts, self.profiles))

    def _turn(self, view: str) -> None:
        self.show_view(view)
        self.settled.emit(Place(PageName.ADMINISTRATION, view))
        self._views[view].setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.ACCOUNTS in changes:
            self.accounts.read_again()
            self.backups.read_again()
        if Changed.PROFILES in changes:
            self.profiles.read_again()
