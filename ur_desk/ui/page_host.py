"""The pages of the window: each made when it is first visited, shown by its place, and heard from in one voice."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ur_desk.domain.events import CaseId
from ur_desk.ui.actions import MENU, Actions, Menu, page_command
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.pane import PaneCycle
from ur_desk.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from pathlib import Path

    from ur_desk.desk.brought import Brought, Sorted
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps
    from ur_desk.ui.pages.arrivals.page import ArrivalsPage
    from ur_desk.ui.pages.columns.page import ColumnsPage
    from ur_desk.ui.pages.entry.page import EntryPage
    from ur_desk.ui.pages.letter.manner import NamesTyped
    from ur_desk.ui.pages.many import ManyPage
    from ur_desk.ui.pages.review.page import ReviewPage
    from ur_desk.ui.widgets.status_line import StatusLine


class PageHost(Stack):
    """Makes and shows pages."""

    wanted = Signal(object)
    """The `Place` to which somebody wants to go."""
    settled = Signal(object)
    """The `Place` that a page shows now by the person's own choice."""
    left = Signal()
    """The person is through with the page shown: back to where they were."""
    said = Signal(str)
    """Something done, in words."""
    recovery_wanted = Signal(bool)
    """A recovery key is to be made; whether there is one already."""
    disk_wanted = Signal()
    """The question of the system disk is to be asked."""
    restore_wanted = Signal()
    """A backup is to be put in the place of the workspace."""
    trail_checked = Signal(str, str, str)
    """How the trail stands: in words, in which ink, and in more words as a tip."""

    def __init__(
        self, session: Session, actions: Actions, panes: tuple[int, ...] = (), pages: tuple[int, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._actions = actions
        self._panes, self._beside = panes, pages
        self._pages: dict[PageName, QWidget] = {}
        self._no_case: EmptyState | None = None
        self._to_read_anew: Path | None = None

    def page(self, name: PageName) -> QWidget:
        """The page of that name, made if it is not there yet."""
        if name not in self._pages:
            page = self._make(name)
            self._adopt(page)
            self._pages[name] = page
        return self._pages[name]

    def made(self, name: PageName) -> QWidget | None:
        """The page of that name where somebody has been there."""
        return self._pages.get(name)

    def show_place(self, place: Place) -> QWidget:
        """Show a place and give the page that shows it."""
        before = self.currentWidget()  # asked before the page is made: the first one is shown by being there
        if place == Place(PageName.REVIEW):
            page: QWidget = self._nothing_on_the_desk()
        else:
            page = self.page(place.page)
            self._arrive(page, place)
        if page is not before:
            last = page.focusWidget()  # asked before Qt moves the focus to whatever comes first
            self.setCurrentWidget(page)
            (last if last is not None and last.isVisible() and last.isEnabled() else page).setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def commands(self) -> list[QAction]:
        """The commands of the page shown, in its order."""
        page = self.currentWidget()
        return [action for action in page.actions() if action.text()] if page else []

    def all_commands(self) -> list[QAction]:
        """The commands of the page shown, then those of the window."""
        return [*self.commands(), *self._actions.all]

    def panes(self) -> tuple[int, ...]:
        """The widths of the review's columns as the person left them; those of the last time where nobody has been there."""
        page = self._pages.get(PageName.REVIEW)
        return (cast("ReviewPage", page).columns.widths() or self._panes) if page is not None else self._panes

    def pages_beside(self) -> tuple[int, ...]:
        """The widths of the pages and the form of a new request as the person left them."""
        page = self._pages.get(PageName.ENTRY)
        return cast("EntryPage", page).records.widths if page is not None else self._beside

    def read_again(self) -> None:
        """Read the page shown once more."""
        page = self.currentWidget()
        if isinstance(page, Page):
            page.read_again()

    def tell_below(self, status: "StatusLine") -> None:
        """Let the line at the foot of the window say what pages did, how the trail stands, and how old its newest witness is."""
        from ur_desk.ui.witness import watch_witness

        self.said.connect(status.rest)
        self.trail_checked.connect(status.set_trail)
        watch_witness(self.session, status)

    def verify_trail(self) -> None:
        """Check the trail, and show what was found on the audit page."""
        from ur_desk.ui.pages.audit.page import AuditPage

        page = self.page(PageName.AUDIT)
        assert isinstance(page, AuditPage)
        self.wanted.emit(Place(PageName.AUDIT))
        page.verify_trail()

    def take_files(self, places: "Sequence[Path]", *, policies: bool = False) -> None:
        """Pages of records go to the page that takes them; all else is told apart by its content. What was chosen as `policies` is no
        record of what is shown."""
        pages = () if policies else self._take_records(places)
        rest = tuple(place for place in places if place not in pages)
        if rest:
            self.session.steps(partial(_sorted, places=rest), self, partial(self._take, rest))

    def _take_records(self, places: "Sequence[Path]") -> "Sequence[Path]":
        """Give those that are records of pages to the page that takes them; which these were."""
        from ur_desk.ui.files import records_among

        shown = self.currentWidget()
        if not (isinstance(shown, Page) and shown.takes_records):
            return ()
        pages = records_among(places)
        if pages:
            shown.attach(pages)
        return pages

    def key_paper(self, papers: "Sequence[Brought | Path]") -> None:
        """Begin a request beside the pages of paper."""
        self.begin_request()
        cast("EntryPage", self.page(PageName.ENTRY)).attach(papers)

    def _take(self, places: "tuple[Path, ...]", told: "Sorted") -> None:
        """Show what came in: requests at the door, many policy documents in one go."""
        from ur_desk.ui.files import MANY

        folder = any(place.is_dir() for place in places)
        many = len(told.documents) > MANY or (folder and not told.files and not told.unsure)
        if many and not told.files:
            self._take_many(places)
        else:
            door = cast("ArrivalsPage", self.page(PageName.ARRIVALS))
            door.take(told.files if many else told.every, told.documents if many else (), told.skipped)

    def _take_many(self, documents: "Sequence[Path]") -> None:
        cast("ManyPage", self.page(PageName.MANY)).take(documents)

    def _take_paper(self, files: "Sequence[Path]") -> None:
        """Bring to the door what was refused as a policy."""
        cast("ArrivalsPage", self.page(PageName.ARRIVALS)).take(files)

    def show_columns(self, file: "Path") -> None:
        """Look at what the columns of a file mean."""
        cast("ColumnsPage", self.page(PageName.COLUMNS)).take(file)

    def _columns_of_door(self, file: "Path") -> None:
        """Look at the columns of a file that came in; it is read anew once they are kept."""
        self._to_read_anew = file
        self.show_columns(file)

    def _read_anew(self, file: "Path") -> None:
        """Read a file again that came through the door, in its place in its report."""
        if file == self._to_read_anew:
            self._to_read_anew = None
            cast("ArrivalsPage", self.page(PageName.ARRIVALS)).read_anew(file)

    def begin_request(self, file: "Path | None" = None, draft: str = "") -> None:
        """Begin a request in the form: empty, from a file, or from a kept draft."""
        page = cast("EntryPage", self.page(PageName.ENTRY))
        if file is not None:
            page.take_file(file)
        elif draft:
            page.edit_draft(draft)
        else:
            page.begin()
        self.wanted.emit(Place(PageName.ENTRY))

    def log_contact(self) -> None:
        """Open the contact panel of the case in hand, wherever the person is; without one, say how to come by it."""
        from ur_desk.ui.widgets.panels.verbs import Verb

        page = self.currentWidget()
        desk = cast("ReviewPage | None", self._pages.get(PageName.REVIEW))
        last = desk.case if desk else None
        case = page.case_in_hand(last) if isinstance(page, Page) else last
        if case is None:
            self.said.emit(self.tr("Choose a case in the worklist first; a contact is logged in a case."))
            return
        cast("ReviewPage", self.page(PageName.REVIEW)).want(case, Verb.CONTACT)
        self.wanted.emit(Place(PageName.REVIEW, case))

    def _offer_contact(self, page: QWidget) -> None:
        """The command to log a contact, on a page that has none of its own."""
        tip = self.tr("A telephone call or a message about the chosen case, else the one last on the desk")
        page_command(page, Menu.CASE, self.tr("Log contact…"), ["Ctrl+Shift+N"], tip, self.log_contact)

    def _arrive(self, page: QWidget, place: Place) -> None:
        if isinstance(page, Page):
            page.arrive(place.ref)
        elif place.page is PageName.REVIEW:
            cast("ReviewPage", page).open_case(CaseId(place.ref))

    def _make(self, name: PageName) -> QWidget:
        makers: dict[PageName, Callable[[], QWidget]] = {
            PageName.WORKLIST: self._make_worklist,
            PageName.REVIEW: self._make_review,
            PageName.LIBRARY: self._make_library,
            PageName.AUDIT: self._make_audit,
            PageName.ADMINISTRATION: self._make_administration,
            PageName.ENTRY: self._make_entry,
            PageName.ARRIVALS: self._make_arrivals,
            PageName.MANY: self._make_many,
            PageName.HELP: self._make_help,
            PageName.CHANGES: self._make_changes,
            PageName.IMPACT: self._make_impact,
            PageName.RECEIVED: self._make_received,
            PageName.COLUMNS: self._make_columns,
            PageName.SENDERS: self._make_senders,
            PageName.POST: self._make_post,
        }
        return makers[name]()

    def _adopt(self, page: QWidget) -> None:
        """Hear a page, and let its way round the panes stand in the View menu."""
        self.addWidget(page)
        if isinstance(page, Page):
            page.wanted.connect(self.wanted)
            page.settled.connect(self.settled)
            page.said.connect(self.said)
        for cycle in page.findChildren(PaneCycle):
            for action in (cycle.next_action, cycle.previous_action):
                action.setProperty(MENU, Menu.VIEW.value)
        if not (isinstance(page, Page) and page.name is PageName.REVIEW):
            self._offer_contact(page)
        yield_keys(page, self._actions.all)

    def _make_worklist(self) -> QWidget:
        from ur_desk.ui.pages.worklist.page import WorklistPage

        page = WorklistPage(self.session, self._actions.new_request, self._actions.import_files, self)
        page.handed.opened.connect(lambda draft: self.begin_request(draft=draft))
        return page

    def _make_review(self) -> QWidget:
        from ur_desk.ui.pages.review.page import ReviewPage

        page = ReviewPage(self.session, self)
        page.columns.set_widths(self._panes)
        page.left.connect(self.left)
        return page

    def _make_entry(self) -> QWidget:
        from ur_desk.ui.pages.entry.page import EntryPage

        page = EntryPage(self.session, self)
        page.records.widths = self._beside
        page.opened.connect(lambda case: self.wanted.emit(Place(PageName.REVIEW, case)))
        page.left.connect(self.left)
        return page

    def _make_library(self) -> QWidget:
        from ur_desk.ui.pages.library.page import LibraryPage

        return LibraryPage(self.session, self._actions.import_policy, self)

    def _make_audit(self) -> QWidget:
        from ur_desk.ui.pages.audit.page import AuditPage

        page = AuditPage(self.session, self._actions.verify_trail, self)
        page.trail_checked.connect(self.trail_checked)
        return page

    def _make_administration(self) -> QWidget:
        from ur_desk.ui.pages.administration.page import AdministrationPage

        page = AdministrationPage(self.session, self)
        page.recovery_wanted.connect(self.recovery_wanted)
        page.disk_wanted.connect(self.disk_wanted)
        page.restore_wanted.connect(self.restore_wanted)
        return page

    def _make_arrivals(self) -> QWidget:
        from ur_desk.ui.pages.arrivals.page import ArrivalsPage

        page = ArrivalsPage(self.session, self)
        page.form_wanted.connect(lambda file: self.begin_request(file=file))
        page.files.form_wanted.connect(self.key_paper)
        page.files.draft_wanted.connect(lambda draft: self.begin_request(draft=draft))
        page.many_wanted.connect(self._take_many)
        page.bar.columns_wanted.connect(self._columns_of_door)
        page.left.connect(self.left)
        return page

    def _make_many(self) -> QWidget:
        from ur_desk.ui.pages.many import ManyPage

        page = ManyPage(self.session, self)
        page.left.connect(self.left)
        page.paper_wanted.connect(self._take_paper)
        return page

    def _make_help(self) -> QWidget:
        from ur_desk.ui.pages.help import HelpPage

        return HelpPage(self)

    def _make_changes(self) -> QWidget:
        from ur_desk.ui.pages.library.changes import ChangesPage

        return ChangesPage(self.session, self)

    def _make_impact(self) -> QWidget:
        from ur_desk.ui.pages.library.impact import ImpactPage

        return ImpactPage(self.session, self)

    def _make_received(self) -> QWidget:
        from ur_desk.ui.pages.library.received import ReceivedPage

        return ReceivedPage(self.session, self)

    def _make_columns(self) -> QWidget:
        from ur_desk.ui.pages.columns.page import ColumnsPage

        page = ColumnsPage(self.session, self)
        page.left.connect(self.left)
        page.kept.connect(self._read_anew)
        return page

    def _make_senders(self) -> QWidget:
        from ur_desk.ui.pages.senders import SendersPage

        page = SendersPage(self.session, self._actions.columns, self)
        page.left.connect(self.left)
        return page

    def _make_post(self) -> QWidget:
        from ur_desk.ui.pages.post import PostPage

        page = PostPage(self.session, self._names_typed, self)
        page.left.connect(self.left)
        return page

    def _names_typed(self) -> "NamesTyped":
        """What services are called in drafts; nothing where nobody has been at a case."""
        from ur_desk.ui.pages.letter.manner import NamesTyped

        review = cast("ReviewPage | None", self.made(PageName.REVIEW))
        return review.letter.names if review is not None else NamesTyped()

    def _nothing_on_the_desk(self) -> QWidget:
        if self._no_case is None:
            words = self.tr("Open one from the worklist, or key a new request. It then stands here beside the policy's lines.")
            self._no_case = EmptyState(self.tr("No case is on the desk"), words, self._actions.worklist, "tray", self)
            self.addWidget(self._no_case)
            self._offer_contact(self._no_case)
        return self._no_case


def _sorted(desk: "Desk", places: "tuple[Path, ...]") -> "Steps[Sorted]":
    return desk.arrivals.sort(places)


def yield_keys(page: QWidget, window: Iterable[QAction]) -> None:
    """The window's keys mean the same on every page: a page's command that has the same key keeps only its others."""
    taken = {key.toString() for action in window for key in action.shortcuts()}
    for action in page.findChildren(QAction):
        kept = [key for key in action.shortcuts() if key.toString() not in taken]
        if len(kept) != len(action.shortcuts()):
            action.setShortcuts(kept)
