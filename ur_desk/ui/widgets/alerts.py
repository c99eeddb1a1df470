"""What waits for a supervisor, on the worklist and on the audit page: letters in wrong hands, broken glasses, receipts to be corrected."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ur_desk.domain.guard.fence import Read, may_read
from ur_desk.domain.people import Role
from ur_desk.errors import UserError
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.phrases import moment
from ur_desk.ui.receipts import correction_words
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.panels.form import LineEntry
from ur_desk.ui.widgets.parts import Chip
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from ur_desk.desk.fence import Alert
    from ur_desk.desk.post import ToLookInto
    from ur_desk.desk.receipts import Correction

SHOWN = 3
"""Alerts that are in sight at once; the oldest come first, and the next one moves up."""


class WaitingRow(Restyled, QFrame):
    """One thing that waits: what kind of thing it is, what is known of it, and one button, which is there for whoever may use it."""

    chosen = Signal()
    """The person pressed the button."""

    def __init__(self, chip: Chip, words: str, button: str, spoken: str, tip: str = "", *, may: bool = True) -> None:
        super().__init__()
        self.chip = chip
        self.words = ElidedLabel(words, Type.BODY)
        self.button = QPushButton(button)
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(spoken)
        self.button.setToolTip(tip)
        self.button.setVisible(may)
        self.button.clicked.connect(self.chosen.emit)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.chip)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button)
        self.setAccessibleName(words)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._row, 16, 4, 16, 4, 8)


class AlertBox(Restyled, QFrame):
    """The incidents, then the alerts, then the receipts, oldest first; not there while none waits, or the person reads none."""

    wanted = Signal(str)
    """The id of the case that the person wants to see."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = 0
        self.rows: list[WaitingRow] = []
        self.form: InlineForm | None = None
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(self.tr("What waits for a supervisor"))
        self.notice = Notice()
        self.more = ElidedLabel("", Type.SMALL)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.more)
        session.changed.connect(self._changed)
        session.person_changed.connect(lambda _person: self.read_again())
        self.restyle()
        self.hide()
        self.read_again()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._column, 0, 4, 0, 4, 0)
        self.more.setContentsMargins(look().px(16), 0, look().px(16), 0)

    def read_again(self) -> None:
        """Read the alerts; nobody's are shown to somebody who reads none."""
        self._asked += 1
        self._show(self._asked, ((), (), ()))
        if may_read(self._session.person, Read.ALERTS):
            self._session.read(
                lambda desk: (desk.post.incidents(), desk.fence.alerts(), desk.receipts.waiting()),
                self,
                partial(self._show, self._asked),
                self._refused,
            )

    def _show(self, asked: int, found: "tuple[tuple[ToLookInto, ...], tuple[Alert, ...], tuple[Correction, ...]]") -> None:
        if asked != self._asked:
            return
        incidents, alerts, receipts = found
        waiting = len(incidents) + len(alerts) + len(receipts)
        self._close_form()
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._incident(each) for each in incidents[:SHOWN]]
        self.rows += [self._row(alert) for alert in alerts[: SHOWN - len(self.rows)]]
        self.rows += [self._receipt(each) for each in receipts[: SHOWN - len(self.rows)]]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
        self.more.set_words(self.tr("and {0} more").format(waiting - SHOWN) if waiting > SHOWN else "")
        show_if(self.more, waiting > SHOWN)
        show_if(self, bool(waiting))

    def _row(self, alert: "Alert") -> WaitingRow:
        zone, glass = self._session.zone, alert.glass
        who = alert.person.signature if alert.person else self.tr("Somebody unknown")
        words = self.tr("{0}: {1}, {2}, open until {3}. {4}").format(
            alert.number, who, moment(glass.at, zone), moment(glass.until, zone), glass.reason
        )
        person = self._session.person
        tip = self.tr("Note that you looked into it; the alert is gone then, the event stays")
        spoken, may = self.tr("Looked into: {0}").format(alert.number), person.has(Role.SUPERVISOR) and person.id != glass.by
        row = WaitingRow(Chip(self.tr("glass broken"), Tone.BAD), words, self.tr("Looked into"), spoken, tip, may=may)
        row.chosen.connect(partial(self._look_into, alert))
        return row

    def _incident(self, told: "ToLookInto") -> WaitingRow:
        incident = told.incident
        who = told.person.signature if told.person else self.tr("Somebody unknown")
        words = self.tr("{0}: a letter reached {1}, {2}, recorded by {3}. {4}").format(
            told.number, incident.told.reached, moment(incident.told.at, self._session.zone), who, incident.told.done
        )
        person = self._session.person
        tip = self.tr("Note what you found and what follows from it; never whoever sent the letter or recorded it")
        spoken = self.tr("Look into the incident of {0}").format(told.number)
        may = person.has(Role.SUPERVISOR) and person.id not in (told.sent_by, incident.by)
        row = WaitingRow(Chip(self.tr("wrong hands"), Tone.BAD), words, self.tr("Look into…"), spoken, tip, may=may)
        row.chosen.connect(partial(self._ask_finding, told))
        return row

    def _ask_finding(self, told: "ToLookInto") -> None:
        self._close_form()
        form = self.form = InlineForm(self.tr("A letter of {0} in wrong hands").format(told.number), self.tr("Note it"))
        form.say(self.tr("Found out: {0}").format(told.incident.told.found))
        required = self.tr("Say what you found.")
        form.add("finding", self.tr("Your finding"), LineEntry(), self.tr("And what follows from it."), required=required)
        form.finish()
        form.closed.connect(self._close_form)
        form.committed.connect(partial(self._note, form, told))
        self._column.addWidget(form)
        form.begin()

    def _note(self, form: InlineForm, told: "ToLookInto") -> None:
        finding = form.text("finding")
        self._session.write(lambda desk: desk.post.review_incident(told.case, told.incident.event, finding), self, failed=form.refuse)

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.go()

    def _receipt(self, told: "Correction") -> WaitingRow:
        spoken = self.tr("Open the case {0}").format(told.number)
        words = correction_words(told, self._session.zone)
        row = WaitingRow(Chip(self.tr("receipt"), Tone.ASK), words, self.tr("Open the case"), spoken, may=bool(told.number))
        row.chosen.connect(lambda: self.wanted.emit(told.case))
        return row

    def _look_into(self, alert: "Alert") -> None:
        self.notice.hide()
        self._session.write(lambda desk: desk.fence.acknowledge(alert.case, alert.glass.event), self, failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.notice.show_error(error)

    def _changed(self, changes: frozenset[object]) -> None:
        from ur_desk.desk.verbs import Changed

        if Changed.CASES in changes:
            self.read_again()
