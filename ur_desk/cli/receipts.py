"""`ur-desk case correct-receipt` and `settle-receipt`; `ur-desk audit receipts`: the instant that starts the clock, corrected by two people."""

import re
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import KINDS, Context, instant, json_option, pass_context
from ur_desk.cli.output import echo, table, typed, write_json
from ur_desk.cli.show import moment
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.receipts import Correction
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.domain.intake.receipt import Receipt


@click.command("correct-receipt")
@click.argument("number")
@click.option("--received", required=True, help="When it was received, such as 2017-10-05T09:30-04:00.")
@click.option("--shown-by", "kind", type=click.Choice(KINDS), required=True, help="What shows it.")
@click.option("--where", help="Where that can be looked up: a page, a log's number.")
@click.option("--reason", required=True, help="Why the recorded receipt is wrong.")
@json_option
@pass_context
def correct_receipt(context: Context, number: str, received: str, kind: str, where: str | None, reason: str, as_json: bool) -> None:
    """Asks that the recorded receipt be corrected; nothing changes before a supervisor allows it."""
    from ur_desk.domain.intake.receipt import Receipt
    from ur_desk.domain.request import Evidence, ReceiptEvidence

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        evidence = ReceiptEvidence(Evidence(kind), where.strip() or None if where else None)
        after = Receipt(instant(received, desk), found.request.received_zone or str(desk.zone), evidence)
        return desk.receipts.doubt(found.id, found.revision, after, reason)

    act(context, number, as_json, use)


@click.command("settle-receipt")
@click.argument("number")
@click.option("--allow/--refuse", default=None, required=True, help="Whether the correction that waits is allowed.")
@click.option("--reason", required=True, help="What you looked at, or why you refuse.")
@json_option
@pass_context
def settle_receipt(context: Context, number: str, allow: bool, reason: str, as_json: bool) -> None:
    """Allows or refuses the correction of the receipt that waits in a case; never whoever asked for it."""

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        if found.doubted is None:
            raise UserError(f"No correction of the receipt waits in {found.number}.", "Nothing was changed.")
        return desk.receipts.settle(found.id, found.revision, found.doubted.event, allow, reason)

    act(context, number, as_json, use)


@click.command()
@click.option("--month", help="Every correction asked for in a month, such as 2017-10; those that wait if left out.")
@json_option
@pass_context
def receipts(context: Context, month: str | None, as_json: bool) -> None:
    """Lists corrections of receipts, oldest first: old and new value, who asked and why, who allowed, what the clock says."""
    with context.desk() as desk:
        zone = desk.zone
        found = desk.receipts.waiting() if month is None else desk.receipts.of_month(*_month(month))
    if as_json:
        write_json([_data(each) for each in found])
        return
    rows = [_row(each, zone) for each in found]
    none = "No correction waits." if month is None else "No receipt was to be corrected in that month."
    echo(table(rows, ("case", "asked", "by", "from", "to", "why", "became")) if rows else none)


def _month(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text.strip()):
        raise UserError("That is no month.", "Write it as 2017-10. Nothing was changed.")
    year, month = text.strip().split("-")
    return int(year), int(month)


def _row(each: "Correction", zone: "ZoneInfo") -> tuple[str, ...]:
    change = each.change
    who = each.asked_by.name if each.asked_by else change.by
    by = f" by {each.settled_by.name}" if each.settled_by else ""
    became = "waits" if change.allowed is None else f"{'allowed' if change.allowed else 'refused'}{by}: {typed(change.said)}"
    told = (_instant(change.before, zone), _instant(change.after, zone), typed(change.reason))
    return (each.number or "(restricted)", moment(change.at, zone), who, *told, became if each.number else became.partition(":")[0])


def _instant(receipt: "Receipt", zone: "ZoneInfo") -> str:
    return moment(receipt.at, zone) if receipt.at else ""


def _data(each: "Correction") -> dict[str, Any]:
    from ur_desk.records.case import correction_data

    asked, settled = each.asked_by, each.settled_by
    people = {"asked_by": asked.name if asked else each.change.by, "settled_by": settled.name if settled else each.change.settled_by}
    return {"case": each.number or None, **correction_data(each.change, each.due_now), **people}


CASE_COMMANDS = (correct_receipt, settle_receipt)
AUDIT_COMMANDS = (receipts,)
