"""Information received: what came for pended lines, and when."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.panels.form import MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.text import Text


class ReceivedPanel(Panel):
    """Takes pended lines back into review; shows what was asked for."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.RECEIVED, self.tr("Information received"), self.tr("Take back into review"), about, parent)
        self._asked = Text("", Type.SMALL, "soft", wrap=True)
        self.place(self._asked)
        self.add(
            "what",
            self.tr("What came"),
            ProseEntry(3),
            self.tr("Say also if it was not what was asked for."),
            required=self.tr("Say what came."),
        )
        self._when = MomentEntry(about.zone)
        self.add("received_at", self.tr("When"), self._when, required=self.tr("Say when it came."), right=True)
        self.follow()

    def follow(self) -> None:
        """Show what was asked for these lines."""
        items = dict.fromkeys(item for state in self.about.picked.states if state.asked for item in state.asked.items)
        self._asked.setText(self.tr("Asked for: {0}").format("; ".join(items)))
        self._asked.setVisible(bool(items))

    def call(self) -> Call:
        """Take the lines back."""
        case, lines, what, at = self.about.picked.case, self.about.picked.lines, self.text("what"), self._when.moment()
        assert at is not None
        return lambda desk: desk.determinations.information_received(case.id, case.revision, lines, what, at)
