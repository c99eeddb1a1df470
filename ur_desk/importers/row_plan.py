"""One row of a file, as a mapping declares it, to the parts of a draft; each part remembers the column that it came from."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ur_desk.domain.intake.mapping import DAYS, Column, Holds, Mapping, base_of
from ur_desk.importers.cells import Read, code_and_words, read_cell, service_and_modifier
from ur_desk.importers.days import counted_from_1900, ways

Cell = str | tuple[str, ...]
"""A value of a file; several where the file itself keeps them apart."""
_JOINS = {"clinical_notes": "\n"}
_SHARED = ("first_day", "last_day", "place_of_service")
"""What further services of one row have from the first, where they have none of their own."""
_DAY_ORDER = ("day-order", "This day can be read with the month or with the day first, and the file does not settle which. Check it.")
_MOST_CODES = 1_000
"""Codes of one cell; more than one request may have, so that too many are said and not cut."""


class Doubt(NamedTuple):
    """What is doubtful about a cell, and the column in which it stands."""

    code: str
    message: str
    column: Column | None


@dataclass(slots=True)
class RowParts:
    """What one row says: fields of the request, services and diagnoses, each service with its number in the row."""

    head: dict[str, str] = field(default_factory=dict)
    services: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    diagnoses: list[tuple[Column, dict[str, str]]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    clashes: list[Doubt] = field(default_factory=list)
    """What cannot be known because one column says it in two ways; the row is no request then."""
    sources: dict[str, Column] = field(default_factory=dict)
    """The column from which each field of `head` is."""
    decided: bool = False


class RowPlan:
    """A mapping made ready for many rows: `places` says where each of its columns stands in a row.

    `zeros` are the columns, by place, in which numbers stand that should be texts; where `doubt_days` is true, a day that can be read with
    the month or with the day first is doubted, and where `from_1904` is, numbers count days from 1904.
    """

    def __init__(
        self,
        mapping: Mapping,
        places: Sequence[int],
        zeros: frozenset[int] = frozenset(),
        *,
        doubt_days: bool = False,
        from_1904: bool = False,
    ) -> None:
        self.mapping = mapping
        self._columns = [(place, column, *base_of(column.field)) for place, column in zip(places, mapping.columns, strict=True)]
        self._empty = frozenset(word.casefold() for word in mapping.empty)
        self._cells: dict[tuple[int, str], Read] = {}
        self._zeros, self._doubt_days, self._from_1904 = zeros, doubt_days, from_1904
        fixed = dict(mapping.fixed)
        self._fixed_service = {name.partition(".")[2]: value for name, value in fixed.items() if name.startswith("services.")}
        self._fixed_diagnosis = {name.partition(".")[2]: value for name, value in fixed.items() if name.startswith("diagnoses.")}
        self.fixed = {name: value for name, value in fixed.items() if not name.startswith(("services.", "diagnoses."))}
        self._steps = [self._step(n) for n in range(len(self._columns))]

    def parts(self, cells: Sequence[Cell]) -> RowParts:
        """What a row says."""
        row = RowParts()
        services: dict[int, dict[str, str]] = {}
        for (place, column, base, slot), step in zip(self._columns, self._steps, strict=True):
            cell = cells[place]
            if not cell:
                continue
            if isinstance(cell, str):
                if self._tells(cell):
                    step(row, services, column, base, slot, cell)
                continue
            # what a list holds stands beside what another list holds at the same place
            apart = base.startswith("services.")
            for n, text in enumerate(cell):
                if self._tells(text):
                    step(row, services, column, base, slot + n if apart else slot, text)
        if services:
            row.services = list(self._services(row, services))
        return row

    def _tells(self, text: str) -> bool:
        return bool(text) and not text.isspace() and not (self._empty and text.strip().casefold() in self._empty)

    def column_of(self, base: str, slot: int = 1) -> Column | None:
        """The column that fills a field of the draft, where one does."""
        return self._by_field.get((base, slot)) or self._by_field.get((base, 1))

    @cached_property
    def _by_field(self) -> dict[tuple[str, int], Column]:
        told: dict[tuple[str, int], Column] = {}
        for _, column, base, slot in self._columns:
            group = base.rpartition(".")[0]
            also = {
                "member.name": ("member.family", "member.given"),
                "received_at": ("received_date", "received_time", "received_zone"),
                "services.days": (f"{group}.first_day", f"{group}.last_day"),
                "diagnoses.primary_code": ("diagnoses.code",),
            }.get(base, ())
            for name in (base, *also):
                told.setdefault((name, slot), column)
        return told

    def _step(self, n: int) -> Callable[[RowParts, dict[int, dict[str, str]], Column, str, int, str], None]:
        _, column, base, _ = self._columns[n]
        if column.holds is Holds.DECISION:
            return _decision
        if column.holds is Holds.DIAGNOSIS:
            return self._diagnosis
        if base.startswith("services."):
            return self._service_code if base == "services.code" else self._service_field
        return self._head

    def _read(self, column: Column, base: str, text: str, place: int) -> Read:
        """A cell as text; what was read once is not read again."""
        key = (place, text)
        told = self._cells.get(key)
        if told is None:
            days = column.holds in DAYS
            told = read_cell(column, base, counted_from_1900(text) if self._from_1904 and days else text)
            if self._doubt_days and days and len(ways(text)) > 1:
                told = told._replace(doubts=(*told.doubts, _DAY_ORDER))
            self._cells[key] = told
        return told

    def _head(self, row: RowParts, services: dict[int, dict[str, str]], column: Column, base: str, slot: int, text: str) -> None:
        told = self._read(column, base, text, id(column))
        for name, value in told.told:
            before = row.head.get(name)
            if before and column.holds is Holds.JOINED:
                value = before + _JOINS.get(name, ", ") + value
            elif before and (before.strip().casefold() == value.strip().casefold() or not self._settled(row, column, name, base)):
                continue
            row.head[name], row.sources[name] = value, column
        row.doubts += [Doubt(*doubt, column) for doubt in told.doubts]

    def _settled(self, row: RowParts, column: Column, name: str, base: str) -> bool:
        """Whether a value takes the place of another that stands in its field: a column for this very field goes before one that
        stands for several; of two values of one column neither does."""
        other = row.sources[name]
        if other is column:
            row.clashes.append(Doubt("several-values", "Several values stand where one belongs; which is meant cannot be known.", column))
            return False
        taken = column if base == name else other
        row.doubts.append(Doubt("columns-differ", f"Two columns say this in two ways; “{taken.source}” was taken.", column))
        return taken is column

    def _service_field(self, row: RowParts, services: dict[int, dict[str, str]], column: Column, base: str, slot: int, text: str) -> None:
        told = self._read(column, base, text, id(column))
        line = services.setdefault(slot, {})
        for name, value in told.told:
            name = name.partition(".")[2]
            before = line.get(name)
            line[name] = f"{before}, {value}" if before and column.holds in (Holds.JOINED, Holds.MODIFIER) else value
        row.doubts += [Doubt(*doubt, column) for doubt in told.doubts]

    def _service_code(self, row: RowParts, services: dict[int, dict[str, str]], column: Column, base: str, slot: int, text: str) -> None:
        """Codes wait in the line, parted by line feeds, until all that stands beside them is known."""
        line = services.setdefault(slot, {})
        codes = list(_parted(text, column.separators))
        line["code"] = "\n".join(filter(None, (line.get("code", ""), *codes)))
        if self._zeros and any(len(code) < 5 and code.isdigit() for code in codes) and self.mapping.columns:
            self._doubt_zero(row, column)

    def _doubt_zero(self, row: RowParts, column: Column) -> None:
        if any(place in self._zeros for place, each, _, _ in self._columns if each is column):
            row.doubts.append(
                Doubt("zero-lost", "The code stands as a number; a zero at its beginning may be lost. Ask the sender.", column)
            )

    def _services(self, row: RowParts, services: dict[int, dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
        first = services.get(1, {})
        others = any("code" in line or "description" in line for slot, line in services.items() if slot > 1)
        for slot in sorted(services):
            line = services[slot]
            codes = line.pop("code", "").split("\n")
            if not codes[0] and "description" not in line and (slot > 1 or others):
                self._doubt_unnamed(row, slot, line)
                continue
            for name in _SHARED if slot > 1 else ():
                if name not in line and name in first:
                    line[name] = first[name]
            if len(codes) > 1 and "quantity" in line:
                row.doubts.append(
                    Doubt(
                        "shared-amount",
                        "One amount stands beside several codes; it was taken for each.",
                        self.column_of("services.quantity", slot),
                    )
                )
            for code in codes[:_MOST_CODES]:
                yield slot, self._line(line, code)

    def _doubt_unnamed(self, row: RowParts, slot: int, line: dict[str, str]) -> None:
        """What stands beside a service that is not named is left out and said; the days of the first are those of all."""
        lost = next((name for name in line if slot > 1 or name not in _SHARED), None)
        if lost:
            message = f"This stands beside service {slot} of the row, which is not named; it was left out."
            row.doubts.append(Doubt("unnamed-service", message, self.column_of(f"services.{lost}", slot)))

    def _line(self, line: dict[str, str], text: str) -> dict[str, str]:
        told = {**self._fixed_service, **line}
        if not text:
            return told
        code, modifier = service_and_modifier(text)
        told["code"] = code
        if code != text:
            told["raw"] = text
        if modifier:
            told["modifiers"] = f"{modifier}, {told['modifiers']}" if told.get("modifiers") else modifier
        return told

    def _diagnosis(self, row: RowParts, services: dict[int, dict[str, str]], column: Column, base: str, slot: int, text: str) -> None:
        for part in _parted(text, column.separators):
            code, raw = code_and_words(part)
            told = {**self._fixed_diagnosis, "code": code}
            if raw:
                told["raw"] = raw
            if base == "diagnoses.primary_code":
                told["primary"] = "yes"
            row.diagnoses.append((column, told))


def _decision(row: RowParts, services: dict[int, dict[str, str]], column: Column, base: str, slot: int, text: str) -> None:
    row.decided = True


def _parted(text: str, marks: str) -> Iterator[str]:
    parts = re.split(f"[{re.escape(marks)}]", text) if marks else (text,)
    return (part.strip() for part in parts if part.strip())
