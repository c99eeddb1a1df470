"""The pinned packages as the requirement files name them: name, version, platforms, hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SHIPPED, TESTED = HERE / "requirements.txt", HERE / "requirements-test.txt"
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<where>[^\\]+?))?\s*\\?")
_HASH = re.compile(r"\s+--hash=sha256:(?P<sha256>[0-9a-f]{64})\s*\\?")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package as it is pinned: `where` says on which systems it is installed, empty for all; `sha256` of each file that may be."""

    name: str
    version: str
    where: str
    sha256: tuple[str, ...]


def pins(file: Path) -> tuple[Pin, ...]:
    """Every pin of a requirements file, in its order; ValueError for a line that is none, and for a pin without hashes."""
    found: list[Pin] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if hashed := _HASH.fullmatch(line):
            last = found.pop()
            found.append(Pin(last.name, last.version, last.where, (*last.sha256, hashed["sha256"])))
        elif pinned := _PIN.fullmatch(line):
            found.append(Pin(pinned["name"], pinned["version"], pinned["where"] or "", ()))
        else:
            raise ValueError(f"{file.name}: no pin and no hash: {line!r}")
    if bare := [pin.name for pin in found if not pin.sha256]:
        raise ValueError(f"{file.name}: without hashes: {', '.join(bare)}")
    return tuple(found)
