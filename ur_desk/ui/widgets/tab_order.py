"""The order in which Tab goes: as the eye does, whatever was made first."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def set_tab_order(parts: Iterable[QWidget]) -> None:
    """Let Tab go through these parts in turn, and through each as its layouts set it."""
    for before, behind in pairwise([stop for part in parts for stop in _stops(part)]):
        QWidget.setTabOrder(before, behind)


def _stops(part: QWidget) -> Iterator[QWidget]:
    """What of a part takes the focus; one that hands it on is passed over for what it holds."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    layout = part.layout()
    if layout is not None:
        yield from _within(layout)
    else:  # a field that holds a button of its own; the list of a choice is a window of its own
        inside = part.findChildren(QWidget)
        yield from (each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.window() is part.window())


def _within(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _within(inner)
