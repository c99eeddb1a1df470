"""Tables and lists that were changed at random: whatever comes in, requests and problems come out, each with a place, and in bounded time.

`UR_DESK_FUZZ=20` tries twenty times as many.
"""

import json
import os
import random
from collections.abc import Callable

import pytest
from table_files import HEAD, NOW, ROWS, text_of

from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.mapping import Column, Mapping
from ur_desk.errors import UserError
from ur_desk.importers import extract, look, preview
from ur_desk.importers.delimited import read_delimited
from ur_desk.importers.formats import Format, identify

TIMES = int(os.environ.get("UR_DESK_FUZZ", "1"))
LIST = [
    {"id": "1", "patient_id": "DEMO-1", "patient_name": "Otto Brandt", "patient_dob": "1959-12-01", "procedure_code": "27447",
     "diagnosis_codes": ["M17.11"], "requesting_provider_npi": "1003000126", "urgency": "routine", "clinical_notes": "Knee."},
    {"id": "2", "patient_id": "DEMO-2", "patient_name": "Ada Okafor", "patient_dob": "1971-07-30", "procedure_code": "97110",
     "diagnosis_codes": ["M54.5", "M47.816"], "requesting_provider_npi": "1003000126", "urgency": "urgent", "clinical_notes": None},
]  # fmt: skip
SCRIPT = "export const rows = " + json.dumps(LIST) + ";\n"
STRANGE = (
    "", "\x00", "\ufeff", "\u202e", '"', "'", "\n", "\r", "\t", ",", ";", "|", "=1+1", "-", "0", "1e309", "1.23457E+11", "NaN", "²", "٣",
    "99999999999999999999", "13/13/2017", "43020", "10/12/17", "N/A", "\ud7ff", "🙂", "x" * 400, "{", "}", "[", "]", "\\", "//", "/*", "${x}", "null",
)  # fmt: skip
MAPPING = Mapping(
    (
        Column("Auth #", "reference"),
        Column("Member ID", "member.member_id"),
        Column("Last Name", "member.name"),
        Column("DOB", "member.birth_date"),
        Column("CPT", "services.code", separators=",;|"),
        Column("Units", "services.quantity"),
        Column("DOS", "services.days"),
        Column("Dx1", "diagnoses.code", separators=";"),
    ),
    ("reference",),
)


def mutants(text: str, rounds: int, seed: int) -> list[bytes]:
    """So many texts near this one: characters, pieces and whole lines put in, taken out, doubled and moved; some no longer text at all."""
    chance = random.Random(seed)
    made = []
    for n in range(rounds):
        told = text
        for _ in range(chance.randint(1, 8)):
            at, to = sorted((chance.randrange(len(told) + 1), chance.randrange(len(told) + 1)))
            match chance.randrange(5):
                case 0:
                    told = told[:at] + chance.choice(STRANGE) + told[at:]
                case 1:
                    told = told[:at] + told[min(to, at + 30) :]
                case 2:
                    told = told[:to] + told[at : min(to, at + 200)] + told[to:]
                case 3:
                    lines = told.splitlines(keepends=True)
                    chance.shuffle(lines)
                    told = "".join(lines)
                case _:
                    told = told[:at] + chance.choice(STRANGE) + told[at + 1 :]
        data = told.encode(chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")), "replace")
        if n % 7 == 0:
            data = (
                data[: chance.randrange(len(data) + 1)]
                + bytes(chance.randrange(256) for _ in range(chance.randint(0, 6)))
                + data[chance.randrange(len(data) + 1) :]
            )
        made.append(data)
    return made


def check(told: Extracted) -> None:
    assert told.requests or told.problems
    for problem in told.problems:
        assert problem.where.startswith("f.x")
        assert problem.message.endswith((".", "?")), problem.message
        assert problem.code
        problem.where.encode()


READ: dict[str, tuple[str, Callable[[bytes], Extracted]]] = {
    "a table by its headers": (text_of([HEAD, *ROWS]), lambda data: extract(data, "f.x", None, NOW)),
    "a table by a mapping": (text_of([HEAD, *ROWS, ROWS[0]]), lambda data: extract(data, "f.x", None, NOW, MAPPING)),
    "a list by its shape": (json.dumps(LIST, indent=1), lambda data: extract(data, "f.x", None, NOW)),
    "a script by its shape": (SCRIPT, lambda data: extract(data, "f.x", None, NOW)),
}


@pytest.mark.parametrize("name", READ)
def test_whatever_is_done_to_a_file_requests_and_problems_come_out(name: str) -> None:
    text, read = READ[name]
    for data in mutants(text, 1_500 * TIMES, seed=len(name)):
        check(read(data))


def test_whatever_is_done_to_a_file_it_can_be_looked_at_and_tried_or_is_refused_in_words() -> None:
    for data in [*mutants(text_of([HEAD, *ROWS]), 500 * TIMES, seed=3), *mutants(SCRIPT, 500 * TIMES, seed=4)]:
        if identify(data) is Format.WORKBOOK:  # bytes that begin as one; the process apart has tests of its own
            continue
        try:
            seen = look(data, "f.x")
        except UserError:
            continue
        if seen.mapping is not None:
            assert all(p.where.startswith("f.x") for p in preview(seen, seen.mapping, None, NOW).problems)


@pytest.mark.parametrize(
    "text",
    [
        ',"' * 40_000,
        "a,b,c\n" + '"' * 90_001,
        "a,b,c\n" + "," * 200_000,
        "Member ID,CPT,Dx\n" + "DEMO-1,72148,M54.5\n" * 20_000,
        "Member ID,CPT,DOS\nDEMO-1,72148," + "10/12/2017 - " * 3_000 + "\n",
        "Member ID,CPT,Dx\nDEMO-1,72148,\"" + "M54.5: x | " * 20_000 + "\"\n",
        "Member ID,CPT,Dx\nDEMO-1,\"" + "72148," * 20_000 + "\",M54.5\n",
        "Member ID,CPT,Dx," + ",".join(f"Dx{n}" for n in range(480)) + "\nDEMO-1,72148,M54.5\n",
        "Member ID,CPT,Service Dates\nDEMO-1,72148,10/12/2017" + " " * 100_000 + "x\n",
        "Member ID,CPT,DOS\nDEMO-1,72148,10/12/2017" + " T" * 50_000 + "x\n",
        "/**/" * 1_000 + "x",
        "type " + "x" * 100_000,
        "const a: " + "x" * 100_000,
        "[" * 100_000,
        "const a = " + '{"a":' * 50_000,
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_made_to_take_long_is_read_or_refused_soon(text: str) -> None:
    check(extract(text.encode(), "f.x", None, NOW))


def test_a_cell_near_every_bound_of_the_reader_is_read_or_said() -> None:
    for size in (131_071, 131_072, 131_073):
        grid = read_delimited(f"a,b,c\n1,2,{'x' * size}\n".encode(), "f.x")
        assert len(grid.rows) == (2 if size <= 131_072 else 1)
        assert bool(grid.problems) == (size > 131_072)
