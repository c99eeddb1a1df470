"""The screens' words for the domain's closed sets, and one way to write days, instants and runs of lines."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ur_desk.domain import zones
from ur_desk.domain.codes import Validity
from ur_desk.domain.decisions.grounds import Family, Matter
from ur_desk.domain.decisions.outcomes import Cause, Dismissal
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import ContactWay, CoverageItem, Restriction
from ur_desk.domain.findings import CautionCode, CodeResult, Relation, Scope, Suggestion
from ur_desk.domain.intake.messages import Following
from ur_desk.domain.listing import News
from ur_desk.domain.policy import Position, SectionKind
from ur_desk.domain.request import Channel, Evidence, LineOfBusiness, Network, Timing, Urgency

_WORDS: tuple[tuple[StrEnum, object], ...] = (
    (Relation.APPLIES, QT_TRANSLATE_NOOP("phrases", "applies")),
    (Relation.BY_DESCRIPTION, QT_TRANSLATE_NOOP("phrases", "applies by description")),
    (Relation.CONFIRM_CONDITION, QT_TRANSLATE_NOOP("phrases", "confirm the condition")),
    (Relation.CONFIRM_SCOPE, QT_TRANSLATE_NOOP("phrases", "confirm the subject")),
    (Relation.RELATED, QT_TRANSLATE_NOOP("phrases", "related, no procedure link")),
    (Scope.SHOWN, QT_TRANSLATE_NOOP("phrases", "the request names the policy's subject")),
    (Scope.NOT_SHOWN, QT_TRANSLATE_NOOP("phrases", "nothing ties the request to the policy's subject")),
    (Scope.NAMES_OTHER, QT_TRANSLATE_NOOP("phrases", "the words name another part of the body")),
    (Suggestion.REFER, QT_TRANSLATE_NOOP("phrases", "physician")),
    (Suggestion.CONFIRM, QT_TRANSLATE_NOOP("phrases", "confirm")),
    (Suggestion.CHECK_CRITERIA, QT_TRANSLATE_NOOP("phrases", "criteria")),
    (Suggestion.NO_POLICY, QT_TRANSLATE_NOOP("phrases", "no policy")),
    (CodeResult.LISTED, QT_TRANSLATE_NOOP("phrases", "listed")),
    (CodeResult.CONDITIONAL, QT_TRANSLATE_NOOP("phrases", "conditional")),
    (CodeResult.SUSPECT, QT_TRANSLATE_NOOP("phrases", "check")),
    (CodeResult.HEADER, QT_TRANSLATE_NOOP("phrases", "category only")),
    (CodeResult.MENTIONED, QT_TRANSLATE_NOOP("phrases", "mentioned")),
    (CodeResult.NOT_LISTED, QT_TRANSLATE_NOOP("phrases", "not listed")),
    (CodeResult.INVALID, QT_TRANSLATE_NOOP("phrases", "no such code")),
    (Validity.VALID, QT_TRANSLATE_NOOP("phrases", "billable on the day")),
    (Validity.HEADER, QT_TRANSLATE_NOOP("phrases", "a category, not billable on the day")),
    (Validity.RETIRED, QT_TRANSLATE_NOOP("phrases", "retired on the day")),
    (Validity.NOT_YET_VALID, QT_TRANSLATE_NOOP("phrases", "not yet valid on the day")),
    (Validity.UNKNOWN, QT_TRANSLATE_NOOP("phrases", "not known whether valid on the day")),
    (Validity.NOT_CHECKED, QT_TRANSLATE_NOOP("phrases", "validity not checked")),
    (Position.MEDICALLY_NECESSARY, QT_TRANSLATE_NOOP("phrases", "medically necessary")),
    (Position.NOT_MEDICALLY_NECESSARY, QT_TRANSLATE_NOOP("phrases", "not medically necessary")),
    (Position.INVESTIGATIONAL, QT_TRANSLATE_NOOP("phrases", "investigational and not medically necessary")),
    (Position.RECONSTRUCTIVE, QT_TRANSLATE_NOOP("phrases", "reconstructive")),
    (Position.COSMETIC, QT_TRANSLATE_NOOP("phrases", "cosmetic and not medically necessary")),
    (Position.OTHER, QT_TRANSLATE_NOOP("phrases", "a position of its own")),
    (CautionCode.LISTING_IS_NOT_COVERAGE, QT_TRANSLATE_NOOP("phrases", "Listing is not coverage")),
    (CautionCode.VERSION_NOT_IN_FORCE, QT_TRANSLATE_NOOP("phrases", "Version not in force")),
    (CautionCode.REVIEW_OVERDUE, QT_TRANSLATE_NOOP("phrases", "Review overdue")),
    (CautionCode.SUSPECT_RANGE, QT_TRANSLATE_NOOP("phrases", "A range looks misprinted")),
    (CautionCode.CONDITION_UNCONFIRMED, QT_TRANSLATE_NOOP("phrases", "Condition not shown")),
    (CautionCode.SCOPE_UNCONFIRMED, QT_TRANSLATE_NOOP("phrases", "Subject not shown")),
    (CautionCode.DIAGNOSIS_NOT_LISTED, QT_TRANSLATE_NOOP("phrases", "Diagnosis not listed")),
    (CautionCode.INVALID_CODE, QT_TRANSLATE_NOOP("phrases", "No such code")),
    (CautionCode.HEADER_CODE, QT_TRANSLATE_NOOP("phrases", "Category instead of a code")),
    (CautionCode.ICD9_CODE, QT_TRANSLATE_NOOP("phrases", "ICD-9 code")),
    (CautionCode.CONFLICTING_POSITIONS, QT_TRANSLATE_NOOP("phrases", "Positions conflict")),
    (CautionCode.ABSTRACT_ONLY, QT_TRANSLATE_NOOP("phrases", "Only an abstract is loaded")),
    (CautionCode.POLICY_UNCONFIRMED, QT_TRANSLATE_NOOP("phrases", "Reading not confirmed")),
    (CautionCode.LINE_OF_BUSINESS_UNCONFIRMED, QT_TRANSLATE_NOOP("phrases", "Line of business not confirmed")),
    (CautionCode.OTHER, QT_TRANSLATE_NOOP("phrases", "Note")),
    (SectionKind.HEADER, QT_TRANSLATE_NOOP("phrases", "Document")),
    (SectionKind.SCOPE, QT_TRANSLATE_NOOP("phrases", "Scope")),
    (SectionKind.POSITION, QT_TRANSLATE_NOOP("phrases", "Position statement")),
    (SectionKind.RATIONALE, QT_TRANSLATE_NOOP("phrases", "Rationale")),
    (SectionKind.BACKGROUND, QT_TRANSLATE_NOOP("phrases", "Background")),
    (SectionKind.DEFINITIONS, QT_TRANSLATE_NOOP("phrases", "Definitions")),
    (SectionKind.CODING, QT_TRANSLATE_NOOP("phrases", "Coding")),
    (SectionKind.REFERENCES, QT_TRANSLATE_NOOP("phrases", "References")),
    (SectionKind.WEBSITES, QT_TRANSLATE_NOOP("phrases", "Websites")),
    (SectionKind.INDEX, QT_TRANSLATE_NOOP("phrases", "Index")),
    (SectionKind.DISCLAIMER, QT_TRANSLATE_NOOP("phrases", "Disclaimer")),
    (SectionKind.HISTORY, QT_TRANSLATE_NOOP("phrases", "History")),
    (SectionKind.OTHER, QT_TRANSLATE_NOOP("phrases", "Other")),
    (LineOfBusiness.COMMERCIAL_INSURED, QT_TRANSLATE_NOOP("phrases", "Commercial, insured")),
    (LineOfBusiness.ERISA_SELF_FUNDED, QT_TRANSLATE_NOOP("phrases", "Employer group, self-funded (ERISA)")),
    (LineOfBusiness.QHP_FFE, QT_TRANSLATE_NOOP("phrases", "Marketplace plan (federal exchange)")),
    (LineOfBusiness.MEDICARE_ADVANTAGE, QT_TRANSLATE_NOOP("phrases", "Medicare Advantage")),
    (LineOfBusiness.MEDICAID_MANAGED_CARE, QT_TRANSLATE_NOOP("phrases", "Medicaid managed care")),
    (LineOfBusiness.CHIP_MANAGED_CARE, QT_TRANSLATE_NOOP("phrases", "CHIP managed care")),
    (LineOfBusiness.MEDICAID_FFS, QT_TRANSLATE_NOOP("phrases", "Medicaid fee for service")),
    (LineOfBusiness.FEHB, QT_TRANSLATE_NOOP("phrases", "Federal employees (FEHB)")),
    (LineOfBusiness.DSNP_INTEGRATED, QT_TRANSLATE_NOOP("phrases", "Integrated dual-eligible plan")),
    (LineOfBusiness.GOVERNMENT_SELF_FUNDED, QT_TRANSLATE_NOOP("phrases", "Government group, self-funded")),
    (LineOfBusiness.OTHER, QT_TRANSLATE_NOOP("phrases", "Other line of business")),
    (Urgency.STANDARD, QT_TRANSLATE_NOOP("phrases", "Standard")),
    (Urgency.EXPEDITED, QT_TRANSLATE_NOOP("phrases", "Expedited")),
    (Timing.PRESERVICE, QT_TRANSLATE_NOOP("phrases", "pre-service")),
    (Timing.CONCURRENT, QT_TRANSLATE_NOOP("phrases", "concurrent")),
    (Timing.POSTSERVICE, QT_TRANSLATE_NOOP("phrases", "post-service")),
    (Following.APPEAL, QT_TRANSLATE_NOOP("phrases", "Appeal")),
    (Following.REOPENING, QT_TRANSLATE_NOOP("phrases", "Reopening")),
    (Evidence.FAX_HEADER, QT_TRANSLATE_NOOP("phrases", "header of the fax")),
    (Evidence.DATE_STAMP, QT_TRANSLATE_NOOP("phrases", "date stamp")),
    (Evidence.PORTAL_RECORD, QT_TRANSLATE_NOOP("phrases", "record of the portal")),
    (Evidence.CALL_LOG, QT_TRANSLATE_NOOP("phrases", "call log")),
    (Evidence.FILE_TIME, QT_TRANSLATE_NOOP("phrases", "time of the file")),
    (Evidence.OTHER, QT_TRANSLATE_NOOP("phrases", "something else")),
    (Channel.X12, QT_TRANSLATE_NOOP("phrases", "by X12 278")),
    (Channel.FHIR, QT_TRANSLATE_NOOP("phrases", "by FHIR")),
    (Channel.PORTAL, QT_TRANSLATE_NOOP("phrases", "by portal")),
    (Channel.FAX, QT_TRANSLATE_NOOP("phrases", "by fax")),
    (Channel.PHONE, QT_TRANSLATE_NOOP("phrases", "by telephone")),
    (Channel.MAIL, QT_TRANSLATE_NOOP("phrases", "by mail")),
    (Channel.FILE, QT_TRANSLATE_NOOP("phrases", "as a file")),
    (Network.IN, QT_TRANSLATE_NOOP("phrases", "in network")),
    (Network.OUT, QT_TRANSLATE_NOOP("phrases", "out of network")),
    (News.INFORMATION, QT_TRANSLATE_NOOP("phrases", "Information came")),
    (News.CANCELLATION, QT_TRANSLATE_NOOP("phrases", "Cancellation asked")),
    (News.REVISION, QT_TRANSLATE_NOOP("phrases", "Revision asked")),
    (News.INQUIRY, QT_TRANSLATE_NOOP("phrases", "Inquiry came")),
    (News.NOTIFICATION, QT_TRANSLATE_NOOP("phrases", "Notification came")),
    (News.RESPONSE, QT_TRANSLATE_NOOP("phrases", "Payer's response came")),
    (News.TELL_SENDER, QT_TRANSLATE_NOOP("phrases", "Tell the sender")),
    (News.RECEIPT, QT_TRANSLATE_NOOP("phrases", "Say when it came")),
    (Workflow.INTAKE, QT_TRANSLATE_NOOP("phrases", "In intake")),
    (Restriction.EMPLOYEE, QT_TRANSLATE_NOOP("phrases", "Restricted: employee")),
    (Restriction.RELATIVE, QT_TRANSLATE_NOOP("phrases", "Restricted: relative")),
    (Restriction.SENSITIVE, QT_TRANSLATE_NOOP("phrases", "Restricted: sensitive")),
    (Workflow.REVIEW, QT_TRANSLATE_NOOP("phrases", "In nurse review")),
    (Workflow.PENDED, QT_TRANSLATE_NOOP("phrases", "Pended for information")),
    (Workflow.WITH_PHYSICIAN, QT_TRANSLATE_NOOP("phrases", "With the physician")),
    (Workflow.RETURNED, QT_TRANSLATE_NOOP("phrases", "Returned by the physician")),
    (Workflow.PEER_TO_PEER, QT_TRANSLATE_NOOP("phrases", "Peer-to-peer open")),
    (Workflow.DECIDED, QT_TRANSLATE_NOOP("phrases", "Decided")),
    (Workflow.NOTICED, QT_TRANSLATE_NOOP("phrases", "Notice given")),
    (Workflow.CLOSED, QT_TRANSLATE_NOOP("phrases", "Closed")),
    (Workflow.REOPENED, QT_TRANSLATE_NOOP("phrases", "Reopened")),
    (Determination.APPROVED, QT_TRANSLATE_NOOP("phrases", "Approved")),
    (Determination.PARTIAL, QT_TRANSLATE_NOOP("phrases", "Approved in part")),
    (Determination.MODIFIED, QT_TRANSLATE_NOOP("phrases", "Modified")),
    (Determination.DENIED, QT_TRANSLATE_NOOP("phrases", "Denied")),
    (Determination.WITHDRAWN, QT_TRANSLATE_NOOP("phrases", "Withdrawn")),
    (Determination.DISMISSED, QT_TRANSLATE_NOOP("phrases", "Dismissed")),
    (Determination.NOT_REQUIRED, QT_TRANSLATE_NOOP("phrases", "No authorization required")),
    (Determination.VOIDED, QT_TRANSLATE_NOOP("phrases", "Voided")),
    (Family.CLINICAL, QT_TRANSLATE_NOOP("phrases", "Clinical")),
    (Family.ADMINISTRATIVE, QT_TRANSLATE_NOOP("phrases", "Administrative, no clinical judgment")),
    (Family.INFORMATION, QT_TRANSLATE_NOOP("phrases", "Lack of information")),
    (Matter.EXCLUDED, QT_TRANSLATE_NOOP("phrases", "Benefit exclusion")),
    (Matter.USED_UP, QT_TRANSLATE_NOOP("phrases", "Limit used up")),
    (Matter.NOT_ELIGIBLE, QT_TRANSLATE_NOOP("phrases", "Not eligible")),
    (Matter.OUT_OF_NETWORK, QT_TRANSLATE_NOOP("phrases", "Out of network without authorization")),
    (Matter.NOT_TIMELY, QT_TRANSLATE_NOOP("phrases", "Not timely")),
    (Matter.DISMISSAL, QT_TRANSLATE_NOOP("phrases", "Dismissal")),
    (Dismissal.NOT_VALID, QT_TRANSLATE_NOOP("phrases", "Not a valid request")),
    (Dismissal.NOT_PARTY, QT_TRANSLATE_NOOP("phrases", "Not from a proper party")),
    (Dismissal.LATE, QT_TRANSLATE_NOOP("phrases", "Not in time")),
    (Cause.GOOD_CAUSE, QT_TRANSLATE_NOOP("phrases", "Good cause")),
    (Cause.FRAUD, QT_TRANSLATE_NOOP("phrases", "Fraud or similar fault")),
    (CoverageItem.ELIGIBLE, QT_TRANSLATE_NOOP("phrases", "eligible on the date of service")),
    (CoverageItem.BENEFIT, QT_TRANSLATE_NOOP("phrases", "benefit and limit")),
    (CoverageItem.NETWORK, QT_TRANSLATE_NOOP("phrases", "network")),
    (CoverageItem.OTHER_COVERAGE, QT_TRANSLATE_NOOP("phrases", "other coverage")),
    (CoverageItem.AUTHORIZATION, QT_TRANSLATE_NOOP("phrases", "authorization needed for this code")),
    (ContactWay.CALL, QT_TRANSLATE_NOOP("phrases", "call")),
    (ContactWay.VOICEMAIL, QT_TRANSLATE_NOOP("phrases", "voicemail")),
    (ContactWay.FAX, QT_TRANSLATE_NOOP("phrases", "fax")),
    (ContactWay.PORTAL, QT_TRANSLATE_NOOP("phrases", "portal message")),
    (ContactWay.MAIL, QT_TRANSLATE_NOOP("phrases", "mail")),
    (ContactWay.EMAIL, QT_TRANSLATE_NOOP("phrases", "e-mail")),
)

# by class too: values of different sets share their spelling, and string enums compare by it
_BY_VALUE = {(type(value), value): str(words) for value, words in _WORDS}

_PLACES: dict[str, object] = {
    "11": QT_TRANSLATE_NOOP("phrases", "Office"),
    "12": QT_TRANSLATE_NOOP("phrases", "Home"),
    "19": QT_TRANSLATE_NOOP("phrases", "Off-campus outpatient hospital"),
    "20": QT_TRANSLATE_NOOP("phrases", "Urgent care"),
    "21": QT_TRANSLATE_NOOP("phrases", "Inpatient hospital"),
    "22": QT_TRANSLATE_NOOP("phrases", "On-campus outpatient hospital"),
    "23": QT_TRANSLATE_NOOP("phrases", "Emergency room"),
    "24": QT_TRANSLATE_NOOP("phrases", "Ambulatory surgical center"),
    "31": QT_TRANSLATE_NOOP("phrases", "Skilled nursing facility"),
    "49": QT_TRANSLATE_NOOP("phrases", "Independent clinic"),
}
"""The commoner places of service (CMS place-of-service code set)."""


def phrase(value: StrEnum) -> str:
    """The words for a value of a closed set, in the language of the screens; KeyError for one that has none."""
    return QCoreApplication.translate("phrases", _BY_VALUE[type(value), value])


def sentence(value: StrEnum) -> str:
    """The same with a capital, for the head of a row."""
    words = phrase(value)
    return words[:1].upper() + words[1:]


def place(code: str) -> str:
    """A place of service as code and, for the commoner ones, name."""
    name = _PLACES.get(code)
    return f"{code} {QCoreApplication.translate('phrases', str(name))}" if name else code


def day(value: date) -> str:
    """A day as letters and policies in the United States write it, whatever the machine's own habit."""
    return f"{value:%m/%d/%Y}"


