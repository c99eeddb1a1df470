"""`ur-desk arrivals`: what came in and waits for a person; and what a case tells of the sender."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import Context, instant, json_option, pass_context
from ur_desk.cli.intake import CHOICES, Taken, Wanted, conclude, decide_all, deciding_options, label, likeness_words, tell
from ur_desk.cli.output import echo, say, table, typed, write_json
from ur_desk.cli.paper import NEXT, standing
from ur_desk.cli.show import moment
from ur_desk.domain.visible import without_ssn
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Run
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case


@click.group()
def arrivals() -> None:
    """Works what came in through files and waits for somebody to decide."""


@arrivals.command("list")
@json_option
@pass_context
def list_(context: Context, as_json: bool) -> None:
    """Lists the reports that are kept, the newest first."""
    with context.desk() as desk:
        rows, zone = desk.arrivals.runs(), desk.zone
    if as_json:
        write_json([_row_data(row) for row in rows])
        return
    told = [(row.id, moment(row.at, zone), row.by, str(row.files), str(row.requests), str(row.waiting)) for row in rows]
    echo(table(told, ("report", "read", "by", "files", "requests", "waiting")))


@arrivals.command()
@click.argument("report")
@json_option
@pass_context
def show(context: Context, report: str, as_json: bool) -> None:
    """Shows a report: each request, what became of it, and what it resembles; and each paper, and where it lies."""
    from ur_desk.records.request import problem_data

    with context.desk() as desk:
        run = desk.arrivals.report(report)
    if as_json:
        problems = [problem_data(p) for file in run.files for p in file.problems]
        requests = [_item_data(item, n) for n, item in enumerate(run.items, start=1)]
        write_json({"report": run.id, "requests": requests, "papers": [_paper_data(file) for file in _papers(run)], "problems": problems})
        return
    rows = [(str(n), label(item), item.request.member.listed_name, _standing(item)) for n, item in enumerate(run.items, start=1)]
    echo(table(rows, ("nth", "where", "member", "state")))
    if papers := _papers(run):
        told = [(str(n), typed(file.paper.name), str(file.paper.pages), standing(file)) for n, file in enumerate(papers, 1) if file.paper]
        echo(table(told, ("paper", "file", "pages", "state")))
    for file in run.files:
        for problem in file.problems:
            echo(f"{problem.severity.value}: {problem.where}: {without_ssn(problem.message)}")


@arrivals.command()
@click.argument("report")
@click.option("--nth", type=click.IntRange(1), help="Which request of the report.")
@click.option("--as", "choice", type=click.Choice(CHOICES), help="What it is; without it a case is opened for each that resembles none.")
@deciding_options
@json_option
@pass_context
def decide(context: Context, /, report: str, as_json: bool, **flags: Any) -> None:
    """Decides about what waits in a report, as `intake --save` does about files."""
    with context.desk() as desk:
        run = desk.arrivals.report(report)
        taken = Taken()
        decide_all(desk, run, Wanted(**flags), taken)
    tell(taken, as_json, saved=True)
    conclude(taken)


@arrivals.command()
@click.argument("report")
@click.option("--paper", "nth", type=click.IntRange(1), required=True, help="Which paper of the report, as `arrivals show` counts them.")
@click.option("--case", "case", help="Attach it to this case, as records, in place of keying it.")
@click.option("--aside", is_flag=True, help="It is not to be keyed: take it out of the report; nothing of it is kept here.")
@json_option
@pass_context
def key(context: Context, report: str, nth: int, case: str | None, aside: bool, as_json: bool) -> None:
    """Takes up paper that waits in a report: a draft of yours holds it, with what a form in it proposes."""
    from ur_desk.desk.steps import finish

    if case and aside:
        raise click.UsageError("--case and --aside do not go together.")
    with context.desk() as desk:
        papers = _papers(desk.arrivals.report(report))
        if nth > len(papers):
            raise UserError(f"That report has {len(papers)} papers.", "Look at `arrivals show`. Nothing was changed.")
        file = papers[nth - 1]
        if aside:
            desk.paper.set_aside(file)
            told = {"aside": file.path.name}
        elif case:
            told = {"case": desk.paper.attach(file, desk.review.find(case)).value.number}
        else:
            told = {"draft": finish(desk.paper.draft(file)).value}
            say(NEXT)
    if as_json:
        write_json(told)
    else:
        echo(" ".join(next(iter(told.items()))))


@arrivals.command()
@click.argument("report")
@click.option("--waiting-too", is_flag=True, help="Also where requests or paper still wait in it; nothing of these is kept then.")
@pass_context
def forget(context: Context, report: str, waiting_too: bool) -> None:
    """Puts a report away; what was saved of it stays saved."""
    with context.desk() as desk:
        run = desk.arrivals.report(report)
        waiting = len(run.waiting) + len(run.to_key)
        if waiting and not waiting_too:
            raise UserError(
                f"{waiting} request{'' if waiting == 1 else 's'} of that report still wait{'s' if waiting == 1 else ''}, paper among them."
                if run.to_key
                else f"{waiting} request{'' if waiting == 1 else 's'} of that report still wait{'s' if waiting == 1 else ''}.",
                "Decide about them, or say --waiting-too. Nothing was changed.",
            )
        desk.arrivals.forget(report)


@click.command("take-back")
@click.argument("number")
@json_option
@pass_context
def take_back(context: Context, number: str, as_json: bool) -> None:
    """Takes back that a case was opened by mistake, while nothing else was done in it; its request waits again."""
    act(context, number, as_json, lambda desk, found: desk.choosing.take_back(found.id))


@click.command("tell-sender")
@click.argument("number")
@click.option("--way", type=click.Choice(["call", "voicemail", "fax", "portal", "mail"]), required=True)
@click.option("--with", "with_whom", required=True, help="Who was told.")
@click.option("--said", required=True, help="What was said.")
@click.option("--at", help="When; now if left out.")
@json_option
@pass_context
def tell_sender(context: Context, number: str, way: str, with_whom: str, said: str, at: str | None, as_json: bool) -> None:
    """Records that the sender heard that what they sent is not worked here; the case is closed with that."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        from ur_desk.domain.events import ContactWay

        return desk.choosing.tell_sender(found.id, found.revision, ContactWay(way), with_whom, said, instant(at, desk))

    act(context, number, as_json, use)


