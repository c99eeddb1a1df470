"""What the findings suggest to ask for, as rows to tick: each goes into the words of the request, and comes out again."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.information.wanted import Wanted
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import runs
from ur_desk.ui.widgets.panels.form import CheckEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


class Suggested(Restyled, QWidget):
    """Rows to tick; each says what is missing and on which line of the policy that stands."""

    ticked = Signal(object, bool)
    """A `Wanted` was ticked, or not any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Wanted, CheckEntry] = {}
        self._list = QVBoxLayout(self)
        self._list.addWidget(Text(self.tr("Not documented, and it could change the findings:"), Type.SMALL, "soft", wrap=True))
        self.setAccessibleName(self.tr("Suggested by the findings"))
        self.restyle()

    def show_wanted(self, wanted: Sequence[Wanted], asked: Sequence[str]) -> None:
        """Show these, ticked where they are asked for already."""
        if tuple(self._rows) != tuple(wanted):
            self._make(wanted)
        for each, row in self._rows.items():
            row.blockSignals(True)
            row.setChecked(each.item in asked)
            row.blockSignals(False)
        self.setVisible(bool(wanted))

    def rows(self) -> tuple[CheckEntry, ...]:
        """The rows, in their order."""
        return tuple(self._rows.values())

    def _make(self, wanted: Sequence[Wanted]) -> None:
        for row in self._rows.values():
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        for each in wanted:
            anchor = each.cited.anchor
            place = self.tr("{0}, line {1}").format(each.cited.policy, runs(range(anchor.first_line, anchor.last_line + 1)))
            row = self._rows[each] = CheckEntry(each.item)
            row.setAccessibleName(f"{each.item} ({place})")
            row.setToolTip(f"{place}. {each.why}")
            row.toggled.connect(lambda on, each=each: self.ticked.emit(each, on))
            self._list.addWidget(row)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._list, 0, 0, 0, 0, 2)
