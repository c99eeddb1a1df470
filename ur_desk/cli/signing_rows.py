"""`ur-desk signing`: what states ask of whoever signs an adverse decision, and who compared it with the law."""

from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.law_rows import HEADS, cells, judging, wanted
from ur_desk.cli.output import echo, table, write_json

if TYPE_CHECKING:
    from ur_desk.domain.decisions.signing import SigningRule


@click.group()
def signing() -> None:
    """Shows what states ask of whoever signs an adverse decision, and keeps who compared it with the law."""


@signing.command()
@click.option("--text", default="", help="Only rows that have these words in id, name, state or source.")
@click.option("--unverified", is_flag=True, help="Only rows that nobody compared with an official text: they refuse nothing.")
@json_option
@pass_context
def rows(context: Context, text: str, unverified: bool, as_json: bool) -> None:
    """Lists the rows: what is asked, in which states, from when to when, where it is written, who verified it and when."""
    from ur_desk.records.law_rows import signing_row_data

    with context.desk() as desk:
        found = [row for row in desk.signing_rows.all() if wanted(row, text, unverified)]
    if as_json:
        write_json([signing_row_data(row) for row in found])
        return
    echo(table([cells(row, _says(row)) for row in found], HEADS))


def _says(row: "SigningRule") -> str:
    from ur_desk.domain.decisions.signing import lines_words

    return f"{row.name}; {lines_words(row)}"


def _commands() -> None:
    def data(row: "SigningRule") -> dict[str, object]:
        from ur_desk.records.law_rows import signing_row_data

        return signing_row_data(row)

    for command in judging(lambda desk: desk.signing_rows, data):
        signing.add_command(command)


_commands()
COMMANDS = (signing,)
