"""What a correction of the receipt takes: something that shows it, a reason, and a supervisor who did not ask for it."""

from datetime import datetime

from ur_desk.domain.case import Case
from ur_desk.domain.events import ReceiptDoubted, ReceiptSettled
from ur_desk.domain.intake.receipt import receipt_of
from ur_desk.domain.people import Account, Role
from ur_desk.errors import NOTHING_LOST, Forbidden, UserError


def check_receipt(body: ReceiptDoubted | ReceiptSettled, case: Case, by: Account, now: datetime) -> None:
    """Passes what the rule allows; else UserError or Forbidden in plain words.

    The receipt starts the clock, so it is set once: each change keeps old and new value, who asked, why, and who allowed it
    (NCQA, UM information integrity).
    """
    if isinstance(body, ReceiptDoubted):
        _check_asked(body, case, now)
    else:
        _check_settled(body, case, by)


def _check_asked(body: ReceiptDoubted, case: Case, now: datetime) -> None:
    if case.request.received_at is None:
        raise UserError("The case has no receipt that could be corrected.", "Complete the request with it. Nothing was saved.")
    if case.doubted is not None:
        raise UserError("A correction of the receipt waits for a supervisor already.", f"One at a time. {NOTHING_LOST}")
    if body.before != receipt_of(case.request):
        raise UserError("The receipt is not the one that you looked at any more.", f"It is shown anew. {NOTHING_LOST}")
    if body.after.at is None or body.after.zone is None:
        raise UserError("Say when the request was received: day, time and zone.", NOTHING_LOST)
    if body.after.at > now:
        raise UserError("The request cannot have been received in the future.", f"Check day, time and zone. {NOTHING_LOST}")
    if body.after == body.before:
        raise UserError("This is the receipt as it stands.", f"Say what it should be. {NOTHING_LOST}")
    if body.after.evidence is None:
        raise UserError("Say what shows the receipt, and where it can be looked up.", f"A fax header, a stamp, a log. {NOTHING_LOST}")
    if not body.reason.strip():
        raise UserError("Say why the recorded receipt is wrong.", NOTHING_LOST)


def _check_settled(body: ReceiptSettled, case: Case, by: Account) -> None:
    asked = case.doubted
    if asked is None or asked.event != body.event:
        raise UserError("No such correction of the receipt waits here.", "It was settled or taken back. Nothing was changed.")
    if not by.has(Role.SUPERVISOR):
        raise Forbidden("A supervisor settles a correction of the receipt.", "Nothing was changed.")
    if asked.by == by.id:
        raise Forbidden("Whoever asks for a correction does not allow it.", "Another supervisor does. Nothing was changed.")
    if not body.reason.strip():
        raise UserError("Say what you looked at, or why you refuse.", NOTHING_LOST)
