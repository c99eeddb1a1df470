"""A request with many service lines costs work for each line, not for each pair of lines."""

import pytest
from builders import TABLES, line, request

from ur_desk.domain.policy import Shelved
from ur_desk.matching import Index, match, rows
from ur_desk.matching.asked import Asked


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([Shelved(policy) for policy in TABLES.policies()], TABLES.codeset)


def test_a_code_that_many_lines_share_is_judged_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[Asked] = []
    made = rows._procedure_row

    def count(first: Asked, *told: object) -> object:
        judged.append(first)
        return made(first, *told)  # type: ignore[arg-type]

    def compare(one: Asked, other: object) -> bool:
        raise AssertionError("service lines are told apart by who they are, never by all that they hold")

    monkeypatch.setattr(rows, "_procedure_row", count)
    monkeypatch.setattr(Asked, "__eq__", compare)
    report = match(request(*[line(n) for n in range(1, 401)]), index, TABLES.codeset)
    assert len(judged) == 1
    assert [row.code for row in report.codes if row.code == "76120"] == ["76120"]
    assert len(report.services) == 400


def test_every_line_of_a_shared_code_still_speaks_in_its_row(index: Index) -> None:
    told = request(line(1, "76496", "Videofluoroscopy of the lumbar spine"), line(2, "76496", "Videofluoroscopy of the swallow"))
    (row,) = [row for row in match(told, index, TABLES.codeset).codes if row.code == "76496"]
    alone = request(line(1, "76496", "Videofluoroscopy of the lumbar spine"))
    (before,) = [row for row in match(alone, index, TABLES.codeset).codes if row.code == "76496"]
    assert row.result is before.result
    assert row.note != before.note
    assert "line 2 name the pharynx" in (row.note or "")
