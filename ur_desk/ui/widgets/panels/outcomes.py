"""Panels of the steps beside approval and clinical refusal: no authorization required, dismissed, vacated, reopened, voided."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from ur_desk.domain.appeals.told import in_time_words
from ur_desk.domain.clocks.rules import About as Matter
from ur_desk.domain.clocks.windows import window_words
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.outcome_offers import dismissals
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class NotRequiredPanel(Panel):
    """Records that the picked lines take no authorization."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.NOT_REQUIRED, self.tr("No authorization required"), self.tr("Record it"), about, parent)
        hint = self.tr("The list and its day: code list of January 2017, page 4.")
        self.add("where", self.tr("Where you saw it"), LineEntry(), hint, required=self.tr("Say on which list you saw it."))
        self.say_below(self.tr("This is no approval, and is never counted as one. The requester is told."))

    def call(self) -> Call:
        """Record it."""
        case, lines, where = self.about.picked.case, self.about.picked.lines, self.text("where")
        return lambda desk: desk.determinations.not_required(case.id, case.revision, lines, where)


class DismissPanel(Panel):
    """Dismisses the picked lines of a Medicare Advantage request, or of an appeal that came late."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        reasons = dismissals(about.picked)
        commit = self.tr("Dismiss the appeal") if Dismissal.LATE in reasons else self.tr("Dismiss the request")
        super().__init__(Verb.DISMISS, self.tr("Dismiss"), commit, about, parent)
        self.add("why", self.tr("Why"), ChoiceEntry([(each.value, phrase(each)) for each in reasons]))
        needs = self.tr("Say what was wrong with the request.")
        self.add("explained", self.tr("What was wrong"), ProseEntry(3), self.tr("It goes into the notice."), required=needs, right=True)
        told = self.tr("A dismissal has a notice of its own; it can be vacated for good cause, in Medicare Advantage within six months.")
        late = in_time_words(about.picked.case.appeal) if about.picked.case.appeal else ()
        self.say_below("\n".join((*late, told)))

    def call(self) -> Call:
        """Dismiss."""
        case, lines, why, told = self.about.picked.case, self.about.picked.lines, Dismissal(self.text("why")), self.text("explained")
        return lambda desk: desk.determinations.dismiss(case.id, case.revision, lines, why, told)


class VacatePanel(Panel):
    """Vacates a dismissal."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.VACATE, self.tr("Vacate the dismissal"), self.tr("Vacate the dismissal"), about, parent)
        needs = self.tr("Say the good cause.")
        self.add("cause", self.tr("Good cause"), ProseEntry(2), self.tr("What came, or was found, since."), required=needs)
        self.say_below(self.tr("The lines are back in review."))

    def call(self) -> Call:
        """Vacate it."""
        case, lines, cause = self.about.picked.case, self.about.picked.lines, self.text("cause")
        return lambda desk: desk.determinations.vacate(case.id, case.revision, lines, cause)


class ReopenPanel(Panel):
    """Reopens what was decided of the picked lines."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.REOPEN, self.tr("Reopen"), self.tr("Reopen the lines"), about, parent)
        causes = ChoiceEntry([(each.value, phrase(each)) for each in Cause])
        causes.changed.connect(self._say_until)
        self.add("cause", self.tr("Cause"), causes)
        needs = self.tr("Say what shows it.")
        self.add("explained", self.tr("What shows it"), ProseEntry(3), required=needs, right=True)
        self._say_until()

    def _say_until(self) -> None:
        """Until when the lines may be reopened for that cause, by which row."""
        about = self.about
        told = about.picked.in_time(Matter.REOPENING, about.now.astimezone(ZoneInfo(about.zone)).date(), cause=Cause(self.text("cause")))
        binds = self.tr("An approval of which notice was given binds the plan. What was decided stays in the trail.")
        self.say_below("\n".join((*(window_words(each) for each in told), binds)))

    def call(self) -> Call:
        """Reopen them."""
        case, lines, cause, told = self.about.picked.case, self.about.picked.lines, Cause(self.text("cause")), self.text("explained")
        return lambda desk: desk.determinations.reopen(case.id, case.revision, lines, cause, told)


class VoidPanel(Panel):
    """Voids the picked lines."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.VOID, self.tr("Void, entered in error"), self.tr("Void the lines"), about, parent)
        needs = self.tr("Say what was entered in error.")
        self.add("reason", self.tr("What was wrong"), ProseEntry(2), self.tr("Another member's, or keyed twice."), required=needs)
        self.say_below(self.tr("The lines stay visible and count nowhere. Letters that left stay as they are."))

    def call(self) -> Call:
        """Void them."""
        case, lines, reason = self.about.picked.case, self.about.picked.lines, self.text("reason")
        return lambda desk: desk.determinations.void(case.id, case.revision, lines, reason)
