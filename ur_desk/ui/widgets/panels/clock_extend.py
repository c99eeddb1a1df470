"""Extend the clock, send an incomplete request back, and note the answer: what bends a clock once, with its notice."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ur_desk.desk.steps import Steps, store
from ur_desk.domain.clocks.events import ClockExtended, Told
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.rules import Condition, Right
from ur_desk.domain.contact import ContactWay
from ur_desk.ui.due import due_moment
from ur_desk.ui.widgets.field_row import FieldRow, Setting
from ur_desk.ui.widgets.panels.clock_words import REACHED, conditions_entry, ways_entry
from ur_desk.ui.widgets.panels.form import CheckEntry, DayEntry, LineEntry, MomentEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb
from ur_desk.ui.widgets.proof import ProofChooser

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

WRITTEN = (ContactWay.MAIL, ContactWay.FAX, ContactWay.EMAIL, ContactWay.PORTAL)
"""Ways on which a notice is in writing."""


class NoticePanel(Panel):
    """A panel in which somebody outside is told something: how, who, and when."""

    def ask_for_notice(self, ways: tuple[ContactWay, ...], *, right: bool = False) -> None:
        """Add the fields of the notice; the time is now until somebody says another."""
        self.proof = ProofChooser()
        self.add("way", self.tr("Way"), ways_entry(ways), right=right)
        self.add("to_whom", self.tr("Who was told"), LineEntry(), required=self.tr("Say who was told."), right=right)
        self._when = MomentEntry(self.about.zone)
        self.add("at", self.tr("When"), self._when, required=self.tr("Say when."), right=right)
        self._when.show_moment(self.about.now)

    def notice_told(self) -> Told:
        """The notice as typed."""
        at = self._when.moment()
        assert at is not None
        return Told(ContactWay(self.text("way")), self.text("to_whom"), at)

    def too_late(self, limit: datetime | None) -> Mapping[str, str]:
        """What is wrong with the time of the notice."""
        at = self._when.moment()
        if at is not None and at > self.about.now:
            return {"at": self.tr("That lies in the future.")}
        if at is not None and limit is not None and at > limit:
            return {"at": self.tr("The notice leaves by {0}.").format(due_moment(limit, self.about.zone))}
        return {}

    @property
    def clock(self) -> ClockRead:
        """The clock of the case."""
        clock = self.about.picked.case.clock
        assert clock is not None
        return clock


class ExtendPanel(NoticePanel):
    """Extends the clock by a written notice that was sent otherwise than from here, with its proof; asks what the rule of this clock wants,
    and no more."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.EXTEND, self.tr("Extension noticed elsewhere"), self.tr("Extend"), about, parent)
        allowed = self.clock.extension
        conditions = allowed.conditions if allowed else ()
        self.add("condition", self.tr("Because"), conditions_entry(conditions), required=self.tr("Say on which condition."))
        self.add("reason", self.tr("Why, as the notice says it"), ProseEntry(2), required=self.tr("Say why the clock is extended."))
        if Condition.NEED_AND_INTEREST in conditions:
            self.add("interest", self.tr("Why waiting is in the enrollee's interest"), LineEntry())
        if Condition.NONCONTRACT_EVIDENCE in conditions:
            self.add("provider", self.tr("Whose evidence"), LineEntry(), self.tr("A provider without a contract."))
        self.ask_for_notice(WRITTEN, right=True)
        self.place(FieldRow(self.tr("Proof"), self.proof, required=True, name_width=112, setting=Setting.BELOW), right=True)
        if allowed is not None and allowed.tolling is not None:
            hint = self.tr("One thing a line. The clock pauses for it; leave empty where nothing is asked for.")
            self.add("items", self.tr("What the notice asks for"), ProseEntry(2), hint)
            least = self.tr("At least {0} days after the notice.").format(allowed.tolling.answer_days)
            self._by = DayEntry()
            self.add("answer_by", self.tr("Last day to answer"), self._by, least, right=True)
        if allowed is not None and allowed.right is not None:
            which = {Right.GRIEVANCE: self.tr("a grievance"), Right.EXPEDITED_GRIEVANCE: self.tr("an expedited grievance")}[allowed.right]
            self.add("right_told", "", CheckEntry(self.tr("The notice names the right to {0}").format(which)), right=True)
            self.entry("right_told").setAccessibleName(self.tr("The notice names the right"))
        self.follow()

    def follow(self) -> None:
        """Say by how much, and until when the notice leaves."""
        limit, allowed = self.clock.due_at or self.clock.outer_at, self.clock.extension
        if limit is None or allowed is None:
            return
        words = self.tr(
            "By {0} calendar days, once, by a notice that left by {1}. A notice that is written here extends the clock by itself."
        )
        kept = "" if allowed.verified else " " + self.tr("This extension was not verified against the official text.")
        self.say_below(words.format(allowed.days, due_moment(limit, self.about.zone)) + kept)

    def problems(self) -> Mapping[str, str]:
        """A notice in time; what is asked for and its last day together."""
        found = dict(self.too_late(self.clock.due_at or self.clock.outer_at))
        if self._has("answer_by") and bool(self.text("items")) is not (self._by.day() is not None):
            found["answer_by"] = self.tr("A pause names what is asked for and the last day to answer.")
        if self._has("right_told") and not self.text("right_told"):
            found["right_told"] = self.tr("The notice must name it.")
        if self.proof.path is None and not found:
            found["at"] = self.tr("Attach what shows that it was sent.")
        return found

    def _has(self, key: str) -> bool:
        return key in self.typed()

    def call(self) -> Call:
        """Extend it."""
        case = self.about.picked.case
        items = tuple(line.strip() for line in self.text("items").splitlines() if line.strip()) if self._has("items") else ()
        body = ClockExtended(
            Condition(self.text("condition")),
            self.text("reason"),
            self.notice_told(),
            items,
            self._by.day() if self._has("answer_by") else None,
            self.text("interest") if self._has("interest") else "",
            self.text("provider") if self._has("provider") else "",
            self._has("right_told") and bool(self.text("right_told")),
        )
        return with_proof(self.proof.path, lambda desk, proof: desk.clocks.extend(case.id, case.revision, body, proof))


