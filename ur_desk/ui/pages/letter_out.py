"""A letter that leaves the window as a file; its name tells the case and the kind, never who it is about."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ur_desk.domain.case import Case, Issued
from ur_desk.domain.letter import LetterContent
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.pages.letter_state import file_name
from ur_desk.ui.session import Session

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


def save_letter(
    session: Session,
    page: QWidget,
    case: Case,
    content: LetterContent,
    pdf: bytes,
    issued: Issued | None,
    said: Callable[[str], object],
    failed: Callable[[UserError], object],
) -> None:
    """Ask where, and write the issued letter there, or the marked draft where `issued` is None; says what was done, and a warning of the
    place."""
    path = dialogs.choose_target(page, _tr("Save the letter"), file_name(case, content, issued is not None), [_tr("PDF (*.pdf)")])
    if path is None:
        return
    told = _tr("Saved as {0}").format(path.name)

    def write(desk: "Desk") -> Any:
        if issued:
            desk.letters.save(issued.id, path)
        else:
            desk.letters.save_draft(case.id, pdf, path)
        return desk.exports.place_warning(path)

    session.read(write, page, done=lambda warning: said(f"{told}. {warning}" if warning else told), failed=failed)


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterPage", words)
