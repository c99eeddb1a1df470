"""The rows of a report: one for every code of the request, and one for every service line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from ur_desk.domain.codes import PROCEDURES, CodeSet, System, Validity
from ur_desk.domain.findings import CodeResult, CodeRow, HitResult, ServiceRow
from ur_desk.domain.policy import CodeEntry, EntryState
from ur_desk.domain.request import Request
from ur_desk.matching.asked import Asked
from ur_desk.matching.diagnoses import Diagnosed, Held, looks_icd9
from ur_desk.matching.found import BEARS, ORDER, SUGGESTIONS, Found
from ur_desk.matching.index import Index
from ur_desk.matching.shelf import Shelf
from ur_desk.matching.wording import say


def service_rows(asked: Sequence[Asked], found: Sequence[Found]) -> tuple[ServiceRow, ...]:
    """One row a service line, in the request's order; a line that nothing links names no policy."""
    linked: dict[int, list[Found]] = defaultdict(list)
    for each in found:
        if each.linked:
            linked[each.line].append(each)
    return tuple(_service_row(line, linked[line.service.line]) for line in asked)


def _service_row(line: Asked, found: Sequence[Found]) -> ServiceRow:
    ranked = sorted(found, key=lambda each: (ORDER.index(each.link.relation), each.shelf.policy.id))
    judging = [each for each in ranked if each.judges]
    suggestion = min((each.suggestion for each in judging), key=SUGGESTIONS.index, default=SUGGESTIONS[-1])
    return ServiceRow(
        line=line.service.line,
        policies=tuple(dict.fromkeys(str(each.shelf.policy.id) for each in ranked)),
        suggestion=suggestion,
        scope=judging[0].link.scope if judging else None,
        relation=judging[0].link.relation if judging else None,
    )


# --- procedures


def procedure_rows(asked: Sequence[Asked], found: Sequence[Found], shown: set[int], index: Index) -> list[CodeRow]:
    """A row for every procedure code, each once; for a range of codes one for each end and one for the whole.

    `shown`: the policy versions that count for the days of the request.
    """
    rows: dict[tuple[System, str], CodeRow] = {}
    listed = _listed_by_code(found)
    for line in asked:
        service = line.service
        if service.code is None:
            continue
        if service.code_to is None:
            if (line.system, service.code) not in rows:
                mine = listed[line.system, service.code, None]
                rows[line.system, service.code] = _procedure_row(line, mine, shown, index)
            continue
        whole = f"{service.code}–{service.code_to}"
        for end in (service.code, service.code_to):
            if (line.system, end) not in rows:
                rows[line.system, end] = _range_end(line, end, whole, shown, index)
        mine = [each for each in listed[line.system, service.code, service.code_to] if each.asked is line]
        rows[line.system, whole] = _range_row(line, whole, mine)
    return list(rows.values())


def _listed_by_code(found: Iterable[Found]) -> dict[tuple[System, str | None, str | None], list[Found]]:
    """What was found of listed procedures, by the code or range of its line; read once, so that a long request stays quick."""
    listed: dict[tuple[System, str | None, str | None], list[Found]] = defaultdict(list)
    for each in found:
        if each.link.listings:
            listed[each.asked.system, each.asked.service.code, each.asked.service.code_to].append(each)
    return listed


def _procedure_row(first: Asked, mine: Sequence[Found], shown: set[int], index: Index) -> CodeRow:
    code, system = first.service.code or "", first.system
    if not first.exists:
        return CodeRow(code, system, CodeResult.INVALID, Validity.NOT_CHECKED, note=say("row.invalid"))
    result, note = _procedure_result(first, mine, shown, index)
    notes = [note, *_objections(mine)]
    return CodeRow(code, system, result, Validity.NOT_CHECKED, note=" ".join(notes))


