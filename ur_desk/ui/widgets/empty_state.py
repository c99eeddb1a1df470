"""What a screen says when it has nothing to show: a title, a sentence on how to begin, and the button that begins."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ur_desk.ui.fonts import Type
from ur_desk.ui.icons import pixmap
from ur_desk.ui.look import look
from ur_desk.ui.widgets.parts import CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

LOW = 150
"""Pixels at 100 % below which only the words are shown."""


class EmptyState(Restyled, QFrame):
    """An empty place that says how to fill it; also what is shown while something loads or after it failed."""

    def __init__(
        self, title: str = "", sentence: str = "", action: QAction | None = None, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._icon_name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Text("", Type.TITLE)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = Text("", Type.BODY, "soft", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._button: CommandButton | None = None
        self._column = column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._title)
        column.addWidget(self._sentence, 0)
        column.addSpacing(8)
        column.addStretch(3)
        self.restyle()
        self.say(title, sentence, action)

    def say(self, title: str, sentence: str, action: QAction | None = None) -> None:
        """Say something else, with another way to begin or none."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._show_icon()
        self.setAccessibleName(f"{title}. {sentence}" if title else "")
        if self._button is not None:
            self._column.removeWidget(self._button)
            self._button.hide()  # until it is gone it would lie over everything here
            self._button.deleteLater()
            self._button = None
        if action is not None:
            self._button = CommandButton(action, "main")
            self._column.insertWidget(self._column.count() - 1, self._button, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def begins(self) -> bool:
        """Whether it offers a way to begin."""
        return self._button is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The icon is the first to go where there is no room for it."""
        super().resizeEvent(event)
        self._show_icon()

    def _show_icon(self) -> None:
        self._icon.setVisible(bool(self._icon_name and self._title.text()) and self.height() >= look().px(LOW))

    def restyle(self) -> None:
        """Draw the icon in the ink of the theme, and keep the margins in step with the zoom."""
        inset(self._column, 24, 24, 24, 24, 8)
        if self._icon_name:
            self._icon.setPixmap(pixmap(self._icon_name, 32, "faint"))
        self._sentence.setMinimumWidth(look().px(160))
