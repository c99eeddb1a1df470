"""What a Claim of Da Vinci PAS asks, rule by rule."""

import base64
import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fhir_builders import (
    BASE,
    CPT,
    HCPCS,
    ICD9,
    ICD10,
    NPI,
    PAS,
    SERVICE_TYPE,
    Json,
    asking,
    bundle,
    changed,
    claim,
    concept,
    coverage,
    extension,
    item,
    one,
    organizations,
    patient,
    refer,
    said,
    taken,
)

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.request import Attachment, Change, Channel, Kind, Urgency

PLACE_OF_SERVICE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


def certified(code: str) -> Json:
    return extension("extension-certificationType", valueCodeableConcept=concept("https://codesystem.x12.org/005010/1322", code))


def cancelled(told: bool = True) -> Json:
    return extension("modifierextension-infoCancelled", valueBoolean=told)


def ordered(**order: Any) -> tuple[Json, Json]:
    """The extension of an item that names an order, and the order."""
    kind = order["resourceType"]
    return extension("extension-requestedService", valueReference=refer(f"{kind}/order")), {
        "id": "order",
        "subject": refer("Patient/p1"),
    } | order


def test_a_whole_bundle_is_read_without_a_doubt(codeset: CodeSet) -> None:
    extracted = taken(asking(), codeset)
    assert said(extracted) == []
    (request,) = extracted.requests
    assert (request.kind, request.channel, request.reference, request.urgency) == (Kind.NEW, Channel.FHIR, "TRACE-1", Urgency.STANDARD)
    assert [(s.line, s.code, s.system, s.first_day) for s in request.services] == [(1, "76120", System.CPT, date(2026, 12, 1))]
    assert [(d.code, d.system) for d in request.diagnoses] == [("M54.50", System.ICD10CM)]
    assert request.decision is None
    assert request.source is not None
    assert request.source.format == "fhir-r4"


def test_when_the_plan_received_it_no_bundle_says_and_the_senders_stamp_is_shown_for_it() -> None:
    (problem,) = [p for p in taken(asking()).problems if p.code == "missing-receipt"]
    assert problem.where == "one.json: $.timestamp"
    assert one(asking()).received_at is None


@pytest.mark.parametrize(
    ("system", "code", "read"),
    [
        (CPT, "76120", System.CPT),
        (HCPCS, "G0154", System.HCPCS),
        (HCPCS.replace("http:", "https:"), "G0154", System.HCPCS),
        (HCPCS, "33510", System.CPT),  # HCPCS level I
        (SERVICE_TYPE, "42", System.SERVICE_TYPE),
        (SERVICE_TYPE.replace("https:", "http:"), "3", System.SERVICE_TYPE),
        ("https://valueset.x12.org/x217/005010/request/2000F/UM/1/03/00/1365", "3", System.SERVICE_TYPE),
        ("https://www.nubc.org/CodeSystem/RevenueCodes", "0202", System.REVENUE),
        ("http://hl7.org/fhir/sid/ndc", "0777-3105-02", System.NDC),
        ("http://www.cms.gov/Medicare/Coding/ICD10", "0SRC0J9", System.ICD10PCS),
        ("urn:oid:2.16.840.1.113883.6.12", "76120", System.CPT),
    ],
)
def test_the_system_of_a_service_is_the_one_that_its_address_names(system: str, code: str, read: System) -> None:
    extracted = taken(asking(about=claim(item(1, code, system))))
    assert said(extracted) == []
    assert [(s.code, s.system) for s in extracted.requests[0].services] == [(code, read)]


@pytest.mark.parametrize("code", ["42", "AL", "76120"])
def test_an_x12_service_type_is_never_a_cpt_code(code: str) -> None:
    extracted = taken(asking(about=claim(item(1, code, SERVICE_TYPE))))
    assert extracted.requests[0].services[0].system is System.SERVICE_TYPE
    assert ("service-type-shape" in [p.code for p in extracted.problems]) is (len(code) > 3)


@pytest.mark.parametrize(("system", "read"), [("http://example.org/SERVICE_TYPE_CODE", System.OTHER), (None, System.CPT)])
def test_a_code_of_an_unknown_system_is_doubted_and_kept(system: str | None, read: System) -> None:
    extracted = taken(asking(about=claim(item(1, "76120", system))))
    assert said(extracted) == [("warning", "unknown-code-system", "$.entry[0].resource.item[0].productOrService.coding[0].system")]
    assert (extracted.requests[0].services[0].code, extracted.requests[0].services[0].system) == ("76120", read)


