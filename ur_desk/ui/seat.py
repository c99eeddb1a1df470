"""Who sits at the desk: the account menu, what their roles open, and the way back of their last step."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ur_desk.desk.verbs import VERBS, Changed
from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import Account
from ur_desk.ui.actions import Actions
from ur_desk.ui.allowed import open_pages
from ur_desk.ui.models.accounts import role_words
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from ur_desk.desk.verbs import Undo


class Seat(QObject):
    """Keeps bar and commands in step with the person, and takes a last step back."""

    said = Signal(str)
    """Something done, in words."""
    refused = Signal(object)
    """A `UserError`."""

    def __init__(self, session: Session, commands: Actions, bar: TopBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._commands = commands
        self._bar = bar
        self._undo: Undo | None = None
        commands.undo.triggered.connect(self.undo)
        session.undo_offered.connect(self._offer_undo)
        session.changed.connect(self._changed)
        self._offer_undo(None)
        self._read_accounts()

    @property
    def last_step(self) -> "Undo | None":
        """The last step, where it can be taken back."""
        return self._undo

    def get_up(self) -> None:
        """The person leaves: nothing is heard of them any more."""
        self._commands.undo.triggered.disconnect(self.undo)
        self._offer_undo(None)
        self.deleteLater()

    def undo(self) -> None:
        """Take back the last step, where it can be."""
        undo = self._undo
        if undo is None:
            return
        told = self.tr("Undone: {0}").format(undo.label)
        self._session.write(
            lambda desk: desk.determinations.undo(undo.case, undo.revision, undo.event),
            self,
            lambda _done: self._undone(undo, told),
            self.refused.emit,
        )

    def _undone(self, undo: "Undo", told: str) -> None:
        self._session.taken_back.emit(undo.event)
        self.said.emit(told)

    def follow(self) -> None:
        """Show who sits here, and open what their roles may do."""
        person = self._session.person
        self._bar.set_person(person.signature, role_words(person.roles))
        commands = self._commands
        may_come = bool(person.roles & (VERBS["account.add"].roles | VERBS["account.confirm-credential"].roles))
        commands.administration.setVisible(may_come)
        commands.administration.setEnabled(may_come)
        open_pages(commands, person)
        commands.columns.setEnabled(bool(person.roles & VERBS["sender.keep"].roles))
        commands.senders.setEnabled(may_read(person, Read.SENDERS))
        commands.post.setEnabled(may_read(person, Read.PREVIEW))
        commands.new_request.setEnabled(bool(person.roles & VERBS["case.open"].roles))
        for action in (commands.import_policy, commands.import_folder):
            action.setEnabled(bool(person.roles & VERBS["policy.load"].roles))
        commands.undo.setEnabled(self._undo is not None)

    def _changed(self, changes: frozenset[Any]) -> None:
        if Changed.ACCOUNTS in changes:
            self._read_accounts()

    def _read_accounts(self) -> None:
        self._session.read(lambda desk: desk.accounts.all(), self, self._offer_accounts)

    def _offer_accounts(self, accounts: tuple[Account, ...]) -> None:
        here = self._session.person.id
        offered = [(a.name, f"{a.signature} ({role_words(a.roles)})", a.id == here) for a in accounts if not a.retired]
        self._bar.offer_accounts(offered, (self._commands.passphrase, self._commands.sign_out))

    def _offer_undo(self, undo: "Undo | None") -> None:
        self._undo = undo
        self._commands.undo.setEnabled(undo is not None)
        self._commands.undo.setText(self.tr("&Undo {0}").format(undo.label) if undo else self.tr("&Undo"))
