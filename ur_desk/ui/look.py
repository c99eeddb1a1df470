"""How the screens look at this moment: colours, sizes and fonts as one value that widgets read when they paint."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from ur_desk.ui.fonts import Type
from ur_desk.ui.tokens import LIGHT, Tokens

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
"""Percent; the first and the last are the limits."""


@dataclass(frozen=True, slots=True)
class Look:
    """A theme's colours at a zoom (percent) in a family; never kept by a widget, always asked for anew."""

    tokens: Tokens = LIGHT
    zoom: int = 100
    family: str = ""

    def px(self, pixels: float) -> int:
        """A length given in pixels at 100 %, at this zoom; what is seen at 100 % never vanishes."""
        scaled = round(pixels * self.zoom / 100)
        return max(1, scaled) if pixels > 0 else scaled

    def font(self, style: Type) -> QFont:
        """The font of a text style at this zoom."""
        font = QFont(self.family)
        font.setPixelSize(self.px(style.pixels))
        font.setWeight(style.weight)
        return font

    def colour(self, token: str) -> QColor:
        """A colour by the name of its token."""
        return QColor(getattr(self.tokens, token))


def clamp_zoom(percent: int) -> int:
    """The nearest zoom that the screens bear."""
    return min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])


_now = Look()


def look() -> Look:
    """The look of the application at this moment; it changes only through `theme.apply`."""
    return _now


def put_on(new: Look) -> None:
    """Make this the look; for `theme` alone, which restyles the open windows with it."""
    global _now
    _now = new
