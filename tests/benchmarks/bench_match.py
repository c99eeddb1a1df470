"""How long one request takes beside a large library, against a plain loop over every code entry.

Run: python tests/benchmarks/bench_match.py [POLICIES [ENTRIES]]
Prints milliseconds and the ratio; asserts nothing about time.
"""

import gzip
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "matching")]

from match_builders import Line, moving_pictures, policy, request, shelved, statement  # noqa: E402

from ur_desk.codesets import icd10cm  # noqa: E402
from ur_desk.domain.codes import CodeSet, System, normal  # noqa: E402
from ur_desk.domain.policy import CodeEntry, Policy, Position, Shelved  # noqa: E402
from ur_desk.domain.request import Request  # noqa: E402
from ur_desk.matching import Index, match  # noqa: E402
from ur_desk.paths import resources  # noqa: E402

WORDS = (
    "ankle",
    "bracing",
    "catheter",
    "colon",
    "dental",
    "gene",
    "heart",
    "infusion",
    "knee",
    "laser",
    "nerve",
    "plasma",
    "stent",
    "wrist",
)


def main() -> None:
    policies, entries = (int(each) for each in (sys.argv[1:] + ["2000", "100"][len(sys.argv) - 1 :])[:2])
    codeset = icd10cm.load(resources())
    library = generated(policies, entries)
    started = perf_counter()
    index = Index(library, codeset)
    built = perf_counter() - started
    asked = questions()
    sizes = [len(match(each, index, codeset).policies) for each in asked]
    indexed = [timed(lambda each=each: match(each, index, codeset), 15) for each in asked]
    rows = flat(library, codeset)
    looped = [timed(lambda each=each: plain_loop(each, rows, codeset), 5) for each in asked]
    print(f"{policies} policies of {entries} code entries; index built in {built:.2f} s")
    for each, size, fast, slow in zip(asked, sizes, indexed, looped, strict=True):
        words = (each.services[0].description or "no words")[:40]
        print(
            f"  {len(each.diagnoses):2} diagnoses, {words:40} {size:4} policies {fast:7.2f} ms, plain loop {slow:6.1f} ms, ratio {slow / fast:6.0f}"
        )
    print(
        f"median {median(indexed):.2f} ms, slowest {max(indexed):.2f} ms; plain loop {median(looped):.1f} ms; ratio {median(looped) / median(indexed):.0f}"
    )


def generated(policies: int, entries: int) -> list[Shelved]:
    """The moving-pictures policy among policies with random ranges, codes and terms; the same on every run."""
    random = Random(17)
    codes = every_code()
    made = [one_policy(random, number, entries, codes) for number in range(policies - 1)]
    return [shelved(each) for each in (*made, moving_pictures())]


def one_policy(random: Random, number: int, entries: int, codes: list[str]) -> Policy:
    diagnoses = []
    for row in range(entries - 3):
        first = random.randrange(len(codes) - 40)
        low, high = codes[first], codes[first + random.randrange(1, 40)]
        diagnoses.append(CodeEntry(System.ICD10CM, low, high, row + 6, f"{low}-{high}"))
    procedures = [CodeEntry(System.CPT, str(random.randrange(10000, 99999)), None, row + 3, "code") for row in range(3)]
    term = " ".join(random.sample(WORDS, 3))
    about = statement(f"Use of {term} is weighed here, as it was weighed before. " * 6, term, position=random.choice(list(Position)))
    return policy(f"GEN.{number:05}", [about], [*procedures, *diagnoses], effective=date(2015, 1, 1))


def every_code() -> list[str]:
    """The billable codes of the bundled table, in its order."""
    with gzip.open(resources() / "codesets" / "icd10cm.tsv.gz", "rt", encoding="utf-8") as table:
        rows = [line.split("\t") for line in table]
    return [normal(row[0], System.ICD10CM) for row in rows if row[1].endswith("b")]


def questions() -> list[Request]:
    """A usual request, one with many diagnoses, one that hits nothing, one by words alone."""
    many = "M54.5 M47.812 S13.4XXA E11.9 I10 J45.909 Z00.00 M17.11 G89.29 R13.12 K21.9 F32.9"
    return [
        request(
            Line("76120", "Cineradiography of the lumbar spine"), Line("97110", "Therapeutic exercise"), dx="M54.5 G89.29 M47.812 I10 E11.9"
        ),
        request(Line("76120", "Cineradiography of the lumbar spine"), dx=many),
        request(Line("99213", "Office visit"), dx=""),
        request(Line("76499", "Digital motion x-ray of the cervical spine, no swallow study"), dx="M54.2"),
    ]


def plain_loop(asked: Request, entries: list[tuple[float, float, str]], codeset: CodeSet) -> int:
    """Every code entry of every policy, its places known beforehand, against every code of the request; no words, no report."""
    hits = 0
    places = [codeset.place(each.code) for each in asked.diagnoses]
    codes = [service.code for service in asked.services]
    for low, high, code in entries:
        if code:
            hits += code in codes
        else:
            for place in places:
                hits += low <= place <= high
    return hits


def flat(library: list[Shelved], codeset: CodeSet) -> list[tuple[float, float, str]]:
    """The code entries of all policies, with their places or their code."""
    return [
        (codeset.place(entry.low), codeset.last_place(entry.high or entry.low), "")
        if entry.system is System.ICD10CM
        else (0.0, 0.0, entry.low)
        for each in library
        for entry in each.policy.codes
    ]


def timed(run: Callable[[], object], times: int) -> float:
    """Median milliseconds."""
    took = []
    for _ in range(times):
        started = perf_counter()
        run()
        took.append((perf_counter() - started) * 1000)
    return median(took)


if __name__ == "__main__":
    main()
