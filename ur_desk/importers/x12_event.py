"""What a 278 tells of the event beside people and services: diagnoses, attachments, traces, messages, and all that goes into the notes."""

from ur_desk.domain.codes import System, has_shape, normal
from ur_desk.domain.intake.typed import DiagnosisDraft
from ur_desk.domain.request import Attachment
from ur_desk.domain.visible import clip, visible
from ur_desk.importers.x12_loops import DEPENDENT, REQUESTER, SERVICES, SUBSCRIBER, UMO, Level, Unit
from ur_desk.importers.x12_names import tell_ref
from ur_desk.importers.x12_review import tell_review
from ur_desk.importers.x12_segments import Segment
from ur_desk.importers.x12_sheet import Sheet, plain

_ICD10 = {"ABK": True, "ABJ": False, "ABF": False, "APR": False, "ABN": False}
_ICD9 = {"BK": True, "BJ": False, "BF": False, "PR": False, "BN": False}
"""HI qualifiers (X12 element 1270) of diagnoses and whether they mark the principal one: ABK and BK do."""
_ROLES = {
    "ABJ": "admitting",
    "BJ": "admitting",
    "APR": "reason for the visit",
    "PR": "reason for the visit",
    "ABN": "external cause",
    "BN": "external cause",
}
_REFERENCES = {"BB": "Earlier authorization (REF BB)", "NT": "Earlier reference of the plan (REF NT)", "9F": "Referral (REF 9F)"}
_PROCEDURES = frozenset({"BO", "BP", "BQ", "BR", "BBQ", "BBR", "ABR", "NDC"})
"""HI qualifiers of procedures; in version 5010 these stand in SV1, SV2 and SV3."""
MAX_DIAGNOSES = 999
"""So many diagnoses of one request are read; the guide allows 12."""
_LABELS = {UMO: "Plan", REQUESTER: "Requester", SUBSCRIBER: "Patient", DEPENDENT: "Patient"}
_READ = frozenset({"HL", "UM", "HI", "DTP", "HSD", "PWK", "TRN", "MSG", "REF", "HCR", *SERVICES})
_NAME_LIMIT = 300
_DAYS = ("D8", "RD8", "DT")
"""Forms of a day (X12 element 1250)."""


def diagnoses(unit: Unit, sheet: Sheet) -> tuple[DiagnosisDraft, ...]:
    """Every diagnosis of the event, the patient and the lines, once each; codes of other lists go into the notes."""
    rows: list[DiagnosisDraft] = []
    seen: set[tuple[str, str]] = set()
    for hi in _all(unit, "HI"):
        for element in range(1, len(hi.elements)):
            for raw in hi.repeats(element):
                row = _diagnosis(hi, raw.split(hi.marks.component), sheet) if raw else None
                if row is None or (row.system, row.code) in seen:
                    continue
                if len(rows) == MAX_DIAGNOSES:
                    sheet.report.error(
                        "too-many-diagnoses", hi.place, f"The request has more than {MAX_DIAGNOSES} diagnoses; that is no one request."
                    )
                    return ()
                seen.add((row.system, row.code))
                rows.append(row)
                sheet.found(f"diagnoses.{len(rows)}", hi)
                sheet.found("diagnoses", hi)
    return tuple(rows)


def attachments(unit: Unit) -> tuple[Attachment, ...]:
    """The papers that the sender announces (PWK), by type code, way and control number; they come apart from the message."""
    return tuple(Attachment(_attachment(pwk)) for pwk in _all(unit, "PWK"))


def traces(unit: Unit, kind: str) -> tuple[str, ...]:
    """Trace numbers (TRN02) of one kind: 1 is the sender's own, 2 repeats that of an earlier message."""
    return tuple(trn.text(2) for trn in _all(unit, "TRN") if trn.text(1) == kind and trn.text(2))


def tell_event(unit: Unit, response: bool, sheet: Sheet) -> None:
    """Everything else that the event and its lines tell, into the notes; in a response its messages and traces stand in the decision."""
    for label, level in _labelled(unit):
        for segment in level.own:
            _tell(label, segment, response, sheet)


