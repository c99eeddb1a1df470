"""Policies as rows of a list: what it is, since when, and whether one may rest on it; and the lines where words were found."""

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.policies import FoundLine, PolicyItem, since, standing
from ur_desk.ui.models.policy_lines import places
from ur_desk.ui.models.version_rows import version_words
from ur_desk.ui.widgets.rows import RowDelegate
from ur_desk.ui.widgets.sheet import Emphasis, Sheet


class PolicyItemDelegate(RowDelegate):
    """A version in three short lines, or a found line with its words marked."""

    def compose(self, row: PolicyItem | FoundLine, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        sheet.rule_from = px(16)
        if isinstance(row, FoundLine):
            self._compose_line(row, sheet)
            return
        left, wide = px(16), sheet.width - px(28)
        words, tone = standing(row.shelved)
        chip = sheet.chip(words, tone, sheet.width - px(12), px(7))
        sheet.line(row.policy.id, (left, px(7)), wide - chip - px(8), Type.STRONG)
        top = px(28)
        top += sheet.text(row.policy.title, (left, top), wide, Type.BODY)
        top += sheet.text(since(row.policy), (left, top + px(1)), wide, Type.SMALL, "soft") + px(1)
        stands, ink = version_words(row.stands)
        if stands:
            top += sheet.text(stands[:1].upper() + stands[1:], (left, top + px(1)), wide, Type.SMALL_STRONG, ink.ink) + px(1)
        if not row.used:
            replaced = self.tr("Not used for new matches: the payer's document or another text of this version is.")
            top += sheet.text(replaced, (left, top + px(1)), wide, Type.SMALL, "soft") + px(1)
        sheet.height = top + px(7)

    def _compose_line(self, row: FoundLine, sheet: Sheet) -> None:
        px = look().px
        left, wide = px(16), sheet.width - px(28)
        policy, text = row.shelved.policy, row.line.text.strip()
        head = self.tr("{0}, line {1}").format(policy.id, row.line.number)
        top = px(6) + sheet.line(head, (left, px(6)), wide, Type.SMALL_STRONG, "soft")
        shown = text if len(text) <= 240 else f"{text[:240].rstrip()} …"
        marked = [Emphasis(start, length, ground="found") for word in row.sought.split() for start, length in places(shown, word)]
        top += sheet.text(shown, (left, top + px(1)), wide, Type.BODY, marked=marked) + px(1)
        sheet.height = top + px(7)
