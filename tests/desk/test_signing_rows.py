"""Which rows of what states ask of whoever signs somebody compared with the law, and what that changes for a decision."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from builders import NOW, FixedClock, desk_in, line, opened, sit_down

from ur_desk.desk.desk import Desk
from ur_desk.desk.signing_rows import SigningRows
from ur_desk.desk.tables import Tables
from ur_desk.domain.decisions.signing import Standing
from ur_desk.domain.law_rows import Book, RowDoubted, RowVerified
from ur_desk.domain.request import LineOfBusiness, Provider
from ur_desk.domain.sentences import sentence
from ur_desk.errors import Forbidden, UserError

ON = date(2017, 10, 6)


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with desk_in(tmp_path / "w", clock=FixedClock(NOW)) as made:
        sit_down(made, "sol")
        yield made


def refusing(desk: Desk, case: str) -> set[str]:
    sit_down(desk, "osei")
    told = desk.signers.before(case).required  # type: ignore[arg-type]
    sit_down(desk, "sol")
    return {row.rule.id for row in told.refusing}


def in_texas(desk: Desk) -> str:
    sit_down(desk, "mara")
    doctor = Provider("Priya Natarajan", "1558597799", credential="MD")
    case = opened(desk, line(1), state="TX", line_of_business=LineOfBusiness.COMMERCIAL_INSURED, requesting_provider=doctor)
    sit_down(desk, "sol")
    return case.id


def test_a_row_that_was_verified_refuses_from_then_on_and_one_that_was_doubted_refuses_no_more(desk: Desk) -> None:
    case = in_texas(desk)
    assert refusing(desk, case) == {"TX-P2P", "TX-P2P-LICENCE"}
    row = desk.signing_rows.verify("TX-P2P-SPECIALTY", "28 TAC 19.1710, official edition", ON).value
    assert row.verified is not None
    assert (row.verified.by, row.verified.on) == ("Sol Reyes (28 TAC 19.1710, official edition)", ON)
    assert refusing(desk, case) == {"TX-P2P", "TX-P2P-LICENCE", "TX-P2P-SPECIALTY"}
    assert desk.signing_rows.doubt("TX-P2P", "Counsel reads it otherwise.").value.verified is None
    assert refusing(desk, case) == {"TX-P2P-LICENCE", "TX-P2P-SPECIALTY"}
    told = {each.rule.id: each.standing for each in desk.signers.before(case).required.rows}  # type: ignore[arg-type]
    assert told["TX-P2P"] is Standing.UNMET


def test_the_word_on_a_row_outlives_the_program_and_is_pinned_with_what_is_decided(tmp_path: Path, desk: Desk) -> None:
    before = desk.signing_rows.book().data
    assert before == desk.tables.signing_bytes
    desk.signing_rows.verify("IN-PEER", "IC 27-1-37.5-20", ON)
    assert SigningRows(desk).book() == desk.signing_rows.book()
    assert b"IC 27-1-37.5-20" in desk.signing_rows.book().data


def test_a_word_holds_for_the_row_as_it_was_read_and_no_other(desk: Desk) -> None:
    desk.signing_rows.verify("IN-PEER", "IC 27-1-37.5-20", ON)
    told = desk.tables.signing_bytes.replace(b"27-1-37.5-20(a)", b"27-1-37.5-20(z)")
    assert told != desk.tables.signing_bytes
    desk.tables = Tables()
    desk.tables.signing_bytes = told
    (row,) = (row for row in SigningRows(desk).all() if row.id == "IN-PEER")
    assert row.verified is None


def test_verifying_a_clock_row_says_nothing_of_a_signing_rule(desk: Desk) -> None:
    desk.clock_rows.verify("IN-UR", "IC 27-8-17-11", ON)
    assert desk.store.standing().signing_rows.words == {}
    desk.signing_rows.verify("IN-PEER", "IC 27-1-37.5-20", ON)
    assert set(desk.store.standing().clock_rows.words) == {"IN-UR"}


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda d: d.signing_rows.verify("OH-1", "the code", ON), "no signing rule OH-1"),
        (lambda d: d.signing_rows.verify("IN-PEER", "  ", ON), "with which text"),
        (lambda d: d.signing_rows.verify("IN-PEER", "the code", date(2017, 10, 20)), "in the future"),
        (lambda d: d.signing_rows.doubt("IN-PEER", "Another law."), "is not verified"),
        (lambda d: d.signing_rows.doubt("IN-ALT", " "), "Say why"),
    ],
)
def test_what_cannot_be_said_of_a_row_is_refused_and_nothing_is_written(desk: Desk, call: Callable[[Desk], object], says: str) -> None:
    before = desk.signing_rows.book()
    with pytest.raises(UserError, match=says):
        call(desk)
    assert desk.signing_rows.book() == before


def test_only_a_supervisor_says_it_and_everybody_reads_the_rows(desk: Desk) -> None:
    for name in ("mara", "osei", "ada"):
        sit_down(desk, name)
        with pytest.raises(Forbidden):
            desk.signing_rows.verify("IN-PEER", "the code", ON)
        assert [row.id for row in desk.signing_rows.all()] == ["IN-ALT", "IN-PEER", "TX-P2P", "TX-P2P-LICENCE", "TX-P2P-SPECIALTY"]


def test_the_timeline_says_which_book_is_meant() -> None:
    verified = sentence(RowVerified("IN-PEER", "d", "IC 27", ON, "Sol Reyes", Book.SIGNING), {})
    assert verified == "verified the signing rule IN-PEER on 10/06/2017 against IC 27."
    doubted = sentence(RowDoubted("IN-UR", "d", "Read otherwise."), {})
    assert doubted == "took back that the clock row IN-UR is verified: Read otherwise."
