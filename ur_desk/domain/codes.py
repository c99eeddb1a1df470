"""Diagnosis and procedure codes: shapes, normal forms, and what a code set must be able to say."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class System(StrEnum):
    """The code system that a code belongs to; values as the contract prints them."""

    ICD10CM = "ICD-10-CM"
    ICD9CM = "ICD-9-CM"
    SNOMED = "SNOMED-CT"
    CPT = "CPT"
    HCPCS = "HCPCS"
    ICD10PCS = "ICD-10-PCS"
    NDC = "NDC"
    REVENUE = "revenue"
    SERVICE_TYPE = "X12-service-type"
    OTHER = "other"


PROCEDURES = frozenset({System.CPT, System.HCPCS})
"""One space of codes: HCPCS level I is CPT, and senders use either name for both."""


class Validity(StrEnum):
    """What is known of a code on a day."""

    VALID = "valid"
    HEADER = "header"
    RETIRED = "retired"
    NOT_YET_VALID = "not_yet_valid"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not_checked"


# U codes exist (U07.1), the third character may be a letter (C4A, M1A), and one category has two letters in front (QA0, since 2025)
_ICD10CM = re.compile(r"(?:[A-Z][0-9]|QA)[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_ICD9CM = re.compile(r"(?:[0-9]{3}|V[0-9]{2})(?:\.?[0-9]{1,2})?|E[0-9]{3}(?:\.?[0-9])?")
_CPT = re.compile(r"[0-9]{5}|[0-9]{4}[FTUM]")
_HCPCS = re.compile(r"[A-V][0-9]{4}")
_ICD10PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_BETWEEN_ENDS = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*|\s+(?:to|thru|through)\s+", re.IGNORECASE)
_NPI = re.compile(r"[12][0-9]{9}")


def normal(raw: str, system: System) -> str:
    """The printed form of a code: upper case, ICD-10-CM dotted after the third character; never another meaning."""
    text = re.sub(r"\s+", "", raw).upper()
    if system is System.ICD10CM and _ICD10CM.fullmatch(text):
        bare = text.replace(".", "")
        return bare if len(bare) == 3 else f"{bare[:3]}.{bare[3:]}"
    return text


def has_shape(code: str, system: System) -> bool:
    """Whether the code could belong to the system by its shape alone; systems without a known shape accept all."""
    shapes = {
        System.ICD10CM: _ICD10CM,
        System.ICD9CM: _ICD9CM,
        System.CPT: _CPT,
        System.HCPCS: _HCPCS,
        System.ICD10PCS: _ICD10PCS,
    }
    shape = shapes.get(system)
    return bool(code) if shape is None else bool(shape.fullmatch(code))


def procedure_system(code: str) -> System:
    """CPT or HCPCS by shape, else other; a five-digit code is CPT."""
    if _CPT.fullmatch(code):
        return System.CPT
    return System.HCPCS if _HCPCS.fullmatch(code) else System.OTHER


def range_ends(raw: str) -> tuple[str, str | None]:
    """The two ends of a range as typed, or one code and None.

    Between the ends stands a hyphen, a dash, a minus, `to`, `thru` or `through`; blanks alone make no range.
    """
    ends = _BETWEEN_ENDS.split(raw.strip())
    return (ends[0], ends[1]) if len(ends) == 2 and all(ends) else (raw.strip(), None)


def npi_problem(npi: str) -> str | None:
    """Why this is no National Provider Identifier, as a short key (`shape` or `check-digit`), or None.

    Luhn over the ten digits with the prefix 80840, which adds 24 (45 CFR 162.406; CMS check-digit text).
    A right digit does not prove that the provider exists.
    """
    if not _NPI.fullmatch(npi):
        return "shape"
    doubled = (sum(divmod(2 * int(d), 10)) for d in npi[-2::-2])
    return None if (24 + sum(doubled) + sum(int(d) for d in npi[-1::-2])) % 10 == 0 else "check-digit"


@dataclass(frozen=True, slots=True)
class Ends:
    """What a code or a range of codes is on a day, as `ur-desk code` prints it."""

    raw: str
    low: str
    high: str | None
    low_exists: bool
    high_exists: bool | None
    reversed: bool
    crosses_category: bool
    billable: int | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A code that a search found: its words, and what is known of it on the day that was asked about."""

    code: str
    words: str
    validity: Validity


