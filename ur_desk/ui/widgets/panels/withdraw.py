"""Record a withdrawal: the requester asked to stop; who, when, how."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.panels.form import LineEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class WithdrawPanel(Panel):
    """Records that the picked lines were withdrawn."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.WITHDRAW, self.tr("Record withdrawal"), self.tr("Record withdrawal"), about, parent)
        who = self.tr("Name and part: Priya Natarajan, requesting provider.")
        self.add("asked_by", self.tr("Who asked"), LineEntry(), who, required=self.tr("Say who asked to withdraw."))
        self.add(
            "how", self.tr("How"), LineEntry(), self.tr("Spoken or written, and by what way."), required=self.tr("Say how they asked.")
        )
        self._when = MomentEntry(about.zone)
        self.add("asked_at", self.tr("When"), self._when, required=self.tr("Say when they asked."), right=True)
        self.say_below(self.tr("A withdrawal is the requester's own wish, never at the plan's prompting."))

    def call(self) -> Call:
        """Record it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        who, how = self.text("asked_by"), self.text("how")
        return lambda desk: desk.determinations.withdraw(case.id, case.revision, lines, who, at, how)
