"""How long two versions take side by side, and how long the impact of a version on many cases.

Run: python tests/benchmarks/bench_versions.py [CASES [LINES]]
Prints milliseconds, and the ratio of a case to its match alone; asserts nothing about time.
"""

import sys
from pathlib import Path
from random import Random
from statistics import median
from tempfile import mkdtemp
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from builders import TABLES, desk_in, opened, sit_down  # noqa: E402

from ur_desk.desk.steps import finish  # noqa: E402
from ur_desk.documents.alignment import aligned  # noqa: E402
from ur_desk.domain.policy import Sha256, Text, TextLine  # noqa: E402

WORDS = [
    "adult",
    "bone",
    "care",
    "day",
    "early",
    "fever",
    "graft",
    "heart",
    "image",
    "joint",
    "knee",
    "limb",
    "member",
    "night",
    "order",
    "pain",
    "rate",
    "spine",
    "test",
    "use",
    "visit",
    "week",
]


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rng = Random(4)
    old = [f"{n % 900 + 1}. " + " ".join(rng.choices(WORDS, k=12)) for n in range(1, lines + 1)]
    for size in (lines // 4, lines):
        new = [line for line in old[:size] if rng.random() > 0.05]
        new = [line if rng.random() > 0.1 else f"{line} more" for line in new]
        took = timed(
            lambda size=size, new=new: aligned(text(old[:size]), text([f"{n}. {row.partition(' ')[2]}" for n, row in enumerate(new, 1)]))
        )
        print(f"{size:6} lines renumbered and changed: {took:7.1f} ms side by side")
    impact(cases)


def impact(cases: int) -> None:
    """One policy, as many cases on its old version, a new version with other words."""
    told = (TABLES.folder / "policies" / "RAD.00034.abstract.txt").read_text(encoding="utf-8")
    own = "\n".join(row for row in told.splitlines() if not row.startswith("Kind of text"))
    with desk_in(Path(mkdtemp()) / "w") as desk:
        sit_down(desk, "mara")
        finish(desk.library.load(own.encode(), "old.txt"))
        case: Any = None
        for _ in range(cases):
            case = opened(desk)
        newer = own.replace("09/27/2017", "10/01/2017").replace("used to find", "used to seek")
        finish(desk.library.load(newer.encode(), "new.txt"))
        sit_down(desk, "sol")
        start = perf_counter()
        found = finish(desk.impact.of("RAD.00034"))
        took = 1000 * (perf_counter() - start)
        shelved, choosing = desk.library.to_match()
        alone = timed(lambda: desk.library.findings(case.current_request, shelved, choosing))
    print(f"{len(found.cases):6} cases sorted: {took:7.0f} ms, {took / cases:.1f} ms a case, {took / cases / alone:.1f} of a match alone")


def text(lines: list[str]) -> Text:
    return Text(Sha256("0" * 64), tuple(TextLine(n, line) for n, line in enumerate(lines, 1)))


def timed(call: Any) -> float:
    """Milliseconds, the median of five."""
    took = []
    for _ in range(5):
        start = perf_counter()
        call()
        took.append(1000 * (perf_counter() - start))
    return median(took)


if __name__ == "__main__":
    main()
