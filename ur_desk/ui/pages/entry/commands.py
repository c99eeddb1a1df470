"""The commands of the new-request form, each with its keys and what it does in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from ur_desk.ui.actions import Menu, page_command

if TYPE_CHECKING:
    from ur_desk.ui.pages.entry.page import EntryPage


def entry_commands(page: "EntryPage") -> tuple[QAction, QAction, QAction, QAction, QAction, QAction]:
    """To open the case, discard the draft, fill in this instant, go to what lacks, hand the draft over, and leave; all in the Case menu."""
    return (
        page_command(
            page, Menu.CASE, _tr("Open case"), ["Ctrl+Return", "Ctrl+Enter", "Ctrl+S"],
            _tr("Check everything, match it with the library, and open a case for it"), page.open_case,
        ),
        page_command(
            page, Menu.CASE, _tr("Discard draft"), ["Ctrl+Shift+Delete"], _tr("Forget what was typed and begin anew"), page.discard
        ),
        page_command(
            page, Menu.CASE, _tr("Received now"), ["Ctrl+;"], _tr("Fill in this day and time as the receipt"), page.keys.receive_now
        ),
        page_command(
            page, Menu.CASE, _tr("Next thing that lacks"), ["F8"],
            _tr("Go to the next field that would be asked for later"), page.keys.go_lacking,
        ),
        page_command(
            page, Menu.CASE, _tr("Hand to a colleague…"), ["Ctrl+Shift+H"], _tr("A colleague goes on with the draft"), page.hand.ask
        ),
        page_command(
            page, Menu.CASE, _tr("Leave"), ["Ctrl+W"],
            _tr("Back to where you came from; what was typed is kept as a draft"), page.leave,
        ),
    )  # fmt: skip


def _tr(words: str) -> str:
    return QCoreApplication.translate("EntryPage", words)
