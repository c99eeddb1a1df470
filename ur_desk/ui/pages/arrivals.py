"""What is in files that were dropped or chosen, before anything is saved: open the good ones as cases, read policies in."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ur_desk.domain.policy import Shelved
from ur_desk.errors import Known, UserError
from ur_desk.ui.actions import Menu, page_command
from ur_desk.ui.models.arrivals import Arrival, ArrivalsModel, Key, Outcome, summary, waiting, waiting_policies
from ur_desk.ui.pages.page import Page
from ur_desk.ui.places import PageName, Place
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.command_bar import CommandBar
from ur_desk.ui.widgets.empty_state import EmptyState
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.pane import Pane, PaneCycle
from ur_desk.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps
    from ur_desk.desk.verbs import Done

_DOCUMENTS = frozenset({".txt", ".html", ".htm", ".pdf", ".docx", ".md"})
"""Endings of what is more likely a policy document than a request, where it can be read as neither."""


class ArrivalsPage(Page):
    """Says what is in the files; nothing is saved before the person says so."""

    name = PageName.ARRIVALS

    form_wanted = Signal(object)
    """The `Path` of a file with one request, to be looked at in the form."""
    left = Signal()
    """The person is through with these files."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._arrivals: tuple[Arrival, ...] = ()
        self._outcome = Outcome()
        self._saving = False
        self.model = ArrivalsModel(self)
        self.notice = Notice()
        self.list = RowList(self.tr("What is in the files"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.model)
        self.empty = EmptyState(
            self.tr("No files were read"), self.tr("Drop request files or policy documents on this window."), icon="tray"
        )
        self._pane = Pane(self.tr("Files that came in"))
        self._pane.head.addStretch()
        self._pane.set_body(self.list, self.notice, self.empty)
        self.bar = CommandBar(self.tr("What to do with the files"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pane, 1)
        column.addWidget(self.bar)
        self.setFocusProxy(self.list)
        self._make_commands()
        PaneCycle(self, [self._pane, self.bar])
        self._follow()

    def _make_commands(self) -> None:
        def add(menu: Menu, text: str, key: str, tip: str, run: object, kind: str) -> QAction:
            action = page_command(self, menu, text, [key], tip, run)  # type: ignore[arg-type]
            self.bar.add(action, kind)
            return action

        self.open_action = add(
            Menu.CASE, self.tr("Open cases"), "Ctrl+Return", self.tr("Open a case for each good request"), self.open_cases, "main"
        )
        self.load_action = add(
            Menu.POLICY,
            self.tr("Read into the library"),
            "Ctrl+R",
            self.tr("Read the policies into the library, not confirmed yet"),
            self.load_policies,
            "plain",
        )
        self.anew_action = add(
            Menu.POLICY,
            self.tr("Read anew as a draft"),
            "Ctrl+Shift+R",
            self.tr("Begin another draft of the policies that the library holds already, beside their confirmed reading"),
            self.load_anew,
            "plain",
        )
        self.form_action = add(
            Menu.CASE,
            self.tr("Look at it in the form"),
            "Ctrl+E",
            self.tr("Mend the request of the chosen file before it becomes a case"),
            self.to_form,
            "plain",
        )
        self.close_action = add(
            Menu.FILE, self.tr("Close"), "Ctrl+W", self.tr("Back; what was not opened is not saved"), self.left.emit, "quiet"
        )
        self.bar.finish()

    # reading ---------------------------------------------------------------------------------------------------------

    def take(self, files: Sequence[Path]) -> None:
        """Read files; one clean request goes straight to the form, all else is listed here first."""
        self._outcome = Outcome()
        self._show(())
        self._session.steps(partial(_read, files=tuple(files)), self, self._arrived, self.notice.show_error)

    def _arrived(self, arrivals: tuple[Arrival, ...]) -> None:
        if len(arrivals) == 1 and arrivals[0].clean:
            self.form_wanted.emit(arrivals[0].file)
            return
        self._show(arrivals)
        self.list.go_to(1)  # the first row that says something of a file, below its name
        self.wanted.emit(Place(PageName.ARRIVALS))

    def _show(self, arrivals: tuple[Arrival, ...]) -> None:
        self._arrivals = arrivals
        self.notice.hide()
        self.model.show_arrivals(arrivals, self._outcome)
        self._follow()

    def _follow(self) -> None:
        """Say on the buttons how many there are, and close those for which there is nothing."""
        cases, policies = waiting(self._arrivals, self._outcome), waiting_policies(self._arrivals, self._outcome)
        self.empty.setVisible(not self._arrivals)
        self.list.setVisible(bool(self._arrivals))
        self.open_action.setText(self.tr("Open 1 case") if len(cases) == 1 else self.tr("Open {0} cases").format(len(cases)))
        self.open_action.setVisible(bool(cases))
        self.load_action.setText(
            self.tr("Read 1 policy into the library")
            if len(policies) == 1
            else self.tr("Read {0} policies into the library").format(len(policies))
        )
        self.load_action.setVisible(bool(policies))
        self.anew_action.setVisible(any(there.anew for there in self._outcome.known.values()))
        self.form_action.setVisible(any(len(a.requests) == 1 for a in self._arrivals) and bool(cases))
        self.bar.say(summary(self._arrivals) if self._arrivals else "")

    # saving ----------------------------------------------------------------------------------------------------------

    def to_form(self) -> None:
        """Look at the request of the chosen file, or of the first that has one, in the form."""
        index = self.list.currentIndex()
        chosen = self.model.arrival(index.row()) if index.isValid() else None
        single = [a for a in self._arrivals if len(a.requests) == 1]
        wanted = chosen if chosen in single else next(iter(single), None)
        if wanted is not None:
            self.form_wanted.emit(wanted.file)

    def open_cases(self) -> None:
        """Open a case for each good request; one that is refused stops no other."""
        keys = waiting(self._arrivals, self._outcome)
        if keys:
            self._save(partial(_open, arrivals=self._arrivals, keys=keys))

    def load_policies(self) -> None:
        """Read each policy into the library."""
        keys = waiting_policies(self._arrivals, self._outcome)
        if keys:
            self._save(partial(_load, arrivals=self._arrivals, keys=keys))

    def load_anew(self) -> None:
        """Begin a draft of each policy whose text the library holds already."""
        if keys := tuple(key for key, there in self._outcome.known.items() if there.anew):
            self._save(partial(_load, arrivals=self._arrivals, keys=keys, anew=True))

    def _save(self, start: "partial[Steps[Done[Outcome]]]") -> None:
        self._saving = True
        for action in (self.open_action, self.load_action, self.anew_action, self.form_action):
            action.setEnabled(False)
        self._session.steps(start, self, self._saved, self.notice.show_error, ended=self._ended)

    def _saved(self, done: "Done[Outcome]") -> None:
        self._saving = False
        self._outcome.known = {key: there for key, there in self._outcome.known.items() if key not in done.value.done} | done.value.known
        self._outcome.done |= done.value.done
        self._outcome.refused |= done.value.refused
        self._outcome.notes |= done.value.notes
        self._show(self._arrivals)
        self.said.emit(
            self.tr("Saved: {0}").format(", ".join(done.value.done.values())) if done.value.done else self.tr("Nothing was saved")
        )

    def _ended(self) -> None:
        from ur_desk.desk.verbs import Changed

        for action in (self.open_action, self.load_action, self.anew_action, self.form_action):
            action.setEnabled(True)
        if self._saving:  # stopped half-way: what was done until then is done
            self._saving = False
            self._session.changed.emit(frozenset({Changed.CASES, Changed.LIBRARY}))


def _read(desk: "Desk", files: tuple[Path, ...]) -> "Steps[tuple[Arrival, ...]]":
    """What is in each file; a file that cannot be read stops no other."""
    from ur_desk.desk.steps import work

    arrivals = []
    for number, file in enumerate(files, start=1):
        words = _tr("Reading {0}").format(file.name) if len(files) == 1 else _tr("Reading file {0} of {1}").format(number, len(files))
        arrivals.append((yield from work(partial(_arrival, desk, file), words)))
    return tuple(arrivals)


def _arrival(desk: "Desk", file: Path) -> Arrival:
    try:
        data = file.read_bytes()
    except OSError as wrong:
        return Arrival(
            file, refused=UserError(_tr("{0} cannot be read: {1}.").format(file.name, wrong.strerror), _tr("Nothing was saved."))
        )
    extracted = desk.intake.extract(data, file.name)
    if extracted.requests or file.suffix.lower() == ".json":
        return Arrival(file, data, extracted.requests, extracted.problems)
    try:
        return Arrival(file, data, policy=desk.library.read(data, file.name))
    except UserError as refused:
        if file.suffix.lower() in _DOCUMENTS or not extracted.problems:
            return Arrival(file, refused=refused)
        return Arrival(file, problems=extracted.problems)


def _open(desk: "Desk", arrivals: tuple[Arrival, ...], keys: tuple[Key, ...]) -> "Steps[Done[Outcome]]":
    from ur_desk.desk.verbs import Changed, Done

    by_file = {arrival.file: arrival for arrival in arrivals}
    outcome, noted = Outcome(), set[Path]()
    for key in keys:
        arrival = by_file[key[0]]
        try:
            yield from _came_in(desk, arrival, noted)
            done = yield from desk.intake.open(arrival.requests[key[1]], arrival.data)
            outcome.done[key] = done.value.number
        except UserError as refused:
            outcome.refused[key] = refused
    return Done(outcome, frozenset({Changed.CASES}))


def _load(desk: "Desk", arrivals: tuple[Arrival, ...], keys: tuple[Key, ...], anew: bool = False) -> "Steps[Done[Outcome]]":
    from ur_desk.desk.steps import store
    from ur_desk.desk.verbs import Changed, Done

    by_file = {arrival.file: arrival for arrival in arrivals}
    outcome = Outcome()
    for key in keys:
        arrival = by_file[key[0]]
        try:
            done = yield from desk.library.load(arrival.data, arrival.file.name, anew=anew, came_from=arrival.file)
            outcome.done[key] = done.value.policy.id
            if (yield from store(partial(_other_version, desk, done.value), _tr("Looking for other versions"))):
                outcome.notes[key] = _tr("Another version of it stands there. Impact on cases, in the library, says what this one changes.")
        except Known as there:
            outcome.known[key] = there
        except UserError as refused:
            outcome.refused[key] = refused
    return Done(outcome, frozenset({Changed.LIBRARY}) if outcome.done else frozenset())


def _other_version(desk: "Desk", loaded: Shelved) -> bool:
    others = (card for card in desk.library.cards() if card.policy == loaded.policy.id and not card.abstract)
    return any(card.version.effective != loaded.policy.version.effective for card in others)


def _came_in(desk: "Desk", arrival: Arrival, noted: set[Path]) -> "Steps[None]":
    """Notes once that the file came into the workspace, before the first thing of it is kept."""
    from ur_desk.desk.steps import store

    if arrival.file not in noted:
        yield from store(lambda: desk.exports.came_in("request file", arrival.file, arrival.data), _tr("Noting where it came from"))
        noted.add(arrival.file)


def _tr(words: str) -> str:
    return QCoreApplication.translate("arrivals", words)
