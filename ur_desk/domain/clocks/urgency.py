"""What expedited means in a line of business, with the rule that says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from ur_desk.domain.request import LineOfBusiness


@dataclass(frozen=True, slots=True)
class UrgencyDefinition:
    """When a request counts as urgent: in short words of this project, with the rule; `verified` where compared with an official text."""

    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Urgencies:
    """The definitions by line of business; a line without one has none that is known here."""

    by_line: Mapping[LineOfBusiness, UrgencyDefinition]

    def of(self, line: str) -> UrgencyDefinition | None:
        """The definition in a line of business, by its value as typed; None where none is known."""
        told = line.strip().casefold()
        return next((found for known, found in self.by_line.items() if known.value == told), None)
