"""The levels of a 278 and who stands in them: UMO, requester, subscriber, dependent, event, services.

X12 005010X217: HL03 is 20 (UMO), 21 (requester), 22 (subscriber), 23 (dependent), EV (event) or SS (service); 004010X094 has 19 (the
provider of the service) and no EV. HL02 names the level above; nothing is hung under a level that might be another patient's.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ur_desk.domain.visible import clip
from ur_desk.importers.x12_report import Report
from ur_desk.importers.x12_segments import Segment

UMO, REQUESTER, SUBSCRIBER, DEPENDENT, PROVIDER, EVENT, SERVICE = "20", "21", "22", "23", "19", "EV", "SS"
LOOPS = {UMO: "A", REQUESTER: "B", SUBSCRIBER: "C", DEPENDENT: "D", PROVIDER: "E", EVENT: "E", SERVICE: "F"}
"""The letter by which the guide names the loop of a level."""
SERVICES = ("SV1", "SV2", "SV3")

_ABOVE = {
    UMO: (),
    REQUESTER: (UMO,),
    SUBSCRIBER: (REQUESTER,),
    DEPENDENT: (SUBSCRIBER,),
    PROVIDER: (DEPENDENT, SUBSCRIBER),
    EVENT: (DEPENDENT, SUBSCRIBER),
    SERVICE: (EVENT, PROVIDER, DEPENDENT, SUBSCRIBER),
}
_TELLS_WHO = (REQUESTER, SUBSCRIBER)
"""Levels that belong to no member who is told above them: another level over them changes nobody's services."""
_ASKS = frozenset({"UM", *SERVICES, "HCR"})
_DETAILS = frozenset({"N2", "N3", "N4", "PER", "REF", "PRV", "DMG", "INS"})


@dataclass(frozen=True, slots=True)
class Party:
    """A name (NM1) and what is told of it: address, contact, ids, taxonomy, birth."""

    name: Segment
    details: tuple[Segment, ...] = ()

    def first(self, tag: str) -> Segment | None:
        """The first detail with that tag."""
        return next((s for s in self.details if s.tag == tag), None)


@dataclass(frozen=True, slots=True)
class Level:
    """One HL with its own segments and the parties that it names; `above` is the level over it in the tree."""

    head: Segment
    code: str
    own: tuple[Segment, ...]
    parties: tuple[Party, ...]
    above: "Level | None"
    rejected: tuple[tuple[Segment, bool], ...] = ()
    """Each AAA, and whether it stands under a name."""

    def all(self, tag: str) -> list[Segment]:
        """Its own segments with that tag."""
        return [s for s in self.own if s.tag == tag]

    def first(self, tag: str) -> Segment | None:
        """Its first own segment with that tag."""
        return next((s for s in self.own if s.tag == tag), None)

    @property
    def line_above(self) -> list["Level"]:
        """The levels over it, nearest first."""
        told, level = [], self.above
        while level is not None:
            told.append(level)
            level = level.above
        return told


@dataclass(frozen=True, slots=True)
class Unit:
    """What one request is made of: the level that asks, all over it, and the service levels below, with others between."""

    event: Level
    services: tuple[Level, ...]
    between: tuple[Level, ...] = ()

    @property
    def numbered(self) -> list[tuple[int, Level]]:
        """The service levels with the number of the first line that each gives; one that holds several services gives as many."""
        told, number = [], 1
        for level in self.services:
            told.append((number, level))
            number += max(1, sum(s.tag in SERVICES for s in level.own))
        return told

    @property
    def without_event(self) -> bool:
        """Whether it asks or decides something at a level that is no event."""
        return self.event.code != EVENT and (bool(self.services) or any(s.tag in _ASKS for s in self.event.own))

    def level(self, code: str) -> Level | None:
        """The level of a kind at or over the event."""
        return next((level for level in (self.event, *self.event.line_above) if level.code == code), None)


