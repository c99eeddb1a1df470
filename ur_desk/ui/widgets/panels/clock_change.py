"""Change what the clock rests on: urgency, timing, line of business, state and plan, with the reason and who said so."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.domain.clocks.events import Basis, Told, basis_of
from ur_desk.domain.clocks.facts import Particulars
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.request import Coverage, Funding, LineOfBusiness, Timing, Urgency
from ur_desk.domain.states import STATES
from ur_desk.ui.phrases import sentence
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, DayEntry, LineEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb

_MEDICARE = frozenset({LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.DSNP_INTEGRATED})
_MEDICAID = frozenset({LineOfBusiness.MEDICAID_MANAGED_CARE, LineOfBusiness.CHIP_MANAGED_CARE})


_TRUE_OR_NOT = ("under_authorization", "drug", "misfiled", "accredited", "clean_claim")


class ChangePanel(Panel):
    """Shows the facts as they stand, to be changed where they are wrong; the clock is read anew from the original receipt."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.CHANGE, self.tr("Change urgency, plan or timing"), self.tr("Change and read anew"), about, parent)
        case = about.picked.case
        self._before = basis_of(case.request, case.clockwork.particulars)
        self._facts()
        self.add("reason", self.tr("Why it changes"), LineEntry(), required=self.tr("Say why it changes."), right=True)
        self.add("said_by", self.tr("Who said so"), LineEntry(), required=self.tr("Say who said so."), right=True)
        self._tick("physician", self.tr("A physician said so"))
        if self._before.urgency is Urgency.EXPEDITED:
            self._lowering()
        self._particulars()
        self.say_below(self.tr("The clock is read from the original receipt. The date before it stays on record."))

    def _facts(self) -> None:
        before, cover = self._before, self._before.coverage or Coverage()
        self.add("urgency", self.tr("Urgency"), _choice(Urgency, before.urgency))
        self.add("timing", self.tr("Timing"), _choice(Timing, before.timing))
        self.add("line_of_business", self.tr("Line of business"), _choice(LineOfBusiness, before.line_of_business))
        states = [("", "–"), *((code, f"{code} {name}") for code, name in STATES.items())]
        self.add("state", self.tr("State"), _chosen(states, before.state or ""))
        if before.line_of_business is None or before.line_of_business not in _MEDICARE | _MEDICAID:
            funding = [("", "–"), *((each.value, each.value.replace("_", "-")) for each in Funding)]
            self.add("funding", self.tr("Funding"), _chosen(funding, cover.funding or ""))
            self.add("erisa", self.tr("Under ERISA"), _yes_or_no(cover.erisa))

    def _particulars(self) -> None:
        """What the request did not say and this kind of plan turns on."""
        line, told = self._before.line_of_business, self._before.particulars
        if line in _MEDICAID:
            self._period = DayEntry()
            self.add("rating_period", self.tr("Rating period from"), self._period, self.tr("Medicaid: from 2026 on seven days."))
            self._period.retype(f"{told.rating_period:%m/%d/%Y}" if told.rating_period else "")
        if line in _MEDICARE:
            self.add("under_authorization", self.tr("Under prior authorization"), _yes_or_no(told.under_authorization), right=True)
        if line in _MEDICARE | _MEDICAID:
            self.add("drug", self.tr("A drug"), _yes_or_no(told.drug), right=True)
        else:
            self.add("misfiled", self.tr("Filed wrongly"), _yes_or_no(told.misfiled), right=True)
        self.add("accredited", self.tr("NCQA plan"), _yes_or_no(told.accredited), right=True)
        if line is LineOfBusiness.COMMERCIAL_INSURED:
            cover = self._before.coverage or Coverage()
            self.add("grandfathered", self.tr("Grandfathered"), _yes_or_no(cover.grandfathered), right=True)
        if self._before.timing is Timing.CONCURRENT:
            self._of_ongoing_care(told)
        if line in _MEDICARE and self._before.timing is Timing.POSTSERVICE:
            self.add("clean_claim", self.tr("Clean, no contract"), _yes_or_no(told.clean_claim), right=True)

    def _of_ongoing_care(self, told: Particulars) -> None:
        """When it ends by itself, and whether the plan ends it."""
        self._ends, self._reduces = MomentEntry(self.about.zone), DayEntry()
        self.add("care_ends_at", self.tr("The care ends"), self._ends, self.tr("What the request would extend."), right=True)
        self.add("reduces_on", self.tr("The plan ends it"), self._reduces, self.tr("First day of less care, or none."), right=True)
        if told.care_ends_at is not None:
            self._ends.show_moment(told.care_ends_at)
        self._reduces.retype(f"{told.reduces_on:%m/%d/%Y}" if told.reduces_on else "")

    def _lowering(self) -> None:
        """What it takes that the request is no longer expedited."""
        self._tick("no_physician", self.tr("No physician had asked for it to be expedited"))
        if self._before.line_of_business in _MEDICARE:
            self.add(
                "told", self.tr("Told by telephone"), LineEntry(), self.tr("Who, where the request is no longer expedited."), right=True
            )
            self._told_at = MomentEntry(self.about.zone)
            self.add("told_at", self.tr("When they were told"), self._told_at, right=True)
            self._told_at.show_moment(self.about.now)

    def problems(self) -> Mapping[str, str]:
        """Something is changed, and whoever is told is told at a time."""
        if self._after() == self._before:
            return {"urgency": self.tr("Nothing is changed yet.")}
        if self._has("told") and self.text("told") and self._told_at.moment() is None:
            return {"told_at": self.tr("Say when.")}
        return {}

    def call(self) -> Call:
        """Change it."""
        case, after, reason, said_by = self.about.picked.case, self._after(), self.text("reason"), self.text("said_by")
        physician, none = bool(self.text("physician")), self._has("no_physician") and bool(self.text("no_physician"))
        at = self._told_at.moment() if self._has("told") and self.text("told") else None
        notice = Told(ContactWay.CALL, self.text("told"), at) if at is not None else None
        return lambda desk: desk.clocks.change(
            case.id, case.revision, after, reason, said_by, physician=physician, no_physician=none, notice=notice
        )

    def _after(self) -> Basis:
        before, cover = self._before, self._before.coverage
        urgency = Urgency(self.text("urgency")) if self.text("urgency") else None
        if self._has("funding"):
            told = replace(cover or Coverage(), funding=self.text("funding") or None, erisa=_truth(self.text("erisa")))
            if self._has("grandfathered"):
                told = replace(told, grandfathered=_truth(self.text("grandfathered")))
            cover = told if cover is not None or told != Coverage() else None
        raised = urgency is Urgency.EXPEDITED and before.urgency is not urgency
        return Basis(
            urgency,
            self.text("said_by") or None if raised else before.urgency_said_by,
            Timing(self.text("timing")) if self.text("timing") else None,
            LineOfBusiness(self.text("line_of_business")) if self.text("line_of_business") else None,
            self.text("state") or None,
            cover,
            self._particulars_after(),
        )

    def _particulars_after(self) -> Particulars:
        told: dict[str, Any] = {name: _truth(self.text(name)) for name in _TRUE_OR_NOT if self._has(name)}
        if self._has("rating_period"):
            told["rating_period"] = self._period.day()
        if self._has("care_ends_at"):
            told |= {"care_ends_at": self._ends.moment(), "reduces_on": self._reduces.day()}
        return replace(self._before.particulars, **told)

    def _tick(self, key: str, words: str) -> None:
        self.add(key, "", CheckEntry(words), right=True)
        self.entry(key).setAccessibleName(words)

    def _has(self, key: str) -> bool:
        return key in self.typed()


def _tr(words: str) -> str:
    return QCoreApplication.translate("ChangePanel", words)


def _choice(kind: type[StrEnum], value: StrEnum | None) -> ChoiceEntry:
    return _chosen([("", "–"), *((each.value, sentence(each)) for each in kind)], value.value if value else "")


def _chosen(choices: Iterable[tuple[str, str]], value: str) -> ChoiceEntry:
    entry = ChoiceEntry(list(choices))
    entry.retype(value)
    return entry


def _yes_or_no(value: bool | None) -> ChoiceEntry:
    return _chosen((("", "–"), ("yes", _tr("Yes")), ("no", _tr("No"))), "" if value is None else "yes" if value else "no")


def _truth(text: str) -> bool | None:
    return None if not text else text == "yes"
