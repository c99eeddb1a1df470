"""Log a contact: a call, a voicemail, a fax or a message, with whom, what was said, and when to call back."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.domain.asking import waiting
from ur_desk.domain.events import ContactLogged, ContactWay, EventId
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.reached import number_of_whom
from ur_desk.ui.widgets.panels.verbs import Verb

REACHED, NOBODY = "yes", "no"
"""Whether somebody was reached, as the panel keeps it."""


def way_entry() -> ChoiceEntry:
    """A choice of the ways in which somebody is reached."""
    ways = (
        (ContactWay.CALL, _tr("Call")),
        (ContactWay.VOICEMAIL, _tr("Voicemail")),
        (ContactWay.FAX, _tr("Fax")),
        (ContactWay.PORTAL, _tr("Portal message")),
        (ContactWay.MAIL, _tr("Mail")),
    )
    return ChoiceEntry([(way.value, words) for way, words in ways])


def _tr(words: str) -> str:
    return QCoreApplication.translate("ContactPanel", words)


class ContactPanel(Panel):
    """Logs a contact with anybody about the case; the time is now until somebody says another."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.CONTACT, self.tr("Log contact"), self.tr("Log contact"), about, parent)
        self._way = way_entry()
        self.add("way", self.tr("Way"), self._way)
        self._whom, self._number, self._known = LineEntry(), LineEntry(), ""
        self.add("with_whom", self.tr("With whom"), self._whom, required=self.tr("Say with whom."))
        self.add("number", self.tr("Number"), self._number, self.tr("Telephone, fax or address; as the request tells it."))
        self._whom.changed.connect(self._suit_the_number)
        self._suit_the_number()
        self._reached = ChoiceEntry(
            [("", self.tr("Not said yet")), (REACHED, self.tr("Somebody was reached")), (NOBODY, self.tr("Nobody was reached"))]
        )
        self.add("reached", self.tr("Reached"), self._reached, required=self.tr("Say whether somebody was reached."))
        self.add(
            "said", self.tr("What was said"), ProseEntry(3), required=self.tr("Say what was said, or that nobody answered."), right=True
        )
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("When"), self._when, required=self.tr("Say when."), right=True)
        self._back = MomentEntry(about.zone)
        self.add("call_back", self.tr("Call back"), self._back, self.tr("Only where one is due."), right=True)
        self._when.show_moment(about.now)
        self._way.changed.connect(self._suit_the_way)
        self._add_waiting(about)

    def _add_waiting(self, about: About) -> None:
        """Where lines wait for information, whether the contact is an attempt to get it; whom and for what stands there already."""
        self._waiting = {each.ask: each for each in waiting(about.picked.case)}
        if not self._waiting:
            return
        named = [(each.ask, self.tr("To get it: {0}").format("; ".join(each.asked.items))) for each in self._waiting.values()]
        self._about = ChoiceEntry([("", self.tr("Another matter")), *named])
        self.add("ask", self.tr("About"), self._about, self.tr("An attempt is kept with the request for information."), right=True)
        mine = next((each for each in self._waiting.values() if set(each.lines) & set(about.picked.lines)), None)
        if mine is not None:
            self._about.retype(mine.ask)
            self.retype({"with_whom": mine.asked.asked_of})

    def _ask(self) -> EventId | None:
        picked = self._about.typed() if self._waiting else ""
        return EventId(picked) if picked else None

    def _suit_the_way(self) -> None:
        """A voicemail reached nobody; another way has another number."""
        if self._way.typed() == ContactWay.VOICEMAIL:
            self._reached.retype(NOBODY)
        self._suit_the_number()

    def _suit_the_number(self) -> None:
        """Fill in the number that the request tells for whom and the way, where nobody has typed another."""
        before = self._known
        self._known = number_of_whom(self.about.picked.case.current_request, self._whom.typed(), ContactWay(self._way.typed()))
        if self._number.typed() == before:
            self._number.retype(self._known)

    def problems(self) -> Mapping[str, str]:
        """A call back lies after the contact."""
        at, back = self._when.moment(), self._back.moment()
        return {"call_back": self.tr("This lies before the contact.")} if at and back and back <= at else {}

    def call(self) -> Call:
        """Log it."""
        case, at = self.about.picked.case, self._when.moment()
        assert at is not None
        contact = ContactLogged(
            way=ContactWay(self._way.typed()),
            with_whom=self.text("with_whom"),
            number=self.text("number"),
            said=self.text("said"),
            at=at,
            reached=self._reached.typed() == REACHED,
            call_back=self._back.moment(),
            ask=self._ask(),
        )
        return lambda desk: desk.review.log_contact(case.id, contact)
