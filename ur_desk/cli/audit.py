"""`ur-desk audit`: the trail, checked, exported, and told as a timeline."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context, write_json
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.audit import Head


@click.group()
def audit() -> None:
    """Checks and tells the trail."""


@audit.command()
@json_option
@pass_context
def verify(context: Context, as_json: bool) -> None:
    """Checks both chains, every body, every kept file and every row; exit 1 where something does not hold."""
    with context.desk() as desk:
        found = desk.supervision.check_trail()
    if as_json:
        write_json(
            {
                "holds": found.holds,
                "events": found.events,
                "head": found.head,
                "purged": found.purged,
                "breaks": [asdict(b) for b in found.breaks],
            }
        )
    else:
        click.echo(
            f"{found.events} events, head {found.head[:16]}: " + ("the trail holds." if found.holds else f"{len(found.breaks)} breaks.")
        )
        for item in found.breaks:
            click.echo(f"  event {item.number or '-'} ({item.event}): {item.message}")
    if not found.holds:
        raise UserError("The trail does not hold.", "Keep the workspace as it is, and tell your administrator.")


def _head_data(head: "Head", seal: str) -> dict[str, Any]:
    return {**asdict(head), "at": head.at.isoformat(), "seal": seal}


@audit.command()
@json_option
@pass_context
def export(context: Context, as_json: bool) -> None:
    """Exports every event's head: ids, times, hashes; no patient data."""
    with context.desk() as desk:
        heads = [_head_data(head, seal) for head, seal in desk.supervision.heads()]
    if as_json:
        write_json(heads)
        return
    for head in heads:
        click.echo(f"{head['number']:>6}  {head['at']}  {head['verb']:<20} {head['seal']}")


@audit.command()
@click.argument("number")
@json_option
@pass_context
def timeline(context: Context, number: str, as_json: bool) -> None:
    """Tells a case's steps in order."""
    from ur_desk.domain.telling import tell
    from ur_desk.records.events import plain

    with context.desk() as desk:
        steps = desk.supervision.timeline(desk.review.find(number))
        zone = desk.zone
    if as_json:
        write_json(
            [{**_head_data(s.head, s.head.seal), "who": s.person.name if s.person else None, "event": plain(s.event.body)} for s in steps]
        )
        return
    for step in steps:
        who = step.person.signature if step.person else step.event.by
        click.echo(f"{step.head.at.astimezone(zone):%m/%d/%Y %H:%M:%S %Z}  {who}: {tell(step.event.body)}")


COMMANDS = (audit,)
