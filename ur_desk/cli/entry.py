"""`ur-desk draft` and `ur-desk provider`: requests that are being keyed, and the address book that they are keyed with."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import echo, table, typed, write_json
from ur_desk.cli.show import moment

if TYPE_CHECKING:
    from ur_desk.domain.intake.addresses import Entry
    from ur_desk.domain.intake.handing import KeptDraft


@click.group()
def draft() -> None:
    """Drafts of new requests: yours, and those that colleagues handed to you."""


@draft.command("list")
@json_option
@pass_context
def list_drafts(context: Context, as_json: bool) -> None:
    """Lists your drafts, newest first, with their paper and who handed them to you; members are not named."""
    with context.desk() as desk:
        zone, found = desk.zone, desk.intake.kept_drafts()
    if as_json:
        write_json([_draft_data(each) for each in found])
        return
    rows = [(each.name, moment(each.at, zone), _asked(each), _paper(each), typed(each.handed_by_name), typed(each.note)) for each in found]
    echo(table(rows, ("draft", "kept", "asks for", "paper", "from", "word")) if rows else "You have no drafts.")


@draft.command()
@click.argument("name")
@click.option("--to", "to", required=True, help="The account of the colleague who goes on with it.")
@click.option("--note", default="", help="A word for the colleague; it goes with the draft and is kept nowhere else.")
@json_option
@pass_context
def hand(context: Context, name: str, to: str, note: str, as_json: bool) -> None:
    """Hands a draft to a colleague; they hand it back in the same way."""
    with context.desk() as desk:
        colleague = desk.intake.hand_draft(name, to, note).value
    if as_json:
        write_json({"draft": name, "to": colleague.name})
    else:
        echo(f"{typed(colleague.display)} finds the draft among their own.")


@click.group()
def provider() -> None:
    """The address book of providers, kept from the requests that were opened."""


@provider.command("list")
@click.argument("text", required=False, default="")
@json_option
@pass_context
def list_providers(context: Context, text: str, as_json: bool) -> None:
    """Lists providers by name or NPI; all of them without a text."""
    with context.desk() as desk:
        found = desk.addresses.find(text)
    if as_json:
        write_json([_provider_data(each) for each in found])
        return
    rows = [_provider_row(each) for each in found]
    echo(table(rows, ("provider", "NPI", "telephone", "fax", "id")) if rows else "The address book has no such provider.")


@provider.command()
@click.argument("name")
@click.option("--name", "name_", help="Another name.")
@click.option("--npi", help="Another NPI; empty takes it out.")
@click.option("--phone", help="Another telephone number.")
@click.option("--fax", help="Another fax number.")
@click.option("--credential", help="Another credential.")
@click.option("--taxonomy", help="Another taxonomy code.")
@click.option("--address", help="Another address.")
@json_option
@pass_context
def correct(context: Context, /, name: str, as_json: bool, **told: str | None) -> None:
    """Corrects the provider of that NPI or id; cases keep what their requests said."""
    from dataclasses import replace

    told["name"] = told.pop("name_")
    with context.desk() as desk:
        known = desk.addresses.one(name)
        changes: dict[str, Any] = {field: text or None for field, text in told.items() if text is not None}
        entry = desk.addresses.correct(known.id, replace(known.provider, **changes)).value
    _tell(entry, as_json, "corrected")


@provider.command()
@click.argument("name")
@json_option
@pass_context
def forget(context: Context, name: str, as_json: bool) -> None:
    """Takes the provider of that NPI or id out; the next request that names it brings it back."""
    with context.desk() as desk:
        entry = desk.addresses.forget(name).value
    _tell(entry, as_json, "forgotten")


def _tell(entry: "Entry", as_json: bool, done: str) -> None:
    if as_json:
        write_json(_provider_data(entry))
    else:
        echo(f"{typed(entry.provider.name or '')}: {done}.")


def _asked(each: "KeptDraft") -> str:
    codes = ", ".join(dict.fromkeys(service.code for service in each.draft.services if service.code))
    return typed(codes) or "no service yet"


def _paper(each: "KeptDraft") -> str:
    """The paper that a draft holds, file by file with its pages."""
    from ur_desk.cli.paper import pages_words

    return ", ".join(f"{typed(record.name)} ({pages_words(record)})" for record in each.draft.records)


def _draft_data(each: "KeptDraft") -> dict[str, Any]:
    codes = [service.code for service in each.draft.services if service.code]
    papers = [{"file": record.name, "pages": record.pages} for record in each.draft.records]
    told = {"draft": each.name, "kept": each.at.isoformat(), "codes": codes, "papers": papers}
    return {**told, "handed_by": each.handed_by_name or None, "note": each.note or None}


def _provider_row(each: "Entry") -> tuple[str, ...]:
    told = each.provider
    return (*(typed(text or "") for text in (told.name, told.npi, told.phone, told.fax)), each.id)


def _provider_data(each: "Entry") -> dict[str, Any]:
    from ur_desk.domain.intake.addresses import KEPT

    return {"id": each.id, **{name: getattr(each.provider, name) for name in KEPT}, "corrected": each.corrected}


COMMANDS = (draft, provider)
