"""Appeals and wishes to reopen: opened from the refused lines, told who asks, and acknowledged."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.desk.appeals import Filed
from ur_desk.domain.appeals import Asker
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.events import Following
from ur_desk.domain.request import Channel, Evidence, ReceiptEvidence, Urgency
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.panels.contact import way_entry
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


def _tr(words: str) -> str:
    return QCoreApplication.translate("AppealPanel", words)


class _Asking(Panel):
    """Who asks: the member, somebody for the member whose authority is on file, or the provider."""

    def add_asker(self) -> None:
        """Add the fields of who asks."""
        askers = (
            (Asker.MEMBER, _tr("The member")),
            (Asker.REPRESENTATIVE, _tr("Somebody for the member")),
            (Asker.PROVIDER, _tr("The provider")),
        )
        self._asker = ChoiceEntry([(asker.value, words) for asker, words in askers])
        self.add("asked_by", _tr("Who asks"), self._asker)
        self._by_name = LineEntry()
        self.add("name", _tr("Name"), self._by_name, required=_tr("Say who asks, by name."))
        self._authority = self.add("authority", _tr("Authority"), LineEntry(), _tr("Where it is on file: the form, its day, the page."))
        self._asker.changed.connect(self._suit_the_asker)
        self._suit_the_asker()

    def _suit_the_asker(self) -> None:
        """Only who speaks for the member needs an authority; the others are known by name."""
        request, asker = self.about.picked.case.request, Asker(self._asker.typed())
        self._authority.setVisible(asker is Asker.REPRESENTATIVE)
        member = " ".join(part for part in (request.member.given, request.member.family) if part)
        known = {Asker.MEMBER: member, Asker.PROVIDER: (request.requesting_provider.name if request.requesting_provider else None) or ""}
        if self._by_name.typed() in ("", *known.values()):
            self._by_name.retype(known.get(asker, ""))

    def problems(self) -> Mapping[str, str]:
        """Whoever speaks for the member shows that they may."""
        lacks = Asker(self._asker.typed()) is Asker.REPRESENTATIVE and not self.text("authority")
        return {"authority": _tr("Say where their authority is on file.")} if lacks else {}

    def authority(self) -> str:
        """Where the authority is on file; empty of whoever needs none."""
        return self.text("authority") if Asker(self._asker.typed()) is Asker.REPRESENTATIVE else ""


class AppealPanel(_Asking):
    """Opens a case that follows this one, for the picked lines; its clock starts with the receipt that is typed here."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.APPEAL, _tr("Open an appeal"), _tr("Open"), about, parent)
        kinds = ((Following.APPEAL, _tr("An appeal")), (Following.REOPENING, _tr("A wish to reopen")))
        self.add("kind", _tr("What it is"), ChoiceEntry([(kind.value, words) for kind, words in kinds]))
        self.add_asker()
        self.add("why", _tr("Why they ask"), ProseEntry(2), _tr("In their words; it stands with the record."))
        self._when = MomentEntry(about.zone)
        self.add("received_at", _tr("Received"), self._when, required=_tr("Say when it was received."), right=True)
        shown = [("", _tr("Nobody said")), *((each.value, phrase(each)) for each in Evidence)]
        self.add("evidence", _tr("Shown by"), ChoiceEntry(shown), right=True)
        self.add("where", _tr("Where"), LineEntry(), _tr("A page, a log's number."), right=True)
        ways = (Channel.MAIL, Channel.FAX, Channel.PHONE, Channel.PORTAL)
        self.add("channel", _tr("How it came"), ChoiceEntry([(way.value, phrase(way)) for way in ways]), right=True)
        urgency = ((Urgency.STANDARD, _tr("Standard")), (Urgency.EXPEDITED, _tr("Expedited")))
        self.add("urgency", _tr("Urgency"), ChoiceEntry([(each.value, words) for each, words in urgency]), right=True)
        self.add("said_by", _tr("Urgent, says"), LineEntry(), _tr("Who said that it is expedited."), right=True)
        self.say_below(_tr("Whoever decided this case, and who reports to them, decides no appeal against it."))

    def problems(self) -> Mapping[str, str]:
        """It was received after all, and not tomorrow."""
        at, found = self._when.moment(), dict(super().problems())
        if at and at > self.about.now:
            found["received_at"] = _tr("This lies in the future.")
        return found

    def call(self) -> Call:
        """Open it."""
        case, lines, at = self.about.picked.case, self.about.picked.lines, self._when.moment()
        assert at is not None
        kind, where = self.text("evidence"), self.text("where")
        filed = Filed(
            Following(self.text("kind")), lines, Asker(self.text("asked_by")), self.text("name"), at, Urgency(self.text("urgency")),
            self.text("said_by") or None, self.authority(), self.text("why"), Channel(self.text("channel")),
            ReceiptEvidence(Evidence(kind), where or None) if kind else None,
        )  # fmt: skip
        return lambda desk: desk.appeals.open(case.id, case.revision, filed)


class AskerPanel(_Asking):
    """Records who asks, and what each line is about: as the codes of the case before tell, unless somebody says otherwise."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ASKER, _tr("Who asks"), _tr("Record who asks"), about, parent)
        self.add_asker()
        hint = _tr("One a line, 1 = 2: line 1 here is about line 2 there. Empty: as the codes tell.")
        self.add("about", _tr("Which lines"), ProseEntry(2), hint, right=True)

    def problems(self) -> Mapping[str, str]:
        """Lines are numbers."""
        wrong = {} if self._pairs() is not None else {"about": _tr("Write it as 1 = 2, one a line.")}
        return {**super().problems(), **wrong}

    def _pairs(self) -> dict[int, int] | None:
        found: dict[int, int] = {}
        for row in filter(None, (line.strip() for line in self.text("about").splitlines())):
            line, _, of = (part.strip() for part in row.partition("="))
            if not (line.isdigit() and of.isdigit()):
                return None
            found[int(line)] = int(of)
        return found

    def call(self) -> Call:
        """Record it."""
        case, asker, name = self.about.picked.case, Asker(self.text("asked_by")), self.text("name")
        authority, pairs = self.authority(), self._pairs()
        return lambda desk: desk.appeals.record(case.id, case.revision, asker, name, authority=authority, pairs=pairs)


class AcknowledgePanel(Panel):
    """Records that whoever asked heard that it is here, and what comes next."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ACKNOWLEDGE, _tr("Acknowledge"), _tr("Record it"), about, parent)
        self.add("way", _tr("Way"), way_entry())
        self._whom = LineEntry()
        self.add("to_whom", _tr("To whom"), self._whom, required=_tr("Say who heard it."))
        self.add("said", _tr("What was said"), ProseEntry(2), required=_tr("Say what was said."), right=True)
        self._when = MomentEntry(about.zone)
        self.add("at", _tr("When"), self._when, required=_tr("Say when."), right=True)
        self._when.show_moment(about.now)
        told = about.picked.case.appeal
        self._whom.retype(told.name if told else "")

    def call(self) -> Call:
        """Record it."""
        case, at = self.about.picked.case, self._when.moment()
        assert at is not None
        way, whom, said = ContactWay(self.text("way")), self.text("to_whom"), self.text("said")
        return lambda desk: desk.appeals.acknowledge(case.id, case.revision, way, whom, at, said)
