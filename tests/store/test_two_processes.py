"""Real processes that write into one workspace at once: nothing is lost, nothing is written twice, and the chain holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

from builders import TABLES, FixedClock, desk_in, open_desk, opened

WRITERS, NOTES = 3, 12

WRITER = """
import json, sys
from pathlib import Path
from builders import TABLES, FixedClock, open_desk
from ur_desk.errors import Stale, UserError

folder, name, notes = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()  # all begin at once
desk = open_desk(folder, "mara", clock=FixedClock(), tables=TABLES)
case = desk.store.cases.ids()[0]
stale = refused = 0
for number in range(notes):
    seen = desk.review.case(case)
    desk.review.add_note(case, f"{name} {number}")
    try:
        # a screen from before the note
        desk.determinations.withdraw(case, seen.revision, (1,), "office", desk.clock.now(), "by fax")
    except Stale:
        stale += 1
    except UserError:
        refused += 1
desk.close()
print(json.dumps({"stale": stale, "refused": refused}))
"""


def test_processes_that_write_at_once_lose_nothing_and_each_stale_screen_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with desk_in(folder) as desk:
        case = opened(desk)
        before = desk.store.ledger.last()[0]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), f"writer{number}", str(NOTES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    told = []
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        told.append(json.loads(out))
    assert [each["stale"] for each in told] == [NOTES] * WRITERS
    assert [each["refused"] for each in told] == [0] * WRITERS
    desk = open_desk(folder, "ada", clock=FixedClock(), tables=TABLES)
    try:
        found = desk.supervision.verification()
        assert found.breaks == ()
        notes = [note.text for note in desk.review.case(case.id).notes]
        assert sorted(notes) == sorted(f"writer{w} {n}" for w in range(WRITERS) for n in range(NOTES))
        for w in range(WRITERS):
            own = [note for note in notes if note.startswith(f"writer{w} ")]
            assert own == [f"writer{w} {n}" for n in range(NOTES)]
        numbers = [number for (number,) in desk.store._door.execute("SELECT number FROM events ORDER BY number").fetchall()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= before + WRITERS * (NOTES + 1)
        assert [note.name for note in (folder / "in-use").glob("[0-9]*")] == [str(os.getpid())]
    finally:
        desk.close()
