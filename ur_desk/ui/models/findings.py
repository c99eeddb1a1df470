"""A match report as rows: how the policies touch the request, what became of every code, what to weigh before deciding."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.codes import Validity
from ur_desk.domain.findings import Caution, CautionCode, CodeResult, CodeRow, Hit, MatchReport, PolicyMatch, Scope, ServiceRow, Suggestion
from ur_desk.domain.ids import CaseId
from ur_desk.domain.policy import SectionKind
from ur_desk.domain.request import Request
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.phrases import phrase, runs, sentence
from ur_desk.ui.tokens import Tone

_TONES: dict[object, Tone] = {
    Suggestion.REFER: Tone.ACCENT,
    Suggestion.CONFIRM: Tone.ASK,
    Suggestion.CHECK_CRITERIA: Tone.ACCENT,
    Suggestion.NO_POLICY: Tone.QUIET,
}
_CODE_TONES = {
    CodeResult.LISTED: Tone.HIT,
    CodeResult.CONDITIONAL: Tone.ASK,
    CodeResult.SUSPECT: Tone.ASK,
    CodeResult.HEADER: Tone.ASK,
    CodeResult.MENTIONED: Tone.QUIET,
    CodeResult.NOT_LISTED: Tone.QUIET,
    CodeResult.INVALID: Tone.BAD,
}
_SHORT = 48
"""Letters of a note below which other facts stand on the same line."""

_NOTES = frozenset({CautionCode.LISTING_IS_NOT_COVERAGE, CautionCode.DIAGNOSIS_NOT_LISTED, CautionCode.OTHER})
"""Cautions that inform; all others ask for something to be looked up."""


class FindingKind(Enum):
    """What a row is."""

    GROUP = "group"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a policy's text: the sha256 of the text and a line of it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A row: a title with its chip, a detail below, and the policy line that it points to, if any."""

    kind: FindingKind
    title: str
    detail: str = ""
    chip: str = ""
    tone: Tone = Tone.QUIET
    strong: int = 0
    """How many letters at the head of the title are a code."""
    target: Target | None = None
    depth: int = 0
    """How deep it lies below the row that it belongs to."""
    case: CaseId | None = None
    """Another case that it tells of."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the page knows beside the report: who must sign, what was not checked."""

    title: str
    detail: str
    chip: str
    tone: Tone = Tone.QUIET
    from_nurse: bool = False
    """Whether it is what the nurse wrote for this physician: such notes stand above everything else."""
    elsewhere: bool = False
    """Whether it tells of another case, which this one follows or which follows it: such notes stand above the findings."""
    target: Target | None = None
    """The policy line that it points to, where that stands in the pane."""
    case: CaseId | None = None
    """The case that it tells of, where that is another one."""


