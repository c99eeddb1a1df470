"""The wordings of letters, the official forms and the fonts, as rows: what stands, and what still has to be done."""

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.desk.stationery import FontStanding, FormStanding, WordingStanding
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.rows import RowDelegate
from ur_desk.ui.widgets.sheet import Sheet

Standing = WordingStanding | FormStanding | FontStanding
translate = QCoreApplication.translate


def title(row: Standing) -> str:
    """What the row is called."""
    if isinstance(row, FormStanding):
        return row.name
    if isinstance(row, FontStanding):
        return translate("stationery", "Font for letters: {0}").format(row.name)
    return translate("stationery", "Letter wording: {0}").format(row.name)


def beneath(row: Standing) -> str:
    """Who stands for it, and until when."""
    if isinstance(row, FormStanding):
        if row.installed is None:
            return translate("stationery", "The denial is typed from its data sheet")
        told = row.installed[0]
        return translate("stationery", "OMB {0}, expires {1}").format(told.omb, f"{told.expires:%m/%d/%Y}")
    if isinstance(row, FontStanding):
        return row.installed[0].font if row.installed else translate("stationery", "Its letters cannot be drawn")
    parts = []
    if row.translated:
        parts.append(translate("stationery", "translated by {0}").format(row.translated.translator))
    if row.approved:
        approved = row.approved[0]
        parts.insert(0, translate("stationery", "approved by {0} on {1}").format(approved.by_whom, f"{approved.on:%m/%d/%Y}"))
    return " · ".join(parts) or translate("stationery", "As it came with the program")


def state(row: Standing) -> tuple[str, Tone]:
    """Whether letters may use it."""
    if isinstance(row, FormStanding):
        if row.installed is None:
            return translate("stationery", "not installed"), Tone.QUIET
        return (translate("stationery", "not usable"), Tone.ASK) if row.obstacle else (translate("stationery", "installed"), Tone.GOOD)
    if isinstance(row, FontStanding):
        installed = translate("stationery", "installed"), Tone.GOOD
        return installed if row.installed else (translate("stationery", "not installed"), Tone.QUIET)
    if row.outdated:
        return translate("stationery", "out of date"), Tone.ASK
    return (translate("stationery", "approved"), Tone.GOOD) if row.approved else (translate("stationery", "not approved"), Tone.ASK)


class StationeryModel(RowsModel[Standing]):
    """First the wordings, then the forms, then the fonts."""

    def place_of(self, name: str) -> int:
        """Where the row of a title stands; 0 where there is none."""
        return next((place for place, row in enumerate(self._rows) if title(row) == name), 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the spoken row, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join((title(row), beneath(row), state(row)[0]))
        return row if role == ROW else None


class StationeryDelegate(RowDelegate):
    """What it is, who stands for it, and whether letters may use it."""

    def compose(self, row: Standing, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        left, right = px(16), sheet.width - px(12)
        taken = sheet.chip(*state(row), right, px(7)) + px(8)
        sheet.line(title(row), (left, px(6)), right - left - taken, Type.MEDIUM)
        sheet.line(beneath(row), (left, px(26)), right - left, Type.SMALL, "soft")
        sheet.height, sheet.rule_from = px(49), left
