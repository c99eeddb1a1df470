"""Which pages a person's roles open; a page that they do not open says why in its tip."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import Account
from ur_desk.ui.actions import Actions

_TIP = "tip of its own"


def open_pages(commands: Actions, person: Account) -> None:
    """Closes the pages, and the check of the trail, that none of the person's roles has a use for."""
    _allow(commands.review, may_read(person, Read.CASE))
    for action in (commands.audit, commands.verify_trail):
        _allow(action, may_read(person, Read.HEADS))


def _allow(action: QAction, allowed: bool) -> None:
    if action.property(_TIP) is None:
        action.setProperty(_TIP, action.toolTip())
    tip = str(action.property(_TIP))
    action.setEnabled(allowed)
    action.setToolTip(tip if allowed else QCoreApplication.translate("allowed", "{0}: not for your role").format(tip))
