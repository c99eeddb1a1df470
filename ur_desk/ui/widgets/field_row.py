"""A field with its name before it and what is wrong with it beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, polish_again
from ur_desk.ui.widgets.text import Text

_WIDEST = 10_000
"""Pixels; a field with a smaller maximum keeps to the left of its column."""


class FieldRow(Restyled, QWidget):
    """Names a field, and says beside it what is wrong or what helps; the field itself is the caller's."""

    def __init__(
        self,
        name: str,
        field: QWidget,
        hint: str = "",
        *,
        required: bool = False,
        name_width: int = 136,
        below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`below` says hint and problem under the field instead of beside it, where the form is narrow."""
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
        self._required = Text(self.tr("required") if required else "", Type.MARK, "faint")
        self._below = below
        self._lay_out(field, rows=2 if required else 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.restyle()
        self.set_problem("")

    def _lay_out(self, field: QWidget, rows: int) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        top = Qt.AlignmentFlag.AlignTop
        if self._below:
            named = QVBoxLayout()
            named.setContentsMargins(0, 5, 0, 0)
            named.setSpacing(0)
            named.addWidget(self._name)
            named.addWidget(self._required)
            named.addStretch(1)
            grid.addLayout(named, 0, 0, 2, 1)
            narrow = field.maximumWidth() < _WIDEST
            grid.addWidget(field, 0, 1, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))
            grid.addWidget(self._beside, 1, 1)
            grid.setColumnStretch(1, 1)
            return
        grid.addWidget(self._name, 0, 0, top if rows == 1 else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._required, 1, 0, top)
        grid.addWidget(field, 0, 1, rows, 1, top)
        grid.addWidget(self._beside, 0, 2, rows, 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)

    @property
    def problem(self) -> str:
        """What is wrong; empty where nothing is."""
        return self._problem

    def set_hint(self, hint: str) -> None:
        """Say something else where nothing is wrong."""
        self._hint = hint
        self.set_problem(self._problem)

    def set_problem(self, problem: str) -> None:
        """Say beside the field what is wrong with it; empty brings its hint back."""
        self._problem = problem
        self._beside.setText(f"⚠ {problem}" if problem else self._hint)
        self._beside.set_ink("bad" if problem else "soft")
        self._beside.setVisible(bool(problem or self._hint) or not self._below)
        self.field.setAccessibleDescription(problem or self._hint)
        if self.field.property("problem") != bool(problem):
            self.field.setProperty("problem", bool(problem))
            polish_again(self.field)

    def restyle(self) -> None:
        """Keep the column of names as wide as the zoom asks."""
        self._name.setFixedWidth(look().px(self._name_width))
        alone = not (self._below or self._required.text())  # its first line stands beside the field's
        self._name.setContentsMargins(0, look().px(7) if alone else 0, 0, 0)
