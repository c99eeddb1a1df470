"""The card that says why a workspace cannot be opened, lets one look again, and leads to the backups where they help."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.errors import Damaged, UserError
from ur_desk.ui.phrases import moment
from ur_desk.ui.widgets.card import Card

if TYPE_CHECKING:
    from ur_desk.desk.restoring import Offer


class TroublePage(Card):
    """Says calmly what happened, what to do and what was not lost."""

    def __init__(self, error: UserError, again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(error.message.rstrip("."), error.hint, parent)
        self.again_button = self.button(self.tr("Look again"), "main", again)


class DamagePage(Card):
    """What lies there does not hold any more: names the newest backup that is still whole, and offers it.

    `again` looks once more; None where somebody works there still, and may go back to that.
    """

    restore_wanted = Signal()
    """The backup that is named is to be restored."""
    file_wanted = Signal()
    """A backup that lies elsewhere is to be restored."""

    def __init__(self, error: Damaged, newest: "Offer | None", again: Callable[[], object] | None, parent: QWidget | None = None) -> None:
        super().__init__(error.message.rstrip("."), "", parent)
        if newest is not None:
            self.restore_button = self.button(self.tr("Restore this backup…"), "main", self.restore_wanted.emit)
            self.say(error.message.rstrip("."), self._words(newest))
        else:
            self.say(
                error.message.rstrip("."),
                self.tr(
                    "Nothing was changed. No backup that is still whole lies beside it: look for one elsewhere, such as on another drive."
                ),
            )
        self.file_button = self.button(self.tr("Restore from a file…"), "plain" if newest else "main", self.file_wanted.emit)
        if again is not None:
            self.again_button = self.button(self.tr("Look again"), "quiet", again)
        else:
            self.closes(self.tr("Back"))

    def _words(self, newest: "Offer") -> str:
        return self.tr(
            "Nothing was changed. The newest backup that is still whole was made on {0}:\n{1}\nIt takes the place of what lies there now, "
            "which is kept."
        ).format(moment(newest.at), newest.path.name)
