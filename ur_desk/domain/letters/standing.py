"""Whether a letter that has left still tells what holds."""

from enum import StrEnum

from ur_desk.domain.case import Case, LineState
from ur_desk.domain.determination import Determination
from ur_desk.domain.letter import UNDECIDED
from ur_desk.domain.letters.issued import Issued


class Outdated(StrEnum):
    """Why an issued letter is superseded."""

    CORRECTED = "a later letter corrects it"
    UNDONE = "what it tells does not stand any more: a line was reopened, voided or decided again"


def outdated(case: Case, letter: Issued) -> Outdated | None:
    """Why the letter does not hold any more: it was corrected, or of one of its lines the decision that it told of does not stand; None
    where it holds. A notice of lines that nobody had decided tells of its own day, and holds."""
    if letter.superseded_by is not None:
        return Outdated.CORRECTED
    if letter.kind in UNDECIDED:
        return None
    lines = (state for state in case.lines if state.line in letter.lines)
    return None if all(_told_of(state, letter) for state in lines) else Outdated.UNDONE


def _told_of(state: LineState, letter: Issued) -> bool:
    decision = state.decision
    return decision is not None and decision.determination is not Determination.VOIDED and decision.signature.at <= letter.at
