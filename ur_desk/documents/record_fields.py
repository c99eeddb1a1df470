"""What was filled in on a PDF page: the fields of its form (AcroForm), and the notes that somebody typed over its lines."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ur_desk.domain.intake.sheets import Filled

MOST = 2000
"""Fields and notes of one page beyond which nobody filled in a form."""
_LONGEST = 20_000
_UNNAMED = frozenset({"", "off"})


def filled(document: Any, page: Any, number: int) -> Iterator[Filled]:
    """Everything that holds something on the page of that number, in the order of the file; what is empty is left out."""
    from pypdfium2 import raw

    kinds = {raw.FPDF_ANNOT_WIDGET: _field, raw.FPDF_ANNOT_FREETEXT: _note}
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MOST)):
        with annotation_at(page, place) as annotation:
            read = kinds.get(raw.FPDFAnnot_GetSubtype(annotation)) if annotation else None
            told = read(document, annotation) if read else None
            if told is not None and told[0].strip():
                yield Filled(number, told[0].strip()[:_LONGEST], *_box(page, annotation), told[1])


@contextmanager
def annotation_at(page: Any, place: int) -> Iterator[Any]:
    """The annotation at a place of a page, from 0, for as long as it is looked at; None where there is none."""
    from pypdfium2 import raw

    annotation = raw.FPDFPage_GetAnnot(page, place)
    try:
        yield annotation
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _note(_document: Any, annotation: Any) -> tuple[str, tuple[str, ...]]:
    from pypdfium2 import raw

    return text_of(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)), ()


def _field(document: Any, annotation: Any) -> tuple[str, tuple[str, ...]] | None:
    """The value of a form's field, `yes` for a ticked box, and the names that the form gives to it; None for buttons and signatures."""
    from pypdfium2 import raw

    form = document.formenv
    if form is None:
        return None
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    names = tuple(
        text_of(lambda buffer, size, read=read: read(form, annotation, buffer, size))  # type: ignore[misc]
        for read in (raw.FPDFAnnot_GetFormFieldAlternateName, raw.FPDFAnnot_GetFormFieldName)
    )
    named = tuple(dict.fromkeys(name for name in names if name))
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        if not raw.FPDFAnnot_IsChecked(form, annotation):
            return None
        export = text_of(lambda buffer, size: raw.FPDFAnnot_GetFormFieldExportValue(form, annotation, buffer, size))
        return "yes" if export.casefold() in _UNNAMED | {"on", "yes", "1"} else export, named
    if kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return text_of(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)), named
    return None


def text_of(read: Callable[[Any, int], int]) -> str:
    """A text as PDFium hands it out, asked for twice: how long, then what."""
    from pypdfium2 import raw

    size = read(None, 0)
    if size <= 2 or size > 4 * _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")


def _box(page: Any, annotation: Any) -> tuple[float, float, float, float]:
    from pypdfium2 import raw

    from ur_desk.documents.record_pages import box_on

    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    return box_on(page, (rect.left, rect.bottom, rect.right, rect.top))
