"""A field with its name before it or over it, and what is wrong with it beside it or below it."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, polish_again
from ur_desk.ui.widgets.text import Text

_WIDEST = 10_000
"""Pixels; a field with a smaller maximum keeps to the left of its column."""


class Setting(Enum):
    """How a field stands with its name and with what is said of it."""

    BESIDE = "beside"
    """Name, field, words, side by side: a roomy form."""
    BELOW = "below"
    """Name and field side by side, words below the field."""
    STACKED = "stacked"
    """Name over the field, words below it: a dense form."""


class FieldRow(Restyled, QWidget):
    """Names a field, and says with it what is wrong or what helps; the field itself is the caller's."""

    def __init__(
        self,
        name: str,
        field: QWidget,
        hint: str = "",
        *,
        required: bool = False,
        name_width: int = 136,
        setting: Setting = Setting.BESIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._problem = ""
        self._name_width = name_width
        plain = name.replace("&", "")
        self._name = Text(name, Type.SMALL, "soft", wrap=True)
        self._name.setBuddy(field)
        field.setAccessibleName(self.tr("{0}, required").format(plain) if required else plain)
        self._beside = Text("", Type.SMALL, "soft", wrap=True)
        self._required = Text(self.tr("required") if required else "", Type.MARK, "faint", parent=self)
        self._setting = setting
        lay_out = {Setting.BESIDE: self._set_beside, Setting.BELOW: self._set_below, Setting.STACKED: self._set_stacked}[setting]
        lay_out(field, required)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.restyle()
        self.set_problem("")

    def _grid(self) -> QGridLayout:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        return grid

    def _set_beside(self, field: QWidget, required: bool) -> None:
        grid, rows = self._grid(), 2 if required else 1
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._name, 0, 0, Qt.AlignmentFlag.AlignVCenter if required else top)
        if required:  # an empty line would hold its place all the same
            grid.addWidget(self._required, 1, 0, top)
        self._required.setVisible(required)
        grid.addWidget(field, 0, 1, rows, 1, top)
        grid.addWidget(self._beside, 0, 2, rows, 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)

    def _set_below(self, field: QWidget, _required: bool) -> None:
        named = QVBoxLayout()
        named.setContentsMargins(0, 5, 0, 0)
        named.setSpacing(0)
        named.addWidget(self._name)
        named.addWidget(self._required)
        named.addStretch(1)
        grid = self._grid()
        grid.addLayout(named, 0, 0, 2, 1)
        self._add_field(grid, field, 0, 1)
        grid.addWidget(self._beside, 1, 1)
        grid.setColumnStretch(1, 1)

    def _set_stacked(self, field: QWidget, required: bool) -> None:
        grid = self._grid()
        grid.setVerticalSpacing(3)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._required, 0, 1)
        self._add_field(grid, field, 1, 0, 2)
        grid.addWidget(self._beside, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def _add_field(self, grid: QGridLayout, field: QWidget, row: int, column: int, span: int = 1) -> None:
        narrow = field.maximumWidth() < _WIDEST
        grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))

    @property
    def problem(self) -> str:
        """What is wrong; empty where nothing is."""
        return self._problem

    @property
    def hint(self) -> str:
        """What helps, where nothing is wrong."""
        return self._hint

    def set_name(self, name: str) -> None:
        """Call the field something else."""
        self._name.setText(name)
        self.field.setAccessibleName(name.replace("&", ""))

    def set_hint(self, hint: str) -> None:
        """Say something else where nothing is wrong."""
        self._hint = hint
        self.set_problem(self._problem)

    def set_problem(self, problem: str, doubt: bool = False) -> None:
        """Say with the field what is wrong with it, or only doubtful; empty brings its hint back."""
        self._problem = problem
        self._beside.setText(f"⚠ {problem}" if problem else self._hint)
        self._beside.set_ink(("ask" if doubt else "bad") if problem else "soft")
        self._beside.setVisible(bool(problem or self._hint) or self._setting is Setting.BESIDE)
        self.field.setAccessibleDescription(problem or self._hint)
        wrong = bool(problem) and not doubt
        for part in (self.field, *getattr(self.field, "halves", ())):
            if part.property("problem") != wrong:
                part.setProperty("problem", wrong)
                polish_again(part)

    def restyle(self) -> None:
        """Keep the column of names as wide as the zoom asks."""
        if self._setting is not Setting.STACKED:
            self._name.setFixedWidth(look().px(self._name_width))
        alone = self._setting is Setting.BESIDE and not self._required.text()  # its first line stands beside the field's
        self._name.setContentsMargins(0, look().px(7) if alone else 0, 0, 0)
