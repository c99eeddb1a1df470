"""A request file that was brought to the form: its one request stands there, several are offered to be opened together."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ur_desk.desk.verbs import Done
from ur_desk.domain.case import Case
from ur_desk.domain.findings import Extracted
from ur_desk.domain.request import Request
from ur_desk.errors import UserError
from ur_desk.ui.pages.entry_kept import FileRequests
from ur_desk.ui.pages.entry_steps import cases_of, extracted_from
from ur_desk.ui.session import Session


class EntryFile(QObject):
    """Reads the file, shows what is in it, and opens what the person wants of it."""

    begun = Signal()
    """Another file was read: the form is empty."""
    request = Signal(object, object)
    """The `Request` to be shown in the form, and the bytes of its file."""
    refused = Signal(object)
    """A `UserError`."""
    opened = Signal(object)
    """The `Case`s that were opened for all requests of the file."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._extracted: tuple[Extracted, bytes] | None = None
        self._opening = False
        self.box = FileRequests()
        self.box.open_all.connect(self._open_all)
        self.box.wanted.connect(self._take)

    def read(self, path: Path) -> None:
        """Read a request file; problems are said with their places."""
        self._session.steps(partial(extracted_from, path=path), self, done=partial(self.took, path.name), failed=self.refused.emit)

    def took(self, file: str, found: tuple[Extracted, bytes]) -> None:
        """Show what was found in a file of that name."""
        extracted, data = found
        if len(extracted.requests) == 1:
            self.request.emit(extracted.requests[0], data)
        else:
            self.begun.emit()
        self._extracted = found
        if not extracted.requests:
            said = "\n".join(f"{p.where}: {p.message}" for p in extracted.problems[:5])
            self.refused.emit(UserError(self.tr("There is no request in {0}.").format(file), said or self.tr("Nothing was saved.")))
        elif extracted.problems or len(extracted.requests) > 1:
            self.box.show_requests(file, extracted.requests, extracted.problems)

    def clear(self) -> None:
        """No file stands behind the form."""
        self._extracted = None
        self.box.clear()

    def _take(self, place: int) -> None:
        """Look at one of the requests."""
        if self._extracted is not None:
            extracted, data = self._extracted
            request: Request = extracted.requests[place]
            self.request.emit(request, data)

    def _open_all(self) -> None:
        """Open a case for each request of the file; one that is refused stops no other."""
        if self._extracted is None or self._opening:
            return
        extracted, data = self._extracted
        self._opening = True
        self.box.open_button.setEnabled(False)
        self._session.steps(
            partial(cases_of, requests=extracted.requests, data=data),
            self,
            done=self._opened_all,
            failed=self.refused.emit,
            ended=self._ended,
        )

    def _opened_all(self, done: "Done[tuple[list[Case], list[str]]]") -> None:
        cases, refused = done.value
        self.opened.emit((cases, refused))

    def _ended(self) -> None:
        self._opening = False
        self.box.open_button.setEnabled(True)
