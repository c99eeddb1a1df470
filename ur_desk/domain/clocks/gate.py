"""When a clock may be bent: what an extension, a return, a change of urgency and every notice beside the answer take."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import singledispatch

from ur_desk.domain.asked import NOTHING_LOST, Asked, check_after_decision, check_lines, check_past, check_said
from ur_desk.domain.case import Case
from ur_desk.domain.clocks import events as ce
from ur_desk.domain.clocks.counting import day_in
from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.rules import Condition, Extension, Law, Right, Trigger
from ur_desk.domain.clocks.tasks import WRITTEN_NOTICE, owed_duties, written_due
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.determination import Workflow
from ur_desk.domain.ids import LetterId
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.letters.delivery import LetterSent, Party, Way
from ur_desk.domain.people import Role
from ur_desk.domain.request import LineOfBusiness, Network, Urgency
from ur_desk.domain.zones import zone
from ur_desk.errors import Forbidden, UserError

_PHYSICIAN = re.compile(r"\b(?:physicians?|doctors?|dr|md|do)\b\.?", re.IGNORECASE)
_MEDICARE = frozenset({LineOfBusiness.MEDICARE_ADVANTAGE, LineOfBusiness.DSNP_INTEGRATED})
_HEARD = frozenset({Workflow.DECIDED, Workflow.NOTICED})


def check_clock(body: ce.ClockBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError or Forbidden in plain words."""
    _check(body, asked)


@singledispatch
def _check(body: object, asked: Asked) -> None:
    raise TypeError(f"no event of a clock: {type(body).__name__}")


@_check.register
def _(body: ce.ClockExtended, asked: Asked) -> None:
    clock, allowed, limit = _running(asked), None, None
    if clock is not None:
        allowed, limit = clock.extension, clock.due_at or clock.outer_at
    if clock is None or allowed is None or limit is None:
        raise UserError("The clock that binds this request allows no extension.", f"Decide by the due time. {NOTHING_LOST}")
    if asked.case.clockwork.extension is not None:
        raise UserError("The clock was extended already, and no clock is extended twice.", f"Decide by the due time. {NOTHING_LOST}")
    _shown(body.proof, body.letter)
    if body.letter is None:
        check_no_extension_waits(asked.case)
    _left_in_time(body, clock, limit, asked)
    if body.notice.way not in ce.WRITTEN:
        raise UserError("The notice of an extension is in writing.", f"Record the fax, the mail or the portal message. {NOTHING_LOST}")
    check_said(body.reason, "why the clock is extended, as the notice says it")
    if body.condition not in allowed.conditions:
        raise UserError("On this condition this clock is not extended.", f"Take one that its rule names. {NOTHING_LOST}")
    if allowed.right is not None and not body.right_told:
        named = "an expedited grievance" if allowed.right is Right.EXPEDITED_GRIEVANCE else "a grievance"
        raise UserError(f"The notice of this extension names the right to {named}.", f"Confirm that it does. {NOTHING_LOST}")
    _whose(body, clock, asked.case)
    _pause(body, allowed, asked.case)


def _shown(proof: Record | None, letter: LetterId | None) -> None:
    """A notice of which this program wrote no letter is shown by what proves that it was sent."""
    if proof is None and letter is None:
        raise UserError(
            "Nothing shows that this notice was sent.",
            f"Write it as a letter here, which is recorded as it is sent; or attach the proof of one sent otherwise. {NOTHING_LOST}",
        )


def _left_in_time(body: ce.ClockExtended, clock: ClockRead, limit: datetime, asked: Asked) -> None:
    """The notice left before the due time. Of a letter that was issued here that may be told later, where something shows the day; what
    was sent otherwise is told before it as well."""
    left = body.notice.at if body.letter is not None else max(body.notice.at, asked.now)
    _in_time(body.notice, left, clock, limit, asked, "The notice of an extension leaves before the due time", "extended")
    if asked.now > limit and body.proof is None:
        raise UserError(
            f"It is told after the due time, {_local(limit, asked)}, that this notice left before it.",
            f"Attach what shows when it left. {NOTHING_LOST}",
        )


