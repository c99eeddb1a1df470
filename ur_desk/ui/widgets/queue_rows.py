"""A case that waits for a physician as a row: due at the left, beside it whose it is, the nurse's words, and the question."""

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.queue import QueueRow
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.rows import RowDelegate
from ur_desk.ui.widgets.sheet import Sheet

_DUE = 190


class QueueDelegate(RowDelegate):
    """Everything that the physician needs to choose what to open stands there; nothing is cut."""

    def compose(self, row: QueueRow, sheet: Sheet) -> None:
        """Set a case."""
        px = look().px
        left, right = px(16 + _DUE), sheet.width - px(16)
        sheet.line(row.due, (px(16), px(8)), px(_DUE - 12), Type.MEDIUM, "text")
        quiet = row.tone is Tone.QUIET
        sheet.line(row.left, (px(16), px(28)), px(_DUE - 12), Type.SMALL if quiet else Type.SMALL_STRONG, "soft" if quiet else row.tone.ink)
        taken = sheet.chip(row.chip, Tone.ACCENT, right, px(8)) + px(8) if row.chip else 0
        sheet.line(row.head, (left, px(8)), right - left - taken, Type.MEDIUM, "text")
        top = px(28)
        for words, kind, ink in ((row.summary, Type.BODY, "text"), (row.question, Type.MEDIUM, "text"), (row.why_not, Type.SMALL, "ask")):
            if words:
                top += sheet.text(words, (left, top), right - left, kind, ink) + px(2)
        sheet.height, sheet.rule_from = max(top, px(46)) + px(8), left
