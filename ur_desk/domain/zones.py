"""Time zones as people and files name them, and the instants that a local time can mean."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-5][0-9]))?")
_NAMED = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)+")
_FARTHEST = timedelta(hours=14)

# abbreviations such as EST are not here: said in summer they mean two different offsets
_SPOKEN = {
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "eastern": "America/New_York",
    "et": "America/New_York",
    "central": "America/Chicago",
    "ct": "America/Chicago",
    "mountain": "America/Denver",
    "mt": "America/Denver",
    "arizona": "America/Phoenix",
    "pacific": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "puerto rico": "America/Puerto_Rico",
    "indiana": "America/Indiana/Indianapolis",
}


@lru_cache(256)
def zone_name(text: str) -> str | None:
    """The one name under which a zone is kept: an IANA name, `UTC`, or an offset such as `-05:00`; None where the text names none."""
    told = text.strip()
    spoken = _SPOKEN.get(told.casefold())
    if spoken is not None:
        return spoken
    offset = _offset(told)
    if offset is not None:
        return offset_name(offset)
    if not _NAMED.fullmatch(told):
        return None
    try:
        return ZoneInfo(told).key
    except (KeyError, ValueError, OSError):  # no such zone, no zone file, or a folder of zones
        return None


@lru_cache(256)
def zone(name: str) -> tzinfo:
    """The zone of a name that `zone_name` gave; ValueError for any other."""
    if name == "UTC":
        return UTC
    offset = _offset(name)
    if offset is not None:
        return timezone(offset)
    if zone_name(name) != name:
        raise ValueError(f"no such time zone: {name}")
    return ZoneInfo(name)


def offset_name(offset: timedelta) -> str:
    """The name of a fixed offset from UTC, to the minute: `UTC` or `-05:00`."""
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def instants(local: datetime, where: tzinfo) -> tuple[datetime, ...]:
    """The instants (UTC, earliest first) at which clocks of the zone show a local time.

    One as a rule; two in the hour that is repeated when clocks go back; none in the hour that they skip.
    """
    found: list[datetime] = []
    for fold in (0, 1):
        at = local.replace(tzinfo=where, fold=fold).astimezone(UTC)
        if at not in found and at.astimezone(where).replace(tzinfo=None, fold=0) == local:
            found.append(at)
    return tuple(found)


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > _FARTHEST:
        return None
    return -offset if match[1] == "-" else offset
