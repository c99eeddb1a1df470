"""What the window asks of its pages."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ur_desk.domain.events import CaseId
from ur_desk.ui.caret import put_words, words_in
from ur_desk.ui.places import PageName


class Page(QWidget):
    """A page of the window; it says where the person wants to go and never goes there itself."""

    name: PageName
    """Which page it is; also the topic of its help."""
    wanted = Signal(object)
    """The `Place` to which the person wants to go."""
    settled = Signal(object)
    """The `Place` that the page shows now, by the person's own choice on it; remembered for the way back."""
    said = Signal(str)
    """Something done, in words, for the status line."""

    @property
    def takes_records(self) -> bool:
        """Whether pages, PDF or images, that come in now belong to what the page shows."""
        return False

    def attach(self, files: Sequence[Path]) -> None:
        """Take files of pages to what the page shows."""

    def arrive(self, ref: str) -> None:
        """Show what a place names, read fresh; an empty one shows the page as it is."""

    def case_in_hand(self, last: CaseId | None) -> CaseId | None:
        """The case that a step begun here is about: `last`, which was on the desk before, unless the page has a case of its own."""
        return last

    def read_again(self) -> None:
        """Read what is shown once more."""

    def left_as(self) -> Mapping[str, str]:
        """How the page stands now, in words that `take_up` of another one understands; kept while the desk is locked."""
        return words_in(self)

    def take_up(self, left: Mapping[str, str], then: Callable[[], object]) -> None:
        """Stand as a page did that was left so, once what it shows is read, and say so."""
        put_words(self, left)
        then()
