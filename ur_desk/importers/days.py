"""Days as files write them: with digits in any order, with the month's name, or as the number that a spreadsheet counts days with."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ur_desk.domain.intake.mapping import DateOrder

_DIGITS = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})")
_COMPACT = re.compile(r"[0-9]{8}")
_SERIAL = re.compile(r"([1-7][0-9]{4})(?:\.([0-9]+))?")
_NAMED = re.compile(
    r"(?:(?P<d1>[0-9]{1,2})[ -]*(?P<m1>[A-Za-z]{3,9})\.?|(?P<m2>[A-Za-z]{3,9})\.?[ -]*(?P<d2>[0-9]{1,2}))[,]?[ -]*(?P<y>[0-9]{4}|[0-9]{2})"
)
_TIME = re.compile(r"[T ]\s*([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?)\s*(Z|z|[+-][0-9]{2}:?[0-9]{2})?$")
_SPAN = re.compile(
    r"\s+(?:-|–|—|to|thru|through)\s+|\s*(?:–|—|\bto\b|\bthru\b|\bthrough\b)\s*|(?<=[0-9]{4})\s*-\s*(?=[0-9]{1,2}[/.])", re.IGNORECASE
)
_MONTHS = {name: n for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's count, for days after February 1900."""
_COUNTED = re.compile(r"([0-9]{4,5})(\.[0-9]+)?")
_FOUR_YEARS = 1462
_LAST_SERIAL = 73_050
_LONGEST = 80
"""Characters of the longest day, or span of days, that anybody writes."""
_YEARS = range(1850, 2200)


class Told(NamedTuple):
    """A day as ISO text, its time of day as it stood, and whether it was written as a spreadsheet's number."""

    day: str
    time: str = ""
    serial: bool = False


def read_day(text: str, order: DateOrder, *, short_years: bool) -> Told | None:
    """The day that a text names, None where it names none.

    Years of two digits are of this century; where `short_years` is false, as for births, they name no day.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    clock = ""
    if found := _TIME.search(text):
        clock = found[1].strip() + (found[2] or "").upper()
        text = text[: found.start()].strip()
    day = _plain(text, order, short_years)
    if day is not None:
        return Told(day.isoformat(), clock)
    serial = _SERIAL.fullmatch(text)
    if serial and not clock and int(serial[1]) <= _LAST_SERIAL:
        return Told((_EPOCH + timedelta(days=int(serial[1]))).isoformat(), _part_of_day(serial[2]), serial=True)
    return None


def read_span(text: str, order: DateOrder) -> tuple[Told | None, Told | None]:
    """The first and the last day of a span; the last is None where one day stands alone, both where no day stands."""
    text = text.strip()
    ends = [end for end in _SPAN.split(text, maxsplit=1) if end and end.strip()] if len(text) <= _LONGEST else []
    days = [read_day(end, order, short_years=True) for end in ends]
    if not days or None in days:
        return None, None
    return days[0], days[1] if len(days) > 1 else None


def counted_from_1900(text: str) -> str:
    """A number that counts days from 1904 as the number that counts them from 1900; any other text as it stands."""
    found = _COUNTED.fullmatch(text.strip())
    return f"{int(found[1]) + _FOUR_YEARS}{found[2] or ''}" if found else text


def ways(text: str) -> frozenset[DateOrder]:
    """The orders of month and day in which digits name a day, or a span's days; none where no order matters."""
    told = frozenset[DateOrder]()
    for end in _SPAN.split(text.strip(), maxsplit=1) if len(text) <= _LONGEST else ():
        found = _DIGITS.match(end.strip()) if end else None
        if found and len(found[1]) < 3 and found[1].lstrip("0") != found[3].lstrip("0"):
            told |= {order for order in (DateOrder.MDY, DateOrder.DMY) if _of_digits(found[1], found[3], found[4], order, True)}
    return told


def orders_of(texts: Iterable[str]) -> Counter[DateOrder]:
    """How many different days can be read in one order only, by that order."""
    return Counter(next(iter(told)) for text in {text.strip() for text in texts} if len(told := ways(text)) == 1)


class Order(NamedTuple):
    """The order in which a column writes its days, why it was taken, and whether a person must still say it."""

    order: DateOrder
    why: str = ""
    open: bool = False


def order_of(texts: Iterable[str], others: Counter[DateOrder]) -> Order:
    """The order of the days of a column that can be read in one order only, and where it has none, of those of the `others` of the file.

    Where days can be read both ways and no day, or a single one that begins with the day, or days of both kinds speak for an order, a
    person must say it: one slip of the pen would turn every other day around.
    """
    every = [text for text in texts if ways(text)]
    own, both = orders_of(every), any(len(ways(text)) > 1 for text in every)
    told = own or others
    if told[DateOrder.DMY] and told[DateOrder.MDY]:
        return Order(DateOrder.MDY, "some begin with the day and some with the month; the month was taken to come first", both)
    if told[DateOrder.DMY] > 1 or (own[DateOrder.DMY] and not both):
        return Order(DateOrder.DMY, "a first number is above 12 and no second one, so that the day comes first")
    if told[DateOrder.DMY] and both:
        # what stands in the column itself can only be read so; another column's single day moves nothing here
        taken = DateOrder.DMY if own else DateOrder.MDY
        first = "day" if own else "month"
        return Order(
            taken, f"a single one begins with the day, and all others can be read both ways; the {first} was taken to come first", True
        )
    if both and not told:
        return Order(DateOrder.MDY, "all can be read both ways; the month was taken to come first", True)
    return Order(DateOrder.MDY, "the month comes first" if every else "")


def _plain(text: str, order: DateOrder, short_years: bool) -> date | None:
    if digits := _DIGITS.fullmatch(text):
        return _of_digits(digits[1], digits[3], digits[4], order, short_years)
    if _COMPACT.fullmatch(text):
        year_first = 1850 <= int(text[:4]) < 2200
        parts = (text[:4], text[4:6], text[6:]) if year_first else (text[:2], text[2:4], text[4:])
        return _of_digits(*parts, order, short_years)
    if named := _NAMED.fullmatch(text):
        month = _MONTHS.get((named["m1"] or named["m2"])[:3].casefold())
        return _day(named["y"], month, int(named["d1"] or named["d2"]), short_years) if month else None
    return None


def _of_digits(first: str, second: str, third: str, order: DateOrder, short_years: bool) -> date | None:
    if len(first) == 4 or (order is DateOrder.YMD and len(third) < 3):
        return _day(first, int(second), int(third), short_years)
    if len(third) not in (2, 4) or len(first) > 2:
        return None
    month, day = (int(second), int(first)) if order is DateOrder.DMY else (int(first), int(second))
    return _day(third, month, day, short_years)


def _day(year: str, month: int, day: int, short_years: bool) -> date | None:
    if len(year) == 2:
        if not short_years:
            return None
        year = f"20{year}"
    try:
        return date(int(year), month, day) if int(year) in _YEARS else None
    except ValueError:
        return None


def _part_of_day(fraction: str | None) -> str:
    seconds = round(float(f"0.{fraction}") * 86_400) if fraction else 0
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" if 0 < seconds < 86_400 else ""
