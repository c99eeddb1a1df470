"""Where a letter's sentences lead: what stands behind each source, and whether a source leads anywhere at all."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from ur_desk.domain.case import Case
from ur_desk.domain.letter import LetterFacts, PlanProfile, SentenceSource, SourceKind
from ur_desk.domain.policy import Policy, Sha256
from ur_desk.domain.request import Request

CASE_FIELDS = frozenset({"dated", "number", "notice", "follows", "appeal"})
DECISION_FIELDS = frozenset(
    {
        "",
        "reason",
        "rationale",
        "information_needed",
        "alternatives",
        "granted",
        "authorization",
        "signature",
        "asked",
        "withdrawal",
        "not_required",
    }
)
_PROFILE_FIELDS = frozenset(field.name for field in fields(PlanProfile))


@dataclass(frozen=True, slots=True)
class Behind:
    """All to which the sources of a letter lead: the clauses of its wording by reference, the policies cited by their text, the case.

    Of a letter that has left, the case is as it stood then. `profile` is what the plan says of itself; None where the letter has left,
    since what it said then stands in the letter alone.
    """

    case: Case
    clauses: Mapping[str, str]
    policies: Mapping[Sha256, Policy]
    profile: PlanProfile | None = None


def value_at(request: Request, path: str) -> object:
    """What a request holds at a path such as `member.address` or `services[2].quantity`; LookupError where it has no such place."""
    source = SentenceSource(SourceKind.REQUEST, path)
    if source.line is None:
        return _within(request, path)
    service = next((each for each in request.services if each.line == source.line), None)
    if service is None:
        raise LookupError(path)
    return _within(service, source.field) if source.field else service


def _within(whole: object, path: str) -> object:
    """What stands there; None where one of the parts on the way is not told."""
    found: object = whole
    for name in path.split("."):
        if found is None:
            return None
        if name not in {field.name for field in fields(found)}:  # type: ignore[arg-type]
            raise LookupError(path)
        found = getattr(found, name)
    return found


def leads_somewhere(source: SentenceSource, facts: LetterFacts, clauses: frozenset[str]) -> bool:
    """Whether what a source names is there: the clause in the wording, the lines in this workspace, the field, the decision, the person
    who is known to have said something in this case."""
    match source.kind:
        case SourceKind.WORDING:
            return source.ref in clauses
        case SourceKind.POLICY:
            return _cited(source, facts)
        case SourceKind.REQUEST:
            return _in_request(source, facts)
        case SourceKind.DECISION:
            return _decided(source, facts)
        case SourceKind.STATEMENT:
            return source.ref in _speakers(facts)
        case SourceKind.CASE:
            return source.ref in CASE_FIELDS
        case SourceKind.PROFILE:
            return source.ref in _PROFILE_FIELDS


def _cited(source: SentenceSource, facts: LetterFacts) -> bool:
    if source.anchor is None:
        return any(policy.id == source.ref for policy in facts.policies.values())
    policy = facts.policies.get(source.anchor.text)
    return policy is not None and policy.id == source.ref and source.anchor.last_line <= len(policy.text.lines)


def _decided(source: SentenceSource, facts: LetterFacts) -> bool:
    """Of lines that the letter leaves out, it tells no more than that they are decided."""
    if source.line in facts.lines:
        return source.field in DECISION_FIELDS
    return not source.field and any(state.line == source.line and state.decision for state in facts.rest)


def _in_request(source: SentenceSource, facts: LetterFacts) -> bool:
    try:
        value_at(facts.case.current_request, source.ref)
    except LookupError:
        return False
    return True


def _speakers(facts: LetterFacts) -> frozenset[str]:
    """The accounts whose words a letter may hold: whoever writes it, opened or works the case, or signed what it tells of."""
    case = facts.case
    signed = (state.decision.signature.account for state in facts.states if state.decision)
    return frozenset(each for each in (facts.composed_by, case.opened_by, case.reviewer, *signed) if each)