@pytest.mark.parametrize(
    ("code", "unit"), [("{visits}/wk", "visits/wk"), ("{visit}", "visit"), ("10*3/{dose}", "10*3/dose"), ("mg{a", "mg{a"), ("{}", None)]
)
def test_the_braces_of_a_unit_are_taken_off_in_pairs(code: str, unit: str | None) -> None:
    assert one(asking(about=claim(item(quantity={"value": 2, "code": code})))).services[0].unit == unit


def test_two_codes_of_one_system_in_one_place_are_doubted_and_the_first_is_taken() -> None:
    two = {"coding": [{"system": CPT, "code": "76120"}, {"system": CPT, "code": "97110"}, {"system": CPT, "code": "76120"}]}
    ills = {"coding": [{"system": ICD10, "code": "M54.50"}, {"system": ICD10, "code": "M17.11"}]}
    extracted = taken(asking(about=claim(item(productOrService=two), diagnosis=[{"sequence": 1, "diagnosisCodeableConcept": ills}])))
    (request,) = extracted.requests
    assert [s.code for s in request.services] == ["76120"]
    assert [d.code for d in request.diagnoses] == ["M54.50"]
    assert said(extracted) == [
        ("warning", "several-codes", "$.entry[0].resource.item[0].productOrService.coding[1].code"),
        ("warning", "several-codes", "$.entry[0].resource.diagnosis[0].diagnosisCodeableConcept.coding[1].code"),
    ]


def test_of_several_codings_the_procedure_is_taken_and_the_others_are_kept_in_the_notes() -> None:
    both = {"coding": [{"system": SERVICE_TYPE, "code": "4"}, {"system": CPT, "code": "76120", "display": "Cineradiography"}]}
    request = one(asking(about=claim(item(productOrService=both))))
    assert (request.services[0].code, request.services[0].description) == ("76120", "Cineradiography")
    assert request.clinical_notes == "Line 1: also coded as 4 (X12-service-type)"


def test_a_line_tells_modifiers_amount_days_place_range_and_site() -> None:
    told = item(
        modifier=[concept(CPT, "26"), concept(CPT, "59")],
        quantity={"value": 2.5, "unit": "visit"},
        servicedDate=None,
        servicedPeriod={"start": "2026-12-01", "end": "2026-12-31T10:00:00-05:00"},
        locationCodeableConcept=concept(PLACE_OF_SERVICE, "22"),
        bodySite={"text": "lumbar spine"},
        extension=[extension("extension-productOrServiceCodeEnd", valueCodeableConcept=concept(CPT, "76125"))],
    )
    extracted = taken(asking(about=claim(told)))
    assert said(extracted) == []
    line = extracted.requests[0].services[0]
    assert (line.modifiers, line.quantity, line.unit, line.code_to) == (("26", "59"), Decimal("2.5"), "visit", "76125")
    assert (line.first_day, line.last_day, line.place_of_service) == (date(2026, 12, 1), date(2026, 12, 31), "22")
    assert line.description == "lumbar spine"


def test_a_range_of_services_ends_in_the_system_in_which_it_begins() -> None:
    end = extension("extension-productOrServiceCodeEnd", valueCodeableConcept=concept(HCPCS, "G0155"))
    extracted = taken(asking(about=claim(item(1, "3", SERVICE_TYPE, extension=[end]))))
    assert said(extracted) == [("warning", "range-of-two-systems", "$.entry[0].resource.item[0].extension[0]")]
    assert extracted.requests[0].services[0].code_to is None
    assert "G0155" in (extracted.requests[0].clinical_notes or "")


def test_what_else_a_line_says_is_kept_in_the_notes() -> None:
    told = item(
        category=concept(SERVICE_TYPE, "42", "Home Health Care"),
        revenue=concept("https://www.nubc.org/revenue-code", "0551"),
        extension=[
            extension("extension-epsdtIndicator", valueBoolean=True),
            extension("extension-authorizationNumber", valueString="AUTH-1"),
            extension("extension-administrationReferenceNumber", valueString="ADM-1"),
        ],
    )
    request = one(asking(about=claim(told)))
    assert request.clinical_notes == (
        "Line 1: service type 42 (Home Health Care); revenue code 0551; EPSDT; earlier authorization AUTH-1; earlier authorization ADM-1"
    )
    assert request.decision is None


def test_an_amount_without_a_unit_has_none() -> None:
    line = one(asking(about=claim(item(quantity={"value": 1, "system": "http://unitsofmeasure.org", "code": "1"})))).services[0]
    assert (line.quantity, line.unit) == (1, None)


def test_a_code_that_says_why_there_is_none_is_no_code() -> None:
    absent = concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable")
    told = item(productOrService=absent, revenue=concept("https://www.nubc.org/revenue-code", "0551"))
    line = one(asking(about=claim(told))).services[0]
    assert (line.code, line.system) == ("0551", System.REVENUE)


