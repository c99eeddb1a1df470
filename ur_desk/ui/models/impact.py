"""The cases that a new version of a policy touches, as rows in groups: findings differ, a cited line changed, text only;
last those that it cannot reach."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.events import CaseId
from ur_desk.domain.library.impact import CaseImpact, FindingChange, Impact, ImpactKind
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.phrases import day, phrase
from ur_desk.ui.tokens import Tone


class ImpactModel(FindingRowsModel):
    """Rows of cases without a name: number, initials, codes, and what is another now."""

    _cases: tuple[CaseImpact | None, ...] = ()

    def show_impact(self, impact: Impact | None) -> None:
        """Show what was found; None empties the model."""
        rows = tuple(_rows(impact)) if impact else ()
        self._cases = tuple(case for _, case in rows)
        self.show_rows(row for row, _ in rows)

    def case(self, place: int) -> CaseId | None:
        """The case at a place; None where a group stands there, or nothing."""
        found = self._cases[place] if 0 <= place < len(self._cases) else None
        return found.row.id if found else None


def _rows(impact: Impact) -> Iterator[tuple[Finding, CaseImpact | None]]:
    for kind in ImpactKind:
        cases = impact.of(kind)
        yield Finding(FindingKind.GROUP, _heading(kind), chip=str(len(cases))), None
        yield from ((_case(each), each) for each in cases)
    if beyond := impact.out_of_reach:
        yield Finding(FindingKind.GROUP, _tr("Their days do not fall under this version"), chip=str(len(beyond))), None
        yield from ((_case(each), each) for each in beyond)


def _heading(kind: ImpactKind) -> str:
    match kind:
        case ImpactKind.FINDINGS:
            return _tr("Findings differ")
        case ImpactKind.CITED:
            return _tr("A line that the case rests on changed")
        case _:
            return _tr("Text only")


def _case(each: CaseImpact) -> Finding:
    row = each.row
    title = " · ".join(part for part in (row.number, row.member_initials, ", ".join(row.codes)) if part)
    state = phrase(row.determination) if row.determination else _tr("decided in part") if each.decided else phrase(row.workflow)
    told = [_tr("Matched with the version of {0}.").format(day(each.old_effective) if each.old_effective else _tr("an unknown day"))]
    if each.changes:
        told.append(_tr("Another now: {0}.").format(", ".join(_change(change) for change in each.changes)))
    if each.cited:
        told.append(_tr("Changed lines: {0}.").format(", ".join(map(str, each.cited))))
    if each.falls_under is False:
        told.append(_tr("Its days do not fall under the new version, which changes nothing for it."))
    elif each.falls_under is None:
        told.append(_tr("Nobody can say whether its days fall under the new version."))
    tones = {ImpactKind.FINDINGS: Tone.ASK, ImpactKind.CITED: Tone.ACCENT, ImpactKind.TEXT: Tone.QUIET}
    tone = Tone.QUIET if each.falls_under is False else tones[each.kind]
    return Finding(FindingKind.FINDING, title, " ".join(told), state, tone)


def _change(change: FindingChange) -> str:
    names = {
        FindingChange.RELATION: _tr("how the policy touches the request"),
        FindingChange.POSITION: _tr("the position"),
        FindingChange.CODES: _tr("what became of a code"),
        FindingChange.SERVICES: _tr("what was found for a line"),
        FindingChange.CRITERIA: _tr("the criteria"),
    }
    return names[change]


def _tr(words: str) -> str:
    return QCoreApplication.translate("impact", words)
