"""What can be gone on with when the form opens: drafts that were kept, or the requests of a file that holds several."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.drafts import Draft
from ur_desk.domain.findings import Problem
from ur_desk.domain.handing import KeptDraft
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request
from ur_desk.ui.fonts import Type
from ur_desk.ui.privacy import named, private
from ur_desk.ui.widgets.panels.fitted import Fitted
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text


class OffersBox(Restyled, QFrame):
    """A title and rows of words, each with what can be done with it; hidden while there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("ground", "accent_soft")
        self.title = Text("", Type.SMALL_STRONG, wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.addWidget(self.title)
        inside = QFrame()
        inside.setProperty("ground", "accent_soft")
        self._list = QVBoxLayout(inside)
        self._fitted = Fitted(name, inside)
        self._whole.addWidget(self._fitted)
        self._rows: list[QWidget] = []
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._whole, 16, 8, 12, 8, 4)
        inset(self._list, 0, 0, 0, 0, 2)

    def clear(self) -> None:
        """Show nothing."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        self.hide()

    def add(self, words: str, *buttons: QPushButton) -> None:
        """Add a row."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(words, Type.SMALL), 1)
        for button in buttons:
            line.addWidget(button)
        self._rows.append(row)
        self._list.addWidget(row)
        self._fitted.updateGeometry()
        show_if(self, True)


class KeptDrafts(OffersBox):
    """Drafts of new requests that this person began, or got from a colleague, and did not open yet."""

    wanted = Signal(str)
    """Go on with the draft of this name."""
    dropped = Signal(str)
    """Forget the draft of this name."""
    returned = Signal(str, str)
    """Hand the draft of this name back to the account of this id."""

    def __init__(self) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Kept drafts"))

    def show_drafts(self, drafts: Iterable[KeptDraft], but: str | None) -> None:
        """Show all drafts but the one that is in the form, each with who handed it over and their word."""
        self.clear()
        told = [kept for kept in drafts if kept.name != but]
        one = self.tr("One draft was kept")
        self.title.setText(one if len(told) == 1 else self.tr("{0} drafts were kept").format(len(told)))
        for kept in told:
            words = draft_words(kept.draft) or self.tr("without a name or a service yet")
            buttons = [
                quiet_button(self.tr("Go on"), self.tr("Go on with the draft: {0}").format(words), partial(self.wanted.emit, kept.name)),
                quiet_button(self.tr("Discard"), self.tr("Discard the draft: {0}").format(words), partial(self.dropped.emit, kept.name)),
            ]
            if kept.handed_by:
                back = self.tr("Hand the draft back to {0}: {1}").format(kept.handed_by_name, words)
                buttons.insert(1, quiet_button(self.tr("Hand back"), back, partial(self.returned.emit, kept.name, kept.handed_by)))
            self.add(self._with_hand(words, kept), *buttons)

    def _with_hand(self, words: str, kept: KeptDraft) -> str:
        if not kept.handed_by:
            return words
        from_whom = self.tr("from {0}").format(kept.handed_by_name)
        return " · ".join((words, f"{from_whom}: “{kept.note}”" if kept.note else from_whom))


class FileRequests(OffersBox):
    """The requests of one file, and its problems with their places."""

    open_all = Signal()
    """Open a case for every request."""
    wanted = Signal(int)
    """Look at the request of this place, from 0, in the form."""

    def __init__(self) -> None:
        super().__init__("")
        self._shown: tuple[str, Sequence[Request], Sequence[Problem]] = ("", (), ())
        self.setAccessibleName(self.tr("Requests in the file"))
        self.open_button = quiet_button("", self.tr("Open all cases"), self.open_all.emit)
        self.open_button.setProperty("kind", "plain")
        self._whole.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)

    def name_again(self) -> None:
        """Name the members of what is shown, or no more."""
        if self.isVisible():
            self.show_requests(*self._shown)

    def show_requests(self, file: str, requests: Sequence[Request], problems: Sequence[Problem]) -> None:
        """Show what is in a file; one request without a problem shows nothing, it stands in the form."""
        self.clear()
        self._shown = (file, requests, problems)
        several = len(requests) > 1
        count = self.tr("{0} requests").format(len(requests)) if len(requests) != 1 else self.tr("one request")
        remarks = self.tr("one remark") if len(problems) == 1 else self.tr("{0} remarks").format(len(problems))
        self.title.setText(self.tr("{0}: {1}, {2}").format(file, count, remarks))
        self.open_button.setText(self.tr("Open {0} cases").format(len(requests)))
        self.open_button.setAccessibleName(self.open_button.text())
        self.open_button.setVisible(several)
        for place, request in enumerate(requests if several else ()):
            words = request_words(request)
            self.add(
                words,
                quiet_button(
                    self.tr("Look at it"), self.tr("Look at it in the form: {0}").format(words), lambda place=place: self.wanted.emit(place)
                ),
            )
        for problem in problems:
            sign = "⚠ " if problem.severity is not Severity.INFO else ""
            self.add(f"{sign}{problem.where}: {problem.message}")


def draft_words(draft: Draft) -> str:
    """A draft as a list names it."""
    name = ", ".join(part for part in (draft.member.family, draft.member.given) if part)
    codes = ", ".join(dict.fromkeys(s.code for s in draft.services if s.code))
    return " · ".join(part for part in (named(name), private(draft.member.member_id), codes, draft.received_date) if part)


def request_words(request: Request) -> str:
    """A request as a list names it."""
    codes = ", ".join(dict.fromkeys(s.code or s.description or "" for s in request.services))
    return " · ".join(part for part in (named(request.member.listed_name), private(request.member.member_id or ""), codes) if part)


def quiet_button(words: str, name: str, pressed: object) -> QPushButton:
    """A button of a row, with a name for whoever does not see the row."""
    button = QPushButton(words)
    button.setProperty("kind", "quiet")
    button.setAutoDefault(False)
    button.setAccessibleName(name)
    button.clicked.connect(pressed)
    return button
