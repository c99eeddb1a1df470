"""What a new version of a policy means for cases that were matched with another one: sorted, explained, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ur_desk.domain.case import Case
from ur_desk.domain.events import Matched
from ur_desk.domain.findings import MatchReport, Relation
from ur_desk.domain.library.criteria import Criterion
from ur_desk.domain.library.difference import Aligned, RowKind
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.policy import Policy, PolicyId, Sha256


class ImpactKind(StrEnum):
    """How much of a new version touches a case: what the case finds by it, the lines it rests on, or neither."""

    FINDINGS = "findings_differ"
    CITED = "cited_line_changed"
    TEXT = "text_only"


class FindingChange(StrEnum):
    """What of a case's findings is another under the new version."""

    RELATION = "relation"
    POSITION = "position"
    CODES = "codes"
    SERVICES = "services"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class CaseImpact:
    """One case under a new version: its row as the person may see it, what it was matched with, and what is another now.

    `cited` are the lines of the old text, on which the case rests, that changed, went or moved. `falls_under`: whether the days of the
    case choose the new version by the library's rule; None where they cannot say. `decided` where a line of it was.
    """

    row: CaseRow
    kind: ImpactKind
    old_text: Sha256
    old_effective: date | None
    cited: tuple[int, ...] = ()
    changes: tuple[FindingChange, ...] = ()
    falls_under: bool | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """Every case that the person may see and that was matched with another text of the policy: most touched first, and last those
    that this one cannot reach."""

    policy: PolicyId
    new_text: Sha256
    new_effective: date | None
    cases: tuple[CaseImpact, ...]

    def of(self, kind: ImpactKind) -> tuple[CaseImpact, ...]:
        """The cases of one kind that the version can reach."""
        return tuple(each for each in self.cases if each.kind is kind and each.falls_under is not False)

    @property
    def out_of_reach(self) -> tuple[CaseImpact, ...]:
        """The cases whose days do not fall under the version, whatever it would find: it changes nothing for them."""
        return tuple(each for each in self.cases if each.falls_under is False)


def rested_on(case: Case, report: MatchReport | None, policy: Policy) -> tuple[int, ...]:
    """The lines of a policy's text on which a case rests: those cited in its decisions, those that its findings point to, and the
    positions that the findings take, with every criterion under them."""
    text = policy.text.sha256
    cited = (
        number
        for state in case.lines
        if state.decision
        for each in state.decision.reason.policy_lines
        if each.anchor.text == text
        for number in range(each.anchor.first_line, each.anchor.last_line + 1)
    )
    matches = [found for found in (report.policies if report else ()) if found.text == text]
    hits = (hit.line for found in matches for hit in found.hits if hit.line)
    taken = {found.position for found in matches if found.relation is not Relation.RELATED}
    positions = (
        number
        for statement in policy.statements
        if statement.position in taken
        for number in range(statement.first_line, statement.last_line + 1)
    )
    return tuple(sorted({*cited, *hits, *positions}))


def changed_among(lines: Iterable[int], rows: Sequence[Aligned]) -> tuple[int, ...]:
    """Those of the old text's lines that say something else in the new one, are gone, or stand elsewhere."""
    touched = {row.old.number for row in rows if row.old and row.kind in (RowKind.CHANGED, RowKind.REMOVED, RowKind.MOVED)}
    return tuple(line for line in lines if line in touched)


def finding_changes(old: MatchReport, new: MatchReport, policies: tuple[Policy, Policy]) -> tuple[FindingChange, ...]:
    """What of the findings of one policy is another; line numbers, words of notes, and questions about the version itself are not."""
    told = (
        (FindingChange.RELATION, [_relation(report) for report in (old, new)]),
        (FindingChange.POSITION, [_position(report) for report in (old, new)]),
        (FindingChange.CODES, [_codes(report) for report in (old, new)]),
        (FindingChange.SERVICES, [_services(report) for report in (old, new)]),
        (FindingChange.CRITERIA, [_criteria(report, policy) for report, policy in zip((old, new), policies, strict=True)]),
    )
    return tuple(change for change, (before, after) in told if before != after)


def falls_under(case: Case, effective: date | None, until: date | None, rule: VersionRule, processed: date) -> bool | None:
    """Whether a version with these days is the one that a day of the case chooses: of a service, or of the processing, which is the day
    of its decision, or today; None where the version or the case tells no day."""
    if effective is None:
        return None
    days = [processed] if rule is VersionRule.PROCESSING else [s.service.first_day for s in case.lines if s.service.first_day]
    return any(effective <= day and (until is None or day <= until) for day in days) if days else None


def matches_of(case: Case) -> tuple[Matched, ...]:
    """The matches that a case stands on: its newest, and those on which its lines were decided."""
    every = [case.matched, *(state.matched for state in case.lines if state.decision)]
    return tuple(dict.fromkeys(each for each in every if each))


def _relation(report: MatchReport) -> object:
    return tuple(found.relation for found in report.policies)


def _position(report: MatchReport) -> object:
    return tuple((found.position, found.all_indications) for found in report.policies)


def _codes(report: MatchReport) -> object:
    hits = {(h.kind, h.value, h.result, h.service_line, h.condition_shown) for found in report.policies for h in found.hits}
    return sorted((row.system, row.code, row.result) for row in report.codes), hits


def _services(report: MatchReport) -> object:
    return tuple((row.line, row.relation, row.scope, bool(row.policies)) for row in report.services)


def _criteria(report: MatchReport, policy: Policy) -> object:
    """The shapes of the criteria, where the policy touches the request at all: how many of how many must be met."""
    return tuple(_shape(each.criteria) for each in policy.statements if each.criteria) if report.policies else ()


def _shape(node: Criterion) -> object:
    return node.op, node.n, tuple(_shape(item) for item in node.items)


ORDER: Mapping[ImpactKind, int] = {kind: place for place, kind in enumerate(ImpactKind)}
"""Most touched first."""
