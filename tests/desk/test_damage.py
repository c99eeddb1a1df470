"""What befalls a workspace's folder: each opens, or says what is wrong and names the newest good backup; nothing is begun anew over data."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, data_key, open_desk, opened, passphrase, people, sit_down

from ur_desk.desk import workspace as opening
from ur_desk.desk.desk import Desk
from ur_desk.errors import Damaged, UserError
from ur_desk.store import places, vault
from ur_desk.store.backup import FOLDER, whole
from ur_desk.store.keyfile import KEYS

PAGE = 4096


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with a case and a backup."""
    folder = tmp_path_factory.mktemp("begun") / "w"
    desk = open_desk(folder, "ada", clock=FixedClock(), tables=TABLES, zone="UTC")
    people(desk)
    opened(desk)
    sit_down(desk, "ada")
    assert desk.keeping.automatic().made
    desk.close()
    return folder


@pytest.fixture
def folder(begun: Path, tmp_path: Path) -> Path:
    shutil.copytree(begun, tmp_path / "w")
    return tmp_path / "w"


def ada(folder: Path) -> Desk:
    return open_desk(folder, "ada", clock=FixedClock(), tables=TABLES)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * PAGE])


HARM: dict[str, Callable[[Path], object]] = {
    "database missing": lambda f: (f / vault.DATABASE).unlink(),
    "database empty": lambda f: (f / vault.DATABASE).write_bytes(b""),
    "database cut": lambda f: truncate(f / vault.DATABASE),
    "database overwritten": lambda f: (f / vault.DATABASE).write_bytes(b"\0" * 40 * PAGE),
    "first page": lambda f: spoil(f / vault.DATABASE, 100),
    "keys missing": lambda f: (f / KEYS).unlink(),
    "keys damaged": lambda f: (f / KEYS).write_bytes(b'{"schema": "ur-desk-keys/1", "slots": 7}'),
    "keys no JSON": lambda f: (f / KEYS).write_bytes(b"\xff\xfe"),
}


def spoil(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


@pytest.mark.parametrize("harm", HARM)
def test_what_does_not_hold_is_told_with_the_newest_good_backup_and_left_as_it_is(folder: Path, harm: str) -> None:
    HARM[harm](folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.endswith(("-wal", "-shm"))}
    with pytest.raises(Damaged) as told:
        ada(folder)
    name = next((folder / FOLDER).iterdir()).name
    assert f"ur-desk restore {FOLDER}/{name} --replace" in told.value.hint
    after = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.name.endswith(("-wal", "-shm"))}
    assert after == before


def test_a_backup_that_is_no_longer_whole_is_not_the_one_that_is_named(folder: Path) -> None:
    (good,) = (folder / FOLDER).iterdir()
    newer = good.with_name(good.name.replace("20171009", "20171010"))
    shutil.copyfile(good, newer)
    spoil(newer, 20000)
    (folder / vault.DATABASE).unlink()
    with pytest.raises(Damaged) as told:
        ada(folder)
    assert good.name in told.value.hint
    assert newer.name not in told.value.hint


def test_without_a_good_backup_that_is_said_too(folder: Path) -> None:
    shutil.rmtree(folder / FOLDER)
    (folder / vault.DATABASE).unlink()
    with pytest.raises(Damaged, match="No backup lies beside it"):
        ada(folder)


def page_of(folder: Path, name: str) -> int:
    """Where the first page of a table or index begins."""
    db = vault.connect(folder, data_key(folder, "ada"))
    try:
        return (int(db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]) - 1) * PAGE
    finally:
        db.close()


def test_a_spoilt_page_leaves_the_rest_readable_and_refuses_every_write(folder: Path) -> None:
    spoil(folder / vault.DATABASE, page_of(folder, "blob_pieces") + 50)
    desk = ada(folder)
    try:
        with pytest.raises(Damaged):
            desk.store.blobs.damaged()
        assert desk.store.read_only
        case = desk.review.case(desk.store.cases.ids()[0])
        with pytest.raises(UserError, match="open for reading only: a page of its file does not hold"):
            desk.review.add_note(case.id, "A note")
        assert desk.accounts.all()
        assert desk.keeping.automatic().made is None
    finally:
        desk.close()


def test_a_workspace_of_which_the_end_of_the_trail_is_spoilt_opens_for_reading(folder: Path) -> None:
    spoil(folder / vault.DATABASE, page_of(folder, "sqlite_autoindex_events_1") + 50)
    desk = ada(folder)
    try:
        assert desk.store.read_only
        assert len(desk.store.cases.ids()) == 1
        assert desk.person.name == "ada"
    finally:
        desk.close()


def test_a_spoilt_page_is_found_by_the_days_backup(folder: Path) -> None:
    spoil(folder / vault.DATABASE, page_of(folder, "blob_pieces") + 50)
    shutil.rmtree(folder / FOLDER)
    desk = ada(folder)
    trouble = desk.keeping.automatic().trouble
    desk.close()
    assert isinstance(trouble, Damaged)
    assert list((folder / FOLDER).iterdir()) == []


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "may_write", lambda path: False)


