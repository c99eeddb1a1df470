"""`ur-desk case reenter`: a case under the wrong member, voided and entered anew with its original receipt."""

from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.cases import act
from ur_desk.cli.common import Context, json_option, maybe_day, pass_context

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case


@click.command()
@click.argument("number")
@click.option("--family", required=True, help="The right member's family name.")
@click.option("--given", help="Their given name.")
@click.option("--member-id", "member_id", required=True)
@click.option("--born", help="Their birth date.")
@click.option("--sex", type=click.Choice(["F", "M", "X", "U"]))
@click.option("--address", help="Where letters go, its lines parted by ' / '.")
@click.option("--phone")
@click.option("--reason", required=True, help="How one knows that the member is the wrong one.")
@json_option
@pass_context
def reenter(
    context: Context, /, number: str, born: str | None, sex: str | None, address: str | None, reason: str, as_json: bool, **told: str | None
) -> None:
    """Voids a case under the wrong member and enters it anew for the right one; shows the new case.

    The new case has the request as it was received and its records: its clock runs from the same receipt.
    """
    from ur_desk.desk.steps import finish
    from ur_desk.domain.request import Member, Sex

    lines = "\n".join(part.strip() for part in address.split(" / ")) if address else None
    known: dict[str, Any] = {name: _said(words) for name, words in told.items()}
    member = Member(birth_date=maybe_day(born), sex=Sex(sex) if sex else None, address=lines, **known)

    def use(desk: "Desk", found: "Case") -> "Done[Case]":
        return finish(desk.reentry.enter_anew(found.id, found.revision, member, reason))

    act(context, number, as_json, use)


def _said(words: str | None) -> str | None:
    return (words or "").strip() or None


CASE_COMMANDS = (reenter,)
