"""How long things stay: the day on which a case may go, and every event told in words."""

from datetime import date
from typing import get_args

import pytest
from builders import NOW

from ur_desk.domain.events import CaseId, EventId
from ur_desk.domain.people import AccountId
from ur_desk.domain.telling import tell
from ur_desk.domain.trail import keeping as kp
from ur_desk.errors import UserError
from ur_desk.records.events import body_bytes, body_from
from ur_desk.records.keeping import about_bytes, about_from

CASE, ADA, SOL = CaseId("c1"), AccountId("ada"), AccountId("sol")
BODIES = (
    kp.BackupMade("/backups/b", "00", 7, "ff", True),
    kp.BackupRestored("00", 7, "ff", NOW, "w-before"),
    kp.BackupPlaceChosen("/drive"),
    kp.BackupPlaceChosen(""),
    kp.Encrypted(100, 7, "ff"),
    kp.RetentionSet(12),
    kp.PurgeProposed((CASE,), ("UR-2017-000001",), "ten years"),
    kp.PurgeDropped(EventId("e1"), "not yet"),
    kp.Purged(EventId("e1"), (CASE,), ("UR-2017-000001",), (EventId("e0"),), ("aa",), ("bb",), "ten years", ADA, NOW, SOL, ("b",)),
    kp.HoldPlaced("lawsuit"),
    kp.HoldLifted("settled"),
)


def test_every_body_is_told_and_comes_back_from_its_bytes() -> None:
    assert {type(body) for body in BODIES} == {*get_args(kp.KeepingBody), *get_args(kp.HoldBody)}
    for body in BODIES:
        assert tell(body).strip()
        assert body_from(body_bytes(body)) == body


@pytest.mark.parametrize(
    ("last", "years", "until"),
    [
        (date(2017, 10, 9), 10, date(2027, 10, 9)),
        (date(2016, 2, 29), 10, date(2026, 3, 1)),
        (date(2016, 2, 29), 8, date(2024, 2, 29)),
    ],
)
def test_a_case_may_go_on_the_day_its_years_are_over(last: date, years: int, until: date) -> None:
    assert kp.kept_until(last, years) == until


ABOUT = kp.About(1, NOW, 7, "ff", "0.1.0", "00", "11")


def test_what_a_backup_says_of_itself_comes_back() -> None:
    assert about_from(about_bytes(ABOUT)) == ABOUT


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"form": 7}', b'{"form": "ur-desk-backup/1", "schema": "one"}', b"\xff"])
def test_what_says_nothing_of_a_backup_is_refused(data: bytes) -> None:
    with pytest.raises(UserError):
        about_from(data)


def test_a_newer_form_is_refused_politely() -> None:
    with pytest.raises(UserError, match="newer version"):
        about_from(about_bytes(ABOUT).replace(b"backup/1", b"backup/2"))
