"""The forms of the library page: confirm a reading, record that a version still stands, record its adoption."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ur_desk.domain.policy import Shelved
from ur_desk.domain.request import LineOfBusiness
from ur_desk.domain.states import state_code
from ur_desk.ui.models.policies import adopted_words
from ur_desk.ui.models.understood import doubts
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.widgets.inline_form import InlineForm
from ur_desk.ui.widgets.panels.form import CheckEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import Restyled, inset, show_if
from ur_desk.ui.widgets.state_entry import StateEntry

if TYPE_CHECKING:
    from ur_desk.desk.readings import Draft


class ConfirmForm(InlineForm):
    """Four things to have looked at before the reading counts as the document's; it is about one reading, which is what is confirmed."""

    doubts_wanted = Signal()
    """What is unclear in the reading is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self.title.setText(self.tr("Confirm the reading"))
        self.commit_button.setText(self.tr("Confirm reading"))
        self.doubts_button = QPushButton(self.tr("Show what is &unclear or found"))
        self.doubts_button.setProperty("kind", "quiet")
        self.doubts_button.clicked.connect(self.doubts_wanted.emit)
        told = (
            ("positions", self.tr("Positions"), self.tr("Each position statement says what the document says")),
            ("criteria", self.tr("Criteria"), self.tr("Each criterion, and whether all or any are asked, is the document's")),
            ("codes", self.tr("Codes"), self.tr("Codes, ranges and conditions are those of the document")),
            ("version", self.tr("Version"), self.tr("Number, day of effect and last review are those of the document")),
        )
        for key, name, words in told:
            self.add(key, name, CheckEntry(words), required=self.tr("Look at it first, then tick it."))
        self.add_beside(self.doubts_button)
        self.finish()
        self.seen = ""

    def ask_about(self, draft: "Draft") -> None:
        """Begin for the reading that waits, and say what of it is unclear and who mended it."""
        policy, (unsure, found) = draft.shelved.policy, doubts(draft)
        assert draft.shelved.reading is not None
        self.seen = draft.shelved.reading
        told = self.tr(
            "{0}, {1} lines. Unclear: {2} · findings: {3} · mended by hand: {4}. Compare it with the document; what is doubtful stays marked."
        )
        names = ", ".join(dict.fromkeys(each.by for each in draft.mended))
        mended = self.tr("{0}, by {1}").format(len(draft.mended), names) if draft.mended else "0"
        self.say(told.format(policy.id, len(policy.text.lines), unsure, found, mended))
        show_if(self.doubts_button, bool(unsure or found))
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