def _labelled(unit: Unit) -> list[tuple[str, Level]]:
    above = [(_LABELS[level.code], level) for level in reversed(unit.event.line_above)]
    lines = [(f"Line {number}", level) for number, level in unit.numbered]
    return [*above, ("Event", unit.event), *(("Service", level) for level in unit.between), *lines]


def _all(unit: Unit, tag: str) -> list[Segment]:
    return [s for _, level in _labelled(unit) for s in level.own if s.tag == tag]


def _diagnosis(hi: Segment, parts: list[str], sheet: Sheet) -> DiagnosisDraft | None:
    told = [part.strip() for part in parts] + [""] * 4
    qualifier, code = told[0], told[1]
    if not code:
        return None
    if qualifier not in _ICD10 and qualifier not in _ICD9:
        sheet.tell(f"Code of another list (HI {qualifier})", " ".join(part for part in told[1:] if part))
        if qualifier in _PROCEDURES:
            message = (
                f"A procedure stands in HI ({qualifier}), as version 4010 had it; it is in the notes, not among the services. Add it there."
            )
            sheet.report.doubt("procedure-in-hi", hi.place, message)
        return None
    old = qualifier in _ICD9
    if old and _like_icd10(code):
        message = (
            f"{qualifier} means ICD-9-CM, the code is written like ICD-10-CM ({clip(code, 10)}). Ask which is meant; it was not changed."
        )
        sheet.report.doubt("icd-qualifier", hi.place, message)
    _tell_leftover(hi, code, told[2:], sheet)
    role = _ROLES.get(qualifier, "")
    sheet.tell(
        f"Diagnosis {code}",
        ", ".join(part for part in (role and f"{role} ({qualifier})", told[2] in _DAYS and told[3] and f"of {plain(told[3])}") if part),
    )
    primary = _ICD9[qualifier] if old else _ICD10[qualifier]
    system = System.ICD9CM if old else System.ICD10CM
    return DiagnosisDraft(code=code, system=system.value, raw=code, primary="yes" if primary else "")


def _tell_leftover(hi: Segment, code: str, told: list[str], sheet: Sheet) -> None:
    """What stands after a code and is no day of it (C022-03, C022-04): into the notes, and doubted where the code may have been cut there."""
    form, of, *rest = told
    dated = form in _DAYS and bool(of)
    sheet.tell(f"Diagnosis {code}, also told", " ".join(part for part in ([] if dated else [form, of]) + rest if part))
    if form and not dated:
        message = "A component after this diagnosis is no form of a day; the code may have been cut by a separator. It is in the notes; check the code."
        sheet.report.doubt("diagnosis-cut", hi.place, message)


def _like_icd10(code: str) -> bool:
    told = normal(code, System.ICD10CM)
    return has_shape(told, System.ICD10CM) and not has_shape(told, System.ICD9CM)


def _attachment(pwk: Segment) -> str:
    told = [f"type {pwk.text(1)}", pwk.text(2) and f"by {pwk.text(2)}", pwk.text(6) and f"control number {pwk.text(6)}", pwk.text(7)]
    return clip("Attachment (PWK): " + ", ".join(part for part in told if part), _NAME_LIMIT)


def _tell(label: str, segment: Segment, response: bool, sheet: Sheet) -> None:
    tag = segment.tag
    if tag == "UM":
        tell_review(segment, label, sheet)
    elif tag == "TRN":
        by = f" (by {segment.text(3)})" if segment.text(3) else ""
        if not (response and segment.text(1) == "2"):
            sheet.tell(f"{label}: trace number", segment.text(2) + by)
    elif tag == "REF":
        words = _REFERENCES.get(segment.text(1), f"REF {segment.text(1)}")
        tell_ref(f"{label}: {words}", segment, sheet)
    elif tag == "MSG":
        if not response and segment.text(1):
            sheet.messages.append(segment.text(1) if label == "Event" else f"{label}: {segment.text(1)}")
    elif tag not in _READ:
        sheet.tell(f"{label}: {visible(tag)[:10]}", segment.sent())
