"""Impact: the cases that stand on another version of a policy, sorted by what this one changes for them. It changes none."""

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.events import CaseId
from ur_desk.domain.library.impact import Impact
from ur_desk.domain.people import Account, Role
from ur_desk.errors import UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.fonts import Type
from ur_desk.ui.models.impact import ImpactModel
from ur_desk.ui.pages.library.text import LibraryTextPage
from ur_desk.ui.phrases import day
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel


class ImpactPage(LibraryTextPage):
    """Shows what a version changes for the cases that were matched with another; a row opens its case."""

    name = PageName.IMPACT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.impact: Impact | None = None
        self.cases = ImpactModel(self)
        self._build()
        self._make_commands()
        self.list.activated.connect(self._open)
        self._session.person_changed.connect(self._person_changed)

    def _build(self) -> None:
        self.notice = Notice()
        self.notice.hide()
        self.words = ElidedLabel("", Type.SMALL, "soft")
        self.list = RowList(self.tr("Cases that were matched with another version"))
        self.list.setModel(self.cases)
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.empty = EmptyState(icon="search")
        pane = Pane(self.tr("Impact on cases"))
        pane.head.addWidget(self.words, 1)
        pane.set_body(self.list, self.empty)
        self.bar = CommandBar(self.tr("What can be done here"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(pane, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)
        PaneCycle(self, [pane, self.bar])
        self._say(self.tr("No version is chosen"), self.tr("Choose one in the library, and ask for its impact on cases."))

    def _make_commands(self) -> None:
        add = partial(page_command, self, Menu.POLICY)
        self.open_action = add(
            self.tr("&Open the case"), ["Ctrl+Return"], self.tr("Beside its policy, as it was matched"), self._open_chosen
        )
        self.compare_action = add(
            self.tr("&Compare versions"), ["Ctrl+D"], self.tr("Line beside line"), partial(self._go, PageName.CHANGES)
        )
        self.library_action = add(
            self.tr("To the &library"), ["Ctrl+W"], self.tr("The new version, line by line"), partial(self._go, PageName.LIBRARY)
        )
        for action, kind in ((self.open_action, "main"), (self.compare_action, "plain"), (self.library_action, "quiet")):
            self.bar.add(action, kind)
        self.bar.finish()
        self.bar.say(self.tr("Nothing changes by itself: a case is matched again by whoever works it."))

    # what is shown ---------------------------------------------------------------------------------------------------

    def _look(self, text: str, asked: int) -> None:
        """What was found before stays in sight meanwhile only where it is about the same version."""
        if self.impact is None or self.impact.new_text != text:
            self._clear(self.tr("Looking through the cases…"), "")
        self._session.steps(
            lambda desk: desk.impact.of("", text=text), self, partial(self._show, asked), self._refused, ended=partial(self._ended, asked)
        )

    def case_in_hand(self, last: CaseId | None) -> CaseId | None:
        """The case on which the list stands; never another one."""
        return self.cases.case(self.list.currentIndex().row())

    def _show(self, asked: int, impact: Impact) -> None:
        if asked != self._asked:
            return
        self.impact = impact
        self.cases.show_impact(impact if impact.cases else None)
        since = day(impact.new_effective) if impact.new_effective else self.tr("an unknown day")
        self.words.set_words(self.tr("{0} in force from {1} · cases that you may see: {2}").format(impact.policy, since, len(impact.cases)))
        if impact.cases:
            show_if(self.empty, False)
            self.list.show()
            self.list.go_to(next(place for place in range(self.cases.rowCount()) if self.cases.case(place)))
        else:
            self._say(
                self.tr("No case stands on another version"), self.tr("None that you may see was matched with another text of this policy.")
            )

    def _refused(self, error: UserError) -> None:
        self._clear(self.tr("Nothing to show"), "")
        self.notice.show_error(error)
        self.notice.show()

    def _ended(self, asked: int) -> None:
        """Say that nothing came of it, where a look was broken off by a fault."""
        if asked == self._asked and self.impact is None and self.notice.isHidden():
            self._clear(self.tr("Nothing to show"), self.tr("The look through the cases was broken off. No case was changed."))

    def _person_changed(self, _person: Account) -> None:
        """What one person saw is not the next one's to see."""
        self._asked += 1
        self._clear(self.tr("No version is chosen"), self.tr("Choose one in the library, and ask for its impact on cases."))
        self._text = ""

    def _clear(self, title: str, words: str) -> None:
        self.impact = None
        self.cases.show_impact(None)
        self.words.set_words("")
        self._say(title, words)

    def _say(self, title: str, words: str) -> None:
        self.empty.say(title, words)
        show_if(self.empty, True)
        self.list.hide()

    # ways ------------------------------------------------------------------------------------------------------------

    def _open_chosen(self) -> None:
        self._open(self.list.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        case = self.cases.case(index.row()) if index.isValid() else None
        if case is not None:
            works = self._session.person.has(Role.NURSE, Role.PHYSICIAN)
            self.wanted.emit(Place(PageName.REVIEW if works else PageName.AUDIT, case))

    def _go(self, page: PageName) -> None:
        if self._text:
            self.wanted.emit(Place(page, self._text))
