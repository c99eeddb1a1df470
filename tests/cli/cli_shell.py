"""A shell for tests of the command line: one workspace, one account unless another is named."""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from builders import TABLES, open_desk, passphrase

from ur_desk.cli import run
from ur_desk.cli.passphrases import FILE
from ur_desk.domain.request import Request
from ur_desk.logbook import LogFile
from ur_desk.records.request import request_data


@dataclass(frozen=True)
class Shell:
    """Runs commands in a workspace below the folder."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *words: str, user: str = "ada") -> tuple[int, str, str]:
        """Status, standard output, standard error."""
        with signs_in(user, self.folder):
            status = run(["--workspace", str(self.folder / "w"), "--user", user, *words])
        told = self.capture.readouterr()
        assert "Traceback" not in told.err
        return status, told.out, told.err

    def add(self, name: str, *words: str, user: str = "ada") -> None:
        """Adds an account, whose holder sets a passphrase at once."""
        code = self.good("account", "add", name, *words, "--json", user=user)["code"]
        self.good("account", "enrol", "--code-file", str(private(self.folder / "code", code)), user=name)

    def anew(self, zone: str = "") -> Path:
        """The folder without its workspace, or with one whose days are of a zone."""
        folder = self.folder / "w"
        rmtree(folder)
        if zone:
            open_desk(folder, "ada", tables=TABLES, zone=zone).close()
        return folder

    def good(self, *words: str, user: str = "ada") -> Any:
        """What a command prints that must be done: the one JSON document, or the text."""
        status, out, err = self(*words, user=user)
        assert status == 0, err
        return json.loads(out) if "--json" in words else out

    def refused(self, *words: str, user: str = "ada") -> str:
        """What is said of a command that must be refused; nothing stands on standard output."""
        status, out, err = self(*words, user=user)
        assert (status, out) == (1, ""), err
        return err

    def file(self, *requests: Request) -> str:
        """A request file."""
        path = self.folder / f"requests-{len(list(self.folder.iterdir()))}.json"
        path.write_text(json.dumps([request_data(r) for r in requests]), encoding="utf-8")
        return str(path)

    def case(self, *requests: Request) -> str:
        """The number of a case that was opened for the first of the requests."""
        number: str = self.good("intake", "--save", "--json", self.file(*requests))["cases"][0]
        return number


def private(file: Path, words: str) -> Path:
    """A file that its owner alone may read."""
    file.write_text(words + "\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@contextmanager
def signs_in(user: str, folder: Path) -> Iterator[None]:
    """Lets the environment name a file with the passphrase of a synthetic person."""
    before = os.environ.get(FILE)
    os.environ[FILE] = str(private(folder / "passphrase", passphrase(user)))
    try:
        yield
    finally:
        os.environ.pop(FILE)
        if before is not None:
            os.environ[FILE] = before


@contextmanager
def without_log() -> Iterator[None]:
    """Lets a test begin and end without a log file."""
    _close_log()
    yield
    _close_log()


def _close_log() -> None:
    logger = logging.getLogger("ur_desk")
    for handler in [h for h in logger.handlers if isinstance(h, LogFile)]:
        logger.removeHandler(handler)
        handler.close()
