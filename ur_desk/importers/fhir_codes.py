"""Codes of FHIR: which system an address means, and which of several codings says what is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ur_desk.domain.codes import System, has_shape
from ur_desk.importers.fhir_element import Element

# addresses without their scheme, as senders write them; HL7 terminology (THO) names the identifiers of the same systems
_SYSTEMS = {
    "hl7.org/fhir/sid/icd-10-cm": System.ICD10CM,
    "www.cms.gov/medicare/coding/icd10/icd-10-cm": System.ICD10CM,
    "urn:oid:2.16.840.1.113883.6.90": System.ICD10CM,
    "hl7.org/fhir/sid/icd-9-cm": System.ICD9CM,
    "hl7.org/fhir/sid/icd-9-cm/diagnosis": System.ICD9CM,
    "urn:oid:2.16.840.1.113883.6.103": System.ICD9CM,
    "snomed.info/sct": System.SNOMED,
    "urn:oid:2.16.840.1.113883.6.96": System.SNOMED,
    "www.ama-assn.org/go/cpt": System.CPT,
    "urn:oid:2.16.840.1.113883.6.12": System.CPT,
    "www.cms.gov/medicare/coding/hcpcsreleasecodesets": System.HCPCS,
    "terminology.hl7.org/codesystem/hcpcs-all-codes": System.HCPCS,
    "urn:oid:2.16.840.1.113883.6.14": System.HCPCS,
    "urn:oid:2.16.840.1.113883.6.285": System.HCPCS,
    "www.cms.gov/medicare/coding/icd10": System.ICD10PCS,
    "hl7.org/fhir/sid/icd-10-pcs": System.ICD10PCS,
    "urn:oid:2.16.840.1.113883.6.4": System.ICD10PCS,
    "hl7.org/fhir/sid/ndc": System.NDC,
    "urn:oid:2.16.840.1.113883.6.69": System.NDC,
    "www.nubc.org/revenue-code": System.REVENUE,
    "www.nubc.org/codesystem/revenuecodes": System.REVENUE,
    "urn:oid:2.16.840.1.113883.6.301.3": System.REVENUE,
}
_SERVICE_TYPE = re.compile(r"(?:codesystem|valueset)\.x12\.org/.*(?:^|/)1365")
_DIAGNOSES = (System.ICD10CM, System.ICD9CM, System.SNOMED)
_PROCEDURES = (System.CPT, System.HCPCS, System.ICD10PCS, System.NDC, System.REVENUE, System.SERVICE_TYPE)
_LONGEST_SERVICE_TYPE = 3
_ABSENT = "/data-absent-reason"


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding as it stands; `system` is None where its address is of no known system, or where there is none."""

    code: str
    system: System | None
    display: str
    address: str
    place: Element


def codings(concept: Element | None) -> list[Coding]:
    """The codings of a concept that have a code, in their order; one that says why there is none is none."""
    if concept is None or concept.data.get("coding") is None:
        return []
    told = []
    for each in concept.many("coding"):
        code, address = each.text("code").strip(), each.text("system").strip()
        if code and not address.endswith(_ABSENT):
            told.append(Coding(code, system_of(address), each.text("display"), address, each))
    return told


@lru_cache(maxsize=256)
def system_of(address: str) -> System | None:
    """The code system that an address names, in either scheme and any case; None where it is not known."""
    bare = address.strip().casefold().removeprefix("https://").removeprefix("http://").rstrip("/").split("|", 1)[0]
    return _SYSTEMS.get(bare) or (System.SERVICE_TYPE if _SERVICE_TYPE.fullmatch(bare) else None)


def code_of(concept: Element | None) -> str:
    """The first code of a concept, of whatever system; its words where it has no code."""
    told = codings(concept)
    return told[0].code if told else words_of(concept)


def words_of(concept: Element | None) -> str:
    """What a concept says in words: its text, or the first display of its codings; empty where it has none."""
    if concept is None:
        return ""
    return concept.text("text").strip() or next((d for each in concept.many("coding") if (d := each.text("display").strip())), "")


def has_code(concepts: Iterable[Element], *codes: str) -> bool:
    """Whether any of the concepts has one of these codes."""
    return any(each.code in codes for concept in concepts for each in codings(concept))


def diagnosis_coding(concept: Element | None) -> tuple[Coding, str] | None:
    """The coding that tells a diagnosis and its system as a draft has it; what is doubtful about the system is said."""
    told = _best(codings(concept), _DIAGNOSES)
    if told is None:
        return None
    _say_other(told, codings(concept))
    if told.system in _DIAGNOSES:
        return told, str(told.system)
    if told.address.casefold().rstrip("/").endswith("hl7.org/fhir/sid/icd-10"):
        told.place.doubt("system", "unknown-code-system", "ICD-10 without -CM is the edition of other countries; read as ICD-10-CM.")
        return told, System.ICD10CM
    like = has_shape(told.code.upper(), System.ICD10CM)
    rest = "It is written like ICD-10-CM and was read so; ask the sender." if like else "It was kept as it came."
    told.place.doubt("system", "unknown-code-system", f"{_unnamed(told)} {rest}")
    return told, System.ICD10CM if like else System.OTHER


def service_coding(concept: Element | None) -> tuple[Coding, str] | None:
    """The coding that tells a service and its system as a draft has it; an X12 service type is never taken for a procedure code."""
    told = _best(codings(concept), _PROCEDURES)
    if told is None:
        return None
    _say_other(told, codings(concept))
    code = told.code.upper()
    if told.system is System.HCPCS and has_shape(code, System.CPT):
        return told, System.CPT  # HCPCS level I is CPT
    if told.system is System.SERVICE_TYPE and len(code) > _LONGEST_SERVICE_TYPE:
        told.place.doubt(
            "code", "service-type-shape", "This is too long for an X12 service type; it may be a procedure code under a wrong system."
        )
    if told.system in _PROCEDURES:
        return told, str(told.system)
    told.place.doubt("system", "unknown-code-system", f"{_unnamed(told)} It was kept as it came.")
    return told, "" if not told.address else System.OTHER


def _say_other(told: Coding, others: Iterable[Coding]) -> None:
    """Two codes of one system in one concept do not translate one another; only the first is taken, and that is said."""
    other = next((each for each in others if told.system and each.system is told.system and each.code.upper() != told.code.upper()), None)
    if other:
        other.place.doubt(
            "code", "several-codes", "Another code of the same system stands here too; only the first was taken. Ask the sender."
        )


def _unnamed(told: Coding) -> str:
    return "The code names a system that is not known here." if told.address else "The code does not say which system it is of."


def _best(told: list[Coding], order: tuple[System, ...]) -> Coding | None:
    rank = {system: n for n, system in enumerate(order)}
    return min(told, key=lambda each: rank.get(each.system, len(rank)) if each.system else len(rank), default=None)
