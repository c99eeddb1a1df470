"""Add an internal note."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.panels.form import ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class NotePanel(Panel):
    """Adds a note to the case; it never reaches a letter."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.NOTE, self.tr("Add note"), self.tr("Add note"), about, parent)
        needs = self.tr("Write the note.")
        self.add("text", self.tr("Note"), ProseEntry(4), self.tr("For colleagues only; it never reaches a letter."), required=needs)

    def call(self) -> Call:
        """Add it."""
        case, text = self.about.picked.case, self.text("text")
        return lambda desk: desk.review.add_note(case.id, text)
