"""What a reason rests on and what is granted, as typed in a shell."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ur_desk.cli.common import day
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from decimal import Decimal

    from ur_desk.domain.case import Case
    from ur_desk.domain.decisions.grounds import Administrative
    from ur_desk.domain.determination import Granted, HeldElsewhere, PolicyCitation, Reason, Span

GROUNDS = ("benefit_exclusion", "limit_used_up", "not_eligible", "out_of_network_without_authorization", "not_timely")
"""The grounds of an administrative denial, as they are typed."""

_CITED = re.compile(r"(.+):([0-9]{1,6})(?:-([0-9]{1,6}))?")


def cite(found: "Case", cites: tuple[str, ...]) -> "tuple[PolicyCitation, ...]":
    """`RAD.00034:16` or `RAD.00034:14-16`: lines of a policy that the case was matched with."""
    return tuple(_cited(found, text) for text in cites)


def _cited(found: "Case", text: str) -> "PolicyCitation":
    from ur_desk.domain.determination import PolicyCitation
    from ur_desk.domain.policy import Anchor

    told = _CITED.fullmatch(text.strip())
    pins = {pin.policy.casefold(): pin for pin in (found.matched.pins if found.matched else ())}
    pin = pins.get(told[1].strip().casefold()) if told else None
    if told is None or pin is None:
        raise UserError(
            f"'{text}' cites no line of a policy that this case was matched with.",
            "Write it as RAD.00034:16 or RAD.00034:14-16. Nothing was saved.",
        )
    first, last = int(told[2]), int(told[3] or told[2])
    # 0 lines: matched before their number was kept
    if not 1 <= first <= last or (pin.lines and last > pin.lines):
        raise UserError(
            f"'{text}' names no lines: they count from 1{f' to {pin.lines}' if pin.lines else ''}, the first before the last.",
            "Look at them with `policy show`. Nothing was saved.",
        )
    return PolicyCitation(pin.policy, pin.effective, Anchor(pin.text, first, last))


def elsewhere(criteria: tuple[str, ...]) -> "tuple[HeldElsewhere, ...]":
    """`owner | title | version | section`: criteria that this workspace does not hold."""
    from ur_desk.domain.determination import HeldElsewhere

    told = []
    for criterion in criteria:
        parts = [part.strip() for part in criterion.split("|")]
        if len(parts) != 4 or not parts[0] or not parts[1]:
            raise UserError("A criterion held elsewhere is 'owner | title | version | section'.", "Nothing was saved.")
        told.append(HeldElsewhere(*parts))
    return tuple(told)


def reason_of(found: "Case", words: str, cites: tuple[str, ...], criteria: tuple[str, ...], no_policy: bool) -> "Reason":
    """The reason with all that it rests on."""
    from ur_desk.domain.determination import Reason

    return Reason(words.strip(), cite(found, cites), elsewhere(criteria), no_policy)


reason_options = (
    click.option("--reason", "words", default="", help="The reason in plain words for the member."),
    click.option("--cite", "cites", multiple=True, help="Policy lines, such as RAD.00034:16."),
    click.option("--criterion", "criteria", multiple=True, help="A criterion held elsewhere: 'owner | title | version | section'."),
    click.option("--no-policy", is_flag=True, help="The library holds no policy that speaks of it."),
    click.option("--accept-unchecked", is_flag=True, help="Approve although coverage is not checked; it stays visible."),
    click.option("--rationale", default="", help="A physician's own clinical rationale."),
    click.option("--clarification", default="", help="How you found that a policy which asks does not stand against the lines."),
    click.option("--departure", default="", help="Why you leave what the findings suggest; it stays visible with the decision."),
    click.option("--despite", default="", help="Why an adverse decision leaves an approval of another case; it stays visible with it."),
)


def with_reason(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that a reason needs."""
    for option in reversed(reason_options):
        command = option(command)
    return command


def granted(text: str, service: str = "") -> "Granted":
    """`quantity=1 unit=visits from=2017-10-12`: what is approved where it differs from what was asked, and what another service is called."""
    from ur_desk.domain.determination import Granted

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
        told[names[name]] = day(value) if name in ("from", "to") else _amount(value) if name == "quantity" else value
    return Granted(**told, service=" ".join(service.split()) or None)


def approved_in(given: "Granted | None", spans: tuple[str, ...]) -> "Granted | None":
    """What is approved, in the spans that were typed: `from=2017-10-12 to=2017-10-18 quantity=6`; None where nothing was."""
    from ur_desk.domain.determination import Granted, in_spans

    if not spans:
        return given
    return in_spans(given or Granted(), tuple(_span(text) for text in spans))


def _span(text: str) -> "Span":
    from ur_desk.domain.determination import Span

    told = granted(text)
    if told.first_day is None or told.last_day is None or told.code or told.unit:
        raise UserError(f"'{text}' is no span.", "It has from= and to=, and may have quantity=, place= and provider=. Nothing was saved.")
    return Span(told.first_day, told.last_day, told.quantity, told.place_of_service, told.provider)


def administrative(ground: str | None, not_clinical: str) -> "Administrative | None":
    """The ground of a refusal without clinical judgment, and why it takes none; None where no ground was named."""
    from ur_desk.domain.decisions.grounds import Administrative, Matter

    if ground is None:
        return None
    if ground not in GROUNDS:
        raise UserError(f"There is no ground '{ground}'.", f"Each is one of: {', '.join(GROUNDS)}. Nothing was saved.")
    return Administrative(Matter(ground), not_clinical.strip())


def _amount(text: str) -> "Decimal":
    from ur_desk.domain.intake.fields import Fields
    from ur_desk.domain.policy import Severity

    at = Fields(Severity.ERROR)
    amount = at.number("quantity", text)
    if amount is None:
        raise UserError("The quantity is no number above zero.", "Write digits, such as 1 or 2.5. Nothing was saved.")
    return amount
