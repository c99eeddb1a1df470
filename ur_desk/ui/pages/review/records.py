"""The records of the case on the desk: which there are, page by page, what is found in them, and more of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ur_desk.desk.steps import Steps
from ur_desk.desk.verbs import Done
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.attached import Record
from ur_desk.ui import dialogs
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.files import chosen_records
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.record_view import RecordView
from ur_desk.ui.widgets.request_pane import RequestPane

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.records import Hit


class ReviewRecords(QObject):
    """Fills the pages of the request pane from the case, and hands what the person asks of them to the desk."""

    refused = Signal(object)
    """A `UserError`: a file cannot be attached, or a page not be shown."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, pane: RequestPane, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._pane, self._page = session, pane, page
        self._case: Case | None = None
        self.view = RecordView(session, self.tr("Pages of the records"), pane)
        self.view.be_inside()
        pane.add_pages(self.view)
        pane.forgotten.connect(self._forget)
        pane.attachment_wanted.connect(lambda sha256: self.go_to(sha256, 1))
        pane.page_wanted.connect(self.go_to)
        self.view.refused.connect(self.refused)
        self.view.sought.connect(self._seek)
        self._make_commands()

    def _make_commands(self) -> None:
        page = self._page
        self.attach_action = page_command(
            page, Menu.FILE, self.tr("Attach record…"), ["Ctrl+Shift+P"],
            self.tr("Attach a PDF or an image of pages to the case; dropping it there does the same"), self._choose,
        )  # fmt: skip
        self.save_action = page_command(
            page,
            Menu.FILE,
            self.tr("Save record as…"),
            [],
            self.tr("Write the record in sight to a file; the register tells of it"),
            self._save,
        )
        page_command(
            page, Menu.CASE, self.tr("Pages of the records"), ["Alt+G"], self.tr("Show the pages that came for the case"), self.show_pages
        )
        page.addActions(self.view.actions())

    # what is shown ---------------------------------------------------------------------------------------------------

    def show_case(self, case: Case) -> None:
        """Show the records of a case as they are now, and beside the request where it was read."""
        self._case, number = case, case.id  # what is called later holds no more of a case than its id
        self._pane.show_pages_of(tuple(kept.record for kept in case.records), case.field_pages)
        self.view.show_records(
            [kept.record for kept in case.records],
            lambda desk, record: desk.records.data(number, record.sha256),
            lambda desk, record, page: desk.records.seen(number, record.sha256, page),
        )

    def _forget(self) -> None:
        self._case = None
        self.view.forget()

    def show_pages(self) -> None:
        """Turn to the pages."""
        self._pane.show_pages()

    def go_to(self, sha256: str, page: int) -> None:
        """Show a page of a record, where the case has it."""
        if self._case is None or not any(kept.record.sha256 == sha256 for kept in self._case.records):
            self.said.emit(self.tr("The sender named it, and it did not come: attach it when it does"))
            return
        self._pane.show_pages()
        self.view.go_to(sha256, page)

    # what is asked ---------------------------------------------------------------------------------------------------

    def attach(self, files: Sequence[Path]) -> None:
        """Attach files of pages to the case; one that is refused stops no other."""
        if self._case is None:
            return
        case = self._case.id
        for file in files:
            self._session.steps(lambda desk, file=file: _attaching(desk, case, file), self, done=self._attached, failed=self.refused.emit)  # type: ignore[misc]

    def _attached(self, done: "Done[Case]") -> None:
        kept = done.value.records[-1]
        self.said.emit(self.tr("Attached: {0} pages").format(kept.record.pages))
        if self._case is not None and self._case.id == done.value.id:
            self.show_case(done.value)
            self.go_to(kept.record.sha256, 1)

    def _choose(self) -> None:
        self.attach(chosen_records(self._page))

    def _save(self) -> None:
        """Write the record in sight to a file that the person chooses."""
        shown, case = self.view.shown, self._case
        if shown is None or case is None:
            self.said.emit(self.tr("No record is in sight"))
            return
        record = shown[0]
        path = dialogs.choose_target(
            self._page, self.tr("Save record"), f"{case.number}-record{_ending(record)}", [self.tr("All files (*)")]
        )
        if path is not None:
            self._session.read(
                lambda desk: desk.records.save(case.id, record.sha256, path),
                self,
                done=lambda _path: self.said.emit(self.tr("Saved; the register tells of it")),
                failed=self.refused.emit,
            )

    def _seek(self, words: str) -> None:
        case = self._case
        if case is None or not words.strip():
            self.view.show_hits((), "")
            return
        self._session.steps(
            lambda desk: desk.records.find(case.id, words),
            self,
            done=lambda hits: self._found(case.id, hits, words),
            failed=self.refused.emit,
        )

    def _found(self, case: CaseId, hits: "tuple[Hit, ...]", words: str) -> None:
        if self._case is not None and self._case.id == case:
            self.view.show_hits(hits, words)


def _attaching(desk: "Desk", case: CaseId, file: Path) -> Steps[Done[Case]]:
    record, data = yield from desk.records.bring(file)
    return (yield from desk.records.take_in(case, record, data))


def _ending(record: Record) -> str:
    """What a file of that kind is called at its end."""
    return {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}.get(record.media_type.value, ".tif")
