"""`ur-desk policy`: documents into the library, and what it holds."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, day, json_option, line_of_business, maybe_day, pass_context, state
from ur_desk.cli.drafts import compare, correct, discard, draft, draft_data, received, undiscard, undo
from ur_desk.cli.importing import import_
from ur_desk.cli.linting import lint, unwaive, waive
from ur_desk.cli.output import cell, echo, say, table, typed, write_json
from ur_desk.cli.searching import facet_options, search
from ur_desk.cli.versions import COMMANDS as VERSIONS
from ur_desk.cli.versions import on_day, version_option

if TYPE_CHECKING:
    from ur_desk.desk.library import Listed
    from ur_desk.domain.library.catalogue import Narrow
    from ur_desk.domain.policy import Shelved


@click.group()
def policy() -> None:
    """Reads policy documents and looks into the library."""


@policy.command("list")
@facet_options
@json_option
@pass_context
def list_(context: Context, narrow: "Narrow", as_json: bool) -> None:
    """Lists what the library holds, with what a match would use marked; narrowed by publisher, status and position."""
    with context.desk() as desk:
        listing = desk.library.listed(narrow)
    rows: list[dict[str, Any]] = [
        {
            "id": each.card.policy,
            "title": each.card.title,
            "publisher": each.card.publisher,
            "effective": each.card.version.effective,
            "last_review": each.card.version.last_review,
            "kind": "abstract" if each.card.abstract else "document",
            "status": each.standing.value,
            "confirmed": each.card.confirmed is not None,
            "in_use": each.used,
            "state": each.stands.state.value,
            "ends": each.stands.last_day,
            "followed_by_draft": each.stands.by_draft,
            "draft": _draft(each),
            "text": each.card.text,
        }
        for each in listing.rows
    ]
    if as_json:
        write_json(rows)
        return
    cells = [
        (
            str(r["id"]),
            str(r["effective"] or "-"),
            str(r["kind"]),
            str(r["status"]).replace("_", " "),
            "in use" if r["in_use"] else "",
            _state(each),
            f"draft waits for {r['draft']['waits_for']}" if r["draft"] else "",
            str(r["title"]),
        )
        for each, r in zip(listing.rows, rows, strict=True)
    ]
    echo(table(cells, ("policy", "in force from", "kind", "status", "", "version", "", "title")))


def _state(each: "Listed") -> str:
    """How a version stands, in plain words."""
    words = each.stands.state.value.replace("_", " ")
    return f"{words} by an unconfirmed draft" if words == "superseded" and each.stands.by_draft else words


def _draft(each: "Listed") -> dict[str, Any] | None:
    """Of whom a draft waits, in plain words; None where none does."""
    if each.draft is None:
        return None
    waits_for = "a second person" if each.draft.for_another else "anybody who may confirm"
    return {"beside_confirmed": each.draft.beside, "loaded_by": each.loader, "waits_for": waits_for}


@policy.command()
@click.argument("policy_id")
@version_option
@click.option("--verify", is_flag=True, help="Read the file as received anew and say whether the text is still the file's.")
@json_option
@pass_context
def show(context: Context, policy_id: str, version: str | None, verify: bool, as_json: bool) -> None:
    """Shows a policy: its lines under their numbers, or all of it as JSON with what was mended.

    --version takes the first day of a version, or a day of service: then the version that answers for that day, which is said.
    """
    if verify:
        compare(context, policy_id, version, None, as_json)
        return
    with context.desk() as desk:
        item = desk.library.one(policy_id) if version is None else on_day(desk, policy_id, day(version))
        told = desk.readings.draft(item.policy.id, text=item.policy.text.sha256)
    if as_json:
        from ur_desk.records.policy import policy_data

        write_json({**draft_data(told), **(policy_data(item) if told.beside else {})})
        return
    if item.policy.abstract:
        say("This is an abstract: the document's facts in other words, not the payer's text.")
    for line in item.policy.text.lines:
        echo(f"{line.number:>4}  {typed(line.text)}")


@policy.command()
@click.argument("policy_id")
@click.option("--reading", "seen", help="The sha256 of the reading that you looked at, as `policy draft` prints it.")
@version_option
@click.option("--text", "text", help="The first letters (six at least) of the text's sha256, where several drafts wait.")
@json_option
@pass_context
def confirm(context: Context, policy_id: str, seen: str | None, version: str | None, text: str | None, as_json: bool) -> None:
    """Confirms that the reading of a document is right.

    With --reading no other reading is confirmed than the one that you looked at; without it, it is the one that waits now.
    """
    since = maybe_day(version)
    with context.desk() as desk:
        seen = seen or desk.readings.draft(policy_id, since, text).shelved.reading or ""
        item = desk.library.confirm(policy_id, seen, since, text).value
    _tell(item, f"confirmed, reading {item.reading}", as_json)


@policy.command("still-current")
@click.argument("policy_id")
@click.option("--where", required=True, help="Where you looked.")
@click.option("--on", "on", required=True, help="The day you looked.")
@version_option
@json_option
@pass_context
def still_current(context: Context, policy_id: str, where: str, on: str, version: str | None, as_json: bool) -> None:
    """Records that you looked and found that this version still stands."""
    looked = day(on)
    with context.desk() as desk:
        item = desk.library.record_still_current(policy_id, where, looked, maybe_day(version)).value
    _tell(item, f"seen as current on {looked:%m/%d/%Y}", as_json)


@policy.command()
@click.argument("policy_id")
@click.argument("lines_of_business", nargs=-1, required=True)
@version_option
@json_option
@pass_context
def adopt(context: Context, policy_id: str, lines_of_business: tuple[str, ...], version: str | None, as_json: bool) -> None:
    """Records for which lines of business (such as medicaid_managed_care:IN) the plan adopted a policy."""
    adopted = tuple(dict.fromkeys(_adopted(text) for text in lines_of_business))
    with context.desk() as desk:
        item = desk.library.adopt(policy_id, adopted, maybe_day(version)).value
    _tell(item, f"adopted for {', '.join(item.applies_to or ())}", as_json)


def _adopted(text: str) -> str:
    """A line of business, or `line:STATE`, as the library keeps it."""
    business, colon, situs = text.partition(":")
    return f"{line_of_business(business).value}:{state(situs)}" if colon else line_of_business(business).value


def _tell(item: "Shelved", what: str, as_json: bool) -> None:
    from ur_desk.records.policy import policy_data

    if as_json:
        write_json(policy_data(item))
    else:
        echo(f"{cell(item.policy.id)} of {item.policy.version.effective or 'an unknown day'}: {what}.")


for command in (import_, search, lint, waive, unwaive, draft, correct, undo, discard, undiscard, received, *VERSIONS):
    policy.add_command(command)
COMMANDS = (policy,)
