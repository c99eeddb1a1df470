"""The forms beside a draft: of a notice of open lines, and of what its translator puts into the letter's language."""

from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.desk.letters import Preview
from ur_desk.desk.paper import Tongue
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.events import CaseId
from ur_desk.domain.notices import NoticeKind
from ur_desk.errors import UserError
from ur_desk.ui.look import look
from ur_desk.ui.pages.letter_manner import MannerBar, NamesTyped
from ur_desk.ui.pages.letter_notice import NoticeForm
from ur_desk.ui.pages.letter_out import IssueQuestion
from ur_desk.ui.pages.letter_post import LetterPost
from ur_desk.ui.pages.letter_sentences import Sentences
from ur_desk.ui.pages.letter_state import IssuedBox, LinesBox
from ur_desk.ui.pages.letter_tongue import TextsTyped, TranslationForm
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import show_if

LOW = 200
"""Pixels at 100 % below which only the sentences themselves are shown."""


class LetterForms:
    """What the letter's page does with them: one is in sight at a time, in the place of the sentences."""

    noticing: NoticeForm | None = None
    translating: TranslationForm | None = None
    texts: TextsTyped
    issue_action: QAction
    question: IssueQuestion
    issue_button: CommandButton
    translate_action: QAction
    manner: MannerBar
    lines: LinesBox
    sentences: Sentences
    _session: Session
    _case: Case | None
    _preview: Preview | None
    names: NamesTyped
    post: LetterPost
    issued: IssuedBox
    above: QWidget
    _column: QVBoxLayout

    def begin(self, kind: NoticeKind | None) -> None:
        """Go to the letter that is shown; with a kind, to the form of that notice and its draft."""
        if kind is not None and self._case is not None and (self.noticing is None or self.noticing.kind is not kind):
            self.write_notice(kind)
        elif self.noticing is not None:
            self.noticing.begin()
        else:
            cast(QWidget, self).setFocus(Qt.FocusReason.OtherFocusReason)

    def write_notice(self, kind: NoticeKind, corrects: Issued | None = None) -> None:
        """Open the form of a notice, to correct one that was issued where that is given; its draft stands beside it."""
        assert self._case is not None
        self.drop_forms()
        self.noticing = form = NoticeForm(kind, self._case, self._session.zone, corrects)
        form.retyped.connect(self._retyped)
        form.committed.connect(self._leave)
        form.closed.connect(self._give_up)
        self._place(form)
        self._write()

    def _place(self, form: NoticeForm | TranslationForm) -> None:
        self._column.insertWidget(self._column.count() - 2, form)
        self.make_room()
        form.begin()

    def make_room(self, forming: bool = False) -> None:
        """What is typed of a letter takes the place of its sentences, and of its lines where it is about all that are open."""
        show_if(self.sentences, not (forming or self.noticing or self.translating))
        show_if(self.lines, self.lines.offers and self.noticing is None)
        self.issue_button.set_kind("plain" if self.noticing else "main")
        self._fit_height()

    def post_forms(self, forming: bool) -> None:
        """A form of the post opens, or is gone: then the keys are the letter's again."""
        self.make_room(forming)
        if not forming:
            cast(QWidget, self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_height(self) -> None:
        low = cast(QWidget, self).height() < look().px(LOW)
        others = len(self.issued.buttons()) > 1 or not low
        forming = self.post.form or self.noticing or self.translating
        self.above.setVisible(not low)
        show_if(self.issued, bool(self.issued.buttons()) and others and not forming)

    def drop_forms(self) -> None:
        """Close what is open here; what was typed of a notice is gone."""
        forms, self.noticing, self.translating = (self.noticing, self.translating), None, None
        for form in forms:
            if form is not None:
                form.go()
        self.make_room()

    def _give_up(self) -> None:
        self.drop_forms()
        self.show_standing()
        cast(QWidget, self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _retyped(self) -> None:
        """What was asked was asked of another letter."""
        self.question.hide()
        self._write()

    def _leave(self) -> None:
        """Ask before the notice is issued, where nothing keeps it; asked already, issue it."""
        assert self.noticing is not None
        if not self.question.isHidden():
            self.question.confirm_action.trigger()
            return
        if self.issue_action.isEnabled():
            self.issue_action.trigger()
            return
        tr = cast(QWidget, self).tr
        self.noticing.refuse(UserError(tr("This letter cannot leave yet."), tr("What is open stands above; nothing was issued.")))

    def made(self) -> dict[str, Any]:
        """How the letter of the case is made, whatever it tells."""
        assert self._case is not None
        case = self._case.id
        return {"names": self.names.of(case), "how": self.manner.how(), "tongue": self.tongue(case)}

    # the language ----------------------------------------------------------------------------------------------------

    def tongue(self, case: CaseId) -> Tongue:
        """The language of the draft, with what was typed for it."""
        return self.texts.tongue(case, self.manner.language.typed())

    def show_language(self, preview: Preview) -> None:
        """Offer the languages that are kept, and the form of translations where something stands in English."""
        self.manner.language.offer(preview.languages)
        case = preview.behind.case.id
        english = dict(preview.languages)[preview.languages[0][0]] if preview.languages else ""
        language = dict(preview.languages).get(preview.content.language, english)
        self.translate_action.setData(language)
        foreign = bool(preview.languages) and preview.content.language != preview.languages[0][0]
        self.translate_action.setVisible(foreign and bool(preview.english or self.texts.of(case)))

    def translate(self) -> None:
        """Open the form of what stands in English in the draft."""
        preview = self._preview
        if preview is None or self.translating is not None:
            return
        case = preview.behind.case.id
        self.translating = form = TranslationForm(str(self.translate_action.data()), preview.english, self.texts.of(case))
        form.committed.connect(lambda: self._translated(case, form))
        form.closed.connect(self._back)
        if self.noticing is not None:
            self.noticing.hide()
        self._place(form)

    def _translated(self, case: CaseId, form: TranslationForm) -> None:
        self.texts.tell(case, form.texts())
        self._back()
        self._write()

    def _back(self) -> None:
        form, self.translating = self.translating, None
        if form is not None:
            form.go()
        self.make_room()
        if self.noticing is not None:
            self.noticing.begin()

    # what the page itself does -----------------------------------------------------------------------------------------

    def _write(self) -> None:
        raise NotImplementedError

    def show_standing(self) -> None:
        """Show the draft of what waits, or the last letter that was issued."""
        raise NotImplementedError
