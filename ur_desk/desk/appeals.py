"""Appeals, and wishes to reopen: opened from the case that was decided, told who asks and for what, acknowledged, and shown beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ur_desk.desk.intake import OPENERS
from ur_desk.desk.reads import reads, shown, told
from ur_desk.desk.review import Findings, pinned_policy
from ur_desk.desk.steps import Steps, store
from ur_desk.desk.verbs import Act, Changed, Done, check_owner, gate, verb
from ur_desk.domain import events as ev
from ur_desk.domain.appeals.following import Against, Asker, paired, takes_an_appeal
from ur_desk.domain.appeals.lineage import Later, Lineage, earlier_of, later_of
from ur_desk.domain.appeals.rules import check_filed
from ur_desk.domain.case import Case, LineState
from ur_desk.domain.clocks.rules import About
from ur_desk.domain.clocks.windows import LineWindow, window
from ur_desk.domain.contact import ContactWay
from ur_desk.domain.decisions.grounds import Cause
from ur_desk.domain.determination import PolicyCitation
from ur_desk.domain.events import CaseId, Following
from ur_desk.domain.guard.fence import Read, sees
from ur_desk.domain.letters.noticed import noticed_on
from ur_desk.domain.people import Role
from ur_desk.domain.request import Channel, ReceiptEvidence, Request, Urgency
from ur_desk.domain.zones import zone
from ur_desk.errors import NOTHING_LOST, UserError

if TYPE_CHECKING:
    from ur_desk.desk.desk import Desk

ABOUT = {Following.APPEAL: About.APPEAL, Following.REOPENING: About.REOPENING}
"""What a window is about, by what follows a case."""


@dataclass(frozen=True, slots=True)
class Filed:
    """An appeal, or a wish to reopen, as it came: against which lines of the decided case, who asks, when it was received and what shows
    that, whether it is expedited and who said so, and why they ask, in their words; on which day the notice of the decision came to them, and
    of what is late for which good cause it is looked at, or that it is to be dismissed."""

    kind: Following
    lines: tuple[int, ...]
    asked_by: Asker
    name: str
    received_at: datetime
    urgency: Urgency | None = None
    urgency_said_by: str | None = None
    authority: str = ""
    why: str = ""
    channel: Channel | None = None
    evidence: ReceiptEvidence | None = None
    came_on: date | None = None
    late_cause: str = ""
    to_dismiss: bool = False


class Appeals:
    """Opens cases that follow others, and tells what they and those before them make of each other."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def open(self, case: CaseId, revision: int, filed: Filed) -> Steps[Done[Case]]:
        """Opens a case that follows a decided one, for the lines that somebody wants looked at anew; its clock starts with what was filed."""
        gate(self.desk.person, "appeal.open")
        first = yield from store(lambda: shown(self.desk, case), "Reading the case")
        check_owner(first, self.desk)
        asked = _asked(first, filed)
        findings = yield from self.desk.review.match(asked)
        clock = yield from self.desk.clocks.reading(asked, filed.kind)
        return (yield from store(lambda: self._open(case, revision, asked, filed, findings, clock), "Saving"))

    @verb("appeal.open", *OPENERS, writes=ev.Followed | ev.Opened | ev.Matched | ev.ClockRead | ev.AppealTold)
    def _open(
        self, act: Act, case: CaseId, revision: int, asked: Request, filed: Filed, findings: Findings, clock: ev.ClockRead
    ) -> Done[Case]:
        """Opens an appeal, or a wish to reopen, from the case that was decided; who asks and for which lines stands in it from the start."""
        intake, new = self.desk.intake, CaseId(self.desk.new_id())
        check_filed(filed.kind, filed.asked_by)
        if filed.received_at > self.desk.clock.now():
            raise UserError("It cannot have been received in the future.", NOTHING_LOST)
        number = intake.next_number()
        first = act.on_case(case, revision, [ev.Followed(new, number, filed.kind, filed.received_at)])
        opened = ev.Opened(number, asked, follows=ev.Follows(case, first.number, filed.kind))
        made = act.open_case(new, opened, [self.desk.review.pinned(findings), self.desk.clocks.kept(clock)])
        pairs, late = {line: line for line in filed.lines}, (filed.late_cause, filed.to_dismiss)
        windows = self.windows_of(first, filed.kind, filed.lines, filed.received_at, filed.came_on)
        about = _told(first, pairs, filed.asked_by, filed.name, filed.authority, windows, *late)
        return act.done(act.on_case(new, made.revision, [about]), Changed.DRAFTS)

    @verb("appeal.record", *OPENERS, writes=ev.AppealTold)
    def record(
        self,
        act: Act,
        case: CaseId,
        revision: int,
        asked_by: Asker,
        name: str,
        *,
        authority: str = "",
        pairs: Mapping[int, int] | None = None,
        came_on: date | None = None,
        late_cause: str = "",
        to_dismiss: bool = False,
    ) -> Done[Case]:
        """Records who asks, where the authority of a representative is on file, and which line of the case before each line is about: as
        their codes tell, unless `pairs` says otherwise. `came_on` is the day on which the notice came to them; of what is late,
        `late_cause` is why it is looked at, and `to_dismiss` says that it is not."""
        now = told(self.desk, case)
        check_owner(now, self.desk)
        if now.follows is None:
            raise UserError(f"{now.number} follows no other case.", f"Open an appeal from the case that was decided. {NOTHING_LOST}")
        first = told(self.desk, now.follows.case)
        found = dict(pairs) if pairs else paired(now.lines, first.lines)
        lines = tuple(of for of in found.values() if any(state.line == of for state in first.lines))
        windows = self.windows_of(first, now.follows.kind, lines, now.request.received_at, came_on)
        body = _told(first, found, asked_by, name, authority, windows, late_cause, to_dismiss)
        return act.done(act.on_case(case, revision, [body]), label="who asks")

    @verb("appeal.acknowledge", *OPENERS, Role.SUPERVISOR, writes=ev.AppealAcknowledged)
    def acknowledge(self, act: Act, case: CaseId, revision: int, way: ContactWay, to_whom: str, at: datetime, said: str) -> Done[Case]:
        """Records that whoever asked heard that it is here, and what comes next."""
        body = ev.AppealAcknowledged(way, to_whom.strip(), at, said.strip())
        return act.done(act.on_case(case, revision, [body]), label="acknowledgment")

    @reads(Read.CASE)
    def windows(
        self, case: CaseId, kind: Following, lines: Sequence[int] = (), at: datetime | None = None, came_on: date | None = None,
        cause: Cause | None = None,
    ) -> tuple[LineWindow, ...]:  # fmt: skip
        """Until when one may ask that these decided lines, or all that may be, be looked at anew, for who asks at an instant: by which row,
        and whether that was compared with the law. `came_on` is the day on which the notice came, where somebody said it."""
        return self.windows_of(shown(self.desk, case), kind, lines, at, came_on, cause)

    def windows_of(
        self, now: Case, kind: Following, lines: Sequence[int], at: datetime | None, came_on: date | None = None, cause: Cause | None = None
    ) -> tuple[LineWindow, ...]:
        """The same of a case that was read."""
        picked = lines or tuple(s.line for s in now.lines if kind is Following.REOPENING or takes_an_appeal(s))
        if unknown := [line for line in picked if all(state.line != line for state in now.lines)]:
            raise UserError(f"{now.number} has no line {unknown[0]}.", NOTHING_LOST)
        where = zone(now.request.received_zone) if now.request.received_zone else self.desk.zone
        on, noticed = (at or self.desk.clock.now()).astimezone(where).date(), self.noticed(now)
        rows = self.desk.clock_rows.book().rules.windows
        return tuple(LineWindow(n, window(now.request, ABOUT[kind], noticed.get(n), on, rows, came_on, cause)) for n in picked)

    def noticed(self, now: Case) -> Mapping[int, date]:
        """On which day notice of each decided line was dated, of those of which somebody has notice."""
        events = self.desk.store.ledger.of_case(now.id)
        days = ((state.line, noticed_on(now, events, state.line)) for state in now.lines)
        return {line: day for line, day in days if day is not None}

    def noticed_before(self, now: Case) -> Mapping[int, date]:
        """The same of the case that a case follows; empty where it follows none, or where that is closed to the person."""
        before = self._open_to_me(now.follows.case) if now.follows else None
        return self.noticed(before) if before else {}

    @reads(Read.CASE)
    def lineage(self, case: CaseId) -> Lineage:
        """What the case follows, with the decisions there, their reasons and cited lines; and what follows it, with what became of each
        line. Of a case that is closed to the person no more than its number."""
        return self.of(shown(self.desk, case))

    def of(self, now: Case) -> Lineage:
        """The same of a case that was read."""
        before = self._open_to_me(now.follows.case) if now.follows else None
        later = tuple(self._later(each) for each in now.followed)
        return Lineage(earlier_of(now, before, self._words), later)

    def _later(self, each: ev.Followed) -> Later:
        return later_of(each.number, each.kind, each.received_at, self._open_to_me(each.case))

    def _open_to_me(self, case: CaseId) -> Case | None:
        """Another case, where it can be told and is open to the person."""
        try:
            found = told(self.desk, case)
        except UserError:
            return None
        return found if sees(found, self.desk.person.id, self.desk.clock.now()) else None

    def _words(self, state: LineState, cited: PolicyCitation) -> str:
        pins = state.matched.pins if state.matched else ()
        pin = next((each for each in pins if each.text == cited.anchor.text), None)
        return pinned_policy(self.desk.store, pin).text.between(cited.anchor.first_line, cited.anchor.last_line) if pin else ""


