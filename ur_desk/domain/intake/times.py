"""Times of day as people write them: on 24 hours, or on twice 12 with am or pm, with or without a mark between hour and minute."""

import re
from datetime import time

LONGEST = 40
"""Characters of the longest time that anybody writes."""

_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,9}))?)? ?(?P<half>[AaPp]\.?(?:[Mm]\.?)?)?"
)
_HALF = re.compile(r"(?P<hour>[0-9]{1,2}?)(?:[:.]?(?P<minute>[0-9]{2}))? ?(?P<half>[AaPp]\.?(?:[Mm]\.?)?)")
_FOUR = re.compile(r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})")


def time_of(text: str) -> time | None:
    """The time of day that a text names (4:58p, 458p, 4.58 pm, 4 pm, 16:58, 1658), None where it names none.

    Three digits without am or pm name none, since they are written for both; nor does a point without them, since a spreadsheet's
    part of a day is written so.
    """
    told = text.strip()
    if len(told) > LONGEST:
        return None
    match = _TIME.fullmatch(told) or _HALF.fullmatch(told) or _FOUR.fullmatch(told)
    if match is None:
        return None
    parts = match.groupdict()
    hour, half = int(parts["hour"]), (parts.get("half") or "")[:1].casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    part = (parts.get("part") or "").ljust(6, "0")[:6]
    try:
        return time(hour, int(parts["minute"] or 0), int(parts.get("second") or 0), int(part))
    except ValueError:
        return None


def both_ways(told: time) -> str:
    """A time on 24 hours and on twice 12, so that whoever reads one of them sees whether it was understood: `16:58 = 4:58 pm`."""
    return f"{told:%H:%M} = {told.hour % 12 or 12}:{told:%M} {'pm' if told.hour >= 12 else 'am'}"
