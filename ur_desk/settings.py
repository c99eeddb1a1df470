"""What a person set about the program itself: window, theme, zoom, last place. No patient data, and losing it loses nothing."""

import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FILE = "settings.json"
THEMES = ("system", "light", "dark", "contrast")
_ZOOM = range(80, 201)
_WORDS = 4096  # Qt's own geometry is some hundred letters; more is no geometry


@dataclass(frozen=True, slots=True)
class Settings:
    """Values that are always usable: what cannot be used is replaced by its default when it is read."""

    theme: str = "system"
    zoom: int = 100
    """Percent, 80 to 200."""
    geometry: str = ""
    """The window's size and place as Qt saved it, in base64; empty before the first close."""
    panes: tuple[int, ...] = ()
    """Widths of the review screen's panes in pixels."""
    pages: tuple[int, ...] = ()
    """Widths of the pages and of the form beside them, in pixels."""
    place: str = ""
    """Where the person was: a page and ids, never a name."""

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(f"no theme {self.theme!r}")
        if type(self.zoom) is not int or self.zoom not in _ZOOM:
            raise ValueError(f"no zoom {self.zoom!r}")
        if not all(isinstance(text, str) and len(text) <= _WORDS for text in (self.geometry, self.place)):
            raise ValueError("geometry and place are short texts")
        for widths in (self.panes, self.pages):
            if len(widths) > 16 or not all(type(width) is int and width >= 0 for width in widths):
                raise ValueError("panes are a few widths in pixels")


def load(folder: Path) -> Settings:
    """The settings in a folder; a missing or broken file, or a broken value in it, gives the default instead."""
    import json

    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    settings = Settings()
    if not isinstance(found, dict):
        return settings
    for name in Settings.__slots__:
        if name in found:
            settings = _with(settings, name, found[name])
    return settings


def save(settings: Settings, folder: Path) -> bool:
    """Write the settings whole or not at all; False where the folder cannot be written, which is no reason to disturb anybody."""
    import json

    beside = folder / f"{FILE}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
        os.replace(beside, folder / FILE)
    except OSError:
        return False
    return True


def _with(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one value from the file, or as they were where it is unusable."""
    try:
        changes: dict[str, Any] = {name: tuple(value) if name in ("panes", "pages") else value}
        return replace(settings, **changes)
    except (TypeError, ValueError):
        return settings
