"""Writes the list of the program's parts for machines, CycloneDX 1.5 in JSON, from the pinned requirements.

    python packaging/sbom.py > ur-desk.cdx.json

The same pins give the same bytes: no time and no random number is in it. What only the tests need is in it too, as excluded.
"""

import json
import sys
import uuid
from typing import Any

from licences import table
from pins import SHIPPED, TESTED, Pin, pins

from ur_desk import __version__

_SPACE = uuid.UUID("6a1f6c0e-5b0a-5f0e-9a55-2f1c7d3e9b10")


def document() -> dict[str, Any]:
    """The whole list."""
    shipped, licences = pins(SHIPPED), table()
    names = {pin.name for pin in shipped}
    parts = [_part(pin, "required", licences.get(pin.name)) for pin in shipped]
    parts += [_part(pin, "excluded", None) for pin in pins(TESTED) if pin.name not in names]
    program = {"type": "application", "bom-ref": f"pkg:pypi/ur-desk@{__version__}", "name": "ur-desk", "version": __version__}
    told: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**program, "licenses": [{"license": {"id": "MIT"}}]}},
        "components": parts,
        "dependencies": [
            {"ref": program["bom-ref"], "dependsOn": sorted(part["bom-ref"] for part in parts if part["scope"] == "required")}
        ],
    }
    serial = uuid.uuid5(_SPACE, json.dumps(told, sort_keys=True))
    return {"bomFormat": told.pop("bomFormat"), "specVersion": told.pop("specVersion"), "serialNumber": f"urn:uuid:{serial}", **told}


def _part(pin: Pin, scope: str, licence: str | None) -> dict[str, Any]:
    ref = f"pkg:pypi/{pin.name}@{pin.version}"
    part: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": pin.name, "version": pin.version, "scope": scope, "purl": ref}
    part["hashes"] = [{"alg": "SHA-256", "content": sha256} for sha256 in pin.sha256]
    if licence:
        part["licenses"] = [{"license": {"name": licence}}]
    if pin.where:
        part["properties"] = [{"name": "ur-desk:installed-where", "value": pin.where}]
    return part


if __name__ == "__main__":
    json.dump(document(), sys.stdout, indent=1)
    sys.stdout.write("\n")
