"""What a reason rests on and what is granted, as typed in a shell."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import day
from ur_desk.domain.determination import Granted, HeldElsewhere, PolicyCitation, Reason
from ur_desk.domain.policy import Anchor
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.case import Case


def cite(found: "Case", cites: tuple[str, ...]) -> tuple[PolicyCitation, ...]:
    """`RAD.00034:16` or `RAD.00034:14-16`: lines of a policy that the case was matched with."""

    pins = {pin.policy.casefold(): pin for pin in (found.matched.pins if found.matched else ())}
    cited = []
    for cite in cites:
        name, _, span = cite.rpartition(":")
        first, _, last = span.partition("-")
        if name.casefold() not in pins or not first.isdigit() or not (last or first).isdigit():
            raise UserError(
                f"'{cite}' cites no line of a policy that this case was matched with.", "Write it as RAD.00034:16 or RAD.00034:14-16."
            )
        pin = pins[name.casefold()]
        cited.append(PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, int(first), int(last or first))))
    return tuple(cited)


def elsewhere(criteria: tuple[str, ...]) -> tuple[HeldElsewhere, ...]:
    """`owner | title | version | section`: criteria that this workspace does not hold."""
    told = []
    for criterion in criteria:
        parts = [part.strip() for part in criterion.split("|")]
        if len(parts) != 4 or not parts[0] or not parts[1]:
            raise UserError("A criterion held elsewhere is 'owner | title | version | section'.", "Nothing was saved.")
        told.append(HeldElsewhere(*parts))
    return tuple(told)


def reason_of(found: "Case", words: str, cites: tuple[str, ...], criteria: tuple[str, ...], no_policy: bool) -> Reason:
    """The reason with all that it rests on."""
    return Reason(words.strip(), cite(found, cites), elsewhere(criteria), no_policy)


reason_options = (
    click.option("--reason", "words", default="", help="The reason in plain words for the member."),
    click.option("--cite", "cites", multiple=True, help="Policy lines, such as RAD.00034:16."),
    click.option("--criterion", "criteria", multiple=True, help="A criterion held elsewhere: 'owner | title | version | section'."),
    click.option("--no-policy", is_flag=True, help="The library holds no policy that speaks of it."),
    click.option("--accept-unchecked", is_flag=True, help="Approve although coverage is not checked; it stays visible."),
    click.option("--rationale", default="", help="A physician's own clinical rationale."),
    click.option("--clarification", default="", help="How you found that a policy which asks does not stand against the lines."),
)


def with_reason(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that a reason needs."""
    for option in reversed(reason_options):
        command = option(command)
    return command


def granted(text: str) -> Granted:
    """`quantity=1 unit=visits from=2017-10-12`: what is approved where it differs from what was asked."""

    names = {
        "code": "code",
        "quantity": "quantity",
        "unit": "unit",
        "from": "first_day",
        "to": "last_day",
        "place": "place_of_service",
        "provider": "provider",
    }
    told: dict[str, Any] = {}
    for part in text.split():
        name, _, value = part.partition("=")
        if name not in names or not value:
            raise UserError(
                f"'{part}' says nothing of what is approved.", f"Use {', '.join(names)}, such as quantity=1. Nothing was saved."
            )
        told[names[name]] = day(value) if name in ("from", "to") else value
    try:
        if "quantity" in told:
            told["quantity"] = Decimal(told["quantity"])
    except InvalidOperation:
        raise UserError("The quantity is no number.", "Nothing was saved.") from None
    return Granted(**told)
