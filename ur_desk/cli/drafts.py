"""`ur-desk policy draft`, `correct`, `undo`, `discard`, `undiscard` and `received`: what was understood of a document, mended before somebody confirms it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, say, typed, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.readings import Compared, Draft
    from ur_desk.domain.library.correction import Correction
    from ur_desk.domain.library.criteria import Criterion
    from ur_desk.domain.policy import Policy


# the words of enumerations, written out: the help of all commands loads none of the domain
WHATS = (
    "section", "section-join", "statement", "statement-split", "statement-join", "statement-drop", "criterion", "criterion-add",
    "criterion-split", "criterion-join", "criterion-drop", "code", "code-drop", "title", "number", "history", "history-drop",
)  # fmt: skip
OPS = ("all", "any", "at_least", "none", "unless", "unclear")
SYSTEMS = ("ICD-10-CM", "ICD-9-CM", "SNOMED-CT", "CPT", "HCPCS", "ICD-10-PCS", "NDC", "revenue", "X12-service-type", "other")
_version = click.option("--version", "version", help="The day from which the version is in force; the newest if left out.")
_text = click.option("--text", "text", help="The first letters (six at least) of the text's sha256, where a version has several texts.")


@click.command()
@click.argument("policy_id")
@_version
@_text
@json_option
@pass_context
def draft(context: Context, policy_id: str, version: str | None, text: str | None, as_json: bool) -> None:
    """Shows what was understood of a document: draft or confirmed, sections, positions, criteria, codes, and what was mended."""
    with context.desk() as desk:
        told = desk.readings.draft(policy_id, maybe_day(version), text)
    _tell(told, as_json)


@click.command()
@click.argument("policy_id")
@click.argument("what", type=click.Choice(WHATS))
@click.argument("line", type=int)
@click.option("--to", "last_line", type=int, help="The last line of a statement, a title or a row of the history.")
@click.option("--path", "path", help="A criterion's place in its tree, such as 2.1; 0 is the root.")
@click.option("--kind", "kind", help="The kind of a section, or the class of a position.")
@click.option("--heading/--no-heading", "heading", default=None, help="Whether the line is the section's printed heading.")
@click.option("--op", "op", type=click.Choice(OPS), help="What a criterion asks of its items.")
@click.option("--n", "n", type=int, help="How many, with --op at_least.")
@click.option("--at", "at", type=int, help="The character of its words at which a criterion is split.")
@click.option("--item", "at_line", type=int, help="The line that is one more criterion.")
@click.option("--system", "system", type=click.Choice(SYSTEMS), help="The system of a code.")
@click.option("--low", help="The code, or the low end of a range.")
@click.option("--high", help="The high end of a range.")
@click.option("--when", "condition", help="The condition under which a code is listed.")
@click.option("--was", help="The code entry that is meant, as the line prints it.")
@click.option("--all-indications/--some-indications", "all_indications", default=None, help="Whether a position holds for all indications.")
@click.option("--term", "terms", multiple=True, help="A service that a position is about; may come several times.")
@click.option("--no-terms", is_flag=True, help="A position names no service.")
@click.option("--words", help="The title or number as the line prints it; what was done in a row of the history.")
@click.option("--status", help="The status in a row of the history.")
@click.option("--day", "on", help="The day in a row of the history.")
@click.option("--organization", help="Whose document a row of the history tells of, where it stood before this one.")
@click.option("--document", help="The document that stood before this one.")
@_version
@_text
@json_option
@pass_context
def correct(context: Context, /, policy_id: str, version: str | None, text: str | None, as_json: bool, **told: Any) -> None:
    """Mends one thing in the reading of a draft; the text stays the payer's."""
    wanted = _correction(told)
    with context.desk() as desk:
        before = desk.readings.draft(policy_id, maybe_day(version), text)
        done = desk.readings.correct(policy_id, wanted, maybe_day(version), text).value
    _tell_change(before, done, as_json)


@click.command()
@click.argument("policy_id")
@_version
@_text
@json_option
@pass_context
def undo(context: Context, policy_id: str, version: str | None, text: str | None, as_json: bool) -> None:
    """Takes the last correction of a draft back."""
    with context.desk() as desk:
        before = desk.readings.draft(policy_id, maybe_day(version), text)
        done = desk.readings.take_back(policy_id, maybe_day(version), text).value
    _tell_change(before, done, as_json)


