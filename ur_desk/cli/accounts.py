"""`ur-desk account` and `ur-desk profile`: who may open the workspace, and what the plan says of itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, json_option, line_of_business, maybe_day, pass_context, read_file, state
from ur_desk.cli.output import cell, echo, table, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.people import Licence, Role


@click.group()
def account() -> None:
    """Adds, lists, changes and retires accounts."""


def _roles(names: tuple[str, ...]) -> "frozenset[Role]":
    from ur_desk.domain.people import Role

    try:
        return frozenset(Role(name.strip().lower()) for name in names)
    except ValueError:
        raise UserError("That is no role.", f"Roles are: {', '.join(Role)}. Nothing was changed.") from None


def _further(told: tuple[str, ...]) -> "tuple[Licence, ...]":
    """Licences of further states, as `STATE NUMBER LAST-DAY`; UserError for what is none."""
    from ur_desk.domain.people import Licence

    found = []
    for text in told:
        parts = text.split()
        if len(parts) not in (2, 3):
            raise UserError(f"'{text}' is no licence.", "Say 'STATE NUMBER LAST-DAY', such as 'TX T-2201 2027-01-31'. Nothing was changed.")
        found.append(Licence(parts[1], parts[0].upper(), maybe_day(parts[2]) if len(parts) == 3 else None))
    return tuple(found)


@account.command()
@click.argument("name")
@click.argument("more", nargs=-1, metavar="[ROLE]...")
@click.option("--role", "roles", multiple=True, required=True, metavar="ROLE...", help="One role or several: --role nurse intake.")
@click.option("--display", default="", help="The name as letters and lists say it.")
@click.option("--credential", default="", help="Such as RN or MD.")
@click.option("--licence", default="")
@click.option("--licence-state", default="")
@click.option("--licence-expires", help="The last day on which the licence holds.")
@click.option("--specialty", default="")
@click.option("--npi", default="", help="The National Provider Identifier; its check digit is checked.")
@click.option("--board", default="", help="The board that certified the specialty.")
@click.option("--further", "further", multiple=True, help="A licence of another state: 'STATE NUMBER LAST-DAY', the day left out if none.")
@json_option
@pass_context
def add(
    context: Context,
    name: str,
    more: tuple[str, ...],
    roles: tuple[str, ...],
    display: str,
    credential: str,
    licence: str,
    licence_state: str,
    licence_expires: str | None,
    specialty: str,
    npi: str,
    board: str,
    further: tuple[str, ...],
    as_json: bool,
) -> None:
    """Adds an account, and prints the one-time code with which its holder signs in the first time."""
    from ur_desk.domain.people import Credential
    from ur_desk.records.people import account_data

    held = Credential(
        credential, licence, licence_state.upper(), maybe_day(licence_expires), specialty, npi, further=_further(further), board=board
    )
    given = None if held == Credential("") else held
    with context.desk() as desk:
        added = desk.accounts.add(name, display, _roles((*roles, *more)), given).value
    account = added.account
    if as_json:
        write_json({**account_data(account), "code": added.code})
    else:
        echo(f"{cell(account.name)}: {', '.join(sorted(account.roles))}")
        echo(f"One-time code for the first sign-in, shown once: {added.code}")


@account.command()
@click.argument("name")
@json_option
@pass_context
def invite(context: Context, name: str, as_json: bool) -> None:
    """Gives an account a new one-time code in place of a forgotten passphrase."""
    with context.desk() as desk:
        code = desk.vault.invite(name).value
    if as_json:
        write_json({"name": name, "code": code})
    else:
        echo(f"One-time code for {cell(name)}, shown once: {code}")


@account.command()
@click.option("--code-file", type=click.Path(path_type=Path), help="A file whose first line is the one-time code; asked for if left out.")
@pass_context
def enrol(context: Context, code_file: Path | None) -> None:
    """The first sign-in: --user takes the passphrase that is asked for, or that UR_DESK_PASSPHRASE_FILE gives."""
    from ur_desk.cli.passphrases import asked, first_line, passphrase
    from ur_desk.desk.workspace import holds_workspace, open_desk

    if not holds_workspace(context.folder):
        raise UserError("There is no workspace in that folder.", "Name the right one. Nothing was made.")
    code = asked("One-time code") if code_file is None else first_line(code_file, context.folder)
    taken = passphrase(context.folder, f"A passphrase of your own, {context.user}", twice=True)
    desk = open_desk(context.folder, context.user, code, new_passphrase=taken.words)
    desk.close()
    echo(f"{cell(context.user)} signs in with the new passphrase from now on.")


@account.command("passphrase")
@click.option("--new-file", type=click.Path(path_type=Path), help="A file whose first line is the new passphrase; asked for if left out.")
@pass_context
def passphrase_(context: Context, new_file: Path | None) -> None:
    """Changes your own passphrase."""
    from ur_desk.cli.passphrases import asked, first_line, passphrase

    old = passphrase(context.folder, f"Passphrase of {context.user}").words
    with context.desk() as desk:
        new = asked("The new passphrase", twice=True) if new_file is None else first_line(new_file, context.folder)
        desk.vault.change_passphrase(old, new)
    echo("The passphrase is changed. Older backups still open with the old one.")


@account.command()
@click.option("--free", is_flag=True, help="Let the passphrase open on any computer again.")
@pass_context
def bind(context: Context, free: bool) -> None:
    """Lets your passphrase open on this computer only: a share of its credential store is mixed in."""
    from ur_desk.cli.passphrases import passphrase

    words = passphrase(context.folder, f"Passphrase of {context.user}").words
    with context.desk() as desk:
        desk.vault.bind(words, not free)
    echo("Your passphrase opens on any computer again." if free else "Your passphrase opens on this computer only.")


@account.command()
@click.argument("name")
@click.option("--where", required=True, help="The source at which you saw the licence, such as the state board's site.")
@click.option("--on", "on", help="The day; today if left out.")
@json_option
@pass_context
def confirm(context: Context, name: str, where: str, on: str | None, as_json: bool) -> None:
    """Confirms a licence that somebody else entered; before that no physician signs."""
    from ur_desk.records.people import account_data

    with context.desk() as desk:
        today = desk.today
        confirmed = desk.accounts.confirm_credential(name, where, maybe_day(on) or today).value
    if as_json:
        write_json(account_data(confirmed))
    else:
        echo(f"{cell(confirmed.name)}: confirmed.")


@account.command("credential")
@click.argument("name")
@click.option("--credential", required=True, help="Such as RN or MD.")
@click.option("--licence", default="")
@click.option("--licence-state", default="")
@click.option("--licence-expires", help="The last day on which the licence holds.")
@click.option("--specialty", default="")
@click.option("--npi", default="", help="The National Provider Identifier; its check digit is checked.")
@click.option("--board", default="", help="The board that certified the specialty.")
@click.option("--further", "further", multiple=True, help="A licence of another state: 'STATE NUMBER LAST-DAY', the day left out if none.")
@json_option
@pass_context
def credential_(
    context: Context,
    name: str,
    credential: str,
    licence: str,
    licence_state: str,
    licence_expires: str | None,
    specialty: str,
    npi: str,
    board: str,
    further: tuple[str, ...],
    as_json: bool,
) -> None:
    """Enters the licence behind an account's signature."""
    from ur_desk.domain.people import Credential
    from ur_desk.records.people import account_data

    given = Credential(
        credential, licence, licence_state.upper(), maybe_day(licence_expires), specialty, npi, further=_further(further), board=board
    )
    with context.desk() as desk:
        changed = desk.accounts.enter_credential(name, given).value
    if as_json:
        write_json(account_data(changed))
    else:
        echo(f"{cell(changed.name)}: {cell(changed.signature)}")


