"""What a form proposes for a draft: put where nothing stands, each waiting for somebody to look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ur_desk.domain.intake.attached import FieldPage, Record
from ur_desk.domain.intake.typed import DiagnosisDraft, Draft, ServiceDraft
from ur_desk.domain.request import Attachment


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a form says of one field: its path in a draft, the text as one would type it, and the page, from 1."""

    field: str
    text: str
    page: int


def laid_beside(draft: Draft, record: Record) -> Draft:
    """The draft with a record beside it, which its request names among what came with it."""
    attachment = Attachment(record.name, record.media_type.value, record.sha256)
    return replace(draft, attachments=(*draft.attachments, attachment), records=(*draft.records, record))


def with_proposals(draft: Draft, record: Record, told: Sequence[Proposed]) -> Draft:
    """The draft with what a form proposes in every field that is empty, each waiting for somebody to look."""
    pages = list(draft.field_pages)
    for each in told:
        changed = _put(draft, each.field, each.text)
        if changed is not None:
            draft = changed
            pages.append(FieldPage(each.field, record.sha256, each.page, confirmed=False))
    return replace(draft, field_pages=tuple(sorted(pages, key=lambda page: page.field)))


_ROWS: dict[str, Any] = {"services": ServiceDraft, "diagnoses": DiagnosisDraft}


def _put(draft: Draft, path: str, text: str) -> Draft | None:
    """The draft with a text where nothing stands; None where something does, or there is no such field."""
    head, *rest = path.split(".")
    if head in _ROWS:
        row, name = int(rest[0]) - 1, rest[1]
        rows = list(getattr(draft, head))
        rows += [_ROWS[head]() for _ in range(row + 1 - len(rows))]
        if getattr(rows[row], name, "x"):
            return None
        rows[row] = replace(rows[row], **{name: text})
        changed: dict[str, Any] = {head: tuple(rows)}
        return replace(draft, **changed)
    told = _inside(draft, path.split("."), text)
    return told if isinstance(told, Draft) else None


def _inside(value: Any, steps: Sequence[str], text: str) -> Any:
    here = getattr(value, steps[0], None)
    if len(steps) == 1:
        return replace(value, **{steps[0]: text}) if here == "" else None
    inner = _inside(here, steps[1:], text)
    return None if inner is None else replace(value, **{steps[0]: inner})
