"""What somebody had before their eyes when they decided, in words for the auditor; never a score."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.domain import events as ev
from ur_desk.domain.attention import words
from ur_desk.domain.policy import Sha256
from ur_desk.ui.phrases import moment

if TYPE_CHECKING:
    from ur_desk.desk.supervision import Told

Names = Mapping[Sha256, str]
"""What each text or record is called, by its hash."""


def _tr(told: str) -> str:
    return QCoreApplication.translate("timeline", told)


def names_of(steps: "Iterable[Told]") -> Names:
    """How the policies that a case was matched with, and its records, are called."""
    told: dict[Sha256, str] = {}
    for step in steps:
        if isinstance(step.event.body, ev.Matched):
            told |= {pin.text: _tr("{0}, lines").format(pin.policy) for pin in step.event.body.pins}
        elif isinstance(step.event.body, ev.RecordAttached):
            told[step.event.body.record.sha256] = _tr("{0}, pages").format(step.event.body.record.name)
    return told


def attention_words(body: object, names: Names, zone: str) -> str:
    """When the case was opened to be decided, and what was on the screen since, a line each; of an adverse decision also that
    nothing of it was noted. Empty where a decision of an older version kept nothing."""
    return "\n".join(_told(body, names, zone)) if isinstance(body, ev.Determined) else ""


def _told(body: ev.Determined, names: Names, zone: str) -> Iterator[str]:
    attention = body.decision.signature.attention
    if attention.opened_at is None:
        if body.decision.determination.adverse and body.decision.signature.rules is not None:
            yield _tr("Nothing was noted of what was on the screen when it was signed.")
        return
    yield _tr("Opened to be decided {0}.").format(moment(attention.opened_at, zone))
    for seen in attention.seen:
        yield _tr("On the screen: {0} {1}.").format(names.get(seen.text, _tr("another text, lines")), words(seen))
    if body.decision.determination.adverse and not attention.seen:
        yield _tr("No line of a policy and no page of a record was noted on the screen.")
