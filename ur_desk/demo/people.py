"""The demo's people: three accounts, invented members and providers, an invented plan. No one here exists."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ur_desk.domain.codes import procedure_system
from ur_desk.domain.guard.vault import Cost
from ur_desk.domain.letter import PlanProfile
from ur_desk.domain.people import Credential
from ur_desk.domain.request import (
    Channel,
    Claim,
    Coverage,
    Diagnosis,
    LineOfBusiness,
    Member,
    Provider,
    Request,
    ServiceLine,
    Sex,
    Timing,
    Urgency,
)

ZONE = "America/Indiana/Indianapolis"
NURSE, PHYSICIAN, SUPERVISOR = "mara", "osei", "reyes"

CREDENTIALS = {
    NURSE: Credential("RN", "DEMO-RN-104", "IN", date(2019, 10, 31), "Utilization review"),
    PHYSICIAN: Credential("MD", "DEMO-MD-551", "IN", date(2019, 10, 31), "Diagnostic radiology"),
    SUPERVISOR: Credential("RN", "DEMO-RN-077", "IN", date(2019, 10, 31), "Utilization management"),
}
PASSPHRASES = {
    NURSE: "lantern river seven quiet maps",
    PHYSICIAN: "copper orchard winter steady boats",
    SUPERVISOR: "amber ladder morning small bridges",
}
"""What the screen says of the invented people; they open a throw-away workspace and nothing else."""
COST = Cost(2, 128 * 1024 * 1024)
"""The least that a guess costs anywhere; the demo does not measure its machine."""
NAMES = {NURSE: "Mara Lindqvist", PHYSICIAN: "Kwame Osei", SUPERVISOR: "Ines Reyes"}

CHIROPRACTOR = Provider(
    "Priya Natarajan", "1558597799", "317-555-0118", "317-555-0119", "Front desk", "DC", address="4 Orchard Row\nMuncie, IN 47303"
)
NEUROLOGIST = Provider(
    "Tobias Greenleaf", "1234567893", "317-555-0126", "317-555-0127", "Dana, scheduling", "MD", address="88 Canal Walk\nCarmel, IN 46032"
)
IMAGING = Provider("Orchard Row Imaging", "1000000004", "317-555-0132", address="6 Orchard Row\nMuncie, IN 47303")

LINES_OF_BUSINESS: dict[LineOfBusiness, Coverage] = {
    LineOfBusiness.ERISA_SELF_FUNDED: Coverage("Lindenfield Works Health Plan", "LW-200", "self_funded", erisa=True),
    LineOfBusiness.COMMERCIAL_INSURED: Coverage("Wabash Prairie Preferred", "WP-31", "insured", erisa=True),
    LineOfBusiness.QHP_FFE: Coverage("Wabash Prairie Silver", None, "insured", erisa=False),
    LineOfBusiness.MEDICARE_ADVANTAGE: Coverage("Wabash Prairie Senior", None, "insured", erisa=False),
    LineOfBusiness.MEDICAID_MANAGED_CARE: Coverage("Wabash Prairie Community", None, None, erisa=False),
    LineOfBusiness.CHIP_MANAGED_CARE: Coverage("Wabash Prairie Kids", None, None, erisa=False),
    LineOfBusiness.MEDICAID_FFS: Coverage("State Medicaid", None, None, erisa=False),
    LineOfBusiness.FEHB: Coverage("Federal employees, standard option", None, None, erisa=False),
    LineOfBusiness.DSNP_INTEGRATED: Coverage("Wabash Prairie Dual", None, None, erisa=False),
    LineOfBusiness.GOVERNMENT_SELF_FUNDED: Coverage("Delaware County Schools Plan", "DC-7", "self_funded", erisa=False),
    LineOfBusiness.OTHER: Coverage("Unknown plan", None, None),
}


def local(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2017) -> datetime:
    """An instant on the demo's own wall clock."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def member(number: int, family: str, given: str, born: date, sex: Sex, street: str) -> Member:
    """An invented member with a demo member id."""
    return Member(family, given, f"DEMO-{number:06d}", born, sex, address=street, phone=f"317-555-01{number % 100:02d}", language="en")


def service(
    line: int, code: str, words: str | None, day: date | None, quantity: int = 1, place: str = "11", last: date | None = None
) -> ServiceLine:
    """A service line as a provider would send it."""
    return ServiceLine(
        line, code, system=procedure_system(code), raw=code, quantity=Decimal(quantity), unit="UN", description=words, first_day=day,
        last_day=last or day, place_of_service=place,
    )  # fmt: skip


