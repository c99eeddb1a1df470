"""The card that says why a workspace cannot be opened, and lets one look again."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ur_desk.errors import UserError
from ur_desk.ui.widgets.card import Card


class TroublePage(Card):
    """Says calmly what happened, what to do and what was not lost."""

    def __init__(self, error: UserError, again: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(error.message.rstrip("."), error.hint, parent)
        self.again_button = self.button(self.tr("Look again"), "main", again)
