"""What 10,000 requests cost in each format that is read through a mapping, beside the fastest generic reader of that format."""

import csv
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT.parent), str(ROOT), str(ROOT / "importers")]

from table_files import text_of, xlsx_bytes  # noqa: E402

from ur_desk.desk.tables import Tables  # noqa: E402
from ur_desk.importers import extract  # noqa: E402
from ur_desk.records.request import request_data  # noqa: E402

MANY = 10_000
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
HEAD = (
    "Auth #", "Member ID", "Last Name", "First Name", "DOB", "Sex", "CPT", "Units", "DOS", "Dx1", "Dx2", "Ordering Provider", "NPI",
    "Priority", "Received Date", "Notes",
)  # fmt: skip


def rows(count: int) -> Iterator[list[str]]:
    """Invented requests, the same each time."""
    chance = random.Random(17)
    for n in range(count):
        born, served = date(chance.randint(1930, 2005), chance.randint(1, 12), chance.randint(1, 28)), date(2017, chance.randint(1, 12), 12)
        yield [
            f"R-{n:06}", f"DEMO-{n:06}", chance.choice(("Alvarado", "Brandt", "Okafor")), chance.choice(("Rosalind", "Otto", "Ada")),
            f"{born:%m/%d/%Y}", chance.choice("FM"), chance.choice(("72148", "97110", "27447", "J1745", "76120")), str(chance.randint(1, 9)),
            f"{served:%m/%d/%Y}", chance.choice(("M54.5", "M17.11", "K50.90")), chance.choice(("", "M54.16")), "Lena Ostrow", "1003000126",
            chance.choice(("Routine", "Urgent")), f"2017-10-{chance.randint(1, 28):02} 09:30-04:00", "Back pain for five months.",
        ]  # fmt: skip


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    told = []
    for _ in range(times):
        begun = perf_counter()
        work()
        told.append(perf_counter() - begun)
    return min(told)


def main() -> None:
    """Prints requests a second and the ratio to the generic reader, format by format."""
    from python_calamine import CalamineWorkbook

    codeset, table = Tables().codeset, [list(HEAD), *rows(MANY)]
    text, book = text_of(table).encode(), xlsx_bytes({"Requests": table})
    read = extract(text, "f.csv", codeset, NOW)
    own = json.dumps([request_data(request) for request in read.requests], default=str).encode()
    shape = json.dumps(
        [
            {"id": r[0], "patient_id": r[1], "patient_name": f"{r[3]} {r[2]}", "patient_dob": r[4], "procedure_code": r[6],
             "diagnosis_codes": [r[9]], "requesting_provider_npi": r[12], "urgency": "standard", "clinical_notes": r[15]}
            for r in table[1:]
        ]
    ).encode()  # fmt: skip
    extract(book, "warm.xlsx", codeset, NOW)
    generic: dict[str, tuple[bytes, str, Callable[[], object]]] = {
        "CSV": (text, "csv.reader", lambda: list(csv.reader(io.StringIO(text.decode(), newline="")))),
        "XLSX": (book, "python-calamine", lambda: CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()),
        "JSON of a declared shape": (shape, "json.loads", lambda: json.loads(shape)),
        "JSON of the program's own": (own, "json.loads", lambda: json.loads(own)),
    }
    for name, (data, beside, plain) in generic.items():
        told = extract(data, "f", codeset, NOW)
        assert len(told.requests) == MANY, (name, told.problems[:3])
        ours, theirs = best(lambda data=data: extract(data, "f", codeset, NOW)), best(plain)  # type: ignore[misc]
        print(f"{name}: {MANY / ours:,.0f} requests a second; {ours / theirs:.0f} times {beside} ({ours:.2f} s, {theirs:.3f} s)")


if __name__ == "__main__":
    main()
