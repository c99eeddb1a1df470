"""The cards that encrypt a workspace from before the vault, and show the one-time codes of everybody else, each once."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.passphrase import NewPassphrase
from ur_desk.ui.widgets.secret import Secret


class EncryptPage(Card):
    """Says what lies in the folder, and asks its administrator for a passphrase."""

    given = Signal(str, str)
    """The administrator's name, and the passphrase that opens the workspace from then on."""
    again_wanted = Signal()
    """Look whether it is still so."""

    def __init__(self, name: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.name = LineEntry()
        self.row = self.ask(self.tr("Administrator"), self.name, self.tr("The name with which you signed in so far."))
        self.new = NewPassphrase()
        self.add(self.new)
        self.name.changed.connect(lambda: self.new.know((self.name.typed(),)))
        self.name.retype(name)
        self.name.returnPressed.connect(self.new.setFocus)
        self.new.entered.connect(self.commit)
        self.watch_caps(self.new.first, self.new.again)
        self.button(self.tr("Encrypt the workspace"), "main", self.commit)
        self.button(self.tr("Look again"), "quiet", self.again_wanted.emit)
        self.say(
            self.tr("This workspace is not encrypted yet"),
            self.tr(
                "What lies in the folder “{0}” is from before the vault. Every row is copied and compared, and the trail checked, before the copy takes its place. "
                "The plain file is then overwritten and removed. That is no guarantee: on an SSD, and in older copies of the folder, its "
                "bytes may still lie somewhere. Everybody else signs in with a one-time code, shown next."
            ).format(folder),
        )

    def commit(self) -> None:
        """Encrypt it where name and passphrase can be taken."""
        if self.busy:
            return
        self.row.set_problem("" if self.name.typed() else self.tr("Say who administers the workspace."))
        if self.row.problem:
            self.name.setFocus()
        elif self.new.check():
            self.set_busy(True)
            self.given.emit(self.name.typed(), self.new.take())


class CodesPage(Card):
    """Shows one code after the other; each is gone once its giver says that it is written down."""

    def __init__(self, codes: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._left = sorted(codes.items(), key=lambda each: each[0].casefold())
        self._all = len(self._left)
        self.secret = Secret()
        self.add(self.secret)
        self.go_button = self.button(self.tr("I have written it down"), "main", self.go_on)
        self.go_on()

    def go_on(self) -> None:
        """To the next code; nothing is left of the one before."""
        if not self._left:
            self.secret.clear()
            self.closed.emit()
            return
        name, code = self._left.pop(0)
        self.secret.show_code(code)
        self.say(
            self.tr("One-time code for {0} ({1} of {2})").format(name, self._all - len(self._left), self._all),
            self.tr(
                "The workspace is encrypted. With this code the account signs in the first time and chooses a passphrase; it holds for 14 "
                "days. It is shown this once and kept nowhere: write it down and hand it over in person. Where it is lost, "
                "Administration gives a new one."
            ),
        )
        self.setFocus(Qt.FocusReason.OtherFocusReason)
