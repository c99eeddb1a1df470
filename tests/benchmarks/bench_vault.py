# ruff: noqa: E402
"""What the vault costs: the same statements on an encrypted workspace and on a plain file of the same build of SQLite, turn by turn."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from builders import LINDQVIST, NOW, desk_in, line, opened

from ur_desk.domain.audit import verify
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, EventId, NoteAdded
from ur_desk.domain.guard.fence import viewer
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import AccountId
from ur_desk.store import vault
from ur_desk.store.cases import Cases
from ur_desk.store.crypto import Keys, measured, new_salt, stretched
from ur_desk.store.crypto import verify as signed
from ur_desk.store.door import Door
from ur_desk.store.migrations import steps
from ur_desk.store.store import Store

CASES, ROUNDS, EVENTS = 4000, 60, 5000
KEY = bytes(range(32))
ZONE = ZoneInfo("America/Indiana/Indianapolis")
EVERYTHING = viewer(LINDQVIST, NOW)
"""A nurse looks."""


@dataclass(frozen=True, slots=True)
class Side:
    """A database under measure."""

    open: Callable[[], Any]
    door: Door
    cases: Cases


@contextmanager
def side(folder: Path, connect: Callable[[Path], Any]) -> Iterator[Side]:
    """A new database with the program's tables, however it is connected to."""
    folder.mkdir()
    db = connect(folder)
    steps().apply(db)
    db.execute(f"PRAGMA application_id = {vault.APPLICATION_ID}")
    door = Door(db, folder, lambda: connect(folder))
    yield Side(lambda: connect(folder), door, Cases(door))
    door.close()


def plain(folder: Path) -> Any:
    """The same build of SQLite, its file not encrypted; all else as the vault sets it."""
    dbapi = vault.driver()
    from sqlite_utils import Database

    connection = dbapi.connect(str(folder / vault.DATABASE), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return Database(connection, strict=True, execute_plugins=False)


def like(case: Case, number: int) -> Case:
    """Another case of the same kind."""
    member = replace(case.request.member, family=f"Family{number % 700}", given=f"Given{number % 90}", member_id=f"DEMO-{number:06d}")
    return replace(case, id=CaseId(f"case-{number:06d}"), number=f"UR-2017-{number:06d}", request=replace(case.request, member=member))


def insert(to: Side, case: Case) -> None:
    """A case's row, its codes and its words for the search, in one durable transaction."""
    to.door.execute("BEGIN IMMEDIATE")
    to.cases.put(case)
    to.door.execute("COMMIT")


def first_page(to: Side) -> None:
    """The first page of the worklist on a new connection, which is closed again."""
    db = to.open()
    Cases(Door(db, Path(), to.open)).page(CaseFilter(), None, 100, EVERYTHING, ZONE)
    db.close()


def milliseconds(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return (perf_counter() - begun) * 1000


def against(name: str, sides: tuple[Side, Side], run: Callable[[Side, int], object]) -> None:
    """Both sides turn by turn; medians and their ratio."""
    took: tuple[list[float], list[float]] = ([], [])
    for round_ in range(ROUNDS):
        for which in (0, 1) if round_ % 2 else (1, 0):
            took[which].append(milliseconds(lambda which=which, n=round_: run(sides[which], n)))  # type: ignore[misc]
    ours, theirs = median(took[0]), median(took[1])
    print(f"{name}: {ours:.3f} ms, plain {theirs:.3f} ms; ratio {ours / theirs:.2f}")


def database(room: Path) -> None:
    """Insert, worklist, search and opening, encrypted against plain."""
    with desk_in(room / "begun") as desk:
        case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    with side(room / "vault", lambda folder: vault.connect(folder, KEY)) as ours, side(room / "plain", plain) as theirs:
        for each in (ours, theirs):
            each.door.execute("BEGIN IMMEDIATE")
            for number in range(CASES):
                each.cases.put(like(case, number))
            each.door.execute("COMMIT")
        both = (ours, theirs)
        against("insert a case", both, lambda to, n: insert(to, like(case, CASES + n)))
        against("worklist page of 100", both, lambda to, n: to.cases.page(CaseFilter(), None, 100, EVERYTHING, ZONE))
        against("full-text search", both, lambda to, n: to.cases.page(CaseFilter(text=f"family{n} given"), None, 100, EVERYTHING, ZONE))
        against("open, one page, close", both, lambda to, n: first_page(to))


def unlocking() -> None:
    """What a guess at a passphrase costs as set up on this machine."""
    cost, salt = measured(), new_salt()
    took = median(milliseconds(lambda: stretched("nine quiet miles walk home", salt, cost)) for _ in range(5))
    print(f"unlock: {took / 1000:.2f} s ({cost.passes} passes over {cost.memory / 2**20:.0f} MiB; aim: 0.3 to 1.0)")


def chain(room: Path) -> None:
    """Signed events a second: each in a durable transaction of its own, many in one, and verified."""
    signer, body = Keys.new(), NoteAdded("Called the office; they send the order by fax tomorrow.")
    with Store(room / "chain", "ada", KEY) as store:
        numbers = iter(range(2 * EVENTS))

        def append() -> None:
            case = CaseId(f"c{next(numbers) % 50}")
            store.ledger.append(EventId(f"e{next(numbers)}"), NOW, "boot", 1, AccountId("a"), "note.add", case, body, signer)

        def alone() -> None:
            for _ in range(EVENTS // 10):
                with store.atomic():
                    append()

        def together() -> None:
            with store.atomic():
                for _ in range(EVENTS - EVENTS // 10):
                    append()

        one, many = milliseconds(alone) / 1000, milliseconds(together) / 1000
        checked = milliseconds(lambda: verify(store.ledger.kept(), signed)) / 1000
        assert verify(store.ledger.kept(), signed).events == EVENTS
    print(f"append signed events: {EVENTS / 10 / one:.0f} a second each on its own, {(EVENTS - EVENTS / 10) / many:.0f} in one transaction")
    print(f"verify: {EVENTS / checked:.0f} events a second")


def main() -> None:
    """Prints every cost."""
    with tempfile.TemporaryDirectory() as place:
        database(Path(place))
        chain(Path(place))
    unlocking()


if __name__ == "__main__":
    main()
