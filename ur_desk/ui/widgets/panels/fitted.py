"""A place that is as high as what it holds, and scrolls where it gets less."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ur_desk.ui.look import look


class Fitted(QScrollArea):
    """Holds one widget with a layout; asks for the height that this needs at the present width, never more."""

    def __init__(self, name: str, content: QWidget, parent: QWidget | None = None, least: int = 48) -> None:
        """It keeps `least` pixels at 100 %, or what its content needs where that is less."""
        super().__init__(parent)
        self._least = least
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.content = content
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """As high as the content needs at this width."""
        layout = self.content.layout()
        width = self.viewport().width()
        needs = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else self.content.sizeHint().height()
        return QSize(look().px(320), max(needs, self.content.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        """The least that it keeps."""
        return QSize(look().px(200), min(look().px(self._least), self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds has grown, or parts of it are hidden: another height."""
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
