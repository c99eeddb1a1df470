"""What is missing of a line: asked for, tried for, come in parts, and never more than what could change the result."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import LINDQVIST, NOW, OSEI
from test_rules import AGAINST, CITED, PIN, Story, matched, row

from ur_desk.domain import events as ev
from ur_desk.domain.decisions.outcome_rules import attempts
from ur_desk.domain.determination import Workflow
from ur_desk.domain.findings import Hit, HitKind, HitResult, MatchReport, PolicyMatch, Relation, Suggestion
from ur_desk.domain.information.asking import Due, Extent, answer_came, ask_tasks, settled, waiting
from ur_desk.domain.information.told import task_words
from ur_desk.domain.information.wanted import wanted
from ur_desk.domain.library.criteria import Answer, Criterion
from ur_desk.domain.policy import Anchor, Policy, Position, Provenance, ProvenanceKind, Sha256, Statement, Text, Version
from ur_desk.domain.telling import tell
from ur_desk.errors import UserError

ASK = ev.InformationRequested(
    (1,),
    ("the order", "the report of the films"),
    "They name the service.",
    "Dr. Natarajan's office",
    date(2017, 10, 20),
    date(2017, 10, 13),
)


def called(story: Story, *, ask: Any = None, days: int = 0, back: int | None = None, reached: bool = False) -> ev.ContactLogged:
    """A call some days after now; the story's clock goes there too."""
    story.now = NOW + timedelta(days=days)
    call_back = story.now + timedelta(days=back) if back else None
    return ev.ContactLogged(ev.ContactWay.CALL, "Dana, records", "1-317-555-0126", "Will look.", story.now, reached, call_back, ask)


def pended() -> Story:
    return Story(ASK)


def test_a_part_that_came_keeps_the_rest_asked_for() -> None:
    story = pended()
    story.tell(ev.InformationReceived((1,), "The order by fax.", NOW, Extent.PART, ("the order",), waits=True), LINDQVIST)
    state = story.case.line(1)
    assert (state.workflow, state.asked and state.asked.items) == (Workflow.PENDED, ("the report of the films",))
    assert answer_came(story.case)
    case = story.tell(ev.InformationReceived((1,), "The report.", NOW), LINDQVIST)
    assert (case.line(1).workflow, case.line(1).asked, waiting(case)) == (Workflow.REVIEW, None, ())


def test_whoever_will_not_wait_for_the_rest_goes_on_with_what_came() -> None:
    case = pended().tell(ev.InformationReceived((1,), "The order.", NOW, Extent.PART, ("the order",)), LINDQVIST)
    assert (case.line(1).workflow, case.line(1).returned_from_pend) == (Workflow.REVIEW, True)


def test_nothing_useful_leaves_everything_asked_for_and_nothing_to_read() -> None:
    case = pended().tell(ev.InformationReceived((1,), "A bill.", NOW, Extent.NOTHING, waits=True), LINDQVIST)
    assert case.line(1).asked == ASK
    assert not answer_came(case)


def test_the_physician_opens_the_record_anew_once_something_came() -> None:
    story = pended()
    story.tell(ev.RecordOpened(), OSEI)
    assert OSEI.id in story.case.record_opened_by
    case = story.tell(ev.InformationReceived((1,), "The order.", NOW, Extent.PART, ("the order",), waits=True), LINDQVIST)
    assert OSEI.id not in case.record_opened_by


def test_an_attempt_is_kept_with_the_request_that_it_is_about() -> None:
    story = pended()
    ask = story.last
    story.tell(called(story, ask=ask, days=1), LINDQVIST)
    story.tell(called(story, days=1), LINDQVIST)
    (waits,) = waiting(story.case)
    assert (waits.ask, waits.lines, [c.with_whom for c in waits.attempts]) == (ask, (1,), ["Dana, records"])
    assert len(attempts(story.events, (1,))) == 3  # the request, the attempt, and a contact that may have been one
    assert tell(waits.attempts[0]) == "logged an attempt to get the missing information: call with Dana, records, not reached. Will look."


def test_an_attempt_about_another_request_counts_for_that_one_only() -> None:
    story = pended()
    first = story.last
    story.tell(replace(ASK, lines=(2,), items=("the plan of care",)), LINDQVIST)
    second = story.last
    story.tell(called(story, ask=second, days=1), LINDQVIST)
    assert attempts(story.events, (1,)) == (first,)
    assert attempts(story.events, (2,)) == (second, story.last)


