"""Writes `resources/help/licences.md`: under which licence each package stands that comes with the program.

    python packaging/licences.py [FOLDER OF WHEELS]

The licences are what the packages say of themselves. What is not installed here, since it belongs to another system, is read from a
wheel in the folder (`pip download --no-deps`).
"""

import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.message import Message
from email.parser import Parser
from importlib import metadata
from pathlib import Path

from pins import HERE, SHIPPED, Pin, pins

PAGE = HERE.parent / "resources" / "help" / "licences.md"
_HEAD = """# Licences

What comes with the program, and under which licence each part says that it stands. Versions and hashes are pinned; the list of parts for machines (CycloneDX) is made by `packaging/sbom.py`.

Besides: Python (PSF-2.0), Qt (LGPL-3.0-only, as libraries that you may replace), SQLCipher (BSD-3-Clause) with SQLite (public domain) and OpenSSL (Apache-2.0), libsodium (ISC), PDFium (BSD-3-Clause), libxml2 and libxslt (MIT), and the fonts Noto Sans (OFL-1.1), HarfBuzz (MIT-Modern-Variant). The program itself: MIT.

| Part | Licence |
| --- | --- |
"""  # fmt: skip
_CLASSIFIER = "License :: "
_LONG = 60
"""A licence field longer than this is the licence's own text, not its name."""


_TEXTS = {"This software is provided 'as-is', without any express or implied warranty": "Zlib"}
"""Words by which a licence's own text is known, for packages that name it nowhere else."""


def licence(told: Message, texts: Iterable[str] = ()) -> str:
    """The licence that a package's metadata names, else the one of which a text comes along; ValueError where there is neither."""
    if expression := told.get("License-Expression"):
        return str(expression).strip()
    named = str(told.get("License") or "").strip()
    if named and named.upper() != "UNKNOWN" and "\n" not in named and len(named) <= _LONG:
        return named
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier", []) if c.startswith(_CLASSIFIER)]
    if classified:
        return " or ".join(classified)
    for text in texts:
        for words, name in _TEXTS.items():
            if words in " ".join(text.split()):
                return name
    raise ValueError(f"{told['Name']} names no licence")


def texts_of(pin: Pin) -> Iterator[str]:
    """The texts of licences that come along with an installed package."""
    with suppress(metadata.PackageNotFoundError):
        for file in metadata.distribution(pin.name).files or ():
            if "licen" in file.name.lower() and ".dist-info" in str(file):
                yield file.read_text(encoding="utf-8")


def metadata_of(pin: Pin, wheels: Path | None) -> Message:
    """What a package says of itself, installed here or as a wheel in the folder; LookupError where it is neither."""
    try:
        return Parser().parsestr(metadata.distribution(pin.name).read_text("METADATA") or "")
    except metadata.PackageNotFoundError:
        for wheel in sorted(wheels.glob("*.whl")) if wheels else []:
            if same(wheel.name.split("-")[0], pin.name):
                with zipfile.ZipFile(wheel) as opened:
                    (name,) = [n for n in opened.namelist() if n.endswith(".dist-info/METADATA")]
                    return Parser().parsestr(opened.read(name).decode())
        raise LookupError(f"{pin.name} is not installed, and no wheel of it is at hand") from None


def same(one: str, other: str) -> bool:
    """Whether two spellings name one package."""
    return re.sub(r"[-_.]+", "-", one).lower() == re.sub(r"[-_.]+", "-", other).lower()


def table() -> dict[str, str]:
    """The licences by package, as the page has them."""
    rows = re.findall(r"^\| (?P<name>\S+) \S+ \| (?P<licence>.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def main(wheels: Path | None) -> None:
    """Writes the page anew."""
    rows = [f"| {pin.name} {pin.version} | {licence(metadata_of(pin, wheels), texts_of(pin))} |" for pin in pins(SHIPPED)]
    PAGE.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} parts")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
