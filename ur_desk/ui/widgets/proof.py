"""A button that asks for the file that shows a sending, and says which it is."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from ur_desk.ui import dialogs

PROOFS = "PDF, TIFF, PNG, JPEG (*.pdf *.tif *.tiff *.png *.jpg *.jpeg)"


class ProofChooser(QPushButton):
    """Holds the file that was chosen last; None until one was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.setAutoDefault(False)
        self.setProperty("kind", "quiet")
        self.clicked.connect(self._choose)
        self._say()

    def _choose(self) -> None:
        found = dialogs.choose_files(self, self.tr("What shows that it was sent"), [PROOFS])
        if found:
            self.path = found[0]
            self._say()

    def _say(self) -> None:
        self.setText(self.tr("Proof: {0}").format(self.path.name) if self.path else self.tr("Attach its proof…"))
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("A fax confirmation or a mail log, PDF or picture; it is kept with the sending"))
