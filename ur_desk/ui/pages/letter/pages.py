"""The pages of a letter as pictures, one below the other, as wide as there is room."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ur_desk.ui.look import look
from ur_desk.ui.privacy import mask
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps

SCALE = 2.0
"""Pixels a point in which pages are drawn: sharp on dense screens, scaled down on others."""

WIDEST = 820
"""Pixels at 100 % beyond which a page grows no more."""

PageImage = tuple[int, int, bytes]
"""Width, height, and RGBA bytes."""


class LetterPages(Stack):
    """Shows pages, and none under the privacy mask; their words are in the list of sentences beside, which a screen reader reads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets = _Scroll()
        self._hidden = EmptyState(
            self.tr("Pages are hidden while names are"),
            self.tr("F9 shows names again, and with them the pages. The letter itself is the same."),
            icon="closed-eye",
        )
        self.addWidget(self._sheets)
        self.addWidget(self._hidden)
        self.setAccessibleName(self.tr("Pages of the letter"))
        mask().changed.connect(self._hide_or_show)
        self._hide_or_show()

    def show_pages(self, pages: Sequence[PageImage]) -> None:
        """Show these pages from the first; none empties the place."""
        self._sheets.show_images([_image(page) for page in pages])
        self._hide_or_show()

    @property
    def many(self) -> int:
        """How many pages there are, seen or hidden."""
        return len(self._sheets.images)

    def _hide_or_show(self) -> None:
        self.setCurrentWidget(self._hidden if mask().on else self._sheets)
        told = (
            self.tr("Hidden; F9 shows names and pages")
            if mask().on
            else self.tr("{0} pages; every sentence stands in the list beside them")
        )
        self.setAccessibleDescription(told.format(self.many))


class _Scroll(QScrollArea):
    """Lets the person scroll over the pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pages"))
        self._sheets = _Sheets()
        self.setWidget(self._sheets)

    @property
    def images(self) -> list[QImage]:
        """The pages, from the first."""
        return self._sheets.images

    def show_images(self, images: list[QImage]) -> None:
        """Show these from the top."""
        self._sheets.images = images
        self._fit()
        self.verticalScrollBar().setValue(0)

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


def drawn(desk: "Desk", pdf: bytes) -> "Steps[list[PageImage]]":
    """The pages of a letter as pictures, on the lane for work."""
    from ur_desk.desk.steps import work

    return (yield from work(lambda: desk.letters.pages(pdf, SCALE), QCoreApplication.translate("LetterPages", "Drawing the pages")))


def _image(page: PageImage) -> QImage:
    width, height, rgba = page
    return QImage(rgba, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()


def _scaled(image: QImage, size: QSize, ratio: float) -> QImage:
    """The image in the pixels of the screen: scaled once, smoothly, since painting alone blurs small letters."""
    wanted = size * ratio
    return image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
