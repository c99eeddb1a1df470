"""Where a shell's passphrases come from: a file that the environment names, or the terminal; never the command line."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ur_desk.cli.output import say
from ur_desk.errors import UserError

FILE = "UR_DESK_PASSPHRASE_FILE"


@dataclass(frozen=True, slots=True)
class Given:
    """A passphrase, and whether a file gave it."""

    words: str
    from_file: bool


def at_a_terminal() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def passphrase(workspace: Path, question: str, *, twice: bool = False) -> Given:
    """The passphrase from the file that `UR_DESK_PASSPHRASE_FILE` names, else from the terminal; `twice` where it is a new one."""
    if told := from_file(workspace):
        return Given(told, True)
    return Given(asked(question, twice=twice), False)


def from_file(workspace: Path) -> str:
    """The passphrase in the file that `UR_DESK_PASSPHRASE_FILE` names; empty where none is named. UserError for an empty one."""
    named = os.environ.get(FILE)
    if not named:
        return ""
    told = first_line(Path(named), workspace)
    if not told.strip():
        raise UserError("The file with the passphrase is empty.", f"Check what {FILE} names. Nothing was done.")
    return told


def asked(question: str, *, twice: bool = False) -> str:
    """A passphrase typed at the terminal, unseen; UserError where there is none."""
    if not at_a_terminal():
        raise UserError(
            "The workspace opens with a passphrase, and there is no terminal to ask for it.",
            f"Run the command in a terminal, or name a file with {FILE} whose first line it is. Nothing was done.",
        )
    typed: str = click.prompt(question, hide_input=True, err=True, confirmation_prompt="Once more" if twice else False)
    return typed


def first_line(file: Path, workspace: Path) -> str:
    """The first line of a file outside of the workspace; UserError where it is inside or cannot be read, a warning where others can too."""
    try:
        if file.resolve().is_relative_to(workspace.resolve()):
            raise UserError(
                "The file with the passphrase lies in the workspace.",
                "A key beside what it locks protects nothing: move it elsewhere. Nothing was done.",
            )
        if os.name == "posix" and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            say(f"Others on this machine can read {file.name}: take their rights away (chmod 600).")
        with file.open(encoding="utf-8") as lines:
            return lines.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else "it is no text"
        raise UserError(f"The file with the passphrase cannot be read: {why}.", f"Check what {FILE} names. Nothing was done.") from wrong
