"""Paper in words: how many pages, where it lies, and what can be done with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.privacy import private
from ur_desk.ui.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ur_desk.desk.brought import Brought
    from ur_desk.domain.intake.attached import Record


def pages_words(record: "Record") -> str:
    """How many pages a record has."""
    return _tr("1 page") if record.pages == 1 else _tr("{0} pages").format(record.pages)


def papers_words(records: "Iterable[Record]") -> str:
    """Records by the names of their files, each with its pages; the names are masked while members are."""
    return ", ".join(" · ".join(part for part in (private(record.name), pages_words(record)) if part) for record in records)


def paper_row(file: "Brought", shelved: "tuple[str, str, Tone] | None" = None) -> Finding:
    """Paper as a row of its report; `shelved` is what became of it as a policy, in words, where somebody said that it is one."""
    assert file.paper is not None
    pages = _tr("{0} · {1}").format(file.path.name, pages_words(file.paper))
    if shelved is not None:
        return Finding(FindingKind.FINDING, pages, shelved[1], shelved[0], shelved[2])
    if file.laid is not None:
        return Finding(FindingKind.FINDING, pages, lies_words(file), _tr("taken up"), Tone.GOOD)
    if file.unsure:
        asked = _tr("A fax or form to key (K), a medical policy (M), or records of an open case (R)?")
        return Finding(FindingKind.FINDING, pages, asked, _tr("paper or policy"), Tone.ASK)
    told = _tr("Paper. Key a request beside it (K), or attach it to a case as records (R).")
    return Finding(FindingKind.FINDING, pages, told, _tr("to key"), Tone.ASK)


def lies_words(file: "Brought") -> str:
    """Where paper lies that somebody has taken up; empty where nobody has."""
    laid = file.laid
    if laid is None:
        return ""
    if laid.case is not None:
        return _tr("It is in {0}.").format(laid.case.number)
    if laid.draft:
        return _tr("It lies beside a draft of yours; K goes on with it.")
    return (
        _tr("It lies beside a draft of {0}.").format(laid.holder) if laid.holder else _tr("Its pages are kept in this workspace already.")
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("paper", words)