def with_proof(path: Path | None, use: "Callable[[Desk, Any], Any]") -> Call:
    """A call in steps: the proof is brought, where there is one, and then used."""

    def start(desk: "Desk") -> Steps[Any]:
        proof = (yield from desk.records.bring(path)) if path else None
        return (yield from store(lambda: use(desk, proof)))

    return start


class ReturnPanel(NoticePanel):
    """Records that the requester was told what an urgent request lacks, and until when it may be completed."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.RETURN, self.tr("Sent back as incomplete"), self.tr("Record"), about, parent)
        needs = self.tr("Name at least one thing that is missing.")
        self.add("items", self.tr("What it lacks"), ProseEntry(3), self.tr("One thing a line."), required=needs)
        self._until = MomentEntry(about.zone)
        self.add("until", self.tr("May be completed until"), self._until, required=self.tr("Say until when."))
        self.ask_for_notice(REACHED, right=True)
        allowed = self.clock.incomplete
        if allowed is not None and self.clock.tell_until is not None:
            words = self.tr("Told by {0}, with at least {1} hours to complete it; the answer is due {2} hours after that.")
            self.say_below(words.format(due_moment(self.clock.tell_until, about.zone), allowed.answer, allowed.decide))

    def problems(self) -> Mapping[str, str]:
        """Told in time."""
        return self.too_late(self.clock.tell_until)

    def call(self) -> Call:
        """Record it."""
        case, until, notice = self.about.picked.case, self._until.moment(), self.notice_told()
        assert until is not None
        items = tuple(self.text("items").splitlines())
        return lambda desk: desk.clocks.send_back(case.id, case.revision, items, notice, until)


class AnswerPanel(Panel):
    """Notes that what the clock waited for is here; the clock goes on from then."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.ANSWER, self.tr("Answer came"), self.tr("Record"), about, parent)
        self.add("what", self.tr("What came"), ProseEntry(2), required=self.tr("Say what came."))
        self._when = MomentEntry(about.zone)
        self.add("at", self.tr("When it came"), self._when, required=self.tr("Say when."), right=True)
        self._when.show_moment(about.now)
        self.say_below(self.tr("The clock is read anew from the answer. Where lines are pended, record the information instead."))

    def call(self) -> Call:
        """Record it."""
        case, at, what = self.about.picked.case, self._when.moment(), self.text("what")
        assert at is not None
        return lambda desk: desk.clocks.answer(case.id, case.revision, what, at)
