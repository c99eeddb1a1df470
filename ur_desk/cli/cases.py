"""`ur-desk case`: the worklist and one case."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ur_desk.cli.amendment import amended, provider_of
from ur_desk.cli.common import Context, day, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, say, table, write_json
from ur_desk.cli.show import case_text, moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from enum import StrEnum

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.listing import CaseFilter, CaseRow

E = TypeVar("E", bound="StrEnum")
PAGE = 500

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
@click.option("--to-enter", is_flag=True, help="Cases with an approved line that nobody has entered in a claims system.")
@click.option("--came-in", is_flag=True, help="Cases in which something waits to be read, a sender to be told, or a receipt to be said.")
@click.option("--to-chase", help="Cases in which somebody asks again for information, or must be answered, by that day.")
@click.option("--limit", type=click.IntRange(1), help="No more than so many; all if left out.")
@json_option
@pass_context
def list_(context: Context, /, limit: int | None, as_json: bool, **asked: Any) -> None:
    """Lists cases, what is due soonest first; instants are told on the clocks of the workspace's zone."""
    from ur_desk.domain.guard.access import Listed, Where
    from ur_desk.records.case import row_data

    with context.desk() as desk:
        zone = desk.zone
        found, total = _listed(desk, _filter(desk, **asked), limit)
        desk.looks.note(Listed(Where.CASES, len(found)))
    if as_json:
        write_json([row_data(r, zone) for r in found])
        return
    rows = [
        (
            r.number,
            moment(r.due_at, zone) if r.due_at else "no due date",
            r.workflow.value,
            r.determination.value if r.determination else "",
            " ".join(r.codes),
            _member(r),
        )
        for r in found
    ]
    echo(table(rows, ("case", "due", "workflow", "determination", "services", "member")))
    if total > len(found):
        say(f"{total - len(found)} more; name a larger --limit, or none.")


def _member(row: "CaseRow") -> str:
    """The member as far as the row tells: name, initials, or that the case is restricted."""
    from ur_desk.domain.listing import Shown

    if row.shown is Shown.NUMBER:
        return "(restricted)"
    return f"{row.member or row.member_initials}{' (restricted)' if row.restricted else ''}"


def _listed(desk: "Desk", asked: "CaseFilter", limit: int | None) -> "tuple[list[CaseRow], int]":
    """The rows that are asked for, page by page, and how many there are without the limit."""
    rows: list[CaseRow] = []
    after: tuple[str, ...] | None = None
    while True:
        page = desk.supervision.cases(asked, after, PAGE if limit is None else min(PAGE, limit - len(rows)))
        rows += page.rows
        after = page.next_key
        if after is None or len(rows) == limit:
            return rows, page.total


def _filter(
    desk: "Desk",
    text: str,
    workflows: tuple[str, ...],
    outcomes: tuple[str, ...],
    code: str,
    reviewer: str | None,
    came_in: bool,
    to_chase: str | None,
    to_enter: bool,
    **days: str | None,
) -> "CaseFilter":
    from ur_desk.domain.determination import Determination, Workflow
    from ur_desk.domain.listing import CaseFilter

    workflow = frozenset(_one_of(Workflow, w, "workflow") for w in workflows)
    outcome = frozenset(_one_of(Determination, o, "outcome") for o in outcomes)
    who = desk.accounts.named(reviewer).id if reviewer else None
    told: dict[str, Any] = {name: maybe_day(value) for name, value in days.items()}
    return CaseFilter(
        text=text, workflow=workflow, outcome=outcome, code=code, reviewer=who, news=came_in, to_enter=to_enter,
        to_chase=maybe_day(to_chase), **told,
    )  # fmt: skip


def _one_of(known: "type[E]", name: str, what: str) -> "E":
    try:
        return known(name.strip().lower().replace("-", "_"))
    except ValueError:
        raise UserError(f"There is no {what} '{name}'.", f"Each {what} is one of: {', '.join(known)}.") from None


@case.command()
@click.argument("number")
@json_option
@pass_context
def show(context: Context, number: str, as_json: bool) -> None:
    """Shows a case as it is now; its findings are shown by `match`."""
    from ur_desk.domain.guard.access import CaseViewed
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        zone, people = desk.zone, desk.accounts.all()
        found = desk.review.case(desk.review.find(number))
        desk.looks.note(CaseViewed(), found.id)
    if as_json:
        write_json(case_data(found, people))
    else:
        echo(case_text(found, zone, {account.id: account for account in people}))


def open_lines(found: "Case", lines: tuple[int, ...]) -> tuple[int, ...]:
    """The lines that were named, else all that nobody has decided."""
    return lines or tuple(s.line for s in found.lines if s.decision is None)


def act(context: Context, number: str, as_json: bool, use: "Callable[[Desk, Case], Done[Case]]") -> None:
    """Uses a verb on a case and tells how the case stands after it."""
    from ur_desk.records.case import case_data

    with context.desk() as desk:
        found = desk.review.case(desk.review.find(number))
        done, people = use(desk, found).value, desk.accounts.all()
    if as_json:
        write_json(case_data(done, people))
    else:
        echo(f"{done.number}: " + ", ".join(f"line {s.line} {(s.determination or s.workflow).value}" for s in done.lines))


@case.command()
@click.argument("number")
@click.option("--line", type=int, required=True)
@click.option("--code", help="Another code; a range ends where --code-to is not named too.")
@click.option("--code-to", help="The last code of a range.")
@click.option("--modifiers", help="All modifiers, such as '26 LT'; '' takes them away.")
@click.option("--words", help="The service in the requester's new words.")
@click.option("--quantity")
@click.option("--unit")
@click.option("--from", "first_day")
@click.option("--to", "last_day")
@click.option("--place", "place_of_service")
@click.option("--provider", help="Another servicing provider, by name.")
@click.option("--npi", help="The servicing provider's NPI.")
@click.option("--agreed-by", required=True)
@click.option("--how", required=True)
@click.option("--at", "at", help="When they agreed; now if left out.")
@json_option
@pass_context
def amend(context: Context, /, number: str, line: int, agreed_by: str, how: str, at: str | None, as_json: bool, **changed: Any) -> None:
    """Amends a line as agreed with the requester, and matches again."""
    from ur_desk.desk.steps import finish

    provider, npi = changed.pop("provider"), changed.pop("npi")

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        try:
            before = found.line(line).service
        except KeyError:
            raise UserError(f"The case has no line {line}.", "Nothing was saved.") from None
        after, whom = amended(before, changed), provider_of(found.servicing_provider, provider, npi)
        when = instant(at, desk)
        return finish(desk.determinations.amend(found.id, found.revision, after, whom, agreed_by, when, how))

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

    looked = day(on)

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
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
@click.option("--call-back", help="When somebody is to call back.")
@click.option("--for-line", type=int, help="The contact is an attempt to get the information for which this line waits.")
@json_option
@pass_context
def contact(
    context: Context, /, number: str, way: str, at: str | None, call_back: str | None, for_line: int | None, as_json: bool, **said: Any
) -> None:
    """Logs a contact."""
    from ur_desk.cli.asking import ask_of
    from ur_desk.domain.events import ContactLogged, ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        back = instant(call_back, desk) if call_back is not None else None
        reached = not said["not_reached"]
        ask = ask_of(found, for_line).ask if for_line is not None else None
        told = ContactLogged(ContactWay(way), said["with_whom"], said["to"], said["said"], instant(at, desk), reached, back, ask)
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
