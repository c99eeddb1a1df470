"""The services of a 278: procedures, ranges, amounts and days of each line; an event without lines asks for its service type."""

from dataclasses import dataclass

from ur_desk.domain.codes import System
from ur_desk.domain.intake.typed import ServiceDraft
from ur_desk.domain.visible import clip
from ur_desk.importers.x12_loops import SERVICES, Level, Unit
from ur_desk.importers.x12_review import change, place_of_service, service_type
from ur_desk.importers.x12_segments import Segment
from ur_desk.importers.x12_sheet import Sheet, days, plain

MAX_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400)."""

_SYSTEMS = {"HC": "", "AD": System.HCPCS.value, "N4": System.NDC.value}
"""The qualifier of a procedure (X12 element 235) to its code system; HC holds CPT and HCPCS alike, which the code's shape tells apart."""
_OTHER_SYSTEMS = ("ER", "ID", "IV", "WK", "ZZ")


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the elements of a service segment stand; 0 is nowhere."""

    composite: int
    unit: int
    quantity: int
    amount: int
    words: int = 0


_SHAPES = {
    "SV1": _Shape(composite=1, unit=3, quantity=4, amount=2),
    "SV2": _Shape(composite=2, unit=4, quantity=5, amount=3),
    "SV3": _Shape(composite=1, unit=0, quantity=6, amount=2, words=7),
}
_LONGEST_SERVICE_TYPE = 3
_VISITS = {"DY": "days", "FL": "units", "HS": "hours", "MN": "months", "VS": "visits"}
_EACH = {"DA": "day", "WK": "week", "MO": "month"}
_PERIODS = {"6": "hours", "7": "days", "21": "years", "26": "episodes", "27": "visits", "34": "months", "35": "weeks"}
"""Own words for HSD01, HSD03 and HSD05 (X12 elements 673, 355, 615), where an amount runs over periods."""
_SERVICE_DAY, _EVENT_DAY, _ADMITTED, _DISCHARGED = "472", "AAH", "435", "096"
"""DTP01 (X12 element 374) of the days that a line takes over."""


@dataclass(frozen=True, slots=True)
class _Span:
    """First and last day as texts, and the segment that tells them."""

    first: str = ""
    last: str = ""
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One service line: its draft, and the level that it stands on."""

    draft: ServiceDraft
    level: Level


def lines(unit: Unit, kind: str, sheet: Sheet) -> tuple[Line, ...]:
    """The lines of a request, numbered from 1 in their order."""
    span = _days(unit.event, (_SERVICE_DAY, _EVENT_DAY, _ADMITTED), sheet, "Event")
    rows = _rows(unit, sheet)
    sheet.found("services", unit.event.first("UM") or unit.event.head)
    if len(rows) > MAX_SERVICES:
        message = f"The request has {len(rows):,} service lines; {MAX_SERVICES} are read. Ask the sender to send it in parts."
        sheet.report.error("too-many-services", unit.event.head.place, message)
        return ()
    told = tuple(_line(number, unit, level, service, kind, span, sheet) for number, (level, service) in enumerate(rows, 1))
    hsd = unit.event.first("HSD")
    if hsd is not None and unit.services:
        sheet.tell("Event: amount (HSD)", " ".join(_amount(hsd)))
    return told


def _rows(unit: Unit, sheet: Sheet) -> list[tuple[Level, Segment | None]]:
    rows: list[tuple[Level, Segment | None]] = []
    for level in unit.services:
        told = [s for s in level.own if s.tag in SERVICES]
        if len(told) > 1:
            sheet.report.doubt("several-services", told[1].place, "One service level holds several services; each was read as a line.")
        kept: list[Segment | None] = [*told] or [None]
        rows += [(level, service) for service in kept]
    loose = [s for s in unit.event.own if s.tag in SERVICES]
    if loose:
        message = f"{loose[0].tag} stands outside of a service level (HL SS); it was read as a line."
        sheet.report.doubt("service-level-missing", loose[0].place, message)
    rows += [(unit.event, service) for service in loose]
    if not rows and service_type(unit.event.first("UM")):
        rows.append((unit.event, None))
    return rows


def _line(number: int, unit: Unit, level: Level, service: Segment | None, kind: str, event_span: _Span, sheet: Sheet) -> Line:
    own, event = level.first("UM"), unit.event.first("UM")
    label = f"Line {number}"
    span = _days(level, (_SERVICE_DAY, _EVENT_DAY), sheet, label) if level is not unit.event else event_span
    if not (span.first or span.last):
        span = event_span
    path = f"services.{number}"
    sheet.found(path, service or own or level.head)
    if span.segment is not None:
        sheet.found(f"{path}.first_day", span.segment)
        sheet.found(f"{path}.last_day", span.segment)
    told = _procedure(service, label, sheet) if service else _by_type(own, event, level, sheet)
    amount = _quantity(level, service, label, sheet)
    return Line(
        ServiceDraft(
            line=str(number),
            **told,
            quantity=amount[0],
            unit=amount[1],
            first_day=span.first,
            last_day=span.last,
            place_of_service=place_of_service(own) or place_of_service(event),
            change=change(own, kind) if level is not unit.event else "",
        ),
        level,
    )


