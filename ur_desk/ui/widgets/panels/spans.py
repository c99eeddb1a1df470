"""Several spans of an approval, as one types them: a line each, with its days, its units, and a place where it has one of its own."""

from PySide6.QtWidgets import QWidget

from ur_desk.domain.determination import Granted, Span, in_spans
from ur_desk.domain.intake.fields import day_of
from ur_desk.errors import UserError
from ur_desk.ui.widgets.panels.form import ProseEntry, number_of


class SpansEntry(ProseEntry):
    """Spans by their first days; empty where the approval is one stretch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, "10/12/2017 10/18/2017 6", parent)

    def spans(self) -> tuple[Span, ...]:
        """The spans that are typed; none where a line cannot be read."""
        told = [_span(line) for line in self._lines()]
        return tuple(span for span in told if span is not None) if None not in told else ()

    def problem(self) -> str:
        """Says what a line looks like, or in which way the spans disagree."""
        told = [_span(line) for line in self._lines()]
        if None in told:
            return self.tr("Write each as first day, last day, units and place: 10/12/2017 10/18/2017 6 11.")
        try:
            in_spans(Granted(), self.spans())
        except UserError as wrong:
            return f"{wrong.message} {wrong.hint}"
        return ""

    def _lines(self) -> list[str]:
        return [line for line in self.typed().splitlines() if line.strip()]


def _span(line: str) -> Span | None:
    """One line as a span; None where it tells none."""
    parts = line.split()
    if not 2 <= len(parts) <= 4:
        return None
    first, last = day_of(parts[0]), day_of(parts[1])
    quantity = number_of(parts[2]) if len(parts) > 2 else None
    if first is None or last is None or last < first or (len(parts) > 2 and quantity is None):
        return None
    return Span(first, last, quantity, place_of_service=parts[3] if len(parts) > 3 else None)
