"""What the form asks of the desk: read what was typed, keep it, read a file, open what is in it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Done
from ur_desk.domain.case import Case
from ur_desk.domain.clocks.facts import facts_of
from ur_desk.domain.clocks.urgency import UrgencyDefinition
from ur_desk.domain.clocks.words import explain
from ur_desk.domain.codes import CodeHit, System, Validity, normal, procedure_system
from ur_desk.domain.deadline import Due, Missing, due
from ur_desk.domain.drafts import Draft, Reading, read
from ur_desk.domain.findings import Extracted
from ur_desk.domain.intake.addresses import Entry
from ur_desk.domain.intake.attached import Beside
from ur_desk.domain.intake.fields import Fields, day_of
from ur_desk.domain.intake.receipt import read_receipt
from ur_desk.domain.intake.wanting import Lacking, form_doubts, lacking
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request
from ur_desk.ui.models.entry_offers import Offer
from ur_desk.ui.pages.entry.codes import Sought
from ur_desk.ui.pages.entry.fields import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ur_desk.desk.desk import Desk
    from ur_desk.domain.codes import CodeSet
    from ur_desk.domain.people import Account


@dataclass(frozen=True, slots=True)
class CodeStanding:
    """What a code is on a day of service: the day, the system of the code, and the code set that says so; empty where none is here."""

    validity: Validity
    day: date | None
    vintage: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class FormReading:
    """The form as it stands: what was read from it, what it lacks, what its codes and places mean row by row, what expedited means, and
    when the answer would be due; empty where no clock can start."""

    reading: Reading
    lacking: tuple[Lacking, ...] = ()
    diagnoses: tuple[tuple[str, CodeStanding | None], ...] = ()
    services: tuple[tuple[CodeStanding | None, str], ...] = ()
    urgency: UrgencyDefinition | None = None
    due: str = ""


def reading_of(desk: "Desk", draft: Draft) -> FormReading:
    """What the form says, and all that stands beside its fields."""
    tables, now = desk.tables, desk.clock.now()
    reading = read(draft, tables.codeset, now)
    told = reading.request
    clock = due(facts_of(told), desk.clock_rows.book().rules) if told else None
    places = {code for code, _ in (found for row in draft.services for found in tables.places.search(row.place_of_service))}
    doubts = form_doubts(draft, told.received_at if told else _received(draft, now), now, places)
    first = min((day for row in draft.services if (day := day_of(row.first_day.strip()))), default=None)
    return FormReading(
        Reading(told, (*reading.problems, *doubts)),
        lacking(draft, clock.lack if isinstance(clock, Missing) else None, desk.lookup.need_words()),
        tuple(_diagnosis(tables.codeset, row.code, first) for row in draft.diagnoses),
        tuple(
            (_procedure(row.code, day_of(row.first_day.strip())), tables.places.words(row.place_of_service) or "") for row in draft.services
        ),
        tables.urgency.of(draft.line_of_business),
        tr("Due {0}: {1}").format(f"{clock.local:%m/%d/%Y %H:%M}", explain(clock))
        if isinstance(clock, Due)
        else explain(clock)
        if clock and clock.outer
        else "",
    )


def _received(draft: Draft, now: datetime) -> datetime | None:
    """The receipt as typed, also while something else of the form cannot be read."""
    return read_receipt(Fields(Severity.WARNING), draft.received_date, draft.received_time, draft.received_zone, now).at


def _diagnosis(codes: "CodeSet", typed: str, day: date | None) -> tuple[str, CodeStanding | None]:
    code = normal(typed, System.ICD10CM)
    if not code or not codes.exists(code):
        return "", None
    vintage = tr("ICD-10-CM {0}").format(f"{codes.vintage:%B %Y}")
    return codes.description(code) or "", CodeStanding(codes.on(code, day or codes.vintage), day, vintage)


def _procedure(typed: str, day: date | None) -> CodeStanding | None:
    system = procedure_system(normal(typed, System.OTHER))
    return None if system is System.OTHER else CodeStanding(Validity.NOT_CHECKED, day, system=system.value)


def warmed(desk: "Desk") -> Steps[None]:
    """Lay out the words of the code table beside the screen, so that the first look-up waits for nothing."""
    yield from work(lambda: desk.tables.codeset.search("zz"), tr("Reading the code table"))


def found_for(desk: "Desk", kind: Sought, text: str, day: date | None) -> "Sequence[Any]":
    """What is known for a text that was typed into a field of that kind."""
    if kind is Sought.DIAGNOSIS:
        return desk.tables.codeset.search(text, day)
    if kind is Sought.PROCEDURE:
        return desk.lookup.procedures(text)
    return desk.tables.places.search(text) if kind is Sought.PLACE else desk.addresses.find(text)


def offer_of(hit: Any) -> Offer:
    """A hit of any of these as a row that is offered."""
    if isinstance(hit, CodeHit):
        return Offer(hit.code, hit.words, _mark(hit.validity))
    if isinstance(hit, Entry):
        told = hit.provider
        words = " · ".join(part for part in (told.npi, told.credential, (told.address or "").partition("\n")[0]) if part)
        return Offer(told.name or "", words, carries=hit)
    code, words = hit
    return Offer(code, words)


def _mark(validity: Validity) -> str:
    marks = {
        Validity.HEADER: tr("category only"),
        Validity.RETIRED: tr("retired"),
        Validity.NOT_YET_VALID: tr("not yet valid"),
        Validity.UNKNOWN: tr("not known"),
    }
    return marks.get(validity, "")


def hand_over(desk: "Desk", name: str, draft: Draft | None, to: str, note: str) -> "Done[Account]":
    """Keep what stands in the form, where something does, and hand the draft to a colleague."""
    if draft is not None:
        desk.intake.keep_draft(name, draft)
    return desk.intake.hand_draft(name, to, note)


def opening_of(desk: "Desk", request: Request, source: bytes | None, beside: Beside | None, seen: frozenset[str]) -> Steps[Done[Case]]:
    """Open a case for the request in the form, with the file that it came in and what lies beside it; Resembles where it resembles a
    case that the person has not seen."""
    return desk.intake.open(request, source, seen, beside=beside)


def extracted_from(desk: "Desk", path: Path) -> Steps[tuple[Extracted, bytes]]:
    """What is in a request file; UserError where it cannot be read."""

    from ur_desk.desk.importing import read_bytes

    senders = yield from store(desk.senders.known, tr("Looking whose file it is"))

    def reading() -> tuple[Extracted, bytes]:
        data = read_bytes(path)
        return desk.intake.extract(data, path.name, senders=senders), data

    extracted, data = yield from work(reading, tr("Reading {0}").format(path.name))
    yield from store(lambda: desk.exports.came_in("request file", path, data), tr("Noting where it came from"))
    return extracted, data
