"""A case and a row of a list as plain data, for the command line."""

from typing import Any

import msgspec

from ur_desk.domain.case import Case
from ur_desk.domain.determination import Decision
from ur_desk.domain.listing import CaseRow
from ur_desk.records.request import request_data


def row_data(row: CaseRow) -> dict[str, Any]:
    """A row of a list."""
    told: dict[str, Any] = msgspec.to_builtins(row, order="deterministic")
    return told


def case_data(case: Case) -> dict[str, Any]:
    """A case as it is now: request with its amendments, lines with workflow and determination apart, clock, letters."""
    return {
        "id": case.id,
        "number": case.number,
        "revision": case.revision,
        "workflow": case.workflow.value,
        "determination": case.determination.value if case.determination else None,
        "clock": msgspec.to_builtins(case.clock),
        "request": request_data(case.current_request),
        "lines": [
            {
                "line": s.line,
                "code": s.service.code,
                "workflow": s.workflow.value,
                "determination": s.determination.value if s.determination else None,
                "decision": _decision(s.decision),
                "letters": list(s.letters),
            }
            for s in case.lines
        ],
        "suggestions": {str(r.line): r.suggestion.value for r in (case.matched.services if case.matched else ())},
        "policies": [msgspec.to_builtins(pin) for pin in (case.matched.pins if case.matched else ())],
        "coverage": {item.value: msgspec.to_builtins(found) for item, found in case.coverage},
        "not_checked": [item.value for item in case.unchecked],
        "contacts": msgspec.to_builtins(case.contacts),
        "amendments": msgspec.to_builtins(case.amendments),
        "letters": msgspec.to_builtins(case.letters),
    }


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    told: dict[str, Any] = msgspec.to_builtins(decision)
    return told
