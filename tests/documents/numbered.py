"""Lines to the text that they make, for tests of what reads numbered lines."""

from hashlib import sha256
from pathlib import Path

from ur_desk.domain.policy import Sha256, Text, TextLine


def numbered(*lines: str) -> Text:
    """A text of these lines, counted from 1."""
    digest = sha256("\n".join(lines).encode()).hexdigest()
    return Text(Sha256(digest), tuple(TextLine(number, line) for number, line in enumerate(lines, 1)))


def numbered_file(path: Path) -> Text:
    """The lines of a plain text file in UTF-8."""
    return numbered(*path.read_text("utf-8").removesuffix("\n").split("\n"))
