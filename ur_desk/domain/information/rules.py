"""When information may be asked for, and what must be said of what came."""

from datetime import date

from ur_desk.domain.asked import FOR_PHYSICIAN, NOTHING_LOST, WITH_NURSE, Asked, check_lines, check_past, check_said, numbers
from ur_desk.domain.case import Case
from ur_desk.domain.contact import ContactLogged
from ur_desk.domain.decisions.pinned import check_cited
from ur_desk.domain.determination import Workflow
from ur_desk.domain.information.asking import AskingBody, Extent, InformationReceived, InformationRequested, left, only_delays, question_of
from ur_desk.domain.people import Role
from ur_desk.domain.undoing import undone_ids
from ur_desk.errors import UserError


def check_asking(body: AskingBody, asked: Asked) -> None:
    """Passes what the rules allow; else UserError in plain words."""
    if isinstance(body, InformationRequested):
        _check_requested(body, asked)
    else:
        _check_received(body, asked)


def _check_requested(body: InformationRequested, asked: Asked) -> None:
    physician = asked.by.has(Role.PHYSICIAN)
    check_lines(asked.case, body.lines, FOR_PHYSICIAN if physician else WITH_NURSE)
    _could_change(body, asked.case, physician)
    if not body.items or not all(item.strip() for item in body.items):
        raise UserError("Name at least one thing that is missing.", NOTHING_LOST)
    if len(set(body.items)) != len(body.items):
        raise UserError("The same thing is asked for twice.", NOTHING_LOST)
    check_said(body.why, "why it matters")
    check_said(body.asked_of, "whom you ask")
    if body.cites and len(body.cites) != len(body.items):
        raise ValueError("there is one place for each item, where any is told")
    check_cited(asked.case, (cited for cited in body.cites if cited is not None))
    _check_days(body.chase_on, body.answer_by, asked.today)


def _could_change(body: InformationRequested, case: Case, physician: bool) -> None:
    """Of lines that no record could change a nurse asks for what a physician's question names, and quotes it; of others for none. A
    physician's exception may turn on one."""
    if not physician and (held := sorted(only_delays(case, body.lines))):
        raise UserError(
            f"{numbers(held)}: the position holds for all indications, so no record changes it: asking only delays.",
            f"Refer it to a physician, or ask whether the requester would take another service. {NOTHING_LOST}",
        )
    question, held_ = question_of(case, body.lines), set((case.matched.settled if case.matched else None) or ())
    quotes = body.question == question if held_ & set(body.lines) and not physician else body.question in ("", question)
    if not quotes:
        raise UserError("The request does not quote the question of the physician who sent the lines back.", NOTHING_LOST)


def _check_days(chase_on: date | None, answer_by: date | None, today: date) -> None:
    if answer_by and answer_by < today:
        raise UserError("The day to answer by has passed.", NOTHING_LOST)
    if chase_on and chase_on < today:
        raise UserError("The day on which to ask again has passed.", NOTHING_LOST)
    if chase_on and answer_by and chase_on > answer_by:
        raise UserError("The day on which to ask again lies after the last day to answer.", NOTHING_LOST)


def _check_received(body: InformationReceived, asked: Asked) -> None:
    check_lines(asked.case, body.lines, frozenset({Workflow.PENDED}))
    check_said(body.what, "what came")
    check_past(body.received_at, asked.now, "The information cannot have come in the future.")
    if body.waits and body.extent is Extent.ALL:
        raise UserError("All that was asked for came: nothing is left to wait for.", NOTHING_LOST)
    if body.extent is not Extent.PART and body.came:
        raise UserError("Single things are named only where a part came.", NOTHING_LOST)
    if body.extent is Extent.PART:
        _check_part(body, asked.case)


def _check_part(body: InformationReceived, case: Case) -> None:
    states = [case.line(line) for line in body.lines]
    known = {item for state in states if state.asked for item in state.asked.items}
    if not body.came or not set(body.came) <= known:
        raise UserError("Say which of the things that were asked for came.", f"Name at least one of them. {NOTHING_LOST}")
    if not any(left(state.asked, body).items for state in states if state.asked):
        raise UserError("That is all that was asked for.", f"Say that all of it came. {NOTHING_LOST}")


def check_attempt(body: ContactLogged, asked: Asked) -> None:
    """UserError where an attempt names no request for information of this case, or was made before the case came."""
    if body.ask is None:
        return
    undone = undone_ids(asked.events)
    ask = next((e for e in asked.events if e.id == body.ask and e.id not in undone and isinstance(e.body, InformationRequested)), None)
    if ask is None:
        raise UserError("That is no request for information of this case.", f"Pick one that waits. {NOTHING_LOST}")
    received = asked.case.request.received_at  # whoever asked by telephone may record the request after the call
    if received is not None and body.at < received:
        raise UserError("The attempt was made before the request was received.", f"Log it as a contact. {NOTHING_LOST}")