@pytest.mark.parametrize(("key", "system", "code"), [("revenue", System.REVENUE, "0551"), ("category", System.SERVICE_TYPE, "42")])
def test_a_line_without_a_procedure_is_told_by_its_revenue_code_or_service_type(key: str, system: System, code: str) -> None:
    address = {"revenue": "https://www.nubc.org/revenue-code", "category": SERVICE_TYPE}[key]
    line = one(asking(about=claim(item(productOrService=None, **{key: concept(address, code)})))).services[0]
    assert (line.code, line.system) == (code, system)


def test_a_location_that_is_no_place_of_service_is_left_out() -> None:
    extracted = taken(asking(about=claim(item(locationCodeableConcept=concept("http://example.org/rooms", "LAB")))))
    assert said(extracted) == [("warning", "place-of-service", "$.entry[0].resource.item[0].locationCodeableConcept")]


def test_the_facility_gives_the_place_of_service_of_lines_that_have_none() -> None:
    location = {
        "resourceType": "Location",
        "id": "l1",
        "name": "Elm Street Office",
        "type": [concept("http://example.org/Place-of-Service-Codes", "11")],
    }
    about = claim(item(1), item(2, locationCodeableConcept=concept(PLACE_OF_SERVICE, "22")), facility=refer("Location/l1"))
    request = one(asking(location, about=about))
    assert [s.place_of_service for s in request.services] == ["11", "22"]
    assert request.servicing_provider is not None
    assert request.servicing_provider.name == "Elm Street Office"


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ({"resourceType": "ServiceRequest", "code": concept(CPT, "97110", "Exercise"), "quantityQuantity": {"value": 12, "code": "{visit}"}}, ("97110", "CPT", 12, "visit")),
        ({"resourceType": "DeviceRequest", "codeCodeableConcept": concept(HCPCS, "E0424")}, ("E0424", "HCPCS", None, None)),
        (
            {
                "resourceType": "MedicationRequest",
                "medicationCodeableConcept": concept("http://hl7.org/fhir/sid/ndc", "0777-3105-02"),
                "dispenseRequest": {"quantity": {"value": 300, "unit": "mg"}},
            },
            ("0777-3105-02", "NDC", 300, "mg"),
        ),
        ({"resourceType": "NutritionOrder", "oralDiet": {"type": [concept(HCPCS, "B4150")]}}, ("B4150", "HCPCS", None, None)),
    ],
)  # fmt: skip
def test_an_order_says_what_an_item_leaves_open(order: Json, line: tuple[str, str, int | None, str | None]) -> None:
    named, resource = ordered(**order)
    about = claim({"sequence": 1, "servicedDate": "2026-12-01", "extension": [named]})
    service = one(asking(resource, about=about)).services[0]
    assert (service.code, service.system and service.system.value, service.quantity, service.unit) == line


def test_an_item_and_its_order_that_differ_are_doubted_and_the_item_stands() -> None:
    named, resource = ordered(resourceType="DeviceRequest", codeCodeableConcept=concept(HCPCS, "E1223"))
    extracted = taken(asking(resource, about=claim(item(extension=[named]))))
    assert said(extracted) == [("warning", "order-disagrees", "$.entry[0].resource.item[0].productOrService")]
    assert extracted.requests[0].services[0].code == "76120"


def test_a_claim_without_items_asks_for_what_its_prescription_orders() -> None:
    _, resource = ordered(
        resourceType="ServiceRequest",
        code=concept(CPT, "97110"),
        occurrencePeriod={"start": "2026-12-05", "end": "2026-12-20"},
        occurrenceTiming={
            "repeat": {"frequency": 1, "frequencyMax": 3, "period": 1, "periodUnit": "wk", "duration": 30, "durationUnit": "min"}
        },
        note=[{"text": "Start slowly."}],
    )
    request = one(asking(resource, about=claim(item=[], prescription=refer("ServiceRequest/order"))))
    (line,) = request.services
    assert (line.line, line.code, line.first_day, line.last_day) == (1, "97110", date(2026, 12, 5), date(2026, 12, 20))
    assert request.clinical_notes == "Line 1: 1 to 3 times every 1 week(s), 30 minute(s) each; Start slowly."


def test_who_performs_the_order_is_the_servicing_provider_where_no_care_team_is() -> None:
    named, resource = ordered(resourceType="ServiceRequest", code=concept(CPT, "76120"), performer=[refer("Organization/clinic")])
    request = one(asking(resource, about=claim(item(extension=[named]))))
    assert request.servicing_provider is not None
    assert request.servicing_provider.name == "Elm Spine Clinic"


