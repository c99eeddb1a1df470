"""How long a file of many PAS bundles takes beside `json.loads`, which only parses it.

Run: python tests/benchmarks/bench_fhir.py [REQUESTS]
Prints seconds, requests a second and the ratio, once as a list and once as one bundle a line; asserts nothing about time.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "importers")]

from fhir_builders import BASE, NOW, PAS, asking, claim, concept, extension, item, refer  # noqa: E402

from ur_desk.codesets import icd10cm  # noqa: E402
from ur_desk.importers import extract  # noqa: E402
from ur_desk.paths import resources  # noqa: E402


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    codeset = icd10cm.load(resources())
    extract(json.dumps(one(0)).encode(), "first.json", codeset, NOW)  # the code table is unpacked at its first use
    trees = [one(number) for number in range(count)]
    files = {"list": json.dumps(trees).encode(), "one a line": b"\n".join(json.dumps(tree).encode() for tree in trees)}
    for name, data in files.items():
        parsed = timed(
            lambda data=data, name=name: json.loads(data) if name == "list" else [json.loads(line) for line in data.split(b"\n")]
        )
        took = timed(lambda data=data: taken(data, codeset, count))
        print(
            f"{count} requests as {name}, {len(data) / 1e6:.1f} MB: read in {took:.2f} s, {count / took:.0f} a second; "
            f"json.loads {parsed:.2f} s; ratio {took / parsed:.1f}"
        )


def taken(data: bytes, codeset: Any, count: int) -> None:
    """Reads the file; every request must come out of it."""
    assert len(extract(data, "many.json", codeset, NOW).requests) == count


def one(number: int) -> dict[str, Any]:
    """A request of two lines with an order, a care team and a note, its numbers its own."""
    order = {
        "resourceType": "ServiceRequest",
        "id": "order",
        "status": "active",
        "intent": "order",
        "code": concept("http://www.ama-assn.org/go/cpt", "97110", "Therapeutic exercise"),
        "subject": refer("Patient/p1"),
    }
    surgeon = {
        "resourceType": "Practitioner",
        "id": "surgeon",
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
        "name": [{"family": "Vogel", "given": ["Ines"]}],
    }
    about = claim(
        item(1, extension=[extension("extension-certificationType", valueCodeableConcept=concept(None, "I"))]),
        item(2, "97110", extension=[extension("extension-requestedService", valueReference=refer("ServiceRequest/order"))]),
        id=f"claim{number}",
        identifier=[{"system": f"{BASE}/PATIENT_EVENT_TRACE_NUMBER", "value": f"TRACE-{number}"}],
        careTeam=[{"sequence": 1, "provider": refer("Practitioner/surgeon")}],
        supportingInfo=[{"sequence": 1, "category": concept(f"{PAS}/PASTempCodes", "freeFormMessage"), "valueString": "Pain since May."}],
    )
    return asking(order, surgeon, about=about)


def timed(run: Callable[[], object]) -> float:
    """Seconds, the better of two runs."""
    took = []
    for _ in range(2):
        started = perf_counter()
        run()
        took.append(perf_counter() - started)
    return min(took)


if __name__ == "__main__":
    main()
