"""What the commands about rows of law have in common: how a row is listed, and how it is verified or doubted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, day, json_option, pass_context
from ur_desk.cli.output import echo, write_json

if TYPE_CHECKING:
    from ur_desk.desk.clock_rows import ClockRows
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.law_rows import LawRow
    from ur_desk.desk.signing_rows import SigningRows

HEADS = ("row", "says", "in force", "verified", "source", "still to compare")
"""The columns of such a list."""


def cells(row: "LawRow", says: str, file: str = "") -> tuple[str, ...]:
    """A row of law as a row of the table; `file` is the workspace's own one, where it came from such."""
    span = " to ".join(f"{d:%m/%d/%Y}" if d else "" for d in (row.from_day, row.to_day)) if row.from_day or row.to_day else "always"
    verified = f"{row.verified.by}, {row.verified.on:%m/%d/%Y}" if row.verified else "NOT VERIFIED"
    return (row.id, says, span.strip(), verified, f"{row.source}{f' [{file}]' if file else ''}", row.note)


def wanted(row: "LawRow", text: str, unverified: bool, file: str = "") -> bool:
    """Whether a row has these words in its id, name, states, source or file, and is unverified where only such are asked for."""
    words = " ".join((row.id, getattr(row, "name", ""), " ".join(sorted(getattr(row, "states", ()))), row.source, file))
    return text.casefold() in words.casefold() and not (unverified and row.verified)


def judging(rows: "Callable[[Desk], ClockRows | SigningRows]", data: Callable[[Any], dict[str, Any]]) -> tuple[click.Command, ...]:
    """The commands `verify` and `doubt` of a book of rows."""

    @click.command()
    @click.argument("row")
    @click.option("--where", required=True, help="With which official text you compared it.")
    @click.option("--on", "on", required=True, help="On which day.")
    @json_option
    @pass_context
    def verify(context: Context, row: str, where: str, on: str, as_json: bool) -> None:
        """Records that you compared a row with an official text."""
        with context.desk() as desk:
            found = rows(desk).verify(row.strip().upper(), where, day(on)).value
        if as_json:
            write_json(data(found))
        else:
            echo(f"{found.id}: verified.")

    @click.command()
    @click.argument("row")
    @click.option("--reason", required=True)
    @pass_context
    def doubt(context: Context, row: str, reason: str) -> None:
        """Records that a row no longer counts as verified, and why."""
        with context.desk() as desk:
            found = rows(desk).doubt(row.strip().upper(), reason).value
        echo(f"{found.id}: not verified.")

    return verify, doubt
