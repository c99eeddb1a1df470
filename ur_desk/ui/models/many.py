"""What became of many documents: what was refused and why first, then what is in the library and what was skipped, a few words a row."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.importing import Import


class ManyModel(FindingRowsModel):
    """The files of one import."""

    def show_import(self, told: "Import | None") -> None:
        """Show what became of these; None empties the model."""
        self.show_rows(_rows(told) if told else ())


def _rows(told: "Import") -> Iterator[Finding]:
    if told.refused:
        yield Finding(FindingKind.GROUP, _tr("Refused"), chip=str(len(told.refused)))
    for item in told.refused:
        yield Finding(FindingKind.FINDING, item.file.name, f"{item.message} {item.hint}".strip(), _tr("refused"), Tone.BAD)
    if told.loaded:
        yield Finding(FindingKind.GROUP, _tr("In the library"), chip=str(len(told.loaded)))
    for each in told.loaded:
        words, tone = (_tr("was there"), Tone.QUIET) if each.before else (_tr("new"), Tone.GOOD)
        detail = f"{each.file.name} · {each.known}" if each.before else each.file.name
        yield Finding(FindingKind.FINDING, f"{each.policy}  {each.title}", detail, words, tone, len(each.policy))
    if told.skipped:
        yield Finding(FindingKind.GROUP, _tr("Not read"), chip=str(len(told.skipped)))
    for left in told.skipped:
        yield Finding(FindingKind.FINDING, left.file.name, left.why, _tr("skipped"), Tone.QUIET)


def _tr(words: str) -> str:
    return QCoreApplication.translate("many", words)
