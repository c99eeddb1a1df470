"""Scrolling to a row of a form: all of it, with what is said below its field."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea

from ur_desk.ui.widgets.field_row import FieldRow


def bring_into_sight(area: QScrollArea, row: FieldRow) -> None:
    """Scroll until the row is in sight, once it has taken its room; of one that is higher than the place, the field."""

    def scroll() -> None:
        if area.isAncestorOf(row):
            whole = row.height() <= area.viewport().height()
            area.ensureWidgetVisible(row if whole else row.field, 0, 0)

    QTimer.singleShot(0, area, scroll)
