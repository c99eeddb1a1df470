"""Small readings of words that every stage needs: plain spacing, dates, dashes, list marks."""

import re
from datetime import date

DASH = "(?:--|[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d])"
"""A hyphen or dash as documents print it between the ends of a range."""

# a soft hyphen between letters only divides a word; between codes it is printed as a dash
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<=[A-Za-z])\u00ad(?=[a-z])")
_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_DATE = re.compile(
    r"(?<!\d)(?:(?P<m>\d{1,2})\s?/\s?(?P<d>\d{1,2})\s?/\s?(?P<y>\d{4}|\d{2})(?!\d)"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)"
    rf"|(?P<name>{'|'.join(_MONTHS)})\.?\s+(?P<nd>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ny>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_BEFORE_A_DAY = re.compile(
    r"[\W_]*(?:(?:for )?(?:dates? of service|(?:all )?services?(?: (?:performed|rendered|provided))?|claims?(?: received| submitted)?) )?"
    r"(?:(?:on or after|on|from|as of|since|beginning|starting|effective)[\s:]+){0,2}",
    re.IGNORECASE,
)
YEARS = range(1960, 2100)
"""Years in which a policy is in force or was looked at; another one is a misprint."""
_DIGIT = re.compile(r"\d")
_LIST_MARK = re.compile(r"\s*(?:[•●▪◦‣*\-–—]\s+|\[[ xX]?\]\s|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,5})[.)]\s+)")


def plain(text: str) -> str:
    """The text with every run of white space, hard spaces included, as one space, and nothing that cannot be seen."""
    return " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())


def find_date(text: str) -> re.Match[str] | None:
    """The first thing printed as a full day: 09/27/2017, 2017-09-27 or September 27, 2017 (months come first)."""
    return _DATE.search(text) if _DIGIT.search(text) else None


def leading_date(text: str) -> re.Match[str] | None:
    """The full day with which a value begins; words such as "for services performed on or after" may stand before it, nothing else may.

    A value that says something first tells of another day: "see publish date 01/01/2019" is no first day.
    """
    before = _BEFORE_A_DAY.match(text)
    return _DATE.match(text, before.end() if before else 0)


def day_of(found: re.Match[str]) -> date | None:
    """The day that was printed; None where the calendar has no such day, or no policy is of such a year."""
    part = found.groupdict()
    if part["m"]:
        year, month, day = part["y"], part["m"], part["d"]
    elif part["iy"]:
        year, month, day = part["iy"], part["im"], part["id"]
    else:
        year, month, day = part["ny"], str(_MONTHS[part["name"].lower()]), part["nd"]
    try:
        told = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return told if told.year in YEARS else None


def is_list_item(line: str) -> bool:
    """Whether the line begins with a bullet, a box, or a short number or letter with a dot or bracket."""
    return bool(_LIST_MARK.match(line))


def sentence(text: str) -> bool:
    """Whether a line is prose: long enough to say something and not a bare label or title."""
    return len(text) >= 60 and text.count(" ") >= 8