def _asked(first: Case, filed: Filed) -> Request:
    """The request of an appeal: what was refused, as it had been asked for, with a receipt and an urgency of its own."""
    picked = tuple(state.service for state in first.lines if state.line in filed.lines)
    if not picked or len(picked) != len(set(filed.lines)):
        raise UserError("Pick the lines that somebody wants looked at anew.", NOTHING_LOST)
    if wrong := [state.line for state in first.lines if state.line in filed.lines and not takes_an_appeal(state)]:
        raise UserError(f"Nothing of line {wrong[0]} was decided against the request.", f"Pick lines that were refused. {NOTHING_LOST}")
    return replace(
        first.current_request, services=picked, received_at=filed.received_at, received_evidence=filed.evidence, channel=filed.channel,
        urgency=filed.urgency, urgency_said_by=filed.urgency_said_by, clinical_notes=filed.why.strip() or None, reference=None, kind=None,
        attachments=(), source=None, decision=None, traces=(),
    )  # fmt: skip


def _told(
    first: Case, pairs: Mapping[int, int], asked_by: Asker, name: str, authority: str, windows: Iterable[LineWindow], late_cause: str,
    to_dismiss: bool,
) -> ev.AppealTold:  # fmt: skip
    """Who asks, and for what, with how each line stands in the case before, and until when one could ask."""
    known, until = {state.line: state for state in first.lines}, {each.line: each.window for each in windows}
    against = []
    for line, of in sorted(pairs.items()):
        decision = known[of].decision if of in known else None
        if decision is None:
            raise UserError(f"Line {of} of {first.number} was not decided.", f"Name a line that was refused. {NOTHING_LOST}")
        against.append(Against(line, of, decision.determination, decision.granted, until.get(of)))
    return ev.AppealTold(asked_by, name.strip(), tuple(against), authority.strip(), late_cause.strip(), to_dismiss)
