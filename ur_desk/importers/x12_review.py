"""What a 278 asks and how fast (BHT, UM): kind, urgency, service type and place, with what the sender says beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ur_desk.domain.request import Change, Kind, Urgency
from ur_desk.domain.visible import clip
from ur_desk.importers.x12_loops import Unit
from ur_desk.importers.x12_segments import Segment
from ur_desk.importers.x12_sheet import Sheet

CERTIFICATION = {
    "I": Kind.NEW,
    "R": Kind.RENEWAL,
    "S": Kind.REVISION,
    "4": Kind.EXTENSION,
    "3": Kind.CANCELLATION,
    "1": Kind.APPEAL,
    "2": Kind.APPEAL,
}
"""UM02 (X12 element 1322) to what is asked; 1 is an appeal that cannot wait."""
_AT_ONCE = "1"
_LEVEL = {"03": Urgency.EXPEDITED, "U": Urgency.EXPEDITED, "E": Urgency.STANDARD}
"""UM06 (X12 element 1338); left out it means routine (X12 RFI 2642)."""
_CHANGE = {"I": Change.ADDED, "S": Change.CHANGED, "3": Change.CANCELLED}
"""UM02 of a line in an update of an earlier request."""
_UPDATES = (Kind.REVISION, Kind.EXTENSION, Kind.RENEWAL)
_PURPOSE = {"01": Kind.CANCELLATION, "28": Kind.INQUIRY}
"""BHT02 (X12 element 353) where it alone says what is asked; 13 asks what UM02 says."""
_AGAIN = ("15", "18")
_NOTED = {
    1: "Request category (UM01)",
    5: "Related causes (UM05)",
    7: "Condition of the patient (UM07)",
    8: "Prognosis (UM08)",
    9: "Release of information (UM09)",
    10: "Reason of delay (UM10)",
}
_PLACE_OF_SERVICE = "B"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks, as texts of a draft."""

    kind: str = ""
    urgency: str = ""
    urgency_said_by: str = ""


def asked(unit: Unit, purpose: str, guide: str, sheet: Sheet) -> Asked:
    """Kind and urgency of a request; `purpose` is BHT02, `guide` the number of the implementation guide. What contradicts itself stays unknown."""
    reviews = [um for level in (unit.event, *unit.services) for um in level.all("UM")]
    if purpose in _AGAIN:
        sheet.tell("Sent again (BHT02)", purpose)
    kind = _kind(unit, purpose, guide, sheet)
    urgency, by = _urgency(reviews, sheet)
    return Asked(kind, urgency, by)


def service_type(um: Segment | None) -> str:
    """UM03: what is asked for where no procedure is named; a code of X12's own list."""
    return um.text(3) if um else ""


def place_of_service(um: Segment | None) -> str:
    """UM04 where it is a place of service and no facility type."""
    parts = um.parts(4) if um else [""]
    return parts[0] if len(parts) > 1 and parts[1] == _PLACE_OF_SERVICE else ""


def change(um: Segment | None, kind: str) -> str:
    """What becomes of one line of an update, as its own UM02 tells; empty in any other request."""
    told = _CHANGE.get(um.text(2)) if um and kind in _UPDATES else None
    return told.value if told else ""


def tell_review(um: Segment, label: str, sheet: Sheet) -> None:
    """All of UM that the request has no field for."""
    for element, words in _NOTED.items():
        sheet.tell(f"{label}: {words}", " ".join(part for part in um.parts(element) if part))
    if um.text(4) and not place_of_service(um):
        sheet.tell(f"{label}: Facility type (UM04)", um.text(4))
        if len(um.parts(4)) == 1:
            message = "UM04 does not say whether it is a place of service (B) or a type of facility (A); it stands in the notes."
            sheet.report.doubt("place-qualifier", um.place, message)


def _kind(unit: Unit, purpose: str, guide: str, sheet: Sheet) -> str:
    if guide == "216":
        return Kind.NOTIFICATION.value
    if purpose in _PURPOSE:
        return _PURPOSE[purpose].value
    um = unit.event.first("UM")
    told = [um] if um and um.text(2) else [s for level in unit.services for s in level.all("UM")]
    codes = {s.text(2): s for s in told if s.text(2)}
    kinds = {CERTIFICATION.get(code) for code in codes}
    for code, segment in codes.items():
        sheet.found("kind", segment)
        if code not in CERTIFICATION:
            message = f"UM02 is “{clip(code, 6)}”, which says nothing that is known here; what is asked must be chosen."
            sheet.report.doubt("certification-type", segment.place, message)
    if len(kinds) > 1:
        message = "The lines ask for different things (UM02); what the request asks must be chosen."
        sheet.report.doubt("certification-type", next(iter(codes.values())).place, message)
    known = next(iter(kinds)) if len(kinds) == 1 else None
    return known.value if known else ""


def _urgency(reviews: Iterable[Segment], sheet: Sheet) -> tuple[str, str]:
    """The most urgent that is told, and who told it."""
    found: list[tuple[Urgency, str]] = []
    silent = False
    for um in reviews:
        code = um.text(6)
        level = _LEVEL.get(code)
        if level is not None:
            sheet.found("urgency", um)
            found.append((level, f"requesting provider (UM06 {code})"))
        elif code:
            message = f"UM06 is “{clip(code, 20)}”, no level of service that is known here; how urgent it is must be asked."
            sheet.report.doubt("level-of-service", um.place, message)
        elif um.text(2) == _AT_ONCE:
            found.append((Urgency.EXPEDITED, "requesting provider (UM02 1)"))
        else:
            silent = True
    told = min(found, key=lambda one: one[0] is not Urgency.EXPEDITED, default=None)
    if told is not None:
        return told[0].value, told[1]
    return (Urgency.STANDARD.value, "requesting provider (UM06 left out: routine)") if silent else ("", "")
