"""What a state asks of whoever signs an adverse decision: dated rows as data, and which of them stand unmet before it is signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.case import Case
from ur_desk.domain.decisions.peers import offers
from ur_desk.domain.law_rows import Verified
from ur_desk.domain.people import Account, Licence, PeerKind, Role, is_peer
from ur_desk.domain.request import LineOfBusiness, Request
from ur_desk.domain.states import STATES
from ur_desk.domain.zones import zone

Line = LineOfBusiness

NO_CONFLICT = (
    "I have no financial, professional or family interest in this decision or in anybody whom it concerns, "
    "and my pay does not depend on its outcome."
)
"""What whoever signs an adverse decision, or an exception, attests for it (45 CFR 147.136(b)(2)(ii)(D); IC 27-1-37.5-20(b))."""
PHYSICIANS = frozenset({"MD", "DO"})


class Demand(StrEnum):
    """What a row asks for before an adverse decision is signed."""

    OFFER = "peer_to_peer_offered"
    LICENCE = "licence_in_the_state"
    SPECIALTY = "same_or_similar_specialty"
    ALTERNATIVES = "alternatives_named"


class Whom(StrEnum):
    """Of whom a licence or a specialty is asked."""

    SIGNER = "signer"
    PEER = "peer"
    """The physician with whom the discussion is offered."""


@dataclass(frozen=True, slots=True)
class SigningRule:
    """One demand of state law: on whom it is, where it is written, and who compared it with that on which day.

    `from_day` and `to_day` are days of receipt, both in. `source` is where the law is written, `seen` which copy of it was read, `note` what
    is still to be compared. `when_physician_ordered` binds only what a physician asked for. A row that
    nobody has compared is shown as unverified, and refuses nothing.
    """

    id: str
    name: str
    demand: Demand
    lines: frozenset[LineOfBusiness]
    states: frozenset[str]
    source: str
    whom: Whom = Whom.SIGNER
    when_physician_ordered: bool = False
    verified: Verified | None = None
    seen: str = ""
    note: str = ""
    from_day: date | None = None
    to_day: date | None = None

    def __post_init__(self) -> None:
        if not (self.lines and self.states and self.source.strip() and self.name.strip()):
            raise ValueError("a rule names its lines of business, its states and its source")
        if self.whom is Whom.PEER and self.demand not in (Demand.LICENCE, Demand.SPECIALTY):
            raise ValueError("only a licence or a specialty is asked of the physician with whom a discussion is offered")

    def in_force(self, day: date) -> bool:
        """Whether it binds requests received on that day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, slots=True)
class SigningRules:
    """The rows of every state that is loaded; ids are unique. `peers` are the credentials with which somebody signs as a physician, and
    `licensed` the roles that decide with a running licence only; rules of before either was asked for name none."""

    rules: tuple[SigningRule, ...] = ()
    peers: tuple[PeerKind, ...] = ()
    licensed: frozenset[Role] = frozenset()

    def __post_init__(self) -> None:
        ids = [rule.id for rule in self.rules]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"given twice: {', '.join(twice)}")

    def unfit(self, person: Account, day: date) -> tuple[str, str] | None:
        """Why a person decides nothing on that day, and what to do; None where nothing speaks against it.

        A physician's decision is a peer's, whatever role somebody was given (URAC and NCQA: a clinical refusal takes a physician or
        another practitioner of a fitting doctoral degree); what else is decided takes a licence that runs.
        """
        if person.roles & self.licensed and (missing := person.has_no_licence_on(day)):
            return missing
        held = person.credential
        if self.peers and person.has(Role.PHYSICIAN) and not is_peer(held, self.peers):
            kind = held.kind.strip() if held else ""
            told = f"Your credential on file is {kind}" if kind else "Your credential on file has no kind"
            return f"{told}: as a physician reviewer a peer signs.", f"Peers are: {', '.join(each.kind for each in self.peers)}."
        return None

    @property
    def states(self) -> tuple[str, ...]:
        """The states of which a row is loaded, by name."""
        told = {state for rule in self.rules for state in rule.states}
        return tuple(state for state in STATES if state in told)


