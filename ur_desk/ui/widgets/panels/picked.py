"""What a step is about: the picked lines of a case as it was read, what was found for them, and what whoever signs must meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ur_desk.desk.review import OnDesk
from ur_desk.domain.asking import question_of, settled
from ur_desk.domain.binding import Binding
from ur_desk.domain.binding_rules import of_lines
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.clock_tasks import owed_notices
from ur_desk.domain.clocks import About, Window
from ur_desk.domain.determination import Determination
from ur_desk.domain.findings import MatchReport, ServiceRow, Suggestion
from ur_desk.domain.grounds import Cause, Given
from ur_desk.domain.independence import Bar
from ur_desk.domain.notices import NoticeKind
from ur_desk.domain.overdue import Overdue, overdue
from ur_desk.domain.people import Account, AccountId
from ur_desk.domain.signed import leaving, signs_anew
from ur_desk.domain.signing import Required, SigningRules, required
from ur_desk.domain.wanted import Wanted, wanted
from ur_desk.domain.windows import WindowRead, window

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
    now: datetime | None = None
    """When it was read; None where nobody looked at the time."""
    approvals: tuple[Binding, ...] = ()
    """The approvals of other cases that bind the case."""
    noticed: Mapping[int, date] = field(default_factory=dict)
    noticed_before: Mapping[int, date] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    """The rows that say until when one may ask that a decision be looked at anew; `noticed` are the days of notices, by line,
    `noticed_before` those of the case that this one follows."""
    wanted: tuple[Wanted, ...] = ()
    """What would be worth asking for of these lines by what was found."""
    owed: tuple[NoticeKind, ...] = ()
    """The notices of open lines that the clock asks for now."""
    peer_phone: str = ""
    """At which number the plan's physicians are reached for a discussion; empty where nobody kept one."""
    may_come: Mapping[int, date] = field(default_factory=dict)
    """Until when what was asked for may come, by line, where a day was told."""
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
    def delays(self) -> bool:
        """Whether asking for information would only delay a picked line: no record changes it, and no physician asks."""
        held = set(settled(self.report)) if self.report else set[int]()
        return any(line in held and not question_of(self.case, (line,)) for line in self.lines)

    @property
    def question(self) -> str:
        """What the physician asks who sent the picked lines back; empty where none did."""
        return question_of(self.case, self.lines)

    @property
    def required(self) -> Required:
        """What the state asks for before the person decides these lines adversely."""
        return required(self.case, self.lines, self.person, self.today, self.signing)

    @property
    def still_comes(self) -> date | None:
        """The last day on which what was asked for of the picked lines may still come; None where that has passed, or no day was told."""
        last = max((self.may_come[line] for line in self.lines if line in self.may_come), default=None)
        return last if last and last >= self.today else None

    @property
    def bound(self) -> tuple[Binding, ...]:
        """The approvals of other cases that bind the picked lines."""
        return of_lines(self.approvals, self.lines)

    @property
    def overdue(self) -> tuple[Overdue, ...]:
        """The rows by which picked lines count as authorized, since the answer is late."""
        return overdue(self.case, self.lines, self.now) if self.now else ()

    def in_time(self, about: About, on: date, came_on: date | None = None, cause: Cause | None = None) -> tuple[WindowRead, ...]:
        """Until when one may ask that the picked lines be looked at anew, for who asks on a day; each window once."""
        days = (self.noticed.get(line) for line in self.lines)
        return self._in_time(about, days, on, came_on, cause)

    def in_time_before(self, about: About, lines: Iterable[int], on: date, came_on: date | None = None) -> tuple[WindowRead, ...]:
        """The same for lines of the case that this one follows, for who asked on a day."""
        return self._in_time(about, (self.noticed_before.get(line) for line in lines), on, came_on, None)

    def _in_time(
        self, about: About, days: Iterable[date | None], on: date, came_on: date | None, cause: Cause | None
    ) -> tuple[WindowRead, ...]:
        request, rows = self.case.request, self.windows
        return tuple(dict.fromkeys(window(request, about, day, on, rows, came_on, cause) for day in days))

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
    told, owed = tuple(dict.fromkeys(worth)), owed_notices(shown.case, now)
    return Picked(
        shown.case, lines, person, now.date(), shown.report, shown.people, shown.signing, shown.bar, shown.given, now, shown.approvals, shown.noticed,
        shown.noticed_before, shown.windows, told, owed, shown.peer_phone, shown.may_come,
    )  # fmt: skip
