"""What came in for cases, by what is compared: rows that cases tell, so that a request that resembles one is found by index."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ur_desk.domain.case import Case
from ur_desk.domain.events import CaseId
from ur_desk.domain.intake.arriving import Days, Traits, id_key, traits_of
from ur_desk.domain.people import AccountId
from ur_desk.domain.policy import Sha256
from ur_desk.records.request import content_hash
from ur_desk.store.door import Door
from ur_desk.store.projection import Row, Told

OPENED = "opened"
"""As what the request that opened a case stands among its papers."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that came in for a case: as what (`OPENED`, or a `Use`), what of it is compared, from which file, when and by whom.

    `known_as` are ids by which a later message may name the case besides: its number, and what this paper itself names, as a payer's
    response does the sender's trace and the authorization that it gives.
    """

    case: CaseId
    number: str
    use: str
    traits: Traits
    source: Sha256 | None
    at: datetime
    by: AccountId
    known_as: frozenset[str]


class Papers:
    """Finds what came in that has something in common with a request."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def akin(self, asked: Sequence[Traits]) -> tuple[Paper, ...]:
        """Everything that came in with the content, an id or the member of one of these, in no order."""
        values = {
            "contents": [t.content for t in asked],
            "names": [name for t in asked for name in (*t.ids, *t.names)],
            "members": [t.member_id for t in asked if t.member_id],
            "people": [t.person for t in asked if t.person],
        }
        found = self._db.execute(_AKIN, {name: json.dumps(sorted(set(told))) for name, told in values.items()}).fetchall()
        return tuple(_paper(row) for row in found)

    def first(self, cases: Sequence[CaseId]) -> dict[CaseId, Traits]:
        """What is compared of the request with which each of these cases was opened, as it is known now."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM {_PAPERS} WHERE p.place = 0 AND {_OF_THESE}", [json.dumps(list(cases))]).fetchall()
        return {paper.case: paper.traits for paper in map(_paper, rows)}

    def count(self, source: Sha256, content: str, since: datetime | None = None) -> int:
        """How often something with that content, out of a file with these bytes, came into cases; ever, or `since` an instant."""
        asked = [content, source, since.isoformat() if since else ""]
        return int(self._db.execute("SELECT count(*) FROM papers WHERE content = ? AND source = ? AND at >= ?", asked).fetchone()[0])


_NAMES = "(SELECT json_group_array(json_array(n.name, n.own)) FROM paper_names n WHERE n.case_id = p.case_id AND n.place = p.place)"
_COLUMNS = f"p.case_id, c.number, p.use, p.content, p.reference, p.member_id, p.person, p.services, p.source, p.at, p.account, {_NAMES}"
_PAPERS = "papers p JOIN cases c ON c.id = p.case_id"
_OF_THESE = "p.case_id IN (SELECT value FROM json_each(?))"
_NAMED = "JOIN paper_names k ON k.case_id = p.case_id AND k.place = p.place"
_AKIN = " UNION ".join(
    f"SELECT {_COLUMNS} FROM {_PAPERS} {_NAMED if column.startswith('k') else ''} WHERE {column} IN (SELECT value FROM json_each(:{name}))"
    for column, name in (
        ("p.content", "contents"),
        ("p.reference", "names"),
        ("c.number_key", "names"),
        ("k.name", "names"),
        ("p.member_id", "members"),
        ("p.person", "people"),
    )
)


def paper_rows(case: Case) -> Iterator[Told]:
    """The rows of all that came in for a case; a case that was taken back has none, so that its request may come in again."""
    if case.taken_back:
        return
    first = traits_of(case.request, content_hash(case.as_opened or case.request))
    yield from _rows(case, 0, OPENED, first, case.source, case.opened_at, case.opened_by)
    for place, came in enumerate(case.messages, start=1):
        traits = traits_of(came.body.request, content_hash(came.body.request))
        yield from _rows(case, place, came.body.use.value, traits, came.body.source, came.at, came.by)


def _rows(case: Case, place: int, use: str, traits: Traits, source: Sha256 | None, at: datetime, by: AccountId) -> Iterator[Told]:
    yield "papers", _row(case, place, use, traits, source, at, by)
    for name in dict.fromkeys((*traits.traces, *traits.names)):
        yield "paper_names", {"name": name, "case_id": case.id, "place": place, "own": int(name in traits.traces)}


def _row(case: Case, place: int, use: str, traits: Traits, source: Sha256 | None, at: datetime, by: AccountId) -> Row:
    services = [[code, *(day and day.isoformat() for day in days)] for code, days in traits.services]
    return {
        "case_id": case.id,
        "place": place,
        "use": use,
        "content": traits.content,
        "reference": traits.reference,
        "member_id": traits.member_id,
        "person": traits.person,
        "services": json.dumps(services),
        "source": source,
        "at": at.isoformat(),
        "account": by,
    }


def _paper(row: Sequence[str]) -> Paper:
    case, number, use, content, reference, member_id, person, services, source, at, by, names = row
    asked = tuple((code, _days(first, last)) for code, first, last in json.loads(services))
    told: list[tuple[str, int]] = json.loads(names)
    traits = Traits(content, reference, tuple(name for name, own in told if own), (), member_id, person, asked)
    kept, known_as = Sha256(source) if source else None, frozenset({id_key(number), *(name for name, own in told if not own)})
    return Paper(CaseId(case), number, use, traits, kept, datetime.fromisoformat(at), AccountId(by), known_as)


def _days(first: str | None, last: str | None) -> Days:
    return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