def _procedure_result(asked: Asked, found: Sequence[Found], shown: set[int], index: Index) -> tuple[CodeResult, str]:
    """The first result that holds over all policies, with the place where it holds."""
    ranked: list[tuple[int, CodeResult, str]] = []
    for each in found:
        for listing in each.link.listings:
            where = _where(each.shelf, listing.entry)
            condition = (listing.entry.condition or "").removeprefix("only ")
            if listing.shown is False:
                ranked.append((1, CodeResult.CONDITIONAL, say("row.condition_missing", **where, condition=condition)))
            elif listing.entry.state is EntryState.SUSPECT:
                ranked.append((2, CodeResult.SUSPECT, say("row.suspect_procedure", **where)))
            elif listing.shown:
                ranked.append((0, CodeResult.LISTED, say("row.condition_shown", **where, condition=condition, service=each.line)))
            else:
                ranked.append((0, CodeResult.LISTED, say("row.in_range" if listing.entry.high else "row.listed", **where)))
    if ranked:
        _, result, note = min(ranked, key=lambda each: each[0])
        others = {each.shelf.policy.id for each in found} - {found[0].shelf.policy.id}
        return result, " ".join([note, *_more(len(others))])
    for number in sorted(shown & set(asked.mentions)):
        line = asked.mentions[number]
        return CodeResult.MENTIONED, say("row.mentioned", policy=index.shelves[number].policy.id, line=line)
    if asked.system in PROCEDURES:
        return CodeResult.NOT_LISTED, say("row.not_listed_procedure")
    return CodeResult.NOT_LISTED, say("row.other_system", system=asked.system.value)


def _range_end(line: Asked, code: str, whole: str, shown: set[int], index: Index) -> CodeRow:
    held = [row for row in index.listing(line.system, code) if row.shelf in shown]
    note = say("row.range_end", range=whole, service=line.service.line)
    if not held:
        return CodeRow(code, line.system, CodeResult.NOT_LISTED, Validity.NOT_CHECKED, note=note)
    conditional = all(row.entry.condition for row in held)
    result = CodeResult.CONDITIONAL if conditional else CodeResult.LISTED
    where = _where(index.shelves[held[0].shelf], held[0].entry)
    return CodeRow(code, line.system, result, Validity.NOT_CHECKED, note=f"{say('row.listed', **where)} {note}")


def _range_row(line: Asked, whole: str, mine: Sequence[Found]) -> CodeRow:
    note = say("row.range_whole", service=line.service.line)
    if not mine:
        return CodeRow(whole, line.system, CodeResult.NOT_LISTED, Validity.NOT_CHECKED, note=note)
    shown = [listing for each in mine for listing in each.link.listings if listing.shown is not False]
    where = _where(mine[0].shelf, (shown or mine[0].link.listings)[0].entry)
    result = CodeResult.LISTED if shown else CodeResult.CONDITIONAL
    return CodeRow(whole, line.system, result, Validity.NOT_CHECKED, note=f"{say('row.listed', **where)} {note}")


def _objections(found: Iterable[Found]) -> list[str]:
    said = ((each.line, each.link.said.objection) for each in found)
    return list(dict.fromkeys(say(f"row.{o.against}", service=line, part=o.part, said=o.said) for line, o in said if o))


# --- diagnoses


def diagnosis_rows(
    diagnoses: Sequence[Diagnosed], found: Sequence[Found], shown: set[int], request: Request, index: Index, codeset: CodeSet
) -> list[CodeRow]:
    """A row for every diagnosis; `shown`: the policy versions that count for the days of the request."""
    linked = {each.number for each in found if each.linked}
    return [_diagnosis_row(each, found, linked, shown, request, index, codeset) for each in diagnoses]


def _diagnosis_row(
    each: Diagnosed, found: Sequence[Found], linked: set[int], shown: set[int], request: Request, index: Index, codeset: CodeSet
) -> CodeRow:
    system = each.diagnosis.system
    checked = system is System.ICD10CM
    if not each.exists:
        note = say("row.invalid_icd9" if looks_icd9(each.diagnosis) else "row.invalid")
        return CodeRow(each.code, system, CodeResult.INVALID, Validity.UNKNOWN, note=note)
    held = [
        (number, one)
        for number, rows in sorted(each.held.items(), key=lambda at: (at[0] not in linked, at[0]))
        if number in shown
        for one in rows
    ]
    result, notes = _diagnosis_result(each, held, shown, index)
    if result is CodeResult.NOT_LISTED:
        notes = [_unlisted(each, found)]
    elif result in (CodeResult.LISTED, CodeResult.SUSPECT) and not linked:
        notes.append(say("row.alone"))
    notes += _validity_notes(each, result, request, codeset) if checked else []
    return CodeRow(each.code, system, result, each.validity, codeset.description(each.code) if checked else None, " ".join(notes))


