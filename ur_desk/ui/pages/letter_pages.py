"""The pages of a letter as pictures, one below the other, as wide as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ur_desk.ui.look import look

SCALE = 2.0
"""Pixels a point in which pages are drawn: sharp on dense screens, scaled down on others."""

WIDEST = 820
"""Pixels at 100 % beyond which a page grows no more."""

PageImage = tuple[int, int, bytes]
"""Width, height, and RGBA bytes."""


class LetterPages(QScrollArea):
    """Shows pages; their words are in the list of sentences beside, which is what a screen reader reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Pages of the letter"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheets = _Sheets()
        self.setWidget(self._sheets)

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Show these pages from the first; none empties the place."""
        self._sheets.images = [_image(page) for page in pages]
        self.setAccessibleDescription(self.tr("{0} pages; every sentence stands in the list beside them").format(len(pages)))
        self._fit()
        self.verticalScrollBar().setValue(0)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._sheets.images)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._sheets.fit(self.viewport().width())


class _Sheets(QWidget):
    """Paints the pages on the ground of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self._areas: list[QRect] = []

    def fit(self, width: int) -> None:
        """Give every page its place."""
        gap = look().px(16)
        wide = min(width - 2 * gap, look().px(WIDEST))
        top, self._areas = gap, []
        for image in self.images:
            height = image.height() * wide // max(image.width(), 1)
            self._areas.append(QRect((width - wide) // 2, top, wide, height))
            top += height + gap
        self.resize(QSize(max(width, 1), top))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight, each with a hairline around it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), look().colour("page"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(look().colour("line"))
        for image, area in zip(self.images, self._areas, strict=True):
            if area.intersects(event.rect()):
                painter.drawImage(area, _scaled(image, area.size(), self.devicePixelRatioF()))
                painter.drawRect(area.adjusted(0, 0, -1, -1))


def _image(page: PageImage) -> QImage:
    width, height, rgba = page
    return QImage(rgba, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()


def _scaled(image: QImage, size: QSize, ratio: float) -> QImage:
    """The image in the pixels of the screen: scaled once, smoothly, since painting alone blurs small letters."""
    wanted = size * ratio
    return image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
