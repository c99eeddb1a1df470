"""What is said of a workspace's file that does not answer: only real damage is called damage."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ur_desk.errors import Busy, UserError
from ur_desk.store import vault
from ur_desk.store.store import Store

DRIVER = vault.driver()
KEY = bytes(32)


def raised(use: Callable[[], object]) -> BaseException:
    with pytest.raises(vault.errors()) as caught:
        use()
    return caught.value


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "w"
    Store(folder, "mara", KEY).close()
    return folder


def opened(folder: Path, *pragmas: str) -> Any:
    connection = DRIVER.connect(str(folder / vault.DATABASE), isolation_level=None, timeout=0)
    connection.execute(f"PRAGMA key=\"x'{KEY.hex()}'\"")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def test_a_held_workspace_is_busy_and_not_damaged(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = opened(database, "locking_mode=EXCLUSIVE")
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(vault, "WAIT_SECONDS", 0)
    try:
        with pytest.raises(Busy, match="is held by"):
            vault.connect(database, KEY)
    finally:
        holder.close()
    vault.connect(database, KEY).close()


def test_a_file_that_may_only_be_read_is_read_only_and_not_damaged(database: Path) -> None:
    reader = opened(database, "query_only=ON")
    wrong = raised(lambda: reader.execute("DELETE FROM workspace"))
    reader.close()
    told = vault.refusal(wrong, database)
    assert told is not None
    assert "read-only" in told.message
    assert "damaged" not in str(told)


def test_a_full_disk_is_told_as_such(database: Path) -> None:
    writer = opened(database)
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages}")
    writer.execute("CREATE TABLE big (b BLOB)") if pages < 2 else None
    wrong = raised(lambda: writer.execute("CREATE TABLE more AS SELECT zeroblob(9000000) AS b"))
    writer.close()
    told = vault.refusal(wrong, database)
    assert told is not None
    assert "the disk is full" in told.message


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_only_real_damage_is_called_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / vault.DATABASE).write_bytes(content)
    with pytest.raises(UserError, match="is damaged, or is no workspace"):
        vault.connect(tmp_path, KEY)
    assert (tmp_path / vault.DATABASE).read_bytes() == content


def test_a_file_that_cannot_be_opened_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / vault.DATABASE).mkdir()
    with pytest.raises(UserError, match="cannot be opened"):
        vault.connect(tmp_path, KEY)


def test_a_folder_that_may_not_be_written_to_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / vault.DATABASE).mkdir()
    monkeypatch.setattr("ur_desk.store.vault.os.access", lambda *told: False)
    with pytest.raises(UserError, match="is read-only"):
        vault.connect(tmp_path, KEY)


def test_a_statement_of_ours_that_is_wrong_stays_a_bug(database: Path) -> None:
    connection = opened(database)
    wrong = raised(lambda: connection.execute("SELECT * FROM nowhere"))
    connection.close()
    assert vault.refusal(wrong, database) is None
    assert vault.refusal(sqlite3.ProgrammingError("used after closing"), database) is None


def test_a_folder_that_cannot_be_looked_into_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", locked)
    with pytest.raises(UserError, match="cannot be reached: Permission denied"):
        vault.check_folder(tmp_path)


def test_a_place_where_no_folder_may_be_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ur_desk.store.vault.os.access", lambda *told: False)
    with pytest.raises(UserError, match="may not make a folder"):
        vault.check_folder(tmp_path / "w")
    assert not (tmp_path / "w").exists()
