"""What is still to be said of a file's columns before it can be kept, in the words of the screen."""

from PySide6.QtCore import QCoreApplication

from ur_desk.errors import UserError
from ur_desk.ui.models.columns import Meanings
from ur_desk.ui.models.field_words import field_words


def lacks(told: Meanings) -> str:
    """Why no request can be read yet; empty where one can."""
    try:
        missing = told.mapping().missing
    except UserError as wrong:
        return plain(told, wrong).message
    return _tr("No column tells {0}").format(missing) if missing else ""


def first_lacking(told: Meanings) -> tuple[int, UserError] | None:
    """What keeps it from being kept, and the column where that is said, below 0 where it is said of none; None where nothing does."""
    if asked := told.asked:
        each = told.columns[asked[0]]
        if each.asks_order:
            message = _tr("Whether the day or the month comes first in “{0}” is still a question.").format(each.header)
            return asked[0], UserError(message, _tr("Choose under “Order of days”. Nothing was kept."))
        hint = _tr("Enter chooses; Delete leaves it out. F8 goes to the next question. Nothing was kept.")
        return asked[0], UserError(_tr("What “{0}” means is still a question.").format(each.header), hint)
    twice = next((n for n, each in enumerate(told.columns) if each.column and each.column.field in told.twice), -1)
    try:
        missing = told.mapping().missing
    except UserError as wrong:
        return twice, plain(told, wrong)
    if missing:
        return -1, UserError(_tr("No column tells {0}.").format(missing), _tr("Say which column tells it. Nothing was kept."))
    return None


def plain(told: Meanings, wrong: UserError) -> UserError:
    """What is wrong with a mapping, in the words of the screen where a field is filled twice."""
    field = next(iter(sorted(told.twice)), None)
    if field is None:
        return wrong
    return UserError(
        _tr("Two columns, or a column and a fixed value, fill “{0}”.").format(field_words(field)),
        _tr("Leave one of them out, or give it another meaning. Nothing was kept."),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("columns_lacking", words)
