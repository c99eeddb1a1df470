"""What a case that follows another takes before it is decided, and what an answer to it may be."""

from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import AppealBody, AppealTold, Asker, against_of, finding_of, is_appeal, says_expertise, takes_away
from ur_desk.domain.asked import NOTHING_LOST, Asked, check_past, check_said
from ur_desk.domain.clocks.windows import window_words
from ur_desk.domain.determination import Determination
from ur_desk.errors import UserError


def check_appeal(body: AppealBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError in plain words."""
    case = asked.case
    if case.follows is None:
        raise UserError(f"{case.number} follows no other case.", f"Open an appeal from the case that was decided. {NOTHING_LOST}")
    if isinstance(body, AppealTold):
        _check_told(body, asked)
        return
    check_said(body.to_whom, "who heard that it is here")
    check_said(body.said, "what was said")
    check_past(body.at, asked.now, "It cannot have been acknowledged in the future.")
    if case.request.received_at is not None and body.at < case.request.received_at:
        raise UserError("It cannot have been acknowledged before it was received.", NOTHING_LOST)


def check_filed(kind: ev.Following, asked_by: Asker) -> None:
    """Refuses a wish to reopen in the member's name: what they ask against a refusal is an appeal, with its rights and its clock."""
    if kind is ev.Following.REOPENING and asked_by is not Asker.PROVIDER:
        raise UserError("What the member asks against a refusal is an appeal.", f"Open it as an appeal. {NOTHING_LOST}")


def _check_told(body: AppealTold, asked: Asked) -> None:
    case = asked.case
    if any(state.decision is not None for state in case.lines):
        raise UserError("A line of this case is decided already.", f"What it is about stands with that decision. {NOTHING_LOST}")
    check_said(body.name, "who asks, by name")
    if body.asked_by is Asker.REPRESENTATIVE:
        check_said(body.authority, "where the authority of whoever speaks for the member is on file")
    elif body.authority.strip():
        raise UserError("An authority is that of a representative.", f"Say who asks. {NOTHING_LOST}")
    mine, theirs = [each.line for each in body.against], [each.of for each in body.against]
    if not mine or not set(mine) <= {state.line for state in case.lines} or len(set(mine)) != len(mine) or len(set(theirs)) != len(theirs):
        raise UserError("Say for each line of this case which line of the one before it is about, each once.", NOTHING_LOST)
    if any(not (each.was.adverse or each.was is Determination.DISMISSED) for each in body.against):
        raise UserError("Nothing of that line was decided against the request.", f"Name a line that was refused. {NOTHING_LOST}")
    _check_in_time(body, asked)


def _check_in_time(body: AppealTold, asked: Asked) -> None:
    """What came behind the last day has a good cause, or is an appeal that is dismissed; and no row that is not sure dismisses any."""
    if not body.late:
        if body.late_cause.strip() or body.to_dismiss:
            raise UserError("It came in time, as far as the rows tell: no lateness is to be explained.", NOTHING_LOST)
        return
    told = window_words(body.late[0].window) if body.late[0].window else ""
    if bool(body.late_cause.strip()) is body.to_dismiss:
        raise UserError(f"It came late. {told}", f"Say for which good cause it is looked at, or that it is to be dismissed. {NOTHING_LOST}")
    if body.to_dismiss and not (len(body.late) == len(body.against) and all(w.bars for each in body.late if (w := each.window))):
        raise UserError(
            f"It is not late for sure. {told}",
            f"A supervisor compares the row with the law first; or say for which good cause it is looked at. {NOTHING_LOST}",
        )
    if body.to_dismiss and asked.case.follows and asked.case.follows.kind is not ev.Following.APPEAL:
        raise UserError("Only an appeal is dismissed because it came late.", f"Say for which good cause it is looked at. {NOTHING_LOST}")


def check_answered(body: ev.Determined, asked: Asked) -> None:
    """Passes a decision that says what it makes of the lines before it, takes nothing away that they granted, and of a clinical refusal
    that stands tells what makes its reviewer fit for that; UserError else. A case that follows no other answers nothing."""
    case, decision = asked.case, body.decision
    if case.follows is None:
        if decision.finding is not None:
            raise UserError("This case follows no other: there is nothing to uphold or to overturn.", NOTHING_LOST)
        return
    if case.appeal and case.appeal.to_dismiss:
        raise UserError(
            f"{case.number} came behind the last day, and is to be dismissed.",
            f"Dismiss it, or record for which good cause it is looked at. {NOTHING_LOST}",
        )
    for line in body.lines:
        was = against_of(case, line)
        if was is None:
            raise UserError(
                f"Nobody has said which line of {case.follows.number} line {line} is about.",
                f"Record who asks, and for what. {NOTHING_LOST}",
            )
        if takes_away(decision, was, case.line(line).service, case.servicing_provider):
            raise UserError(
                f"Line {line} would leave less than {case.follows.number} had granted.", f"What was granted there stands. {NOTHING_LOST}"
            )
        if decision.finding is not finding_of(decision, was):
            raise UserError(f"The decision does not say what becomes of line {was.of} of {case.follows.number}.", NOTHING_LOST)
    if is_appeal(case) and says_expertise(decision):
        check_said(decision.signature.similar, "what training and experience make you fit to decide this appeal")
