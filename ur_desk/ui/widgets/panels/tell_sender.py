"""Record that the sender heard that what they sent is not worked here; the case is closed with that."""

from PySide6.QtWidgets import QWidget

from ur_desk.domain.events import ContactWay
from ur_desk.ui.widgets.panels.contact import way_entry
from ur_desk.ui.widgets.panels.form import LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class TellSenderPanel(Panel):
    """How, whom, what was said, and when."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.TELL_SENDER, self.tr("The sender was told"), self.tr("Record and close"), about, parent)
        self._way = way_entry()
        self.add("way", self.tr("Way"), self._way)
        self.add("with_whom", self.tr("With whom"), LineEntry(), required=self.tr("Say who was told."))
        self.add("said", self.tr("What was said"), ProseEntry(3), required=self.tr("Say what was said."), right=True)
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("When"), self._when, required=self.tr("Say when."), right=True)
        self._when.show_moment(about.now)

    def call(self) -> Call:
        """Record it."""
        case, at = self.about.picked.case, self._when.moment()
        assert at is not None
        told = (ContactWay(self._way.typed()), self.text("with_whom"), self.text("said"), at)
        return lambda desk: desk.choosing.tell_sender(case.id, case.revision, *told)