def test_somebody_asks_again_on_the_day_until_they_tried_and_then_on_the_day_of_the_call_back() -> None:
    story = pended()
    ask = story.last
    assert [(t.kind, t.on) for t in ask_tasks(story.case)] == [(Due.CHASE, date(2017, 10, 13)), (Due.LAST_DAY, date(2017, 10, 20))]
    story.tell(called(story, ask=ask, days=1), LINDQVIST)
    assert ask_tasks(story.case)[0].on == date(2017, 10, 13)  # tried before the day: the day stands
    story.tell(called(story, ask=ask, days=4, back=2), LINDQVIST)
    assert ask_tasks(story.case)[0].on == date(2017, 10, 15)
    story.tell(called(story, ask=ask, days=6), LINDQVIST)
    assert [t.kind for t in ask_tasks(story.case)] == [Due.LAST_DAY]


def test_a_task_says_whether_its_day_has_passed() -> None:
    chase, last = ask_tasks(pended().case)
    assert task_words(chase, date(2017, 10, 13)) == "Ask Dr. Natarajan's office again by 10/13/2017."
    assert task_words(chase, date(2017, 10, 14)) == "Should have asked Dr. Natarajan's office again on 10/13/2017."
    assert task_words(last, date(2017, 10, 21)) == "The last day to answer was 10/20/2017."


def test_an_answer_or_a_withdrawal_ends_every_task() -> None:
    assert ask_tasks(pended().tell(ev.InformationReceived((1,), "All.", NOW), LINDQVIST)) == ()