def test_a_claim_that_asks_for_nothing_gives_no_request_and_says_where() -> None:
    extracted = taken(asking(about=claim(item=[])))
    assert extracted.requests == ()
    assert ("error", "no-service", "$.entry[0].resource.item") in said(extracted)


@pytest.mark.parametrize("sequences", [(1, 1), (0, 2), ("x", 2), (1.5, 2)])
def test_items_without_numbers_of_their_own_are_numbered_in_their_order(sequences: tuple[Any, Any]) -> None:
    extracted = taken(asking(about=claim(*(item(sequence=each) for each in sequences))))
    assert "line-numbers" in [code for _, code, _ in said(extracted)]
    assert [s.line for s in extracted.requests[0].services] == [1, 2]


def test_the_items_own_numbers_are_kept() -> None:
    assert [s.line for s in one(asking(about=claim(item(7), item(3)))).services] == [7, 3]


def test_an_item_that_says_nothing_still_is_a_line() -> None:
    extracted = taken(asking(about=claim(item(1), {"sequence": 2})))
    assert [s.line for s in extracted.requests[0].services] == [1, 2]
    assert ("warning", "missing-service", "$.entry[0].resource.item[1]") in said(extracted)


def test_parts_of_an_item_are_not_read_and_that_is_said() -> None:
    extracted = taken(asking(about=claim(item(detail=[{"sequence": 1}]))))
    assert said(extracted) == [("warning", "details-left-out", "$.entry[0].resource.item[0].detail")]


@pytest.mark.parametrize(
    ("system", "code", "read", "doubt"),
    [
        (ICD10, "M54.50", System.ICD10CM, None),
        ("urn:oid:2.16.840.1.113883.6.90", "M5450", System.ICD10CM, None),
        (ICD9, "724.2", System.ICD9CM, "icd9-code"),
        ("http://snomed.info/sct", "279039007", System.SNOMED, None),
        ("http://hl7.org/fhir/sid/icd-10", "M54.50", System.ICD10CM, "unknown-code-system"),
        (None, "M54.50", System.ICD10CM, "unknown-code-system"),
        ("http://example.org/dx", "back-pain", System.OTHER, "unknown-code-system"),
    ],
)
def test_a_diagnosis_is_of_the_system_that_it_names(system: str | None, code: str, read: System, doubt: str | None) -> None:
    extracted = taken(asking(about=claim(diagnosis=[{"sequence": 1, "diagnosisCodeableConcept": concept(system, code)}])))
    assert [code for _, code, _ in said(extracted)] == ([doubt] if doubt else [])
    (diagnosis,) = extracted.requests[0].diagnoses
    assert (diagnosis.system, diagnosis.raw) == (read, code)


def test_a_diagnosis_may_stand_in_a_condition_and_be_the_principal_one() -> None:
    condition = {"resourceType": "Condition", "id": "d1", "code": concept(ICD10, "M47.816"), "subject": refer("Patient/p1")}
    kinds = [concept("http://terminology.hl7.org/CodeSystem/ex-diagnosistype", "principal")]
    about = claim(
        diagnosis=[
            {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}, {"system": ICD10, "code": "M54.50"}]}},
            {"sequence": 2, "diagnosisReference": refer("Condition/d1"), "type": kinds},
        ]
    )  # fmt: skip
    assert [(d.code, d.primary) for d in one(asking(condition, about=about)).diagnoses] == [("M54.50", False), ("M47.816", True)]


def test_a_diagnosis_in_words_alone_goes_into_the_notes() -> None:
    extracted = taken(asking(about=claim(diagnosis=[{"sequence": 1, "diagnosisCodeableConcept": {"text": "Chronic back pain"}}])))
    assert "diagnosis-in-words" in [code for _, code, _ in said(extracted)]
    assert extracted.requests[0].clinical_notes == "Diagnosis: Chronic back pain"


def test_a_diagnosis_that_an_update_takes_back_is_left_out() -> None:
    rows = [{"sequence": 1, "diagnosisCodeableConcept": concept(ICD10, "M54.50"), "modifierExtension": [cancelled()]}]
    extracted = taken(asking(about=claim(diagnosis=rows)))
    assert extracted.requests[0].diagnoses == ()
    assert ("warning", "diagnosis-withdrawn", "$.entry[0].resource.diagnosis[0]") in said(extracted)


