"""Slow and stored work off the screen's thread: two lanes, results back by signal, nothing lost and nothing swallowed."""

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from ur_desk.desk.steps import Lane, Step, Steps, on_lane
from ur_desk.errors import Damaged, UserError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Task = Callable[[], None]


class _Kind(Enum):
    """What a lane has to tell of a job; all but REPORTED are the last that is heard of it."""

    REPORTED = "reported"
    DONE = "done"
    FAILED = "failed"
    BUG = "bug"
    CANCELLED = "cancelled"


class Job:
    """A job under way, for whoever may want to call it off."""

    __slots__ = ("cancelled", "is_verb", "number")

    def __init__(self, number: int, is_verb: bool) -> None:
        self.number = number
        self.is_verb = is_verb
        self.cancelled = False

    def cancel(self) -> None:
        """Not begin, or stop after the step under way; what was done stays done, and `ended` is still told."""
        self.cancelled = True


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A job and who waits for it; stays on the screen's thread, where widgets may be freed."""

    job: Job
    owner: QObject
    done: Callable[[Any], object] | None
    failed: Callable[[UserError], object] | None
    reported: Callable[[Any], object] | None
    ended: Callable[[], object] | None


@dataclass(frozen=True, slots=True)
class _News:
    number: int
    kind: _Kind
    value: Any = None


