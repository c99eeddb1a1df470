"""Which family the screens are set in, and the few sizes and weights of it."""

import sys
from enum import Enum

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from ur_desk import paths

BUNDLED = "Noto Sans"
_BUNDLED_FACES = ("Regular", "Medium", "SemiBold", "Italic")
_NO_DESKTOP = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
_ALIASES = ("", "Sans", "Sans Serif", "sans-serif")


class Type(Enum):
    """A style of text: pixels at 100 % and weight. Nothing on the screens is set in any other."""

    BODY = (13, QFont.Weight.Normal)
    MEDIUM = (13, QFont.Weight.Medium)
    STRONG = (13, QFont.Weight.DemiBold)
    SMALL = (12, QFont.Weight.Normal)
    SMALL_STRONG = (12, QFont.Weight.DemiBold)
    MARK = (11, QFont.Weight.Normal)
    MARK_STRONG = (11, QFont.Weight.Medium)
    TITLE = (15, QFont.Weight.DemiBold)
    HEADING = (16, QFont.Weight.DemiBold)

    @property
    def pixels(self) -> int:
        """Pixels at 100 % zoom."""
        return self.value[0]

    @property
    def weight(self) -> QFont.Weight:
        """One of three weights: 400, 500, 600."""
        return self.value[1]


def family() -> str:
    """The system's UI family; where the platform names none, Inter if it is installed, else the bundled Noto Sans."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if sys.platform in ("win32", "darwin"):
        return system
    _scripts()
    if QGuiApplication.platformName() not in _NO_DESKTOP and system not in _ALIASES:
        return system
    return "Inter" if QFontDatabase.hasFamily("Inter") else _bundled()


def _scripts() -> None:
    """The faces in which letters are drawn, loaded once: what a letter says in another script is read on the screen too, where the system
    has no font of it. Qt looks for the script in the main family first, and warns of each that it has to take elsewhere."""
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    if "Noto Sans Khmer" in QFontDatabase.families():
        return
    for face in sorted((paths.resources() / "fonts").glob("NotoSans?*-Regular.ttf")):
        QFontDatabase.addApplicationFont(str(face))


def _bundled() -> str:
    """The bundled family, loaded once for the application."""
    if "SemiBold" not in QFontDatabase.styles(BUNDLED):
        for face in _BUNDLED_FACES:
            QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / f"NotoSans-{face}.ttf"))
    return BUNDLED
