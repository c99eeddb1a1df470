"""The program's log: ids, counts and places in the code; never what a person typed or a file said."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ur_desk.paths import app_data

_KEPT_BYTES = 512 * 1024


class LogFile(RotatingFileHandler):
    """The log's file; where it cannot be written any more, what would stand there is dropped, and nobody is shown a traceback."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Says nothing: a full disk must not stop the work that a line tells of."""


def log_to_file(folder: Path | None = None) -> Path | None:
    """Sends the program's log to a file in the folder (the app-data folder if none is named) and gives its path; once a process.

    None where no such file can be written: the program then runs without a log.
    """
    logger = logging.getLogger("ur_desk")
    for handler in logger.handlers:
        if isinstance(handler, LogFile):
            return Path(handler.baseFilename)
    try:
        place = (folder or app_data()) / "ur-desk.log"
        place.parent.mkdir(parents=True, exist_ok=True)
        handler = LogFile(place, maxBytes=_KEPT_BYTES, backupCount=2, encoding="utf-8")
    except (OSError, RuntimeError):  # no right, no disk, or no home folder
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return place


def without_values(bug: BaseException) -> str:
    """A bug as its kind and the places it came through; its message is left out, since it may repeat what a person typed."""
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(bug.__traceback__)]
    return f"{type(bug).__name__} at " + " < ".join(reversed(places[-12:]))