@pytest.mark.parametrize(
    ("priority", "level", "urgency", "said_by", "doubt"),
    [
        ("normal", None, Urgency.STANDARD, "priority normal", None),
        ("stat", None, Urgency.EXPEDITED, "priority stat", None),
        ("deferred", None, Urgency.STANDARD, "priority deferred", None),
        (None, "U", Urgency.EXPEDITED, "levelOfServiceCode U", None),
        (None, "03", Urgency.EXPEDITED, "levelOfServiceCode 03", None),
        ("normal", "E", Urgency.STANDARD, "levelOfServiceCode E", None),
        ("normal", "U", Urgency.EXPEDITED, "levelOfServiceCode U", "urgency-disagrees"),
        ("stat", "E", Urgency.EXPEDITED, "priority stat", "urgency-disagrees"),
        ("soon", None, None, None, "unknown-priority"),
        (None, "9", None, None, "unknown-level-of-service"),
        (None, None, None, None, None),
    ],
)
def test_urgency_is_the_level_of_service_and_the_priority_and_the_shorter_clock_wins(
    priority: str | None, level: str | None, urgency: Urgency | None, said_by: str | None, doubt: str | None
) -> None:
    told = [extension("extension-levelOfServiceCode", valueCodeableConcept=concept("https://codesystem.x12.org/005010/1338", level))]
    about = claim(priority=concept(None, priority) if priority else None, extension=told if level else None)
    extracted = taken(asking(about=about))
    assert (extracted.requests[0].urgency, extracted.requests[0].urgency_said_by) == (urgency, said_by)
    assert [code for _, code, _ in said(extracted)] == ([doubt] if doubt else [])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("I", Kind.NEW),
        ("R", Kind.RENEWAL),
        ("S", Kind.REVISION),
        ("1", Kind.APPEAL),
        ("2", Kind.APPEAL),
        ("3", Kind.CANCELLATION),
        ("4", Kind.EXTENSION),
        ("5", Kind.NOTIFICATION),
    ],
)
def test_the_certification_type_says_what_is_asked_on_the_claim_and_on_its_items(code: str, kind: Kind) -> None:
    assert one(asking(about=claim(extension=[certified(code)]))).kind is kind
    assert one(asking(about=claim(item(extension=[certified(code)])))).kind is kind
    assert one(asking(about=claim(_use={"extension": [extension("extension-certificationType", valueCode=code)]}))).kind is kind


@pytest.mark.parametrize(("codes", "doubt"), [(("R", "4"), "mixed-certification-types"), (("Q", "Q"), "unknown-certification-type")])
def test_certification_types_that_do_not_agree_or_are_not_known_leave_the_kind_open(codes: tuple[str, str], doubt: str) -> None:
    extracted = taken(asking(about=claim(*(item(n, extension=[certified(code)]) for n, code in enumerate(codes, 1)))))
    assert extracted.requests[0].kind is None
    assert said(extracted) == [("warning", doubt, "$.entry[0].resource")]


UPDATE = {"meta": {"profile": [f"{PAS}/profile-claim-update"]}}
EARLIER = [{"claim": refer("Claim/earlier"), "relationship": concept(None, "replaces")}]


def test_an_update_says_what_becomes_of_each_line_and_which_request_it_changes() -> None:
    about = claim(
        item(1),
        item(2, "76125", modifierExtension=[cancelled()]),
        item(3, "97110", extension=[extension("extension-infoChanged", valueCode="added"), certified("I")]),
        item(4, "97112", extension=[extension("extension-infoChanged", valueCode="changed"), extension("extension-authorizationNumber", valueString="AUTH-4")]),
        related=[*EARLIER, {"reference": {"value": "OLD-NUMBER"}}],
        **UPDATE,
    )  # fmt: skip
    extracted = taken(asking(about=about))
    assert said(extracted) == []
    (request,) = extracted.requests
    assert request.kind is Kind.REVISION
    assert [s.change for s in request.services] == [None, Change.CANCELLED, Change.ADDED, Change.CHANGED]
    assert request.decision is not None
    assert request.decision.answers == ("earlier", "OLD-NUMBER", "AUTH-4")


def test_the_earlier_claim_in_the_same_bundle_is_named_and_is_no_request_of_its_own() -> None:
    earlier = claim(id="earlier", identifier=[{"value": "TRACE-0"}])
    extracted = taken(asking(earlier, about=claim(related=EARLIER, **UPDATE)))
    (request,) = extracted.requests
    assert (request.kind, request.reference) == (Kind.REVISION, "TRACE-1")
    assert request.decision is not None
    assert request.decision.answers == ("TRACE-0", "earlier")


@pytest.mark.parametrize(
    "about",
    [
        claim(item(1, modifierExtension=[cancelled()]), item(2, modifierExtension=[cancelled()]), **UPDATE),
        claim(item(1, extension=[certified("3")]), **UPDATE),
        claim(extension=[certified("3")], item=[], **UPDATE),
        claim(status="cancelled", **UPDATE),
    ],
)
def test_a_claim_that_takes_all_back_is_a_cancellation(about: Json) -> None:
    assert one(asking(about=about)).kind is Kind.CANCELLATION


