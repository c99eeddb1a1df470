"""What the process apart does with a record of pages: one question about it at a time."""

from dataclasses import dataclass

from ur_desk.documents import record_pages as pages
from ur_desk.documents.record_pages import Facts, Picture
from ur_desk.domain.intake.sheets import Sheet, Word

NEEDED = (
    "pypdfium2", "pypdfium2.raw", "PIL.Image", "PIL.ImageOps", "PIL.ImageFile", "PIL.ExifTags", "PIL.PngImagePlugin", "PIL.JpegImagePlugin",
    "PIL.MpoImagePlugin", "PIL.TiffImagePlugin", "xml.etree.ElementTree", "zlib", "ur_desk.documents.record_images",
    "ur_desk.documents.record_fields",
)  # fmt: skip
"""Everything that reading a record may need."""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to one question; what was not asked is empty."""

    facts: Facts | None = None
    picture: Picture | None = None
    words: tuple[Word, ...] = ()
    texts: tuple[tuple[str, ...], ...] = ()
    form: tuple[Sheet, ...] = ()


def read(data: bytes, name: str, format_: str) -> Told:
    """What is asked of the file in `format_`: `facts`, `picture 3 1200` (page and width), `words 3`, `texts` or `form`; UserError where
    it is refused, ValueError for any other question."""
    match format_.split():
        case ["facts"]:
            return Told(facts=pages.facts(data, name))
        case ["picture", page, width]:
            return Told(picture=pages.picture(data, name, int(page), int(width)))
        case ["words", page]:
            return Told(words=pages.words(data, name, int(page)))
        case ["texts"]:
            return Told(texts=pages.texts(data, name))
        case ["form"]:
            return Told(form=pages.form(data, name))
    raise ValueError("no question about a record")
