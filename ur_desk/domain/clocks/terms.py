"""The words in which clock rules are written: what starts a clock, what it is about, whose law it is, and what bends it."""

from enum import StrEnum


class Start(StrEnum):
    """What starts a clock. From a change of care it counts back: the last day for notice lies before it."""

    RECEIPT = "receipt"
    COMPLETE_REQUEST = "complete_request"
    CHANGE = "change_of_care"


class About(StrEnum):
    """What is to be answered."""

    REQUEST = "request"
    REDUCTION = "reduction"
    """The plan itself ends, suspends or reduces care that it had approved."""
    APPEAL = "appeal"
    REOPENING = "reopening"


class Law(StrEnum):
    """The family of law, or of standards, that a rule belongs to; each that binds a request must have a rule for it."""

    ERISA = "erisa"
    ACA = "aca"
    STATE = "state"
    EXCHANGE = "exchange"
    MEDICARE = "medicare"
    MEDICAID = "medicaid"
    CHIP = "chip"
    FEHB = "fehb"
    NCQA = "ncqa"


class Trait(StrEnum):
    """A fact that few rules turn on. Where nobody said it, the rules on both sides stand, and the stricter wins."""

    ELECTRONIC = "electronic"
    """It came through an electronic transaction or portal (Washington)."""
    UNDER_AUTHORIZATION = "under_authorization"
    """The item is on the plan's list for prior authorization (Medicare Advantage)."""
    DRUG = "drug"
    """A covered outpatient drug (Medicaid), or a Part B drug (Medicare Advantage)."""
    BEFORE_END = "a_day_before_the_end"
    """An extension of ongoing care, asked at least 24 hours before it ends (ERISA)."""
    CLEAN_NONCONTRACT = "clean_noncontract_claim"
    """A clean claim of a provider without a contract (Medicare Advantage)."""


class DatedBy(StrEnum):
    """Which day decides whether a row is in force."""

    RECEIPT = "receipt"
    RATING_PERIOD = "rating_period"
    """The first day of the plan's rating period (Medicaid managed care)."""


class Condition(StrEnum):
    """What allows an extension."""

    BEYOND_CONTROL = "beyond_control"
    REQUESTED = "requested"
    """The enrollee or the provider asks for it (Medicaid)."""
    NEED_AND_INTEREST = "need_and_interest"
    """The plan shows that it needs more information and that waiting is in the enrollee's interest."""
    ENROLLEE_ASKS = "enrollee_asks"
    NONCONTRACT_EVIDENCE = "noncontract_evidence"
    """Evidence of a provider without a contract could change a denial (Medicare Advantage)."""
    EXTRAORDINARY = "extraordinary"
    """Extraordinary, exigent or other non-routine circumstances, in the enrollee's interest."""
    JUSTIFIED = "justified"
    """The plan justifies the need (Medicare Advantage, expedited)."""


class Arithmetic(StrEnum):
    """What is left once a pause ends; which of them holds is for the customer's counsel to say."""

    FROM_ANSWER = "from_answer"
    """A period of its own from the answer; never later than the rest where notice left in time."""
    REST = "rest"
    """What was left of base and extension when the pause began."""


class Right(StrEnum):
    """What the notice of an extension must say besides its reason."""

    GRIEVANCE = "grievance"
    EXPEDITED_GRIEVANCE = "expedited_grievance"


class Trigger(StrEnum):
    """What brings a duty about."""

    MISFILED = "misfiled"
    EXPEDITE_REFUSED = "expedite_refused"
    NONCONTRACT_RECORDS = "noncontract_records"


class Effect(StrEnum):
    """What lateness is in law."""

    DENIED = "denied"
    ADVERSE = "adverse"
    APPROVED = "approved"


class WindowUnit(StrEnum):
    """What a window counts."""

    DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"


class Opens(StrEnum):
    """From which day a window counts; that day is not counted."""

    DATED = "date_of_notice"
    CAME = "receipt_of_notice"
