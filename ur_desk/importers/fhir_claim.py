"""A Claim of Da Vinci PAS, in any of its versions, to the draft of a request."""

from collections.abc import Sequence
from itertools import chain

from ur_desk.domain.intake.arriving import RESOURCE
from ur_desk.domain.intake.fields import ids_of
from ur_desk.domain.intake.prior import Decision
from ur_desk.domain.intake.typed import DiagnosisDraft, Draft
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import code_of, codings, diagnosis_coding, has_code, words_of
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_item import CANCEL, Line, authorization_numbers, certification, read_items
from ur_desk.importers.fhir_notes import Notes
from ur_desk.importers.fhir_order import days, days_of
from ur_desk.importers.fhir_parties import read_parties, servicing_provider
from ur_desk.importers.fhir_provider import read_provider
from ur_desk.importers.limits import MAX_SERVICES, too_many

# X12 code list 1322; what it has besides is not sent in a request for authorization
_KINDS = {
    "I": "new",
    "R": "renewal",
    "S": "revision",
    "1": "appeal",
    "2": "appeal",
    CANCEL: "cancellation",
    "4": "extension",
    "5": "notification",
}
# urgency is UM06, X12 code list 1338 (03 emergency, U urgent, E elective), beside FHIR's own priority
_LEVELS = {"03": "expedited", "U": "expedited", "E": "standard"}
_PRIORITIES = {"stat": "expedited", "normal": "standard", "deferred": "standard"}
_EVENT_DAYS = ("patientEvent", "admissionDates", "dischargeDates")
_UPDATES = "profile-claim-update"
_INQUIRIES = "profile-claim-inquiry"


def profiles(resource: Element) -> set[str]:
    """The last steps of the profiles that a resource claims, without their versions."""
    meta = resource.one("meta")
    told = meta.texts("profile") if meta else []
    return {each.split("|", 1)[0].rstrip("/").rsplit("/", 1)[-1] for each in told}


def claim_draft(view: View, claim: Element, inquiry: bool, documents: Sequence[Element]) -> Draft | None:
    """What a claim asks, None where it asks nothing that this program takes; `documents` came with it and are the patient's.

    `inquiry` says that the bundle asks for the state of an earlier request.
    """
    view.places |= {"": claim.path, "services": claim.at("item"), "diagnoses": claim.at("diagnosis")}
    if not _is_request(claim):
        return None
    parties, notes = read_parties(view, claim), Notes(view.room)
    lines = read_items(view, claim, _event(view, claim, notes))
    diagnoses = _diagnoses(view, claim, notes)
    servicing, team = servicing_provider(view, claim, next((line.performer for line in lines if line.performer), None))
    _support(view, claim, documents, notes)
    earlier = _earlier(view, claim)
    _remark(notes, claim, (*parties.remarks, *team, *(f"Names an earlier request: {told}" for told in earlier)), lines)
    kind, prior = _kind(claim, lines, inquiry), ids_of([*earlier, *authorization_numbers(claim), *_authorizations(lines)])
    urgency, said_by = _urgency(claim)
    return Draft(
        member=parties.member,
        coverage=parties.coverage,
        services=tuple(line.draft for line in lines),
        diagnoses=diagnoses,
        reference=(reference := _reference(view, claim)),
        traces=tuple(each for each in _identifiers(claim) if each != reference.strip()),
        channel="fhir",
        kind=kind,
        urgency=urgency,
        urgency_said_by=said_by,
        requesting_provider=read_provider(view, claim.one("provider"), "requesting_provider"),
        servicing_provider=servicing,
        clinical_notes=notes.text,
        attachments=tuple(notes.attachments),
        decision=Decision(answers=prior) if prior and kind != "new" else None,
    )


def _is_request(claim: Element) -> bool:
    """Whether a claim asks for authorization; says what else it is, and what is odd about its state."""
    use, status = claim.text("use"), claim.text("status")
    items = claim.data.get("item")
    if isinstance(items, list) and len(items) > MAX_SERVICES:
        claim.page.fail(claim.at("item"), "too-many-services", too_many(len(items)))
        return False
    if use == "claim" and not any(name.startswith("profile-claim") for name in profiles(claim)):
        message = "This claim asks to be paid (use: claim), not to be authorized. It belongs to the claims department."
        claim.page.fail(claim.at("use"), "claim-for-payment", message)
        return False
    if use == "predetermination":
        claim.doubt(
            "use", "predetermination", "The sender asks for an estimate before the service (predetermination), not for an authorization."
        )
    elif use != "preauthorization":
        claim.doubt("use", "use-not-preauthorization", "The claim does not say that it asks for authorization (use: preauthorization).")
    if status in ("draft", "entered-in-error"):
        claim.doubt("status", "status-not-active", f"The sender marks the claim as “{status}”. Ask whether it is meant to be worked on.")
    return True


