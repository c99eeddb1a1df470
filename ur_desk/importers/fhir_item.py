"""The items of a claim to service lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ur_desk.domain.intake.typed import ServiceDraft
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import Coding, code_of, codings, service_coding, words_of
from ur_desk.importers.fhir_element import Element
from ur_desk.importers.fhir_order import Asked, amount, asked_in, days_of, follow_order, read_order

CANCEL = "3"
"""The certification type that cancels (X12 code list 1322)."""
_PLACES = "place-of-service"
# an inquiry asks by what an earlier decision said; no other claim may hold these
_CRITERIA = {
    "extension-reviewActionCode": "action",
    "extension-itemCertificationIssueDate": "issued",
    "extension-itemCertificationEffectiveDate": "in force from",
    "extension-itemCertificationExpirationDate": "in force to",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A service line of the draft, its certification type, the numbers of earlier decisions, and what has no field of its own.

    `performer` is the reference by which its order names who is to give the service.
    """

    draft: ServiceDraft
    certification: str = ""
    authorizations: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    inquires: bool = False
    performer: Element | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the line takes a service back."""
        return self.draft.change == "cancelled"


def numbers(items: Sequence[Element], key: str) -> list[int]:
    """The items' own numbers where each has one of its own, else their order in the file, which is said."""
    told = [int(text) if (text := each.number(key)).isascii() and text.isdigit() and len(text) < 6 else 0 for each in items]
    if 0 in told or len(set(told)) < len(told):
        items[0].doubt(
            key, "line-numbers", "The items are not numbered with whole numbers from 1, each once; they were numbered in their order."
        )
        return list(range(1, len(told) + 1))
    return told


def read_items(view: View, claim: Element, event: tuple[str, str]) -> list[Line]:
    """The lines of a claim; `event` are the days that stand for the whole claim, for lines that have none of their own."""
    items = claim.every("item")
    general, facility = _general_order(view, claim), _place_of(view, claim.one("facility"))
    if not items:
        return [_placed(_ordered(view, general, event), facility)] if general else []
    lines = []
    for row, (number, item) in enumerate(zip(numbers(items, "sequence"), items, strict=True), 1):
        order = follow_order(view, _requested(item)) or (general if len(items) == 1 else None)
        view.places[f"services.{row}"] = item.path
        _places(view, row, item)
        line = _line(item, number, order, event)
        lines.append(_placed(line, _place_of(view, item.one("locationReference")) or facility))
    return lines


def certification(owner: Element) -> str:
    """The certification type of a claim or an item (X12 code list 1322), empty where none is told."""
    told = owner.extension("extension-certificationType")
    if told is None:
        return ""
    return told.value() if told.one("valueCodeableConcept") is None else code_of(told.one("valueCodeableConcept"))


def _requested(item: Element) -> Element | None:
    told = item.extension("extension-requestedService")
    return told.one("valueReference") if told else None


def _place_of(view: View, reference: Element | None) -> str:
    """The place of service that a Location is typed as; empty where it is typed as none."""
    location = view.follow(reference, "Location")
    told = [code for each in location.many("type") for code in codings(each)] if location else []
    return next((each.code for each in told if _is_place(each)), "")


def _placed(line: Line, place: str) -> Line:
    return line if line.draft.place_of_service or not place else replace(line, draft=replace(line.draft, place_of_service=place))


def _general_order(view: View, claim: Element) -> Element | None:
    """The order that a claim names for all of its items."""
    prescription = claim.one("prescription")
    if prescription is None:
        return None
    reference = _requested(prescription) or (prescription if prescription.text("reference") else None)
    return view.follow(reference, "ServiceRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder", "VisionPrescription")


def _ordered(view: View, order: Element, event: tuple[str, str]) -> Line:
    """The line of a claim that has no items of its own: what its order asks for."""
    view.places["services.1"] = order.path
    return ordered_line(order, 1, event)


def ordered_line(order: Element, number: int, event: tuple[str, str] = ("", "")) -> Line:
    """What an order asks for as a service line."""
    return replace(_of(read_order(order), number, event), performer=_performer(order))


def _performer(order: Element | None) -> Element | None:
    if order is None:
        return None
    return next(iter(order.many("performer")), None) if order.kind == "ServiceRequest" else order.one("performer")


def _of(asked: Asked, number: int, event: tuple[str, str]) -> Line:
    first, last = (asked.first_day, asked.last_day) if asked.first_day or asked.last_day else event
    draft = ServiceDraft(
        line=str(number),
        code=asked.code,
        system=asked.system,
        quantity=asked.quantity,
        unit=asked.unit,
        description=asked.description,
        first_day=first,
        last_day=last,
    )
    return Line(draft, remarks=asked.also)


