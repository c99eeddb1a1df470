"""`ur-desk case`: the worklist and one case."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, day, instant, json_option, pass_context, say, table, write_json
from ur_desk.cli.reasons import granted
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case

lines_option = click.option("--line", "lines", multiple=True, type=int, help="A service line; all open ones if left out.")


@click.group()
def case() -> None:
    """Works the list of cases and one case."""


@case.command("list")
@click.option("--text", default="", help="Member, number or code.")
@click.option("--workflow", "workflows", multiple=True)
@click.option("--outcome", "outcomes", multiple=True)
@click.option("--code", default="")
@click.option("--reviewer", help="Who acted last on it, by account name.")
@click.option("--received-from")
@click.option("--received-to")
@click.option("--decided-from")
@click.option("--decided-to")
@click.option("--limit", type=click.IntRange(1, 10_000), default=200, show_default=True)
@json_option
@pass_context
def list_(context: Context, /, limit: int, as_json: bool, **asked: Any) -> None:
    """Lists cases, what is due soonest first."""
    from ur_desk.records.case import row_data

    with context.desk() as desk:
        page = desk.supervision.cases(_filter(desk, **asked), size=limit)
    if as_json:
        write_json([row_data(r) for r in page.rows])
        return
    rows = [
        (
            r.number,
            f"{r.due_at:%m/%d/%Y %H:%M}" if r.due_at else "no due date",
            r.workflow.value,
            r.determination.value if r.determination else "",
            " ".join(r.codes),
            r.member,
        )
        for r in page.rows
    ]
    click.echo(table(rows, ("case", "due", "workflow", "determination", "services", "member")))
    if page.total > len(page.rows):
        say(f"{page.total - len(page.rows)} more; name a larger --limit.")


def _filter(
    desk: "Desk", text: str, workflows: tuple[str, ...], outcomes: tuple[str, ...], code: str, reviewer: str | None, **days: str | None
) -> Any:
    from ur_desk.domain.determination import Determination, Workflow
    from ur_desk.domain.listing import CaseFilter

    try:
        workflow = frozenset(Workflow(w) for w in workflows)
        outcome = frozenset(Determination(o) for o in outcomes)
    except ValueError as wrong:
        raise UserError(f"{wrong}.", f"Workflows: {', '.join(Workflow)}. Outcomes: {', '.join(Determination)}.") from None
    who = desk.accounts.named(reviewer).id if reviewer else None
    told: dict[str, Any] = {name: day(value) for name, value in days.items()}
    return CaseFilter(text=text, workflow=workflow, outcome=outcome, code=code, reviewer=who, **told)


@case.command()
@click.argument("number")
@json_option
@pass_context
def show(context: Context, number: str, as_json: bool) -> None:
    """Shows a case as it is now."""
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
    if as_json:
        write_json(case_data(found))
        return
    due = found.clock.words if found.clock else ""
    click.echo(f"{found.number}  {found.workflow.value}  {found.determination.value if found.determination else 'no determination yet'}")
    click.echo(f"{found.request.member.listed_name}  {found.request.member.member_id or ''}")
    click.echo(f"Due: {found.clock.due_at:%m/%d/%Y %H:%M %Z} ({due})" if found.clock and found.clock.due_at else f"Due: {due}")
    rows = [
        (str(s.line), s.service.code or "", s.workflow.value, s.determination.value if s.determination else "", s.service.description or "")
        for s in found.lines
    ]
    click.echo(table(rows, ("line", "code", "workflow", "determination", "words")))


def open_lines(found: "Case", lines: tuple[int, ...]) -> tuple[int, ...]:
    """The lines that were named, else all that nobody has decided."""
    return lines or tuple(s.line for s in found.lines if s.decision is None)


def act(context: Context, number: str, as_json: bool, use: "Callable[[Desk, Case], Done[Case]]") -> None:
    """Uses a verb on a case and tells how the case stands after it."""
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
        done = use(desk, found).value
    if as_json:
        write_json(case_data(done))
    else:
        click.echo(f"{done.number}: " + ", ".join(f"line {s.line} {(s.determination or s.workflow).value}" for s in done.lines))


@case.command()
@click.argument("number")
@lines_option
@click.option("--what", required=True, help="What came: all, part, nothing useful.")
@click.option("--at", "at", help="When it came; now if left out.")
@json_option
@pass_context
def received(context: Context, number: str, lines: tuple[int, ...], what: str, at: str | None, as_json: bool) -> None:
    """Takes pended lines back into review."""
    from ur_desk.domain.determination import Workflow

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked = lines or tuple(s.line for s in found.lines if s.workflow is Workflow.PENDED)
        return desk.determinations.information_received(found.id, found.revision, picked, what, instant(at, desk))

    act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.option("--line", type=int, required=True)
@click.option("--code")
@click.option("--words", help="The service in the requester's new words.")
@click.option("--quantity", type=str)
@click.option("--from", "first")
@click.option("--to", "last")
@click.option("--place")
@click.option("--agreed-by", required=True)
@click.option("--how", required=True)
@click.option("--at", "at", help="When they agreed; now if left out.")
@json_option
@pass_context
def amend(context: Context, /, number: str, line: int, agreed_by: str, how: str, at: str | None, as_json: bool, **changed: Any) -> None:
    """Amends a line as agreed with the requester, and matches again."""
    from dataclasses import replace

    from ur_desk.desk.steps import finish
    from ur_desk.domain.codes import procedure_system

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        try:
            before = found.line(line).service
        except KeyError:
            raise UserError(f"The case has no line {line}.", "Nothing was saved.") from None
        told: dict[str, Any] = {
            "description": changed["words"],
            "first_day": day(changed["first"]),
            "last_day": day(changed["last"]),
            "place_of_service": changed["place"],
            "quantity": granted(f"quantity={changed['quantity']}").quantity if changed["quantity"] else None,
        }
        after = replace(before, **{k: v for k, v in told.items() if v is not None})
        if changed["code"]:
            code = changed["code"].strip().upper()
            after = replace(after, code=code, raw=changed["code"], system=procedure_system(code))
        return finish(
            desk.determinations.amend(found.id, found.revision, after, found.servicing_provider, agreed_by, instant(at, desk), how)
        )

    act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.argument("item", type=click.Choice(["eligible", "benefit", "network", "other_coverage", "authorization_needed"]))
@click.option("--answer", required=True)
@click.option("--where", required=True)
@click.option("--on", "on", required=True)
@json_option
@pass_context
def coverage(context: Context, number: str, item: str, answer: str, where: str, on: str, as_json: bool) -> None:
    """Records the answer to a coverage question."""
    from ur_desk.domain.events import CoverageItem

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        looked = day(on)
        assert looked is not None
        return desk.review.check_coverage(found.id, found.revision, CoverageItem(item), answer, where, looked)

    act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.option("--way", type=click.Choice(["call", "voicemail", "fax", "portal", "mail"]), required=True)
@click.option("--with", "with_whom", required=True)
@click.option("--to", "to", default="", help="The telephone or fax number.")
@click.option("--said", required=True)
@click.option("--at", "at", help="When; now if left out.")
@click.option("--not-reached", is_flag=True)
@json_option
@pass_context
def contact(
    context: Context, number: str, way: str, with_whom: str, to: str, said: str, at: str | None, not_reached: bool, as_json: bool
) -> None:
    """Logs a contact."""
    from ur_desk.domain.events import ContactLogged, ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        told = ContactLogged(ContactWay(way), with_whom, to, said, instant(at, desk), not not_reached)
        return desk.review.log_contact(found.id, told)

    act(context, number, as_json, use)


@case.command()
@click.argument("number")
@click.argument("text")
@json_option
@pass_context
def note(context: Context, number: str, text: str, as_json: bool) -> None:
    """Adds an internal note; it never reaches a letter."""
    act(context, number, as_json, lambda desk, found: desk.review.add_note(found.id, text))


@case.command()
@click.argument("number")
@json_option
@pass_context
def rematch(context: Context, number: str, as_json: bool) -> None:
    """Matches a case again with the library as it stands now."""
    from ur_desk.desk.steps import finish

    act(context, number, as_json, lambda desk, found: finish(desk.review.rematch(found.id, found.revision)))


@case.command()
@click.argument("number")
@json_option
@pass_context
def close(context: Context, number: str, as_json: bool) -> None:
    """Closes a case of which every line is noticed."""
    act(context, number, as_json, lambda desk, found: desk.determinations.close(found.id, found.revision))


@case.command()
@click.argument("number")
@json_option
@pass_context
def undo(context: Context, number: str, as_json: bool) -> None:
    """Takes back your own last step in a case, until notice is given of it."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        last = desk.determinations.last_step(found.id)
        return desk.determinations.undo(found.id, found.revision, last)

    act(context, number, as_json, use)


COMMANDS = (case,)
