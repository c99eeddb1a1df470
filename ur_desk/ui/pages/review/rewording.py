"""From words in the letter to the panel that says them otherwise: of a signed reason by asking, of a request for information by asking anew."""

from typing import TYPE_CHECKING

from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.laid_aside import TypedPanel
from ur_desk.domain.information.asking import InformationRequested
from ur_desk.domain.letters.fields import AskedWords, SignedWords
from ur_desk.errors import UserError
from ur_desk.ui.phrases import day
from ur_desk.ui.widgets.panels.reword import RewordPanel
from ur_desk.ui.widgets.panels.verbs import Verb

if TYPE_CHECKING:
    from ur_desk.ui.pages.review.page import ReviewPage
    from ur_desk.ui.session import Session


def ask_for_other_words(page: "ReviewPage", words: SignedWords, text: str) -> None:
    """Pick the lines of which these words were signed, and open the panel with the sentence chosen; say in the letter why not, where
    nobody asks for other words now."""
    page.request.pick(words.lines)
    offer = page.bar.offers.offer(Verb.REWORD)
    if offer is None or offer.why_not:
        page.letter.sentences.say_why_not(offer.why_not if offer else page.tr("Other words are asked for by a nurse or a physician."))
        return
    page.ask_for(Verb.REWORD)
    panel = page.panels.panel
    if isinstance(panel, RewordPanel):
        panel.choose(words.field, text)


def ask_anew(page: "ReviewPage", session: "Session", case: Case, words: AskedWords) -> None:
    """Take the request for information back, as its undoing does, and open its panel with the words in which it was asked; say in the
    letter why not, where it is no longer the last step of whoever sits here."""
    state = next((each for each in case.lines if each.line in words.lines), None)
    if state is None or state.asked is None or state.ask is None:
        return
    asked, ask = state.asked, state.ask

    def back(_done: object) -> None:
        session.taken_back.emit(ask)
        page.show_review()
        page.request.pick(asked.lines)
        page.panels.take_up([_typed(case.id, asked)])
        page.want(case.id, Verb.ASK)

    def refused(error: UserError) -> None:
        hint = page.tr("It is asked anew once what came is recorded.")
        page.letter.sentences.say_why_not(f"{error.message} {hint}")

    session.write(lambda desk: desk.determinations.undo(case.id, case.revision, ask), page, back, refused)


def _typed(case: CaseId, asked: InformationRequested) -> TypedPanel:
    days = {"answer_by": asked.answer_by, "chase_on": asked.chase_on}
    words = {"items": "\n".join(asked.items), "why": asked.why, "asked_of": asked.asked_of}
    return TypedPanel(case, Verb.ASK.value, words | {key: day(told) if told else "" for key, told in days.items()})
