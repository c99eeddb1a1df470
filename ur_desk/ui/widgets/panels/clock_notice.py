"""An earlier target, word of mouth and word to the provider, and what a row asks to be said beside the answer."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ur_desk.domain.clocks.events import Audience
from ur_desk.domain.clocks.rules import Trigger
from ur_desk.domain.clocks.tasks import owed_duties
from ur_desk.domain.contact import ContactWay
from ur_desk.ui.due import due_moment
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.clock_extend import NoticePanel, with_proof
from ur_desk.ui.widgets.panels.clock_words import REACHED
from ur_desk.ui.widgets.panels.form import ChoiceEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class TargetPanel(Panel):
    """Sets an earlier instant than the law does, as fast as the member's health requires; left empty, it lifts the one that stands."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.TARGET, self.tr("Earlier target"), self.tr("Set the target"), about, parent)
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("Answer by"), self._when, self.tr("As fast as the member's health requires."))
        self.add("reason", self.tr("Why"), ProseEntry(2), required=self.tr("Say why."), right=True)
        self.follow()

    def follow(self) -> None:
        """Say which target stands."""
        target = self.about.picked.case.clockwork.target
        if target is not None and target.at is not None:
            words = self.tr("Stands: {0}. Leave the time empty to lift it. The due time of the law stays as it is.")
            self.say_below(words.format(due_moment(target.at, self.about.zone)))
        else:
            self.say_below(self.tr("The due time of the law stays as it is; lists put the case where the target lies."))

    def problems(self) -> Mapping[str, str]:
        """A target is an instant, or lifts one that stands."""
        if self._when.moment() is None and self.about.picked.case.clockwork.target is None:
            return {"at": self.tr("Say when.")}
        return {}

    def call(self) -> Call:
        """Set it."""
        case, at, reason = self.about.picked.case, self._when.moment(), self.text("reason")
        return lambda desk: desk.clocks.target(case.id, case.revision, at, reason)


class NotifyPanel(NoticePanel):
    """Records that the member heard of decided lines by telephone, or the provider in whatever way."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.NOTIFY, self.tr("Told by phone, or provider told"), self.tr("Record"), about, parent)
        choices = ((Audience.MEMBER.value, self.tr("The member, by telephone")), (Audience.PROVIDER.value, self.tr("The provider")))
        self._whom = ChoiceEntry(choices)
        self.add("whom", self.tr("Who"), self._whom)
        self.add("said", self.tr("What was said"), ProseEntry(2), required=self.tr("Say what was said."))
        self.ask_for_notice(REACHED, right=True)
        days = self.clock.written_days if about.picked.case.clock else None
        if days is not None:
            self.say_below(self.tr("Word of mouth comes first here; the written notice follows within {0} days.").format(days))
        else:
            self.say_below(self.tr("Word of mouth stops no clock here: only the written notice does."))

    def problems(self) -> Mapping[str, str]:
        """The member hears by telephone; written notice is a letter."""
        if self._whom.typed() == Audience.MEMBER.value and self.text("way") != ContactWay.CALL.value:
            return {"way": self.tr("A written notice is recorded as a notice, or is a letter.")}
        return self.too_late(None)

    def call(self) -> Call:
        """Record it."""
        case, lines, notice = self.about.picked.case, self.about.picked.lines, self.notice_told()
        whom, said = Audience(self._whom.typed()), self.text("said")
        return lambda desk: desk.clocks.notify(case.id, case.revision, lines, whom, notice, said)


class OwedPanel(NoticePanel):
    """Records that what a row of the law asks to be said beside the answer was said."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.OWED, self.tr("Done what was owed"), self.tr("Record"), about, parent)
        owed = owed_duties(about.picked.case)
        choices = [(row.id, row.name) for row in owed]
        self.add("duty", self.tr("What"), ChoiceEntry(choices), required=self.tr("Say what was done."))
        self.add("said", self.tr("What was said"), LineEntry())
        self.ask_for_notice(REACHED, right=True)
        hint = self.tr("Of a letter that was sent otherwise than from here.")
        self.place(FieldRow(self.tr("Proof"), self.proof, hint, name_width=112, setting=Setting.BELOW), right=True)
        soonest = min((row.due_at for row in owed), default=None)
        if soonest is not None:
            self.say_below(self.tr("Owed by {0}.").format(due_moment(soonest, about.zone)))

    def problems(self) -> Mapping[str, str]:
        """Nobody is told in the future."""
        letter = any(row.id == self.text("duty") and row.trigger is Trigger.EXPEDITE_REFUSED for row in owed_duties(self.about.picked.case))
        if letter and self.proof.path is None:
            return {"duty": self.tr("Write that letter here; or attach the proof of one sent otherwise.")}
        return self.too_late(None)

    def call(self) -> Call:
        """Record it."""
        case, duty, notice, said = self.about.picked.case, self.text("duty"), self.notice_told(), self.text("said")
        return with_proof(self.proof.path, lambda desk, proof: desk.clocks.done(case.id, case.revision, duty, notice, said, proof))
