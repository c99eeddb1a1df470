"""What came in, before it is saved: each request in full beside the case that it resembles, and one key for each thing to do with it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.arriving import Choice
from ur_desk.domain.events import CaseId
from ur_desk.errors import UserError
from ur_desk.ui.models.arrivals import ArrivalsModel, Key, Outcome, alike, became_words, case_words
from ur_desk.ui.models.arrivals_shown import rows_beside
from ur_desk.ui.models.compared import compared
from ur_desk.ui.pages.arrivals_bar import ArrivalsBar
from ur_desk.ui.pages.arrivals_deciding import Deciding
from ur_desk.ui.pages.arrivals_files import FilesAtDoor, is_sure_paper
from ur_desk.ui.pages.arrivals_steps import Beside, Opening, begin, beside, is_clean, look_at, newest, runs, single_file
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.compared_pane import ComparedPane
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.progress_head import ProgressHead
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow
    from ur_desk.desk.importing import Skipped
    from ur_desk.desk.steps import Step
    from ur_desk.ui.jobs import Job


class ArrivalsPage(Page):
    """Says what is in the files and what it resembles; nothing becomes a case before the person says so."""

    name = PageName.ARRIVALS

    form_wanted = Signal(object)
    """The `Path` of a file with one request, to be looked at in the form."""
    many_wanted = Signal(object)
    """Paths of many policy documents, to be read into the library in one go."""
    left = Signal()
    """The person is through with these files."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.run: Run | None = None
        self._outcome = Outcome()
        self._documents: tuple[Path, ...] = ()
        self._named: dict[Key, Resembling] = {}
        self._at: tuple[Key | None, int] = (None, 0)
        self._which = self._asked = 0
        self._reading: Job | None = None
        self._straight = self._looking = False
        self.model = ArrivalsModel(self)
        self.deciding = Deciding(session, self)
        self.files = FilesAtDoor(session, self)
        self._build()
        self._connect()
        self._follow()

    # shape -----------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.notice = Notice()
        self.far = ProgressHead(self.tr("Files read"))
        self.list = RowList(self.tr("What is in the files"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        words = self.tr("Drop request files, faxes, a folder of them, or policy documents on this window.")
        self.empty = EmptyState(self.tr("Nothing came in"), words, icon="tray")
        files = Pane(self.tr("Files that came in"))
        files.head.addStretch()
        files.set_body(self.list, self.far, self.empty)
        self.shown = ComparedPane()
        self.panes = TwoPanes(files, self.shown, (self.tr("Files that came in"), self.tr("What came in")), first_width=440)
        does = {
            "open": self.open_cases, "next": self.next_case, "name": self.deciding.name_case, "reverse": self.deciding.reverse,
            "go": self.go_to_case, "load": self.load_policies, "form": self.to_form, "stop": self.stop, "earlier": self.show_earlier,
            "forget": self.forget, "close": self.left.emit, **self.files.does,
        }  # fmt: skip
        self.bar = ArrivalsBar(self, does, self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.panes, 1)
        for form in (*self.deciding.forms, self.files.form):
            column.addWidget(form)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)
        PaneCycle(self, [files, self.shown, self.bar], self.panes.reveal)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._went_to())
        self.list.activated.connect(self._activated)
        deciding = self.deciding
        deciding.decided.connect(self._decided)
        deciding.refused.connect(self._refused)
        deciding.named.connect(self._was_named)
        deciding.back.connect(lambda: deciding.give_focus(self.list))
        deciding.reported.connect(self._say_far)
        deciding.opened.connect(self._opened)
        self.files.said.connect(self.said)
        self.files.refused.connect(self.notice.show_error)
        self.files.changed.connect(lambda: self._show(self._at[0]))
        self.files.back.connect(lambda: deciding.give_focus(self.list))
        self._session.changed.connect(lambda _changes: None if self.busy else self._refresh())

    @property
    def busy(self) -> bool:
        """Whether files are being read, or cases opened, one after the other."""
        return self._looking or self.deciding.opening is not None

    # reading ---------------------------------------------------------------------------------------------------------

    def take(self, files: Sequence[Path], documents: Sequence[Path] = (), skipped: "tuple[Skipped, ...]" = ()) -> None:
        """Look at files; one clean request goes straight to the form. `documents` are many and wait, `skipped` is what is not read."""
        if self.busy:
            words = self.tr("Wait for their end, or stop them, and bring these again.")
            self.notice.show_error(UserError(self.tr("Files are being read."), words))
            self.wanted.emit(Place(PageName.ARRIVALS))
            return
        self._outcome, self._named, self._documents = Outcome(), {}, tuple(documents)
        self._straight = len(files) == 1 and not documents and not skipped
        self.notice.hide()
        self._session.read(partial(begin, files=files, skipped=skipped), self, self._begun, self._failed)

    def _begun(self, told: "tuple[Run, tuple[Path, ...]]") -> None:
        run, files = told
        self.run, self._at = run, (None, 0)
        self._show(None)
        if not self._straight:
            self.wanted.emit(Place(PageName.ARRIVALS, run.id))
        self._looking = True
        self._follow()
        self._reading = self._session.steps(partial(look_at, run=run, files=files), self, None, self._failed, self._reported, self._looked)

    def _reported(self, _step: "Step") -> None:
        self._say_far()

    def _looked(self) -> None:
        self._looking, run = False, self.run
        if run is None:
            return
        if self._straight and (is_clean(run) or is_sure_paper(run)):
            file = run.files[0]
            self._session.read(lambda desk: desk.arrivals.forget(run.id), self, lambda _none: self._to_form(file), self._failed)
            return
        self.wanted.emit(Place(PageName.ARRIVALS, run.id))
        self._refresh()
        self.deciding.give_focus(self.list)

    def _to_form(self, file: "Brought") -> None:
        self.run = None
        self._show(None)
        if file.paper is not None:
            self.files.form_wanted.emit((file.path,))
        else:
            self.form_wanted.emit(file.path)

    def _failed(self, error: UserError) -> None:
        self.wanted.emit(Place(PageName.ARRIVALS))
        self.notice.show_error(error)

    def arrive(self, ref: str) -> None:
        """Show the report of that name, or the newest in which something waits; the one that is shown stays."""
        if not self.busy and (self.run is None or ref not in ("", self.run.id)):
            self._session.read(partial(newest, ref=ref), self, self._came_back, self._gone)

    def _came_back(self, run: "Run | None") -> None:
        self.run, self._outcome, self._documents, self._at = run, Outcome(), (), (None, 0)
        self._show(None)
        if run is None:
            self.show_earlier()

    def _gone(self, error: UserError) -> None:
        self._came_back(None)
        self.notice.show_error(error)

    def read_again(self) -> None:
        """Judge once more what the requests resemble and what became of them."""
        self._refresh()

    def _refresh(self) -> None:
        run = self.run
        if run is None:
            return
        if not any(run.items) and not any(file.paper for file in run.files):
            self._show(self._at[0])
            return
        self._session.read(lambda desk: desk.arrivals.judged(run.files), self, partial(self._judged, run), self.notice.show_error)

    def _judged(self, run: "Run", files: "tuple[Brought, ...]") -> None:
        if run is self.run:
            run.files[:] = files
            self._show(self._at[0])

    # what is shown ---------------------------------------------------------------------------------------------------

    def _show(self, key: Key | None) -> None:
        """The rows of the run, with this request chosen; the next that waits where it does not any more."""
        behind = self._at[1]
        self.model.show_run(self.run, self._outcome, self._session.zone)
        place = self.model.place_of(key)
        if place is None or not self.model.waits(place):
            further = self.model.next_waiting(place if place is not None else behind if key else -1)
            place = further if further is not None else place if place is not None else self.model.first()
        if self.model.rowCount():
            self.list.go_to(place)
        self._went_to()

    @property
    def item(self) -> "Item | None":
        """The request that is chosen."""
        index = self.list.currentIndex()
        return self.model.row(index.row()).item if index.isValid() else None

    def found(self) -> "tuple[Resembling, ...]":
        """The cases beside which the chosen request may be laid, the one that the person named first."""
        item = self.item
        if item is None:
            return ()
        if item.became:
            return (item.became,)
        named = self._named.get((item.file, item.place))
        return (*([named] if named else []), *item.resembles)

    @property
    def resembling(self) -> "Resembling | None":
        """The case beside which the chosen request is laid."""
        found = self.found()
        return found[min(self._which, len(found) - 1)] if found else None

    def _went_to(self) -> None:
        """Lay what is chosen beside the case that it resembles."""
        index, item = self.list.currentIndex(), self.item
        row = self.model.row(index.row()) if index.isValid() else None
        key = row.key if row else None
        self._which = self._which if key == self._at[0] else 0
        self._at = (key, index.row() if index.isValid() else 0)
        self._asked += 1
        found = self.resembling
        self.deciding.be_about(item, found)
        self.files.be_about(self.run, self._outcome, row.paper if row else None)
        self._follow()
        if item is None:
            rows = rows_beside(row) if row else ()
            self.shown.show_rows(rows, quiet=not self.model.rowCount())
            return
        call = partial(beside, request=item.request, found=found)
        self._session.read(call, self, partial(self._lay, self._asked, item, found), self.notice.show_error)

    def _lay(self, asked: int, item: "Item", found: "Resembling | None", told: Beside) -> None:
        if asked != self._asked:
            return
        other = told.case.request if told.case and not item.became else None
        words = became_words(item.became) if item.became else alike(found) if found else ""
        count = len(self.found())
        several = self.tr("{0}, {1} of {2}").format(words, self._which + 1, count) if count > 1 else words
        said = " · ".join(part for part in (several, told.why_not) if part)
        rows = compared(item.request, told.words, other, case_words(found) if found else "")
        self.shown.show_rows(rows, self.tr("{0}, request {1}").format(item.path.name, item.place), said)

    def _say_far(self) -> None:
        run, opening = self.run, self.deciding.opening
        if opening is not None:
            words = self.tr("{0} of {1} opened, {2} refused").format(len(opening.numbers), opening.total, len(opening.refused))
            self.far.say(words, opening.done, opening.total)
        elif run is not None:
            self.far.say(self.tr("{0} of {1} files read").format(run.done, run.total), run.done, run.total)

    def _follow(self) -> None:
        busy = self.busy
        show_if(self.far, busy)
        show_if(self.empty, not self.model.rowCount() and not busy)
        self.list.setVisible(bool(self.model.rowCount()) or busy)
        self.bar.follow(self.run, self.item, self.resembling, len(self.found()) > 1, busy)
        policies = 0 if busy else len(self.files.waiting()) + len(self._documents)
        self.bar.follow_files(policies, bool(self._outcome.anew) and not busy, single_file(self.run, self.item) is not None and not busy)
        self.files.tell(self.bar, busy)
        self.bar.follow_columns(None if busy else self.run, self.model, self.list.currentIndex().row())

    # deciding --------------------------------------------------------------------------------------------------------

    def choose(self, choice: Choice) -> None:
        """Do this with the chosen request; a reason is asked for first, and so is an appeal."""
        if self.bar.choices[choice].isVisible():
            self.deciding.choose(choice)

    def open_cases(self) -> None:
        """Open a case for each request that resembles nothing."""
        items = [item for item in self.run.items if item.alone] if self.run else []
        if items and not self.busy:
            self.notice.hide()
            self.deciding.open_all(items)
            self._follow()

    def _opened(self, told: Opening | None) -> None:
        from ur_desk.desk.verbs import Changed

        if told is not None:
            self._outcome.refused |= told.refused
            self.said.emit(told.words())
        # also where it was stopped half-way: what was done until then is done
        self._session.changed.emit(frozenset({Changed.CASES}))

    def stop(self) -> None:
        """Stop after the step under way."""
        job = self.deciding.job if self.deciding.opening else self._reading
        if job is not None:
            job.cancel()
        self.bar.stop.setEnabled(False)

    def _decided(self, words: str) -> None:
        self.notice.hide()
        if self._at[0] is not None:
            self._outcome.refused.pop(self._at[0], None)
        self.said.emit(words)

    def _refused(self, key: Key | None, error: UserError) -> None:
        if key is not None:
            self._outcome.refused[key] = error
        self.notice.show_error(error)
        self._refresh()

    def next_case(self) -> None:
        """Lay it beside the next case that it resembles, round and round."""
        count = len(self.found())
        if count > 1:
            self._which = (self._which + 1) % count
            self._went_to()

    def _was_named(self, found: "Resembling") -> None:
        if self._at[0] is not None:
            self._named[self._at[0]] = found
            self._which = 0
            self._went_to()

    def go_to_case(self) -> None:
        """To the case that stands beside the chosen request."""
        found = self.resembling
        if found is not None and found.case is not None:
            self.wanted.emit(Place(PageName.REVIEW, CaseId(found.case.id)))

    # files -----------------------------------------------------------------------------------------------------------

    def load_policies(self) -> None:
        """Read each policy into the library; many in one go."""
        files = self.files.waiting()
        if self._documents:
            self.many_wanted.emit((*self._documents, *(file.path for file in files)))
        elif files:
            self.files.load(files)

    def to_form(self) -> None:
        """Look at the request of the chosen file, or of the first that has one, in the form."""
        if path := single_file(self.run, self.item):
            self.form_wanted.emit(path)

    def show_earlier(self) -> None:
        """The reports that are kept, in the place of the one shown."""
        self._session.read(runs, self, self._show_runs, self.notice.show_error)

    def _show_runs(self, told: "tuple[RunRow, ...]") -> None:
        self.run, self._at = None, (None, 0)
        self.model.show_runs(told, self._session.zone)
        if told:
            self.list.go_to(1)
        self._went_to()

    def _activated(self, index: QModelIndex) -> None:
        """Enter on a report opens it; on a request it leads to its case."""
        run = self.model.row(index.row()).run
        if run:
            self.wanted.emit(Place(PageName.ARRIVALS, run))
        else:
            self.go_to_case()

    def forget(self) -> None:
        """Put the report away; while something waits in it, say so instead."""
        run = self.run
        if run is None:
            return
        if waiting := len(run.waiting) + len(run.to_key):
            words = self.tr("{0} requests or papers still wait in it.").format(waiting)
            self.notice.show_error(UserError(words, self.tr("Decide about them first; leave out what is not worked here.")))
            return
        self._session.read(lambda desk: desk.arrivals.forget(run.id), self, lambda _none: self._came_back(None), self.notice.show_error)
