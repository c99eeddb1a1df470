"""Parts that carry lengths, colours or pictures of the look, and take new ones when it changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLayout, QWidget

from ur_desk.ui.look import look

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # a second Qt class among the bases would be one too many


class Restyled(_Widget):
    """A mixin before the Qt class: `restyle` sets what depends on the look; call it once where the widget is ready."""

    def restyle(self) -> None:
        """Take everything that depends on the look from the present one."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """A new theme or zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.restyle()


def inset(layout: QLayout, left: int, top: int, right: int, bottom: int, spacing: int | None = None) -> None:
    """Set a layout's margins and spacing, given in pixels at 100 %."""
    layout.setContentsMargins(*(look().px(side) for side in (left, top, right, bottom)))
    if spacing is not None:
        layout.setSpacing(look().px(spacing))


def polish_again(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a part of a page; one that has no page yet never opens as a window."""
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None and widget.isHidden():
        widget.show()
