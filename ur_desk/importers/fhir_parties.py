"""Who a Claim or a ClaimResponse is about: the patient, the coverage in question, the requesting and the servicing provider."""

from dataclasses import dataclass

from ur_desk.domain.typed import CoverageDraft, MemberDraft, ProviderDraft
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import codings
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_people import read_coverage, read_member, relationship
from ur_desk.importers.fhir_provider import read_provider

# roles of X12 code list 98 and of HL7's care team: who gives the service, and who only sent the patient
_GIVES = frozenset({"SJ", "82", "72", "71", "AAJ", "performing", "rendering", "attending", "operating"})
_SENDS = frozenset({"DK", "DN", "P3", "referring", "ordering", "supervisor"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Member and coverage of a draft; `patient` is the resource, and `remarks` what has no field of its own."""

    patient: Element | None
    member: MemberDraft
    coverage: CoverageDraft
    remarks: tuple[str, ...]


def read_parties(view: View, owner: Element) -> Parties:
    """Patient and coverage of a Claim or ClaimResponse; where it does not lead to them, the only ones in the file."""
    patient = view.follow(owner.one("patient"), "Patient") or view.only("Patient")
    return parties_of(view, patient, *_coverages(view, owner))


def parties_of(view: View, patient: Element | None, coverage: Element | None, others: list[Element]) -> Parties:
    """Member and coverage as these resources tell them."""
    told, payer = read_coverage(view, coverage, others)
    relation = relationship(coverage)
    remarks = [f"Payer: {payer}"] if payer and payer != told.plan else []
    if relation and relation.casefold() not in ("self", "18"):
        remarks.append(f"Relationship to the subscriber: {relation}")
    return Parties(patient, read_member(view, patient, coverage), told, tuple(remarks))


def servicing_provider(view: View, claim: Element, performer: Element | None) -> tuple[ProviderDraft, list[str]]:
    """Who is to give the service: of the care team the first who gives it, else whom the order names, else the facility.

    The rest of the team is told in words.
    """
    team = sorted(claim.every("careTeam"), key=_rank)
    if team and _rank(team[0]) < _SENT:
        told = read_provider(view, team[0].one("provider"), "servicing_provider")
        rest = team[1:]
    else:
        told = read_provider(view, performer or claim.one("facility"), "servicing_provider")
        rest = team
    named: dict[str, None] = {}
    for each in rest:
        other = read_provider(view, each.one("provider"), "care_team")
        line = ", ".join(part for part in (other.name, f"NPI {other.npi}" if other.npi else "") if part)
        if line and other != told:
            named[line] = None
    return told, [f"Also in the care team: {line}" for line in named]


_SENT = 3


def _rank(member: Element) -> int:
    roles = {each.code for each in codings(member.one("role"))}
    if roles & _GIVES:
        return 0
    if roles & _SENDS:
        return _SENT
    scope = member.extension("extension-careTeamClaimScope")
    return 1 if scope and scope.flag("valueBoolean") else 2


def _coverages(view: View, owner: Element) -> tuple[Element | None, list[Element]]:
    """The coverage in question and the member's others."""
    rows = owner.many("insurance")
    focal = [each for each in rows if each.flag("focal")]
    if len(rows) > 1 and len(focal) != 1:
        owner.doubt(
            "insurance", "focal-coverage", "Several coverages are named and not one of them as the one in question; the first was taken."
        )
    first = (focal or rows)[:1]
    found = view.follow(first[0].one("coverage"), "Coverage") if first else None
    others = [other for each in rows if each not in first and (other := view.follow(each.one("coverage"), "Coverage"))]
    return found or view.only("Coverage"), others
