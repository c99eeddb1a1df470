"""What the machine tells of itself: each system played at the one class that hears it; logind on a bus of its own."""

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget
from ui_desk import Told

from ur_desk.ui import watch
from ur_desk.ui.watch import EVERY, SLACK, Clocks, ClockWatch, LogindWatch, WindowsWatch, slept, watches, windows_tells

STEP = EVERY / 1000
DAY = 86_400.0


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (Clocks(STEP, STEP), False),
        (Clocks(STEP + SLACK, STEP + SLACK), False),  # a busy screen
        (Clocks(3600, STEP), True),  # Linux, macOS: the steady clock stood still
        (Clocks(3600, 3600), True),  # Windows: both went on
        (Clocks(-3600, STEP), False),  # set back
        (Clocks(-3600, 3600), True),  # set back, and slept
        (Clocks(DAY, STEP), True),  # set ahead: it locks, which costs no more than a PIN
    ],
)
def test_a_jump_of_either_clock_is_sleep(now: Clocks, expected: bool) -> None:
    assert slept(Clocks(0, 0), now) is expected


@given(st.floats(0, STEP + SLACK - 1), st.floats(0, STEP + SLACK - 1))
def test_no_look_in_time_is_taken_for_sleep(wall: float, steady: float) -> None:
    assert not slept(Clocks(1e9, 5e5), Clocks(1e9 + wall, 5e5 + steady))


def test_the_clocks_are_looked_at_again_and_again(qapp: Any) -> None:
    clocks = iter([Clocks(0, 0), Clocks(5, 5), Clocks(3605, 10), Clocks(3610, 15)])
    watching = ClockWatch(read=lambda: next(clocks))
    told = Told(watching.shut)
    assert watching.timer.isActive()
    assert watching.timer.interval() == EVERY
    for count in (0, 1, 1):
        watching.timer.timeout.emit()
        assert len(told.all) == count


@pytest.mark.parametrize(
    ("message", "word", "expected"),
    [
        (0x0218, 0x4, True),  # about to sleep
        (0x0218, 0x12, False),  # awake again
        (0x02B1, 0x7, True),  # locked
        (0x02B1, 0x6, True),  # signed off
        (0x02B1, 0x2, True),  # another user switched to
        (0x02B1, 0x8, False),  # unlocked
        (0x0100, 0x7, False),  # a key
    ],
)
def test_windows_tells_of_sleep_and_lock_by_these_messages_alone(message: int, word: int, expected: bool) -> None:
    assert windows_tells(message, word) is expected


def test_a_message_of_windows_shuts_the_desk(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watching = WindowsWatch(window, window)
    told = Told(watching.shut)
    watching.hear(0x0100, 0x20)
    assert not told.all
    watching.hear(0x02B1, 0x7)
    assert len(told.all) == 1


@pytest.fixture
def bus(qapp: Any) -> Iterator[tuple[Any, Any]]:
    """A bus of this test's own: what the program has of it, and what logind has."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no message bus on this machine")
    from PySide6.QtDBus import QDBusConnection

    with subprocess.Popen(
        [daemon, "--session", "--print-address", "--nofork", "--nopidfile"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        ours, theirs = QDBusConnection.connectToBus(address, "ours"), QDBusConnection.connectToBus(address, "theirs")
        assert theirs.registerService(watch.LOGIND)
        yield ours, theirs
        for name in ("ours", "theirs"):
            QDBusConnection.disconnectFromBus(name)
        process.terminate()


def send(bus: Any, path: str, interface: str, name: str, *values: object) -> None:
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))
    assert bus.send(message)


def heard(told: Told) -> int:
    """How often it was told, once the bus has had its turn: until something comes, or a second is over."""
    loop = QEventLoop()
    QTimer.singleShot(1000, loop.quit)
    while not told.all and loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents):
        pass
    return len(told.all)


@pytest.mark.parametrize("what", ["sleep", "lock"])
def test_logind_tells_of_sleep_and_lock(bus: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    ours, theirs = bus
    monkeypatch.setattr(LogindWatch, "_session_path", lambda _self: "/org/freedesktop/login1/session/_31")
    watching = LogindWatch(ours)
    told = Told(watching.shut)
    if what == "sleep":
        send(theirs, watch.LOGIND_PATH, watch.MANAGER, "PrepareForSleep", True)
    else:
        send(theirs, "/org/freedesktop/login1/session/_31", watch.SESSION, "Lock")
    assert heard(told) == 1


def test_waking_up_locks_nothing_and_asks_to_be_waited_for_again(bus: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(LogindWatch, "_ask", lambda _self, method, *_told: asked.append(method))
    watching = LogindWatch(bus[0])
    told = Told(watching.shut)
    watching.prepare(False)
    assert not told.all
    assert asked == ["GetSessionByPID", "Inhibit", "Inhibit"]


def test_a_logind_that_answers_nothing_is_no_reason_not_to_start(bus: tuple[Any, Any]) -> None:
    watching = LogindWatch(bus[0])
    assert watching._hold is None
    watching.closed()


@pytest.mark.parametrize(("platform", "kinds"), [("darwin", 1), ("win32", 2)])
def test_the_clocks_are_watched_on_every_system(qtbot: Any, platform: str, kinds: int) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    found = watches(window, platform)
    assert isinstance(found[0], ClockWatch)
    assert len(found) == kinds


def test_linux_without_a_system_bus_watches_its_clocks(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_system_bus", lambda: None)
    window = QWidget()
    qtbot.addWidget(window)
    assert [type(each) for each in watches(window, "linux")] == [ClockWatch]
