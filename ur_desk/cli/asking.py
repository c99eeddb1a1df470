"""`ur-desk case missing`, `received` and `to-chase`: what is worth asking for, what came of it, and when somebody asks again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ur_desk.cli.cases import act, lines_option
from ur_desk.cli.common import Context, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, table, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.information.asking import Waiting
    from ur_desk.domain.information.wanted import Missing

EXTENTS = ("all", "part", "nothing_useful")
SETTLED = "the position holds for all indications: no record changes it, so asking only delays."


@click.command()
@click.argument("number")
@lines_option
@json_option
@pass_context
def missing(context: Context, number: str, lines: tuple[int, ...], as_json: bool) -> None:
    """Tells what would be worth asking for by the findings, and what the case waits for, with each attempt to get it."""
    from ur_desk.records.asking import missing_data, waiting_data

    with context.desk() as desk:
        zone, case = desk.zone, desk.review.find(number)
        found, waits = desk.asking.missing(case, lines), desk.asking.waiting(case)
    if as_json:
        write_json({"lines": [missing_data(each) for each in found], "waiting": [waiting_data(each) for each in waits]})
        return
    for words in (*_missing_words(found), *_waiting_words(waits, zone)):
        echo(words)


def _missing_words(found: "tuple[Missing, ...]") -> Iterator[str]:
    for each in found:
        if each.question:
            yield f"Line {each.line}: the physician asks: {typed(each.question)}"
        elif each.settled:
            yield f"Line {each.line}: {SETTLED}"
        elif not each.wanted:
            yield f"Line {each.line}: the findings suggest nothing to ask for."
        for wanted in each.wanted:
            anchor = wanted.cited.anchor
            yield f"Line {each.line}: {typed(wanted.item)} ({wanted.cited.policy}, line {anchor.first_line}). {typed(wanted.why)}"


def _waiting_words(waits: "tuple[Waiting, ...]", zone: "ZoneInfo") -> Iterator[str]:
    for each in waits:
        until = f", the last day to answer {each.asked.answer_by:%m/%d/%Y}" if each.asked.answer_by else ""
        again = f", to ask again on {each.chase_on:%m/%d/%Y}" if each.chase_on else ""
        named = ("Line " if len(each.lines) == 1 else "Lines ") + ", ".join(map(str, each.lines))
        yield f"{named} waits for {typed(each.asked.asked_of)}{until}{again}:"
        yield from (f"  - {typed(item)}" for item in each.asked.items)
        for tried in each.attempts:
            reached = "reached" if tried.reached else "not reached"
            yield f"  {moment(tried.at, zone)}  {tried.way.value}, {typed(tried.with_whom)}, {reached}. {typed(tried.said)}"


@click.command()
@click.argument("number")
@lines_option
@click.option("--what", required=True, help="What came, in words.")
@click.option("--extent", type=click.Choice(EXTENTS), default="all", help="How much of what was asked for came.")
@click.option("--came", multiple=True, help="For a part: a thing that was asked for and came, as it was asked for.")
@click.option("--wait", "waits", is_flag=True, help="What is left stays asked for; without it the lines are back in review.")
@click.option("--at", "at", help="When it came; now if left out.")
@json_option
@pass_context
def received(
    context: Context, number: str, lines: tuple[int, ...], what: str, extent: str, came: tuple[str, ...], waits: bool, at: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Records what came for pended lines, and matches again; the lines are back in review, or wait for the rest."""
    from ur_desk.desk.steps import finish
    from ur_desk.domain.determination import Workflow
    from ur_desk.domain.information.asking import Extent

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.PENDED)
        when, much = instant(at, desk), Extent(extent)
        steps = desk.determinations.information_received(found.id, found.revision, picked, what, when, extent=much, came=came, waits=waits)
        return finish(steps)

    act(context, number, as_json, use)


def ask_of(found: "Case", line: int) -> "Waiting":
    """What a line waits for; UserError where it waits for nothing."""
    from ur_desk.domain.information.asking import waiting

    for each in waiting(found):
        if line in each.lines:
            return each
    raise UserError(f"Line {line} waits for no information.", "Ask for it first, or leave the line out. Nothing was saved.")


@click.command("to-chase")
@click.option("--until", help="The last day to look at; within three days if left out.")
@json_option
@pass_context
def to_chase(context: Context, until: str | None, as_json: bool) -> None:
    """Lists the cases in which somebody asks again for information, or the last day to answer is near; the soonest first."""
    from ur_desk.domain.information.told import task_words
    from ur_desk.records.asking import task_data

    last = maybe_day(until)
    with context.desk() as desk:
        found = desk.asking.tasks(last)
        today = desk.today
    if as_json:
        write_json([task_data(each.number, each.task) for each in found])
        return
    rows = [(f"{each.task.on:%m/%d/%Y}", each.number, ", ".join(map(str, each.task.lines)), task_words(each.task, today)) for each in found]
    echo(table(rows, ("on", "case", "lines", "")) if rows else "Nothing is to be asked again by then.")


COMMANDS = (missing, received, to_chase)