def check_no_extension_waits(case: Case) -> None:
    """UserError where a notice of more time was issued here and has not been sent: that is the one that extends the clock."""
    waiting = [each for each in case.letters_to_members if each.extends and each.superseded_by is None]
    if waiting and case.clockwork.extension is None:
        raise UserError(
            f"A notice of more time was issued on {waiting[-1].dated:%m/%d/%Y}.", f"Record how it was sent, or correct it. {NOTHING_LOST}"
        )


def extension_by(sent: LetterSent, case: Case) -> ce.ClockExtended | None:
    """How the sending of a letter extends the clock: where the letter is the notice of that, gives notice to the member, and left before
    the due time of a clock that was not extended yet; else None."""
    letter = next((each for each in case.letters if each.id == sent.letter), None)
    limit = (case.clock.due_at or case.clock.outer_at) if case.clock else None
    if letter is None or letter.extends is None or case.clockwork.extension is not None or limit is None or sent.at > limit:
        return None
    if sent.party is not Party.MEMBER or sent.way not in _IN_WRITING:
        return None
    return letter.extends.noticed(ce.Told(_IN_WRITING[sent.way], sent.to_whom, sent.at), letter.id, sent.proof)


_IN_WRITING = {Way.MAIL: ContactWay.MAIL, Way.FAX: ContactWay.FAX, Way.EMAIL: ContactWay.EMAIL}
"""How a letter gives a member written notice."""


def _whose(body: ce.ClockExtended, clock: ClockRead, case: Case) -> None:
    """What waiting takes: the enrollee's interest, or a provider without a contract."""
    if body.condition is Condition.NEED_AND_INTEREST:
        check_said(body.interest, "why waiting is in the enrollee's interest")
    if body.condition is Condition.NONCONTRACT_EVIDENCE:
        check_said(body.provider, "whose evidence is waited for")
    named = body.provider.strip().casefold()
    contracted = any(
        each is not None and each.network is Network.IN and (each.name or "").casefold() == named
        for each in (case.request.requesting_provider, case.servicing_provider)
    )
    if clock.law is Law.MEDICARE and named and contracted:
        raise UserError(
            f"{body.provider.strip()} has a contract: Medicare Advantage is not extended to wait for a contracted provider's records.",
            f"Ask for them within the time, or decide on what is here. {NOTHING_LOST}",
        )


def _pause(body: ce.ClockExtended, allowed: Extension, case: Case) -> None:
    items = any(item.strip() for item in body.items)
    if allowed.tolling is None:
        if body.answer_by is not None:
            raise UserError("Nothing pauses this clock.", f"Ask for what is missing; the clock runs on meanwhile. {NOTHING_LOST}")
        return
    if items is not (body.answer_by is not None):
        raise UserError("A pause names what is asked for and the last day to answer.", NOTHING_LOST)
    if body.answer_by is None:
        return
    least = day_in(body.notice.at, zone(case.request.received_zone or "UTC")) + timedelta(days=allowed.tolling.answer_days)
    if body.answer_by < least:
        raise UserError(f"An answer has at least {allowed.tolling.answer_days} days: until {least:%m/%d/%Y}.", NOTHING_LOST)


@_check.register
def _(body: ce.RequestReturned, asked: Asked) -> None:
    clock = _running(asked)
    allowed, tell = (clock.incomplete, clock.tell_until) if clock is not None else (None, None)
    if clock is None or allowed is None or tell is None:
        raise UserError("The clock that binds this request does not wait for an incomplete one.", f"Ask for information. {NOTHING_LOST}")
    if asked.case.clockwork.returned is not None:
        raise UserError("The request was sent back as incomplete already, which is done once.", NOTHING_LOST)
    _in_time(
        body.notice, max(body.notice.at, asked.now), clock, tell, asked, "What an incomplete request lacks is told in time", "sent back"
    )
    if not any(item.strip() for item in body.items):
        raise UserError("Name at least one thing that is missing.", NOTHING_LOST)
    if body.until < body.notice.at + timedelta(hours=allowed.answer):
        raise UserError(f"An incomplete request has at least {allowed.answer} hours to be completed.", NOTHING_LOST)


