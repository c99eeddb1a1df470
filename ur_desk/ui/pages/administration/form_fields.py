"""How an official form is installed: its number, its last day, and which of its fields takes which fact."""

from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.desk.stationery import FormStanding, Looked
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import show_if

_NAMES: dict[str, object] = {
    "letter_date": QT_TRANSLATE_NOOP("facts", "Date of the notice"),
    "member_name": QT_TRANSLATE_NOOP("facts", "Member"),
    "member_number": QT_TRANSLATE_NOOP("facts", "Member number"),
    "recipient": QT_TRANSLATE_NOOP("facts", "Name and address"),
    "case_number": QT_TRANSLATE_NOOP("facts", "Case number"),
    "requester": QT_TRANSLATE_NOOP("facts", "Who asked"),
    "plan_name": QT_TRANSLATE_NOOP("facts", "Plan"),
    "plan_address": QT_TRANSLATE_NOOP("facts", "Plan's address"),
    "plan_phone": QT_TRANSLATE_NOOP("facts", "Plan's telephone"),
    "plan_tty": QT_TRANSLATE_NOOP("facts", "TTY"),
    "plan_hours": QT_TRANSLATE_NOOP("facts", "Hours"),
    "status": QT_TRANSLATE_NOOP("facts", "Kind of decision"),
    "services": QT_TRANSLATE_NOOP("facts", "Services, and what was decided"),
    "reason": QT_TRANSLATE_NOOP("facts", "Why"),
    "criterion": QT_TRANSLATE_NOOP("facts", "Rule that was used"),
    "plan_provision": QT_TRANSLATE_NOOP("facts", "Part of the plan"),
    "appeal_window": QT_TRANSLATE_NOOP("facts", "Time to appeal"),
    "appeal_address": QT_TRANSLATE_NOOP("facts", "Appeals: address"),
    "appeal_phone": QT_TRANSLATE_NOOP("facts", "Appeals: telephone"),
    "appeal_fax": QT_TRANSLATE_NOOP("facts", "Appeals: fax"),
    "expedited_phone": QT_TRANSLATE_NOOP("facts", "Fast appeals"),
}
FACTS = tuple(_NAMES)
"""Every fact that a form may hold, in the order in which a person is asked."""


def fact_name(fact: str) -> str:
    """What a fact of a form is called on the screen."""
    return QCoreApplication.translate("facts", str(_NAMES.get(fact, fact.replace("_", " "))))


class InstallForm(InlineForm):
    """Asks for what the form shows, and for a field for each fact that it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.commit_button.setText(self.tr("Install"))
        self.add(
            "omb", self.tr("OMB number"), LineEntry("0938-"), self.tr("As the form prints it"), self.tr("Write it as the form prints it.")
        )
        self.add("expires", self.tr("Expires on"), DayEntry(), self.tr("As the form prints it"), self.tr("Say its last day."))
        for fact in FACTS:
            self.add(fact, fact_name(fact), ChoiceEntry([("", self.tr("No field"))]))
        self.finish()

    def show_form(self, form: FormStanding, file: str, looked: Looked) -> None:
        """Ask about a form that was looked at: former choices stand where its fields have the same names, else what their names say."""
        self.title.setText(self.tr("Install {0}").format(form.name))
        self.say(self.tr("{0} has {1} fields. Say which takes what.").format(file, len(looked.fields)))
        before = {fact: field for fact, field in (form.installed[0].fields if form.installed else ()) if field in looked.fields}
        chosen = {**dict(looked.proposed), **before}
        for fact in FACTS:
            entry = self.entry(fact)
            assert isinstance(entry, ChoiceEntry)
            entry.clear()
            entry.addItem(self.tr("No field, needed") if fact in form.needed else self.tr("No field"), "")
            for field in looked.fields:
                entry.addItem(field, field)
            show_if(self.row(fact), fact in form.facts)
        self.fill(chosen)

    def expires(self) -> date | None:
        """The last day that was typed."""
        entry = self.entry("expires")
        return entry.day() if isinstance(entry, DayEntry) else None

    def fields(self) -> dict[str, str]:
        """The field of each fact that has one."""
        return {fact: self.text(fact) for fact in FACTS if self.text(fact)}
