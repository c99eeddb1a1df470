"""Words that must agree with the case: quotations with the cited lines, days with the days known, sources with what stands there."""

import re
from collections.abc import Iterator
from datetime import date

from ur_desk.domain.letters.lint import LetterFinding
from ur_desk.domain.letters.notices import days_in
from ur_desk.domain.letters.trace import leads_somewhere
from ur_desk.letters.lint.said import Letter

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = re.compile(
    rf"\b(?P<name>{'|'.join(_MONTHS)}) (?P<nd>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<ny>\d{{4}})\b|\b(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}}|\d{{2}})\b"
    r"|\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b",
    re.IGNORECASE,
)


def of_quotations(letter: Letter) -> Iterator[LetterFinding]:
    """Words in quotation marks that do not stand in the lines cited; blanks, capitals and the shape of marks make no difference."""
    cited = _plain(letter.cited_text())
    for said in letter.written:
        for found in _QUOTED.finditer(said.text):
            words = found[1] or found[2]
            if _plain(words).strip(" .,;:") not in cited:
                yield letter.rules.rule("quotation").finding(said.number, found.start(), found.end(), said=words)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").casefold().split())


def of_days(letter: Letter) -> Iterator[LetterFinding]:
    """Days that the calendar does not have, or that nothing in this case tells of; birth dates of others are found elsewhere."""
    known = frozenset(days_of(letter))
    for said in letter.written:
        for found in _DAYS.finditer(said.text):
            place = (said.number, found.start(), found.end())
            told = _day(found)
            if told is None:
                yield letter.rules.rule("bad_day").finding(*place, said=found[0])
            elif told not in known and told not in letter.others.born:
                yield letter.rules.rule("day").finding(*place, said=found[0])


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["name"]:
        year, month, day = int(part["ny"]), _MONTHS.index(part["name"].casefold()) + 1, int(part["nd"])
    elif part["m"]:
        year, month, day = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0), int(part["m"]), int(part["d"])
    else:
        year, month, day = int(part["iy"]), int(part["im"]), int(part["id"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_of(letter: Letter) -> Iterator[date]:
    """Every day that the request, its notes, the answers, the decisions and the notice itself tell of."""
    case, facts = letter.facts.case, letter.facts
    yield facts.dated
    yield from days_in(facts.notice)
    if case.request.received_at:
        yield case.request.received_at.date()
    for state in case.lines:
        yield from (day for day in (state.service.first_day, state.service.last_day) if day)
        if state.decision:
            granted = state.decision.granted
            yield state.decision.signature.at.date()
            yield from (day for day in (granted.first_day, granted.last_day) if day) if granted else ()
        if state.asked and state.asked.answer_by:
            yield state.asked.answer_by
    for text in (case.request.clinical_notes or "", letter.cited_text(), *(m.body.request.clinical_notes or "" for m in case.messages)):
        yield from (day for found in _DAYS.finditer(text) if (day := _day(found)))


def of_sources(letter: Letter, clauses: frozenset[str]) -> Iterator[LetterFinding]:
    """Sentences of which a source leads nowhere: to a clause that the wording does not hold, say, or to lines of a policy that this
    workspace does not. A sentence without any source cannot be made."""
    for said in letter.said:
        if not all(leads_somewhere(source, letter.facts, clauses) for source in said.sentence.sources):
            yield letter.rules.rule("unsourced").finding(said.number, 0, len(said.text))
