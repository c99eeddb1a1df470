"""Panels of what follows an approval: its number, and its entry in the claims system."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.widgets.panels.form import LineEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class NumberPanel(Panel):
    """Gives the picked lines the plan's own number as typed, or one of this workspace's series."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.NUMBER, self.tr("Authorization number"), self.tr("Give the number"), about, parent)
        hint = self.tr("As the plan's own system gave it; left empty, the next number of this workspace is given.")
        self.add("number", self.tr("The plan's number"), LineEntry(), hint)
        hint = self.tr("Only where a line has a number that this one replaces.")
        self.add("reason", self.tr("Why another"), LineEntry(), hint, right=True)
        self.follow()

    def follow(self) -> None:
        """Say which numbers stand."""
        standing = dict.fromkeys(s.authorization.number for s in self.about.picked.states if s.authorization)
        none = self.tr("No number is ever given twice, also where a step is taken back.")
        self.say_below(self.tr("Stands now: {0}. It is entered in claims anew.").format(", ".join(standing)) if standing else none)

    def call(self) -> Call:
        """Give it."""
        case, lines = self.about.picked.case, self.about.picked.lines
        number, reason = self.text("number"), self.text("reason")
        return lambda desk: desk.authorizations.number(case.id, case.revision, lines, number, reason)


class ClaimsPanel(Panel):
    """Records that the person entered the picked lines in a claims system."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.CLAIMS, self.tr("Entered in claims"), self.tr("Record the entry"), about, parent)
        self.add("where", self.tr("Claims system"), LineEntry(), required=self.tr("Say in which system you entered it."))
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("When"), self._when, required=self.tr("Say when."), right=True)
        self._when.show_moment(about.now)
        self.follow()

    def follow(self) -> None:
        """Say under which number it is entered."""
        standing = dict.fromkeys(s.authorization.number for s in self.about.picked.states if s.authorization)
        self.say_below(self.tr("Number: {0}").format(", ".join(standing)) if standing else self.tr("No authorization number yet."))

    def call(self) -> Call:
        """Record it."""
        case, lines, where, at = self.about.picked.case, self.about.picked.lines, self.text("where"), self._when.moment()
        assert at is not None
        return lambda desk: desk.authorizations.enter(case.id, case.revision, lines, where, at)