@pytest.mark.usefixtures("read_only")
def test_a_folder_that_may_only_be_read_opens_for_reading_and_nothing_is_left_in_it(folder: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    desk = ada(folder)
    try:
        case = desk.review.case(desk.store.cases.ids()[0])
        assert case.number
        assert desk.supervision.verification().holds
        with pytest.raises(UserError, match="you may not write to its folder"):
            desk.review.add_note(case.id, "A note")
    finally:
        desk.close()
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


@pytest.mark.usefixtures("read_only")
def test_a_folder_that_may_only_be_read_is_backed_up_elsewhere(folder: Path, tmp_path: Path) -> None:
    desk = ada(folder)
    desk.keeping.back_up(tmp_path / "b")
    desk.close()
    assert whole(tmp_path / "b")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b", "w"]


@pytest.mark.usefixtures("read_only")
def test_what_lies_in_the_log_only_is_read_too(folder: Path, tmp_path: Path) -> None:
    key = data_key(folder, "ada")
    writer = vault.connect(folder, key)
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("INSERT INTO workspace VALUES ('later', 'yes')")
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    writer.close()
    desk = ada(copy)
    assert desk.store.setting("later") == "yes"
    desk.close()


@pytest.mark.usefixtures("read_only")
def test_a_one_time_code_is_not_used_up_where_nothing_can_be_written(folder: Path) -> None:
    with pytest.raises(UserError):
        open_desk(folder, "nobody", tables=TABLES)


def test_a_drive_that_vanishes_refuses_the_next_step_and_nothing_is_written_into_the_void(folder: Path, tmp_path: Path) -> None:
    desk = ada(folder)
    case = desk.store.cases.ids()[0]
    folder.rename(tmp_path / "away")
    with pytest.raises(UserError, match="is not where it was"):
        desk.review.add_note(case, "A note")
    (tmp_path / "away").rename(folder)
    desk.review.add_note(case, "A note")
    desk.close()


def test_another_file_under_the_same_name_is_not_taken_for_the_open_one(folder: Path) -> None:
    desk = ada(folder)
    case = desk.store.cases.ids()[0]
    os.replace(shutil.copyfile(folder / vault.DATABASE, folder / "other"), folder / vault.DATABASE)
    with pytest.raises(UserError, match="is not where it was"):
        desk.review.add_note(case, "A note")
    desk.close()


def test_a_full_disk_keeps_all_that_was_and_nothing_of_the_step(folder: Path) -> None:
    desk = ada(folder)
    case = desk.review.case(desk.store.cases.ids()[0])
    before = desk.store.ledger.last()
    pages = desk.store._door.execute("PRAGMA page_count").fetchone()[0]
    desk.store._door.execute(f"PRAGMA max_page_count={pages}").fetchall()
    with pytest.raises(UserError, match="the disk is full"):
        desk.review.add_note(case.id, "x" * 900_000)
    assert desk.store.ledger.last() == before
    desk.store._door.execute("PRAGMA max_page_count=1000000").fetchall()
    desk.review.add_note(case.id, "x")
    assert desk.supervision.verification().holds
    desk.close()


CHILD = """
import resource, signal, sys
from pathlib import Path
from builders import TABLES, FixedClock, open_desk
from ur_desk.errors import UserError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
desk = open_desk(folder, "ada", clock=FixedClock(), tables=TABLES)
case = desk.store.cases.ids()[0]
most = (folder / "desk.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for what in (lambda: desk.review.add_note(case, "x" * 3_000_000), lambda: desk.keeping.back_up(folder.parent / "b")):
    try:
        what()
    except UserError as wrong:
        print(wrong)
    else:
        print("kept")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file sizes for a process")
def test_a_limit_of_the_file_size_loses_nothing(folder: Path) -> None:
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", CHILD, str(folder)], capture_output=True, text=True, check=True, env=told)
    said = done.stdout.splitlines()
    assert len(said) == 2, done.stderr
    assert "disk" in said[0]
    assert said[1].startswith("The backup cannot be written")
    assert not (folder.parent / "b").exists()
    desk = ada(folder)
    assert desk.supervision.verification().holds
    desk.close()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_workspace_on_a_network_is_refused_with_the_reason(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(places, "file_system", lambda path: kind)
    for where in (folder, folder.parent / "new"):
        with pytest.raises(UserError, match="on a network drive"):
            ada(where)
    assert not (folder.parent / "new").exists()


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Fernhill Health", "Nextcloud"])
def test_no_new_workspace_begins_where_another_program_copies_files_about(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(UserError, match="synchronises"):
        ada(tmp_path / name / "w")
    shutil.move(folder, tmp_path / name / "w")
    ada(tmp_path / name / "w").close()


def test_a_wrong_passphrase_is_no_damage(folder: Path) -> None:
    with pytest.raises(UserError, match="passphrase is wrong") as told:
        opening.open_desk(folder, "ada", passphrase("mara"), clock=FixedClock(NOW), tables=TABLES)
    assert not isinstance(told.value, Damaged)
