"""A name (NM1) and the ids beside it: which elements are shifted, and which id is a social security number."""

import re

from ur_desk.importers.x12_segments import Segment
from ur_desk.importers.x12_sheet import Sheet

NPI = "XX"
"""NM108 of an NPI (X12 element 66)."""
PATIENTS = ("IL", "QC")
"""NM101 (X12 element 98) of an insured and of a patient."""
_PERSON = "1"
_SSN_NAME, _SSN_REF = "34", "SY"
_SSN = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
_NINE = re.compile(r"[0-9]{9}")
_MEMBERS_OWN = ("MI", "II")
_KINDS = frozenset({"24", "34", "46", "EI", "FI", "II", "MI", "MC", "NI", "PI", "SV", "XV", NPI, "ZZ"})
"""Kinds of ids (X12 element 66) that stand in NM108 of a 278 and of what payers send beside it."""


def name(segment: Segment) -> str:
    """A person as given, middle and family name with suffix; an organization as it stands."""
    if segment.text(2) == _PERSON:
        return " ".join(part for part in (segment.text(4), segment.text(5), segment.text(3), suffix(segment)) if part)
    return segment.text(3)


def suffix(nm1: Segment) -> str:
    """NM107, unless the elements are shifted: then something else stands there."""
    return "" if shifted(nm1) else nm1.text(7)


def shifted(nm1: Segment) -> bool:
    """Whether a separator too many or too few moved the elements: an id where its kind belongs, or its kind where another element does."""
    kind, told = nm1.text(8), nm1.text(9)
    if len(kind) > 2 or (kind not in _KINDS and told in _KINDS) or (not told and nm1.text(6) in _KINDS):
        return True
    return nm1.text(1) in PATIENTS and bool(nm1.rest(10))


def doubt_shift(nm1: Segment, sheet: Sheet) -> None:
    """Says it where the elements look shifted."""
    if shifted(nm1):
        message = "The elements look shifted: a separator too many or too few stands in this name. The id was not read; check the name too."
        sheet.report.doubt("elements-shifted", nm1.place, message)


def member_id(nm1: Segment, sheet: Sheet) -> str:
    """The id of a member; empty, with the reason said, where it is a social security number or the elements are shifted."""
    told = nm1.text(9)
    if shifted(nm1):
        doubt_shift(nm1, sheet)
        return ""
    if _is_ssn(nm1.text(8), told):
        message = "A social security number stands where an id belongs (NM108 is 34, or the id is written like one); it was not taken over."
        sheet.report.doubt("ssn-left-out", nm1.place, message)
        return ""
    if nm1.text(8) not in _MEMBERS_OWN and _NINE.fullmatch(told):
        message = "NM108 does not say that this is the member's number, and it has nine digits like a social security number. Check it with the plan's own record."
        sheet.report.doubt("member-id-unclear", nm1.place, message)
    return told


def npi(nm1: Segment) -> str:
    """The NPI of a provider; empty where another id stands there."""
    return nm1.text(9) if nm1.text(8) == NPI and not shifted(nm1) else ""


def identified(nm1: Segment) -> str:
    """Kind and id for a person to read; empty where there is none, where it is a social security number or where the elements are shifted."""
    kind, told = nm1.text(8), nm1.text(9)
    if not told or shifted(nm1) or _is_ssn(kind, told):
        return ""
    return f"NPI {told}" if kind == NPI else f"{kind} {told}".strip()


def tell_ref(what: str, ref: Segment, sheet: Sheet) -> None:
    """The ids of a REF into the notes, its social security numbers (SY, in REF01 or as a pair of REF04) nowhere."""
    pairs = ref.parts(4)
    told = list(zip(pairs[::2], [*pairs[1::2], ""], strict=False))
    kept = [pair for pair in told if not _is_ssn(*pair, _SSN_REF)]
    own = not _is_ssn(ref.text(1), ref.text(2), _SSN_REF) and not _SSN.search(ref.text(3))
    if not own or len(kept) < len(told):
        sheet.report.note("ssn-left-out", ref.place, "A social security number was sent (REF); it was not taken over.")
    if own:
        others = ref.marks.component.join(part for pair in kept for part in pair if part)
        sheet.tell(what, " ".join(part for part in (ref.text(2), ref.text(3), others) if part))


def _is_ssn(kind: str, told: str, mark: str = _SSN_NAME) -> bool:
    return kind == mark or _SSN.fullmatch(told) is not None
