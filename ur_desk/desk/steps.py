"""Long verbs as steps: each says in which lane it runs, so that screens stay alive and can cancel between them."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

T = TypeVar("T")


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


def store(run: Callable[[], T], words: str = "") -> Steps[T]:
    """A step that reads or writes the store; `yield from` it gives what it returned."""
    return cast(T, (yield Step(Lane.STORE, run, words)))


def work(run: Callable[[], T], words: str = "") -> Steps[T]:
    """A step that computes and never touches the store; `yield from` it gives what it returned."""
    return cast(T, (yield Step(Lane.WORK, run, words)))


def finish(steps: Steps[T], before: Callable[[Step], object] | None = None) -> T:
    """Runs all steps here and now; an error in a step rises inside the verb, as it would in place. `before` hears of each step."""
    answer: Any = None
    failure: BaseException | None = None
    while True:
        try:
            step = steps.send(answer) if failure is None else steps.throw(failure)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        answer, failure = None, None
        if before is not None:
            before(step)
        try:
            answer = step.run()
        except Exception as wrong:  # handed to the verb, which may give up or go on
            failure = wrong
