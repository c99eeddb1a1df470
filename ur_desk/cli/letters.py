"""`ur-desk letter`: drafts, issued letters, and what a letter file is."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context, read_file, warn_of
from ur_desk.cli.letter_batch import batch
from ur_desk.cli.letter_options import made_so, manner_of, notice_of, told_beside, tongue_of
from ur_desk.cli.output import echo, say, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.letters import Preview
    from ur_desk.domain.case import Case
    from ur_desk.domain.events import LetterId

out_option = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
lines_option = click.option("--line", "lines", multiple=True, type=int, help="A line to give notice of; all that are ready if left out.")
name_option = click.option(
    "--name", "names", multiple=True, help="What a line's service is in plain words, as '1=X-ray film of the spine'."
)
provider_option = click.option("--provider", is_flag=True, help="The provider's copy in place of the member's letter.")

_NUMBER = re.compile("[0-9]{1,6}")


@click.group()
def letter() -> None:
    """Writes, issues and recognises letters."""


@letter.command()
@click.argument("number")
@out_option
@lines_option
@name_option
@made_so
@provider_option
@told_beside
@click.option("--letter", "issued", help="An issued letter of the case, by its id.")
@json_option
@pass_context
def write(context: Context, /, number: str, out: Path, issued: str | None, as_json: bool, **asked: Any) -> None:
    """Writes the issued letter of a case, or a marked draft of the one that would be next."""
    with context.desk() as desk:
        warn_of(desk, out)
        case = desk.review.case(desk.review.find(number))
        letter = _letter(case, issued) if issued is not None else _last(case, asked)
        if letter:
            _check_unchanged(case, asked)
            desk.letters.save(letter, out)
            told: dict[str, Any] = {
                "path": str(out),
                "standing": "issued",
                "letter": letter,
                "missing": [],
                "obstacles": [],
                "findings": [],
            }
        else:
            told = _write_draft(desk, case, out, **asked)
    if as_json:
        write_json(told)
    else:
        echo(str(out))


def _check_unchanged(case: "Case", asked: dict[str, Any]) -> None:
    if asked["sources"]:
        raise UserError(
            "This letter has left and never changes: its sources are a paper of their own.",
            f"`ur-desk letter sources {case.number} --out FILE.pdf` writes them. Nothing was written.",
        )


def _last(case: "Case", asked: dict[str, Any]) -> "LetterId | None":
    """The last letter of a case of which no line waits for another, or its copy; None where a draft is asked for."""
    return None if asked["lines"] or asked["notice"] or case.lines_to_notice else _newest(case, asked["provider"])


def _newest(case: "Case", provider: bool) -> "LetterId | None":
    """The last letter that left, or its copy for the provider; None where none did."""
    if not case.letters:
        return None
    whole = case.letters_to_members[-1].id
    copies = case.copies_of(whole) if provider else ()
    return copies[-1].id if copies else whole


def _letter(case: "Case", name: str) -> "LetterId":
    """The letter of the case with that id."""
    for letter in case.letters:
        if letter.id == name.strip():
            return letter.id
    raise UserError(f"{case.number} has no letter '{name}'.", "Look at its letters with `case show`. Nothing was issued.")


def _write_draft(
    desk: "Desk", case: "Case", out: Path, lines: tuple[int, ...], names: tuple[str, ...], provider: bool, **told: Any
) -> dict[str, Any]:
    from ur_desk.desk.steps import finish
    from ur_desk.domain.letter import Audience

    how, tongue = manner_of(told), tongue_of(told.pop("language"), told.pop("texts"))
    audience = Audience.PROVIDER if provider else Audience.MEMBER
    writing = desk.letters.preview(
        case.id, lines or None, names=_names(names), how=how, audience=audience, notice=notice_of(**told), tongue=tongue
    )
    preview = finish(writing)
    desk.letters.save_draft(case.id, preview.pdf, out)
    _tell_gaps(preview)
    return {
        "path": str(out),
        "standing": "draft",
        "letter": None,
        "missing": [m.message for m in preview.missing],
        "obstacles": list(preview.obstacles),
        "findings": [{"rule": f.rule, "weight": f.weight.value, "message": f.message, "hint": f.hint} for f in preview.findings],
        "clock": _beside(desk, preview),
    }


def _beside(desk: "Desk", preview: "Preview") -> dict[str, Any] | None:
    """The clock as it stands and once a notice of more time left now, told on standard error too; None for another letter."""
    from ur_desk.cli.show import moment
    from ur_desk.records.clock_standing import read_data

    found = preview.what_if
    if found is None:
        return None
    for words, read in (("due now", found.now), ("due once this was sent now", found.then)):
        say(f"{words}: {moment(read.due_at, desk.zone) if read.due_at else read.words}")
    return {"now": read_data(found.now), "then": read_data(found.then)}


@letter.command()
@click.argument("number")
@out_option
@click.option("--provider-out", type=click.Path(path_type=Path, dir_okay=False), help="Where the provider's copy is written, too.")
@lines_option
@name_option
@made_so
@told_beside
@click.option("--supersedes", help="The issued letter, by its id, that this one corrects.")
@click.option("--reason", default="", help="With --supersedes: why it is corrected.")
@json_option
@pass_context
def issue(
    context: Context, /, number: str, out: Path, provider_out: Path | None, supersedes: str | None, as_json: bool, **asked: Any
) -> None:
    """Issues the letter of a case and its copy for the provider, and writes them; neither ever changes."""
    from ur_desk.desk.exports import check_place

    for place in filter(None, (out, provider_out)):
        check_place(place)
    with context.desk() as desk:
        warn_of(desk, out)
        case = desk.review.case(desk.review.find(number))
        old = _letter(case, supersedes) if supersedes is not None else None
        done = _issued(desk, case, old, **asked)
        issued = done.letters_to_members[-1]
        copy = done.copies_of(issued.id)[-1]
        _hand_over(desk, issued.id, done.number, out)
        if provider_out is not None:
            _hand_over(desk, copy.id, done.number, provider_out)
    if as_json:
        write_json(
            {
                "path": str(out),
                "standing": "issued",
                "letter": issued.id,
                "copy": copy.id,
                "kind": issued.kind,
                "lines": list(issued.lines),
                "sha256": issued.pdf,
            }
        )
    else:
        echo(str(out))


def _issued(
    desk: "Desk",
    case: "Case",
    old: "LetterId | None",
    reason: str,
    lines: tuple[int, ...],
    names: tuple[str, ...],
    **told: Any,
) -> "Case":
    from ur_desk.desk.steps import finish

    how, tongue = manner_of(told), tongue_of(told.pop("language"), told.pop("texts"))
    issuing = desk.letters.issue(
        case.id,
        case.revision,
        lines or None,
        names=_names(names),
        how=how,
        supersedes=old,
        reason=reason,
        notice=notice_of(**told),
        tongue=tongue,
    )
    return finish(issuing).value


@letter.command()
@click.argument("number")
@out_option
@click.option("--letter", "issued", help="Which letter of the case, by its id; the last one if left out.")
@provider_option
@json_option
@pass_context
def sources(context: Context, number: str, out: Path, issued: str | None, provider: bool, as_json: bool) -> None:
    """Writes where each sentence of an issued letter comes from, as a paper of its own; the letter stays as it left."""
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        warn_of(desk, out)
        case = desk.review.case(desk.review.find(number))
        found = _letter(case, issued) if issued is not None else _newest(case, provider)
        if found is None:
            raise UserError(
                f"{case.number} has no issued letter.", "`letter write --sources` writes a draft with them. Nothing was written."
            )
        desk.letters.save_sources(found, case.id, finish(desk.letters.sources(found, case.id)), out)
    if as_json:
        write_json({"path": str(out), "letter": found})
    else:
        echo(str(out))


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
        unchanged = told.letter is not None
        write_json({"standing": told.standing, "unchanged": unchanged, "letter": told.letter, "case": told.case, "why": told.why})
    else:
        words = {"issued": "issued here, unchanged", "superseded": f"issued here, unchanged, but superseded: {told.why}"}
        echo(words.get(told.standing.value, "unknown: not issued by this workspace, or changed since"))


def _hand_over(desk: "Desk", letter: "LetterId", number: str, out: Path) -> None:
    try:
        desk.letters.save(letter, out)
    except UserError as wrong:
        raise UserError(
            f"The letter IS issued, but its file was not written. {wrong.message}",
            f"`ur-desk letter write {number} --letter {letter} --out FILE.pdf` gives the same letter again.",
        ) from wrong


def _names(typed: tuple[str, ...]) -> dict[int, str]:
    told = {}
    for name in typed:
        line, _, words = name.partition("=")
        if not _NUMBER.fullmatch(line.strip()) or not words.strip():
            raise UserError(f"'{name}' names no service.", "Write it as 1=X-ray film of the spine. Nothing was issued.")
        told[int(line)] = words.strip()
    return told


def _tell_gaps(preview: "Preview") -> None:

    for gap in preview.missing:
        say(f"missing: {gap.message} ({gap.rule})")
    for obstacle in preview.obstacles:
        say(f"may not be issued: {obstacle}")
    for found in preview.findings:
        weight = "may not be issued" if found.weight.value == "stops" else "look at"
        say(f"{weight}: {found.message} {found.hint} ({found.source})")


letter.add_command(batch)

COMMANDS = (letter,)
