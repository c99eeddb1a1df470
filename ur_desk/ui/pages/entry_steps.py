"""What the form asks of the desk: read what was typed, keep it, read a file, open what is in it."""

from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.desk.steps import Steps, store, work
from ur_desk.desk.verbs import Changed, Done
from ur_desk.domain.case import Case
from ur_desk.domain.codes import System, normal
from ur_desk.domain.drafts import Draft, Reading, read
from ur_desk.domain.findings import Extracted
from ur_desk.domain.request import Request
from ur_desk.errors import UserError
from ur_desk.ui.pages.entry_fields import tr
from ur_desk.ui.pages.entry_kept import request_words

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk


def reading_of(desk: "Desk", draft: Draft) -> tuple[Reading, dict[str, str]]:
    """What the form says, and the words of its diagnosis codes as typed."""
    codes = desk.tables.codeset
    reading = read(draft, codes, desk.clock.now())
    words = {row.code: codes.description(normal(row.code, System.ICD10CM)) or "" for row in draft.diagnoses if row.code}
    return reading, words


def keep_draft(desk: "Desk", name: str | None, draft: Draft) -> str:
    """Keep what was typed, under its name or a new one, which it gives."""
    kept = name or desk.new_id()
    desk.intake.keep_draft(kept, draft)
    return kept


def extracted_from(desk: "Desk", path: Path) -> Steps[tuple[Extracted, bytes]]:
    """What is in a request file; UserError where it cannot be read."""

    from ur_desk.desk.importing import read_bytes

    senders = yield from store(desk.senders.known, tr("Looking whose file it is"))

    def reading() -> tuple[Extracted, bytes]:
        data = read_bytes(path)
        return desk.intake.extract(data, path.name, senders=senders), data

    extracted, data = yield from work(reading, tr("Reading {0}").format(path.name))
    yield from store(lambda: desk.exports.came_in("request file", path, data), tr("Noting where it came from"))
    return extracted, data


def cases_of(desk: "Desk", requests: tuple[Request, ...], data: bytes) -> Steps[Done[tuple[list[Case], list[str]]]]:
    """Open a case for each request; gives the cases, and why the others were refused."""
    cases: list[Case] = []
    refused: list[str] = []
    for request in requests:
        try:
            done = yield from desk.intake.open(request, data)
            cases.append(done.value)
        except UserError as error:
            refused.append(f"{request_words(request)}: {error}")
    return Done((cases, refused), frozenset({Changed.CASES}))
