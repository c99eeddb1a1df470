"""Why a step about an appeal is closed in a case, and what a decision there makes of the line before it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.appeals.following import against_of, is_appeal, takes_an_appeal
from ur_desk.domain.determination import Determination

if TYPE_CHECKING:
    from ur_desk.ui.widgets.panels.picked import Picked

translate = QCoreApplication.translate

APPEAL_VERBS = frozenset({"appeal.open", "appeal.record", "appeal.acknowledge"})
"""Verbs about appeals and wishes to reopen, by name; a closed case takes all but who asks."""


def why_no_appeal(verb: str, picked: "Picked") -> str:
    """Why such a verb is closed; empty where it is open."""
    case = picked.case
    if verb == "appeal.open":
        refused = picked.states and all(takes_an_appeal(state) for state in picked.states)
        return "" if refused else translate("offers", "nothing of it was decided against the request")
    if verb == "appeal.acknowledge":
        return ""
    if case.closed:
        return translate("offers", "the case is closed")
    decided = any(state.decision is not None for state in case.lines)
    return translate("offers", "a line is decided already") if decided else ""


def why_not_answered(picked: "Picked") -> str:
    """Why a case that follows another cannot be decided yet; empty where it can, and in every other case."""
    follows = picked.case.follows
    if follows is None or all(against_of(picked.case, line) for line in picked.lines):
        return ""
    return translate("offers", "say first who asks, and what of {0} it is about").format(follows.number)


def answer_words(picked: "Picked", determination: Determination) -> str:
    """What a decision makes of the lines before it, said beside the button; empty where the case follows no other."""
    follows = picked.case.follows
    about = [was.of for line in picked.lines if (was := against_of(picked.case, line)) is not None]
    if follows is None or not about:
        return ""
    lines = ", ".join(map(str, about))
    if determination is Determination.APPROVED:
        return translate("offers", "Overturns line {0} of {1}.").format(lines, follows.number)
    if determination is Determination.DENIED:
        return translate("offers", "Upholds line {0} of {1}.").format(lines, follows.number)
    return translate("offers", "Overturns line {0} of {1} in part, or upholds it where the same is granted.").format(lines, follows.number)


def says_expertise(picked: "Picked", determination: Determination) -> bool:
    """Whether the reviewer of these lines says what makes them fit for it: an appeal that leaves a refusal standing."""
    return determination.adverse and is_appeal(picked.case)
