"""The facets of the library: publisher, status and position, each a list with counts, by keyboard."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ur_desk.domain.library.catalogue import Counts, Narrow, Standing
from ur_desk.domain.policy import Position
from ur_desk.ui.look import look
from ur_desk.ui.models.policies import standing_words
from ur_desk.ui.phrases import phrase
from ur_desk.ui.widgets.choice import ElidedBox
from ur_desk.ui.widgets.restyled import Restyled, inset

OPEN = object()
"""Stands for a facet that is not narrowed."""


class FacetBox(ElidedBox):
    """One facet: everything, or one of its values, each with how many policies carry it. Open, it shows its name; the value that is
    chosen stands in its tip as a whole."""

    def __init__(self, every: str, name: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._every, self._name = every, name
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(lambda _place: self._tell())
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.addItem(every, OPEN)
        self._tell()

    def _tell(self) -> None:
        """Say in the tip what is chosen, and by which key it is chosen."""
        told = self.tr("{0}: {1} ({2})").format(self._name, self.currentText(), self.key)
        self.setToolTip(told if self.chosen else f"{self._name} ({self.key})")

    def sizeHint(self) -> QSize:
        """As wide as its name."""
        wide = self.fontMetrics().horizontalAdvance(self._name) + look().px(46)
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few letters and the arrow."""
        return QSize(look().px(64), super().minimumSizeHint().height())

    def shown_words(self) -> str:
        """The name where nothing is chosen, else the value."""
        return self.currentText() if self.chosen else self._name

    def open(self) -> None:
        """Stand in the list of values."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.showPopup()

    @property
    def chosen(self) -> frozenset[object]:
        """The value to which it is narrowed; empty where it is open."""
        value = self.currentData()
        return frozenset() if value is OPEN else frozenset({value})

    def show_counts(self, counts: Mapping[Any, int], words: Mapping[Any, str]) -> None:
        """Offer these values; the chosen one stays, also where nothing carries it now."""
        kept = self.currentData()
        values = [value for value in words if counts.get(value) or value == kept]
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self._every, OPEN)
            for value in values:
                self.addItem(f"{words[value]} ({counts.get(value, 0)})", value)
            self.setCurrentIndex(values.index(kept) + 1 if kept in values else 0)
        self._tell()
        self.widen_list()


class Facets(Restyled, QWidget):
    """The three facets beside one another."""

    changed = Signal()
    """The person narrowed to something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.publisher = FacetBox(self.tr("Any publisher"), self.tr("Publisher"), "Alt+1")
        self.status = FacetBox(self.tr("Any status"), self.tr("Status"), "Alt+2")
        self.position = FacetBox(self.tr("Any position"), self.tr("Position"), "Alt+3")
        self.boxes = {self.tr("publisher"): self.publisher, self.tr("status"): self.status, self.tr("position"): self.position}
        self._row = QHBoxLayout(self)
        for box in self.boxes.values():
            self._row.addWidget(box)
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 0, 12, 8, 4)

    @property
    def narrow(self) -> Narrow:
        """To what is narrowed."""
        return Narrow(
            frozenset(str(each) for each in self.publisher.chosen),
            frozenset(Standing(str(each)) for each in self.status.chosen),
            frozenset(Position(str(each)) for each in self.position.chosen),
        )

    def show_counts(self, counts: Counts) -> None:
        """Offer what is found, with how many policies carry each value."""
        printed = _in_order({*counts.publishers, *(str(each) for each in self.publisher.chosen)})
        self.publisher.show_counts(counts.publishers, {name: name or self.tr("none printed") for name in printed})
        self.status.show_counts(counts.standings, {each: standing_words(each)[0] for each in Standing})
        self.position.show_counts(counts.positions, {each: phrase(each) for each in Position})


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (not name, name.casefold()))
