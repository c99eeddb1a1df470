"""How the columns of files are read, as flags of a command say it: by a sender's name, by a mapping in a file, or not at all but shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ur_desk.cli.common import read_file
from ur_desk.cli.output import say, write_json

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.intake.mapping import Mapping

C = TypeVar("C", bound=Callable[..., Any])


def column_options(command: C) -> C:
    """The flags `--sender`, `--mapping` and `--columns`."""
    for option in (
        click.option(
            "--columns", is_flag=True, help="Print what the columns of a file seem to mean, as a mapping to mend and to give back."
        ),
        click.option("--mapping", type=click.Path(path_type=Path), help="Read them as this file says, which --columns made."),
        click.option("--sender", help="Read tables and JSON as this sender's files are read; see `sender list`."),
    ):
        command = option(command)
    return command


def check_flags(sender: str | None, mapping: Path | None) -> None:
    """Refuses flags of which each says how columns are read."""
    if sender and mapping:
        raise click.UsageError("--sender and --mapping both say how columns are read; give one of them.")


def mapping_of(desk: "Desk | None", sender: str | None, mapping: Path | None) -> "Mapping | None":
    """The mapping that the flags name, None where they name none; a sender is known to a desk only."""
    from ur_desk.records.mapping import mapping_from

    if sender and desk is not None:
        return desk.senders.one(sender).mapping
    return mapping_from(read_file(mapping), mapping.name) if mapping else None


def print_columns(files: tuple[Path, ...]) -> None:
    """Prints what the columns of one file seem to mean, and why."""
    from ur_desk.importers import look
    from ur_desk.records.mapping import guess_data

    if len(files) > 1:
        raise click.UsageError("--columns looks at one file.")
    seen = look(read_file(files[0]), files[0].name)
    write_json(guess_data(seen.guess))
    say(f"Read as {seen.table.told}; {len(seen.table.headers)} columns. {seen.guess.refused}".rstrip())