def split(segments: Sequence[Segment]) -> tuple[list[Segment], list[list[Segment]]]:
    """What stands before the first HL, and one list for each HL with all that follows it."""
    before: list[Segment] = []
    pieces: list[list[Segment]] = []
    at = before
    for segment in segments:
        if segment.tag == "HL":
            at = []
            pieces.append(at)
        at.append(segment)
    return before, pieces


def levels(pieces: Iterable[list[Segment]], report: Report) -> list[Level]:
    """The levels with the tree over them; where the place of one in the tree cannot be known, an error says that the transaction cannot be read."""
    pieces = list(pieces)
    index = _Index(piece[0] for piece in pieces)
    told: list[Level] = []
    for piece in pieces:
        head = piece[0]
        code, own_id = _code(head), head.text(1)
        if code not in _ABOVE:
            message = f"HL03 is “{clip(code, 10)}”, no level of a 278; what stands there was not read."
            report.doubt("hl-level", head.place, message)
            continue
        above, found = _over(head, code, index, report)
        if not found:
            index.lost.add(own_id)
            continue
        level = _level(head, code, piece[1:], above)
        if not index.add(own_id, level):
            report.doubt(
                "hl-number", head.place, "HL01 is empty or the number of another level; levels under that number cannot be told apart."
            )
        told.append(level)
    _refuse_idle(told, index.with_children, report)
    _doubt_children(told, index.with_children, report)
    return told


def units(told: Sequence[Level]) -> list[Unit]:
    """One unit for each event; a patient without an event, and the last level where there is no patient, are one each if they tell anything."""
    below: dict[int, list[Level]] = {}
    for level in told:
        if level.above is not None:
            below.setdefault(id(level.above), []).append(level)
    events = [level for level in told if level.code == EVENT]
    found = [Unit(event, tuple(below.get(id(event), ()))) for event in events]
    for patient in (level for level in told if level.code in (SUBSCRIBER, DEPENDENT)):
        unit = _without_event(patient, below)
        if unit is not None:
            found.append(unit)
    if not found and any(level.rejected for level in told):
        found.append(Unit(told[-1], ()))
    return sorted(found, key=lambda unit: unit.event.head.number)


def _without_event(patient: Level, below: dict[int, list[Level]]) -> Unit | None:
    under = below.get(id(patient), [])
    between = tuple(level for level in under if level.code == PROVIDER)
    services = [s for level in between for s in below.get(id(level), [])] + [level for level in under if level.code == SERVICE]
    others = [level for level in under if level.code in (EVENT, DEPENDENT)]
    asks = services or any(s.tag in _ASKS for s in patient.own) or patient.rejected
    return Unit(patient, tuple(services), between) if asks and not others else None


def _code(head: Segment) -> str:
    return head.text(3).upper()


def _over(head: Segment, code: str, index: "_Index", report: Report) -> tuple[Level | None, bool]:
    """The level over a new one, and whether its place could be known."""
    named = head.text(2)
    if code == UMO:
        if named:
            report.note("hl-parent", head.place, "The first level names one above it (HL02); there is none.")
        return None, True
    if named in index.lost:
        return None, False
    level, sure = index.named(named, code)
    if not sure:
        message = f"HL02 of {code} names a number that several levels have, or one whose place cannot be told: whose it is cannot be known. The transaction was not taken over."
        report.error("hl-parent", head.place, message)
        return None, False
    events = index.events_under.get(id(level), []) if level is not None and code == SERVICE else []
    if level is not None and not events:
        return level, True
    nearest = events or index.among(_ABOVE[code])
    if len(nearest) == 1 and (events or not index.strange or code in _TELLS_WHO):
        report.doubt("hl-parent", head.place, f"HL02 does not name the level that stands over {code}; the only one that can was taken.")
        return nearest[0], True
    if nearest:
        message = f"HL02 does not name the level that stands over {code}, and several could: whose it is cannot be known. The transaction was not taken over."
        report.error("hl-parent", head.place, message)
        return None, False
    report.doubt("hl-parent", head.place, f"The level over {code} is missing.")
    higher = index.among(tuple(_ABOVE)[: tuple(_ABOVE).index(code)])
    return (higher[0] if len(higher) == 1 else None), True


