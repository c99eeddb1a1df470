"""What an order (ServiceRequest, DeviceRequest, MedicationRequest, NutritionOrder) asks for, and the days that elements of FHIR name."""

import re
from dataclasses import dataclass

from ur_desk.domain.intake.fields import day_of
from ur_desk.domain.visible import clip
from ur_desk.importers.fhir_bundle import View
from ur_desk.importers.fhir_codes import Coding, codings, service_coding, words_of
from ur_desk.importers.fhir_element import Element

ORDERS = ("ServiceRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder")
"""The resources that say which service a line means."""

_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?")
_ANNOTATION = re.compile(r"\{([^{}]*)\}")
_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The service of a line as a draft has it; all of it text, empty where not known."""

    code: str = ""
    system: str = ""
    description: str = ""
    quantity: str = ""
    unit: str = ""
    first_day: str = ""
    last_day: str = ""
    also: tuple[str, ...] = ()


def day(element: Element | None, key: str) -> str:
    """The day under a key as a draft has it; a time of day is left off, a date without its day is said and left out."""
    told = element.text(key).strip() if element else ""
    match = _INSTANT.fullmatch(told)
    if match and day_of(match[1]):
        return match[1]
    if told and element:
        element.doubt(key, "bad-date", "What stands here names no single day; it was left out.")
    return ""


def days(element: Element | None) -> tuple[str, str]:
    """First and last day of a period."""
    return day(element, "start"), day(element, "end")


def days_of(element: Element, name: str) -> tuple[str, str]:
    """First and last day of `nameDate`, `nameDateTime` or `namePeriod`; a single day is the first."""
    for suffix in ("Date", "DateTime"):
        if element.data.get(name + suffix) is not None:
            return day(element, name + suffix), ""
    return days(element.one(name + "Period"))


def amount(quantity: Element | None) -> tuple[str, str]:
    """Number and unit of a quantity; a bound instead of a number is said and left out."""
    if quantity is None:
        return "", ""
    if quantity.text("comparator"):
        quantity.doubt("comparator", "bad-number", "A bound such as “at most” is no amount; it was left out.")
        return "", ""
    unit = quantity.text("unit") or _ANNOTATION.sub(r"\1", quantity.text("code"))
    return quantity.number("value"), unit if unit != "1" else ""


def asked_in(concept: Element | None) -> Asked:
    """The code, its system and the words of a concept, with what else it is coded as."""
    found = service_coding(concept)
    if found is None:
        return Asked(description=words_of(concept))
    told, system = found
    also = tuple(_named(each) for each in codings(concept) if each.code != told.code)
    words = concept.text("text").strip() if concept else ""
    return Asked(told.code, system, words or told.display or words_of(concept), also=also)


def read_order(order: Element) -> Asked:
    """What an order asks for."""
    concept, quantity = _parts(order)
    asked = asked_in(concept)
    number, unit = amount(quantity)
    first, last = days_of(order, "occurrence")
    return Asked(asked.code, asked.system, asked.description, number, unit, first, last, (*asked.also, *_more(order)))


def follow_order(view: View, reference: Element | None) -> Element | None:
    """The order that a reference means."""
    return view.follow(reference, *ORDERS)


def _parts(order: Element) -> tuple[Element | None, Element | None]:
    """The concept and the quantity of an order, which each type keeps elsewhere."""
    if order.kind == "ServiceRequest":
        return order.one("code"), order.one("quantityQuantity")
    if order.kind == "DeviceRequest":
        return order.one("codeCodeableConcept"), None
    if order.kind == "MedicationRequest":
        dispense = order.one("dispenseRequest")
        return order.one("medicationCodeableConcept"), dispense.one("quantity") if dispense else None
    for part, key in (("oralDiet", "type"), ("supplement", "type"), ("enteralFormula", "baseFormulaType")):
        for each in order.many(part):
            concepts = each.many(key)
            if concepts:
                return concepts[0], each.one("quantity")
    return None, None


def _more(order: Element) -> list[str]:
    """What an order says besides: how often, notes, reasons in words."""
    timing = order.one("occurrenceTiming")
    repeat = timing.one("repeat") if timing else None
    told = [_rhythm(repeat)] if repeat else []
    told += [each.text("text") for each in order.many("note")]
    told += [words for each in order.many("reasonCode") if (words := words_of(each))]
    told += [each.text("text") for each in order.many("dosageInstruction")]
    return [text for text in told if text.strip()]


def _rhythm(repeat: Element) -> str:
    """How often a service is to be given, in words."""
    count, most = repeat.number("frequency"), repeat.number("frequencyMax")
    period, length = repeat.number("period"), repeat.number("duration")
    told = []
    if count and period:
        times = f"{count} to {most}" if most else count
        told.append(f"{times} times every {period} {_unit(repeat, 'periodUnit')}(s)")
    if length:
        longest = repeat.number("durationMax")
        told.append(f"{f'{length} to {longest}' if longest else length} {_unit(repeat, 'durationUnit')}(s) each")
    return ", ".join(told)


def _unit(repeat: Element, key: str) -> str:
    told = repeat.text(key)
    return _UNITS.get(told, clip(told))


def _named(told: Coding) -> str:
    system = told.system or told.address
    return f"also coded as {told.code}" + (f" ({system})" if system else "")
