"""The shell that every test of the command line uses."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from builders import TABLES, open_desk
from cli_shell import Shell, without_log

from ur_desk.domain.people import Credential


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which only ada is, with guesses that cost next to nothing."""
    folder = tmp_path_factory.mktemp("begun") / "w"
    desk = open_desk(folder, "ada", tables=TABLES)
    desk.accounts.enter_credential("ada", Credential("", "RN-1", "IN"))
    # the day's backup is there: no command of a test makes one
    assert desk.keeping.automatic().made
    desk.close()
    return folder


@pytest.fixture
def shell(tmp_path: Path, begun: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell on a workspace of which nobody but ada knows yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    copytree(begun, tmp_path / "w")
    with without_log():
        yield Shell(tmp_path, capsys)