def _diagnosis_result(each: Diagnosed, held: Sequence[tuple[int, Held]], shown: set[int], index: Index) -> tuple[CodeResult, list[str]]:
    for result, kind in (
        (CodeResult.HEADER, HitResult.HEADER),
        (CodeResult.LISTED, HitResult.LISTED),
        (CodeResult.SUSPECT, HitResult.SUSPECT),
    ):
        of_kind = [(number, one) for number, one in held if one.result is kind]
        if of_kind:
            number, one = of_kind[0]
            others = {index.shelves[n].policy.id for n, _ in of_kind} - {index.shelves[number].policy.id}
            return result, [_held_note(each, one, index.shelves[number]), *_more(len(others))]
    for number, line in each.mentions:
        if number in shown:
            return CodeResult.MENTIONED, [say("row.mentioned", policy=index.shelves[number].policy.id, line=line)]
    return CodeResult.NOT_LISTED, []


def _held_note(each: Diagnosed, held: Held, shelf: Shelf) -> str:
    where = _where(shelf, held.row.entry)
    if held.result is HitResult.HEADER:
        return say("row.header", **where, day=each.day) if each.day else say("row.header_undated", **where)
    if held.result is HitResult.SUSPECT:
        return say("row.suspect", **where)
    if held.begins:
        return say("row.begins", **where)
    return say("row.in_range" if held.row.entry.high else "row.listed", **where)


def _unlisted(each: Diagnosed, found: Sequence[Found]) -> str:
    """What an unlisted diagnosis means beside the policy that the request is linked to."""
    if each.diagnosis.system is System.ICD9CM:
        return say("row.icd9")
    if each.diagnosis.system is not System.ICD10CM:
        return say("row.other_system", system=each.diagnosis.system.value)
    linked = [one for one in found if one.linked and one.shelf.lists_diagnoses]
    for one in sorted(linked, key=lambda one: (ORDER.index(one.link.relation), one.shelf.policy.id)):
        for_all = one.link.relation in BEARS and any(statement.all_indications for statement in one.link.statements)
        return say("row.not_listed_changes_nothing" if for_all else "row.not_listed_weakens", policy=one.shelf.policy.id)
    return say("row.not_listed_diagnosis")


def _validity_notes(each: Diagnosed, result: CodeResult, request: Request, codeset: CodeSet) -> list[str]:
    day = each.day
    if day is None:
        return []
    notes = []
    if each.validity is Validity.HEADER and result is not CodeResult.HEADER:
        notes.append(say("row.category_unlisted", day=day))
    for validity, key in (
        (Validity.RETIRED, "row.retired"),
        (Validity.NOT_YET_VALID, "row.not_yet_valid"),
        (Validity.UNKNOWN, "row.validity_unknown"),
    ):
        if each.validity is validity:
            notes.append(say(key, day=day))
    later = sorted({service.first_day for service in request.services if service.first_day and service.first_day > day})
    for other in later:
        validity = codeset.on(each.code, other)
        if validity is not each.validity:
            notes.append(say("row.changes", day=other, validity=say(f"validity.{validity}")))
            break
    if day >= _next_october(codeset.vintage):
        notes.append(say("row.newest_table", day=codeset.vintage))
    return notes


def _where(shelf: Shelf, entry: CodeEntry) -> dict[str, str | int]:
    return {"policy": shelf.policy.id, "line": entry.line, "entry": entry.printed}


def _more(count: int) -> list[str]:
    if not count:
        return []
    return [say("row.more_one") if count == 1 else say("row.more", count=count)]


def _next_october(vintage: date) -> date:
    """The first day of the fiscal year after a table's own (ICD-10-CM years begin on 1 October)."""
    return date(vintage.year + (vintage.month >= 10), 10, 1)
