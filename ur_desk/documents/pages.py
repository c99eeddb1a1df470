"""Pages of a PDF as pictures for the screen; PDFium's work, which bears only one thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ur_desk.errors import UserError

MOST_PAGES = 500
MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as `width` by `height` pixels; `rgba` holds four bytes a pixel, row by row from the top, without gaps."""

    width: int
    height: int
    rgba: bytes = field(repr=False)


def page_images(pdf: bytes, scale: float) -> list[PageImage]:
    """Every page at `scale` pixels a point, on white.

    UserError where the bytes are no PDF, are locked, or hold more pages or larger ones than a screen needs.
    """
    if not 0 < scale <= 20:
        raise ValueError("a page is drawn at more than 0 and at most 20 pixels a point")
    with _opened(pdf) as document:
        return [_image(document[number], scale) for number in range(len(document))]


def page_image(pdf: bytes, number: int, scale: float) -> tuple[PageImage, int]:
    """The page of that number, from 1, at `scale` pixels a point, and how many pages there are; UserError as for `page_images`,
    ValueError for a number that no page has."""
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise ValueError(f"there is no page {number}")
        return _image(document[number - 1], scale), len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if len(document) > MOST_PAGES:
                raise UserError(f"The file has {len(document)} pages; at most {MOST_PAGES} are shown.", "The file was not changed.")
            document.init_forms()  # what stands in the fields of a form is drawn too
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as wrong:
        raise UserError("The pages cannot be shown: this is no PDF, or it is damaged or locked.", "The file was not changed.") from wrong


def _image(page: Any, scale: float) -> PageImage:
    width, height = page.get_size()
    if width * height * scale * scale > MOST_PIXELS:
        raise UserError("A page is too large to be shown at this size.", "Show it smaller. The file was not changed.")
    bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)
    row = bitmap.width * 4
    data = bytes(bitmap.buffer)
    if bitmap.stride != row:
        data = b"".join(data[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    return PageImage(bitmap.width, bitmap.height, data)
