"""The facts of a reading as they are mended: title and number as the text prints them, and the rows of its history."""

from dataclasses import replace

from ur_desk.domain.library.criterion_edit import UNCHANGED
from ur_desk.domain.policy import HistoryRow, Policy, PolicyId
from ur_desk.errors import UserError

TITLE_MOST, NUMBER_MOST = 300, 60
"""Characters of a title and of a number."""


def collapsed(words: str) -> str:
    """The words with single blanks between them."""
    return " ".join(words.split())


def titled(policy: Policy, first: int, last: int, words: str | None) -> Policy:
    """The reading under the title that these lines print; all of their words where none are told."""
    printed = collapsed(policy.text.between(first, last))
    title = printed if words is None else collapsed(words)
    if not title or len(title) > TITLE_MOST:
        raise UserError(f"A title has 1 to {TITLE_MOST} characters.", UNCHANGED)
    if title.casefold() not in printed.casefold():
        raise _not_printed(title, first, last)
    return replace(policy, title=title)


def numbered(policy: Policy, line: int, words: str) -> Policy:
    """The reading under the number that a line, or the head or foot of a page, prints."""
    number = collapsed(words)
    if not any(each.isalnum() for each in number) or len(number) > NUMBER_MOST:
        raise UserError(f"A number has letters or digits, and {NUMBER_MOST} characters at most.", UNCHANGED)
    printed = (policy.text.line(line).text, *(each.text for each in policy.text.furniture))
    if not any(number.casefold() in collapsed(each).casefold() for each in printed):
        raise _not_printed(number, line, line)
    return replace(policy, id=PolicyId(number))


def _not_printed(words: str, first: int, last: int) -> UserError:
    where = f"Line {first} does" if first == last else f"The lines {first} to {last} do"
    return UserError(f"{where} not print “{words[:60]}”.", f"Choose the line that prints it, and type it as it stands there. {UNCHANGED}")


def with_row(policy: Policy, row: HistoryRow) -> Policy:
    """The reading with this row of its history, in the place of one that begins on the same line."""
    if not row.action:
        raise UserError("A row of the history says what was done.", f"Choose a line with words, or type them. {UNCHANGED}")
    if row.document is not None and row.organization is None:
        raise UserError("A document that stood before this one is somebody's.", f"Say whose it was. {UNCHANGED}")
    place = next((i for i, each in enumerate(policy.history) if each.line == row.line), None)
    others = [each for i, each in enumerate(policy.history) if i != place]
    return replace(policy, history=tuple(sorted((*others, row), key=lambda each: each.line)))


def without_row(policy: Policy, line: int) -> Policy:
    """The reading without the row of its history that holds a line; UserError where none does."""
    held = [i for i, each in enumerate(policy.history) if each.line <= line <= (each.last_line or each.line)]
    if not held:
        raise UserError(f"No row of the history stands on line {line}.", UNCHANGED)
    gone = max(held, key=lambda i: policy.history[i].line)
    return replace(policy, history=(*policy.history[:gone], *policy.history[gone + 1 :]))
