"""How the panes of the review stand: three columns, two, or one with tabs, as the width and the zoom allow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, inset

THREE_FROM, TWO_FROM = 940, 700
"""Pixels at 100 % from which three and two columns have room."""

SHARES = (330, 560, 390)
"""How three columns share the width until the person says otherwise."""

_LEAST = (220, 260, 220)


class Columns(Restyled, QWidget):
    """Request, policy and findings side by side; where they have no room, policy beside one of the others, or one alone.

    Tabs above lead to what is out of sight; `reveal` brings a column there by itself.
    """

    def __init__(self, columns: Sequence[QWidget], names: Sequence[str], parent: QWidget | None = None) -> None:
        """Without columns it waits to be filled."""
        super().__init__(parent)
        self._columns: list[QWidget] = []
        self._side, self._alone = 0, 1
        self._fitted = 0
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self._bar = QFrame(self)
        self._bar.setProperty("ground", "surface")
        self._bar.setProperty("edge", "bottom")
        self._row = QHBoxLayout(self._bar)
        self._tabs = self._make_tabs(names)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._bar)
        self._whole.addWidget(self.splitter, 1)
        self.fill(columns)

    def fill(self, columns: Sequence[QWidget]) -> None:
        """Take the columns; those that were made as children of the splitter are not styled anew."""
        for column in columns:
            self._columns.append(column)
            self.splitter.addWidget(column)
        self.restyle()

    def _make_tabs(self, names: Sequence[str]) -> list[QToolButton]:
        group = QButtonGroup(self)
        tabs = []
        for place, name in enumerate(names):
            tab = QToolButton(self._bar)
            tab.setText(name)
            tab.setAccessibleName(self.tr("Show: {0}").format(name))
            tab.setCheckable(True)
            tab.setProperty("kind", "tab")
            tab.clicked.connect(lambda _on=False, place=place: self.show_column(place))
            group.addButton(tab)
            self._row.addWidget(tab)
            tabs.append(tab)
        self._row.addStretch(1)
        return tabs

    def restyle(self) -> None:
        """The grid at the present zoom, and as many columns as it has room for."""
        inset(self._row, 12, 4, 12, 4, 4)
        for place, column in enumerate(self._columns):
            column.setMinimumWidth(look().px(_LEAST[place]))
        self._fit()

    def fit_count(self) -> int:
        """How many columns the width has room for at this zoom."""
        width = self.width() * 100 / look().zoom
        return 3 if width >= THREE_FROM else 2 if width >= TWO_FROM else 1

    def show_column(self, place: int) -> None:
        """Bring a column into sight."""
        self._alone = place
        if place != 1:
            self._side = place
        self._fit()

    def reveal(self, widget: QWidget) -> bool:
        """Bring the column of a part into sight; False where it is in none."""
        for place, column in enumerate(self._columns):
            if column is widget or column.isAncestorOf(widget):
                self.show_column(place)
                return True
        return False

    def widths(self) -> tuple[int, ...]:
        """The widths of three columns as the person left them; empty where fewer are shown."""
        return tuple(self.splitter.sizes()) if self.fit_count() == 3 else ()

    def set_widths(self, widths: Sequence[int]) -> None:
        """Take the widths of three columns back."""
        if len(widths) == 3 and all(widths):
            self._fitted = 3
            self.splitter.setSizes(list(widths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._columns:
            return
        count = self.fit_count()
        wanted = {1: (self._alone,), 2: (self._side, 1), 3: (0, 1, 2)}[count]
        self._bar.setVisible(count < 3)
        for place, column in enumerate(self._columns):
            column.setVisible(place in wanted)
        for place, tab in enumerate(self._tabs):
            tab.setVisible(count == 1 or place != 1)
            tab.setChecked(place == (self._alone if count == 1 else self._side))
        if count != self._fitted and self.width():
            self._fitted = count
            total = sum(SHARES[place] for place in wanted)
            self.splitter.setSizes([self.width() * SHARES[place] // total if place in wanted else 0 for place in range(3)])
