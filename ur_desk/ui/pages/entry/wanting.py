"""What would be asked for later: a calm list beside the form, each a key away from its field."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from ur_desk.domain.intake.wanting import Lacking
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.entry_lacking import LackingModel, LackingRow, row_of
from ur_desk.ui.models.rows import ROW
from ur_desk.ui.widgets.restyled import Restyled, inset, polish_again, show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Sheet
from ur_desk.ui.widgets.text import Text

BESIDE = 1240
"""Pixels at 100 % from which what lacks stands beside the form."""
BESIDE_PAGES = 1560
"""Pixels at 100 % from which it stands there while pages stand at the other side of the form."""
HIGH = 800
"""Pixels at 100 % from which more than one row of it is in sight above the form."""
WIDTH = 256
"""Pixels at 100 % of the list beside the form."""
_ANY = 16_777_215
_ON_TOP = 3
"""Rows in sight where the list stands above the form."""


class WantingPane(Restyled, QFrame):
    """The list, its title with the count, and when the answer would be due."""

    wanted = Signal(str)
    """Go to the field of this path."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("What would be asked for later"))
        self._title = Text("", Type.SMALL_STRONG, wrap=True, parent=self)
        self._due = Text("", Type.SMALL, "soft", wrap=True, parent=self)
        self.rows = LackingModel(self)
        self.list = WantingList(self.tr("What would be asked for later"), self)
        self.list.setModel(self.rows)
        self.list.activated.connect(self._go)
        self.list.clicked.connect(self._go)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        for part in (self._due, self._title):
            self._column.addWidget(part)
        self._column.addWidget(self.list, 1)
        self._at_side, self._rows_on_top, self._told = True, _ON_TOP, ""
        self.setFocusProxy(self.list)
        self.show_lacking((), "")
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self.stand(self._at_side, self._rows_on_top > 1)

    def stand(self, at_side: bool, roomy: bool = True) -> None:
        """Stand beside the form, as high as it is, or above it with a few rows in sight; where there is little room in one line, the
        count beside the row in sight."""
        self._at_side = at_side
        narrow = not at_side and not roomy
        self._column.setDirection(QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom)
        inset(self._column, *((16, 1, 8, 1, 12) if narrow else (16, 8, 8, 8, 4)))
        self._title.setWordWrap(not narrow)
        self._rows_on_top = _ON_TOP if roomy else 1
        if self.property("edge") != (edge := "left" if at_side else "bottom"):
            self.setProperty("edge", edge)
            polish_again(self)
        width = look().px(WIDTH)
        self.setMinimumWidth(width if at_side else 0)
        self.setMaximumWidth(width if at_side else _ANY)
        self.list.most = 0 if at_side else self._rows_on_top
        self._say()
        self.list.updateGeometry()

    def show_lacking(self, lacking: Sequence[Lacking], due: str) -> None:
        """Show what lacks, and when the answer would be due; empty where no clock can start."""
        rows = tuple(row_of(each) for each in lacking)
        if rows != self.rows.rows:  # the list stays where the person stands in it while nothing has changed
            self.rows.show_rows(rows)
        self._told = due
        show_if(self.list, self.rows.rowCount() > 0)
        self._say()
        self.list.updateGeometry()

    def _say(self) -> None:
        """The count, and when the answer would be due: above it, or where there is little height in one line with it."""
        count = self.words(self.rows.rowCount())
        self._title.setText(count if self._at_side or not self._told else f"{count} · {self._told}")
        self._due.setText(self._told)
        show_if(self._due, bool(self._told) and self._at_side)

    def words(self, count: int) -> str:
        """How many things lack, as the title and the bar say it."""
        if not count:
            return self.tr("Nothing would be asked for later")
        return self.tr("1 thing would be asked for later") if count == 1 else self.tr("{0} things would be asked for later").format(count)

    def next_after(self, path: str) -> str | None:
        """The field of the next thing that lacks, after the one of this path, round and round; None where nothing lacks."""
        paths = [self.rows.row(place).path for place in range(self.rows.rowCount())]
        if not paths:
            return None
        return paths[(paths.index(path) + 1) % len(paths)] if path in paths else paths[0]

    def _go(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, LackingRow):
            self.wanted.emit(row.path)


class FormAndWanting(Restyled, QWidget):
    """The form with what lacks beside it where both have room, else above it."""

    def __init__(self, form: QWidget, wanting: WantingPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanting = wanting
        self._least = BESIDE
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._both.addWidget(form, 1)
        self._both.addWidget(wanting)

    def restyle(self) -> None:
        """What has room at the present zoom."""
        at_side = self.width() >= look().px(self._least)
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if at_side else QBoxLayout.Direction.BottomToTop)
        self._wanting.stand(at_side, self.height() >= look().px(HIGH))

    def make_room(self, for_pages: bool) -> None:
        """Pages stand beside the form, or none any more: it keeps the room that it needs."""
        self._least = BESIDE_PAGES if for_pages else BESIDE
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has room at this size."""
        super().resizeEvent(event)
        self.restyle()


class WantingList(RowList):
    """Rows of words; as high as its rows, or as `most` of them."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.most = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setItemDelegate(WantingDelegate(self))

    def sizeHint(self) -> QSize:
        """As high as the rows that are to be in sight."""
        count = self.model().rowCount() if self.model() is not None else 0
        return QSize(look().px(200), self._height(min(count, self.most or count)))

    def _height(self, rows: int) -> int:
        """The height of so many rows from the first on."""
        return sum(self.sizeHintForRow(place) for place in range(rows)) + look().px(2)

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(look().px(120), min(self.sizeHint().height(), self._height(1)))


class WantingDelegate(RowDelegate):
    """One thing that lacks."""

    def compose(self, row: LackingRow, sheet: Sheet) -> None:
        """Set its words."""
        px = look().px
        sheet.height = px(4) + sheet.text(row.words, (px(8), px(4)), sheet.width - px(16), Type.SMALL) + px(4)
