"""The privacy mask: one key puts initials in place of members' names, and hides birth dates, ids and addresses."""

import re

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ur_desk.domain.listing import initials
from ur_desk.domain.request import Member


class Mask(QObject):
    """Whether names are hidden now; it begins off with every start, and every part that names a member hears of a change."""

    changed = Signal(bool)
    """Names are hidden from here on, or shown again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.on = False

    def set(self, on: bool) -> None:
        """Hide names, or show them again."""
        if on != self.on:
            self.on = on
            self.changed.emit(on)


def mask() -> Mask:
    """The mask of this program."""
    app = QCoreApplication.instance()
    assert app is not None
    return app.findChild(Mask) or Mask(app)


def hidden() -> str:
    """What stands in place of a birth date, an id or an address."""
    return QCoreApplication.translate("privacy", "hidden")


def named(name: str) -> str:
    """A member's name, or the initials under the mask."""
    return initials(name) if mask().on else name


def private(words: str) -> str:
    """A birth date, an id or an address; hidden under the mask."""
    return hidden() if words and mask().on else words


def without_member(text: str, member: Member) -> str:
    """A text under the mask: the member's names, id and address taken out of it wherever they stand as such."""
    if not mask().on:
        return text
    told = (member.family, member.given, member.member_id, *(member.address or "").splitlines())
    for words in sorted((each.strip() for each in told if each and len(each.strip()) > 1), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "•••", text, flags=re.IGNORECASE)
    return text
