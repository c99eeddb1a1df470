"""What stands at the right for a row that is no request: a file, a problem with its place, a policy, or why a file was not read."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from ur_desk.ui.models.arrivals import ArrivalRow
from ur_desk.ui.models.compared import ComparedRow
from ur_desk.ui.models.paper import lies_words, pages_words


def rows_beside(row: ArrivalRow) -> Iterator[ComparedRow]:
    """The facts of the row in full."""
    if row.refused is not None:
        yield ComparedRow(_tr("Not read"), heading=True)
        yield ComparedRow(_tr("File"), row.refused.file.name)
        yield ComparedRow(_tr("Why"), row.refused.message)
        yield ComparedRow(_tr("What to do"), row.refused.hint)
        return
    if row.problem is not None:
        yield ComparedRow(_tr("A problem"), heading=True)
        yield ComparedRow(_tr("Where"), row.problem.where)
        yield ComparedRow(_tr("What"), row.problem.message)
        yield ComparedRow(_tr("Code"), row.problem.code)
    if row.file is not None:
        yield from _file_rows(row)


def _file_rows(row: ArrivalRow) -> Iterator[ComparedRow]:
    file = row.file
    assert file is not None
    yield ComparedRow(_tr("The file"), heading=True)
    yield ComparedRow(_tr("Name"), file.path.name)
    if file.paper is not None:
        yield ComparedRow(_tr("Paper"), pages_words(file.paper))
        yield ComparedRow(_tr("With a text layer"), str(file.paper.pages_with_text))
        if file.laid is not None:
            yield ComparedRow(_tr("Where it lies"), lies_words(file))
    elif file.policy is not None:
        yield ComparedRow(_tr("Policy"), f"{file.policy.id}  {file.policy.title}")
    else:
        formats = dict.fromkeys(item.request.source.format for item in file.items if item.request.source and item.request.source.format)
        yield ComparedRow(_tr("Format"), ", ".join(formats))
        yield ComparedRow(_tr("Requests"), str(len(file.items)))
        yield ComparedRow(_tr("Problems"), str(len(file.problems)))
    if file.before:
        yield ComparedRow(_tr("Came in before"), _tr("The same bytes, brought by {0}").format(file.before[1]))
    yield ComparedRow("SHA-256", file.sha256)


def _tr(words: str) -> str:
    return QCoreApplication.translate("arrivals", words)
