"""Whole files at the door: policies that go into the library, and paper that somebody takes up."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ur_desk.ui.models.arrivals import waiting_policies
from ur_desk.ui.pages.arrivals.forms import RecordsForm
from ur_desk.ui.pages.arrivals.steps import load_policies
from ur_desk.ui.session import Session

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought, Run
    from ur_desk.desk.desk import Desk
    from ur_desk.desk.verbs import Done
    from ur_desk.domain.case import Case
    from ur_desk.ui.models.arrivals import Outcome
    from ur_desk.ui.pages.arrivals.bar import ArrivalsBar
    from ur_desk.ui.pages.arrivals.steps import Shelving


class FilesAtDoor(QObject):
    """Does what the person says of whole files; `shown` gives the report, what became of it in this sitting, and the paper chosen."""

    form_wanted = Signal(object)
    """Files of paper (`Brought`, or `Path` where no report holds it) beside which a request is to be keyed."""
    draft_wanted = Signal(str)
    """The name of the draft of this person that holds the paper."""
    changed = Signal()
    """Something became of a file: the report is to be judged anew."""
    said = Signal(str)
    """Something done, in words."""
    refused = Signal(object)
    """A `UserError`."""
    back = Signal()
    """The form was closed: the focus goes back to the list."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._outcome: Outcome | None = None
        self._paper: Brought | None = None
        self.form = RecordsForm()
        self.form.hide()
        self.form.committed.connect(self._attach)
        self.form.closed.connect(self.back)
        self.does: Mapping[str, Callable[[], object]] = {
            "key": self.key, "key all": self.key_all, "policy": self.policy, "records": self.records, "aside": self.set_aside,
            "anew": self.load_anew,
        }  # fmt: skip

    def be_about(self, run: "Run | None", outcome: "Outcome", paper: "Brought | None") -> None:
        """What is done from here on is about this report, and this paper of it; the form about another one closes."""
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self.form.hide()
        self._run, self._outcome, self._paper = run, outcome, paper

    @property
    def to_key(self) -> "tuple[Brought, ...]":
        """The papers of the report that nobody has taken up, and that are policies for nobody."""
        return tuple(file for file in self._run.to_key if not file.unsure) if self._run else ()

    def tell(self, bar: "ArrivalsBar", busy: bool) -> None:
        """Say on the bar what can be done with the chosen paper."""
        paper = None if busy else self._paper
        shelved = paper is not None and self._outcome is not None and paper.id in self._outcome.policies
        bar.follow_paper(paper, len(self.to_key), shelved)

    # paper -----------------------------------------------------------------------------------------------------------

    def key(self) -> None:
        """Key a request beside the chosen paper, or go on with the draft beside which it lies."""
        paper = self._paper
        if paper is not None and paper.to_key:
            self.form_wanted.emit((paper,))
        elif paper is not None and paper.laid is not None and paper.laid.draft:
            self.draft_wanted.emit(paper.laid.draft)

    def key_all(self) -> None:
        """Key one request beside all papers of the report that wait."""
        if self.to_key:
            self.form_wanted.emit(self.to_key)

    def policy(self) -> None:
        """The chosen file is a medical policy: read it into the library."""
        if self._paper is not None and self._paper.to_key:
            self.load([self._paper])

    def records(self) -> None:
        """Ask which case the chosen paper is about."""
        if self._paper is not None and self._paper.to_key:
            self.form.fill({})
            self.form.begin()

    def _attach(self) -> None:
        paper, number = self._paper, self.form.text("number")
        if paper is not None:
            self._session.write(partial(_attached, paper=paper, number=number), self, self._was_attached, self.form.refuse)

    def _was_attached(self, done: "Done[Case]") -> None:
        self.form.hide()
        self.said.emit(self.tr("Attached to {0}").format(done.value.number))
        self.changed.emit()
        self.back.emit()

    def set_aside(self) -> None:
        """The chosen paper is not to be keyed: it goes out of the report."""
        paper, run = self._paper, self._run
        if paper is not None and run is not None and paper.to_key:
            self._session.write(lambda desk: desk.paper.set_aside(paper), self, lambda _done: self._gone(run, paper), self.refused.emit)

    def _gone(self, run: "Run", paper: "Brought") -> None:
        run.files[:] = [file for file in run.files if file.id != paper.id]
        self.said.emit(self.tr("It is not to be keyed: taken out of the report"))
        self.changed.emit()

    # policies --------------------------------------------------------------------------------------------------------

    def waiting(self) -> "list[Brought]":
        """The files with a policy that was not tried yet."""
        return waiting_policies(self._run, self._outcome) if self._outcome is not None else []

    def load(self, files: "Sequence[Brought]", anew: bool = False) -> None:
        """Read policies into the library, with `anew` also beside a reading that is confirmed."""
        self._session.steps(partial(load_policies, files=files, anew=anew), self, self._loaded, self.refused.emit)

    def load_anew(self) -> None:
        """Begin a draft of each policy whose text the library holds already."""
        if self._run is not None and self._outcome is not None:
            self.load([file for file in self._run.files if file.id in self._outcome.anew], anew=True)

    def _loaded(self, done: "Done[Shelving]") -> None:
        if self._outcome is not None:
            self._outcome.shelve(done.value.told, done.value.anew)
        self.changed.emit()
        self.said.emit(done.value.words())


def is_sure_paper(run: "Run") -> bool:
    """Whether it is one file, which is paper for certain and waits."""
    return len(run.files) == 1 and not run.refused and run.files[0].to_key and not run.files[0].unsure


def _attached(desk: "Desk", paper: "Brought", number: str) -> "Done[Case]":
    return desk.paper.attach(paper, desk.review.find(number))
