"""What kind of place a folder is, told from what the system says of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ur_desk.store import places
from ur_desk.store.places import Place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/plan nfs4 rw 0 0
//server/share /mnt/two\\040words cifs rw 0 0
/dev/sdb1 /mnt/plan/local ext4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/mara", "ext4"),
        ("/mnt/plan/w", "nfs4"),
        ("/mnt/planet", "ext4"),
        ("/mnt/two words/w", "cifs"),
        ("/mnt/plan/local/w", "ext4"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert places._linux(Path(folder), mounts) == kind


def test_what_the_system_does_not_tell_is_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places._linux(tmp_path, tmp_path / "missing") == ""
    monkeypatch.setattr(places, "file_system", lambda folder: "")
    assert places.place_of(tmp_path / "not" / "there" / "yet") is Place.LOCAL


@pytest.mark.parametrize("name", ["Dropbox", "dropbox", "OneDrive - Plan", "OneDrive", "iCloud Drive", "Dropbox (Plan)"])
def test_a_folder_that_synchronises_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    assert places.synced(tmp_path / name / "cases")


def test_a_folder_that_synchronises_is_known_by_the_mark_that_its_program_leaves(tmp_path: Path) -> None:
    (tmp_path / "work" / ".stfolder").mkdir(parents=True)
    assert places.synced(tmp_path / "work" / "deep")
    assert not places.synced(tmp_path / "other")
    assert not places.synced(tmp_path / "boxes")


def test_a_process_that_ended_does_not_live() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert not places.lives(child.pid)
    assert places.lives(os.getpid())
    assert places.lives(1)