@click.command()
@click.argument("policy_id")
@_version
@_text
@json_option
@pass_context
def discard(context: Context, policy_id: str, version: str | None, text: str | None, as_json: bool) -> None:
    """Gives up the draft beside a confirmed reading; `undiscard` brings it back."""
    with context.desk() as desk:
        done = desk.readings.discard(policy_id, maybe_day(version), text).value
    _tell(done, as_json)


@click.command()
@click.argument("policy_id")
@_version
@_text
@json_option
@pass_context
def undiscard(context: Context, policy_id: str, version: str | None, text: str | None, as_json: bool) -> None:
    """Brings the draft back that was discarded last."""
    with context.desk() as desk:
        done = desk.readings.bring_back(policy_id, maybe_day(version), text).value
    _tell(done, as_json)


@click.command()
@click.argument("policy_id")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path), help="Where the file as received is written.")
@_version
@_text
@pass_context
def received(context: Context, policy_id: str, out: Path, version: str | None, text: str | None) -> None:
    """Writes the file as received, byte for byte."""
    with context.desk() as desk:
        if warning := desk.exports.place_warning(out):
            say(warning)
        echo(str(desk.readings.export(policy_id, out, maybe_day(version), text)))


def compare(context: Context, policy_id: str, version: str | None, text: str | None, as_json: bool) -> None:
    """Reads the file as received anew and says whether the text is still that of the file; UserError where it is not."""
    from ur_desk.desk.steps import finish

    with context.desk() as desk:
        told = finish(desk.readings.verify(policy_id, maybe_day(version), text))
    if as_json:
        write_json(_compared_data(told))
    else:
        for change in told.lines:
            for line in change.old:
                echo(f"- {line.number:>4}  {typed(line.text)}")
            for line in change.new:
                echo(f"+ {line.number:>4}  {typed(line.text)}")
        if told.same:
            echo(f"{typed(told.policy.id)}: the text is the file's, line by line. File {told.file}")
    if not told.same:
        by = "" if told.reader == told.reader_now else f" The text was read by {told.reader}; the file was read by {told.reader_now} now."
        raise UserError("The text that is shelved is not what the file as received says." + by, "Nothing was changed.")


def draft_data(told: "Draft") -> dict[str, Any]:
    """A draft as plain data: the policy, how it stands, and each correction with who made it and when."""
    from ur_desk.records.policy import correction_data, policy_data

    return {
        **policy_data(told.shelved),
        "reading": told.shelved.reading,
        "draft": told.waits,
        "beside_confirmed": told.beside,
        "discarded_draft": told.discarded,
        "loaded": {"by": told.loaded_by, "at": told.loaded_at.isoformat()},
        "why_not_confirmed_here": told.why_not or None,
        "corrections": [
            {**correction_data(each.correction), "by": each.by, "at": each.at.isoformat(), "before": each.before, "after": each.after}
            for each in told.mended
        ],
    }


def _compared_data(told: "Compared") -> dict[str, Any]:
    from ur_desk.records.policy import line_changes_data

    return {
        "id": told.policy.id,
        "file": told.file,
        "name": told.name,
        "text": told.policy.text.sha256,
        "same": told.same,
        "reader": told.reader,
        "reader_now": told.reader_now,
        "lines": line_changes_data(told.lines),
    }


