"""What is missing of a case, asked for, tried for and come, as sentences for timelines."""

from collections.abc import Callable
from datetime import date

from ur_desk.domain.contact import ContactLogged
from ur_desk.domain.information.asking import AskingBody, AskTask, Due, Extent, InformationReceived, InformationRequested

Lines = Callable[[tuple[int, ...]], str]
"""Names service lines."""


def asking_told(body: AskingBody, lines: Lines) -> str:
    """What happened, in plain words."""
    match body:
        case InformationRequested():
            until = f", by {body.answer_by:%m/%d/%Y}" if body.answer_by else ""
            again = f" To ask again on {body.chase_on:%m/%d/%Y}." if body.chase_on else ""
            return f"asked {body.asked_of} for information on {lines(body.lines)}{until}: {'; '.join(body.items)}.{again}{_asked_by_physician(body)}"
        case InformationReceived(extent=Extent.ALL):
            return f"took {lines(body.lines)} back into review: {body.what}."
        case InformationReceived():
            return f"{_came(body)} {_then(body, lines)}: {body.what}."


def _asked_by_physician(body: InformationRequested) -> str:
    return f" The physician had asked: “{body.question}”" if body.question else ""


def _came(body: InformationReceived) -> str:
    if body.extent is Extent.NOTHING:
        return "recorded that nothing useful came"
    return f"recorded that a part came ({'; '.join(body.came)})"


def _then(body: InformationReceived, lines: Lines) -> str:
    return f"and the rest stays asked for on {lines(body.lines)}" if body.waits else f"and took {lines(body.lines)} back into review"


def contact_told(body: ContactLogged) -> str:
    """What was tried, in plain words."""
    reached = "" if body.reached else ", not reached"
    what = "an attempt to get the missing information" if body.ask else "a contact"
    return f"logged {what}: {body.way.value} with {body.with_whom}{reached}. {body.said}"


def task_words(task: AskTask, today: date) -> str:
    """What is to be done, and whether its day has passed, as one says it in a list."""
    passed = task.on < today
    if task.kind is Due.CHASE:
        return f"{'Should have asked' if passed else 'Ask'} {task.asked_of} again {'on' if passed else 'by'} {task.on:%m/%d/%Y}."
    return f"The last day to answer {'was' if passed else 'is'} {task.on:%m/%d/%Y}."
