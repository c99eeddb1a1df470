"""The palette: every colour of the screens by its meaning, light, dark, or taken from the system's own high contrast."""

from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from PySide6.QtGui import QColor, QPalette

INKS = ("text", "soft", "faint", "accent", "good", "bad", "ask")
"""Colours that text is written in."""

GROUNDS = ("page", "surface", "quiet_soft", "accent_soft", "hit", "ask_soft", "good_soft", "bad_soft")
"""Colours that text stands on: every ink is readable on every ground."""

TEXT_CONTRAST = 4.5
"""The least contrast of text and its ground (WCAG 2.2, 1.4.3)."""

SHAPE_CONTRAST = 3.0
"""The least contrast of what is no text but must be seen, such as the edge of a field (WCAG 2.2, 1.4.11)."""


class Tone(Enum):
    """How a chip or a banner speaks, as its ground and its ink; the words on it say the same."""

    QUIET = ("quiet_soft", "soft")
    ACCENT = ("accent_soft", "accent")
    HIT = ("hit", "ask")
    ASK = ("ask_soft", "ask")
    GOOD = ("good_soft", "good")
    BAD = ("bad_soft", "bad")

    @property
    def ground(self) -> str:
        """The token of what it stands on."""
        return self.value[0]

    @property
    def ink(self) -> str:
        """The token of its words."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as `#rrggbb`."""

    page: str
    surface: str
    line: str
    edge: str
    text: str
    soft: str
    faint: str
    quiet_soft: str
    accent: str
    accent_deep: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    ask: str
    ask_soft: str
    hit: str
    hit_bar: str
    found: str
    dark: bool
    plain: bool = False
    """Whether these are the system's high-contrast colours: tones are then told by words and bars alone."""


LIGHT = Tokens(
    page="#f4f5f7",
    surface="#ffffff",
    line="#e3e6ea",
    edge="#858f9b",
    text="#1c2127",
    soft="#5d6773",
    faint="#626d79",
    quiet_soft="#eceef1",
    accent="#2458b8",
    accent_deep="#1b4796",
    accent_soft="#e8effb",
    on_accent="#ffffff",
    good="#1c7a46",
    good_soft="#e6f4ec",
    bad="#b3261e",
    bad_soft="#fbeae9",
    ask="#8a5800",
    ask_soft="#ffecd2",
    hit="#fff6d6",
    hit_bar="#e0a800",
    found="#ffd766",
    dark=False,
)

DARK = Tokens(
    page="#14171b",
    surface="#1b1f24",
    line="#2c323a",
    edge="#6f7a87",
    text="#e7eaee",
    soft="#a3adb9",
    faint="#939eaa",
    quiet_soft="#272d34",
    accent="#8ab4ff",
    accent_deep="#a9c8ff",
    accent_soft="#21314d",
    on_accent="#10151d",
    good="#6fcf97",
    good_soft="#1b3327",
    bad="#ff8a80",
    bad_soft="#3d2322",
    ask="#f2c14e",
    ask_soft="#40280f",
    hit="#37301a",
    hit_bar="#d9a514",
    found="#6b5710",
    dark=True,
)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def from_system(palette: QPalette) -> Tokens:
    """The system's own high-contrast colours: one ink, one ground, and the system's highlight as the accent."""
    ground = palette.color(QPalette.ColorRole.Base).name()
    ink = _readable(ground, palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.WindowText))
    accent = _readable(ground, palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Link), QColor(ink))
    on_accent = _readable(accent, palette.color(QPalette.ColorRole.HighlightedText), QColor(ground))
    colours: dict[str, Any] = {field.name: ink for field in fields(Tokens)} | dict.fromkeys(GROUNDS, ground)
    colours |= {"found": ground, "accent": accent, "accent_deep": accent, "on_accent": on_accent}
    return Tokens(**colours | {"dark": luminance(ground) < 0.5, "plain": True})


def _readable(ground: str, *candidates: QColor) -> str:
    """The first candidate that can be read on the ground, else black or white, whichever is farther from it."""
    for candidate in candidates:
        if contrast(candidate.name(), ground) >= TEXT_CONTRAST:
            return candidate.name()
    return "#000000" if luminance(ground) > 0.18 else "#ffffff"
