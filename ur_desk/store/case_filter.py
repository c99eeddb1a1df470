"""What a filter asks for, as a condition on rows of cases `c`; what a viewer may not see is not found by it either."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ur_desk.domain.determination import OPEN
from ur_desk.domain.listing import CaseFilter, Viewer
from ur_desk.store.search import match_words, words_of

_OPEN_TO_ME = "EXISTS (SELECT 1 FROM case_open_to o WHERE o.case_id = c.id AND o.account = :me AND o.until > :now)"
SEEN = f"(c.restricted = '' OR {_OPEN_TO_ME})"
"""The case is open to the viewer."""
NAMED = f"(:everywhere OR c.workflow IN (SELECT value FROM json_each(:states)) OR (:own AND c.reviewer = :me) OR {_OPEN_TO_ME})"
"""The viewer's work on the case needs the member's name, or the case was opened to the viewer."""
_NUMBER = "' ' || replace(c.number, '-', ' ')"
_CODES = "' ' || replace(c.codes || ' ' || c.diagnoses, '.', ' ')"

Part = tuple[str, dict[str, Any]]
"""A condition, and its values by name."""


def where_for(asked: CaseFilter, viewer: Viewer, zone: ZoneInfo) -> Part:
    """The condition and its values; days are days in `zone`."""
    telling = [*_picked(asked, viewer), *_days(asked, zone)]
    if telling:
        # whoever could list restricted cases by code, outcome or day would know what is in them
        telling.append((SEEN, {}))
    parts: list[Part] = [("1", {}), *telling]
    if asked.text.strip():
        parts.append(_words(asked.text, viewer))
    if asked.workflow:
        parts.append(_one_of("workflow", asked.workflow))
    return " AND ".join(condition for condition, _ in parts), {name: value for _, values in parts for name, value in values.items()}


def instant_text(at: datetime) -> str:
    """An instant as a column keeps it: in UTC, all of one length, so that texts sort as instants do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _picked(asked: CaseFilter, viewer: Viewer) -> Iterator[Part]:
    for column, picked in (("determination", asked.outcome), ("line_of_business", asked.lines_of_business)):
        if picked:
            yield _one_of(column, picked)
    if asked.to_notice:
        yield "c.to_notice = 1", {}
    if asked.to_enter:
        yield "c.to_enter > 0", {}
    if asked.to_chase:
        on = "(c.chase_on > '' AND c.chase_on <= :to_chase) OR (c.answer_by > '' AND c.answer_by <= :to_chase)"
        yield f"({on})", {"to_chase": asked.to_chase.isoformat()}
    if asked.news:
        yield "c.news <> ''", {}
    if asked.referred:
        yield _one_of("workflow", OPEN, "open")
        yield "EXISTS (SELECT 1 FROM events e WHERE e.case_id = c.id AND e.verb = 'lines.refer')", {}
    if asked.reviewer:
        yield "c.reviewer = :reviewer", {"reviewer": asked.reviewer}
    if code := asked.code.strip().upper():
        found = "c.id IN (SELECT case_id FROM case_codes WHERE code >= :code AND code < :code_end)"
        yield found if viewer.codes else "0", {"code": code, "code_end": code + "\uffff"}


def _days(asked: CaseFilter, zone: ZoneInfo) -> Iterator[Part]:
    for column, first, last in (
        ("received_at", asked.received_from, asked.received_to),
        ("decided_at", asked.decided_from, asked.decided_to),
    ):
        if first:
            yield f"c.{column} >= :{column}_from", {f"{column}_from": instant_text(_midnight(first, zone))}
        if last:
            yield f"c.{column} < :{column}_to", {f"{column}_to": instant_text(_midnight(last + timedelta(days=1), zone))}


def _words(text: str, viewer: Viewer) -> Part:
    """Rows that hold every word: in all that is searched where the viewer sees the name, else in what their row shows."""
    match = match_words(text)
    if not match:
        return "0", {}
    words = {f"word_{n}": " " + word.upper() for n, word in enumerate(words_of(text))}
    in_number = " AND ".join(f"instr({_NUMBER}, :{name}) > 0" for name in words)
    shown = f"{_NUMBER} || {_CODES}" if viewer.codes else _NUMBER
    in_row = " AND ".join(f"instr({shown}, :{name}) > 0" for name in words)
    found = "c.id IN (SELECT case_id FROM case_search WHERE case_search MATCH :match)"
    return f"({found} AND (({SEEN} AND ({NAMED} OR ({in_row}))) OR ({in_number})))", {"match": match, **words}


def _one_of(column: str, picked: frozenset[Any], called: str = "") -> Part:
    values = {f"{called or column}_{n}": value for n, value in enumerate(sorted(p.value for p in picked))}
    return f"c.{column} IN ({', '.join(':' + name for name in values)})", values


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
