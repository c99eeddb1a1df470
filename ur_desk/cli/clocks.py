"""`ur-desk case clock`, `extend`, `incomplete`, `answered`, `change`, `target`, `notified`, `owed` and `reread`: the clock of one case."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act, lines_option
from ur_desk.cli.common import Context, day, instant, json_option, line_of_business, maybe_day, pass_context
from ur_desk.cli.letter_options import CONDITIONS
from ur_desk.cli.output import echo, say, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.clocks.events import Basis, Told
    from ur_desk.domain.clocks.reading import ClockRead
    from ur_desk.domain.clocks.tasks import Standing

WAYS = ("call", "fax", "portal", "mail", "email")
URGENCY, TIMING = click.Choice(["standard", "expedited"]), click.Choice(["preservice", "concurrent", "postservice"])

number_argument = click.argument("number")
way_option = click.option("--way", type=click.Choice(WAYS), required=True, help="How they were told.")
to_option = click.option("--to", "to_whom", required=True, help="Who was told.")
at_option = click.option("--at", "at", help="When they were told; now if left out.")


def told_by(desk: "Desk", way: str, to_whom: str, at: str | None) -> "Told":
    """That somebody outside was told, as typed."""
    from ur_desk.domain.clocks.events import Told
    from ur_desk.domain.contact import ContactWay

    return Told(ContactWay(way), to_whom.strip(), instant(at, desk))


@click.command()
@number_argument
@click.option("--on", help="Look at another day or instant instead of now.")
@click.option("--if-received", help="Suppose another receipt.")
@click.option("--if-urgency", type=URGENCY)
@click.option("--if-timing", type=TIMING)
@click.option("--if-line", help="Suppose another line of business.")
@click.option("--if-state", help="Suppose another state.")
@click.option("--if-rating-period", help="Suppose another first day of the plan's rating period.")
@click.option("--if-noticed", help="Suppose that the notice of an extension leaves then.")
@click.option("--if-answer-by", help="Suppose that it names this last day to answer.")
@click.option("--if-answered", help="Suppose that the answer comes then.")
@json_option
@pass_context
def clock(context: Context, /, number: str, on: str | None, as_json: bool, **ifs: str | None) -> None:
    """Shows the clock of a case: when the answer is due and why, what is to be done, and what would be if something were otherwise."""
    from ur_desk.domain.clocks.what_if import WhatIf
    from ur_desk.domain.guard.access import CaseViewed
    from ur_desk.records.clock_standing import read_data, standing_data

    with context.desk() as desk:
        zone, case = desk.zone, desk.review.find(number)
        at = instant(on if on is None or len(on) > 10 else f"{day(on):%Y-%m-%d}T12:00", desk)
        standing = desk.clocks.standing(case, at)
        found = desk.review.case(case)
        supposed = desk.clocks.what_if(case, _supposed(desk, **ifs)) if any(ifs.values()) else None
        desk.looks.note(CaseViewed(), case)
    if as_json:
        then = read_data(supposed.then) if isinstance(supposed, WhatIf) else None
        now = read_data(found.clock) if found.clock else None
        write_json({"case": found.number, "clock": now, "standing": standing_data(standing), "what_if": then})
        return
    echo("\n".join(_told(found, standing, zone)))
    if supposed is not None:
        echo("\n".join(_beside(supposed.now, supposed.then, zone)))


def _supposed(desk: "Desk", **ifs: str | None) -> Any:
    from ur_desk.domain.clocks.what_if import Supposed
    from ur_desk.domain.request import Timing, Urgency

    def when(name: str) -> Any:
        return instant(ifs[name], desk) if ifs[name] is not None else None

    return Supposed(
        when("if_received"),
        Urgency(ifs["if_urgency"]) if ifs["if_urgency"] else None,
        Timing(ifs["if_timing"]) if ifs["if_timing"] else None,
        line_of_business(ifs["if_line"]) if ifs["if_line"] else None,
        _state(ifs["if_state"]),
        maybe_day(ifs["if_rating_period"]),
        when("if_noticed"),
        maybe_day(ifs["if_answer_by"]),
        when("if_answered"),
    )


def _state(text: str | None) -> str | None:
    from ur_desk.domain.states import STATES

    if text is None:
        return None
    if text.strip().upper() not in STATES:
        raise UserError("There is no such state.", "Write it in two letters, as IN. Nothing was saved.")
    return text.strip().upper()


def _told(case: "Case", standing: "Standing", zone: "ZoneInfo") -> Iterator[str]:
    clock = case.clock
    yield f"{case.number}  {standing.stand.value}"
    if clock is not None:
        yield from _read(clock, zone)
    target = case.clockwork.target
    if target is not None and target.at is not None:
        yield f"target: {moment(target.at, zone)}: {typed(target.reason)}"
    for task in standing.tasks:
        by = f"{moment(task.due_at, zone)}  " if task.due_at else ""
        row = f" ({task.row}{'' if task.verified else ', not verified'})" if task.row else ""
        yield f"to do: {by}{task.words}{row}"
    for each in standing.instants:
        told = (
            ("decided", each.decided_at),
            ("by word of mouth", each.oral_at),
            ("in writing", each.written_at),
            ("provider", each.provider_at),
        )
        yield f"line {each.line}: " + (", ".join(f"{words} {moment(at, zone)}" for words, at in told if at) or "nothing yet")
    for change in case.clockwork.changes:
        from ur_desk.domain.clocks.told import tell_clock

        before = change.due_before.due_at if change.due_before else None
        yield f"{moment(change.at, zone)}: {typed(tell_clock(change.body))} Due before: {moment(before, zone) if before else 'no due date'}."


def _read(clock: "ClockRead", zone: "ZoneInfo") -> Iterator[str]:
    yield f"due: {moment(clock.due_at, zone)} ({clock.words})" if clock.due_at else f"no due date: {clock.words}"
    for words, at in (("before that it was due", clock.base_at), ("the pause ends without an answer", clock.pause_until)):
        if at is not None:
            yield f"{words}: {moment(at, zone)}"


def _beside(now: "ClockRead", then: "ClockRead", zone: "ZoneInfo") -> Iterator[str]:
    yield "IF SO"
    yield from _read(then, zone)
    if now.due_at and then.due_at:
        hours = (then.due_at - now.due_at).total_seconds() / 3600
        yield f"that is {abs(hours) / 24:.1f} days {'later' if hours > 0 else 'sooner'}" if hours else "that is the same instant"


@click.command()
@number_argument
@click.option("--because", "condition", type=click.Choice(CONDITIONS), required=True, help="The condition that the rule names.")
@click.option("--reason", required=True, help="Why, as the notice says it.")
@way_option
@to_option
@at_option
@click.option("--ask", "items", multiple=True, help="What the notice asks for; the clock pauses for that where its rule knows a pause.")
@click.option("--answer-by", help="The last day to answer.")
@click.option("--interest", default="", help="Why waiting is in the enrollee's interest.")
@click.option("--provider", default="", help="Whose evidence is waited for.")
@click.option("--names-grievance", is_flag=True, help="The notice names the right to a grievance.")
@click.option("--proof", type=click.Path(path_type=Path), required=True, help="What shows that the notice was sent: PDF or picture.")
@json_option
@pass_context
def extend(context: Context, /, number: str, condition: str, way: str, to_whom: str, at: str | None, as_json: bool, **told: Any) -> None:
    """Extends the clock, once, by a written notice that was sent otherwise than from here and left before the due time.

    The notice that `letter issue --notice extension` writes extends it as its sending is recorded.
    """
    from ur_desk.desk.steps import finish
    from ur_desk.domain.clocks.events import ClockExtended
    from ur_desk.domain.clocks.rules import Condition

    last = maybe_day(told["answer_by"])
    items = tuple(item.strip() for item in told["items"] if item.strip())

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        notice = told_by(desk, way, to_whom, at)
        body = ClockExtended(
            Condition(condition), told["reason"].strip(), notice, items, last, told["interest"].strip(), told["provider"].strip(),
            told["names_grievance"],
        )  # fmt: skip
        return desk.clocks.extend(found.id, found.revision, body, finish(desk.records.bring(told["proof"])))

    act(context, number, as_json, use)


@click.command()
@number_argument
@click.option("--lacks", "items", multiple=True, required=True, help="What the request lacks.")
@click.option("--until", required=True, help="Until when it may be completed.")
@way_option
@to_option
@at_option
@json_option
@pass_context
def incomplete(
    context: Context, number: str, items: tuple[str, ...], until: str, way: str, to_whom: str, at: str | None, as_json: bool
) -> None:
    """Records that the requester was told what an urgent request lacks."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.clocks.send_back(found.id, found.revision, items, told_by(desk, way, to_whom, at), instant(until, desk))

    act(context, number, as_json, use)


