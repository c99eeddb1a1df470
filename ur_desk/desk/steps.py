"""Long verbs as steps: each says in which lane it runs, so that screens stay alive and can cancel between them."""

from collections.abc import Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, cast

T = TypeVar("T")

_LANE: "ContextVar[Lane | None]" = ContextVar("lane", default=None)


class Lane(StrEnum):
    """Where a step runs: on the store's one thread, or on the thread for work that never touches the store."""

    STORE = "store"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a long verb; `words` tell the person what is going on."""

    lane: Lane
    run: Callable[[], Any]
    words: str = ""


Steps = Generator[Step, Any, T]


def on_lane(lane: Lane, run: Callable[[], T]) -> T:
    """Runs a call as one of that lane, on whatever thread, so that the desk refuses its store to work."""
    before = _LANE.set(lane)
    try:
        return run()
    finally:
        _LANE.reset(before)


def at_work() -> bool:
    """Whether what runs now is work, which never touches the store: the store's connection belongs to another thread."""
    return _LANE.get() is Lane.WORK


def store(run: Callable[[], T], words: str = "") -> Steps[T]:
    """A step that reads or writes the store; `yield from` it gives what it returned."""
    return cast(T, (yield Step(Lane.STORE, run, words)))


def work(run: Callable[[], T], words: str = "") -> Steps[T]:
    """A step that computes and never touches the store; `yield from` it gives what it returned."""
    return cast(T, (yield Step(Lane.WORK, run, words)))


def finish(steps: Steps[T], before: Callable[[Step], object] | None = None) -> T:
    """Runs all steps here and now; an error in a step rises inside the verb, as it would in place. `before` hears of each step.

    As on real lanes, a verb begins as work, and its own lines after a step are of that step's lane.
    """
    resume: Callable[[], Step] = partial(next, steps)
    lane = Lane.WORK
    while True:
        try:
            step = on_lane(lane, resume)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        if before is not None:
            before(step)
        lane = step.lane
        try:
            resume = partial(steps.send, on_lane(lane, step.run))
        except Exception as wrong:  # handed to the verb, which may give up or go on
            resume = partial(steps.throw, wrong)
