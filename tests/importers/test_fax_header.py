"""The line of a fax machine: proposed as the receipt with where it can be looked up, and nothing else is taken for one."""

import pytest
import record_makers as make

from ur_desk.documents.record_pages import form
from ur_desk.importers.fax_header import fax_header


def told(edge: str, *rows: list[tuple[float, str]]) -> dict[str, str]:
    return {each.field: each.text for each in fax_header(form(make.printed(rows, edge), "x"))}


@pytest.mark.parametrize(
    ("edge", "day", "time"),
    [
        ("10/05/2017 09:14 AM  FROM: Natarajan Spine  TO: 317-555-0100  PAGE 1 OF 3", "10/05/2017", "09:14 AM"),
        ("Oct 05 2017 9:14pm  Natarajan Spine  317-555-0127  p.1/3", "10/05/2017", "9:14 PM"),
        ("2017-10-05 21:14:33  Fax: 3175550127  1/3", "10/05/2017", "21:14"),
        ("05-OCT-17 09:14 CSID 317 555 0127", "10/05/2017", "09:14"),
    ],
)
def test_the_line_of_a_fax_machine_tells_day_time_and_where_it_can_be_looked_up(edge: str, day: str, time: str) -> None:
    assert told(edge) == {
        "received_date": day,
        "received_time": time,
        "received_evidence": "fax_header",
        "received_evidence_where": "page 1",
        "channel": "fax",
    }


@pytest.mark.parametrize(
    "edge",
    [
        "10/5/2017, 9:14 AM  Medical policy of a payer  1/18",  # a browser prints so
        "FROM: Natarajan Spine  TO: 317-555-0100  PAGE 1 OF 3",
        "10/05/2017  FROM: Natarajan Spine  PAGE 1 OF 3",
        "13/45/2017 09:14  FAX 317-555-0127",
        "",
    ],
)
def test_a_line_that_lacks_the_day_the_time_or_the_machine_tells_nothing(edge: str) -> None:
    assert told(edge) == {}


def test_the_same_words_in_the_middle_of_a_page_tell_nothing() -> None:
    line = "10/05/2017 09:14 AM FROM: Natarajan Spine TO: 317-555-0100"
    assert told("", [(50.0, "Order")], *[[(50.0, "more")] for _ in range(8)], [(50.0, line)]) == {}
