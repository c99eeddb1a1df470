"""Bytes that turn over anywhere in a workspace's files: it opens and tells the truth, or says what is wrong; nothing is begun anew."""

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from builders import NOW, TABLES, FixedClock, desk_in, open_desk, opened

from ur_desk.errors import Damaged, UserError
from ur_desk.store import vault
from ur_desk.store.attempts import FILE as ATTEMPTS
from ur_desk.store.keyfile import KEYS

PLACES = 120


@dataclass(frozen=True)
class Before:
    """A workspace as it was before anything befell it."""

    folder: Path
    heads: tuple[str, ...]
    notes: int


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Before:
    """Closed in order: everything lies in the database."""
    folder = tmp_path_factory.mktemp("closed") / "w"
    with desk_in(folder) as desk:
        case = opened(desk)
        for number in range(5):
            desk.review.add_note(case.id, f"Note {number}")
        heads = tuple(seal for _, seal in desk.store.ledger.exported())
    return Before(folder, heads, 5)


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Before:
    """Copied while it was open: much of it lies in the log only."""
    made, folder = tmp_path_factory.mktemp("open") / "w", tmp_path_factory.mktemp("crashed") / "w"
    with desk_in(made) as desk:
        case = opened(desk)
        desk.store._door.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for number in range(5):
            desk.review.add_note(case.id, f"Note {number}")
        heads = tuple(seal for _, seal in desk.store.ledger.exported())
        shutil.copytree(made, folder)
    (folder / f"{vault.DATABASE}-shm").unlink()
    assert (folder / f"{vault.DATABASE}-wal").stat().st_size > 30_000
    return Before(folder, heads, 5)


def spoilt(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    place = chance.randrange(len(data))
    for at in range(place, min(place + chance.choice((1, 1, 2, 16, 4096)), len(data))):
        data[at] ^= chance.randrange(1, 256)
    file.write_bytes(data)


def outcome(before: Before, folder: Path) -> str:
    """What the next person meets; AssertionError where it is a lie, and any other error where it is no answer."""
    try:
        desk = open_desk(folder, "mara", clock=FixedClock(NOW + timedelta(hours=1)), tables=TABLES)
    except Damaged:
        return "refused"
    except UserError as wrong:
        return f"refused: {wrong.message}"
    try:
        heads = tuple(seal for _, seal in desk.store.ledger.exported())
        holds = desk.supervision.verification().holds
        cases = [desk.review.case(case) for case in desk.store.cases.ids()]
    except Damaged:
        return "opened for reading" if desk.store.read_only else "told"
    finally:
        desk.close()
    if not holds:
        return "told"
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(heads, before.heads, strict=False)))
    assert len(heads) <= same + 1, "the trail is another one: behind what was there stands more than who sat down now"
    if same < len(before.heads):
        return "tail lost"
    assert [len(case.notes) for case in cases] == [before.notes]
    return "unharmed"


def outcomes(before: Before, room: Path, name: str) -> Counter[str]:
    chance, told = random.Random(name), Counter[str]()
    for number in range(PLACES):
        folder = room / "w"
        shutil.copytree(before.folder, folder)
        spoilt(folder / name, chance)
        harmed = (folder / name).read_bytes()
        what = outcome(before, folder)
        told[what] += 1
        if what.startswith("refused") and name != f"{vault.DATABASE}-wal":
            assert (folder / name).read_bytes() == harmed, f"{name} was changed though it was refused ({number})"
        shutil.rmtree(folder)
    print(name, dict(told))
    return told


def test_a_spoilt_database_is_refused_or_told_and_never_another_one(closed: Before, tmp_path: Path) -> None:
    told = outcomes(closed, tmp_path, vault.DATABASE)
    assert set(told) <= {"refused", "opened for reading", "told", "unharmed"}
    assert told["refused"] + told["opened for reading"] + told["told"] > PLACES // 2


def test_a_spoilt_file_of_keys_is_refused_or_still_opens_what_it_opened(closed: Before, tmp_path: Path) -> None:
    told = outcomes(closed, tmp_path, KEYS)
    assert told["unharmed"] + sum(n for what, n in told.items() if what.startswith(("refused", "told"))) == PLACES


def test_a_spoilt_log_loses_at_most_its_tail_and_what_is_left_holds(crashed: Before, tmp_path: Path) -> None:
    """SQLite ends a log at the first record that does not hold; what is missing then shows only against a head kept elsewhere."""
    told = outcomes(crashed, tmp_path, f"{vault.DATABASE}-wal")
    assert set(told) <= {"refused", "opened for reading", "told", "unharmed", "tail lost"}


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b'{"mara": 7}', b'{"mara": ["x", "y"]}', b"\xff" * 100, b"[" * 100_000])
def test_a_spoilt_count_of_wrong_passphrases_stops_nobody(closed: Before, tmp_path: Path, data: bytes) -> None:
    shutil.copytree(closed.folder, tmp_path / "w")
    (tmp_path / "w" / ATTEMPTS).write_bytes(data)
    assert outcome(closed, tmp_path / "w") == "unharmed"
