"""A payer's decision as plain data inside of a request, and back."""

from decimal import Decimal
from typing import Any

import msgspec

from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.visible import visible

_LONGEST = 10_000


def decision_data(decision: Decision) -> dict[str, Any]:
    """A decision as plain data; what is not known is left out."""
    told: dict[str, Any] = _known(msgspec.to_builtins(decision))
    return told


def decision_from(data: Any) -> Decision:
    """The decision that plain data of others tells; ValueError where it tells anything else, or a text of more than 10,000 characters.

    Numbers may be `Decimal`. Characters that do not show are left out, empty texts are not known.
    """
    told = _known(_cleaned(data))
    try:
        decision = msgspec.convert(told, Decision)
    except (msgspec.ValidationError, RecursionError) as wrong:
        raise ValueError("it is of another shape") from wrong
    if decision_data(decision) != told:
        raise ValueError("it holds more than this program keeps")
    return decision


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items() if item not in (None, [], ())}
    return [_known(item) for item in value] if isinstance(value, list | tuple) else value


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        if len(value) > _LONGEST:
            raise ValueError("a text is too long")
        return visible(value) or None
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
