"""What an account needs beyond its fields: the one-time code, shown once, and a second person's word on the licence."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.people import Account, AccountId
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry
from ur_desk.ui.widgets.panels.signature import behind_words, signature_words
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.secret import Secret
from ur_desk.ui.widgets.text import Text

WIDE = 460


class CodeCard(Restyled, QFrame):
    """Shows a one-time code until its giver says that it is written down; it is nowhere afterwards."""

    done = Signal()
    """The code is written down, and gone from here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.title = Text("", Type.TITLE, wrap=True)
        self.secret = Secret()
        self.words = Text(
            self.tr(
                "Shown once: write it down and hand it over in person. With it the account signs in the first time and chooses a "
                "passphrase; it holds for 14 days. It is kept nowhere; where it is lost, give a new one."
            ),
            Type.BODY,
            "soft",
            wrap=True,
        )
        self.done_button = QPushButton(self.tr("I have written it down"))
        self.done_button.setProperty("kind", "main")
        self.done_button.clicked.connect(self._finish)
        self._inner = QWidget()
        self._column, foot, whole = QVBoxLayout(self._inner), QHBoxLayout(), QVBoxLayout(self)
        for part in (self.title, self.secret, self.words):
            self._column.addWidget(part)
        foot.addWidget(self.done_button)
        foot.addStretch(1)
        self._column.addLayout(foot)
        across = QHBoxLayout()
        across.addWidget(self._inner, 100)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(1)
        whole.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(self.done_button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self._inner.setMaximumWidth(look().px(WIDE))
        inset(self._column, 16, 10, 16, 10, 12)

    @property
    def is_shown(self) -> bool:
        """Whether a code is on the screen."""
        return bool(self.secret.shown)

    def show_code(self, display: str, code: str) -> None:
        """Show the code of this person."""
        self.title.setText(self.tr("One-time code for {0}").format(display))
        self.setAccessibleName(self.title.text())
        self.secret.show_code(code)

    def _finish(self) -> None:
        self.secret.clear()
        self.done.emit()


class ConfirmForm(InlineForm):
    """A second person says where they saw the licence, and on which day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Confirm the licence"))
        self.setAccessibleName(self.title.text())
        self.commit_button.setText(self.tr("Confirm it"))
        needs = self.tr("Say where you looked it up.")
        self.add("where", self.tr("Looked up at"), LineEntry(), self.tr("For example the state board's site"), required=needs)
        self.add("on", self.tr("On"), DayEntry(), required=self.tr("Say on which day."))
        self.finish()

    def show_account(self, account: Account, people: Mapping[AccountId, Account], today: date) -> None:
        """Ask about this account's licence."""
        self.title.setText(self.tr("Confirm the licence of {0}").format(account.display))
        self.say(signature_words("{0}", account, people))
        self.fill({"on": f"{today:%m/%d/%Y}"})

    def day(self) -> date:
        """The day on which the licence was seen; only where the fields are right."""
        entry = self.entry("on")
        assert isinstance(entry, DayEntry)
        day = entry.day()
        assert day is not None
        return day


def licence_words(account: Account | None, people: Mapping[AccountId, Account]) -> str:
    """Who stands behind an account's licence; empty where there is none."""
    credential = account.credential if account else None
    if credential is None or not credential.licence:
        return ""
    told = behind_words(credential, people)
    return told[:1].upper() + told[1:] + "."
