"""Files of every format that payers publish to numbered lines; each reader in a module of its own, imported when it is needed."""

from ur_desk.documents.formats.kinds import NOTHING_SAVED, Format
from ur_desk.documents.formats.source import Source
from ur_desk.errors import UserError

__all__ = ["Format", "Source", "source_of"]


def source_of(data: bytes, name: str, format_: Format) -> Source:
    """The file's lines, read in this process; UserError where it is damaged, locked, a trap, or holds no text.

    Foreign files of any format but text are read through `apart.source_of`, in a process of their own.
    """
    try:
        return _read(data, name, format_)
    except RecursionError as deep:
        raise UserError(f"{name} is nested deeper than any policy is. {NOTHING_SAVED}", "Choose the policy's own document.") from deep


def _read(data: bytes, name: str, format_: Format) -> Source:
    if format_ is Format.PDF:
        from ur_desk.documents.formats.pdf import read_pdf

        return read_pdf(data, name)
    if format_ is Format.DOCX:
        from ur_desk.documents.formats.docx import read_docx

        return read_docx(data, name)
    if format_ is Format.HTML:
        from ur_desk.documents.formats.html import read_html

        return read_html(data, name)
    if format_ is Format.JSON:
        from ur_desk.documents.formats.json_trees import read_json

        return read_json(data, name)
    from ur_desk.documents.text import READER, decode

    decoded = decode(data, name)
    return Source(decoded.text, READER, decoded.cut)
