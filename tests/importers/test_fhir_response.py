"""What a payer answers: the status from the review action alone, the header apart from the lines, errors as what they are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fhir_builders import (
    BASE,
    CPT,
    PAS,
    SERVICE_TYPE,
    Json,
    answered,
    answering,
    bundle,
    claim,
    concept,
    coverage,
    extension,
    item,
    one,
    organizations,
    patient,
    refer,
    response,
    reviewed,
    said,
    taken,
)

from ur_desk.domain.codes import System
from ur_desk.domain.intake.prior import Action, Decision, LineAction, Rejection
from ur_desk.domain.request import Kind
from ur_desk.records.request import request_data

ANSWER = "$.entry[0].resource"


def decided(tree: Any) -> Decision:
    decision = one(tree).decision
    assert decision is not None
    return decision


def detailed(code: str = "76120", **more: Any) -> Json:
    """What was authorized of a line, for which days."""
    parts = [
        {"url": "productOrServiceCode", "valueCodeableConcept": concept(CPT, code, "Cineradiography")},
        {"url": "quantity", "valueQuantity": {"value": 2}},
    ]
    period = extension("extension-itemRequestedServiceDate", valuePeriod={"start": "2026-12-01", "end": "2026-12-05"})
    return {"extension": [{"extension": parts, "url": f"{PAS}/extension-itemAuthorizedDetail"}, period]} | more


def test_a_response_that_is_pended_says_that_it_is_complete() -> None:
    decision = decided(answering(response(answered(1, "A4"), outcome="complete")))
    assert decision == Decision(("TRACE-1",), None, (LineAction(1, Action("A4")),), (), "complete")


@pytest.mark.parametrize("code", ["A1", "A2", "A3", "A4", "A6", "C", "CT", "NA"])
def test_the_review_action_is_kept_as_it_stands_with_number_and_reasons(code: str) -> None:
    decision = decided(answering(response(answered(1, code, "AUTH-1", ("0B", "01")))))
    assert [line.action for line in decision.lines] == [Action(code, "AUTH-1", ("0B", "01"))]


def test_the_headers_action_stands_apart_from_the_lines() -> None:
    about = response(answered(1, "A3"), answered(2, "A1", "LINE-2"), adjudication=[{"extension": [reviewed("A2", "HEAD")]}])
    decision = decided(answering(about))
    assert decision.event == Action("A2", "HEAD")
    assert [(line.line, line.action.code, line.action.number) for line in decision.lines] == [(1, "A3", None), (2, "A1", "LINE-2")]


def test_an_action_is_found_on_the_item_too() -> None:
    about = response({"itemSequence": 1, "extension": [reviewed("A1", "AUTH-1")]})
    assert decided(answering(about)).lines == (LineAction(1, Action("A1", "AUTH-1")),)


def test_without_a_review_action_nothing_is_decided_whatever_else_is_said() -> None:
    extracted = taken(answering(response(outcome="complete", disposition="Granted", preAuthRef="PA-1")))
    decision = extracted.requests[0].decision
    assert decision == Decision(("TRACE-1",), Action(words="Granted; preAuthRef PA-1"), outcome="complete")
    assert ("warning", "no-review-action", ANSWER) in said(extracted)


@pytest.mark.parametrize("key", ["valueString", "valueCode"])
def test_the_oldest_senders_give_a_bare_code_a_bare_reason_and_a_review_number(key: str) -> None:
    told = [{"url": f"{PAS}/extension-reviewAction", key: "A1"}, {"url": f"{PAS}/extension-reviewActionReason", "valueString": "X"}]
    number = [{"system": f"{BASE}/REVIEW_IDENTIFICATION_NUMBER", "value": "AUTH-1"}]
    decision = decided(answering(response(extension=told, identifier=number, disposition="Granted")))
    assert decision == Decision((), Action("A1", "AUTH-1", ("X",), "Granted"), outcome="complete")


def test_an_action_of_no_known_code_is_doubted_and_kept() -> None:
    extracted = taken(answering(response(answered(1, "PENDEDCODE"))))
    assert ("warning", "unknown-action", f"{ANSWER}.item[0].adjudication[0].extension[0]") in said(extracted)
    assert decided(answering(response(answered(1, "PENDEDCODE")))).lines[0].action.code == "PENDEDCODE"


def test_of_several_actions_on_one_line_the_first_is_kept_and_that_is_said() -> None:
    two = {"itemSequence": 1, "adjudication": [{"extension": [reviewed("A1", "N-1")]}, {"extension": [reviewed("A3")]}]}
    extracted = taken(answering(response(two)))
    assert ("warning", "several-actions", f"{ANSWER}.item[0]") in said(extracted)
    assert extracted.requests[0].decision is not None
    assert extracted.requests[0].decision.lines == (LineAction(1, Action("A1", "N-1")),)


def test_a_line_tells_what_was_authorized_and_how_long_its_number_holds() -> None:
    line = answered(
        1,
        "A1",
        "AUTH-1",
        extension=[
            *detailed()["extension"],
            extension("extension-itemPreAuthIssueDate", valueDate="2026-11-21"),
            extension("extension-itemPreAuthPeriod", valuePeriod={"start": "2026-12-01", "end": "2027-02-28"}),
        ],
    )
    request = one(answering(response(line)))
    (service,) = request.services
    assert (service.line, service.code, service.system, service.quantity, service.first_day, service.last_day, service.description) == (
        1,
        "76120",
        System.CPT,
        2,
        date(2026, 12, 1),
        date(2026, 12, 5),
        "Cineradiography",
    )
    assert request.decision is not None
    assert request.decision.lines[0].action.words == "issued 2026-11-21; valid 2026-12-01 to 2027-02-28"


def test_lines_that_are_named_by_number_alone_keep_their_numbers() -> None:
    extracted = taken(answering(response(answered(2, "A3"), answered(5, "A1"))))
    assert [s.line for s in extracted.requests[0].services] == [2, 5]
    assert said(extracted) == [("warning", "services-by-number", f"{ANSWER}.item")]


def test_what_the_payer_added_is_a_line_of_its_own() -> None:
    added = {"itemSequence": [1], "productOrService": concept(SERVICE_TYPE, "3"), "adjudication": [{"extension": [reviewed("A6", "N")]}]}
    request = one(answering(response(answered(1, "A3"), addItem=[added])))
    assert [(s.line, s.code, s.system) for s in request.services] == [(1, None, None), (2, "3", System.SERVICE_TYPE)]
    assert request.decision is not None
    assert [(line.line, line.action.code) for line in request.decision.lines] == [(1, "A3"), (2, "A6")]


SEARCH = "http://elsewhere.example/fhir/Claim?identifier="
EVENT = f"{BASE}/PATIENT_EVENT_TRACE_NUMBER"


@pytest.mark.parametrize("reference", ["Claim/claim1", f"{BASE}/Claim/claim1", f"{SEARCH}{EVENT}|TRACE-1&patient.identifier=x"])
def test_the_claim_that_came_back_with_the_answer_tells_the_services_and_is_no_request(reference: str) -> None:
    about = response(answered(2, "A3"), request=refer(reference))
    extracted = taken(bundle(about, *organizations(), coverage(), patient(), claim(item(1), item(2, "97110"))))
    (request,) = extracted.requests
    assert request.kind is Kind.RESPONSE
    assert [(s.line, s.code) for s in request.services] == [(1, "76120"), (2, "97110")]
    assert [d.code for d in request.diagnoses] == ["M54.50"]
    assert request.decision is not None
    assert request.decision.answers == ("TRACE-1", "claim1")


@pytest.mark.parametrize(
    "named",
    [
        refer("Claim/other"),
        refer("https://other.example/fhir/Claim/claim1"),
        refer(f"{SEARCH}{EVENT}|TRACE-9"),
        {"identifier": {"system": EVENT, "value": "TRACE-9"}},
        refer("Patient/p1"),
    ],
)
def test_a_claim_that_the_answer_does_not_name_tells_nothing_of_it_and_that_is_said(named: Json) -> None:
    tree = bundle(response(answered(2, "A3"), request=named, identifier=None), *organizations(), coverage(), patient(), claim(item(2)))
    extracted = taken(tree)
    (request,) = extracted.requests
    assert [(s.line, s.code) for s in request.services] == [(2, None)]
    assert request.diagnoses == ()
    assert request.decision is not None
    assert "TRACE-1" not in request.decision.answers
    assert ("claim1" in request.decision.answers) is named.get("reference", "").endswith("claim1")  # its own word, no more
    assert ("warning", "claim-not-answered", "$.entry[5].resource") in said(extracted)


def test_an_answer_that_names_no_claim_is_one_to_the_only_one_unless_their_numbers_say_otherwise() -> None:
    def codes(number: str) -> list[str | None]:
        about = response(answered(1, "A3"), identifier=[{"system": EVENT, "value": number}])
        return [s.code for s in one(bundle(about, *organizations(), coverage(), patient(), claim())).services]

    assert (codes("TRACE-1"), codes("TRACE-9")) == (["76120"], [None])


def test_of_a_claim_that_is_only_searched_for_and_has_no_number_the_id_is_not_taken() -> None:
    about = response(answered(1, "A3"), request=refer(f"{SEARCH}TRACE-9"), identifier=None)
    extracted = taken(bundle(about, *organizations(), coverage(), patient(), claim(identifier=None)))
    (request,) = extracted.requests
    assert [s.code for s in request.services] == ["76120"]
    assert request.decision is not None
    assert request.decision.answers == ("TRACE-9",)
    assert said(extracted) == [("warning", "claim-by-search", f"{ANSWER}.request")]


def other_patient(**more: Any) -> Json:
    return patient(id="p2", identifier=[{"value": "DEMO-88"}], name=[{"family": "Lind"}]) | more


def test_an_answer_about_another_patient_than_its_claim_is_refused_and_its_neighbour_stays() -> None:
    answers = [response(answered(1, "A1"), id=f"a{n}", request=refer(f"Claim/n{n}")) for n in (1, 2, 1)]
    claims = [claim(id="n1", patient=refer("Patient/p2")), claim(id="n2")]
    extracted = taken(bundle(*answers, *organizations(), coverage(), patient(), other_patient(), *claims))
    assert [r.decision and r.decision.answers[-1] for r in extracted.requests] == ["n2"]
    assert [each for each in said(extracted) if each[0] == "error"] == [
        ("error", "answer-of-another-patient", f"$.entry[{n}].resource.patient") for n in (0, 2)
    ]


@pytest.mark.parametrize(
    ("patients", "services"),
    [
        ([patient(), patient(id="p2")], ["76120"]),
        ([patient()], [None]),
        ([], [None]),
    ],
)
def test_a_claim_tells_the_services_where_its_patient_is_known_to_be_that_of_the_answer(
    patients: list[Json], services: list[str | None]
) -> None:
    about = claim(patient=refer("Patient/p2"))
    extracted = taken(bundle(response(answered(1, "A1"), request=refer("Claim/claim1")), *organizations(), *patients, about))
    assert [s.code for s in extracted.requests[0].services] == services
    doubted = ("warning", "answer-of-another-patient", f"{ANSWER}.patient") in said(extracted)
    assert doubted is (services == [None])


def test_the_request_is_named_by_every_id_that_the_answer_gives_the_senders_trace_first() -> None:
    named = {"reference": "Claim/c-9", "identifier": {"value": "TRACE-9"}}
    assert decided(answering(response(answered(1, "A1"), request=named))).answers == ("TRACE-1", "TRACE-9", "c-9")


def test_an_answer_beside_a_new_request_keeps_neither_out() -> None:
    about = claim(supportingInfo=[{"sequence": 1, "valueReference": refer("ClaimResponse/answer1")}])
    extracted = taken(bundle(about, *organizations(), coverage(), patient(), response(answered(1, "A3"), request=refer("Claim/older"))))
    assert [r.kind for r in extracted.requests] == [Kind.NEW, Kind.RESPONSE]


def test_an_error_is_a_part_to_be_corrected_and_sent_again_never_a_denial() -> None:
    errors = [
        {"code": concept("https://codesystem.x12.org/005010/901", "04")},
        {
            "code": concept("https://codesystem.x12.org/005010/901", "T4"),
            "extension": [
                {"extension": [{"url": "error", "valueString": "2010A-NM103"}], "url": f"{PAS}/extension-errorElement"},
                extension("extension-errorPath", valueString="Bundle.entry[1].Organization.name"),
                extension("extension-errorFollowupAction", valueCodeableConcept=concept("https://codesystem.x12.org/005010/889", "C")),
            ],
        },
        {"itemSequence": 3, "code": {"text": "Unknown code"}, "extension": [extension("extension-errorElement", valueString="2000F")]},
    ]
    decision = decided(answering(response(outcome="error", error=errors)))
    assert decision.rejections == (
        Rejection("04"),
        Rejection("T4", "C", "Bundle.entry[1].Organization.name; 2010A-NM103"),
        Rejection("Unknown code", None, "2000F; item 3"),
    )
    assert (decision.event, decision.lines, decision.outcome) == (None, (), "error")


def test_what_the_payer_writes_and_asks_for_is_the_message() -> None:
    asked = {"resourceType": "CommunicationRequest", "id": "cr", "payload": [{"contentString": "Send the operative report."}]}
    about = response(
        answered(1, "A4"), processNote=[{"number": 1, "text": "See our site."}], communicationRequest=[refer("CommunicationRequest/cr")]
    )
    assert decided(answering(about, asked)).message == "See our site.\nSend the operative report."


def test_an_inquirys_answer_is_a_response() -> None:
    about = response(answered(1, "A1"), meta={"profile": [f"{PAS}/profile-claiminquiryresponse"]})
    tree = answering(about) | {"meta": {"profile": [f"{PAS}/profile-pas-inquiry-response-bundle"]}}
    extracted = taken({"resourceType": "Parameters", "parameter": [{"name": "responseBundle", "resource": tree}]})
    assert [r.kind for r in extracted.requests] == [Kind.RESPONSE]
    assert "wrong-profile" not in [code for _, code, _ in said(extracted)]


def test_several_answers_of_one_inquiry_are_several_responses() -> None:
    answers = [response(answered(1, "A1"), id=f"a{n}", identifier=[{"value": f"T-{n}"}]) for n in range(3)]
    extracted = taken(bundle(*answers, *organizations(), patient()))
    assert [r.decision and r.decision.answers for r in extracted.requests] == [("T-0",), ("T-1",), ("T-2",)]


NOTICE = {
    "resourceType": "Parameters",
    "id": "n",
    "parameter": [
        {"name": "subscription", "valueReference": refer("Subscription/1")},
        {"name": "notification-event", "part": [{"name": "focus", "valueReference": refer("ClaimResponse/answer1")}]},
    ],
}


@pytest.mark.parametrize("inside", [True, False])
def test_a_notification_with_the_answer_in_it_is_that_answer(inside: bool) -> None:
    whole = answering(response(answered(1, "A1")))
    resources = [NOTICE, whole] if inside else [NOTICE, response(answered(1, "A1")), *organizations(), patient()]
    extracted = taken(bundle(*resources) | {"type": "history", "meta": None})
    assert [r.kind for r in extracted.requests] == [Kind.RESPONSE]
    assert said(extracted) == [("warning", "services-by-number", f"$.entry[1].resource{'.entry[0].resource' if inside else ''}.item")]


@pytest.mark.parametrize(
    "tree", [NOTICE, bundle(NOTICE) | {"type": "history"}, {"resourceType": "SubscriptionStatus", "type": "event-notification"}]
)
def test_a_notification_without_the_answer_says_to_ask_for_it(tree: Json) -> None:
    extracted = taken(tree)
    assert extracted.requests == ()
    assert [(severity, code) for severity, code, _ in said(extracted)] == [("error", "fhir-notification")]


def test_an_operation_outcome_is_an_answer_that_decides_nothing() -> None:
    issues = [
        {
            "severity": "error",
            "code": "invalid",
            "details": {"text": "It could not be processed."},
            "diagnostics": "Claim.status is missing.",
            "expression": ["Bundle.entry[0]"],
        },
        {"severity": "information", "code": "informational", "details": {"text": "Version 2."}},
    ]
    extracted = taken({"resourceType": "OperationOutcome", "issue": issues})
    (request,) = extracted.requests
    assert request.kind is Kind.RESPONSE
    assert request.decision == Decision(
        rejections=(Rejection("invalid", None, "Bundle.entry[0]"),),
        message="It could not be processed. Claim.status is missing.\nVersion 2.",
    )
    assert "no-review-action" in [code for _, code, _ in said(taken({"resourceType": "OperationOutcome", "issue": issues[1:]}))]


def test_what_only_a_request_needs_is_no_trouble_in_an_answer() -> None:
    extracted = taken(answering(response(answered(1, "A1", **detailed()))))
    assert extracted.problems == ()


def test_a_text_that_is_too_long_for_a_decision_is_left_out_whole_and_the_rest_is_kept() -> None:
    extracted = taken(answering(response(answered(1, "A1"), processNote=[{"text": "x" * 10_001}])))
    (request,) = extracted.requests
    assert request.decision == Decision(("TRACE-1",), None, (LineAction(1, Action("A1")),), outcome="complete")
    assert ("warning", "too-long", ANSWER) in said(extracted)


def test_hidden_characters_do_not_come_into_a_decision() -> None:
    decision = decided(answering(response(answered(1, "A\u200b1", "AUTH\u202e-1"), disposition="Gran\u0000ted")))
    assert (decision.lines[0].action.code, decision.lines[0].action.number, decision.event) == ("A1", "AUTH-1", Action(words="Granted"))


@pytest.mark.parametrize("value", [7, "x", True, [], {}, [[]], ["x"], [7], {"a": {}}, [None], [{}], None])
@pytest.mark.parametrize(
    "key",
    ["item", "addItem", "adjudication", "identifier", "request", "error", "processNote", "extension", "outcome", "communicationRequest"],
)
def test_an_answer_with_a_value_of_a_wrong_type_still_is_one_and_is_taken_in_again_as_the_same(key: str, value: Any) -> None:
    about = response(answered(1, "A1"), extension=[reviewed("A1")]) | {key: value}
    (request,) = taken(answering(about)).requests
    assert request.kind is Kind.RESPONSE
    assert replace(one(request_data(request)), source=None) == replace(request, source=None)
