"""A file that is written whole or not at all, without a trace in the clear where it was not."""

import errno
import filecmp
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_MOST_OF_NAME = 24
_ENDING = ".part"
_PIECE = 1 << 20


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
        move_whole(beside, path)


def copy_whole(source: Path, path: Path) -> None:
    """Writes a copy of a file as `replace_whole` writes one, and reads it back before it stands in its place; ValueError where it is
    not what was written, OSError where that fails."""
    with _beside(path) as (beside, number):
        with open(number, "wb") as file, source.open("rb") as data:
            shutil.copyfileobj(data, file, _PIECE)
            file.flush()
            os.fsync(file.fileno())
        if not filecmp.cmp(source, beside, shallow=False):
            raise ValueError("the copy is not what was written")
        move_whole(beside, path)


def move_whole(beside: Path, path: Path) -> None:
    """Moves a file that lies whole on the disk to its place there, so that the move outlasts a crash; OSError where that fails."""
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
        for left in path.parent.iterdir():
            if is_left(left, path):
                left.unlink(missing_ok=True)


def is_left(file: Path, path: Path) -> bool:
    """Whether a file is named like what a crash leaves beside another."""
    return file.name.startswith(_begins(path)) and file.name.endswith(_ENDING)


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
