"""Which backups are offered before anything is opened, and what a doorway does with one."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, NoShares, desk_in, passphrase

from ur_desk.desk.doorway import Doorway
from ur_desk.desk.restoring import offer, offers
from ur_desk.domain.workspace import WorkspaceKind
from ur_desk.errors import UserError
from ur_desk.store.backup import ABOUT, FOLDER
from ur_desk.store.keyfile import KEYS
from ur_desk.store.vault import DATABASE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with the backups of three days beside it."""
    clock = FixedClock(NOW)
    with desk_in(tmp_path / "w", WorkspaceKind.REAL, clock) as desk:
        for _ in range(3):
            clock.at += timedelta(days=1)
            desk.retention.set_years(desk.retention.state().years + 1)
            assert desk.keeping.automatic().made
    return tmp_path / "w"


def made(folder: Path) -> list[Path]:
    """The backups, the newest first."""
    return sorted((folder / FOLDER).iterdir(), reverse=True)


def spoilt(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def test_the_newest_comes_first_and_names_who_opens_it(folder: Path) -> None:
    found = offers(folder)
    assert [each.path for each in found] == made(folder)
    assert found[0].at.date() == (NOW + timedelta(days=3)).date()
    assert found[0].names == ("ada", "mara", "osei", "sol")


def test_a_newer_backup_that_is_not_whole_is_not_offered(folder: Path) -> None:
    newest, *older = made(folder)
    spoilt(newest)
    assert [each.path for each in offers(folder)] == older


def test_where_none_is_whole_or_none_lies_there_nothing_is_offered(folder: Path, tmp_path: Path) -> None:
    for file in made(folder):
        spoilt(file)
    assert offers(folder) == ()
    assert offers(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("keys", [b"{ not keys", b"", b"\0" * (1 << 25)], ids=["damaged", "empty", "huge"])
def test_a_file_whose_keys_are_none_is_refused(folder: Path, tmp_path: Path, keys: bytes) -> None:
    file = tmp_path / "x.urbackup"
    with zipfile.ZipFile(made(folder)[0]) as good, zipfile.ZipFile(file, "w") as bad:
        bad.writestr(ABOUT, good.read(ABOUT))
        bad.writestr(KEYS, keys)
        bad.writestr(DATABASE, good.read(DATABASE))
    with pytest.raises(UserError):
        offer(file)


def test_whoever_sits_at_the_desk_leaves_before_a_backup_takes_its_place(folder: Path) -> None:
    doorway = Doorway(folder, "ada", clock=FixedClock(NOW + timedelta(days=9)), tables=TABLES, shares=NoShares())
    doorway.open("ada", passphrase("ada"))
    before = made(folder)
    told = doorway.restore(before[-1], "ada", passphrase("ada"))
    assert doorway.desk is None
    assert (folder.parent / told.kept_as / DATABASE).is_file()
    assert made(folder) == before, "no backup came or went on the way"
    assert told.created.date() == (NOW + timedelta(days=1)).date()
    desk = doorway.open("ada", passphrase("ada"))
    assert desk.retention.state().years == 11
    doorway.leave()


def test_a_restore_tells_how_far_it_is_and_can_be_stopped_until_it_takes_its_place(folder: Path) -> None:
    doorway = Doorway(folder, "ada", clock=FixedClock(NOW + timedelta(days=9)), tables=TABLES, shares=NoShares())
    before = {path: path.read_bytes() for path in sorted(folder.parent.rglob("*")) if path.is_file()}
    for at in (0, 100, None):

        def told(percent: int | None, at: int | None = at) -> None:
            if percent == at or at == 0:
                raise UserError("Stopped.")

        with pytest.raises(UserError, match="Stopped"):
            doorway.restore(made(folder)[-1], "ada", passphrase("ada"), told)
        assert {path: path.read_bytes() for path in sorted(folder.parent.rglob("*")) if path.is_file()} == before
    heard: list[int | None] = []
    doorway.restore(made(folder)[-1], "ada", passphrase("ada"), heard.append)
    assert heard[-2:] == [100, None]
    far = [percent for percent in heard if percent is not None]
    assert far == sorted(far)


def test_a_restore_that_was_cut_off_leads_to_the_backups(folder: Path) -> None:
    from ur_desk.errors import Damaged
    from ur_desk.store.vault import RESTORING

    folder.rename(folder.with_name(f"{folder.name}{RESTORING}1234"))
    with pytest.raises(Damaged, match="cut off"):
        Doorway(folder).look()
