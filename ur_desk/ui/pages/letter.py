"""The letter beside the review: what it would say now, where every sentence comes from, its pages, and its way out."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ur_desk.desk.letters import Preview
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.notices import NoticeKind
from ur_desk.domain.people import Role
from ur_desk.errors import UserError
from ur_desk.ui.look import look
from ur_desk.ui.models.letter_sentences import ShownLetter
from ur_desk.ui.models.letter_trace import People
from ur_desk.ui.pages.letter_forms import LetterForms
from ur_desk.ui.pages.letter_manner import MannerBar, NamesTyped
from ur_desk.ui.pages.letter_out import IssueQuestion, LetterFiles, issued_letter
from ur_desk.ui.pages.letter_pages import LetterPages, drawn
from ur_desk.ui.pages.letter_post import LetterPost
from ur_desk.ui.pages.letter_sentences import Sentences
from ur_desk.ui.pages.letter_state import GapsBox, IssuedBox, LinesBox, asked_copy, how_to_complete, nothing_words, shown_words
from ur_desk.ui.pages.letter_tongue import TextsTyped
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.parts import Chip, CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.two_panes import TwoPanes

ABOVE = 132
"""Pixels at 100 % that the lines of a letter, and what keeps it, hold at least above its sentences."""
WIDE = 1600
"""Pixels at 100 % from which sentences, their trace and the pages have room side by side."""
SENTENCES, WITH_TRACE = (440, 33), (860, 45)
"""Pixels at 100 % that the sentences take at most, alone and with their trace beside them, and how much of a hundred of the page."""


class LetterPage(LetterForms, LetterFiles, Restyled, QWidget):
    """Writes, shows, issues and saves the letters of one case. A letter that has left is shown as it left."""

    left = Signal()
    """Back to the review."""
    line_wanted = Signal(str, int)
    """Open this policy line: the sha256 of its text, and the line."""
    reword_wanted = Signal(object, str)
    """Ask for other words of these `SignedWords`, in which this sentence stands."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._case: Case | None = None
        self._people: People = {}
        self._shown: ShownLetter | None = None
        self._preview: Preview | None = None
        self._asked = 0
        self.setAccessibleName(self.tr("Letter"))
        self._make_actions()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_nothing()
        self.restyle()

    # shape -----------------------------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        self.issue_action = self._action(
            self.tr("Issue…"), self.tr("Issue this letter: it is kept for good; notice is given once it was sent")
        )
        self.save_action = self._action(self.tr("Save PDF…"), self.tr("Write this letter to a file that you choose"))
        self.print_action = self._action(self.tr("Print…"), self.tr("Print this letter from memory; no file of it is written (Ctrl+P)"))
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.print_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.print_action)
        self.back_action = self._action(self.tr("Back to review"), self.tr("Back to the request and the policy (Esc)"))
        self.pages_action = self._action(self.tr("Pages ›"), self.tr("Look at the letter's pages"))
        self.sentences_action = self._action(self.tr("‹ Sentences"), self.tr("Back to the letter's sentences and their sources"))
        self.sources_action = self._action(
            self.tr("Sources…"), self.tr("Write where each sentence of this letter comes from, as a paper of its own")
        )

        self.translate_action = self._action(
            self.tr("Translations…"), self.tr("Put what stands in English into the letter's language, as its translator does")
        )
        self.translate_action.triggered.connect(self.translate)

    def _action(self, words: str, tip: str) -> QAction:
        action = QAction(words, self)
        action.setToolTip(tip)
        return action

    def _make_parts(self) -> None:
        self.kind = Chip()
        self.manner = MannerBar()
        self.lines = LinesBox()
        self.gaps = GapsBox()
        self.notice = Notice()
        self.sentences = Sentences()
        self.addActions(self.sentences.finding_actions)
        self.issued = IssuedBox()
        self.names, self.texts = NamesTyped(), TextsTyped()
        self.post = LetterPost(self._session, self.made)
        self.pages = LetterPages()
        self.empty = EmptyState(icon="tray")
        self.question = IssueQuestion()

    def _lay_out(self) -> None:
        self._words = Pane(QCoreApplication.translate("LetterPage", "Letter"))
        self._words.head.addWidget(self.kind)
        self._words.head.addStretch()
        self._words.head.addWidget(CommandButton(self.pages_action, "quiet"))
        self._words.head.addWidget(CommandButton(self.back_action, "quiet"))
        above = QFrame()
        above.setProperty("ground", "surface")
        self._above = QVBoxLayout(above)
        for part in (self.lines, self.gaps, self.notice):
            self._above.addWidget(part)
        self.above = Fitted(self.tr("Lines, and what is open"), above, least=ABOVE)
        self._words.set_body(self.sentences, self.above)
        column = self._words.layout()
        assert isinstance(column, QVBoxLayout)
        self._column = column
        column.addWidget(self.post)
        column.addWidget(self.issued)
        right = Pane(QCoreApplication.translate("LetterPage", "Pages"))
        right.head.addWidget(CommandButton(self.sentences_action, "quiet"))
        right.head.addStretch()
        self.sources_button = CommandButton(self.sources_action, "quiet")
        right.head.addWidget(self.sources_button)
        right.head.addWidget(CommandButton(self.print_action))
        right.head.addWidget(CommandButton(self.save_action))
        self.issue_button = CommandButton(self.issue_action, "main")
        right.head.addWidget(self.issue_button)
        right.under_head.addWidget(self.manner)
        right.under_head.addWidget(CommandButton(self.translate_action, "quiet"))
        right.under_head.addStretch()
        right.restyle()
        right.set_body(self.pages, self.question, self.empty)
        self.panes = TwoPanes(self._words, right, (self.tr("Sentences"), self.tr("Pages")), first_width=SENTENCES[0], tabs=False)
        self.panes.fitted.connect(self._lead)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.setFocusProxy(self.sentences)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._above, 0, 0, 0, 0, 0)

    def _connect(self) -> None:
        self.back_action.triggered.connect(self.left.emit)
        self.pages_action.triggered.connect(lambda: self._turn(1))
        self.sentences_action.triggered.connect(lambda: self._turn(0))
        self.issue_action.triggered.connect(self._ask_first)
        self.question.confirmed.connect(self._issue)
        self.question.refrained.connect(self._refrain)
        self.sources_action.triggered.connect(self._save_sources)
        self.save_action.triggered.connect(self._save)
        self.print_action.triggered.connect(self._print)
        self.manner.changed.connect(self._write)
        self.manner.turned.connect(self._turn_copy)
        self.lines.changed.connect(self._write)
        self.issued.shown.connect(self._show_issued)
        self.post.said.connect(self.said)
        self.post.draft_wanted.connect(self._write)
        self.post.draft_left.connect(self._show_again)
        self.post.forming.connect(self.post_forms)
        self.post.notice_wanted.connect(lambda letter: self.write_notice(NoticeKind(letter.kind), letter))
        self.sentences.line_wanted.connect(self.line_wanted)
        self.sentences.reword_wanted.connect(self.reword_wanted)
        self.sentences.named.connect(self._name)
        self._session.person_changed.connect(self._another_person)

    def _lead(self, beside: bool) -> None:
        """Where one of the two is in sight, it leads to the other."""
        for action in (self.pages_action, self.sentences_action):
            action.setVisible(not beside)

    def _turn(self, place: int) -> None:
        self.panes.show_pane(place)
        (self.pages if place else self.sentences).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the sentences come first: where no other letter has left, there is none to choose. On a wide one the trace stands
        beside them."""
        super().resizeEvent(event)
        wide = self.width() >= look().px(WIDE)
        self.panes.set_first(*(WITH_TRACE if wide else SENTENCES))
        self._fit_height()

    # what is shown ---------------------------------------------------------------------------------------------------

    def show_case(self, case: Case, people: People) -> None:
        """Write the letter that would leave now, or show the last one that left; the same case again changes nothing."""
        before, self._case, self._people = self._case, case, people
        if before is not None and (before.id, before.revision) == (case.id, case.revision):
            return
        same = before is not None and before.id == case.id
        self.question.hide()
        self.lines.show_case(case, keep=same)
        if not same:
            self.drop_forms()
            self.notice.hide()
            self.manner.begin(case)
        self.issued.show_letters(case.letters_to_members, self._session.zone)
        self.make_room(self.post.form is not None)
        self.show_standing()

    def show_standing(self) -> None:
        """Show the draft of what waits, or the last letter that was issued."""
        case = self._case
        if self.noticing is not None or self.lines.lines() or case is None or not case.letters:
            self._write()
        else:
            self._show_issued(case.letters_to_members[-1].id)

    def _another_person(self, _person: object) -> None:
        """Another person finds nothing that was typed."""
        self.names.forget()
        self.texts.forget()
        self.drop_forms()

    def forget(self) -> None:
        """Show nothing of any case."""
        self._case = None
        self.drop_forms()
        self._show_nothing()

    def _write(self) -> None:
        """Ask for the letter about the ticked lines, or for the notice that is being typed."""
        case, form = self._case, self.noticing
        lines = () if form else self.post.corrected or self.lines.lines()
        notice = form.wanted() if form else None
        if case is None:
            return
        if not lines and notice is None:
            self._show_nothing()
            return
        self._asked += 1
        audience, made, asked = self.manner.audience(), self.made(), self._asked
        self._session.steps(
            lambda desk: desk.letters.preview(case.id, lines or None, audience=audience, notice=notice, **made),
            self,
            done=lambda preview: self._show_preview(preview, asked),
            failed=lambda error: self._not_written(error, asked),
        )

    def _show_preview(self, preview: Preview, asked: int) -> None:
        if asked != self._asked:
            return
        self._preview = preview
        self.notice.hide()
        self.gaps.show_gaps(preview, how_to_complete(self._case))
        self.show_language(preview)
        if self.noticing is not None:
            self.noticing.tell_dates(preview.what_if)
        names = self.names.of(preview.behind.case.id)
        self._show(ShownLetter(preview.content, preview.pdf, preview.behind, preview.findings, names=names))

    def _not_written(self, error: UserError, asked: int) -> None:
        if asked == self._asked:
            self._show_nothing()
            hint = " ".join(part for part in (error.hint, how_to_complete(self._case)) if part)
            self.notice.show_error(UserError(error.message, hint))
            self.empty.say(self.tr("No letter can be written for these lines"), hint)

    def _name(self, line: int, words: str) -> None:
        """A service is called so in this draft from here on."""
        if self._case is not None:
            self.names.name(self._case.id, line, words)
            self._write()

    def _turn_copy(self) -> None:
        """The same letter for its other reader."""
        issued = self._shown.issued if self._shown else None
        if issued is None:
            self._write()
        else:
            self._show_issued(issued.copy_of or issued.id)

    def _show_again(self) -> None:
        """A correction was given up: the letter as it left."""
        if self.post.letter is not None:
            self._show_issued(self.post.letter.id)

    def _show_issued(self, letter: str) -> None:
        """Show a letter as it left."""
        case = self._case
        whole = next((each for each in case.letters if each.id == letter), None) if case else None
        if case is None or whole is None:
            return
        issued = asked_copy(case, whole, self.manner.copy.isChecked())
        self._asked += 1
        self._preview = None
        self.gaps.show_gaps(None)
        self._session.read(partial(issued_letter, case=case.id, issued=issued), self, done=self._show, failed=self.notice.show_error)

    def _show(self, shown: ShownLetter) -> None:
        self._shown = shown
        self.kind.set_state(shown_words(shown.content, shown.issued is not None), Tone.GOOD if shown.issued else Tone.QUIET)
        self.sentences.show_letter(shown, self._people)
        self.post.show_letter(self._case, shown.issued)
        self.pages.show_pages(())
        self._offer()
        self._session.steps(partial(drawn, pdf=shown.pdf), self, done=self.pages.show_pages, failed=self.notice.show_error)

    def _show_nothing(self) -> None:
        self._shown = self._preview = None
        self._asked += 1
        self.kind.set_state("", Tone.QUIET)
        self.sentences.show_letter(None, {})
        self.post.show_letter(None, None)
        self.gaps.show_gaps(None)
        self.pages.show_pages(())
        self._offer()

    def _offer(self) -> None:
        """What can be done with the letter that is shown."""
        shown, may = self._shown, self._session.person.has(Role.NURSE, Role.PHYSICIAN)
        draft = shown is not None and shown.issued is None
        ready = draft and self._preview is not None and self._preview.may_issue
        self.issue_action.setEnabled(bool(ready and may and not self.post.corrected))
        self.issue_action.setVisible(shown is None or draft)
        self.save_action.setEnabled(shown is not None)
        self.print_action.setEnabled(shown is not None)
        self.manner.show_letter(shown is not None, shown is not None and not draft)
        show_if(self.sources_button, shown is not None and not draft)
        show_if(self.empty, shown is None)
        self.pages.setVisible(shown is not None)
        self.empty.say(*nothing_words(self._case, self.lines.isVisibleTo(self)))

    # its way out -----------------------------------------------------------------------------------------------------

    def commit(self) -> None:
        """The next step of the letter: ask before it is issued, or issue it."""
        if self.question.isVisible():
            self.question.confirm_action.trigger()
        else:
            self.issue_action.trigger()

    def _ask_first(self) -> None:
        if self._shown is None:
            return
        self.question.ask(self._shown.content)
        show_if(self.question, True)
        self.panes.reveal(self.question)
        self.issue_action.setEnabled(False)

    def _refrain(self) -> None:
        self.question.hide()
        self._offer()

    def _issue(self) -> None:
        case, preview = self._case, self._preview
        if case is None or preview is None:
            return
        self.question.hide()
        lines, made, form = preview.lines, self.made(), self.noticing
        if form is not None:
            made["notice"] = form.wanted()
        if form is not None and form.corrects is not None:
            made |= {"supersedes": form.corrects.id, "reason": form.text("reason")}
        self._session.steps(
            lambda desk: desk.letters.issue(case.id, case.revision, lines, **made),
            self,
            done=lambda _done: self._issued(case.id),
            failed=self._refused,
        )

    def _issued(self, case: CaseId) -> None:
        self.names.drop(case)
        self.texts.drop(case)
        self.drop_forms()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.said.emit(self.tr("The letter is issued."))

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)
        self._offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the review."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
