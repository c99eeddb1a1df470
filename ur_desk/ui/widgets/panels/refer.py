"""Refer to a physician: the nurse's clinical summary and question, for the physician's eyes only."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.panels.form import LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class ReferPanel(Panel):
    """Refers the picked lines."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.REFER, self.tr("Refer to physician"), self.tr("Refer"), about, parent)
        self.add("summary", self.tr("Clinical summary"), ProseEntry(5), required=self.tr("Say a clinical summary for the physician."))
        hint = self.tr("What the physician should decide or weigh; may stay empty.")
        self.add("question", self.tr("Question"), LineEntry(), hint, right=True)
        self.say_below(
            self.tr("For the physician only: summary and question never reach a letter. To the outside the case is still under review.")
        )

    def call(self) -> Call:
        """Refer."""
        case, lines = self.about.picked.case, self.about.picked.lines
        summary, question = self.text("summary"), self.text("question")
        return lambda desk: desk.determinations.refer(case.id, case.revision, lines, summary, question)
