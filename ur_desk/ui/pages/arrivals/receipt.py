"""When a file was received: asked once a file before a case is opened of it, with what may be taken for it one key away."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.intake.receiving import Suggestion, Way
from ur_desk.domain.request import Evidence, ReceiptEvidence
from ur_desk.errors import UserError
from ur_desk.ui.phrases import moment, sentence
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, ChoiceEntry, LineEntry, MomentEntry
from ur_desk.ui.widgets.restyled import Restyled, inset

if TYPE_CHECKING:
    from ur_desk.desk.brought import Brought


class _Suggestions(Restyled, QWidget):
    """One button for each receipt that may be taken, with its figure on it."""

    taken = Signal(object)
    """The `Suggestion`."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._told: tuple[Suggestion, ...] = ()
        self._row = Flow(self)
        self.buttons = [QPushButton() for _ in Way]
        for place, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._take, place))
            self._row.addWidget(button)
            for keys in (str(place + 1), f"Alt+{place + 1}"):
                shortcut = QShortcut(QKeySequence(keys), form, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(partial(self._take, place))
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 0, 0, 0, 0, 8)

    def show_told(self, told: tuple[Suggestion, ...]) -> None:
        """Offer these."""
        self._told = told
        words = {Way.FILE: self.tr("When the file was saved: {0}"), Way.SENDER: self.tr("The sender's clock: {0}"), Way.NOW: self.tr("It came just now: {0}")}  # fmt: skip
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(told))
            if place < len(told):
                told_at = told[place].receipt.at
                assert told_at is not None
                said = words[told[place].way].format(moment(told_at, told[place].receipt.zone))
                button.setText(f"{place + 1}  {said}")
                button.setAccessibleName(said)
                button.setToolTip(self.tr("Take this for the receipt ({0})").format(place + 1))

    def _take(self, place: int) -> None:
        if place < len(self._told):
            self.taken.emit(self._told[place])


class ReceiptForm(InlineForm):
    """Asks when one file was received; a suggestion is taken by its number, everything else is typed."""

    answered = Signal(object)
    """A `Suggestion` that was taken, a `Receipt` that was typed, or an empty one: nobody knows."""

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self._zone = zone
        self.commit_button.setText(self.tr("Take what is typed"))
        self.offers = _Suggestions(self)
        self.offers.taken.connect(self.answered)
        self.add_widget(self.offers)
        self.when = MomentEntry(zone)
        self.add("at", self.tr("Or received at"), self.when, required=self.tr("Say when it was received, or take a suggestion."))
        kinds = (("", "–"), *((kind.value, sentence(kind)) for kind in Evidence))
        self.add("shown_by", self.tr("Shown by"), ChoiceEntry(kinds), required=self.tr("Say what shows it."))
        self.add("where", self.tr("Where it can be looked up"), LineEntry(self.tr("A page, a log's number, a folder")))
        self.others = CheckEntry("")
        self.add("others", self.tr("Other files"), self.others)
        self.without = QPushButton(self.tr("Open without it"))
        self.without.setAutoDefault(False)
        self.without.setToolTip(self.tr("No clock runs then; the case stands in the worklist until somebody says when it came"))
        self.without.clicked.connect(lambda: self.answered.emit(Receipt()))
        self.add_beside(self.without)
        self.committed.connect(lambda: self.answered.emit(self._typed()))
        self.finish()

    def ask_about(self, file: "Brought", others: int) -> None:
        """Begin for one file, with the focus on what may be taken; `others` are files of which it is asked after this one."""
        name = file.path.name
        self.title.setText(self.tr("When was {0} received?").format(name))
        self.setAccessibleName(self.title.text())
        count = len(file.bare)
        one = self.tr("The file does not say it. It starts the clock of the request in it.")
        self.say(one if count == 1 else self.tr("The file does not say it. It starts the clocks of {0} requests in it.").format(count))
        self.offers.show_told(file.suggestions(self._zone))
        self.fill({})
        shown = file.receipt.evidence if file.receipt else None
        if file.receipt is not None and file.receipt.at is not None and shown is not None:
            self.fill({"shown_by": shown.kind.value, "where": shown.where or ""})
            self.when.show_moment(file.receipt.at)
        one = self.tr("Answer the same way for 1 more file")
        self.others.setText(one if others == 1 else self.tr("Answer the same way for {0} more files").format(others))
        self.row("others").setVisible(others > 0)
        self.begin()
        self.offers.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> Receipt:
        where = self.text("where") or None
        return Receipt(self.when.moment(), self._zone, ReceiptEvidence(Evidence(self.text("shown_by")), where))


class Receiving(QObject):
    """Asks for the receipt of each file that needs one, keeps what was said, and then goes on with what the person wanted."""

    kept = Signal()
    """What was said is kept: the requests are to be read again, then `go_on`."""
    closed = Signal()
    """The person thought better of it: nothing is opened."""

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._waiting: list[Brought] = []
        self._then: Callable[[], object] = lambda: None
        self.form = ReceiptForm(session.zone)
        self.form.hide()
        self.form.answered.connect(self._answered)
        self.form.closed.connect(self._give_up)

    def before(self, files: "Sequence[Brought]", then: Callable[[], object]) -> None:
        """Do `then` once nothing has to be asked of these files any more; of a file of which somebody was asked, nothing is."""
        self._waiting, self._then = [file for file in files if file.receipt is None and file.bare], then
        self._ask()

    def ask_again(self, file: "Brought") -> None:
        """Ask of one file, whatever was said of it."""
        self._waiting, self._then = [file], lambda: None
        self._ask()

    def go_on(self) -> None:
        """What was said is read: ask of the next file, or do what was wanted."""
        self._ask()

    def stop(self) -> None:
        """Ask nothing any more."""
        self._waiting, self._then = [], lambda: None
        self.form.hide()

    def _ask(self) -> None:
        if self._waiting:
            self.form.ask_about(self._waiting[0], len(self._waiting) - 1)
            return
        self.form.hide()
        then, self._then = self._then, lambda: None
        then()

    def _answered(self, told: Suggestion | Receipt) -> None:
        asked = self._waiting if self.form.text("others") else self._waiting[:1]
        said: dict[str, Receipt] = {}
        for file in asked:
            receipt = _of(file, told, self._session.zone)
            if receipt is not None:
                said[file.id] = receipt
        self._session.read(lambda desk: desk.arrivals.receive(said), self, partial(self._keep, frozenset(said)), self._refused)

    def _keep(self, said: frozenset[str], _none: object) -> None:
        self._waiting = [file for file in self._waiting if file.id not in said]
        self.kept.emit()

    def _refused(self, error: UserError) -> None:
        self.form.refuse(error)

    def _give_up(self) -> None:
        self.stop()
        self.closed.emit()


def _of(file: "Brought", told: Suggestion | Receipt, zone: str) -> Receipt | None:
    """What an answer says of one file: of a suggestion its own; None where it has none of that kind."""
    if isinstance(told, Receipt):
        return told
    return next((each.receipt for each in file.suggestions(zone) if each.way is told.way), None)
