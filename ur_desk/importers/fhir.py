"""FHIR resources of a file to requests: Da Vinci PAS bundles of any version, and what stands in their place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, read
from ur_desk.domain.findings import Made, Problem
from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, Source
from ur_desk.domain.visible import clip
from ur_desk.domain.zones import offset_name
from ur_desk.importers.fhir_asked import NOTICES, check_bundle, documents_of, echoes, requested
from ur_desk.importers.fhir_bundle import Resources, View
from ur_desk.importers.fhir_claim import claim_draft, profiles
from ur_desk.importers.fhir_element import Element, Node, Page
from ur_desk.importers.fhir_order import ORDERS
from ur_desk.importers.fhir_ordered import by_patient, ordered_draft
from ur_desk.importers.fhir_parties import same_patient
from ur_desk.importers.fhir_response import outcome_draft, response_draft
from ur_desk.importers.fhir_words import refuse, refuse_hook
from ur_desk.importers.limits import MAX_SERVICES, Room, too_many

FHIR_FORMAT = "fhir-r4"
"""What the source of a request names as its format."""
_MESSAGES = ("Bundle", "Parameters", "Claim", "ClaimResponse", "OperationOutcome")
_INQUIRY_BUNDLE = "profile-pas-inquiry-request-bundle"


@dataclass(frozen=True, slots=True)
class _Batch:
    """Resources that may refer to one another, with the Bundle that holds them; lone resources of a file stand together without one."""

    nodes: list[Node]
    page: Page
    room: Room
    bundle: Element | None = None


def fhir_in(path: str, data: Any) -> list[tuple[str, dict[str, Any]]]:
    """The resources that an object of a file is or wraps, with their paths; none where it has nothing to do with FHIR."""
    if not isinstance(data, dict):
        return []
    if "resourceType" in data or (isinstance(data.get("hook"), str) and "hookInstance" in data):
        return [(path, data)]
    if "schema" in data:
        return []
    told: list[tuple[str, dict[str, Any]]] = []
    for key, value in data.items():
        if isinstance(value, list):
            told += [(f"{path}.{clip(key)}[{n}]", each) for n, each in enumerate(value) if _is_message(each)]
        elif _is_message(value):
            told.append((f"{path}.{clip(key)}", value))
    return told


def _is_message(value: Any) -> bool:
    """Whether an object is a resource that asks or answers; a Patient inside of somebody's own object does not make it FHIR."""
    return isinstance(value, dict) and value.get("resourceType") in _MESSAGES


def made_in(rows: Sequence[tuple[str, dict[str, Any]]]) -> Made | None:
    """When the sender made the messages of a file, by the sender's own clock; of several the earliest, which can only shorten a clock."""
    told = [
        made
        for _, data in rows
        if isinstance(kind := data.get("resourceType"), str)
        for key in ("timestamp", "created")
        if (made := _made(data.get(key), f"{clip(kind)}.{key}"))
    ]
    return min(told, key=lambda made: made.at, default=None)


def _made(value: Any, where: str) -> Made | None:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    offset = at.utcoffset()
    return Made(at.replace(tzinfo=None), None if offset is None else offset_name(offset), where)


def extract_fhir(
    rows: Sequence[tuple[str, dict[str, Any]]], source: Source, codeset: CodeSet | None, now: datetime
) -> tuple[list[Request], list[Problem]]:
    """The requests of the resources of a file, and every problem by its JSON path; a bad one does not keep the others out."""
    requests: list[Request] = []
    problems: list[Problem] = []
    for batch in _batches(rows):
        pages = []
        for draft, view in _drafts(batch):
            request, found = _read(replace(draft, source=replace(source, format=FHIR_FORMAT)), view, codeset, now)
            requests += [] if request is None else [request]
            pages.append(found)
        problems += batch.page.problems
        for found in pages:
            problems += found
    return requests, problems


def _read(draft: Draft, view: View, codeset: CodeSet | None, now: datetime) -> tuple[Request | None, list[Problem]]:
    if len(draft.services) > MAX_SERVICES:
        view.page.fail(_where(view.places, "services"), "too-many-services", too_many(len(draft.services)))
        return None, view.page.problems
    if any(p.severity is Severity.ERROR for p in view.page.problems):
        return None, view.page.problems
    reading = read(draft, codeset, now, Purpose.IMPORT)
    return reading.request, [*view.page.problems, *(replace(p, where=_where(view.places, p.where)) for p in reading.problems)]


def _where(places: dict[str, str], field: str) -> str:
    """The JSON path of a field of the draft, or of the nearest thing around it that has one."""
    while field and field not in places:
        field = field.rpartition(".")[0]
    return places[field]


