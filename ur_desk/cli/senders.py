"""`ur-desk sender`: what the columns of each sender's files mean, kept under the sender's name."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, json_option, pass_context, read_file, warn_of
from ur_desk.cli.output import cell, echo, say, write_json

if TYPE_CHECKING:
    from ur_desk.domain.intake.mapping import Sender


@click.group()
def sender() -> None:
    """Senders of tables and JSON files, and how their files are read."""


@sender.command("list")
@json_option
@pass_context
def list_senders(context: Context, as_json: bool) -> None:
    """Lists the senders by name."""
    from ur_desk.records.mapping import sender_data

    with context.desk() as desk:
        known, unread = desk.senders.all(), desk.senders.unread()
    if as_json:
        write_json([*(sender_data(each) for each in known), *({"name": each.name, "needs_a_look": each.why} for each in unread)])
        return
    for each in known:
        echo(f"{cell(each.name)}: {_columns(each)}")
    for lost in unread:
        echo(f"{cell(lost.name)}: needs a look. {cell(lost.why)} `sender export` writes what is kept, to be mended and imported.")


@sender.command("show")
@click.argument("name")
@json_option
@pass_context
def show_sender(context: Context, name: str, as_json: bool) -> None:
    """Shows which column of a sender's files fills which field."""
    with context.desk() as desk:
        known, document = desk.senders.one(name), desk.senders.document(name)
    if as_json:
        write_json(json.loads(document))
        return
    for column in known.mapping.columns:
        echo(f"{cell(column.source)}: {column.field}")
        for word, value in column.values:
            echo(f"  “{cell(word)}” {f'means {value}' if value else 'says nothing'}")
    for field, value in known.mapping.fixed:
        echo(f"{field}: always “{cell(value)}”")
    if known.mapping.group:
        echo(f"Rows of one request share {', '.join(known.mapping.group)}.")


@sender.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", help="The sender's name, where the file does not say it or another is meant.")
@click.option("--fits", type=click.Path(path_type=Path), help="A file of this sender: files with its columns are known by themselves.")
@json_option
@pass_context
def import_sender(context: Context, file: Path, name: str | None, fits: Path | None, as_json: bool) -> None:
    """Keeps a mapping that `sender export` or `intake --columns` made, under the sender's name."""
    from dataclasses import replace

    from ur_desk.importers import look
    from ur_desk.records.mapping import sender_data

    data = read_file(file)
    signature = look(read_file(fits), fits.name).table.signature if fits else None
    with context.desk() as desk:
        told = desk.senders.read(data, file.name, name)
        kept = desk.senders.keep(told if signature is None else replace(told, signature=signature)).value
    if as_json:
        write_json(sender_data(kept))
    else:
        echo(f"{cell(kept.name)}: {_columns(kept)}")
    if not kept.signature:
        say("Files of this sender are not known by themselves: name the sender with --sender, or import the mapping with --fits.")


@sender.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@pass_context
def export_sender(context: Context, name: str, file: Path) -> None:
    """Writes how a sender's files are read to a file that another workspace can import; no patient stands in it."""
    with context.desk() as desk:
        warn_of(desk, file)
        desk.exports.write("mapping of a sender", file, desk.senders.document(name))
    echo(str(file))


@sender.command("rename")
@click.argument("name")
@click.argument("new_name")
@pass_context
def rename_sender(context: Context, name: str, new_name: str) -> None:
    """Gives a sender another name."""
    with context.desk() as desk:
        echo(cell(desk.senders.rename(name, new_name).value.name))


@sender.command("drop")
@click.argument("name")
@pass_context
def drop_sender(context: Context, name: str) -> None:
    """Lets a sender go; requests that were read by its mapping stay as they are."""
    with context.desk() as desk:
        desk.senders.drop(name)
    echo(f"{cell(name)}: dropped")


def _columns(each: "Sender") -> str:
    count = len(each.mapping.columns)
    return f"{count} column{'' if count == 1 else 's'}"


COMMANDS = (sender,)
