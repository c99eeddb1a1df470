"""From a signed sentence in the letter to the panel that asks for other words of it."""

from typing import TYPE_CHECKING

from ur_desk.domain.letter_fields import SignedWords
from ur_desk.ui.widgets.panels.reword import RewordPanel
from ur_desk.ui.widgets.panels.verbs import Verb

if TYPE_CHECKING:
    from ur_desk.ui.pages.review import ReviewPage


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
