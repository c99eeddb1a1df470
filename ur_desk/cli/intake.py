"""`ur-desk intake` and `ur-desk match`: request files in, findings out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context, read_file
from ur_desk.cli.output import echo, say, write_json
from ur_desk.cli.show import side_by_side
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.review import Findings, OnDesk
    from ur_desk.domain.findings import Extracted
    from ur_desk.domain.mapping import Mapping, Sender
    from ur_desk.domain.request import Request


def _extract(path: Path, how: "Mapping | None" = None, senders: "Sequence[Sender]" = ()) -> "tuple[bytes, Extracted]":
    from ur_desk.desk.clock import SystemClock
    from ur_desk.desk.tables import Tables
    from ur_desk.importers import extract

    data = read_file(path)
    return data, extract(data, path.name, Tables().codeset, SystemClock().now(), how, senders)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--save", is_flag=True, help="Open a case for each good request.")
@click.option("--sender", help="Read tables and JSON as this sender's files are read; see `sender list`.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Read them as this file says, which --columns made.")
@click.option("--columns", is_flag=True, help="Print what the columns of a file seem to mean, as a mapping to mend and to give back.")
@json_option
@pass_context
def intake(
    context: Context, files: tuple[Path, ...], save: bool, sender: str | None, mapping: Path | None, columns: bool, as_json: bool
) -> None:
    """Reads request files and prints requests and problems; saves nothing without --save."""
    if sender and mapping:
        raise click.UsageError("--sender and --mapping both say how columns are read; give one of them.")
    if columns:
        _print_columns(files)
        return
    how = _mapping(mapping) if mapping else None
    if not (save or sender):
        _tell([_extract(path, how) for path in files], as_json)
        return
    with context.desk() as desk:
        how = desk.senders.one(sender).mapping if sender else how
        read = [_extract(path, how, desk.senders.known()) for path in files]
        opened = None
        if save:
            for path, (data, _) in zip(files, read, strict=True):
                desk.exports.came_in("request file", path, data)
            opened = _save(desk, read)
    _tell(read, as_json, opened)


def _mapping(path: Path) -> "Mapping":
    from ur_desk.records.mapping import mapping_from

    return mapping_from(read_file(path), path.name)


def _print_columns(files: tuple[Path, ...]) -> None:
    from ur_desk.importers import look
    from ur_desk.records.mapping import guess_data

    if len(files) > 1:
        raise click.UsageError("--columns looks at one file.")
    seen = look(read_file(files[0]), files[0].name)
    write_json(guess_data(seen.guess))
    say(f"Read as {seen.table.told}; {len(seen.table.headers)} columns. {seen.guess.refused}".rstrip())


def _tell(read: "list[tuple[bytes, Extracted]]", as_json: bool, opened: tuple[list[str], list[str]] | None = None) -> None:
    """Prints what was read, and the cases that were opened; UserError where nothing was, or not all."""
    from ur_desk.domain.policy import Severity
    from ur_desk.records.request import problem_data, request_data

    requests = [request for _, extracted in read for request in extracted.requests]
    problems = [problem for _, extracted in read for problem in extracted.problems]
    told: dict[str, Any] = {"requests": [request_data(r) for r in requests], "problems": [problem_data(p) for p in problems]}
    numbers, refused = opened or ([], [])
    if opened is not None:
        told["cases"] = numbers
    for problem in problems:
        say(f"{problem.severity.value}: {problem.where}: {problem.message}")
    for reason in refused:
        say(reason)
    if as_json or opened is None:
        write_json(told)
    else:
        for number in numbers:
            echo(number)
    if not requests and any(problem.severity is Severity.ERROR for problem in problems):
        raise UserError("No request could be read.", "The problems above say why. Nothing was saved.")
    if refused:
        _tell_refused(len(refused), len(requests))


def _tell_refused(refused: int, read: int) -> None:
    if refused < read:
        raise UserError(f"{refused} of {read} requests opened no case.", "The others were saved.")
    which = "The request" if read == 1 else f"None of the {read} requests"
    raise UserError(f"{which} opened {'no' if read == 1 else 'a'} case.", "What stands above says why. Nothing was saved.")


def _save(desk: "Desk", read: "list[tuple[bytes, Extracted]]") -> tuple[list[str], list[str]]:
    from ur_desk.desk.steps import finish

    numbers: list[str] = []
    refused: list[str] = []
    for data, extracted in read:
        for request in extracted.requests:
            try:
                numbers.append(finish(desk.intake.open(request, data)).value.number)
            except UserError as wrong:
                refused.append(str(wrong))
    return numbers, refused


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
            request = _one(path, nth)
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


def _one(path: Path, nth: int | None) -> "Request":
    """One request of a file; which one where there are several."""
    _, extracted = _extract(path)
    for problem in extracted.problems:
        say(f"{problem.severity.value}: {problem.where}: {problem.message}")
    if not extracted.requests:
        raise UserError(f"{path.name} holds no request that can be read.", "The problems above say why. Nothing was saved.")
    if nth is None and len(extracted.requests) > 1:
        raise UserError(f"{path.name} holds {len(extracted.requests)} requests.", "Say which with --nth. Nothing was saved.")
    if (nth or 1) > len(extracted.requests):
        raise UserError(f"{path.name} holds {len(extracted.requests)} requests only.", "Nothing was saved.")
    return extracted.requests[(nth or 1) - 1]


COMMANDS = (intake, match)