def test_a_line_that_is_not_cancelled_keeps_the_request_open() -> None:
    request = one(asking(about=claim(item(1, modifierExtension=[cancelled(False)]), item(2, modifierExtension=[cancelled()]), **UPDATE)))
    assert (request.kind, [s.change for s in request.services]) == (Kind.REVISION, [None, Change.CANCELLED])


def test_a_line_may_be_cancelled_by_its_certification_type_alone() -> None:
    request = one(asking(about=claim(item(1), item(2, extension=[certified("3")]), **UPDATE)))
    assert (request.kind, [s.change for s in request.services]) == (Kind.REVISION, [None, Change.CANCELLED])


def test_changes_under_the_profile_of_a_new_request_are_an_update_and_a_doubt() -> None:
    extracted = taken(asking(about=claim(item(extension=[extension("extension-infoChanged", valueCode="changed")]))))
    assert extracted.requests[0].kind is Kind.REVISION
    assert said(extracted) == [("warning", "wrong-profile", "$.entry[0].resource.meta")]


def test_the_oldest_mark_of_a_cancelled_item_is_known() -> None:
    about = changed(claim(item(1), item(2)), lambda c: c.pop("meta"))
    about["item"][0]["modifierExtension"] = [extension("extension-itemCancelled", valueBoolean=True)]
    about["related"] = [{"id": "very-old", "relationship": concept(None, "replaces")}]
    request = one(asking(about=about))
    assert request.kind is Kind.REVISION
    assert request.decision is not None
    assert request.decision.answers == ("very-old",)


def test_an_inquiry_is_known_by_its_bundle_or_its_claim() -> None:
    by_claim = {"meta": {"profile": [f"{PAS}/profile-claim-inquiry"]}}
    by_bundle = {"meta": {"profile": [f"{PAS}/profile-pas-inquiry-request-bundle"]}}
    asked = asking(about=claim(item=[], **by_claim)) | by_bundle
    extracted = taken(asked)
    assert extracted.requests[0].kind is Kind.INQUIRY
    assert said(extracted) == [("warning", "no-service", "$.entry[0].resource.item")]
    assert one(changed(asked, lambda b: b["entry"][0]["resource"].pop("meta"))).kind is Kind.INQUIRY


def test_an_inquiry_under_the_profile_of_a_request_is_known_by_what_it_asks_by() -> None:
    told = [
        extension("extension-itemCertificationIssueDate", valueDate="2026-07-01"),
        extension("extension-reviewActionCode", valueCodeableConcept=concept("https://codesystem.x12.org/005010/306", "A1")),
    ]
    extracted = taken(asking(about=claim(item(extension=told))))
    assert extracted.requests[0].kind is Kind.INQUIRY
    assert extracted.requests[0].clinical_notes == "Line 1: asks by action A1, issued 2026-07-01"
    assert said(extracted) == [("warning", "wrong-profile", "$.entry[0].resource.meta")]


@pytest.mark.parametrize(
    ("more", "code", "key"),
    [
        ({"use": "predetermination"}, "predetermination", "use"),
        ({"use": None}, "use-not-preauthorization", "use"),
        ({"use": "claim"}, "use-not-preauthorization", "use"),
        ({"status": "draft"}, "status-not-active", "status"),
        ({"status": "entered-in-error"}, "status-not-active", "status"),
    ],
)
def test_a_claim_in_an_odd_state_is_kept_and_doubted(more: Json, code: str, key: str) -> None:
    extracted = taken(asking(about=claim(**more)))
    assert len(extracted.requests) == 1
    assert said(extracted) == [("warning", code, f"$.entry[0].resource.{key}")]


def test_a_claim_for_payment_is_no_request() -> None:
    extracted = taken(asking(about=claim(use="claim", meta=None)))
    assert extracted.requests == ()
    assert said(extracted) == [("error", "claim-for-payment", "$.entry[0].resource.use")]


@pytest.mark.parametrize(
    ("info", "more", "days"),
    [
        ("patientEvent", {"timingDate": "2026-12-10"}, (date(2026, 12, 10), None)),
        ("admissionDates", {"timingPeriod": {"start": "2026-12-10", "end": "2026-12-12"}}, (date(2026, 12, 10), date(2026, 12, 12))),
        (None, {}, (None, None)),
    ],
)
def test_the_days_of_the_event_stand_for_lines_that_have_none(info: str | None, more: Json, days: tuple[date | None, date | None]) -> None:
    told = [{"sequence": 1, "category": concept(f"{PAS}/PASTempCodes", info)} | more] if info else []
    request = one(asking(about=claim(item(1, servicedDate=None), item(2), supportingInfo=told)))
    assert (request.services[0].first_day, request.services[0].last_day) == days
    assert request.services[1].first_day == date(2026, 12, 1)


