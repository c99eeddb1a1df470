"""What a case follows and what follows it as plain data, for the command line."""

from collections.abc import Iterable
from typing import Any

import msgspec

from ur_desk.domain.appeals.lineage import EarlierLine, Lineage
from ur_desk.domain.clocks.windows import LineWindow


def windows_data(told: Iterable[LineWindow]) -> list[dict[str, Any]]:
    """Until when one may ask that each line be looked at anew."""
    return [{"line": each.line, **msgspec.to_builtins(each.window), "late": each.window.late, "bars": each.window.bars} for each in told]


def lineage_data(told: Lineage) -> dict[str, Any]:
    """The decisions before, with their reasons and cited lines; and what became of each line in cases that follow."""
    earlier = told.earlier
    return {
        "earlier": None
        if earlier is None
        else {
            "number": earlier.number, "kind": earlier.kind.value, "shown": earlier.shown, "lines": [_line(each) for each in earlier.lines],
        },
        "later": msgspec.to_builtins(told.later),
    }  # fmt: skip


def _line(each: EarlierLine) -> dict[str, Any]:
    return {
        "line": each.line,
        "of": each.state.line,
        "decision": msgspec.to_builtins(each.state.decision),
        "cited": msgspec.to_builtins(each.cited),
    }
