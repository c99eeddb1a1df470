"""Impact: what a new version of a policy means for every case that was matched with another one. Reads, and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ur_desk.desk.reads import told
from ur_desk.desk.review import pinned_policy
from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.versions import compared
from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId, PolicyPin
from ur_desk.domain.findings import MatchReport
from ur_desk.domain.guard.access import Listed, Where
from ur_desk.domain.guard.fence import Read, check_reader, sees, viewer
from ur_desk.domain.library.impact import (
    ORDER,
    CaseImpact,
    Impact,
    ImpactKind,
    changed_among,
    falls_under,
    finding_changes,
    matches_of,
    rested_on,
)
from ur_desk.domain.library.versions import VersionRule
from ur_desk.domain.listing import CaseRow
from ur_desk.domain.policy import Sha256, Shelved
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.library.difference import Aligned
    from ur_desk.matching import Index

FEW = 20
"""Cases that are read and sorted in one step, so that nothing else waits long."""


@dataclass(frozen=True, slots=True)
class _Stands:
    """A case with what it was matched with: its own text of the policy, and what it found."""

    case: Case
    row: CaseRow
    pin: PolicyPin
    old: Shelved
    report: MatchReport | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The new version, its last day where one is known, and by which day, told in which zone, versions are chosen today."""

    new: Shelved
    until: date | None
    rule: VersionRule
    today: date
    zone: ZoneInfo


def _newer(pin: PolicyPin, new: Shelved) -> bool:
    """Whether a case was matched with a version that begins after the one that is asked about."""
    effective = new.policy.version.effective
    return pin.effective is not None and effective is not None and pin.effective > effective


class _Bench:
    """What is worked out once for every text: it made ready for matching, and it beside the new one."""

    def __init__(self, desk: "Desk", new: Shelved) -> None:
        self._desk, self._new = desk, new
        self._indexes: dict[Sha256, Index] = {}
        self._rows: dict[Sha256, tuple[Aligned, ...]] = {}

    def found(self, case: Case, item: Shelved) -> MatchReport:
        """What the facts of the case find in this version alone."""
        from ur_desk.matching import Index, match

        codeset, text = self._desk.tables.codeset, item.policy.text.sha256
        if text not in self._indexes:
            self._indexes[text] = Index([item], codeset)
        return match(case.current_request, self._indexes[text], codeset)

    def rows(self, old: Shelved) -> "tuple[Aligned, ...]":
        """The old text beside the new one."""
        text = old.policy.text.sha256
        if text not in self._rows:
            self._rows[text] = compared(self._desk, old, self._new).rows
        return self._rows[text]


class Impacts:
    """Sorts cases by what a new version would find; a restricted case that is not open to the person is none of them."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def of(self, policy: str, effective: date | None = None, text: str = "") -> Steps[Impact]:
        """Every case decided or open under another text of the policy than this one (the newest, where none is named): whether only
        words changed, a line that the case rests on, or what it finds, matched again on the facts that the case holds."""
        asked, cases = yield from store(lambda: self._begin(policy, effective, text), "Looking for cases")
        found: list[CaseImpact] = []
        bench = _Bench(self.desk, asked.new)
        for at in range(0, len(cases), FEW):
            words = f"Cases {at + 1} to {min(at + FEW, len(cases))} of {len(cases)}"
            some = yield from store(lambda at=at: self._read(cases[at : at + FEW], asked.new), words)  # type: ignore[misc]
            found += yield from work(lambda some=some: [self._sorted(each, asked, bench) for each in some], words)  # type: ignore[misc]
        yield from store(lambda: self.desk.looks.note(Listed(Where.CASES, len(found))), "Noting who looked")
        ranked = sorted(found, key=lambda each: (each.falls_under is False, ORDER[each.kind], each.decided, each.row.number))
        version = asked.new.policy.version
        return Impact(asked.new.policy.id, asked.new.policy.text.sha256, version.effective, tuple(ranked))

    def _begin(self, policy: str, effective: date | None, text: str) -> tuple[_Asked, tuple[CaseId, ...]]:
        self.desk.look_again()
        check_reader(self.desk.person, Read.IMPACT)
        new = self.desk.versions.text(text) if text else self._newest(policy, effective)
        standing = self.desk.versions.standings()[new.policy.text.sha256]
        asked = _Asked(new, standing.last_day, self.desk.versions.rule, self.desk.today, self.desk.zone)
        return asked, self.desk.store.ledger.naming(new.policy.id)

    def _newest(self, policy: str, effective: date | None) -> Shelved:
        if effective is not None:
            return self.desk.library.one(policy, effective)
        used = self.desk.library.in_use()
        return next((item for item in self.desk.library.policies(policy) if item in used), self.desk.library.one(policy))

    def _read(self, cases: tuple[CaseId, ...], new: Shelved) -> list[_Stands]:
        """Those of the cases that are the person's to see and stand on another text of the policy, each text of a case once."""
        self.desk.look_again()
        check_reader(self.desk.person, Read.IMPACT)
        now = self.desk.clock.now()
        with self.desk.store.reading():
            rows = self.desk.store.cases.rows(cases, viewer(self.desk.person, now))
            read: list[_Stands] = []
            for case in (self._told(each) for each in cases if each in rows):
                if case and sees(case, self.desk.person.id, now):
                    read += self._stands(case, rows[case.id], new)
        return read

    def _told(self, case: CaseId) -> Case | None:
        try:
            return told(self.desk, case)
        except UserError:  # it cannot be told any more: a break of the trail, which is told there
            return None

    def _stands(self, case: Case, row: CaseRow, new: Shelved) -> Iterator[_Stands]:
        from ur_desk.records.match import report_from

        seen: set[Sha256] = set()
        for matched in matches_of(case):
            for pin in matched.pins:
                if pin.policy == new.policy.id and pin.text not in (new.policy.text.sha256, *seen) and not _newer(pin, new):
                    seen.add(pin.text)
                    old = Shelved(pinned_policy(self.desk.store, pin), reading=pin.reading)
                    yield _Stands(case, row, pin, old, report_from(self.desk.store.blobs.get(matched.report)))

    def _sorted(self, stands: _Stands, asked: _Asked, bench: "_Bench") -> CaseImpact:
        """Touches no store: matches the facts of the case with either version alone, and lays the lines that it rests on beside the new."""
        pin, case, new = stands.pin, stands.case, asked.new
        before, after = (bench.found(case, item) for item in (stands.old, new))
        changes = finding_changes(before, after, (stands.old.policy, new.policy))
        cited = changed_among(rested_on(case, stands.report, stands.old.policy), bench.rows(stands.old))
        kind = ImpactKind.FINDINGS if changes else ImpactKind.CITED if cited else ImpactKind.TEXT
        processed = case.decided_at.astimezone(asked.zone).date() if case.decided_at else asked.today
        under = falls_under(case, new.policy.version.effective, asked.until, asked.rule, processed)
        return CaseImpact(stands.row, kind, pin.text, pin.effective, cited, changes, under, any(state.decision for state in case.lines))