def _correction(told: dict[str, Any]) -> "Correction":
    from ur_desk.domain.codes import System
    from ur_desk.domain.library.correction import Correction, What
    from ur_desk.domain.library.criteria import Op
    from ur_desk.domain.library.criterion_edit import place_from
    from ur_desk.domain.policy import Position, SectionKind

    what, kind = What(told.pop("what")), told.pop("kind")
    section, position = None, None
    if kind is not None:
        kinds: type[SectionKind] | type[Position] = SectionKind if what is What.SECTION else Position
        try:
            chosen = kinds(kind)
        except ValueError:
            raise UserError(
                f"{str(kind)[:40]} is no such kind.", f"One of: {', '.join(each.value for each in kinds)}. Nothing was changed."
            ) from None
        section, position = (chosen, None) if isinstance(chosen, SectionKind) else (None, chosen)
    path, op, system = told.pop("path"), told.pop("op"), told.pop("system")
    heading, terms, no_terms, on = told.pop("heading"), told.pop("terms"), told.pop("no_terms"), told.pop("on")
    return Correction(
        what,
        path=None if path is None else place_from(path),
        section=section,
        position=position,
        op=None if op is None else Op(op),
        system=None if system is None else System(system),
        terms=tuple(terms) or (() if no_terms else None),
        heading=bool(heading),
        bare=heading is False,
        day=maybe_day(on),
        **told,
    )


def _tell_change(before: "Draft", after: "Draft", as_json: bool) -> None:
    """Tells what of the reading is another now, and how the draft stands; not all of it again."""
    if as_json:
        write_json(draft_data(after))
        return
    echo(_head(after))
    was, now = (list(_understood(told.shelved.policy)) for told in (before, after))
    for mark, rows, others in (("-", was, now), ("+", now, was)):
        for row in rows:
            if row not in others:
                echo(f"{mark} {row}")


def _tell(told: "Draft", as_json: bool) -> None:
    if as_json:
        write_json(draft_data(told))
        return
    echo(_head(told))
    echo(f"reading    {told.shelved.reading}")
    for line in _understood(told.shelved.policy):
        echo(line)
    for number, each in enumerate(told.mended, 1):
        echo(f"corrected {number}: {each.correction.what.value}, line {each.correction.line}, by {typed(each.by)}, {each.at:%m/%d/%Y}")


def _head(told: "Draft") -> str:
    """The policy, how its reading stands, and by whom it was loaded and how often corrected."""
    policy = told.shelved.policy
    standing = "draft" if told.waits else "abstract" if policy.abstract else "confirmed"
    beside = " beside a confirmed reading" if told.beside else "; a discarded draft is kept" if told.discarded else ""
    count = "1 correction" if len(told.mended) == 1 else f"{len(told.mended)} corrections"
    return f"{typed(policy.id)}: {standing}{beside}, loaded by {typed(told.loaded_by)}; {count}. {told.why_not}".rstrip()


def _understood(policy: "Policy") -> Iterator[str]:
    yield typed(f"title      {policy.title}")
    for section in policy.sections:
        heading = f"  {section.heading}" if section.heading else ""
        yield typed(f"section    {section.first_line}-{section.last_line}  {section.kind.value}{heading}")
    for statement in policy.statements:
        whole = ", all indications" if statement.all_indications else ""
        whole += f": {', '.join(statement.terms)}" if statement.terms else ""
        yield typed(f"statement  {statement.first_line}-{statement.last_line}  {statement.position.value}{whole}")
        if statement.criteria is not None:
            yield from _tree(statement.criteria, ())
    for entry in policy.codes:
        condition = f" [{entry.condition}]" if entry.condition else ""
        doubt = " (suspect)" if entry.state.value == "suspect" else ""
        yield typed(f"code       {entry.line}  {entry.system.value} {entry.printed}{condition}{doubt}")
    for row in policy.history:
        parts = (row.status, row.day and f"{row.day:%m/%d/%Y}", row.action, row.organization, row.document)
        yield typed(f"history    {row.line}-{row.last_line or row.line}  {' · '.join(part for part in parts if part)}")
    for finding in policy.findings:
        yield typed(f"finding    {finding.line}  {finding.rule}: {finding.message}")


def _tree(node: "Criterion", path: tuple[int, ...]) -> Iterator[str]:
    from ur_desk.domain.library.criteria import Op
    from ur_desk.domain.library.criterion_edit import place_words

    asks = f"at least {node.n} of" if node.op == Op.AT_LEAST else str(node.op) if node.items else ""
    words = " ".join(node.text.split())[:90]
    yield typed(f"criterion  {node.first_line}-{node.last_line}  {place_words(path):<8} {'  ' * len(path)}{asks} {words}".rstrip())
    for place, item in enumerate(node.items):
        yield from _tree(item, (*path, place))
