"""A field for a state, by its two letters or its name."""

from ur_desk.domain.states import state_code
from ur_desk.ui.widgets.panels.form import LineEntry


class StateEntry(LineEntry):
    """A state, or nothing."""

    def problem(self) -> str:
        """Says so where it is no state."""
        return "" if not self.typed() or state_code(self.typed()) else self.tr("This is no state: write two letters, such as IN.")

    def state(self) -> str:
        """The state's two letters; empty where none is named."""
        return state_code(self.typed()) or ""
