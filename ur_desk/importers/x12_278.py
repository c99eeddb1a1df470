"""X12 278 files to requests: what providers ask (005010X217 and its kin), and what payers answered.

X12 code lists are not shipped: codes stay codes, and the few that decide something here have own words beside their source.
"""

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, read
from ur_desk.domain.findings import Extracted, Made
from ur_desk.domain.intake.fields import NOTES_LIMIT, ids_of
from ur_desk.domain.intake.typed import Draft
from ur_desk.domain.request import Channel, Kind, Request, Source
from ur_desk.domain.visible import clip
from ur_desk.importers.x12_decision import decision, earlier
from ur_desk.importers.x12_envelope import Transaction, transactions
from ur_desk.importers.x12_event import attachments, diagnoses, tell_event, traces
from ur_desk.importers.x12_loops import Unit, levels, split, units
from ur_desk.importers.x12_people import people
from ur_desk.importers.x12_report import Report
from ur_desk.importers.x12_review import Asked, asked
from ur_desk.importers.x12_segments import Segment, segments
from ur_desk.importers.x12_services import lines
from ur_desk.importers.x12_sheet import Sheet, day

MAX_EVENTS = 99
"""So many events of one transaction are read; the guide has one."""
GUIDES = {"005010X217": "217", "005010X215": "215", "005010X216": "216"}
"""The guides for the 278 that are in use: request and response, inquiry and its response, notification and its acknowledgment."""
_OUT_OF_LAW = "00401"
_ANSWERS, _ASKS = "11", ("13", "01", "28", "14", "15", "18", "36")
"""BHT02 (X12 element 353) of a response, and of what is sent to a payer."""


@dataclass(frozen=True, slots=True)
class _Message:
    """What one transaction says of itself before its first level."""

    bht: Segment | None
    guide: str
    response: bool

    def text(self, element: int) -> str:
        return self.bht.text(element) if self.bht else ""


def extract_x12(data: bytes, source: Source, codeset: CodeSet | None, now: datetime) -> Extracted:
    """The requests and responses of an X12 file, and a problem for all that is wrong; a bad transaction keeps no other out."""
    report = Report(source.file or "the file")
    requests: list[Request] = []
    made: list[datetime] = []
    for transaction in transactions(segments(data, report), report):
        report.enter(transaction.interchange, transaction.number)
        requests += _requests(transaction, source, codeset, now, report)
        made += _made(transaction)
    # the earliest of several: it can only shorten a clock
    return Extracted(tuple(requests), report.problems(), Made(min(made), None, "BHT04 and BHT05") if made else None)


def _made(transaction: Transaction) -> list[datetime]:
    """When the sender made a transaction, by the sender's own clock, which has no zone; none where no day can be read."""
    bht = next((s for s in transaction.segments if s.tag == "BHT"), None)
    day_of_it, clock = (bht.text(4), bht.text(5)) if bht else ("", "")
    for told, form in ((day_of_it + clock[:4], "%Y%m%d%H%M"), (day_of_it, "%Y%m%d")):
        with contextlib.suppress(ValueError):
            return [datetime.strptime(told, form)]  # noqa: DTZ007 (no zone is told)
    return []


def _requests(transaction: Transaction, source: Source, codeset: CodeSet | None, now: datetime, report: Report) -> list[Request]:
    _doubt_version(transaction, report)
    before, pieces = split(transaction.segments)
    if not pieces and not transaction.cut:
        message = "The transaction has no levels (HL): no plan, requester or patient is told. It is a fragment; ask for the whole."
        report.error("no-levels", transaction.head.place, message)
        return []
    told_of_itself = _message(transaction, before, report)
    if told_of_itself is None or transaction.cut:
        return []
    told: list[Request] = []
    length = 0
    for unit in _units(transaction.head, pieces, report):
        errors, sheet = report.errors, Sheet(report, transaction.head)
        draft = _draft(unit, told_of_itself, sheet)
        length += len(draft.clinical_notes)
        if length > NOTES_LIMIT:
            message = f"The transaction tells more than {NOTES_LIMIT:,} characters; that is no one request."
            report.error("too-long", transaction.head.place, message)
            return []
        if report.errors == errors:
            reading = read(replace(draft, source=source), codeset, now, Purpose.IMPORT)
            for problem in reading.problems:
                report.say(problem.severity, problem.code, sheet.place(problem.where), problem.message)
            told += [reading.request] if reading.request else []
    return told


