"""What a reviewer must weigh before deciding: in the order of the contract, each once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ur_desk.domain.codes import PROCEDURES, System, Validity
from ur_desk.domain.findings import Caution, CautionCode, CodeResult, CodeRow, HitResult, Relation, Scope
from ur_desk.domain.policy import EntryState, Position
from ur_desk.domain.request import Request
from ur_desk.domain.spelling import LONGEST
from ur_desk.matching.asked import Asked
from ur_desk.matching.diagnoses import Diagnosed, looks_icd9
from ur_desk.matching.field import add_on_codes
from ur_desk.matching.found import BEARS, Found
from ur_desk.matching.index import Index
from ur_desk.matching.positions import standing_position
from ur_desk.matching.relation import asked_code, stands_for, synonym_of
from ur_desk.matching.versions import Standing
from ur_desk.matching.wording import say

_ORDER = tuple(CautionCode)
_LISTS = (CodeResult.LISTED, CodeResult.CONDITIONAL, CodeResult.SUSPECT, CodeResult.HEADER)


def cautions(
    request: Request,
    asked: Sequence[Asked],
    found: Sequence[Found],
    diagnoses: Sequence[Diagnosed],
    rows: Sequence[CodeRow],
    shown: set[int],
    index: Index,
) -> tuple[Caution, ...]:
    """Every caution of a report; `shown` are the policy versions that count for the days of the request."""
    linked = [each for each in found if each.linked]
    raised = [
        *_of_list(rows),
        *_of_versions(linked),
        *_of_suspect_rows(linked, diagnoses, shown, index),
        *_of_conditions(linked),
        *_of_scope(linked),
        *_of_unlisted(linked, diagnoses),
        *_of_codes(asked, diagnoses),
        *_of_conflicts(linked),
        *_of_texts(linked),
        *_of_business(linked),
        *_of_requests(request, asked, linked),
    ]
    return tuple(sorted(dict.fromkeys(raised), key=lambda caution: _ORDER.index(caution.code)))


def _of_list(rows: Iterable[CodeRow]) -> Iterator[Caution]:
    if any(row.result in _LISTS for row in rows):
        yield Caution(CautionCode.LISTING_IS_NOT_COVERAGE, say("caution.listing_is_not_coverage"))


def _of_versions(linked: Sequence[Found]) -> Iterator[Caution]:
    """One caution a version and standing, with all its service lines in it."""
    groups: dict[tuple[int, Standing], list[Found]] = {}
    for each in linked:
        if each.judges and each.judged.standing is not Standing.IN_FORCE:
            groups.setdefault((each.number, each.judged.standing), []).append(each)
        if each.judges and each.judged.reviewed:
            policy = each.shelf.policy.id
            said = say("caution.review_overdue", policy=policy, reviewed=each.judged.reviewed, day=_day(each))
            yield Caution(CautionCode.REVIEW_OVERDUE, said, policy)
    for (_, standing), some in groups.items():
        version = some[0].shelf.policy.version
        lines = [str(line) for line in dict.fromkeys(each.line for each in some)]
        said = say(
            f"caution.processing_{standing}" if some[0].processed else f"caution.{standing}",
            policy=some[0].shelf.policy.id,
            effective=version.effective or date.min,
            ends=version.ends or date.max,
            lines=say("lines.one" if len(lines) == 1 else "lines.many", lines=", ".join(lines)),
            days=", ".join(f"{day:%m/%d/%Y}" for day in sorted({_day(each) for each in some})),
        )
        yield Caution(CautionCode.VERSION_NOT_IN_FORCE, said, some[0].shelf.policy.id)


def _of_suspect_rows(linked: Sequence[Found], diagnoses: Sequence[Diagnosed], shown: set[int], index: Index) -> Iterator[Caution]:
    """One caution a doubtful row, with the codes that rest on such rows alone."""
    resting: dict[tuple[int, int, str], list[str]] = {}
    for each in diagnoses:
        for number, rows in sorted(each.held.items()):
            if number in shown and all(held.row.entry.state is EntryState.SUSPECT for held in rows):
                for held in rows:
                    resting.setdefault((number, held.row.entry.line, held.row.entry.printed), []).append(each.code)
    for one in linked:
        for listing in one.link.listings:
            if listing.entry.state is EntryState.SUSPECT:
                resting.setdefault((one.number, listing.entry.line, listing.entry.printed), []).append(asked_code(one.asked.service))
    for (number, line, entry), codes in resting.items():
        policy = index.shelves[number].policy.id
        said = say("caution.suspect_range", policy=policy, line=line, entry=entry, codes=", ".join(dict.fromkeys(codes)))
        yield Caution(CautionCode.SUSPECT_RANGE, said, policy, line)


def _of_conditions(linked: Iterable[Found]) -> Iterator[Caution]:
    for each in linked:
        if each.link.relation is Relation.CONFIRM_CONDITION:
            listing = each.link.listings[0]
            key = "caution.condition_denied" if listing.words else "caution.condition_missing"
            policy, condition = each.shelf.policy.id, (listing.entry.condition or "").removeprefix("only ")
            said = say(key, code=asked_code(each.asked.service), policy=policy, condition=condition, service=each.line)
            yield Caution(CautionCode.CONDITION_UNCONFIRMED, said, policy, listing.entry.line)


def _of_scope(linked: Iterable[Found]) -> Iterator[Caution]:
    for each in linked:
        other_too = each.link.relation is Relation.CONFIRM_CONDITION and each.link.scope is Scope.NAMES_OTHER
        if each.link.relation is Relation.CONFIRM_SCOPE or other_too:
            line = each.link.listings[0].entry.line if each.link.listings else None
            yield Caution(CautionCode.SCOPE_UNCONFIRMED, _scope_question(each), each.shelf.policy.id, line)


def _scope_question(each: Found) -> str:
    """The question for the provider that would settle which service or part is meant."""
    said, policy, service = each.link.said, each.shelf.policy.id, each.line
    subject = " or ".join(sorted(each.shelf.subject))
    if said.objection:
        key = f"caution.scope_{said.objection.against}"
        return say(key, service=service, policy=policy, part=said.objection.part, said=said.objection.said, subject=subject)
    synonym = synonym_of(each.link)
    if synonym:
        name = stands_for(synonym, sorted(each.shelf.techniques))
        return say("caution.scope_synonym", service=service, policy=policy, said=synonym.said, name=name)
    if each.link.listings and all(hit.result is HitResult.SUSPECT for hit in each.link.hits[: len(each.link.listings)]):
        return say("caution.scope_suspect", service=service, policy=policy, code=asked_code(each.asked.service))
    if said.unclear:
        return say("caution.scope_unclear", service=service, said=said.unclear[0].said, subject=subject)
    if not subject or said.shown:
        return say("caution.scope_no_subject", service=service, policy=policy)
    return say("caution.scope_not_shown", service=service, policy=policy, subject=subject)


def _of_unlisted(linked: Iterable[Found], diagnoses: Sequence[Diagnosed]) -> Iterator[Caution]:
    """Where a policy lists diagnoses and holds none of the request's, not even in a doubtful row or below a category."""
    for each in linked:
        if diagnoses and each.shelf.lists_diagnoses and not any(each.number in diagnosed.held for diagnosed in diagnoses):
            for_all = each.link.relation in BEARS and any(statement.all_indications for statement in each.link.statements)
            key = "caution.diagnosis_changes_nothing" if for_all else "caution.diagnosis_not_listed"
            yield Caution(CautionCode.DIAGNOSIS_NOT_LISTED, say(key, policy=each.shelf.policy.id), each.shelf.policy.id)