@_check.register
def _(body: ce.AnswerCame, asked: Asked) -> None:
    work = asked.case.clockwork
    if not work.waiting:
        raise UserError("The clock waits for no answer.", f"Log it as a contact, or attach it. {NOTHING_LOST}")
    check_said(body.what, "what came")
    check_past(body.at, asked.now, "The answer cannot have come in the future.")
    if ce.answered(work, body.at) == work:
        raise UserError("The answer came before it was asked for.", f"Check the day and the time. {NOTHING_LOST}")


@_check.register
def _(body: ce.TargetSet, asked: Asked) -> None:
    clock = _running(asked)
    check_said(body.reason, "why")
    if body.at is None:
        if asked.case.clockwork.target is None:
            raise UserError("No earlier target stands.", "Nothing was changed.")
        return
    if body.at <= asked.now:
        raise UserError("The target has passed already.", NOTHING_LOST)
    if clock is not None and clock.limit_at is not None and body.at >= clock.limit_at:
        raise UserError("A target lies before the due time; it never takes its place.", NOTHING_LOST)


@_check.register
def _(body: ce.Notified, asked: Asked) -> None:
    member = body.audience is ce.Audience.MEMBER
    check_lines(asked.case, body.lines, frozenset({Workflow.DECIDED}) if member else _HEARD)
    _told(body.notice, asked)
    check_after_decision(asked.case, body.lines, body.notice.at, "Nobody can have heard of it")
    check_said(body.said, "what was said")
    if member and body.notice.way is not ContactWay.CALL:
        raise UserError("Word of mouth is a call that reached somebody.", f"Record a written notice as a notice given. {NOTHING_LOST}")


@_check.register
def _(body: ce.DutyDone, asked: Asked) -> None:
    owed = {each.id for each in owed_duties(asked.case)}
    if written_due(asked.case) is not None:
        owed.add(WRITTEN_NOTICE)
    if body.duty not in owed:
        raise UserError("Nothing of that name is to be done in this case.", "It may be done already. Nothing was saved.")
    if body.duty == WRITTEN_NOTICE:
        raise UserError("The written notice is a letter, or a notice given.", f"Issue it, or record it as given. {NOTHING_LOST}")
    if any(row.id == body.duty and row.trigger is Trigger.EXPEDITE_REFUSED for row in owed_duties(asked.case)):
        _shown(body.proof, None)
    _told(body.notice, asked)


@_check.register
def _(body: ce.BasisChanged, asked: Asked) -> None:
    case = asked.case
    if body.before != ce.basis_of(case.request, case.clockwork.particulars):
        raise UserError("The facts are not those that you looked at any more.", f"They are shown anew. {NOTHING_LOST}")
    if body.after == body.before:
        raise UserError("Nothing was changed.", "Say what should stand.")
    check_said(body.reason, "why it changes")
    check_said(body.said_by, "who said so")
    decided = [state for state in case.lines if state.decision is not None]
    if len(decided) == len(case.lines) or (decided and (_cover(body.before) != _cover(body.after))):
        raise UserError("Lines of this case are decided on the facts that stand.", f"A new request has facts of its own. {NOTHING_LOST}")
    if body.told is not None:
        _told(body.told, asked)
    _not_past_due(body, asked)
    if ce.is_lowered(body):
        _lowered(body, asked)


