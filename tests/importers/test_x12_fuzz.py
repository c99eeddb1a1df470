"""Whatever is done to an X12 file, only problems come out, in time, and nothing of a person in what they say or in the log.

`UR_DESK_FUZZ_X12` says how many mutants are read (2,000 where it is unset).
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import x12_text as x

from ur_desk.domain.findings import Extracted
from ur_desk.domain.policy import Severity
from ur_desk.importers import extract
from ur_desk.importers.intake import Source
from ur_desk.importers.x12_278 import extract_x12
from ur_desk.records.request import request_data

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
MUTANTS = int(os.environ.get("UR_DESK_FUZZ_X12", "2000"))
SECRETS = ("ZYXOKAFOR", "ZYXLENA", "ZYX880017", "ZYXPIER", "ZYXTHERAPY")
PEOPLE = [
    "HL*3*2*22*1",
    f"NM1*IL*1*{SECRETS[0]}*{SECRETS[1]}****MI*{SECRETS[2]}",
    f"N3*12 {SECRETS[3]} RD",
    "N4*GARY*IN*46402",
    "DMG*D8*19710214*F",
]
REQUEST = x.request(
    patient=[*PEOPLE, "HL*9*3*23*1", f"NM1*QC*1*{SECRETS[0]}*TOBI", "INS*N*19"],
    event=[
        "HL*4*9*EV*1",
        *x.EVENT[1:],
        "HSD*VS*2*WK**34*3",
        "PWK*OZ*FX***AC*CTL",
        f"MSG*{SECRETS[4]} FAILED",
        "NM1*SJ*1*REED*ANA****XX*1234567893",
    ],
    lines=[*x.LINE, "HL*6*4*SS*0", "SV2*0120*HC:22612*24500*DA*3", "DTP*472*RD8*20261012-20261030"],
)
RESPONSE = x.response(
    ["TRN*2*T-1", "UM*HS*I*4", "HCR*A1*AUTH-1"], ["HL*5*4*SS*0", "HCR*A3**0B", "SV1*HC:76120", "AAA*N**57*C"], patient=PEOPLE
)
SEGMENTS = x.interchange(REQUEST, RESPONSE) + x.interchange(RESPONSE, control="000000102")
PIECES = (
    "",
    "*",
    ":",
    "~",
    "^",
    "HL*1**20*1",
    "HL*4*4*EV*1",
    "ISA",
    "ST*278*0001",
    "SE*1*1",
    "IEA*1*1",
    "HCR*A1",
    "AAA",
    "SV1",
    "\0",
    "\x1d",
    "é",
    "9" * 400,
    "UM***",
    "BHT*0007*01",
)


def mutant(random: Random) -> bytes:
    """Segments dropped, doubled, swapped, elements mangled, then bytes flipped or cut."""
    told = list(SEGMENTS)
    for _ in range(random.randrange(1, 6)):
        at, other = random.randrange(len(told)), random.randrange(len(told))
        kind = random.randrange(6)
        if kind == 0 and len(told) > 2:
            del told[at]
        elif kind == 1:
            told.insert(at, told[other])
        elif kind == 2:
            told[at], told[other] = told[other], told[at]
        elif kind == 3:
            told[at] = random.choice(PIECES)
        else:
            elements = told[at].split("*")
            place = random.randrange(len(elements))
            elements[place] = random.choice((*PIECES, *random.choice(told).split("*"))) if kind == 4 else ""
            told[at] = "*".join(elements)
    data = bytearray(x.text(told, random.choice(("~", "~\r\n", "\n"))))
    for _ in range(random.choice((0, 0, 1, 5, 50))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(data[: random.randrange(len(data))] if random.randrange(8) == 0 else data)


def read(data: bytes) -> Extracted:
    """The file as an X12 file, also where its beginning no longer says so."""
    return extract_x12(data, Source("fuzz.x12", "x12-278", "0" * 64), None, NOW)


def checked(extracted: Extracted) -> None:
    for problem in extracted.problems:
        assert problem.where.startswith("fuzz.x12")
        assert problem.message.isprintable()
    printed = json.dumps({"requests": [request_data(request) for request in extracted.requests]}).encode()
    if extracted.requests:
        again = extract(printed, "again.json", None, NOW)
        assert [request_data(r) | {"source": None} for r in again.requests] == [
            request_data(r) | {"source": None} for r in extracted.requests
        ]


def mutants(count: int, seed: int) -> Iterator[bytes]:
    random = Random(seed)
    return (mutant(random) for _ in range(count))


@pytest.mark.parametrize("seed", range(4))
def test_a_278_gone_wrong_gives_problems_and_requests_that_come_back_the_same(seed: int, caplog: pytest.LogCaptureFixture) -> None:
    requests = problems = 0
    for data in mutants(MUTANTS // 4, seed):
        extracted = read(data)
        checked(extracted)
        requests += len(extracted.requests)
        problems += len(extracted.problems)
    assert requests > MUTANTS // 4
    assert problems > MUTANTS
    assert caplog.records == []


def test_no_reading_of_a_whole_file_says_anything_of_a_person() -> None:
    broken = [
        s.replace("HL*4*9*EV*1", "HL*4*2*EV*1").replace("SV2*0120", "SV2*XX").replace("UM*HS*I*4*11:B", "UM*HS*Q*4*11**ZZ")
        for s in SEGMENTS
    ]
    for told in (SEGMENTS, broken, broken[:-8]):
        extracted = read(x.text(told))
        assert extracted.problems
        assert not [p for p in extracted.problems for secret in SECRETS if secret in p.message + p.where]


@pytest.mark.samples
def test_a_real_278_gone_wrong_gives_problems_only(samples: Path) -> None:
    random = Random(5)
    files = [path.read_bytes() for path in sorted((samples / "x12-278").rglob("*.x12"))]
    for at in range(MUTANTS // 10):
        data = bytearray(files[at % len(files)])
        for _ in range(random.choice((1, 3, 30))):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        checked(read(bytes(data[: random.randrange(len(data))] if at % 3 == 0 else data)))


def work(data: bytes) -> int:
    """How many calls a reading makes, C functions included: what grows with it grows with the time, and the same on every machine."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(data)
    finally:
        sys.setprofile(before)
    return calls


