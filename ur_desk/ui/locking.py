"""The lock of the window: when it falls, what it takes away, and how everything comes back to where it was."""

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from ur_desk.errors import Damaged, UserError
from ur_desk.ui.clipboard import guard
from ur_desk.ui.files_outside import FilesOutside
from ur_desk.ui.open_words import OpenWords
from ur_desk.ui.opening import Opened, opened
from ur_desk.ui.places import START

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.guard.laid_aside import LaidAside
    from ur_desk.ui.main_window import MainWindow
    from ur_desk.ui.page_host import PageHost
    from ur_desk.ui.pages.lock import LockPage
    from ur_desk.ui.session import Session
    from ur_desk.ui.watch import Told
    from ur_desk.ui.widgets.pin_form import PinForm

MINUTE = 60_000

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
"""What shows that somebody is there."""


class Locking(QObject):
    """Locks the window after a time without a key or a click, by command, or because the machine slept; and unlocks it."""

    locked = Signal()
    """The workspace is closed, and nothing of it is left in the window."""
    unlocked = Signal()
    """It is open again, and everything back."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self._page: LockPage | None = None
        self._pin: PinForm | None = None
        self._pin_waits = False
        self._unlocking = False
        self.words = OpenWords(window)
        self.outside = FilesOutside(window)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.timeout.connect(self.lock)
        guard()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        window.commands.lock.triggered.connect(self.lock)
        window.commands.pin.triggered.connect(self.choose_pin)
        window.opened.connect(self._begin)
        window.emptied.connect(self._put_away)
        window.entrance.covered.connect(self._covered)
        window.commands.mask.toggled.connect(window.top_bar.set_masked)
        window.commands.mask.toggled.connect(_mask)

    @property
    def is_locked(self) -> bool:
        """Whether the desk is locked."""
        return self._session is not None

    @property
    def page(self) -> "LockPage | None":
        """What is shown meanwhile."""
        return self._page

    # when ----------------------------------------------------------------------------------------------------------------

    def _begin(self, session: "Session") -> None:
        """Somebody sits down: count the minutes that the administrator chose."""
        from ur_desk.desk.verbs import Changed

        session.changed.connect(lambda changes: self._read_minutes(session) if Changed.LOCK in changes else None)
        session.person_changed.connect(lambda _person: self._offer_pin(session))
        self._read_minutes(session)
        self._offer_pin(session)

    def listen(self, told: "Iterable[Told]") -> None:
        """Shut the desk whenever the machine tells of sleep or a lock."""
        for each in told:
            each.shut.connect(self.shut)
            self.locked.connect(each.closed)

    # the PIN -------------------------------------------------------------------------------------------------------------

    def _offer_pin(self, session: "Session") -> None:
        """Offer a PIN to whoever sits down, not to whoever comes back; the invented people of a demo need none."""
        if not (session.demo or self._unlocking):
            self._show_pin()

    def choose_pin(self) -> None:
        """Let the person choose a PIN now, or another one."""
        self._show_pin()
        if self._pin is not None:
            self._pin.begin()

    def _show_pin(self) -> None:
        from ur_desk.ui.widgets.pin_form import PinForm

        session, whole = self._window.session, self._window.centralWidget()
        layout = whole.layout() if whole is not None else None
        self._drop(self._pin)
        self._pin_waits = False
        if session is None or not isinstance(layout, QVBoxLayout):
            return
        self._pin = PinForm(session)
        self._pin.over.connect(self._to_work)
        layout.insertWidget(layout.indexOf(self._window.centre), self._pin)
        self._pin.show()

    def _covered(self, page: object) -> None:
        """While something else is asked, the PIN is not; it is offered again afterwards."""
        pin = self._pin
        if pin is None or not isValid(pin):
            return
        if page is not None:
            self._pin_waits = self._pin_waits or not pin.isHidden()
            pin.hide()
        elif self._pin_waits:
            self._pin_waits = False
            pin.show()

    def _to_work(self) -> None:
        page = self._window.host.currentWidget() if self._window.host is not None else None
        if page is not None:
            page.setFocus()

    def _put_away(self) -> None:
        """Nobody sits here: nothing is counted, and nothing of this class stands in the window but the page of the lock."""
        self.idle.stop()
        self._drop(self._pin)
        self._pin = None
        self._pin_waits = False

    def _drop(self, part: "QWidget | None") -> None:
        if part is not None and isValid(part):
            part.hide()
            part.deleteLater()

    def _read_minutes(self, session: "Session") -> None:
        session.read(lambda desk: desk.lock.minutes, self, self._count)

    def _count(self, minutes: int) -> None:
        self.idle.setInterval(minutes * MINUTE)
        if not self.is_locked:
            self.idle.start()

    def _watch(self, window: QWindow | None) -> None:
        """Hear of every key and click in a window of the program, dialogs too."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in _ACTS and self.idle.isActive():
            self.idle.start()
        return False

    # locking -------------------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Close the workspace; a PIN, where there is one, opens it again."""
        self._lock(shut=False)

    def shut(self) -> None:
        """Close it so that only the passphrase opens it: the machine slept, or its session was locked."""
        self._lock(shut=True)

    def _lock(self, shut: bool) -> None:
        guard().clear()
        session = self._window.session
        if session is None:
            if shut and self._session is not None:
                self._session.read(_shut, self, self._asks, self._asks)
            elif shut:
                self.locked.emit()
            return
        self.idle.stop()
        _close_dialogs()
        aside = self._laid_aside()
        session.jobs.cancel_verbs()
        self._session = session
        self._window.empty()
        self._cover(session.person.display)
        session.read(partial(_lock, aside=aside, shut=shut), self, self._asks, self._asks)

    def lay_aside(self) -> "LaidAside":
        """What is brought back when the desk is unlocked."""
        from ur_desk.ui.aside import lay_aside

        window = self._window
        assert window.host is not None
        return lay_aside(window.host, window.places, window.seat.last_step if window.seat else None, window.focusWidget())

    def bring_back(self, host: "PageHost", aside: "LaidAside") -> None:
        """Show everything as it was laid aside."""
        from ur_desk.ui.aside import bring_back, places_of

        self._window.places = places_of(aside)
        self._window.show_place(self._window.places.now or START)
        bring_back(host, aside)
        self.words.took_up(aside)

    def _laid_aside(self) -> "LaidAside | None":
        """What is brought back later; a bug in telling it is told, and keeps no desk open."""
        try:
            return self.lay_aside()
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
            return None

    def _cover(self, person: str) -> None:
        from ur_desk.ui.pages.lock import LockPage

        page = self._page = LockPage(person, self._window)
        page.pin_given.connect(lambda pin: self._try(partial(_by_pin, pin=pin)))
        page.passphrase_given.connect(lambda words: self._try(partial(_by_passphrase, words=words)))
        page.ask_for(False, self.tr("The workspace is being closed."))
        page.set_busy(True)
        self._window.centre.addWidget(page)
        self._window.centre.setCurrentWidget(page)
        page.setFocus()

    def _asks(self, by_pin: object) -> None:
        """The workspace is closed; ask for what opens it."""
        page, may = self._page, by_pin is True
        if page is None:
            return
        page.set_busy(False)
        page.ask_for(
            may,
            self.tr("The workspace is closed. Your PIN opens it where you left it; what you typed is kept.")
            if may
            else self.tr("The workspace is closed. Your passphrase opens it where you left it; what you typed is kept."),
        )
        page.setFocus()
        self.locked.emit()

    # unlocking -----------------------------------------------------------------------------------------------------------

    def _try(self, call: "Callable[[Desk], Opened]") -> None:
        if self._session is not None:
            self._session.read(call, self, self._open, self._refused)

    def _refused(self, error: UserError) -> None:
        from ur_desk.desk.lock import PinGone

        if isinstance(error, Damaged):
            self._give_up()
            self._window.entrance.turn_away(error)
        elif self._page is not None:
            self._page.refuse(error, pin_may=not isinstance(error, PinGone))

    def _open(self, found: Opened) -> None:
        self._give_up()
        self._unlocking = True
        try:
            self._window.fill(found)
        finally:
            self._unlocking = False
        self.outside.remind()
        self.unlocked.emit()

    def _give_up(self) -> None:
        """Nothing is locked any more, and nothing of the lock left."""
        (session, page), self._session, self._page = (self._session, self._page), None, None
        if page is not None:
            self._window.centre.removeWidget(page)
            page.hide()
            page.deleteLater()
        if session is not None:
            session.deleteLater()


def _mask(on: bool) -> None:
    from ur_desk.ui.privacy import mask

    mask().set(on)


def _lock(desk: "Desk", aside: "LaidAside | None", shut: bool) -> bool:
    desk.lock.lock(aside, shut=shut)
    return desk.lock.has_pin


def _shut(desk: "Desk") -> bool:
    desk.lock.lock(shut=True)
    return False


def _by_pin(desk: "Desk", pin: str) -> Opened:
    desk.lock.unlock_by_pin(pin)
    return opened(desk)


def _by_passphrase(desk: "Desk", words: str) -> Opened:
    desk.lock.unlock(words)
    return opened(desk)


def _close_dialogs() -> None:
    """Nothing that a page asked stays open: a list, a menu, a question is closed as if the person had thought better of it."""
    for _ in range(len(QApplication.topLevelWidgets())):
        shown = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if shown is None:
            return
        shown.close()
