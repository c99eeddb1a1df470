"""`ur-desk policy import`: documents and folders of documents into the library."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, say, typed, write_json_list
from ur_desk.cli.progress import watched
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.importing import Import, Skipped


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--anew", is_flag=True, help="Begin another draft of a text whose reading is confirmed already.")
@json_option
@pass_context
def import_(context: Context, files: tuple[Path, ...], anew: bool, as_json: bool) -> None:
    """Reads policy documents, or whole folders of them, into the library; each is unconfirmed until `policy confirm`.

    A text that the library holds already is left as it is; it is said since when it stands there and who confirmed it.
    Of a folder, hidden files and symbolic links are not read; they are listed as skipped.
    Ctrl+C stops between two documents: what came in stays, whole, and nothing of the others is there.
    """
    with context.desk() as desk:
        told, start = desk.library.documents(files, anew)
        stopped = watched(start(), told.total, lambda: told.done, lambda: _far(told))
        _print(desk, told, as_json)
        _say_beside(desk, told)
    say_skipped(told.skipped)
    for there in told.loaded:
        if there.before:
            say(typed(f"{there.file.name}: {there.known}"))
    for item in told.refused:
        say(f"{item.file.name}: {item.message} {item.hint}".rstrip())
    if stopped or told.refused:
        raise UserError(_summary(told, stopped), "The others are in the library." if told.loaded else "The library was not changed.")


def say_skipped(skipped: "Iterable[Skipped]") -> None:
    """Says of what lies in a folder and is not read why that is so."""
    for left in skipped:
        say(typed(f"{left.file}: skipped. {left.why}"))


def _say_beside(desk: "Desk", told: "Import") -> None:
    """Says of each new text that another one of its version is there, and how far they differ."""
    from ur_desk.desk.steps import finish

    beside = finish(desk.versions.arrived([each.text for each in told.loaded if not each.before]))
    for each in told.loaded:
        arrived = beside.get(each.text)
        if arrived is None or each.before or (twin := arrived.twin) is None:
            continue
        first = f"of {twin.version.effective:%m/%d/%Y}" if twin.version.effective else "without a first day"
        stands = "confirmed" if twin.confirmed else "there, not confirmed"
        differ = "1 line differs" if arrived.differ == 1 else f"{arrived.differ} lines differ"
        names = f"{each.policy} {twin.text[:8]} {each.text[:8]}"
        say(typed(f"{each.file.name}: another text {first} is {stands}; {differ} (policy diff {names})."))


def _far(told: "Import") -> str:
    before = len(told.loaded) - told.new
    return f"{told.done} of {told.total} files read, {told.new} new in the library, {before} there before, {len(told.refused)} refused"


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
