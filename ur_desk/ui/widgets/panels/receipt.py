"""Correct the receipt: asked for with what shows it and why; allowed or refused by a supervisor who did not ask."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.request import Evidence, ReceiptEvidence
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import moment, phrase, sentence
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.text import Text


class DoubtPanel(Panel):
    """Asks that the recorded receipt be corrected; it says what is recorded, and that nothing changes yet."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.DOUBT, self.tr("Correct the receipt"), self.tr("Ask a supervisor"), about, parent)
        request = about.picked.case.request
        self._zone = request.received_zone or about.zone
        self._when = MomentEntry(self._zone)
        self.add("received_at", self.tr("Received"), self._when, self._recorded(), required=self.tr("Say when it was received."))
        kinds = (("", "–"), *((kind.value, sentence(kind)) for kind in Evidence))
        self.add("shown_by", self.tr("Shown by"), ChoiceEntry(kinds), required=self.tr("Say what shows it."))
        self.add("where", self.tr("Where it can be looked up"), LineEntry(), self.tr("A page, a log's number, a folder."))
        needs = self.tr("Say why the recorded receipt is wrong.")
        self.add("reason", self.tr("Why the recorded one is wrong"), ProseEntry(3), required=needs, right=True)
        self.say_below(self.tr("Nothing changes before a supervisor allows it. Old and new receipt, who asked and who allowed are kept."))

    def _recorded(self) -> str:
        at = self.about.picked.case.request.received_at
        return self.tr("Recorded: {0}").format(moment(at, self._zone)) if at else self.tr("Nothing is recorded yet.")

    def problems(self) -> Mapping[str, str]:
        """A correction says another instant than the one recorded."""
        at = self._when.moment()
        if at is not None and at > self.about.now:
            return {"received_at": self.tr("That lies in the future.")}
        return {"received_at": self.tr("This is what is recorded.")} if at == self.about.picked.case.request.received_at else {}

    def call(self) -> Call:
        """Ask for it."""
        case, at, why = self.about.picked.case, self._when.moment(), self.text("reason")
        assert at is not None
        after = Receipt(at, self._zone, ReceiptEvidence(Evidence(self.text("shown_by")), self.text("where") or None))
        return lambda desk: desk.receipts.doubt(case.id, case.revision, after, why)


class SettlePanel(Panel):
    """Shows both receipts and what shows the new one; a supervisor allows the correction or refuses it."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.SETTLE, self.tr("Settle the correction of the receipt"), self.tr("Settle"), about, parent)
        self._asked = Text("", Type.BODY, wrap=True)
        self.place(self._asked)
        choices = (("", "–"), ("allow", self.tr("Allow: the clock is read anew")), ("refuse", self.tr("Refuse: all stays")))
        self.add("verdict", self.tr("The correction"), ChoiceEntry(choices), required=self.tr("Allow or refuse it."))
        needs = self.tr("Say what you looked at, or why you refuse.")
        self.add("reason", self.tr("What you looked at, or why not"), ProseEntry(2), required=needs, right=True)
        self.follow()

    def follow(self) -> None:
        """Say what is asked."""
        change = self.about.picked.case.doubted
        if change is None:
            self._asked.setText(self.tr("No correction waits any more."))
            return
        zone = change.after.zone or self.about.zone
        before, after = (moment(r.at, zone) if r.at else self.tr("unknown") for r in (change.before, change.after))
        shown = change.after.evidence
        proof = phrase(shown.kind) + (f" ({shown.where})" if shown.where else "") if shown else self.tr("nothing")
        who = self.about.picked.people[change.by].display if change.by in self.about.picked.people else self.tr("Somebody unknown")
        words = self.tr("{0} asks to correct the receipt from {1} to {2}, shown by: {3}. {4}")
        self._asked.setText(words.format(who, before, after, proof, change.reason))

    def call(self) -> Call:
        """Settle it."""
        case, allowed, why = self.about.picked.case, self.text("verdict") == "allow", self.text("reason")
        assert case.doubted is not None
        event = case.doubted.event
        return lambda desk: desk.receipts.settle(case.id, case.revision, event, allowed, why)
