"""Rows that events tell, and the one place that lays what lies in the tables beside what they ought to tell."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ur_desk.domain.audit import Break
from ur_desk.store.door import Door

Row = dict[str, Any]
"""A row by the names of its columns."""
Told = tuple[str, Row]
"""A table, and a row that the events tell of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of which every row is told by events: its name, the column that says whom a row is about, its name in plain words, and what
    of a row is compared."""

    name: str
    about: str
    words: str
    columns: str = "*"


PROJECTED = (
    Table("workspace", "key", "the facts of the workspace"),
    Table("accounts", "id", "the list of accounts"),
    Table("profiles", "line_of_business", "the plan's own words"),
    Table("shelf", "text", "the library"),
    Table("shelf_codes", "text", "the codes that policies are found by"),
    Table("shelf_search", "text_sha", "the search of the library", "rowid, *"),
    Table("cases", "id", "the lists of cases"),
    Table("case_codes", "case_id", "the codes that cases are found by"),
    Table("case_search", "case_id", "the search of cases"),
    Table("case_open_to", "case_id", "the list of who may see restricted cases"),
    Table("papers", "case_id", "what came in for cases"),
    Table("paper_names", "case_id", "the ids by which cases are named"),
    Table("letters", "id", "the list of letters"),
)
WRITTEN_ONCE = ("events", "bodies", "blobs", "blob_pieces")
"""Tables that are checked by the seals and hashes in them."""
NOT_RECORDS = ("drafts", "arrivals", "_sqlite_migrations")
"""Tables of which no event tells; with them the inner tables of the searches."""


def differences(door: Door, told: Iterable[Told], aside: Collection[str] = ()) -> Iterator[Break]:
    """Every row that is missing, too many, or not what the events tell; rows about those `aside` are not judged."""
    tables: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name, row in told:
        tables[name][row[_ABOUT[name]]].append(row)
    for table in PROJECTED:
        expected, found = tables[table.name], _lying(door, table)
        for about in sorted((expected.keys() | found.keys()) - set(aside)):
            if message := _difference(expected.get(about, []), found.get(about, []), table):
                yield Break(0, about, message)


_ABOUT = {table.name: table.about for table in PROJECTED}


def _lying(door: Door, table: Table) -> dict[str, list[Row]]:
    rows = door.execute(f"SELECT {table.columns} FROM {table.name}")
    lying: dict[str, list[Row]] = defaultdict(list)
    for values in rows:
        row = dict(zip(rows.names, values, strict=True))
        lying[str(row[table.about])].append(row)
    return lying


def _difference(expected: list[Row], found: list[Row], table: Table) -> str:
    if not found:
        return f"it is missing from {table.words}"
    if not expected:
        return f"it stands in {table.words}, and no event tells of it"
    if sorted(expected, key=_order) == sorted(found, key=_order):
        return ""
    columns = [name for name in expected[0] if expected[0][name] != found[0].get(name)] if len(expected) == len(found) == 1 else []
    return f"in {table.words} it is not what its events tell" + (f" ({', '.join(columns)})" if columns else "")


def _order(row: Row) -> str:
    return repr(sorted(row.items()))
