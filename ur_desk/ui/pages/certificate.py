"""The certificates of purges: read on the screen, and saved as text, of which the register tells."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.trail.keeping import Certificate
from ur_desk.ui.dialogs import choose_target
from ur_desk.ui.fonts import Type
from ur_desk.ui.phrases import moment
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.esc import EscCloses
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


class CertificateView(EscCloses, Restyled, QFrame):
    """Shows one certificate, and leads to the others."""

    closed = Signal()
    """The person is through with it."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._every: tuple[Certificate, ...] = ()
        self.setProperty("ground", "surface")
        self.setAccessibleName(self.tr("Certificate of destruction"))
        self.which = ChoiceEntry([])
        self.which.setAccessibleName(self.tr("Which certificate"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The certificate"))
        self.notice = Notice()
        self.save_button, self.close_button = QPushButton(self.tr("Save as text…")), QPushButton(self.tr("Close"))
        self._head, self._tail, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(Text(self.accessibleName(), Type.STRONG))
        self._head.addStretch(1)
        self._head.addWidget(self.which)
        for button, kind, pressed in ((self.save_button, "main", self._save), (self.close_button, "quiet", self.closed.emit)):
            button.setProperty("kind", kind)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _on=False, pressed=pressed: pressed())
            self._tail.addWidget(button)
        self._tail.addStretch(1)
        for part in (self._head, self.notice, self.text, self._tail):
            self._column.addWidget(part) if isinstance(part, QWidget) else self._column.addLayout(part)
        self.which.changed.connect(self._read)
        self.setFocusProxy(self.save_button)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 16, 10, 16, 10, 8)
        for row in (self._head, self._tail):
            inset(row, 0, 0, 0, 0, 8)

    def show_certificates(self, certificates: Sequence[Certificate]) -> None:
        """Show the newest of these."""
        self.notice.hide()
        self._every = tuple(reversed(certificates))
        self.which.blockSignals(True)
        self.which.clear()
        for place, each in enumerate(self._every):
            self.which.addItem(self.tr("{0} · cases: {1}").format(moment(each.at, self._session.zone), len(each.body.cases)), str(place))
        self.which.blockSignals(False)
        self._read()

    @property
    def shown(self) -> Certificate:
        """The one that is shown; IndexError where there is none."""
        return self._every[int(self.which.typed() or 0)]

    def _read(self) -> None:
        if self._every:
            shown = self.shown
            self._session.read(lambda desk: desk.retention.certificate_text(shown), self, self.text.setPlainText, self.notice.show_error)

    def _save(self) -> None:
        name = f"certificate-{self.shown.at:%Y-%m-%d}.txt"
        path = choose_target(self, self.tr("Save the certificate"), name, [self.tr("Text (*.txt)")])
        if path is not None:
            self.notice.hide()
            call = partial(_write, path=path, shown=self.shown)
            self._session.read(call, self, partial(self._saved, path), self.notice.show_error)

    def _saved(self, path: Path, warning: str) -> None:
        if warning:
            self.notice.show_message(warning, tone=Tone.ASK)
        self.said.emit(self.tr("Certificate saved to {0}").format(path.name))


def _write(desk: "Desk", path: Path, shown: Certificate) -> str:
    """Writes it where the register tells of it; gives what to say of that place."""
    desk.exports.write("certificate of destruction", path, desk.retention.certificate_text(shown).encode())
    return desk.exports.place_warning(path)
