"""`ur-desk case attach`, `records`, `record` and `find-in-records`: the pages that came for a case."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ur_desk.cli.common import Context, instant, json_option, pass_context, warn_of
from ur_desk.cli.output import echo, say, table, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case


@click.command()
@click.argument("number")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--at", "at", help="When the paper came in; not known if left out.")
@json_option
@pass_context
def attach(context: Context, number: str, files: tuple[Path, ...], at: str | None, as_json: bool) -> None:
    """Attaches records, PDF, PNG, JPEG or TIFF, to a case; a file that is refused stops no other."""
    from ur_desk.desk.steps import finish
    from ur_desk.records.case import kept_data

    refused: list[UserError] = []
    with context.desk() as desk:
        came = instant(at, desk) if at is not None else None
        found = desk.review.case(desk.review.find(number))
        for file in files:
            try:
                record, data = finish(desk.records.bring(file, came))
                found = finish(desk.records.take_in(found.id, record, data)).value
            except UserError as wrong:
                refused.append(wrong)
    if refused:
        for each in refused:
            say(str(each))
        many = "1 file was" if len(refused) == 1 else f"{len(refused)} files were"
        raise UserError(f"{many} not attached.", f"These are in the case now. {_listed(found)}")
    if as_json:
        write_json([kept_data(kept) for kept in found.records])
    else:
        echo(_listed(found))


@click.command()
@click.argument("number")
@json_option
@pass_context
def records(context: Context, number: str, as_json: bool) -> None:
    """Lists the records of a case: pages, those with a text layer, when each was attached."""
    from ur_desk.records.case import kept_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
        zone = desk.zone
    if as_json:
        write_json([kept_data(kept) for kept in found.records])
        return
    rows = [
        (str(place), typed(kept.record.name), str(kept.record.pages), str(kept.record.pages_with_text), moment(kept.at, zone))
        for place, kept in enumerate(found.records, 1)
    ]
    echo(table(rows, ("", "record", "pages", "with text", "attached")))


@click.command()
@click.argument("number")
@click.argument("place", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the file is written.")
@json_option
@pass_context
def record(context: Context, number: str, place: int, out: Path, as_json: bool) -> None:
    """Writes a record of a case, by its number in `case records`, to a file; the register tells of it."""
    from ur_desk.records.case import kept_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
        if not 1 <= place <= len(found.records):
            raise UserError(f"{found.number} has no record {place}.", "Look at `case records`. Nothing was written.")
        warn_of(desk, out)
        desk.records.save(found.id, found.records[place - 1].record.sha256, out)
    if as_json:
        write_json(kept_data(found.records[place - 1]) | {"path": str(out)})
    else:
        echo(str(out))


@click.command("find-in-records")
@click.argument("number")
@click.argument("words")
@json_option
@pass_context
def find_in_records(context: Context, number: str, words: str, as_json: bool) -> None:
    """Finds words in the text layers of a case's records, with their pages."""
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        hits = finish(desk.records.find(desk.review.find(number), words))
    if as_json:
        write_json([{"record": hit.record.sha256, "name": hit.record.name, "page": hit.found.page, "line": hit.found.line} for hit in hits])
    else:
        echo(
            "\n".join(f"{typed(hit.record.name)}, p. {hit.found.page}: {typed(hit.found.line)}" for hit in hits)
            or "found on no page with a text layer"
        )


def _listed(found: "Case") -> str:
    return f"{found.number}: " + (", ".join(f"{typed(kept.record.name)} ({kept.record.pages})" for kept in found.records) or "no record")


CASE_COMMANDS = (attach, records, record, find_in_records)
