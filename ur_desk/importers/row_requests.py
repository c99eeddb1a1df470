"""Rows of a file, read as a mapping declares, to requests; rows of one request become its lines, a bad row keeps no other out."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, read
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.mapping import Column
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, Source
from ur_desk.domain.typed import (
    ClaimDraft,
    CoverageDraft,
    DiagnosisDraft,
    Draft,
    MemberDraft,
    ProviderDraft,
    RepresentativeDraft,
    ServiceDraft,
)
from ur_desk.importers.grids import error, warning
from ur_desk.importers.row_plan import Cell, RowParts, RowPlan

MOST_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400)."""
_IDENTITY = {"member.member_id": "member id", "member.birth_date": "date of birth", "member.family": "family name"}
"""Where these differ, rows are not of one person, whatever else they share."""
_SECTIONS: dict[str, type[Any]] = {
    "coverage": CoverageDraft,
    "claim": ClaimDraft,
    "requesting_provider": ProviderDraft,
    "servicing_provider": ProviderDraft,
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a file and where it stands: `row 12`, or a JSON path."""

    where: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a request is read from, and whence each part came: the record of the head, of each service and of each diagnosis."""

    head: dict[str, str]
    services: list[dict[str, str]]
    diagnoses: list[dict[str, str]]
    at: str
    service_at: list[tuple[str, int]]
    diagnosis_at: list[tuple[str, Column]]


class _Said(NamedTuple):
    problem: Problem
    column: Column | None

    @property
    def key(self) -> Hashable:
        return self.problem.code, self.problem.message, self.column and (self.column.source, self.column.nth)


Place = Callable[[str, Column | None], str]
"""The place of a problem in the file, of a record and a column."""


class Reader:
    """Reads the records of one file; `place` words where a problem stands."""

    def __init__(self, plan: RowPlan, place: Place, source: Source, codeset: CodeSet | None, now: datetime) -> None:
        self._plan, self._place, self._source = plan, place, source
        self._codeset, self._now = codeset, now
        self._said: list[_Said] = []
        self._read = 0

    def extracted(self, records: Iterable[Record], file: str) -> Extracted:
        """The requests of the records, and what is wrong with each; what is wrong with every one alike is said once."""
        groups = self._groups(records)
        requests = [request for group in groups if (request := self._request(group)) is not None]
        problems = list(self._told_once(file))
        if not groups:
            problems.append(error("no-request", file, "The file holds no request."))
        return Extracted(tuple(requests), tuple(problems))

    def _groups(self, records: Iterable[Record]) -> list[list[tuple[str, RowParts]]]:
        group, plan = self._plan.mapping.group, self._plan
        groups: dict[Hashable, list[tuple[str, RowParts]]] = {}
        seen: dict[tuple[Cell, ...], str] = {}
        decided = None
        for record in records:
            before = seen.setdefault(record.cells, record.where)
            if before != record.where:
                self._say(warning("row-twice", record.where, f"All of this stands in {before} too. It was taken as often as it stands."))
            parts = plan.parts(record.cells)
            decided = decided or (record.where if parts.decided else None)
            for doubt in parts.doubts:
                self._say(warning(doubt.code, record.where, doubt.message), doubt.column)
            key = tuple(_key(parts.head, name) for name in group)
            groups.setdefault(key if group and all(key) else record.where, []).append((record.where, parts))
        if decided:
            message = "The file says what was decided; decisions are not taken over from a list."
            self._say(warning("decision-not-kept", decided, message), next(c for c in plan.mapping.columns if c.field == "decision"))
        return list(groups.values())

    def _say(self, problem: Problem, column: Column | None = None) -> None:
        self._said.append(_Said(problem, column))

    def _request(self, rows: list[tuple[str, RowParts]]) -> Request | None:
        told = self._told(rows)
        if told is None:
            return None
        if len(told.services) > MOST_SERVICES:
            self._say(
                error("too-many-services", told.at, f"The request has {len(told.services):,} service lines; {MOST_SERVICES} are read.")
            )
            return None
        reading = read(_draft(told, self._source), self._codeset, self._now, Purpose.IMPORT)
        self._read += 1
        for problem in reading.problems:
            at, column = self._origin(problem.where, told)
            self._say(replace(problem, where=at), column)
        return reading.request

    def _told(self, rows: list[tuple[str, RowParts]]) -> Told | None:
        """What the rows of one request say together; None where they are not of one person."""
        at, first = rows[0]
        head = {**self._plan.fixed, **first.head}
        told = Told(head, [], [], at, [], [])
        for where, row in rows:
            if where != at and not self._agrees(told, where, row):
                return None
            told.services.extend(line for _, line in row.services)
            told.service_at.extend((where, slot) for slot, _ in row.services)
            for column, diagnosis in row.diagnoses:
                if len(rows) == 1 or all(diagnosis["code"] != known["code"] for known in told.diagnoses):
                    told.diagnoses.append(diagnosis)
                    told.diagnosis_at.append((where, column))
        return told

    def _agrees(self, told: Told, where: str, row: RowParts) -> bool:
        for name, value in row.head.items():
            known = told.head.setdefault(name, value)
            if known.strip().casefold() == value.strip().casefold():
                continue
            column = self._plan.column_of(name)
            if name in _IDENTITY:
                message = f"Rows that belong together name another {_IDENTITY[name]}, beginning with {told.at}. The request was left out."
                self._say(error("rows-differ", where, message), column)
                return False
            self._say(warning("rows-differ", where, f"This is not what {told.at} of the same request says; that was taken."), column)
        return True

    def _origin(self, path: str, told: Told) -> tuple[str, Column | None]:
        """The record and the column behind a path of the draft."""
        section, *steps = path.split(".")
        if section == "services" and steps:
            n = int(steps[0]) - 1
            at, slot = told.service_at[n] if n < len(told.service_at) else (told.at, 1)
            return at, self._plan.column_of(".".join(("services", *steps[1:])), slot)
        if section == "diagnoses" and steps:
            return told.diagnosis_at[int(steps[0]) - 1]
        if path in self._plan.fixed:
            return told.at, None
        return told.at, self._plan.column_of(path)

    def _told_once(self, file: str) -> Iterator[Problem]:
        """What was said, in its order; a doubt that is the same with every request is said once, where it was first."""
        times = Counter(said.key for said in self._said)
        everywhere: set[Hashable] = set()
        for said in self._said:
            problem, column = said.problem, said.column
            if problem.severity is Severity.ERROR or times[said.key] < self._read or self._read < 2:
                yield replace(problem, where=self._place(problem.where, column))
            elif said.key not in everywhere:
                everywhere.add(said.key)
                where = file if column is None else f"{file}: column “{column.source}”"
                yield replace(problem, where=where, message=f"{problem.message} So it is with all {self._read:,} requests of the file.")


def _key(head: dict[str, str], name: str) -> str:
    """What a row says in a field by which rows are grouped; empty where it says nothing."""
    if name == "received_at":
        day = head.get("received_date", "").strip()
        return f"{day} {head.get('received_time', '').strip()}" if day else ""
    return head.get("member.family" if name == "member.name" else name, "").strip().casefold()


def _draft(told: Told, source: Source) -> Draft:
    sections: dict[str, dict[str, Any]] = {}
    for path, value in told.head.items():
        section, _, name = path.rpartition(".")
        sections.setdefault(section, {})[name] = value
    member = sections.get("member", {})
    if representative := sections.get("member.representative"):
        member["representative"] = RepresentativeDraft(**representative)
    return Draft(
        member=MemberDraft(**member),
        services=tuple(ServiceDraft(**line) for line in told.services),
        diagnoses=tuple(DiagnosisDraft(**diagnosis) for diagnosis in told.diagnoses),
        source=source,
        **sections.get("", {}),
        **{name: kind(**sections[name]) for name, kind in _SECTIONS.items() if name in sections},
    )
