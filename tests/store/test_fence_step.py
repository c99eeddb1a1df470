"""The schema's second step: a workspace of the first one opens with every case as it was, restricted to nobody."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlite_utils
from builders import NOW

from ur_desk.domain.listing import CaseFilter, Shown, Viewer
from ur_desk.domain.people import AccountId
from ur_desk.store import vault
from ur_desk.store.migrations import steps
from ur_desk.store.store import SCHEMA, Store

KEY = bytes(32)
CASE = {
    "id": "c1", "number": "UR-2017-000001", "revision": 3, "member": "Alvarado, Rosalind", "member_id": "DEMO-004417",
    "birth_date": "1971-02-14", "codes": "76120", "diagnoses": "M54.5", "workflow": "review", "due_words": "15 days",
    "due_sort": "02017-10-20T13:30:00.000000+00:00", "opened_at": "2017-10-05T13:30:00.000000+00:00", "returned": 0, "to_notice": 0,
}  # fmt: skip


def of_the_first_schema(folder: Path) -> None:
    """A workspace as the first schema kept it, with one case in it."""
    folder.mkdir()
    db: Any = vault.connect(folder, KEY)
    assert isinstance(db, sqlite_utils.Database)
    steps().apply(db, stop_before="m002_fence")
    db.execute(f"INSERT INTO cases ({', '.join(CASE)}) VALUES ({', '.join('?' * len(CASE))})", list(CASE.values()))
    db.execute("INSERT INTO case_search (case_id, words) VALUES ('c1', 'UR-2017-000001 Alvarado Rosalind')")
    db.execute(f"PRAGMA application_id = {vault.APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")
    db.conn.commit()
    db.close()


def test_a_workspace_of_the_first_schema_opens_with_its_cases_open_to_all(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    of_the_first_schema(folder)
    viewer = Viewer(AccountId("somebody"), NOW)
    with Store(folder, "ada", KEY) as store:
        (row,) = store.cases.page(CaseFilter(text="alvarado"), None, 10, viewer, ZoneInfo("UTC")).rows
        assert (row.number, row.member, row.shown, row.restricted) == (CASE["number"], CASE["member"], Shown.NAMED, None)
        assert store.cases.with_alerts() == ()
        assert store.cases.number_where_closed(row.id, viewer) is None
        assert store._door.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
