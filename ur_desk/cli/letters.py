"""`ur-desk letter`: drafts, issued letters, and what a letter file is."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context, read_file, say, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.letters import Preview

out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
lines_option = click.option("--line", "lines", multiple=True, type=int, help="A line to give notice of; all that are ready if left out.")
name_option = click.option(
    "--name", "names", multiple=True, help="What a line's service is in plain words, as '1=X-ray film of the spine'."
)
large_option = click.option("--large-print", is_flag=True, help="18 point instead of 12.")


@click.group()
def letter() -> None:
    """Writes, issues and recognises letters."""


@letter.command()
@click.argument("number")
@out_option
@lines_option
@name_option
@large_option
@json_option
@pass_context
def write(
    context: Context, number: str, out: Path, lines: tuple[int, ...], names: tuple[str, ...], large_print: bool, as_json: bool
) -> None:
    """Writes the issued letter of a case, or a marked draft of the one that would be next."""
    from ur_desk.desk.letters import write_beside
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        case = desk.review.case(desk.review.find(number))
        waiting = lines or tuple(s.line for s in case.lines_to_notice)
        if case.letters and not waiting:
            last = case.letters[-1]
            write_beside(out, desk.letters.pdf(last.id))
            told: dict[str, Any] = {"path": str(out), "standing": "issued", "letter": last.id, "missing": [], "obstacles": []}
        else:
            preview = finish(desk.letters.preview(case.id, lines or None, names=_names(names), large_print=large_print))
            write_beside(out, preview.pdf)
            _tell_gaps(preview)
            told = {
                "path": str(out),
                "standing": "draft",
                "letter": None,
                "missing": [m.message for m in preview.missing],
                "obstacles": list(preview.obstacles),
            }
    if as_json:
        write_json(told)
    else:
        click.echo(out)


@letter.command()
@click.argument("number")
@out_option
@lines_option
@name_option
@large_option
@json_option
@pass_context
def issue(
    context: Context, number: str, out: Path, lines: tuple[int, ...], names: tuple[str, ...], large_print: bool, as_json: bool
) -> None:
    """Issues the letter of a case and writes it; an issued letter never changes."""
    from ur_desk.desk.letters import write_beside
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        case = desk.review.case(desk.review.find(number))
        if not out.parent.is_dir():
            raise UserError("The folder for the letter does not exist.", "Nothing was issued.")
        done = finish(desk.letters.issue(case.id, case.revision, lines or None, names=_names(names), large_print=large_print)).value
        issued = done.letters[-1]
        write_beside(out, desk.letters.pdf(issued.id))
    if as_json:
        write_json(
            {
                "path": str(out),
                "standing": "issued",
                "letter": issued.id,
                "kind": issued.kind,
                "lines": list(issued.lines),
                "sha256": issued.pdf,
            }
        )
    else:
        click.echo(out)


@letter.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_context
def verify(context: Context, file: Path, as_json: bool) -> None:
    """Says whether a letter file was issued here, unchanged, and whether another supersedes it."""
    data = read_file(file)
    with context.desk() as desk:
        told = desk.letters.recognise(data)
    if as_json:
        write_json({"standing": told.standing.value, "unchanged": told.letter is not None, "letter": told.letter, "case": told.case})
    else:
        words = {"issued": "issued here, unchanged", "superseded": "issued here, unchanged, but superseded by a later letter"}
        click.echo(words.get(told.standing.value, "unknown: not issued by this workspace, or changed since"))


def _names(typed: tuple[str, ...]) -> dict[int, str]:
    told = {}
    for name in typed:
        line, _, words = name.partition("=")
        if not line.strip().isdigit() or not words.strip():
            raise UserError(f"'{name}' names no service.", "Write it as 1=X-ray film of the spine. Nothing was issued.")
        told[int(line)] = words.strip()
    return told


def _tell_gaps(preview: "Preview") -> None:
    for gap in preview.missing:
        say(f"missing: {gap.message} ({gap.rule})")
    for obstacle in preview.obstacles:
        say(f"may not be issued: {obstacle}")


COMMANDS = (letter,)
