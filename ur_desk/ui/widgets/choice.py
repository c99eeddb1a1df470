"""A box for a choice that is narrower than its values: cut with an ellipsis, whole in the list that opens and in the tip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class ElidedBox(QComboBox):
    """Shows the chosen value as far as there is room for it, and says in its end that there is more."""

    def shown_words(self) -> str:
        """What stands in the box, before it is cut."""
        return self.currentText()

    def widen_list(self) -> None:
        """Let the list be as wide as its longest value, however narrow the box is."""
        metrics = self.view().fontMetrics()
        longest = max((metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=0)
        self.view().setMinimumWidth(longest + metrics.height() * 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, and the words cut to it."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self).width()
        option.currentText = self.fontMetrics().elidedText(self.shown_words(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
