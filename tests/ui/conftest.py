"""The screens' tests run in a fixed look, and leave no widget behind for the next one to restyle."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ur_desk.ui import theme
from ur_desk.ui.privacy import mask


@pytest.fixture(autouse=True)
def _light_look(qapp: QApplication) -> Iterator[None]:
    """Each test begins light at 100 %, whatever the one before it chose; closed widgets are freed, as an event loop would."""
    theme.apply(qapp, "light")
    mask().set(False)
    yield
    _let_go()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _let_go() -> None:
    """No key of a test stays held for the next one: Ctrl, held, would toggle the rows that it chooses."""
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        nowhere = QWidget()
        QTest.keyClick(nowhere, Qt.Key.Key_Escape)
        nowhere.deleteLater()
