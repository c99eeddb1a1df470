"""A request as rows: what the sender told, service by service, with the state of each and a box to pick it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, Qt, Signal

from ur_desk.domain.attached import FieldPage
from ur_desk.domain.codes import npi_problem
from ur_desk.domain.ids import CaseId
from ur_desk.domain.request import Diagnosis, Provider, Request, ServiceLine
from ur_desk.ui.models.rows import ROW, Index
from ur_desk.ui.phrases import day, moment, phrase, place, quantity, span
from ur_desk.ui.privacy import mask, named, private, without_member
from ur_desk.ui.tokens import Tone

PREVIEW = 600
"""Letters of the record that stand beside the request; the whole stands in the record's own view."""


class RequestKind(Enum):
    """What a row is."""

    HEADING = "heading"
    FIELD = "field"
    SERVICE = "service"
    DIAGNOSIS = "diagnosis"
    ATTACHMENT = "attachment"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class LineMark:
    """The state of a service line in words; `pickable` says whether it may be decided with others now."""

    words: str
    tone: Tone = Tone.QUIET
    pickable: bool = True


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One row: a key and a value, or a service line, or words."""

    kind: RequestKind
    key: str = ""
    value: str = ""
    aside: str = ""
    given: bool = True
    """Whether the sender told it; what is missing is said, softly."""
    line: int | None = None
    mark: LineMark | None = None
    picked: bool | None = None
    """Whether the service line is picked; None where it cannot be."""
    sha256: str | None = None
    one_of_several: bool = False
    """Whether the service line stands among others, so that room is kept for their boxes."""
    page: FieldPage | None = None
    """Where it was read, where that is known."""
    case: CaseId | None = None
    """The case that it tells of, which this one follows or which follows it."""

    @property
    def read_on(self) -> str:
        """The page on which it was read, in words; empty where that is not known."""
        return _tr("p. {0}").format(self.page.page) if self.page else ""


class RequestModel(QAbstractListModel):
    """The rows of one request; service lines can be picked where there are several."""

    picked_changed = Signal(object)
    """The numbers of the picked service lines, a tuple in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RequestRow] = []

    def show_request(
        self, request: Request | None, descriptions: Mapping[str, str], marks: Mapping[int, LineMark], first: Iterable[RequestRow] = ()
    ) -> None:
        """Show a request with the words of its diagnosis codes and the states of its lines; picked lines stay so where they may.

        `first` stands above all of it.
        """
        kept = set(self.picked())
        self.beginResetModel()
        self._rows = [*first, *rows_of(request, descriptions, marks)] if request else []
        for i, row in enumerate(self._rows):
            if row.picked is not None and row.line in kept:
                self._rows[i] = replace(row, picked=True)
        self.endResetModel()
        if set(self.picked()) != kept:
            self.picked_changed.emit(self.picked())

    def picked(self) -> tuple[int, ...]:
        """The numbers of the picked service lines."""
        return tuple(row.line for row in self._rows if row.picked and row.line is not None)

    def pick(self, lines: Iterable[int]) -> None:
        """Pick exactly these service lines, as far as they can be picked."""
        wanted, was = set(lines), self.picked()
        for i, row in enumerate(self._rows):
            if row.picked is not None and row.picked != (row.line in wanted):
                self._rows[i] = replace(row, picked=row.line in wanted)
                self.dataChanged.emit(self.index(i), self.index(i))
        if self.picked() != was:
            self.picked_changed.emit(self.picked())

    def toggle(self, at: int) -> None:
        """Pick or unpick the service line of a row; nothing happens on others."""
        row = self._rows[at]
        if row.picked is None or row.line is None:
            return
        others = set(self.picked()) - {row.line}
        self.pick(others if row.picked else others | {row.line})

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows; none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The value, the spoken text, whether it is ticked, or the row itself under ROW."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == Qt.ItemDataRole.CheckStateRole and row.picked is not None:
            return Qt.CheckState.Checked if row.picked else Qt.CheckState.Unchecked
        return row if role == ROW else None

    def setData(self, index: Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a service line."""
        if role != Qt.ItemDataRole.CheckStateRole or self._rows[index.row()].picked is None:
            return False
        self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are read, not chosen; pickable lines have a box."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        row = self._rows[index.row()]
        if row.kind is RequestKind.HEADING:
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if row.picked is not None else flags

    def show_pages(self, pages: Sequence[FieldPage]) -> None:
        """Say beside each row on which page it was read."""
        from ur_desk.ui.models.request_pages import with_pages

        rows = list(with_pages(self._rows, pages))
        if rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def row(self, at: int) -> RequestRow:
        """The row at a place from 0; IndexError beyond the ends."""
        return self._rows[at]

    def place_of(self, line: int) -> int | None:
        """Where the row of a service line stands; None where there is none."""
        return next((i for i, row in enumerate(self._rows) if row.line == line), None)

    def _spoken(self, row: RequestRow) -> str:
        """What a screen reader says of a row."""
        if row.kind is RequestKind.HEADING:
            return self.tr("Group: {0}").format(row.key)
        if row.kind is RequestKind.SERVICE:
            state = self.tr("State: {0}.").format(row.mark.words) if row.mark else ""
            return " ".join(part for part in (self.tr("Service line {0}:").format(row.line), row.key, row.value, row.aside, state) if part)
        told = f"{row.key}: {row.value}" if row.key else row.value
        return self.tr("{0}, read on page {1}").format(told, row.page.page) if row.page else told


def rows_of(request: Request, descriptions: Mapping[str, str], marks: Mapping[int, LineMark]) -> Iterator[RequestRow]:
    """All rows of a request, group by group."""
    yield from _fields(request)
    yield RequestRow(RequestKind.HEADING, _tr("Services"), aside=str(len(request.services)))
    for service in request.services:
        yield _service(service, marks.get(service.line), len(request.services) > 1)
    yield RequestRow(RequestKind.HEADING, _tr("Diagnoses"), aside=str(len(request.diagnoses)))
    for diagnosis in request.diagnoses:
        yield _diagnosis(diagnosis, descriptions)
    if not request.diagnoses:
        yield RequestRow(RequestKind.DIAGNOSIS, value=_tr("none given"), given=False)
    if request.attachments:
        yield RequestRow(RequestKind.HEADING, _tr("Attachments"), aside=str(len(request.attachments)))
        yield from (RequestRow(RequestKind.ATTACHMENT, value=each.name, sha256=each.sha256) for each in request.attachments)
    if request.clinical_notes:
        yield RequestRow(RequestKind.HEADING, _tr("From the record"))
        yield from _record(without_member(request.clinical_notes, request.member))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RequestModel", text)


def _field(key: str, *parts: str | None, needed: bool = True) -> Iterator[RequestRow]:
    """A field of what is known; where nothing is, a soft word if it is needed, else no row."""
    value = " · ".join(part for part in parts if part)
    if value or needed:
        yield RequestRow(RequestKind.FIELD, key, value or _tr("not given"), given=bool(value))


def _fields(request: Request) -> Iterator[RequestRow]:
    member, cover = request.member, request.coverage
    born = day(member.birth_date) if member.birth_date and not mask().on else None
    yield from _field(_tr("Member"), named(member.listed_name), member.sex, born)
    yield from _field(_tr("Member ID"), private(member.member_id or ""))
    if member.representative:
        yield from _field(_tr("Represented by"), named(member.representative.name), member.representative.relation)
    yield from _field(_tr("Letters in"), member.language if member.language != "en" else None, member.format, needed=False)
    line = phrase(request.line_of_business) if request.line_of_business else None
    yield from _field(_tr("Plan"), line, request.state, cover.plan if cover else None)
    yield from _field(_tr("Other coverage"), cover.other_coverage if cover else None, needed=False)
    yield from _field(_tr("Requested by"), *_provider(request.requesting_provider))
    yield from _field(_tr("Reached at"), *_reached(request.requesting_provider), needed=False)
    yield from _field(_tr("Service by"), *_provider(request.servicing_provider), needed=False)
    yield from _field(_tr("Reached there"), *_reached(request.servicing_provider), needed=False)
    places = dict.fromkeys(service.place_of_service for service in request.services if service.place_of_service)
    yield from _field(_tr("Place"), *(place(code) for code in places), needed=False)
    received = moment(request.received_at, request.received_zone) if request.received_at else None
    yield from _field(_tr("Received"), " ".join(p for p in (received, phrase(request.channel) if request.channel else None) if p))
    urgency = ", ".join(phrase(each) for each in (request.urgency, request.timing) if each)
    said = _tr("said by {0}").format(request.urgency_said_by) if request.urgency_said_by else None
    yield from _field(_tr("Urgency"), urgency, said)


def _provider(provider: Provider | None) -> Iterator[str]:
    """A provider's name with credential, NPI with its check, network."""
    if provider is None:
        return
    yield ", ".join(part for part in (provider.name, provider.credential) if part)
    if provider.npi:
        yield f"NPI {provider.npi} " + (_tr("⚠ not a valid number") if npi_problem(provider.npi) else "✓")
    if provider.network:
        yield phrase(provider.network)


def _reached(provider: Provider | None) -> Iterator[str]:
    """Whom one asks for at a provider's, and at which numbers."""
    if provider is None:
        return
    if provider.contact:
        yield provider.contact
    if provider.phone:
        yield _tr("tel. {0}").format(provider.phone)
    if provider.fax:
        yield _tr("fax {0}").format(provider.fax)


def _service(service: ServiceLine, mark: LineMark | None, several: bool) -> RequestRow:
    code = f"{service.code}–{service.code_to}" if service.code and service.code_to else service.code
    named = " ".join([code or _tr("no code"), *service.modifiers])
    much = quantity(service.quantity, service.unit) if service.quantity is not None else ""
    days = span(service.first_day, service.last_day)
    pickable = several and (mark is None or mark.pickable)
    return RequestRow(
        RequestKind.SERVICE,
        named,
        service.description or "",
        " · ".join(part for part in (much, days) if part),
        line=service.line,
        mark=mark,
        picked=False if pickable else None,
        one_of_several=several,
    )


def _diagnosis(diagnosis: Diagnosis, descriptions: Mapping[str, str]) -> RequestRow:
    words = descriptions.get(diagnosis.code)
    aside = _tr("primary") if diagnosis.primary else ""
    return RequestRow(RequestKind.DIAGNOSIS, diagnosis.code, words or _tr("no description known"), aside, given=words is not None)


def _record(notes: str) -> Iterator[RequestRow]:
    """The beginning of the record, paragraph by paragraph, cut where the preview ends."""
    shown = notes[:PREVIEW]
    paragraphs = [" ".join(part.split()) for part in shown.splitlines() if part.strip()]
    for i, paragraph in enumerate(paragraphs):
        cut = len(notes) > PREVIEW and i == len(paragraphs) - 1
        yield RequestRow(RequestKind.RECORD, value=f"{paragraph} …" if cut else paragraph)
    if len(notes) > PREVIEW:
        yield RequestRow(RequestKind.RECORD, value=_tr("Open the record to read on."), given=False)
