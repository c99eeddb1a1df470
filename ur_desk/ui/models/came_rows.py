"""What came in for a case after its request, what it follows, and that it was left out, as rows above the request."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.appeals_told import asker
from ur_desk.domain.case import Came, Case
from ur_desk.domain.events import CaseId, Following, Use
from ur_desk.domain.prior_words import told
from ur_desk.domain.visible import without_ssn
from ur_desk.ui.models.request_rows import RequestKind, RequestRow
from ur_desk.ui.phrases import moment, phrase
from ur_desk.ui.privacy import without_member


def came_rows(case: Case, zone: str) -> Iterator[RequestRow]:
    """The rows; none where nothing came in. A payer's earlier response is told as such, never as a determination of this desk."""
    if case.left_out is not None:
        yield _heading(_tr("Left out"))
        yield _field(_tr("Why"), case.left_out.reason)
        yield _field(_tr("The sender"), _tr("told: {0}").format(case.told.with_whom) if case.told else _tr("is still to be told"))
    if case.follows is not None or case.followed:
        yield _heading(_tr("Other cases"))
    if case.follows is not None:
        yield _other(case.follows.kind, _tr("of {0}").format(case.follows.number), case.follows.case)
        yield _field(_tr("Asked for by"), asker(case.appeal) if case.appeal else _tr("nobody has said it yet"))
        for each in case.acknowledged:
            yield _field(_tr("Acknowledged"), " · ".join((moment(each.at, zone), phrase(each.way), each.to_whom)))
    for later in case.followed:
        received = _tr("{0}, received {1}").format(later.number, moment(later.received_at, zone)) if later.received_at else later.number
        yield _other(later.kind, received, later.case)
    if case.messages:
        yield RequestRow(RequestKind.HEADING, _tr("Came in for this case"), aside=str(len(case.messages)))
    for came in case.messages:
        yield from _message(came, case, zone)


def _message(came: Came, case: Case, zone: str) -> Iterator[RequestRow]:
    request = came.body.request
    file = request.source.file if request.source and request.source.file else ""
    at = request.received_at or came.at
    yield _field(_use_words(came.body.use), " · ".join(part for part in (moment(at, zone), file) if part))
    yield from (_field(name, without_ssn(said)) for name, said in told(request))
    if came.body.use not in (Use.AGAIN, Use.RESPONSE) and request.clinical_notes and request.clinical_notes != case.request.clinical_notes:
        yield RequestRow(RequestKind.RECORD, value=" ".join(without_ssn(without_member(request.clinical_notes, request.member)).split()))


def _heading(words: str) -> RequestRow:
    return RequestRow(RequestKind.HEADING, words)


def _field(key: str, value: str) -> RequestRow:
    return RequestRow(RequestKind.FIELD, key, value)


def _other(kind: Following, value: str, case: CaseId) -> RequestRow:
    return RequestRow(RequestKind.FIELD, phrase(kind), value, case=case)


def _use_words(use: Use) -> str:
    words = {
        Use.AGAIN: _tr("Came again"),
        Use.INFORMATION: _tr("Information"),
        Use.CANCELLATION: _tr("Cancellation"),
        Use.REVISION: _tr("Revision"),
        Use.INQUIRY: _tr("Inquiry"),
        Use.NOTIFICATION: _tr("Notification"),
        Use.RESPONSE: _tr("Payer's response"),
    }
    return words[use]


def _tr(words: str) -> str:
    return QCoreApplication.translate("came", words)