def _reference(view: View, claim: Element) -> str:
    """The sender's own id of the request: its first identifier, else the id of the resource."""
    for each in claim.many("identifier"):
        if each.text("value").strip():
            view.places["reference"] = each.at("value")
            return each.text("value")
    return claim.text("id")


def _identifiers(claim: Element) -> tuple[str, ...]:
    """Every id that the sender gave it; that of the resource with its kind, as a later message refers to it."""
    named = [each.text("value") for each in claim.many("identifier")]
    return ids_of([*named, f"{RESOURCE}{claim.text('id')}" if claim.text("id") else ""])


def _kind(claim: Element, lines: Sequence[Line], inquiry: bool) -> str:
    """What the sender asks: inquiry, cancellation and update first, then what the certification types say."""
    if inquiry or _INQUIRIES in profiles(claim):
        return "inquiry"
    if any(line.inquires for line in lines):
        message = "The items ask by earlier decisions, which only an inquiry does, though no profile says so; it was taken for an inquiry."
        claim.doubt("meta", "wrong-profile", message)
        return "inquiry"
    own = certification(claim) or _old_certification(claim)
    if claim.text("status") == "cancelled" or own == CANCEL or (lines and all(line.cancelled for line in lines)):
        return "cancellation"
    codes = {own} if own else {line.certification for line in lines if not line.cancelled} - {""}
    kinds = {_KINDS.get(code, "") for code in codes}
    if "" in kinds:
        claim.doubt(
            "", "unknown-certification-type", "A certification type stands here that is not known; look at the file for what is asked."
        )
    changes, told = any(line.draft.change for line in lines), profiles(claim)
    if changes and told and _UPDATES not in told:
        claim.doubt(
            "meta",
            "wrong-profile",
            "The items change an earlier request, though the profile says that this is a new one; read as an update.",
        )
    updates = _UPDATES in told or changes or _replaces(claim)
    if updates and kinds <= {"new", ""}:
        return "revision"
    if len(kinds) > 1:
        claim.doubt(
            "", "mixed-certification-types", "The items ask for different things (certification types); say which kind of request it is."
        )
        return ""
    return next(iter(kinds), "new")


def _old_certification(claim: Element) -> str:
    """The certification type where the oldest versions of the guide put it: beside `use`."""
    beside = claim.one("_use")
    return certification(beside) if beside else ""


def _replaces(claim: Element) -> bool:
    return has_code((told for each in claim.many("related") if (told := each.one("relationship"))), "replaces")


def _urgency(claim: Element) -> tuple[str, str]:
    """How fast, and which element says so; where they differ the shorter clock is taken, and that is said."""
    told: list[tuple[str, str]] = []
    level = claim.extension("extension-levelOfServiceCode")
    code = code_of(level.one("valueCodeableConcept")) if level else ""
    if level and code and code not in _LEVELS:
        level.doubt(
            "",
            "unknown-level-of-service",
            "The level of service is none of emergency, urgent and elective; the urgency is not known from it.",
        )
    if code in _LEVELS:
        told.append((_LEVELS[code], f"levelOfServiceCode {code}"))
    priorities = [each.code for each in codings(claim.one("priority"))]
    known = next((each for each in priorities if each in _PRIORITIES), "")
    if priorities and not known:
        claim.doubt("priority", "unknown-priority", "The priority is none that FHIR knows; the urgency is not known from it.")
    if known:
        told.append((_PRIORITIES[known], f"priority {known}"))
    if len({urgency for urgency, _ in told}) > 1:
        claim.doubt(
            "priority", "urgency-disagrees", "Priority and level of service say different things; expedited was taken. Ask the sender."
        )
    return min(told, key=lambda each: each[0] != "expedited", default=("", ""))


