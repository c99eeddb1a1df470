"""Send back to the nurse: the physician's question."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.panels.form import ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class SendBackPanel(Panel):
    """Gives the picked lines back to the nurse."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.SEND_BACK, self.tr("Send back to the nurse"), self.tr("Send back"), about, parent)
        needs = self.tr("Say what the nurse should find out.")
        self.add("question", self.tr("Question"), ProseEntry(4), self.tr("For the nurse only; it never reaches a letter."), required=needs)

    def call(self) -> Call:
        """Send back."""
        case, lines, question = self.about.picked.case, self.about.picked.lines, self.text("question")
        return lambda desk: desk.determinations.send_back(case.id, case.revision, lines, question)
