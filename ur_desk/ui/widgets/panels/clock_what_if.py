"""What if: the clock as it would be with another receipt, urgency, line of business, state, or with an extension; nothing is saved."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ur_desk.domain.clocks.what_if import Supposed, WhatIf
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency
from ur_desk.domain.states import STATES
from ur_desk.ui.due import due_moment, length
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.text import Text


class WhatIfPanel(Panel):
    """Asks the desk what the clock would say, and shows it beside what it says."""

    asks = True

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.WHAT_IF, self.tr("What if"), self.tr("Show"), about, parent)
        self.found = Text("", Type.STRONG, wrap=True)
        self.found.setAccessibleName(self.tr("What the clock would say"))
        self.place(self.found)
        self.found.hide()
        self._received, self._noticed = MomentEntry(about.zone), MomentEntry(about.zone)
        self._by, self._answered, self._period = DayEntry(), MomentEntry(about.zone), DayEntry()
        self.add("received", self.tr("Received"), self._received)
        self.add("urgency", self.tr("Urgency"), _choice(Urgency))
        self.add("timing", self.tr("Timing"), _choice(Timing))
        self.add("line", self.tr("Line of business"), _choice(LineOfBusiness))
        self.add("state", self.tr("State"), ChoiceEntry([("", "–"), *((code, f"{code} {name}") for code, name in STATES.items())]))
        self.add("rating_period", self.tr("Rating period from"), self._period, self.tr("The plan's first day of it."), right=True)
        self.add("noticed", self.tr("Extended on"), self._noticed, self.tr("The day on which its notice leaves."), right=True)
        self.add("answer_by", self.tr("Last day to answer"), self._by, right=True)
        self.add("answered", self.tr("Answered"), self._answered, right=True)
        self.say_below(self.tr("What is left empty stays as it is. Nothing is saved."))
        self.entry("line").changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """The rating period stands where the rules of the supposed line of business turn on it."""
        rated = self._line is LineOfBusiness.MEDICAID_MANAGED_CARE
        show_if(self.row("rating_period"), rated)
        if not rated:
            self._period.retype("")

    @property
    def _line(self) -> LineOfBusiness | None:
        told = self.text("line")
        return LineOfBusiness(told) if told else self.about.picked.case.request.line_of_business

    def problems(self) -> Mapping[str, str]:
        """Something is supposed."""
        return {} if any(self.typed().values()) else {"received": self.tr("Suppose something first.")}

    def call(self) -> Call:
        """Ask."""
        case = self.about.picked.case.id
        told = Supposed(
            self._received.moment(),
            Urgency(self.text("urgency")) if self.text("urgency") else None,
            Timing(self.text("timing")) if self.text("timing") else None,
            LineOfBusiness(self.text("line")) if self.text("line") else None,
            self.text("state") or None,
            self._period.day(),
            noticed_at=self._noticed.moment(),
            answer_by=self._by.day(),
            answered_at=self._answered.moment(),
        )
        return lambda desk: desk.clocks.what_if(case, told)

    def answer(self, found: Any) -> None:
        """Show both."""
        told: WhatIf = found
        self.found.show()
        if told.then.due_at is None:
            self.found.setText(self.tr("There would be no due date. {0}.").format(told.then.words))
            return
        words = self.tr("It would be due {0}: {1}.").format(due_moment(told.then.due_at, self.about.zone), told.then.words)
        if told.now.due_at is not None and told.now.due_at != told.then.due_at:
            span = told.then.due_at - told.now.due_at
            later = self.tr("That is {0} later.") if span.total_seconds() > 0 else self.tr("That is {0} sooner.")
            words += " " + later.format(length(abs(span)))
        self.found.setText(words)


def _choice(kind: type[Any]) -> ChoiceEntry:
    return ChoiceEntry([("", "–"), *((each.value, sentence(each)) for each in kind)])
