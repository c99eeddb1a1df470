"""Nothing that tells of a patient lies anywhere outside of what a person exported, however the program was used and however it ended."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import request
from phi_search import Needle, forms, needles, search, words_of

from ur_desk.store import vault

JOURNEY = Path(__file__).parent / "whole_journey.py"


@dataclass(frozen=True)
class Left:
    """What the journey left: everything below `root`, but for the person's own files below `outside`."""

    root: Path
    outside: Path
    words: tuple[str, ...]
    key: bytes

    @property
    def needles(self) -> tuple[Needle, ...]:
        return needles(self.words)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Left:
    """The whole journey in a process whose every folder is below one root, killed in the middle of a transaction."""
    root = tmp_path_factory.mktemp("journey")
    folders = {name: root / name for name in ("home", "tmp", "data", "config", "cache", "state", "run", "work", "outside", "spaces")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    own = {
        **os.environ,
        "HOME": str(folders["home"]),
        "USERPROFILE": str(folders["home"]),
        "APPDATA": str(folders["data"]),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(folders["tmp"])),
        "XDG_DATA_HOME": str(folders["data"]),
        "XDG_CONFIG_HOME": str(folders["config"]),
        "XDG_CACHE_HOME": str(folders["cache"]),
        "XDG_STATE_HOME": str(folders["state"]),
        "XDG_RUNTIME_DIR": str(folders["run"]),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join([str(JOURNEY.parent), str(JOURNEY.parent.parent), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, str(JOURNEY), str(folders["spaces"]), str(folders["outside"])],
        cwd=folders["work"], env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if sys.platform == "win32" else -signal.SIGKILL), done.stderr[-4000:]
    told = json.loads(next(row for row in done.stdout.splitlines() if row.startswith('{"words"')))
    return Left(root, folders["outside"], tuple(told["words"]), bytes.fromhex(told["key"]))


@pytest.mark.toy(24)
def test_no_byte_of_what_is_left_tells_of_a_patient(left: Left) -> None:
    told = search(left.root, left.needles, aside=[left.outside])
    assert told.found == ()
    print(f"{told.bytes:,} bytes in {told.files} files searched for {len(left.needles)} forms of {len(left.words)} words")
    assert told.bytes > 3_000_000
    assert len(left.words) > 100


def test_the_journey_left_what_could_have_held_it(left: Left) -> None:
    names = {path.name for path in left.root.rglob("*") if path.is_file()}
    assert {"desk.db", "desk.db-wal", "keys.json", "settings.json", "ur-desk.log", "kept.urbackup"} <= names
    assert (left.root / "spaces" / "crashed" / "desk.db-wal").stat().st_size > 100_000
    assert list((left.root / "spaces" / "crashed" / "backups").iterdir())
    assert search(left.outside, left.needles).found, "a person's own files hold what they exported"


def test_the_same_search_finds_it_in_the_open_database(left: Left, tmp_path: Path) -> None:
    """The control: what is not found encrypted is there, and is found once it is decrypted."""
    db = vault.connect(left.root / "spaces" / "crashed", left.key)
    try:
        db.execute("ATTACH DATABASE ? AS plain KEY ''", [str(tmp_path / "plain.db")])
        db.execute("SELECT sqlcipher_export('plain')").fetchall()
    finally:
        db.close()
    found = {word for word, form, _ in search(tmp_path, left.needles).found if form == "utf-8"}
    assert {"Quennell", "Perpetua", "W-9920-4417"} <= found


@pytest.mark.parametrize("form", forms("Alvarado"))
def test_the_same_search_finds_every_form_in_a_plain_file(tmp_path: Path, form: str) -> None:
    words = [word for word in words_of(request()) if len(word) >= 5]
    assert len(words) >= 7
    for word in words:
        (tmp_path / "plain").write_bytes(os.urandom(100) + forms(word)[form] + os.urandom(101))
        assert word in {found for found, _, _ in search(tmp_path, needles(words)).found}, (word, form)


def test_the_search_looks_at_names_and_into_archives(tmp_path: Path) -> None:
    import gzip
    import zipfile

    wanted = needles(["Alvarado"])
    (tmp_path / "alvarado.txt").touch()
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", gzip.compress(b"Alvarado " * 50))
    assert {place for _, _, place in search(tmp_path, wanted).found} == {"alvarado.txt", "packed"}
    assert search(tmp_path, wanted, aside=[tmp_path / "packed", tmp_path / "alvarado.txt"]).found == ()
