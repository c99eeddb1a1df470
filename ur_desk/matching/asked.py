"""What one service line asks: its procedure code in its system, and its words as read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ur_desk.domain.codes import PROCEDURES, System, has_shape, procedure_system
from ur_desk.domain.policy import CodeEntry
from ur_desk.domain.request import ServiceLine
from ur_desk.domain.spelling import stems_of
from ur_desk.domain.words import Reading, Sense, read
from ur_desk.matching.index import Index


@dataclass(frozen=True, slots=True)
class Asked:
    """A service line as matching sees it; `rows` and `mentions` by policy version, `naming`: versions whose names its words use.

    `exists`: the code has a shape of its system; there is no table of procedure codes here to ask more of.
    """

    service: ServiceLine
    system: System
    exists: bool
    reading: Reading
    rows: Mapping[int, Sequence[CodeEntry]]
    mentions: Mapping[int, int]
    naming: frozenset[int]

    @property
    def touches(self) -> set[int]:
        """The policy versions that its code or its words touch."""
        return set(self.rows) | self.naming


def ask(service: ServiceLine, index: Index) -> Asked:
    """Read one service line against a library."""
    description = service.description or ""
    printed = index.terms_among(stems_of(description))
    reading = read(description, [each.term for each in printed], service.first_day.year if service.first_day else None)
    meant = [name for name in reading.names if name.sense is Sense.MEANT and name.is_service]
    phrases = {name.phrase for name in meant if name.term is not None}
    naming = index.naming(name.technique.name for name in meant if name.technique)
    naming |= {each.shelf for each in printed if " ".join(each.term.stems) in phrases}
    system = code_system(service)
    exists = service.code is None or has_shape(service.code, system)
    return Asked(
        service=service,
        system=system,
        exists=exists,
        reading=reading,
        rows=_rows(service, system, index) if exists else {},
        mentions=dict(index.mentioning(service.code)) if service.code and exists and system in PROCEDURES else {},
        naming=frozenset(naming),
    )


def code_system(service: ServiceLine) -> System:
    """CPT or HCPCS by the code's shape where the sender said either or nothing; any other system stays as told."""
    told = service.system
    if told is not None and told not in PROCEDURES:
        return told
    by_shape = procedure_system(service.code or "")
    return told if told is not None and by_shape is System.OTHER else by_shape


def _rows(service: ServiceLine, system: System, index: Index) -> Mapping[int, Sequence[CodeEntry]]:
    if service.code is None:
        return {}
    found: dict[int, list[CodeEntry]] = defaultdict(list)
    for row in index.listing(system, service.code, service.code_to):
        found[row.shelf].append(row.entry)
    return found