class CodeSet(Protocol):
    """What a table of codes answers; makers are handed one, they never load it themselves.

    Codes are in normal form. Places are comparable numbers in tabular order: a code that does not
    exist has the place where it would stand (after the nearest earlier sibling and all below it).
    """

    vintage: date
    """First day of the newest table loaded."""

    def exists(self, code: str) -> bool:
        """Whether the code is in any table loaded, on any day."""

    def place(self, code: str) -> float:
        """Where the code stands, or would stand, in tabular order."""

    def last_place(self, code: str) -> float:
        """The place of the last code below this one; its own place where nothing is below."""

    def between(self, low: float, high: float) -> Iterable[str]:
        """The codes of the table from one place to another, both in, in tabular order."""

    def parent(self, code: str) -> str | None:
        """The nearest code above that exists; None for a three-character category."""

    def on(self, code: str, day: date | None) -> Validity:
        """What is known of the code on a day; `unknown` without a day or where vintages differ."""

    def description(self, code: str) -> str | None:
        """The code's own words, or None."""

    def billable(self, low: str, high: str) -> int | None:
        """Billable codes from `low` up to all that lies below `high`, in tabular order; None where an end does not exist."""

    def search(self, text: str, day: date | None = None) -> Sequence[CodeHit]:
        """Every code that a text means, best first: the code itself, codes that begin so, words that begin so in any order, other
        names of the same. Within each, those billable on the day come first; without a day, on that of the newest table."""


# where the ends of a range differ, the first of these that either has stands for the range
_WEAKEST = (Validity.UNKNOWN, Validity.NOT_YET_VALID, Validity.RETIRED, Validity.HEADER, Validity.VALID)
_IN_FORCE = (Validity.VALID, Validity.HEADER)


def ends(raw: str, day: date | None, codes: CodeSet) -> Ends:
    """What a code or a range of codes is on a day.

    An end exists where it stands in the newest table or is known to have been in force on the day. `billable` counts by
    the newest table, a single code with all below it. A range runs backwards also where it ends on a code above its
    beginning (M54.50-M54.5). CPT and HCPCS codes are known by their shape only: `not_checked`, and never said to exist.
    """
    first, second = range_ends(raw)
    low, high = normal(first, System.ICD10CM), None if second is None else normal(second, System.ICD10CM)
    low_exists, high_exists = _exists(low, day, codes), None if high is None else _exists(high, day, codes)
    typed = [normal(end, System.CPT) for end in (first, second) if end is not None]
    if not (codes.exists(low) or codes.exists(high or low)) and all(procedure_system(code) is not System.OTHER for code in typed):
        return Ends(raw, typed[0], typed[-1] if second else None, False, high_exists, False, False, None, Validity.NOT_CHECKED)
    both = low_exists and high_exists is not False
    return Ends(
        raw,
        low,
        high,
        low_exists,
        high_exists,
        reversed=both and high is not None and codes.place(high) < codes.place(low),
        crosses_category=high is not None and all(has_shape(code, System.ICD10CM) for code in (low, high)) and low[0] != high[0],
        billable=codes.billable(low, high or low) if both else None,
        validity=min((codes.on(code, day) for code in (low, high or low)), key=_WEAKEST.index),
    )


def _exists(code: str, day: date | None, codes: CodeSet) -> bool:
    return codes.on(code, codes.vintage) in _IN_FORCE or codes.on(code, day) in _IN_FORCE
