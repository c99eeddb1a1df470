"""Who a Claim or a ClaimResponse is about: the patient, the coverage in question, the requesting and the servicing provider."""

from dataclasses import dataclass

from ur_desk.domain.intake.typed import CoverageDraft, MemberDraft, ProviderDraft
from ur_desk.importers.fhir_bundle import View, names_something
from ur_desk.importers.fhir_codes import codings
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_people import is_patient, read_coverage, read_member, relationship
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
    """Patient and coverage of a Claim or ClaimResponse; where it names none, the only ones in the file."""
    return parties_of(view, owner.one("patient"), *_coverages(view, owner))


def parties_of(view: View, whose: Element | None, coverage: Element | None, others: list[Element]) -> Parties:
    """The patient whom a reference means, and the coverage; one of another person tells nothing of the member.

    Only where nobody is named the only patient of the file is meant: whoever is named and does not stand there is somebody else.
    """
    patient = view.follow(whose, "Patient") if names_something(whose) else view.only("Patient")
    told, payer = read_coverage(view, coverage, others)
    beneficiary = coverage.one("beneficiary") if coverage else None
    if coverage and beneficiary and not is_patient(view, beneficiary, patient, whose):
        message = "The coverage does not name the patient as its beneficiary; no number and no subscriber was taken from it."
        beneficiary.doubt("", "coverage-of-another", message)
        coverage = None
    relation = relationship(coverage)
    remarks = [f"Payer: {payer}"] if payer and payer != told.plan else []
    if relation and relation.casefold() not in ("self", "18"):
        remarks.append(f"Relationship to the subscriber: {relation}")
    return Parties(patient, read_member(view, patient, coverage), told, tuple(remarks))


def same_patient(view: View, response: Element, echo: Element | None) -> Element | None:
    """The claim that an answer names, where it is about the patient of the answer; about another one it is an error.

    Where it cannot be told that the patients are the same, nothing is to be taken from the claim, and that is said.
    """
    whose = response.one("patient")
    if echo is None or whose is None:
        return echo
    same = is_patient(view, echo.one("patient"), view.seek(whose, "Patient"), whose)
    if same is False:
        message = "The answer is about another patient than the claim that it answers. It was not taken; ask the payer."
        response.page.fail(whose.path, "answer-of-another-patient", message)
    elif same is None:
        message = "It cannot be told that the answer and the claim that it answers are about one patient; nothing was taken from the claim."
        whose.doubt("", "answer-of-another-patient", message)
    return echo if same else None


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
    named = first[0].one("coverage") if first else None
    found = view.follow(named, "Coverage") if names_something(named) else view.only("Coverage")
    others = [other for each in rows if each not in first and (other := view.follow(each.one("coverage"), "Coverage"))]
    return found, others
