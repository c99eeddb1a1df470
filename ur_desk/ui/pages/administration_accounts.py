"""The accounts of the workspace: who may do what, with which licence behind the signature; and how they are retired."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ur_desk.domain.codes import npi_problem
from ur_desk.domain.people import Account, Credential, Role
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.accounts import AccountsModel, role_word, role_words
from ur_desk.ui.phrases import day
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import CheckEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.state_entry import StateEntry
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.accounts import Added
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done


class AccountDelegate(RowDelegate):
    """A person in two lines; a retired account says so."""

    def compose(self, row: Account, sheet: Sheet) -> None:
        """Set an account."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        taken = sheet.chip(self.tr("retired"), Tone.QUIET, right, px(7)) + px(8) if row.retired else 0
        sheet.line(row.signature, (left, px(6)), right - left - taken, Type.MEDIUM, "soft" if row.retired else "text")
        sheet.line(f"{row.name} · {role_words(row.roles)}", (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left


class RoleBoxes(Restyled, QWidget):
    """A box for each role, two a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {role: CheckEntry(role_word(role)) for role in Role}
        self._grid = QGridLayout(self)
        for place, box in enumerate(self.boxes.values()):
            box.setAccessibleName(box.text())
            self._grid.addWidget(box, place // 2, place % 2)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0, 4)

    def roles(self) -> frozenset[Role]:
        """What is ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def tick(self, roles: Iterable[Role]) -> None:
        """Tick exactly these."""
        held = set(roles)
        for role, box in self.boxes.items():
            box.setChecked(role in held)


class NpiEntry(LineEntry):
    """A national provider identifier, or nothing."""

    def problem(self) -> str:
        """Says what is wrong with its digits."""
        wrong = {
            "shape": self.tr("An NPI has ten digits."),
            "check-digit": self.tr("One of its digits is wrong: the check digit does not fit."),
        }
        return wrong[npi_problem(self.typed()) or ""] if self.typed() and npi_problem(self.typed()) else ""


class AccountForm(InlineForm):
    """One account: what it may do, and the licence behind its signature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", closes=False, parent=parent)
        tr = self.tr
        self.add("name", tr("Signs in as"), LineEntry(tr("short name")), required=tr("An account needs a name to sign in with."))
        self.add("display", tr("Full name"), LineEntry(), tr("As letters and the trail say it"))
        self.roles = RoleBoxes()
        self.add_widget(self.roles)
        self.add("kind", tr("Credential"), LineEntry(tr("RN, MD, DC …")))
        self.add("licence", tr("Licence number"), LineEntry(), tr("Without one nobody signs an adverse decision"))
        self.add("state", tr("Licence state"), StateEntry())
        self.add("expires", tr("Expires"), DayEntry())
        self.add("specialty", tr("Specialty"), LineEntry())
        self.add("npi", tr("NPI"), NpiEntry())
        self.finish()
        self.show_account(None)

    def show_account(self, account: Account | None) -> None:
        """Show an account to change, or an empty form for a new one."""
        tr = self.tr
        self.title.setText(account.signature if account else tr("New account"))
        self.commit_button.setText(tr("Save changes") if account else tr("Add account"))
        self.say(tr("A physician reviewer prepares no case and hands out no roles: these must be two people."))
        credential = (account.credential if account else None) or Credential("")
        expires = day(credential.expires) if credential.expires else ""
        values = {"kind": credential.kind, "licence": credential.licence, "state": credential.state, "expires": expires}
        self.fill(values | {"specialty": credential.specialty, "npi": credential.npi, "name": account.name if account else ""})
        self.entry("display").retype(account.display if account else "")
        self.roles.tick(account.roles if account else ())
        for key in ("name", "display"):
            self.entry(key).setEnabled(account is None)
        retired = account is not None and account.retired
        self.commit_button.setEnabled(not retired)
        self.roles.setEnabled(not retired)

    def credential(self) -> Credential | None:
        """The licence as typed; None where nothing was."""
        kind, licence, specialty, npi = (self.text(key) for key in ("kind", "licence", "specialty", "npi"))
        state, expires = self.entry("state"), self.entry("expires")
        assert isinstance(state, StateEntry)
        assert isinstance(expires, DayEntry)
        typed = Credential(kind, licence, state.state(), expires.day(), specialty, npi)
        return None if typed == Credential("") else typed


class AccountsView(QWidget):
    """The list of accounts, and beside it the one that is looked at."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._account: Account | None = None
        self._wanted = ""
        self.model = AccountsModel(self)
        self.list = RowList(self.tr("Accounts"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(AccountDelegate(self.list))
        self.list.setModel(self.model)
        self.form = AccountForm()
        self.retire_form = InlineForm(self.tr("Retire this account"), self.tr("Retire"))
        self.retire_form.say(self.tr("It can never sign in again; what it did stays under its name. There is no way back."))
        self.retire_form.hide()
        self.new_action = QAction(self.tr("New account…"), self)
        self.new_action.setToolTip(self.tr("Let somebody else into the workspace"))
        self.retire_action = QAction(self.tr("Retire…"), self)
        self.retire_action.setToolTip(self.tr("Close the account that is shown, for good"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Pane(self.tr("Accounts"))
        left.head.addStretch()
        self.bar = CommandBar(self.tr("What can be done with accounts"))
        self.bar.add(self.new_action)
        self.bar.add(self.retire_action, "quiet")
        self.bar.finish()
        left.set_body(self.list)
        column = left.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.bar)
        self._right = Stack()
        self._right.addWidget(self.form)
        self._right.addWidget(self.retire_form)
        self.panes = TwoPanes(left, self._right, (self.tr("Accounts"), self.tr("The account")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda index, _was: self._show_row(index))
        self.list.activated.connect(lambda _index: self._to_form())
        self.new_action.triggered.connect(self.begin_new)
        self.retire_action.triggered.connect(self._ask_to_retire)
        self.form.committed.connect(self._save)
        self.retire_form.committed.connect(self._retire)
        self.retire_form.closed.connect(lambda: self._right.setCurrentWidget(self.form))

    def read_again(self) -> None:
        """Read the accounts once more; the one looked at stays."""
        self._session.read(lambda desk: desk.accounts.all(), self, self._fill, self.form.refuse)

    def begin_new(self) -> None:
        """An empty form for a new account."""
        self._account = None
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self._right.setCurrentWidget(self.form)
        self.form.show_account(None)
        self.panes.show_pane(1)
        self.form.begin()
        self.bar.allow(self.retire_action, False)

    def _to_form(self) -> None:
        self.panes.show_pane(1)
        self.form.roles.boxes[Role.INTAKE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, accounts: tuple[Account, ...]) -> None:
        wanted, self._wanted = self._wanted or (self._account.name if self._account else ""), ""
        self.model.show_accounts(accounts)
        place = self.model.place_of(wanted)
        if place is None and accounts and not self.form.text("name"):
            place = 0
        if place is not None:
            self.list.go_to(place)

    def _show_row(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self._account = self.model.row(index.row())
        self._right.setCurrentWidget(self.form)
        self.form.show_account(self._account)
        own = self._account.id == self._session.person.id
        why_not = self.tr("You cannot retire your own account.") if own else self.tr("It is retired already.")
        self.bar.allow(self.retire_action, not own and not self._account.retired, why_not)

    # what is recorded ------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        account, roles, credential = self._account, self.form.roles.roles(), self.form.credential()
        if account is None:
            self._add(roles, credential)
        elif roles != account.roles:
            name = account.name
            then = partial(self._save_credential, account, credential)
            self._session.write(lambda desk: desk.accounts.set_roles(name, roles), self, lambda _done: then(), self.form.refuse)
        else:
            self._save_credential(account, credential)

    def _add(self, roles: frozenset[Role], credential: Credential | None) -> None:
        name, display = self.form.text("name"), self.form.text("display")
        self._wanted = name
        told = self.tr("Account {0} added").format(name)
        call = partial(_add, name=name, display=display, roles=roles, credential=credential)
        self._session.write(call, self, lambda _done: self.said.emit(told), self._refused)

    def _refused(self, error: UserError) -> None:
        self._wanted = ""
        self.form.refuse(error)

    def _save_credential(self, account: Account, credential: Credential | None) -> None:
        """Enter the licence where it is another one; who entered it and who confirmed it are not typed here."""
        told = self.tr("Saved: {0}").format(account.display)
        if credential is None or credential == _as_typed(account.credential):
            self.said.emit(told)
            return
        name = account.name
        self._session.write(
            lambda desk: desk.accounts.enter_credential(name, credential), self, lambda _done: self.said.emit(told), self.form.refuse
        )

    def _ask_to_retire(self) -> None:
        if self._account is not None:
            self.retire_form.title.setText(self.tr("Retire {0}").format(self._account.display))
            self._right.setCurrentWidget(self.retire_form)
            self.panes.show_pane(1)
            self.retire_form.begin()

    def _retire(self) -> None:
        account = self._account
        if account is None:
            return
        name, told = account.name, self.tr("Retired: {0}").format(account.display)

        def done(_done: object) -> None:
            self._right.setCurrentWidget(self.form)
            self.said.emit(told)

        self._session.write(lambda desk: desk.accounts.retire(name), self, done, self.retire_form.refuse)


def _add(desk: "Desk", name: str, display: str, roles: frozenset[Role], credential: Credential | None) -> "Done[Added]":
    return desk.accounts.add(name, display, roles, credential)


def _as_typed(credential: Credential | None) -> Credential | None:
    """A licence without who entered and who confirmed it."""
    if credential is None:
        return None
    c = credential
    return Credential(c.kind, c.licence, c.state, c.expires, c.specialty, c.npi)
