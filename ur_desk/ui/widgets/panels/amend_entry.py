"""A service line that the requester agreed to change: as asked, and beside it as agreed."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ur_desk.domain.codes import normal, npi_problem, procedure_system
from ur_desk.domain.intake.fields import day_of
from ur_desk.domain.request import Provider, ServiceLine
from ur_desk.ui.fonts import Type
from ur_desk.ui.look import look
from ur_desk.ui.phrases import day
from ur_desk.ui.widgets.panels.form import DayEntry, LineEntry, number_of, span_problem
from ur_desk.ui.widgets.restyled import Restyled, inset
from ur_desk.ui.widgets.text import ElidedLabel

_PLACES = {
    "code": (0, 0, 1),
    "description": (0, 1, 3),
    "quantity": (1, 0, 1),
    "first_day": (1, 1, 1),
    "last_day": (1, 2, 1),
    "place_of_service": (1, 3, 1),
    "provider": (2, 0, 2),
    "npi": (2, 2, 2),
}
"""Row, column and breadth of each field."""


class ChangeEntry(Restyled, QWidget):
    """The parts of a line that can be amended: in each field what is agreed, over it, after its name, what was asked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, LineEntry] = {
            "code": LineEntry(),
            "description": LineEntry(),
            "quantity": LineEntry(),
            "first_day": DayEntry(),
            "last_day": DayEntry(),
            "place_of_service": LineEntry(),
            "provider": LineEntry(),
            "npi": LineEntry(),
        }
        self._captions = {key: ElidedLabel("", Type.MARK, "soft") for key in self._fields}
        self._grid = QGridLayout(self)
        for key, (row, column, span) in _PLACES.items():
            self._captions[key].setBuddy(self._fields[key])
            self._fields[key].setAccessibleName(self.tr("{0} as agreed").format(self._names()[key]))
            self._fields[key].changed.connect(self.changed.emit)
            self._grid.addWidget(self._captions[key], 2 * row, column, 1, span)
            self._grid.addWidget(self._fields[key], 2 * row + 1, column, 1, span)
        self.setFocusProxy(self._fields["code"])
        self.restyle()

    def _names(self) -> dict[str, str]:
        return {
            "code": self.tr("Code"),
            "description": self.tr("Words"),
            "quantity": self.tr("Units"),
            "first_day": self.tr("From"),
            "last_day": self.tr("To"),
            "place_of_service": self.tr("Place"),
            "provider": self.tr("Servicing provider"),
            "npi": self.tr("Its NPI"),
        }

    def restyle(self) -> None:
        """The grid at the present zoom."""
        inset(self._grid, 0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look().px(8))
        self._grid.setVerticalSpacing(look().px(2))

    def field(self, key: str) -> LineEntry:
        """One of the fields of what is agreed."""
        return self._fields[key]

    def show_old(self, service: ServiceLine, provider: Provider | None) -> None:
        """Show what is asked now."""
        names = self._names()
        for key, words in _texts(service, provider).items():
            self._captions[key].set_words(f"{names[key]} · {words or '–'}")

    def begin_with(self, service: ServiceLine, provider: Provider | None) -> None:
        """Begin with what is asked now."""
        for key, words in _texts(service, provider).items():
            self._fields[key].retype(words)

    def typed(self) -> str:
        """All fields, one a line."""
        return "\n".join(f"{key}={field.typed()}" for key, field in self._fields.items())

    def retype(self, typed: str) -> None:
        """Put back what `typed` gave."""
        for line in typed.splitlines():
            key, _, words = line.partition("=")
            self._fields[key].retype(words)

    def problem(self) -> str:
        """Says which field cannot be read."""
        if self._text("quantity") and number_of(self._text("quantity")) is None:
            return self.tr("Write the units as a number above zero, such as 1 or 2.5.")
        if wrong := span_problem(self._text("first_day"), self._text("last_day")):
            return wrong
        if not (self._text("code") or self._text("description")):
            return self.tr("A service has a code or words.")
        return (
            self.tr("This NPI is wrong: ten digits, the last one checks the others.")
            if self._text("npi") and npi_problem(self._text("npi"))
            else ""
        )

    def after(self, before: ServiceLine) -> ServiceLine:
        """The line as agreed; what was not touched stays as it is."""
        old, changes = _texts(before, None), dict[str, Any]()
        for key in ("code", "description", "quantity", "first_day", "last_day", "place_of_service"):
            if self._text(key) != old[key]:
                changes[key] = self._value(key)
        if changes.get("code"):
            changes["system"] = procedure_system(changes["code"])
            changes["raw"] = self._text("code")
        return replace(before, **changes)

    def provider(self, before: Provider | None) -> Provider | None:
        """The servicing provider as agreed; another name or NPI is another provider, of whom nothing more is known."""
        name, npi = self._text("provider"), self._text("npi")
        if before is not None and (name, npi) == (before.name or "", before.npi or ""):
            return before
        return Provider(name=name or None, npi=npi or None) if name or npi else None

    def _value(self, key: str) -> Any:
        text = self._text(key)
        if key == "code":
            return normal(text, procedure_system(text.upper())) or None
        if key == "quantity":
            return number_of(self._text("quantity"))
        return day_of(text) if key.endswith("_day") else text or None

    def _text(self, key: str) -> str:
        return self._fields[key].typed()


def _texts(service: ServiceLine, provider: Provider | None) -> dict[str, str]:
    """What is asked, as one would type it."""
    return {
        "code": service.code or "",
        "description": " ".join((service.description or "").split()),
        "quantity": f"{service.quantity.normalize():f}" if service.quantity is not None else "",
        "first_day": day(service.first_day) if service.first_day else "",
        "last_day": day(service.last_day) if service.last_day else "",
        "place_of_service": service.place_of_service or "",
        "provider": (provider.name or "") if provider else "",
        "npi": (provider.npi or "") if provider else "",
    }
