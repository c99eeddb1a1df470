"""`ur-desk letter batch`: the letters of all cases that are decided and of which nobody has notice."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, line_of_business, maybe_day, pass_context, warn_of
from ur_desk.cli.output import echo, say, table, typed, write_json
from ur_desk.cli.progress import watched
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.batch import Batch, Waiting
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.listing import CaseFilter

KINDS = ("approval", "partial", "adverse")


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Issue the letters, and write each into this folder.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Letters of this kind only.")
@click.option("--business", "businesses", multiple=True, help="Cases of this line of business only.")
@click.option("--reviewer", help="Cases on which this account acted last.")
@click.option("--decided-from")
@click.option("--decided-to")
@json_option
@pass_context
def batch(context: Context, /, out: Path | None, kinds: tuple[str, ...], as_json: bool, **asked: Any) -> None:
    """Lists the cases that wait for a letter; with --out issues their letters, one after the other.

    A case whose letter may not leave yet stays, with the reason, and stops no other. Each letter is in large print where the member
    asked for that. Ctrl+C stops between two letters: what was issued stays issued and written.
    """
    from ur_desk.desk.batch import Batch
    from ur_desk.desk.steps import finish
    from ur_desk.domain.letter import LetterKind

    with context.desk() as desk:
        waiting = finish(desk.batches.waiting(_filter(desk, **asked), [LetterKind(kind) for kind in kinds]))
        if out is None:
            _list(waiting, as_json)
            return
        warn_of(desk, out / "letter.pdf")
        told = Batch(len(waiting))
        stopped = watched(desk.batches.issue(waiting, told, out), told.total, lambda: told.done, lambda: _far(told))
    _print(told, as_json)
    for each in told.stayed:
        say(f"{each.number} stays. {each.message} {each.hint}".rstrip())
    for left in told.issued:
        if left.unwritten:
            say(f"{left.number} IS issued, but its file was not written. {left.unwritten} `letter write` gives the same letter again.")
    if stopped:
        raise UserError(f"Stopped: {_far(told)}.", f"{told.left} cases were not reached and are as they were.")


def _filter(
    desk: "Desk", businesses: tuple[str, ...], reviewer: str | None, decided_from: str | None, decided_to: str | None
) -> "CaseFilter":
    from ur_desk.domain.listing import CaseFilter

    return CaseFilter(
        lines_of_business=frozenset(map(line_of_business, businesses)),
        reviewer=desk.accounts.named(reviewer).id if reviewer else None,
        decided_from=maybe_day(decided_from),
        decided_to=maybe_day(decided_to),
    )


def _list(waiting: "tuple[Waiting, ...]", as_json: bool) -> None:
    if as_json:
        write_json([{"case": each.row.number, "kind": each.kind.value, "lines": list(each.lines)} for each in waiting])
        return
    rows = [(each.row.number, each.kind.value, ", ".join(map(str, each.lines)), typed(each.row.due_words)) for each in waiting]
    echo(table(rows, ("case", "letter", "lines", "due")) if rows else "No case waits for a letter.")


def _print(told: "Batch", as_json: bool) -> None:
    if as_json:
        issued = [
            {"case": each.number, "letter": each.letter, "kind": each.kind, "path": str(each.path) if each.path else None}
            for each in told.issued
        ]
        stayed = [{"case": each.number, "message": each.message, "hint": each.hint} for each in told.stayed]
        write_json({"total": told.total, "issued": issued, "stayed": stayed})
        return
    for each in told.issued:
        if each.path:
            echo(str(each.path))
    echo(_far(told))


def _far(told: "Batch") -> str:
    return f"{told.done} of {told.total} cases: {len(told.issued)} letters issued, {len(told.stayed)} cases stay"