def _not_past_due(body: ce.BasisChanged, asked: Asked) -> None:
    """Once the due time has passed, no change of urgency wipes that away, and any other fact is a supervisor's to correct; that a request
    is expedited after all may always be said."""
    limit = asked.case.clock.limit_at if asked.case.clock else None
    raised = replace(body.before, urgency=body.after.urgency, urgency_said_by=body.after.urgency_said_by) == body.after
    if limit is None or asked.now <= limit or (raised and body.after.urgency is Urgency.EXPEDITED):
        return
    local = f"{limit.astimezone(zone(asked.case.request.received_zone or 'UTC')):%m/%d/%Y %H:%M}"
    if ce.is_lowered(body):
        raise UserError(
            f"The due time of the expedited request has passed, {local}: it stays expedited, and late.",
            f"Decide, and give notice at once. {NOTHING_LOST}",
        )
    if not asked.by.has(Role.SUPERVISOR):
        raise Forbidden(f"The due time has passed, {local}: a supervisor corrects what it rests on.", f"Ask one. {NOTHING_LOST}")


def _cover(basis: ce.Basis) -> Iterable[object]:
    return basis.line_of_business, basis.state, basis.coverage


def _lowered(body: ce.BasisChanged, asked: Asked) -> None:
    """A physician's word that it is urgent stands; otherwise a reason, and in Medicare Advantage a word to the requester, lower it."""
    if not asked.by.has(Role.NURSE, Role.PHYSICIAN, Role.SUPERVISOR):
        raise Forbidden("Intake does not take urgency away.", f"A reviewer does, with the reason. {NOTHING_LOST}")
    asked_by = physician_asked(asked.case)
    if not body.physician and asked_by:
        raise UserError(
            "A physician said that this is urgent: the plan treats it as urgent.",
            f"Only that physician takes it back; record who said so. {NOTHING_LOST}",
        )
    if not body.physician and asked_by is None and not body.no_physician:
        raise UserError(
            "Nobody has said who asked for the urgency.",
            f"Where a physician did, it stays; confirm that none did. {NOTHING_LOST}",
        )
    if asked.case.request.line_of_business in _MEDICARE and (body.told is None or body.told.way is not ContactWay.CALL):
        raise UserError(
            "Medicare Advantage: the requester is told by telephone at once that the request is not expedited.",
            f"Record the call; the written notice follows. {NOTHING_LOST}",
        )


def physician_asked(case: Case) -> bool | None:
    """Whether a physician asked that the request be expedited; None where nobody said who did."""
    for change in reversed(case.clockwork.changes):
        if change.body.after.urgency is Urgency.EXPEDITED and change.body.before.urgency is not Urgency.EXPEDITED:
            return change.body.physician
    said = case.request.urgency_said_by
    return bool(_PHYSICIAN.search(said)) if said and said.strip() else None


def _running(asked: Asked) -> ClockRead | None:
    """The clock of a case in which something is still to be noticed."""
    if all(state.workflow is Workflow.NOTICED or state.decision is not None for state in asked.case.lines):
        raise UserError("Every line is decided: its clock is bent no more.", f"Give notice. {NOTHING_LOST}")
    return asked.case.clock


def _in_time(notice: ce.Told, left: datetime, clock: ClockRead, limit: datetime, asked: Asked, rule: str, word: str) -> None:
    _told(notice, asked)
    if clock.start_at is not None and notice.at < clock.start_at:
        raise UserError("The notice cannot have left before the request came.", f"Check the day and the time. {NOTHING_LOST}")
    if left > limit:
        raise UserError(f"{rule}; that was {_local(limit, asked)}.", f"It can no longer be {word}: give notice at once. {NOTHING_LOST}")


def _local(at: datetime, asked: Asked) -> str:
    return f"{at.astimezone(zone(asked.case.request.received_zone or 'UTC')):%m/%d/%Y %H:%M}"


def _told(notice: ce.Told, asked: Asked) -> None:
    check_said(notice.to_whom, "who was told")
    check_past(notice.at, asked.now, "Nobody can have been told in the future.")
    if notice.way is ContactWay.VOICEMAIL:
        raise UserError("A message on a machine tells nobody anything.", f"Reach somebody, or write. {NOTHING_LOST}")