class FindingsModel(RowsModel[Finding]):
    """The report of one request in three groups, for all its service lines or for one."""

    def show_report(self, report: MatchReport | None, request: Request | None, line: int | None = None, notes: Iterable[Note] = ()) -> None:
        """Show a report with the page's own notes, for one service line or (None) for all; None empties the model."""
        self.show_rows(rows_of(report, request, line, tuple(notes)) if report else ())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken text, the whole as a tool tip, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Groups are read, not chosen."""
        flags = super().flags(index)
        group = index.isValid() and self._rows[index.row()].kind is FindingKind.GROUP
        return flags & ~Qt.ItemFlag.ItemIsSelectable if group else flags

    def _spoken(self, row: Finding) -> str:
        """What a screen reader says of a row: title, chip, detail, and where it points."""
        if row.kind is FindingKind.GROUP:
            return self.tr("Group: {0}, {1}").format(row.title, row.chip) if row.chip else self.tr("Group: {0}").format(row.title)
        parts = [f"{row.title}: {row.chip}." if row.chip else f"{row.title}.", row.detail]
        if row.target:
            parts.append(self.tr("Opens policy line {0}.").format(row.target.line))
        elif row.case:
            parts.append(self.tr("Opens that case."))
        return " ".join(part for part in parts if part)


def rows_of(report: MatchReport, request: Request | None, line: int | None, notes: tuple[Note, ...]) -> Iterator[Finding]:
    """The rows of a report in its three groups, below what a nurse wrote for the physician and what other cases decided; an empty group is
    left out."""
    told = [_noted(note) for note in notes if note.from_nurse]
    others = [_noted(note) for note in notes if note.elsewhere]
    touching = [*_policies(report, line), *_services(report, request, line)]
    codes = list(_codes(report, request, line))
    before = [*_cautions(report, line), *(_noted(note) for note in notes if not (note.from_nurse or note.elsewhere))]
    for title, rows, counted in (
        (_tr("From the nurse, for you only"), told, False),
        (_tr("Decided in other cases"), others, False),
        (_tr("How the policy touches this request"), touching, False),
        (_tr("Codes"), codes, True),
        (_tr("Before you decide"), before, True),
    ):
        if rows:
            yield Finding(FindingKind.GROUP, title, chip=str(len(rows)) if counted else "")
            yield from rows


def _noted(note: Note) -> Finding:
    return Finding(FindingKind.FINDING, note.title, note.detail, note.chip, note.tone, target=note.target, case=note.case)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FindingsModel", text)


def _policies(report: MatchReport, line: int | None) -> Iterator[Finding]:
    """A row for each policy, with the suggestion of the lines that it touches."""
    for match in report.policies:
        services = [s for s in report.services if match.id in s.policies and line in (None, s.line)]
        if line is not None and not services:
            continue
        relation = services[0].relation if line is not None and services and services[0].relation else match.relation
        suggestion = min((s.suggestion for s in services), key=list(Suggestion).index, default=Suggestion.NO_POLICY)
        head = f"{match.id} {phrase(relation)}"
        title = _tr("{0}, for all indications").format(head) if match.all_indications else head
        details = [_tr("Position: {0}").format(phrase(match.position))] if match.position else []
        details += [match.version_note] if match.version_note else []
        yield Finding(
            FindingKind.FINDING,
            title,
            "\n".join(details),
            phrase(suggestion),
            _TONES[suggestion],
            strong=len(match.id),
            target=_position_target(match),
        )


def _position_target(match: PolicyMatch) -> Target | None:
    """Where a policy is opened first: its position, else its first hit."""
    lines = [s.first_line for s in match.sections if s.kind == SectionKind.POSITION]
    lines += sorted(hit.line for hit in match.hits if hit.line is not None)
    return Target(match.text, lines[0]) if lines else None


def _services(report: MatchReport, request: Request | None, line: int | None) -> Iterator[Finding]:
    """A row for each run of service lines that stand alike; none where one line alone is shown under its policy."""
    groups: dict[tuple[object, ...], list[ServiceRow]] = {}
    for service in report.services:
        if line in (None, service.line):
            groups.setdefault((service.relation, service.suggestion, service.policies, service.scope), []).append(service)
    if len(groups) == 1 and (line is not None or len(report.services) == 1) and next(iter(groups.values()))[0].policies:
        return
    for alike in groups.values():
        first = alike[0]
        name = _tr("Service line {0}") if len(alike) == 1 else _tr("Service lines {0}")
        state = phrase(first.relation) if first.relation else _tr("no policy found")
        details = [", ".join(first.policies) if first.policies else _tr("No policy in the library mentions it")]
        details += [sentence(first.scope)] if first.scope else []
        codes = _codes_of(request, [s.line for s in alike])
        yield Finding(
            FindingKind.FINDING,
            f"{name.format(runs(s.line for s in alike))}: {state}",
            " · ".join([*([codes] if codes else []), *details]),
            phrase(first.suggestion),
            _TONES[first.suggestion],
        )


def _codes_of(request: Request | None, lines: list[int]) -> str:
    """The codes of these service lines, each once."""
    if request is None:
        return ""
    return ", ".join(dict.fromkeys(s.code for s in request.services if s.line in lines and s.code))


def _codes(report: MatchReport, request: Request | None, line: int | None) -> Iterator[Finding]:
    """A row for every code: the procedures of the lines shown, and every diagnosis."""
    by_code = _lines_of_codes(request)
    elsewhere = {service.line for service in report.services if service.scope is Scope.NAMES_OTHER}
    for row in report.codes:
        lines = by_code.get(row.code, [])
        if line is not None and lines and line not in lines:
            continue
        hits = [(match, hit) for match in report.policies for hit in match.hits if hit.value == row.code]
        title = f"{row.code}  {row.description}" if row.description else row.code
        asked = [each for each in lines if line in (None, each)]
        other = bool(hits) and bool(asked) and elsewhere.issuperset(asked)
        details = [sentence(Scope.NAMES_OTHER)] if other else []
        yield Finding(
            FindingKind.FINDING,
            title,
            "\n".join([*details, *_code_details(row, hits, lines)]),
            _tr("check") if other else phrase(row.result),
            Tone.ASK if other else _CODE_TONES[row.result],
            strong=len(row.code),
            target=next((Target(m.text, h.line) for m, h in hits if h.line is not None), None),
        )


def _lines_of_codes(request: Request | None) -> dict[str, list[int]]:
    """The service lines of each procedure code."""
    lines: dict[str, list[int]] = {}
    for service in request.services if request else ():
        if service.code:
            lines.setdefault(service.code, []).append(service.line)
    return lines


def _code_details(row: CodeRow, hits: list[tuple[PolicyMatch, Hit]], lines: list[int]) -> Iterator[str]:
    """What is to be said below a code: the report's own words, else where it stands; then what it is, and whose."""
    several = len({match.text for match, _ in hits}) > 1
    told = [_place(match, hit, several) for match, hit in hits if hit.line is not None and not row.note]
    if row.note and len(row.note) > _SHORT:
        yield row.note
    elif row.note:
        told = [row.note.rstrip(".")]
    elif not told and row.result is CodeResult.NOT_LISTED:
        told = [_tr("In no list of the policies loaded here")]
    if row.validity is not Validity.NOT_CHECKED and row.result is not CodeResult.INVALID:
        told.append(phrase(row.validity))
    if lines:
        told.append((_tr("service line {0}") if len(lines) == 1 else _tr("service lines {0}")).format(runs(lines)))
    if told:
        yield " · ".join(dict.fromkeys(told))
    for condition in dict.fromkeys(hit.condition for _, hit in hits if hit.condition and not hit.condition_shown and not row.note):
        yield _tr("Only {0}: the request does not show it").format(condition)


