"""Ask for information: what is missing, why it matters, whom one asks, and by when."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ur_desk.domain.people import Role
from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.text import Text


class AskPanel(Panel):
    """Pends the picked lines. Where no record could change the position it says that asking only delays."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ASK, self.tr("Ask for information"), self.tr("Ask"), about, parent)
        self._delays = Text("", Type.SMALL_STRONG, "ask", wrap=True)
        self.place(self._delays)
        needs = self.tr("Name at least one thing that is missing.")
        self.add("items", self.tr("What is missing"), ProseEntry(4), self.tr("One thing a line."), required=needs)
        why = self.tr("For the letter: in plain words, what it would show.")
        self.add("why", self.tr("Why it matters"), ProseEntry(3), why, required=self.tr("Say why it matters."), right=True)
        self._whom = LineEntry()
        self.add("asked_of", self.tr("Whom you ask"), self._whom, required=self.tr("Say whom you ask."), right=True)
        self._by = DayEntry()
        self.add("answer_by", self.tr("Answer by"), self._by, self.tr("The clock may go on meanwhile."), right=True)
        provider = about.picked.case.current_request.requesting_provider
        if not about.picked.person.has(Role.PHYSICIAN) and provider and provider.name:
            self._whom.retype(provider.name)
        self.follow()

    def follow(self) -> None:
        """Say whether asking can change anything for these lines."""
        settled = self.about.picked.settled
        self._delays.setText(self.tr("No record changes this position: asking only delays.") if settled else "")
        self._delays.setVisible(settled)

    def problems(self) -> Mapping[str, str]:
        """An answer cannot be asked for by a day that has passed."""
        day = self._by.day()
        return {"answer_by": self.tr("This day has passed.")} if day and day < self.about.picked.today else {}

    def call(self) -> Call:
        """Ask."""
        case, lines, by = self.about.picked.case, self.about.picked.lines, self._by.day()
        items, why, whom = self.text("items").splitlines(), self.text("why"), self.text("asked_of")
        return lambda desk: desk.determinations.ask_for_information(case.id, case.revision, lines, items, why, whom, by)
