"""What stands behind one sentence of a letter, as rows: each source by name, and below it its own words or lines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from ur_desk.domain.appeals.told import in_time_words
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.determination import Decision
from ur_desk.domain.letter import SentenceSource, SourceKind
from ur_desk.domain.letters.trace import Behind, value_at
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.policy import Policy
from ur_desk.domain.request import Provider, ServiceLine
from ur_desk.ui.models.field_words import field_words
from ur_desk.ui.models.rows import ROW, Index, RowsModel
from ur_desk.ui.pages.administration.profiles import field_name
from ur_desk.ui.phrases import day, moment, phrase, quantity, runs, sentence, span
from ur_desk.ui.privacy import without_member

AROUND = 2
"""Lines of a policy that are shown before and after those cited."""

ORDER = (
    SourceKind.POLICY,
    SourceKind.DECISION,
    SourceKind.STATEMENT,
    SourceKind.REQUEST,
    SourceKind.PROFILE,
    SourceKind.CASE,
    SourceKind.WORDING,
)
"""What is most the sentence's own comes first; the clause around it last."""

People = Mapping[AccountId, Account]
_BLANK = re.compile(r"\$\{?([a-z_]+)\}?")


class TraceKind(Enum):
    """What a row of a trace is."""

    SOURCE = "source"
    WORDS = "words"
    ASIDE = "aside"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class TraceRow:
    """The name of a source, words that stand there, something said of them, or a policy line; `cited` where the sentence rests on it."""

    kind: TraceKind
    text: str
    number: int | None = None
    cited: bool = False


