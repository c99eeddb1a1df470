"""The shell that every test of the command line uses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_shell import Shell, without_log


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell on a new workspace."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with without_log():
        yield Shell(tmp_path, capsys)
