"""Schemas: what every workspace ends up with, a backup before each change, all or nothing, and newer files refused."""

import gzip
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from builders import CHEAP, TABLES, FixedClock, data_key, open_desk, passphrase

from ur_desk.desk.encrypting import encrypt_workspace
from ur_desk.domain.intake.arriving import Likeness
from ur_desk.errors import UserError
from ur_desk.store import before, vault
from ur_desk.store import store as stores
from ur_desk.store.backup import FOLDER, read_about, whole
from ur_desk.store.migrations import steps

SCHEMAS = Path(__file__).parent / "schemas"
TRIGGERS = {
    "events_no_update", "events_no_delete", "bodies_no_update", "bodies_no_delete", "blobs_no_update", "blobs_no_delete",
    "blob_pieces_no_update", "blob_pieces_no_delete",
}  # fmt: skip
RELEASED = {schema: SCHEMAS / f"schema-{schema}.db.gz" for schema in (1, 2, 3, 4)}
"""A database with data of every schema that was ever released before this one."""
NOW_SCHEMA = stores.SCHEMA


def asked(folder: Path, question: str) -> list[Any]:
    db = vault.connect(folder, data_key(folder, "ada"))
    try:
        return list(db.execute(question).fetchall())
    finally:
        db.close()


def released(folder: Path, schema: int) -> None:
    """A workspace of a released schema, brought to where this version can open it."""
    folder.mkdir()
    (folder / vault.DATABASE).write_bytes(gzip.decompress(RELEASED[schema].read_bytes()))
    with pytest.MonkeyPatch.context() as stored_plain:  # only the first was ever released so; here the others lie so too, to be told apart
        stored_plain.setattr(before, "SCHEMA", schema)
        encrypt_workspace(folder, "ada", passphrase("ada"), clock=FixedClock(), tables=TABLES, cost=CHEAP)


def test_every_released_schema_has_a_stored_workspace() -> None:
    assert set(RELEASED) == set(range(1, stores.SCHEMA))


@pytest.mark.parametrize("schema", RELEASED)
def test_every_released_schema_ends_with_the_same_tables_and_guards_as_a_new_one(tmp_path: Path, schema: int) -> None:
    open_desk(tmp_path / "new", "ada", tables=TABLES).close()
    released(tmp_path / "old", schema)
    question = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '_sqlite_migrations%' ORDER BY type, name"
    assert asked(tmp_path / "old", question) == asked(tmp_path / "new", question)
    guards = asked(tmp_path / "old", "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {name for (name,) in guards} == TRIGGERS


def with_next_step(monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]) -> None:
    """Lets this program be one schema further on."""

    def further() -> Any:
        migrations = steps()

        @migrations()
        def m999_next(db: Any) -> None:
            db.execute("CREATE TABLE later (id TEXT PRIMARY KEY) STRICT")
            change(db)

        return migrations

    monkeypatch.setattr(stores, "SCHEMA", NOW_SCHEMA + 1)
    monkeypatch.setattr(stores, "steps", further)


def test_before_a_workspace_is_changed_a_backup_is_made_that_the_older_program_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "w"
    open_desk(folder, "ada", tables=TABLES).close()
    with monkeypatch.context() as newer:
        with_next_step(newer, lambda db: None)
        desk = open_desk(folder, "ada", tables=TABLES)
        (kept,) = desk.keeping.found()
        desk.close()
    assert whole(kept.path)
    assert kept.path.parent == folder / FOLDER
    assert read_about(kept.path).schema == NOW_SCHEMA
    assert asked(folder, "PRAGMA user_version") == [(NOW_SCHEMA + 1,)]
    with pytest.raises(UserError, match="newer version of this program"):
        open_desk(folder, "ada", tables=TABLES)


def test_a_change_that_fails_leaves_the_workspace_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "w"
    open_desk(folder, "ada", tables=TABLES).close()

    def fail(db: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as newer:
        with_next_step(newer, fail)
        with pytest.raises(ZeroDivisionError):
            open_desk(folder, "ada", tables=TABLES)
    assert asked(folder, "SELECT name FROM sqlite_master WHERE name = 'later'") == []
    desk = open_desk(folder, "ada", tables=TABLES)
    assert desk.supervision.verification().holds
    desk.close()


def test_what_may_only_be_read_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "w"
    open_desk(folder, "ada", tables=TABLES).close()
    with_next_step(monkeypatch, lambda db: None)
    monkeypatch.setattr("ur_desk.store.places.may_write", lambda path: False)
    with pytest.raises(UserError, match="of an older version"):
        open_desk(folder, "ada", tables=TABLES)
    assert not (folder / FOLDER).exists()


@pytest.mark.parametrize("schema", RELEASED)
def test_the_library_of_an_older_workspace_is_searched_like_a_new_one(tmp_path: Path, schema: int) -> None:
    released(tmp_path / "old", schema)
    with closing(open_desk(tmp_path / "old", "ada", tables=TABLES)) as desk:
        (row,) = desk.library.listed().rows
        assert row.card.positions
        assert desk.library.search("76120").hits[0].line == 42
        assert desk.library.search("rad 34").hits[0].card.policy == "RAD.00034"
        assert desk.supervision.verification().breaks == ()


@pytest.mark.parametrize("schema", RELEASED)
def test_what_came_in_before_is_found_where_a_request_resembles_it(tmp_path: Path, schema: int) -> None:
    released(tmp_path / "old", schema)
    with closing(open_desk(tmp_path / "old", "ada", tables=TABLES)) as desk:
        for case in desk.store.cases.ids():
            (found, *_) = desk.arrivals.resembling(desk.review.case(case).request)
            assert found.likeness in (Likeness.HERE, Likeness.CONTENT)
            assert found.case is not None
        assert desk.supervision.verification().breaks == ()
