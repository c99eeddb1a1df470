"""What became of each diagnosis of a request: known on the day, and held by which rows of which policies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ur_desk.domain.codes import CodeSet, System, Validity, has_shape
from ur_desk.domain.findings import Hit, HitKind, HitResult
from ur_desk.domain.policy import EntryState
from ur_desk.domain.request import Diagnosis, Request
from ur_desk.matching.index import Index, Row
from ur_desk.matching.wording import say


@dataclass(frozen=True, slots=True)
class Held:
    """A row of a policy that holds a diagnosis; `ties` where that ties the request to the policy's subject."""

    row: Row
    result: HitResult
    ties: bool
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """One diagnosis with what is known of it on the day; `held` by policy version, `mentions` as (version, line)."""

    diagnosis: Diagnosis
    exists: bool
    validity: Validity
    header: bool
    day: date | None
    held: Mapping[int, tuple[Held, ...]]
    mentions: Sequence[tuple[int, int]] = ()

    @property
    def code(self) -> str:
        """The code in normal form."""
        return self.diagnosis.code

    def hits(self) -> Iterator[tuple[int, Hit]]:
        """The hits on each policy version: its rows, else its mentions."""
        said: dict[tuple[HitResult, bool, bool], str] = {}
        for number, rows in self.held.items():
            for held in rows:
                entry = held.row.entry
                kind = (held.result, held.begins, entry.high is not None)
                if kind not in said:
                    said[kind] = self._why(*kind)
                yield number, Hit(HitKind.DIAGNOSIS, self.code, held.result, entry.line, said[kind], None, entry.raw)
        for number, line in self.mentions:
            if number not in self.held:
                why = say("hit.diagnosis_mentioned", code=self.code)
                yield number, Hit(HitKind.DIAGNOSIS, self.code, HitResult.MENTIONED, line, why)

    def _why(self, result: HitResult, begins: bool, ranged: bool) -> str:
        if result is HitResult.HEADER:
            if self.day is None:
                return say("hit.diagnosis_header_undated", code=self.code)
            return say("hit.diagnosis_header", code=self.code, day=self.day)
        if result is HitResult.SUSPECT:
            return say("hit.diagnosis_suspect", code=self.code)
        if begins:
            return say("hit.diagnosis_begins", code=self.code)
        return say("hit.diagnosis_range" if ranged else "hit.diagnosis", code=self.code)


def diagnose(request: Request, index: Index, codeset: CodeSet) -> tuple[Diagnosed, ...]:
    """Every diagnosis of the request, each once, judged on the request's first day of service."""
    unique: dict[tuple[System, str], Diagnosis] = {}
    for each in request.diagnoses:
        unique.setdefault((each.system, each.code), each)
    return tuple(_diagnosed(each, index, codeset, request.first_day) for each in unique.values())


def ties(diagnoses: Iterable[Diagnosed], shelf: int) -> bool:
    """Whether a diagnosis of the request is in the policy's lists."""
    return any(held.ties for each in diagnoses for held in each.held.get(shelf, ()))


def looks_icd9(diagnosis: Diagnosis) -> bool:
    """Whether a code that is said to be ICD-10-CM has the shape of an ICD-9-CM code only."""
    return not has_shape(diagnosis.code, System.ICD10CM) and has_shape(diagnosis.code, System.ICD9CM)


def _diagnosed(diagnosis: Diagnosis, index: Index, codeset: CodeSet, day: date | None) -> Diagnosed:
    code, system = diagnosis.code, diagnosis.system
    mentions = index.mentioning(code)
    if system is not System.ICD10CM:
        rows = index.listing(system, code)
        held = _by_shelf(Held(row, *_certain(row, None)) for row in rows)
        return Diagnosed(diagnosis, True, Validity.NOT_CHECKED, False, day, held, mentions)
    if not codeset.exists(code):
        return Diagnosed(diagnosis, False, Validity.UNKNOWN, False, day, {})
    place, last, validity = codeset.place(code), codeset.last_place(code), codeset.on(code, day)
    rows = index.in_table(place)
    header = validity is Validity.HEADER or (validity is Validity.UNKNOWN and not rows and last > place)
    if header:
        below = [row for row in index.in_table_between(place, last) if row not in rows]
        held = _by_shelf([*(_category(row, codeset, last) for row in rows), *(Held(row, HitResult.HEADER, False) for row in below)])
    else:
        held = _by_shelf(Held(row, *_certain(row, place)) for row in rows)
    return Diagnosed(diagnosis, True, validity, header, day, held, mentions)


def _certain(row: Row, place: float | None) -> tuple[HitResult, bool, bool]:
    """What a row makes of a code: a suspect row is certain only in the category in which it begins."""
    if row.entry.state is not EntryState.SUSPECT:
        return HitResult.LISTED, True, False
    begins = place is not None and row.certain is not None and row.certain[0] <= place <= row.certain[1]
    return (HitResult.LISTED if begins else HitResult.SUSPECT), begins, begins


def _category(row: Row, codeset: CodeSet, last: float) -> Held:
    """A category ties where the row holds all that lies below it."""
    end = row.entry.high or row.entry.low
    return Held(row, HitResult.HEADER, row.entry.state is not EntryState.SUSPECT and last <= codeset.last_place(end))


def _by_shelf(held: Iterable[Held]) -> Mapping[int, tuple[Held, ...]]:
    """Rows by policy version; a certain row of a version makes its suspect ones needless."""
    found: dict[int, list[Held]] = defaultdict(list)
    for each in held:
        found[each.row.shelf].append(each)
    return {shelf: _without_needless(rows) for shelf, rows in found.items()}


def _without_needless(rows: Sequence[Held]) -> tuple[Held, ...]:
    sound = [each for each in rows if each.result is not HitResult.SUSPECT and not each.begins]
    return tuple(sound or rows)
