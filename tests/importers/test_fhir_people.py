"""Patient, Coverage and the resources of providers: who is meant, and which number is the member's."""

from datetime import date
from typing import Any

import pytest
from fhir_builders import NPI, Json, asking, bundle, claim, concept, coverage, one, organizations, patient, refer, said, taken

from ur_desk.domain.request import Coverage, Member, Provider, Sex

MB = concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MB")
PATIENT, COVERAGE = "$.entry[4].resource", "$.entry[3].resource"


def about(who: Json | None = None, cover: Json | None = None, *more: Json) -> Json:
    return bundle(claim(), *organizations(), cover or coverage(), who or patient(), *more)


def test_the_member_is_the_patient_of_the_claim() -> None:
    assert one(about()).member == Member(
        family="Okafor",
        given="Lena Ada",
        member_id="DEMO-77",
        birth_date=date(1971, 2, 14),
        sex=Sex.F,
        address="12 Elm Street\nIndianapolis, IN 46204",
        phone="317-555-0142",
    )


@pytest.mark.parametrize(
    ("names", "family", "given"),
    [
        ([{"use": "maiden", "family": "Adeyemi"}, {"family": "Okafor", "given": ["Lena"]}], "Okafor", "Lena"),
        ([{"use": "nickname", "given": ["Leni"]}, {"use": "official", "family": "Okafor"}], "Okafor", None),
        ([{"use": "official", "family": "Old", "period": {"end": "2020-01-01"}}, {"use": "usual", "family": "Okafor"}], "Okafor", None),
        ([{"family": "Okafor", "given": ["Lena"], "suffix": ["Jr.", "PharmD"]}], "Okafor Jr.", "Lena"),
        ([], None, None),
    ],
)
def test_the_name_in_use_is_taken(names: list[Json], family: str | None, given: str | None) -> None:
    member = one(about(patient(name=names))).member
    assert (member.family, member.given) == (family, given)


def test_a_name_in_one_piece_is_not_parted() -> None:
    extracted = taken(about(patient(name=[{"text": "Lena Okafor"}])))
    assert extracted.requests[0].member.family == "Lena Okafor"
    assert said(extracted) == [("warning", "name-in-one-piece", f"{PATIENT}.name[0].text")]


@pytest.mark.parametrize(("told", "sex"), [("male", Sex.M), ("female", Sex.F), ("other", Sex.X), ("unknown", Sex.U)])
def test_gender_is_told_as_sex(told: str, sex: Sex) -> None:
    assert one(about(patient(gender=told))).member.sex is sex


def test_a_gender_that_fhir_does_not_know_is_left_out_without_repeating_it() -> None:
    extracted = taken(about(patient(gender="Weiblich")))
    assert extracted.requests[0].member.sex is None
    assert said(extracted) == [("warning", "unknown-value", f"{PATIENT}.gender")]
    assert "Weiblich" not in extracted.problems[0].message


def test_the_address_and_the_number_in_use_are_taken() -> None:
    who = patient(
        address=[{"use": "old", "city": "Gary"}, {"use": "home", "line": ["1 Oak", "Apt 2"], "city": "Toronto", "country": "CA"}],
        telecom=[
            {"system": "email", "value": "lena@example.org"},
            {"system": "phone", "value": "1", "use": "old"},
            {"system": "phone", "value": "2", "use": "mobile"},
        ],
        communication=[{"language": concept("urn:ietf:bcp:47", "en")}, {"language": concept("urn:ietf:bcp:47", "es", "Spanish"), "preferred": True}],
    )  # fmt: skip
    member = one(about(who)).member
    assert (member.address, member.phone, member.language) == ("1 Oak\nApt 2\nToronto\nCA", "2", "Spanish")


MARKED = {"type": MB, "value": "M-1"}
BY_SYSTEM = {"system": "http://plan.example/MIN", "value": "M-2"}
OTHER = {"system": "http://hl7.org/fhir/sid/us-medicare", "value": "M-3"}
SSN = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "000-00-0000"}
ENDED = MARKED | {"value": "OLD", "period": {"end": "2020-01-01"}}


