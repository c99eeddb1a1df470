"""One diagnosis and one service of the form: their fields, what their codes mean, and what a code is on the date of service."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ur_desk.domain.codes import Validity
from ur_desk.domain.drafts import DiagnosisDraft, ServiceDraft
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.pages.entry.codes import OfferEntry, Sought
from ur_desk.ui.pages.entry.rows import EntryRow, RowEntry
from ur_desk.ui.pages.entry.steps import CodeStanding
from ur_desk.ui.widgets.panels.form import CheckEntry, DayEntry, LineEntry
from ur_desk.ui.widgets.restyled import inset, show_if
from ur_desk.ui.widgets.text import ElidedLabel, Text

_UPPER = {"code": 128, "code_to": 72, "modifiers": 72, "quantity": 48, "unit": 48}
_LOWER = {"first_day": 104, "last_day": 104, "place_of_service": 56}
"""Fields of a service and their widths at 100 %, line by line."""


def standing_words(standing: CodeStanding) -> str:
    """What a code is on the date of service, and the code set that says so."""
    day = f"{standing.day:%m/%d/%Y}" if standing.day else ""
    words = {
        Validity.VALID: _tr("billable on {0}") if day else _tr("billable in the newest table"),
        Validity.HEADER: _tr("category only on {0}, a longer code is meant") if day else _tr("category only, a longer code is meant"),
        Validity.RETIRED: _tr("retired before {0}") if day else _tr("not in the newest table any more"),
        Validity.NOT_YET_VALID: _tr("not yet valid on {0}") if day else _tr("not yet valid"),
        Validity.UNKNOWN: _tr("not known whether billable on {0}") if day else _tr("not known: no date of service"),
        Validity.NOT_CHECKED: _tr("shape only: no table of {0} codes is here").format(standing.system),
    }[standing.validity]
    return " · ".join(part for part in (words.format(day), standing.vintage) if part)


def _tr(words: str) -> str:
    return QCoreApplication.translate("entry", words)


class DiagnosisRow(EntryRow):
    """A diagnosis: its code, what that means, what it is on the date of service, and whether it is the primary one."""

    def __init__(self, parent: QWidget) -> None:
        self.code, self.primary = OfferEntry(Sought.DIAGNOSIS), CheckEntry("")
        super().__init__({"code": self.tr("code"), "primary": self.tr("primary")}, {"code": self.code, "primary": self.primary}, parent)
        self.code.setPlaceholderText(self.tr("Code or words"))
        self.primary.setText(self.tr("primary"))
        self.words, self.standing = ElidedLabel("", Type.SMALL, "soft"), ElidedLabel("", Type.MARK, "faint")
        self._grid = QGridLayout(self)
        for column, part in enumerate((self.code, self.words, self.primary, self.remove_button)):
            self._grid.addWidget(part, 0, column)
        self._grid.addWidget(self.standing, 1, 0, 1, 4)  # as long as the row, so that the code set stands there whole
        self._grid.addLayout(self._said, 2, 0, 1, 4)
        self._grid.setColumnStretch(1, 1)
        self._told: CodeStanding | None = None
        self.code.looked_up.connect(self._say)
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        super().restyle()
        inset(self._grid, 0, 0, 0, 0, 4)
        self._grid.setHorizontalSpacing(look().px(8))
        self.code.setFixedWidth(look().px(150))

    def show_standing(self, words: str, standing: CodeStanding | None) -> None:
        """Say what the code means, and what it is on the date of service; None where there is no code."""
        self.words.set_words(words)
        self._told = standing
        self._say()

    def _say(self) -> None:
        _show_standing(self.standing, self._told, self.tr("no diagnosis code has these words") if self.code.unknown else "")

    def read(self, base: DiagnosisDraft) -> DiagnosisDraft:
        """The row as typed; another code has neither the raw spelling nor the system of the one before."""
        code = self.code.typed()
        kept = base if code == base.code else DiagnosisDraft()
        return replace(kept, code=code, primary=self.primary.typed())

    def fill(self, draft: DiagnosisDraft) -> None:
        """Put a row's texts in."""
        self.code.retype(draft.code)
        self.primary.retype("yes" if draft.primary.strip().casefold() in ("yes", "y", "true") else "")


