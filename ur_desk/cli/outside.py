"""`ur-desk audit export --trail` and `--bundle`, `audit open-bundle` and `audit verifier`: the trail for somebody outside."""

from pathlib import Path

import click

from ur_desk.cli.common import Context, json_option, pass_context, read_file
from ur_desk.cli.output import echo, say, write_json
from ur_desk.cli.passphrases import asked, first_line

out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)


def write_trail(context: Context, file: Path, as_json: bool) -> None:
    """Writes what the one-file verifier reads."""
    with context.desk() as desk:
        desk.trail.export(file)
    say("No patient data is in it. `ur-desk audit verifier --out verify_trail.py` gives the program that verifies it.")
    if as_json:
        write_json({"path": str(file)})
    else:
        echo(str(file))


def write_bundle(context: Context, file: Path, reason: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Writes the whole trail under a passphrase of its own."""
    with context.desk() as desk:
        question = "A passphrase for the bundle, another one than your own"
        words = first_line(passphrase_file, context.folder) if passphrase_file else asked(question, twice=True)
        made = desk.trail.bundle(file, words, reason)
    if made.left_out:
        say(f"{made.left_out} contents are left out: they were purged, or their cases are closed to you.")
    if as_json:
        write_json({"path": str(made.path), "sha256": made.sha256, "events": made.events, "left_out": made.left_out})
    else:
        echo(str(made.path))


@click.command("open-bundle")
@click.argument("file", type=click.Path(path_type=Path))
@out_option
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help="The bundle's passphrase is its first line; asked for if left out."
)
@json_option
@pass_context
def open_bundle(context: Context, file: Path, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Opens a bundle with its passphrase and writes the trail in it as JSON, with patient data, unprotected. It needs no workspace."""
    from ur_desk.desk.exports import write_beside
    from ur_desk.desk.trail import open_bundle as opened

    words = first_line(passphrase_file, context.folder) if passphrase_file else asked("The bundle's passphrase")
    write_beside(out, opened(read_file(file), words))
    say("It holds patient data, unprotected: keep it where it is safe, and remove it when it was read.")
    if as_json:
        write_json({"path": str(out)})
    else:
        echo(str(out))


@click.command()
@out_option
@json_option
@pass_context
def verifier(context: Context, out: Path, as_json: bool) -> None:
    """Writes the program, one file for plain Python 3.11, with which somebody outside verifies an exported trail."""
    from ur_desk.desk.exports import write_beside
    from ur_desk.desk.trail import verifier as program

    write_beside(out, program())
    if as_json:
        write_json({"path": str(out)})
    else:
        echo(str(out))
