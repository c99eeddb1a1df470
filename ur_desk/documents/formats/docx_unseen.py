"""Words of a Word document that nobody sees on its page: white without a shade behind them, or smaller than print."""

from typing import Any

from ur_desk.documents.formats.docx_numbers import W

TINY = 4
"""Half points, as Word counts the height of letters; the smallest print that anybody reads is twice as high."""

_WHITE = "FFFFFF"


def unseen(properties: Any) -> bool:
    """Whether the properties of a run set its words in white that nothing shades, or too small to be read."""
    if properties is None:
        return False
    colour, size = properties.find(f"{W}color"), properties.find(f"{W}sz")
    half_points = "" if size is None else size.get(f"{W}val", "")
    if half_points.isascii() and half_points.isdigit() and int(half_points[:6]) < TINY:
        return True
    white = colour is not None and colour.get(f"{W}val", "").upper() == _WHITE
    return white and not _shaded(properties) and properties.find(f"{W}highlight") is None


def unshaded(paragraph: Any) -> bool:
    """Whether nothing shades a paragraph: neither it nor its cell does, and no style of a table may."""
    if _shaded(paragraph.find(f"{W}pPr")):
        return False
    for up in paragraph.iterancestors():
        if up.tag == f"{W}tc" and _shaded(up.find(f"{W}tcPr")):
            return False
        if up.tag == f"{W}tbl" and up.find(f"{W}tblPr/{W}tblStyle") is not None:
            return False
    return True


def _shaded(properties: Any) -> bool:
    shade = None if properties is None else properties.find(f"{W}shd")
    return shade is not None and shade.get(f"{W}fill", "auto").upper() not in ("AUTO", _WHITE)
