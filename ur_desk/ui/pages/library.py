"""The library: the policies on the shelf, one of them line by line, and what is known of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.catalogue import Narrow
from ur_desk.domain.policy import Sha256, Shelved
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.look import look
from ur_desk.ui.models.findings import FindingKind
from ur_desk.ui.models.policies import FoundLine, PoliciesModel, PolicyFactsModel, PolicyItem
from ur_desk.ui.pages.library_draft import DraftView
from ur_desk.ui.pages.library_forms import AdoptionForm, ConfirmForm, StandsForm
from ur_desk.ui.pages.library_shelf import ShelfPane
from ur_desk.ui.pages.library_versions import VersionCommands, VersionForm
from ur_desk.ui.pages.page import Page
from ur_desk.ui.pages.review_layout import Columns
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
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.library import Listing
    from ur_desk.domain.catalogue import Answer

FOUND = 40
"""Lines that a search brings at most."""


class LibraryPage(Restyled, Page):
    """Shows the shelf, a policy and its facts; records what a person found out about a version."""

    name = PageName.LIBRARY

    def __init__(self, session: Session, import_policy: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import = import_policy
        self._shelf: tuple[PolicyItem, ...] = ()
        self._shown: Shelved | None = None
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
        self.notice = Notice()
        self.policy = PolicyPane()
        self.beside = left = ShelfPane(self.shelf)
        self.search, self.list, self.facets = left.search, left.list, left.facets
        right = self._facts_pane()
        names = (self.tr("Library"), self.tr("Policy"), self.tr("About this version"))
        self.panes = Columns((left, self.policy, right), names)
        self.confirm_form, self.stands_form, self.adoption_form = ConfirmForm(), StandsForm(), AdoptionForm()
        self.versions = VersionCommands(self, self._session)
        self.bar = CommandBar(self.tr("What can be done with this version"))
        self.draft = DraftView(self, self._session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
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
        return self.confirm_form, self.stands_form, self.adoption_form, *self.versions.forms

    def restyle(self) -> None:
        """The grid at the present zoom."""
        for form in self._forms:
            form.setMaximumHeight(look().px(330))

    def _make_commands(self) -> None:
        add = partial(page_command, self, Menu.POLICY)
        self.confirm_action = add(
            self.tr("&Confirm reading…"),
            ["Ctrl+Shift+C"],
            self.tr("Say that this reading was compared with the document"),
            partial(self.open_form, self.confirm_form),
        )
        self.stands_action = add(
            self.tr("Record that it still &stands…"),
            ["Ctrl+Shift+S"],
            self.tr("Where you looked, and on which day"),
            partial(self.open_form, self.stands_form),
        )
        self.adopt_action = add(
            self.tr("Record &adoption…"),
            ["Ctrl+Shift+D"],
            self.tr("For which lines of business the plan adopted it"),
            partial(self.open_form, self.adoption_form),
        )
        page_command(
            self, Menu.POLICY, self.tr("Search in all &policies"), ["Ctrl+Shift+F"], self.tr("For a code or words"), self.beside.to_search
        )
        for word, box in self.facets.boxes.items():
            page_command(
                self, Menu.POLICY, self.tr("Narrow by {0}").format(word), [box.key], self.tr("Only policies of one kind"), box.open
            )
        self.reading_action = add(
            self.tr("Check the &reading…"),
            ["Ctrl+U"],
            self.tr("The lines beside what was understood of them; mend what is wrong"),
            self._check_reading,
        )
        self.draft.add_command(self.confirm_action)
        for action, kind in (
            (self._import, "main"),
            (self.reading_action, "plain"),
            (self.confirm_action, "plain"),
            (self.stands_action, "plain"),
            (self.adopt_action, "plain"),
            *((action, "quiet") for action in self.versions.on_the_bar),
        ):
            self.bar.add(action, kind)
        self.bar.finish()

    def _check_reading(self) -> None:
        if self._shown is not None:
            self._close_forms()
            self.panes.hide()
            self.bar.hide()
            self.draft.open(self._shown)

    def _leave_reading(self) -> None:
        self._close_forms()
        self.panes.show()
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
        self.confirm_form.committed.connect(self._confirm)
        self.stands_form.committed.connect(self._record_standing)
        self.adoption_form.committed.connect(self._adopt)
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
        self._session.read(partial(_shelf, narrow=self.facets.narrow), self, self._fill, self.notice.show_error)

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
        call = partial(_text, text=Sha256(text))
        self._session.read(call, self, partial(self._arrived, self._going, line), self.notice.show_error)

    def _arrived(self, going: int, line: int, shelved: Shelved) -> None:
        if going != self._going:
            return
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
        self.policy.show_policies([ShownPolicy(shelved)])
        if line:
            self.policy.go_to(line)
        policy = shelved.policy
        listed = [item.listed for item in self._shelf if item.card.policy == policy.id]
        others = [each for each in listed if each.card.text != policy.text.sha256]
        stands = next((each.stands for each in listed if each.card.text == policy.text.sha256), None)
        self.facts.show_policy(shelved, others, self._session.zone, stands)
        self._follow_person()

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
        call = partial(_search, sought=sought, narrow=self.facets.narrow)
        self._session.read(call, self, partial(self._found, self._asked), self.notice.show_error)

    def _narrow(self) -> None:
        """Another facet was chosen: what is listed, or was found, is narrowed by it."""
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
        from ur_desk.desk.verbs import VERBS

        roles = self._session.person.roles
        shown = self._shown
        abstract = shown is not None and shown.policy.abstract
        draft = self.draft.draft
        confirmed = shown is not None and shown.confirmed is not None and not (draft and draft.waits)
        why_not = (
            self.tr("An abstract is not confirmed: import the payer's own document.") if abstract else self.tr("It is confirmed already.")
        )
        for action, verb, closed in (
            (self.confirm_action, "policy.confirm", why_not if abstract or confirmed else draft.why_not if draft else ""),
            (self.stands_action, "policy.still-current", ""),
            (self.adopt_action, "policy.adopt", ""),
        ):
            allowed = bool(roles & VERBS[verb].roles)
            refusal = closed if allowed else self.tr("Your account may not do this.")
            self.bar.allow(action, shown is not None and not refusal, refusal)
        self.versions.follow(shown)
        self.bar.allow(self.reading_action, shown is not None)

    def open_form(self, form: InlineForm) -> None:
        """Open one of the forms, about the version that is shown."""
        if self._shown is None:
            return
        self._close_forms()
        assert isinstance(form, ConfirmForm | StandsForm | AdoptionForm | VersionForm)
        self.bar.hide()
        form.ask_about(self._shown)

    def _form_closed(self) -> None:
        self.bar.setVisible(self.draft.isHidden())
        (self.policy.list if self.draft.isHidden() else self.draft).setFocus()

    def _close_forms(self) -> None:
        for form in self._forms:
            form.hide()
        self.bar.setVisible(self.draft.isHidden())

    def _confirm(self) -> None:
        text = self._shown.policy.text.sha256 if self._shown else None
        told = self.tr("The reading is confirmed")
        self._write(self.confirm_form, lambda desk, policy, since: desk.library.confirm(policy, since, text), told)

    def _record_standing(self) -> None:
        where, day = self.stands_form.text("where"), self.stands_form.day()
        told = self.tr("Recorded that the version still stands")
        self._write(self.stands_form, lambda desk, policy, since: desk.library.record_still_current(policy, where, day, since), told)

    def _adopt(self) -> None:
        applies_to = self.adoption_form.applies_to()
        self._write(
            self.adoption_form, lambda desk, policy, since: desk.library.adopt(policy, applies_to, since), self.tr("Adoption recorded")
        )

    def _write(self, form: InlineForm, call: "Callable[[Desk, Any, Any], Any]", told: str) -> None:
        assert self._shown is not None
        policy, since = self._shown.policy.id, self._shown.policy.version.effective

        def done(_done: object) -> None:
            form.dismiss()
            self.said.emit(told)

        self._session.write(lambda desk: call(desk, policy, since), self, done, form.refuse)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.LIBRARY in changes:
            self.read_again()
            self.draft.read_again()


def _shelf(desk: "Desk", narrow: Narrow) -> "Listing":
    return desk.library.listed(narrow)


def _text(desk: "Desk", text: Sha256) -> Shelved:
    return desk.library.text(text)


def _search(desk: "Desk", sought: str, narrow: Narrow) -> "Answer":
    return desk.library.search(sought, FOUND, narrow)
