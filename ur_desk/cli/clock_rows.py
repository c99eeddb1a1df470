"""`ur-desk clock`: the rows by which clocks are read, and what clocks ask for in all cases."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, day, instant, json_option, pass_context
from ur_desk.cli.law_rows import HEADS, cells, judging, wanted
from ur_desk.cli.output import echo, say, table, write_json
from ur_desk.cli.show import moment

if TYPE_CHECKING:
    from ur_desk.domain.clocks.rules import Row


@click.group()
def clock() -> None:
    """Shows and keeps the rows of law by which clocks are read, and what clocks ask for."""


@clock.command()
@click.option("--text", default="", help="Only rows that have these words in id, name, state or source.")
@click.option("--unverified", is_flag=True, help="Only rows that nobody compared with an official text.")
@json_option
@pass_context
def rows(context: Context, text: str, unverified: bool, as_json: bool) -> None:
    """Lists the rows: whom they bind, what they count, from when to when, where they are written, who verified them and when."""
    from ur_desk.records.clock_standing import row_data

    with context.desk() as desk:
        found = [each for each in desk.clock_rows.all() if wanted(each.row, text, unverified, each.file)]
    if as_json:
        write_json([row_data(each.row, each.file) for each in found])
        return
    echo(table([cells(each.row, says(each.row), each.file) for each in found], HEADS))


def says(row: "Row") -> str:
    """What a row says, in few words."""
    from ur_desk.domain.clocks.rules import Consequence, Silence

    if isinstance(row, Silence):
        return f"no clock of its own: {', '.join(sorted(row.states))}"
    if isinstance(row, Consequence):
        return row.name
    return f"{row.name}: {row.amount} {row.unit.value.replace('_', ' ')}"


@clock.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_context
def load(context: Context, file: Path, as_json: bool) -> None:
    """Takes over a file of rows (`ur-desk-clocks/1`) that the law of your states has; verify each row afterwards."""
    from ur_desk.desk.importing import read_bytes
    from ur_desk.records.clock_standing import row_data

    with context.desk() as desk:
        data = read_bytes(file)
        done = desk.clock_rows.load(data, file.name)
        desk.exports.came_in("clock rules", file, data)
    if as_json:
        write_json([row_data(row, file.name) for row in done.value])
        return
    unverified = sum(row.verified is None for row in done.value)
    say(f"{len(done.value)} rows loaded, {unverified} of them not verified.")
    echo("\n".join(row.id for row in done.value))


@clock.command()
@click.argument("name")
@click.option("--reason", required=True)
@pass_context
def drop(context: Context, name: str, reason: str) -> None:
    """Takes the rows of a loaded file out of use; clocks that were read by them keep what they said."""
    with context.desk() as desk:
        desk.clock_rows.drop(name, reason)
    say(f"The rows of {name} are used no more.")


@clock.command()
@click.option("--until", help="Up to which day or instant; three days ahead if left out.")
@json_option
@pass_context
def tasks(context: Context, until: str | None, as_json: bool) -> None:
    """Lists what clocks ask for in all open cases, soonest first: missed due times with what they are in law, notices, answers, rows."""
    from ur_desk.records.clock_standing import task_data

    with context.desk() as desk:
        zone = desk.zone
        last = instant(until if len(until) > 10 else f"{day(until):%Y-%m-%d}T23:59", desk) if until else None
        found = desk.clocks.tasks(last)
    if as_json:
        write_json([{"case": each.number, **task_data(each.task)} for each in found])
        return
    told = [
        (
            moment(each.task.due_at, zone) if each.task.due_at else "",
            each.number,
            each.task.words,
            f"{each.task.row}{'' if each.task.verified else ' (not verified)'}",
        )
        for each in found
    ]
    echo(table(told, ("by", "case", "to do", "row")) if told else "Nothing is asked for until then.")


def _judging() -> None:
    def data(row: "Row") -> dict[str, object]:
        from ur_desk.records.clock_standing import row_data

        return row_data(row, "")

    for command in judging(lambda desk: desk.clock_rows, data):
        clock.add_command(command)


_judging()
COMMANDS = (clock,)
