"""What a payer answers in a 278: actions of event and lines apart, rejections as what they are, and the request that is answered."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import x12_text as x

from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind, Request
from ur_desk.importers import extract
from ur_desk.records.request import request_data

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
EVENT = ["TRN*2*TRACE-1*9123456789", "TRN*1*PLAN-9", "UM*HS*I*4*11:B", "HCR*A1*AUTH-1"]
LINES = ["HL*5*4*SS*0", "HCR*A3**0B", "SV1*HC:76120", "HL*6*4*SS*0", "TRN*2*TRACE-L2", "HCR*A1*AUTH-2", "SV1*HC:72100"]
USUAL = {"missing-receipt", "no-diagnosis"}


def taken(body: Sequence[str]) -> Extracted:
    return extract(x.file(body), "answer.x12", None, NOW)


def said(extracted: Extracted) -> list[tuple[str, str, str]]:
    return [(p.severity.value, p.code, p.where.removeprefix("answer.x12: ")) for p in extracted.problems if p.code not in USUAL]


def one(body: Sequence[str]) -> tuple[Request, Decision]:
    (request,) = taken(body).requests
    assert request.decision is not None
    return request, request.decision


def test_event_and_lines_are_decided_apart_and_the_request_is_named() -> None:
    request, decision = one(x.response(EVENT, LINES))
    assert (request.kind, request.reference, request.urgency) == (Kind.RESPONSE, "REQ-1", None)
    assert decision == Decision(
        answers=("TRACE-1", "TRACE-L2", "REQ-1"),
        event=Action("A1", "AUTH-1"),
        lines=(LineAction(1, Action("A3", None, ("0B",))), LineAction(2, Action("A1", "AUTH-2"))),
        outcome="18",
    )
    assert [s.code for s in request.services] == ["76120", "72100"]
    assert said(taken(x.response(EVENT, LINES))) == []
    assert "Event: trace number: PLAN-9" in (request.clinical_notes or "")
    assert "TRACE-1" not in (request.clinical_notes or "")


@pytest.mark.parametrize("code", ["A1", "A2", "A3", "A4", "A5", "A6", "C", "CT", "NA"])
def test_every_action_is_kept_as_its_code(code: str) -> None:
    extracted = taken(x.response(["TRN*2*T", "UM*HS*I*4", f"HCR*{code}"]))
    assert extracted.requests[0].decision == Decision(("T", "REQ-1"), Action(code), outcome="18")
    assert said(extracted) == []


def test_an_action_that_nobody_knows_is_kept_and_doubted() -> None:
    extracted = taken(x.response(["UM*HS*I*4", "HCR*ZZ*N-1"]))
    assert extracted.requests[0].decision == Decision(("REQ-1",), Action("ZZ", "N-1"), outcome="18")
    assert said(extracted) == [("warning", "unknown-action", "segment 14 (HCR)")]


def test_the_payers_words_stand_with_what_they_are_about() -> None:
    request, decision = one(x.response([*EVENT, "MSG*SEE LETTER."], [*LINES[:3], "MSG*NOT COVERED.", "MSG*CALL US."]))
    assert decision.event is not None
    assert decision.event.words == "SEE LETTER."
    assert decision.lines[0].action.words == "NOT COVERED.\nCALL US."
    assert decision.message is None
    assert "LETTER" not in (request.clinical_notes or "")
    _, alone = one(x.response(["UM*HS*I*4", "MSG*IN REVIEW."], LINES[:3]))
    assert (alone.event, alone.message) == (None, "IN REVIEW.")


def test_words_that_are_too_long_for_a_decision_stand_in_the_notes() -> None:
    request, decision = one(x.response(["UM*HS*I*4", "HCR*A4", *[f"MSG*{'w' * 250}"] * 50]))
    assert decision.event == Action("A4")
    assert (request.clinical_notes or "").startswith("w" * 250 + "\n")


def test_reasons_may_repeat_and_a_second_action_is_doubted() -> None:
    extracted = taken(x.response(["UM*HS*I*4", "HCR*A3**0B^0V*Y", "HCR*A1*AUTH-1"]))
    decision = extracted.requests[0].decision
    assert decision is not None
    assert decision.event == Action("A3", None, ("0B", "0V"))
    assert said(extracted) == [("warning", "two-actions", "segment 15 (HCR)")]
    notes = extracted.requests[0].clinical_notes or ""
    assert "Second action: HCR01=A1 HCR02=AUTH-1" in notes
    assert "Second opinion (HCR04): Y" in notes


PATIENT = [*x.SUBSCRIBER, "AAA*N**72*C"]


@pytest.mark.parametrize(
    ("body", "rejections"),
    [
        (
            x.response(
                ["AAA*N**33*R", "UM*HS*I*4"],
                ["HL*5*4*SS*0", "AAA*Y**57*C", "SV1*HC:76120", "NM1*SJ*1*REED*ANA", "AAA*N**43*C"],
                patient=PATIENT,
            ),
            [("72", "C", "loop 2010C"), ("33", "R", "loop 2000E"), ("57", "C", "loop 2000F, line 1"), ("43", "C", "loop 2010F, line 1")],
        ),
        ([x.ANSWER, x.UMO[0], "AAA*N**42*P", *x.UMO[1:]], [("42", "P", "loop 2000A")]),
        ([x.ANSWER, *x.UMO, *x.REQUESTER, "AAA*N**43*C"], [("43", "C", "loop 2010B")]),
        ([x.ANSWER, *x.UMO, *x.REQUESTER, *PATIENT], [("72", "C", "loop 2010C")]),
        ([x.ANSWER, *x.UMO, *x.REQUESTER, *x.SUBSCRIBER, "HL*4*3*23*0", "NM1*QC*1*A*B", "AAA*N**65"], [("65", None, "loop 2010D")]),
    ],
)
def test_a_rejection_is_no_denial_and_says_what_was_refused(body: list[str], rejections: list[tuple[str, str, str]]) -> None:
    request, decision = one(body)
    assert request.kind is Kind.RESPONSE
    assert decision.rejections == tuple(Rejection(*told) for told in rejections)
    assert decision.event is None
    assert {code for _, code, _ in said(taken(body))} <= {"hl-children", "no-service", "missing-member"}


def test_a_response_that_decides_nothing_is_doubted() -> None:
    assert ("warning", "no-decision", "segment 12 (HL)") in said(taken(x.response(["TRN*2*T", "UM*HS*I*4"])))


def test_a_response_without_services_is_about_all_of_the_request() -> None:
    request, decision = one(x.response(["HCR*A1*AUTH-1"]))
    assert [(s.line, s.code) for s in request.services] == [(1, None)]
    assert decision.event == Action("A1", "AUTH-1")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (x.request(event=[*x.EVENT, "HCR*A1*AUTH-1"]), "segment 17 (HCR)"),
        (x.request(patient=[*x.SUBSCRIBER, "AAA*N**72*C"]), "segment 12 (AAA)"),
        (x.response(["TRN*1*T", "UM*HS*I*4", "HCR*A1"], bht="BHT*0007*11*REQ-1*20261002*1015"), "segment 4 (BHT)"),
    ],
)
def test_what_is_half_request_and_half_response_is_refused(body: list[str], where: str) -> None:
    extracted = taken(body)
    assert extracted.requests == ()
    assert said(extracted) == [("error", "request-and-response", where)]


def test_without_bht_a_decision_makes_a_response_of_it() -> None:
    extracted = taken(x.response(EVENT, bht=None))
    assert extracted.requests[0].kind is Kind.RESPONSE
    assert ("warning", "no-bht", "segment 3 (ST)") in said(extracted)
    assert extracted.requests[0].decision == Decision(("TRACE-1",), Action("A1", "AUTH-1"))


def test_a_line_that_was_not_named_is_decided_under_its_number() -> None:
    extracted = taken(x.response(["HCR*A2"], ["HL*5*4*SS*0", "HCR*A3**0B", "HL*6*4*SS*0", "HCR*A1", "SV1*HC:72100"]))
    decision = extracted.requests[0].decision
    assert decision is not None
    assert [(told.line, told.action.code) for told in decision.lines] == [(1, "A3"), (2, "A1")]
    assert [s.line for s in extracted.requests[0].services] == [1, 2]


def test_lines_of_a_level_that_holds_several_services_are_numbered_alike_everywhere() -> None:
    two = ["HL*5*4*SS*0", "HCR*A3**0B", "SV1*HC:76120", "SV1*HC:76125", "HL*6*4*SS*0", "HCR*A1", "TRN*1*P-3", "SV1*HC:72100", "AAA*N**57*C"]
    request, decision = one(x.response(["HCR*A2"], two))
    assert [(s.line, s.code) for s in request.services] == [(1, "76120"), (2, "76125"), (3, "72100")]
    assert [(told.line, told.action.code) for told in decision.lines] == [(1, "A3"), (2, "A3"), (3, "A1")]
    assert [r.place for r in decision.rejections] == ["loop 2000F, line 3"]
    assert "Line 3: trace number: P-3" in (request.clinical_notes or "")


def test_what_intake_prints_of_a_response_is_read_again_as_the_same() -> None:
    bodies = [x.response([*EVENT, "MSG*A  B"], [*LINES, "MSG* C \x7f"]), x.response(["UM*HS*I*4"], patient=PATIENT)]
    first = extract(x.file(*bodies), "answer.x12", None, NOW)
    printed = json.dumps({"requests": [request_data(request) for request in first.requests]}).encode()
    again = extract(printed, "again.json", None, NOW)
    assert [p for p in again.problems if p.severity is Severity.ERROR] == []
    assert [request_data(r) | {"source": None} for r in again.requests] == [request_data(r) | {"source": None} for r in first.requests]
    assert len(first.requests) == 2
