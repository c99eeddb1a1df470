"""The library: the policies on the shelf, one of them line by line, and what is known of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.library.shelf import Waiver
from ur_desk.domain.policy import Sha256, Shelved
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.look import look
from ur_desk.ui.models.findings import FindingKind
from ur_desk.ui.models.policies import FoundLine, PoliciesModel, PolicyFactsModel, PolicyItem
from ur_desk.ui.models.received import kept_chip, kept_words
from ur_desk.ui.pages.library.draft import ROOMY, DraftView
from ur_desk.ui.pages.library.received import FileCheck, save_received
from ur_desk.ui.pages.library.recording import RecordCommands
from ur_desk.ui.pages.library.shelf import ShelfPane, lines_with, shelf_of, text_of
from ur_desk.ui.pages.library.versions import VersionCommands
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.review.layout import Columns
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.policy_pane import PolicyPane, ShownPolicy
from ur_desk.ui.widgets.restyled import Restyled
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.library import Listing
    from ur_desk.domain.library.catalogue import Answer


class LibraryPage(Restyled, Page):
    """Shows the shelf, a policy and its facts; records what a person found out about a version."""

    name = PageName.LIBRARY

    def __init__(self, session: Session, import_policy: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import = import_policy
        self._shelf: tuple[PolicyItem, ...] = ()
        self._shown: Shelved | None = None
        self._waivers: tuple[Waiver, ...] = ()
        self._wanted: tuple[str, int] | None = None
        self._asked = self._going = 0
        self.shelf = PoliciesModel(self)
        self.facts = PolicyFactsModel(self)
        self._build()
        self._make_commands()
        self._connect()
        self._follow_person()

    # shape -----------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.notice, self.doctored = Notice(), Notice()
        self.policy = PolicyPane()
        self.beside = left = ShelfPane(self.shelf)
        self.search, self.list, self.facets = left.search, left.list, left.facets
        right = self._facts_pane()
        names = (self.tr("Library"), self.tr("Policy"), self.tr("About this version"))
        self.panes = Columns((left, self.policy, right), names)
        self.files = FileCheck(self._session, self)
        self.records, self.versions = RecordCommands(self, self._session), VersionCommands(self, self._session)
        self.bar = CommandBar(self.tr("What can be done with this version"))
        self.draft = DraftView(self, self._session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.doctored)
        column.addWidget(self.notice)
        column.addWidget(self.panes, 1)
        column.addWidget(self.draft, 1)
        for form in self._forms:
            form.hide()
            column.addWidget(form)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)
        both = [left, self.policy, right, *self.draft.cycled, *self._forms, self.bar]
        PaneCycle(self, both, lambda pane: (self.panes if self.draft.isHidden() else self.draft.panes).reveal(pane))
        self.restyle()

    def _facts_pane(self) -> Pane:
        self.about = RowList(self.tr("About this version"))
        self.about.setItemDelegate(FindingDelegate(self.about))
        self.about.setModel(self.facts)
        pane = Pane(self.tr("About this version"))
        pane.head.addStretch()
        pane.set_body(self.about)
        return pane

    @property
    def _forms(self) -> tuple[InlineForm, ...]:
        return *self.records.forms, *self.versions.forms

    def restyle(self) -> None:
        """The grid at the present zoom."""
        for form in self._forms:
            form.setMaximumHeight(look().px(330))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What a form leaves room for may be more or less now."""
        super().resizeEvent(event)
        self._make_room()

    def _make_commands(self) -> None:
        add = partial(page_command, self, Menu.POLICY)
        page_command(
            self,
            Menu.POLICY,
            self.tr("Search in all &policies"),
            ["Ctrl+Shift+F"],
            self.tr("For a code or words"),
            partial(self._on_the_shelf, self.beside.to_search),
        )
        for word, box in self.facets.boxes.items():
            page_command(
                self,
                Menu.POLICY,
                self.tr("Narrow by {0}").format(word),
                [box.key],
                self.tr("Only policies of one kind"),
                partial(self._on_the_shelf, box.open),
            )
        self.reading_action = add(
            self.tr("Check the &reading…"),
            ["Ctrl+U"],
            self.tr("The lines beside what was understood of them; mend what is wrong"),
            self.check_reading,
        )
        self.file_action = add(
            self.tr("Compare with the &file…"),
            ["Ctrl+Shift+H"],
            self.tr("The file as received is read anew, and every line that differs is shown"),
            self._compare_file,
        )
        self.save_action = add(
            self.tr("Save the file as &received…"),
            ["Ctrl+S"],
            self.tr("Byte for byte, to a place that you choose; it is noted"),
            self._save,
        )
        self.draft.add_command(self.records.confirm_action)
        for action, kind in (
            (self._import, "main"),
            (self.reading_action, "plain"),
            (self.records.confirm_action, "plain"),
            (self.records.stands_action, "plain"),
            (self.records.adopt_action, "plain"),
            *((action, "quiet") for action in self.versions.on_the_bar),
        ):
            self.bar.add(action, kind)
        self.bar.finish()

    def _on_the_shelf(self, call: Callable[[], None]) -> None:
        """What is on the shelf is seen first, also where a reading lies over it."""
        if not self.draft.isHidden():
            self.draft.close_view()
        call()

    def check_reading(self) -> None:
        """Show what was understood of the version that is shown."""
        if self._shown is not None:
            self._close_forms()
            self.draft.open(self._shown)
            self._make_room()

    def _leave_reading(self) -> None:
        self._close_forms()
        self.policy.list.setFocus()
        self._follow_person()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._seek)
        self.facets.changed.connect(self._narrow)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda index, _was: self._choose(index))
        self.list.activated.connect(lambda _index: self.policy.list.setFocus())
        self.about.clicked.connect(self._open_fact)
        self.about.activated.connect(self._open_fact)
        self.about.selectionModel().currentChanged.connect(lambda _index, _was: self.records.follow_finding())
        self.files.looked.connect(self._file_looked)
        for form in self._forms:
            form.closed.connect(self._form_closed)
        self.draft.said.connect(self.said)
        self.draft.closed.connect(self._leave_reading)
        self.draft.filled.connect(self._follow_person)
        self._session.changed.connect(self._changed)
        self._session.person_changed.connect(lambda _person: self._follow_person())

    # what is shown ---------------------------------------------------------------------------------------------------

    def arrive(self, ref: str) -> None:
        """Show the shelf (empty), a policy by the sha256 of its text with `#line`, or what `?words` finds."""
        if ref.startswith("?"):
            self.search.setText(ref[1:])
            self.list.setFocus()
            return
        text, _, line = ref.partition("#")
        self._wanted = (text, int(line) if line.isdigit() else 0) if text else None
        if text and self.search.text():
            self.search.clear()
        self.read_again()

    def read_again(self) -> None:
        """Read the shelf once more."""
        self._session.read(partial(shelf_of, narrow=self.facets.narrow), self, self._fill, self.notice.show_error)

    @property
    def shown(self) -> Shelved | None:
        """The version that is shown."""
        return self._shown

    def _fill(self, listing: "Listing") -> None:
        items = self._shelf = tuple(PolicyItem(each) for each in listing.rows)
        if not self.search.text().strip():
            self.facets.show_counts(listing.counts)
            self._show_rows(items)
        shown = self._shown.policy.text.sha256 if self._shown else None
        if self._wanted is not None:
            (text, line), self._wanted = self._wanted, None
            self._go_to(text, line)
        elif shown is not None and any(item.card.text == shown for item in items):
            self._go_to(shown, 0)
        elif items and not self.search.text().strip():
            self.list.go_to(0)
        self.beside.say_if_empty(items)

    def _show_rows(self, rows: Sequence[PolicyItem | FoundLine]) -> None:
        at = self._shown.policy.text.sha256 if self._shown else ""
        self.shelf.show_rows(rows)
        place = self.shelf.place_of(at)
        if place is not None:
            self.list.go_to(place)

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self.shelf.row(index.row())
        line = row.hit.line if isinstance(row, FoundLine) else 0
        if self._shown is None or row.card.text != self._shown.policy.text.sha256 or line:
            self._go_to(row.card.text, line)
            ref = row.card.text + (f"#{line}" if line else "")
            self.settled.emit(Place(PageName.LIBRARY, ref))

    def _go_to(self, text: str, line: int) -> None:
        """Read one text, and show it, at a line where one is named."""
        self._going += 1
        self._session.read(partial(text_of, text=Sha256(text)), self, partial(self._arrived, self._going, line), self.notice.show_error)

    def _arrived(self, going: int, line: int, told: tuple[Shelved, tuple[Waiver, ...]]) -> None:
        if going != self._going:
            return
        shelved, self._waivers = told
        self._show(shelved, line)
        place = self.shelf.place_of(shelved.policy.text.sha256)
        at = self.list.currentIndex()
        if place is not None and not (at.isValid() and self.shelf.row(at.row()).card.text == shelved.policy.text.sha256):
            self.list.go_to(place)

    def _show(self, shelved: Shelved, line: int = 0) -> None:
        """Show one version, at a line where one is named."""
        another = self._shown is None or self._shown.policy.text.sha256 != shelved.policy.text.sha256
        self._shown = shelved
        if another:
            self._close_forms()
            self.doctored.hide()
        self.policy.show_policies([ShownPolicy(shelved)])
        if line:
            self.policy.go_to(line)
        self._tell()
        self._follow_person()
        self._warn(another)
        self.files.look(shelved.policy)

    def _tell(self) -> None:
        """Say what is known of the version that is shown, and whether its text is still the file's."""
        shown = self._shown
        if shown is None:
            return
        policy, kept = shown.policy, self.files.of(shown.policy)
        listed = [item.listed for item in self._shelf if item.card.policy == policy.id]
        others = [each for each in listed if each.card.text != policy.text.sha256]
        own = next((each for each in listed if each.card.text == policy.text.sha256), None)
        at = self.about.currentIndex().row()
        self.facts.show_policy(shown, others, self._session.zone, own, self._waivers, kept)
        if 0 <= at < self.facts.rowCount():
            self.about.go_to(at)
        self.policy.kept.set_state(*kept_chip(kept))
        self.draft.policy.kept.set_state(*kept_chip(kept))

    def _file_looked(self, text: str) -> None:
        """Say of the text that is shown whether it is still the file's; where it is not, above everything."""
        if self._shown is None or self._shown.policy.text.sha256 != text:
            return
        self._tell()
        self._warn(True)

    def _warn(self, anew: bool) -> None:
        """Say above everything where the text is not the file's; closed, it is said again of the next one."""
        assert self._shown is not None
        kept = self.files.of(self._shown.policy)
        if anew and kept is not None and kept.doctored:
            title, detail = kept_words(kept)
            self.doctored.show_message(title, self.tr("{0} Ctrl+Shift+H shows the lines.").format(detail), kept_chip(kept)[1])

    def _open_fact(self, index: QModelIndex) -> None:
        """A finding opens its line, another version opens itself."""
        row = self.facts.row(index.row())
        if row.kind is FindingKind.GROUP or row.target is None:
            return
        if self._shown is not None and row.target.text == self._shown.policy.text.sha256:
            self.policy.go_to(row.target.line)
        else:
            self._go_to(row.target.text, row.target.line)

    def _seek(self, words: str) -> None:
        self._asked += 1
        sought = words.strip()
        if not sought:
            self._show_rows(self._shelf)
            self.beside.say_if_empty(self._shelf)
            self.read_again()
            return
        call = partial(lines_with, sought=sought, narrow=self.facets.narrow)
        self._session.read(call, self, partial(self._found, self._asked), self.notice.show_error)

    def _narrow(self) -> None:
        self.read_again()
        if self.search.text().strip():
            self._seek(self.search.text())

    def _found(self, asked: int, answer: "Answer") -> None:
        if asked == self._asked:
            rows = tuple(FoundLine(hit) for hit in answer.hits)
            self.facets.show_counts(answer.counts)
            self.shelf.show_rows(rows)
            self.beside.say_if_empty(rows)

    # what is recorded ------------------------------------------------------------------------------------------------

    def _follow_person(self) -> None:
        """Close the ways that the person's roles or the version do not allow, and say why."""
        shown = self._shown
        self.records.follow()
        self.versions.follow(shown)
        self.bar.allow(self.reading_action, shown is not None)
        for action in (self.file_action, self.save_action):
            action.setEnabled(shown is not None and not shown.policy.abstract)

    def open_form(self, ask: Callable[[Shelved], None]) -> None:
        """Open one of the forms, about the version that is shown: `ask` begins it."""
        if self._shown is not None:
            self._close_forms()
            ask(self._shown)
            self._make_room()

    def _make_room(self) -> None:
        """A form stands in the place of the bar, and of what is shown too where the window is too low for both."""
        form, listed = any(not each.isHidden() for each in self._forms), self.draft.isHidden()
        self.bar.setVisible(listed and not form)
        self.panes.setVisible(listed and (not form or self.height() >= look().px(ROOMY)))
        if not listed:
            self.draft.make_room(asked=form)

    def _form_closed(self) -> None:
        self._make_room()
        (self.policy.list if self.draft.isHidden() else self.draft).setFocus()

    def _close_forms(self) -> None:
        for form in self._forms:
            form.hide()
        self._make_room()

    def _compare_file(self) -> None:
        if self._shown is not None:
            self.wanted.emit(Place(PageName.RECEIVED, self._shown.policy.text.sha256))

    def _save(self) -> None:
        if self._shown is not None:
            policy = self._shown.policy
            name = policy.provenance.file or policy.id
            save_received(self, self._session, policy.text.sha256, name, self.said.emit, self.notice)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.LIBRARY in changes:
            self.read_again()
            self.draft.read_again()
