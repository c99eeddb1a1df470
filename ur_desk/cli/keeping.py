"""`ur-desk backup`, `restore`, `encrypt` and `lock`: copies of the workspace and their return, and who has it open."""

from pathlib import Path

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, say, write_json
from ur_desk.cli.passphrases import passphrase
from ur_desk.errors import UserError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_context
def backup(context: Context, file: Path, as_json: bool) -> None:
    """Writes an encrypted copy of the workspace to a file, opens it again, and prints its path."""
    from ur_desk.domain.trail.checkpoint import code

    with context.desk() as desk:
        made = desk.keeping.back_up(file).value
    record = code(made.events, made.head)
    if as_json:
        write_json({"path": made.path, "sha256": made.sha256, "events": made.events, "head": made.head, "code": record})
    else:
        echo(made.path)
    say(f"Its last event has the code {record}.")
    say("It opens with the passphrases of today, also after they are changed or an account is retired.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of the workspace that lies there, which is kept beside it.")
@json_option
@pass_context
def restore(context: Context, file: Path, replace: bool, as_json: bool) -> None:
    """Lays a backup into the workspace's folder, which is missing or empty; asks for the passphrase that --user had when it was made."""
    from ur_desk.desk.restoring import restore_desk
    from ur_desk.domain.guard.access import How

    given = passphrase(context.folder, f"Passphrase of {context.user} when the backup was made")
    how = How.FILE if given.from_file else How.PASSPHRASE
    back = restore_desk(_meant(file, context.folder), context.folder, context.user, given.words, replace=replace, how=how)
    try:
        folder = str(back.desk.folder)
        kept = str(back.kept_as) if back.kept_as else None
        told = {"folder": folder, "events": back.about.events, "created": back.about.created, "kept_as": kept}
    finally:
        back.desk.close()
    if as_json:
        write_json(told)
    else:
        echo(folder)
    say(f"It is as it was on {back.about.created:%m/%d/%Y} at {back.about.created:%H:%M} UTC, with {back.about.events} events.")
    if kept:
        say(f"What lay there before is kept in {kept}: remove it once you are sure.")


def _meant(file: Path, folder: Path) -> Path:
    """The file as named; one that the program itself named by its place in the workspace is found there."""
    inside = folder / file
    return inside if not file.exists() and not file.is_absolute() and inside.exists() else file


@click.command()
@json_option
@pass_context
def encrypt(context: Context, as_json: bool) -> None:
    """Encrypts a workspace from before the vault; --user is its administrator, and takes a passphrase now."""
    from ur_desk.desk.encrypting import encrypt_workspace
    from ur_desk.desk.keeping import is_plain

    if not is_plain(context.folder):
        raise UserError(
            "There is no workspace from before the vault in that folder.", "It is encrypted already, or another folder is meant."
        )
    given = passphrase(context.folder, f"A passphrase for {context.user}, the administrator", twice=True)
    done = encrypt_workspace(context.folder, context.user, given.words)
    if as_json:
        write_json({"rows": done.copied.rows, "events": done.copied.events, "codes": dict(done.codes)})
    else:
        echo(f"The workspace is encrypted: {done.copied.rows} rows were copied and compared, {done.copied.events} events among them.")
        for name, code in sorted(done.codes.items()):
            echo(f"One-time code for {cell(name)}, shown once: {code}")
    say("The plain file was overwritten and removed. On an SSD, and in older copies of this folder, its bytes may still lie somewhere.")


@click.command()
@json_option
@pass_context
def lock(context: Context, as_json: bool) -> None:
    """Tells, without opening it, who has the workspace open, whether its key is still to change, and what kind of place it lies in."""
    from ur_desk.desk.keeping import standing_of

    found = standing_of(context.folder)
    if as_json:
        write_json({"open_by": list(found.open_by), "rekey_waits": found.rekey_waits, "place": found.place, "writable": found.writable})
        return
    echo(f"Open: {', '.join(cell(who) for who in found.open_by) or 'nobody'}.")
    echo(f"A new data key {'waits until nobody else has it open' if found.rekey_waits else 'waits for nobody'}.")
    echo(f"Place: {found.place}{'' if found.writable else ', may only be read'}.")
    if found.place != "local":
        say(
            "A workspace belongs on a disk of this machine, outside of folders that are copied elsewhere by themselves; backups may go there."
        )


COMMANDS = (backup, restore, encrypt, lock)
