"""The peer-to-peer log: a discussion offered, whoever asked reached, and what came of it; nothing of it ever reaches a letter."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.domain.contact import ContactWay
from ur_desk.domain.events import PeerOutcome
from ur_desk.domain.people import Role
from ur_desk.ui.widgets.panels.contact import way_entry
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


def _tr(words: str) -> str:
    return QCoreApplication.translate("PeerPanel", words)


class _PeerPanel(Panel):
    """With whom and when; a kind of panel adds the rest."""

    def __init__(self, verb: Verb, title: str, commit: str, about: About, parent: QWidget | None = None) -> None:
        super().__init__(verb, title, commit, about, parent)
        provider = about.picked.case.request.requesting_provider
        self._whom, self._when = LineEntry(), MomentEntry(about.zone)
        self.add("with_whom", _tr("With whom"), self._whom, required=_tr("Say with whom, by name or office."))
        self._whom.retype((provider.name if provider else "") or "")
        self.add("at", _tr("When"), self._when, required=_tr("Say when."))
        self._when.show_moment(about.now)
        self.say_below(_tr("It does not stop the clock, and nothing of it ever reaches a letter."))


class OfferPanel(_PeerPanel):
    """A discussion was offered; a voicemail or a message counts for the offer only."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.PEER_OFFER, _tr("Offer peer-to-peer"), _tr("Record the offer"), about, parent)
        self.add("way", _tr("Way"), way_entry())
        needs = _tr("Say at which number the reviewer is reached.")
        number = LineEntry()
        self.add("number", _tr("Reached at"), number, _tr("The number that was left for them to call."), required=needs)
        number.retype(about.picked.peer_phone)
        physicians = [a for a in about.picked.people.values() if a.has(Role.PHYSICIAN) and not a.retired]
        chosen = about.picked.person.name if about.picked.person.has(Role.PHYSICIAN) else ""
        choices = [("", _tr("Nobody named")), *((a.name, a.signature) for a in sorted(physicians, key=lambda a: a.display))]
        self.add("physician", _tr("Talk with"), ChoiceEntry(choices), _tr("The physician with whom it is offered."), right=True)
        self.entry("physician").retype(chosen)
        hint = _tr("Why that physician is of the same or a similar specialty; a state may ask for it.")
        self.add("similar", _tr("Specialty"), ProseEntry(2), hint, right=True)

    def call(self) -> Call:
        """Record it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        way, whom, number = ContactWay(self.text("way")), self.text("with_whom"), self.text("number")
        physician, similar = self.text("physician"), self.text("similar")
        return lambda desk: desk.peers.offer(
            case.id, case.revision, lines, way, whom, at, number, physician=physician, similar=similar
        )  # fmt: skip


class ReachedPanel(_PeerPanel):
    """Whoever asked for the service was reached by telephone."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.PEER_REACHED, _tr("Peer reached"), _tr("Record it"), about, parent)
        self.add("said", _tr("What was agreed"), ProseEntry(3), required=_tr("Say what was agreed."), right=True)
        self._arranged = MomentEntry(about.zone)
        self.add("arranged", _tr("Talk at"), self._arranged, _tr("Where a time was agreed."), right=True)

    def call(self) -> Call:
        """Record it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        whom, said, arranged = self.text("with_whom"), self.text("said"), self._arranged.moment()
        return lambda desk: desk.peers.reach(case.id, case.revision, lines, whom, at, said, arranged=arranged)


class EndPanel(_PeerPanel):
    """What came of it; of a talk the physician who talked tells it."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.PEER_END, _tr("End peer-to-peer"), _tr("Record the outcome"), about, parent)
        told = {
            PeerOutcome.UPHELD: _tr("Talked: nothing changes"),
            PeerOutcome.CHANGED: _tr("Talked: decided otherwise"),
            PeerOutcome.INFORMATION: _tr("Talked: more is to come"),
            PeerOutcome.WITHDRAWN: _tr("Talked: the request is taken back"),
            PeerOutcome.DECLINED: _tr("Declined"),
            PeerOutcome.NOT_TAKEN_UP: _tr("Nobody called back"),
        }
        talked = about.picked.person.has(Role.PHYSICIAN)
        choices = [("", _tr("Not said yet")), *((outcome.value, words) for outcome, words in told.items() if talked or not outcome.talked)]
        self.add("outcome", _tr("Outcome"), ChoiceEntry(choices), required=_tr("Say what came of it."))
        self.add("said", _tr("What was said"), ProseEntry(3), required=_tr("Say what was said, or what was tried."), right=True)

    def call(self) -> Call:
        """Record it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        outcome, whom, said = PeerOutcome(self.text("outcome")), self.text("with_whom"), self.text("said")
        return lambda desk: desk.peers.end(case.id, case.revision, lines, outcome, whom, at, said)
