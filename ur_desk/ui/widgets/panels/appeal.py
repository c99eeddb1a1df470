"""Appeals and wishes to reopen: opened from the refused lines, told who asks, and acknowledged."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.desk.appeals import ABOUT, Filed
from ur_desk.domain.appeals.following import Asker
from ur_desk.domain.clocks.windows import WindowRead, window_words
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.events import Following
from ur_desk.domain.request import Channel, Evidence, ReceiptEvidence, Urgency
from ur_desk.domain.zones import zone
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.panels.contact import way_entry
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, DayEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.restyled import show_if


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
        return {**({"authority": _tr("Say where their authority is on file.")} if lacks else {}), **self._late_problems()}

    # whether it is in time ---------------------------------------------------------------------------------------------------

    def add_lateness(self) -> None:
        """Add the day on which the notice came, and what is said of what came late; the last day stands beside it."""
        self._came = DayEntry()
        self.add("came_on", _tr("Notice came"), self._came, right=True)
        self.add(
            "late_cause", _tr("Good cause"), ProseEntry(2), _tr("Why it is looked at though it came late; the auditor sees it."), right=True
        )
        self._dismiss = CheckEntry(_tr("There is none: it is to be dismissed"))
        self.add("to_dismiss", _tr("Or dismissed"), self._dismiss, right=True)
        self._came.changed.connect(self._suit_the_day)
        self._suit_the_day()

    def windows(self) -> tuple[WindowRead, ...]:
        """Until when they could ask, by what is typed; nothing where that is not known yet."""
        return ()

    def _suit_the_day(self) -> None:
        """The last day, and whether it has passed; a good cause or a dismissal is asked for where it has."""
        told = self.windows()
        self.row("came_on").set_hint(
            "\n".join(window_words(each) for each in told) or _tr("On which day the notice reached them, where they say.")
        )
        late = any(each.late for each in told)
        show_if(self.row("late_cause"), late)
        show_if(self.row("to_dismiss"), late and all(each.bars for each in told) and self._dismissable())

    def _dismissable(self) -> bool:
        """Whether it is an appeal: a wish to reopen is dismissed by nobody."""
        return True

    def _late_problems(self) -> Mapping[str, str]:
        if not any(each.late for each in self.windows()):
            return {}
        cause, dismissed = bool(self.text("late_cause")), bool(self.text("to_dismiss"))
        if cause and dismissed:
            return {"to_dismiss": _tr("Either it is looked at for a good cause, or it is dismissed.")}
        return {} if cause or dismissed else {"late_cause": _tr("It came late: say the good cause, or that it is to be dismissed.")}

    def lateness(self) -> tuple[str, bool]:
        """For which good cause it is looked at, and whether it is to be dismissed; neither where it is in time."""
        late = any(each.late for each in self.windows())
        return (self.text("late_cause"), bool(self.text("to_dismiss"))) if late else ("", False)

    def authority(self) -> str:
        """Where the authority is on file; empty of whoever needs none."""
        return self.text("authority") if Asker(self._asker.typed()) is Asker.REPRESENTATIVE else ""


class AppealPanel(_Asking):
    """Opens a case that follows this one, for the picked lines; its clock starts with the receipt that is typed here."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.APPEAL, _tr("Open an appeal"), _tr("Open"), about, parent)
        kinds = ((Following.APPEAL, _tr("An appeal")), (Following.REOPENING, _tr("A wish to reopen")))
        self._kind = ChoiceEntry([(kind.value, words) for kind, words in kinds])
        self.add("kind", _tr("What it is"), self._kind)
        self.add_asker()
        self.add("why", _tr("Why they ask"), ProseEntry(2), _tr("In their words; it stands with the record."))
        self._when = MomentEntry(about.zone)
        self.add("received_at", _tr("Received"), self._when, required=_tr("Say when it was received."), right=True)
        self.add_lateness()
        self._when.changed.connect(self._suit_the_day)
        self._kind.changed.connect(self._suit_the_day)
        shown = [("", _tr("Nobody said")), *((each.value, phrase(each)) for each in Evidence)]
        self.add("evidence", _tr("Shown by"), ChoiceEntry(shown), right=True)
        self.add("where", _tr("Where"), LineEntry(), _tr("A page, a log's number."), right=True)
        ways = (Channel.MAIL, Channel.FAX, Channel.PHONE, Channel.PORTAL)
        self.add("channel", _tr("How it came"), ChoiceEntry([(way.value, phrase(way)) for way in ways]), right=True)
        urgency = ((Urgency.STANDARD, _tr("Standard")), (Urgency.EXPEDITED, _tr("Expedited")))
        self.add("urgency", _tr("Urgency"), ChoiceEntry([(each.value, words) for each, words in urgency]), right=True)
        self.add("said_by", _tr("Urgent, says"), LineEntry(), _tr("Who said that it is expedited."), right=True)
        self.say_below(_tr("Whoever decided this case, and who reports to them, decides no appeal against it."))

    def windows(self) -> tuple[WindowRead, ...]:
        """Until when they could ask; as of today until somebody says when it was received."""
        request, at = self.about.picked.case.request, self._when.moment() or self.about.now
        on = at.astimezone(zone(request.received_zone or self.about.zone)).date()
        return self.about.picked.in_time(ABOUT[Following(self.text("kind"))], on, self._came.day())

    def _dismissable(self) -> bool:
        return Following(self.text("kind")) is Following.APPEAL

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
            ReceiptEvidence(Evidence(kind), where or None) if kind else None, self._came.day(), *self.lateness(),
        )  # fmt: skip
        return lambda desk: desk.appeals.open(case.id, case.revision, filed)


class AskerPanel(_Asking):
    """Records who asks, and what each line is about: as the codes of the case before tell, unless somebody says otherwise."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ASKER, _tr("Who asks"), _tr("Record who asks"), about, parent)
        self.add_asker()
        hint = _tr("One a line, 1 = 2: line 1 here is about line 2 there. Empty: as the codes tell.")
        pairs = ProseEntry(2)
        self.add("about", _tr("Which lines"), pairs, hint, right=True)
        self.add_lateness()
        pairs.changed.connect(self._suit_the_day)

    def windows(self) -> tuple[WindowRead, ...]:
        """Until when they could ask, as it was received, for the lines that are named or all of which somebody had notice."""
        picked = self.about.picked
        follows, request = picked.case.follows, picked.case.request
        if follows is None:
            return ()
        on = (request.received_at or self.about.now).astimezone(zone(request.received_zone or self.about.zone)).date()
        lines = tuple((self._pairs() or {}).values()) or tuple(picked.noticed_before)
        return picked.in_time_before(ABOUT[follows.kind], lines, on, self._came.day())

    def _dismissable(self) -> bool:
        follows = self.about.picked.case.follows
        return follows is not None and follows.kind is Following.APPEAL

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
        authority, pairs, came_on, (cause, dismissed) = self.authority(), self._pairs(), self._came.day(), self.lateness()
        return lambda desk: desk.appeals.record(
            case.id, case.revision, asker, name, authority=authority, pairs=pairs, came_on=came_on, late_cause=cause, to_dismiss=dismissed
        )


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
