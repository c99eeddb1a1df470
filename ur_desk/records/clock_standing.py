"""Where a clock stands, and a row of the clock rules, as plain data for the command line."""

from typing import Any

import msgspec

from ur_desk.domain.clocks.reading import ClockRead
from ur_desk.domain.clocks.rules import ClockRule, Row
from ur_desk.domain.clocks.tasks import Standing, Task


def standing_data(told: Standing) -> dict[str, Any]:
    """Where the clock of a case stands: state, when notice was given, the four instants of each line, and what is to be done."""
    data: dict[str, Any] = msgspec.to_builtins(told, order="deterministic")
    return data


def task_data(task: Task) -> dict[str, Any]:
    """Something to be done because of a clock."""
    data: dict[str, Any] = msgspec.to_builtins(task, order="deterministic")
    return data


def read_data(clock: ClockRead) -> dict[str, Any]:
    """What a clock said, with all that its rule allows."""
    data: dict[str, Any] = msgspec.to_builtins(clock, order="deterministic")
    return data


def row_data(row: Row, file: str) -> dict[str, Any]:
    """A row of the clock rules, and the file of the workspace that it came from; null for a bundled one."""
    data: dict[str, Any] = msgspec.to_builtins(row, order="deterministic")
    kind = "rule" if isinstance(row, ClockRule) else type(row).__name__.lower()
    return {"kind": kind, **data, "file": file or None}
