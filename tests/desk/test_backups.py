"""Backups of a workspace, made by hand and by themselves, and their return."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, enrolled, open_desk, opened, passphrase, people, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.restoring import Restored, restore_desk
from ur_desk.domain.people import Role
from ur_desk.domain.trail.keeping import to_keep
from ur_desk.errors import Damaged, Forbidden, UserError
from ur_desk.store import places
from ur_desk.store.backup import read_about, whole
from ur_desk.store.store import SCHEMA


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "w", "ada", clock=FixedClock(), tables=TABLES, zone="UTC")
    people(desk)
    sit_down(desk, "ada")
    yield desk
    desk.close()


def restored(file: Path, folder: Path, user: str = "ada", *, replace: bool = False, days: int = 1) -> Restored:
    clock = FixedClock(NOW + timedelta(days=days))
    return restore_desk(file, folder, user, passphrase(user), replace=replace, clock=clock, tables=TABLES)


def days_on(desk: Desk, days: int = 1) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at += timedelta(days=days)


@pytest.mark.toy(24)
def test_a_backup_comes_back_as_the_workspace_that_it_was(desk: Desk, tmp_path: Path) -> None:
    number = opened(desk).number
    made = desk.keeping.back_up(tmp_path / "b.urbackup").value
    opened(desk, reference="LATER")
    back = restored(tmp_path / "b.urbackup", tmp_path / "back")
    try:
        assert back.desk.review.find(number)
        assert (back.about.events, back.about.head, back.kept_as) == (made.events, made.head, None)
        assert len(back.desk.store.cases.ids()) == 1
        assert back.desk.supervision.verification().holds
    finally:
        back.desk.close()
    assert desk.supervision.verification().holds


@pytest.mark.toy(24)
def test_nothing_in_a_backup_can_be_read_without_a_passphrase(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk)
    desk.keeping.back_up(tmp_path / "b.urbackup")
    data = (tmp_path / "b.urbackup").read_bytes()
    assert case.request.member.family.encode() not in data
    assert b"SQLite format 3" not in data
    with pytest.raises(UserError, match="passphrase is wrong"):
        restore_desk(tmp_path / "b.urbackup", tmp_path / "back", "ada", "nine wrong words walk home again", tables=TABLES)
    assert not (tmp_path / "back").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.urbackup", "w"]


def test_a_backup_never_overwrites_a_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        desk.keeping.back_up(tmp_path / "b")
    assert (tmp_path / "b").read_text() == "mine"


def test_a_backup_into_a_folder_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        desk.keeping.back_up(tmp_path / "nowhere" / "b")


def test_a_backup_that_does_not_open_does_not_count(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = desk.store.copy_to

    def spoilt(path: Path) -> None:
        honest(path)
        data = bytearray(path.read_bytes())
        data[-2000] ^= 1
        path.write_bytes(data)

    monkeypatch.setattr(desk.store, "copy_to", spoilt)
    with pytest.raises(Damaged):
        desk.keeping.back_up(tmp_path / "b")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["w"]


@pytest.mark.parametrize("place", [30, 2000, -3000])
def test_one_flipped_byte_of_a_backup_is_found_before_anything_is_laid_anywhere(desk: Desk, tmp_path: Path, place: int) -> None:
    file = tmp_path / "b"
    desk.keeping.back_up(file)
    data = bytearray(file.read_bytes())
    data[place] ^= 0x10
    file.write_bytes(data)
    assert not whole(file)
    with pytest.raises(UserError):
        restored(file, tmp_path / "back")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "w"]


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(UserError, match="no backup"):
        restored(tmp_path / "b", tmp_path / "back")
    with pytest.raises(UserError, match="cannot be read"):
        restored(tmp_path / "missing", tmp_path / "back")


def test_a_backup_with_other_names_in_it_or_packed_otherwise_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.keeping.back_up(tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "b") as good:
        parts = {name: good.read(name) for name in good.namelist()}
    for name, more, how in (("path", {"../evil": b"x"}, zipfile.ZIP_STORED), ("bomb", {}, zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(tmp_path / name, "w", how) as bad:
            for part, data in {**parts, **more}.items():
                bad.writestr(part, data)
        with pytest.raises(UserError, match="no backup"):
            restored(tmp_path / name, tmp_path / "back")


def test_a_backup_of_a_newer_program_is_refused_politely(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keeping.back_up(tmp_path / "b")
    monkeypatch.setattr("ur_desk.store.store.SCHEMA", 0)
    with pytest.raises(UserError, match="newer version"):
        restored(tmp_path / "b", tmp_path / "back")


def test_a_folder_with_something_in_it_is_replaced_only_when_asked_and_kept(desk: Desk, tmp_path: Path) -> None:
    desk.keeping.automatic()
    desk.keeping.back_up(tmp_path / "b")
    opened(desk)
    desk.close()
    with pytest.raises(UserError, match="not empty"):
        restored(tmp_path / "b", tmp_path / "w")
    back = restored(tmp_path / "b", tmp_path / "w", replace=True)
    back.desk.close()
    assert back.kept_as is not None
    assert len(list((tmp_path / "w" / "backups").iterdir())) == 1
    before = open_desk(back.kept_as, "ada", tables=TABLES)
    assert len(before.store.cases.ids()) == 1
    before.close()


def test_only_an_administrator_puts_a_backup_in_the_place_of_a_workspace(desk: Desk, tmp_path: Path) -> None:
    desk.keeping.back_up(tmp_path / "b")
    desk.close()
    with pytest.raises(Forbidden, match="Only an administrator"):
        restored(tmp_path / "b", tmp_path / "w", "mara", replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "w"]
    restored(tmp_path / "b", tmp_path / "elsewhere", "mara").desk.close()


def test_an_open_workspace_is_not_replaced(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.keeping.back_up(tmp_path / "b")
    (tmp_path / "w" / "in-use" / "1").write_text(f"mara\n{places.began(1)}")
    with pytest.raises(UserError, match="is open: mara"):
        restored(tmp_path / "b", tmp_path / "w", replace=True)


def test_a_restore_that_was_cut_off_is_told_and_no_workspace_begins_in_its_place(desk: Desk, tmp_path: Path) -> None:
    desk.close()
    (tmp_path / "w").rename(tmp_path / "w.restoring-1234")
    with pytest.raises(UserError, match="was cut off"):
        open_desk(tmp_path / "w", "ada", tables=TABLES)
    assert not (tmp_path / "w").exists()


def test_a_backup_is_made_once_a_day_and_only_where_something_changed(desk: Desk) -> None:
    first = desk.keeping.automatic().made
    assert first is not None
    assert whole(Path(first.path))
    opened(desk)
    assert desk.keeping.automatic().made is None
    days_on(desk)
    assert desk.keeping.automatic().made is not None
    days_on(desk)
    sit_down(desk, "mara")
    assert desk.keeping.automatic().made is None


def test_at_the_opening_a_backup_is_made_only_where_the_last_one_is_days_old(desk: Desk) -> None:
    assert desk.keeping.automatic(overdue_only=True).made is None
    desk.keeping.automatic()
    opened(desk)
    days_on(desk, 2)
    assert desk.keeping.automatic(overdue_only=True).made is None
    days_on(desk, 2)
    assert desk.keeping.automatic(overdue_only=True).made is not None


def test_backups_of_a_year_are_rotated_to_days_weeks_and_months(desk: Desk) -> None:
    every = [NOW + timedelta(days=n) for n in range(400)]
    kept = sorted(to_keep(every), reverse=True)
    assert kept[:7] == every[:-8:-1]
    # seven days, the weeks before that have no day of their own, and the months
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert len({(at.year, at.month) for at in kept}) == 12
    assert len(kept) <= 7 + 4 + 12
    assert to_keep(kept) == frozenset(kept)


def test_older_backups_go_and_files_of_others_stay(desk: Desk) -> None:
    place = desk.keeping.folder
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    for _ in range(10):
        sit_down(desk, "ada")
        desk.accounts.save_profile(desk.accounts.profiles()[0])
        assert desk.keeping.automatic().made is not None
        days_on(desk)
    assert len(desk.keeping.found()) < 10
    assert (place / "notes.txt").read_text() == "mine"
    assert len(list(place.iterdir())) == len(desk.keeping.found()) + 1


def test_a_clock_that_was_set_back_does_not_rotate_the_newest_backup_away(desk: Desk) -> None:
    for _ in range(9):
        desk.accounts.save_profile(desk.accounts.profiles()[0])
        assert desk.keeping.automatic().made
        days_on(desk)
    days_on(desk, -90)
    desk.accounts.save_profile(desk.accounts.profiles()[0])
    made = desk.keeping.automatic().made
    assert made is not None
    assert whole(Path(made.path))


def test_a_second_folder_gets_a_copy_and_its_loss_is_told(desk: Desk, tmp_path: Path) -> None:
    second = tmp_path / "drive"
    with pytest.raises(UserError, match="is not there"):
        desk.keeping.choose_second(second)
    with pytest.raises(UserError, match="in the workspace's own"):
        desk.keeping.choose_second(desk.folder)
    second.mkdir()
    desk.keeping.choose_second(second)
    made = desk.keeping.automatic().made
    assert made is not None
    assert whole(second / Path(made.path).name)
    shutil.rmtree(second)
    days_on(desk)
    desk.accounts.save_profile(desk.accounts.profiles()[0])
    trouble = desk.keeping.automatic().trouble
    assert trouble is not None
    assert "is not there" in trouble.message
    assert len(desk.keeping.found()) == 2


def test_after_a_restore_the_days_backups_go_on(desk: Desk, tmp_path: Path) -> None:
    desk.keeping.back_up(tmp_path / "older")
    for _ in range(5):
        opened(desk)
    desk.keeping.automatic()
    sit_down(desk, "ada")
    desk.close()
    back = restored(tmp_path / "older", tmp_path / "w", replace=True).desk
    assert back.keeping.automatic().made is not None
    assert len(back.keeping.found()) == 2
    back.close()


class _Cut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_restore_that_is_killed_on_the_way_loses_nothing_and_can_be_run_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    desk.keeping.automatic()
    desk.keeping.back_up(tmp_path / "b")
    number = opened(desk).number
    sit_down(desk, "ada")
    desk.close()
    real, left = os.rename, [step]

    def rename(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise _Cut
        real(source, target)

    with monkeypatch.context() as killed:
        killed.setattr("ur_desk.desk.restoring.os.rename", rename)
        killed.setattr("ur_desk.desk.restoring.shutil.rmtree", lambda *told, **more: None)
        with pytest.raises(_Cut):
            restored(tmp_path / "b", tmp_path / "w", replace=True)
    if step == 2:
        with pytest.raises(UserError, match="was cut off"):
            open_desk(tmp_path / "w", "ada", tables=TABLES)
    restored(tmp_path / "b", tmp_path / "w", replace=True, days=2).desk.close()
    folders = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert not any(".restoring-" in path.name for path in folders)
    found = []
    for path in folders:
        again = open_desk(path, "ada", tables=TABLES)
        found.append(again.store.cases.find(number) is not None)
        again.close()
    assert True in found
    assert sum(len(list((path / "backups").glob("*.urbackup"))) for path in folders if (path / "backups").exists()) == 1


@pytest.mark.parametrize("step", [1, 2])
def test_a_restore_that_fails_on_the_way_puts_back_what_was_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    desk.keeping.automatic()
    desk.keeping.back_up(tmp_path / "b")
    number = opened(desk).number
    sit_down(desk, "ada")
    desk.close()
    real, left = os.rename, [step]

    def rename(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise PermissionError(13, "Permission denied")
        real(source, target)

    with monkeypatch.context() as failing:
        failing.setattr("ur_desk.desk.restoring.os.rename", rename)
        with pytest.raises(UserError, match="Permission denied"):
            restored(tmp_path / "b", tmp_path / "w", replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "w"]
    again = open_desk(tmp_path / "w", "ada", tables=TABLES)
    assert again.review.find(number)
    assert len(again.keeping.found()) == 1
    again.close()


def test_only_an_administrator_chooses_the_second_folder(desk: Desk, tmp_path: Path) -> None:
    sit_down(desk, "mara")
    with pytest.raises(Forbidden):
        desk.keeping.choose_second(tmp_path)


def test_a_retired_passphrase_opens_older_backups_and_no_newer_ones(desk: Desk, tmp_path: Path) -> None:
    enrolled(desk, "gil", "Gil Haas", frozenset({Role.SUPERVISOR}))
    desk.keeping.back_up(tmp_path / "older")
    desk.accounts.retire("gil")
    desk.keeping.back_up(tmp_path / "newer")
    restored(tmp_path / "older", tmp_path / "a", "gil").desk.close()
    with pytest.raises(UserError, match="no account named gil"):
        restored(tmp_path / "newer", tmp_path / "b", "gil")


def test_what_a_cut_off_backup_left_is_swept_away(desk: Desk) -> None:
    left = desk.keeping.folder / ".checking-1"
    left.mkdir(parents=True)
    (left / "whole").write_bytes(b"half")
    assert desk.keeping.automatic().made is not None
    assert not left.exists()


def test_the_backup_says_of_itself_what_can_be_told_without_patient_data(desk: Desk, tmp_path: Path) -> None:
    desk.keeping.back_up(tmp_path / "b")
    about = read_about(tmp_path / "b")
    assert about.events == desk.store.ledger.last()[0] - 1
    assert about.schema == SCHEMA
