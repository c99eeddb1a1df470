"""Letters on paper: drawn page by page from memory, so that no file of them is left behind by this program."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from ur_desk.desk.steps import Steps, work
from ur_desk.domain.case import Issued
from ur_desk.domain.events import CaseId
from ur_desk.errors import UserError
from ur_desk.ui import dialogs
from ur_desk.ui.pages.letter.pages import PageImage

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ur_desk.desk.desk import Desk
    from ur_desk.ui.session import Session

SCALE = 300 / 72
"""Pixels a point: 300 a inch, as sharp as office printers are."""


class LetterPrint(QObject):
    """Prints one letter; `done` is told once the last page is handed over, `failed` where the printer does not take it."""

    def __init__(
        self,
        session: "Session",
        printer: "QPrinter",
        pdf: bytes,
        done: Callable[[], object],
        failed: Callable[[UserError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._printer = printer
        self._pdf = pdf
        self._done = done
        self._failed = failed
        self._painter = QPainter()
        self._first, self._last = max(printer.fromPage(), 1), printer.toPage() or None
        """The pages that the person asked for; all of them where no range was given."""

    def begin(self) -> None:
        """Starts with the first page; the name of the print job tells nothing of the letter."""
        self._printer.setDocName(QCoreApplication.translate("printing", "Letter"))
        self._printer.setFullPage(True)
        if not self._painter.begin(self._printer):
            self._refuse()
            return
        self._ask(self._first)

    def _ask(self, number: int) -> None:
        self._session.steps(partial(_draw, self._pdf, number), self, done=partial(self._paint, number), failed=self._gave_up)

    def _paint(self, number: int, drawn: tuple[PageImage, int]) -> None:
        (width, height, rgba), count = drawn
        if number > self._first and not self._printer.newPage():
            self._painter.end()
            self._refuse()
            return
        sheet = QRectF(self._painter.viewport())
        fit = min(sheet.width() / width, sheet.height() / height)
        self._painter.drawImage(
            QRectF(0, 0, width * fit, height * fit), QImage(rgba, width, height, width * 4, QImage.Format.Format_RGBX8888)
        )
        if number < min(self._last or count, count):
            self._ask(number + 1)
            return
        if self._painter.end():
            self._done()
        else:
            self._refuse()
        self.deleteLater()

    def _gave_up(self, error: UserError) -> None:
        self._painter.end()
        self._failed(error)
        self.deleteLater()

    def _refuse(self) -> None:
        self._failed(
            UserError(
                QCoreApplication.translate("printing", "The printer does not take the letter."),
                QCoreApplication.translate(
                    "printing", "Look whether it is on and has paper, or choose another. The letter is kept as it was."
                ),
            )
        )
        self.deleteLater()


def print_letter(
    session: "Session",
    page: QWidget,
    pdf: bytes,
    case: CaseId,
    issued: Issued | None,
    said: Callable[[str], object],
    failed: Callable[[UserError], object],
) -> None:
    """Ask for a printer and print a letter, or a marked draft where `issued` is None; the trail tells of it before the first page goes,
    and `said` hears once the last one went."""
    printer = dialogs.choose_printer(page, QCoreApplication.translate("printing", "Print the letter"))
    if printer is None:
        return
    done = QCoreApplication.translate("printing", "The letter went to the printer.")
    going = LetterPrint(session, printer, pdf, lambda: said(done), failed, page)
    session.read(lambda desk: desk.letters.printed(case, issued.id if issued else None), page, lambda _noted: going.begin(), failed)


def _draw(pdf: bytes, number: int, desk: "Desk") -> Steps[tuple[PageImage, int]]:
    words = QCoreApplication.translate("printing", "Printing page {0}").format(number)
    return (yield from work(lambda: desk.letters.page(pdf, number, SCALE), words))
