"""A line of the old text beside its counterpart in the new one: a sign and a ground for what became of it, other words marked."""

from ur_desk.domain.library.difference import Aligned, RowKind, Span
from ur_desk.domain.policy import TextLine
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.models.changes import ChangesModel, kind_words
from ur_desk.ui.widgets.rows import RowDelegate, RowList
from ur_desk.ui.widgets.sheet import Emphasis, Sheet

GROUNDS = {
    RowKind.CHANGED: ("ask_soft", "ask"),
    RowKind.REMOVED: ("bad_soft", "bad"),
    RowKind.ADDED: ("good_soft", "good"),
    RowKind.MOVED: ("quiet_soft", "accent"),
    RowKind.UNIMPORTANT: ("quiet_soft", "soft"),
}
"""The ground and the ink of each kind of row."""
SIGNS = {RowKind.CHANGED: "≠", RowKind.REMOVED: "−", RowKind.ADDED: "+", RowKind.MOVED: "↕", RowKind.UNIMPORTANT: "≈"}
"""The sign of each kind of row: colour is never the only one."""


class ChangeDelegate(RowDelegate):
    """Two columns with the number of each line, and a sign between them where they differ."""

    def __init__(self, view: RowList, model: ChangesModel) -> None:
        super().__init__(view)
        self._model = model

    def compose(self, row: Aligned, sheet: Sheet) -> None:
        """Set a row."""
        px = look().px
        marked = self._model.marked(row)
        ground, ink = GROUNDS.get(row.kind, (None, "soft")) if marked else (None, "soft")
        sheet.ground, sheet.bar = ground, ink if marked else None
        middle, gap = sheet.width // 2, px(24)
        wide = middle - px(78)
        heights = [
            self._side(sheet, row.old, px(10), wide, row.old_marks),
            self._side(sheet, row.new, middle + gap // 2, wide, row.new_marks),
        ]
        if marked:
            sheet.line(SIGNS.get(row.kind, ""), (middle - gap // 2 - px(6), px(4)), px(16), Type.STRONG, ink)
        if row.kind is RowKind.MOVED:
            at = middle + gap // 2 + px(44) if row.old else px(10) + px(44)
            heights.append(sheet.text(kind_words(row), (at, px(4)), wide, Type.SMALL, "soft"))
        sheet.height = max(*heights, px(18)) + px(9)

    def _side(self, sheet: Sheet, line: TextLine | None, left: int, wide: int, spans: tuple[Span, ...]) -> int:
        """One text's line; the height that it takes."""
        if line is None:
            return 0
        px = look().px
        sheet.line(str(line.number), (left, px(5)), px(34), Type.MARK, "soft", right=True)
        lead = len(line.text) - len(line.text.lstrip())
        marked = [Emphasis(max(start - lead, 0), length, Type.STRONG, True) for start, length in spans]
        return sheet.text(line.text.strip(), (left + px(44), px(4)), wide, Type.BODY, marked=marked)
