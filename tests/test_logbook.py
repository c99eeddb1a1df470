"""The log: without values, without a traceback for anybody, and no reason to stop where it cannot be written."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ur_desk.logbook import LogFile, log_to_file, without_values


@pytest.fixture(autouse=True)
def no_log_yet() -> Iterator[None]:
    close_log()
    yield
    close_log()


def close_log() -> None:
    logger = logging.getLogger("ur_desk")
    for handler in [h for h in logger.handlers if isinstance(h, LogFile)]:
        logger.removeHandler(handler)
        handler.close()


def test_the_log_is_one_file_a_process(tmp_path: Path) -> None:
    assert log_to_file(tmp_path / "one") == tmp_path / "one" / "ur-desk.log"
    assert log_to_file(tmp_path / "two") == tmp_path / "one" / "ur-desk.log"
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("folder", ["a-file", "a-file/below", "taken"])
def test_where_no_log_can_be_written_there_is_none_and_no_error(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    (tmp_path / "taken" / "ur-desk.log").mkdir(parents=True)
    assert log_to_file(tmp_path / folder) is None


def test_no_home_folder_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home folder")

    monkeypatch.setattr("ur_desk.logbook.app_data", homeless)
    assert log_to_file() is None


@pytest.mark.expects_log
def test_a_log_that_cannot_be_written_any_more_shows_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_to_file(tmp_path)
    (handler,) = [h for h in logging.getLogger("ur_desk").handlers if isinstance(h, LogFile)]

    class Full:
        def write(self, text: str) -> None:
            raise OSError(28, "No space left on device")

        def __getattr__(self, name: str) -> object:
            return lambda *told: 0

    handler.stream.close()
    handler.stream = Full()  # type: ignore[assignment]
    logging.getLogger("ur_desk").error("one line")
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "Traceback" not in told.out


def test_a_bug_is_told_by_its_kind_and_places_without_what_was_typed() -> None:
    try:
        raise KeyError("Alvarado")
    except KeyError as bug:
        told = without_values(bug)
    assert told.startswith("KeyError at test_logbook.py:")
    assert "Alvarado" not in told
