"""A PDF to numbered lines with their pages, from PDFium's characters and their places; PDFium bears only one thread."""

from collections.abc import Sequence
from typing import Any

from ur_desk.documents.formats import pdf_furniture
from ur_desk.documents.formats.kinds import NOTHING_SAVED
from ur_desk.documents.formats.pdf_columns import Columns, columns_of, in_reading_order
from ur_desk.documents.formats.pdf_lines import pieces_of
from ur_desk.documents.formats.pdf_rows import Row, rows_of
from ur_desk.documents.formats.source import Note, Source, numbered, unseen_notes
from ur_desk.domain.policy import Furniture, Text
from ur_desk.errors import UserError

READER = "pdf/1"
MOST_PAGES = 2000

LEAST_LETTERS = 40
"""A document with fewer letters a page on average, and pictures, is a scan."""

_PASSWORD = 4
"""PDFium's number for a file that is locked with a password."""


def read_pdf(data: bytes, name: str) -> Source:
    """The document's own words in order as numbered lines with their pages; heads, feet and page numbers apart as furniture.

    UserError where it is locked, damaged, cut short, of more pages than a policy has, or holds pictures in place of text.
    """
    import pypdfium2

    if data.rstrip(b"\0\r\n \t")[-2048:].find(b"%%EOF") < 0:
        raise _damaged(name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as wrong:
        if getattr(wrong, "err_code", None) == _PASSWORD:
            raise UserError(
                f"{name} is locked with a password. {NOTHING_SAVED}",
                "Open it with its password, save it without one, and import that file.",
            ) from wrong
        raise _damaged(name) from wrong
    try:
        return _source(document, name)
    except pypdfium2.PdfiumError as wrong:
        raise _damaged(name) from wrong
    finally:
        document.close()


def _source(document: Any, name: str) -> Source:
    count = len(document)
    if count > MOST_PAGES:
        raise UserError(f"{name} has {count} pages, as no policy does. {NOTHING_SAVED}", "Choose the policy's own document.")
    if not count:
        raise _damaged(name)
    pages = [(document.get_page_size(index)[1], _rows(document, index)) for index in range(count)]
    _refuse_unread(pages, name)
    bodies, apart = pdf_furniture.split(pages)
    columns = [columns_of(rows) for rows in bodies]
    ordered = [in_reading_order(rows, two) if two else rows for rows, two in zip(bodies, columns, strict=True)]
    pieces = pieces_of(ordered)
    text = numbered(pieces, name, [Furniture(row.text, row.page) for row in apart])
    return Source(text, READER, notes=(*_empty_pages(pages, text), *_set_in_columns(columns, text), *unseen_notes(pieces)))


def _rows(document: Any, index: int) -> list[Row]:
    page = document[index]
    try:
        return rows_of(page, index + 1)
    finally:
        page.close()


def _refuse_unread(pages: list[tuple[float, list[Row]]], name: str) -> None:
    told = "".join(row.text for _, rows in pages for row in rows)
    letters = sum(c.isalnum() for c in told)
    if letters < LEAST_LETTERS * len(pages) // 2 or letters < LEAST_LETTERS // 2:
        raise UserError(
            f"{name} is a scan: its pages are pictures and hold no text. {NOTHING_SAVED}",
            "Fetch the payer's own file, or have the scan's text recognised (OCR) and check it, and import that.",
        )
    strange = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or ord(c) < 32 for c in told)
    if strange * 5 > len(told):
        raise UserError(
            f"The letters of {name} cannot be told apart: its fonts do not say what they print. {NOTHING_SAVED}",
            "Fetch the file again from the payer, or have its text recognised (OCR) and check it, and import that.",
        )


def _empty_pages(pages: list[tuple[float, list[Row]]], text: Text) -> list[Note]:
    """A note for each page between others that holds no text: it may be a picture."""
    notes = []
    for number, (_, rows) in enumerate(pages, 1):
        if not rows:
            before = [line.number for line in text.lines if line.page and line.page < number]
            message = f"Page {number} of the document holds no text; it is empty or a picture."
            notes.append(Note("page-without-text", message, before[-1] if before else 1, "What stands on that page?"))
    return notes


def _set_in_columns(columns: Sequence[Columns | None], text: Text) -> list[Note]:
    """A note on the first page that was read as two columns: whether it is one wide table, only a person sees."""
    page = next((number for number, two in enumerate(columns, 1) if two), None)
    if page is None:
        return []
    line = next((line.number for line in text.lines if line.page == page), 1)
    message = f"Page {page} is read as two columns, the left one first."
    return [Note("columns-read", message, line, "Does the page run down the left column and then the right one?")]


def _damaged(name: str) -> UserError:
    return UserError(f"{name} is a PDF that is damaged or cut short. {NOTHING_SAVED}", "Fetch the file again from the payer.")
