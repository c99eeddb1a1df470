"""What the pages have in common that look into one text of the library: asked again, an answer to an older question is let go."""

from PySide6.QtWidgets import QWidget

from ur_desk.ui.pages.page import Page
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.notice import Notice


class LibraryTextPage(Page):
    """A page about the text of one sha256; `_look` asks the desk, and an answer counts only while `_asked` is what it was."""

    notice: Notice

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._text = ""
        self._asked = 0

    def arrive(self, ref: str) -> None:
        """Look into the text of this sha256; without one, what is shown stays."""
        if ref:
            self._text = ref
            self.read_again()

    def read_again(self) -> None:
        """Look once more."""
        if self._text:
            self._asked += 1
            self.notice.hide()
            self._look(self._text, self._asked)

    def _look(self, text: str, asked: int) -> None:
        """Ask the desk about a text; `asked` is the number of the question."""
        raise NotImplementedError