class Jobs(QObject):
    """Runs calls and long verbs on two lanes of one thread each, in the order in which they came.

    A long verb is a generator of steps (`desk.steps`): what a step returns is what its `yield` gives back to the verb, whose
    own lines run on the lane of the step before them.

    What is run must hold no widget: a lane could free it on the wrong thread. `owner` is the QObject that asked; once it
    is deleted its result is dropped. `done(value)`, `failed(UserError)`, `reported(step)` before each step of a verb, and
    `ended()` after everything, also after a bug or a cancel, are called on the thread of this object. A UserError that
    nobody takes goes to the signal `failed`; any other exception is a bug and goes to `sys.excepthook`.
    """

    failed = Signal(object)
    """A UserError that the job's starter did not ask for or did not live to hear."""

    damaged = Signal(object)
    """A `Damaged` that some job met, whoever takes it besides."""

    _news_came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._wanted: dict[int, _Wanted] = {}
        self._news: SimpleQueue[_News] = SimpleQueue()
        self._closing = self._closed = False
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._beginning = Lock()
        self._news_came.connect(self._take_one, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or has still to be told."""
        return bool(self._wanted)

    def store(
        self,
        call: Callable[[], Any],
        owner: QObject,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """Run a short call on the store's lane."""
        return self._call(Lane.STORE, call, self._enter(owner, False, done, failed, None, ended))

    def work(
        self,
        call: Callable[[], Any],
        owner: QObject,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """Run a call that does not touch the store on the work lane."""
        return self._call(Lane.WORK, call, self._enter(owner, False, done, failed, None, ended))

    def steps(
        self,
        verb: Steps[Any],
        owner: QObject,
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        reported: Callable[[Any], object] | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """Run a long verb, each step on its own lane; between steps other jobs get their turn."""
        job = self._enter(owner, True, done, failed, reported, ended)
        self._submit(Lane.WORK, partial(self._advance, job, verb, partial(next, verb)))
        return job

    def shutdown(self, closing: Callable[[], Any] | None = None) -> None:
        """Stop long verbs after the step under way, finish the calls that wait, run `closing` last in the store's lane; wait.

        Everything that comes of it is told before this returns; afterwards nothing can be started. A second time does nothing.
        """
        if self._closed:
            return
        self._closing = True
        self.cancel_verbs()
        self.settle()
        if closing is not None:
            self.store(closing, self)
            self.settle()
        self._closed = True
        self._close_lanes()

    def cancel_verbs(self) -> None:
        """Stop long verbs after the step under way; what was done stays done."""
        for wanted in self._wanted.values():
            wanted.job.cancelled = wanted.job.cancelled or wanted.job.is_verb

    def settle(self) -> None:
        """Wait until nothing is under way, and tell everything that comes of it meanwhile."""
        while self._wanted:
            self._tell(self._news.get())

    def _enter(self, owner: QObject, is_verb: bool, done: Any, failed: Any, reported: Any, ended: Any) -> Job:
        if self._closed:
            raise RuntimeError("the lanes are closed: nothing can be started any more")
        job = Job(next(self._numbers), is_verb)
        job.cancelled = is_verb and self._closing
        self._wanted[job.number] = _Wanted(job, owner, done, failed, reported, ended)
        return job

    def _call(self, lane: Lane, call: Callable[[], Any], job: Job) -> Job:
        self._submit(lane, partial(self._run, job, call))
        return job

    # on the lanes ---------------------------------------------------------------------------------------------------

    def _run(self, job: Job, call: Callable[[], Any]) -> None:
        """Make a call and tell what came of it."""
        if job.cancelled:
            self._post(_News(job.number, _Kind.CANCELLED))
            return
        try:
            value = call()
        except BaseException as error:
            self._post(_trouble(job, error))
        else:
            self._post(_News(job.number, _Kind.DONE, value))

    def _advance(self, job: Job, verb: Steps[Any], resume: Callable[[], Any]) -> None:
        """Let a verb go on to its next step and send that to its lane; where it was called off, let it clean up."""
        try:
            if job.cancelled:
                verb.close()
                self._post(_News(job.number, _Kind.CANCELLED))
                return
            step = resume()
            lane = Lane(step.lane)
        except StopIteration as end:
            self._post(_News(job.number, _Kind.DONE, end.value))
        except BaseException as error:
            self._post(_trouble(job, error))
        else:
            self._post(_News(job.number, _Kind.REPORTED, step))
            self._submit(lane, partial(self._step, job, verb, step))

    def _step(self, job: Job, verb: Steps[Any], step: Step) -> None:
        """Run one step of a verb and hand the verb what came of it, an error too: it may clean up or go on."""
        resume: Callable[[], Any] = partial(next, verb)
        if not job.cancelled:
            try:
                resume = partial(verb.send, step.run())
            except BaseException as error:
                resume = partial(verb.throw, error)
        self._advance(job, verb, resume)

    def _submit(self, lane: Lane, task: Task) -> None:
        """Put a task at the end of a lane."""
        self._lane(lane).submit(on_lane, lane, task).add_done_callback(self._look_at)

    def _lane(self, lane: Lane) -> "ThreadPoolExecutor":
        """A lane's one thread, begun when it is first needed: the window is painted before that."""
        with self._beginning:
            if lane not in self._lanes:
                from concurrent.futures import ThreadPoolExecutor

                self._lanes[lane] = ThreadPoolExecutor(1, thread_name_prefix=f"ur-desk-{lane}")
            return self._lanes[lane]

    def _look_at(self, future: "Future[None]") -> None:
        """A task tells its own trouble; trouble in the telling is a bug that no job can be named for."""
        error = future.exception()
        if error is not None:
            self._post(_News(0, _Kind.BUG, error))

    def _post(self, news: _News) -> None:
        """Lay news where the screen's thread finds it, and wake that."""
        self._news.put(news)
        self._news_came.emit()

    # on the thread of this object -------------------------------------------------------------------------------------

    def _take_one(self) -> None:
        """Take the news that woke us, if `settle` has not been faster."""
        try:
            news = self._news.get_nowait()
        except Empty:
            return
        self._tell(news)

    def _tell(self, news: _News) -> None:
        """Tell whoever waits; an error in what they do with it is theirs, not the next one's."""
        wanted = self._wanted.get(news.number) if news.kind is _Kind.REPORTED else self._wanted.pop(news.number, None)
        heard = wanted is not None and isValid(wanted.owner)
        for call in self._calls(news, wanted if heard else None):
            try:
                call()
            except Exception as error:
                sys.excepthook(type(error), error, error.__traceback__)

    def _calls(self, news: _News, wanted: _Wanted | None) -> list[Callable[[], object]]:
        """What is to be called for one piece of news, in order."""
        calls: list[Callable[[], object]] = []
        if news.kind is _Kind.BUG:
            calls.append(partial(sys.excepthook, type(news.value), news.value, news.value.__traceback__))
        elif news.kind is _Kind.FAILED:
            calls.append(partial((wanted and wanted.failed) or self.failed.emit, news.value))
            if isinstance(news.value, Damaged):
                calls.append(partial(self.damaged.emit, news.value))
        elif wanted and news.kind is _Kind.DONE and wanted.done:
            calls.append(partial(wanted.done, news.value))
        elif wanted and news.kind is _Kind.REPORTED:
            return [partial(wanted.reported, news.value)] if wanted.reported else []
        if wanted and wanted.ended:
            calls.append(wanted.ended)
        return calls

    def _close_lanes(self) -> None:
        for lane in self._lanes.values():
            lane.shutdown(wait=True)


class InlineJobs(Jobs):
    """The same, at once and on the caller's thread: when a start returns, everything it brought about is done and told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: deque[Task] = deque()
        self._running = False

    def _submit(self, lane: Lane, task: Task) -> None:
        self._tasks.append(partial(on_lane, lane, task))
        if not self._running:
            self._run_all()

    def _run_all(self) -> None:
        """Run tasks and tell their news in turn, those that come meanwhile too."""
        self._running = True
        try:
            while self._tasks:
                self._tasks.popleft()()
                while not self._news.empty():
                    self._tell(self._news.get_nowait())
        finally:
            self._running = False

    def _post(self, news: _News) -> None:
        self._news.put(news)


def _trouble(job: Job, error: BaseException) -> _News:
    """An error as news: what a person can do something about, or a bug."""
    return _News(job.number, _Kind.FAILED if isinstance(error, UserError) else _Kind.BUG, error)
