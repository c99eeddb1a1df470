"""Walks the accessible tree of a window as a screen reader would."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

CONTAINERS = {"Client", "Window", "Table", "Cell"}


def everything(widget: QWidget) -> Iterator[Any]:
    """Every interface below a widget, itself first."""
    QAccessible.setActive(True)
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def _below(interface: Any) -> Iterator[Any]:
    if interface is None:
        return
    yield interface
    for i in range(interface.childCount()):
        yield from _below(interface.child(i))


def unnamed(widget: QWidget) -> list[tuple[str, str]]:
    """What can take the focus and has no name: role and class."""
    return [
        (interface.role().name, type(interface.object()).__name__)
        for interface in everything(widget)
        if interface.state().focusable and not interface.text(QAccessible.Text.Name) and interface.role().name not in CONTAINERS
    ]


def spoken(widget: QWidget, role: str) -> list[str]:
    """The names of everything with a role."""
    return [i.text(QAccessible.Text.Name) for i in everything(widget) if i.role().name == role]
