"""Policies as rows of a list: what it is, since when, and whether one may rest on it; and the lines where words were found."""

from collections.abc import Sequence

from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.policies import FoundLine, PolicyItem, draft_words, found_words, since, standing_words
from ur_desk.ui.models.version_rows import version_words
from ur_desk.ui.widgets.rows import RowDelegate
from ur_desk.ui.widgets.sheet import Emphasis, Sheet

SHOWN = 240
"""Characters of a found line that are shown."""


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
        words, tone = standing_words(row.listed.standing)
        chip = sheet.chip(words, tone, sheet.width - px(12), px(7))
        sheet.line(row.card.policy, (left, px(7)), wide - chip - px(8), Type.STRONG)
        top = px(28)
        top += sheet.text(row.card.title, (left, top), wide, Type.BODY)
        top += sheet.text(since(row.card.version), (left, top + px(1)), wide, Type.SMALL, "soft") + px(1)
        stands, ink = version_words(row.listed.stands)
        if stands:
            top += sheet.text(stands[:1].upper() + stands[1:], (left, top + px(1)), wide, Type.SMALL_STRONG, ink.ink) + px(1)
        if waits := draft_words(row.listed):
            top += sheet.text(waits, (left, top + px(1)), wide, Type.SMALL, "ask") + px(1)
        if not row.used:
            replaced = self.tr("Not used for new matches: the payer's document or another text of this version is.")
            top += sheet.text(replaced, (left, top + px(1)), wide, Type.SMALL, "soft") + px(1)
        sheet.height = top + px(7)

    def _compose_line(self, row: FoundLine, sheet: Sheet) -> None:
        px = look().px
        left, wide = px(16), sheet.width - px(28)
        hit = row.hit
        words, tone = standing_words(hit.standing)
        chip = sheet.chip(words, tone, sheet.width - px(12), px(5))
        head = self.tr("{0}, line {1}").format(hit.card.policy, hit.line)
        top = px(6) + sheet.line(head, (left, px(6)), wide - chip - px(8), Type.SMALL_STRONG, "soft")
        shown, marks = around(hit.words, hit.marks)
        marked = [Emphasis(start, length, ground="found") for start, length in marks]
        top += sheet.text(shown, (left, top + px(1)), wide, Type.BODY, marked=marked) + px(1)
        top += sheet.text(found_words(hit), (left, top + px(1)), wide, Type.SMALL, "soft") + px(1)
        sheet.height = top + px(7)


def around(words: str, marks: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A long line cut to what stands around its first mark, with the marks that are left in it."""
    first = min((start for start, _ in marks), default=0)
    at = 0 if len(words) <= SHOWN or first < SHOWN // 2 else max(words.rfind(" ", 0, first - SHOWN // 3) + 1, 0)
    cut = words[at : at + SHOWN].rstrip()
    before = "… " if at else ""
    shown = before + cut + (" …" if at + SHOWN < len(words) else "")
    moved = ((start - at, length) for start, length in marks if at <= start and start + length <= at + len(cut))
    return shown, [(start + len(before), length) for start, length in moved]
