"""A step of a timeline as a row: when at the left, who did what beside it, and below it what was said."""

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.timeline import TimelineRow
from ur_desk.ui.tokens import Tone
from ur_desk.ui.widgets.rows import RowDelegate
from ur_desk.ui.widgets.sheet import Emphasis, Sheet

_WHEN = 150


class TimelineDelegate(RowDelegate):
    """A step that was taken back stands there in fainter ink, with a chip and the words who took it back."""

    def compose(self, row: TimelineRow, sheet: Sheet) -> None:
        """Set a step."""
        px = look().px
        left, right = px(16 + _WHEN), sheet.width - px(16)
        ink = "faint" if row.undone else "soft" if row.quiet else "text"
        sheet.line(row.when, (px(16), px(7)), px(_WHEN - 8), Type.SMALL, "faint" if row.undone else "soft")
        taken = sheet.chip(self.tr("taken back"), Tone.ASK, right, px(6)) + px(8) if row.undone else 0
        words = f"{row.who} {row.sentence}"
        who = Emphasis(0, len(row.who), Type.MEDIUM)
        top = px(6) + sheet.text(words, (left, px(6)), right - left - taken, Type.BODY, ink, [who])
        for said in (row.detail, row.undone):
            if said:
                top += px(2) + sheet.text(said, (left, top + px(2)), right - left, Type.SMALL, "faint" if row.undone else "soft")
        sheet.height, sheet.rule_from = top + px(8), left