BAD: dict[str, tuple[Callable[[Story], Any], str]] = {
    "a part of nothing": (lambda s: ev.InformationReceived((1,), "x", NOW, Extent.PART, waits=True), "which of the things"),
    "a part that was never asked for": (lambda s: ev.InformationReceived((1,), "x", NOW, Extent.PART, ("a photo",)), "which of the things"),
    "a part that is all": (lambda s: ev.InformationReceived((1,), "x", NOW, Extent.PART, ASK.items, waits=True), "all that was asked for"),
    "waiting for nothing": (lambda s: ev.InformationReceived((1,), "x", NOW, waits=True), "nothing is left to wait for"),
    "all, thing by thing": (lambda s: ev.InformationReceived((1,), "x", NOW, came=("the order",)), "only where a part came"),
    "from the future": (lambda s: ev.InformationReceived((1,), "x", NOW + timedelta(days=2)), "in the future"),
    "an attempt at another event": (lambda s: called(s, ask=ev.EventId("e0"), days=1), "no request for information"),
    "an attempt before it": (
        lambda s: replace(called(s, ask=s.last, days=1), at=NOW - timedelta(days=9)), "before the request was received",
    ),
    "the same twice": (lambda s: replace(ASK, lines=(2,), items=("films", "films")), "asked for twice"),
    "chased yesterday": (lambda s: replace(ASK, lines=(2,), chase_on=date(2017, 10, 8)), "ask again has passed"),
    "chased after the last day": (lambda s: replace(ASK, lines=(2,), chase_on=date(2017, 10, 21)), "after the last day"),
    "an item of another text": (
        lambda s: replace(ASK, lines=(2,), cites=(replace(CITED[0], anchor=Anchor(Sha256("z" * 64), 1, 1)), None)), "not from a text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_refused_and_nothing_is_kept(name: str) -> None:
    story = pended()
    make, words = BAD[name]
    body, events = make(story), len(story.events)
    with pytest.raises(UserError, match=words):
        story.tell(body, LINDQVIST)
    assert len(story.events) == events


# never more than what could change the result --------------------------------------------------------------------------------


def test_of_a_line_that_no_record_could_change_a_nurse_asks_nothing_and_a_physician_may() -> None:
    held = replace(AGAINST, settled=(1,))
    with pytest.raises(UserError, match="asking only delays"):
        Story(ASK, match=held)
    story = Story(ev.Referred((1,), "Five months of pain."), match=held)
    case = story.tell(replace(ASK, asked_of="the trial's office"), OSEI)
    assert case.line(1).workflow is Workflow.PENDED


QUESTION = "Was it flexion and extension films that the office meant?"


def sent_back() -> Story:
    story = Story(ev.Referred((1,), "Five months of pain."), match=replace(AGAINST, settled=(1,)))
    story.tell(ev.RecordOpened(), OSEI)
    story.tell(ev.SentBack((1,), QUESTION), OSEI)
    return story


def test_what_the_physician_asked_who_sent_the_line_back_is_asked_for_though_no_record_changes_the_position() -> None:
    story = sent_back()
    case = story.tell(replace(ASK, question=QUESTION), LINDQVIST)
    state = case.line(1)
    assert (state.workflow, state.asked and state.asked.question) == (Workflow.PENDED, QUESTION)
    assert QUESTION in tell(story.events[-1].body)


def test_a_request_for_what_a_physician_asked_quotes_the_question_and_no_other() -> None:
    for words in ("", "Another question?"):
        with pytest.raises(UserError, match="does not quote the question"):
            sent_back().tell(replace(ASK, question=words), LINDQVIST)
    with pytest.raises(UserError, match="does not quote the question"):
        Story(replace(ASK, question=QUESTION))


def test_once_it_was_answered_the_question_lets_nobody_ask_again() -> None:
    story = sent_back()
    story.tell(replace(ASK, question=QUESTION), LINDQVIST)
    story.tell(ev.InformationReceived((1,), "They meant the cine study.", story.now), LINDQVIST)
    with pytest.raises(UserError, match="asking only delays"):
        story.tell(replace(ASK, question=QUESTION), LINDQVIST)


def test_what_an_older_version_matched_says_of_no_line_that_it_is_settled() -> None:
    assert AGAINST.settled is None
    assert Story(ASK).case.line(1).workflow is Workflow.PENDED


TREE = Criterion(
    "any", "One of these holds:", 12, 16, items=(
        Criterion("all", "", 13, 15, items=(Criterion("leaf", "Pain for six weeks", 14, 14), Criterion("leaf", "Physical therapy was tried", 15, 15))),
        Criterion("leaf", "A fracture is suspected", 16, 16),
    ),
)  # fmt: skip


def policy(statement: Statement) -> Policy:
    return Policy(
        PIN.policy, "Pictures of the Spine", Version(PIN.effective), Text(PIN.text, ()), (), (statement,), (),
        Provenance(ProvenanceKind.DOCUMENT), "test",
    )  # fmt: skip


def report(relation: Relation, *hits: Hit, position: Position = Position.MEDICALLY_NECESSARY, for_all: bool = False) -> MatchReport:
    found = PolicyMatch(str(PIN.policy), PIN.text, "Pictures of the Spine", PIN.effective, relation, hits, (), position, for_all)
    rows = (row(1, relation, Suggestion.CHECK_CRITERIA), row(2, None, Suggestion.NO_POLICY))
    return MatchReport((found,), (), rows, Suggestion.CHECK_CRITERIA, ())


WITH_CRITERIA = policy(Statement(Position.MEDICALLY_NECESSARY, "Necessary when", 11, 16, criteria=TREE))


def test_every_criterion_that_is_not_documented_is_worth_asking_for_with_its_line() -> None:
    found = wanted(report(Relation.APPLIES), [WITH_CRITERIA], 1)
    assert [(w.item, w.cited.anchor.first_line) for w in found] == [
        ("Pain for six weeks", 14), ("Physical therapy was tried", 15), ("A fracture is suspected", 16),
    ]  # fmt: skip
    assert {w.why for w in found} == {"The medical policy about this service asks for it."}


def test_what_could_not_change_the_answer_any_more_is_not_asked_for() -> None:
    def left(**told: Answer) -> list[str]:
        paths = {"pain": (0, 0), "therapy": (0, 1), "fracture": (1,)}
        known = {(PIN.text, 11, paths[name]): answer for name, answer in told.items()}
        return [w.item for w in wanted(report(Relation.APPLIES), [WITH_CRITERIA], 1, known)]

    assert left(pain=Answer.NOT_MET) == ["A fracture is suspected"]
    assert left(fracture=Answer.MET) == []
    assert left(pain=Answer.MET) == ["Physical therapy was tried", "A fracture is suspected"]


def test_a_position_for_all_indications_offers_nothing_to_ask() -> None:
    held = report(Relation.APPLIES, position=Position.INVESTIGATIONAL, for_all=True)
    assert tuple(settled(held)) == (1,)
    assert wanted(held, [policy(Statement(Position.INVESTIGATIONAL, "Never", 11, 11, all_indications=True))], 1) == ()


def test_where_it_is_unclear_which_service_is_meant_that_is_what_is_asked() -> None:
    hit = Hit(
        HitKind.PROCEDURE, "76496", HitResult.CONDITIONAL, 40, "why", 1, condition="only when specified as videofluoroscopy",
        condition_shown=False,
    )  # fmt: skip
    (found,) = wanted(report(Relation.CONFIRM_CONDITION, hit, position=Position.INVESTIGATIONAL, for_all=True), [WITH_CRITERIA], 1)
    assert (found.item, found.cited.anchor.first_line) == ("What exactly is to be done, and whether it is videofluoroscopy", 40)
    (found,) = wanted(report(Relation.CONFIRM_SCOPE, hit), [WITH_CRITERIA], 1)
    assert found.item.startswith("Which service is meant")


def test_of_a_line_that_no_policy_speaks_of_nothing_is_suggested() -> None:
    assert wanted(report(Relation.APPLIES), [WITH_CRITERIA], 2) == ()
    assert wanted(report(Relation.APPLIES), [], 1) == ()
    assert matched().settled is None
