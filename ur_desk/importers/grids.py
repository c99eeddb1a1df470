"""What a table is before anybody knows what its columns mean: rows of texts, with how they were read and what was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ur_desk.domain.findings import Problem
from ur_desk.domain.policy import Severity

MOST_ROWS = 100_000
"""A table of more rows is no list of requests; a payer's busiest day has some thousand."""
MOST_COLUMNS = 500
"""A table of more columns is no list of requests."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet, numbered as they stand in it, from 1; `where` begins the place of a problem.

    `numbers` are the columns, from 0, in which numbers stood. A hidden sheet is not `visible`. Numbers that stand for days are counted from
    1904, not from 1900, where `from_1904` is true.
    """

    rows: Sequence[Sequence[str]]
    where: str
    told: str
    sheet: str = ""
    visible: bool = True
    numbers: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = field(default=())
    from_1904: bool = False


def warning(code: str, where: str, message: str) -> Problem:
    """A doubt about a file."""
    return Problem(Severity.WARNING, code, where, message)


def error(code: str, where: str, message: str) -> Problem:
    """What keeps something of a file out."""
    return Problem(Severity.ERROR, code, where, message)
