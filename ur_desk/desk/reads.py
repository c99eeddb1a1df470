"""How a reading verb is declared: its name, which the table of `domain.guard.fence` gives to roles, and what a restricted case hides."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ur_desk.domain.case import Case, fold
from ur_desk.domain.events import CaseId
from ur_desk.domain.guard.fence import Read, check_open, check_reader, check_stage, sees, viewer
from ur_desk.errors import UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")

DECLARED: dict[str, Read] = {}
"""Every reading verb by the place of its method."""


def reads(what: Read) -> Callable[[Callable[Concatenate[Any, P], T]], Callable[Concatenate[Any, P], T]]:
    """Declares a reading verb: refused for accounts of which no role reads it, as they stand now."""

    def declare(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
        DECLARED[method.__qualname__] = what

        @wraps(method)
        def run(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> T:
            self.desk.look_again()
            check_reader(self.desk.person, what)
            return method(self, *args, **kwargs)

        return run

    return declare


def told(desk: "Desk", case: CaseId) -> Case:
    """The case as its events tell it, whoever asks; UserError where there is none, or its trail has gone."""
    events = desk.store.ledger.of_case(case)
    if not events:
        raise UserError("There is no such case.", "Look it up in the worklist.")
    try:
        return fold(case, events)
    except ValueError as wrong:
        raise UserError(
            "A part of this case's trail is gone, so the case cannot be told.",
            "Its timeline shows what is left; tell your administrator.",
        ) from wrong


def shown(desk: "Desk", case: CaseId) -> Case:
    """The case for whoever sits here; Fenced where it is closed to them, Forbidden where their role reads none that stands there."""
    now = told(desk, case)
    check_open(sees(now, desk.person.id, desk.clock.now()), now.number)
    check_stage(desk.person, now.workflow, now.number)
    return now


def check_case_open(desk: "Desk", case: CaseId) -> None:
    """Fenced where the case is closed to whoever sits here, by its row: also where its events cannot be told any more."""
    number = desk.store.cases.number_where_closed(case, viewer(desk.person, desk.clock.now()))
    check_open(number is None, number or "")
