"""Records as the process apart reads them: what a file is, its pages as pictures, the words of their text layers, and what was filled in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ur_desk.domain.intake.attached import MOST_PAGES, MediaType, media_type_of
from ur_desk.domain.intake.sheets import Sheet, Word
from ur_desk.errors import UserError

NOTHING_SAVED = "Nothing was saved."
WIDEST = 4000
"""Pixels across beyond which no page is drawn."""
MOST_PIXELS = 24_000_000
"""Pixels of one picture; a page that is longer than wide by far is drawn narrower."""
FORM_PAGES = 12
"""Pages of a form that are looked through for what was filled in; request forms have one to six."""
_PASSWORD = 4
_AGAIN = f"Ask the sender for it again. {NOTHING_SAVED}"
_FOREIGN = (
    (b"GIF8", "a GIF picture"), (b"BM", "a BMP picture"), (b"RIFF", "a WebP picture or a sound"), (b"II+\0", "a TIFF file of the large kind"),
    (b"MM\0+", "a TIFF file of the large kind"), (b"\x0a\x05\x01", "a PCX fax"), (b"\xae\x42\x60\x82", "a GIF picture"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a record is: its kind, and how many characters the text layer of each page holds."""

    media_type: MediaType
    characters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as `width` by `height` pixels on white; `rgba` holds four bytes a pixel, row by row from the top, without gaps."""

    width: int
    height: int
    rgba: bytes = field(repr=False)


def facts(data: bytes, name: str) -> Facts:
    """What the file is and what its pages hold, each page looked at; UserError where it is no record, locked, damaged or too long."""
    kind = _kind(data, name)
    if kind is not MediaType.PDF:
        from ur_desk.documents.record_images import frames

        return Facts(kind, (0,) * frames(data, name))
    with opened(data, name) as document:
        return Facts(kind, tuple(_characters(document[number]) for number in range(len(document))))


def picture(data: bytes, name: str, page: int, width: int) -> Picture:
    """The page of that number, from 1, so many pixels across, as far as that is not too large; UserError as for `facts`."""
    if _kind(data, name) is not MediaType.PDF:
        from ur_desk.documents.record_images import frame

        return Picture(*frame(data, name, page, min(max(width, 1), WIDEST), MOST_PIXELS))
    with opened(data, name) as document:
        return _drawn(_page(document, page, name), name, min(max(width, 1), WIDEST))


def words(data: bytes, name: str, page: int) -> tuple[Word, ...]:
    """The words of a page's text layer in its order, none for an image; UserError as for `facts`."""
    if _kind(data, name) is not MediaType.PDF:
        return ()
    with opened(data, name) as document:
        return tuple(_words(_page(document, page, name)))


def texts(data: bytes, name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of every page's text layer; UserError as for `facts`."""
    if _kind(data, name) is not MediaType.PDF:
        return ()
    with opened(data, name) as document:
        return tuple(tuple(_text(document[number]).splitlines()) for number in range(len(document)))


def form(data: bytes, name: str) -> tuple[Sheet, ...]:
    """What the first pages of a form say, printed and filled in; none for an image; UserError as for `facts`."""
    from ur_desk.documents.record_fields import filled

    if _kind(data, name) is not MediaType.PDF:
        return ()
    with opened(data, name) as document:
        pages = (document[number] for number in range(min(len(document), FORM_PAGES)))
        return tuple(Sheet(tuple(_words(page)), tuple(filled(document, page, number))) for number, page in enumerate(pages, 1))


def _kind(data: bytes, name: str) -> MediaType:
    kind = media_type_of(data)
    if kind is None:
        foreign = next((what for head, what in _FOREIGN if data.startswith(head)), "neither a PDF file nor a PNG, JPEG or TIFF picture")
        raise UserError(f"{name} is {foreign}, and no record can be shown of it.", f"Save it as PDF, PNG, JPEG or TIFF. {NOTHING_SAVED}")
    return kind


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The PDF as PDFium reads it, its forms ready; UserError where it is locked, damaged, without pages or too long."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        if getattr(wrong, "err_code", None) == _PASSWORD:
            raise UserError(f"{name} is locked with a password.", f"Ask the sender for one without. {NOTHING_SAVED}") from wrong
        raise UserError(f"{name} is damaged or cut off.", _AGAIN) from wrong
    try:
        if not 1 <= len(document) <= MOST_PAGES:
            many = "has no page" if len(document) < 1 else f"has {len(document)} pages; at most {MOST_PAGES} are taken"
            raise UserError(f"{name} {many}.", f"Attach it in parts, or ask the sender. {NOTHING_SAVED}")
        document.init_forms()
        yield document
    except pypdfium2.PdfiumError as wrong:
        raise UserError(f"A page of {name} is damaged.", _AGAIN) from wrong
    finally:
        document.close()


def _page(document: Any, page: int, name: str) -> Any:
    if not 1 <= page <= len(document):
        raise UserError(f"{name} has no page {page}.", "Nothing was changed.")
    return document[page - 1]


def _characters(page: Any) -> int:
    """Letters of the text layer; blanks alone are no text."""
    return len("".join(_text(page).split()))


def _text(page: Any) -> str:
    return str(page.get_textpage().get_text_bounded()).replace("\r\n", "\n")


def _drawn(page: Any, name: str, width: int) -> Picture:
    across, down = page.get_size()
    if not (0 < across < 1e6 and 0 < down < 1e6):
        raise UserError(f"A page of {name} has no size that could be shown.", _AGAIN)
    scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
    bitmap = page.render(scale=scale, prefer_bgrx=True, rev_byteorder=True)
    row, data = bitmap.width * 4, bytes(bitmap.buffer)
    if bitmap.stride != row:
        data = b"".join(data[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    return Picture(bitmap.width, bitmap.height, data)


_GRID = 100_000
"""Steps across and down in which the place of a letter is told."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom in parts of a page's width and height."""


def box_on(page: Any, told: Box) -> Box:
    """A box told as PDF does, left, bottom, right and top in its own units, as it lies on the page that is shown."""
    import ctypes

    from pypdfium2 import raw

    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, down in ((told[0], told[3]), (told[2], told[1])):
        raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, across, down, x, y)
        corners.append((x.value / _GRID, y.value / _GRID))
    (one, two), (three, four) = corners
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _words(page: Any) -> Iterator[Word]:
    """Letters gathered into words at blanks, and into lines where the text layer breaks them."""
    from pypdfium2 import raw

    text = page.get_textpage()
    line, letters, boxes = 0, "", list[Box]()
    for number in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if not letter.isspace() and letter not in "\0\ufffe":
            letters += letter
            boxes.append(box_on(page, text.get_charbox(number)))
            continue
        if letters:
            yield _word(letters, line, boxes)
            letters, boxes = "", []
        line += letter == "\n"
    if letters:
        yield _word(letters, line, boxes)


def _word(letters: str, line: int, boxes: list[Box]) -> Word:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Word(letters, line, min(lefts), min(tops), max(rights), max(bottoms))
