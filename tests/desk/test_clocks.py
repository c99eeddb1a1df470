"""The clock of a case through the desk: bent and read anew in one transaction, supposed otherwise, told as tasks; and the rows of the workspace."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NO_POLICY, NOW, UNCHECKED, clock_file, desk_in, enrolled, extension, heard, line, opened, sit_down, unclear
from record_makers import PROOF

from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.events import Audience, Basis, basis_of
from ur_desk.domain.clocks.reading import ClockState
from ur_desk.domain.clocks.rules import LONGEST
from ur_desk.domain.clocks.tasks import Stand, TaskKind
from ur_desk.domain.clocks.what_if import Supposed
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.listing import CaseFilter
from ur_desk.domain.people import Role
from ur_desk.domain.policy import Sha256
from ur_desk.domain.request import Coverage, LineOfBusiness, Urgency
from ur_desk.errors import Stale, UserError
from ur_desk.records.events import body_bytes, body_from

LINE = LineOfBusiness
INSURED: dict[str, Any] = {"line_of_business": LINE.COMMERCIAL_INSURED, "coverage": Coverage(funding="insured", erisa=True)}
ROW = {
    "id": "OH-STD", "name": "Ohio, prior authorization", "law": "state", "lines": ["commercial_insured"], "states": ["OH"],
    "unit": "calendar_days", "amount": 10, "start": "receipt", "source": "the code of Ohio",
}  # fmt: skip


def file_of(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"schema": "ur-desk-clocks/1", "rules": rows}).encode()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        yield made


def due(case: Case) -> str:
    assert case.clock is not None
    return str(case.clock.due_at)


def changed(desk: Desk, case: Case, reason: str = "It was keyed wrong.", **changes: Any) -> Case:
    after = replace(basis_of(case.request, case.clockwork.particulars), **changes)
    return finish(desk.clocks.change(case.id, case.revision, after, reason, "the office")).value


def paused(desk: Desk) -> Case:
    case = opened(desk, unclear())
    asked = desk.determinations.ask_for_information(
        case.id, case.revision, (1,), ["the films of August"], "They decide.", "the office"
    ).value
    return desk.clocks.extend(asked.id, asked.revision, extension(), PROOF).value


# bending ---------------------------------------------------------------------------------------------------------------------


def test_an_extension_and_its_reading_are_one_transaction_and_the_rows_are_kept(desk: Desk) -> None:
    case = paused(desk)
    assert case.clock is not None
    assert (due(case), case.clock.state) == ("2017-12-15 23:59:59-05:00", ClockState.PAUSED)
    assert desk.store.blobs.holds(case.clock.rules)
    assert desk.supervision.verification().breaks == ()


def test_an_answer_that_comes_as_information_ends_the_pause(desk: Desk) -> None:
    case = paused(desk)
    came = NOW + timedelta(minutes=1)
    desk.clock.at = came + timedelta(minutes=1)  # type: ignore[attr-defined]
    done = finish(desk.determinations.information_received(case.id, case.revision, (1,), "all of it", came))
    assert (due(done.value), done.value.clock.state) == ("2017-10-24 23:59:59-04:00", ClockState.EXTENDED)  # type: ignore[union-attr]
    assert done.undo is not None
    back = desk.determinations.undo(case.id, done.value.revision, done.undo.event).value
    assert back.clock == case.clock
    assert back.lines[0].asked == case.lines[0].asked


def test_an_answer_by_itself_can_be_noted_and_taken_back(desk: Desk) -> None:
    case = paused(desk)
    desk.clock.at = NOW + timedelta(hours=1)  # type: ignore[attr-defined]
    done = desk.clocks.answer(case.id, case.revision, "The films came.", NOW + timedelta(minutes=30))
    assert due(done.value) == "2017-10-24 23:59:59-04:00"
    assert done.undo is not None
    assert desk.determinations.undo(case.id, done.value.revision, done.undo.event).value.clock == case.clock


def test_information_that_no_clock_waits_for_reads_no_clock(desk: Desk) -> None:
    case = opened(desk, unclear())
    asked = desk.determinations.ask_for_information(case.id, case.revision, (1,), ["order"], "why", "office").value
    before = sum(isinstance(e.body, ev.ClockRead) for e in desk.store.ledger.of_case(case.id))
    finish(desk.determinations.information_received(case.id, asked.revision, (1,), "order", NOW))
    assert sum(isinstance(e.body, ev.ClockRead) for e in desk.store.ledger.of_case(case.id)) == before


def test_a_refused_extension_leaves_the_case_as_it_was(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(UserError, match="in writing"):
        desk.clocks.extend(case.id, case.revision, extension(notice=heard(way=ContactWay.CALL)), PROOF)
    with pytest.raises(Stale):
        desk.clocks.extend(case.id, case.revision - 1, extension(), PROOF)
    assert desk.review.case(case.id) == case


def test_a_changed_line_of_business_is_matched_and_read_anew_with_both_dates(desk: Desk) -> None:
    case = opened(desk)
    done = changed(desk, case, line_of_business=LINE.MEDICARE_ADVANTAGE)
    assert done.matched is not None
    assert done.matched.subject == done.current_request.subject
    assert (due(case), due(done)) == ("2017-10-20 23:59:59-04:00", "2017-10-19 23:59:59-04:00")
    assert done.clockwork.changes[0].due_before == case.clock
    assert done.request.received_at == case.request.received_at
    assert done.record_opened_by == frozenset()


def test_a_change_of_a_case_that_moved_on_is_refused(desk: Desk) -> None:
    case = opened(desk)
    desk.review.add_note(case.id, "A note.")
    with pytest.raises(Stale):
        changed(desk, case, urgency=Urgency.EXPEDITED)
    now = desk.review.case(case.id)
    with pytest.raises(UserError, match="Say why"):
        changed(desk, now, "  ", urgency=Urgency.EXPEDITED)


@pytest.mark.toy(21)
def test_no_verb_but_the_corrected_receipt_moves_a_receipt_and_the_basis_has_none(desk: Desk) -> None:
    from ur_desk.desk.verbs import VERBS

    assert not {"received_at", "received_zone", "received_evidence"} & set(Basis.__slots__)
    bending = [verb for name, verb in VERBS.items() if name.startswith("clock.")]
    assert all(not verb.fits(body) for verb in bending for body in (object.__new__(ev.ReceiptDoubted), object.__new__(ev.ReceiptSettled)))
    case = paused(desk)
    kept = list(desk.store.ledger.of_case(case.id))
    done = changed(desk, case, state="MI")
    assert list(desk.store.ledger.of_case(case.id))[: len(kept)] == kept
    assert (done.request.received_at, done.as_opened and done.as_opened.received_at) == (case.request.received_at,) * 2


def test_a_duty_a_target_and_a_notice_are_kept(desk: Desk) -> None:
    case = opened(desk, line(1), line(2, "97110", "Therapeutic exercise"))
    case = changed(desk, case, particulars=replace(case.clockwork.particulars, misfiled=True))
    case = desk.clocks.done(case.id, case.revision, "ERISA-MISFILE", heard()).value
    done = desk.clocks.target(case.id, case.revision, NOW + timedelta(days=1), "The pain grows.")
    assert done.undo is not None
    case = desk.determinations.undo(case.id, done.value.revision, done.undo.event).value
    assert case.clockwork.target is None
    case = desk.determinations.approve(case.id, case.revision, (2,), NO_POLICY, unchecked=UNCHECKED).value
    case = desk.clocks.notify(case.id, case.revision, (2,), Audience.PROVIDER, heard(at := desk.clock.now()), "Approved as asked.").value
    assert case.clockwork.notified[0].audience is Audience.PROVIDER
    assert desk.clocks.standing(case.id).instants[1].provider_at == at
    assert desk.supervision.verification().breaks == ()


# supposing -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "then"),
    [
        pytest.param(Supposed(received_at=datetime(2017, 10, 6, 13, tzinfo=UTC)), "2017-10-21 23:59:59-04:00", id="received a day later"),
        pytest.param(Supposed(urgency=Urgency.EXPEDITED), "2017-10-08 09:30:00-04:00", id="urgent"),
        pytest.param(Supposed(line_of_business=LINE.MEDICARE_ADVANTAGE), "2017-10-19 23:59:59-04:00", id="another line of business"),
        pytest.param(Supposed(noticed_at=NOW), "2017-11-04 23:59:59-04:00", id="extended"),
        pytest.param(
            Supposed(noticed_at=NOW, answer_by=date(2017, 11, 30), answered_at=datetime(2017, 11, 6, 15, tzinfo=UTC)),
            "2017-11-21 23:59:59-05:00", id="extended, paused and answered",
        ),
        pytest.param(Supposed(line_of_business=LINE.MEDICAID_MANAGED_CARE, rating_period=date(2017, 7, 1)), "None", id="a state without a row"),
    ],
)  # fmt: skip
def test_what_if_shows_the_effect_and_saves_nothing(desk: Desk, told: Supposed, then: str) -> None:
    case = opened(desk)
    last = desk.store.ledger.last()
    found = desk.clocks.what_if(case.id, told)
    assert (str(found.now.due_at), str(found.then.due_at)) == ("2017-10-20 23:59:59-04:00", then)
    assert desk.store.ledger.last() == last


def test_what_no_clock_knows_cannot_be_supposed(desk: Desk) -> None:
    urgent = opened(desk, urgency=Urgency.EXPEDITED)
    with pytest.raises(UserError, match="allows no extension"):
        desk.clocks.what_if(urgent.id, Supposed(noticed_at=NOW))
    with pytest.raises(UserError, match="wait for no answer"):
        desk.clocks.what_if(urgent.id, Supposed(answered_at=NOW))


def test_another_day_can_be_looked_at(desk: Desk) -> None:
    case = opened(desk)
    assert desk.clocks.standing(case.id).stand is Stand.RUNNING
    missed = desk.clocks.standing(case.id, datetime(2017, 10, 21, 4, tzinfo=UTC))
    assert (missed.stand, missed.tasks[0].kind) == (Stand.MISSED, TaskKind.LATE)


# tasks -----------------------------------------------------------------------------------------------------------------------


def test_tasks_of_all_cases_come_soonest_first_and_those_of_a_closed_case_stay_hidden(desk: Desk) -> None:
    missed = opened(desk, received_at=NOW - timedelta(days=20))
    missing = opened(desk, **INSURED, state="OH", received_at=NOW - timedelta(days=13))
    opened(desk)
    told = [(task.number, task.task.kind) for task in desk.clocks.tasks()]
    assert told == [(missed.number, TaskKind.LATE), (missing.number, TaskKind.STATE_ROW)]
    sit_down(desk, "sol")
    desk.fence.restrict(missed.id, ev.Restriction.EMPLOYEE, "Works here.", ["sol"])
    sit_down(desk, "mara")
    assert [task.number for task in desk.clocks.tasks()] == [missing.number]


def test_a_list_puts_first_what_a_clock_asks_for_first(desk: Desk) -> None:
    later, sooner = opened(desk), opened(desk)
    desk.clocks.target(sooner.id, sooner.revision, NOW + timedelta(days=1), "The pain grows.")
    outer = opened(desk, **INSURED, state="OH", received_at=NOW - timedelta(days=10))
    rows = desk.supervision.cases(CaseFilter()).rows
    assert [row.number for row in rows] == [sooner.number, outer.number, later.number]
    assert rows[1].due_at is None  # the outer limit sorts the list and is never called due


# rows of the workspace -------------------------------------------------------------------------------------------------------


def test_a_row_that_a_supervisor_loads_and_verifies_becomes_the_answer(desk: Desk) -> None:
    case = opened(desk, **INSURED, state="OH")
    assert case.clock is not None
    assert (case.clock.due_at, case.clock.lack, str(case.clock.outer_at)) == (None, "rule", "2017-10-20 23:59:59-04:00")
    sit_down(desk, "sol")
    desk.clock_rows.load(file_of(ROW), "ohio.json")
    read = desk.clocks.read_again(case.id, case.revision).value
    assert read.clock is not None
    assert (read.clock.due_at, read.clock.lack, str(read.clock.unverified_at)) == (None, "unverified", "2017-10-15 23:59:59-04:00")
    row = desk.clock_rows.verify("OH-STD", "the code of Ohio, section 1", date(2017, 10, 6)).value
    assert row.verified is not None
    assert (row.verified.by, row.verified.on) == ("Sol Reyes (the code of Ohio, section 1)", date(2017, 10, 6))
    read = desk.clocks.read_again(case.id, read.revision).value
    assert due(read) == "2017-10-15 23:59:59-04:00"
    assert read.clock is not None
    assert read.clock.rules != case.clock.rules
    assert desk.store.blobs.holds(read.clock.rules)
    assert [row.file for row in desk.clock_rows.all() if row.row.id == "OH-STD"] == ["ohio.json"]
    assert desk.supervision.verification().breaks == ()


def test_that_a_state_has_no_clock_of_its_own_lets_the_federal_rule_stand(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.clock_rows.load(clock_file("OH"), "silent.json")
    sit_down(desk, "mara")
    assert opened(desk, **INSURED, state="OH").clock.due_at is None  # type: ignore[union-attr]
    sit_down(desk, "sol")
    desk.clock_rows.verify("OH-NONE", "the code of Ohio", date(2017, 10, 6))
    sit_down(desk, "mara")
    assert due(opened(desk, **INSURED, state="OH")) == "2017-10-20 23:59:59-04:00"


def test_a_row_of_the_workspace_stands_in_the_place_of_a_bundled_one_until_it_is_dropped(desk: Desk) -> None:
    sit_down(desk, "sol")
    own = next(
        row for row in json.loads((desk.tables.folder / "clocks" / "federal.json").read_bytes())["rules"] if row["id"] == "ERISA-PRE"
    )
    desk.clock_rows.load(file_of(own | {"amount": 5}), "stricter.json")
    sit_down(desk, "mara")
    assert due(opened(desk)) == "2017-10-10 23:59:59-04:00"
    sit_down(desk, "sol")
    desk.clock_rows.drop("stricter.json", "The contract ended.")
    sit_down(desk, "mara")
    assert due(opened(desk)) == "2017-10-20 23:59:59-04:00"


def test_a_word_on_a_row_lapses_once_the_row_says_something_else(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.clock_rows.load(file_of(ROW), "ohio.json")
    desk.clock_rows.verify("OH-STD", "the code of Ohio", date(2017, 10, 6))
    desk.clock_rows.load(file_of(ROW | {"amount": 12}), "ohio.json")
    assert desk.clock_rows.book().rules.row("OH-STD").verified is None


def test_a_row_that_somebody_doubts_is_no_longer_verified(desk: Desk) -> None:
    sit_down(desk, "sol")
    assert desk.clock_rows.doubt("ERISA-PRE", "Counsel reads it otherwise.").value.verified is None
    with pytest.raises(UserError, match="not verified"):
        desk.clock_rows.doubt("ERISA-PRE", "Again.")
    sit_down(desk, "mara")
    case = opened(desk)
    assert case.clock is not None
    assert not case.clock.verified
    assert "not verified against the official text" in case.clock.words


def test_the_longest_row_of_ones_own_still_gives_each_case_its_due_day(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.clock_rows.load(file_of(ROW | {"amount": LONGEST}), "own.json")
    case = opened(desk, state="OH", **INSURED)
    assert case.clock is not None
    assert case.clock.unverified_at is not None
    assert case.clock.unverified_at.year == 2027


BAD = [
    (b"{", "own.json", "cannot be read"),
    (b'{"schema": "ur-desk-clocks/1"}', "own.json", "no rows"),
    (file_of(ROW | {"amount": 0}), "own.json", r"rule 1 \(OH-STD\)"),
    *(
        (file_of(ROW | {"amount": far}), "own.json", "no clock counts more than 3660|cannot be read|rule 1")
        for far in (3661, 10**9, 10**29)
    ),
    (file_of(ROW | {"unit": "business_days", "calendars": ["OH"]}), "own.json", "calendar OH, which is not loaded"),
    (file_of(*(ROW | {"id": f"OH-{n}", "source": "x" * 3000} for n in range(80))), "own.json", "far too many"),
]


@pytest.mark.parametrize(("data", "name", "words"), BAD)
def test_rows_that_cannot_be_used_are_refused_and_change_nothing(desk: Desk, data: bytes, name: str, words: str) -> None:
    sit_down(desk, "sol")
    before = desk.clock_rows.book()
    with pytest.raises(UserError, match=words):
        desk.clock_rows.load(data, name)
    assert desk.clock_rows.book() == before


def test_rows_of_two_files_that_say_the_same_id_are_refused(desk: Desk) -> None:
    sit_down(desk, "sol")
    desk.clock_rows.load(file_of(ROW), "ohio.json")
    with pytest.raises(UserError, match="given twice: OH-STD"):
        desk.clock_rows.load(file_of(ROW), "ohio too.json")


def test_words_on_rows_need_a_row_a_text_and_a_day_that_has_come(desk: Desk) -> None:
    sit_down(desk, "sol")
    for call, words in (
        (lambda: desk.clock_rows.verify("OH-STD", "the code", date(2017, 10, 6)), "no clock row OH-STD"),
        (lambda: desk.clock_rows.verify("IN-UR", " ", date(2017, 10, 6)), "with which text"),
        (lambda: desk.clock_rows.verify("IN-UR", "the code", date(2017, 10, 20)), "in the future"),
        (lambda: desk.clock_rows.doubt("ERISA-PRE", ""), "Say why"),
        (lambda: desk.clock_rows.drop("ohio.json", "why"), "No file of clock rows"),
    ):
        with pytest.raises(UserError, match=words):
            call()


def test_only_a_supervisor_loads_or_verifies_rows(desk: Desk) -> None:
    enrolled(desk, "nia", "Nia", frozenset({Role.NURSE}))
    sit_down(desk, "nia")
    with pytest.raises(UserError, match="may not do this"):
        desk.clock_rows.load(clock_file("OH"), "ohio.json")


# what earlier versions kept --------------------------------------------------------------------------------------------------


def test_a_reading_of_an_earlier_version_is_read_with_what_it_had() -> None:
    told = ev.ClockRead(NOW, "ERISA-PRE", "15 calendar days from receipt (ERISA, pre-service)", Sha256("0" * 64))
    old = {"due_at": "2017-10-09T14:30:00Z", "rule": "ERISA-PRE", "words": told.words, "rules": "0" * 64}
    data = json.dumps({"data": old, "kind": "clock-read", "v": 1}).encode()
    assert body_from(data) == told
    assert body_from(body_bytes(told)) == told


def test_every_body_of_a_clock_comes_back_as_it_was_kept(desk: Desk) -> None:
    case = paused(desk)
    changed(desk, case, urgency=Urgency.EXPEDITED)
    bodies = [event.body for event in desk.store.ledger.of_case(case.id)]
    assert {type(body) for body in bodies} >= {ev.ClockExtended, ev.BasisChanged, ev.ClockRead}
    assert [body_from(body_bytes(body)) for body in bodies] == bodies