def _row_data(row: Any) -> dict[str, Any]:
    return {"report": row.id, "at": row.at, "by": row.by, "files": row.files, "requests": row.requests, "waiting": row.waiting}


def _item_data(item: "Item", nth: int) -> dict[str, Any]:
    from ur_desk.records.request import request_data

    return {
        "nth": nth,
        "file": item.path.name,
        "place": item.place,
        "waits": item.waits,
        "asks": item.asks,
        "became": _named(item.became),
        "resembles": [{"how": each.likeness.value, "case": _named(each)} for each in item.resembles],
        "request": request_data(item.request),
    }


def _papers(run: "Run") -> "list[Brought]":
    """The papers of a report, in order."""
    return [file for file in run.files if file.paper]


def _paper_data(file: "Brought") -> dict[str, Any]:
    laid = file.laid
    told = {"file": file.path.name, "pages": file.paper.pages if file.paper else 0, "waits": file.to_key, "unsure": file.unsure}
    return told | {"case": laid.case.number if laid and laid.case else None, "draft": (laid.draft or None) if laid else None}


def _named(found: Any) -> str | None:
    return found.case.number if found and found.case else None


def _standing(item: "Item") -> str:
    if item.became:
        return _named(item.became) or "in a case that is open to named people only"
    like = item.resembles[0] if item.resembles else None
    if like:
        return f"{likeness_words(like)} {_named(like) or 'a case that is open to named people only'}"
    return "no case known" if item.lost else "waits"


COMMANDS = (arrivals,)
CASE_COMMANDS = (take_back, tell_sender)
