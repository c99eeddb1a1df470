"""Which statement a line stands in, told for all lines at once."""

from collections.abc import Iterable, Mapping

from ur_desk.domain.policy import Statement


def by_line(statements: Iterable[Statement]) -> Mapping[int, Statement]:
    """The statement of each line that stands in one; the first where several hold it."""
    held: dict[int, Statement] = {}
    for statement in statements:
        for line in range(statement.first_line, statement.last_line + 1):
            held.setdefault(line, statement)
    return held
