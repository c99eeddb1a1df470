"""What the process apart does with a policy document: the file's lines."""

from ur_desk.documents.formats import source_of
from ur_desk.documents.formats.kinds import Format
from ur_desk.documents.formats.source import Source

NEEDED = (
    "bz2", "heapq", "html.entities", "json", "lxml.etree", "lzma", "pypdfium2", "pypdfium2.raw", "statistics", "zipfile", "zlib",
    "ur_desk.documents.formats.docx", "ur_desk.documents.formats.html", "ur_desk.documents.formats.json_trees", "ur_desk.documents.formats.pdf",
    "ur_desk.documents.text",
)  # fmt: skip
"""Everything that reading a document may need."""


def read(data: bytes, name: str, format_: str) -> Source:
    """The file's lines; UserError where it is refused."""
    return source_of(data, name, Format(format_))
