"""What every page holds: the desk behind its lanes, who sits at it, and the news of what changed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ur_desk.domain.people import Account
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Step, Steps
    from ur_desk.desk.verbs import Done

Heard = Callable[[Any], object]
Refused = Callable[[UserError], object]


class Session(QObject):
    """The open workspace for screens: asks on the store's lane, runs long verbs, and tells what changed.

    No page touches the desk on the screen's thread: it hands a call here, which is made with the desk on the right lane.
    """

    changed = Signal(object)
    """A frozenset of `Changed`: what some verb changed; every page that shows it reads again."""
    undo_offered = Signal(object)
    """The `Undo` of the last step, or None where there is no way back."""
    taken_back = Signal(object)
    """The `EventId` of a step that somebody here took back, before everybody hears what changed."""
    person_changed = Signal(object)
    """The `Account` that sits at the desk now."""
    stepped = Signal(object, object)
    """The `Job` of a long verb and the `Step` that it begins; None for the step once it has ended."""

    def __init__(self, desk: "Desk", jobs: Jobs, person: Account, kind: WorkspaceKind, zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = jobs
        self.person = person
        self.kind = kind
        self.zone = zone

    def now(self) -> datetime:
        """The instant of the desk's own clock, aware, in UTC: what "today" and "time left" are counted from. A demo lives in its own days."""
        return self._desk.clock.now()

    @property
    def demo(self) -> bool:
        """Whether the workspace is a throw-away demo."""
        return self.kind is WorkspaceKind.DEMO

    def read(
        self,
        call: "Callable[[Desk], Any]",
        owner: QObject,
        done: Heard,
        failed: Refused | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """Ask the desk something short; `done` gets the answer on this thread while `owner` lives, `ended` is told after all."""
        return self.jobs.store(partial(call, self._desk), owner, done=done, failed=failed, ended=ended)

    def write(
        self,
        call: "Callable[[Desk], Done[Any]]",
        owner: QObject,
        done: Heard | None = None,
        failed: Refused | None = None,
        ended: Callable[[], object] | None = None,
    ) -> Job:
        """Use a short writing verb; `done` gets the `Done` before everybody hears what changed, `ended` is told after all."""
        return self.jobs.store(partial(call, self._desk), owner, done=partial(self._told, done), failed=failed, ended=ended)

    def steps(
        self,
        start: "Callable[[Desk], Steps[Any]]",
        owner: QObject,
        done: Heard | None = None,
        failed: Refused | None = None,
        reported: "Callable[[Step], object] | None" = None,
        ended: Callable[[], object] | None = None,
        aside: bool = False,
    ) -> Job:
        """Use a long verb; `done` gets what it returns, and everybody hears what changed where that is a `Done`.

        `aside` is something that nobody asked for: it is not told that it goes on.
        """
        if aside:
            return self.jobs.steps(start(self._desk), owner, done=partial(self._told, done), failed=failed, ended=ended)
        under_way: list[Job] = []  # known only when the start returns, and inline everything is told before that

        def heard(step: "Step") -> None:
            self.stepped.emit(under_way[0] if under_way else None, step)
            if reported is not None:
                reported(step)

        def over() -> None:
            self.stepped.emit(under_way[0] if under_way else None, None)
            if ended is not None:
                ended()

        job = self.jobs.steps(start(self._desk), owner, done=partial(self._told, done), failed=failed, reported=heard, ended=over)
        under_way.append(job)
        return job

    def sit_down(
        self,
        name: str,
        passphrase: str,
        owner: QObject,
        done: Callable[[], object] | None = None,
        failed: Refused | None = None,
        new_passphrase: str = "",
    ) -> Job:
        """Let another person take the desk with their passphrase, or with a one-time code and the passphrase that they choose."""
        call = partial(_sit_down, self._desk, name, passphrase, new_passphrase)
        return self.jobs.store(call, owner, done=partial(self._seated, done), failed=failed)

    def _seated(self, done: Callable[[], object] | None, person: Account) -> None:
        self.person = person
        self.undo_offered.emit(None)
        self.person_changed.emit(person)
        if done is not None:
            done()

    def _told(self, done: Heard | None, value: Any) -> None:
        if done is not None:
            done(value)
        changes = getattr(value, "changes", None)
        if changes:
            self.undo_offered.emit(value.undo)
            self.changed.emit(changes)


def _sit_down(desk: "Desk", name: str, passphrase: str, new_passphrase: str) -> Account:
    from ur_desk.desk.workspace import sit_down

    sit_down(desk, name, passphrase, new_passphrase)
    return desk.person
