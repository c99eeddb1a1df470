"""`ur-desk audit`: the trail, checked, exported, and told as a timeline."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import Context, json_option, pass_context
from ur_desk.cli.output import echo, say, typed, write_json
from ur_desk.cli.outside import open_bundle, verifier, write_bundle, write_trail
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from ur_desk.desk.supervision import Told
    from ur_desk.domain.events import EventId
    from ur_desk.domain.sentences import Names


@click.group()
def audit() -> None:
    """Checks and tells the trail."""


@audit.command()
@click.option("--checkpoint", "codes", multiple=True, metavar="CODE", help="A code that left earlier, such as one printed on a letter.")
@json_option
@pass_context
def verify(context: Context, codes: tuple[str, ...], as_json: bool) -> None:
    """Checks both chains, every body, every kept file and every row; exit 1 where something does not hold."""
    from ur_desk.domain.trail.checkpoint import read

    told = [read(text) for text in codes]
    with context.desk() as desk:
        found = desk.supervision.check_trail(told)
    if as_json:
        write_json(
            {
                "holds": found.holds,
                "events": found.events,
                "head": found.head,
                "purged": found.purged,
                "unattested": found.unattested,
                "remarks": [asdict(remark) for remark in found.remarks],
                "breaks": [asdict(b) for b in found.breaks],
            }
        )
    else:
        echo(f"{found.events} events, head {found.head[:16]}: " + ("the trail holds." if found.holds else f"{len(found.breaks)} breaks."))
        for item in found.breaks:
            echo(f"  event {item.number or '-'} ({item.event}): {item.message}")
        for item in found.remarks:
            echo(f"  behind event {item.number} ({item.event}): {item.message}")
        if found.unattested:
            echo(f"Of {found.unattested} events nothing attests the time: the clock was moved, or its start is not known.")
        if told and found.holds:
            echo(f"It holds the {'code' if len(told) == 1 else f'{len(told)} codes'} asked for.")
    if not found.holds:
        raise UserError("The trail does not hold.", "Keep the workspace as it is, and tell your administrator.")


@audit.command()
@json_option
@pass_context
def checkpoint(context: Context, as_json: bool) -> None:
    """Prints the code of the newest event, to be kept elsewhere; `audit verify --checkpoint` asks for it later."""
    with context.desk() as desk:
        told = desk.witness.checkpoint().value
    if as_json:
        write_json({"number": told.number, "code": told.code})
    else:
        echo(told.code)
    say("Keep it outside of this computer: on paper, or in a mail to somebody.")


@audit.command()
@click.argument("event")
@click.option("--reason", required=True, help="Why the workspace went back, such as a restore from a backup.")
@pass_context
def explain(context: Context, event: str, reason: str) -> None:
    """Notes that a supervisor looked into the workspace's going back; EVENT is the id that `audit verify` tells."""
    from ur_desk.domain.events import EventId

    with context.desk() as desk:
        desk.witness.explain(EventId(event), reason)
    echo("It is noted.")


