"""`ur-desk code` and `procedure`: what a code or range is on a day, and which procedure codes are known here."""

import click

from ur_desk.cli.common import Context, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, say, table, write_json


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--on", "on", help="The day, such as 2017-10-12; today if left out.")
@json_option
@pass_context
def code(context: Context, codes: tuple[str, ...], on: str | None, as_json: bool) -> None:
    """Says what codes and ranges of ICD-10-CM are on a day."""
    from dataclasses import asdict

    from ur_desk.desk.clock import SystemClock
    from ur_desk.desk.tables import Tables
    from ur_desk.domain.codes import ends

    when = maybe_day(on) or SystemClock().now().astimezone().date()
    codeset = Tables().codeset
    found = [ends(raw, when, codeset) for raw in codes]
    if as_json:
        write_json([asdict(item) for item in found])
        return
    rows = [
        (
            f.low,
            f.high or "",
            "yes" if f.low_exists and f.high_exists is not False else "no",
            "" if f.billable is None else str(f.billable),
            f.validity.value,
        )
        for f in found
    ]
    echo(table(rows, ("from", "to", "exists", "billable", f"on {when:%m/%d/%Y}")))


@click.command()
@click.argument("words", nargs=-1, required=True)
@json_option
@pass_context
def procedure(context: Context, words: tuple[str, ...], as_json: bool) -> None:
    """Finds procedure codes that this workspace knows, by number or words: those of its policies and of earlier cases."""
    with context.desk() as desk:
        found = desk.lookup.procedures(" ".join(words))
    if as_json:
        write_json([{"code": hit.code, "words": hit.words} for hit in found])
    elif found:
        echo(table([(hit.code, hit.words) for hit in found], ("code", "known by")))
    else:
        say("Nothing is known for these words: no procedure code set is installed. Type the code.")


COMMANDS = (code, procedure)
