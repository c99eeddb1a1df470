"""The contract's commands, thin over Desk."""

import io
import logging
from collections.abc import Sequence
from pathlib import Path

import click

from ur_desk import __version__
from ur_desk.cli.common import Context, check_text
from ur_desk.cli.output import drop_output, echo, flush, say, speak_utf8
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
        folder, name = context.obj.folder, context.obj.user
        from ur_desk.app import main
        from ur_desk.cli.passphrases import from_file

        context.exit(main(folder, name, from_file(folder)))


def _commands() -> None:
    from ur_desk.cli import (
        accounts,
        appeals,
        arrivals,
        asking,
        audit,
        cases,
        clock_rows,
        clocks,
        codes,
        completion,
        decisions,
        demo,
        entry,
        fence,
        intake,
        keeping,
        letters,
        matching,
        outcomes,
        peers,
        policies,
        post,
        receipts,
        records,
        reentry,
        retention,
        senders,
        signing_rows,
        stationery,
        vault,
    )

    for module in (
        policies,
        codes,
        intake,
        entry,
        matching,
        arrivals,
        senders,
        cases,
        letters,
        stationery,
        clock_rows,
        signing_rows,
        accounts,
        audit,
        vault,
        keeping,
        retention,
        demo,
    ):
        for command in module.COMMANDS:
            root.add_command(command)
    for command in (
        *appeals.CASE_COMMANDS,
        *arrivals.CASE_COMMANDS,
        *asking.COMMANDS,
        *clocks.CASE_COMMANDS,
        *completion.COMMANDS,
        *decisions.COMMANDS,
        *fence.CASE_COMMANDS,
        *peers.COMMANDS,
        *outcomes.COMMANDS,
        *receipts.CASE_COMMANDS,
        *records.CASE_COMMANDS,
        *reentry.CASE_COMMANDS,
    ):
        cases.case.add_command(command)
    for command in (*fence.AUDIT_COMMANDS, *receipts.AUDIT_COMMANDS, *post.AUDIT_COMMANDS):
        audit.audit.add_command(command)
    for command in post.LETTER_COMMANDS:
        letters.letter.add_command(command)


_commands()


def run(arguments: Sequence[str]) -> int:
    """Runs one command and gives the exit status: 0 done, 1 refused, 2 wrong usage, 3 a bug.

    A reader that goes away early (`ur-desk policy show X | head`) is no trouble: what was to be done is done.
    """
    speak_utf8()
    try:
        status = _invoke(arguments)
        flush()
    except UserError as refused:
        say(refused.message)
        if refused.hint:
            say(refused.hint)
        return 1
    except (click.exceptions.Abort, KeyboardInterrupt, EOFError):
        say("Stopped. Nothing more was saved.")
        return 1
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        usage = io.StringIO()
        wrong.show(usage)
        echo(usage.getvalue().rstrip("\n"), aside=True)
        return wrong.exit_code
    except BrokenPipeError:
        drop_output()
        return 0
    except Exception as bug:
        return _bug(bug)
    return status


def _invoke(arguments: Sequence[str]) -> int:
    # not `root.main`, which ends the process by itself where a pipe is closed
    check_text(*arguments)
    with root.make_context("ur-desk", list(arguments)) as context:
        status = root.invoke(context)
    return status if isinstance(status, int) else 0


def _bug(bug: Exception) -> int:
    from ur_desk.logbook import log_to_file, without_values

    place = log_to_file()
    say("Something went wrong inside the program. What was saved before is safe.")
    if place is None:
        say(f"No log can be written. Without patient data, it was: {without_values(bug)}")
    else:
        log.error("a bug ended a command: %s", without_values(bug))
        say(f"The log says where, without patient data: {place}")
    return 3
