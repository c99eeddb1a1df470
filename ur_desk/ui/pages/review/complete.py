"""Complete the request: facts that nobody knew when the case was opened, who told them, and how."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ur_desk.domain.drafts import Draft, Purpose, draft_of, read
from ur_desk.domain.request import Request
from ur_desk.domain.rules import COMPLETABLE
from ur_desk.ui.pages.entry.fields import Field, How, draft_with, groups, text_at
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry, ProseEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb

_WHEN = ("received_date", "received_time", "received_zone")
"""The three that are one instant: told together or not at all."""


_PART = dict.fromkeys(_WHEN, "received_at") | {"received_evidence_where": "received_evidence"}


class CompletePanel(Panel):
    """Asks only for what is not known; what is known changes by an amendment. The case is matched again and its clock read anew."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.COMPLETE, self.tr("Complete request"), self.tr("Add and match again"), about, parent)
        self.add("told_by", self.tr("Who told it"), LineEntry(), required=self.tr("Say who told it."))
        self.add("how", self.tr("How"), LineEntry(), required=self.tr("Say how they told it."), right=True)
        unknown = [field for group in groups() for field in group.fields if _unknown(about.picked.case.request, field)]
        self._fields = sorted(unknown, key=lambda field: field.path not in _PART)  # the receipt first: it starts the clock
        for place, field in enumerate(self._fields):
            self.add(field.path, field.name, _entry(field), right=bool(place % 2))
        self.say_below(self.tr("What is known already is not asked for: it changes by an amendment only."))

    def problems(self) -> Mapping[str, str]:
        """What cannot be read, beside its field; and that nothing was told, beside the first."""
        told = self._told()
        if not told:
            return {"told_by": self.tr("Nothing was added: fill in what was told.")}
        reading = read(self._draft(told), None, self.about.now)
        asked = {*told, *(_WHEN if told.keys() & set(_WHEN) else ())}
        return {p.where: p.message for p in reversed(reading.problems) if p.where in asked}

    def call(self) -> Call:
        """Add what was told."""
        case, draft = self.about.picked.case, self._draft(self._told())
        request = read(draft, None, self.about.now, Purpose.IMPORT).request
        assert request is not None
        who, how = self.text("told_by"), self.text("how")
        return lambda desk: desk.intake.complete(case.id, case.revision, request, who, how)

    def _told(self) -> dict[str, str]:
        return {field.path: self.text(field.path) for field in self._fields if self.text(field.path)}

    def _draft(self, told: Mapping[str, str]) -> Draft:
        return draft_with(draft_of(self.about.picked.case.request), told)


def _unknown(request: Request, field: Field) -> bool:
    """Whether the request does not say it, and somebody may tell it later."""
    part = _PART.get(field.path) or field.path.partition(".")[0]
    return part in COMPLETABLE and not text_at(draft_of(request), field.path)


def _entry(field: Field) -> LineEntry | ProseEntry | ChoiceEntry:
    if field.how is How.CHOICE:
        return ChoiceEntry(field.choices)
    if field.how is How.PROSE:
        return ProseEntry(2)
    return DayEntry() if field.how is How.DAY else LineEntry()
