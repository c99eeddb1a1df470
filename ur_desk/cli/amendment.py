"""What of a service line is amended, as typed in a shell; read by the rules of the entry form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ur_desk.cli.output import say
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.domain.intake.fields import Fields
    from ur_desk.domain.request import Provider, ServiceLine


def amended(before: "ServiceLine", typed: Mapping[str, str | None]) -> "ServiceLine":
    """The line with what was typed; None leaves a field as it was. UserError for what cannot be read, doubts go aside.

    A new code keeps nothing of the old one: not the code to which a range ran, nor its spelling.
    """
    from ur_desk.domain.intake.coding import read_modifiers

    at = _fields()
    told: dict[str, Any] = {
        "description": _read(typed["words"], lambda text: at.prose("words", text)),
        "quantity": _read(typed["quantity"], lambda text: at.number("quantity", text)),
        "unit": _read(typed["unit"], lambda text: at.line("unit", text)),
        "first_day": _read(typed["first_day"], lambda text: at.day("from", text)),
        "last_day": _read(typed["last_day"], lambda text: at.day("to", text)),
        "place_of_service": _read(typed["place_of_service"], lambda text: at.line("place", text)),
        "modifiers": _read(typed["modifiers"], lambda text: read_modifiers(at, text)),
    }
    told = {name: value for name, value in told.items() if value is not None} | _codes(at, before, typed)
    _refuse(at)
    return replace(before, **told)


def provider_of(before: "Provider | None", name: str | None, npi: str | None) -> "Provider | None":
    """The servicing provider as amended; another name is another provider, of whom nothing else is known yet."""
    from ur_desk.domain.request import Provider

    if name is None and npi is None:
        return before
    at = _fields()
    told = Provider() if before is None or name is not None else before
    if name is not None:
        told = replace(told, name=at.line("provider", name))
    if npi is not None:
        told = replace(told, npi=at.npi("npi", npi))
    _refuse(at)
    return told


def _codes(at: "Fields", before: "ServiceLine", typed: Mapping[str, str | None]) -> dict[str, Any]:
    from ur_desk.domain.intake.coding import read_procedure

    told: dict[str, Any] = {}
    system = before.system
    if typed["code"] is not None:
        raw = at.line("code", typed["code"])
        if raw is None:
            at.fail("code", "no-code", "Name the code, or leave --code out.")
            return told
        code, system = read_procedure(at, "code", raw, None)
        told = {"code": code, "raw": raw, "system": system, "code_to": None}
    if typed["code_to"] is not None:
        last = at.line("code_to", typed["code_to"])
        told["code_to"] = read_procedure(at, "code_to", last, system)[0] if last else None
    return told


def _fields() -> "Fields":
    from ur_desk.domain.intake.fields import Fields
    from ur_desk.domain.policy import Severity

    return Fields(Severity.ERROR)


def _read(text: str | None, read: Any) -> Any:
    return None if text is None else read(text)


def _refuse(at: "Fields") -> None:
    """Says what is doubtful, and refuses what is wrong."""
    from ur_desk.domain.policy import Severity

    for problem in at.problems:
        if problem.severity is Severity.ERROR:
            raise UserError(problem.message, "Nothing was saved.")
        say(f"{problem.severity.value}: {problem.message}")
