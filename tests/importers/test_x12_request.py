"""What a 278 request says, rule by rule: who, what, how much, when, how urgent; what has no field stays readable in the notes."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import x12_text as x

from ur_desk.domain.codes import CodeSet, System
from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Channel, Kind, Provider, Request, Source, Urgency
from ur_desk.importers import extract, x12_278
from ur_desk.records.request import request_data

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def taken(body: Sequence[str], codeset: CodeSet | None = None) -> Extracted:
    return extract(x.file(body), "one.x12", codeset, NOW)


def one(**parts: object) -> Request:
    (request,) = taken(x.request(**parts)).requests  # type: ignore[arg-type]
    return request


def said(extracted: Extracted) -> list[tuple[str, str]]:
    return [(p.code, p.where.removeprefix("one.x12: ")) for p in extracted.problems if p.code != "missing-receipt"]


def notes(request: Request) -> list[str]:
    return (request.clinical_notes or "").splitlines()


def event(*segments: str, um: str = "UM*HS*I*4*11:B") -> list[str]:
    return ["HL*4*3*EV*1", um, "HI*ABK:M545", *segments]


def alone(*segments: str, um: str = "UM*HS*I*4*11:B") -> list[str]:
    return ["HL*4*3*EV*0", um, "HI*ABK:M545", *segments]


def line(*segments: str, number: int = 5) -> list[str]:
    return [f"HL*{number}*4*SS*0", *segments]


def test_a_plain_request_is_read_whole(codeset: CodeSet) -> None:
    extracted = taken(x.request(), codeset)
    assert [(p.code, p.where) for p in extracted.problems] == [("missing-receipt", "one.x12: segment 4 (BHT)")]
    (request,) = extracted.requests
    assert (request.reference, request.channel, request.kind) == ("REQ-1", Channel.X12, Kind.NEW)
    assert (request.member.family, request.member.given, request.member.member_id) == ("OKAFOR", "LENA", "LHP880017")
    assert (request.member.birth_date, request.member.sex, request.member.subscriber) == (date(1971, 2, 14), "F", None)
    assert request.requesting_provider == Provider(name="HARBOR SPINE CLINIC", npi="1234567893")
    assert request.coverage is not None
    assert request.coverage.plan == "LAKESHORE HEALTH PLAN"
    assert [(d.code, d.system, d.primary) for d in request.diagnoses] == [
        ("M54.50", System.ICD10CM, True),
        ("G89.29", System.ICD10CM, False),
    ]
    (service,) = request.services
    assert (service.line, service.code, service.system, service.raw) == (1, "76120", System.CPT, "HC:76120")
    assert (service.quantity, service.unit, service.first_day, service.last_day) == (Decimal(1), "UN", date(2026, 10, 12), None)
    assert service.place_of_service == "11"
    assert request.received_at is None
    assert request.source is not None
    assert (request.source.file, request.source.format) == ("one.x12", "x12-278")
    assert notes(request) == [
        "Also told by the X12 message:",
        "Made by the sender: 2026-10-01 0930",
        "Plan, id: PI LHP01",
        "Line 1: amount charged (SV102): 450",
        "Event: trace number: TRACE-1 (by 9123456789)",
        "Event: Request category (UM01): HS",
        "Event: Release of information (UM09): Y",
    ]


# who


DEPENDENT = ["HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "REF*6P*GRP-9", "DMG*D8*19710214*F"]
CHILD = [
    "HL*9*3*23*1",
    "NM1*QC*1*OKAFOR*TOBI*M**JR",
    "N3*12 PIER RD*APT 4",
    "N4*GARY*IN*46402",
    "PER*IC**TE*2195550100",
    "DMG*D8*20140306*M",
    "INS*N*19",
]


def test_the_dependent_is_the_patient_and_the_subscriber_is_kept() -> None:
    request = one(patient=[*DEPENDENT, *CHILD], event=["HL*4*9*EV*1", *x.EVENT[1:]])
    member = request.member
    assert (member.family, member.given, member.birth_date, member.sex) == ("OKAFOR JR", "TOBI M", date(2014, 3, 6), "M")
    assert (member.member_id, member.subscriber) == ("LHP880017", "LENA OKAFOR")
    assert (member.address, member.phone) == ("12 PIER RD\nAPT 4\nGARY, IN 46402", "2195550100")
    assert request.coverage is not None
    assert request.coverage.group == "GRP-9"
    assert "Relation of the patient to the subscriber (INS02): 19" in notes(request)


def test_a_dependent_with_an_id_of_its_own_keeps_it() -> None:
    child = ["HL*9*3*23*1", "NM1*QC*1*OKAFOR*TOBI****MI*LHP880018"]
    assert one(patient=[*DEPENDENT, *child], event=["HL*4*9*EV*1", *x.EVENT[1:]]).member.member_id == "LHP880018"


def test_a_social_security_number_is_taken_over_nowhere() -> None:
    patient = ["HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA****34*987654320", "REF*SY*987654320", "REF*F6*HIC-1"]
    requester = ["HL*2*1*21*1", "NM1*1P*1*REED*ANA****34*987654320"]
    extracted = taken(x.request(patient=patient, requester=requester))
    (request,) = extracted.requests
    assert "987654320" not in json.dumps(request_data(request))
    assert [code for code, _ in said(extracted)].count("ssn-left-out") == 2
    assert "Subscriber, REF F6: HIC-1" in notes(request)


def test_contacts_address_and_taxonomy_of_the_requester_are_read() -> None:
    requester = [
        "HL*2*1*21*1",
        "NM1*1P*1*REED*ANA***MD*XX*1234567893",
        "REF*1J*F-77**0B:X",
        "N3*1 HARBOR WAY",
        "N4*GARY*IN*46402*US",
        "PER*IC*FRONT DESK*TE*2195550101*EX*12*FX*2195550102",
        "PRV*PE*PXC*207X00000X",
    ]
    request = one(requester=requester)
    assert request.requesting_provider == Provider(
        name="ANA REED MD",
        npi="1234567893",
        phone="2195550101 ext. 12",
        fax="2195550102",
        contact="FRONT DESK",
        taxonomy="207X00000X",
        address="1 HARBOR WAY\nGARY, IN 46402\nUS",
    )
    assert "Requester, REF 1J: F-77 0B:X" in notes(request)


@pytest.mark.parametrize(
    ("names", "servicing", "noted"),
    [
        (["NM1*SJ*2*LAKE IMAGING*****XX*1234567893"], "LAKE IMAGING", []),
        (["NM1*DN*1*REED*ANA"], None, ["Named at the event (DN): ANA REED"]),
        (["NM1*FA*2*LAKE HOSPITAL", "NM1*SJ*1*REED*ANA"], "ANA REED", ["Named at the event (FA): LAKE HOSPITAL"]),
        (["NM1*71*1*REED*ANA****24*99", "PER*IC**TE*2195550101"], "ANA REED", ["Servicing provider, id: 24 99"]),
    ],
)
def test_who_gives_the_service_is_told_from_who_only_refers(names: list[str], servicing: str | None, noted: list[str]) -> None:
    request = one(event=event(*names))
    assert (request.servicing_provider and request.servicing_provider.name) == servicing
    assert [told for told in notes(request) if "Named" in told or "provider" in told] == noted


def test_a_provider_of_the_lines_serves_where_the_event_names_none() -> None:
    lines = [*line("SV1*HC:76120", "NM1*SJ*1*REED*ANA"), *line("SV1*HC:72100", "NM1*SJ*1*POOL*IRA", number=6)]
    extracted = taken(x.request(event=event(), lines=lines))
    (request,) = extracted.requests
    assert request.servicing_provider == Provider(name="ANA REED")
    assert "Line 2, named (SJ): IRA POOL" in notes(request)
    assert said(extracted) == [("several-providers", "segment 17 (NM1)")]


def test_an_id_in_the_wrong_element_is_doubted_and_not_moved() -> None:
    extracted = taken(x.request(requester=["HL*2*1*21*1", "NM1*1P*1*CLINIC****XX*1234567893"]))
    assert extracted.requests[0].requesting_provider == Provider(name="CLINIC")
    assert said(extracted) == [("elements-shifted", "segment 8 (NM1)")]


@pytest.mark.parametrize(
    ("nm1", "family"),
    [
        ("NM1*IL*1*OKA*FOR*LENA****MI*LHP880017", "OKA"),
        ("NM1*IL*1*OKAFOR*LENA****MI*LHP*880017", "OKAFOR"),
        ("NM1*IL*1*OKAFOR*LENA*****MI*LHP880017", "OKAFOR"),
        ("NM1*IL*1*OKAFOR**LENA***JR*MI*LHP880017", "OKAFOR"),
        ("NM1*IL*1*OKAFOR*LENA***MI*LHP880017", "OKAFOR"),
        ("NM1*IL*1*OKAFOR*LENA**MI*LHP880017", "OKAFOR"),
        ("NM1*IL*1*OKAFOR*LENA****LHP*880017", "OKAFOR"),
    ],
)
def test_a_separator_in_the_name_of_a_member_leaves_the_id_out_and_says_so(nm1: str, family: str) -> None:
    extracted = taken(x.request(patient=["HL*3*2*22*1", nm1, "DMG*D8*19710214*F"]))
    assert [(r.member.family, r.member.member_id) for r in extracted.requests] == [(family, None)]
    assert said(extracted) == [("elements-shifted", "segment 10 (NM1)"), ("missing-member", "segment 10 (NM1)")]


def test_a_shifted_dependent_is_not_given_the_subscribers_id() -> None:
    child = ["HL*9*3*23*1", "NM1*QC*1*OKAFOR*TOBI***MI*LHP880018"]
    extracted = taken(x.request(patient=[*DEPENDENT, *child], event=["HL*4*9*EV*1", *x.EVENT[1:]]))
    assert [(r.member.family, r.member.member_id) for r in extracted.requests] == [("OKAFOR", None)]
    assert said(extracted) == [("elements-shifted", "segment 14 (NM1)"), ("missing-member", "segment 14 (NM1)")]


def test_a_suffix_that_looks_like_a_kind_of_id_and_an_id_without_its_kind_are_no_shift() -> None:
    extracted = taken(x.request(patient=["HL*3*2*22*1", "NM1*IL*1*OKAFOR*LENA***II**LHP880017"]))
    assert [(r.member.family, r.member.member_id) for r in extracted.requests] == [("OKAFOR II", "LHP880017")]
    assert said(extracted) == []


@pytest.mark.parametrize("kind", ["34", "ZZ", "MI", ""])
def test_a_social_security_number_is_known_by_its_hyphens_whatever_its_kind_says(kind: str) -> None:
    nm1, provider = f"NM1*IL*1*OKAFOR*LENA****{kind}*987-65-4320", f"NM1*1P*1*REED*ANA****{kind}*987-65-4320"
    extracted = taken(x.request(patient=["HL*3*2*22*1", nm1], requester=["HL*2*1*21*1", provider]))
    (request,) = extracted.requests
    assert "987-65-4320" not in json.dumps(request_data(request))
    assert said(extracted) == [("ssn-left-out", "segment 10 (NM1)"), ("missing-member", "segment 10 (NM1)")]


@pytest.mark.parametrize(("kind", "codes"), [("MI", []), ("II", []), ("ZZ", ["member-id-unclear"]), ("", ["member-id-unclear"])])
def test_nine_digits_are_doubted_where_nothing_says_that_they_are_the_members_number(kind: str, codes: list[str]) -> None:
    extracted = taken(x.request(patient=["HL*3*2*22*1", f"NM1*IL*1*OKAFOR*LENA****{kind}*987654320"]))
    assert extracted.requests[0].member.member_id == "987654320"
    assert [code for code, _ in said(extracted)] == codes


@pytest.mark.parametrize("ref", ["REF*SY*987654320", "REF*1W*987-65-4320", "REF*1W*A7**SY:987654320", "REF*1W*A7*OLD 987-65-4320"])
def test_a_social_security_number_in_a_reference_goes_into_no_note(ref: str) -> None:
    bodies = [
        x.request(event=event(ref)),
        x.request(lines=line("SV1*HC:76120", ref)),
        x.request(patient=[*x.SUBSCRIBER, ref]),
        x.request(event=event("NM1*SJ*1*REED*ANA", ref)),
    ]
    for body in bodies:
        extracted = taken(body)
        (request,) = extracted.requests
        printed = json.dumps(request_data(request))
        assert "987654320" not in printed
        assert "987-65-4320" not in printed
        assert [code for code, _ in said(extracted)] == ["ssn-left-out"]
    assert ("Servicing provider, REF 1W: A7" in notes(request)) is ("SY:" in ref)


TWO_NAMES = {
    "another member": ["NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "NM1*IL*1*ADEYEMI*KOFI****MI*LHP990001", "DMG*D8*19710214*F"],
    "another number": ["NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "NM1*IL*1*OKAFOR*LENA****MI*LHP880018"],
    "another day of birth": ["NM1*IL*1*OKAFOR*LENA", "DMG*D8*19710214*F", "DMG*D8*20140306*F"],
    "a patient beside the insured": ["NM1*IL*1*OKAFOR*LENA****MI*LHP880017", "NM1*QC*1*OKAFOR*TOBI"],
}


@pytest.mark.parametrize("what", TWO_NAMES)
def test_two_members_at_one_level_keep_that_request_out_and_its_neighbours_in(what: str) -> None:
    second = ["HL*6*2*22*1", *TWO_NAMES[what], "HL*7*6*EV*1", "UM*HS*I*4", "HL*8*7*SS*0", "SV1*HC:72100"]
    extracted = taken(x.request(lines=[*x.LINE, *second]))
    assert [(r.member.family, [s.code for s in r.services]) for r in extracted.requests] == [("OKAFOR", ["76120"])]
    assert [p.code for p in extracted.problems if p.severity is Severity.ERROR] == ["two-members"]


def test_a_member_named_twice_alike_is_one_with_all_that_is_told_of_both() -> None:
    nm1 = "NM1*IL*1*OKAFOR*LENA****MI*LHP880017"
    extracted = taken(x.request(patient=["HL*3*2*22*1", "NM1*QC*1*Okafor*Lena", "N3*12 PIER RD", nm1, "DMG*D8*19710214*F"]))
    (request,) = extracted.requests
    assert (request.member.member_id, request.member.birth_date, request.member.address) == ("LHP880017", date(1971, 2, 14), "12 PIER RD")
    assert said(extracted) == []


def test_a_provider_at_the_level_of_the_member_is_never_taken_for_the_member() -> None:
    extracted = taken(x.request(patient=["HL*3*2*22*1", "NM1*P3*1*REED*ANA****XX*1234567893"]))
    (request,) = extracted.requests
    assert (request.member.family, request.member.member_id) == (None, None)
    assert "Subscriber, also named (P3): ANA REED, NPI 1234567893" in notes(request)
    assert said(extracted)[0] == ("member-role", "segment 10 (NM1)")


def test_a_dependent_without_a_name_is_not_the_subscriber() -> None:
    extracted = taken(x.request(patient=[*DEPENDENT, "HL*9*3*23*1", "DMG*D8*20140306*M"], event=["HL*4*9*EV*1", *x.EVENT[1:]]))
    assert extracted.requests == ()
    assert ("no-patient", "segment 13 (HL)") in said(extracted)


def test_an_event_of_the_subscriber_beside_a_dependent_who_asks_nothing_is_nobodys() -> None:
    extracted = taken(x.request(patient=[*DEPENDENT, *CHILD]))
    assert extracted.requests == ()
    assert ("hl-parent", "segment 20 (HL)") in said(extracted)
    both = taken(x.request(patient=[*DEPENDENT, *CHILD], lines=[*x.LINE, "HL*6*9*EV*1", "UM*HS*I*4", "HL*7*6*SS*0", "SV1*HC:72100"]))
    told = [(r.member.given, [s.code for s in r.services]) for r in both.requests]
    assert told == [("LENA", ["76120"]), ("TOBI M", ["72100"])]


# what is asked


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("I", Kind.NEW),
        ("R", Kind.RENEWAL),
        ("S", Kind.REVISION),
        ("4", Kind.EXTENSION),
        ("3", Kind.CANCELLATION),
        ("1", Kind.APPEAL),
        ("2", Kind.APPEAL),
        ("N", None),
        ("", None),
    ],
)
def test_um02_says_what_is_asked(code: str, kind: Kind | None) -> None:
    extracted = taken(x.request(event=event(um=f"UM*HS*{code}*4*11:B")))
    assert extracted.requests[0].kind is kind
    assert said(extracted) == ([("certification-type", "segment 13 (UM)")] if code == "N" else [])


@pytest.mark.parametrize(
    ("bht", "guide", "kind", "problems"),
    [
        ("BHT*0007*01*REQ-1*20261001*0930", "005010X217", Kind.CANCELLATION, []),
        ("BHT*0007*28*REQ-1*20261001*0930", "005010X215", Kind.INQUIRY, []),
        ("BHT*0007*14*REQ-1*20261001*0930", "005010X216", Kind.NOTIFICATION, []),
        ("BHT*0007*18*REQ-1*20261001*0930", "005010X217", Kind.NEW, []),
        ("BHT*0007*99*REQ-1*20261001*0930", "005010X217", Kind.NEW, ["purpose"]),
        (None, "005010X217", Kind.NEW, ["no-bht"]),
    ],
)
def test_bht02_and_the_guide_say_what_is_asked(bht: str | None, guide: str, kind: Kind, problems: list[str]) -> None:
    extracted = extract(x.text(x.interchange(x.request(bht=bht), guide=guide)), "one.x12", None, NOW)
    assert extracted.requests[0].kind is kind
    assert [code for code, _ in said(extracted)] == problems


def test_a_cancellation_may_name_no_service() -> None:
    extracted = taken(x.request(event=alone("REF*BB*AUTH-7", um="UM*HS*3"), lines=()))
    (request,) = extracted.requests
    assert request.kind is Kind.CANCELLATION
    assert "Event: Earlier authorization (REF BB): AUTH-7" in notes(request)
    assert request.decision == Decision(answers=("AUTH-7",))
    assert said(extracted) == [("no-service", "segment 13 (UM)")]


def test_a_new_request_is_about_no_earlier_one_whatever_it_refers_to() -> None:
    (request,) = taken(x.request(event=alone("REF*BB*AUTH-7"))).requests
    assert (request.kind, request.decision) == (Kind.NEW, None)


def test_an_extension_names_every_earlier_authorization_once() -> None:
    told = x.request(event=alone("REF*BB*AUTH-7", "REF*NT*P-1", "REF*BB*AUTH-7", um="UM*HS*4*3"))
    (request,) = taken(told).requests
    assert request.decision == Decision(answers=("AUTH-7", "P-1"))


def test_lines_say_what_is_asked_where_the_event_does_not() -> None:
    lines = [*line("UM*HS*R*4", "SV1*HC:76120"), *line("UM*HS*R*4", "SV1*HC:72100", number=6)]
    assert one(event=event(um="UM*HS**4*11:B"), lines=lines).kind is Kind.RENEWAL
    lines[1] = "UM*HS*I*4"
    extracted = taken(x.request(event=event(um="UM*HS**4*11:B"), lines=lines))
    assert extracted.requests[0].kind is None
    assert [code for code, _ in said(extracted)] == ["certification-type"]


def test_a_line_of_a_revision_says_what_becomes_of_it() -> None:
    told = [line(f"UM*HS*{code}*4", "SV1*HC:76120", number=n) for n, code in enumerate(["I", "S", "3", "R"], 5)]
    request = one(event=event(um="UM*HS*S*4*11:B"), lines=[s for each in told for s in each])
    assert [s.change for s in request.services] == ["added", "changed", "cancelled", None]
    assert [s.change for s in one(lines=line("UM*HS*I*4", "SV1*HC:76120")).services] == [None]


@pytest.mark.parametrize(
    ("um", "urgency", "by"),
    [
        ("UM*HS*I*4*11:B**03", Urgency.EXPEDITED, "requesting provider (UM06 03)"),
        ("UM*HS*I*4*11:B**U", Urgency.EXPEDITED, "requesting provider (UM06 U)"),
        ("UM*HS*I*4*11:B**E", Urgency.STANDARD, "requesting provider (UM06 E)"),
        ("UM*HS*I*4*11:B", Urgency.STANDARD, "requesting provider (UM06 left out: routine)"),
        ("UM*HS*1*4*11:B", Urgency.EXPEDITED, "requesting provider (UM02 1)"),
        ("UM*HS*I*4*11:B**soon", None, None),
    ],
)
def test_um06_says_how_urgent_it_is_and_who_said_so(um: str, urgency: Urgency | None, by: str | None) -> None:
    extracted = taken(x.request(event=event(um=um)))
    (request,) = extracted.requests
    assert (request.urgency, request.urgency_said_by) == (urgency, by)
    assert [code for code, _ in said(extracted)] == ([] if urgency else ["level-of-service"])


def test_the_most_urgent_line_is_how_urgent_the_request_is() -> None:
    request = one(event=event(um="UM*HS*I*4*11:B**E"), lines=line("UM*HS*I*4***U", "SV1*HC:76120"))
    assert (request.urgency, request.urgency_said_by) == (Urgency.EXPEDITED, "requesting provider (UM06 U)")


@pytest.mark.parametrize(
    ("um04", "place", "noted", "problems"),
    [
        ("22:B", "22", [], []),
        ("13:A:1", None, ["Event: Facility type (UM04): 13:A:1"], []),
        ("22", None, ["Event: Facility type (UM04): 22"], ["place-qualifier"]),
    ],
)
def test_um04_is_a_place_of_service_only_where_it_says_so(um04: str, place: str | None, noted: list[str], problems: list[str]) -> None:
    extracted = taken(x.request(event=event(um=f"UM*HS*I*4*{um04}")))
    (request,) = extracted.requests
    assert request.services[0].place_of_service == place
    assert [told for told in notes(request) if "UM04" in told] == noted
    assert [code for code, _ in said(extracted)] == problems


def test_causes_condition_prognosis_and_delay_stay_as_codes_in_the_notes() -> None:
    told = notes(one(event=event(um="UM*AR*I*4*21:B*AA:::IN*03*4*2*Y*7")))
    assert [t for t in told if "UM0" in t or "UM1" in t] == [
        "Event: Request category (UM01): AR",
        "Event: Related causes (UM05): AA IN",
        "Event: Condition of the patient (UM07): 4",
        "Event: Prognosis (UM08): 2",
        "Event: Release of information (UM09): Y",
        "Event: Reason of delay (UM10): 7",
    ]


# diagnoses


@pytest.mark.parametrize(
    ("hi", "codes", "problems"),
    [
        ("HI*ABK:M545*ABF:G8929", [("M54.5", "ICD-10-CM", True), ("G89.29", "ICD-10-CM", False)], []),
        ("HI*abk", [], ["no-diagnosis"]),
        ("HI*ABJ:M545*APR:R51:D8:20261002", [("M54.5", "ICD-10-CM", False), ("R51", "ICD-10-CM", False)], []),
        ("HI*BK:7245*BF:7231", [("7245", "ICD-9-CM", True), ("7231", "ICD-9-CM", False)], ["icd9-code", "icd9-code"]),
        ("HI*BK:M545", [("M545", "ICD-9-CM", True)], ["icd-qualifier", "icd9-code"]),
        ("HI*ABK:7245", [("7245", "ICD-10-CM", True)], ["icd9-code"]),
        ("HI*ABK:M545^ABF:G8929*ABF:M545", [("M54.5", "ICD-10-CM", True), ("G89.29", "ICD-10-CM", False)], []),
        ("HI*LOI:57021-8*DR:470", [], ["no-diagnosis"]),
        ("HI*ABK:M545*BO:76120", [("M54.5", "ICD-10-CM", True)], ["procedure-in-hi"]),
    ],
)
def test_a_diagnosis_keeps_the_list_that_its_qualifier_names(hi: str, codes: list[tuple[str, str, bool]], problems: list[str]) -> None:
    extracted = taken(x.request(event=["HL*4*3*EV*1", "UM*HS*I*4*11:B", hi]))
    (request,) = extracted.requests
    assert [(d.code, d.system.value, d.primary) for d in request.diagnoses] == codes
    assert [code for code, _ in said(extracted)] == problems
    assert {where for code, where in said(extracted) if code != "no-diagnosis"} <= {"segment 14 (HI)"}


def test_roles_days_and_other_lists_of_codes_stand_in_the_notes() -> None:
    told = notes(one(event=["HL*4*3*EV*1", "UM*HS*I*4", "HI*ABJ:M545:D8:20261002*LOI:57021-8"]))
    assert "Diagnosis M545: admitting (ABJ), of 2026-10-02" in told
    assert "Code of another list (HI LOI): 57021-8" in told


@pytest.mark.parametrize(
    ("hi", "note", "codes"),
    [
        ("HI*ABK:M17:11", "Diagnosis M17, also told: 11", ["diagnosis-cut"]),
        ("HI*ABK:M17:11:D8:20261002", "Diagnosis M17, also told: 11 D8 20261002", ["diagnosis-cut"]),
        ("HI*ABK:M170:D8", "Diagnosis M170, also told: D8", ["diagnosis-cut"]),
        ("HI*ABK:M170:D8:20261002:::::Y", "Diagnosis M170, also told: Y", []),
    ],
)
def test_what_a_separator_cut_off_a_diagnosis_is_told(hi: str, note: str, codes: list[str]) -> None:
    extracted = taken(x.request(event=["HL*4*3*EV*1", "UM*HS*I*4", hi]))
    assert note in notes(extracted.requests[0])
    assert said(extracted) == [(code, "segment 14 (HI)") for code in codes]


def test_a_service_before_october_2015_was_rightly_coded_in_icd9() -> None:
    extracted = taken(x.request(event=["HL*4*3*EV*1", "UM*HS*I*4", "DTP*472*D8*20150930", "HI*BK:7245"]))
    assert said(extracted) == []


# services


@pytest.mark.parametrize(
    ("segment", "code", "to", "system", "modifiers", "amount", "words"),
    [
        ("SV1*HC:76120:26:TC*450*UN*1", "76120", None, "CPT", ("26", "TC"), (Decimal(1), "UN"), None),
        ("SV1*HC:G0151::::::G0153", "G0151", "G0153", "HCPCS", (), (None, None), None),
        (
            "SV1*HC:76496:::::VIDEOFLUOROSCOPY OF THE SPINE*1*MJ*30.5",
            "76496",
            None,
            "CPT",
            (),
            (Decimal("30.5"), "MJ"),
            "VIDEOFLUOROSCOPY OF THE SPINE",
        ),
        ("SV1*N4:00002143380**F2*10", "00002143380", None, "NDC", (), (Decimal(10), "F2"), None),
        ("SV1*IV:ABC12", "ABC12", None, "other", (), (None, None), None),
        ("SV2*0120**900*DA*3*300", "0120", None, "revenue", (), (Decimal(3), "DA"), None),
        ("SV2*0360*HC:22612*24500*UN*1", "22612", None, "CPT", (), (Decimal(1), "UN"), None),
        ("SV3*AD:D7240*310****2*EXTRACTION", "D7240", None, "HCPCS", (), (Decimal(2), None), "EXTRACTION"),
    ],
)
def test_a_service_segment_gives_its_line(
    segment: str,
    code: str,
    to: str | None,
    system: str,
    modifiers: tuple[str, ...],
    amount: tuple[Decimal | None, str | None],
    words: str | None,
) -> None:
    extracted = taken(x.request(lines=line(segment)))
    assert said(extracted) == []
    (service,) = extracted.requests[0].services
    assert (service.code, service.code_to, service.system) == (code, to, system)
    assert (service.modifiers, service.quantity, service.unit, service.description) == (modifiers, *amount, words)


def test_what_a_service_segment_tells_besides_stands_in_the_notes() -> None:
    told = notes(one(lines=line("SV2*0360*HC:22612*24500*UN*1*****1", "TOO*JP*14", "TRN*1*L-1")))
    assert "Line 1: revenue code (SV201): 0360" in told
    assert "Line 1: amount charged (SV203): 24500" in told
    assert "Line 1: SV210: 1" in told
    assert "Line 1: TOO: TOO01=JP TOO02=14" in told
    assert "Line 1: trace number: L-1" in told


@pytest.mark.parametrize(
    ("segment", "problem", "severity"),
    [
        ("SV1*XX:76120", "procedure-qualifier", Severity.WARNING),
        ("SV1*HC:7612", "procedure-shape", Severity.WARNING),
        ("SV1*HC", "missing-service", Severity.WARNING),
        ("SV2*22612*HC*24500*UN*1", "elements-swapped", Severity.ERROR),
    ],
)
def test_a_service_that_cannot_be_known_is_doubted_at_its_segment(segment: str, problem: str, severity: Severity) -> None:
    extracted = taken(x.request(lines=line(segment)))
    assert len(extracted.requests) == (severity is not Severity.ERROR)
    assert said(extracted) == [(problem, f"segment 18 ({segment[:3]})")]


def test_an_event_without_lines_asks_for_its_service_type_and_never_for_a_cpt() -> None:
    (service,) = one(event=alone("HSD*VS*6"), lines=()).services
    assert (service.code, service.system, service.quantity, service.unit) == ("4", System.SERVICE_TYPE, Decimal(6), "VS")


def test_a_procedure_in_the_place_of_a_service_type_is_doubted_and_kept() -> None:
    extracted = taken(x.request(event=alone(um="UM*HS*I*29881*11:B"), lines=()))
    assert [(s.code, s.system) for s in extracted.requests[0].services] == [("29881", System.SERVICE_TYPE)]
    assert said(extracted) == [("service-type-shape", "segment 13 (UM)")]


def test_a_line_without_a_procedure_asks_for_its_own_service_type_or_the_events() -> None:
    lines = [*line("UM*HS*I*73"), *line("NM1*SJ*1*REED*ANA", number=6)]
    assert [(s.code, s.system) for s in one(lines=lines).services] == [("73", System.SERVICE_TYPE), ("4", System.SERVICE_TYPE)]


def test_a_line_that_tells_nothing_is_kept_with_its_number_and_doubted() -> None:
    extracted = taken(x.request(event=event(um="UM*HS*I"), lines=[*line("TRN*1*L-1"), *line("SV1*HC:76120", number=6)]))
    assert [(s.line, s.code, s.raw) for s in extracted.requests[0].services] == [(1, None, "HL*5*4*SS*0"), (2, "76120", "HC:76120")]
    assert said(extracted) == [("missing-service", "segment 15 (HL)")]


def test_a_request_without_any_service_is_refused_where_it_should_have_told_one() -> None:
    extracted = taken(x.request(event=alone(um="UM*HS*I"), lines=()))
    assert extracted.requests == ()
    assert ("no-service", "segment 13 (UM)") in said(extracted)


def test_services_outside_of_their_levels_are_lines_and_doubted() -> None:
    extracted = taken(x.request(event=alone("SV1*HC:76120", "SV1*HC:72100"), lines=()))
    assert [s.code for s in extracted.requests[0].services] == ["76120", "72100"]
    assert said(extracted) == [("service-level-missing", "segment 15 (SV1)")]
    extracted = taken(x.request(lines=line("SV1*HC:76120", "SV1*HC:72100")))
    assert [s.code for s in extracted.requests[0].services] == ["76120", "72100"]
    assert said(extracted) == [("several-services", "segment 19 (SV1)")]


@pytest.mark.parametrize(
    ("hsd", "number", "unit"),
    [
        ("HSD*VS*12", Decimal(12), "VS"),
        ("HSD*DY*3", Decimal(3), "DY"),
        ("HSD*VS*2*WK**34*3", Decimal(2), "visits each week, for 3 months"),
        ("HSD*VS*1*WK*2*35*8", Decimal(1), "visits every 2 weeks, for 8 weeks"),
        ("HSD*HS*4*DA*1*7*10*C*D", Decimal(4), "hours each day, for 10 days (pattern C, D)"),
        ("HSD*ZZ*4*Q", Decimal(4), "ZZ each Q"),
        ("HSD*****34*3", None, None),
    ],
)
def test_an_amount_over_periods_is_said_in_words_and_never_multiplied(hsd: str, number: Decimal | None, unit: str | None) -> None:
    (service,) = one(lines=line("SV1*HC:97110", hsd)).services
    assert (service.quantity, service.unit) == (number, unit)


def test_an_amount_of_the_event_is_noted_where_lines_have_their_own() -> None:
    request = one(event=event("HSD*VS*6"))
    assert "Event: amount (HSD): 6 VS" in notes(request)
    assert request.services[0].quantity == 1


def test_two_amounts_that_differ_are_doubted_and_both_kept() -> None:
    extracted = taken(x.request(lines=line("SV1*HC:97110**UN*1", "HSD*VS*2*WK**34*3")))
    (request,) = extracted.requests
    assert (request.services[0].quantity, request.services[0].unit) == (Decimal(1), "UN")
    assert "Line 1: amount (HSD): 2 visits each week, for 3 months" in notes(request)
    assert said(extracted) == [("two-amounts", "segment 19 (HSD)")]


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (["DTP*472*D8*20261012"], date(2026, 10, 12), None),
        (["DTP*472*RD8*20261012-20261130"], date(2026, 10, 12), date(2026, 11, 30)),
        (["DTP*AAH*RD8*20261012-20261130"], date(2026, 10, 12), date(2026, 11, 30)),
        (["DTP*435*D8*20261012", "DTP*096*D8*20261015"], date(2026, 10, 12), date(2026, 10, 15)),
        (["DTP*435*DT*202610121430"], date(2026, 10, 12), None),
        (["DTP*435*D8*20261010", "DTP*472*D8*20261012"], date(2026, 10, 12), None),
        (["DTP*439*D8*20260901"], None, None),
    ],
)
def test_days_of_the_event_are_those_of_its_lines(days: list[str], first: date | None, last: date | None) -> None:
    extracted = taken(x.request(event=event(*days)))
    (service,) = extracted.requests[0].services
    assert (service.first_day, service.last_day) == (first, last)
    assert said(extracted) == []


def test_a_lines_own_days_go_before_the_events_and_other_days_are_noted() -> None:
    days = ["DTP*472*D8*20261012", "DTP*439*D8*20260901", "DTP*435*DT*202610111430"]
    request = one(event=event(*days), lines=line("SV1*HC:76120", "DTP*472*D8*20261020"))
    assert request.services[0].first_day == date(2026, 10, 20)
    assert "Event: day 439: 2026-09-01" in notes(request)
    assert "Event: day 435: 202610111430" in notes(request)


@pytest.mark.parametrize(
    ("day", "problem", "where"),
    [
        ("DTP*472*D8*20261340", "bad-date", "segment 15 (DTP)"),
        ("DTP*472*TM*1430", "date-format", "segment 15 (DTP)"),
        ("DTP*472*RD8*20261012-20261001", "last-before-first", "segment 15 (DTP)"),
    ],
)
def test_a_day_that_cannot_be_read_is_doubted(day: str, problem: str, where: str) -> None:
    extracted = taken(x.request(event=event(day)))
    assert said(extracted) == [(problem, where)]


# the rest


def test_papers_are_announced_by_type_and_control_number() -> None:
    request = one(event=event("PWK*OZ*FX***AC*CTL-1"), lines=line("SV1*HC:76120", "PWK*M1*EL***AC*CTL-2*SEE RECORD"))
    assert [a.name for a in request.attachments] == [
        "Attachment (PWK): type OZ, by FX, control number CTL-1",
        "Attachment (PWK): type M1, by EL, control number CTL-2, SEE RECORD",
    ]
    assert all(a.sha256 is None for a in request.attachments)


def test_messages_stand_first_in_the_notes_and_every_other_segment_stays_readable() -> None:
    body = event("MSG*SIX WEEKS OF THERAPY FAILED.", "CL1*1*7*30", "CR1*LB*140*I*A*DH*12", "CRC*07*Y*01", "REF*NT*NOTE-4", "ZZ9*A")
    told = notes(one(event=body, lines=line("SV1*HC:76120", "MSG*AS ORDERED.")))
    assert told[:3] == ["SIX WEEKS OF THERAPY FAILED.", "Line 1: AS ORDERED.", ""]
    for words in (
        "Event: CL1: CL101=1 CL102=7 CL103=30",
        "Event: CR1: CR101=LB CR102=140 CR103=I CR104=A CR105=DH CR106=12",
        "Event: CRC: CRC01=07 CRC02=Y CRC03=01",
        "Event: Earlier reference of the plan (REF NT): NOTE-4",
        "Event: ZZ9: ZZ901=A",
    ):
        assert words in told


# levels


def two_patients() -> list[str]:
    second = ["HL*6*2*22*1", "NM1*IL*1*ADEYEMI*KOFI****MI*LHP990001"]
    return x.request(lines=[*x.LINE, *second, "HL*7*6*EV*1", "UM*HS*I*4", "HL*8*7*SS*0", "SV1*HC:72100"])


def test_every_event_of_a_transaction_is_a_request_of_its_own_patient() -> None:
    told = [(r.member.family, [s.code for s in r.services]) for r in taken(two_patients()).requests]
    assert told == [("OKAFOR", ["76120"]), ("ADEYEMI", ["72100"])]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("HL*5*4*SS*0", "HL*5*9*SS*0", ["hl-parent", "hl-children"]),
        ("HL*5*4*SS*0", "HL*5*3*SS*0", ["hl-parent"]),
        ("HL*4*3*EV*1", "HL*4*2*EV*1", ["hl-parent"]),
        ("HL*5*4*SS*0", "HL*4*4*SS*0", ["hl-number"]),
        ("HL*1**20*1", "HL*1*9*20*1", ["hl-parent"]),
        ("HL*4*3*EV*1", "HL*4*3*EV*0", ["hl-children"]),
    ],
)
def test_a_level_in_the_wrong_place_is_taken_where_it_can_only_belong(old: str, new: str, codes: list[str]) -> None:
    extracted = taken([new if s == old else s for s in x.request()])
    (request,) = extracted.requests
    assert (request.member.family, [s.code for s in request.services]) == ("OKAFOR", ["76120"])
    assert {code for code, _ in said(extracted)} <= set(codes)
    assert said(extracted)[0][0] == codes[0]


@pytest.mark.parametrize(("old", "new"), [("HL*7*6*EV*1", "HL*7*2*EV*1"), ("HL*8*7*SS*0", "HL*8*1*SS*0"), ("HL*8*7*SS*0", "HL*8**SS*0")])
def test_a_level_that_could_be_anothers_keeps_the_transaction_out(old: str, new: str) -> None:
    wrong = [new if s == old else s for s in two_patients()]
    extracted = extract(x.file(wrong, x.request(bht="BHT*0007*13*REQ-2*20261001*0931")), "one.x12", None, NOW)
    errors = [(p.code, p.where) for p in extracted.problems if p.severity is Severity.ERROR]
    assert errors == [("hl-parent", f"one.x12: transaction 1, segment {4 + wrong.index(new)} (HL)")]
    assert [r.reference for r in extracted.requests] == ["REQ-2"]


SECOND = ["NM1*IL*1*ADEYEMI*KOFI****MI*LHP990001"]
REPEATED = {
    "all numbers start again": ["HL*3*2*22*1", *SECOND, "HL*4*3*EV*1", "UM*HS*I*4", "HL*5*4*SS*0", "SV1*HC:72100"],
    "the patient's number": ["HL*3*2*22*1", *SECOND, "HL*7*3*EV*1", "UM*HS*I*4", "HL*8*7*SS*0", "SV1*HC:72100"],
    "the event's number": ["HL*6*2*22*1", *SECOND, "HL*4*6*EV*1", "UM*HS*I*4", "HL*7*4*SS*0", "SV1*HC:72100"],
    "an event's number on a patient": ["HL*4*2*22*1", *SECOND, "HL*7*4*SS*0", "SV1*HC:72100"],
    "a patient of no known kind": ["HL*6*2*2Z*1", *SECOND, "HL*7*6*EV*1", "UM*HS*I*4", "HL*8*7*SS*0", "SV1*HC:72100"],
    "no number beside a patient of no known kind": ["HL*6*2*2Z*1", *SECOND, "HL*7*99*EV*1", "UM*HS*I*4", "HL*8*7*SS*0", "SV1*HC:72100"],
    "an event before its patient": ["HL*7*6*EV*1", "UM*HS*I*4", "HL*6*2*22*1", *SECOND, "HL*8*7*SS*0", "SV1*HC:72100"],
}


@pytest.mark.parametrize("what", REPEATED)
def test_a_number_that_is_no_one_levels_keeps_the_transaction_out_and_its_neighbour_in(what: str) -> None:
    wrong = x.request(lines=[*x.LINE, *REPEATED[what]])
    extracted = extract(x.file(wrong, x.request(bht="BHT*0007*13*REQ-2*20261001*0931")), "one.x12", None, NOW)
    assert [r.reference for r in extracted.requests] == ["REQ-2"]
    errors = [p for p in extracted.problems if p.severity is Severity.ERROR]
    assert {p.code for p in errors} == {"hl-parent"}
    assert all("transaction 1, segment" in p.where for p in errors)


def test_two_patients_before_one_event_of_their_number_keep_the_transaction_out() -> None:
    extracted = taken(x.request(patient=[*x.SUBSCRIBER, "HL*3*2*22*1", *SECOND]))
    assert extracted.requests == ()
    assert ("hl-parent", "segment 14 (HL)") in said(extracted)


def test_a_number_repeated_on_another_kind_still_names_the_one_that_can_be_meant() -> None:
    extracted = taken([s.replace("HL*3*2*22*1", "HL*2*2*22*1").replace("HL*4*3*EV*1", "HL*4*2*EV*1") for s in x.request()])
    assert [r.member.family for r in extracted.requests] == ["OKAFOR"]
    assert [code for code, _ in said(extracted)] == ["hl-number"]


def test_what_hangs_under_a_lost_level_is_said_once() -> None:
    wrong = ["HL*4*1*EV*1" if s == "HL*4*3*EV*1" else s for s in two_patients()]
    extracted = taken([*wrong, "HL*9*2*22*1", "NM1*IL*1*LEE*MIN****MI*A9"])
    assert [p.code for p in extracted.problems if p.severity is Severity.ERROR] == []
    assert ("hl-parent", "segment 12 (HL)") in said(extracted)
    late = [*two_patients(), "HL*9*1*EV*1", "UM*HS*I*4", "HL*10*9*SS*0", "SV1*HC:72100"]
    assert [p.code for p in taken(late).problems if p.severity is Severity.ERROR] == ["hl-parent"]


@pytest.mark.parametrize("missing", ["umo", "requester", "patient"])
def test_a_level_that_is_missing_is_said_and_the_rest_is_read(missing: str) -> None:
    extracted = taken(x.request(**{missing: ()}))  # type: ignore[arg-type]
    (request,) = extracted.requests
    assert request.services[0].code == "76120"
    assert "hl-parent" in [code for code, _ in said(extracted)]
    assert (request.coverage is None, request.requesting_provider is None, request.member.family is None) == (
        missing == "umo",
        missing == "requester",
        missing == "patient",
    )


def test_a_level_of_no_known_kind_is_not_read() -> None:
    extracted = taken(x.request(lines=[*x.LINE, "HL*6*5*QQ*0", "SV1*HC:72100"]))
    assert [s.code for s in extracted.requests[0].services] == ["76120"]
    assert ("hl-level", "segment 19 (HL)") in said(extracted)


def test_a_request_without_an_event_level_is_read_from_its_patient() -> None:
    extracted = taken(x.request(patient=[*x.SUBSCRIBER, "UM*HS*I*4*11:B", "HI*ABK:M545", "SV1*HC:76120"], event=(), lines=()))
    (request,) = extracted.requests
    assert (request.kind, request.services[0].code, request.diagnoses[0].code) == (Kind.NEW, "76120", "M54.5")
    assert [code for code, _ in said(extracted)] == ["hl-children", "event-level-missing", "service-level-missing"]


@pytest.mark.parametrize(("body", "code"), [([x.BHT], "no-levels"), ([x.BHT, *x.UMO, *x.REQUESTER, *x.SUBSCRIBER], "no-event")])
def test_a_transaction_that_asks_nothing_is_refused(body: list[str], code: str) -> None:
    extracted = taken(body)
    assert extracted.requests == ()
    assert (code, "segment 3 (ST)") in said(extracted)


def test_too_many_lines_events_diagnoses_or_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [s for n in range(1000) for s in line("SV1*HC:76120", number=n + 5)]
    assert [code for code, _ in said(taken(x.request(lines=many)))] == ["too-many-services"]
    monkeypatch.setattr(x12_278, "MAX_EVENTS", 1)
    assert [code for code, _ in said(taken(two_patients()))] == ["too-many-events"]
    codes = [f"HI*{'*'.join(f'ABF:A{n + m:04}' for m in range(12))}" for n in range(0, 1200, 12)]
    assert ("too-many-diagnoses", "segment 98 (HI)") in said(taken(x.request(event=[*x.EVENT[:3], *codes])))
    monkeypatch.setattr(x12_278, "NOTES_LIMIT", 1000)
    assert [code for code, _ in said(taken(x.request(event=event("MSG*" + "x" * 1001))))] == ["too-long"]


def test_what_intake_prints_of_a_278_is_read_again_as_the_same() -> None:
    lines = [
        *line("SV1*HC:76496:26:::: SPINE :76499*450*UN*1", "PWK*M1*EL***AC*CTL-2"),
        *line("SV2*0120**900*DA*3", "HSD*VS*2*WK**34*3", number=6),
    ]
    bodies = [
        x.request(event=event("MSG*ONE  TWO", "DTP*435*D8*20261012"), lines=lines),
        two_patients(),
        x.request(patient=[*DEPENDENT, *CHILD], event=["HL*4*9*EV*1", *x.EVENT[1:]]),
    ]
    first = extract(x.file(*bodies), "one.x12", None, NOW)
    assert len(first.requests) == 4
    printed = json.dumps({"requests": [request_data(request) for request in first.requests]}).encode()
    again = extract(printed, "again.json", None, NOW)
    assert [request_data(r) | {"source": None} for r in again.requests] == [request_data(r) | {"source": None} for r in first.requests]
    assert again.requests[0].source != first.requests[0].source == Source("one.x12", "x12-278", first.requests[0].source.sha256)  # type: ignore[union-attr]
