"""What every command shares: the workspace it opens, and how it prints."""

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.errors import UserError
from ur_desk.paths import app_data

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@dataclass(frozen=True, slots=True)
class Context:
    """The global options."""

    workspace: Path | None
    user_option: str | None

    @property
    def user(self) -> str:
        """Who sits at the desk."""
        return self.user_option or getpass.getuser()

    @property
    def folder(self) -> Path:
        """The workspace's folder; the platform's app-data folder where none is named."""
        if self.workspace is not None:
            return self.workspace
        folder = app_data() / "workspace"
        folder.parent.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def desk(self) -> Iterator["Desk"]:
        """The open desk, closed at the end."""
        from ur_desk.desk.workspace import open_desk

        desk = open_desk(self.folder, self.user)
        try:
            yield desk
        finally:
            desk.close()


pass_context = click.make_pass_decorator(Context)


def write_json(data: Any) -> None:
    """Prints one JSON document to standard output."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)


def say(text: str) -> None:
    """Tells the person something, on standard error."""
    click.echo(text, err=True)


def day(text: str | None) -> date | None:
    """A day as typed, YYYY-MM-DD or MM/DD/YYYY; None where none was typed."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    raise UserError("That is not a day.", "Write it as 2017-10-12 or 10/12/2017. Nothing was saved.")


def instant(text: str | None, desk: "Desk") -> datetime:
    """An instant as typed, ISO with or without offset (then in the workspace's zone); now where none was typed."""
    if not text:
        return desk.clock.now()
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UserError("That is not a date and time.", "Write it as 2017-10-05T09:30. Nothing was saved.") from None
    return told if told.tzinfo else told.replace(tzinfo=desk.zone)


def read_file(path: Path, limit: int = 200 * 1024 * 1024) -> bytes:
    """The bytes of a file that a person named; UserError where it cannot be read."""
    try:
        if path.stat().st_size > limit:
            raise UserError(f"{path.name} is larger than {limit // (1024 * 1024)} MB.", "Send the document itself. Nothing was saved.")
        return path.read_bytes()
    except OSError as wrong:
        raise UserError(f"{path.name} cannot be read: {wrong.strerror}.", "Check the path. Nothing was saved.") from wrong


def table(rows: Sequence[tuple[str, ...]], heads: tuple[str, ...]) -> str:
    """Rows in columns, for a person."""
    every = [heads, *rows]
    widths = [max(len(r[i]) for r in every) for i in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(r, widths, strict=True)).rstrip() for r in every)
