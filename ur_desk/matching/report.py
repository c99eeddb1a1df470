"""One request beside a library: every policy that touches it, every code, every line, and what to weigh."""

from collections.abc import Iterable, Sequence
from functools import cache

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import Hit, HitKind, HitResult, MatchReport, PolicyMatch, Relation
from ur_desk.domain.policy import Shelved
from ur_desk.domain.request import Request
from ur_desk.matching.asked import Asked, ask
from ur_desk.matching.cautions import cautions
from ur_desk.matching.diagnoses import Diagnosed, diagnose, ties
from ur_desk.matching.found import ORDER, SUGGESTIONS, Found, standing_position
from ur_desk.matching.index import Index
from ur_desk.matching.relation import link
from ur_desk.matching.rows import diagnosis_rows, procedure_rows, service_rows
from ur_desk.matching.versions import Judged, Standing, adoption_question, judge, version_on, versions_between
from ur_desk.matching.wording import say


def match(request: Request, library: Index | Iterable[Shelved], codeset: CodeSet) -> MatchReport:
    """Everything in the library that touches the request, and why; findings, never an outcome.

    Deterministic, and the same for any order of the library. For more than one request build an `Index` once.
    """
    index = library if isinstance(library, Index) else Index(library, codeset)
    diagnoses = diagnose(request, index, codeset)
    asked = [ask(service, index) for service in request.services]
    shown = _Shown(request, index)
    found = [each for line in asked for each in _found(line, diagnoses, request, index, shown)]
    policies = _policies(asked, found, diagnoses, index, shown)
    numbers = shown.among(_touched(asked, diagnoses))
    rows = (*procedure_rows(asked, found, index), *diagnosis_rows(diagnoses, found, numbers, request, index, codeset))
    services = service_rows(asked, found)
    return MatchReport(
        policies=policies,
        codes=rows,
        services=services,
        suggestion=min((row.suggestion for row in services), key=SUGGESTIONS.index),
        cautions=cautions(request, asked, found, diagnoses, rows, numbers, index),
    )


class _Shown:
    """Which versions of a policy count for the days of one request."""

    def __init__(self, request: Request, index: Index) -> None:
        self._services = request.services
        self._index = index
        self.of_line = cache(self._of_line)

    def _of_line(self, number: int, line: int) -> tuple[int, ...]:
        """The version that a service line falls under, then those that only its later days fall under."""
        service = self._services[line]
        versions = self._family(number)
        first = version_on(versions, self._index.shelves, service.first_day)
        return (first, *versions_between(versions, self._index.shelves, service.first_day, service.last_day))

    def among(self, numbers: Iterable[int]) -> set[int]:
        """Those of the versions that count for some line."""
        return {number for number in numbers if len(self._family(number)) == 1 or any(number in each for each in self._all(number))}

    def _all(self, number: int) -> Iterable[tuple[int, ...]]:
        return (self.of_line(self._family(number)[0], line) for line in range(len(self._services)))

    def _family(self, number: int) -> tuple[int, ...]:
        return self._index.families[self._index.shelves[number].policy.id]


def _found(line: Asked, diagnoses: Sequence[Diagnosed], request: Request, index: Index, shown: _Shown) -> Iterable[Found]:
    """One line beside every policy version that its code or its words touch and that counts for its days."""
    at = request.services.index(line.service)
    for number in sorted(line.touches):
        shelf = index.shelves[number]
        versions = shown.of_line(index.families[shelf.policy.id][0], at)
        made = link(line.service, line.reading, shelf, line.rows.get(number, ()), ties(diagnoses, number)) if number in versions else None
        if made:
            adoption = adoption_question(shelf.shelved, request.line_of_business, request.state)
            yield Found(line, number, shelf, made, judge(shelf.shelved, line.service.first_day), adoption, judges=number == versions[0])


def _touched(asked: Iterable[Asked], diagnoses: Iterable[Diagnosed]) -> set[int]:
    touched: set[int] = set()
    for line in asked:
        touched |= line.touches | set(line.mentions)
    for each in diagnoses:
        touched |= set(each.held) | {number for number, _ in each.mentions}
    return touched


def _policies(
    asked: Sequence[Asked], found: Sequence[Found], diagnoses: Sequence[Diagnosed], index: Index, shown: _Shown
) -> tuple[PolicyMatch, ...]:
    """Every version with a reason to be looked at, best first: by relation, then against before for, then by its hits."""
    by_number: dict[int, list[Found]] = {}
    for each in found:
        by_number.setdefault(each.number, []).append(each)
    hit: dict[int, list[Hit]] = {number: [h for each in some for h in each.link.hits] for number, some in by_number.items()}
    for number in shown.among({number for line in asked for number in line.mentions} - set(by_number)):
        hit[number] = [_mentioned(line, line.mentions[number]) for line in asked if number in line.mentions]
    for number in shown.among({number for each in diagnoses for number in (*each.held, *(at for at, _ in each.mentions))}):
        hit.setdefault(number, []).extend(h for each in diagnoses for h in each.hits(number))
    matches = [
        _policy_match(number, by_number.get(number, []), tuple(hits), _versions_of(number, by_number, index), index)
        for number, hits in hit.items()
        if hits
    ]
    return tuple(sorted(matches, key=_best_first))


def _mentioned(line: Asked, at: int) -> Hit:
    code = line.service.code or ""
    return Hit(HitKind.PROCEDURE, code, HitResult.MENTIONED, at, say("hit.procedure_mentioned", code=code), service_line=line.service.line)


def _versions_of(number: int, linked: Iterable[int], index: Index) -> int:
    """How many versions of a policy the report holds."""
    family = index.families[index.shelves[number].policy.id]
    return sum(each in linked for each in family) if len(family) > 1 else 1


def _policy_match(number: int, found: Sequence[Found], hits: tuple[Hit, ...], versions: int, index: Index) -> PolicyMatch:
    shelf = index.shelves[number]
    best = min(found, key=lambda each: ORDER.index(each.link.relation), default=None)
    statements = best.link.statements if best else tuple(stated.statement for stated in shelf.stated)
    note = _version_note(found, versions > 1)
    return PolicyMatch(
        id=shelf.policy.id,
        text=shelf.policy.text.sha256,
        title=shelf.policy.title,
        effective=shelf.effective,
        relation=best.link.relation if best else Relation.RELATED,
        hits=hits,
        sections=shelf.sections(frozenset(each.line for each in hits if each.line), history=note is not None),
        position=standing_position(statements),
        all_indications=any(statement.all_indications for statement in statements),
        version_note=note,
    )


def _version_note(found: Sequence[Found], several: bool) -> str | None:
    """What the days of the request make of this version; None where nothing is to be said."""
    linked = [each for each in found if each.linked]
    for each in linked:
        said = _standing_note(each.judged, each) if each.judges else say("version.also_version", effective=each.shelf.effective or "")
        if said:
            return said
    return say("version.two_versions", effective=linked[0].shelf.effective or "") if several and linked else None


def _standing_note(judged: Judged, each: Found) -> str | None:
    version = each.shelf.policy.version
    if judged.standing is not Standing.IN_FORCE:
        return say(f"version.{judged.standing}", effective=version.effective or "", ends=version.ends or "")
    return say("version.review_overdue", reviewed=judged.reviewed) if judged.reviewed else None


def _best_first(each: PolicyMatch) -> tuple[int, bool, int, str, str]:
    adverse = each.position is not None and each.position.adverse
    return ORDER.index(each.relation), not adverse, -len(each.hits), each.id, str(each.effective or "")
