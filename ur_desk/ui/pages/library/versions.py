"""What the library page offers about versions: compare, impact, which one answers for a day, a first day, a last day, the rule."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.library.versions import Answering, VersionRule
from ur_desk.domain.policy import LintFinding, Sha256, Shelved
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.models.version_rows import answer_words
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import ChoiceEntry, DayEntry, LineEntry

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.ui.jobs import Job
    from ur_desk.ui.pages.library.page import LibraryPage


class VersionForm(InlineForm):
    """A form about the version that is shown."""

    def __init__(self, title: str, commit: str, parent: QWidget | None = None) -> None:
        super().__init__(title, commit, parent=parent)

    def ask_about(self, shelved: Shelved) -> None:
        """Begin for one version."""
        self.say(self.about(shelved))
        self.fill({})
        self.begin()

    def about(self, shelved: Shelved) -> str:
        """What the form is for, of this version."""
        return shelved.policy.id

    def day(self, key: str) -> date:
        """The day that was typed; the form has checked that it is one."""
        entry = self.entry(key)
        assert isinstance(entry, DayEntry)
        found = entry.day()
        assert found is not None
        return found


class DateForm(VersionForm):
    """The first day of a version whose document prints none."""

    def __init__(self) -> None:
        super().__init__(self.tr("Give the first day"), self.tr("Give first day"))
        self.add("day", self.tr("In force from"), DayEntry(), required=self.tr("Say from which day it is in force."))
        where = LineEntry(self.tr("For example: the payer's notice of 09/15/2017"))
        self.add("where", self.tr("Where it is said"), where, required=self.tr("Say where the first day is said."))
        self.finish()

    def about(self, shelved: Shelved) -> str:
        """What the form is for, of this version."""
        told = self.tr(
            "{0} prints no first day. The day of a publication or of a review is none; whoever loaded the document does not give it."
        )
        return told.format(shelved.policy.id)


class RetireForm(VersionForm):
    """The last day of a version."""

    def __init__(self) -> None:
        super().__init__(self.tr("Retire this version"), self.tr("Record last day"))
        self.add("day", self.tr("Last day in force"), DayEntry(), required=self.tr("Say which day is its last."))
        where = LineEntry(self.tr("For example: the payer's notice"))
        self.add("where", self.tr("Where it is said"), where, required=self.tr("Say where the last day is said."))
        self.add("successor", self.tr("Replaced by"), LineEntry(), self.tr("Number of another policy; a newer version is imported instead"))
        self.finish()

    def about(self, shelved: Shelved) -> str:
        """What the form is for, of this version."""
        return self.tr("{0}: a match of a later day says that it ended. Nothing is deleted, and cases stay as they are.").format(
            shelved.policy.id
        )


class ReinstateForm(VersionForm):
    """Why a recorded last day does not hold."""

    def __init__(self) -> None:
        super().__init__(self.tr("Take the last day back"), self.tr("Take back"))
        self.add("reason", self.tr("Why"), LineEntry(), required=self.tr("Say why the last day does not hold."))
        self.finish()


class RuleForm(VersionForm):
    """By which day versions are chosen in this workspace."""

    def __init__(self) -> None:
        super().__init__(self.tr("Choose versions by"), self.tr("Set"))
        choices = (
            (VersionRule.SERVICE.value, self.tr("the day of the service")),
            (VersionRule.PROCESSING.value, self.tr("the day of processing")),
        )
        self.add("rule", self.tr("By which day"), ChoiceEntry(choices), required=self.tr("Choose one of the two."))
        where = LineEntry(self.tr("For example: the payer's notice of policy updates"))
        self.add("where", self.tr("Where the plan says so"), where, required=self.tr("Say where the plan says so."))
        self.finish()

    def about(self, shelved: Shelved) -> str:
        """What the form is for."""
        return self.tr("For all policies of this workspace, from now on. Cases stay as they were matched.")


class DayForm(VersionForm):
    """Which version answers for a service of a day: said as soon as a day is typed, shown on demand."""

    def __init__(self) -> None:
        super().__init__(self.tr("Version for a day of service"), self.tr("Show that version"))
        self.add("day", self.tr("Day of service"), DayEntry(), required=self.tr("Say which day."))
        self.finish()

    def about(self, shelved: Shelved) -> str:
        """What the form is for, of this policy."""
        return self.tr("{0}: type the first day of the service. Which version answers for it is said here, and why.").format(
            shelved.policy.id
        )


class VersionCommands(QObject):
    """Adds the commands about versions to the library page, with their forms."""

    def __init__(self, page: "LibraryPage", session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self.date_form, self.retire_form, self.reinstate_form, self.rule_form = DateForm(), RetireForm(), ReinstateForm(), RuleForm()
        self.day_form = DayForm()
        self._answer: Answering | None = None
        self._insists: tuple[str, date] | None = None
        self.forms: tuple[VersionForm, ...] = (self.date_form, self.retire_form, self.reinstate_form, self.rule_form, self.day_form)
        self._looked: Sha256 | None = None
        self._look: Job | None = None
        self._make_commands()
        page.beside.add_command(self.day_action)
        session.changed.connect(self._changed)
        self.date_form.committed.connect(self._date)
        self.retire_form.committed.connect(self._retire)
        self.reinstate_form.committed.connect(self._reinstate)
        self.rule_form.committed.connect(self._set_rule)
        self.day_form.entry("day").changed.connect(self._ask)
        self.day_form.committed.connect(self._show_answer)

    def _make_commands(self) -> None:
        add = partial(page_command, self._page, Menu.POLICY)
        self.compare_action = add(
            self.tr("&Compare versions"), ["Ctrl+D"], self.tr("This version beside the one before it"), partial(self._go, PageName.CHANGES)
        )
        self.impact_action = add(
            self.tr("I&mpact on cases"),
            ["Ctrl+Shift+M"],
            self.tr("The cases that were matched with another version, by what this one changes for them"),
            partial(self._go, PageName.IMPACT),
        )
        self.day_action = add(
            self.tr("&Version for a day…"),
            ["Ctrl+Shift+T"],
            self.tr("Which version answers for a day, and why"),
            partial(self._open, self.day_form),
        )
        self.date_action = add(
            self.tr("Give the first da&y…"),
            ["Ctrl+Shift+Y"],
            self.tr("Of a document that prints none"),
            partial(self._open, self.date_form),
        )
        self.retire_action = add(
            self.tr("&Retire…"), ["Ctrl+Shift+R"], self.tr("Record the last day of this version"), partial(self._open, self.retire_form)
        )
        self.reinstate_action = add(
            self.tr("Take the last day &back…"), [], self.tr("Of a version that was retired"), partial(self._open, self.reinstate_form)
        )
        self.rule_action = add(
            self.tr("Choose &versions by…"),
            [],
            self.tr("The day of the service, or the day of processing"),
            partial(self._open, self.rule_form),
        )

    @property
    def on_the_bar(self) -> tuple[QAction, ...]:
        """The commands that stand on the page's bar."""
        return self.compare_action, self.impact_action

    def follow(self, shown: Shelved | None) -> None:
        """Open what the person may do with the version that is shown, and look what today and the library say of it."""
        from ur_desk.desk.verbs import VERBS

        roles = self._session.person.roles
        may = {name: bool(roles & VERBS[f"policy.{name}"].roles) for name in ("date", "retire", "reinstate", "version-rule")}
        undated = shown is not None and (shown.dated is not None or shown.policy.version.effective is None)
        self.compare_action.setEnabled(shown is not None)
        self.impact_action.setEnabled(shown is not None and may_read(self._session.person, Read.IMPACT))
        self.day_action.setEnabled(shown is not None)
        self.date_action.setEnabled(undated and may["date"])
        self.retire_action.setEnabled(shown is not None and may["retire"])
        self.reinstate_action.setEnabled(shown is not None and shown.retired is not None and may["reinstate"])
        self.rule_action.setEnabled(shown is not None and may["version-rule"])
        self._look_beyond(shown)

    def _look_beyond(self, shown: Shelved | None) -> None:
        """Have today and the rest of the library looked at for the text that is shown, once until one of them may have changed."""
        text = shown.policy.text.sha256 if shown else None
        if text is None or text == self._looked:
            return
        self._looked = text
        if self._look is not None:
            self._look.cancel()
        found = partial(self._found_beyond, text)
        self._look = self._session.steps(lambda desk: desk.versions.beyond(text), self, found, self._not_found, aside=True)

    def _found_beyond(self, text: Sha256, findings: tuple[LintFinding, ...]) -> None:
        at = self._page.about.currentIndex().row()
        self._page.facts.show_beyond(text, findings)
        if 0 <= at < self._page.facts.rowCount():
            self._page.about.go_to(at)

    def _not_found(self, _error: UserError) -> None:
        """The text is gone meanwhile, or not the person's to read: the page itself says so."""
        self._looked = None

    def _changed(self, _changes: object) -> None:
        self._looked = None

    def _go(self, page: PageName) -> None:
        if self._page.shown is not None:
            self._page.wanted.emit(Place(page, self._page.shown.policy.text.sha256))

    def _open(self, form: VersionForm) -> None:
        self._page.open_form(form.ask_about)
        if form is self.rule_form:
            self._session.read(lambda desk: desk.versions.rule, self, lambda rule: self.rule_form.entry("rule").retype(rule.value))

    def _ask(self) -> None:
        """Say which version answers for the day, as far as one is typed."""
        entry, shown = self.day_form.entry("day"), self._page.shown
        assert isinstance(entry, DayEntry)
        self._answer = None
        if shown is None:
            return
        day, policy = entry.day(), shown.policy.id
        if day is None:
            self.day_form.say(self.day_form.about(shown))
            return
        self._session.read(lambda desk: desk.versions.on(policy, day), self, partial(self._answered, day), self.day_form.refuse)

    def _answered(self, day: date, answer: Answering) -> None:
        entry = self.day_form.entry("day")
        if isinstance(entry, DayEntry) and entry.day() == day:
            self._answer = answer
            self.day_form.say(answer_words(answer))

    def _show_answer(self) -> None:
        if (answer := self._answer) is not None:
            self.day_form.dismiss()
            self._page.said.emit(answer_words(answer))
            self._page.wanted.emit(Place(PageName.LIBRARY, answer.card.text))

    def _date(self) -> None:
        """Give the day; one that the document prints as something else is given only when it is given once more."""
        from ur_desk.desk.versions import PrintedDay

        day, where, shown = self.date_form.day("day"), self.date_form.text("where"), self._page.shown
        asked = (shown.policy.text.sha256 if shown else "", day)
        even_so = self._insists == asked
        self._insists = None

        def refused(error: UserError) -> None:
            self._insists = asked if isinstance(error, PrintedDay) else None
            self.date_form.refuse(error)

        self._write(
            self.date_form,
            lambda desk, policy, text: desk.versions.give_day(policy, day, where, text, even_so),
            self.tr("The first day is recorded"),
            refused,
        )

    def _retire(self) -> None:
        form = self.retire_form
        day, where, successor = form.day("day"), form.text("where"), form.text("successor")
        told = self.tr("The last day is recorded")
        self._write(form, lambda desk, policy, text: desk.versions.retire(policy, day, where, successor, text=text), told)

    def _reinstate(self) -> None:
        reason = self.reinstate_form.text("reason")
        told = self.tr("The last day was taken back")
        self._write(self.reinstate_form, lambda desk, policy, text: desk.versions.reinstate(policy, reason, text=text), told)

    def _set_rule(self) -> None:
        rule, where = VersionRule(self.rule_form.text("rule")), self.rule_form.text("where")
        told = self.tr("Versions are chosen by that day from now on")
        self._write(self.rule_form, lambda desk, _policy, _text: desk.versions.set_rule(rule, where), told)

    def _write(
        self, form: InlineForm, call: "Callable[[Desk, Any, Any], Any]", told: str, refused: Callable[[UserError], object] | None = None
    ) -> None:
        shown = self._page.shown
        assert shown is not None
        policy, text = shown.policy.id, shown.policy.text.sha256

        def done(_done: object) -> None:
            form.dismiss()
            self._page.said.emit(told)

        self._session.write(lambda desk: call(desk, policy, text), self, done, refused or form.refuse)