def _of_codes(asked: Iterable[Asked], diagnoses: Iterable[Diagnosed]) -> Iterator[Caution]:
    for line in asked:
        if not line.exists:
            yield Caution(CautionCode.INVALID_CODE, say("caution.invalid_code", code=line.service.code or "", system=line.system.value))
    for each in diagnoses:
        icd9 = each.diagnosis.system is System.ICD9CM
        if not each.exists:
            icd9 = looks_icd9(each.diagnosis)
            key = "caution.invalid_icd9" if icd9 else "caution.invalid_code"
            yield Caution(CautionCode.INVALID_CODE, say(key, code=each.code, system=each.diagnosis.system.value))
        if each.header:
            said = say("caution.header_code", code=each.code, day=each.day) if each.day else say("caution.header_undated", code=each.code)
            yield Caution(CautionCode.HEADER_CODE, said)
        if icd9:
            yield Caution(CautionCode.ICD9_CODE, say("caution.icd9_code", code=each.code))
        if each.day and each.validity in (Validity.RETIRED, Validity.NOT_YET_VALID):
            yield Caution(CautionCode.OTHER, say(f"caution.{each.validity}", code=each.code, day=each.day))


def _of_conflicts(linked: Sequence[Found]) -> Iterator[Caution]:
    """Where one policy speaks against a line and another for it."""
    bearing = [(each, standing_position(each.link.statements)) for each in linked if each.judges and each.link.relation in BEARS]
    for line in dict.fromkeys(each.line for each, _ in bearing):
        mine = [(each.shelf.policy.id, position) for each, position in bearing if each.line == line and position]
        adverse = sorted({policy for policy, position in mine if position.adverse})
        favourable = sorted({policy for policy, position in mine if position is Position.MEDICALLY_NECESSARY})
        if adverse and favourable:
            said = say("caution.conflicting_positions", service=line, adverse=", ".join(adverse), favourable=", ".join(favourable))
            yield Caution(CautionCode.CONFLICTING_POSITIONS, said)


def _of_texts(linked: Iterable[Found]) -> Iterator[Caution]:
    for each in linked:
        policy = each.shelf.policy
        if policy.abstract:
            yield Caution(CautionCode.ABSTRACT_ONLY, say("caution.abstract_only", policy=policy.id), policy.id)
        elif each.shelf.shelved.confirmed is None:
            yield Caution(CautionCode.POLICY_UNCONFIRMED, say("caution.policy_unconfirmed", policy=policy.id), policy.id)
        elif each.shelf.shelved.confirmed.alone:
            yield Caution(CautionCode.OTHER, say("caution.confirmed_alone", policy=policy.id), policy.id)


def _of_business(linked: Iterable[Found]) -> Iterator[Caution]:
    for each in linked:
        if each.adoption:
            policy = each.shelf.policy.id
            yield Caution(CautionCode.LINE_OF_BUSINESS_UNCONFIRMED, say(f"caution.{each.adoption}", policy=policy), policy)


def _of_requests(request: Request, asked: Sequence[Asked], linked: Sequence[Found]) -> Iterator[Caution]:
    """What is odd about the request itself: an add-on alone, no day of service, very long words."""
    procedures = {line.service.code for line in asked if line.service.code and line.system in PROCEDURES}
    for line in asked:
        service = line.service
        if service.code in add_on_codes() and procedures <= add_on_codes():
            yield Caution(CautionCode.OTHER, say("caution.add_on_alone", code=service.code, service=service.line))
        if service.first_day is None and any(each.asked is line for each in linked):
            yield Caution(CautionCode.OTHER, say("caution.no_day", service=service.line))
        if line.reading.cut:
            yield Caution(CautionCode.OTHER, say("caution.long_words", service=service.line, count=LONGEST))


def _day(each: Found) -> date:
    return each.processed or each.asked.service.first_day or date.min
