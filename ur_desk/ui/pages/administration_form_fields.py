"""How an official form is installed: its number, its last day, and which of its fields takes which fact."""

from datetime import date

from PySide6.QtWidgets import QWidget

from ur_desk.desk.stationery import FormStanding, Looked
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import show_if

FACTS = (
    "letter_date", "member_name", "member_number", "recipient", "case_number", "requester", "plan_name", "plan_address", "plan_phone", "plan_tty",
    "plan_hours", "status", "services", "reason", "criterion", "plan_provision", "appeal_window", "appeal_address", "appeal_phone", "appeal_fax",
    "expedited_phone",
)  # fmt: skip
"""Every fact that a form may hold, in the order in which a person is asked."""


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
            self.add(fact, fact.replace("_", " ").capitalize(), ChoiceEntry([("", self.tr("No field"))]))
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
