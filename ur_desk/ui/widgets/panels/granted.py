"""What is approved, where it differs from what was asked: only what is filled in differs."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ur_desk.domain.determination import Decision, Determination, Granted, Reason, Signature
from ur_desk.domain.intake.fields import day_of
from ur_desk.domain.terms import misfit
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry, number_of, span_problem
from ur_desk.ui.widgets.panels.verbs import Picked
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import Text


def signature_now(picked: Picked, now: datetime) -> Signature:
    """How whoever sits here would sign at this moment, for a decision that is only looked at."""
    return Signature(picked.person.id, picked.person.display, picked.person.credential, now)


def misfits(picked: Picked, determination: Determination, granted: Granted | None, now: datetime) -> str:
    """In which way a determination would not fit what was asked for on the picked lines; empty where it fits them all."""
    decision = Decision(determination, Reason(""), signature_now(picked, now), granted=granted)
    told = (misfit(state.service, picked.case.servicing_provider, decision) for state in picked.states)
    return " ".join(dict.fromkeys(each for each in told if each))


class GrantedEntry(Restyled, QWidget):
    """Units and days; `whole` adds the service, the place and the provider, which only a physician's decision can change."""

    changed = Signal()

    def __init__(self, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, LineEntry] = {"quantity": LineEntry(), "first_day": DayEntry(), "last_day": DayEntry()}
        names = {"quantity": self.tr("Units"), "first_day": self.tr("From"), "last_day": self.tr("To")}
        if whole:
            self._fields |= {"code": LineEntry(), "service": LineEntry(), "place_of_service": LineEntry(), "provider": LineEntry()}
            names |= {
                "code": self.tr("Other code"),
                "service": self.tr("What that is, for the member"),
                "place_of_service": self.tr("Place"),
                "provider": self.tr("Provider"),
            }
        self._names = names
        self._grid = QGridLayout(self)
        at = 0
        for key, field in self._fields.items():
            wide = 2 if key == "service" else 1  # a name is longer than a code
            label = Text(names[key], Type.MARK, "soft")
            label.setBuddy(field)
            self._grid.addWidget(label, at // 3 * 2, at % 3, 1, wide)
            self._grid.addWidget(field, at // 3 * 2 + 1, at % 3, 1, wide)
            at += wide
            field.changed.connect(self.changed.emit)
        self.setFocusProxy(self._fields["quantity"])
        self.restyle()

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(8))
        self._grid.setVerticalSpacing(look().px(2))

    def setAccessibleName(self, name: str) -> None:
        """Name every part as well."""
        super().setAccessibleName(name)
        for key, field in self._fields.items():
            field.setAccessibleName(f"{name}: {self._names[key]}")

    def field(self, key: str) -> LineEntry:
        """One of the fields."""
        return self._fields[key]

    def typed(self) -> str:
        """All that was typed, a field a line; empty where nothing was."""
        lines = [f"{key}={field.typed()}" for key, field in self._fields.items() if field.typed()]
        return "\n".join(lines)

    def retype(self, typed: str) -> None:
        """Put back what `typed` gave."""
        told = dict(line.split("=", 1) for line in typed.splitlines())
        for key, field in self._fields.items():
            field.retype(told.get(key, ""))

    def problem(self) -> str:
        """Says which field cannot be read."""
        if self._text("quantity") and number_of(self._text("quantity")) is None:
            return self.tr("Write the units as a number above zero, such as 1 or 2.5.")
        return span_problem(self._text("first_day"), self._text("last_day"))

    def granted(self) -> Granted | None:
        """What was filled in; None where nothing was, so that all is as asked."""
        if not self.typed():
            return None
        return Granted(
            code=self._text("code").upper() or None,
            quantity=number_of(self._text("quantity")),
            first_day=day_of(self._text("first_day")),
            last_day=day_of(self._text("last_day")),
            place_of_service=self._text("place_of_service") or None,
            provider=self._text("provider") or None,
            service=self._text("service") or None,
        )

    def _text(self, key: str) -> str:
        return self._fields[key].typed() if key in self._fields else ""
