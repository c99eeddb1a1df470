"""Notice of a decision that no letter of this program gives: of what, in which ways, and not before it was decided."""

from ur_desk.domain.appeals import is_appeal
from ur_desk.domain.asked import NOTHING_LOST, Asked, check_after_decision, check_lines, check_past, check_said, numbers
from ur_desk.domain.case import Case
from ur_desk.domain.clock_events import WRITTEN
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import NoticeGiven
from ur_desk.domain.issuing import check_untold
from ur_desk.domain.request import LineOfBusiness
from ur_desk.errors import UserError

ON_A_FORM = {
    LineOfBusiness.MEDICARE_ADVANTAGE: "Notice of Denial of Medical Coverage, CMS-10003",
    LineOfBusiness.DSNP_INTEGRATED: "Coverage decision letter of integrated dual-eligible plans",
}
"""Lines of business in which a first refusal is told on an official form, which a plan may fill elsewhere, with the form's name."""
WITHOUT_LETTERS = frozenset({None, LineOfBusiness.OTHER})
"""Lines of business for which this program writes no letter at all."""


def check_notice(body: NoticeGiven, asked: Asked) -> None:
    """Passes notice by other means than a letter; UserError for a message on a machine, for one before the decision, and for a refusal
    that the program's own letter tells of: that letter has what the law asks for."""
    check_lines(asked.case, body.lines, frozenset({Workflow.DECIDED}))
    check_untold(asked.case, body.lines)
    check_said(body.to_whom, "to whom notice was given")
    check_said(body.form, "on what form, or in which words")
    check_past(body.at, asked.now, "Notice cannot have been given in the future.")
    check_after_decision(asked.case, body.lines, body.at)
    if body.way is ContactWay.VOICEMAIL:
        raise UserError("A message on a machine tells nobody anything.", f"Reach somebody, or write. {NOTHING_LOST}")
    refused = refusals(asked.case, body.lines)
    if refused and not told_elsewhere(asked.case):
        raise UserError(f"{numbers(refused)}: a refusal is told by the letter, with its reasons and rights.", f"Issue it. {NOTHING_LOST}")
    if refused and body.way not in WRITTEN:
        raise UserError(f"{numbers(refused)}: a refusal is told in writing.", f"Send the form, and record how. {NOTHING_LOST}")


def refusals(case: Case, lines: tuple[int, ...]) -> list[int]:
    """Those of the lines of which something is refused."""
    return [n for n in lines if (made := case.line(n).determination) is not None and made.adverse]


def form_for_lines(case: Case, lines: tuple[int, ...]) -> str:
    """The official form on which a refusal of all these lines is told; empty where a letter of this program tells of one of them."""
    refused = bool(lines) and len(refusals(case, lines)) == len(lines)
    return "" if is_appeal(case) or not refused else ON_A_FORM.get(case.request.line_of_business or LineOfBusiness.OTHER, "")


def told_elsewhere(case: Case) -> bool:
    """Whether a refusal in this case may be told by other means than a letter of this program."""
    business = case.request.line_of_business
    return business in WITHOUT_LETTERS or (business in ON_A_FORM and not is_appeal(case))
