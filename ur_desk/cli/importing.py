"""`ur-desk policy import`: documents and folders of documents into the library."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, say, write_json_list
from ur_desk.cli.progress import watched
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.importing import Import


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_context
def import_(context: Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Reads policy documents, or whole folders of them, into the library; each is unconfirmed until `policy confirm`.

    Ctrl+C stops between two documents: what came in stays, whole, and nothing of the others is there.
    """
    with context.desk() as desk:
        told, start = desk.library.documents(files)
        stopped = watched(start(), told.total, lambda: told.done, lambda: _far(told))
        _print(desk, told, as_json)
    for item in told.refused:
        say(f"{item.file.name}: {item.message} {item.hint}".rstrip())
    if stopped or told.refused:
        raise UserError(_summary(told, stopped), "The others are in the library." if told.loaded else "The library was not changed.")


def _far(told: "Import") -> str:
    return f"{told.done} of {told.total} files read, {told.new} new in the library, {len(told.refused)} refused"


def _summary(told: "Import", stopped: bool) -> str:
    if stopped:
        return f"Stopped: {told.done} of {told.total} files were read, {told.left} not."
    return f"{len(told.refused)} of {told.total} documents could not be read."


def _print(desk: "Desk", told: "Import", as_json: bool) -> None:
    """Each document as it stands in the library, read one at a time."""
    from ur_desk.records.policy import policy_data

    items = (desk.library.text(each.text) for each in told.loaded)
    if as_json:
        write_json_list(policy_data(item) for item in items)
        return
    for item in items:
        p = item.policy
        findings = f"{len(p.findings)} finding{'' if len(p.findings) == 1 else 's'}"
        since = p.version.effective or "an unknown day"
        echo(f"{cell(p.id)}  {cell(p.title)}  in force from {since}  {len(p.text.lines)} lines, {len(p.codes)} code entries, {findings}")
