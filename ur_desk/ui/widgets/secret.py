"""A code or part of a key that is shown once: large, in groups, to be copied by hand and by nothing else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ur_desk.domain.guard.by_hand import is_last_group
from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

_SHORT = 6
"""Groups up to which three stand in a row; of more, four do."""


class Secret(Restyled, QFrame):
    """Shows groups of letters and digits that can be neither chosen nor copied; empty once it is cleared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "page")
        self._groups: list[str] = []
        self._label = Text("", Type.HEADING)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._label.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._label)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 14, 16, 14)

    @property
    def shown(self) -> str:
        """What is shown, its groups with a hyphen between; empty where nothing is."""
        return "-".join(self._groups)

    def show_code(self, code: str) -> None:
        """Show a code as `domain.by_hand.written` writes it."""
        self._groups = code.split("-") if code else []
        wide = 3 if len(self._groups) <= _SHORT else 4
        rows = [self._groups[start : start + wide] for start in range(0, len(self._groups), wide)]
        self._label.setText("\n".join("   ".join(row) for row in rows))
        self.setAccessibleName(" ".join(self._groups))

    def clear(self) -> None:
        """Show nothing any more."""
        self.show_code("")

    def is_last_group(self, typed: str) -> bool:
        """Whether somebody typed the last group, whatever its case, with look-alikes or not."""
        return is_last_group(typed, self.shown)
