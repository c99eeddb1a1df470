"""Time zones by name, and what a local time can mean."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ur_desk.domain.zones import instants, offset_name, zone, zone_name

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("America/New_York", "America/New_York"),
        ("  America/Indiana/Indianapolis ", "America/Indiana/Indianapolis"),
        ("Eastern", "America/New_York"),
        ("et", "America/New_York"),
        ("UTC", "UTC"),
        ("Z", "UTC"),
        ("-05:00", "-05:00"),
        ("-0500", "-05:00"),
        ("-5", "-05:00"),
        ("UTC-5", "-05:00"),
        ("+05:30", "+05:30"),
        ("+00:00", "UTC"),
        ("-00:00", "UTC"),
        ("EST", None),
        ("America", None),
        ("America/Nowhere", None),
        ("../etc/passwd", None),
        ("/etc/passwd", None),
        ("Eastern Standard Time", None),
        ("+15:00", None),
        ("+05:75", None),
        ("", None),
    ],
)
def test_a_zone_has_one_name_however_it_is_said(text: str, name: str | None) -> None:
    assert zone_name(text) == name


@pytest.mark.parametrize("name", ["EST", "", "America/Nowhere", " America/New_York"])
def test_only_the_one_name_opens_a_zone(name: str) -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        zone(name)


@settings(deadline=None)
@given(st.integers(-14 * 60, 14 * 60))
def test_an_offset_has_a_name_that_means_it(minutes: int) -> None:
    offset = timedelta(minutes=minutes)
    name = offset_name(offset)
    assert zone(name).utcoffset(None) == offset
    assert zone_name(name) == name


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        pytest.param("2026-07-01 12:00", ["16:00"], id="summer"),
        pytest.param("2026-12-01 12:00", ["17:00"], id="winter"),
        pytest.param("2026-11-01 01:30", ["05:30", "06:30"], id="the repeated hour"),
        pytest.param("2026-03-08 02:30", [], id="the skipped hour"),
        pytest.param("2026-03-08 03:00", ["07:00"], id="right after the skipped hour"),
    ],
)
def test_a_local_time_means_one_instant_or_two_or_none(local: str, hours: list[str]) -> None:
    assert [f"{at:%H:%M}" for at in instants(datetime.fromisoformat(local), NEW_YORK)] == hours


@settings(deadline=None)
@given(st.datetimes(datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2100-01-01")))
def test_every_instant_is_among_those_that_its_local_time_means(at: datetime) -> None:
    at = at.replace(tzinfo=UTC)
    local = at.astimezone(NEW_YORK).replace(tzinfo=None, fold=0)
    assert at in instants(local, NEW_YORK)