@click.command()
@number_argument
@click.option("--what", required=True, help="What came.")
@click.option("--at", "at", help="When it came; now if left out.")
@json_option
@pass_context
def answered(context: Context, number: str, what: str, at: str | None, as_json: bool) -> None:
    """Records that what the clock waited for is here."""
    act(context, number, as_json, lambda desk, found: desk.clocks.answer(found.id, found.revision, what, instant(at, desk)))


@click.command()
@number_argument
@click.option("--urgency", type=URGENCY)
@click.option("--timing", type=TIMING)
@click.option("--line-of-business")
@click.option("--state")
@click.option("--plan", help="The plan's name.")
@click.option("--funding", type=click.Choice(["insured", "self_funded"]))
@click.option("--erisa/--not-erisa", default=None)
@click.option("--grandfathered/--not-grandfathered", default=None)
@click.option("--rating-period", help="The first day of the plan's rating period (Medicaid).")
@click.option("--care-ends", help="When the ongoing care ends that is to go on.")
@click.option("--plan-reduces", help="The day from which the plan itself ends or reduces care.")
@click.option("--drug/--no-drug", default=None)
@click.option("--under-authorization/--not-under-authorization", default=None)
@click.option("--clean-claim/--no-clean-claim", default=None)
@click.option("--accredited/--not-accredited", default=None, help="Accredited by NCQA.")
@click.option("--misfiled/--not-misfiled", default=None, help="Filed otherwise than the plan asks.")
@click.option("--reason", required=True)
@click.option("--said-by", required=True, help="Who said so.")
@click.option("--physician", is_flag=True, help="It was a physician.")
@click.option("--no-physician", is_flag=True, help="No physician had asked for the urgency that goes.")
@click.option("--told", "told_whom", help="Who was told by telephone that the request is not expedited.")
@click.option("--told-at", help="When; now if left out.")
@json_option
@pass_context
def change(
    context: Context, /, number: str, reason: str, said_by: str, physician: bool, no_physician: bool, told_whom: str | None,
    told_at: str | None, as_json: bool, **facts: Any,
) -> None:  # fmt: skip
    """Changes what the clock rests on: urgency, timing, line of business, state, plan; it is read anew from the original receipt."""
    from ur_desk.desk.steps import finish

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        notice = told_by(desk, "call", told_whom, told_at) if told_whom else None
        after = _basis(desk, found, said_by, facts)
        changing = desk.clocks.change(
            found.id, found.revision, after, reason, said_by, physician=physician, no_physician=no_physician, notice=notice
        )
        done = finish(changing)
        _tell_owed(desk, done.value)
        return done

    act(context, number, as_json, use)


