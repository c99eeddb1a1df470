"""What intake doubts about the codes of a request; a doubted code is kept as it came."""

import re
from datetime import date

from ur_desk.domain.codes import CodeSet, System, Validity, has_shape, normal, procedure_system
from ur_desk.domain.intake.fields import Fields
from ur_desk.domain.visible import clip

DIAGNOSIS_SYSTEMS = (System.ICD10CM, System.ICD9CM, System.SNOMED, System.OTHER)
"""What a diagnosis may be coded in."""
PROCEDURE_SYSTEMS = (System.CPT, System.HCPCS, System.ICD10PCS, System.NDC, System.REVENUE, System.SERVICE_TYPE, System.OTHER)
"""What a service may be coded in."""
ICD10_BEGINS = date(2015, 10, 1)
"""The first day of service for which ICD-10-CM is used (45 CFR 162.1002(c))."""

_PLAIN_WORDS = re.compile(r"[^\W\d_]{4}")
_SHORT_CODE = re.compile(r"\s*\S*[0-9]\S*\s*")
"""One run of signs with a digit among them, as codes are and words are not."""
_MODIFIER = re.compile(r"[0-9A-Z]{2}")

_VALIDITY = {
    Validity.HEADER: ("header-code", "is a heading, not a billable code; a longer code below it is meant"),
    Validity.RETIRED: ("retired-code", "was no longer valid on the first day of service"),
    Validity.NOT_YET_VALID: ("not-yet-valid-code", "was not yet valid on the first day of service"),
}


def doubt_diagnosis(fields: Fields, code: str, system: System, codeset: CodeSet | None, day: date | None) -> None:
    """Says what is doubtful about a diagnosis code in normal form; `day` is the first day of service."""
    if system is System.ICD9CM:
        if day is None or day >= ICD10_BEGINS:
            fields.doubt("code", "icd9-code", f"{clip(code)} is given as ICD-9-CM, which no service from 10/01/2015 on uses.")
        return
    if system is not System.ICD10CM:
        return
    like_icd9 = has_shape(code, System.ICD9CM)
    if not has_shape(code, System.ICD10CM):
        if like_icd9:
            fields.doubt("code", "icd9-code", f"{clip(code)} is written like an ICD-9-CM code. Ask for the ICD-10-CM code.")
        else:
            fields.doubt("code", "unknown-diagnosis", f"“{clip(code)}” is not written like an ICD-10-CM code. It is kept as it came.")
    elif codeset is not None:
        _doubt_existence(fields, code, codeset, day, like_icd9)


def _doubt_existence(fields: Fields, code: str, codeset: CodeSet, day: date | None, like_icd9: bool) -> None:
    if not codeset.exists(code):
        fields.doubt("code", "unknown-diagnosis", f"There is no diagnosis code {code}. It is kept as it came.")
        if like_icd9:
            fields.doubt("code", "icd9-code", f"{code} is also written like an ICD-9-CM code. Ask for the ICD-10-CM code.")
        return
    doubt = _VALIDITY.get(codeset.on(code, day))
    if doubt is not None:
        fields.doubt("code", doubt[0], f"{code} {doubt[1]}.")


def kept_code(raw: str, system: System) -> str:
    """A code in normal form; words that stand where a code belongs stay words, with their blanks and as they were written."""
    words = raw.split()
    return " ".join(words) if _PLAIN_WORDS.search(raw) and not _SHORT_CODE.fullmatch(raw) else normal(raw, system)


def read_procedure(fields: Fields, field: str, raw: str, system: System | None) -> tuple[str, System]:
    """A procedure code in normal form and its system: the one that was told, else by its shape; a wrong shape is doubted."""
    code = kept_code(raw, system or System.OTHER)
    if system is None:
        system = procedure_system(code)
        if system is System.OTHER:
            fields.doubt(field, "procedure-shape", f"“{clip(code)}” is written like neither a CPT nor a HCPCS code. It is kept as it came.")
    elif not has_shape(code, system):
        fields.doubt(field, "procedure-shape", f"“{clip(code)}” is not written like a code of {system.value}. It is kept as it came.")
    return code, system


def read_modifiers(fields: Fields, text: str) -> tuple[str, ...]:
    """Modifiers separated by commas or blanks, upper case; one that has not two characters is doubted and kept."""
    told = fields.line("modifiers", text) or ""
    modifiers = tuple(m.upper() for m in re.split(r"[\s,;]+", told) if m)
    for modifier in modifiers:
        if not _MODIFIER.fullmatch(modifier):
            fields.doubt("modifiers", "modifier-shape", f"“{clip(modifier)}” is no modifier: it has two letters or digits.")
    return modifiers


def kept_raw(raw: str, typed: str) -> str:
    """What stood in the input: `raw` while it still holds the code as typed, else the code as typed."""
    if not raw:
        return typed
    return raw if _bare(typed) and _bare(typed) in _bare(raw) else typed


def _bare(code: str) -> str:
    return re.sub(r"[\W_]+", "", code).upper()
