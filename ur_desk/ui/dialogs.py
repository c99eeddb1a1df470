"""The one place where a dialog opens: what a person can mend, what is a bug, what must be asked, which file is meant."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from ur_desk.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def show_error(parent: QWidget | None, error: UserError) -> QMessageBox:
    """Say what happened and what to do; for errors that no page takes. It does not hold up the program."""
    box = _box(parent, QMessageBox.Icon.Warning, error.message, error.hint)
    box.addButton(_tr("Close"), QMessageBox.ButtonRole.AcceptRole)
    return _open(box)


def show_bug(parent: QWidget | None, log: Path) -> QMessageBox:
    """Say calmly that the program failed at something, that nothing saved is lost, and where the log is."""
    message = _tr("Something went wrong in the program itself.")
    hint = _tr(
        "What was saved before is safe, and nothing was half saved. You can go on working; if it happens again, close the program "
        "and open it anew. The log says what happened, without names or other patient data: {0}"
    ).format(log)
    box = _box(parent, QMessageBox.Icon.Information, message, hint)
    box.addButton(_tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
    copy = QPushButton(_tr("Copy the log's place"), box)
    box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # copying leaves the dialog open
    copy.clicked.connect(lambda: _copy(str(log)))
    return _open(box)


def confirm(parent: QWidget | None, question: str, detail: str, verb: str) -> bool:
    """Ask once before something that cannot be taken back; True only where the person presses the button named by `verb`."""
    box = _box(parent, QMessageBox.Icon.Question, question, detail)
    go = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    said = box.clickedButton() is go
    box.deleteLater()
    return said


def choose_files(parent: QWidget | None, title: str, kinds: Sequence[str]) -> list[Path]:
    """Ask for files to read, of kinds such as `Requests (*.json *.edi)`; empty where the person thinks better of it."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", ";;".join(kinds))
    return [Path(name) for name in names]


def choose_target(parent: QWidget | None, title: str, name: str, kinds: Sequence[str]) -> Path | None:
    """Ask where to write a file; None where the person thinks better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, ";;".join(kinds))
    return Path(chosen) if chosen else None


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    """Ask for a folder that is there; None where the person thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def choose_printer(parent: QWidget | None, title: str) -> "QPrinter | None":
    """Ask for a printer and copies; None where the person thinks better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    chosen = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if chosen else None


def _box(parent: QWidget | None, icon: QMessageBox.Icon, message: str, detail: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message)
    box.setInformativeText(detail)
    box.setWindowTitle(_tr("Utilization review desk"))
    return box


def _open(box: QMessageBox) -> QMessageBox:
    """Open without holding up the program; gone when closed."""
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def _copy(text: str) -> None:
    from ur_desk.ui.clipboard import copy

    copy(text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)
