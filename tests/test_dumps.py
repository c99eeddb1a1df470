"""No dump of the memory, where the system listens."""

import subprocess
import sys

import pytest

from ur_desk import dumps


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_process_that_fails_leaves_no_dump_of_its_memory() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import resource; from ur_desk.dumps import forbid_dumps as f; f(); f(); print(resource.getrlimit(resource.RLIMIT_CORE))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "(0, 0)"


def test_a_system_that_does_not_listen_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(*told: object) -> object:
        raise OSError("no such library")

    import ctypes

    monkeypatch.setattr(ctypes, "CDLL", deaf)
    dumps._tell_linux()
    dumps._tell_windows()
