"""Ask for information: what is missing, why it matters, whom one asks, by when, and when one asks again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ur_desk.domain.information.asking import InformationRequested
from ur_desk.domain.information.wanted import Wanted
from ur_desk.domain.people import Role
from ur_desk.ui.fonts import Type
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.sayable import Sayable
from ur_desk.ui.widgets.panels.suggested import Suggested
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class AskPanel(Panel):
    """Pends the picked lines. What the findings lack is there to tick; where no record could change the position, it says so, and what a physician asks."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ASK, self.tr("Ask for information"), self.tr("Ask"), about, parent)
        self.sayable = Sayable()
        self._delays = Text("", Type.SMALL_STRONG, "ask", wrap=True)
        self.place(self._delays)
        self.suggested = Suggested()
        self.suggested.ticked.connect(self._tick)
        self.place(self.suggested)
        self._items, self._why = ProseEntry(4), ProseEntry(3)
        needs = self.tr("Name at least one thing that is missing.")
        self.add("items", self.tr("What is missing"), self._items, self.tr("One thing a line."), required=needs)
        self._items.changed.connect(self._show_suggested)
        why = self.tr("For the letter: in plain words, what it would show.")
        self.add("why", self.tr("Why it matters"), self._why, why, required=self.tr("Say why it matters."), right=True)
        self._whom = LineEntry()
        self.add("asked_of", self.tr("Whom you ask"), self._whom, required=self.tr("Say whom you ask."), right=True)
        self._by, self._again = DayEntry(), DayEntry()
        self.add("answer_by", self.tr("Answer by"), self._by, self.tr("The clock may go on meanwhile."), right=True)
        self.add("chase_on", self.tr("Ask again on"), self._again, self.tr("It stands in the worklist from that day on."), right=True)
        provider = about.picked.case.current_request.requesting_provider
        if not about.picked.person.has(Role.PHYSICIAN) and provider and provider.name:
            self._whom.retype(provider.name)
        self.follow()

    def follow(self) -> None:
        """Say whether asking can change anything for these lines, and what; or what the physician asks who sent them back."""
        picked = self.about.picked
        told = self.tr("No record changes this position: asking only delays.") if picked.delays else ""
        if picked.question:
            told = self.tr("The physician asks: {0} This is kept with the request for information.").format(picked.question)
        self._delays.setText(told)
        self._delays.setVisible(bool(told))
        self._show_suggested()

    def _show_suggested(self) -> None:
        self.suggested.show_wanted(self.about.picked.wanted, self._named())

    def _named(self) -> list[str]:
        return [item for item in (line.strip() for line in self.text("items").splitlines()) if item]

    def _tick(self, wanted: Wanted, on: bool) -> None:
        """Put what was ticked into the words, and why it matters where nobody has said it otherwise; or take both out again."""
        items = [item for item in self._named() if item != wanted.item] + ([wanted.item] if on else [])
        reasons = [line for line in self.text("why").splitlines() if line.strip()]
        others = {each.why for each in self.about.picked.wanted if each.item in items}
        if on and wanted.why not in reasons:
            reasons.append(wanted.why)
        elif not on and wanted.why not in others:
            reasons = [line for line in reasons if line != wanted.why]
        self._why.retype("\n".join(reasons))
        self._items.retype("\n".join(items))

    def problems(self) -> Mapping[str, str]:
        """An answer cannot be asked for by a day that has passed, nor be chased after its last day."""
        by, again, today, found = self._by.day(), self._again.day(), self.about.picked.today, dict[str, str]()
        if by and by < today:
            found["answer_by"] = self.tr("This day has passed.")
        if again and again < today:
            found["chase_on"] = self.tr("This day has passed.")
        elif again and by and again > by:
            found["chase_on"] = self.tr("This lies after the last day to answer.")
        return found

    def call(self) -> Call:
        """Ask."""
        case, lines, by, again = self.about.picked.case, self.about.picked.lines, self._by.day(), self._again.day()
        items, why, whom = self._named(), self.text("why"), self.text("asked_of")
        known = {each.item: each.cited for each in self.about.picked.wanted}
        cites = [known.get(item) for item in items] if known else []
        told = InformationRequested(lines, tuple(items), why, whom, by, again)
        check = self.sayable.check(case.id, lines, told, (items, why, whom))

        def ask(desk: "Desk") -> object:
            check(desk)
            return desk.determinations.ask_for_information(case.id, case.revision, lines, items, why, whom, by, chase_on=again, cites=cites)

        return ask