def _tell_owed(desk: "Desk", case: "Case") -> None:
    """The letters that the case asks for now, on standard error."""
    from ur_desk.domain.clocks.tasks import owed_notices

    for kind in owed_notices(case, desk.clock.now()):
        say(
            f"A letter is owed now: `ur-desk letter issue {case.number} --notice {kind.value.replace('_', '-')} --why WORDS --out FILE.pdf`."
        )


def _basis(desk: "Desk", case: "Case", said_by: str, facts: dict[str, Any]) -> "Basis":
    """The facts as they stand, with those that were typed."""
    from dataclasses import replace

    from ur_desk.domain.clocks.events import basis_of
    from ur_desk.domain.request import Coverage, Timing, Urgency

    def typed_of(names: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in names.items() if value is not None}

    before = basis_of(case.request, case.clockwork.particulars)
    urgency = Urgency(facts["urgency"]) if facts["urgency"] else None
    cover = typed_of({name: facts[name] for name in ("plan", "funding", "erisa", "grandfathered")})
    told = typed_of(
        {name: facts[name] for name in ("drug", "under_authorization", "clean_claim", "accredited", "misfiled")}
        | {
            "rating_period": maybe_day(facts["rating_period"]),
            "reduces_on": maybe_day(facts["plan_reduces"]),
            "care_ends_at": instant(facts["care_ends"], desk) if facts["care_ends"] else None,
        }
    )
    changed = typed_of(
        {
            "urgency": urgency,
            "urgency_said_by": said_by.strip() if urgency is Urgency.EXPEDITED and before.urgency is not urgency else None,
            "timing": Timing(facts["timing"]) if facts["timing"] else None,
            "line_of_business": line_of_business(facts["line_of_business"]) if facts["line_of_business"] else None,
            "state": _state(facts["state"]),
        }
    )
    coverage = replace(before.coverage or Coverage(), **cover) if cover else before.coverage
    return replace(before, **changed, coverage=coverage, particulars=replace(before.particulars, **told))