def _place(match: PolicyMatch, hit: Hit, named: bool) -> str:
    """Where a code stands: the policy where there are several, the entry where it is another one than the code, the line."""
    where = _tr("{0}, line {1}").format(match.id, hit.line) if named else _tr("line {0}").format(hit.line)
    if hit.entry and hit.entry != hit.value:
        return _tr("In {0}, {1}").format(hit.entry, where)
    return _tr("Listed, {0}").format(where)


def _cautions(report: MatchReport, line: int | None) -> Iterator[Finding]:
    """A row for each caution; those of policies that the line shown does not touch are left out."""
    texts = {match.id: match.text for match in report.policies}
    shown = {policy for s in report.services if line in (None, s.line) for policy in s.policies}
    for caution in report.cautions:
        if caution.policy is not None and line is not None and caution.policy not in shown:
            continue
        yield _caution(caution, texts)


def _caution(caution: Caution, texts: Mapping[str, str]) -> Finding:
    note = caution.code in _NOTES
    text = texts.get(caution.policy) if caution.policy else None
    target = Target(text, caution.line) if text and caution.line else None
    made = Finding(FindingKind.FINDING, phrase(caution.code), caution.message, _tr("note"), Tone.QUIET, target=target)
    return made if note else replace(made, chip=_tr("check"), tone=Tone.ASK)
