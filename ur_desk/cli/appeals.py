"""`ur-desk case appeal`: opened from the case that was decided, told who asks, acknowledged, and shown with the decisions before it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import KINDS, Context, instant, json_option, maybe_day, pass_context
from ur_desk.cli.output import echo, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ur_desk.desk.appeals import Filed
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.appeals.lineage import EarlierLine, Later, Lineage
    from ur_desk.domain.case import Case

ASKERS = ("member", "representative", "provider")
asker = click.option("--by", "asked_by", type=click.Choice(ASKERS), required=True, help="Who asks.")
name = click.option("--name", required=True, help="Their name.")
came = click.option("--notice-came", "came", help="On which day the notice of the decision came to them, such as 2017-10-05.")
good_cause = click.option(
    "--good-cause", "late_cause", default="", help="Of what is late: for which good cause it is looked at all the same."
)
to_dismiss = click.option("--to-dismiss", is_flag=True, help="Of what is late: it is not looked at, and is to be dismissed.")
authority = click.option("--authority", default="", help="Of a representative: where their authority is on file.")


@click.group()
def appeal() -> None:
    """Appeals against what was decided, and wishes to reopen it."""


@appeal.command("open")
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A line of the decided case; all that were refused if left out.")
@asker
@name
@authority
@click.option("--received", required=True, help="When it was received, such as 2017-10-05T09:30-04:00.")
@click.option("--shown-by", "kind", type=click.Choice(KINDS), help="What shows that.")
@click.option("--where", help="Where that can be looked up: a page, a log's number.")
@click.option("--channel", type=click.Choice(["portal", "fax", "phone", "mail"]), help="How it came.")
@click.option("--expedited/--standard", default=False, help="Whether it is expedited.")
@click.option("--said-by", help="Who said that it is urgent.")
@click.option("--why", default="", help="Why they ask, in their words.")
@click.option("--reopening", is_flag=True, help="It is a wish to reopen, and no appeal.")
@came
@good_cause
@to_dismiss
@json_option
@pass_context
def open_(context: Context, /, number: str, as_json: bool, **told: Any) -> None:
    """Opens a case that follows a decided one; its clock starts with the receipt of what was filed. `case appeal window` tells before
    whether it is in time."""
    from ur_desk.desk.steps import finish

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return finish(desk.appeals.open(found.id, found.revision, _filed(desk, found, told)))

    act(context, number, as_json, use)


def _filed(desk: "Desk", found: "Case", told: dict[str, Any]) -> "Filed":
    from ur_desk.desk.appeals import Filed
    from ur_desk.domain.appeals.following import Asker, takes_an_appeal
    from ur_desk.domain.events import Following
    from ur_desk.domain.request import Channel, Evidence, ReceiptEvidence, Urgency

    lines = told["lines"] or tuple(s.line for s in found.lines if takes_an_appeal(s))
    evidence = ReceiptEvidence(Evidence(told["kind"]), told["where"]) if told["kind"] else None
    return Filed(
        Following.REOPENING if told["reopening"] else Following.APPEAL, lines, Asker(told["asked_by"]), told["name"],
        instant(told["received"], desk), Urgency.EXPEDITED if told["expedited"] else Urgency.STANDARD, told["said_by"], told["authority"],
        told["why"], Channel(told["channel"]) if told["channel"] else None, evidence, maybe_day(told["came"]), told["late_cause"],
        told["to_dismiss"],
    )  # fmt: skip


@appeal.command()
@click.argument("number")
@asker
@name
@authority
@click.option("--about", "about", multiple=True, help="Which line of the case before a line is about, as 1=2; by their codes if left out.")
@came
@good_cause
@to_dismiss
@json_option
@pass_context
def record(context: Context, /, number: str, as_json: bool, **told: Any) -> None:
    """Records who asks, what each line of the case is about, and of what came late why it is looked at, or that it is not."""
    from ur_desk.domain.appeals.following import Asker

    pairs = dict(_pair(each) for each in told["about"])

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.appeals.record(
            found.id, found.revision, Asker(told["asked_by"]), told["name"], authority=told["authority"], pairs=pairs,
            came_on=maybe_day(told["came"]), late_cause=told["late_cause"], to_dismiss=told["to_dismiss"],
        )  # fmt: skip

    act(context, number, as_json, use)


@appeal.command("window")
@click.argument("number")
@click.option("--line", "lines", multiple=True, type=int, help="A decided line; all that may be looked at anew if left out.")
@click.option("--received", help="For an appeal received then; now if left out.")
@click.option("--reopening", is_flag=True, help="For a reopening, and no appeal.")
@click.option("--cause", type=click.Choice(["good_cause", "fraud_or_similar_fault"]), help="For a reopening: its cause.")
@came
@json_option
@pass_context
def window_(context: Context, /, number: str, lines: tuple[int, ...], as_json: bool, **told: Any) -> None:
    """Tells until when one may ask that decided lines be looked at anew, by which row, and whether that day has passed."""
    from ur_desk.domain.clocks.windows import window_words
    from ur_desk.domain.decisions.grounds import Cause
    from ur_desk.domain.events import Following
    from ur_desk.records.appeals import windows_data

    kind, cause = Following.REOPENING if told["reopening"] else Following.APPEAL, Cause(told["cause"]) if told["cause"] else None
    with context.desk() as desk:
        at, came_on = instant(told["received"], desk), maybe_day(told["came"])
        found = desk.appeals.windows(desk.review.find(number), kind, lines, at, came_on, cause)
    if as_json:
        write_json(windows_data(found))
        return
    rows = [f"Line {each.line}: {typed(window_words(each.window))}" for each in found]
    echo("\n".join(rows) if rows else "Nothing was decided against the request.")


def _pair(text: str) -> tuple[int, int]:
    line, _, of = text.partition("=")
    if not (line.strip().isdigit() and of.strip().isdigit()):
        raise UserError(f"'{text}' names no two lines.", "Write it as 1=2: line 1 of this case is about line 2 of the one before it.")
    return int(line), int(of)


@appeal.command()
@click.argument("number")
@click.option("--way", type=click.Choice(["call", "voicemail", "fax", "portal", "mail"]), required=True)
@click.option("--with", "to_whom", required=True, help="Who heard it.")
@click.option("--said", required=True)
@click.option("--at", "at", help="When; now if left out.")
@json_option
@pass_context
def acknowledge(context: Context, number: str, way: str, to_whom: str, said: str, at: str | None, as_json: bool) -> None:
    """Records that whoever asked heard that it is here, and what comes next."""
    from ur_desk.domain.events import ContactWay

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return desk.appeals.acknowledge(found.id, found.revision, ContactWay(way), to_whom, instant(at, desk), said)

    act(context, number, as_json, use)


@appeal.command()
@click.argument("number")
@json_option
@pass_context
def show(context: Context, number: str, as_json: bool) -> None:
    """Shows the decisions that a case asks to be looked at anew, with their cited lines; and what became of them in cases that follow."""
    from ur_desk.records.appeals import lineage_data

    with context.desk() as desk:
        zone, told = desk.zone, desk.appeals.lineage(desk.review.find(number))
    if as_json:
        write_json(lineage_data(told))
        return
    words = [*_words(told, zone)]
    echo("\n".join(words) if words else "It follows no other case, and none follows it.")


def _words(told: "Lineage", zone: "ZoneInfo") -> Iterator[str]:
    if told.earlier is not None:
        yield f"{told.earlier.kind.value} of {told.earlier.number}" + ("" if told.earlier.shown else ", which is closed to you")
        for each in told.earlier.lines:
            yield from _decided(each, zone)
    for later in told.later:
        yield from _later(later, zone)


def _decided(each: "EarlierLine", zone: "ZoneInfo") -> Iterator[str]:
    decision = each.state.decision
    about = f"; line {each.line} here is about it" if each.line else ""
    if decision is None:
        yield f"  line {each.state.line}: open there{about}"
        return
    signed = f"{typed(decision.signature.name)}, {moment(decision.signature.at, zone)}"
    yield f"  line {each.state.line}: {decision.determination.value.replace('_', ' ')} by {signed}{about}"
    yield f"    {typed(decision.reason.words)}"
    for cited in each.cited:
        anchor = cited.cited.anchor
        yield f"    {cited.cited.policy}, line {anchor.first_line}: {typed(cited.words)}"


def _later(later: "Later", zone: "ZoneInfo") -> Iterator[str]:
    from ur_desk.domain.appeals.told import FINDINGS, asker

    received = f", received {moment(later.received_at, zone)}" if later.received_at else ""
    who = f", asked for by {typed(asker(later.told))}" if later.told else ""
    yield f"{later.kind.value}: {later.number}{received}{who}" + ("" if later.shown else ", which is closed to you")
    for each in later.lines:
        became = FINDINGS[each.finding] if each.finding else "open"
        number = f", authorized as {each.authorization}" if each.authorization else ""
        yield f"  line {each.of}: {became}{number}"


CASE_COMMANDS = (appeal,)
