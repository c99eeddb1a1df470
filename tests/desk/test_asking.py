"""What is missing of a case, through the desk: the list that tells it, the match on arrival, and the row of before."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, TABLES, arrival, desk_in, line, open_desk, opened, sit_down, unclear
from record_makers import PAGES, record

from ur_desk.desk.brought import Item
from ur_desk.desk.choosing import Chosen
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain import events as ev
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Workflow
from ur_desk.domain.information.asking import Due, Extent
from ur_desk.domain.intake.arriving import Choice
from ur_desk.domain.letter import Audience
from ur_desk.domain.letters.lint import Weight
from ur_desk.domain.listing import CaseFilter, CaseRow, News
from ur_desk.domain.request import Request
from ur_desk.errors import UserError
from ur_desk.records.request import request_data

ITEMS = ("the order", "the report of the films")
EXERCISE = line(1, "97110", "Therapeutic exercise")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made
        assert made.supervision.verification().breaks == ()


def asked(desk: Desk, *lines: Any, **told: Any) -> Case:
    case = opened(desk, *(lines or (unclear(),)))
    told = {"chase_on": date(2017, 10, 13), **told}
    return desk.determinations.ask_for_information(
        case.id, case.revision, (1,), ITEMS, "They name the service.", "the office", date(2017, 10, 20), **told
    ).value


def rows(desk: Desk, **told: Any) -> list[CaseRow]:
    return list(desk.supervision.cases(CaseFilter(**told)).rows)


def brought(desk: Desk, path: Path, asked: Request) -> Item:
    """The one request of a file that was just brought."""
    path.write_text(json.dumps(request_data(asked)), encoding="utf-8")
    run, files = desk.arrivals.begin([path])
    (item,) = finish(desk.arrivals.look(run, files)).value.items
    return item


def matches(desk: Desk, case: Case) -> int:
    return sum(isinstance(e.body, ev.Matched) for e in desk.store.ledger.of_case(case.id))


def test_a_case_stands_on_the_list_to_chase_from_its_day_on(desk: Desk) -> None:
    case = asked(desk)
    assert rows(desk, to_chase=date(2017, 10, 12)) == []
    (row,) = rows(desk, to_chase=date(2017, 10, 13))
    assert (row.number, row.chase_on, row.answer_by) == (case.number, date(2017, 10, 13), date(2017, 10, 20))
    desk.review.log_contact(
        case.id, ev.ContactLogged(ev.ContactWay.CALL, "Dana", "1", "Friday.", NOW + timedelta(seconds=30), True, NOW + timedelta(days=11), case.line(1).ask)
    )  # fmt: skip
    assert rows(desk, to_chase=date(2017, 10, 19)) == []
    assert [t.task.kind for t in desk.asking.tasks(date(2017, 10, 20))] == [Due.CHASE, Due.LAST_DAY]
    assert desk.asking.tasks() == ()


def test_what_came_brings_the_case_back_to_the_top_and_matches_it_anew(desk: Desk) -> None:
    sooner = opened(desk, EXERCISE, received_at=NOW - timedelta(days=12))
    case = asked(desk)
    assert [row.number for row in rows(desk)] == [sooner.number, case.number]
    before = matches(desk, case)
    done = finish(desk.determinations.information_received(case.id, case.revision, (1,), "All of it.", NOW))
    assert [row.number for row in rows(desk)] == [case.number, sooner.number]
    assert matches(desk, case) == before + 1
    assert done.undo is not None
    back = desk.determinations.undo(case.id, done.value.revision, done.undo.event).value
    assert (back.line(1).workflow, back.line(1).asked) == (Workflow.PENDED, case.line(1).asked)
    assert [row.number for row in rows(desk)] == [sooner.number, case.number]


def test_a_part_brings_it_back_to_the_top_until_somebody_reads_it(desk: Desk) -> None:
    sooner = opened(desk, EXERCISE, received_at=NOW - timedelta(days=12))
    case = asked(desk)
    steps = desk.determinations.information_received(
        case.id, case.revision, (1,), "The order.", NOW, extent=Extent.PART, came=ITEMS[:1], waits=True
    )
    finish(steps)
    top = rows(desk)[0]
    assert (top.number, top.news, top.workflow) == (case.number, News.INFORMATION, Workflow.PENDED)
    desk.review.open_record(case.id)
    assert rows(desk)[0].number == sooner.number
    assert desk.asking.waiting(case.id)[0].asked.items == ITEMS[1:]


def test_a_record_that_comes_while_a_line_waits_is_news_and_the_case_is_matched_anew(desk: Desk) -> None:
    case = asked(desk)
    before = matches(desk, case)
    after = finish(desk.records.take_in(case.id, record(), PAGES)).value
    assert (after.unread, after.line(1).workflow, matches(desk, case)) == ((ev.Use.INFORMATION,), Workflow.PENDED, before + 1)
    other = opened(desk, EXERCISE)
    assert finish(desk.records.take_in(other.id, record(b"%PDF"), b"%PDF")).value.unread == ()
    assert matches(desk, other) == 1


def test_a_message_that_answers_matches_anew_and_the_same_again_does_not(desk: Desk, tmp_path: Path) -> None:
    case = asked(desk)
    before = matches(desk, case)
    again, more = (arrival(desk, clinical_notes=words) for words in ("The same again.", "The order is attached."))
    item = brought(desk, tmp_path / "again.json", again.request)
    finish(desk.choosing.carry_out(item, Chosen(Choice.AGAIN, case.id)))
    assert matches(desk, case) == before
    item = brought(desk, tmp_path / "more.json", more.request)
    after = finish(desk.choosing.carry_out(item, Chosen(Choice.INFORMATION, case.id))).value
    assert (after.line(1).workflow, matches(desk, case)) == (Workflow.REVIEW, before + 1)


def test_what_is_worth_asking_for_comes_from_the_pinned_findings_and_goes_with_its_line(desk: Desk) -> None:
    case = opened(desk, unclear(), line(2), line(3, "97110", "Therapeutic exercise"))
    first, second, third = desk.asking.missing(case.id)
    assert (first.settled, len(first.wanted)) == (False, 1)
    assert (second.settled, second.wanted) == (True, ())
    assert (third.settled, third.wanted) == (False, ())
    (wanted,) = first.wanted
    told = desk.determinations.ask_for_information(
        case.id, case.revision, (1,), [wanted.item], wanted.why, "the office", cites=[wanted.cited]
    ).value
    assert told.line(1).asked is not None
    assert told.line(1).asked.cites == (wanted.cited,)
    with pytest.raises(UserError, match="asking only delays"):
        desk.determinations.ask_for_information(told.id, told.revision, (2,), ["films"], "why", "the office")


def test_a_nurse_asks_for_what_the_physician_sent_back_for_and_the_trail_quotes_it(desk: Desk) -> None:
    case = opened(desk, line(1))
    ask = ([ITEMS[0]], "It names the service.", "the office")
    with pytest.raises(UserError, match="asking only delays"):
        desk.determinations.ask_for_information(case.id, case.revision, (1,), *ask)
    case = desk.determinations.refer(case.id, case.revision, (1,), "Five months of pain.").value
    sit_down(desk, "osei")
    case = desk.review.open_record(case.id).value
    case = desk.determinations.send_back(case.id, case.revision, (1,), "Which view was asked for?").value
    sit_down(desk, "mara")
    (missing,) = desk.asking.missing(case.id)
    assert (missing.settled, missing.question) == (True, "Which view was asked for?")
    state = desk.determinations.ask_for_information(case.id, case.revision, (1,), *ask).value.line(1)
    assert (state.workflow, state.asked and state.asked.question) == (Workflow.PENDED, "Which view was asked for?")


def test_rows_of_before_learn_what_is_to_be_chased_when_the_workspace_is_opened(tmp_path: Path) -> None:
    with desk_in(tmp_path / "w") as desk:
        sit_down(desk, "mara")
        case = asked(desk)
        with desk.store.atomic():
            desk.store.cases._db.execute("UPDATE cases SET chase_on = NULL, answer_by = ''")
    again = open_desk(tmp_path / "w", "mara", tables=TABLES)
    try:
        (row,) = again.supervision.cases(CaseFilter(to_chase=date(2017, 10, 13))).rows
        assert (row.number, row.answer_by) == (case.number, date(2017, 10, 20))
    finally:
        again.close()


def test_a_case_that_is_closed_to_somebody_is_on_no_list_of_theirs(desk: Desk) -> None:
    case = asked(desk)
    desk.fence.restrict(case.id, ev.Restriction.EMPLOYEE, "A colleague of ours is the member.", ["mara"])
    assert [each.number for each in desk.asking.tasks(date(2017, 10, 20))] == [case.number] * 2
    sit_down(desk, "osei")
    assert desk.asking.tasks(date(2017, 10, 20)) == ()


GENERIC = line(1, "76496", "Fluoroscopic procedure")


@pytest.mark.parametrize("service", [unclear(), GENERIC])
def test_the_words_that_the_program_suggests_are_ones_that_its_letter_may_say(desk: Desk, service: Any) -> None:
    case = opened(desk, service)
    told = [each for row in desk.asking.missing(case.id, (1,)) for each in row.wanted]
    assert told
    items, why = [each.item for each in told], "\n".join(dict.fromkeys(each.why for each in told))
    desk.determinations.ask_for_information(case.id, case.revision, (1,), items, why, "the office", date(2017, 10, 20))
    for audience in Audience:
        preview = finish(desk.letters.preview(case.id, audience=audience))
        assert items[0] in " ".join(s.text for s in preview.content.sentences())
        assert [found.message for found in preview.findings if found.weight is Weight.STOPS] == []
