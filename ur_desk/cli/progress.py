"""How far a long step is, on standard error: one line that grows at a terminal, the last word alone elsewhere."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ur_desk.cli.output import say

if TYPE_CHECKING:
    from ur_desk.desk.steps import Step, Steps

T = TypeVar("T")
MANY = 20
"""From so many on it is said how far it is."""


def watched(steps: "Steps[T]", total: int, done: Callable[[], int], words: Callable[[], str]) -> bool:
    """Runs a long verb over `total` things, saying how far it is; whether it was stopped before the end."""
    from ur_desk.desk.steps import finish

    said = 0

    def heard(_step: "Step") -> None:
        nonlocal said
        if total >= MANY and done() >= said + max(total // 100, 1):
            said = done()
            _say(words())

    try:
        finish(steps, heard)
    except KeyboardInterrupt:
        return True
    finally:
        if total >= MANY:
            _say(words(), last=True)
    return False


def _say(words: str, last: bool = False) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{words}" + ("\n" if last else ""))
        sys.stderr.flush()
    elif last:
        say(words)
