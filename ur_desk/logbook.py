"""The program's log: ids, counts and places in the code; never what a person typed or a file said."""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ur_desk.paths import app_data

_KEPT_BYTES = 512 * 1024


def log_to_file(folder: Path | None = None) -> Path:
    """Sends the program's log to a file in the folder (the app-data folder if none is named) and gives its path; once a process."""
    logger = logging.getLogger("ur_desk")
    for handler in logger.handlers:
        if isinstance(handler, RotatingFileHandler):
            return Path(handler.baseFilename)
    place = (folder or app_data()) / "ur-desk.log"
    place.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(place, maxBytes=_KEPT_BYTES, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return place


def without_values(bug: BaseException) -> str:
    """A bug as its kind and the places it came through; its message is left out, since it may repeat what a person typed."""
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(bug.__traceback__)]
    return f"{type(bug).__name__} at " + " < ".join(reversed(places[-12:]))
