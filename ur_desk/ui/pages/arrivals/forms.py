"""The forms of the door: why a request is left out, which case it is about, and the question before an appeal."""

from PySide6.QtWidgets import QWidget

from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.request import Request
from ur_desk.ui.phrases import moment
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import LineEntry, ProseEntry


class LeaveOutForm(InlineForm):
    """Why a request is not worked here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Leave it out"))
        self.commit_button.setText(self.tr("Leave out"))
        self.say(self.tr("It gets a number and stands in the worklist until somebody has told the sender; then it is closed."))
        reason = ProseEntry(2, self.tr("For example: the member is of another plan"))
        self.add("reason", self.tr("Why"), reason, required=self.tr("Say why it is left out."))
        self.finish()


class NameCaseForm(InlineForm):
    """Which case a request is about, by its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Which case it is about"))
        self.commit_button.setText(self.tr("Show beside it"))
        number = LineEntry(self.tr("For example: UR-2026-000123"))
        self.add("number", self.tr("Number"), number, required=self.tr("Name the case by its number."))
        self.finish()


class RecordsForm(InlineForm):
    """To which open case paper is attached, by its number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Records of an open case"))
        self.commit_button.setText(self.tr("Attach there"))
        number = LineEntry(self.tr("For example: UR-2026-000123"))
        self.add("number", self.tr("Number"), number, required=self.tr("Name the case by its number."))
        self.finish()


class FollowForm(InlineForm):
    """Asks before an appeal or a reopening begins: the receipt of the paper starts its clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.choice = Choice.APPEAL
        self._scroll.hide()  # there is nothing to fill in

    def ask_about(self, choice: Choice, number: str, request: Request) -> None:
        """Begin for one paper and the case that was decided against it."""
        self.choice = choice
        appeal = choice is Choice.APPEAL
        title = self.tr("An appeal against {0}?") if appeal else self.tr("Reopen {0}?")
        self.title.setText(title.format(number))
        self.commit_button.setText(self.tr("Open the appeal") if appeal else self.tr("Open the reopening"))
        received = moment(request.received_at, request.received_zone) if request.received_at else ""
        clock = self.tr("The receipt of this paper, {0}, starts its clock.").format(received) if received else self.tr("Nobody has said when this paper was received; its clock starts with that.")  # fmt: skip
        self.say(self.tr("It becomes a case of its own beside {0}, which stays as it was decided. {1}").format(number, clock))
        self.begin()
