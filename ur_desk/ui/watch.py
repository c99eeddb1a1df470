"""The machine watched from the window: when it slept, or when its own session was locked, nothing may stay open.

What each system tells comes in at one small class. Tests play the system there; on the system itself only Linux was run.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QWidget

EVERY = 5_000
"""Milliseconds between two looks at the clocks."""

SLACK = 30.0
"""Seconds by which a look may come late without the machine having slept: a busy screen is late by less."""


class Told(QObject):
    """Somewhere that the machine tells of itself."""

    shut = Signal()
    """It sleeps, slept, or was locked: the passphrase is asked for."""

    def closed(self) -> None:
        """Hears that the workspace is closed now."""


class Clocks(NamedTuple):
    """The wall's clock and the steady one, in seconds; one of them goes on in sleep on every system."""

    wall: float
    steady: float


def read_clocks() -> Clocks:
    """Both clocks now."""
    return Clocks(time.time(), time.monotonic())


def slept(before: Clocks, now: Clocks) -> bool:
    """Whether the machine slept between two looks: a clock jumped ahead. One that somebody set ahead looks the same, and locks too."""
    ahead = max(now.wall - before.wall, now.steady - before.steady)
    return ahead > EVERY / 1000 + SLACK


class ClockWatch(Told):
    """Looks at the clocks every few seconds; notices sleep once it is over, on every system."""

    def __init__(self, parent: QObject | None = None, read: Callable[[], Clocks] = read_clocks) -> None:
        super().__init__(parent)
        self._read = read
        self._last = read()
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        """Compare with the last look."""
        before, self._last = self._last, self._read()
        if slept(before, self._last):
            self.shut.emit()


ANSWERS = 500
"""Milliseconds in which logind has to answer; a start never hangs on it."""

LOGIND, MANAGER, SESSION = "org.freedesktop.login1", "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
LOGIND_PATH = "/org/freedesktop/login1"


def _hear(bus: "QDBusConnection", path: str, interface: str, name: str, receiver: QObject, slot: str) -> None:
    """Lets a signal of logind call a slot; PySide takes the slot as text, whatever its types say."""
    cast(Any, bus).connect(LOGIND, path, interface, name, receiver, SLOT(slot))


class LogindWatch(Told):
    """Linux with systemd: told before the machine sleeps (also by its lid), and when the session is locked.

    It asks logind to wait a moment with the sleep, as long as logind allows (5 s by default), so that the workspace is closed first.
    """

    def __init__(self, bus: "QDBusConnection", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._hold: Any = None
        _hear(bus, LOGIND_PATH, MANAGER, "PrepareForSleep", self, "prepare(bool)")
        session = self._session_path()
        if session:
            _hear(bus, session, SESSION, "Lock", self, "lock()")
        self._hold_sleep()

    def _session_path(self) -> str:
        """Where the session of this process lies; empty where logind knows none."""
        found = self._ask("GetSessionByPID", os.getpid())
        return str(found.path()) if hasattr(found, "path") else ""

    def _hold_sleep(self) -> None:
        self._hold = self._ask("Inhibit", "sleep", "ur_desk", "Close the workspace", "delay")

    def _ask(self, method: str, *told: object) -> Any:
        """What logind answers; None where it answers nothing."""
        from PySide6.QtDBus import QDBus, QDBusMessage

        asked = QDBusMessage.createMethodCall(LOGIND, LOGIND_PATH, MANAGER, method)
        asked.setArguments(list(told))
        answer = self._bus.call(asked, QDBus.CallMode.Block, ANSWERS)
        if answer.type() is not QDBusMessage.MessageType.ReplyMessage or not answer.arguments():
            return None
        return answer.arguments()[0]

    @Slot(bool)
    def prepare(self, begins: bool) -> None:
        """The machine is about to sleep, or is awake again."""
        if begins:
            self.shut.emit()
        else:
            self._hold_sleep()

    @Slot()
    def lock(self) -> None:
        """The session was locked."""
        self.shut.emit()

    def closed(self) -> None:
        """The workspace is closed: the machine may sleep."""
        self._hold = None


WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, WTS_SESSION_LOGOFF, WTS_CONSOLE_DISCONNECT = 0x02B1, 0x7, 0x6, 0x2


def windows_tells(message: int, word: int) -> bool:
    """Whether a message of Windows says that the machine sleeps or that its session is locked, left or switched away from
    (learn.microsoft.com: WM_POWERBROADCAST, WM_WTSSESSION_CHANGE)."""
    if message == WM_POWERBROADCAST:
        return word == PBT_APMSUSPEND
    return message == WM_WTSSESSION_CHANGE and word in (WTS_SESSION_LOCK, WTS_SESSION_LOGOFF, WTS_CONSOLE_DISCONNECT)


class _Filter(QAbstractNativeEventFilter):
    """Hears the messages of Windows to this program."""

    def __init__(self, tell: Callable[[int, int], object]) -> None:
        super().__init__()
        self._tell = tell

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        """Passes number and first word on; the message goes its way."""
        if bytes(cast(Any, kind)) == b"windows_generic_MSG":
            import ctypes.wintypes

            told = ctypes.wintypes.MSG.from_address(int(message))
            self._tell(told.message, told.wParam)
        return False, 0


class WindowsWatch(Told):
    """Windows: told of sleep and of the session's lock by messages to the window."""

    def __init__(self, window: "QWidget", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = _Filter(self.hear)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self._filter)
        _register(int(window.winId()))

    def hear(self, message: int, word: int) -> None:
        """A message came."""
        if windows_tells(message, word):
            self.shut.emit()


def _register(window: int) -> None:
    """Asks Windows to tell the window of its session (WTSRegisterSessionNotification, NOTIFY_FOR_THIS_SESSION)."""
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)  # type: ignore[attr-defined, unused-ignore]


def watches(window: "QWidget", platform: str = sys.platform) -> list[Told]:
    """Everything that tells of this machine: the clocks everywhere, and what the system says where it says anything."""
    found: list[Told] = [ClockWatch(window)]
    if platform == "win32":
        found.append(WindowsWatch(window, window))
    elif platform == "linux" and (bus := _system_bus()) is not None:
        found.append(LogindWatch(bus, window))
    return found


def _system_bus() -> "QDBusConnection | None":
    """The system's bus, where there is one with logind on it."""
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.systemBus()
    if not bus.isConnected() or not bus.interface().isServiceRegistered(LOGIND).value():
        return None
    return bus