def _by_type(own: Segment | None, event: Segment | None, level: Level, sheet: Sheet) -> dict[str, str]:
    """A line without a procedure asks for a service type; without that too, what stands there is kept as it came."""
    um = next((um for um in (own, event) if um is not None and service_type(um)), None)
    if um is None:
        return {"raw": "*".join(level.head.elements)}
    code = service_type(um)
    if len(code) > _LONGEST_SERVICE_TYPE:
        message = "UM03 is too long for an X12 service type; it may be a procedure code, which belongs into SV1, SV2 or SV3."
        sheet.report.doubt("service-type-shape", um.place, message)
    return {"code": code, "system": System.SERVICE_TYPE.value, "raw": code}


def _procedure(service: Segment, label: str, sheet: Sheet) -> dict[str, str]:
    shape = _SHAPES[service.tag]
    parts = service.parts(shape.composite) + [""] * 8
    qualifier, code = parts[0], parts[1]
    revenue = service.text(1) if service.tag == "SV2" else ""
    if service.tag == "SV2" and qualifier and not code and not _is_revenue(revenue):
        message = "SV201 is no revenue code, and SV202 has a qualifier without a code: the elements look swapped. Which service is meant must be asked."
        sheet.report.error("elements-swapped", service.place, message)
    _tell_elements(service, shape, label, sheet)
    words = " ".join(part for part in (parts[6], service.text(shape.words) if shape.words else "") if part)
    if not code and revenue:
        return {"code": revenue, "system": System.REVENUE.value, "raw": revenue, "description": words}
    sheet.tell(f"{label}: revenue code (SV201)", revenue)
    if code and qualifier not in _SYSTEMS and qualifier not in _OTHER_SYSTEMS:
        message = f"“{clip(qualifier, 6)}” is no qualifier of a procedure that is known here; the code is kept as it came."
        sheet.report.doubt("procedure-qualifier", service.place, message)
    return {
        "code": code,
        "code_to": parts[7],
        "system": _SYSTEMS.get(qualifier, System.OTHER.value) if code else "",
        "raw": service.text(shape.composite),
        "modifiers": ", ".join(part for part in parts[2:6] if part),
        "description": words,
    }


def _is_revenue(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in (3, 4)


def _tell_elements(service: Segment, shape: _Shape, label: str, sheet: Sheet) -> None:
    sheet.tell(f"{label}: amount charged ({service.tag}{shape.amount:02})", service.text(shape.amount))
    taken = {shape.composite, shape.unit, shape.quantity, shape.amount, shape.words, 1}
    for at in range(2, len(service.elements)):
        if at not in taken:
            sheet.tell(f"{label}: {service.tag}{at:02}", service.text(at))


def _quantity(level: Level, service: Segment | None, label: str, sheet: Sheet) -> tuple[str, str]:
    """How much is asked: as the service segment tells, else as HSD does; where both do, HSD goes into the notes."""
    hsd = level.first("HSD")
    period = _amount(hsd) if hsd else ("", "")
    told = ("", "")
    if service is not None:
        shape = _SHAPES[service.tag]
        told = (service.text(shape.quantity), service.text(shape.unit) if shape.unit else "")
    if not told[0]:
        return period if period[0] else told
    if hsd is not None and period != told:
        sheet.tell(f"{label}: amount (HSD)", " ".join(period))
        message = f"{service.tag if service else 'SV'} and HSD both tell how much; the first stands in the line, HSD in the notes."
        sheet.report.doubt("two-amounts", hsd.place, message)
    return told


def _amount(hsd: Segment) -> tuple[str, str]:
    """The number and what it counts; over periods in words, never multiplied: “2” and “visits each week, for 3 months”."""
    what, number, each, every = hsd.text(1), hsd.text(2), hsd.text(3), hsd.text(4)
    period, periods, pattern = hsd.text(5), hsd.text(6), [code for code in (hsd.text(7), hsd.text(8)) if code]
    if not (each or every or period or periods or pattern):
        return number, what
    told = [_VISITS.get(what, what)]
    if each or every:
        word = _EACH.get(each, each)
        told.append(f"every {every} {word}s" if every not in ("", "1") else f"each {word}")
    length = " ".join(part for part in (periods, _PERIODS.get(period, period)) if part)
    unit = " ".join(part for part in told if part) + (f", for {length}" if length else "")
    return number, unit + (f" (pattern {', '.join(pattern)})" if pattern else "")


def _days(level: Level, kinds: tuple[str, ...], sheet: Sheet, label: str) -> _Span:
    """First and last day by the first of the kinds that is told; all other days go into the notes."""
    told = {dtp.text(1): dtp for dtp in reversed(level.all("DTP"))}
    taken = next((told[kind] for kind in kinds if kind in told), None)
    first = last = ""
    if taken is not None:
        first, last, known = days(taken, 2, 3)
        if not known:
            message = f"DTP02 is “{clip(taken.text(2), 6)}”, no form of a day in a 278; it stands in the notes."
            sheet.report.doubt("date-format", taken.place, message)
        if not known or taken.text(2) == "DT":
            sheet.tell(f"{label}: day {taken.text(1)}", plain(taken.text(3)))
    if not last and _DISCHARGED in told and (taken is None or taken.text(1) == _ADMITTED):
        last = days(told[_DISCHARGED], 2, 3)[0]
    for dtp in level.all("DTP"):
        if dtp is not taken and not (dtp.text(1) == _DISCHARGED and last):
            sheet.tell(f"{label}: day {dtp.text(1)}", plain(dtp.text(3)))
    return _Span(first, last, taken)