class _Index:
    """The levels so far by number and kind, and how often each number stands in the whole transaction."""

    def __init__(self, heads: Iterable[Segment]) -> None:
        kinds = ((head.text(1), _code(head)) for head in heads)
        self._bearers = Counter((number, code if code in _ABOVE else "") for number, code in kinds)
        self.strange = any(not code for _, code in self._bearers)
        self._by_id: dict[tuple[str, str], Level] = {}
        self._numbers: set[str] = set()
        self.by_code: dict[str, list[Level]] = {}
        self.events_under: dict[int, list[Level]] = {}
        self.with_children: set[int] = set()
        self.lost: set[str] = set()

    def add(self, own_id: str, level: Level) -> bool:
        """Takes a level in; False where its number is that of another, or none."""
        self.by_code.setdefault(level.code, []).append(level)
        if level.above is not None:
            self.with_children.add(id(level.above))
            if level.code == EVENT:
                self.events_under.setdefault(id(level.above), []).append(level)
        self._by_id.setdefault((own_id, level.code), level)
        if own_id in self._numbers or not own_id:
            return False
        self._numbers.add(own_id)
        return True

    def named(self, number: str, code: str) -> tuple[Level | None, bool]:
        """The level of that number that can stand over a kind, None where there is none, and whether only one can be meant.

        One of an unknown kind might be a patient, and so might one that follows only later: nobody's services are hung elsewhere instead.
        """
        if not number:
            return None, True
        level = next((self._by_id[number, above] for above in _ABOVE[code] if (number, above) in self._by_id), None)
        could = sum(self._bearers[number, above] for above in (*_ABOVE[code], ""))
        if level is None and code in _TELLS_WHO:
            return None, could < 2
        return level, could == int(level is not None)

    def among(self, codes: Iterable[str]) -> list[Level]:
        """Levels of those kinds that stand over no other of them; six are looked at, enough to see that it is not known which is meant."""
        found = list(islice(chain.from_iterable(self.by_code.get(code, ()) for code in codes), 6))
        over = {id(above) for level in found for above in level.line_above}
        return [level for level in found if id(level) not in over]


def _refuse_idle(told: Sequence[Level], parents: set[int], report: Report) -> None:
    """A dependent is told only where that is the patient; an event at the subscriber beside one that asks nothing may be either's."""
    dependents = (level for level in told if level.code == DEPENDENT and level.above is not None)
    idle = {id(d.above) for d in dependents if id(d) not in parents and not any(s.tag in _ASKS for s in d.own)}
    for level in told:
        if level.above is not None and level.above.code == SUBSCRIBER and level.code != DEPENDENT and id(level.above) in idle:
            message = f"HL02 of {level.code} names the subscriber beside a dependent who asks nothing: whose it is cannot be known. The transaction was not taken over."
            report.error("hl-parent", level.head.place, message)


def _doubt_children(told: Sequence[Level], parents: set[int], report: Report) -> None:
    for level in told:
        has, said = id(level) in parents, level.head.text(4)
        if said in ("0", "1") and has is not (said == "1"):
            message = "HL04 announces levels below; there are none." if said == "1" else "HL04 says that no level follows below; some do."
            report.note("hl-children", level.head.place, message)


def _level(head: Segment, code: str, body: list[Segment], above: Level | None) -> Level:
    own: list[Segment] = []
    parties: list[Party] = []
    rejected: list[tuple[Segment, bool]] = []
    name: Segment | None = None
    details: list[Segment] = []
    named = False
    for segment in body:
        if segment.tag == "NM1":
            if name is not None:
                parties.append(Party(name, tuple(details)))
            name, details, named = segment, [], True
        elif segment.tag == "AAA":
            rejected.append((segment, named))
        elif name is not None and segment.tag in _DETAILS:
            details.append(segment)
        else:
            own.append(segment)
    if name is not None:
        parties.append(Party(name, tuple(details)))
    return Level(head, code, tuple(own), tuple(parties), above, tuple(rejected))
