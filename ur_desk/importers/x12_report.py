"""What is wrong with an X12 file: each problem at its segment, with interchange and transaction where the file has several."""

from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Severity

MOST = 200_000
"""So many problems of one file are kept; the others are counted."""

_Kept = tuple[Severity, str, str, str, int, int]


class Report:
    """Keeps the problems of one file in their order; `enter` says where in the file the reading is.

    Messages name elements, codes and numbers of the envelope, never a person: they may be written down anywhere.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._kept: list[_Kept] = []
        self._more = 0
        self._interchange = self._interchanges = self._transaction = self._transactions = 0
        self.errors = 0

    def enter(self, interchange: int, transaction: int) -> None:
        """From here on problems lie in that interchange and transaction, both counted from 1 over the file; 0 is outside of all."""
        self._interchange, self._transaction = interchange, transaction
        self._interchanges = max(interchange, self._interchanges)
        self._transactions = max(transaction, self._transactions)

    def error(self, code: str, place: str, message: str) -> None:
        """Says what keeps a transaction or a file from being read."""
        self.say(Severity.ERROR, code, place, message)

    def doubt(self, code: str, place: str, message: str) -> None:
        """Says what somebody must look at."""
        self.say(Severity.WARNING, code, place, message)

    def note(self, code: str, place: str, message: str) -> None:
        """Says what was done and harms nothing."""
        self.say(Severity.INFO, code, place, message)

    def say(self, severity: Severity, code: str, place: str, message: str) -> None:
        """Keeps one problem; `place` is a segment as it calls itself, or empty for the file."""
        self.errors += severity is Severity.ERROR
        if len(self._kept) >= MOST:
            self._more += 1
            return
        self._kept.append((severity, code, place, message, self._interchange, self._transaction))

    def problems(self) -> tuple[Problem, ...]:
        """All that was said, its places written out."""
        told = [Problem(severity, code, self._where(place, i, t), message) for severity, code, place, message, i, t in self._kept]
        if self._more:
            message = f"There are {self._more:,} more problems in this file; the first {MOST:,} are listed."
            told.append(Problem(Severity.WARNING, "more-problems", self._file, message))
        return tuple(told)

    def _where(self, place: str, interchange: int, transaction: int) -> str:
        told = [
            f"interchange {interchange}" if interchange and self._interchanges > 1 else "",
            f"transaction {transaction}" if transaction and self._transactions > 1 else "",
            place,
        ]
        inside = ", ".join(part for part in told if part)
        return f"{self._file}: {inside}" if inside else self._file