@audit.command()
@click.option("--trail", "trail", type=click.Path(path_type=Path, dir_okay=False), help="A file for somebody outside, who verifies it.")
@click.option("--bundle", type=click.Path(path_type=Path, dir_okay=False), help="A sealed file with all contents, patient data too.")
@click.option("--reason", default="", help="Why a bundle leaves; it stays in the trail.")
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help="The bundle's passphrase is its first line; asked for if left out."
)
@json_option
@pass_context
def export(context: Context, trail: Path | None, bundle: Path | None, reason: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Exports every event's head: ids, times, hashes; no patient data but in a bundle, which is sealed."""
    if trail is not None and bundle is not None:
        raise click.UsageError("--trail and --bundle make two files: use them one after the other.")
    if bundle is not None:
        write_bundle(context, bundle, reason, passphrase_file, as_json)
    elif trail is not None:
        write_trail(context, trail, as_json)
    else:
        _tell_heads(context, as_json)


def _tell_heads(context: Context, as_json: bool) -> None:
    from ur_desk.domain.guard.access import TrailExported
    from ur_desk.records.trail import head_data

    with context.desk() as desk:
        heads = [head_data(head, seal) for head, seal in desk.supervision.heads()]
        desk.looks.note(TrailExported(len(heads)))
    if as_json:
        write_json(heads)
        return
    for head in heads:
        echo(f"{head['number']:>6}  {head['at']}  {head['verb']:<20} {head['seal']}")


@audit.command()
@click.argument("number", default="")
@click.option("--workspace", "outside", is_flag=True, help="What happened outside of cases: accounts, keys, library, backups.")
@click.option("--no-views", is_flag=True, help="Without those who only looked, searched or previewed.")
@json_option
@pass_context
def timeline(context: Context, number: str, outside: bool, no_views: bool, as_json: bool) -> None:
    """Tells the steps of a case, or of the workspace, in order; a step that was taken back is marked so."""
    if bool(number) == outside:
        raise click.UsageError("Name a case, or --workspace.")
    with context.desk() as desk:
        if outside:
            steps = desk.supervision.workspace_timeline(looks=not no_views)
        else:
            steps = desk.supervision.timeline(desk.review.find(number), looks=not no_views)
        zone, names = desk.zone, {account.id: account.display for account in desk.accounts.all()}
    undone = _undone(steps)
    if as_json:
        write_json([_step_data(step, step.event.id in undone) for step in steps])
        return
    told = {step.event.id: step for step in steps}
    for step in steps:
        who = typed(step.person.signature) if step.person else step.event.by
        mark = "[taken back] " if step.event.id in undone else ""
        mark = mark if step.attested else f"[time not attested] {mark}"
        echo(f"{_moment(step, zone)}  {mark}{who}: {_said(step, told, zone, names)}")


@audit.command()
@json_option
@pass_context
def register(context: Context, as_json: bool) -> None:
    """Lists every file that left the workspace or came in, and every print: when, by whom, what, where, why, its sha256."""
    from ur_desk.domain.guard.access import Listed, Where

    with context.desk() as desk:
        entries, zone = desk.exports.register(), desk.zone
        desk.looks.note(Listed(Where.REGISTER, len(entries)))
        names = {account.id: account.name for account in desk.accounts.all()}
    if as_json:
        write_json([{**asdict(e), "at": e.at.isoformat(), "by": names.get(e.by, e.by), "way": e.way.value} for e in entries])
        return
    for e in entries:
        place = f" ({e.place})" if e.place and e.place != "local" else ""
        gone = " [removed]" if e.removed else ""
        what = ": ".join(part for part in (f"{e.way.value} {e.what}", e.path) if part)
        why = f"  {e.why}" if e.why else ""
        echo(typed(f"{e.at.astimezone(zone):%m/%d/%Y %H:%M %Z}  {names.get(e.by, e.by)}  {what}{place}{gone}{why}"))


def _undone(steps: "Iterable[Told]") -> "frozenset[EventId]":
    """The steps that a later one took back; a step whose content is gone is none of which that can be told."""
    from ur_desk.domain.audit import Gone
    from ur_desk.domain.events import CaseEvent
    from ur_desk.domain.undoing import undone_ids

    events = (step.event for step in steps)
    return undone_ids(CaseEvent(e.id, e.at, e.by, e.body) for e in events if not isinstance(e.body, Gone))


def _step_data(step: "Told", undone: bool) -> dict[str, Any]:
    from ur_desk.records.events import plain
    from ur_desk.records.trail import head_data

    who = step.person.name if step.person else None
    return {
        **head_data(step.head, step.head.seal),
        "who": who,
        "undone": undone,
        "attested": step.attested,
        "event": plain(step.event.body),
    }


def _moment(step: "Told", zone: "ZoneInfo") -> str:
    return f"{step.head.at.astimezone(zone):%m/%d/%Y %H:%M:%S %Z}"


def _said(step: "Told", told: "Mapping[EventId, Told]", zone: "ZoneInfo", names: "Names") -> str:
    """What happened, in words; of an undoing also which step it took back."""
    from ur_desk.domain.events import Undone
    from ur_desk.domain.sentences import sentence
    from ur_desk.domain.telling import tell

    body = step.event.body
    if isinstance(body, Undone) and body.event in told:
        before = told[body.event]
        return f"took back the step of {_moment(before, zone)}: {typed(tell(before.event.body))}"
    return typed(sentence(body, names))


audit.add_command(verifier)
audit.add_command(open_bundle)
COMMANDS = (audit,)
