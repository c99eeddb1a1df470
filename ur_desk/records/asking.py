"""What is missing of cases as plain data, for the command line."""

from typing import Any

import msgspec

from ur_desk.domain.information.asking import AskTask, Waiting
from ur_desk.domain.information.wanted import Missing


def missing_data(each: Missing) -> dict[str, Any]:
    """What is worth asking for of a line, and whether any record could change the position against it."""
    told: dict[str, Any] = msgspec.to_builtins(each)
    return told


def waiting_data(each: Waiting) -> dict[str, Any]:
    """What lines wait for, and each attempt to get it."""
    told: dict[str, Any] = msgspec.to_builtins(each)
    return told


def task_data(number: str, task: AskTask) -> dict[str, Any]:
    """What is to be done, with the number of its case."""
    return {"case": number, **msgspec.to_builtins(task)}
