"""The vault as its administrator sees it: the recovery key, the system disk, and the data key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.vault import Standing

WIDE = 640


class Matter(Restyled, QFrame):
    """One thing that stands in some way, and what can be done about it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self.setAccessibleName(title)
        self.words = Text("", Type.BODY, "soft", wrap=True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(title)
        self.button.setAccessibleDescription(title)
        self._column, self._foot = QVBoxLayout(self), QHBoxLayout()
        self._column.addWidget(Text(title, Type.STRONG))
        self._column.addWidget(self.words)
        self._foot.addWidget(self.button)
        self._foot.addStretch(1)
        self._column.addLayout(self._foot)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 8, 0, 12, 6)

    def tell(self, words: str, verb: str = "") -> None:
        """Say how it stands, and what can be done; no verb, no button."""
        self.words.setText(words)
        self.button.setText(verb)
        self.button.setAccessibleName(verb or self.accessibleName())
        show_if(self.button, bool(verb))


class VaultView(Restyled, QFrame):
    """Reads how the vault stands, and asks the window for what takes the whole screen."""

    recovery_wanted = Signal(bool)
    """A recovery key is to be made; whether there is one already."""
    disk_wanted = Signal()
    """The question of the system disk is to be asked."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._has_recovery = False
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("The vault"))
        self.notice = Notice()
        self.recovery = Matter(self.tr("Recovery key"))
        self.disk = Matter(self.tr("System disk of this computer"))
        self.data_key = Matter(self.tr("Data key"))
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        for part in (self.notice, self.recovery, self.disk, self.data_key):
            self._column.addWidget(part)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._inner, 100)
        whole.addStretch(1)
        self._column.addStretch(1)
        self.recovery.button.clicked.connect(lambda: self.recovery_wanted.emit(self._has_recovery))
        self.disk.button.clicked.connect(self.disk_wanted)
        self.setFocusProxy(self.recovery.button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self._inner.setMaximumWidth(look().px(WIDE))
        inset(self._column, 16, 8, 16, 8, 4)

    def read_again(self) -> None:
        """Read how it stands once more."""
        self._session.read(lambda desk: desk.vault.standing(), self, self._show, self.notice.show_error)

    def _show(self, standing: "Standing") -> None:
        self.notice.hide()
        self._has_recovery = standing.recovery
        self._tell_recovery(standing.recovery)
        self._tell_disk(standing)
        self.data_key.tell(
            self.tr("It is to change, and the workspace was open elsewhere meanwhile; it changes when somebody opens it alone.")
            if standing.rekey_due
            else self.tr(
                "It changes by itself with every passphrase that is changed, every account that is retired or gets a new code, and "
                "when the recovery key is used or replaced. Backups made before still open with the passphrases of then."
            )
        )

    def _tell_recovery(self, there: bool) -> None:
        if there:
            self.recovery.tell(
                self.tr("Made: two people hold one part each. Make another one where a part is lost, or one of the two has left."),
                self.tr("Make another one…"),
            )
        else:
            self.recovery.tell(
                self.tr("Not made yet: if every administrator forgets their passphrase, nothing opens this workspace."),
                self.tr("Make it with two people…"),
            )

    def _tell_disk(self, standing: "Standing") -> None:
        answer = standing.disk
        if answer is None:
            self.disk.tell(self.tr("Nobody has said yet whether it is encrypted."), self.tr("Answer…"))
            return
        said = {True: self.tr("encrypted"), False: self.tr("not encrypted"), None: self.tr("not known")}[answer.encrypted]
        again = "" if answer.encrypted else self.tr(" It is asked for again every week.")
        self.disk.tell(self.tr("Said on {0}: {1}.").format(f"{answer.at:%m/%d/%Y}", said) + again, self.tr("Answer again…"))
