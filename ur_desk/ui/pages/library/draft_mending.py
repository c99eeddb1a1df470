"""What mends a reading from its page: the forms, and each correction, waiver and way back as the desk is asked for it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ur_desk.domain.codes import CodeSet, normal
from ur_desk.domain.library.correction import Correction, What
from ur_desk.domain.library.criteria import Criterion
from ur_desk.domain.library.shelf import key_of
from ur_desk.domain.policy import CodeEntry, LintFinding, Policy, Section, Statement
from ur_desk.errors import UserError
from ur_desk.ui.models.understood import Part, PartKind
from ur_desk.ui.pages.library.draft_forms import AsksForm, CodeForm, SplitForm, WaiveForm, drop_of, join_of
from ur_desk.ui.pages.library.draft_line import LineForm
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.inline_form import InlineForm

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.ui.pages.library.draft import DraftView


class Mending(QObject):
    """Mends the part, or the line, that is chosen in the view; what is refused is said where it was asked."""

    def __init__(self, view: "DraftView", session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self.line_form, self.asks_form, self.split_form = LineForm(), AsksForm(), SplitForm()
        self.code_form, self.waive_form = CodeForm(), WaiveForm()
        for form in (self.line_form, self.asks_form, self.split_form, self.code_form):
            form.committed.connect(partial(self._commit, form))
        self.waive_form.committed.connect(self._waive)

    @property
    def forms(self) -> tuple[InlineForm, ...]:
        """Every form."""
        return self.line_form, self.asks_form, self.split_form, self.code_form, self.waive_form

    def _policy(self) -> Policy:
        draft = self._view.draft
        assert draft is not None
        return draft.shelved.policy

    # what is asked for -------------------------------------------------------------------------------------------------------

    def mend(self) -> None:
        """Set what the chosen part is, asks or lists, or why it is right."""
        part, view = self._view.part, self._view
        if part is None or not view.mend_action.isEnabled():
            return
        about = part.about
        if isinstance(about, Criterion):
            if about.items:
                node = about
                view.open_form(self.asks_form, lambda: self.asks_form.ask_about(view.statement_line(part), part.path, node))
            else:
                self.split()
        elif isinstance(about, CodeEntry):
            view.open_form(self.code_form, lambda: self.code_form.ask_about(self._policy(), part.line, about))
        elif isinstance(about, LintFinding):
            view.open_form(self.waive_form, lambda: self.waive_form.ask_about(about, part.waiver))
        else:
            # a title or number that stands on no line of its own: the line that is chosen prints it
            view.open_form(self.line_form, lambda: self.line_form.ask_about(self._policy(), part.line or view.line, part))

    def classify(self) -> None:
        """Say what the chosen line is."""
        self._view.open_form(self.line_form, lambda: self.line_form.ask_about(self._policy(), self._view.line, None))

    def add_code(self) -> None:
        """A code that the chosen line lists."""
        self._view.open_form(self.code_form, lambda: self.code_form.ask_about(self._policy(), self._view.line, None))

    def add_item(self) -> None:
        """The chosen line is one more item of the chosen part."""
        part = self._view.part
        if part is not None:
            path = part.path if part.kind is PartKind.CRITERION else ()
            self._write(Correction(What.CRITERION_ADD, self._view.statement_line(part), path=path, at_line=self._view.line))

    def split(self) -> None:
        """The chosen part ends before the chosen line; a criterion ends inside its words."""
        part, line = self._view.part, self._view.line
        if part is None:
            return
        about = part.about
        if isinstance(about, Criterion):
            node = about
            self._view.open_form(self.split_form, lambda: self.split_form.ask_about(self._view.statement_line(part), part.path, node))
        elif isinstance(about, Section):
            self._write(Correction(What.SECTION, line, section=about.kind))
        elif isinstance(about, Statement):
            self._write(Correction(What.STATEMENT_SPLIT, line))

    def join(self) -> None:
        """The chosen part belongs to the one before it."""
        if self._view.part is not None:
            self._write(join_of(self._view.part, self._view.statement_line(self._view.part)))

    def drop(self) -> None:
        """The chosen part is none; of a finding, its waiver is taken back."""
        part = self._view.part
        if part is None:
            return
        if isinstance(part.about, LintFinding):
            self._unwaive(part)
        else:
            self._write(drop_of(part, self._view.statement_line(part)))

    def take_back(self) -> None:
        """The last step is taken back: a correction, or that the draft was discarded."""
        draft = self._view.draft
        if draft is not None and not draft.waits and draft.discarded:
            self._run(
                lambda desk, policy, text, _seen: desk.readings.bring_back(policy, text=text), self.tr("The discarded draft waits again")
            )
            return
        self._run(
            lambda desk, policy, text, seen: desk.readings.take_back(policy, text=text, seen=seen),
            self.tr("The last correction is taken back"),
        )

    def discard(self) -> None:
        """Give up the draft beside a confirmed reading."""
        self._run(
            lambda desk, policy, text, seen: desk.readings.discard(policy, text=text, seen=seen),
            self.tr("The draft is discarded; Take back brings it back"),
        )

    # what the desk is told ---------------------------------------------------------------------------------------------------

    def _commit(self, form: LineForm | AsksForm | SplitForm | CodeForm) -> None:
        try:
            told = form.correction()
        except UserError as wrong:
            form.refuse(wrong)
            return
        if form is self.code_form:
            self._session.read(_codeset, self, partial(self._write_code, told), form.refuse)
        else:
            self._write(told, form)

    def _write_code(self, told: Correction, codeset: CodeSet) -> None:
        """A code that no table knows is asked about once; the new entry is chosen then."""
        if wrong := self.code_form.doubt(told, codeset):
            self.code_form.refuse(wrong)
            return
        assert told.low is not None
        assert told.system is not None
        self._view.aim(told.line, normal(told.low, told.system))
        self._write(told, self.code_form)

    def _write(self, told: Correction, form: InlineForm | None = None) -> None:
        self._run(lambda desk, policy, text, seen: desk.readings.correct(policy, told, text=text, seen=seen), self.tr("Mended"), form)

    def _waive(self) -> None:
        finding, reason = key_of(self.waive_form.finding), self.waive_form.text("reason")
        self._run(
            lambda desk, policy, text, _seen: desk.library.waive(policy, finding, reason, text=text), self.tr("Waived"), self.waive_form
        )

    def _unwaive(self, part: Part) -> None:
        assert isinstance(part.about, LintFinding)
        finding = key_of(part.about)
        self._run(
            lambda desk, policy, text, _seen: desk.library.unwaive(policy, finding, text=text),
            self.tr("The waiver is taken back; the finding counts again"),
        )

    def _run(self, call: "Callable[[Desk, str, str, Any], Done[Any]]", words: str, form: InlineForm | None = None) -> None:
        draft = self._view.draft
        if draft is None:
            return
        self._view.notice.hide()
        policy, seen = draft.shelved.policy, draft.shelved.reading

        def done(_done: object) -> None:
            if form is not None:
                form.dismiss()
            self._view.said.emit(words)

        refused = form.refuse if form is not None else self._view.notice.show_error
        self._session.write(lambda desk: call(desk, policy.id, policy.text.sha256, seen), self, done, refused)


def _codeset(desk: "Desk") -> CodeSet:
    return desk.tables.codeset