def test_a_stay_ends_on_its_discharge_and_an_encounter_or_the_claim_may_say_the_days() -> None:
    told = [
        {"sequence": 1, "category": concept(None, "admissionDates"), "timingDate": "2026-12-10"},
        {"sequence": 2, "category": concept(None, "dischargeDates"), "timingDate": "2026-12-14"},
    ]
    line = one(asking(about=claim(item(servicedDate=None), supportingInfo=told))).services[0]
    assert (line.first_day, line.last_day) == (date(2026, 12, 10), date(2026, 12, 14))
    encounter = {
        "resourceType": "Encounter",
        "id": "e1",
        "period": {"start": "2026-12-20"},
        "reasonCode": [{"text": "Fall at home"}],
    }
    named = {"url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Claim.encounter", "valueReference": refer("Encounter/e1")}
    request = one(asking(encounter, about=claim(item(servicedDate=None), extension=[named])))
    assert (request.services[0].first_day, request.clinical_notes) == (date(2026, 12, 20), "Fall at home")
    billed = claim(item(servicedDate=None), billablePeriod={"start": "2026-12-03", "end": "2026-12-04"})
    assert one(asking(about=billed)).services[0].first_day == date(2026, 12, 3)


@pytest.mark.parametrize("told", ["2026", "2026-12", "12/01/2026", "2026-02-30", "soon"])
def test_a_date_that_is_no_single_day_is_left_out_and_not_repeated(told: str) -> None:
    extracted = taken(asking(about=claim(item(servicedDate=told))))
    assert said(extracted) == [("warning", "bad-date", "$.entry[0].resource.item[0].servicedDate")]
    assert extracted.requests[0].services[0].first_day is None
    assert not any(told in p.message for p in extracted.problems if p.code == "bad-date")


def test_what_came_along_is_kept_as_notes_and_attachments() -> None:
    note = b"Six weeks of therapy without relief."
    document = {
        "resourceType": "DocumentReference",
        "id": "doc",
        "subject": refer("Patient/p1"),
        "description": "Therapy notes",
        "content": [
            {"attachment": {"contentType": "text/plain", "data": base64.b64encode(note).decode()}},
            {"attachment": {"contentType": "application/pdf", "title": "scan.pdf", "url": "/Binary/2"}},
        ],
    }
    answers = {
        "resourceType": "QuestionnaireResponse",
        "id": "qr",
        "status": "completed",
        "item": [
            {
                "linkId": "1",
                "text": "History",
                "item": [
                    {"linkId": "1.1", "text": "Prior surgery", "answer": [{"valueBoolean": False}]},
                    {"linkId": "1.2", "text": "Pain", "answer": [{"valueCoding": {"code": "7", "display": "7 of 10"}}, {"valueString": "worse at night"}]},
                    {"linkId": "1.3", "answer": [{"valueQuantity": {"value": 85, "unit": "%"}, "item": [{"linkId": "x", "text": "when", "answer": [{"valueDate": "2026-11-01"}]}]}]},
                ],
            }
        ],
    }  # fmt: skip
    seen = {
        "resourceType": "Observation",
        "id": "o",
        "subject": refer("Patient/p1"),
        "code": {"text": "Weight"},
        "valueQuantity": {"value": 71, "unit": "kg"},
    }
    announced = {
        "extension": [
            {"url": "reportTypeCode", "valueCodeableConcept": concept("https://codesystem.x12.org/005010/755", "PY", "Physician's Report")},
            {"url": "controlNumber", "valueString": "111222"},
        ],
        "url": f"{PAS}/extension-documentInformation",
    }
    told = [
        {"sequence": 1, "category": concept(None, "additionalInformation"), "valueReference": refer("DocumentReference/doc")},
        {"sequence": 2, "category": concept(None, "freeFormMessage", "Message"), "valueString": "Please call."},
        {"sequence": 3, "category": concept(None, "additionalInformation"), "extension": [announced]},
        {"sequence": 4, "category": concept(None, "additionalInformation"), "valueReference": refer("QuestionnaireResponse/qr")},
        {"sequence": 5, "category": concept(None, "freeFormMessage"), "valueString": "taken back", "modifierExtension": [cancelled()]},
    ]
    extracted = taken(asking(document, answers, seen, about=claim(supportingInfo=told)))
    assert said(extracted) == []
    (request,) = extracted.requests
    assert request.clinical_notes == (
        "Therapy notes\nSix weeks of therapy without relief.\n\n"
        "Message: Please call.\n\n"
        "Questionnaire answers:\nHistory\n  Prior surgery: no\n  Pain: 7 of 10, worse at night\n  1.3: 85 %\n    when: 2026-11-01\n\n"
        "Weight: 71 kg"
    )
    assert request.attachments == (
        Attachment("Therapy notes", "text/plain", hashlib.sha256(note).hexdigest()),
        Attachment("scan.pdf", "application/pdf"),
        Attachment("Physician's Report, control number 111222"),
    )


