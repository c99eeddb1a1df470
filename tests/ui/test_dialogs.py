"""Dialogs: what a person can mend is told plainly, a bug calmly; asking stands in the way of nothing but the act."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ur_desk.errors import UserError
from ur_desk.ui import dialogs


def test_an_error_says_what_happened_and_what_to_do(qtbot) -> None:
    box = dialogs.show_error(None, UserError("The <b>file</b> is empty.", "Choose another."))
    qtbot.addWidget(box)
    assert (box.text(), box.informativeText()) == ("The <b>file</b> is empty.", "Choose another.")
    assert box.textFormat() == box.textFormat().PlainText


def test_a_bug_says_that_nothing_is_lost_and_where_the_log_is(qtbot, tmp_path: Path) -> None:
    box = dialogs.show_bug(None, tmp_path / "desk.log")
    qtbot.addWidget(box)
    assert str(tmp_path / "desk.log") in box.informativeText()
    assert "safe" in box.informativeText()
    copy = next(b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.ActionRole)
    copy.click()
    assert QGuiApplication.clipboard().text() == str(tmp_path / "desk.log")
    assert box.isVisible()
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(("pressed", "said"), [("Issue", True), ("Cancel", False), (None, False)])
def test_only_the_named_button_is_a_yes(monkeypatch: pytest.MonkeyPatch, qapp, pressed: str | None, said: bool) -> None:
    def answer(box: QMessageBox) -> int:
        assert box.defaultButton().text() == "Cancel"
        for button in box.buttons():
            if button.text() == pressed:
                button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    assert dialogs.confirm(None, "Issue the letter?", "It cannot be changed afterwards.", "Issue") is said


def test_files_are_chosen_or_not(monkeypatch: pytest.MonkeyPatch, qapp, tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, _folder: str, kinds: str) -> tuple[list[str], str]:
        asked.append(kinds)
        return [str(tmp_path / "a.json")], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    assert dialogs.choose_files(None, "Open requests", ["Requests (*.json)", "All files (*)"]) == [tmp_path / "a.json"]
    assert asked == ["Requests (*.json);;All files (*)"]


@pytest.mark.parametrize("name", ["letter.pdf", ""])
def test_a_target_is_chosen_or_not(monkeypatch: pytest.MonkeyPatch, qapp, name: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    assert dialogs.choose_target(None, "Save the letter", "letter.pdf", ["PDF (*.pdf)"]) == (Path(name) if name else None)