class Lack(StrEnum):
    """Why no row of a state is shown."""

    LINE_OF_BUSINESS = "line_of_business"
    STATE = "state"
    NOT_BOUND = "not_bound"
    NOT_LOADED = "not_loaded"
    NOT_IN_FORCE = "not_in_force"


class Standing(StrEnum):
    """Whether a demand is met before somebody signs."""

    MET = "met"
    UNMET = "unmet"
    TO_SAY = "to_say"
    """It is met by what the decision itself says."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row that binds the lines, and whether it is met."""

    rule: SigningRule
    standing: Standing

    @property
    def refuses(self) -> bool:
        """Whether nothing adverse is signed before it is met."""
        return self.standing is Standing.UNMET and self.rule.verified is not None


@dataclass(frozen=True, slots=True)
class Required:
    """What the state asks for before lines are decided adversely; `lack` says why there is no row, where there is none."""

    rows: tuple[Requirement, ...] = ()
    lack: Lack | None = None
    line: LineOfBusiness | None = None
    state: str | None = None
    received: date | None = None
    licence: Licence | None = None
    """The licence under which the person would sign."""

    @property
    def refusing(self) -> tuple[Requirement, ...]:
        """The rows before which nothing adverse is signed."""
        return tuple(row for row in self.rows if row.refuses)

    def asks(self, demand: Demand) -> Requirement | None:
        """The first row that the decision itself meets by what it says, or None."""
        return next((row for row in self.rows if row.rule.demand is demand and row.standing is Standing.TO_SAY), None)


UNDER_STATE_LAW = frozenset(
    {
        Line.COMMERCIAL_INSURED,
        Line.QHP_FFE,
        Line.GOVERNMENT_SELF_FUNDED,
        Line.MEDICAID_MANAGED_CARE,
        Line.MEDICAID_FFS,
        Line.CHIP_MANAGED_CARE,
    }
)
"""Lines of business that a state's law of utilization review can bind (domain notes 3.2); Medicare Advantage, federal employees and
self-funded ERISA plans are exempt from it."""


def required(case: Case, lines: Iterable[int], person: Account, today: date, rules: SigningRules) -> Required:
    """What the state of a case asks for before this person decides these lines adversely on that day."""
    request = case.request
    business, state, received = request.line_of_business, request.state, received_on(request) or today
    rows = [rule for rule in rules.rules if business in rule.lines and state in rule.states]
    lack, licence = _lack(business, state, rows, received), person.credential.in_force(today, state) if person.credential else None
    if lack is not None:
        return Required(lack=lack, line=business, state=state, received=received, licence=licence)
    bound = [rule for rule in rows if rule.in_force(received) and _concerns(rule, request)]
    told = tuple(Requirement(rule, _standing(rule, case, tuple(lines), person, today)) for rule in bound)
    return Required(told, None, business, state, received, licence)


def elsewhere(licence: Licence | None, state: str | None) -> str:
    """The state of a case where a licence is of another one; empty where it is of that one, or somebody did not say."""
    return state if licence and licence.state and state and licence.state != state else ""


def received_on(request: Request) -> date | None:
    """The day of receipt on the clocks where it was told; None where nobody said."""
    at = request.received_at
    return at.astimezone(zone(request.received_zone or "UTC")).date() if at else None


def _lack(business: Line | None, state: str | None, rows: list[SigningRule], received: date) -> Lack | None:
    if business is None:
        return Lack.LINE_OF_BUSINESS
    if business not in UNDER_STATE_LAW:
        return Lack.NOT_BOUND
    if state is None:
        return Lack.STATE
    if not rows:
        return Lack.NOT_LOADED
    return None if any(rule.in_force(received) for rule in rows) else Lack.NOT_IN_FORCE


def _concerns(rule: SigningRule, request: Request) -> bool:
    return not rule.when_physician_ordered or ordered_by_physician(request) is not False


def ordered_by_physician(request: Request) -> bool | None:
    """Whether a physician asked for the service, by the credential of whoever did; None where none is told."""
    told = request.requesting_provider.credential if request.requesting_provider else None
    if not told or not told.strip():
        return None
    return bool({part.strip(".").replace(".", "").upper() for part in told.replace(",", " ").split()} & PHYSICIANS)


