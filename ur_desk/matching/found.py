"""What was found for one service line in one policy version, and what that suggests to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.domain.policy import Position, Statement
from ur_desk.matching.asked import Asked
from ur_desk.matching.relation import Link
from ur_desk.matching.shelf import Shelf
from ur_desk.matching.versions import Judged

BEARS = (Relation.APPLIES, Relation.BY_DESCRIPTION)
"""Relations under which the policy's position bears on the line."""

ORDER = tuple(Relation)
SUGGESTIONS = tuple(Suggestion)


@dataclass(frozen=True, slots=True)
class Found:
    """One line beside one policy version; `judges` is false for a version that only later days of the line fall under.

    `adoption`: the key of the question whether the plan adopted the policy for this line of business, None where that is settled.
    """

    asked: Asked
    number: int
    shelf: Shelf
    link: Link
    judged: Judged
    adoption: str | None
    judges: bool = True

    @property
    def line(self) -> int:
        """The service line's number."""
        return self.asked.service.line

    @property
    def linked(self) -> bool:
        """Whether the procedure itself, by code or by words, links the line to the policy."""
        return self.link.relation is not Relation.RELATED

    @property
    def suggestion(self) -> Suggestion:
        """What to do next; never an outcome."""
        if not self.linked:
            return Suggestion.NO_POLICY
        if self.link.relation not in BEARS:
            return Suggestion.CONFIRM
        if not speaks_against(self.link.statements):
            return Suggestion.CHECK_CRITERIA
        return Suggestion.REFER if self.judged.sure and self.adoption is None else Suggestion.CONFIRM


def speaks_against(statements: Sequence[Statement]) -> bool:
    """Whether the positions are adverse and no criteria decide: for all indications, or without any criteria beside them."""
    criteria = any(statement.criteria for statement in statements)
    return any(statement.position.adverse and (statement.all_indications or not criteria) for statement in statements)


def standing_position(statements: Sequence[Statement]) -> Position | None:
    """The position that is shown for a policy: an adverse one that no criteria decide, else the first."""
    if speaks_against(statements):
        return next(statement.position for statement in statements if statement.position.adverse)
    return statements[0].position if statements else None
