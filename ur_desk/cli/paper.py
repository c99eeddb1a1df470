"""Paper on the command line: what is said of a fax, a scan or a form, and the draft that holds it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.cli.intake import Taken
    from ur_desk.desk.brought import Brought
    from ur_desk.desk.desk import Desk
    from ur_desk.domain.codes import CodeSet
    from ur_desk.domain.findings import Problem
    from ur_desk.domain.intake.attached import Record


def told_of(data: bytes, path: Path, codes: "CodeSet") -> "Problem | None":
    """What is said of a file of pages of which nothing is saved; None for a file of another kind."""
    from ur_desk.desk.door_paper import pages_of
    from ur_desk.desk.file_kinds import is_policy

    pages = pages_of(data, path, codes)
    if pages is None:
        return None
    if pages.paper is None:
        return is_policy(path.name)
    if pages.policy is not None:
        return _unsure(path, pages.paper)
    words = f"Paper, {pages_words(pages.paper)}: nothing is read from it, and nothing was saved. With --save a draft of yours holds it."
    return _problem("warning", "paper", path, words)


def take_up(desk: "Desk", files: "Sequence[Brought]", taken: "Taken", *, unsure_too: bool) -> None:
    """Keeps a draft for each of these papers that nobody has taken up; what may be a policy waits, without `unsure_too`."""
    from ur_desk.desk.steps import finish

    for file in desk.arrivals.judged(files):
        if file.paper is None:
            continue
        if file.laid is not None:
            taken.problems.append(_problem("info", "already-here", file.path, f"{standing(file)}. It was not taken up again."))
        elif file.unsure and not unsure_too:
            taken.problems.append(_unsure(file.path, file.paper))
        else:
            try:
                name = finish(desk.paper.draft(file)).value
            except UserError as refused:
                taken.problems.append(_problem("error", "paper", file.path, str(refused)))
                continue
            taken.drafts.append(name)
            words = f"Draft {name} holds this paper, {pages_words(file.paper)}. {NEXT}"
            taken.problems.append(_problem("info", "paper", file.path, words))


NEXT = "Key it in the window: New request (Ctrl+N), Go on. Or hand it to a colleague: `ur-desk draft hand`."
"""What to do with a draft that holds paper."""


def pages_words(record: "Record") -> str:
    """How many pages a record has."""
    return "1 page" if record.pages == 1 else f"{record.pages} pages"


def standing(file: "Brought") -> str:
    """Where paper lies, or that it waits."""
    laid = file.laid
    if laid is None:
        return "may be paper or a policy" if file.unsure else "to key"
    if laid.case is not None:
        return f"in {laid.case.number}"
    return f"beside a draft of {laid.holder}{f' ({laid.draft})' if laid.draft else ''}" if laid.holder else "kept already"


def _unsure(path: Path, record: "Record") -> "Problem":
    words = (
        f"It may be paper, {pages_words(record)}, or a medical policy; it was not taken up. A fax or form to key: --save --paper. "
        "A medical policy: `ur-desk policy import`. Records of an open case: `ur-desk case attach`."
    )
    return _problem("warning", "paper-or-policy", path, words)


def _problem(severity: str, code: str, path: Path, words: str) -> "Problem":
    from ur_desk.domain.findings import Problem
    from ur_desk.domain.policy import Severity

    return Problem(Severity(severity), code, path.name, words)
