"""Administration: the accounts, what the plan says of itself in its letters and answers for in them, how the vault stands, backups, lock, retention."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from ur_desk.domain.people import Role
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.pages.administration.accounts import AccountsView
from ur_desk.ui.pages.administration.backups import BackupsView
from ur_desk.ui.pages.administration.clocks import ClocksView
from ur_desk.ui.pages.administration.letters import LettersView
from ur_desk.ui.pages.administration.lock import LockView
from ur_desk.ui.pages.administration.profiles import ProfilesView
from ur_desk.ui.pages.administration.retention import RetentionView
from ur_desk.ui.pages.administration.signing import SigningView
from ur_desk.ui.pages.administration.vault import VaultView
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.parts import added_tab
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.stack import Stack

VIEWS = ("accounts", "profiles", "letters", "vault", "backups", "lock", "retention", "clocks", "signing")
_BOTH = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
OPEN_TO = {"accounts": frozenset(Role), "letters": _BOTH, "retention": _BOTH, "clocks": frozenset(Role), "signing": frozenset(Role)}
"""The views that are not the administrator's alone."""
View = AccountsView | ProfilesView | LettersView | VaultView | BackupsView | LockView | RetentionView | ClocksView | SigningView


class AdministrationPage(Restyled, Page):
    """Nine views, each behind its tab; a supervisor comes here too, confirms licences, and has a say in retention."""

    name = PageName.ADMINISTRATION
    recovery_wanted = Signal(bool)
    """A recovery key is to be made; whether there is one already."""
    disk_wanted = Signal()
    """The question of the system disk is to be asked."""
    restore_wanted = Signal()
    """A backup is to be put in the place of the workspace."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.accounts, self.profiles, self.vault = AccountsView(session), ProfilesView(session), VaultView(session)
        self.letters = LettersView(session)
        self.backups, self.lock, self.retention = BackupsView(session), LockView(session), RetentionView(session)
        self.clocks, self.signing = ClocksView(session), SigningView(session)
        self.stack = Stack()
        every: tuple[View, ...] = (
            self.accounts, self.profiles, self.letters, self.vault, self.backups, self.lock, self.retention, self.clocks, self.signing,
        )  # fmt: skip
        self._views = dict(zip(VIEWS, every, strict=True))
        self.vault.recovery_wanted.connect(self.recovery_wanted)
        self.vault.disk_wanted.connect(self.disk_wanted)
        self.backups.restore_wanted.connect(self.restore_wanted)
        self.clocks.wanted.connect(self.wanted)
        for shown in self._views.values():
            self.stack.addWidget(shown)
            shown.said.connect(self.said)
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setProperty("edge", "bottom")
        self._row = Flow(bar)
        self._group = QButtonGroup(self)
        names = (
            self.tr("Accounts"),
            self.tr("Plan profiles"),
            self.tr("Letters"),
            self.tr("Vault"),
            self.tr("Backups"),
            self.tr("Lock"),
            self.tr("Retention"),
            self.tr("Clock rules"),
            self.tr("Signing rules"),
        )
        self._tabs = {view: added_tab(words, self._group, self._row) for view, words in zip(VIEWS, names, strict=True)}
        for view in VIEWS:
            show_if(self._tabs[view], self._opens(view))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)
        for view, tab in self._tabs.items():
            tab.clicked.connect(partial(self._turn, view))
        self._make_commands()
        panes = [
            bar,
            *self.accounts.panes.both,
            *self.profiles.panes.both,
            *self.letters.panes.both,
            self.vault,
            self.backups.pane,
            self.lock,
            self.retention,
            self.clocks.pane,
            self.signing.pane,
        ]
        PaneCycle(self, panes, self._reveal)
        session.changed.connect(self._changed)
        self.restyle()
        self.show_view("accounts")

    def _make_commands(self) -> None:
        names = (
            self.tr("Acco&unts"),
            self.tr("&Plan profiles"),
            self.tr("L&etters"),
            self.tr("&Vault"),
            self.tr("&Backups"),
            self.tr("&Lock"),
            self.tr("&Retention"),
            self.tr("&Clock rules"),
            self.tr("&Signing rules"),
        )
        for number, (view, words) in enumerate(zip(VIEWS, names, strict=True), start=1):
            if self._opens(view):
                page_command(
                    self, Menu.VIEW, words, [f"Alt+{number}"], self.tr("Turn to this part of the administration"), partial(self._turn, view)
                )

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 12, 5, 12, 5, 4)

    def arrive(self, ref: str) -> None:
        """Show one of the views, or the one that was shown."""
        if ref in VIEWS and self._tabs[ref].isVisibleTo(self):
            self.show_view(ref)
        self.read_again()

    def _opens(self, view: str) -> bool:
        return self._session.person.has(*OPEN_TO.get(view, (Role.ADMINISTRATOR,)))

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
        return any(view.panes.reveal(pane) for view in (self.accounts, self.profiles, self.letters))

    def _turn(self, view: str) -> None:
        self.show_view(view)
        self.settled.emit(Place(PageName.ADMINISTRATION, view))
        self._views[view].setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.ACCOUNTS in changes:
            self.accounts.read_again()
            self.backups.read_again()
            self.vault.read_again()
        if Changed.CASES in changes:
            self.retention.read_again()
        if changes & {Changed.RULES, Changed.CASES}:
            self.clocks.read_again()
            self.signing.read_again()
        if Changed.PROFILES in changes:
            self.profiles.read_again()
            self.letters.read_again()
