"""Files that are written whole or not at all: under a name that nobody foresees, for their owner, with nothing left where it fails."""

import os
import stat
from pathlib import Path

import pytest

from ur_desk.store import backup, whole
from ur_desk.store.keyfile import KEYS
from ur_desk.store.vault import Presence, check_folder
from ur_desk.store.whole import copy_whole, is_left, replace_whole

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of files are those of POSIX")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of more than one piece."""
    file = tmp_path / "source"
    file.write_bytes(os.urandom((1 << 20) + 7))
    return file


def test_a_copy_is_what_was_copied_in_the_place_of_what_lay_there(source: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"older")
    copy_whole(source, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == source.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "source"]


def test_a_copy_that_reads_back_as_another_stands_nowhere(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "copy").write_bytes(b"older")
    monkeypatch.setattr(whole.shutil, "copyfileobj", lambda data, file, piece: file.write(data.read()[:-1]))
    with pytest.raises(ValueError, match="not what was written"):
        copy_whole(source, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"older"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "source"]


@pytest.mark.parametrize("wrong", ["nothing", "folder"])
def test_what_cannot_be_copied_leaves_nothing(source: Path, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "folder").mkdir()
    asked = (tmp_path / "nothing", tmp_path / "copy") if wrong == "nothing" else (source, tmp_path / "folder")
    with pytest.raises(OSError, match=r"No such file|directory|denied"):
        copy_whole(*asked)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "source"]


@posix
def test_the_second_copy_of_a_backup_follows_no_link_and_is_its_owners(source: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep")
    (second / "source.new").symlink_to(victim)
    backup.copy_to(source, second)
    assert victim.read_bytes() == b"keep"
    assert stat.S_IMODE((second / "source").stat().st_mode) == 0o600


@posix
def test_the_note_of_who_has_the_workspace_open_follows_no_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"keep")
    (tmp_path / "in-use").mkdir()
    (tmp_path / "in-use" / f"{os.getpid()}").symlink_to(victim)
    Presence(tmp_path).say("mara")
    assert victim.read_bytes() == b"keep"
    assert (tmp_path / "in-use" / f"{os.getpid()}").read_text().startswith("mara\n")


def test_a_set_up_that_was_cut_off_while_it_wrote_keys_is_no_other_thing(tmp_path: Path) -> None:
    left = tmp_path / f".{KEYS}-0123456789abcdef.part"
    left.write_bytes(b"half")
    assert is_left(left, tmp_path / KEYS)
    assert not check_folder(tmp_path)
    replace_whole(tmp_path / KEYS, b"{}")
    whole.sweep(tmp_path / KEYS)
    assert [p.name for p in tmp_path.iterdir()] == [KEYS]
    assert not is_left(tmp_path / "other.part", tmp_path / KEYS)
