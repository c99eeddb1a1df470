"""Line icons in the ink of the theme; always beside words or with an accessible name on what bears them."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache

from ur_desk import paths
from ur_desk.ui.look import look


def icon(name: str, ink: str = "soft") -> QIcon:
    """The icon `resources/icons/<name>.svg` in an ink, greyed where disabled; asked for anew when the style changes."""
    made = QIcon(pixmap(name, 16, ink))
    made.addPixmap(pixmap(name, 16, "faint"), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, pixels: int, ink: str = "soft") -> QPixmap:
    """The icon drawn `pixels` wide at 100 %, at the present zoom and twice as dense, so that it is sharp everywhere."""
    side, colour = look().px(pixels), getattr(look().tokens, ink)
    drawn = QPixmap()
    key = f"ur-desk {name} {side} {colour}"
    if not QPixmapCache.find(key, drawn):
        drawn = _drawn(name, side, colour)
        QPixmapCache.insert(key, drawn)
    return drawn


def _drawn(name: str, side: int, colour: str) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # not needed for the first window

    source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    drawn = QPixmap(QSize(side, side) * 2)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn
