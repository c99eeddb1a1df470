"""Records page by page: which record, which page, its picture, and what was found in the text layers."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeySequence, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from ur_desk.desk.steps import Steps, store, work
from ur_desk.domain.intake.attached import Record
from ur_desk.domain.intake.sheets import Word
from ur_desk.domain.policy import Sha256
from ur_desk.ui.actions import MENU, Menu
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.privacy import mask
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.pane import Pane
from ur_desk.ui.widgets.panels.form import ChoiceEntry
from ur_desk.ui.widgets.parts import ActionIcon
from ur_desk.ui.widgets.record_page import RecordPage
from ur_desk.ui.widgets.restyled import show_if
from ur_desk.ui.widgets.stack import Stack
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.records import Hit

Fetch = Callable[["Desk", Record], bytes]
"""Gives the bytes of a record, on the store's lane."""
Note = Callable[["Desk", Record, int], None]
"""Notes that a page was seen, on the store's lane."""
Page = tuple[tuple[int, int, bytes], tuple[Word, ...]]


class RecordView(Pane):
    """Shows one page of one of several records; every page is reached, turned and made larger by keys while the focus stays elsewhere."""

    page_shown = Signal(object, int)
    """A `Record` and its page, from 1, are in sight."""
    sought = Signal(str)
    """The person looks for these words in the records."""
    refused = Signal(object)
    """A `UserError`: a page cannot be shown."""
    taken = Signal(str)
    """Words chosen on the page are to be taken."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._session = session
        self._records: tuple[Record, ...] = ()
        self._fetch: Fetch = lambda _desk, _record: b""
        self._note: Note = lambda _desk, _record, _page: None
        self._held: tuple[Sha256, bytes] | None = None
        self._hits: tuple[Hit, ...] = ()
        self._page, self._asked, self._waits = 1, 0, False
        self._lay_out()
        self._make_actions()
        mask().changed.connect(self._hide_or_show)

    def _lay_out(self) -> None:
        self.choice = ChoiceEntry((), self)
        self.choice.setProperty("kind", "quiet")
        self.choice.setAccessibleName(self.tr("Record"))
        self.choice.setSizeAdjustPolicy(ChoiceEntry.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.currentIndexChanged.connect(lambda _place: self._turned_to_record())
        self._where = ElidedLabel("", Type.SMALL, "soft", parent=self)
        self.head.addWidget(self.choice, 2)
        self.head.addWidget(self._where, 1)
        self.finding = QLineEdit(self)
        self.finding.setPlaceholderText(self.tr("Find in the text of the records"))
        self.finding.setAccessibleName(self.tr("Find in the text of the records"))
        self.finding.returnPressed.connect(lambda: self.sought.emit(self.finding.text()))
        self.finding.hide()
        self.under_head.addWidget(self.finding)
        self.hits = QListView(self)
        self.hits.setModel(QStringListModel(self))
        self.hits.setAccessibleName(self.tr("Where the words were found"))
        self.hits.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.hits.activated.connect(self._to_hit)
        self.hits.clicked.connect(self._to_hit)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setUniformItemSizes(True)
        self.hits.hide()
        self.page = RecordPage()
        self.page.picture_wanted.connect(lambda: self._draw(keep_place=True))
        self._hidden = EmptyState(
            self.tr("Pages are hidden while names are"), self.tr("F9 shows names again, and with them the pages."), icon="closed-eye"
        )
        self._stack = Stack()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._hidden)
        self._none = EmptyState(
            self.tr("No pages came for the case"),
            self.tr("Attach a PDF or an image, or drop it here. Its pages then stand here."),
            icon="tray",
        )
        self._stack.addWidget(self._none)
        self._stack.setCurrentWidget(self._none)
        self.set_body(self._stack, self.hits)

    def _make_actions(self) -> None:
        self.next_action = self._action(self.tr("Next page of the record"), ["Alt+PgDown"], lambda: self.turn_page(1))
        self.previous_action = self._action(self.tr("Previous page of the record"), ["Alt+PgUp"], lambda: self.turn_page(-1))
        self.take_action = self._action(self.tr("Take words from the page"), ["Alt+T"], self._take)
        self._action(self.tr("Choose the next line of the page"), ["Alt+Shift+Down"], lambda: self.page.step_line(1))
        self._action(self.tr("Choose the line before on the page"), ["Alt+Shift+Up"], lambda: self.page.step_line(-1))
        self._action(self.tr("Larger page"), ["Alt+=", "Alt++"], lambda: self.page.zoom(1))
        self._action(self.tr("Smaller page"), ["Alt+-"], lambda: self.page.zoom(-1))
        self._action(self.tr("Page as wide as its place"), ["Alt+0"], lambda: self.page.zoom(0))
        self._action(self.tr("Turn the page to the right"), ["Alt+R"], self.page.rotate)
        self._action(self.tr("Down the page"), ["Alt+Down"], lambda: self.page.scroll(0.5))
        self._action(self.tr("Up the page"), ["Alt+Up"], lambda: self.page.scroll(-0.5))
        for action, icon in ((self.previous_action, "up"), (self.next_action, "down")):
            self.head.addWidget(ActionIcon(action, icon, self))

    def _action(self, words: str, keys: Sequence[str], run: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(words)
        action.setProperty(MENU, Menu.VIEW.value)
        action.triggered.connect(lambda: run())
        self.addAction(action)
        return action

    def be_inside(self) -> None:
        """Stand in another pane, whose tab names it; there the text of the records can be searched."""
        self._title.hide()
        self.finding.show()

    # which page ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Record, int] | None:
        """The record and page in sight; None where there is none, or pages are hidden."""
        record = self._record()
        return None if record is None or mask().on else (record, self._page)

    def show_records(self, records: Sequence[Record], fetch: Fetch, note: Note | None = None) -> None:
        """Show these records, the place kept where the record shown is still among them; `note` hears of each page seen."""
        self._fetch, self._note = fetch, note or (lambda _desk, _record, _page: None)
        before, told = self._record(), tuple(records)
        if told == self._records:
            return
        self._records = told
        self.choice.blockSignals(True)
        self.choice.clear()
        for place, record in enumerate(told):
            self.choice.addItem(self._words(record, place), record.sha256)
        self.choice.blockSignals(False)
        if before is not None and before in told:
            self.choice.blockSignals(True)
            self.choice.setCurrentIndex(told.index(before))
            self.choice.blockSignals(False)
            self._say()
        else:
            self._turned_to_record()

    def _words(self, record: Record, place: int) -> str:
        """A record as the list names it: its name, how many pages, how many of them have a text layer; no name under the mask, since
        senders call files after members."""
        name = self.tr("Record {0}").format(place + 1) if mask().on else record.name
        pages = self.tr("1 page") if record.pages == 1 else self.tr("{0} pages").format(record.pages)
        text = self.tr("no text layer")
        if record.pages_with_text:
            whole = record.pages_with_text == record.pages
            text = self.tr("with text") if whole else self.tr("{0} with text").format(record.pages_with_text)
        return f"{name} · {pages} · {text}"

    def forget(self) -> None:
        """Nothing of any record stays."""
        self._held, self._hits = None, ()
        self.finding.clear()
        self.show_hits((), "")
        self.show_records((), lambda _desk, _record: b"")

    def go_to(self, sha256: str, page: int) -> bool:
        """Show a page of the record with that hash; False where there is none."""
        place = next((place for place, record in enumerate(self._records) if record.sha256 == sha256), None)
        if place is None or not 1 <= page <= self._records[place].pages:
            return False
        if place != self.choice.currentIndex():
            self.choice.blockSignals(True)
            self.choice.setCurrentIndex(place)
            self.choice.blockSignals(False)
            self.page.reset()
        elif page == self._page and not self._waits:
            return True
        self._page = page
        self._draw()
        return True

    def turn_page(self, step: int) -> None:
        """To the next page, or the one before; from the last page of a record to the next record."""
        record, place = self._record(), self.choice.currentIndex()
        if record is None:
            return
        if 1 <= self._page + step <= record.pages:
            self._page += step
            self._draw()
        elif 0 <= place + step < len(self._records):
            other = self._records[place + step]
            self.go_to(other.sha256, 1 if step > 0 else other.pages)

    def _record(self) -> Record | None:
        place = self.choice.currentIndex()
        return self._records[place] if 0 <= place < len(self._records) else None

    def _turned_to_record(self) -> None:
        self._page = 1
        self.page.reset()
        self._draw()

    # the picture -----------------------------------------------------------------------------------------------------

    def _draw(self, *, keep_place: bool = False) -> None:
        """Ask for the picture of the page; one that was asked for before is not shown any more."""
        self._asked += 1
        self._say()
        record = self._record()
        shown = self._none if record is None else (self._hidden if mask().on else self.page)
        self._stack.setCurrentWidget(shown)
        if record is None or mask().on or not self.isVisible():
            self._waits = record is not None
            self.page.show_page(None, ())
            return
        self._waits = False
        if not keep_place:
            self.page.show_page(None, ())
        start = partial(self._drawing, record=record, page=self._page, pixels=self.page.pixels, again=keep_place)
        self._session.steps(start, self, done=partial(self._drawn, self._asked, keep_place), failed=self.refused.emit)

    def _drawing(self, desk: "Desk", record: Record, page: int, pixels: int, again: bool) -> Steps[tuple[bytes, Page]]:
        held, fetch, note = self._held, self._fetch, self._note
        if held is None or held[0] != record.sha256:
            held = record.sha256, (yield from store(lambda: fetch(desk, record), _tr("Reading the record")))
        data = held[1]
        told = yield from work(lambda: desk.records.page(data, record, page, pixels), _tr("Drawing the page"))
        if not again:
            yield from store(lambda: note(desk, record, page), _tr("Noting the page"))
        return data, told

    def _drawn(self, asked: int, keep_place: bool, told: tuple[bytes, Page]) -> None:
        record = self._record()
        if asked != self._asked or record is None:
            return
        data, ((width, height, rgba), words) = told
        self._held = record.sha256, data
        image = QImage(rgba, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        self.page.show_page(image, words, keep_place=keep_place)
        if not keep_place:
            self.page_shown.emit(record, self._page)

    def showEvent(self, event: QShowEvent) -> None:
        """A page that nobody could see is drawn, and noted as seen, only now."""
        super().showEvent(event)
        if self._waits:
            self._draw()

    def _say(self) -> None:
        record = self._record()
        if record is None:
            self._where.set_words("")
            return
        where = self.tr("p. {0} of {1}").format(self._page, record.pages)
        text = "" if record.characters[self._page - 1] else self.tr("no text layer")
        self._where.set_words(" · ".join(part for part in (where, text) if part))
        self.page.setAccessibleDescription(f"{self.choice.currentText()}, {self._where.words}")
        self.next_action.setEnabled(self._page < record.pages or self.choice.currentIndex() + 1 < len(self._records))
        self.previous_action.setEnabled(self._page > 1 or self.choice.currentIndex() > 0)

    def _hide_or_show(self) -> None:
        for place, record in enumerate(self._records):
            self.choice.setItemText(place, self._words(record, place))
        show_if(self.hits, bool(self._hits) and not mask().on)
        self._draw()

    # words -----------------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        if self.page.chosen and not mask().on:
            self.taken.emit(self.page.chosen)

    def show_hits(self, hits: "Sequence[Hit]", words: str) -> None:
        """Show where words were found, or that they were not."""
        self._hits = tuple(hits)
        several = len({hit.record.sha256 for hit in self._hits}) > 1
        told = [self._told(hit, several) for hit in self._hits]
        if words and not told:
            told = [self.tr("Found on no page that has a text layer")]
        model = self.hits.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([] if mask().on else told)
        self.hits.setViewportMargins(look().px(16), 0, look().px(12), look().px(4))
        self.hits.setFixedHeight(look().px(20) * min(max(len(told), 1), 4) + look().px(8))
        show_if(self.hits, bool(told))
        if self._hits:
            self._to_hit(model.index(0, 0))

    def _told(self, hit: "Hit", several: bool) -> str:
        where = self.tr("p. {0}: {1}").format(hit.found.page, hit.found.line)
        return f"{hit.record.name}, {where}" if several else where

    def _to_hit(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._hits):
            hit = self._hits[index.row()]
            self.go_to(hit.record.sha256, hit.found.page)


def _tr(words: str) -> str:
    return QCoreApplication.translate("RecordView", words)
