"""The forms of the library page: confirm a reading, record that a version still stands, record its adoption."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from ur_desk.domain.policy import Shelved
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.states import state_code
from ur_desk.ui.models.policies import adopted_words
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.state_entry import StateEntry


class ConfirmForm(InlineForm):
    """Three things to have looked at before the reading counts as the document's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Confirm the reading"))
        self.commit_button.setText(self.tr("Confirm reading"))
        missing = self.tr("Look at it first, then tick it.")
        self.add(
            "positions", self.tr("Positions"), CheckEntry(self.tr("Each position statement says what the document says")), required=missing
        )
        self.add("codes", self.tr("Codes"), CheckEntry(self.tr("Codes, ranges and conditions are those of the document")), required=missing)
        self.add(
            "version",
            self.tr("Version"),
            CheckEntry(self.tr("Number, day of effect and last review are those of the document")),
            required=missing,
        )
        self.finish()

    def ask_about(self, shelved: Shelved) -> None:
        """Begin for one version."""
        policy = shelved.policy
        told = self.tr("{0}, {1} lines. Compare it with the document; doubtful entries stay marked, nothing is repaired.")
        self.say(told.format(policy.id, len(policy.text.lines)))
        self.fill({})
        self.begin()


class StandsForm(InlineForm):
    """Where somebody looked and on which day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Record that this version still stands"))
        self.commit_button.setText(self.tr("Record"))
        where = LineEntry(self.tr("For example: the plan's policy site"))
        self.add("where", self.tr("Where you looked"), where, required=self.tr("Say where you looked."))
        self.add("day", self.tr("On which day"), DayEntry(), required=self.tr("Say on which day you looked."))
        self.finish()

    def ask_about(self, shelved: Shelved) -> None:
        """Begin for one version."""
        version = shelved.policy.version
        since = day(version.effective) if version.effective else self.tr("an unknown day")
        self.say(self.tr("{0}, in force from {1}. A newer version is imported instead.").format(shelved.policy.id, since))
        self.fill({})
        self.begin()

    def day(self) -> date:
        """The day that was typed; the form has checked that it is one."""
        entry = self.entry("day")
        assert isinstance(entry, DayEntry)
        found = entry.day()
        assert found is not None
        return found


class AdoptionForm(InlineForm):
    """For which lines of business, and states, the plan adopted the policy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Record adoption"))
        self.commit_button.setText(self.tr("Record adoption"))
        self._boxes = _Boxes()
        self.add_widget(self._boxes)
        self.add("state", self.tr("New ones only in state"), StateEntry(), self.tr("Empty for every state"))
        self.finish()

    def ask_about(self, shelved: Shelved) -> None:
        """Begin for one version, with what is recorded ticked."""
        self.say(
            self.tr("{0}: tick the lines of business for which the plan adopted it. What is unticked is no longer adopted.").format(
                shelved.policy.id
            )
        )
        self._boxes.show_recorded(shelved.applies_to or ())
        self.fill({})
        self.begin()

    def applies_to(self) -> tuple[str, ...]:
        """What is ticked, as it is recorded: `line` or `line:STATE`."""
        state = state_code(self.text("state"))
        return tuple(
            each if ":" in each or each in self._boxes.recorded or not state else f"{each}:{state}" for each in self._boxes.ticked()
        )


class _Boxes(Restyled, QWidget):
    """A box for each line of business, and for what is recorded of single states."""

    def __init__(self) -> None:
        super().__init__()
        self.recorded: tuple[str, ...] = ()
        self._boxes: dict[str, CheckEntry] = {}
        self._grid = QGridLayout(self)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0, 4)

    def show_recorded(self, recorded: Iterable[str]) -> None:
        """A box for every line of business, ticked where it is recorded."""
        self.recorded = tuple(recorded)
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.deleteLater()
        every = [line.value for line in LineOfBusiness if line is not LineOfBusiness.OTHER]
        keys = [*every, *(each for each in self.recorded if each not in every)]
        self._boxes = {key: CheckEntry(adopted_words(key) if ":" in key else phrase(LineOfBusiness(key))) for key in keys}
        for place, (key, box) in enumerate(self._boxes.items()):
            box.setChecked(key in self.recorded)
            self._grid.addWidget(box, place // 2, place % 2)

    def ticked(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())
