"""Official forms as the customer installs them (AcroForm): which fields they have, what they print, and their fields filled in."""

import ctypes
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ur_desk.documents.record_fields import MOST, annotation_at, text_of
from ur_desk.documents.record_pages import opened
from ur_desk.errors import UserError

_ID = re.compile(rb"/ID ?\[ ?<[0-9A-Fa-f]{32}> ?<[0-9A-Fa-f]{32}> ?\]")
_WIDTH_OF_A_LETTER = 0.5
_LEADING = 1.2
_STAMP_SIZE = 72.0


def fields(data: bytes, name: str) -> tuple[str, ...]:
    """The names of the form's text fields in their order, each once; UserError where the file is no PDF, or has none."""
    with opened(data, name) as document:
        found = tuple(dict.fromkeys(field for page in document for field, _ in _text_fields(document, page)))
    if not found:
        raise UserError(f"{name} has no fields that could be filled in.", "Install the fillable form. Nothing was changed.")
    return found


def printed(data: bytes, name: str) -> str:
    """What is printed on the form's pages, blanks as single ones."""
    with opened(data, name) as document:
        return " ".join(" ".join(str(page.get_textpage().get_text_bounded()).split()) for page in document)


def fill(data: bytes, name: str, values: Mapping[str, str], mark: str = "") -> bytes:
    """The form with these values in its fields, by their names, and a word across each page where one is given; the same values give
    the same bytes. UserError where a field is not there, or would not show its value whole."""
    left = set(values)
    with opened(data, name) as document:
        for page in document:
            for field, annotation in _text_fields(document, page):
                if field in values:
                    _check_room(document, annotation, field, values[field])
                    _put(document, page, annotation, field, values[field])
                    left.discard(field)
            if mark:
                _stamp(document, page, mark)
        if left:
            raise UserError(f"{name} has no field “{min(left)}”.", "Look at the fields of the installed form. Nothing was issued.")
        out = io.BytesIO()
        document.save(out)
    return _settled(out.getvalue(), data, values)


def _text_fields(document: Any, page: Any) -> Iterator[tuple[str, Any]]:
    from pypdfium2 import raw

    form = document.formenv
    if form is None:
        return
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), MOST)):
        with annotation_at(page, place) as annotation:
            if annotation and raw.FPDFAnnot_GetFormFieldType(form, annotation) == raw.FPDF_FORMFIELD_TEXTFIELD:
                yield _name(form, annotation), annotation


def _name(form: Any, annotation: Any) -> str:
    from pypdfium2 import raw

    return text_of(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size))


def _put(document: Any, page: Any, annotation: Any, field: str, value: str) -> None:
    """Types the value into the field, so that the field draws it, and reads it back: a form may cut what it takes."""
    from pypdfium2 import raw

    form = document.formenv
    typed = value.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(typed, len(typed))
    raw.FORM_SetFocusedAnnot(form, annotation)
    raw.FORM_SelectAllText(form, page)
    raw.FORM_ReplaceSelection(form, page, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)))
    raw.FORM_ForceToKillFocus(form)
    held = text_of(lambda into, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, into, size))
    if held.split() != value.split():
        raise _too_small(field)


def _check_room(document: Any, annotation: Any, field: str, value: str) -> None:
    """Refuses a text that a field of a fixed size of letters cannot show whole; a field of no fixed size shrinks its letters."""
    from pypdfium2 import raw

    size, box = ctypes.c_float(), raw.FS_RECTF()
    if not raw.FPDFAnnot_GetFontSize(document.formenv, annotation, size) or not size.value or not raw.FPDFAnnot_GetRect(annotation, box):
        return
    across = max(int((box.right - box.left) / (size.value * _WIDTH_OF_A_LETTER)), 1)
    lines = sum(-(-max(len(line), 1) // across) for line in value.split("\n"))
    if lines > 1 and lines * size.value * _LEADING > box.top - box.bottom:
        raise _too_small(field)


def _too_small(field: str) -> UserError:
    return UserError(
        f"The form's field “{field}” does not take the whole text.",
        "Say it in fewer words, or type the data sheet by hand. Nothing was issued.",
    )


def _stamp(document: Any, page: Any, mark: str) -> None:
    from pypdfium2 import raw

    drawn = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica-Bold", _STAMP_SIZE)
    typed = mark.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(typed, len(typed))
    raw.FPDFText_SetText(drawn, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)))
    raw.FPDFPageObj_SetFillColor(drawn, 190, 60, 60, 90)
    width, height = page.get_size()
    raw.FPDFPageObj_Transform(drawn, 0.7, 0.7, -0.7, 0.7, width * 0.22, height * 0.28)
    raw.FPDFPage_InsertObject(page.raw, drawn)
    raw.FPDFPage_GenerateContent(page.raw)


def _settled(pdf: bytes, data: bytes, values: Mapping[str, str]) -> bytes:
    """The same bytes for the same form and values: the identifier that is drawn by lot follows from both."""
    told = repr(sorted(values.items())).encode()
    name = hashlib.sha256(data + told).hexdigest()[:32].upper().encode()
    return _ID.sub(lambda found: b"/ID[<" + name + b"><" + name + b">]", pdf)
