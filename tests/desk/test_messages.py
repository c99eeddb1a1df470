"""Messages in the formats that payers and providers send find the case that they are about, by trace or by authorization number."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import desk_in, opened, request, sit_down
from messages import AUTHORIZATION, MESSAGES, TRACE, fhir_request, fhir_update_of, interchange, people, sent

from ur_desk.desk.brought import Item
from ur_desk.desk.choosing import Chosen
from ur_desk.desk.desk import Desk
from ur_desk.desk.steps import finish
from ur_desk.domain.case import Case
from ur_desk.domain.determination import Workflow
from ur_desk.domain.events import Use
from ur_desk.domain.intake.arriving import Choice, Likeness
from ur_desk.domain.intake.prior import Action, Decision, LineAction
from ur_desk.domain.intake.receipt import Receipt
from ur_desk.domain.request import Evidence, Kind, ReceiptEvidence


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "w") as made:
        sit_down(made, "mara")
        yield made


def looked(desk: Desk, *places: Path) -> tuple[Item, ...]:
    run, files = desk.arrivals.begin(places)
    return tuple(finish(desk.arrivals.look(run, files)).value.items)


def attached(desk: Desk, item: Item, case: Case) -> Case:
    return finish(desk.choosing.carry_out(item, Chosen(Choice.INFORMATION, case.id))).value


def likenesses(item: Item) -> list[tuple[Likeness, str]]:
    return [(each.likeness, each.case.number if each.case else "") for each in item.resembles]


@pytest.mark.parametrize("name", ["response.x12", "answer.json"])
def test_a_payers_response_finds_the_case_by_the_senders_trace(desk: Desk, tmp_path: Path, name: str) -> None:
    case, _other = opened(desk, reference=TRACE), opened(desk, reference="TRACE-11")
    (item,) = looked(desk, sent(tmp_path, name))
    assert item.request.kind is Kind.RESPONSE
    assert likenesses(item) == [(Likeness.NAMED, case.number)]


BATCH = ["BHT*0007*13*BATCH-8*20171001*0930"]
ASKED = ["HL*4*3*EV*1", f"TRN*1*{TRACE}*9123456789", "UM*HS*I*4*11:B", "HI*ABK:M545", "HL*5*4*SS*0", "SV1*HC:76120"]


def brought(desk: Desk, folder: Path, name: str, data: bytes) -> Item:
    file = folder / name
    file.write_bytes(data)
    (item,) = looked(desk, file)
    return item


@pytest.mark.parametrize("name", ["response.x12", "answer.json"])
def test_a_response_finds_the_request_that_has_another_reference_and_bears_the_trace(desk: Desk, tmp_path: Path, name: str) -> None:
    asked = brought(desk, tmp_path, "asked.x12", interchange([*BATCH, *people(), *ASKED]))
    assert (asked.request.reference, asked.request.traces) == ("BATCH-8", (TRACE,))
    case = finish(desk.choosing.open(asked)).value
    (item,) = looked(desk, sent(tmp_path, name))
    assert likenesses(item) == [(Likeness.NAMED, case.number)]
    assert not desk.supervision.verification().breaks


def test_an_update_that_names_the_resource_alone_finds_the_case_of_that_request_and_of_nobody_else(desk: Desk, tmp_path: Path) -> None:
    asked = brought(desk, tmp_path, "asked.json", fhir_request(TRACE, "77"))
    case = finish(desk.choosing.open(asked)).value
    stranger = replace(request().member, family="Other", member_id="DEMO-9")
    opened(desk, traces=("Claim/77",), member=stranger, reference="R-9")
    opened(desk, reference="77-A")
    item = brought(desk, tmp_path, "update.json", fhir_update_of("Claim/77"))
    assert likenesses(item)[:1] == [(Likeness.NAMED, case.number)]
    assert [like for like, _ in likenesses(item)].count(Likeness.NAMED) == 1


def test_the_id_of_a_resource_is_no_number_that_others_gave(desk: Desk, tmp_path: Path) -> None:
    finish(desk.choosing.open(brought(desk, tmp_path, "asked.json", fhir_request(TRACE, "77"))))
    stranger = replace(request().member, family="Other", member_id="DEMO-9")
    assert desk.arrivals.resembling(request(kind=Kind.INQUIRY, reference="X-1", member=stranger, decision=Decision(("77",)))) == ()


def test_what_a_payer_says_of_event_and_lines_is_kept_and_decides_nothing_here(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference=TRACE)
    (item,) = looked(desk, sent(tmp_path, "response.x12"))
    after = attached(desk, item, case)
    decision = after.messages[0].body.request.decision
    assert decision is not None
    assert decision.event == Action("A1", AUTHORIZATION)
    assert decision.lines == (LineAction(1, Action("A3", None, ("0B",))), LineAction(2, Action("CT")))
    assert [each.code for each in decision.rejections] == ["33"]
    assert (after.determination, [s.workflow for s in after.lines]) == (None, [Workflow.REVIEW])


@pytest.mark.parametrize(
    ("name", "kind", "use"), [("cancellation.x12", Kind.CANCELLATION, Use.CANCELLATION), ("update.json", Kind.REVISION, Use.REVISION)]
)
@pytest.mark.parametrize("told_by", ["response.x12", "answer.json"])
def test_a_message_finds_the_case_by_the_authorization_that_a_response_gave_it(
    desk: Desk, tmp_path: Path, told_by: str, name: str, kind: Kind, use: Use
) -> None:
    case, _other = opened(desk, reference=TRACE), opened(desk, reference="TRACE-11")
    (before,) = looked(desk, sent(tmp_path, name))
    assert before.resembles == ()
    (response,) = looked(desk, sent(tmp_path, told_by))
    attached(desk, response, case)
    (item,) = looked(desk, sent(tmp_path, name))
    assert item.request.kind is kind
    assert likenesses(item) == [(Likeness.NAMED, case.number)]
    assert not item.alone
    assert [came.body.use for came in attached(desk, item, case).messages] == [Use.RESPONSE, use]


@pytest.mark.parametrize(
    "kind", [Kind.RENEWAL, Kind.EXTENSION, Kind.REVISION, Kind.CANCELLATION, Kind.INQUIRY, Kind.NOTIFICATION, Kind.APPEAL]
)
def test_every_kind_that_is_about_an_earlier_request_is_found_by_what_it_names(desk: Desk, kind: Kind) -> None:
    case = opened(desk, reference=TRACE)
    stranger = replace(request().member, family="Other", member_id="DEMO-9")
    asked = request(kind=kind, reference="X-1", member=stranger, decision=Decision(("nothing", TRACE)))
    assert [(each.likeness, each.case and each.case.id) for each in desk.arrivals.resembling(asked)] == [(Likeness.NAMED, case.id)]


def test_a_new_request_is_about_none_whatever_it_names(desk: Desk) -> None:
    opened(desk, reference=TRACE)
    stranger = replace(request().member, family="Other", member_id="DEMO-9")
    assert desk.arrivals.resembling(request(kind=Kind.NEW, reference="X-1", member=stranger, decision=Decision((TRACE,)))) == ()


def test_a_message_that_a_person_laid_to_a_case_names_it_from_then_on(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference="KEYED-BY-HAND")
    (first,) = looked(desk, sent(tmp_path, "cancellation.x12"))
    assert first.lost
    attached(desk, first, case)
    (later,) = looked(desk, sent(tmp_path, "update.json"))
    assert likenesses(later) == [(Likeness.NAMED, case.number)]
    desk.determinations.undo(case.id, case.revision + 1, desk.review.case(case.id).messages[0].event)
    assert looked(desk, sent(tmp_path, "update.json"))[0].resembles == ()


@pytest.mark.parametrize("name", list(MESSAGES))
def test_a_message_comes_into_its_case_once(desk: Desk, tmp_path: Path, name: str) -> None:
    case = opened(desk, reference=TRACE)
    attached(desk, looked(desk, sent(tmp_path, "response.x12"))[0], case)
    item = looked(desk, sent(tmp_path, name))[0]
    if name != "response.x12":
        assert not item.here
        attached(desk, item, case)
    (again,) = looked(desk, sent(tmp_path, name))
    assert not again.waits
    assert len(desk.review.case(case.id).messages) == (1 if name == "response.x12" else 2)


def test_the_same_request_stays_known_after_facts_were_added_to_it(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference=TRACE, state=None)
    told = replace(case.request, state="IN")
    finish(desk.intake.complete(case.id, case.revision, told, "the office", "by phone"))
    (like,) = desk.arrivals.resembling(case.request)
    assert like.likeness is Likeness.HERE


def test_the_same_request_stays_known_after_its_receipt_was_corrected(desk: Desk, tmp_path: Path) -> None:
    case = opened(desk, reference=TRACE)
    assert case.request.received_at is not None
    earlier = Receipt(
        case.request.received_at - timedelta(days=1), case.request.received_zone, ReceiptEvidence(Evidence.FAX_HEADER, "p. 1")
    )
    asked = desk.receipts.doubt(case.id, case.revision, earlier, "A day late.").value
    assert asked.doubted is not None
    sit_down(desk, "sol")
    after = desk.receipts.settle(case.id, asked.revision, asked.doubted.event, True, "The fax says so.").value
    assert after.request != case.request
    sit_down(desk, "mara")
    (like,) = desk.arrivals.resembling(case.request)
    assert like.likeness is Likeness.HERE
