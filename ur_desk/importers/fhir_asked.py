"""What of a batch is asked, what is answered, what only came along; and whether a Bundle is built as PAS has it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ur_desk.importers.fhir_bundle import Resources, sole
from ur_desk.importers.fhir_claim import profiles
from ur_desk.importers.fhir_element import Element, Node, Page
from ur_desk.importers.fhir_notes import DOCUMENTS

# what the guide's profiles are for; versions add more, so that a name that is not here is no mistake
_PROFILED = {
    "profile-pas-request-bundle": ("Bundle", "Claim"),
    "profile-pas-inquiry-request-bundle": ("Bundle", "Claim"),
    "profile-pas-response-bundle": ("Bundle", "ClaimResponse"),
    "profile-pas-inquiry-response-bundle": ("Bundle", "ClaimResponse"),
    "profile-claim": ("Claim", ""),
    "profile-claim-update": ("Claim", ""),
    "profile-claim-inquiry": ("Claim", ""),
    "profile-claimresponse": ("ClaimResponse", ""),
    "profile-claiminquiryresponse": ("ClaimResponse", ""),
}
NOTICES = frozenset({"Parameters", "SubscriptionStatus"})
"""The resources that only say that there is news."""
_MAIN = ("Claim", "ClaimResponse")


def requested(resources: Resources, page: Page) -> list[Node]:
    """The claims that ask something: neither the echo of an answer nor the earlier claim that another one names."""
    claims = resources.of("Claim")
    if _leads(resources.nodes) == "ClaimResponse":
        answers = echoes(resources)
        echoed = {echo.path for _, echo in answers if echo}
        claims = [node for node in claims if node.path not in echoed]
        if len(answers) == 1:
            _say_unanswered([] if echoed else claims, page)
            claims = []
    return _latest(claims, resources, page)


def _say_unanswered(claims: Sequence[Node], page: Page) -> None:
    if claims:
        message = "The answer in this file does not name this claim; nothing was taken from it. Where it asks for something itself, take it in alone."
        page.doubt(claims[0].path, "claim-not-answered", message)


def echoes(resources: Resources) -> list[tuple[Node, Node | None]]:
    """Each answer with the claim that it answers, None where the file does not hold it.

    Only an answer that names no claim is taken to answer the only one in the file, or one that names it by a search for a number
    where the claim has none; and only where their numbers do not contradict that.
    """
    answers, claims = resources.of("ClaimResponse"), resources.of("Claim")
    lone = claims[0] if len(claims) == 1 and len(answers) == 1 else None
    told = []
    for node in answers:
        found = _answered(resources, node)
        told.append((node, lone if found is None and lone and _may_answer(node, lone) else found))
    return told


def _may_answer(answer: Node, claim: Node) -> bool:
    """Whether an answer that does not lead to a claim may be one to this claim."""
    own, request = _identifiers(claim), answer.data.get("request")
    searches = "?" in _reference(request) and not own
    return (searches or not (_reference(request) or _numbers(request))) and not _contradict(_identifiers(answer), own)


def _answered(resources: Resources, answer: Node) -> Node | None:
    """The claim that an answer names, by its address, a search for its number, or its number."""
    request = answer.data.get("request")
    told = _reference(request)
    found = resources.find(told, answer) if told else None
    if found is None:
        named = [sole(resources.identified(system, value, ("Claim",))) for system, value in _numbers(request)]
        paths = {node.path for node in named if node}
        found = next((node for node in named if node), None) if len(paths) == 1 else None
    return found if found and found.kind == "Claim" else None


def _numbers(request: Any) -> list[tuple[str, str]]:
    """System and value of the identifiers by which a reference names a claim: its own, and those of a search."""
    searched = [part.partition("=")[2] for part in _reference(request).partition("?")[2].split("&") if part.startswith("identifier=")]
    told = [_number(request.get("identifier"))] if isinstance(request, dict) else []
    return [each for each in (*told, *((system, value) for system, _, value in (each.rpartition("|") for each in searched))) if each[1]]


def _identifiers(node: Node) -> set[tuple[str, str]]:
    told = node.data.get("identifier")
    return {number for each in told if (number := _number(each))[1]} if isinstance(told, list) else set()


def _number(identifier: Any) -> tuple[str, str]:
    told = [identifier.get(key) for key in ("system", "value")] if isinstance(identifier, dict) else []
    system, value = [each if isinstance(each, str) else "" for each in told] or ["", ""]
    return system, value


def _contradict(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> bool:
    """Whether two have numbers of one system and not one in common."""
    return bool({system for system, _ in first} & {system for system, _ in second}) and not first & second


def documents_of(resources: Resources, claims: Sequence[Node]) -> Callable[[Node], list[Node]]:
    """The documents of the patient of a claim or an order; those of nobody in particular belong to the only one.

    Where a patient has several claims in the file, none of them is known to be meant, unless it refers to the document itself.
    """
    documents: dict[str, list[Node]] = {}
    for node in resources.of(*DOCUMENTS):
        documents.setdefault(patient_of(resources, node), []).append(node)
    patients = Counter(patient_of(resources, claim) for claim in claims)
    only = len(claims) == 1

    def of(claim: Node) -> list[Node]:
        whose = patient_of(resources, claim)
        if only and not whose and len(documents.keys() - {""}) < 2 and len(resources.of("Patient")) < 2:
            return [node for nodes in documents.values() for node in nodes]
        own = documents.get(whose, ()) if whose and patients[whose] == 1 else ()
        return [*own, *(documents.get("", ()) if only else ())]

    return of


def check_bundle(bundle: Element, nodes: Sequence[Node]) -> None:
    """Says where a Bundle is not built as the guide has it: type, first entry, profile, entries without a resource."""
    empty = [each for each in bundle.every("entry") if not isinstance(each.data.get("resource"), dict)]
    if empty:
        more = f" There are {len(empty):,} of this kind." if len(empty) > 1 else ""
        empty[0].doubt("", "entry-without-resource", f"An entry holds no resource.{more}")
    unnamed = next((node for node in nodes if not node.kind), None)
    if unnamed:
        bundle.page.doubt(unnamed.path, "no-resource-type", "A resource does not name its kind (resourceType); it was left out.")
    leads = _leads(nodes)
    if leads and nodes[0].kind not in NOTICES:
        if bundle.text("type") != "collection":
            bundle.doubt(
                "type", "bundle-type", "A PAS Bundle is a “collection”; this one says that it is something else. It was read all the same."
            )
        if nodes[0].kind != leads:
            message = f"The first entry of a PAS Bundle is its {leads}; here it stands further down."
            bundle.page.doubt(nodes[0].path, "first-entry", message)
    for name in sorted(profiles(bundle)):
        kind, first = _PROFILED.get(name, ("Bundle", leads))
        if kind != "Bundle" or (leads and first != leads):
            bundle.doubt("meta", "wrong-profile", f"The Bundle claims the profile {name}, which does not fit to what it holds.")
    for node in nodes:
        if node.kind in _MAIN:
            _check_profile(bundle, node)


def _check_profile(bundle: Element, node: Node) -> None:
    resource = Element(bundle.page, node.data, node)
    told, around = profiles(resource), profiles(bundle)
    wrong = any(_PROFILED[name][0] != node.kind for name in told if name in _PROFILED)
    asks = {name for name in told | around if name in ("profile-pas-inquiry-request-bundle", "profile-claim-inquiry")}
    submits = {name for name in told | around if name in ("profile-pas-request-bundle", "profile-claim", "profile-claim-update")}
    if wrong or (asks and submits):
        resource.doubt("meta", "wrong-profile", f"The {node.kind} claims a profile that does not fit to it or to its Bundle.")


def _leads(nodes: Sequence[Node]) -> str:
    """Which of Claim and ClaimResponse stands first; empty where there is neither."""
    return next((node.kind for node in nodes if node.kind in _MAIN), "")


def _latest(claims: Sequence[Node], resources: Resources, page: Page) -> list[Node]:
    """The claims that no other claim names as an earlier one; those that name one another in a circle are all kept, and that is said."""
    earlier = {node.path: _earlier(node, resources) for node in claims}
    if not any(earlier.values()):
        return list(claims)
    named = {path for paths in earlier.values() for path in paths}
    seen: set[str] = set()
    waiting = [path for path in earlier if path not in named]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += earlier.get(path, ())
    circle = [node for node in claims if node.path not in seen]
    if circle:
        page.doubt(
            circle[0].path, "reference-cycle", "Claims name one another, or themselves, as the earlier one; each was read for itself."
        )
    return [node for node in claims if node.path not in named or node.path not in seen]


def _earlier(claim: Node, resources: Resources) -> list[str]:
    related = claim.data.get("related")
    told = [_reference(each.get("claim")) for each in related if isinstance(each, dict)] if isinstance(related, list) else []
    found = [resources.find(each, claim) for each in told if each]
    return [node.path for node in found if node is not None and node.kind == "Claim"]


def patient_of(resources: Resources, node: Node) -> str:
    """The path of the patient whom a resource is about, the reference where it leads to none; empty where nobody is named."""
    for reference in (node.data.get("patient"), node.data.get("subject")):
        told, number = _reference(reference), _number(reference.get("identifier")) if isinstance(reference, dict) else ("", "")
        if told.startswith("#"):
            return f"{node.path}{told}"
        if told or number[1]:
            found = resources.find(told, node) if told else sole(resources.identified(*number, ("Patient",)))
            return found.path if found else told or "|".join(number)
    return ""


def _reference(value: object) -> str:
    told = value.get("reference") if isinstance(value, dict) else None
    return told.strip() if isinstance(told, str) else ""
