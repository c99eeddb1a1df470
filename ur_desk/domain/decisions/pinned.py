"""Whether policy lines that somebody cites stand in a text with which the case was matched."""

from collections.abc import Iterable

from ur_desk.domain.asked import NOTHING_LOST
from ur_desk.domain.case import Case
from ur_desk.domain.determination import PolicyCitation
from ur_desk.errors import UserError


def check_cited(case: Case, cited: Iterable[PolicyCitation]) -> None:
    """UserError for a line that is not one of a text that is pinned to the case."""
    pinned = {pin.text: pin for pin in (case.matched.pins if case.matched else ())}
    for each in cited:
        pin = pinned.get(each.anchor.text)
        if pin is None or (each.policy, each.effective) != (pin.policy, pin.effective):
            raise UserError("A cited policy line is not from a text that this case was matched with.", f"Match again. {NOTHING_LOST}")
        if each.anchor.last_line > pin.lines:
            raise UserError(f"{pin.policy} has {pin.lines} lines: line {each.anchor.last_line} cannot be cited.", NOTHING_LOST)
