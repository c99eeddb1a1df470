"""What the process apart does with an official form: tell its fields and its print, or fill it in."""

from dataclasses import dataclass

import msgspec

from ur_desk.documents import form_fill

NEEDED = ("pypdfium2", "pypdfium2.raw", "ur_desk.documents.record_fields", "ur_desk.documents.record_pages", "ur_desk.domain.intake.sheets")
"""Everything that reading a form may need."""
LOOK = "look"


@dataclass(frozen=True, slots=True)
class Told:
    """The fields of a form and what is printed on it, or its bytes once filled in; what was not asked is empty."""

    fields: tuple[str, ...] = ()
    printed: str = ""
    filled: bytes = b""


@dataclass(frozen=True, slots=True)
class Filling:
    """The values by the names of their fields, and the word across each page, if any."""

    values: dict[str, str]
    mark: str = ""


def read(data: bytes, name: str, format_: str) -> Told:
    """What is asked of the file in `format_`: `look`, or a `Filling` as JSON; UserError where it is refused."""
    if format_ == LOOK:
        return Told(fields=form_fill.fields(data, name), printed=form_fill.printed(data, name))
    asked = msgspec.json.decode(format_, type=Filling)
    return Told(filled=form_fill.fill(data, name, asked.values, asked.mark))
