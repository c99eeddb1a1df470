"""A file that is written whole or not at all, without a trace in the clear where it was not."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_MOST_OF_NAME = 24
_ENDING = ".part"


def replace_whole(path: Path, data: bytes) -> None:
    """Writes a file so that after a crash at any moment the old one or the new one lies there whole; readable by its owner only.

    It is written beside its place under a name that nobody can foresee, so that no link planted there is followed, and taken away
    where it does not come to stand under its own. OSError where that fails.
    """
    with _beside(path) as (beside, number):
        with open(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    with suppress(OSError):  # not every system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def check_place(path: Path) -> None:
    """OSError where no file can be written to the place; leaves nothing there, and touches nothing that lies there."""
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(path.stat().st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with _beside(path) as (beside, number):
        os.close(number)
        beside.unlink()


def sweep(path: Path) -> None:
    """Takes away what a crash left beside a file; for whoever alone writes it."""
    with suppress(OSError):
        for left in path.parent.glob(f"{_begins(path)}*{_ENDING}"):
            left.unlink(missing_ok=True)


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, int]]:
    beside = path.parent / f"{_begins(path)}{secrets.token_hex(8)}{_ENDING}"
    number = os.open(beside, _NEW, 0o600)
    try:
        yield beside, number
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _begins(path: Path) -> str:
    return f".{path.name[:_MOST_OF_NAME]}-"