@pytest.mark.parametrize(
    ("on_patient", "on_coverage", "subscriber", "number", "doubt"),
    [
        ([MARKED], [], "M-1", "M-1", None),
        ([BY_SYSTEM], [], None, "M-2", None),
        ([MARKED], [MARKED | {"value": "M-9"}], None, "M-9", "member-id-disagrees"),
        ([MARKED], [], "S-1", "M-1", "member-id-disagrees"),
        ([OTHER], [], "S-1", "S-1", None),
        ([ENDED, OTHER], [], "S-1", "S-1", None),
        ([OTHER], [], None, "M-3", "member-id-unclear"),
        ([SSN], [], None, None, "missing-member"),
        ([], [], None, None, "missing-member"),
        ([{"type": MB}], [], "S-1", "S-1", None),
    ],
)
def test_the_members_number_is_the_one_marked_so_then_the_subscribers_and_a_difference_is_said(
    on_patient: list[Json], on_coverage: list[Json], subscriber: str | None, number: str | None, doubt: str | None
) -> None:
    extracted = taken(about(patient(identifier=on_patient), coverage(identifier=on_coverage, subscriberId=subscriber)))
    assert extracted.requests[0].member.member_id == number
    assert [code for _, code, _ in said(extracted)] == ([doubt] if doubt else [])
    assert not any(text in p.message for p in extracted.problems for text in ("M-1", "M-3", "S-1", "000-00-0000"))


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        ({"system": "urn:oid:2.16.840.1.113883.4.1", "value": "000000000"}, []),
        ({"system": "http://hl7.org/fhir/sid/us-ssn", "type": MB, "value": "000000000"}, []),
        ({"type": concept("http://terminology.hl7.org/CodeSystem/v2-0203", "SS"), "value": "000000000"}, []),
        ({"value": "000-00-0000"}, ["social-security-number"]),
        (MARKED | {"value": "000-00-0000"}, ["social-security-number"]),
    ],
)
def test_a_social_security_number_is_never_kept(number: Json, doubt: list[str]) -> None:
    extracted = taken(about(patient(identifier=[number]), coverage(subscriberId=None)))
    assert extracted.requests[0].member.member_id is None
    assert [code for _, code, _ in said(extracted)] == [*doubt, "missing-member"]
    assert "000-00-0000" not in "".join(p.message for p in extracted.problems)
    assert one(about(patient(identifier=[number]), coverage(subscriberId="000-00-0000"))).member.member_id is None


def test_a_dependent_is_not_taken_for_the_subscriber() -> None:
    holder = {"resourceType": "RelatedPerson", "id": "r1", "name": [{"family": "Okafor", "given": ["Ben"]}]}
    child = concept("http://terminology.hl7.org/CodeSystem/subscriber-relationship", "child")
    cover = coverage(relationship=child, subscriber=refer("RelatedPerson/r1"), subscriberId="S-1")
    extracted = taken(about(None, cover, holder))
    (request,) = extracted.requests
    assert (request.member.member_id, request.member.subscriber) == ("DEMO-77", "Ben Okafor")
    assert request.clinical_notes == "Relationship to the subscriber: child"
    assert said(extracted) == []
    without = taken(about(patient(identifier=[]), cover, holder))
    assert without.requests[0].member.member_id == "S-1"
    assert said(without) == [("warning", "member-id-of-subscriber", f"{COVERAGE}.subscriberId")]


def test_the_subscriber_who_is_the_patient_needs_no_telling() -> None:
    cover = coverage(relationship=None, subscriber=refer("Patient/p1"))
    assert one(about(None, cover)).member.subscriber is None
    assert one(about(None, coverage(relationship=None, subscriber={"display": "Ben Okafor"}))).member.subscriber == "Ben Okafor"


def test_the_coverage_in_question_gives_plan_group_and_days_and_the_others_are_named() -> None:
    classes = [{"type": concept(None, "group"), "value": "GRP-9"}, {"type": concept(None, "plan"), "value": "PL", "name": "Demo Plan"}]
    cover = coverage(period={"start": "2026-01-01", "end": "2026-12-31"}, **{"class": classes})
    second = coverage(id="c2", payor=[{"display": "Other Health"}])
    insurance = [
        {"sequence": 1, "focal": False, "coverage": refer("Coverage/c2")},
        {"sequence": 2, "focal": True, "coverage": refer("Coverage/c1")},
    ]
    request = one(bundle(claim(insurance=insurance), *organizations(), cover, patient(), second))
    assert request.coverage == Coverage(
        plan="Demo Plan", group="GRP-9", first_day=date(2026, 1, 1), last_day=date(2026, 12, 31), other_coverage="Other Health"
    )
    assert request.clinical_notes == "Payer: Demo Health"