def _standing(rule: SigningRule, case: Case, lines: tuple[int, ...], person: Account, today: date) -> Standing:
    if rule.demand is Demand.ALTERNATIVES or (rule.demand is Demand.SPECIALTY and rule.whom is Whom.SIGNER):
        return Standing.TO_SAY
    if rule.demand is Demand.LICENCE and rule.whom is Whom.SIGNER:
        held = person.credential.states_on(today) if person.credential else ()
        return Standing.MET if case.request.state in held else Standing.UNMET
    return Standing.MET if all(_offered(rule, case, line) for line in lines) else Standing.UNMET


def _offered(rule: SigningRule, case: Case, line: int) -> bool:
    """Whether a discussion was offered for the line, with such a physician where the row asks for one."""
    for offer in offers(case, line):
        if rule.demand is Demand.OFFER:
            return True
        if rule.demand is Demand.LICENCE and case.request.state in offer.licensed_in:
            return True
        if rule.demand is Demand.SPECIALTY and offer.similar.strip():
            return True
    return False


# in words ----------------------------------------------------------------------------------------------------------------------

_LINES = {
    Line.COMMERCIAL_INSURED: "insured business",
    Line.QHP_FFE: "plans on the federal exchange",
    Line.GOVERNMENT_SELF_FUNDED: "self-funded government plans",
    Line.MEDICAID_MANAGED_CARE: "Medicaid managed care",
    Line.MEDICAID_FFS: "Medicaid fee for service",
    Line.CHIP_MANAGED_CARE: "CHIP managed care",
    Line.ERISA_SELF_FUNDED: "self-funded employer plans",
    Line.MEDICARE_ADVANTAGE: "Medicare Advantage",
    Line.DSNP_INTEGRATED: "integrated dual-eligible plans",
    Line.FEHB: "the federal employees' program",
    Line.OTHER: "another line of business",
}
_LACKS = {
    Lack.LINE_OF_BUSINESS: "Which rules bind whoever signs cannot be told: the line of business is not known.",
    Lack.STATE: "Which rules bind whoever signs cannot be told: the state is not known.",
    Lack.NOT_BOUND: "No state's rules for whoever signs bind {line}.",
    Lack.NOT_LOADED: "The rules of {state} for whoever signs are not loaded for {line}: ask your compliance officer before you sign.",
    Lack.NOT_IN_FORCE: "No loaded rule of {state} for whoever signs was in force for {line} on {received}: ask your compliance officer.",
}
_STANDINGS = {Standing.MET: "met", Standing.UNMET: "not met", Standing.TO_SAY: "said with the decision"}


def lines_words(rule: SigningRule) -> str:
    """The lines of business that a row binds, in plain words."""
    return ", ".join(words for line, words in _LINES.items() if line in rule.lines)


def lack_words(told: Required) -> str:
    """Why no row of a state is shown, in plain words; empty where rows are."""
    if told.lack is None:
        return ""
    values = {
        "line": _LINES[told.line] if told.line else "",
        "state": STATES.get(told.state or "", told.state or ""),
        "received": f"{told.received:%m/%d/%Y}" if told.received else "",
    }
    return _LACKS[told.lack].format_map(values)


def row_words(row: Requirement) -> str:
    """A row as one says it: what it asks for, whether that is met, where it is written, and that nobody compared it where so."""
    reserve = "" if row.rule.verified else "; not compared with the official text, so it refuses nothing"
    return f"{row.rule.name}: {_STANDINGS[row.standing]} ({row.rule.source}{reserve})."


def elsewhere_words(licence: Licence | None, state: str | None) -> str:
    """That a licence is of another state than the case, in plain words; empty where it is not."""
    if licence is None or not (other := elsewhere(licence, state)):
        return ""
    mine, theirs = STATES.get(licence.state, licence.state), STATES.get(other, other)
    return f"The licence is of {mine}, and the case of {theirs}: ask your compliance officer whether that is enough."


def words(told: Required) -> tuple[str, ...]:
    """Everything that there is to say before somebody signs, one sentence a row."""
    rows = (lack_words(told),) if told.lack else tuple(row_words(row) for row in told.rows)
    return tuple(each for each in (*rows, elsewhere_words(told.licence, told.state)) if each)
