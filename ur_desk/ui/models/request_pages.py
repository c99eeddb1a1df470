"""Beside which rows of a request stands the page on which they were read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ur_desk.domain.intake.attached import FieldPage
from ur_desk.ui.models.request_rows import RequestKind, RequestRow


def with_pages(rows: Iterable[RequestRow], pages: Sequence[FieldPage]) -> Iterator[RequestRow]:
    """The rows, each with the first page on which one of its fields was read."""
    fields, diagnosis = _fields(), 0
    for row in rows:
        if row.kind is RequestKind.FIELD:
            prefixes = fields.get(row.key, ())
        elif row.kind is RequestKind.SERVICE:
            prefixes = (f"services.{row.line}.",)
        elif row.kind is RequestKind.DIAGNOSIS and row.given | bool(row.key):
            diagnosis += 1
            prefixes = (f"diagnoses.{diagnosis}.",)
        else:
            prefixes = ("clinical_notes",) if row.kind is RequestKind.RECORD else ()
        read = (each for each in pages if prefixes and each.field.startswith(prefixes))
        yield replace(row, page=min(read, key=lambda each: each.page, default=None))


def _fields() -> dict[str, tuple[str, ...]]:
    """The paths of the fields that stand together in a row, by the key of the row as the screens say it."""
    return {
        _tr("Member"): ("member.family", "member.given", "member.birth_date", "member.sex"),
        _tr("Member ID"): ("member.member_id",),
        _tr("Represented by"): ("member.representative",),
        _tr("Letters in"): ("member.language", "member.format"),
        _tr("Plan"): ("line_of_business", "state", "coverage.plan"),
        _tr("Other coverage"): ("coverage.other_coverage",),
        _tr("Requested by"): ("requesting_provider",),
        _tr("Reached at"): tuple(f"requesting_provider.{part}" for part in ("contact", "phone", "fax")),
        _tr("Service by"): ("servicing_provider",),
        _tr("Reached there"): tuple(f"servicing_provider.{part}" for part in ("contact", "phone", "fax")),
        _tr("Received"): ("received_", "channel"),
        _tr("Urgency"): ("urgency", "timing"),
    }


def _tr(words: str) -> str:
    return QCoreApplication.translate("RequestModel", words)
