"""`ur-desk init`, `recovery`, `recover` and `idle`: how a workspace is begun, and how it opens when a passphrase is gone, and locks itself."""

from pathlib import Path

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, say, write_json
from ur_desk.cli.passphrases import asked, at_a_terminal, first_line, passphrase
from ur_desk.errors import UserError


@click.command()
@click.option("--display", default="", help="The first account's full name, as letters and lists say it.")
@json_option
@pass_context
def init(context: Context, display: str, as_json: bool) -> None:
    """Begins a workspace; its first account is administrator and nurse."""
    from ur_desk.desk.workspace import holds_workspace

    if holds_workspace(context.folder):
        raise UserError("There is a workspace in that folder already.", "Open it, or name another folder. Nothing was changed.")
    with context.desk(display=display) as desk:
        name, folder = desk.person.name, desk.folder
    if as_json:
        write_json({"folder": str(folder), "account": name, "recovery": False})
        return
    echo(f"{cell(name)} is administrator and nurse of the new workspace in {cell(str(folder))}.")
    say("Make its recovery key now, with two people at the screen: ur-desk recovery")


@click.command()
@pass_context
def recovery(context: Context) -> None:
    """Makes the recovery key: two parts for two people, each shown once at the terminal and written down on paper. It is good, and an
    earlier one opens nothing any more, once the last group of both parts was typed back."""
    if not at_a_terminal():
        raise UserError("The recovery key is shown at a terminal, to two people, once.", "Run this in a terminal. Nothing was made.")
    with context.desk() as desk:
        parts = desk.vault.draw_recovery()
        for number, part in enumerate((parts.first, parts.second), start=1):
            _show_part(number, part)
        desk.vault.make_recovery(parts)
    say("The recovery key is made.")


def _show_part(number: int, part: str) -> None:
    """Shows one part to its holder until its last group was typed back."""
    from ur_desk.domain.guard.by_hand import is_last_group

    click.prompt(f"Part {number} of 2: its holder alone looks at the screen. Press Enter", default="", show_default=False, err=True)
    echo(part, aside=True)
    while not is_last_group(click.prompt("Write it down on paper, then type its last group back", err=True), part):
        say("That is not the last group. Compare what you wrote, group by group.")
    click.clear()


@click.command()
@click.argument("name")
@click.option("--parts", nargs=2, type=click.Path(path_type=Path), help="Two files, each with one part in its first line.")
@pass_context
def recover(context: Context, name: str, parts: tuple[Path, Path] | None) -> None:
    """Gives an administrator a new passphrase with both parts of the recovery key, which is used up by it."""
    from ur_desk.desk.workspace import recover_desk

    if parts is None:
        first, second = asked("First part of the recovery key"), asked("Second part")
    else:
        first, second = (first_line(part, context.folder) for part in parts)
    new = passphrase(context.folder, f"New passphrase for {name}", twice=True)
    desk = recover_desk(context.folder, name, (first, second), new.words)
    try:
        echo(f"{cell(desk.person.name)} has a new passphrase, and the workspace a new data key.")
    finally:
        desk.close()
    say("The recovery key is used up. Make a new one: ur-desk recovery")


@click.command()
@click.option("--minutes", type=int, help="After how many minutes without a key or a click the window locks itself, 10 to 30.")
@json_option
@pass_context
def idle(context: Context, minutes: int | None, as_json: bool) -> None:
    """Says after how long the window locks itself; an administrator sets it."""
    with context.desk() as desk:
        told = desk.lock.minutes if minutes is None else desk.lock.set_minutes(minutes).value
    if as_json:
        write_json({"idle_minutes": told})
    else:
        echo(f"The window locks itself after {told} minutes without a key or a click.")


COMMANDS = (init, recovery, recover, idle)