class LetterTraceModel(RowsModel[TraceRow]):
    """The rows of one sentence's sources."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, the spoken text, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row)
        return row if role == ROW else None

    @property
    def first_cited(self) -> int | None:
        """The place of the first policy line cited; None where none is."""
        return next((place for place, row in enumerate(self._rows) if row.cited), None)


def _spoken(row: TraceRow) -> str:
    if row.kind is not TraceKind.LINE:
        return row.text
    frame = _tr("Line {0}, cited: {1}") if row.cited else _tr("Line {0}: {1}")
    return frame.format(row.number, row.text)


def trace_rows(sources: Iterable[SentenceSource], behind: Behind | None, people: People) -> Iterator[TraceRow]:
    """What stands behind these sources, each once, in `ORDER`; without what stands behind them only their names. Under the mask the
    member is not named."""
    for source in sorted(dict.fromkeys(sources), key=lambda each: ORDER.index(each.kind)):
        yield TraceRow(TraceKind.SOURCE, _capital(source_words(source, people)))
        for row in _behind(source, behind, people) if behind else ():
            text = without_member(row.text, behind.case.current_request.member) if behind else row.text
            yield TraceRow(row.kind, text, row.number, row.cited)


def source_words(source: SentenceSource, people: People) -> str:
    """One source by name: which clause in which version, which lines, which field, whose words."""
    match source.kind:
        case SourceKind.WORDING:
            clause, _, version = source.ref.partition("@")
            return _tr("wording, clause {0}, version {1}").format(clause, version or "1")
        case SourceKind.POLICY:
            return _policy_words(source)
        case SourceKind.REQUEST:
            return _request_words(source)
        case SourceKind.DECISION:
            of_line = _tr("decision on line {0}").format(source.line)
            return f"{of_line}: {_decision_field(source.field)}" if source.field else of_line
        case SourceKind.STATEMENT:
            return _tr("words of {0}").format(_name(source.ref, people))
        case SourceKind.CASE:
            return _tr("case, {0}").format(_case_field(source.ref))
        case SourceKind.PROFILE:
            return _tr("plan profile, {0}").format(field_name(source.ref))


def _policy_words(source: SentenceSource) -> str:
    if source.anchor is None:
        return _tr("policy {0}").format(source.ref)
    lines = range(source.anchor.first_line, source.anchor.last_line + 1)
    words = _tr("policy {0}, line {1}") if len(lines) == 1 else _tr("policy {0}, lines {1}")
    return words.format(source.ref, runs(lines))


def _request_words(source: SentenceSource) -> str:
    if source.line is None:
        return _tr("request, {0}").format(_field(source.ref).lower())
    of_line = _tr("request, line {0}").format(source.line)
    return f"{of_line}: {_field(f'services.{source.field}').lower()}" if source.field else of_line


def _field(path: str) -> str:
    try:
        return field_words(path)
    except KeyError:
        return path.replace(".", ", ").replace("_", " ")


def _decision_field(field: str) -> str:
    return {
        "reason": _tr("reason"),
        "rationale": _tr("rationale"),
        "information_needed": _tr("what would help"),
        "alternatives": _tr("other services named"),
        "signature": _tr("signature"),
        "asked": _tr("what was asked for"),
        "withdrawal": _tr("withdrawal"),
        "not_required": _tr("no authorization required"),
    }.get(field, field)


def _case_field(field: str) -> str:
    return {
        "number": _tr("its number"),
        "dated": _tr("the day of the letter"),
        "notice": _tr("what there is to tell of open lines"),
        "follows": _tr("what it follows"),
        "appeal": _tr("who asks, and until when they could"),
    }.get(field, field)


def _name(account: str, people: People) -> str:
    found = people.get(AccountId(account))
    return found.display if found else _tr("somebody who worked on the case")


def _behind(source: SentenceSource, behind: Behind, people: People) -> Iterator[TraceRow]:
    match source.kind:
        case SourceKind.WORDING:
            yield from _clause(source, behind)
        case SourceKind.POLICY:
            yield from _policy(source, behind)
        case SourceKind.REQUEST:
            yield _words(_value(source, behind.case)) if _value(source, behind.case) else _aside(_tr("The request does not tell it."))
        case SourceKind.CASE:
            if source.ref == "number":
                yield _words(behind.case.number)
            elif source.ref == "appeal" and behind.case.appeal:
                yield from (_words(words) for words in in_time_words(behind.case.appeal))
        case SourceKind.DECISION:
            yield from _decision(source, behind.case)
        case SourceKind.STATEMENT:
            yield from _speaker(source, behind.case, people)
        case SourceKind.PROFILE:
            told = getattr(behind.profile, source.ref, "") if behind.profile else ""
            yield _words(str(told)) if told else _aside(_tr("As the plan told it when the letter left."))


def _clause(source: SentenceSource, behind: Behind) -> Iterator[TraceRow]:
    text = behind.clauses.get(source.ref)
    if text is None:
        yield _aside(_tr("The wording holds no such clause."))
    else:
        yield _words(_BLANK.sub(lambda found: f"‹{found[1].replace('_', ' ')}›", text))


def _policy(source: SentenceSource, behind: Behind) -> Iterator[TraceRow]:
    anchor = source.anchor
    known = behind.policies.values()
    policy = behind.policies.get(anchor.text) if anchor else next((each for each in known if each.id == source.ref), None)
    if policy is None:
        yield _aside(_tr("This workspace does not hold that text."))
        return
    yield _aside(_described(policy))
    if anchor is None:
        return
    first, last = max(anchor.first_line - AROUND, 1), min(anchor.last_line + AROUND, len(policy.text.lines))
    for line in policy.text.span(first, last):
        if line.text.strip():
            cited = anchor.first_line <= line.number <= anchor.last_line
            yield TraceRow(TraceKind.LINE, line.text.strip(), line.number, cited)


def _described(policy: Policy) -> str:
    since = _tr("in force from {0}").format(day(policy.version.effective)) if policy.version.effective else ""
    abstract = _tr("abstract") if policy.abstract else ""
    return " · ".join(part for part in (policy.title, since, abstract) if part)


def _decision(source: SentenceSource, case: Case) -> Iterator[TraceRow]:
    state = next((each for each in case.lines if each.line == source.line), None)
    if state is None:
        return
    if source.field == "asked":
        yield from _asked(state)
    elif source.field == "withdrawal" and state.withdrawal:
        yield _words(_tr("{0}, {1}").format(state.withdrawal.asked_by, moment(state.withdrawal.asked_at)))
    elif source.field == "authorization" and state.authorization:
        yield _words(state.authorization.number)
    elif source.field == "not_required" and state.not_required:
        yield _words(state.not_required.where)
    elif state.decision:
        yield _aside(_made(state.decision, case))
        if told := _said(state.decision, source.field).strip():
            yield _words(told)


def _said(made: Decision, field: str) -> str:
    """What a field of a decision says in words; empty where it is none of words."""
    told = {"reason": made.reason.words, "rationale": made.rationale, "information_needed": made.information_needed}
    named = (made.granted.service if made.granted else None) or ""
    return (told | {"alternatives": made.alternatives, "granted": named}).get(field, "")


def _asked(state: LineState) -> Iterator[TraceRow]:
    if state.asked:
        yield _words("\n".join(state.asked.items))
        yield _aside(" · ".join(part for part in (state.asked.asked_of, state.asked.why) if part))


def _made(made: Decision, case: Case) -> str:
    signed = made.signature
    zone = case.request.received_zone
    return _tr("{0}, signed by {1}, {2}").format(sentence(made.determination), signed.name, moment(signed.at, zone))


def _speaker(source: SentenceSource, case: Case, people: People) -> Iterator[TraceRow]:
    account = people.get(AccountId(source.ref))
    held = next((s.decision.signature.credential for s in case.lines if s.decision and s.decision.signature.account == source.ref), None)
    if held:
        yield _aside(_tr("{0}, as they signed").format(held.kind))
    elif account:
        yield _aside(", ".join(sorted(role.value for role in account.roles)))


def _value(source: SentenceSource, case: Case) -> str:
    try:
        return value_words(value_at(case.current_request, source.ref))
    except LookupError:
        return ""


def value_words(value: Any) -> str:
    """A value of a request in words; empty where nothing is told."""
    match value:
        case None | "":
            return ""
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case bool():
            return _tr("yes") if value else _tr("no")
        case Decimal():
            return f"{value.normalize():f}"
        case StrEnum():
            return _phrase(value)
        case ServiceLine():
            return _service(value)
        case Provider():
            return " · ".join(part for part in (value.name, f"NPI {value.npi}" if value.npi else "", value.address) if part)
        case str():
            return value
    return _whole(value)


def _phrase(value: StrEnum) -> str:
    try:
        return phrase(value)
    except KeyError:
        return value.value.replace("_", " ")


def _whole(value: Any) -> str:
    """A member or a representative: who it is."""
    if not is_dataclass(value):
        return str(value)
    told = (getattr(value, name, None) for name in ("full_name", "name", "relation", "member_id", "address"))
    return " · ".join(str(part) for part in told if part)


def _service(service: ServiceLine) -> str:
    code = "-".join((service.code or service.raw or "", *service.modifiers)).strip("-")
    much = quantity(service.quantity, service.unit) if service.quantity is not None else ""
    return " · ".join(part for part in (code, service.description, much, span(service.first_day, service.last_day)) if part)


def _words(text: str) -> TraceRow:
    return TraceRow(TraceKind.WORDS, text)


def _aside(text: str) -> TraceRow:
    return TraceRow(TraceKind.ASIDE, text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LetterTraceModel", text)
