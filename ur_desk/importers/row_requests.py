"""Rows of a file, read as a mapping declares, to requests; rows of one request become its lines, a bad row keeps no other out."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.drafts import Purpose, concerns, read
from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.intake.mapping import Column
from ur_desk.domain.intake.typed import (
    ClaimDraft,
    CoverageDraft,
    DiagnosisDraft,
    Draft,
    MemberDraft,
    ProviderDraft,
    RepresentativeDraft,
    ServiceDraft,
)
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Kind, Request, Source
from ur_desk.importers.grids import error, warning
from ur_desk.importers.row_people import Placed, parted
from ur_desk.importers.row_plan import Cell, RowParts, RowPlan

MOST_SERVICES = 999
"""A request may have as many service lines, as an institutional claim does (X12 837I, loop 2400)."""
_AHEAD = timedelta(days=731)
"""So far ahead a service may be asked for without a doubt of its year."""
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
        self._kinds: Counter[Kind | None] = Counter()

    def extracted(self, records: Iterable[Record], file: str) -> Extracted:
        """The requests of the records, and what is wrong with each; what is wrong with every one alike is said once."""
        groups = self._groups(records)
        requests = [request for group in groups if (request := self._request(group)) is not None]
        problems = list(self._told_once(file))
        if not groups:
            problems.append(error("no-request", file, "The file holds no request."))
        return Extracted(tuple(requests), tuple(problems))

    def _groups(self, records: Iterable[Record]) -> list[list[Placed]]:
        group, plan = self._plan.mapping.group, self._plan
        groups: dict[Hashable, list[Placed]] = {}
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
            for clash in parts.clashes:
                self._say(error(clash.code, record.where, f"{clash.message} It was left out."), clash.column)
            if parts.clashes:
                continue
            key = tuple(_key(parts.head, name) for name in group)
            groups.setdefault(key if group and all(key) else record.where, []).append((record.where, parts))
        if decided:
            message = "The file says what was decided; decisions are not taken over from a list."
            self._say(warning("decision-not-kept", decided, message), next(c for c in plan.mapping.columns if c.field == "decision"))
        return [person for rows in groups.values() for person in self._people(rows)]

    def _people(self, rows: list[Placed]) -> list[list[Placed]]:
        """The rows that share what they are grouped by, parted by whose they are; what may be of several people is left out."""
        people, unclear = parted(rows)
        for where, _ in unclear:
            message = "Rows of several people or requests share what the rows are grouped by, and this one may be of each. It was left out."
            self._say(error("rows-differ", where, message))
        for person in people[1:]:
            message = f"This is of another person or request than {people[0][0][0]}, though both share what the rows are grouped by; it was kept apart."
            self._say(warning("rows-apart", person[0][0], message))
        return people

    def _say(self, problem: Problem, column: Column | None = None) -> None:
        self._said.append(_Said(problem, column))

    def _request(self, rows: list[Placed]) -> Request | None:
        told = self._told(rows)
        if len(told.services) > MOST_SERVICES:
            self._say(
                error("too-many-services", told.at, f"The request has {len(told.services):,} service lines; {MOST_SERVICES} are read.")
            )
            return None
        reading = read(_draft(told, self._source), self._codeset, self._now, Purpose.IMPORT)
        self._kinds[reading.request.kind if reading.request else None] += 1
        for problem in (*reading.problems, *_far_days(reading.request, self._now)):
            at, column = self._origin(problem.where, told)
            self._say(replace(problem, where=at), column)
        return reading.request

    def _told(self, rows: list[Placed]) -> Told:
        """What the rows of one request say together."""
        at, first = rows[0]
        head = {**self._plan.fixed, **first.head}
        told = Told(head, [], [], at, [], [])
        for where, row in rows:
            if where != at:
                self._add(told, where, row)
            told.services.extend(line for _, line in row.services)
            told.service_at.extend((where, slot) for slot, _ in row.services)
            for column, diagnosis in row.diagnoses:
                if len(rows) == 1 or all(diagnosis["code"] != known["code"] for known in told.diagnoses):
                    told.diagnoses.append(diagnosis)
                    told.diagnosis_at.append((where, column))
        return told

    def _add(self, told: Told, where: str, row: RowParts) -> None:
        """What a further row says of the request; where it says something else, what the first says stands."""
        for name, value in row.head.items():
            known = told.head.setdefault(name, value)
            if known.strip().casefold() != value.strip().casefold():
                message = f"This is not what {told.at} of the same request says; that was taken."
                self._say(warning("rows-differ", where, message), self._plan.column_of(name))

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
        """What was said, in its order; a doubt that is the same with every request that it concerns is said once, where it was first."""
        times = Counter(said.key for said in self._said)
        everywhere: set[Hashable] = set()
        for said in self._said:
            problem, column = said.problem, said.column
            concerned = sum(number for kind, number in self._kinds.items() if concerns(problem.code, kind))
            if problem.severity is Severity.ERROR or times[said.key] < concerned or concerned < 2:
                yield replace(problem, where=self._place(problem.where, column))
            elif said.key not in everywhere:
                everywhere.add(said.key)
                where = file if column is None else f"{file}: column “{column.source}”"
                yield replace(problem, where=where, message=f"{problem.message} So it is with all {concerned:,} requests of the file.")


def _key(head: dict[str, str], name: str) -> str:
    """What a row says in a field by which rows are grouped; empty where it says nothing."""
    if name == "received_at":
        day = head.get("received_date", "").strip()
        return f"{day} {head.get('received_time', '').strip()}" if day else ""
    return head.get("member.family" if name == "member.name" else name, "").strip().casefold()


def _far_days(request: Request | None, now: datetime) -> Iterator[Problem]:
    """A doubt of each day of service that nobody asks for so early; years of two digits are of this century, whatever was meant."""
    last = now.date() + _AHEAD
    for n, line in enumerate(request.services if request else (), 1):
        for name, day in (("first_day", line.first_day), ("last_day", line.last_day)):
            if day and day > last:
                yield warning("far-day", f"services.{n}.{name}", "The day lies more than two years ahead. Check its year.")


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
