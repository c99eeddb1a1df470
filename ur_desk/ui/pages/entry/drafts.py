"""Drafts that can be gone on with, and the way of one to a colleague and back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ur_desk.desk.verbs import Changed, Done
from ur_desk.domain.drafts import Draft
from ur_desk.domain.people import Account
from ur_desk.ui.pages.entry.hand import HandOver
from ur_desk.ui.pages.entry.kept import KeptDrafts
from ur_desk.ui.pages.entry.steps import hand_over
from ur_desk.ui.session import Session


class EntryDrafts(QObject):
    """Offers the person's kept drafts above the form; `in_form` says which of them stands in it."""

    refused = Signal(object)
    """A `UserError`."""
    handed = Signal(str, bool)
    """Who got a draft, by display name, and whether it was the one in the form."""

    def __init__(self, session: Session, in_form: Callable[[], str | None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._in_form = in_form
        self.kept, self.hand = KeptDrafts(), HandOver(session)
        self.kept.dropped.connect(self.drop)
        self.kept.returned.connect(lambda name, to: self.give(name, None, to, ""))

    def offer(self) -> None:
        """Offer every kept draft but the one in the form."""
        self._session.read(lambda desk: desk.intake.kept_drafts(), self, done=lambda drafts: self.kept.show_drafts(drafts, self._in_form()))

    def name_again(self) -> None:
        """What is offered names members, or no more."""
        if self.kept.isVisible():
            self.offer()

    def drop(self, name: str) -> None:
        """Forget a draft."""
        self._session.read(lambda desk: desk.intake.drop_draft(name), self, done=self._dropped, failed=self.refused.emit)

    def give(self, name: str, draft: Draft | None, to: str, note: str) -> None:
        """Hand a draft to a colleague; `draft` is what stands in the form, None for one that is only kept."""
        call = partial(hand_over, name=name, draft=draft, to=to, note=note)
        self._session.write(call, self, done=partial(self._given, draft is not None), failed=self.refused.emit)

    def _dropped(self, _nothing: object) -> None:
        self._session.changed.emit(frozenset({Changed.DRAFTS}))
        self.offer()

    def _given(self, from_form: bool, done: Done[Account]) -> None:
        self.handed.emit(done.value.display, from_form)
        self.offer()
