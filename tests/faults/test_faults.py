"""The fault injection in small: fifty kills of the thousands that `python tests/faults` does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a killed process is a fork of this one")
def test_fifty_kills_leave_all_or_nothing() -> None:
    done = subprocess.run([sys.executable, str(HERE), "50"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    kills, broken = re.search(r"(\d+) killed .*, (\d+) broken", done.stdout).groups()  # type: ignore[union-attr]
    assert int(kills) >= 50
    assert int(broken) == 0


BESIDE_OTHERS = {"vault.make", "trail.went-back", "clock.moved", "clock.doubted"}
"""What the program notes inside of the transaction of a beginning, a sign-in or another verb, all of which are killed."""


def test_every_writing_verb_is_killed() -> None:
    from steps import STEPS

    from ur_desk.desk.verbs import VERBS

    assert set(VERBS) - BESIDE_OTHERS <= {step.verb for step in STEPS}
