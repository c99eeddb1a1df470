from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest
from match_builders import CONFIRMED, Line, moving_pictures, request, shelved
from match_table import TABLE, Row, rows

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import MatchReport
from ur_desk.domain.policy import Shelved
from ur_desk.matching import Index, match

ROWS = rows(TABLE)


@pytest.fixture(scope="module")
def library(codeset: CodeSet) -> Index:
    return Index([shelved(moving_pictures())], codeset)


@pytest.fixture(scope="module")
def the_document(samples: Path, codeset: CodeSet) -> Index:
    from ur_desk import documents

    file = samples / "policies" / "RAD.00034.txt"
    return Index([Shelved(documents.read(file.read_bytes(), file.name, codeset), confirmed=CONFIRMED)], codeset)


@pytest.fixture(scope="module")
def the_abstract(codeset: CodeSet) -> Index:
    from ur_desk import documents, paths

    return Index([Shelved(each) for each in documents.bundled(paths.resources() / "policies", codeset)], codeset)


def test_the_table_is_large_and_says_nothing_twice() -> None:
    assert len(ROWS) >= 150
    assert len({(row.code, row.dx, row.words) for row in ROWS}) == len(ROWS)


@pytest.mark.toy(5)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_line_gives_what_the_table_says(row: Row, library: Index, codeset: CodeSet) -> None:
    check(row, asked(row, library, codeset))


@pytest.mark.samples
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_payer_s_document_gives_the_same(row: Row, the_document: Index, codeset: CodeSet) -> None:
    if row.code == "0123T":
        row = without_mention(row)
    check(row, asked(row, the_document, codeset))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_bundled_abstract_gives_the_same_and_says_that_it_is_one(row: Row, the_abstract: Index, codeset: CodeSet) -> None:
    if row.code == "0123T":
        row = without_mention(row)
    report = asked(row, the_abstract, codeset)
    linked = {"abstract_only"} if any(service.policies for service in report.services) else set()
    check(row, report, linked)


def asked(row: Row, library: Index, codeset: CodeSet) -> MatchReport:
    return match(
        request(Line(row.code, row.words, date(2017, 10, 12), date(2017, 10, 12) + timedelta(days=3)), dx=row.dx), library, codeset
    )


def check(row: Row, report: MatchReport, more: Collection[str] = ()) -> None:  # type: ignore[assignment]
    (service,) = report.services
    got = (
        report.policies[0].relation.value if report.policies else None,
        service.suggestion.value,
        service.scope.value if service.scope else None,
        tuple(code.result.value for code in report.codes),
        {caution.code.value for caution in report.cautions} - {"listing_is_not_coverage"},
    )
    assert got == (row.relation, row.suggestion, row.scope, row.results, row.cautions.union(more))
    assert report.suggestion.value == row.suggestion
    listed = {"listed", "conditional", "suspect", "header"} & set(row.results)
    assert any(caution.code.value == "listing_is_not_coverage" for caution in report.cautions) == bool(listed)


def without_mention(row: Row) -> Row:
    """The code that only the tests' own policy mentions in its text."""
    return Row(row.code, row.dx, row.words, None, row.suggestion, None, ("not_listed", *row.results[1:]), row.cautions)
