"""The privacy mask: one key puts initials in place of members' names, and hides birth dates, ids and addresses."""

import calendar
import re
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ur_desk.domain.listing import initials
from ur_desk.domain.request import Member

_SHORT = 3
"""Letters of a part of an address that may be any other word as well, such as a state's."""


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
    """A text under the mask: whatever tells who the member is, taken out of it wherever it stands as such.

    That is the member's names, birth date, id, telephone and addresses, who acts for the member, and who is insured.
    """
    if not mask().on:
        return text
    for words in sorted((each.strip() for each in _telling(member) if each and len(each.strip()) > 1), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "•••", text, flags=re.IGNORECASE)
    return text


def _telling(member: Member) -> Iterator[str | None]:
    """All words that tell who the member is, as requests and letters write them."""
    yield from (member.family, member.given, member.member_id, member.phone, member.subscriber)
    places = [member.address, member.confidential_address]
    if member.representative:
        yield member.representative.name
        places.append(member.representative.address)
    for place in places:
        for line in (place or "").splitlines():
            yield line
            yield from (part for part in line.split(", ", 1) if len(part.strip()) > _SHORT)
    if born := member.birth_date:
        yield from (f"{born:%m/%d/%Y}", f"{born:%Y-%m-%d}", f"{calendar.month_name[born.month]} {born.day}, {born.year}")
