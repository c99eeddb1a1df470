"""Theme and zoom of the application: applied to all open windows at once, following the system unless told otherwise."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ur_desk.ui import fonts
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import ZOOM_STEPS, Look, clamp_zoom, look, put_on
from ur_desk.ui.stylesheet import stylesheet
from ur_desk.ui.tokens import DARK, LIGHT, Tokens, from_system

__all__ = ["Appearance", "Look", "Scheme", "Type", "apply", "look"]


class Scheme(StrEnum):
    """What the person asked for; SYSTEM follows the platform, CONTRAST always uses its palette as it is."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"
    CONTRAST = "contrast"


def apply(app: QApplication, scheme: Scheme | str = Scheme.SYSTEM, zoom: int = 100) -> Look:
    """Restyle the application and everything open in it; zoom in percent, kept within 80 and 200.

    Light and dark hold whatever the system says, also where no system is there to ask (offscreen). The first call comes
    before the first window.
    """
    if not app.styleSheet():  # the first time
        app.setStyle("Fusion")
    new = Look(_tokens(app, Scheme(scheme)), clamp_zoom(zoom), fonts.family())
    put_on(new)
    app.setPalette(palette(new.tokens))
    app.setFont(new.font(Type.BODY))
    app.setStyleSheet(stylesheet(new))
    return new


def palette(tokens: Tokens) -> QPalette:
    """The Qt palette of a theme, for everything that Fusion paints by itself: menus, dialogs, selections."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette(tokens.page)
    for colour, roles in (
        (tokens.page, (role.Window, role.AlternateBase, role.Midlight)),
        (tokens.surface, (role.Base, role.Button, role.Light, role.ToolTipBase)),
        (tokens.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText)),
        (tokens.faint, (role.PlaceholderText,)),
        (tokens.accent, (role.Highlight, role.Link, role.LinkVisited, role.Accent)),
        (tokens.on_accent, (role.HighlightedText,)),
        (tokens.line, (role.Mid,)),
        (tokens.edge, (role.Dark, role.Shadow)),
    ):
        for each in roles:
            made.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, each, tokens.faint)
    return made


def _tokens(app: QApplication, scheme: Scheme) -> Tokens:
    """The colours for a scheme; the system's wish for high contrast stands above light and dark."""
    hints = app.styleHints()
    wants_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if scheme is Scheme.CONTRAST or wants_contrast:
        app.setPalette(QPalette())  # drops ours, so that the platform's own can be read
        return from_system(app.palette())
    if scheme is Scheme.SYSTEM:
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


class Appearance(QObject):
    """The person's choice of scheme and zoom, kept up with the system; one an application, living on its thread."""

    changed = Signal()
    """The look is another one; the choice may want saving."""

    def __init__(self, app: QApplication, scheme: Scheme | str = Scheme.SYSTEM, zoom: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme(scheme)
        self._zoom = clamp_zoom(zoom)
        apply(app, self._scheme, self._zoom)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        app.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow)

    @property
    def scheme(self) -> Scheme:
        """The scheme asked for."""
        return self._scheme

    @property
    def zoom(self) -> int:
        """The zoom in percent."""
        return self._zoom

    def set_scheme(self, scheme: Scheme | str) -> None:
        """Take another scheme, at once."""
        self._change(Scheme(scheme), self._zoom)

    def set_zoom(self, percent: int) -> None:
        """Take another zoom, at once; beyond the limits the limit."""
        self._change(self._scheme, clamp_zoom(percent))

    def zoom_in(self) -> None:
        """The next larger step, or the largest."""
        self.set_zoom(min((step for step in ZOOM_STEPS if step > self._zoom), default=ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step, or the smallest."""
        self.set_zoom(max((step for step in ZOOM_STEPS if step < self._zoom), default=ZOOM_STEPS[0]))

    def zoom_reset(self) -> None:
        """Back to 100 %."""
        self.set_zoom(100)

    def _change(self, scheme: Scheme, zoom: int) -> None:
        if (scheme, zoom) == (self._scheme, self._zoom):
            return
        self._scheme, self._zoom = scheme, zoom
        self._restyle()

    def _follow(self) -> None:
        """The system changed its mind; our own light and dark stay, except under its high contrast."""
        self._restyle()

    def _restyle(self) -> None:
        apply(self._app, self._scheme, self._zoom)
        self.changed.emit()
