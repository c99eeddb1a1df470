"""What the window is filled from, read on the store's lane from a desk that is open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.guard.laid_aside import LaidAside
    from ur_desk.domain.people import Account
    from ur_desk.domain.workspace import WorkspaceKind


class Opened(NamedTuple):
    """An open workspace; `aside` is what this person left on the desk when it was locked."""

    desk: "Desk"
    person: "Account"
    kind: "WorkspaceKind"
    zone: str
    aside: "LaidAside | None"


def opened(desk: "Desk") -> Opened:
    """What an open desk gives."""
    return Opened(desk, desk.person, desk.kind, str(desk.zone), desk.lock.take_up())


def open_with(opening: "Callable[[], Desk]") -> Opened:
    """Open a desk, and what it gives."""
    return opened(opening())
