"""`ur-desk match`: one request beside the library."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.intake import extracted
from ur_desk.cli.output import echo, say, write_json
from ur_desk.cli.show import side_by_side
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.review import Findings, OnDesk
    from ur_desk.domain.intake.mapping import Sender
    from ur_desk.domain.request import Request


@click.command()
@click.argument("file_or_case")
@click.option("--nth", type=click.IntRange(1), help="Which request of a file with several.")
@json_option
@pass_context
def match(context: Context, file_or_case: str, nth: int | None, as_json: bool) -> None:
    """Lays one request beside the library: what touches what, and why.

    A request file is matched with the library as it stands now, and nothing is kept. Of a case the findings are shown that were
    kept with it; `case rematch` matches it anew.
    """
    from ur_desk.desk.steps import finish
    from ur_desk.records.match import report_data

    path = Path(file_or_case)
    with context.desk() as desk:
        findings: Findings | OnDesk
        if path.is_file():
            request = _one(path, nth, desk.senders.known())
            findings = finish(desk.review.match(request))
        else:
            findings = desk.review.on_desk(_case(desk, file_or_case))
            request = findings.case.current_request
    if findings.report is None:
        raise UserError("The case was never matched with the library.", "Match it with `case rematch`.")
    if as_json:
        write_json(report_data(findings.report))
    else:
        echo(side_by_side(request, findings))


def _case(desk: "Desk", name: str) -> Any:
    try:
        return desk.review.find(name)
    except UserError:
        raise UserError("That is neither a file nor a case of this workspace.", "Check the path or the case number.") from None


def _one(path: Path, nth: int | None, senders: "Sequence[Sender]") -> "Request":
    """One request of a file; which one where there are several."""
    found = extracted(path, senders=senders)
    for problem in found.problems:
        say(f"{problem.severity.value}: {problem.where}: {problem.message}")
    if not found.requests:
        raise UserError(f"{path.name} holds no request that can be read.", "The problems above say why. Nothing was saved.")
    if nth is None and len(found.requests) > 1:
        raise UserError(f"{path.name} holds {len(found.requests)} requests.", "Say which with --nth. Nothing was saved.")
    if (nth or 1) > len(found.requests):
        raise UserError(f"{path.name} holds {len(found.requests)} requests only.", "Nothing was saved.")
    return found.requests[(nth or 1) - 1]


COMMANDS = (match,)
