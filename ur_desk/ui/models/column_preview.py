"""What a mapping makes of rows of a file: the requests as they would come in, and what is doubtful or cannot be read."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QObject

from ur_desk.domain.findings import Extracted, Problem
from ur_desk.domain.policy import Severity
from ur_desk.domain.request import Request, ServiceLine
from ur_desk.domain.visible import without_ssn
from ur_desk.ui.models.finding_rows import FindingRowsModel
from ur_desk.ui.models.findings import Finding, FindingKind
from ur_desk.ui.phrases import moment, quantity, sentence, span
from ur_desk.ui.privacy import mask, named, private, without_member
from ur_desk.ui.tokens import Tone

MOST = 100
"""Requests, and problems, that are listed; of more the count is said."""


class PreviewModel(FindingRowsModel):
    """Problems that keep a row out first, then the requests, then the notes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Extracted | None, str] = (None, "UTC")
        mask().changed.connect(self._name_again)

    def _name_again(self) -> None:
        self.show_extracted(*self._shown)

    def show_extracted(self, told: Extracted | None, zone: str = "UTC") -> None:
        """Show what was made of the rows; None empties the model."""
        self._shown = told, zone
        self.show_rows(_rows(told, zone) if told is not None else ())


def counted(told: Extracted) -> str:
    """How many requests, problems and notes there are, in words."""
    wrong, notes = _apart(told)
    parts = [_number(len(told.requests), _tr("1 request"), _tr("{0} requests"))]
    if wrong:
        parts.append(_number(len(wrong), _tr("1 problem"), _tr("{0} problems")))
    if notes:
        parts.append(_number(len(notes), _tr("1 note"), _tr("{0} notes")))
    return ", ".join(parts)


def _number(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count)


def _apart(told: Extracted) -> tuple[list[Problem], list[Problem]]:
    wrong = [each for each in told.problems if each.severity is Severity.ERROR]
    return wrong, [each for each in told.problems if each.severity is not Severity.ERROR]


def _rows(told: Extracted, zone: str) -> Iterator[Finding]:
    wrong, notes = _apart(told)
    yield from _problems(_tr("Cannot be read"), wrong, _tr("problem"), Tone.BAD)
    if told.requests:
        yield Finding(FindingKind.GROUP, _tr("Requests"), chip=str(len(told.requests)))
    yield from (_request(each, zone) for each in told.requests[:MOST])
    yield from _problems(_tr("Notes"), notes, _tr("note"), Tone.QUIET)


def _problems(title: str, problems: list[Problem], chip: str, tone: Tone) -> Iterator[Finding]:
    if problems:
        yield Finding(FindingKind.GROUP, title, chip=str(len(problems)))
    for each in problems[:MOST]:
        yield Finding(FindingKind.FINDING, without_ssn(each.message), each.where, chip, tone)


def _request(request: Request, zone: str) -> Finding:
    member = request.member
    # set apart, so that a name written from right to left does not turn the row around
    who = [
        f"\u2068{named(member.listed_name)}\u2069" if member.listed_name else _tr("name unknown"),
        private(member.member_id or "") or _tr("no member id"),
    ]
    if member.birth_date:
        who.append(private(f"{member.birth_date:%m/%d/%Y}"))
    about = [without_ssn(without_member(_service(line), member)) for line in request.services]
    if request.diagnoses:
        about.append(_tr("diagnoses {0}").format(", ".join(each.code for each in request.diagnoses)))
    provider = request.requesting_provider
    if provider and (provider.name or provider.npi):
        about.append(_tr("from {0}").format(" ".join(part for part in (provider.name, provider.npi) if part)))
    about.append(_tr("received {0}").format(moment(request.received_at, zone)) if request.received_at else _tr("receipt unknown"))
    if request.line_of_business:
        about.append(sentence(request.line_of_business))
    chip = _tr("1 line") if len(request.services) == 1 else _tr("{0} lines").format(len(request.services))
    return Finding(FindingKind.FINDING, " · ".join(who), "\n".join(about), chip, Tone.GOOD)


def _service(line: ServiceLine) -> str:
    words = (line.code or "", line.description or "", quantity(line.quantity, line.unit) if line.quantity else "", span(line.first_day, line.last_day))  # fmt: skip
    return " ".join(part for part in words if part) or _tr("service without code or words")


def _tr(words: str) -> str:
    return QCoreApplication.translate("column_preview", words)