class ServiceRow(EntryRow):
    """A service: code or range and modifiers, how much, when, where, and the sender's words."""

    def __init__(self, parent: QWidget) -> None:
        words = {
            "code": self.tr("Code or words"),
            "code_to": self.tr("To code"),
            "modifiers": self.tr("Modifiers"),
            "quantity": self.tr("Units"),
            "unit": self.tr("Unit"),
            "first_day": self.tr("From"),
            "last_day": self.tr("To"),
            "place_of_service": self.tr("Place"),
            "description": self.tr("What is asked for, in the sender's words"),
        }
        super().__init__(words, {key: _entry(key) for key in words}, parent)
        self.standing, self.place = ElidedLabel("", Type.MARK, "faint"), ElidedLabel("", Type.MARK, "faint")
        self._whole = QVBoxLayout(self)
        self._upper, self._lower = self._line(_UPPER), self._line(_LOWER)
        self._upper.addWidget(self.remove_button, 1, len(_UPPER))
        self._lower.addWidget(self.place, 1, len(_LOWER))
        self._lower.setColumnStretch(len(_LOWER), 1)
        self._last = QHBoxLayout()
        description = self.entries["description"]
        assert isinstance(description, LineEntry)
        description.setPlaceholderText(words["description"])
        self._last.addWidget(description)
        self._whole.addLayout(self._upper)
        self._whole.addWidget(self.standing)
        for part in (self._lower, self._last, self._said):
            self._whole.addLayout(part)
        self._told: CodeStanding | None = None
        self._codes = [entry for entry in self.entries.values() if isinstance(entry, OfferEntry) and entry.kind is Sought.PROCEDURE]
        for entry in self._codes:
            entry.looked_up.connect(self._say)
        self.restyle()

    def _line(self, widths: dict[str, int]) -> QGridLayout:
        grid = QGridLayout()
        for column, key in enumerate(widths):
            caption = Text(self._words[key], Type.MARK, "soft", parent=self)
            caption.setBuddy(self.entries[key])
            grid.addWidget(caption, 0, column)
            grid.addWidget(self.entries[key], 1, column)
        return grid

    def restyle(self) -> None:
        """The grid at the present zoom."""
        super().restyle()
        inset(self._whole, 0, 0, 0, 8, 2)
        for grid, widths in ((self._upper, _UPPER), (self._lower, _LOWER)):
            inset(grid, 0, 0, 0, 0, 2)
            grid.setHorizontalSpacing(look().px(6))
            for key, width in widths.items():
                self.entries[key].setMinimumWidth(look().px(width))
        self.entries["place_of_service"].setMaximumWidth(look().px(72))

    def show_standing(self, standing: CodeStanding | None, place: str) -> None:
        """Say what is known of the code, None where there is none, and what the place of service means."""
        self._told = standing
        self._say()
        self.place.set_words(place)

    def _say(self) -> None:
        unknown = any(entry.unknown for entry in self._codes)
        _show_standing(self.standing, self._told, self.tr("no procedure code set is installed; type the code") if unknown else "")

    def read(self, base: ServiceDraft) -> ServiceDraft:
        """The row as typed; another code has neither the raw spelling nor the system of the one before."""
        texts = {key: entry.typed() for key, entry in self.entries.items()}
        kept = base if texts["code"] == base.code else replace(base, raw="", system="")
        return replace(kept, **texts)

    def fill(self, draft: ServiceDraft) -> None:
        """Put a row's texts in."""
        for key, entry in self.entries.items():
            entry.retype(" ".join(getattr(draft, key).split()))


def _entry(key: str) -> RowEntry:
    """The field of a service by its name in a draft."""
    if key.endswith("_day"):
        return DayEntry()
    if key in ("code", "code_to"):
        return OfferEntry(Sought.PROCEDURE)
    return OfferEntry(Sought.PLACE) if key == "place_of_service" else LineEntry()


def _show_standing(label: ElidedLabel, standing: CodeStanding | None, unknown: str) -> None:
    """What is known of a code, or that nothing is known for words."""
    label.set_words(unknown or (standing_words(standing) if standing else ""))
    good = not unknown and (standing is None or standing.validity in (Validity.VALID, Validity.NOT_CHECKED))
    label.set_ink("faint" if good else "ask")
    show_if(label, bool(unknown) or standing is not None)
