"""What the door costs for one file of 10,000 requests beside 2,000 open cases: read, compared, and shown as rows.

Run: python tests/benchmarks/bench_door.py [REQUESTS] [CASES]
Prints seconds (own time of the thread, one run each: a run takes long) and each as a ratio to json.loads of the same file, and to one
reading of every case's row from the store; asserts nothing about time.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builders import desk_in, line, opened, request, sit_down  # noqa: E402

from ur_desk.desk.desk import Desk  # noqa: E402
from ur_desk.desk.steps import finish  # noqa: E402
from ur_desk.domain.listing import CaseFilter  # noqa: E402
from ur_desk.domain.request import Request  # noqa: E402
from ur_desk.records.request import request_data  # noqa: E402

T = TypeVar("T")
CODES = ("76120", "76496", "97110", "72148", "27447")


def asked(number: int, **changes: object) -> Request:
    """An invented request; the same each time."""
    member = replace(request().member, family=f"Member{number}", member_id=f"DEMO-{number:06}")
    day = request().services[0].first_day
    assert day is not None
    service = line(1, CODES[number % len(CODES)], day=day + timedelta(days=number % 200))
    return request(**{"reference": f"R-{number}", "traces": (f"T-{number}",), "member": member, "services": (service,), **changes})


def main() -> None:
    """Fills a workspace, writes the file, and prints what each step takes."""
    requests, cases = (int(told) for told in (*sys.argv[1:], *("10000", "2000")[len(sys.argv) - 1 :]))
    with TemporaryDirectory() as folder, desk_in(Path(folder) / "w") as desk:
        sit_down(desk, "mara")
        for number in range(cases):
            opened(desk, reference=f"R-{number}", member=asked(number).member, services=asked(number).services)
        # each case has something like it in the file: every second the very same, every second more about it
        told = [asked(n) if n >= cases or n % 2 else asked(n, clinical_notes="More of it.") for n in range(requests)]
        path = Path(folder) / "many.json"
        path.write_text(json.dumps([request_data(each) for each in told]), encoding="utf-8")
        print(f"{requests:,} requests, {path.stat().st_size / 1e6:.1f} MB, beside {cases:,} open cases")
        measure(desk, path, cases)


def measure(desk: Desk, path: Path, cases: int) -> None:
    """Times each step, and prints it beside what a reader knows."""
    data = path.read_bytes()
    loads = timed(lambda: json.loads(data))[0]
    store = timed(lambda: rows_of(desk, cases))[0]
    read, _ = timed(lambda: desk.intake.extract(data, path.name))
    run, files = desk.arrivals.begin([path])
    look, _ = timed(lambda: finish(desk.arrivals.look(run, files)))
    judge, judged = timed(lambda: desk.arrivals.judged(run.files))
    again, report = timed(lambda: desk.arrivals.report(run.id))
    show, count = timed(lambda: shown(report))
    alike = sum(bool(item.resembles) for file in judged for item in file.items)
    print(f"  {alike:,} of them resemble a case; {count:,} rows are shown")
    print(f"  {'json.loads of the file':42} {loads:8.2f} s")
    print(f"  {'one reading of every row of the worklist':42} {store:8.2f} s")
    steps = {
        "read, with every problem": read,
        "read, kept and compared": look,
        "compared once more": judge,
        "fetched again from the store, and compared": again,
        "shown as rows": show,
    }
    for name, took in steps.items():
        print(f"  {name:42} {took:8.2f} s, {took / loads:7.1f} times json.loads, {took / store:7.1f} times one reading of the store")


def rows_of(desk: Desk, cases: int) -> None:
    """Every row of the worklist, page after page."""
    page = desk.supervision.cases(CaseFilter(), size=500)
    found = len(page.rows)
    while page.next_key is not None:
        page = desk.supervision.cases(CaseFilter(), page.next_key, size=500)
        found += len(page.rows)
    assert found == cases


def shown(run: object) -> int:
    """The rows of the page, each asked for its words as a screen reader would."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from ur_desk.ui.models.arrivals import ArrivalsModel, Outcome

    app = QApplication.instance() or QApplication([])
    model = ArrivalsModel(app)
    model.show_run(run, Outcome(), "UTC")  # type: ignore[arg-type]
    for place in range(model.rowCount()):
        model.data(model.index(place, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    return model.rowCount()


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """The thread's own seconds, and what came of it."""
    begun = thread_time()
    told = run()
    return thread_time() - begun, told


if __name__ == "__main__":
    main()
