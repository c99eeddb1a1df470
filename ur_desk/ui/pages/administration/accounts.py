"""The accounts of the workspace: who may do what, with which licence behind the signature; and how they are retired."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.verbs import VERBS
from ur_desk.domain import zones
from ur_desk.domain.people import Account, AccountId, Credential, Role
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.accounts import AccountsModel, role_words
from ur_desk.ui.pages.administration.account_form import AccountForm
from ur_desk.ui.pages.administration.credential import CodeCard, ConfirmForm, licence_words
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.stack import Stack
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


class AccountsView(QWidget):
    """The list of accounts, and beside it the one that is looked at."""

    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._account: Account | None = None
        self._reporting: Mapping[AccountId, AccountId] = {}
        self._wanted = ""
        self.model = AccountsModel(self)
        self.list = RowList(self.tr("Accounts"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(AccountDelegate(self.list))
        self.list.setModel(self.model)
        self.form = AccountForm()
        self.retire_form = InlineForm(self.tr("Retire this account"), self.tr("Retire"))
        self.retire_form.say(
            self.tr(
                "It can never sign in again; what it did stays under its name, and there is no way back. The workspace gets another data "
                "key; where it is open elsewhere too, that waits until somebody opens it alone. Backups and copies made before still open "
                "with the passphrase of the retired account: put them away, or destroy them."
            )
        )
        self.retire_form.hide()
        self.invite_form = InlineForm(self.tr("Give a new one-time code"), self.tr("Give the code"))
        self.invite_form.say(
            self.tr(
                "For somebody who forgot their passphrase, or lost their first code: it opens nothing any more. With the code they choose "
                "another one and get another signing key; what they signed stays signed, and their licence is confirmed anew."
            )
        )
        self.invite_form.hide()
        self.confirm_form = ConfirmForm()
        self.confirm_form.hide()
        self.code_card = CodeCard()
        self.new_action = QAction(self.tr("New account…"), self)
        self.new_action.setToolTip(self.tr("Let somebody else into the workspace"))
        self.retire_action = QAction(self.tr("Retire…"), self)
        self.retire_action.setToolTip(self.tr("Close the account that is shown, for good"))
        self.invite_action = QAction(self.tr("New code…"), self)
        self.invite_action.setToolTip(self.tr("Give the account that is shown a new one-time code"))
        self.confirm_action = QAction(self.tr("Confirm licence…"), self)
        self.confirm_action.setToolTip(self.tr("Say that you saw the licence of this account at its source"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Pane(self.tr("Accounts"))
        left.head.addStretch()
        self.bar = CommandBar(self.tr("What can be done with accounts"))
        self.bar.add(self.new_action)
        self.bar.add(self.confirm_action)
        self.bar.add(self.invite_action, "quiet")
        self.bar.add(self.retire_action, "quiet")
        for action in (self.new_action, self.invite_action, self.retire_action):
            action.setVisible(self._changes)
        self.bar.finish()
        left.set_body(self.list)
        column = left.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.bar)
        self._right = Stack()
        for part in (self.form, *self._asking, self.code_card):
            self._right.addWidget(part)
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
        self.invite_action.triggered.connect(self._ask_to_invite)
        self.confirm_action.triggered.connect(self._ask_to_confirm)
        self.retire_form.committed.connect(self._retire)
        self.invite_form.committed.connect(self._invite)
        self.confirm_form.committed.connect(self._confirm)
        for form in self._asking:
            form.closed.connect(self._back)
        self.code_card.done.connect(self._back)

    @property
    def _changes(self) -> bool:
        """Whether this person changes accounts, or only confirms licences."""
        return bool(self._session.person.roles & VERBS["account.add"].roles)

    @property
    def _asking(self) -> tuple[InlineForm, ...]:
        return (self.retire_form, self.invite_form, self.confirm_form)

    def _back(self) -> None:
        self._right.setCurrentWidget(self.form)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        """Read the accounts once more; the one looked at stays."""
        self._session.read(lambda desk: (desk.accounts.all(), desk.accounts.reporting()), self, self._fill, self.form.refuse)

    def begin_new(self) -> None:
        """An empty form for a new account."""
        self._account = None
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self._right.setCurrentWidget(self.form)
        self.form.show_account(None)
        self.panes.show_pane(1)
        self.form.begin()
        for action in (self.retire_action, self.invite_action, self.confirm_action):
            self.bar.allow(action, False)

    def _to_form(self) -> None:
        self.panes.show_pane(1)
        self.form.roles.boxes[Role.INTAKE].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, told: tuple[tuple[Account, ...], Mapping[AccountId, AccountId]]) -> None:
        accounts, self._reporting = told
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
        account = self._account = self.model.row(index.row())
        if not self.code_card.is_shown:  # a code is shown once: it stays until it is written down
            self._right.setCurrentWidget(self.form)
        self.form.show_account(account, licence_words(account, self.model.people), self._changes)
        others = [each for each in self.model.people.values() if each.id != account.id and not each.retired]
        self.form.show_reporting(sorted(others, key=lambda each: each.display), self._reports_to(account))
        self._allow(account)

    def _allow(self, account: Account) -> None:
        """Open what can be done with the account that is shown, and say why the rest is closed."""
        own = account.id == self._session.person.id
        why_not = self.tr("You cannot retire your own account.") if own else self.tr("It is retired already.")
        self.bar.allow(self.retire_action, not own and not account.retired, why_not)
        why_not = self.tr("Change your own passphrase instead.") if own else self.tr("It is retired.")
        self.bar.allow(self.invite_action, not own and not account.retired, why_not)
        why_not = self._why_not_confirm(account)
        self.bar.allow(self.confirm_action, not why_not, why_not)

    def _why_not_confirm(self, account: Account) -> str:
        credential = account.credential
        if account.retired:
            return self.tr("It is retired.")
        if credential is None or not credential.licences:
            return self.tr("No licence is entered.")
        if self._session.person.id in (credential.entered_by, account.id):
            return self.tr("Whoever entered a licence, or holds it, does not confirm it: ask a supervisor or another administrator.")
        return ""

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

        def added(done: "Done[Added]") -> None:
            self.said.emit(told)
            self._show_code(done.value.account.display, done.value.code)

        self._session.write(call, self, added, self._refused)

    def _show_code(self, display: str, code: str) -> None:
        self.code_card.show_code(display, code)
        self._right.setCurrentWidget(self.code_card)
        self.panes.show_pane(1)
        self.code_card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        self._wanted = ""
        self.form.refuse(error)

    def _save_credential(self, account: Account, credential: Credential | None) -> None:
        """Enter the licence where it is another one; who entered it and who confirmed it are not typed here."""
        told = self.tr("Saved: {0}").format(account.display)
        self._save_reporting(account)
        if credential is None or credential == _as_typed(account.credential):
            self.said.emit(told)
            return
        name = account.name
        self._session.write(
            lambda desk: desk.accounts.enter_credential(name, credential), self, lambda _done: self.said.emit(told), self.form.refuse
        )

    def _save_reporting(self, account: Account) -> None:
        """Record to whom it reports where that is another one."""
        name, to = account.name, self.form.text("reports")
        if to != self._reports_to(account):
            self._session.write(lambda desk: desk.accounts.set_reporting(name, to or None), self, failed=self.form.refuse)

    def _reports_to(self, account: Account) -> str:
        above = self._reporting.get(account.id)
        return self.model.people[above].name if above in self.model.people else ""

    def _ask_to_retire(self) -> None:
        if self._account is not None:
            self.retire_form.title.setText(self.tr("Retire {0}").format(self._account.display))
            self._ask(self.retire_form)

    def _ask_to_invite(self) -> None:
        if self._account is not None:
            self.invite_form.title.setText(self.tr("A new one-time code for {0}").format(self._account.display))
            self._ask(self.invite_form)

    def _ask_to_confirm(self) -> None:
        if self._account is not None:
            today = self._session.now().astimezone(zones.zone(self._session.zone)).date()
            self.confirm_form.show_account(self._account, self.model.people, today)
            self._ask(self.confirm_form)

    def _ask(self, form: InlineForm) -> None:
        self._right.setCurrentWidget(form)
        self.panes.show_pane(1)
        form.begin()

    def _invite(self) -> None:
        account = self._account
        if account is None:
            return
        name, display = account.name, account.display
        self._session.write(
            lambda desk: desk.vault.invite(name), self, lambda done: self._show_code(display, done.value), self.invite_form.refuse
        )

    def _confirm(self) -> None:
        account = self._account
        if account is None:
            return
        name, where, on = account.name, self.confirm_form.text("where"), self.confirm_form.day()
        told = self.tr("Licence confirmed: {0}").format(account.display)

        def done(_done: object) -> None:
            self._back()
            self.said.emit(told)

        self._session.write(lambda desk: desk.accounts.confirm_credential(name, where, on), self, done, self.confirm_form.refuse)

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
    return Credential(c.kind, c.licence, c.state, c.expires, c.specialty, c.npi, further=c.further, board=c.board)
