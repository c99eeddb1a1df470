"""Two programs on one workspace: a write waits its turn, reading never waits, a stale screen is told, a new key waits until all are gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import TABLES, FixedClock, enrolled, open_desk, opened, people, request, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.keeping import standing_of
from ur_desk.desk.steps import finish
from ur_desk.domain.people import Role
from ur_desk.errors import Busy, Stale
from ur_desk.store import vault
from ur_desk.store.places import began


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    first = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES, zone="UTC")
    people(first)
    second = open_desk(tmp_path / "w", "mara", clock=FixedClock(), tables=TABLES)
    yield first, second
    second.close()
    first.close()


def test_what_one_writes_the_other_sees_and_a_stale_screen_is_told(two: tuple[Desk, Desk]) -> None:
    first, second = two
    case = finish(second.intake.open(request())).value
    sit_down(first, "mara")
    first.review.add_note(case.id, "Seen")
    with pytest.raises(Stale):
        second.determinations.withdraw(case.id, case.revision, (1,), asked_by="the office", asked_at=second.clock.now(), how="call")
    assert first.supervision.verification().holds
    assert first.supervision.verification().head == second.supervision.verification().head


def test_a_write_waits_its_turn_and_then_says_so_while_reading_and_backups_go_on(
    two: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two
    case = opened(first)
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    third = open_desk(tmp_path / "w", "sol", clock=FixedClock(), tables=TABLES)
    with first.store.atomic():
        first.store.set("kind", "real")
        with pytest.raises(Busy, match="is held by"):
            third.retention.hold(case.id, "Audit")
        assert second.review.case(case.id) == case
        second.store.copy_to(tmp_path / "copy")
    third.retention.hold(case.id, "Audit")
    third.close()


def test_a_new_data_key_waits_until_nobody_else_has_the_workspace_open(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    first, second = two
    enrolled(first, "gil", "Gil Haas", frozenset({Role.SUPERVISOR}))
    before = first.store.key
    first.accounts.retire("gil")
    assert second.review.desk.store.cases.ids() == ()
    assert first.store.key == before
    assert standing_of(tmp_path / "w").rekey_waits
    second.close()
    first.close()
    desk = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    assert desk.store.key != before
    assert not standing_of(tmp_path / "w").rekey_waits
    assert desk.supervision.verification().holds
    desk.close()


def test_a_number_that_another_process_got_later_is_not_taken_for_the_first(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    note = tmp_path / "w" / "in-use" / "1"
    note.write_text(f"mara\n{began(1)}")
    assert standing_of(tmp_path / "w").open_by == ("mara (process 1)",)
    if began(1):
        note.write_text("mara\nanother boot 17")
        assert standing_of(tmp_path / "w").open_by == ()
    desk.close()


def test_a_process_that_ended_holds_nothing(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES)
    (tmp_path / "w" / "in-use" / "99999999").write_text("gone")
    (tmp_path / "w" / "in-use" / "no number").write_text("stray")
    note = tmp_path / "w" / "in-use" / "1"
    note.write_text(f"mara\n{began(1)}")
    assert standing_of(tmp_path / "w").open_by == ("mara (process 1)",)
    note.write_text("mara")
    assert standing_of(tmp_path / "w").open_by == (() if began(1) else ("mara (process 1)",))
    desk.close()
