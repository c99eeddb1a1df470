"""The form of a notice of open lines: what a reviewer says in it; the letter that it makes stands beside it as it is typed."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.domain.case import Case, Issued
from ur_desk.domain.clocks.events import ExtensionTerms
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.rules import Condition
from ur_desk.domain.clocks.what_if import WhatIf
from ur_desk.domain.letters.notices import Asker, NoticeKind, NoticeWanted
from ur_desk.ui.due import due_moment
from ur_desk.ui.pages.letter.state import kind_words
from ur_desk.ui.widgets.field_row import Setting
from ur_desk.ui.widgets.inline_form import Entry, InlineForm
from ur_desk.ui.widgets.panels.clock_words import conditions_entry
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry, ProseEntry

PAUSE = 250
"""Milliseconds without a key after which the letter is written anew."""
_ASKED = frozenset({Condition.REQUESTED, Condition.ENROLLEE_ASKS})
"""Conditions of an extension under which somebody asked for it."""


class NoticeForm(InlineForm):
    """Asks what the rule of the clock wants of such a notice, and no more; its days are the clock's and are never typed."""

    retyped = Signal()
    """Something else stands in it, and nobody types any more."""

    def __init__(self, kind: NoticeKind, case: Case, zone: str, corrects: Issued | None = None, parent: QWidget | None = None) -> None:
        super().__init__(kind_words(kind.value), self.tr("Issue…"), parent=parent)
        self.kind, self.corrects, self._zone = kind, corrects, zone
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self.retyped)
        if kind is NoticeKind.EXTENSION:
            self._ask_for_terms(case.clock)
        else:
            needs = self.tr("Say why, in words for the member.")
            self._ask("why", self.tr("Why, in words for the member"), ProseEntry(4), required=needs)
        if corrects is not None:
            needs = self.tr("Say why it is corrected.")
            self._ask("reason", self.tr("Why it is corrected"), LineEntry(), self.tr("It stands in the trail."), needs)
            self._begin_with(corrects)
        self.finish()
        self.tell_dates(None)

    def _ask(self, key: str, name: str, entry: Entry, hint: str = "", required: str = "") -> None:
        self.add(key, name, entry, hint, required, setting=Setting.STACKED)
        entry.changed.connect(self._typing.start)

    def _ask_for_terms(self, clock: ClockRead | None) -> None:
        allowed = clock.extension if clock else None
        conditions = allowed.conditions if allowed else ()
        self._ask("condition", self.tr("Because"), conditions_entry(conditions), required=self.tr("Say on which condition."))
        self._ask("why", self.tr("Why, in words for the member"), ProseEntry(3), required=self.tr("Say why more time is needed."))
        if _ASKED & set(conditions):
            who = [(Asker.MEMBER.value, self.tr("The member")), (Asker.PROVIDER.value, self.tr("The provider"))]
            self._ask("asked_by", self.tr("Who asked, where somebody did"), ChoiceEntry(who))
        if Condition.NEED_AND_INTEREST in conditions:
            self._ask("interest", self.tr("Why waiting is in the enrollee's interest"), LineEntry())
        if Condition.NONCONTRACT_EVIDENCE in conditions:
            self._ask("provider", self.tr("Whose evidence"), LineEntry(), self.tr("A provider without a contract."))
        if allowed is not None and allowed.tolling is not None:
            hint = self.tr("One thing a line. The clock pauses for it; leave empty where nothing is waited for.")
            self._ask("items", self.tr("What is waited for"), ProseEntry(2), hint)
            least = self.tr("At least {0} days after the notice.").format(allowed.tolling.answer_days)
            self._ask("answer_by", self.tr("Last day to send it"), DayEntry(), least)

    def _begin_with(self, before: Issued) -> None:
        """The terms of the notice that is corrected."""
        terms = before.extends
        if terms is None:
            return
        told = {
            "condition": terms.condition.value, "why": terms.reason, "interest": terms.interest, "provider": terms.provider,
            "items": "\n".join(terms.items), "answer_by": f"{terms.answer_by:%m/%d/%Y}" if terms.answer_by else "",
        }  # fmt: skip
        for key, words in told.items():
            if self.has(key):
                self.entry(key).retype(words)

    def wanted(self) -> NoticeWanted | None:
        """The notice as it is typed; None where more time is asked for on no condition yet."""
        if self.kind is not NoticeKind.EXTENSION:
            return NoticeWanted(self.kind, self.text("why"))
        if not self.text("condition"):
            return None
        condition = Condition(self.text("condition"))
        items = tuple(line.strip() for line in self._typed("items").splitlines() if line.strip())
        terms = ExtensionTerms(
            condition, self.text("why"), items, self._last_day(), self._typed("interest"), self._typed("provider")
        )  # fmt: skip
        asker = Asker(self._typed("asked_by")) if condition in _ASKED else Asker.PLAN
        return NoticeWanted(self.kind, self.text("why"), asker, terms)

    def tell_dates(self, found: WhatIf | None) -> None:
        """Say what the notice is for, and of an extension when the answer is due now, and once the notice was sent today."""
        self.say("\n".join(self._dates(found)))

    def _dates(self, found: WhatIf | None) -> Iterator[str]:
        if self.kind is NoticeKind.LATE:
            yield self.tr("The due time has passed and the lines are open. The day on which it was due is the clock's.")
        elif self.kind is NoticeKind.EXPEDITE_REFUSED:
            yield self.tr("The request is not expedited any more. The day by which the answer comes is the clock's.")
        elif found is None:
            yield self.tr("Once it was sent to the member, the clock is extended by itself.")
        else:
            before, after = (self._due(each) for each in (found.now, found.then))
            yield self.tr("Due now: {0}. Due once this was sent today: {1}.").format(before, after)
            if found.then.pause_until is not None:
                yield self.tr("That is without an answer; what comes earlier makes it earlier.")

    def _due(self, clock: ClockRead) -> str:
        at = clock.due_at or clock.outer_at
        return due_moment(at, self._zone) if at else self.tr("no due date")

    def has(self, key: str) -> bool:
        """Whether the form asks for that."""
        return key in self._entries

    def _typed(self, key: str) -> str:
        return self.text(key) if self.has(key) else ""

    def _last_day(self) -> date | None:
        entry = self.entry("answer_by") if self.has("answer_by") else None
        return entry.day() if isinstance(entry, DayEntry) else None