@click.command()
@number_argument
@click.option("--at", "at", help="The earlier instant; left out, the target is lifted.")
@click.option("--reason", required=True)
@json_option
@pass_context
def target(context: Context, number: str, at: str | None, reason: str, as_json: bool) -> None:
    """Sets an earlier instant than the law does, as fast as the member's health requires."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.clocks.target(found.id, found.revision, instant(at, desk) if at else None, reason)

    act(context, number, as_json, use)


@click.command()
@number_argument
@lines_option
@click.option("--whom", type=click.Choice(["member", "provider"]), required=True)
@way_option
@to_option
@at_option
@click.option("--said", required=True, help="What was said.")
@json_option
@pass_context
def notified(
    context: Context, number: str, lines: tuple[int, ...], whom: str, way: str, to_whom: str, at: str | None, said: str, as_json: bool
) -> None:
    """Records that the member heard of decided lines by telephone, or the provider in whatever way."""
    from ur_desk.domain.clocks.events import Audience
    from ur_desk.domain.determination import Workflow

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.DECIDED)
        return desk.clocks.notify(found.id, found.revision, picked, Audience(whom), told_by(desk, way, to_whom, at), said)

    act(context, number, as_json, use)


@click.command()
@number_argument
@click.argument("row")
@way_option
@to_option
@at_option
@click.option("--said", default="", help="What was said.")
@click.option("--proof", type=click.Path(path_type=Path), help="What shows that a letter was sent otherwise than from here.")
@json_option
@pass_context
def owed(
    context: Context, number: str, row: str, way: str, to_whom: str, at: str | None, said: str, proof: Path | None, as_json: bool
) -> None:
    """Records that what a clock row asks to be said beside the answer was said."""
    from ur_desk.desk.steps import finish

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        kept = finish(desk.records.bring(proof)) if proof else None
        return desk.clocks.done(found.id, found.revision, row.strip().upper(), told_by(desk, way, to_whom, at), said, kept)

    act(context, number, as_json, use)


@click.command()
@number_argument
@json_option
@pass_context
def reread(context: Context, number: str, as_json: bool) -> None:
    """Reads the clock of a case anew by the rows that hold now, from the original receipt."""
    act(context, number, as_json, lambda desk, found: desk.clocks.read_again(found.id, found.revision))


CASE_COMMANDS = (clock, extend, incomplete, answered, change, target, notified, owed, reread)
