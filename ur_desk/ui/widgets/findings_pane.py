"""The findings pane: how the policies touch the request, what became of every code, what to weigh before deciding."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ur_desk.domain.findings import MatchReport
from ur_desk.domain.request import Request
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.findings import Finding, FindingKind, FindingsModel, Note
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet

DEEPEST = 7
"""What lies deeper is not set further in: its words need the room."""


class FindingDelegate(RowDelegate):
    """Sets a finding: title and chip, its detail below, a hairline under it."""

    def compose(self, row: Finding, sheet: Sheet) -> None:
        """Groups are quiet headings with a count; findings take the height that their words need."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        if row.kind is FindingKind.GROUP:
            room = right - left - (px(40) if row.chip else 0)
            height = sheet.text(row.title, (left, px(12)), room, Type.SMALL_STRONG, "soft")
            sheet.line(row.chip, (right - px(40), px(12)), px(40), Type.SMALL_STRONG, "soft", right=True)
            sheet.height = height + px(17)
            return
        left += px(14) * min(row.depth, DEEPEST)
        top = px(6)
        taken = sheet.chip(row.chip, row.tone, right, top) + px(8) if row.chip else 0
        style = Type.BODY if row.strong else Type.MEDIUM
        marked = [Emphasis(0, row.strong, Type.STRONG)] if row.strong else []
        top += max(sheet.text(row.title, (left, top), right - left - taken, style, marked=marked), px(18))
        if row.detail:
            top += px(2) + sheet.text(row.detail, (left, top + px(2)), right - left, Type.SMALL, "soft")
        sheet.height = top + px(7)
        sheet.rule_from = px(16)


class FindingsPane(Pane):
    """Shows a match report, for all service lines or one; a row opens the policy line that it speaks of."""

    line_wanted = Signal(str, int)
    """Open this line: the sha256 of a policy's text, and the line."""
    case_wanted = Signal(str)
    """Go to the case with this id, which a note tells of."""
    service_line_chosen = Signal(object)
    """The person wants the findings of one service line (its number), or of all (None)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("FindingsPane", "Findings"), parent)
        self._report: MatchReport | None = None
        self._request: Request | None = None
        self._notes: tuple[Note, ...] = ()
        self._line: int | None = None
        self._model = FindingsModel(self)
        self.list = RowList(self.tr("Findings"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.empty = EmptyState(icon="search")
        self._lines = QComboBox()
        self._lines.setProperty("kind", "quiet")
        self._lines.setAccessibleName(self.tr("Findings of service line"))
        self._lines.view().setAccessibleName(self.tr("Service lines"))
        self._lines.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._lines.setMaximumWidth(220)
        self._lines.activated.connect(self._choose_line)
        self.head.addStretch()
        self.head.addWidget(self._lines)
        self.set_body(self.list, self.empty)
        self.list.clicked.connect(self._show_line)
        self.list.activated.connect(self._open)
        self.show_report(None, None)

    def show_report(
        self, report: MatchReport | None, request: Request | None, notes: Iterable[Note] = (), empty: tuple[str, str] | None = None
    ) -> None:
        """Show a report beside its request, with the page's own notes; None says `empty` (a title and a sentence)."""
        self._report, self._request, self._notes = report, request, tuple(notes)
        known = {service.line for service in report.services} if report else set()
        self._line = self._line if self._line in known else None
        title, sentence = empty or (self.tr("Not matched yet"), self.tr("The findings stand here as soon as the request has been matched."))
        self.empty.say(title, sentence)
        show_if(self.empty, report is None)
        self.list.setVisible(report is not None)
        self._fill_lines()
        self._refresh()

    def forget(self) -> None:
        """Empty the pane without a word: another case comes, or nobody may see this one."""
        self.show_report(None, None, empty=("", ""))

    def show_service_line(self, line: int | None) -> None:
        """Show the findings of one service line, or of all with None."""
        if line == self._line:
            return
        self._line = line
        self._lines.setCurrentIndex(max(self._lines.findData(line), 0))
        self._refresh()

    @property
    def service_line(self) -> int | None:
        """The service line whose findings are shown; None for all."""
        return self._line

    def _fill_lines(self) -> None:
        self._lines.clear()
        self._lines.addItem(self.tr("All lines"), None)
        for service in self._request.services if self._request else ():
            words = self.tr("Line {0}").format(service.line)
            self._lines.addItem(f"{words} · {service.code}" if service.code else words, service.line)
        self._lines.setCurrentIndex(max(self._lines.findData(self._line), 0))
        show_if(self._lines, self._lines.count() > 2)

    def _choose_line(self, place: int) -> None:
        line = self._lines.itemData(place)
        if line != self._line:
            self.show_service_line(line)
            self.service_line_chosen.emit(line)

    def _refresh(self) -> None:
        row = self.list.currentIndex().row()
        self._model.show_report(self._report, self._request, self._line, self._notes)
        if 0 <= row < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(row, 0))

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row.target is None and row.case is not None:
            self.case_wanted.emit(row.case)
        self._show_line(index)

    def _show_line(self, index: QModelIndex) -> None:
        target = self._model.row(index.row()).target
        if target is not None:
            self.line_wanted.emit(target.text, target.line)
