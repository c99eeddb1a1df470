"""The contract's commands, thin over Desk."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ur_desk import __version__
from ur_desk.cli.common import Context
from ur_desk.errors import UserError

log = logging.getLogger("ur_desk")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ur-desk")
@click.option("--workspace", type=click.Path(path_type=Path), envvar="UR_DESK_WORKSPACE", help="The workspace's folder.")
@click.option("--user", envvar="UR_DESK_USER", help="Who you are; the system's user name if left out.")
@click.pass_context
def root(context: click.Context, workspace: Path | None, user: str | None) -> None:
    """Utilization review desk. Without a command it opens the desktop app."""
    context.obj = Context(workspace, user)
    if context.invoked_subcommand is None:
        from ur_desk.app import main

        context.exit(main(context.obj.folder, context.obj.user))


def _commands() -> None:
    from ur_desk.cli import accounts, audit, cases, codes, decisions, demo, intake, letters, policies

    for module in (policies, codes, intake, cases, decisions, letters, accounts, audit, demo):
        for command in module.COMMANDS:
            root.add_command(command)


_commands()


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit status: 0 done, 1 refused, 2 wrong usage, 3 a bug."""
    try:
        status = root.main(list(arguments), prog_name="ur-desk", standalone_mode=False)
    except UserError as refused:
        click.echo(refused.message, err=True)
        if refused.hint:
            click.echo(refused.hint, err=True)
        return 1
    except click.exceptions.Abort:
        click.echo("Stopped. Nothing more was saved.", err=True)
        return 1
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as bug:
        return _bug(bug)
    return status if isinstance(status, int) else 0


def _bug(bug: Exception) -> int:
    from ur_desk.logbook import log_to_file, without_values

    place = log_to_file()
    log.error("a bug ended a command: %s", without_values(bug))
    click.echo("Something went wrong inside the program. What was saved before is safe.", err=True)
    click.echo(f"The log says where, without patient data: {place}", err=True)
    return 3
