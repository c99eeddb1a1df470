"""The policies of a report: every version with a reason to be looked at, best first."""

from collections.abc import Sequence
from datetime import date

from ur_desk.domain.findings import Hit, HitKind, HitResult, PolicyMatch, Relation
from ur_desk.matching.asked import Asked
from ur_desk.matching.diagnoses import Diagnosed
from ur_desk.matching.found import ORDER, Found
from ur_desk.matching.index import Index
from ur_desk.matching.positions import standing_position
from ur_desk.matching.shelf import Shelf
from ur_desk.matching.versions import Judged, Standing
from ur_desk.matching.wording import say


def policy_matches(
    asked: Sequence[Asked], found: Sequence[Found], diagnoses: Sequence[Diagnosed], shown: set[int], index: Index
) -> tuple[PolicyMatch, ...]:
    """Every version that was hit and counts for the days of the request: by relation, then against before for, then by its hits."""
    by_number: dict[int, list[Found]] = {}
    hits: dict[int, list[Hit]] = {}
    for each in found:
        by_number.setdefault(each.number, []).append(each)
        hits.setdefault(each.number, []).extend(each.link.hits)
    for line in asked:
        for number, at in line.mentions.items():
            if number in shown and number not in by_number:
                hits.setdefault(number, []).append(_mentioned(line, at))
    for diagnosed in diagnoses:
        for number, hit in diagnosed.hits():
            if number in shown:
                hits.setdefault(number, []).append(hit)
    several = {n for n in by_number if len(index.versions[n]) > 1 and sum(v in by_number for v in index.versions[n]) > 1}
    matches = [
        (number, _linked(by_number[number], some, number in several) if number in by_number else _related(index.shelves[number], some))
        for number, some in hits.items()
    ]
    return tuple(match for _, match in sorted(matches, key=lambda each: _best_first(*each)))


def _linked(found: Sequence[Found], hits: Sequence[Hit], several: bool) -> PolicyMatch:
    """A version that a line's code or words touch."""
    best = min(found, key=lambda each: ORDER.index(each.link.relation))
    note = _version_note(found, several)
    return PolicyMatch(
        id=best.shelf.policy.id,
        text=best.shelf.policy.text.sha256,
        title=best.shelf.policy.title,
        effective=best.shelf.effective,
        relation=best.link.relation,
        hits=tuple(hits),
        sections=best.shelf.sections([hit.line for hit in hits if hit.line], history=note is not None),
        position=standing_position(best.link.statements),
        all_indications=any(statement.all_indications for statement in best.link.statements),
        version_note=note,
    )


def _related(shelf: Shelf, hits: Sequence[Hit]) -> PolicyMatch:
    """A version that only a diagnosis or a mention touches."""
    policy = shelf.policy
    return PolicyMatch(
        id=policy.id,
        text=policy.text.sha256,
        title=policy.title,
        effective=policy.version.effective,
        relation=Relation.RELATED,
        hits=tuple(hits),
        sections=shelf.sections([hit.line for hit in hits if hit.line]),
        position=shelf.position,
        all_indications=shelf.all_indications,
    )


def _mentioned(line: Asked, at: int) -> Hit:
    code = line.service.code or ""
    return Hit(HitKind.PROCEDURE, code, HitResult.MENTIONED, at, say("hit.procedure_mentioned", code=code), service_line=line.service.line)


def _version_note(found: Sequence[Found], several: bool) -> str | None:
    """What the days of the request make of this version; None where nothing is to be said."""
    linked = [each for each in found if each.linked]
    for each in linked:
        effective = each.shelf.effective or date.min
        if each.processed and each.judges and each.by_service != each.shelf.effective and each.judged.standing is Standing.IN_FORCE:
            return say("version.by_processing", day=each.processed, effective=effective, service=_since(each.by_service))
        said = _standing_note(each.judged, each) if each.judges else say("version.also_version", effective=effective)
        if said:
            return said
    return say("version.two_versions", effective=linked[0].shelf.effective or date.min) if several and linked else None


def _since(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else say("lines.unknown_day")


def _standing_note(judged: Judged, each: Found) -> str | None:
    version = each.shelf.policy.version
    if judged.standing is not Standing.IN_FORCE:
        key = f"version.processing_{judged.standing}" if each.processed else f"version.{judged.standing}"
        return say(key, effective=version.effective or date.min, ends=version.ends or date.max)
    return say("version.review_overdue", reviewed=judged.reviewed) if judged.reviewed else None


def _best_first(number: int, match: PolicyMatch) -> tuple[int, bool, int, int]:
    """Numbers follow policy ids and first days, so that ties fall the same way in every library."""
    adverse = match.position is not None and match.position.adverse
    return ORDER.index(match.relation), not adverse, -len(match.hits), number
