"""Garbage is collected on the screen's thread only: a cycle that holds a widget must never be freed on a lane."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000
"""Milliseconds between two looks at how much there is to collect."""


class Sweeper(QObject):
    """While it lives, Python collects cycles when this object's timer says so, and not wherever it happens to run.

    Python's own collector may start on any thread; a widget in a cycle would then be destroyed there, which Qt does not bear.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect the youngest generation that is full by Python's own measure, and those below it."""
        counts, limits = gc.get_count(), gc.get_threshold()
        full = [generation for generation in range(3) if counts[generation] > limits[generation]]
        if full:
            gc.collect(full[-1])

    def end(self) -> None:
        """Collect everything, and let Python go on by itself."""
        self._timer.stop()
        gc.collect()
        gc.enable()