HEAD = x.text(x.interchange()[:2])
HOSTILE = {
    "no end of segments": lambda n: HEAD + b"A" * 20 * n,
    "only ends": lambda n: HEAD + b"~" * 20 * n,
    "only separators": lambda n: HEAD + b"*" * 20 * n,
    "headers": lambda n: b"ISA*" * 5 * n,
    "headers in full": lambda n: (x.interchange()[0] + "~").encode() * (n // 5),
    "headers of nothing but separators": lambda n: (b"ISA" + b"*" * 20) * n,
    "blanks and breaks": lambda n: HEAD + b"x \n" * 7 * n,
    "blanks alone": lambda n: HEAD + b" " * 20 * n,
    "levels under nothing": lambda n: x.file([x.BHT, *(f"HL*{k}*x*EV*1" for k in range(n))]),
    "levels under each other": lambda n: x.file(
        [x.BHT, *x.UMO, *x.REQUESTER, *(f"HL*{k}*2*22*1" for k in range(3, n)), *(["HL*1*q*EV*1"] * n)]
    ),
    "services": lambda n: x.file(x.request(lines=[s for k in range(n) for s in (f"HL*{k + 5}*4*SS*0", "SV1*HC:76120")])),
    "diagnoses": lambda n: x.file(x.request(event=[*x.EVENT[:3], *["HI" + "*ABF:M5450" * 12] * n])),
    "components": lambda n: x.file(x.request(lines=["HL*5*4*SS*0", *["SV1*" + ":" * 60] * n])),
    "transactions begun": lambda n: x.text([*x.interchange()[:2], *["ST*278*0001"] * n]),
    "stray segments": lambda n: x.text([*x.interchange()[:2], *["REF*1*2"] * n]),
    "names": lambda n: x.file(x.request(lines=[*x.LINE, *["NM1*SJ*1*A*B"] * n])),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_ten_times_the_hostile_input_is_no_more_than_ten_times_the_work(kind: str) -> None:
    make = HOSTILE[kind]
    assert work(make(3_000)) < 11 * work(make(300)) + 2_000


def test_what_is_refused_for_its_size_says_so_as_an_error() -> None:
    extracted = read(HEAD + b"A" * 100_000)
    assert [(p.severity, p.code) for p in extracted.problems if p.severity is Severity.ERROR] == [(Severity.ERROR, "segment-too-long")]
