"""The files that left, or came in, and still lie outside: named before the desk is locked or left, each to be removed or kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel, Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.exports import StillOutside

WIDE = 640


def still_outside(desk: "Desk") -> "tuple[StillOutside, ...]":
    """Every file that left or came in and still lies there."""
    return desk.exports.still_outside()


def _removed(desk: "Desk", item: "StillOutside") -> "StillOutside":
    desk.exports.remove(item)
    return item


class OutsideCard(Restyled, QFrame):
    """Lists the files, offers to remove each, and goes on when the person says so."""

    gone_on = Signal()
    """The person is through with it."""
    back = Signal()
    """The person stays."""

    def __init__(self, session: Session, items: "Sequence[StillOutside]", go_on: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("ground", "surface")
        self.title = Text("", Type.HEADING, wrap=True)
        self._sentence = Text(
            self.tr(
                "What left the workspace, or was read into it, may hold patient data, and is not protected out there. Removing deletes the "
                "file; it does not wipe the disk, and what a synced folder or a recycle bin copied stays there."
            ),
            Type.BODY,
            "soft",
            wrap=True,
        )
        self.notice = Notice()
        self.rows = {item: _Row(item) for item in items}
        self.go_on_button = _button(go_on, "main", self.gone_on.emit)
        self._back = _button(self.tr("Back"), "quiet", self.back.emit)
        self._lay_out()
        for item, row in self.rows.items():
            row.remove.clicked.connect(lambda _on=False, item=item: self._remove(item))
        self._count()
        self.restyle()
        self.setFocusProxy(self.go_on_button)

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setProperty("ground", "surface")
        self._list = QVBoxLayout(inside)
        for row in self.rows.values():
            self._list.addWidget(row)
        self._list.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.go_on_button)
        self._buttons.addWidget(self._back)
        self._buttons.addStretch(1)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        for part in (self.title, self._sentence, Fitted(self.tr("Files outside"), inside), self.notice):
            self._column.addWidget(part)
        self._column.addLayout(self._buttons)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._inner)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)

    def restyle(self) -> None:
        """The grid at the present zoom."""
        self._inner.setFixedWidth(look().px(WIDE))
        inset(self._column, 0, 16, 0, 16, 12)
        inset(self._list, 0, 0, 0, 0, 4)
        inset(self._buttons, 0, 4, 0, 0, 8)

    def _remove(self, item: "StillOutside") -> None:
        self.rows[item].remove.setEnabled(False)
        self._session.read(lambda desk: _removed(desk, item), self, self._was_removed, lambda error: self._refused(item, error))

    def _was_removed(self, item: "StillOutside") -> None:
        self.rows[item].say_removed()
        self._count()
        self.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, item: "StillOutside", error: UserError) -> None:
        self.rows[item].remove.setEnabled(True)
        self.notice.show_error(error)

    def _count(self) -> None:
        left = sum(not row.is_removed for row in self.rows.values())
        words = {0: self.tr("No file lies outside any more"), 1: self.tr("1 file still lies outside")}
        self.title.setText(words.get(left, self.tr("{0} files still lie outside").format(left)))
        self.setAccessibleName(self.title.text())


class _Row(Restyled, QFrame):
    """A file: its name, what and where it is, and the button that removes it."""

    def __init__(self, item: "StillOutside") -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        self.is_removed = False
        self._name = ElidedLabel(item.path.name, Type.MEDIUM, mode=Qt.TextElideMode.ElideMiddle)
        told = " · ".join(part for part in (item.what, _place(item.place), str(item.path.parent)) if part)
        self._told = ElidedLabel(told, Type.SMALL, "soft", mode=Qt.TextElideMode.ElideMiddle)
        self.remove = _button(self.tr("Remove"), "plain", None)
        self.remove.setAccessibleName(self.tr("Remove {0}").format(item.path.name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._told)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.remove)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 0, 6, 4, 6, 12)

    def say_removed(self) -> None:
        """The file is gone."""
        self.is_removed = True
        self.remove.setText(self.tr("Removed"))
        self.remove.setEnabled(False)


def _place(place: str) -> str:
    """A kind of place in words; as it is where there are none for it."""
    words = {
        "local": QCoreApplication.translate("outside", "this computer's disk"),
        "network": QCoreApplication.translate("outside", "network folder"),
        "synced": QCoreApplication.translate("outside", "synced folder"),
        "removable": QCoreApplication.translate("outside", "removable drive"),
    }
    return words.get(place, place)


def _button(words: str, kind: str, pressed: Any) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    if pressed is not None:
        button.clicked.connect(lambda: pressed())
    return button
