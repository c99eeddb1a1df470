"""A request file that was brought to the form: its one request stands there, with what is doubtful about it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ur_desk.domain.findings import Extracted
from ur_desk.errors import UserError
from ur_desk.ui.pages.entry.kept import FileRemarks
from ur_desk.ui.pages.entry.steps import extracted_from
from ur_desk.ui.session import Session


class EntryFile(QObject):
    """Reads the file and shows what is in it; a file of several requests comes through the door."""

    begun = Signal()
    """Another file was read: the form is empty."""
    request = Signal(object, object)
    """The `Request` to be shown in the form, and the bytes of its file."""
    refused = Signal(object)
    """A `UserError`."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.box = FileRemarks()

    def read(self, path: Path) -> None:
        """Read a request file; problems are said with their places."""
        self._session.steps(partial(extracted_from, path=path), self, done=partial(self._took, path.name), failed=self.refused.emit)

    def _took(self, file: str, found: tuple[Extracted, bytes]) -> None:
        extracted, data = found
        if len(extracted.requests) == 1:
            self.request.emit(extracted.requests[0], data)
            if extracted.problems:
                self.box.show_remarks(file, extracted.problems)
            return
        self.begun.emit()
        if extracted.requests:
            several = self.tr("{0} holds {1} requests; the form takes one.").format(file, len(extracted.requests))
            self.refused.emit(UserError(several, self.tr("Drop it on the window: each stands there beside what it resembles.")))
        else:
            said = "\n".join(f"{p.where}: {p.message}" for p in extracted.problems[:5])
            self.refused.emit(UserError(self.tr("There is no request in {0}.").format(file), said or self.tr("Nothing was saved.")))

    def clear(self) -> None:
        """No file stands behind the form."""
        self.box.clear()
