"""Jobs: two lanes, results on the screen's thread, errors to whom they belong, nothing swallowed."""

import sys
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from ur_desk.desk.steps import Lane, Step
from ur_desk.errors import UserError
from ur_desk.ui.jobs import InlineJobs, Jobs


class Ear:
    """Collects what it is told, and on which thread."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.threads: set[str] = set()

    def to(self, kind: str) -> Callable[..., None]:
        def hear(*value: Any) -> None:
            self.heard.append((kind, *value))
            self.threads.add(threading.current_thread().name)

        return hear


@pytest.fixture(params=[Jobs, InlineJobs])
def jobs(request: pytest.FixtureRequest, qapp: object) -> Iterator[Jobs]:
    made = request.param()
    yield made
    made.shutdown()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: seen.append(error))
    return seen


def boom() -> None:
    raise ZeroDivisionError("a bug")


def refuse() -> None:
    raise UserError("The file is empty.", "Choose another.")


def test_a_result_and_the_end_are_told_on_the_screens_thread(jobs: Jobs) -> None:
    ear, owner = Ear(), QObject()
    jobs.store(lambda: 42, owner, done=ear.to("done"), ended=ear.to("ended"))
    jobs.shutdown()
    assert ear.heard == [("done", 42), ("ended",)]
    assert ear.threads == {threading.current_thread().name}


def test_a_result_comes_by_the_event_loop_alone(qtbot: Any) -> None:
    jobs, owner, ear = Jobs(), QObject(), Ear()
    jobs.work(lambda: "found", owner, done=ear.to("done"))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ear.heard == [("done", "found")]
    jobs.shutdown()


def test_each_lane_is_one_thread_and_they_are_not_the_same(qapp: object) -> None:
    jobs, owner, ear = Jobs(), QObject(), Ear()
    for lane in (jobs.store, jobs.work):
        for _ in range(5):
            lane(lambda: threading.current_thread().name, owner, done=ear.to(lane.__name__))
    jobs.shutdown()
    names = {kind: {name for k, name in ear.heard if k == kind} for kind in ("store", "work")}
    assert len(names["store"]) == len(names["work"]) == 1
    assert names["store"] != names["work"]
    assert threading.current_thread().name not in names["store"] | names["work"]


def test_calls_of_one_lane_run_in_the_order_in_which_they_came(jobs: Jobs) -> None:
    owner, ran = QObject(), []
    for number in range(50):
        jobs.store(lambda number=number: ran.append(number), owner)
    jobs.shutdown()
    assert ran == list(range(50))


def test_a_user_error_goes_to_whoever_asked_for_it(jobs: Jobs, bugs: list[BaseException]) -> None:
    ear, owner = Ear(), QObject()
    jobs.failed.connect(ear.to("everybody"))
    jobs.store(refuse, owner, done=ear.to("done"), failed=ear.to("failed"), ended=ear.to("ended"))
    jobs.shutdown()
    assert [kind for kind, *_ in ear.heard] == ["failed", "ended"]
    assert ear.heard[0][1].hint == "Choose another."
    assert not bugs


def test_a_user_error_that_nobody_takes_is_told_to_all(jobs: Jobs) -> None:
    ear, owner = Ear(), QObject()
    jobs.failed.connect(ear.to("everybody"))
    jobs.work(refuse, owner)
    jobs.shutdown()
    assert [kind for kind, *_ in ear.heard] == ["everybody"]


def test_a_bug_rises_to_the_excepthook_and_the_end_is_still_told(jobs: Jobs, bugs: list[BaseException]) -> None:
    ear, owner = Ear(), QObject()
    jobs.work(boom, owner, done=ear.to("done"), failed=ear.to("failed"), ended=ear.to("ended"))
    jobs.shutdown()
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    assert bugs[0].__traceback__ is not None
    assert ear.heard == [("ended",)]


def test_a_bug_in_what_is_done_with_a_result_does_not_stop_the_next_one(jobs: Jobs, bugs: list[BaseException]) -> None:
    ear, owner = Ear(), QObject()
    jobs.store(lambda: 1, owner, done=lambda _value: boom())
    jobs.store(lambda: 2, owner, done=ear.to("done"))
    jobs.shutdown()
    assert ear.heard == [("done", 2)]
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_the_result_of_a_deleted_owner_is_dropped_but_not_its_error(qapp: object) -> None:
    jobs, ear = Jobs(), Ear()
    gate = threading.Event()
    kept, gone = QObject(), QObject()
    jobs.failed.connect(ear.to("everybody"))
    jobs.store(lambda: gate.wait(10), kept, done=ear.to("kept"))
    jobs.store(lambda: "late", gone, done=ear.to("gone"), ended=ear.to("ended"))
    jobs.store(refuse, gone, failed=ear.to("failed"))
    delete(gone)
    gate.set()
    jobs.shutdown()
    assert [kind for kind, *_ in ear.heard] == ["kept", "everybody"]


def test_a_call_called_off_before_its_turn_does_not_run(qapp: object) -> None:
    jobs, ear, owner = Jobs(), Ear(), QObject()
    gate = threading.Event()
    jobs.store(lambda: gate.wait(10), owner)
    job = jobs.store(lambda: ear.to("ran")(), owner, done=ear.to("done"), ended=ear.to("ended"))
    job.cancel()
    gate.set()
    jobs.shutdown()
    assert ear.heard == [("ended",)]


def lanes_verb(seen: list[str]) -> Generator[Step, Any, str]:
    def where() -> str:
        seen.append(threading.current_thread().name)
        return seen[-1]

    first = yield Step(Lane.STORE, where, "Reading")
    second = yield Step(Lane.WORK, where, "Matching")
    third = yield Step(Lane.STORE, where, "Saving")
    return "same" if first == third != second else "mixed"


def test_a_verb_runs_each_step_on_its_lane_and_reports_it_before(jobs: Jobs) -> None:
    ear, owner, seen = Ear(), QObject(), []
    jobs.steps(lanes_verb(seen), owner, done=ear.to("done"), reported=ear.to("step"), ended=ear.to("ended"))
    jobs.settle()
    assert [item[1].words for item in ear.heard if item[0] == "step"] == ["Reading", "Matching", "Saving"]
    assert ear.heard[-2:] == [("done", "same" if type(jobs) is Jobs else "mixed"), ("ended",)]
    assert len(seen) == 3


def test_a_verb_hears_the_error_of_its_step_and_may_go_on(jobs: Jobs) -> None:
    ear, owner = Ear(), QObject()

    def verb() -> Generator[Step, Any, str]:
        try:
            yield Step(Lane.WORK, refuse)
        except UserError as error:
            hint = error.hint
            return (yield Step(Lane.STORE, lambda: f"kept: {hint}"))
        return "never"

    jobs.steps(verb(), owner, done=ear.to("done"))
    jobs.settle()
    assert ear.heard == [("done", "kept: Choose another.")]


@pytest.mark.parametrize(("error", "told"), [(UserError("no"), ["failed", "ended"]), (ZeroDivisionError(), ["ended"])])
def test_an_error_that_a_verb_lets_pass_ends_it(jobs: Jobs, bugs: list[BaseException], error: Exception, told: list[str]) -> None:
    ear, owner = Ear(), QObject()

    def fail() -> None:
        raise error

    def verb() -> Generator[Step, Any, None]:
        yield Step(Lane.STORE, fail)

    jobs.steps(verb(), owner, failed=ear.to("failed"), ended=ear.to("ended"))
    jobs.settle()
    assert [kind for kind, *_ in ear.heard] == told
    assert len(bugs) == (0 if isinstance(error, UserError) else 1)


def test_a_verb_called_off_stops_after_the_step_under_way_and_cleans_up(qapp: object) -> None:
    jobs, ear, owner = Jobs(), Ear(), QObject()
    begun, gate, trace = threading.Event(), threading.Event(), []

    def slow() -> None:
        begun.set()
        gate.wait(10)
        trace.append("first")

    def verb() -> Generator[Step, Any, None]:
        try:
            yield Step(Lane.WORK, slow)
            yield Step(Lane.WORK, lambda: trace.append("second"))
        finally:
            trace.append("cleaned up")

    job = jobs.steps(verb(), owner, done=ear.to("done"), ended=ear.to("ended"))
    begun.wait(10)
    job.cancel()
    gate.set()
    jobs.shutdown()
    assert trace == ["first", "cleaned up"]
    assert ear.heard == [("ended",)]


def test_a_verb_that_names_no_lane_is_a_bug(jobs: Jobs, bugs: list[BaseException]) -> None:
    def verb() -> Generator[Step, Any, None]:
        yield Step("elsewhere", lambda: None)  # type: ignore[arg-type]

    jobs.steps(verb(), QObject())
    jobs.settle()
    assert [type(bug) for bug in bugs] == [ValueError]


def test_shutdown_stops_verbs_finishes_calls_and_closes_last(qapp: object) -> None:
    jobs, owner, order = Jobs(), QObject(), []

    def endless() -> Generator[Step, Any, None]:
        try:
            while True:
                yield Step(Lane.STORE, lambda: None)
        finally:
            order.append("verb")

    jobs.steps(endless(), owner)
    jobs.store(lambda: order.append("saved"), owner, done=lambda _value: jobs.store(lambda: order.append("read again"), owner))
    jobs.shutdown(lambda: order.append("closed"))
    assert order[-1] == "closed"
    assert {"verb", "saved", "read again"} < set(order)
    assert not jobs.busy


def test_nothing_can_be_started_after_shutdown(jobs: Jobs) -> None:
    jobs.shutdown()
    with pytest.raises(RuntimeError):
        jobs.store(lambda: None, QObject())


def test_inline_jobs_are_done_when_the_start_returns(qapp: object) -> None:
    jobs, owner, ear = InlineJobs(), QObject(), Ear()
    jobs.store(lambda: 1, owner, done=lambda value: jobs.work(lambda: value + 1, owner, done=ear.to("done")))
    assert ear.heard == [("done", 2)]


def test_a_long_inline_verb_does_not_grow_the_stack(qapp: object) -> None:
    ear = Ear()

    def verb() -> Generator[Step, Any, int]:
        for number in range(5000):
            yield Step(Lane.WORK if number % 2 else Lane.STORE, lambda: None)
        return number

    InlineJobs().steps(verb(), QObject(), done=ear.to("done"))
    assert ear.heard == [("done", 4999)]


def test_many_owners_deleted_while_their_jobs_run_bring_nothing_down(qapp: object) -> None:
    jobs, ear = Jobs(), Ear()
    for number in range(120):
        owner = QObject()
        jobs.work(lambda number=number: number, owner, done=ear.to("done"))
        if number % 2:
            delete(owner)
    jobs.shutdown()
    assert len(ear.heard) == 60
