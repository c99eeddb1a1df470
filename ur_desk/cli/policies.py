"""`ur-desk policy`: documents into the library, and what it holds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, day, json_option, line_of_business, maybe_day, pass_context, read_file, state
from ur_desk.cli.difference import difference_text
from ur_desk.cli.drafts import compare, correct, draft, draft_data, received, undo
from ur_desk.cli.linting import lint, unwaive, waive
from ur_desk.cli.output import cell, echo, say, table, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.policy import Shelved

version_option = click.option("--version", "version", help="The day from which the version is in force; the newest if left out.")


@click.group()
def policy() -> None:
    """Reads policy documents and looks into the library."""


@policy.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@pass_context
def import_(context: Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Reads policy documents into the library; each is unconfirmed until `policy confirm`."""
    from ur_desk.desk.steps import finish
    from ur_desk.records.policy import policy_data

    loaded, refused = [], 0
    with context.desk() as desk:
        for path in files:
            try:
                data = read_file(path)
                loaded.append(finish(desk.library.load(data, path.name)).value)
                desk.exports.came_in("policy document", path, data)
            except UserError as wrong:
                refused += 1
                say(f"{path.name}: {wrong}")
    if as_json:
        write_json([policy_data(item) for item in loaded])
    else:
        for item in loaded:
            p = item.policy
            findings = f"{len(p.findings)} finding{'' if len(p.findings) == 1 else 's'}"
            echo(
                f"{cell(p.id)}  {cell(p.title)}  in force from {p.version.effective or 'an unknown day'}  {len(p.text.lines)} lines, {len(p.codes)} code entries, {findings}"
            )
    if refused:
        raise UserError(
            f"{refused} of {len(files)} documents could not be read.",
            "The others are in the library." if loaded else "The library was not changed.",
        )


@policy.command("list")
@json_option
@pass_context
def list_(context: Context, as_json: bool) -> None:
    """Lists what the library holds, with what a match would use marked."""
    with context.desk() as desk:
        used = desk.library.in_use()
        every = desk.library.all()
    rows = [
        {
            "id": s.policy.id,
            "title": s.policy.title,
            "effective": s.policy.version.effective,
            "last_review": s.policy.version.last_review,
            "kind": s.policy.provenance.kind.value,
            "confirmed": s.confirmed is not None,
            "in_use": s in used,
            "text": s.policy.text.sha256,
        }
        for s in every
    ]
    if as_json:
        write_json(rows)
        return
    cells = [
        (
            str(r["id"]),
            str(r["effective"] or "-"),
            str(r["kind"]),
            "confirmed" if r["confirmed"] else "",
            "in use" if r["in_use"] else "",
            str(r["title"]),
        )
        for r in rows
    ]
    echo(table(cells, ("policy", "in force from", "kind", "", "", "title")))


@policy.command()
@click.argument("policy_id")
@version_option
@click.option("--verify", is_flag=True, help="Read the file as received anew and say whether the text is still the file's.")
@json_option
@pass_context
def show(context: Context, policy_id: str, version: str | None, verify: bool, as_json: bool) -> None:
    """Shows a policy: its lines under their numbers, or all of it as JSON with what was mended."""
    if verify:
        compare(context, policy_id, version, None, as_json)
        return
    with context.desk() as desk:
        item = desk.library.one(policy_id, maybe_day(version))
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
@click.argument("text")
@json_option
@pass_context
def search(context: Context, text: str, as_json: bool) -> None:
    """Finds the sections that hold every word."""
    with context.desk() as desk:
        found = desk.library.search(text)
    rows = [{"policy": f.shelved.policy.id, "line": f.line.number, "last_line": f.last_line, "text": f.line.text} for f in found]
    if as_json:
        write_json(rows)
        return
    for row in rows:
        echo(f"{row['policy']}  lines {row['line']}-{row['last_line']}  {cell(str(row['text']))[:90]}")
    if not rows:
        say("Nothing in the library holds all of these words.")


@policy.command()
@click.argument("policy_id")
@click.argument("old")
@click.argument("new")
@json_option
@pass_context
def diff(context: Context, policy_id: str, old: str, new: str, as_json: bool) -> None:
    """Says what changed between the versions in force from two days."""
    from ur_desk.documents.compare import diff as compare
    from ur_desk.records.policy import diff_data

    with context.desk() as desk:
        before, after = desk.library.one(policy_id, day(old)), desk.library.one(policy_id, day(new))
    changes = compare(before.policy, after.policy)
    if as_json:
        write_json(diff_data(changes))
    else:
        echo(difference_text(changes))


@policy.command()
@click.argument("policy_id")
@version_option
@json_option
@pass_context
def confirm(context: Context, policy_id: str, version: str | None, as_json: bool) -> None:
    """Confirms that the reading of a document is right."""
    with context.desk() as desk:
        item = desk.library.confirm(policy_id, maybe_day(version)).value
    _tell(item, "confirmed", as_json)


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


for command in (lint, waive, unwaive, draft, correct, undo, received):
    policy.add_command(command)
COMMANDS = (policy,)