def test_without_a_plan_the_payer_is_the_plan() -> None:
    request = one(about())
    assert request.coverage == Coverage(plan="Demo Health", group="GRP-9")


def test_of_several_coverages_none_of_which_is_in_question_the_first_is_taken_and_that_is_said() -> None:
    insurance = [{"sequence": 1, "coverage": refer("Coverage/c1")}, {"sequence": 2, "coverage": refer("Coverage/c1")}]
    extracted = taken(asking(about=claim(insurance=insurance)))
    assert said(extracted) == [("warning", "focal-coverage", "$.entry[0].resource.insurance")]


def test_the_requesting_provider_is_told_by_the_resource_that_the_claim_names() -> None:
    assert one(about()).requesting_provider == Provider(name="Elm Spine Clinic", npi="1234567893", phone="317-555-0100", fax="317-555-0101")


def test_a_role_leads_to_its_practitioner_organization_and_place() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "role",
        "practitioner": refer("Practitioner/dr"),
        "organization": refer("Organization/clinic"),
        "location": [refer("Location/l1")],
        "specialty": [concept("http://nucc.org/provider-taxonomy", "208D00000X")],
    }
    doctor = {
        "resourceType": "Practitioner",
        "id": "dr",
        "identifier": [{"system": "http://example.org/ETIN", "value": "1"}, {"system": NPI, "value": "1679576722"}],
        "name": [{"family": "Vogel", "given": ["Ines"], "prefix": ["Dr."], "suffix": ["MD"]}],
    }
    place = {"resourceType": "Location", "id": "l1", "name": "Elm", "address": {"line": ["12 Elm Street"], "city": "Gary", "state": "IN"}}
    request = one(bundle(claim(provider=refer("PractitionerRole/role")), *organizations(), coverage(), patient(), role, doctor, place))
    assert request.requesting_provider == Provider(
        name="Ines Vogel",
        npi="1679576722",
        phone="317-555-0100",
        fax="317-555-0101",
        credential="MD",
        taxonomy="208D00000X",
        address="12 Elm Street\nGary, IN",
    )


@pytest.mark.parametrize(
    ("reference", "name", "npi"),
    [
        ({"identifier": {"system": NPI, "value": "1234567893"}}, "Elm Spine Clinic", "1234567893"),
        ({"identifier": {"system": NPI, "value": "1679576722"}, "display": "Ines Vogel"}, "Ines Vogel", "1679576722"),
        ({"display": "Ines Vogel"}, "Ines Vogel", None),
    ],
)
def test_a_provider_may_be_told_by_an_identifier_or_a_name_alone(reference: Json, name: str, npi: str | None) -> None:
    extracted = taken(asking(about=claim(provider=reference)))
    assert said(extracted) == []
    provider = extracted.requests[0].requesting_provider
    assert provider is not None
    assert (provider.name, provider.npi) == (name, npi)


def test_a_resource_without_a_name_has_the_one_that_the_reference_shows() -> None:
    nameless = organizations()[0] | {"name": None}
    tree = bundle(claim(provider=refer("Organization/clinic") | {"display": "Elm"}), nameless, organizations()[1], coverage(), patient())
    provider = one(tree).requesting_provider
    assert provider is not None
    assert (provider.name, provider.npi, provider.fax) == ("Elm", "1234567893", "317-555-0101")


def test_an_npi_with_a_wrong_digit_is_doubted_at_its_resource() -> None:
    clinic = organizations()[0] | {"identifier": [{"system": NPI, "value": "1234567890"}]}
    extracted = taken(bundle(claim(), clinic, organizations()[1], coverage(), patient()))
    assert said(extracted) == [("warning", "bad-npi", "$.entry[1].resource")]


WRONG: list[Any] = [7, "x", True, [], {}, [[]], ["x"], [7], {"a": {}}, [None], None]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("key", ["name", "identifier", "telecom", "address", "gender", "birthDate", "communication", "extension"])
def test_a_value_of_a_wrong_type_costs_no_more_than_itself(key: str, value: Any) -> None:
    extracted = taken(about(patient(**{key: value})))
    (request,) = extracted.requests
    assert request.member.birth_date == (None if key == "birthDate" else date(1971, 2, 14))
    assert all(where.startswith(PATIENT) for _, _, where in said(extracted))
