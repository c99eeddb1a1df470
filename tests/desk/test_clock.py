"""The machine's clock: which start it is, on every system that the program runs on, played where this machine is another one."""

import ctypes
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from ur_desk.desk import clock
from ur_desk.domain.trail.computer_clock import Moment

UUID = "3f2a6c1e-0b7d-4c55-9f1e-2a64b0c1d2e3"


def of_machine(boot: str) -> bool:
    from builders import NOW

    return Moment(NOW, boot, 1).of_machine


def test_linux_tells_the_kernels_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "boot_id").write_text(UUID + "\n")
    monkeypatch.setattr(clock, "_BOOT_ID", tmp_path / "boot_id")
    assert clock.boot_of("linux") == UUID
    assert of_machine(UUID)


class Library:
    """A C library that tells the start of a Mac, or refuses."""

    def __init__(self, status: int, told: bytes) -> None:
        self.status, self.told = status, told

    def sysctlbyname(self, name: bytes, room: Any, size: Any, new: None, length: Any) -> int:
        assert name == b"kern.bootsessionuuid"
        room.value = self.told
        return self.status


def test_a_mac_tells_the_kernels_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_more: Library(0, UUID.upper().encode()))
    assert clock.boot_of("darwin") == UUID
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_more: Library(-1, b""))
    assert clock.boot_of("darwin") == ""


def registry(value: object) -> types.ModuleType:
    class Key:
        def __enter__(self) -> "Key":
            return self

        def __exit__(self, *_args: object) -> None:
            return None

    def query(_key: Key, name: str) -> tuple[object, int]:
        assert name == "BootId"
        if value is None:
            raise FileNotFoundError
        return value, 4

    made = types.ModuleType("winreg")
    vars(made).update(HKEY_LOCAL_MACHINE=0, OpenKey=lambda _root, _place: Key(), QueryValueEx=query)
    return made


def test_windows_tells_the_number_of_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", registry(412))
    assert clock.boot_of("win32") == "start-412"
    assert of_machine("start-412")
    for wrong in (None, "no number"):
        monkeypatch.setitem(sys.modules, "winreg", registry(wrong))
        assert clock.boot_of("win32") == ""


def test_a_start_that_the_system_does_not_tell_is_empty_and_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_BOOT_ID", tmp_path / "nothing")
    assert clock.boot_of("linux") == clock.boot_of("plan9") == ""
    assert not of_machine("")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_count_only_grows_whatever_the_system(platform: str) -> None:
    first = clock.counted(platform)
    assert 0 < first <= clock.counted(platform)


def test_the_systems_clock_gives_a_moment_of_this_machine() -> None:
    told = clock.moment(clock.SystemClock())
    assert told.at.tzinfo is not None
    assert told.boot == clock.SystemClock().boot()
