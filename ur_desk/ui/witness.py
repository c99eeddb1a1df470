"""How old the newest code outside of this computer is, said in the status line."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.trail.checkpoint import Outside
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.trail.checkpoint import Left

OLD = 7
"""Days after which the newest code outside is said in a louder ink."""
_HOW = {
    Outside.LETTER: QT_TRANSLATE_NOOP("witness", "on an issued letter"),
    Outside.BACKUP: QT_TRANSLATE_NOOP("witness", "with a backup in another folder"),
    Outside.CODE: QT_TRANSLATE_NOOP("witness", "as a code that somebody took down"),
}


def watch_witness(session: Session, status: StatusLine) -> None:
    """Lets the status line say it from now on; it is read anew whenever a letter, a backup or a code may have left."""

    def ask(*_news: object) -> None:
        if may_read(session.person, Read.HEADS):
            session.read(_read, status, partial(_say, status), lambda _error: None)
        else:
            status.set_witness("")

    session.changed.connect(ask)
    session.person_changed.connect(ask)
    ask()


def _read(desk: "Desk") -> "tuple[Left | None, datetime]":
    return desk.supervision.newest_outside(), desk.clock.now()


def _say(status: StatusLine, told: "tuple[Left | None, datetime]") -> None:
    left, now = told
    why = _tr(
        "A code of the trail that lies outside of this computer speaks against whoever cuts off its end.\n"
        "Issued letters, backups in another folder and written-down codes carry one."
    )
    if left is None:
        status.set_witness(_tr("Last witness: none yet"), why)
        return
    days = max((now - left.at).days, 0)
    words = _tr("Last witness: {0}").format(_age(days))
    tip = _tr("{0} UTC, {1}.").format(f"{left.at.astimezone(UTC):%m/%d/%Y %H:%M}", _tr(str(_HOW[left.how])))
    status.set_witness(words, f"{tip}\n{why}", "soft" if days < OLD else "ask")


def _age(days: int) -> str:
    if days == 0:
        return _tr("today")
    return _tr("1 day ago") if days == 1 else _tr("{0} days ago").format(days)


def _tr(words: str) -> str:
    return QCoreApplication.translate("witness", words)
