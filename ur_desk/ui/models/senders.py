"""The senders whose files are known by their columns, and what these mean, as rows."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.intake.mapping import DAYS, DateOrder, Sender
from ur_desk.domain.intake.sender_events import SenderUnread
from ur_desk.ui.models.field_words import field_words
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.tokens import Tone


class SendersModel(RowsModel[Sender | SenderUnread]):
    """The senders by name, each with how many columns are used, and whether its files are known by themselves or it needs a look."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the spoken row, or what is drawn under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        shown = _sender(self._rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((shown.title, shown.chip, shown.detail))
        return shown if role == ROW else None

    def place_of(self, name: str) -> int:
        """Where a sender stands, whatever the case of the name; 0 where it does not."""
        return next((n for n, each in enumerate(self._rows) if each.name.casefold() == name.casefold()), 0)


class SenderColumns(FindingRowsModel):
    """What is kept of one sender."""

    def show_sender(self, sender: Sender | SenderUnread | None) -> None:
        """Show its columns and what holds for every row, or why it cannot be read; None empties the model."""
        if isinstance(sender, SenderUnread):
            hint = _tr("Look at one of its files and keep it under this name again. Export writes what is kept, to be mended and imported.")
            self.show_rows((Finding(FindingKind.FINDING, sender.why, hint, _tr("needs a look"), Tone.BAD),))
            return
        self.show_rows(_rows(sender) if sender is not None else ())


def _sender(sender: Sender | SenderUnread) -> Finding:
    if isinstance(sender, SenderUnread):
        detail = _tr("Kept by another version of the program; its files are read by their headers")
        return Finding(FindingKind.FINDING, sender.name, detail, _tr("needs a look"), Tone.BAD)
    count = len(sender.mapping.columns)
    columns = _tr("1 column is used") if count == 1 else _tr("{0} columns are used").format(count)
    known = bool(sender.signature)
    return Finding(
        FindingKind.FINDING,
        sender.name,
        columns if known else _tr("{0}; no file was seen with it, so that the sender must be chosen").format(columns),
        _tr("known by itself") if known else _tr("to be chosen"),
        Tone.GOOD if known else Tone.ASK,
    )


def _rows(sender: Sender) -> Iterator[Finding]:
    mapping = sender.mapping
    yield _group(_tr("Columns"), mapping.columns)
    for column in mapping.columns:
        ways = [_tr("the day comes first")] if column.holds in DAYS and column.dates is DateOrder.DMY else []
        ways += [_tr("the year comes first")] if column.holds in DAYS and column.dates is DateOrder.YMD else []
        ways += [_tr("several values in a cell")] if column.separators else []
        ways += [_tr("rows that share it are one request")] if column.field in mapping.group else []
        yield Finding(FindingKind.FINDING, column.source, " · ".join((field_words(column.field), *ways)))
    if mapping.fixed:
        yield _group(_tr("For every row"), mapping.fixed)
    for name, value in mapping.fixed:
        yield Finding(FindingKind.FINDING, field_words(name), value)


def _group(title: str, rows: Iterable[object]) -> Finding:
    return Finding(FindingKind.GROUP, title, chip=str(len(tuple(rows))))


def _tr(words: str) -> str:
    return QCoreApplication.translate("senders", words)