def test_a_damaged_document_is_named_and_doubted() -> None:
    document = {"resourceType": "DocumentReference", "id": "doc", "content": [{"attachment": {"title": "x.pdf", "data": "%%%"}}]}
    extracted = taken(asking(document))
    assert said(extracted) == [("warning", "bad-base64", "$.entry[5].resource.content[0].attachment.data")]
    assert extracted.requests[0].attachments == (Attachment("x.pdf"),)


def test_notes_that_no_longer_fit_are_left_out_whole_and_the_request_stands() -> None:
    told = [{"sequence": n, "valueString": letter * 1_500_000} for n, letter in enumerate("ab", 1)]
    extracted = taken(asking(about=claim(supportingInfo=told)))
    assert said(extracted) == [("warning", "notes-too-long", "$.entry[0].resource.supportingInfo[1]")]
    assert set(extracted.requests[0].clinical_notes or "") == {"a"}


def test_the_record_of_another_patient_stays_with_that_patient() -> None:
    other = patient(id="p2", name=[{"family": "Lind", "given": ["Ola"]}])
    about = [claim(), claim(id="claim2", identifier=[{"value": "TRACE-2"}], patient=refer("Patient/p2"))]
    notes = [
        {"resourceType": "Observation", "id": who, "subject": refer(f"Patient/{who}"), "code": {"text": "Note"}, "valueString": f"of {who}"}
        for who in ("p1", "p2")
    ]
    extracted = taken(bundle(*about, *organizations(), coverage(), patient(), other, *notes))
    assert [(r.member.family, r.clinical_notes) for r in extracted.requests] == [("Okafor", "Note: of p1"), ("Lind", "Note: of p2")]


def test_a_record_that_names_neither_of_a_patients_two_claims_goes_to_none() -> None:
    note = {"resourceType": "Observation", "id": "o", "subject": refer("Patient/p1"), "code": {"text": "Note"}, "valueString": "Pain"}
    told = [{"sequence": 1, "valueReference": refer("Observation/o")}]
    about = [claim(), claim(id="claim2", identifier=[{"value": "TRACE-2"}], supportingInfo=told)]
    extracted = taken(bundle(*about, *organizations(), coverage(), patient(), note))
    assert [r.clinical_notes for r in extracted.requests] == [None, "Note: Pain"]


def test_the_reference_is_the_senders_own_number_else_the_id_of_the_claim() -> None:
    assert one(asking(about=claim(identifier=[{"system": BASE}, {"value": "T-2"}]))).reference == "T-2"
    assert one(asking(about=claim(identifier=None))).reference == "claim1"


def test_the_care_team_gives_the_servicing_provider_and_the_rest_is_told_in_words() -> None:
    def doctor(name: str, npi: str) -> Json:
        return {
            "resourceType": "Practitioner",
            "id": name,
            "identifier": [{"system": NPI, "value": npi}],
            "name": [{"family": name, "given": ["Ines"]}],
        }

    team = [
        {"sequence": 1, "provider": refer("Practitioner/Vogel"), "role": concept(None, "referring")},
        {"sequence": 2, "provider": refer("Practitioner/Marek")},
        {"sequence": 3, "provider": refer("Practitioner/Sato"), "role": concept("https://codesystem.x12.org/005010/98", "SJ")},
    ]
    doctors = [doctor("Vogel", "1234567893"), doctor("Marek", "1003000126"), doctor("Sato", "1679576722")]
    request = one(asking(*doctors, about=claim(careTeam=team)))
    assert request.servicing_provider is not None
    assert (request.servicing_provider.name, request.servicing_provider.npi) == ("Ines Sato", "1679576722")
    assert request.clinical_notes == "Also in the care team: Ines Marek, NPI 1003000126\nAlso in the care team: Ines Vogel, NPI 1234567893"


def test_who_only_refers_is_not_the_servicing_provider() -> None:
    team = [{"sequence": 1, "provider": refer("Organization/clinic"), "role": concept("https://codesystem.x12.org/005010/98", "DN")}]
    assert one(asking(about=claim(careTeam=team))).servicing_provider is None
