"""What a step is about: the picked lines of a case as it was read, what was found for them, and what whoever signs must meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ur_desk.desk.review import OnDesk
from ur_desk.domain.asking import settled
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.clock_tasks import owed_notices
from ur_desk.domain.determination import Determination
from ur_desk.domain.findings import MatchReport, ServiceRow, Suggestion
from ur_desk.domain.grounds import Given
from ur_desk.domain.independence import Bar
from ur_desk.domain.notices import NoticeKind
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.signed import leaving, signs_anew
from ur_desk.domain.signing import Required, SigningRules, required
from ur_desk.domain.wanted import Wanted, wanted

NO_RULES = SigningRules()


@dataclass(frozen=True, slots=True)
class Picked:
    """The lines that a step is about, in a case as it was read, with what was found for them."""

    case: Case
    lines: tuple[int, ...]
    person: Account
    today: date
    report: MatchReport | None = None
    people: Mapping[AccountId, Account] = field(default_factory=dict)
    signing: SigningRules = NO_RULES
    bar: Bar | None = None
    given: tuple[Given, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    """What would be worth asking for of these lines by what was found."""
    owed: tuple[NoticeKind, ...] = ()
    """The notices of open lines that the clock asks for now."""
    rows: tuple[ServiceRow, ...] = field(init=False)

    def __post_init__(self) -> None:
        matched = self.case.matched.services if self.case.matched else ()
        object.__setattr__(self, "rows", tuple(row for row in matched if row.line in self.lines))

    @property
    def states(self) -> tuple[LineState, ...]:
        """The states of the picked lines."""
        return tuple(state for state in self.case.lines if state.line in self.lines)

    @property
    def against(self) -> tuple[int, ...]:
        """The picked lines against which a policy's position stands."""
        return tuple(n for n in self.lines if self.case.matched and n in self.case.matched.against)

    @property
    def unmatched(self) -> bool:
        """Whether the findings are not about the request as it now stands."""
        return self.case.matched is None or self.case.matched.subject != self.case.current_request.subject

    @property
    def unread(self) -> tuple[str, ...]:
        """Policies of the picked lines of which nobody has confirmed the reading."""
        pins = self.case.matched.pins if self.case.matched else ()
        touching = {policy for row in self.rows for policy in row.policies}
        return tuple(sorted({pin.policy for pin in pins if pin.policy in touching and not (pin.abstract or pin.confirmed)}))

    @property
    def settled(self) -> bool:
        """Whether an adverse position holds for a picked line whatever the record says."""
        return self.report is not None and bool(set(self.lines) & set(settled(self.report)))

    @property
    def required(self) -> Required:
        """What the state asks for before the person decides these lines adversely."""
        return required(self.case, self.lines, self.person, self.today, self.signing)

    def leaves(self, determination: Determination) -> tuple[tuple[int, Suggestion], ...]:
        """The lines on which this determination would leave what the findings suggest, and what that is."""
        return leaving(self.case, self.lines, determination, self.person)

    def signs_anew(self, determination: Determination) -> bool:
        """Whether this determination is signed with the passphrase, and no conflict of interest attested."""
        return signs_anew(self.case, self.lines, determination, self.person)


def picked_of(shown: OnDesk, lines: tuple[int, ...], person: Account, now: datetime) -> Picked:
    """These lines of a case as the desk told it to this person, on the clocks of the workspace."""
    policies = [each.policy for each in shown.policies]
    worth = [each for line in lines for each in wanted(shown.report, policies, line)] if shown.report else []
    told = tuple(dict.fromkeys(worth))
    owed = owed_notices(shown.case, now)
    return Picked(shown.case, lines, person, now.date(), shown.report, shown.people, shown.signing, shown.bar, shown.given, told, owed)