def request(
    who: Member, received: datetime, business: LineOfBusiness, lines: tuple[ServiceLine, ...], diagnoses: str, **told: Any
) -> Request:
    """A request with sane defaults: standard, pre-service, Indiana, by fax from the chiropractor."""
    codes = diagnoses.split()
    facts: dict[str, Any] = {
        "channel": Channel.FAX,
        "urgency": Urgency.STANDARD,
        "timing": Timing.PRESERVICE,
        "state": "IN",
        "requesting_provider": CHIROPRACTOR,
        "servicing_provider": IMAGING,
        "coverage": LINES_OF_BUSINESS[business],
    }
    return Request(
        services=lines,
        member=who,
        diagnoses=tuple(Diagnosis(code, raw=code, primary=n == 0) for n, code in enumerate(codes)),
        received_at=received,
        received_zone=ZONE,
        line_of_business=business,
        **(facts | told),
    )


def claim(number: int, billed: int) -> dict[str, Any]:
    """What makes a request post-service: the care is done and a claim asks."""
    return {"timing": Timing.POSTSERVICE, "claim": Claim(f"DEMO-C{number:05d}", Decimal(billed)), "channel": Channel.MAIL}


def profiles() -> tuple[PlanProfile, ...]:
    """The invented plans' words for their letters, as their administrator would fill them."""
    return tuple(
        _profile(business, covered.plan or "") for business, covered in LINES_OF_BUSINESS.items() if business is not LineOfBusiness.OTHER
    )


def _profile(business: LineOfBusiness, name: str) -> PlanProfile:
    every = PlanProfile(
        business,
        "IN",
        plan_name=name,
        address="P.O. Box 1200\nMuncie, IN 47302",
        phone="1-800-555-0142",
        tty="711",
        hours="Monday to Friday, 8 a.m. to 6 p.m. Eastern time",
        appeal_address="Appeals, P.O. Box 1201, Muncie, IN 47302",
        appeal_phone="1-800-555-0143",
        appeal_fax="1-800-555-0144",
        expedited_phone="1-800-555-0145",
        peer_to_peer_phone="1-800-555-0146",
        records_fax="1-800-555-0147",
        plan_provision="Your plan booklet, section 7: services that are investigational or not medically necessary are not covered.",
        language_help_text="Help in your language costs nothing. Call 1-800-555-0142 (TTY 711).",
        nondiscrimination_text="The plan treats all members alike, whatever their race, color, national origin, age, disability or sex.",
        **TEXTS,
    )
    unwanted: dict[str, Any] = {field: "" for field in TEXTS if field not in every.wanted_fields}
    return replace(every, **unwanted)


TEXTS: dict[str, Any] = {
    "internal_appeal_text": "Your plan offers one level of internal appeal. People who took no part in the first decision will look at "
    "everything again.",
    "external_review_text": "If the appeal does not change the decision, you may ask for a review by doctors outside of the plan. Ask "
    "within four months of the day on which you get the answer to your appeal: write to External Review, P.O. Box 1202, Muncie, IN 47302, "
    "or call 1-800-555-0148. If waiting could harm you, call and ask for a fast review; you may ask while your appeal goes on.",
    "consumer_assistance_text": "The Indiana Department of Insurance answers members' questions at 1-800-555-0150.",
    "erisa_rights_text": "Your plan booklet says how the plan follows this law.",
    "taglines": "es: Puede recibir ayuda en español sin costo. Llame al 1-800-555-0142 (TTY 711).\n"
    "vi: Quý vị có thể được trợ giúp bằng tiếng Việt miễn phí. Gọi 1-800-555-0142 (TTY 711).\n"
    "ar: يمكنك الحصول على المساعدة باللغة العربية دون تكلفة. اتصل على 1-800-555-0142 (TTY 711).\n"
    "hi: आपको हिन्दी में निःशुल्क सहायता मिल सकती है। 1-800-555-0142 (TTY 711) पर कॉल करें।",
    "grievance_text": "Call 1-800-555-0149, or write to P.O. Box 1203, Muncie, IN 47302.",
    "fair_hearing_text": "Write to the Office of Hearings, P.O. Box 1204, Indianapolis, IN 46204, or call 1-800-555-0151.",
    "continuation_text": "Call 1-800-555-0143 and say that you want to keep your care. Call before the day on which the change begins.",
    "independent_review_text": "If the group does not decide for you, its letter tells you what you can do next.",
    "disputed_claims_text": "You may ask the federal Office of Personnel Management to look at our answer. The brochure says how, and by when.",
    "late_text": "The law of your state says what follows from a late answer. Call 1-800-555-0142 and we will tell you.",
}
"""What the plans say of rights and languages; each profile takes what its line of business needs."""
