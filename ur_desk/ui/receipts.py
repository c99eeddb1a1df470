"""A correction of a receipt as one paragraph, for whoever settles it and whoever audits it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.ui.phrases import moment, phrase

if TYPE_CHECKING:
    from ur_desk.desk.receipts import Correction

translate = QCoreApplication.translate


def correction_words(told: "Correction", zone: str) -> str:
    """A correction as one paragraph; of a case that is closed to the reader only that there is one."""
    change = told.change
    who = told.asked_by.signature if told.asked_by else translate("receipts", "somebody unknown")
    asked = translate("receipts", "asked {0} by {1}").format(moment(change.at, zone), who)
    if not told.number:
        return translate("receipts", "A case that is closed to you: {0}.").format(asked)
    before, after = (moment(r.at, zone) if r.at else "–" for r in (change.before, change.after))
    shown = change.after.evidence
    proof = phrase(shown.kind) + (f" ({shown.where})" if shown.where else "") if shown else "–"
    parts = [
        translate("receipts", "{0}: {1} → {2}, shown by {3}; {4}: {5}").format(told.number, before, after, proof, asked, change.reason)
    ]
    if change.settled_by is not None:
        settled = told.settled_by.signature if told.settled_by else translate("receipts", "somebody unknown")
        parts.append(f"{settled}: {change.said}")
    if change.due_before is not None and change.due_before.due_at and told.due_now is not None and told.due_now.due_at:
        due = (moment(change.due_before.due_at, zone), moment(told.due_now.due_at, zone))
        parts.append(translate("receipts", "Due before: {0}; due now: {1}.").format(*due))
    return " ".join(parts)
