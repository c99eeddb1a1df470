"""What was found for one service line in one policy version, and what that suggests to do next."""

from dataclasses import dataclass
from datetime import date

from ur_desk.domain.findings import Relation, Suggestion
from ur_desk.matching.asked import Asked
from ur_desk.matching.positions import speaks_against
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
    `processed`: the day of processing where that chooses the version, and `by_service` the first day of the version that the line's own
    day would choose.
    """

    asked: Asked
    number: int
    shelf: Shelf
    link: Link
    judged: Judged
    adoption: str | None
    judges: bool = True
    processed: date | None = None
    by_service: date | None = None

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