def _units(head: Segment, pieces: list[list[Segment]], report: Report) -> list[Unit]:
    """What each request of a transaction is made of; nothing where a level of it has no sure place."""
    errors = report.errors
    found = units(levels(pieces, report))
    if report.errors > errors:
        return []
    if not found:
        report.error("no-event", head.place, "The transaction asks nothing: no event (HL EV) and no service stand in it.")
    if len(found) > MAX_EVENTS:
        report.error("too-many-events", head.place, f"The transaction has {len(found):,} events; {MAX_EVENTS} are read, the guide has one.")
        return []
    return found


def _doubt_version(transaction: Transaction, report: Report) -> None:
    version = transaction.version
    if version[:5] == _OUT_OF_LAW:
        message = "This is version 4010, out of use by law since 2012 (45 CFR 162.1302). What could be read was read; ask for version 5010."
        report.doubt("version-4010", transaction.head.place, message)
    elif version[:10] not in GUIDES:
        named = (
            f"The version “{clip(version, 12)}” is no guide for the 278 that is known here"
            if version
            else "No version is told (ST03, GS08)"
        )
        message = f"{named}; it was read like 005010X217."
        report.doubt("version-unknown", transaction.head.place, message)


def _message(transaction: Transaction, before: list[Segment], report: Report) -> _Message | None:
    """Whether it asks or answers; None where it does both, which nobody can act on."""
    bht = next((s for s in before if s.tag == "BHT"), None)
    guide = "094" if transaction.version[:5] == _OUT_OF_LAW else GUIDES.get(transaction.version[:10], "217")
    decides = next((s for s in transaction.segments if s.tag in ("HCR", "AAA")), None)
    place = (bht or transaction.head).place
    if bht is None:
        says = "was taken for a response, since it holds a decision" if decides else "was taken for a request, since it holds no decision"
        report.doubt("no-bht", place, f"BHT is missing: whether this asks or answers is not told. It {says}.")
        return _Message(None, guide, decides is not None)
    purpose = bht.text(2)
    if purpose not in (_ANSWERS, *_ASKS):
        report.doubt("purpose", place, f"BHT02 is “{clip(purpose, 6)}”, neither a request nor a response that is known here.")
    response = purpose == _ANSWERS or (purpose not in _ASKS and decides is not None)
    kinds = {s.text(1) for s in transaction.segments if s.tag == "TRN"}
    if decides is not None and not response:
        message = f"It calls itself a request (BHT02), yet holds a payer's answer ({decides.tag}): which it is cannot be known. It was not read; ask the sender."
        report.error("request-and-response", decides.place, message)
        return None
    if response and kinds == {"1"} and not bht.text(6):
        message = "It calls itself a response (BHT02), yet bears the trace of a request (TRN01 is 1) and answers none. It was not read; ask the sender which it is."
        report.error("request-and-response", place, message)
        return None
    return _Message(bht, guide, response)


def _draft(unit: Unit, message: _Message, sheet: Sheet) -> Draft:
    if unit.without_event and message.guide != "094":
        sheet.report.doubt(
            "event-level-missing", unit.event.head.place, "No event level (HL EV) stands here; the event was read from this one."
        )
    if message.bht is not None:
        sheet.found("reference", message.bht)
        sheet.found("received_date", message.bht)
        sheet.tell("Made by the sender", " ".join(part for part in (day(message.text(4)), message.text(5)) if part))
    want = Asked(Kind.RESPONSE.value) if message.response else asked(unit, message.text(2), message.guide, sheet)
    who = people(unit, sheet)
    told = lines(unit, want.kind, sheet)
    coded = diagnoses(unit, sheet)
    tell_event(unit, message.response, sheet)
    own = traces(unit, "1")
    reference = message.text(3) or next(iter(own), "")
    decided = decision(unit, told, message.text(3), message.text(6), sheet) if message.response else earlier(unit, want.kind)
    return Draft(
        member=who.member,
        services=tuple(line.draft for line in told),
        diagnoses=coded,
        reference=reference,
        channel=Channel.X12.value,
        kind=want.kind,
        urgency=want.urgency,
        urgency_said_by=want.urgency_said_by,
        coverage=who.coverage,
        requesting_provider=who.requesting,
        servicing_provider=who.servicing,
        clinical_notes=sheet.notes,
        attachments=attachments(unit),
        decision=decided,
        traces=tuple(each for each in ids_of(own) if each != reference.strip()),
    )
