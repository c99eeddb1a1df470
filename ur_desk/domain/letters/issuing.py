"""Which letter may leave: about which lines, correcting which, and as the copy of which."""

from ur_desk.domain.appeals.following import is_appeal
from ur_desk.domain.asked import Asked, check_lines, numbers
from ur_desk.domain.case import Case, Issued
from ur_desk.domain.clocks.events import Told
from ur_desk.domain.clocks.gate import check_clock, check_no_extension_waits
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import OPEN, Workflow
from ur_desk.domain.events import LetterId, LetterIssued
from ur_desk.domain.letter import UNDECIDED, Audience, LetterKind, kind_for
from ur_desk.errors import UserError

NOTHING_ISSUED = "Nothing was issued."


def check_issued(body: LetterIssued, asked: Asked) -> None:
    """Passes a letter that agrees with where its lines stand, and with the letter that it corrects or copies; else UserError."""
    if body.copy_of is not None:
        _check_copy(body, asked)
        return
    if body.supersedes is not None:
        _check_correction(body, asked)
        _check_extends(body, asked)
        return
    kind = LetterKind(body.kind)
    if kind is LetterKind.INFORMATION_REQUEST:
        check_lines(asked.case, body.lines, frozenset({Workflow.PENDED}))
        if all(asked.case.line(n).ask_noticed for n in body.lines):
            raise UserError("The letter that asks for this information has left already.", f"Correct it, or ask again. {NOTHING_ISSUED}")
    else:
        check_lines(asked.case, body.lines, OPEN if kind in UNDECIDED else frozenset({Workflow.DECIDED}))
        check_untold(asked.case, body.lines)
        _tells_what_stands(body, kind, asked)
    _check_extends(body, asked)


def _check_extends(body: LetterIssued, asked: Asked) -> None:
    """The notice of an extension says on which terms, and its clock may be extended on them now; its sending extends it."""
    if (body.extends is not None) is not (body.kind == LetterKind.EXTENSION):
        raise UserError("The notice of more time says on what condition, and no other letter does.", NOTHING_ISSUED)
    corrects = body.supersedes is not None
    if body.extends is None or (corrects and asked.case.clockwork.extension is not None):
        return
    if not corrects:
        check_no_extension_waits(asked.case)
    check_clock(body.extends.noticed(Told(ContactWay.MAIL, body.recipient, asked.now), body.letter), asked)


def check_untold(case: Case, lines: tuple[int, ...]) -> None:
    """UserError where a letter that was issued tells of what was decided of one of these lines."""
    if told := [n for n in lines if case.line(n).told_in]:
        raise UserError(
            f"{numbers(told)}: a letter that was issued tells of it.", f"Record how it was sent, or correct it. {NOTHING_ISSUED}"
        )


def _tells_what_stands(body: LetterIssued, kind: LetterKind, asked: Asked) -> None:
    """A letter of a decision is of the kind that its lines take as they stand now: none tells an approval of what was refused."""
    if kind in (*UNDECIDED, LetterKind.INFORMATION_REQUEST):
        return
    states = [asked.case.line(n) for n in body.lines]
    if kind_for(states, appeal=is_appeal(asked.case)) is not kind:
        raise UserError("The letter would contradict what was decided of its lines.", f"Write it anew. {NOTHING_ISSUED}")


def _check_copy(body: LetterIssued, asked: Asked) -> None:
    whole = _standing(body.copy_of, asked)
    if whole is None or whole.audience != Audience.MEMBER or body.audience == Audience.MEMBER:
        raise UserError("A copy is made of a standing letter to a member.", NOTHING_ISSUED)
    if (set(whole.lines), whole.kind) != (set(body.lines), body.kind):
        raise UserError("A copy tells the same of the same lines as the letter.", NOTHING_ISSUED)
    if any(copy.superseded_by is None for copy in asked.case.copies_of(whole.id)):
        raise UserError("There is a copy of this letter already.", NOTHING_ISSUED)
    if body.supersedes is not None:
        before = _standing(body.supersedes, asked)
        if before is None or before.audience != body.audience:
            raise UserError("The copy to be corrected is no standing copy of this case.", NOTHING_ISSUED)


def _check_correction(body: LetterIssued, asked: Asked) -> None:
    before = _standing(body.supersedes, asked)
    if before is None or before.audience != body.audience:
        raise UserError("The letter to be corrected is not a standing letter of this case.", NOTHING_ISSUED)
    if (set(before.lines), before.kind) != (set(body.lines), body.kind):
        raise UserError("A correction is about the same lines as the letter that it corrects.", NOTHING_ISSUED)
    _tells_what_stands(body, LetterKind(body.kind), asked)


def _standing(letter: LetterId | None, asked: Asked) -> Issued | None:
    return next((each for each in asked.case.letters if each.id == letter and each.superseded_by is None), None)
