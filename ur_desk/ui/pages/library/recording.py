"""What the library page records of a version: that its reading is right, that it still stands, for whom the plan adopted it, and that
a waiver is taken back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ur_desk.domain.library.shelf import key_of
from ur_desk.domain.policy import LintFinding
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.pages.library.forms import AdoptionForm, ConfirmForm, StandsForm
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.readings import Draft
    from ur_desk.ui.pages.library.page import LibraryPage


class RecordCommands(QObject):
    """Adds the commands that record something of the version that is shown, with their forms."""

    def __init__(self, page: "LibraryPage", session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self.confirm_form, self.stands_form, self.adoption_form = ConfirmForm(), StandsForm(), AdoptionForm()
        self.forms: tuple[InlineForm, ...] = (self.confirm_form, self.stands_form, self.adoption_form)
        self._make_commands()
        self.confirm_form.committed.connect(self._confirm)
        self.confirm_form.doubts_wanted.connect(self._show_doubts)
        self.stands_form.committed.connect(self._record_standing)
        self.adoption_form.committed.connect(self._adopt)

    def _make_commands(self) -> None:
        add = partial(page_command, self._page, Menu.POLICY)
        self.confirm_action = add(
            self.tr("&Confirm reading…"),
            ["Ctrl+Shift+C"],
            self.tr("Say that this reading was compared with the document"),
            self._ask_confirmation,
        )
        self.stands_action = add(
            self.tr("Record that it still &stands…"),
            ["Ctrl+Shift+S"],
            self.tr("Where you looked, and on which day"),
            partial(self._page.open_form, self.stands_form.ask_about),
        )
        self.adopt_action = add(
            self.tr("Record &adoption…"),
            ["Ctrl+Shift+D"],
            self.tr("For which lines of business the plan adopted it"),
            partial(self._page.open_form, self.adoption_form.ask_about),
        )
        self.unwaive_action = add(
            self.tr("Take the &waiver back"),
            ["Ctrl+Shift+W"],
            self.tr("The chosen finding counts again"),
            self._unwaive,
        )

    def follow(self) -> None:
        """Close the ways that the person's roles or the version do not allow, and say why."""
        from ur_desk.desk.verbs import VERBS

        page, roles = self._page, self._session.person.roles
        shown, draft = page.shown, page.draft.draft
        abstract = shown is not None and shown.policy.abstract
        confirmed = shown is not None and shown.confirmed is not None and not (draft and draft.waits)
        why_not = (
            self.tr("An abstract is not confirmed: import the payer's own document.") if abstract else self.tr("It is confirmed already.")
        )
        for action, verb, closed in (
            (self.confirm_action, "policy.confirm", why_not if abstract or confirmed else draft.why_not if draft else ""),
            (self.stands_action, "policy.still-current", ""),
            (self.adopt_action, "policy.adopt", ""),
        ):
            allowed = bool(roles & VERBS[verb].roles)
            refusal = closed if allowed else self.tr("Your account may not do this.")
            page.bar.allow(action, shown is not None and not refusal, refusal)
        self.follow_finding()

    def follow_finding(self) -> None:
        """A waiver is taken back where the chosen finding has one, by whoever may waive."""
        from ur_desk.desk.verbs import VERBS

        may = bool(self._session.person.roles & VERBS["policy.unwaive"].roles)
        self.unwaive_action.setEnabled(may and self._waived() is not None)

    def _waived(self) -> LintFinding | None:
        """The finding that is chosen among what is known of the version, where it is waived."""
        index = self._page.about.currentIndex()
        return self._page.facts.waived(index.row()) if index.isValid() and self._page.draft.isHidden() else None

    def _ask_confirmation(self) -> None:
        """Ask about the reading that is shown, the draft where it is open."""
        page = self._page
        if page.shown is not None:
            policy, text = page.shown.policy.id, page.shown.policy.text.sha256
            seen = page.draft.draft.shelved.reading if page.draft.draft else page.shown.reading
            notice = page.notice if page.draft.isHidden() else page.draft.notice
            self._session.read(lambda desk: desk.readings.draft(policy, text=text), self, partial(self._asked, seen), notice.show_error)

    def _asked(self, seen: str | None, draft: "Draft") -> None:
        """Where another reading waits by now than was shown, that one is shown, and nothing is asked."""
        page = self._page
        if draft.shelved.reading == seen:
            page.open_form(lambda _shown: self.confirm_form.ask_about(draft))
            return
        notice = page.notice if page.draft.isHidden() else page.draft.notice
        notice.show_error(UserError(self.tr("The draft was mended since you looked."), self.tr("It is shown anew.")))
        page.read_again()
        page.draft.read_again()

    def _show_doubts(self) -> None:
        self.confirm_form.dismiss()
        if self._page.draft.isHidden():
            self._page.check_reading()
        self._page.draft.to_doubt()

    def _confirm(self) -> None:
        text, seen = self._page.shown.policy.text.sha256 if self._page.shown else None, self.confirm_form.seen
        told = self.tr("The reading is confirmed")
        self._write(self.confirm_form, lambda desk, policy, since: desk.library.confirm(policy, seen, since, text), told)

    def _record_standing(self) -> None:
        where, day = self.stands_form.text("where"), self.stands_form.day()
        told = self.tr("Recorded that the version still stands")
        self._write(self.stands_form, lambda desk, policy, since: desk.library.record_still_current(policy, where, day, since), told)

    def _adopt(self) -> None:
        applies_to = self.adoption_form.applies_to()
        told = self.tr("Adoption recorded")
        self._write(self.adoption_form, lambda desk, policy, since: desk.library.adopt(policy, applies_to, since), told)

    def _unwaive(self) -> None:
        finding, shown = self._waived(), self._page.shown
        if finding is None or shown is None:
            return
        policy, text, key = shown.policy.id, shown.policy.text.sha256, key_of(finding)
        self._session.write(
            lambda desk: desk.library.unwaive(policy, key, text=text),
            self,
            lambda _done: self._page.said.emit(self.tr("The waiver is taken back; the finding counts again")),
            self._page.notice.show_error,
        )

    def _write(self, form: InlineForm, call: "Callable[[Desk, Any, Any], Any]", told: str) -> None:
        shown = self._page.shown
        assert shown is not None
        policy, since = shown.policy.id, shown.policy.version.effective

        def done(_done: object) -> None:
            form.dismiss()
            self._page.said.emit(told)

        self._session.write(lambda desk: call(desk, policy, since), self, done, form.refuse)
