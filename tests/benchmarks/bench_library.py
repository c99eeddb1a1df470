"""How fast the library is asked and filled, and how that grows: at 200, 2,000 and 20,000 policies of some 3 kB of text each.

Run: python tests/benchmarks/bench_library.py [POLICIES...]
Prints milliseconds (median and p95, by the wall and of the thread alone) and ratios to the smallest library and to a plain scan of every text; asserts nothing about time.
Then imports documents of each format in one go, with documents a second and how much memory the program holds on the way.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, thread_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "documents"), str(Path(__file__).parent)]

import file_makers as make  # noqa: E402
from builders import TABLES, desk_in, sit_down  # noqa: E402
from made_policies import Maker  # noqa: E402

from ur_desk.desk.desk import Desk  # noqa: E402
from ur_desk.desk.search import search  # noqa: E402
from ur_desk.desk.steps import Step, finish  # noqa: E402
from ur_desk.documents import read  # noqa: E402
from ur_desk.domain.library.catalogue import Narrow, Standing  # noqa: E402

BATCH = 500
ASKED = 200


class Took(NamedTuple):
    """Milliseconds by the clock on the wall, and of this thread alone, which other programs do not lengthen."""

    wall: float
    own: float


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or [200, 2000, 20000]
    maker = Maker()
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder) / "w") as desk:
        sit_down(desk, "mara")
        filled = 0
        for size in sizes:
            fill(desk, maker, filled, size)
            filled = size
            print(f"{size} policies, {sum(f.stat().st_size for f in Path(folder).rglob('*')) / size / 1024:.0f} kB each in the workspace")
            for name, took in measured(desk, maker, size):
                wall, own = [each.wall for each in took], [each.own for each in took]
                first.setdefault(name, median(own))
                print(
                    f"  {name:44} median {median(wall):7.2f} ms, p95 {p95(wall):7.2f} ms (own time {median(own):7.2f}, p95 {p95(own):7.2f}),"
                    f" {median(own) / first[name]:6.1f} of the smallest library"
                )
    if "--only-search" not in sys.argv:
        several(maker)


def fill(desk: Desk, maker: Maker, start: int, end: int) -> None:
    for begin in range(start, end, BATCH):
        with desk.store.atomic():
            for place in range(begin, min(begin + BATCH, end)):
                data = maker.text(place).encode()
                desk.library._load(read(data, f"{maker.number(place)}.txt", TABLES.codeset), data, again=False)


def measured(desk: Desk, maker: Maker, size: int) -> list[tuple[str, list[Took]]]:
    """Each kind of question: what a search brings without and with its look noted, the list, one policy, a plain scan."""
    random = Random(11)
    places = [random.randrange(size) for _ in range(ASKED)]
    texts = [maker.text(place).split() for place in places]
    common, seldom = maker.words[:60], maker.words[200:]
    questions = {
        "a code (its ranges, wildcards and lists)": [random.choice(maker.codes) for _ in places],
        "a document number": [maker.number(place) for place in places],
        "two words of one policy": [f"{words[60]} {words[90]}" for words in texts],
        "a phrase": [f'"{words[60]} {words[61]} {words[62]}"' for words in texts],
        "one word, seldom": [random.choice(seldom) for _ in places],
        "one word, of the 60 most common": [random.choice(common) for _ in places],
    }
    shelf, known = desk.store.shelf, desk.library._known()
    timings = [
        (name, [timed(lambda text=text: search(shelf, known, text, Narrow(), 25)) for text in asked]) for name, asked in questions.items()
    ]
    mixed = [text for asked in questions.values() for text in asked[:40]]
    random.shuffle(mixed)
    timings.append(("all of these", [took for _, each in timings for took in each]))
    timings.append(("all of these, each look noted in the trail", [timed(lambda text=text: desk.library.search(text)) for text in mixed]))
    narrow = Narrow(standings=frozenset({Standing.DRAFT}), publishers=frozenset({"Prairie Mutual"}))
    timings.append(("the same, narrowed", [timed(lambda text=text: search(shelf, known, text, narrow, 25)) for text in mixed]))
    timings.append(("the list, after nothing changed", [timed(desk.library.listed) for _ in range(10)]))
    timings.append(("the list, after something changed", [timed(lambda: afresh(desk)) for _ in range(5)]))
    timings.append(
        ("one policy with its lines", [timed(lambda place=place: desk.library.one(maker.number(place))) for place in places[:40]])
    )
    timings.append(("what a match looks at, first time", [timed(desk.library.in_use)]))
    timings.append(("what a match looks at, again", [timed(desk.library.in_use) for _ in range(5)]))
    used = desk.library.in_use()
    scans = [timed(lambda text=text: [1 for s in used for line in s.policy.text.lines if text in line.text]) for text in seldom[:5]]
    timings.append(("(for scale: every line in memory, scanned)", scans))
    desk.library._readings.clear()
    desk.library._used = ()
    return timings


def afresh(desk: Desk) -> None:
    desk.library._cards = None
    desk.library.listed()


def several(maker: Maker) -> None:
    """1,000 documents in one go, in each format that can be made here, with memory on the way."""
    files = {
        "plain text": (1000, lambda place: maker.text(place).encode(), ".txt"),
        "web page": (1000, lambda place: html(maker.text(place)), ".html"),
        "Word": (200, lambda place: make.docx_bytes(make.gait_docx), ".docx"),
        "PDF": (200, lambda place: make.gait_pdf(), ".pdf"),
    }
    for name, (count, made, ending) in files.items():
        with tempfile.TemporaryDirectory() as folder, desk_in(Path(folder) / "w") as desk:
            sit_down(desk, "mara")
            documents = Path(folder) / "documents"
            documents.mkdir()
            for place in range(count):
                (documents / f"{place:05}{ending}").write_bytes(made(place))
            told, start = desk.library.documents([documents])
            held: list[int] = []

            def heard(_step: Step, told: object = told, held: list[int] = held) -> None:
                if told.done % 100 == 0:  # type: ignore[attr-defined]
                    held.append(resident())

            begun = perf_counter()
            finish(start(), heard)
            took = perf_counter() - begun
            grown = held[-1] - held[len(held) // 4] if held else 0
            print(
                f"{name:10} {count / took:6.0f} documents/s into the library; {told.new} new, {len(told.loaded) - told.new} there before,"
                f" {len(told.refused)} refused; {held[-1] // 1024} MB held, {grown} kB more than after a quarter of them"
            )


def html(text: str) -> bytes:
    return ("<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n") if line) + "</body></html>").encode()


def resident() -> int:
    """The memory that this program holds now, in kB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * 4


def timed(run: Callable[[], object]) -> Took:
    """What a call took."""
    start, own = perf_counter(), thread_time()
    run()
    return Took((perf_counter() - start) * 1000, (thread_time() - own) * 1000)


def p95(values: list[float]) -> float:
    """The value that 19 of 20 do not exceed."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
