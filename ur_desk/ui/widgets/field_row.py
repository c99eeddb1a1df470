"""A field with its name before it and what is wrong with it beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.restyled import Restyled, polish_again
from ur_desk.ui.widgets.text import Text


class FieldRow(Restyled, QWidget):
    """Names a field, and says beside it what is wrong or what helps; the field itself is the caller's."""

    def __init__(
        self, name: str, field: QWidget, hint: str = "", *, required: bool = False, name_width: int = 136, parent: QWidget | None = None
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
        self._required = Text(self.tr("required") if required else "", Type.MARK, "faint")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._name, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._required, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, 0, 1, 2 if required else 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._beside, 0, 2, 2 if required else 1, 1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        self.restyle()
        self.set_problem("")

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
        self.field.setAccessibleDescription(problem or self._hint)
        if self.field.property("problem") != bool(problem):
            self.field.setProperty("problem", bool(problem))
            polish_again(self.field)

    def restyle(self) -> None:
        """Keep the column of names as wide as the zoom asks."""
        self._name.setFixedWidth(look().px(self._name_width))
