"""What a request lacks that somebody would ask for later, and what a form doubts besides: nothing of it keeps a case from being opened."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ur_desk.domain.clocks.facts import Lack
from ur_desk.domain.codes import System, normal
from ur_desk.domain.findings import Problem
from ur_desk.domain.intake.typed import Draft, ProviderDraft, ServiceDraft
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Timing, Urgency

LONG_BEFORE = timedelta(hours=24)
"""How long before its entry a receipt is pointed at: the shortest clock of the field has run out by then."""


class Want(StrEnum):
    """Something that a request lacks."""

    DIAGNOSIS = "diagnosis"
    SERVICE = "service"
    DAY = "day"
    UNITS = "units"
    WORDS = "words"
    CLAIM = "claim"
    SAID_BY = "said_by"
    LINE_OF_BUSINESS = "line_of_business"
    STATE = "state"
    FUNDING = "funding"
    ERISA = "erisa"
    URGENCY = "urgency"
    TIMING = "timing"
    RULE = "rule"
    EVIDENCE = "evidence"
    CHANNEL = "channel"
    BIRTH_DATE = "birth_date"
    MEMBER_ADDRESS = "member_address"
    PROVIDER = "provider"
    NPI = "npi"
    FAX = "fax"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is wanted, and the path of the field where it would be said; rows count from 1."""

    want: Want
    path: str


_CLOCK = {
    Lack.LINE_OF_BUSINESS: Lacking(Want.LINE_OF_BUSINESS, "line_of_business"),
    Lack.STATE: Lacking(Want.STATE, "state"),
    Lack.FUNDING: Lacking(Want.FUNDING, "coverage.funding"),
    Lack.ERISA: Lacking(Want.ERISA, "coverage.erisa"),
    Lack.URGENCY: Lacking(Want.URGENCY, "urgency"),
    Lack.TIMING: Lacking(Want.TIMING, "timing"),
    Lack.RULE: Lacking(Want.RULE, "line_of_business"),
    Lack.UNVERIFIED: Lacking(Want.RULE, "line_of_business"),
}


def lacking(draft: Draft, lack: Lack | None, need_words: Collection[str]) -> tuple[Lacking, ...]:
    """What the draft lacks, in the order of the form.

    `lack` says why no clock can start, None where one can or where that is not known yet; `need_words` are the procedure codes that prove
    nothing without the sender's words.
    """
    found = [*_of_request(draft), *_of_clock(draft, lack), *_of_member(draft), *_of_services(draft.services, need_words), *_of_rest(draft)]
    return tuple(dict.fromkeys(found))


def _of_request(draft: Draft) -> Iterator[Lacking]:
    if not draft.received_evidence.strip():
        yield Lacking(Want.EVIDENCE, "received_evidence")
    if not draft.channel.strip():
        yield Lacking(Want.CHANNEL, "channel")
    if _is(draft.urgency, Urgency.EXPEDITED) and not draft.urgency_said_by.strip():
        yield Lacking(Want.SAID_BY, "urgency_said_by")
    if _is(draft.timing, Timing.POSTSERVICE) and not draft.claim.number.strip():
        yield Lacking(Want.CLAIM, "claim.number")


def _of_clock(draft: Draft, lack: Lack | None) -> Iterator[Lacking]:
    """While the request cannot be read as a whole, the fact that every clock needs is asked for all the same."""
    if not draft.line_of_business.strip():
        yield _CLOCK[Lack.LINE_OF_BUSINESS]
    elif lack in _CLOCK:
        yield _CLOCK[lack]
    if not draft.state.strip():
        yield _CLOCK[Lack.STATE]


def _of_member(draft: Draft) -> Iterator[Lacking]:
    if not draft.member.birth_date.strip():
        yield Lacking(Want.BIRTH_DATE, "member.birth_date")
    if not draft.member.address.strip():
        yield Lacking(Want.MEMBER_ADDRESS, "member.address")


def _of_services(rows: tuple[ServiceDraft, ...], need_words: Collection[str]) -> Iterator[Lacking]:
    told = [(number, row) for number, row in enumerate(rows, 1) if row.code.strip() or row.description.strip()]
    if not told:
        yield Lacking(Want.SERVICE, "services.1.code")
    for number, row in told:
        if normal(row.code, System.OTHER) in need_words and not row.description.strip():
            yield Lacking(Want.WORDS, f"services.{number}.description")
        if not row.quantity.strip():
            yield Lacking(Want.UNITS, f"services.{number}.quantity")
        if not row.first_day.strip():
            yield Lacking(Want.DAY, f"services.{number}.first_day")


def _of_rest(draft: Draft) -> Iterator[Lacking]:
    if not any(row.code.strip() for row in draft.diagnoses):
        yield Lacking(Want.DIAGNOSIS, "diagnoses.1.code")
    if not draft.clinical_notes.strip() and not draft.attachments:
        yield Lacking(Want.RECORD, "clinical_notes")
    yield from _of_provider(draft.requesting_provider, "requesting_provider")
    if draft.servicing_provider != ProviderDraft() and not draft.servicing_provider.npi.strip():
        yield Lacking(Want.NPI, "servicing_provider.npi")


def _of_provider(provider: ProviderDraft, path: str) -> Iterator[Lacking]:
    if not provider.name.strip():
        yield Lacking(Want.PROVIDER, f"{path}.name")
        return
    if not provider.npi.strip():
        yield Lacking(Want.NPI, f"{path}.npi")
    if not provider.fax.strip():
        yield Lacking(Want.FAX, f"{path}.fax")


def form_doubts(draft: Draft, received: datetime | None, now: datetime, places: Collection[str]) -> tuple[Problem, ...]:
    """What a form doubts besides what every reader does: a receipt long before its entry, urgency that nobody is said to have asked
    for, a place of service that is not among the known `places`."""
    found = []
    if received is not None and now - received > LONG_BEFORE:
        found.append(
            _doubt("received_date", "received-long-ago", f"Received {_span(now - received)} before it is entered; the clock has run since.")
        )
    if _is(draft.urgency, Urgency.EXPEDITED) and not draft.urgency_said_by.strip():
        found.append(_doubt("urgency", "urgency-said-by", "Say who asked for it: a physician who does decides it in most plans."))
    for number, row in enumerate(draft.services, 1):
        place = row.place_of_service.strip()
        if len(place) == 2 and place.isascii() and place.isdigit() and place not in places:
            found.append(
                _doubt(f"services.{number}.place_of_service", "unknown-place", f"{place} is no place of service that is known here.")
            )
    return tuple(found)


def _doubt(path: str, code: str, message: str) -> Problem:
    return Problem(Severity.WARNING, code, path, message)


def _span(passed: timedelta) -> str:
    hours = int(passed.total_seconds() // 3600)
    return f"{hours} hours" if hours < 72 else f"{hours // 24} days"


def _is(typed: str, value: StrEnum) -> bool:
    return typed.strip().casefold() == value.value
