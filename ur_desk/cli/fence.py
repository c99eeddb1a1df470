"""`ur-desk case restrict`, `unrestrict` and `break-glass`; `ur-desk audit alerts` and `acknowledge`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import cell, echo, table, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.fence import Alert, Marked
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.events import CaseId

reason_option = click.option("--reason", required=True, help="Why; a supervisor and an auditor read it.")


def _mark(context: Context, number: str, as_json: bool, said: str, use: "Callable[[Desk, CaseId], Done[Marked]]") -> None:
    """Uses a verb of the fence, and tells which case it was, no more."""
    with context.desk() as desk:
        marked = use(desk, desk.review.find(number)).value
    if as_json:
        write_json({"id": marked.id, "number": marked.number})
    else:
        echo(f"{marked.number}: {said}")


@click.command()
@click.argument("number")
@click.option("--kind", type=click.Choice(["employee", "relative", "sensitive"]), required=True)
@reason_option
@click.option("--open-to", "names", multiple=True, required=True, metavar="NAME", help="An account to which the case stays open.")
@json_option
@pass_context
def restrict(context: Context, number: str, kind: str, reason: str, names: tuple[str, ...], as_json: bool) -> None:
    """Opens a case to the named accounts only."""
    from ur_desk.domain.events import Restriction

    said = f"restricted, open to {', '.join(cell(name) for name in names)}."
    _mark(context, number, as_json, said, lambda desk, case: desk.fence.restrict(case, Restriction(kind), reason, names))


@click.command()
@click.argument("number")
@reason_option
@json_option
@pass_context
def unrestrict(context: Context, number: str, reason: str, as_json: bool) -> None:
    """Opens a restricted case again to everybody whose role reads cases."""
    _mark(context, number, as_json, "open again.", lambda desk, case: desk.fence.unrestrict(case, reason))


@click.command("break-glass")
@click.argument("number")
@reason_option
@json_option
@pass_context
def break_glass(context: Context, number: str, reason: str, as_json: bool) -> None:
    """Opens a restricted case to you for eight hours, in need; a supervisor is told of it."""
    said = "open to you for eight hours. A supervisor is told of it."
    _mark(context, number, as_json, said, lambda desk, case: desk.fence.break_glass(case, reason))


@click.command()
@json_option
@pass_context
def alerts(context: Context, as_json: bool) -> None:
    """Lists the broken glasses that no supervisor has looked into, oldest first."""
    with context.desk() as desk:
        zone, found = desk.zone, desk.fence.alerts()
    if as_json:
        write_json([_alert_data(alert) for alert in found])
        return
    rows = [(a.number, moment(a.glass.at, zone), moment(a.glass.until, zone), _who(a), typed(a.glass.reason)) for a in found]
    echo(table(rows, ("case", "broken", "open until", "by", "why")) if rows else "No alert waits.")


def _alert_data(alert: "Alert") -> dict[str, Any]:
    glass = alert.glass
    told = {"case": alert.number, "event": glass.event, "by": _who(alert), "reason": glass.reason}
    return {**told, "at": glass.at.isoformat(), "until": glass.until.isoformat()}


def _who(alert: "Alert") -> str:
    return alert.person.name if alert.person else alert.glass.by


@click.command()
@click.argument("number")
@click.option("--event", help="Which alert of the case, by its id; needed only where there are several.")
@json_option
@pass_context
def acknowledge(context: Context, number: str, event: str | None, as_json: bool) -> None:
    """Notes that you looked into a broken glass; never whoever broke it."""

    def use(desk: "Desk", case: "CaseId") -> "Done[Marked]":
        waiting = [a.glass.event for a in desk.fence.alerts() if a.case == case and event in (None, a.glass.event)]
        if len(waiting) != 1:
            told = "has several alerts" if waiting else "has no such alert"
            raise UserError(f"{number} {told}.", "`ur-desk audit alerts --json` lists them with their ids. Nothing was changed.")
        return desk.fence.acknowledge(case, waiting[0])

    _mark(context, number, as_json, "looked into.", use)


CASE_COMMANDS = (restrict, unrestrict, break_glass)
AUDIT_COMMANDS = (alerts, acknowledge)