def _line(item: Element, number: int, order: Element | None, event: tuple[str, str]) -> Line:
    asked = _asked(item, order)
    line = _of(asked, number, event)
    end, beyond = _end(item, asked)
    draft = replace(
        line.draft,
        code_to=end,
        modifiers=", ".join(told[0].code for each in item.many("modifier") if (told := codings(each))),
        place_of_service=_place(item),
        change=_change(item),
        raw="" if _says_something(line.draft) else f"item {number}",
    )
    if item.data.get("detail"):
        item.doubt("detail", "details-left-out", "The item is broken down further; the parts were not read. Look at the file.")
    found = {label: each for name, label in _CRITERIA.items() if (each := item.extension(name))}
    criteria = ", ".join(f"{label} {_criterion(each)}" for label, each in found.items())
    return Line(
        draft,
        certification(item),
        authorization_numbers(item),
        (*line.remarks, *beyond, *_remarks(item, asked), *([f"asks by {criteria}"] if criteria else [])),
        inquires=bool(found),
        performer=_performer(order),
    )


def _end(item: Element, asked: Asked) -> tuple[str, list[str]]:
    """The last code of a range of services; one of another system ends no range, and is kept as a remark."""
    extension = item.extension("extension-productOrServiceCodeEnd")
    concept = extension.one("valueCodeableConcept") if extension else None
    found = service_coding(concept)
    if found is None or extension is None:
        return "", []
    told, system = found
    if asked.code and system == asked.system:
        return told.code, []
    extension.doubt(
        "",
        "range-of-two-systems",
        "The range of services ends on a code of another system than it begins with; only its beginning was taken.",
    )
    return "", [f"range to {told.code} ({system or 'no system'})"]


def _says_something(draft: ServiceDraft) -> bool:
    return bool(draft.code or draft.description or draft.first_day or draft.quantity)


def _asked(item: Element, order: Element | None) -> Asked:
    """What an item asks for: its own words and codes first, then its order's, then its revenue code or service type."""
    own = asked_in(item.one("productOrService"))
    ordered = read_order(order) if order else Asked()
    if own.code and ordered.code and own.code.upper() != ordered.code.upper():
        item.doubt(
            "productOrService", "order-disagrees", "The item and the order that it refers to name different services; the item's was taken."
        )
    chosen = own if own.code else ordered if ordered.code else own
    if not chosen.code:
        for key in ("revenue", "category"):
            other = asked_in(item.one(key))
            if other.code:
                chosen = replace(other, description=own.description or ordered.description or other.description)
                break
    number, unit = amount(item.one("quantity"))
    first, last = days_of(item, "serviced")
    dated = (first, last) if first or last else (ordered.first_day, ordered.last_day)
    counted = (number, unit) if number else (ordered.quantity, ordered.unit)
    words = (chosen.description or ordered.description, words_of(item.one("bodySite")))
    description = "; ".join(part for part in words if part.strip())
    return Asked(chosen.code, chosen.system, description, *counted, *dated, also=(*own.also, *ordered.also))


def _place(item: Element) -> str:
    """The place of service where the location is coded as one."""
    told = codings(item.one("locationCodeableConcept"))
    if not told:
        return ""
    place = next((each.code for each in told if _is_place(each)), "")
    if place:
        return place
    item.doubt("locationCodeableConcept", "place-of-service", "The location is not coded as a place of service; it was left out.")
    return ""


def _is_place(coding: Coding) -> bool:
    return _PLACES in coding.address.casefold().replace("_", "-") or (len(coding.code) == 2 and coding.code.isdigit())


def _change(item: Element) -> str:
    """What an update does to the item; older versions of the guide mark a cancelled item by an extension of another name."""
    for name in ("modifierextension-infoCancelled", "extension-infoCancelled", "extension-itemCancelled"):
        told = item.extension(name)
        if told and told.flag("valueBoolean"):
            return "cancelled"
    if certification(item) == CANCEL:
        return "cancelled"
    changed = item.extension("extension-infoChanged")
    return changed.value() if changed else ""


def authorization_numbers(owner: Element) -> tuple[str, ...]:
    """The numbers of earlier decisions that a claim or an item names."""
    found = (*owner.extensions("extension-authorizationNumber"), *owner.extensions("extension-administrationReferenceNumber"))
    return tuple(number for each in found if (number := each.value().strip()))


def _criterion(extension: Element) -> str:
    return extension.value() or code_of(extension.one("valueCodeableConcept"))


def _remarks(item: Element, asked: Asked) -> list[str]:
    """What an item says beside the service itself."""
    told = []
    for key, label in (("category", "service type"), ("revenue", "revenue code")):
        other = codings(item.one(key))
        if other and other[0].code != asked.code:
            words = f" ({other[0].display})" if other[0].display else ""
            told.append(f"{label} {other[0].code}{words}")
    epsdt = item.extension("extension-epsdtIndicator")
    if epsdt and epsdt.flag("valueBoolean"):
        told.append("EPSDT")
    told += [f"earlier authorization {number}" for number in authorization_numbers(item)]
    return told


_KEYS = {
    "code": "productOrService",
    "system": "productOrService",
    "description": "productOrService",
    "quantity": "quantity",
    "unit": "quantity",
    "modifiers": "modifier",
    "place_of_service": "locationCodeableConcept",
}


def _places(view: View, row: int, item: Element) -> None:
    for field, key in _KEYS.items():
        if key in item.data:
            view.places[f"services.{row}.{field}"] = f"{item.path}.{key}"
