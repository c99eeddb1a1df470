"""The words of panels, kept while they are typed and until they were used: a program that ends in the middle of them loses half a minute at most."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from ur_desk.errors import UserError
from ur_desk.ui.places import PageName

if TYPE_CHECKING:
    from ur_desk.domain.guard.laid_aside import LaidAside, TypedPanel
    from ur_desk.domain.people import AccountId
    from ur_desk.ui.main_window import MainWindow
    from ur_desk.ui.pages.review.page import ReviewPage
    from ur_desk.ui.session import Session

EVERY = 30_000
"""Milliseconds between two looks at what is typed."""


class OpenWords(QObject):
    """Keeps what stands in panels where it changed, and drops what was kept once a panel is committed or emptied."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._kept: tuple[TypedPanel, ...] = ()
        self._person: AccountId | None = None
        self._heard: ReviewPage | None = None
        self._told = False
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self.look)
        window.opened.connect(self._begin)
        window.emptied.connect(self._end)

    def _begin(self, session: "Session") -> None:
        self._kept, self._told, self._person = (), False, session.person.id
        self.timer.start()

    def _end(self) -> None:
        self._person = self._heard = None
        self.timer.stop()

    def took_up(self, aside: "LaidAside") -> None:
        """What was left there is still kept; it is dropped once its panel is committed or emptied."""
        self._kept = aside.panels
        self._review()

    def look(self) -> None:
        """Keep what is typed now, where it is not what was kept last; where nothing is typed in any panel, keep nothing."""
        session, review = self._window.session, self._review()
        if session is None or session.person.id != self._person:  # another person sits down: the words are no more theirs to drop
            return
        aside = self._laid_aside() if review is not None and review.panels.has_words else None
        panels = aside.panels if aside is not None else ()
        if panels == self._kept:
            return
        person = self._person

        def kept(_none: object) -> None:
            self._kept, self._told = panels, False

        session.read(lambda desk: desk.lock.keep_typed(person, aside), session, kept, self._not_kept)

    def _review(self) -> "ReviewPage | None":
        """The review, where somebody has been there, heard from whenever its panel closes."""
        host = self._window.host
        review = cast("ReviewPage | None", host.made(PageName.REVIEW)) if host is not None else None
        if review is not None and review is not self._heard:
            self._heard = review
            review.panels.closed.connect(self.look)
        return review

    def _laid_aside(self) -> "LaidAside":
        """The place and its panels; a form of a new request is a draft of its own, and kept as one."""
        return replace(self._window.locking.lay_aside(), form=None)

    def _not_kept(self, error: UserError) -> None:
        """Say it once, until it works again."""
        if not self._told:
            self._told = True
            self._window.status.rest(self.tr("What you type is not kept yet: {0}").format(error.message))
