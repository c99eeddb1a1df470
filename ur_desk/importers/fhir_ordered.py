"""Orders that came without a Claim, in a Bundle that still says what is asked, to the draft of a request."""

from collections.abc import Sequence

from ur_desk.domain.intake.typed import DiagnosisDraft, Draft
from ur_desk.importers.fhir_asked import patient_of
from ur_desk.importers.fhir_bundle import Resources, View, names_something
from ur_desk.importers.fhir_claim import diagnosis_rows
from ur_desk.importers.fhir_element import Element, Node
from ur_desk.importers.fhir_item import Line, ordered_line
from ur_desk.importers.fhir_notes import Notes
from ur_desk.importers.fhir_parties import parties_of
from ur_desk.importers.fhir_provider import read_provider

_URGENT = frozenset({"urgent", "asap", "stat"})


def ordered_draft(view: View, orders: Sequence[Element], documents: Sequence[Element]) -> Draft:
    """What the orders for one patient ask; whether authorization is asked at all only the sender can say."""
    first = orders[0]
    view.places[""] = first.path
    message = "The Bundle holds no Claim; what is asked was read from its orders. Ask the sender whether authorization is requested."
    first.doubt("", "no-claim", message)
    named = [each for each in first.many("insurance") if names_something(each)]
    coverage = next((found for each in named if (found := view.follow(each, "Coverage"))), None)
    coverage = coverage if named else view.only("Coverage")
    parties, notes = parties_of(view, first.one("subject") or first.one("patient"), coverage, []), Notes(view.room)
    lines = _lines(view, orders)
    diagnoses = _diagnoses(view, orders, notes)
    for each in documents:
        notes.document(each)
    remarks = [f"Line {line.draft.line}: {'; '.join(line.remarks)}" for line in lines if line.remarks]
    notes.say(first, "\n".join([*parties.remarks, *remarks]))
    urgent = next((told for each in orders if (told := each.text("priority")) in _URGENT), "")
    return Draft(
        member=parties.member,
        coverage=parties.coverage,
        services=tuple(line.draft for line in lines),
        diagnoses=diagnoses,
        reference=_reference(orders),
        channel="fhir",
        kind="new",
        urgency="expedited" if urgent else "",
        urgency_said_by=f"priority {urgent}" if urgent else "",
        requesting_provider=read_provider(view, first.one("requester"), "requesting_provider"),
        servicing_provider=read_provider(view, lines[0].performer, "servicing_provider"),
        clinical_notes=notes.text,
        attachments=tuple(notes.attachments),
    )


def by_patient(resources: Resources, nodes: Sequence[Node]) -> list[list[Node]]:
    """The orders of each patient together, in the order of the file."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(patient_of(resources, node), []).append(node)
    return list(groups.values())


def _lines(view: View, orders: Sequence[Element]) -> list[Line]:
    for row, order in enumerate(orders, 1):
        view.places[f"services.{row}"] = order.path
    return [ordered_line(order, number) for number, order in enumerate(orders, 1)]


def _diagnoses(view: View, orders: Sequence[Element], notes: Notes) -> tuple[DiagnosisDraft, ...]:
    told: list[DiagnosisDraft] = []
    seen: set[str] = set()
    for order in orders:
        conditions = [found for each in order.many("reasonReference") if (found := view.follow(each, "Condition", "Observation"))]
        concepts = [code for each in conditions if each.kind == "Condition" and (code := each.one("code"))]
        for concept in (*concepts, *order.many("reasonCode")):
            if concept.path not in seen:
                seen.add(concept.path)
                told += diagnosis_rows(view, concept, len(told) + 1, notes)
    return tuple(told)


def _reference(orders: Sequence[Element]) -> str:
    """The sender's own id of the first order that has one, else the id of the first resource."""
    numbers = (each.text("value").strip() for order in orders for each in order.many("identifier"))
    return next((number for number in numbers if number), orders[0].text("id"))
