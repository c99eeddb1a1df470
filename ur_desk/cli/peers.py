"""`ur-desk case peer`: the peer-to-peer log, and `case queue`: what waits for a physician."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import Context, instant, json_option, pass_context
from ur_desk.cli.output import echo, typed, write_json
from ur_desk.cli.show import moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.signing import Waiting
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case

WAYS = ("call", "voicemail", "fax", "portal", "mail")
OUTCOMES = ("upheld", "changed", "information_to_come", "withdrawn", "declined", "not_taken_up")
when = click.option("--at", "at", help="When; now if left out.")
whom = click.option("--with", "with_whom", required=True, help="With whom, by name or office.")


@click.group()
def peer() -> None:
    """The peer-to-peer log; it stops no clock, and nothing of it reaches a letter."""


def _lines(found: "Case", lines: tuple[int, ...]) -> tuple[int, ...]:
    from ur_desk.domain.asked import FOR_PHYSICIAN

    return lines or tuple(s.line for s in found.lines if s.workflow in FOR_PHYSICIAN)


@peer.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A service line; all that are with the physician if left out.")
@click.option("--way", type=click.Choice(WAYS), required=True)
@whom
@click.option("--number", "call", required=True, help="At which number the reviewer is reached.")
@click.option("--physician", default="", help="The account of the physician with whom it is offered; yours if you are one.")
@click.option("--similar", default="", help="Why that physician's training and experience are of the same or a similar specialty.")
@when
@json_option
@pass_context
def offer(
    context: Context,
    number: str,
    lines: tuple[int, ...],
    way: str,
    with_whom: str,
    call: str,
    physician: str,
    similar: str,
    at: str | None,
    as_json: bool,
) -> None:
    """Records that a discussion was offered; a voicemail counts for the offer only."""
    from ur_desk.domain.events import ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        picked, moment_ = _lines(found, lines), instant(at, desk)
        return desk.peers.offer(
            found.id, found.revision, picked, ContactWay(way), with_whom, moment_, call, physician=physician, similar=similar
        )

    act(context, number, as_json, use)


@peer.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A service line; all that are with the physician if left out.")
@click.option("--way", type=click.Choice(WAYS), default="call")
@whom
@click.option("--said", required=True, help="What was agreed.")
@click.option("--arranged", help="For when the talk is arranged.")
@when
@json_option
@pass_context
def reached(
    context: Context,
    number: str,
    lines: tuple[int, ...],
    way: str,
    with_whom: str,
    said: str,
    arranged: str | None,
    at: str | None,
    as_json: bool,
) -> None:
    """Records that whoever asked for the service was reached in person."""
    from ur_desk.domain.events import ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        then = instant(arranged, desk) if arranged is not None else None
        picked, at_ = _lines(found, lines), instant(at, desk)
        return desk.peers.reach(found.id, found.revision, picked, with_whom, at_, said, way=ContactWay(way), arranged=then)

    act(context, number, as_json, use)


@peer.command()
@click.argument("number")
@click.argument("outcome", type=click.Choice(OUTCOMES))
@click.option("--line", "lines", multiple=True, type=int, help="A service line; all that are with the physician if left out.")
@whom
@click.option("--said", required=True, help="What was said, or what was tried.")
@when
@json_option
@pass_context
def ended(
    context: Context, number: str, outcome: str, lines: tuple[int, ...], with_whom: str, said: str, at: str | None, as_json: bool
) -> None:
    """Records what came of a peer-to-peer; of a talk the physician who talked."""
    from ur_desk.domain.events import PeerOutcome

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.peers.end(found.id, found.revision, _lines(found, lines), PeerOutcome(outcome), with_whom, instant(at, desk), said)

    act(context, number, as_json, use)


@click.command()
@json_option
@pass_context
def queue(context: Context, as_json: bool) -> None:
    """Lists what waits for a physician, what is due soonest first, with the nurse's summary and question."""
    from ur_desk.domain.appeals.independence import BAR_WORDS

    with context.desk() as desk:
        zone, people, waiting = desk.zone, {a.id: a for a in desk.accounts.all()}, desk.signers.queue()
    if as_json:
        write_json([_data(each, zone) for each in waiting])
        return
    for each in waiting:
        due = moment(each.row.due_at, zone) if each.row.due_at else "no due date"
        lines = "line " + ", ".join(map(str, each.lines)) + (", peer-to-peer open" if each.peer_to_peer else "")
        echo(f"{each.row.number}  due {due}  {lines}  {typed(each.row.member or each.row.member_initials)}")
        who = typed(people[each.referred_by].display) if each.referred_by in people else "The nurse"
        echo(f"    {who} writes: {typed(each.summary)}")
        if each.question:
            echo(f"    {who} asks: {typed(each.question)}")
        if each.bar or each.prepared:
            echo(f"    {BAR_WORDS[each.bar] if each.bar else 'You opened or referred it: another physician decides.'}")
    if not waiting:
        echo("Nothing waits for a physician.")


def _data(waiting: "Waiting", zone: "ZoneInfo") -> dict[str, Any]:
    """What waits, as plain data; instants carry the offset of the workspace's zone."""
    from ur_desk.records.case import row_data

    told: dict[str, Any] = {name: getattr(waiting, name) for name in ("summary", "question", "referred_by", "peer_to_peer", "prepared")}
    return {**told, "bar": waiting.bar.value if waiting.bar else None, "lines": list(waiting.lines), "row": row_data(waiting.row, zone)}


COMMANDS = (peer, queue)
