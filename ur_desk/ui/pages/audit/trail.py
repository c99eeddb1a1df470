"""The check of the trail: what was found, every break by name, and the heads for whoever keeps them outside."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ur_desk.domain.audit import Break, Head, Verification
from ur_desk.domain.policy import Sha256
from ur_desk.domain.visible import defused
from ur_desk.ui.dialogs import choose_target
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import moment
from ur_desk.ui.session import Session
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.findings_pane import FindingDelegate
from ur_desk.ui.widgets.flow import Flow
from ur_desk.ui.widgets.notice import Notice
from ur_desk.ui.widgets.parts import Chip, CommandButton
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.rows import RowList
from ur_desk.ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from datetime import datetime

    from ur_desk.desk.desk import Desk
    from ur_desk.desk.steps import Steps

SHOWN = 6
"""Rows of breaks that are in sight at once."""


class BreaksModel(QAbstractListModel):
    """The places where the trail does not hold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Finding, ...] = ()

    def show_breaks(self, breaks: Iterable[Break]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(self._row(each) for each in breaks)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The breaks; none below one."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title with its detail, spoken too, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}. {row.detail}"
        return row if role == ROW else None

    def _row(self, broken: Break) -> Finding:
        title = self.tr("Event {0}").format(broken.number) if broken.number else self.tr("Outside the chain")
        return Finding(FindingKind.FINDING, title, f"{broken.message} ({broken.event})", self.tr("break"), Tone.BAD)


class TrailBox(Restyled, QFrame):
    """Says how the trail stands, and gives its heads away; a head names nobody's health."""

    checked = Signal(object, str)
    """The `Verification`, and the instant of the check in words."""
    said = Signal(str)
    """Something done, in words."""

    def __init__(self, session: Session, verify: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(self.tr("The trail"))
        self.chip = Chip()
        self.words = ElidedLabel("", Type.BODY)
        self.notice = Notice()
        self.breaks = BreaksModel(self)
        self.list = RowList(self.tr("Breaks of the trail"))
        self.list.setItemDelegate(FindingDelegate(self.list))
        self.list.setModel(self.breaks)
        self.csv_action = self._export(self.tr("Export heads as &CSV…"), "csv")
        self.json_action = self._export(self.tr("Export heads as &JSON…"), "json")
        self._lay_out(verify)
        self.say_unchecked()

    def _export(self, words: str, kind: str) -> QAction:
        action = QAction(words, self)
        action.setToolTip(self.tr("Ids, instants and seals of every event, without patient data, to be kept elsewhere"))
        action.setStatusTip(action.toolTip())
        action.triggered.connect(partial(self.export, kind))
        return action

    def _lay_out(self, verify: QAction) -> None:
        told = QWidget()
        self._told = QHBoxLayout(told)
        self._told.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._told.addWidget(self.words, 1)
        self._words_room = told
        bar = QWidget()
        self._bar = Flow(bar)
        self._bar.add_growing(told)
        self._bar.push()
        for action in (self.csv_action, self.json_action, verify):
            self._bar.addWidget(CommandButton(action, "plain" if action is verify else "quiet"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (bar, self.notice, self.list):
            self._column.addWidget(part)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom; the buttons stand below where the words would be cut."""
        self._words_room.setMinimumWidth(look().px(340))
        inset(self._bar, 16, 6, 16, 6, 4)
        inset(self._told, 0, 0, 8, 0, 8)
        self.list.setMaximumHeight(look().px(52 * SHOWN))

    def say_unchecked(self) -> None:
        """Nobody has checked since the program began."""
        self.chip.set_state(self.tr("not checked"), Tone.QUIET)
        self.words.set_words(self.tr("The trail has not been checked since the program began."))
        self.list.hide()

    def verify(self) -> None:
        """Check the trail; the check is an event itself."""
        self.notice.hide()
        self.words.set_words(self.tr("Checking every event, file and row…"))
        self._session.read(_check, self, self._show, self.notice.show_error)

    def _show(self, found: "tuple[Verification, datetime]") -> None:
        verification, at = found
        when = moment(at, self._session.zone)
        count = len(verification.breaks)
        if verification.holds:
            self.chip.set_state(self.tr("holds"), Tone.GOOD)
            told = self.tr("The trail holds: {0} events, last seal {1}…, checked {2}.").format(
                verification.events, verification.head[:16], when
            )
            if verification.unattested:
                told += " " + self.tr("Nothing attests the time of {0} events.").format(verification.unattested)
            self.words.set_words(told)
        else:
            self.chip.set_state(self.tr("broken"), Tone.BAD)
            told = self.tr("The trail does not hold: {0} breaks in {1} events, checked {2}.").format(count, verification.events, when)
            self.words.set_words(told)
            self.notice.show_message(
                told, self.tr("Keep the workspace as it is, work no case in it, and tell its administrator."), Tone.BAD
            )
        self.breaks.show_breaks(verification.breaks)
        self.list.setVisible(bool(count))
        self.checked.emit(verification, when)

    def export(self, kind: str) -> None:
        """Write the heads of all events to a file that the person chooses."""
        kinds = [self.tr("CSV (*.csv)") if kind == "csv" else self.tr("JSON (*.json)")]
        path = choose_target(self, self.tr("Export the heads of the trail"), f"heads.{kind}", kinds)
        if path is not None:
            self._session.steps(partial(_export, path=path, kind=kind), self, self._exported, self.notice.show_error)

    def _exported(self, written: tuple[Path, int]) -> None:
        path, count = written
        self.said.emit(self.tr("{0} heads exported to {1}").format(count, path.name))


def _check(desk: "Desk") -> "tuple[Verification, datetime]":
    return desk.supervision.check_trail(), desk.clock.now()


def _export(desk: "Desk", path: Path, kind: str) -> "Steps[tuple[Path, int]]":
    from ur_desk.desk.steps import store, work

    heads = yield from store(lambda: list(desk.supervision.heads()), QCoreApplication.translate("TrailBox", "Reading the trail"))
    write = as_csv if kind == "csv" else as_json
    words = QCoreApplication.translate("TrailBox", "Writing the file")
    data = yield from work(lambda: write(heads), words)
    yield from store(lambda: desk.exports.write("heads of the trail", path, data), words)
    return path, len(heads)


def as_json(heads: Iterable[tuple[Head, Sha256]]) -> bytes:
    """The heads as one JSON list; ids, instants, hashes."""
    return json.dumps(list(_rows(heads)), indent=1, ensure_ascii=False).encode()


def as_csv(heads: Iterable[tuple[Head, Sha256]]) -> bytes:
    """The heads as CSV with a line of names; no cell is a formula to whatever opens it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*(f.name for f in fields(Head)), "seal"])
    writer.writeheader()
    writer.writerows({name: defused(told) if isinstance(told, str) else told for name, told in row.items()} for row in _rows(heads))
    return out.getvalue().encode()


def _rows(heads: Iterable[tuple[Head, Sha256]]) -> Iterator[dict[str, Any]]:
    for head, seal in heads:
        yield {**asdict(head), "at": head.at.isoformat(), "seal": seal}
