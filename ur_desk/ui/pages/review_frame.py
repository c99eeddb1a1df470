"""The parts of the review screen and where they stand: strip, panes or letter, panel, decision bar."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ur_desk.desk.review import OnDesk
from ur_desk.domain.case import Case
from ur_desk.domain.letter_fields import AskedWords, SignedWords
from ur_desk.ui.look import look
from ur_desk.ui.models.came_rows import came_rows
from ur_desk.ui.pages.letter import LetterPage
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.review_coverage import CoverageBox
from ur_desk.ui.pages.review_fence import FencePlace
from ur_desk.ui.pages.review_layout import Columns
from ur_desk.ui.pages.review_left import left_as, stand
from ur_desk.ui.pages.review_panels import PanelPlace
from ur_desk.ui.pages.review_records import ReviewRecords
from ur_desk.ui.pages.review_rewording import ask_anew, ask_for_other_words
from ur_desk.ui.pages.review_watch import ReviewWatch
from ur_desk.ui.pages.review_words import line_marks
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.decision_bar import DecisionBar
from ur_desk.ui.widgets.findings_pane import FindingsPane
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.policy_pane import PolicyPane
from ur_desk.ui.widgets.request_pane import RequestPane
from ur_desk.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from ur_desk.ui.pages.review import ReviewPage

LOW = 720
"""Pixels of height at 100 % below which the coverage questions fold away, so that the service lines stay in sight."""

BOTH = 420
"""Pixels of height at 100 % from which panes and an open panel have room beside each other."""

TIGHT = 330
"""Pixels of height at 100 % below which bar and panel show no more than their fields and buttons."""

LEAST = 144
"""Pixels at 100 % that a pane keeps while a panel is open."""


MINUTE = 60_000
"""Milliseconds after which what is left is told anew."""


class ReviewFrame(Page):
    """The parts, unfilled. The decision bar is always in sight; the panes give way to an open panel."""

    filled = Signal()
    """The case that was asked for is shown as it was read."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: OnDesk | None = None
        self.setMinimumSize(1, 1)  # what gives way is settled by height and width, never by pushing the window wider or higher
        self._make_parts()
        self._lay_out()
        self.panels.opened.connect(self._make_room)
        self.panels.closed.connect(self._make_room)
        self.panels.opened.connect(self.fence.dismiss)
        self.fence.opened.connect(self.panels.close_panel)
        self.fence.changed.connect(self._make_room)
        self.fence.over.connect(self.read_again)
        self.fence.said.connect(self.said)
        self.fence.entered.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, case)))
        self.letter.said.connect(self.said)
        self.addActions(self.letter.sentences.commands)
        self.centre.currentChanged.connect(self._offer_letter)
        self._offer_letter()
        self.letter.reword_wanted.connect(self._reword)
        self.records.said.connect(self.said)
        self.records.refused.connect(self.notice.show_error)
        self.filled.connect(self._show_records)
        self.watch = ReviewWatch(session, self, self.policy, self.records.view)
        self.findings.service_line_chosen.connect(self.policy.show_service_line)
        for pane in (self.request, self.findings):
            pane.case_wanted.connect(self.go_to_case)

    def _make_parts(self) -> None:
        """Every part where it will stand: one that changes its parent is styled anew with all that it holds."""
        self.strip = Strip(self)
        self.notice = Notice(self)
        self.centre = QStackedWidget(self)
        self.columns = Columns((), (self.tr("Request"), self.tr("Policy"), self.tr("Findings")), self.centre)
        self._left = QWidget(self.columns.splitter)
        self.request = RequestPane(self._left)
        self.records = ReviewRecords(self._session, self.request, self)
        self.coverage = CoverageBox(self._left)
        self.policy = PolicyPane(self.columns.splitter)
        self.findings = FindingsPane(self.columns.splitter)
        self.letter = LetterPage(self._session, self.centre)
        self.panels = PanelPlace(self)
        self.fence = FencePlace(self._session, self)
        self.bar = DecisionBar(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._left)
        column.addWidget(self.request, 1)
        column.addWidget(self.coverage)
        self.columns.fill((self._left, self.policy, self.findings))
        self.centre.addWidget(self.columns)
        self.centre.addWidget(self.letter)
        whole = QVBoxLayout(self)
        for layout in (column, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.strip, self.notice):
            whole.addWidget(part)
        whole.addWidget(self.centre, 1)
        whole.addWidget(self.fence)
        whole.addWidget(self.panels)
        whole.addWidget(self.bar)
        panes = [self.request, self.coverage, self.policy, self.findings, self.letter, self.panels, self.bar, self.fence]
        self.cycle = PaneCycle(self, panes, self._reveal)
        self.setFocusProxy(self.policy)

    @property
    def takes_records(self) -> bool:
        """Pages that are dropped on a case come for it."""
        return self._shown is not None

    def attach(self, files: Sequence[Path]) -> None:
        """Attach files of pages to the case."""
        self.records.attach(files)

    def _offer_letter(self) -> None:
        """The letter's own commands are found where the letter is shown, and nowhere else."""
        for action in self.letter.sentences.commands:
            action.setVisible(self.centre.currentWidget() is self.letter)

    def _reword(self, words: SignedWords | AskedWords, text: str) -> None:
        page = cast("ReviewPage", self)
        if isinstance(words, SignedWords):
            ask_for_other_words(page, words, text)
        elif self._shown is not None:
            ask_anew(page, self._session, self._shown.case, words)

    def _show_records(self) -> None:
        if self._shown is not None:
            self.records.show_case(self._shown.case)
            self.watch.begin(self._shown.case.id)

    def left_as(self) -> Mapping[str, str]:
        """How the case stands before the person, for when the desk is unlocked."""
        return left_as(cast("ReviewPage", self)) if self._shown else {}

    def take_up(self, left: Mapping[str, str], then: Callable[[], object]) -> None:
        """Stand as a page that was left so, once the case is read."""
        if self._shown is None:
            self.filled.connect(lambda: self.take_up(left, then), Qt.ConnectionType.SingleShotConnection)
            return
        stand(cast("ReviewPage", self), left)
        then()

    def go_to_case(self, case: str) -> None:
        """Go to another case: the way back leads to this one."""
        self.wanted.emit(Place(PageName.REVIEW, case))

    def show_asked(self, case: Case, words: Mapping[str, str], zone: str) -> None:
        """Show the request of a case with the words of its diagnosis codes, below what came in for it later."""
        self.request.show_request(case.current_request, words, line_marks(case), came_rows(case, zone))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the open panel from anywhere on the page; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape and self.fence.form is not None:
            self.fence.dismiss()
            return
        if event.key() == Qt.Key.Key_Escape and self.panels.panel is not None:
            self.panels.close_panel()
            return
        super().keyPressEvent(event)

    def _make_room(self) -> None:
        """What gives way on a low screen: coverage rows fold, and go while a panel is open, then the panes; bar and panel leave words to their tips."""
        height, panel = self.height(), self.panels.panel
        asked, shut = panel is not None or self.fence.form is not None, self.fence.shut
        tight = height < look().px(TIGHT)
        self.coverage.set_low(height < look().px(LOW))
        self.coverage.setVisible(not asked or height >= look().px(LOW))
        self.centre.setVisible(not shut and (not asked or height >= look().px(BOTH)))
        for part in (self.strip, self.bar):
            part.setVisible(not shut)
        self.bar.set_tight(tight)
        if panel is not None:
            panel.set_tight(tight)
        for pane in (self.request, self.policy, self.findings, self.letter):
            pane.setMinimumHeight(look().px(LEAST))

    def _reveal(self, pane: QWidget) -> bool:
        return self.columns.isVisible() and self.columns.reveal(pane)

    def show_review(self) -> None:
        """Turn back to the panes."""
        if self.centre.currentWidget() is self.letter:
            self.centre.setCurrentWidget(self.columns)
            self.bar.rest(False)
            self.policy.setFocus()
