"""The bundled tables: codes, clock rules, wording, policies; each loaded when first asked for, then kept."""

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.paths import resources

if TYPE_CHECKING:
    from ur_desk.domain.codes import CodeSet
    from ur_desk.domain.deadline import ClockRules
    from ur_desk.domain.policy import Policy


class Tables:
    """What the program brings along; safe to ask from any thread."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or resources()
        self._lock = threading.RLock()

    @property
    def codeset(self) -> "CodeSet":
        """The diagnosis codes in tabular order."""
        with self._lock:
            return self._codeset

    @cached_property
    def _codeset(self) -> "CodeSet":
        from ur_desk.codesets import load

        return load(self.folder / "codesets")

    @property
    def clock_bytes(self) -> bytes:
        """The clock rules as they lie on disk; what a case pins."""
        with self._lock:
            return self._clock_bytes

    @cached_property
    def _clock_bytes(self) -> bytes:
        return (self.folder / "clocks" / "rules.json").read_bytes()

    @property
    def clock_rules(self) -> "ClockRules":
        """The clock rules."""
        with self._lock:
            return self._clock_rules

    @cached_property
    def _clock_rules(self) -> "ClockRules":
        from ur_desk.records.clocks import clock_rules

        return clock_rules(self._clock_bytes)

    def policies(self) -> tuple["Policy", ...]:
        """The bundled abstracts."""
        from ur_desk.documents import bundled

        return bundled(self.folder / "policies", self.codeset)
