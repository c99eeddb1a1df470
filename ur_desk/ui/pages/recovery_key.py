"""The card on which a recovery key is made: two parts for two people, each shown once, alone, and written down by hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import UserError
from ur_desk.ui.widgets.card import Card
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.secret import Secret

if TYPE_CHECKING:
    from ur_desk.desk.vault import RecoveryParts


class RecoveryKeyPage(Card):
    """Leads two people through it, one after the other; the key is good only once both have written their part down."""

    wanted = Signal()
    """Both people are there: two parts are to be drawn."""
    written = Signal(object)
    """The `RecoveryParts`, both written down: now the key may be made."""

    def __init__(self, *, again: bool, later: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._parts: RecoveryParts | None = None
        self._at = 0
        """0 before the first part; 1 and 3 while a part is shown; 2 while its holder changes; 4 while the key is made; 5 once it is."""
        self.secret = Secret()
        self.add(self.secret)
        self.field = LineEntry()
        self.row = self.ask(self.tr("Type the last group of it back"), self.field)
        self.field.returnPressed.connect(self.go_on)
        self.go_button = self.button("", "main", self.go_on)
        self.later_button = self.closes(later)
        self._again = again
        self._show()

    @property
    def part(self) -> int:
        """Which part is on the screen; 0 while none is."""
        return {1: 1, 3: 2}.get(self._at, 0)

    def go_on(self) -> None:
        """To the next of the steps, where this one is done."""
        if self.busy:
            return
        if self._at == 0:
            self.set_busy(True)
            self.wanted.emit()
        elif self.part and not self.secret.is_last_group(self.field.typed()):
            self.row.set_problem(self.tr("That is not the last group. Compare what you wrote, group by group."))
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._at == 3:
            assert self._parts is not None
            parts, self._parts = self._parts, None
            self._turn(4)
            self.set_busy(True)
            self.written.emit(parts)
        elif self._at == 5:
            self.closed.emit()
        else:
            self._turn(self._at + 1)

    def show_parts(self, parts: "RecoveryParts") -> None:
        """Two parts were drawn: the first one is shown."""
        self._parts = parts
        self.set_busy(False)
        self._turn(1)

    def made(self) -> None:
        """The key is made: only now it is said."""
        self.set_busy(False)
        self._turn(5)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: UserError) -> None:
        """Nothing was made: begin anew."""
        self._parts = None
        self._turn(0)
        super().refuse(error)

    def _turn(self, at: int) -> None:
        self._at = at
        self._show()

    def _show(self) -> None:
        parts, shown = self._parts, self.part
        self.secret.show_code((parts.first, parts.second)[shown - 1] if parts and shown else "")
        self.field.retype("")
        self.row.set_problem("")
        for part in (self.secret, self.row):
            show_if(part, bool(shown))
        title, sentence, go = self._words()[self._at]
        self.say(title, sentence)
        self.go_button.setText(go)
        self.go_button.setVisible(bool(go))
        self.later_button.setVisible(self._at < 4)
        self.setFocusProxy(self.field if shown else self.go_button)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> tuple[tuple[str, str, str], ...]:
        tr = self.tr
        once = tr(
            "Write it on paper, every group. It is shown this once; it is not saved, printed or copied anywhere. Keep it away from this "
            "computer."
        )
        before = tr("The key that was made before opens nothing any more once this one is made.") if self._again else ""
        intro = tr(
            "Where every administrator has forgotten their passphrase, only this key opens the workspace. It has two parts; two people "
            "keep one each, and neither opens anything alone. Have both people, two sheets of paper and a pen here."
        )
        return (
            (tr("The recovery key"), f"{intro} {before}".strip(), tr("Both are here: begin")),
            (tr("Part 1 of 2"), tr("Only its holder looks at the screen. {0}").format(once), tr("I have written it down")),
            (
                tr("Now the other person"),
                tr("The first part is off the screen. Its holder steps aside; the holder of the second part sits down."),
                tr("Show the second part"),
            ),
            (tr("Part 2 of 2"), tr("Only its holder looks at the screen. {0}").format(once), tr("I have written it down")),
            (tr("The recovery key is being made"), tr("Both parts are written down. It is good once this card says so."), ""),
            (
                tr("The recovery key is made"),
                tr("Two people hold one part each. Neither part lies on this computer. Put them where a fire or a theft finds only one."),
                tr("Done"),
            ),
        )
