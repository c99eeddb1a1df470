"""What makers hand over: hits, match reports, problems, extracted requests. Findings, never outcomes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ur_desk.domain.codes import System, Validity
from ur_desk.domain.policy import Position, Severity, Sha256
from ur_desk.domain.request import Request


class Relation(StrEnum):
    """How a policy touches a request; the first that any line has stands for the policy, in this order of strength."""

    APPLIES = "applies"
    BY_DESCRIPTION = "applies_by_description"
    CONFIRM_CONDITION = "confirm_condition"
    CONFIRM_SCOPE = "confirm_scope"
    RELATED = "related"


class HitKind(StrEnum):
    """What of the request touched the policy."""

    PROCEDURE = "procedure"
    DIAGNOSIS = "diagnosis"
    TERM = "term"


class HitResult(StrEnum):
    """How an entry of the policy holds a value of the request."""

    LISTED = "listed"
    CONDITIONAL = "conditional"
    SUSPECT = "suspect"
    HEADER = "header"
    MENTIONED = "mentioned"
    TERM = "term"


class CodeResult(StrEnum):
    """What became of one code of the request, over all policies."""

    LISTED = "listed"
    CONDITIONAL = "conditional"
    SUSPECT = "suspect"
    HEADER = "header"
    MENTIONED = "mentioned"
    NOT_LISTED = "not_listed"
    INVALID = "invalid"


class Scope(StrEnum):
    """What ties a service line to the policy's subject."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    NAMES_OTHER = "names_other"


class Suggestion(StrEnum):
    """What to do next; there is no approve and no deny here."""

    REFER = "refer_to_physician"
    CONFIRM = "confirm_and_rematch"
    CHECK_CRITERIA = "check_criteria"
    NO_POLICY = "no_policy_found"


class CautionCode(StrEnum):
    """Something that a reviewer must weigh before deciding."""

    LISTING_IS_NOT_COVERAGE = "listing_is_not_coverage"
    VERSION_NOT_IN_FORCE = "version_not_in_force"
    REVIEW_OVERDUE = "review_overdue"
    SUSPECT_RANGE = "suspect_range"
    CONDITION_UNCONFIRMED = "condition_unconfirmed"
    SCOPE_UNCONFIRMED = "scope_unconfirmed"
    DIAGNOSIS_NOT_LISTED = "diagnosis_not_listed"
    INVALID_CODE = "invalid_code"
    HEADER_CODE = "header_code"
    ICD9_CODE = "icd9_code"
    CONFLICTING_POSITIONS = "conflicting_positions"
    ABSTRACT_ONLY = "abstract_only"
    POLICY_UNCONFIRMED = "policy_unconfirmed"
    LINE_OF_BUSINESS_UNCONFIRMED = "line_of_business_unconfirmed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hit:
    """One reason why a policy and a request touch; `line` counts in the policy's text, `why` is plain words."""

    kind: HitKind
    value: str
    result: HitResult
    line: int | None
    why: str
    service_line: int | None = None
    entry: str | None = None
    condition: str | None = None
    condition_shown: bool | None = None


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A section worth showing, by its lines."""

    kind: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class PolicyMatch:
    """One policy version that has a reason to be looked at."""

    id: str
    text: Sha256
    title: str
    effective: date | None
    relation: Relation
    hits: tuple[Hit, ...]
    sections: tuple[SectionSpan, ...]
    position: Position | None = None
    all_indications: bool = False
    version_note: str | None = None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What became of one code of the request; every code has a row."""

    code: str
    system: System
    result: CodeResult
    validity: Validity = Validity.NOT_CHECKED
    description: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What was found for one service line."""

    line: int
    policies: tuple[str, ...]
    suggestion: Suggestion
    scope: Scope | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """A caution with its words; `policy` and `line` (of the policy's text) where it has a place."""

    code: CautionCode
    message: str
    policy: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class MatchReport:
    """Everything that touches one request, and why; deterministic for the same request, library and code set."""

    policies: tuple[PolicyMatch, ...]
    codes: tuple[CodeRow, ...]
    services: tuple[ServiceRow, ...]
    suggestion: Suggestion
    cautions: tuple[Caution, ...]

    def service(self, line: int) -> ServiceRow | None:
        """The row of a service line."""
        return next((row for row in self.services if row.line == line), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in an imported file, with a place in it; never an exception."""

    severity: Severity
    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Made:
    """When a file was made by its sender's own clock: a local time without a zone, its zone where one is told, and where that stands."""

    at: datetime
    zone: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an importer hands over: the good requests, a problem for each bad one, and when the sender made the file, where it says so."""

    requests: tuple[Request, ...]
    problems: tuple[Problem, ...]
    made: Made | None = None