def _event(view: View, claim: Element, notes: Notes) -> tuple[str, str]:
    """The days for which all lines are asked that have none of their own: event, stay, claim or encounter."""
    found: dict[str, tuple[str, str]] = {}
    for info in claim.every("supportingInfo"):
        for each in codings(info.one("category")):
            if each.code in _EVENT_DAYS and not _withdrawn(info):
                found.setdefault(each.code, days_of(info, "timing"))
    event, stay, leave = (found.get(name, ("", "")) for name in _EVENT_DAYS)
    stay = (stay[0], stay[1] or leave[0] or leave[1]) if any(stay) else ("", "")
    encounter = _encounter(view, claim)
    if encounter:
        for reason in encounter.many("reasonCode"):
            notes.say(reason, words_of(reason))
    told = (event, stay, days(claim.one("billablePeriod")), days(encounter.one("period")) if encounter else ("", ""))
    return next((each for each in told if any(each)), ("", ""))


def _encounter(view: View, claim: Element) -> Element | None:
    told = claim.extension("extension-Claim.encounter")
    reference = (
        told.one("valueReference") if told else next(chain.from_iterable(each.many("encounter") for each in claim.every("item")), None)
    )
    return view.follow(reference, "Encounter")


def _support(view: View, claim: Element, documents: Sequence[Element], notes: Notes) -> None:
    for info in claim.every("supportingInfo"):
        if not _withdrawn(info):
            notes.support(view, info)
    for each in documents:
        notes.document(each)


def _withdrawn(element: Element) -> bool:
    """Whether an update takes a part of the earlier request back."""
    told = element.extension("modifierextension-infoCancelled")
    return bool(told and told.flag("valueBoolean"))


def _diagnoses(view: View, claim: Element, notes: Notes) -> tuple[DiagnosisDraft, ...]:
    told: list[DiagnosisDraft] = []
    for each in claim.every("diagnosis"):
        if _withdrawn(each):
            each.doubt("", "diagnosis-withdrawn", "The update takes this diagnosis back; it was left out.")
            continue
        concept = each.one("diagnosisCodeableConcept")
        if concept is None:
            condition = view.follow(each.one("diagnosisReference"), "Condition")
            concept = condition.one("code") if condition else None
        primary = has_code(each.many("type"), "principal")
        told += diagnosis_rows(view, concept, len(told) + 1, notes, primary)
    return tuple(told)


def diagnosis_rows(view: View, concept: Element | None, row: int, notes: Notes, primary: bool = False) -> list[DiagnosisDraft]:
    """The diagnosis of a concept as a row of the draft; one that stands in words alone goes into the notes."""
    found = diagnosis_coding(concept)
    if found is None:
        if concept is not None and words_of(concept):
            concept.doubt("", "diagnosis-in-words", "A diagnosis stands here in words, without a code; it was kept in the notes.")
            notes.say(concept, f"Diagnosis: {words_of(concept)}")
        return []
    coding, system = found
    view.places[f"diagnoses.{row}"] = coding.place.path
    return [DiagnosisDraft(coding.code, system, primary="yes" if primary else "")]


def _remark(notes: Notes, claim: Element, remarks: Sequence[str], lines: Sequence[Line]) -> None:
    told = [*remarks, *(f"Earlier authorization {number}" for number in authorization_numbers(claim))]
    told += [f"Line {line.draft.line}: {'; '.join(line.remarks)}" for line in lines if line.remarks]
    notes.say(claim, "\n".join(told))


def _earlier(view: View, claim: Element) -> tuple[str, ...]:
    """The ids of the earlier request that the claim names, its own trace first."""
    told: list[str] = []
    for each in claim.many("related"):
        reference, number = each.one("claim"), each.one("reference")
        told += claim_ids(view, reference) if reference else []
        told += [number.text("value")] if number else []
        # the oldest senders put the earlier claim's id here
        told += [each.text("id")] if reference is None and number is None else []
    return ids_of(told)


def _authorizations(lines: Sequence[Line]) -> list[str]:
    return [number for line in lines for number in line.authorizations]


def claim_ids(view: View, reference: Element) -> list[str]:
    """The ids by which a reference names a claim: the claim's own where the file holds it, then those of the reference."""
    identifier, told = reference.one("identifier"), reference.text("reference").strip()
    found = view.resources.find(told, reference.node) if told else None
    ids = [each.text("value") for each in view.element(found).many("identifier")] if found and found.kind == "Claim" else []
    ids += [identifier.text("value")] if identifier else []
    searched = [part.partition("=")[2].rsplit("|", 1)[-1] for part in told.partition("?")[2].split("&") if part.startswith("identifier=")]
    named = told.split("/_history/", 1)[0].rsplit("/", 1)[-1].removeprefix("urn:uuid:").lstrip("#")
    return [*ids, *(searched if "?" in told else [named])]
