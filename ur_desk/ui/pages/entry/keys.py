"""What single keys do in the form: offer what is known for what was typed, fill in this instant, go to what lacks."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ur_desk.domain import zones
from ur_desk.domain.intake.fields import day_of
from ur_desk.ui.pages.entry.codes import OfferEntry
from ur_desk.ui.pages.entry.form import EntryForm
from ur_desk.ui.pages.entry.steps import found_for, offer_of, warmed
from ur_desk.ui.pages.entry.wanting import WantingPane
from ur_desk.ui.session import Session


class EntryKeys(QObject):
    """Answers the form's fields, and holds the zone that stands in the next empty form."""

    def __init__(self, session: Session, form: EntryForm, wanting: WantingPane, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._form, self._wanting = session, form, wanting
        self.zone = session.zone
        form.sought.connect(self._seek)
        wanting.wanted.connect(form.go_to)
        session.steps(warmed, self)

    def receive_now(self) -> None:
        """Fill in this instant as the receipt, on the clocks of the zone that stands in the form."""
        name = zones.zone_name(self._form.draft().received_zone) or self.zone
        at = self._session.now().astimezone(zones.zone(name))
        self._form.retype({"received_date": f"{at:%m/%d/%Y}", "received_time": f"{at:%H:%M}", "received_zone": name})
        self._form.go_to("received_evidence")

    def go_lacking(self) -> None:
        """Go to the next field that would be asked for later; where nothing lacks, stay."""
        path = self._wanting.next_after(self._form.path_of(QApplication.focusWidget()))
        if path is not None:
            self._form.go_to(path)

    def _seek(self, entry: OfferEntry, text: str) -> None:
        """Offer what is known for what was typed."""
        day = min((found for row in self._form.draft().services if (found := day_of(row.first_day.strip()))), default=None)
        self._session.read(
            partial(found_for, kind=entry.kind, text=text, day=day), entry, done=lambda hits: entry.offer(text, hits, offer_of)
        )
