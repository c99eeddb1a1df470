"""Messages of invented people as payers and providers send them, about the request that is known as TRACE-1."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ur_desk.domain.request import Member

PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition"
X12 = "https://codesystem.x12.org"
TRACE = "TRACE-1"
"""The sender's id of the request that the messages are about."""
MEMBER = Member(family="Okafor", given="Lena", member_id="DEMO-880017", birth_date=date(1971, 2, 14))
"""Whose request it is."""
AUTHORIZATION = "AUTH-7"
"""The number that the payer's response gives it."""

Json = dict[str, Any]


def x12_response() -> bytes:
    """A 278 response: the event approved (A1), its first line not (A3), on the second the payer is to be asked (CT), a part not read (AAA)."""
    event = ["HL*4*3*EV*1", f"TRN*2*{TRACE}*9123456789", "AAA*N**33*C", "UM*HS*I*4*11:B", f"HCR*A1*{AUTHORIZATION}"]
    lines = ["HL*5*4*SS*0", "HCR*A3**0B", "SV1*HC:76120", "HL*6*4*SS*0", "HCR*CT", "SV1*HC:72100"]
    return interchange(["BHT*0007*11*BATCH-9*20171002*1015*18", *people(), *event, *lines])


def x12_cancellation() -> bytes:
    """A 278 request that takes an authorization back (UM02 is 3, REF BB its number)."""
    event = ["HL*4*3*EV*0", "TRN*1*TRACE-2*9123456789", "UM*HS*3*4*11:B", f"REF*BB*{AUTHORIZATION}"]
    return interchange(["BHT*0007*13*BATCH-10*20171003*1015", *people(), *event])


def fhir_update() -> bytes:
    """A PAS bundle that changes a line of an authorization, which the line names."""
    about = _claim(
        "TRACE-3",
        meta={"profile": [f"{PAS}/profile-claim-update"]},
        related=[{"reference": {"value": "AN-ID-OF-ANOTHER-SYSTEM"}}],
        item=[
            _item()
            | {
                "extension": [
                    {"url": f"{PAS}/extension-infoChanged", "valueCode": "changed"},
                    {"url": f"{PAS}/extension-authorizationNumber", "valueString": AUTHORIZATION},
                ]
            }
        ],
    )
    return _bundle("request", about)


def fhir_request(trace: str, resource: str) -> bytes:
    """A PAS bundle that asks for a service: the sender's id, and the id of the resource."""
    return _bundle("request", _claim(trace, id=resource, item=[_item()]))


def fhir_update_of(reference: str) -> bytes:
    """A PAS bundle that changes a line of the request that it refers to by its resource alone."""
    changed = {"extension": [{"url": f"{PAS}/extension-infoChanged", "valueCode": "changed"}]}
    related = [{"claim": {"reference": reference}}]
    return _bundle(
        "request", _claim("TRACE-4", meta={"profile": [f"{PAS}/profile-claim-update"]}, related=related, item=[_item() | changed])
    )


def fhir_response() -> bytes:
    """A PAS bundle with the payer's answer: the line is not approved (A3)."""
    code = {"url": f"{PAS}/extension-reviewActionCode", "valueCodeableConcept": _concept(f"{X12}/005010/306", "A3")}
    review = {"url": f"{PAS}/extension-reviewAction", "extension": [{"url": "number", "valueString": AUTHORIZATION}, code]}
    answer = {
        "resourceType": "ClaimResponse", "id": "answer1", "meta": {"profile": [f"{PAS}/profile-claimresponse"]}, "status": "active",
        "identifier": [{"value": TRACE}], "use": "preauthorization", "patient": {"reference": "Patient/p1"},
        "created": "2017-10-02T09:00:00-05:00", "insurer": {"reference": "Organization/payer"}, "outcome": "complete",
        "item": [{"itemSequence": 1, "adjudication": [{"extension": [review]}]}],
    }  # fmt: skip
    return _bundle("response", answer)


MESSAGES = {
    "response.x12": x12_response,
    "cancellation.x12": x12_cancellation,
    "update.json": fhir_update,
    "answer.json": fhir_response,
}
"""Each message by the name of its file; the response comes before what names the authorization that it gives."""


def sent(folder: Path, name: str) -> Path:
    """The file of a message."""
    file = folder / name
    file.write_bytes(MESSAGES[name]())
    return file


def people() -> list[str]:
    """The plan, the requester and the patient, levels 1 to 3."""
    return [
        "HL*1**20*1", "NM1*X3*2*LAKESHORE HEALTH PLAN*****PI*LHP01", "HL*2*1*21*1", "NM1*1P*2*HARBOR SPINE CLINIC*****XX*1234567893",
        "HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA****MI*DEMO-880017", "DMG*D8*19710214*F",
    ]  # fmt: skip


def interchange(body: Sequence[str]) -> bytes:
    """A 278 with these segments between ST and SE."""
    guide = "005010X217"
    told = [
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*LHP            *171002*0930*^*00501*000000101*0*P*:",
        f"GS*HI*SENDER*LHP*20171002*0930*7*X*{guide}", f"ST*278*0001*{guide}", *body, f"SE*{len(body) + 2}*0001", "GE*1*7", "IEA*1*000000101",
    ]  # fmt: skip
    return ("~".join(told) + "~").encode()


def _concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def _item() -> Json:
    return {"sequence": 1, "productOrService": _concept("http://www.ama-assn.org/go/cpt", "76120"), "servicedDate": "2017-10-12"}


def _claim(trace: str, **more: Any) -> Json:
    return {
        "resourceType": "Claim", "id": "claim1", "identifier": [{"value": trace}], "status": "active", "use": "preauthorization",
        "type": _concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"), "patient": {"reference": "Patient/p1"},
        "created": "2017-10-03T09:00:00-05:00", "insurer": {"reference": "Organization/payer"},
        "priority": _concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal"),
        "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": _concept("http://hl7.org/fhir/sid/icd-10-cm", "M54.5")}],
    } | more  # fmt: skip


def _bundle(kind: str, about: Json) -> bytes:
    patient = {
        "resourceType": "Patient", "id": "p1", "identifier": [{"value": "DEMO-880017"}], "name": [{"family": "Okafor", "given": ["Lena"]}],
        "birthDate": "1971-02-14",
    }  # fmt: skip
    payer = {"resourceType": "Organization", "id": "payer", "name": "Lakeshore Health Plan"}
    entries = [{"fullUrl": f"https://clinic.example/{r['resourceType']}/{r['id']}", "resource": r} for r in (about, patient, payer)]
    told = {"resourceType": "Bundle", "meta": {"profile": [f"{PAS}/profile-pas-{kind}-bundle"]}, "type": "collection", "entry": entries}
    return json.dumps(told).encode()
