"""What a request lacks, as rows in words, each with the path of its field."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from ur_desk.domain.intake.wanting import Lacking, Want
from ur_desk.ui.models.rows import ROW, Index, RowsModel

_WORDS = {
    Want.DIAGNOSIS: QT_TRANSLATE_NOOP("entry", "A diagnosis"),
    Want.SERVICE: QT_TRANSLATE_NOOP("entry", "A service"),
    Want.DAY: QT_TRANSLATE_NOOP("entry", "Date of service, service {0}"),
    Want.UNITS: QT_TRANSLATE_NOOP("entry", "Units, service {0}"),
    Want.WORDS: QT_TRANSLATE_NOOP("entry", "Words for service {0}: its code says no service by itself"),
    Want.CLAIM: QT_TRANSLATE_NOOP("entry", "Number of the claim, since care is done"),
    Want.SAID_BY: QT_TRANSLATE_NOOP("entry", "Who said that it is urgent"),
    Want.LINE_OF_BUSINESS: QT_TRANSLATE_NOOP("entry", "Line of business: no clock can start"),
    Want.STATE: QT_TRANSLATE_NOOP("entry", "State, which may bind the plan"),
    Want.FUNDING: QT_TRANSLATE_NOOP("entry", "Funding: no clock can start"),
    Want.ERISA: QT_TRANSLATE_NOOP("entry", "ERISA or not: no clock can start"),
    Want.URGENCY: QT_TRANSLATE_NOOP("entry", "Urgency: no clock can start"),
    Want.TIMING: QT_TRANSLATE_NOOP("entry", "Timing: no clock can start"),
    Want.RULE: QT_TRANSLATE_NOOP("entry", "A clock rule: none is loaded for this plan and state"),
    Want.EVIDENCE: QT_TRANSLATE_NOOP("entry", "What shows the receipt"),
    Want.CHANNEL: QT_TRANSLATE_NOOP("entry", "How it came in"),
    Want.BIRTH_DATE: QT_TRANSLATE_NOOP("entry", "Date of birth"),
    Want.MEMBER_ADDRESS: QT_TRANSLATE_NOOP("entry", "Member's address, for letters"),
    Want.PROVIDER: QT_TRANSLATE_NOOP("entry", "Who asks"),
    Want.NPI: QT_TRANSLATE_NOOP("entry", "NPI of the {0} provider"),
    Want.FAX: QT_TRANSLATE_NOOP("entry", "Fax of the {0} provider"),
    Want.RECORD: QT_TRANSLATE_NOOP("entry", "Clinical notes or a record"),
}


@dataclass(frozen=True, slots=True)
class LackingRow:
    """One thing that would be asked for later, in words, and the path of its field."""

    words: str
    path: str


def row_of(lacking: Lacking) -> LackingRow:
    """The thing in words: which service by its number, which provider by its part."""
    parts = lacking.path.split(".")
    which = parts[1] if parts[0] == "services" else parts[0].partition("_")[0]
    return LackingRow(QCoreApplication.translate("entry", str(_WORDS[lacking.want])).format(which), lacking.path)


class LackingModel(RowsModel[LackingRow]):
    """Rows of what lacks."""

    @property
    def rows(self) -> tuple[LackingRow, ...]:
        """What is shown now."""
        return self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, shown and spoken, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.words
        return row if role == ROW else None
