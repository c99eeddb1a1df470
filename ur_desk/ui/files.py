"""Files that come into the window: dropped on it, or chosen by a dialog."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

MANY = 20
"""More documents than so many are not listed one by one before they go into the library."""


class FileDrop(QObject):
    """Files may be dropped anywhere on a window, on its fields too: they are brought in, and no field gets their names."""

    def __init__(self, window: QWidget, is_open: Callable[[], bool], bring: Callable[[Sequence[Path]], object]) -> None:
        """`bring` takes the files and folders that were dropped; while nothing `is_open` none are."""
        super().__init__(window)
        self._window, self._is_open, self._bring = window, is_open, bring
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hears the window itself once it is shown, and takes a drag of files there, before any part of it does."""
        if event.type() == QEvent.Type.Show and watched is self._window and (handle := self._window.windowHandle()):
            handle.installEventFilter(self)
        if not isinstance(event, QDropEvent):
            return False
        files = dropped(event)
        if not files or not self._is_open():
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._bring(files)
        return True


def dropped(event: QDropEvent) -> list[Path]:
    """The files and folders of this machine that are being dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def records_among(files: Sequence[Path]) -> list[Path]:
    """Those of the files that are records of pages, by their first bytes; what cannot be read is none."""
    from ur_desk.desk.file_kinds import is_pages_file  # not needed for the first window

    return [file for file in files if is_pages_file(file)]


def chosen_folder(parent: QWidget) -> list[Path]:
    """A folder of policy documents that the person chooses."""
    from ur_desk.ui import dialogs

    folder = dialogs.choose_folder(parent, _tr("Import a folder of policy documents"))
    return [folder] if folder else []


def chosen(parent: QWidget) -> list[Path]:
    """Files of any kind that the person chooses."""
    from ur_desk.ui import dialogs

    return dialogs.choose_files(parent, _tr("Import requests or policies"), [_tr("All files (*)")])


def chosen_request_folder(parent: QWidget) -> list[Path]:
    """A folder of request files, or of files of any kind, that the person chooses."""
    from ur_desk.ui import dialogs

    folder = dialogs.choose_folder(parent, _tr("Import a folder"))
    return [folder] if folder else []


def chosen_table(parent: QWidget) -> Path | None:
    """A file with columns that the person chooses; None where they think better of it."""
    from ur_desk.ui import dialogs

    kinds = [_tr("Tables and JSON (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.json)"), _tr("All files (*)")]
    return next(iter(dialogs.choose_files(parent, _tr("Columns of a table"), kinds)), None)


def chosen_records(parent: QWidget) -> list[Path]:
    """Records, PDF or images of pages, that the person chooses."""
    from ur_desk.ui import dialogs

    kinds = [_tr("Records (*.pdf *.tif *.tiff *.png *.jpg *.jpeg)"), _tr("All files (*)")]
    return dialogs.choose_files(parent, _tr("Attach records"), kinds)


def chosen_policies(parent: QWidget) -> list[Path]:
    """Policy documents that the person chooses."""
    from ur_desk.ui import dialogs

    kinds = [_tr("Policy documents (*.txt *.md *.html *.htm *.pdf *.docx *.json)"), _tr("All files (*)")]
    return dialogs.choose_files(parent, _tr("Import a policy document"), kinds)


def _tr(words: str) -> str:
    return QCoreApplication.translate("files", words)
