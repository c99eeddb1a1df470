"""Words of a PDF's page that nobody sees: white on what is white, or smaller than print."""

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

WHITE = 250
"""Each colour of white ink is at least so strong, of 255."""

TINY = 2.0
"""Points; the smallest print that anybody reads is twice as high."""

_Box = tuple[float, float, float, float]


def unseen_of(page: Any, text: Any, words: Iterable[tuple[int, float]]) -> frozenset[int]:
    """The places of the words that nobody sees, of words told by their first character's place and their height in points.

    White words on a filled shape or a picture are seen: so tables print their heads.
    """
    told = list(words)
    tiny = {at for at, size in told if size < TINY}
    white = [at for at, _ in told if at not in tiny and _white(text, at)]
    shapes = list(_shapes(page)) if white else []
    return frozenset(tiny | {at for at in white if not any(_covers(shape, _middle(text, at)) for shape in shapes)})


def _white(text: Any, at: int) -> bool:
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    told = pdfium.FPDFText_GetFillColor(text.raw, at, red, green, blue, alpha)
    return bool(told) and min(red.value, green.value, blue.value) >= WHITE


def _middle(text: Any, at: int) -> tuple[float, float]:
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
    return (left.value + right.value) / 2, (bottom.value + top.value) / 2


def _shapes(page: Any) -> Iterator[_Box]:
    """The bounds of what is drawn on a page in another colour than white, and of its pictures."""
    import pypdfium2.raw as pdfium

    for shape in page.get_objects(max_depth=4):
        if shape.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING) or (
            shape.type == pdfium.FPDF_PAGEOBJ_PATH and _inked(shape)
        ):
            yield shape.get_bounds()


def _inked(path: Any) -> bool:
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path.raw, filled, stroked) or not filled.value:
        return False
    if not pdfium.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha):
        return False
    return alpha.value > 0 and min(red.value, green.value, blue.value) < WHITE


def _covers(shape: _Box, place: tuple[float, float]) -> bool:
    left, bottom, right, top = shape
    return left <= place[0] <= right and bottom <= place[1] <= top
