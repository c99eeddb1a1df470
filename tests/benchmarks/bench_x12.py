"""How fast 278 files are read, as ratios to what only cuts the same file into segments: pyx12's reader and a bare split.

Run: python tests/benchmarks/bench_x12.py [REQUESTS]
Prints requests a second (own time of the thread, best of three) for a file of 10,000 requests, and for one of 10,000 responses; asserts nothing about time.
The readers beside it make no request: they check neither levels nor codes nor days. Also says how the time grows with the file.
"""

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import thread_time

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "importers")]

import x12_text as x  # noqa: E402

from ur_desk.domain.request import Source  # noqa: E402
from ur_desk.importers.x12_278 import extract_x12  # noqa: E402
from ur_desk.importers.x12_envelope import transactions  # noqa: E402
from ur_desk.importers.x12_report import Report  # noqa: E402
from ur_desk.importers.x12_segments import segments  # noqa: E402

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
ANSWER = x.response(["TRN*2*T-1", "UM*HS*I*4*11:B", "HCR*A1*AUTH-1"], ["HL*5*4*SS*0", "HCR*A3**0B", "SV1*HC:76120"])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    data = x.file(*[x.request()] * count)
    print(f"{count:,} requests, {len(data) / 1e6:.1f} MB, {data.count(b'~') / count:.0f} segments each")
    base = best(lambda: pyx12_reads(data))
    ours = {
        "segments alone": best(lambda: consumed(segments(data, Report("x")))),
        "transactions with their envelope": best(lambda: consumed(transactions(segments(data, Report("x")), Report("x")))),
        "requests, with every problem": best(lambda: reads(data, count)),
    }
    bare = best(lambda: [segment.split("*") for segment in data.decode().split("~")])
    print(f"  {'str.split, nothing checked':36} {count / bare:10,.0f} a second")
    print(f"  {'pyx12 4.0, segment reader':36} {count / base:10,.0f} a second")
    for name, took in ours.items():
        print(f"  {name:36} {count / took:10,.0f} a second, {base / took:6.2f} of pyx12's speed, {took / bare:6.1f} times a bare split")
    answers = x.file(*[ANSWER] * count)
    print(f"  {'responses, with every problem':36} {count / best(lambda: reads(answers, count)):10,.0f} a second")
    tenth = x.file(*[x.request()] * (count // 10))
    grown = best(lambda: reads(data, count)) / best(lambda: reads(tenth, count // 10))
    print(f"  ten times the file takes {grown:.1f} times as long")


def best(run: Callable[[], object]) -> float:
    """The least own time of three runs, in seconds."""
    return min(timed(run) for _ in range(3))


def timed(run: Callable[[], object]) -> float:
    start = thread_time()
    run()
    return thread_time() - start


def reads(data: bytes, count: int) -> None:
    extracted = extract_x12(data, Source("x", "x12-278", "0" * 64), None, NOW)
    assert len(extracted.requests) == count


def consumed(told: object) -> None:
    for _ in told:  # type: ignore[attr-defined]
        pass


def pyx12_reads(data: bytes) -> None:
    from pyx12.x12file import X12Reader

    reader = X12Reader(io.StringIO(data.decode()))
    for segment in reader:
        segment.get_value("01")


if __name__ == "__main__":
    main()
