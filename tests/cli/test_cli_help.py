"""The help is there at once: it loads nothing that reads, matches or keeps."""

import subprocess
import sys

ASK = """
import sys
from ur_desk.cli import run
status = run(["--help"])
print(status, *sorted(m for m in sys.modules if m.partition(".")[0] in ("PySide6", "sqlcipher3", "sqlite_utils", "reportlab", "nacl", "pydantic")
      or m.startswith(("ur_desk.domain.", "ur_desk.desk.", "ur_desk.store.", "ur_desk.ui."))), file=sys.stderr)
"""


def test_the_help_loads_nothing_of_the_program_but_its_commands() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert "policy" in done.stdout
    assert done.stderr.split() == ["0", "ur_desk.domain.visible"]


def test_words_that_are_written_out_for_the_help_are_those_of_the_domain() -> None:
    from ur_desk.cli import drafts, searching
    from ur_desk.domain.codes import System
    from ur_desk.domain.library.catalogue import Standing
    from ur_desk.domain.library.correction import What
    from ur_desk.domain.library.criteria import Op
    from ur_desk.domain.policy import Position

    assert tuple(What) == drafts.WHATS
    assert tuple(op for op in Op if op is not Op.LEAF) == drafts.OPS
    assert tuple(System) == drafts.SYSTEMS
    assert tuple(Standing) == searching.STATUSES
    assert tuple(Position) == searching.POSITIONS
