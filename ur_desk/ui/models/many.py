"""What became of many documents: what was refused and why first, then what is in the library and what was skipped, a few words a row."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.models.version_rows import arrived_words
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from ur_desk.desk.importing import Import
    from ur_desk.desk.versions import Arrived
    from ur_desk.domain.policy import Sha256


class ManyModel(FindingRowsModel):
    """The files of one import."""

    def show_import(self, told: "Import | None", beside: "Mapping[Sha256, Arrived] | None" = None) -> None:
        """Show what became of these, and what stands beside each text; None empties the model."""
        self.show_rows(_rows(told, beside or {}) if told else ())


def _rows(told: "Import", beside: "Mapping[Sha256, Arrived]") -> Iterator[Finding]:
    if told.refused:
        yield Finding(FindingKind.GROUP, _tr("Refused"), chip=str(len(told.refused)))
    for item in told.refused:
        yield Finding(FindingKind.FINDING, item.file.name, f"{item.message} {item.hint}".strip(), _tr("refused"), Tone.BAD)
    if told.loaded:
        yield Finding(FindingKind.GROUP, _tr("In the library"), chip=str(len(told.loaded)))
    for each in told.loaded:
        words, tone = (_tr("was there"), Tone.QUIET) if each.before else (_tr("new draft"), Tone.GOOD)
        more = each.known if each.before else arrived_words(beside[each.text]) if each.text in beside else ""
        detail = f"{each.file.name} · {more}" if more else each.file.name
        yield Finding(FindingKind.FINDING, f"{each.policy}  {each.title}", detail, words, tone, len(each.policy))
    if told.skipped:
        yield Finding(FindingKind.GROUP, _tr("Not read"), chip=str(len(told.skipped)))
    for left in told.skipped:
        yield Finding(FindingKind.FINDING, left.file.name, left.why, _tr("skipped"), Tone.QUIET)


def _tr(words: str) -> str:
    return QCoreApplication.translate("many", words)
