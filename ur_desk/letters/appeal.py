"""What letters about an appeal say beside the decision: against what it was made, and that somebody else decided."""

from ur_desk.domain.letter import LetterKind, Sentence
from ur_desk.letters.telling import Telling, of_case

KINDS = frozenset({LetterKind.APPEAL_UPHELD, LetterKind.APPEAL_PARTLY_OVERTURNED, LetterKind.APPEAL_OVERTURNED})
ABOUT = KINDS | {LetterKind.APPEAL_DISMISSED}
"""Letters that name the decision against which the appeal was made, also where nobody looked at it anew."""


def opening(telling: Telling) -> Sentence | None:
    """Against the decision of which case the appeal was made; None where the case follows none."""
    follows = telling.facts.case.follows
    if follows is None:
        return None
    return telling.say("asked.appeal", of_case("follows"), element="appealed_case", number=follows.number)


def another_reviewer(telling: Telling) -> Sentence:
    """That whoever decided the appeal had no part in the first decision."""
    return telling.say("appealed.reviewer", of_case("follows"), element="new_reviewer")
