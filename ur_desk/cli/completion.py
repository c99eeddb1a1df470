"""`ur-desk case complete` and `case notice`: what was not known before, and notice that was given by other means."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import Context, instant, json_option, pass_context
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.request import Request


@click.command()
@click.argument("number")
@click.option("--line-of-business")
@click.option("--state", help="The situs state, two letters.")
@click.option("--received", help="When the plan received it, such as 2017-10-05T09:30-04:00.")
@click.option("--urgency", type=click.Choice(["standard", "expedited"]))
@click.option("--timing", type=click.Choice(["preservice", "concurrent", "postservice"]))
@click.option("--address", help="The member's address.")
@click.option("--told-by", required=True, help="Who told it.")
@click.option("--how", required=True, help="How they told it.")
@json_option
@pass_context
def complete(context: Context, /, number: str, told_by: str, how: str, as_json: bool, **told: str | None) -> None:
    """Adds facts that nobody knew; what is known changes by an amendment only."""
    from ur_desk.desk.steps import finish

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        request = _completed(desk, found.request, told)
        return finish(desk.intake.complete(found.id, found.revision, request, told_by, how))

    act(context, number, as_json, use)


def _completed(desk: "Desk", request: "Request", told: dict[str, str | None]) -> "Request":
    """The request with what was told, read as the entry form reads it."""
    from ur_desk.domain.drafts import Purpose, draft_of, read

    said: dict[str, Any] = {name: text for name, text in told.items() if text and name not in ("received", "address")}
    draft = replace(draft_of(request), **said)
    if told["address"]:
        draft = replace(draft, member=replace(draft.member, address=told["address"]))
    reading = read(draft, None, desk.clock.now(), Purpose.IMPORT)
    if wrong := [p.message for p in reading.problems if p.where.split(".")[-1] in told and told[p.where.split(".")[-1]]]:
        raise UserError(" ".join(wrong), "Nothing was saved.")
    full = reading.request or request
    if not told["received"]:
        return full
    when = instant(told["received"], desk)
    return replace(full, received_at=when, received_zone=request.received_zone or str(desk.zone))


@click.command()
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A decided line; all that wait for notice if left out.")
@click.option("--way", type=click.Choice(["call", "voicemail", "fax", "portal", "mail"]), required=True)
@click.option("--to", "to_whom", required=True, help="To whom notice was given.")
@click.option("--form", required=True, help="On what form, or in which words.")
@click.option("--at", "at", help="When; now if left out.")
@json_option
@pass_context
def notice(context: Context, number: str, lines: tuple[int, ...], way: str, to_whom: str, form: str, at: str | None, as_json: bool) -> None:
    """Records notice that was given by other means than a letter of this program."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        from ur_desk.domain.events import ContactWay

        picked = lines or tuple(s.line for s in found.lines_to_notice)
        return desk.letters.record_notice(found.id, found.revision, picked, ContactWay(way), to_whom, instant(at, desk), form)

    act(context, number, as_json, use)


COMMANDS = (complete, notice)
