"""The policies that come with the program: abstracts, read by the same reader as every document."""

from pathlib import Path

from ur_desk.documents.reader import read
from ur_desk.domain.codes import CodeSet
from ur_desk.domain.policy import Policy

PATTERN = "*.abstract.txt"
"""Names of the bundled files; each says `Kind of text: abstract` in its header."""


def bundled(folder: Path, codes: CodeSet) -> tuple[Policy, ...]:
    """Every bundled policy of a folder, by file name; ValueError where a bundled text does not call itself an abstract.

    Payers' own texts are never shipped, so a file that does not say what it is must not pass for one.
    """
    policies = tuple(read(file.read_bytes(), file.name, codes) for file in sorted(folder.glob(PATTERN)))
    for policy in policies:
        if not policy.abstract:
            raise ValueError(f"{policy.provenance.file} does not say in its header that it is an abstract")
    return policies
