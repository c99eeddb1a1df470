"""Notes which policy lines and which pages of records stand on the review screen, and how long: kept with a signature, for the auditor."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ur_desk.domain.decisions.attention import NOTHING_NOTED, Attention, Watch
from ur_desk.domain.events import CaseId
from ur_desk.domain.policy import Sha256
from ur_desk.ui.session import Session
from ur_desk.ui.widgets.policy_pane import PolicyPane
from ur_desk.ui.widgets.record_view import RecordView


class ReviewWatch(QObject):
    """Watches the two panes while their page is on the screen; begins anew with each case and each person."""

    def __init__(self, session: Session, page: QWidget, policy: PolicyPane, records: RecordView) -> None:
        super().__init__(page)
        self._session, self._policy, self._records = session, policy, records
        self._case: CaseId | None = None
        self._watch: Watch | None = None
        self._text: Sha256 | None = None
        self._record: Sha256 | None = None
        policy.list.verticalScrollBar().valueChanged.connect(lambda _value: self.look())
        policy.policy_shown.connect(lambda _text: self.look())
        records.page_shown.connect(lambda _record, _page: self.look())
        for part in (page, policy, records):
            part.installEventFilter(self)
        session.person_changed.connect(lambda _person: self.begin(None))

    def begin(self, case: CaseId | None) -> None:
        """Watch this case from now on; the same one goes on."""
        if case != self._case:
            self._case, self._text, self._record = case, None, None
            self._watch = Watch(self._session.now()) if case is not None else None
        self.look()

    def told(self) -> Attention:
        """What was seen since the case was opened."""
        return self._watch.told(self._session.now()) if self._watch else NOTHING_NOTED

    def look(self) -> None:
        """Note what stands on the screen now."""
        if self._watch is None:
            return
        now = self._session.now()
        text = self._policy.shown_text if self._policy.isVisible() else None
        first, last = self._policy.lines_in_sight()
        if self._text is not None and self._text != text:
            self._watch.stops(self._text, now)
        self._text = text
        if text is not None:
            self._watch.shows(text, first, last, now)
        shown = self._records.shown if self._records.isVisible() else None
        record = shown[0].sha256 if shown else None
        if self._record is not None and self._record != record:
            self._watch.stops(self._record, now)
        self._record = record
        if shown is not None:
            self._watch.shows(shown[0].sha256, shown[1], shown[1], now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Time counts while the panes are on the screen, and no longer."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize):
            self.look()
        return super().eventFilter(watched, event)
