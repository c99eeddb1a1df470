"""What came in, before it is saved: each request in full beside the case that it resembles, and one key for each thing to do with it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.arriving import STARTS_A_CLOCK, Choice
from ur_desk.errors import UserError
from ur_desk.ui.models.arrivals import Key, Outcome, alike, became_words, case_words
from ur_desk.ui.models.arrivals_shown import rows_beside
from ur_desk.ui.models.compared import compared
from ur_desk.ui.pages.arrivals.files import is_sure_paper
from ur_desk.ui.pages.arrivals.frame import ArrivalsFrame
from ur_desk.ui.pages.arrivals.steps import Beside, Opening, begin, beside, is_clean, look_at, newest, runs, single_file
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.restyled import show_if

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Item, Resembling, Run, RunRow
    from ur_desk.desk.importing import Skipped
    from ur_desk.desk.steps import Step
    from ur_desk.desk.verbs import Done
    from ur_desk.ui.jobs import Job


class ArrivalsPage(ArrivalsFrame):
    """Says what is in the files and what it resembles; nothing becomes a case before the person says so."""

    name = PageName.ARRIVALS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._outcome = Outcome()
        self._documents: tuple[Path, ...] = ()
        self._at: tuple[Key | None, int] = (None, 0)
        self._asked = 0
        self._reading: Job | None = None
        self._straight = self._looking = False
        does = {
            "open": self.open_cases, "next": self.next_case, "name": self._name_case, "reverse": self.deciding.reverse,
            "go": self.go_to_case, "load": self.load_policies, "form": self.to_form, "stop": self.stop, "earlier": self.show_earlier,
            "forget": self.forget, "close": self.left.emit, "receive": self.ask_receipt, **self.files.does, "records": self._ask_records,
        }  # fmt: skip
        self._build(does, self.choose)
        self._connect()
        self._follow()

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._went_to())
        self.list.activated.connect(lambda index: self._go_in(index.row()))  # by the mouse
        self.list.taken.connect(self._enter)
        deciding = self.deciding
        deciding.decided.connect(self._decided)
        deciding.refused.connect(self._refused)
        deciding.named.connect(self._was_named)
        deciding.reported.connect(self._say_far)
        deciding.opened.connect(self._opened)
        self.files.said.connect(self.said)
        self.files.refused.connect(self.notice.show_error)
        self.files.changed.connect(lambda: self._show(self._at[0]))
        self.receiving.kept.connect(self._received)
        for closed in (deciding.back, self.files.back, self.receiving.closed):
            closed.connect(lambda: deciding.give_focus(self.list))
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

    def read_anew(self, path: Path) -> None:
        """Read the file of this path once more, in its place in the report that is shown."""
        run = self.run
        if run is not None and not self.busy and (file := next((each for each in run.files if each.path == path), None)):
            self.wanted.emit(Place(PageName.ARRIVALS, run.id))
            self._session.steps(lambda desk: desk.arrivals.read_anew(file.id), self, partial(self._read_anew, run), self.notice.show_error)

    def _read_anew(self, run: "Run", done: "Done[Brought]") -> None:
        if run is self.run:
            run.files[:] = [done.value if each.id == done.value.id else each for each in run.files]
            self._refresh()
            self.deciding.give_focus(self.list)

    # what is shown ---------------------------------------------------------------------------------------------------

    def _show(self, key: Key | None) -> None:
        """The rows of the run, with this request chosen; the next that waits where it does not any more."""
        behind = self._at[1]
        self.model.show_run(self.run, self._outcome, self._session.zone)
        place = self.model.place_of(key)
        if place is None or not self.model.asks(place):
            further = self.model.next_waiting(place if place is not None else behind if key else -1)
            place = further if further is not None else place if place is not None else self.model.first()
        if self.model.rowCount():
            self.list.go_to(place)
        self._went_to()

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
        self.bar.follow_receipt(None if busy else self._file)
        self.bar.follow_columns(None if busy else self.run, self.model, self.list.currentIndex().row())

    # deciding --------------------------------------------------------------------------------------------------------

    def choose(self, choice: Choice) -> None:
        """Do this with the chosen request; its receipt is asked for first, and so are a reason and an appeal."""
        item = self.item
        if item is None or not self.bar.choices[choice].isVisible():
            return
        self.receiving.stop()
        if choice is Choice.NOTHING:
            said = self.tr("Nothing was saved: it is here already")
            self._session.read(lambda desk: desk.arrivals.look_at(item), self, lambda _none: self._looked_at(said), self.notice.show_error)
        elif choice in STARTS_A_CLOCK and item.bare:
            self.deciding.close_forms()
            self.receiving.before([file for file in self._files if file.id == item.file], lambda: self.deciding.choose(choice))
        else:
            self.deciding.choose(choice)

    def _looked_at(self, said: str) -> None:
        self.said.emit(said)
        self._refresh()

    def _name_case(self) -> None:
        self.receiving.stop()
        self.deciding.name_case()

    def _ask_records(self) -> None:
        self.receiving.stop()
        self.files.records()

    def open_cases(self) -> None:
        """Open a case for each request that resembles nothing; of files that do not say when they came it is asked first."""
        if not self.busy and any(item.alone for item in self._items):
            self.notice.hide()
            self.deciding.close_forms()
            self.receiving.before([file for file in self._files if any(item.alone and item.bare for item in file.items)], self._open_all)

    def _open_all(self) -> None:
        items = [item for item in self._items if item.alone]
        if items and not self.busy:
            self.deciding.open_all(items)
            self._follow()

    def ask_receipt(self) -> None:
        """Ask when the chosen file was received, also where somebody has said it."""
        if file := self._file:
            self.deciding.close_forms()
            self.receiving.ask_again(file)

    def _received(self) -> None:
        """Read what was said of a receipt, and go on with what the person wanted."""
        run = self.run
        if run is not None:
            call = partial(self._judged_then_on, run)
            self._session.read(lambda desk: desk.arrivals.judged(run.files), self, call, self.notice.show_error)

    def _judged_then_on(self, run: "Run", files: "tuple[Brought, ...]") -> None:
        self._judged(run, files)
        self.deciding.give_focus(self.list)
        self.receiving.go_on()

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

    def _enter(self) -> None:
        """Enter opens a report, does with a request what lies nearest, and leads from one that is decided to its case."""
        index = self.list.currentIndex()
        if self.bar.default is not None:
            self.bar.default.trigger()
        elif index.isValid():
            self._go_in(index.row())

    def _go_in(self, place: int) -> None:
        run = self.model.row(place).run
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