@account.command("list")
@json_option
@pass_context
def list_(context: Context, as_json: bool) -> None:
    """Lists the accounts."""
    from ur_desk.records.people import account_data

    with context.desk() as desk:
        every, above = desk.accounts.all(), desk.accounts.reporting()
    if as_json:
        write_json([account_data(a) for a in every])
        return
    names = {a.id: a.name for a in every}
    rows = [
        (
            a.name,
            a.signature,
            ", ".join(sorted(a.roles)),
            names.get(above[a.id], "") if a.id in above else "",
            "retired" if a.retired else "",
        )
        for a in every
    ]
    echo(table(rows, ("account", "name", "roles", "reports to", "")))


@account.command()
@click.argument("name")
@click.argument("roles", nargs=-1, required=True)
@json_option
@pass_context
def role(context: Context, name: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Gives an account other roles."""
    from ur_desk.records.people import account_data

    with context.desk() as desk:
        changed = desk.accounts.set_roles(name, _roles(roles)).value
    if as_json:
        write_json(account_data(changed))
    else:
        echo(f"{cell(changed.name)}: {', '.join(sorted(changed.roles))}")


@account.command("reports-to")
@click.argument("name")
@click.argument("to", required=False)
@pass_context
def reports_to(context: Context, name: str, to: str | None) -> None:
    """Records to whom an account reports, nobody if left out: an appeal is closed to whoever reports to the first reviewer."""
    with context.desk() as desk:
        changed = desk.accounts.set_reporting(name, to).value
        above = desk.accounts.named(to).display if to else "nobody"
    echo(f"{cell(changed.display)} reports to {cell(above)}.")


@account.command()
@click.argument("name")
@json_option
@pass_context
def retire(context: Context, name: str, as_json: bool) -> None:
    """Closes an account for good; its past stays."""
    from ur_desk.records.people import account_data

    with context.desk() as desk:
        retired = desk.accounts.retire(name).value
    if as_json:
        write_json(account_data(retired))
    else:
        echo(f"{cell(retired.name)}: retired")


@click.group()
def profile() -> None:
    """What the plan says of itself in its letters."""


@profile.command("show")
@click.argument("business", metavar="LINE_OF_BUSINESS")
@click.argument("situs", metavar="STATE")
@json_option
@pass_context
def show(context: Context, business: str, situs: str, as_json: bool) -> None:
    """Shows the plan's words for a line of business in a state; empty fields too."""
    from ur_desk.records.letter import profile_data

    with context.desk() as desk:
        told = profile_data(desk.accounts.profile(line_of_business(business), state(situs)))
    if as_json:
        write_json(told)
        return
    for name, value in told["data"].items():
        shown = ", ".join(f"{each['matter']} by {each['role']}" for each in value) if name == "signers" else str(value)
        echo(f"{name}: {typed(shown) or '(empty)'}")


@profile.command("save")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_context
def save(context: Context, file: Path, as_json: bool) -> None:
    """Keeps the plan's words from a JSON file with the fields that `profile show --json` prints."""
    from dataclasses import replace

    from ur_desk.records.letter import profile_data, profile_from

    try:
        told = profile_from(read_file(file))
    except ValueError as wrong:
        raise UserError(f"{file.name} is no plan profile.", "Take the fields of `profile show --json`. Nothing was changed.") from wrong
    with context.desk() as desk:
        kept = desk.accounts.save_profile(replace(told, state=state(told.state))).value
    if as_json:
        write_json(profile_data(kept))
    else:
        echo(f"{kept.line_of_business.value} {kept.state}: {len(kept.empty_fields)} fields still empty.")


COMMANDS = (account, profile)
