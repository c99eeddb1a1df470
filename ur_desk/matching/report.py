"""One request beside a library: every policy that touches it, every code, every line, and what to weigh."""

from collections.abc import Iterable, Sequence

from ur_desk.domain.codes import CodeSet
from ur_desk.domain.findings import MatchReport
from ur_desk.domain.policy import Shelved
from ur_desk.domain.request import Request
from ur_desk.matching.asked import Asked, ask
from ur_desk.matching.cautions import cautions
from ur_desk.matching.diagnoses import Diagnosed, diagnose, ties
from ur_desk.matching.found import SUGGESTIONS, Found
from ur_desk.matching.index import Index
from ur_desk.matching.policies import policy_matches
from ur_desk.matching.relation import link
from ur_desk.matching.rows import diagnosis_rows, procedure_rows, service_rows
from ur_desk.matching.versions import BY_SERVICE, Choosing, Days, adoption_question, judge


def match(request: Request, library: Index | Iterable[Shelved], codeset: CodeSet, choosing: Choosing = BY_SERVICE) -> MatchReport:
    """Everything in the library that touches the request, and why; findings, never an outcome.

    Deterministic, and the same for any order of the library. For more than one request build an `Index` once. `choosing` says by which
    day the version of a policy is chosen.
    """
    index = library if isinstance(library, Index) else Index(library, codeset)
    diagnoses = diagnose(request, index, codeset)
    asked = [ask(service, index) for service in request.services]
    days = Days(request.services, index.shelves, index.versions, choosing)
    found = [each for line in asked for each in _found(line, diagnoses, request, index, days, choosing)]
    shown = days.among(_touched(asked, diagnoses))
    rows = (*procedure_rows(asked, found, shown, index), *diagnosis_rows(diagnoses, found, shown, request, index, codeset))
    services = service_rows(asked, found)
    return MatchReport(
        policies=policy_matches(asked, found, diagnoses, shown, index),
        codes=rows,
        services=services,
        suggestion=min((row.suggestion for row in services), key=SUGGESTIONS.index),
        cautions=cautions(request, asked, found, diagnoses, rows, shown, index),
    )


def _found(line: Asked, diagnoses: Sequence[Diagnosed], request: Request, index: Index, days: Days, choosing: Choosing) -> Iterable[Found]:
    """One line beside every policy version that its code or its words touch and that counts for its days."""
    for number in sorted(line.touches):
        versions = days.of_line(number, line.service.line)
        if number not in versions:
            continue
        shelf = index.shelves[number]
        made = link(line.service, line.reading, shelf, line.rows.get(number, ()), ties(diagnoses, number))
        if made:
            adoption = adoption_question(shelf.shelved, request.line_of_business, request.state)
            judged = judge(shelf.shelved, choosing.day_for(line.service.first_day))
            other = days.by_service(number, line.service.line) if choosing.processed else number
            yield Found(
                line, number, shelf, made, judged, adoption, number == versions[0], choosing.processed, index.shelves[other].effective
            )


def _touched(asked: Iterable[Asked], diagnoses: Iterable[Diagnosed]) -> set[int]:
    touched: set[int] = set()
    for line in asked:
        touched |= line.touches | set(line.mentions)
    for each in diagnoses:
        touched |= set(each.held) | {number for number, _ in each.mentions}
    return touched