def _batches(rows: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[_Batch]:
    """Each Bundle by itself, wherever it stands, and at last all lone resources together."""
    waiting = [Node(data, path) for path, data in reversed(rows)]
    alone, page, room = [], Page(), Room()
    while waiting:
        node = waiting.pop()
        own = Page()
        inner = list(_inside(Element(own, node.data, node)))
        nested = {each.path: each for each in inner if each.kind == "Bundle" or (each.kind == "Parameters" and _holds(each))}
        waiting += reversed(nested.values())
        rest = [each for each in inner if each.path not in nested]
        if node.kind == "Bundle":
            # a notice beside the answer that it announces says nothing more
            if not nested or any(each.kind not in NOTICES for each in rest):
                yield _Batch(rest, own, room, Element(own, node.data, node))
            continue
        page.take(own)
        alone += rest if inner else [node]
    if alone:
        yield _Batch(alone, page, room)


def _holds(parameters: Node) -> bool:
    return any(True for _ in _inside(Element(Page(), parameters.data, parameters)))


def _inside(holder: Element) -> Iterator[Node]:
    """The resources in the entries of a Bundle or in Parameters."""
    if holder.kind == "Parameters":
        parts = [each for parameter in holder.every("parameter") for each in (parameter, *parameter.every("part"))]
    else:
        parts = holder.every("entry") if holder.kind == "Bundle" else []
    for part in parts:
        resource = part.one("resource")
        if resource is not None:
            yield Node(resource.data, resource.path, part.text("fullUrl").strip() if holder.kind == "Bundle" else "")


def _drafts(batch: _Batch) -> Iterator[tuple[Draft, View]]:
    """The drafts that a batch tells, each with what it was read from; what tells none is said on the batch's page."""
    resources = Resources(batch.nodes, batch.page)
    if batch.bundle is not None:
        check_bundle(batch.bundle, batch.nodes)
    claims, answers = requested(resources, batch.page), echoes(resources)
    inquiry = batch.bundle is not None and _INQUIRY_BUNDLE in profiles(batch.bundle)
    found = bool(claims or answers)
    documents = documents_of(resources, claims)
    for claim in claims:
        view = _view(batch, resources)
        draft = claim_draft(view, view.element(claim), inquiry, [view.element(each) for each in documents(claim)])
        if draft is None:
            batch.page.take(view.page)
        else:
            yield draft, view
    echoed: set[str] = set()
    for answer, echo in answers:
        view = _view(batch, resources)
        response = view.element(answer)
        asked = same_patient(view, response, view.element(echo) if echo else None)
        if asked and asked.path in echoed:  # the services of one claim are told once, whatever number of answers it has
            asked = None
        echoed |= {asked.path} if asked else set()
        yield response_draft(view, response, asked), view
    for outcome in resources.of("OperationOutcome"):
        found = True
        view = _view(batch, resources)
        yield outcome_draft(view, view.element(outcome)), view
    if not found:
        yield from _without_claim(batch, resources)


def _view(batch: _Batch, resources: Resources) -> View:
    view = View(resources, Page(), batch.room)
    if batch.bundle is not None and "timestamp" in batch.bundle.data:
        view.places |= dict.fromkeys(("received_date", "received_time", "received_zone"), batch.bundle.at("timestamp"))
    return view


def _without_claim(batch: _Batch, resources: Resources) -> Iterator[tuple[Draft, View]]:
    """What a batch without Claim and answer tells: the orders of a Bundle, else a word on what it is."""
    orders = resources.of(*ORDERS)
    if batch.bundle is not None and orders:
        groups = by_patient(resources, orders)
        documents = documents_of(resources, [group[0] for group in groups])
        for group in groups:
            view = _view(batch, resources)
            came = [view.element(each) for each in documents(group[0])]
            yield ordered_draft(view, [view.element(each) for each in group], came), view
        return
    notices = [node for node in batch.nodes if _notifies(Element(Page(), node.data, node))]
    if notices:
        message = "The payer only says here that an answer is ready; the answer is not in the file. Ask for it ($inquire) and take that in."
        batch.page.fail(notices[0].path, "fhir-notification", message)
    elif batch.bundle is not None:
        said = "holds no Claim and no answer to one" if batch.nodes else "is empty"
        batch.page.fail(batch.bundle.path, "no-request", f"The Bundle {said}. Ask the sender to send it again.")
    else:
        _refuse_lone(batch)


def _refuse_lone(batch: _Batch) -> None:
    kinds: dict[str, list[Node]] = {}
    for node in batch.nodes:
        kinds.setdefault("hook" if "hookInstance" in node.data else node.kind, []).append(node)
    for kind, nodes in kinds.items():
        first = Element(batch.page, nodes[0].data, nodes[0])
        if kind == "hook":
            refuse_hook(first.path, first)
        else:
            refuse(first, len(nodes))


def _notifies(resource: Element) -> bool:
    """Whether a resource is the notice of a subscription: Parameters with the name of one, as R4 has it."""
    if resource.kind != "Parameters":
        return resource.kind == "SubscriptionStatus"
    return any(each.text("name") in ("subscription", "notification-event") for each in resource.every("parameter"))
