"""Rows of cases: projections of their events, for lists and search."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ur_desk.domain.arriving import id_key
from ur_desk.domain.asking import Due, answer_came, day_of
from ur_desk.domain.authorization import to_enter
from ur_desk.domain.case import Case, fold
from ur_desk.domain.clock_read import ClockState
from ur_desk.domain.clock_tasks import asks_at
from ur_desk.domain.codes import System, procedure_system
from ur_desk.domain.delivery import incidents, owed
from ur_desk.domain.determination import Determination, Workflow
from ur_desk.domain.events import CaseEvent, CaseId, Restriction
from ur_desk.domain.listing import CaseFilter, CaseRow, News, Order, Page, Shown, Viewer, redacted
from ur_desk.domain.messages import Following
from ur_desk.domain.papers import news
from ur_desk.domain.people import AccountId
from ur_desk.domain.request import LineOfBusiness, Timing, Urgency
from ur_desk.store.case_filter import NAMED, SEEN, instant_text, where_for
from ur_desk.store.door import Door
from ur_desk.store.papers import paper_rows
from ur_desk.store.projection import Row, Told

LAST = "9999"
OPEN, ANSWERED = "0", "00"
"""Before the instant by which a row is sorted: of a case that still needs notice, and of one to which an answer came."""
UNKNOWN = "?"
"""Behind an instant that only says where a case stands of which nobody knows when it is due."""
AS_IF = timedelta(hours=72)
"""After its receipt: where a case without a due instant stands in lists, as if it were due as soon as an expedited one may be."""
_DUE_NOW = """CASE WHEN c.due_sort < '1' AND c.due_at <= :now THEN '.' || c.due_at
    WHEN c.due_sort < '1' AND c.due_sort NOT LIKE '%?' AND ltrim(c.due_sort, '0') <= :now THEN '/' || ltrim(c.due_sort, '0') ELSE c.due_sort END"""
"""By what a row is sorted when one looks at its clock: what is overdue comes before all else, the longest first, then what asks for
something beside that, since when it does."""
_SINCE = (
    "workflow",
    "to_notice",
    "news",
    "number_key",
    "to_enter",
    "owed",
    "incidents",
    "clock_state",
    "outer_at",
    "pause_until",
    "due_sort",
    "chase_on",
    "answer_by",
    "follows",
)
"""Columns that the first version did not have, or filled otherwise."""


class Cases:
    """Writes a case's row beside each event, and answers questions for lists."""

    def __init__(self, db: Door) -> None:
        self._db = db

    def put(self, case: Case) -> None:
        """Writes the row that the case now tells, inside the open transaction."""
        row = case_row(case)
        names = ", ".join(row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        marks = ", ".join("?" * len(row))
        self._db.execute(f"INSERT INTO cases ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}", list(row.values()))
        self._db.execute("DELETE FROM case_codes WHERE case_id = ?", [case.id])
        self._db.execute("DELETE FROM case_search WHERE case_id = ?", [case.id])
        self._db.execute("DELETE FROM case_open_to WHERE case_id = ?", [case.id])
        self._db.execute("DELETE FROM paper_names WHERE case_id = ?", [case.id])
        self._db.execute("DELETE FROM papers WHERE case_id = ?", [case.id])
        self._insert((*_search_rows(case), *_open_rows(case), *paper_rows(case)))

    def _insert(self, told: Iterable[Told]) -> None:
        for table, found in told:
            self._db.execute(f"INSERT INTO {table} ({', '.join(found)}) VALUES ({', '.join('?' * len(found))})", list(found.values()))

    def find(self, number_or_id: str) -> CaseId | None:
        """The id of the case with that number, or with that id; None where there is none."""
        row = self._db.execute("SELECT id FROM cases WHERE number = ? OR id = ?", [number_or_id, number_or_id]).fetchone()
        return CaseId(row[0]) if row else None

    def of_before(self) -> tuple[CaseId, ...]:
        """The cases of which an older version wrote the row."""
        return tuple(CaseId(r[0]) for r in self._db.execute("SELECT id FROM cases WHERE chase_on IS NULL").fetchall())

    def write_anew(self, told: Iterable[tuple[CaseId, Sequence[CaseEvent]]]) -> None:
        """Writes what an older version did not know of cases, as their events tell it, inside the open transaction.

        What it knew stays as it stands: whether that is what the events tell is for the check of the trail to say.
        """
        for case, events in told:
            try:
                now = fold(case, events)
            except ValueError:
                blank = "UPDATE cases SET news = coalesce(news, ''), to_enter = 0, owed = '', chase_on = '' WHERE id = ?"
                self._db.execute(blank, [case])
                continue
            row = case_row(now)
            names = ", ".join(f"{name} = ?" for name in _SINCE)
            self._db.execute(f"UPDATE cases SET {names} WHERE id = ?", [*(row[name] for name in _SINCE), case])
            for table in ("paper_names", "papers"):
                self._db.execute(f"DELETE FROM {table} WHERE case_id = ?", [case])
            self._insert(paper_rows(now))

    def ids(self) -> tuple[CaseId, ...]:
        """All cases, oldest first."""
        return tuple(CaseId(r[0]) for r in self._db.execute("SELECT id FROM cases ORDER BY opened_at, id").fetchall())

    def number_where_closed(self, case: CaseId, viewer: Viewer) -> str | None:
        """The number of the case where it is restricted and not open to the viewer; None where it is open, or there is none."""
        row = self._db.execute(f"SELECT c.number FROM cases c WHERE c.id = :case AND NOT {SEEN}", {"case": case, **_of(viewer)}).fetchone()
        return str(row[0]) if row else None

    def until(self, last: datetime) -> tuple[CaseId, ...]:
        """The cases still to be noticed in which a clock asks for something until then, soonest first."""
        rows = self._db.execute(
            "SELECT id FROM cases WHERE due_sort >= '0' AND due_sort <= ? AND due_sort NOT LIKE '%?' ORDER BY due_sort, id",
            [OPEN + instant_text(last)],
        )
        return tuple(CaseId(row[0]) for row in rows.fetchall())

    def procedures(self, beginning: str) -> dict[str, int]:
        """Procedure codes of cases that begin so, with how many cases ask for each; cases that are restricted do not count."""
        rows = self._db.execute(
            "SELECT k.code, count(*) FROM case_codes k JOIN cases c ON c.id = k.case_id"
            " WHERE k.code >= ? AND k.code < ? AND c.restricted = '' GROUP BY k.code",
            [beginning, beginning + "~"],
        ).fetchall()
        return {code: count for code, count in rows if procedure_system(code) is not System.OTHER}

    def other_members(self, case: CaseId) -> tuple[tuple[str, date | None, str, str], ...]:
        """Of all other cases the member's listed name and birth date, the case's number and the member's; whoever has the name or the
        number of this one's member is left out."""
        rows = self._db.execute(
            "SELECT c.member, c.birth_date, c.number, c.member_id FROM cases c JOIN cases me ON me.id = ?"
            " WHERE c.id <> me.id AND c.member <> me.member AND (c.member_id = '' OR c.member_id <> me.member_id)",
            [case],
        ).fetchall()
        return tuple((name, date.fromisoformat(born) if born else None, number, member) for name, born, number, member in rows)

    def with_alerts(self) -> tuple[CaseId, ...]:
        """The cases with a broken glass that nobody has looked into, by number."""
        return tuple(CaseId(r[0]) for r in self._db.execute("SELECT id FROM cases WHERE unseen > 0 ORDER BY number").fetchall())

    def with_owed(self) -> tuple[CaseId, ...]:
        """The cases of which a letter is owed to somebody, those of the earliest day first."""
        return tuple(CaseId(r[0]) for r in self._db.execute("SELECT id FROM cases WHERE owed <> '' ORDER BY owed, number").fetchall())

    def to_chase(self, last: date) -> tuple[CaseId, ...]:
        """The cases in which somebody asks again for information, or the last day to answer is, until that day, by number."""
        rows = self._db.execute(
            "SELECT id FROM cases WHERE (chase_on > '' AND chase_on <= :last) OR (answer_by > '' AND answer_by <= :last) ORDER BY number",
            {"last": last.isoformat()},
        )
        return tuple(CaseId(row[0]) for row in rows.fetchall())

    def with_incidents(self) -> tuple[CaseId, ...]:
        """The cases with a letter in wrong hands into which nobody has looked, by number."""
        return tuple(CaseId(r[0]) for r in self._db.execute("SELECT id FROM cases WHERE incidents > 0 ORDER BY number").fetchall())

    def rows(self, cases: Sequence[CaseId], viewer: Viewer) -> dict[CaseId, CaseRow]:
        """The rows of those cases that are open to the viewer, each with no more than the viewer needs."""
        cursor = self._db.execute(
            f"SELECT c.*, {SEEN} AS seen, {NAMED} AS named FROM cases c WHERE c.id IN (SELECT value FROM json_each(:cases)) AND {SEEN}",
            {"cases": json.dumps(list(cases)), **_of(viewer)},
        )
        names = cursor.names
        found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        return {CaseId(row["id"]): redacted(_listed(row), _shown(row), viewer.codes) for row in found}

    def page(self, asked: CaseFilter, after: tuple[str, ...] | None, size: int, viewer: Viewer, zone: ZoneInfo) -> Page:
        """Up to `size` rows that come after the key, in the asked order, each with no more than the viewer needs; days are days in `zone`."""
        where, values = where_for(asked, viewer, zone)
        values |= _of(viewer)
        total = self._db.execute(f"SELECT count(*) FROM cases c WHERE {where}", values).fetchone()[0]
        column, sign, way = (_DUE_NOW, ">", "ASC") if asked.order is Order.DUE else ("c.opened_at", "<", "DESC")
        if after:
            where += f" AND ({column}, c.id) {sign} (:after_key, :after_id)"
            values |= {"after_key": after[0], "after_id": after[1]}
        cursor = self._db.execute(
            f"SELECT c.*, {SEEN} AS seen, {NAMED} AS named, {column} AS sorted_by FROM cases c"
            f" WHERE {where} ORDER BY sorted_by {way}, c.id {way} LIMIT :size",
            {**values, "size": size + 1},
        )
        names = cursor.names
        found = [dict(zip(names, r, strict=True)) for r in cursor.fetchall()]
        more = len(found) > size
        rows = found[:size]
        key = (rows[-1]["sorted_by"], rows[-1]["id"]) if more else None
        return Page(tuple(redacted(_listed(r), _shown(r), viewer.codes) for r in rows), key, total)


def case_rows(case: Case) -> Iterator[Told]:
    """Every row that a case tells: in the lists, in the searches, and its letters."""
    yield "cases", case_row(case)
    yield from _search_rows(case)
    yield from _open_rows(case)
    yield from paper_rows(case)
    for letter in case.letters:
        row: Row = {
            "id": letter.id,
            "case_id": case.id,
            "kind": letter.kind,
            "pdf": letter.pdf,
            "issued_at": letter.at.isoformat(),
            "superseded_by": letter.superseded_by,
        }
        yield "letters", row


def _search_rows(case: Case) -> Iterator[Told]:
    member, codes = case.request.member, sorted(_codes(case))
    for code in codes:
        yield "case_codes", {"case_id": case.id, "code": code}
    words = [case.number, member.family, member.given, member.member_id, case.request.reference, *codes]
    yield "case_search", {"case_id": case.id, "words": " ".join(w for w in words if w)}


def _open_rows(case: Case) -> Iterator[Told]:
    """To whom a restricted case is open, and until when."""
    if case.restriction is None:
        return
    until = dict.fromkeys(case.restriction.open_to, LAST)
    for glass in case.glasses:
        until[glass.by] = max(instant_text(glass.until), until.get(glass.by, ""))
    yield from (("case_open_to", {"case_id": case.id, "account": who, "until": last}) for who, last in until.items())


def case_row(case: Case) -> Row:
    """The columns that a case tells; what lists sort and filter by stands in columns of its own."""
    request, clock = case.request, case.clock
    due = instant_text(clock.due_at) if clock and clock.due_at else None
    new = news(case)
    return {
        "id": case.id,
        "number": case.number,
        "revision": case.revision,
        "member": request.member.listed_name,
        "member_id": request.member.member_id or "",
        "birth_date": request.member.birth_date.isoformat() if request.member.birth_date else None,
        "codes": " ".join(dict.fromkeys(s.service.code for s in case.lines if s.service.code)),
        "diagnoses": " ".join(dict.fromkeys(d.code for d in request.diagnoses)),
        "workflow": case.workflow.value,
        "determination": case.determination.value if case.determination else None,
        "urgency": request.urgency.value if request.urgency else None,
        "timing": request.timing.value if request.timing else None,
        "line_of_business": request.line_of_business.value if request.line_of_business else None,
        "state": request.state,
        "received_at": instant_text(request.received_at) if request.received_at else None,
        "due_at": due,
        "due_words": clock.words if clock else "",
        "clock_state": clock.state.value if clock and clock.state else "",
        "outer_at": instant_text(clock.outer_at) if clock and clock.outer_at else None,
        "pause_until": instant_text(clock.pause_until) if clock and clock.pause_until else None,
        "due_sort": _due_sort(case),
        "reviewer": case.reviewer,
        "opened_at": instant_text(case.opened_at),
        "decided_at": instant_text(case.decided_at) if case.decided_at else None,
        "to_notice": int(bool(case.lines_to_notice) or next(owed(case), None) is not None),
        "returned": int(any(s.returned_from_pend and s.workflow is Workflow.REVIEW for s in case.lines)),
        "restricted": case.restriction.kind.value if case.restriction else "",
        "news": new.value if new else "",
        "number_key": id_key(case.number),
        "to_enter": len(to_enter(case)),
        "unseen": sum(glass.seen_by is None for glass in case.glasses),
        "owed": min((each.letter.dated.isoformat() for each in owed(case)), default=""),
        "incidents": sum(each.reviewed_by is None for each in incidents(case)),
        "chase_on": _day_text(day_of(case, Due.CHASE)),
        "answer_by": _day_text(day_of(case, Due.LAST_DAY)),
        "follows": case.follows.kind.value if case.follows else "",
    }


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _due_sort(case: Case) -> str:
    """First what came back with an answer, then what still needs notice, what its clock asks for soonest first, with it what nobody has
    read of a case that is done; the rest comes last. Where nobody knows when a case is due it stands above what is far off."""
    if not case.closed and case.lines_in_the_way:
        next_at, as_if = asks_at(case), (case.request.received_at or case.opened_at) + AS_IF
        return (ANSWERED if answer_came(case) else OPEN) + (instant_text(next_at) if next_at else instant_text(as_if) + UNKNOWN)
    if case.unread and case.messages:
        return OPEN + instant_text(case.messages[-1].at)
    return "1" + instant_text(case.decided_at or case.opened_at)


def _asks_at(due_sort: str) -> datetime | None:
    """The instant in what a case is sorted by; None for one that asks for nothing, or nobody knows when."""
    at = due_sort.removeprefix(ANSWERED) if due_sort.startswith(ANSWERED) else due_sort.removeprefix(OPEN)
    return None if at == due_sort or at.endswith(UNKNOWN) else _when(at)


def _of(viewer: Viewer) -> dict[str, Any]:
    """The viewer as the conditions of `case_filter` name them."""
    states = json.dumps(sorted(viewer.workflows))
    return {"me": viewer.account, "now": instant_text(viewer.now), "everywhere": viewer.everywhere, "states": states, "own": viewer.own}


def _shown(row: dict[str, Any]) -> Shown:
    if not row["seen"]:
        return Shown.NUMBER
    return Shown.NAMED if row["named"] else Shown.INITIALS


def _codes(case: Case) -> set[str]:
    return {s.service.code for s in case.lines if s.service.code} | {d.code for d in case.request.diagnoses}


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _listed(row: dict[str, Any]) -> CaseRow:
    return CaseRow(
        id=CaseId(row["id"]),
        number=row["number"],
        member=row["member"],
        member_id=row["member_id"],
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        codes=tuple(row["codes"].split()),
        diagnoses=tuple(row["diagnoses"].split()),
        workflow=Workflow(row["workflow"]),
        determination=Determination(row["determination"]) if row["determination"] else None,
        urgency=Urgency(row["urgency"]) if row["urgency"] else None,
        timing=Timing(row["timing"]) if row["timing"] else None,
        line_of_business=LineOfBusiness(row["line_of_business"]) if row["line_of_business"] else None,
        state=row["state"],
        received_at=_when(row["received_at"]),
        due_at=_when(row["due_at"]),
        due_words=row["due_words"],
        reviewer=AccountId(row["reviewer"]) if row["reviewer"] else None,
        decided_at=_when(row["decided_at"]),
        returned_from_pend=bool(row["returned"]),
        revision=row["revision"],
        restricted=Restriction(row["restricted"]) if row["restricted"] else None,
        news=News(row["news"]) if row["news"] else None,
        to_enter=row["to_enter"] or 0,
        clock_state=ClockState(row["clock_state"]) if row["clock_state"] else None,
        outer_at=_when(row["outer_at"]),
        pause_until=_when(row["pause_until"]),
        chase_on=_day(row["chase_on"]),
        answer_by=_day(row["answer_by"]),
        asks_at=_asks_at(row["due_sort"]),
        follows=Following(row["follows"]) if row["follows"] else None,
    )
