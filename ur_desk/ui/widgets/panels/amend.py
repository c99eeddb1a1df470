"""Amend the request as agreed with the requester: what was asked beside what is agreed, who agreed, when and how."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from ur_desk.domain.request import Provider, ServiceLine
from ur_desk.ui.widgets.panels.amend_entry import ChangeEntry
from ur_desk.ui.widgets.panels.form import LineEntry, MomentEntry
from ur_desk.ui.widgets.panels.panel import About, Call, Panel
from ur_desk.ui.widgets.panels.verbs import Verb


class AmendPanel(Panel):
    """Amends the picked line or the servicing provider; the case is matched again and the clock is left alone."""

    def __init__(self, about: About, parent: QWidget | None = None) -> None:
        super().__init__(Verb.AMEND, self.tr("Amend request"), self.tr("Amend and match again"), about, parent)
        self._line = about.picked.lines[0]
        self._change = ChangeEntry()
        self.add("change", self.tr("As agreed"), self._change, self.tr("Over each field stands what was asked."))
        self.add("agreed_by", self.tr("Who agreed"), LineEntry(), required=self.tr("Say who agreed."), right=True)
        self.add(
            "how",
            self.tr("How"),
            LineEntry(),
            self.tr("Spoken or written, and by what way."),
            required=self.tr("Say how they agreed."),
            right=True,
        )
        self._when = MomentEntry(about.zone)
        self.add("agreed_at", self.tr("When"), self._when, required=self.tr("Say when they agreed."), right=True)
        self.say_below(self.tr("The line as asked is kept. The request is matched again; the clock runs on from receipt."))
        self._show_line()

    def follow(self) -> None:
        """Another line begins anew; the same one keeps what was typed beside what is asked now."""
        picked = self.about.picked.lines
        if len(picked) == 1 and picked[0] != self._line:
            self._line = picked[0]
            self._show_line()
        else:
            self._change.show_old(self._service(), self._provider())

    def _show_line(self) -> None:
        self._change.show_old(self._service(), self._provider())
        self._change.begin_with(self._service(), self._provider())

    def _service(self) -> ServiceLine:
        return self.about.picked.case.line(self._line).service

    def _provider(self) -> Provider | None:
        return self.about.picked.case.servicing_provider

    def problems(self) -> Mapping[str, str]:
        """An amendment changes something."""
        same = self._change.after(self._service()) == self._service() and self._change.provider(self._provider()) == self._provider()
        return {"change": self.tr("Nothing was changed yet.")} if same else {}

    def call(self) -> Call:
        """Amend."""
        case, at = self.about.picked.case, self._when.moment()
        assert at is not None
        after, provider = self._change.after(self._service()), self._change.provider(self._provider())
        who, how = self.text("agreed_by"), self.text("how")
        return lambda desk: desk.determinations.amend(case.id, case.revision, after, provider, who, at, how)
