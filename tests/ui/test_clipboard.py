"""What was copied stays out of histories, and does not stay long; what somebody else copied is left alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ur_desk.ui.clipboard import STAYS, Guard, guard

WINDOWS = ("ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard")


@pytest.fixture
def board(qapp: Any) -> Iterator[Guard]:
    QGuiApplication.clipboard().clear()
    found, asks = guard(), guard().owns
    found.owns = lambda: True  # the offscreen platform never says so
    yield found
    found.owns = asks
    found.timer.stop()
    QGuiApplication.clipboard().clear()


def text() -> str:
    return QGuiApplication.clipboard().text()


def formats() -> set[str]:
    return set(QGuiApplication.clipboard().mimeData().formats())


def assert_marked() -> None:
    assert {f'application/x-qt-windows-mime;value="{name}"' for name in WINDOWS} <= formats()
    assert {"org.nspasteboard.ConcealedType", "x-kde-passwordManagerHint"} <= formats()


def test_copied_text_carries_what_keeps_it_out_of_history_and_cloud(board: Guard) -> None:
    board.copy("Alvarado, Rosalind")
    assert text() == "Alvarado, Rosalind"
    assert_marked()
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data(f'application/x-qt-windows-mime;value="{WINDOWS[1]}"').data()) == bytes(4)


def test_it_is_gone_after_its_time(board: Guard) -> None:
    board.copy("Alvarado, Rosalind")
    assert board.timer.isActive()
    assert board.timer.interval() == STAYS == 90_000
    board.timer.timeout.emit()
    assert text() == ""


def test_copying_again_begins_the_time_anew(board: Guard) -> None:
    board.copy("one")
    board.timer.stop()
    board.copy("two")
    assert board.timer.isActive()
    assert text() == "two"


def test_what_another_program_copied_since_stays(board: Guard) -> None:
    board.copy("Alvarado, Rosalind")
    board.owns = lambda: False
    other = QMimeData()
    other.setText("a shopping list")
    QGuiApplication.clipboard().setMimeData(other)
    board.timer.timeout.emit()
    assert text() == "a shopping list"
    assert formats() == {"text/plain"}


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_a_field_copies_by_itself_is_marked_and_goes_too(board: Guard, qtbot: Any, kind: type) -> None:
    field = kind("Alvarado, Rosalind")
    qtbot.addWidget(field)
    field.show()
    field.selectAll()
    QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Copy))
    assert text() == "Alvarado, Rosalind"
    assert_marked()
    assert "text/html" not in formats()
    board.timer.timeout.emit()
    assert text() == ""


def test_a_cut_is_marked_too(board: Guard, qtbot: Any) -> None:
    field = QLineEdit("DEMO-004417")
    qtbot.addWidget(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert text() == "DEMO-004417"
    assert_marked()


def test_there_is_one_guard(board: Guard) -> None:
    assert guard() is board
