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
