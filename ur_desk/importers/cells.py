"""Cells to the texts that one would type, with what is doubtful about them; nothing is repaired."""

import re
from typing import NamedTuple

from ur_desk.domain.intake.mapping import Column, Holds
from ur_desk.importers.days import read_day, read_span

_SERVICE = re.compile(r"\s*([0-9]{4}[0-9FTUMftum]|[A-Va-v][0-9]{4})(?:\.0)?(?:\s*[- ]\s*([0-9A-Za-z]{2}))?\s*")
_CODE_WORDS = re.compile(
    r"\s*([A-Za-z][0-9][0-9A-Za-z](?:\.?[0-9A-Za-z]{1,4})?|[0-9]{5,18})\s*(?::|\s[-–—]\s|[-–—]\s|\s\()\s*\S", re.DOTALL
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+[0-9]{1,3}")
_POINT_ZERO = re.compile(r"[0-9]+\.0+")


class Read(NamedTuple):
    """The texts of a cell by the fields that they fill, and the problems of the cell: code and message."""

    told: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...] = ()


def read_cell(column: Column, base: str, text: str) -> Read:
    """What a cell says, `base` being the column's field without the number of a service."""
    holds = column.holds
    if column.values and (known := _translated(column, text)) is not None:
        return Read(((base, known),))
    if holds is Holds.DAY:
        return _day(column, base, text)
    if holds is Holds.INSTANT:
        return _instant(column, text)
    if holds is Holds.DAYS:
        return _span(column, base, text)
    if holds is Holds.NAME:
        return _name(base, text)
    if holds in (Holds.NPI, Holds.NUMBER, Holds.PLACE) and _POINT_ZERO.fullmatch(text.strip()):
        return Read(((base, text.strip().split(".")[0]),))
    if holds is Holds.ID:
        return _id(base, text)
    return Read(((base, text),))


def _translated(column: Column, text: str) -> str | None:
    said = text.strip().casefold()
    return next((value for word, value in column.values if word.casefold() == said), None)


def service_and_modifier(text: str) -> tuple[str, str]:
    """A procedure code and the modifier that stands behind it, as in `72148-26`; a code that a spreadsheet took for a number, as in
    `72148.0`, without its point."""
    found = _SERVICE.fullmatch(text)
    return (found[1], found[2] or "") if found else (text, "")


def code_and_words(text: str) -> tuple[str, str]:
    """A diagnosis code and what stood in the cell, where words stand behind the code, as in `M54.5: Low back pain`."""
    found = _CODE_WORDS.match(text)
    return (found[1], text) if found else (text, "")


def _day(column: Column, base: str, text: str) -> Read:
    birth = base == "member.birth_date"
    told = read_day(text, column.dates, short_years=not birth)
    if told is None:
        return Read(((base, text),))
    return Read(((base, told.day),), _serial(told.serial, told.day))


def _instant(column: Column, text: str) -> Read:
    told = read_day(text, column.dates, short_years=True)
    if told is None:
        return Read((("received_date", text),))
    pairs = [("received_date", told.day)]
    if told.time:
        pairs.append(("received_time", told.time))
    return Read(tuple(pairs), _serial(told.serial, told.day))


def _span(column: Column, base: str, text: str) -> Read:
    group = base.rpartition(".")[0]
    first, last = read_span(text, column.dates)
    if first is None:
        return Read(((f"{group}.first_day", text),))
    pairs = [(f"{group}.first_day", first.day), *([(f"{group}.last_day", last.day)] if last else [])]
    return Read(tuple(pairs), _serial(first.serial, first.day))


def _serial(serial: bool, day: str) -> tuple[tuple[str, str], ...]:
    if not serial:
        return ()
    return (("serial-day", f"A number stands here, as spreadsheets count days; it was read as {day}."),)


def _name(base: str, text: str) -> Read:
    """Family and given name: parted by a comma where there is one, else the last word is taken for the family name."""
    who = base.rpartition(".")[0]
    family, comma, given = text.partition(",")
    if comma:
        return Read(((f"{who}.family", family.strip()), (f"{who}.given", given.strip())))
    words = text.split()
    if len(words) < 2:
        return Read(((f"{who}.family", text.strip()),))
    doubts: tuple[tuple[str, str], ...] = ()
    if len(words) > 2:
        doubts = (("name-parted", "The name has several words; the last was taken for the family name. Check it."),)
    return Read(((f"{who}.family", words[-1]), (f"{who}.given", " ".join(words[:-1]))), doubts)


def _id(base: str, text: str) -> Read:
    told = text.strip()
    if told.startswith("'") and told[1:].isalnum():
        said = "An apostrophe stands before it, as spreadsheets mark text; what stands behind was taken."
        return Read(((base, told[1:]),), (("text-apostrophe", said),))
    return Read(((base, text),), _id_doubts(told))


def _id_doubts(told: str) -> tuple[tuple[str, str], ...]:
    if _SCIENTIFIC.fullmatch(told):
        return (("spoiled-id", "A spreadsheet wrote this number in powers of ten; its last digits are lost. Ask the sender for it."),)
    if _POINT_ZERO.fullmatch(told):
        return (("spoiled-id", "A spreadsheet took this for a number; leading zeros may be lost, and “.0” does not belong to it."),)
    return ()
