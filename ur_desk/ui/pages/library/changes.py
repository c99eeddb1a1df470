"""Two versions of a policy side by side: line beside line, the next change by a key, what is unimportant hidden."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from ur_desk.domain.policy import Shelved
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.changes import ChangesModel, summary
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.version_rows import text_words
from ur_desk.ui.pages.page import Page
from ur_desk.ui.phrases import moment
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.change_rows import ChangeDelegate
from ur_desk.ui.widgets.choice import ElidedBox
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.library import Listed
    from ur_desk.desk.versions import Compared

BETWEEN = ".."
"""Between the two texts in a place's reference, the old one first."""


class ChangesPage(Page):
    """Compares two texts of one policy; changes nothing."""

    name = PageName.CHANGES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ref = ""
        self._asked = 0
        self.compared: Compared | None = None
        self.rows = ChangesModel(self)
        self.told = FindingRowsModel(self)
        self._build()
        self._make_commands()
        self._connect()

    def _build(self) -> None:
        self.notice = Notice()
        self.notice.hide()
        self.old_choice, self.new_choice = self._choice(self.tr("The old version")), self._choice(self.tr("The new version"))
        self.everything = QCheckBox(self.tr("Unimportant too"))
        self.everything.setToolTip(self.tr("Mark lines too that differ in number, marks, case or breaks alone (Alt+U)"))
        self.count = ElidedLabel("", Type.SMALL, "soft")
        self.list = RowList(self.tr("Both versions, line beside line"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ChangeDelegate(self.list, self.rows))
        self.changes = RowList(self.tr("What changed"))
        self.changes.setModel(self.told)
        self.changes.setItemDelegate(FindingDelegate(self.changes))
        self.empty = EmptyState(self.tr("Nothing to compare yet"), self.tr("Choose a version in the library, and compare it."), icon="book")
        left, right = Pane(self.tr("What changed")), Pane(self.tr("Side by side"))
        left.head.addStretch()
        left.set_body(self.changes)
        right.head.addWidget(self.count, 1)
        right.head.addWidget(self.everything)
        right.under_head.addWidget(self.old_choice, 1)
        right.under_head.addWidget(self.new_choice, 1)
        right.restyle()
        right.set_body(self.list, self.empty)
        self.panes = TwoPanes(left, right, (self.tr("What changed"), self.tr("Side by side")))
        self.panes.show_pane(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.panes, 1)
        self.setFocusProxy(self.list)
        PaneCycle(self, [left, right], self.panes.reveal)

    def _choice(self, name: str) -> ElidedBox:
        box = ElidedBox()
        box.setAccessibleName(name)
        box.view().setAccessibleName(name)
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _make_commands(self) -> None:
        add = partial(page_command, self, Menu.POLICY)
        self.next_action = add(self.tr("&Next change"), ["F7"], self.tr("To the next line that differs"), partial(self._step, 1))
        self.previous_action = add(
            self.tr("&Previous change"), ["Shift+F7"], self.tr("To the line before that differs"), partial(self._step, -1)
        )
        self.everything_action = add(self.tr("&Unimportant differences too"), ["Alt+U"], self.everything.toolTip(), self.everything.toggle)
        self.library_action = add(
            self.tr("To this line in the &library"), ["Ctrl+Return"], self.tr("The new version, line by line"), self._to_library
        )

    def _connect(self) -> None:
        self.everything.toggled.connect(self._show_everything)
        self.changes.clicked.connect(self._open)
        self.changes.activated.connect(self._open)
        for box in (self.old_choice, self.new_choice):
            box.activated.connect(lambda _place: self._chosen())
        self._session.changed.connect(self._changed)

    # what is shown ---------------------------------------------------------------------------------------------------

    def arrive(self, ref: str) -> None:
        """Compare the texts that a place names: `old..new`, or one text with what came before it."""
        if ref:
            self._ref = ref
            self.read_again()

    def read_again(self) -> None:
        """Read both texts once more."""
        old, between, new = self._ref.rpartition(BETWEEN)
        if not self._ref:
            return
        self._asked += 1
        self.notice.hide()
        self._session.steps(
            lambda desk: desk.versions.comparing(new, old if between else ""), self, partial(self._show, self._asked), self._refused
        )

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)
        self.notice.show()
        if self.compared is None:
            show_if(self.empty, True)
            self.list.hide()

    def _show(self, asked: int, compared: "Compared") -> None:
        if asked != self._asked:
            return
        self.compared = compared
        self._ref = BETWEEN.join((compared.old.policy.text.sha256, compared.new.policy.text.sha256))
        self._fill(self.old_choice, compared.beside, compared.old)
        self._fill(self.new_choice, compared.beside, compared.new)
        self.rows.show_rows(compared.comparison.rows)
        self.told.show_rows(summary(compared.comparison))
        show_if(self.empty, False)
        self.list.show()
        self._count()
        first = self.rows.changes()
        self.list.go_to(first[0] if first else 0)

    def _fill(self, box: ElidedBox, beside: "Sequence[Listed]", chosen: Shelved) -> None:
        box.clear()
        words = [text_words(item) for item in beside]
        for item, told in zip(beside, words, strict=True):
            loaded = self.tr("{0} · loaded {1}").format(told, moment(item.card.loaded_at, self._session.zone))
            box.addItem(loaded if words.count(told) > 1 else told, item.card.text)
        box.setCurrentIndex(max(box.findData(chosen.policy.text.sha256), 0))
        box.setToolTip(box.currentText())
        box.widen_list()

    def _count(self) -> None:
        assert self.compared is not None
        count, policy = len(self.rows.changes()), self.compared.new.policy.id
        told = self.tr("{0}: one difference") if count == 1 else self.tr("{0}: {1} differences")
        hidden = 0 if self.rows.everything else self.rows.hidden()
        words = told.format(policy, count)
        self.count.set_words(f"{words}, {self.tr('unimportant lines hidden: {0}').format(hidden)}" if hidden else words)

    def _show_everything(self, everything: bool) -> None:
        self.rows.show_everything(everything)
        if self.compared is not None:
            self._count()

    def _chosen(self) -> None:
        old, new = self.old_choice.currentData(), self.new_choice.currentData()
        if old and new and BETWEEN.join((old, new)) != self._ref:
            self._ref = BETWEEN.join((old, new))
            self.settled.emit(Place(PageName.CHANGES, self._ref))
            self.read_again()

    # ways ------------------------------------------------------------------------------------------------------------

    def _step(self, way: int) -> None:
        """To the next or the former change, round and round."""
        places, now = self.rows.changes(), self.list.currentIndex().row()
        if not places:
            self.said.emit(self.tr("The two say the same"))
            return
        further = [place for place in places if (place > now if way > 0 else place < now)]
        place = (further or places)[0 if way > 0 else -1]
        self.panes.show_pane(1)
        self.list.go_to(place)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.said.emit(self.tr("Difference {0} of {1}").format(places.index(place) + 1, len(places)))

    def _open(self, index: QModelIndex) -> None:
        target = self.told.row(index.row()).target
        if target is None or self.compared is None:
            return
        place = self.rows.place_of(target.line, target.text == self.compared.new.policy.text.sha256)
        if place is not None:
            self.panes.show_pane(1)
            self.list.go_to(place)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_library(self) -> None:
        index = self.list.currentIndex()
        if self.compared is None or not index.isValid():
            return
        row = self.rows.row(index.row())
        side, line = (self.compared.new, row.new) if row.new else (self.compared.old, row.old)
        assert line is not None
        self.wanted.emit(Place(PageName.LIBRARY, f"{side.policy.text.sha256}#{line.number}"))

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.LIBRARY in changes and self.isVisible():
            self.read_again()