def span(first: date | None, last: date | None) -> str:
    """A first and a last day, shortened where they share a year; empty where neither is known."""
    if first is None or last is None or first == last:
        known = first or last
        return day(known) if known else ""
    return f"{first:%m/%d}–{day(last)}" if first.year == last.year else f"{day(first)}–{day(last)}"


def moment(value: datetime, zone: str | None = None) -> str:
    """An aware instant in the zone in which it was told, named; in UTC where no known zone was told."""
    try:
        told = value.astimezone(zones.zone(zone or "UTC"))
    except ValueError:
        told = value.astimezone(UTC)
    return f"{told:%m/%d/%Y %H:%M} {told.tzname()}"


def quantity(value: Decimal, unit: str | None = None) -> str:
    """How much, without trailing zeros."""
    amount = f"{value.normalize():f}"
    return f"×{amount} {unit}" if unit and unit != "UN" else f"×{amount}"


def runs(numbers: Iterable[int]) -> str:
    """Numbers in order with runs of three or more drawn together: `1, 3–5, 8`."""
    return ", ".join(_pieces(sorted(set(numbers))))


def _pieces(numbers: list[int]) -> Iterator[str]:
    start = 0
    for i, number in enumerate(numbers):
        if i + 1 < len(numbers) and numbers[i + 1] == number + 1:
            continue
        run = numbers[start : i + 1]
        if len(run) > 2:
            yield f"{run[0]}–{run[-1]}"
        else:
            yield from (str(each) for each in run)
        start = i + 1
